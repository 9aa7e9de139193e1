//! What no condition can tell: ages, pay, how large something was, and when somebody could begin. Résumés do not say them so that
//! they could be compared, and some must not decide about people at all. All text here is normalized.

use shokureki_index::words;

/// Returns the length of an age or an amount of money or of days a week that `text` begins with: 30代,
/// 35歳以下, 年収600万円以上, 週3日.
pub(super) fn amount_at(text: &str) -> Option<usize> {
    age(text)
        .or_else(|| pay(text))
        .or_else(|| days(text))
        .or_else(|| size(text))
}

/// How large something was: 1000台規模, 10名以上の, 月間100万pv以上. A number without a bound may be a name's.
fn size(text: &str) -> Option<usize> {
    let kinds = words!["月間", "毎秒", "秒間", "累計", "最大", "日次", "約", "総"];
    let kind = kinds.longest_of(text).unwrap_or_default();
    let (length, _) = number(&text[kind.len()..])?;
    let mut at = kind.len() + length;
    if let Some(power) = words!["億", "千万", "百万", "万", "千"].longest_of(&text[at..]) {
        at += power.len();
    }
    let unit = words![
        "台",
        "人",
        "名",
        "件",
        "社",
        "店舗",
        "拠点",
        "アカウント",
        "ユーザー",
        "ユーザ",
        "端末",
        "ノード",
        "サーバー",
        "サーバ",
        "画面",
        "行",
        "テーブル",
        "レコード",
        "本",
        "校",
        "箇所",
        "プロジェクト",
        "pv",
        "uu",
        "mau",
        "dau",
        "qps",
        "rps",
        "tps",
        "dl",
        "tb",
        "gb",
        "pb",
    ]
    .longest_of(&text[at..])?;
    at += unit.len();
    let bound = words![
        "以上の規模",
        "以上",
        "以下",
        "未満",
        "規模",
        "クラス",
        "程度",
        "前後",
        "超え",
        "超",
        "オーダー",
        "体制"
    ]
    .longest_of(&text[at..])?;
    Some(at + bound.len())
}

/// The length of the number that `text` begins with, and the number.
fn number(text: &str) -> Option<(usize, u32)> {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, ',' | '.');
    let end = text.find(|letter| !is_part(letter)).unwrap_or(text.len());
    let digits: String = text[..end].chars().filter(char::is_ascii_digit).collect();
    let starts = text.starts_with(|letter: char| letter.is_ascii_digit());
    Some((end, digits.parse().ok().filter(|_| starts)?))
}

/// Takes what makes a bound of an amount: 以上, 〜.
fn bound(text: &str, mut at: usize) -> usize {
    let bounds = words![
        "以上",
        "以下",
        "以内",
        "未満",
        "まで",
        "から",
        "くらい",
        "ぐらい",
        "程度",
        "前後",
        "前半",
        "中盤",
        "半ば",
        "後半",
        "台",
        "超",
        "~",
        "↑",
        "+"
    ];
    while let Some(word) = bounds.longest_of(&text[at..]) {
        at += word.len();
    }
    at
}

fn age(text: &str) -> Option<usize> {
    const AGES: std::ops::RangeInclusive<u32> = 10..=99;
    let (end, age) = number(text).filter(|(_, age)| AGES.contains(age))?;
    let unit = words!["代", "歳", "才"].first_of(&text[end..])?;
    // 20代 is an age, 21代 an order.
    let is_age = unit != "代" || age.is_multiple_of(10);
    let behind = end + unit.len();
    let end = bound(text, behind);
    let further = age_behind(text, end);
    is_age.then_some(further.unwrap_or(end))
}

/// 20代~30代, 20代・30代
fn age_behind(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let bare = rest.strip_prefix(['・', '-', '/']).unwrap_or(rest);
    let starts = bare.starts_with(|letter: char| letter.is_ascii_digit());
    let length = starts.then(|| age(bare)).flatten()?;
    Some(text.len() - bare.len() + length)
}

fn pay(text: &str) -> Option<usize> {
    let kind = words![
        "希望年収",
        "想定年収",
        "現年収",
        "年収",
        "年俸",
        "月収",
        "月給",
        "月額",
        "月単価",
        "希望単価",
        "単価",
        "時給",
        "月"
    ]
    .longest_of(text)
    .unwrap_or_default();
    let bare = text[kind.len()..].trim_start_matches([' ', ':']);
    let (length, _) = number(bare)?;
    let mut at = text.len() - bare.len() + length;
    let mut has_unit = false;
    let mut rest = &text[at..];
    // 600~800万円
    if let Some(behind) = rest.strip_prefix(['~', '-'])
        && let Some((length, _)) = number(behind)
    {
        at += 1 + length;
        rest = &text[at..];
    }
    if let Some(unit) = words!["万円", "万", "円", "千円", "百万円"].longest_of(rest) {
        has_unit = unit.ends_with('円') || !kind.is_empty();
        at += unit.len();
        // 600万円~800万円
        let end = bound(text, at);
        at = pay_behind(text, end).unwrap_or(end);
    }
    has_unit.then_some(at)
}

fn pay_behind(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let starts = rest.starts_with(|letter: char| letter.is_ascii_digit());
    let is_range = text[..at].ends_with(['~', '-']) || text[..at].ends_with("から");
    Some(at + (starts && is_range).then(|| pay(rest)).flatten()?)
}

fn days(text: &str) -> Option<usize> {
    let bare = text.strip_prefix('週')?;
    let (length, _) = number(bare).filter(|(_, days)| (1..=7).contains(days))?;
    let mut at = '週'.len_utf8() + length;
    while let Some(word) = words![
        "日", "回", "稼働", "~", "以上", "程度", "から", "可", "可能", "ok", "勤務"
    ]
    .longest_of(&text[at..])
    {
        at += word.len();
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_pay_and_days_are_told_from_other_numbers() {
        for (text, rest) in [
            ("30代", Some("")),
            ("20代後半の", Some("の")),
            ("20代~30代", Some("")),
            ("35歳以下", Some("")),
            ("年収600万", Some("")),
            ("年収600~800万円 go", Some(" go")),
            ("希望年収 800万円以上", Some("")),
            ("600万円", Some("")),
            ("単価80万円まで", Some("")),
            ("週3日", Some("")),
            ("週5稼働可能", Some("")),
            ("1000台規模の", Some("の")),
            ("月間100万pv以上", Some("")),
            ("10名体制", Some("")),
            ("2000年代", None),
            ("10名", None),
            ("21代", None),
            ("1000万pv", None),
            ("1000万件", None),
            ("月3回", None),
            ("30日", None),
            ("週次", None),
            ("年収", None),
        ] {
            let found = amount_at(text).map(|end| &text[end..]);
            assert_eq!(found, rest, "{text}");
        }
    }
}
