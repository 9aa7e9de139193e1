//! A certificate's name without its date, its state and remarks.

use super::super::education::without_commands;
use super::super::period::{PeriodShape, find_periods};
use shokureki_index::analysis::WordList;
use shokureki_index::words;

const OPENING: &[char] = &['(', '（', '[', '［', '【', '〔', '<', '〈'];
const CLOSING: &[char] = &[')', '）', ']', '］', '】', '〕', '>', '〉'];

/// Signs around a name.
const EDGES: &[char] = &[
    ' ', '\u{3000}', '\t', '-', ':', '：', ',', '、', '，', '・', '–', '—', '―', '?', '？', '/',
    '／', '|', '｜', '*', '＊', '•', '●', '○', '◎', '■', '□', '◆', '◇', '★', '✓', '✔', '☑', '✅',
    '→', '。', ';',
];

/// What is said of a certificate that is held; longer words first.
const STATES: &[&str] = &[
    "認定取得済み",
    "取得済み",
    "取得済",
    "合格済み",
    "合格済",
    "更新済み",
    "更新済",
    "失効済み",
    "失効済",
    "認定取得",
    "試験合格",
    "期限切れ",
    "有効期限",
    "更新予定なし",
    "更新予定",
    "更新なし",
    "更新中",
    "再受験",
    "取得予定",
    "現在は失効",
    "現在も有効",
    "issued",
    "expires",
    "年",
    "月",
    "合格",
    "取得",
    "登録",
    "認定",
    "受験",
    "受検",
    "失効",
    "有効",
    "更新",
    "保有",
    "所持",
    "交付",
    "免許交付",
    "現在",
    "まで",
    "時点",
    "expired",
    "passed",
    "valid",
    "active",
    "acquired",
    "obtained",
];

/// Returns a certificate's name as written: without dates, 合格, 取得 and remarks on them.
pub(super) fn certificate_name(text: &str) -> String {
    let mut text = without_commands(text.trim());
    for lead in ["name:", "title:"] {
        if let Some(rest) = text.strip_prefix(lead) {
            text = rest.trim().to_owned();
        }
    }
    for remark in ["※", "…", "←", " # ", "<!--"] {
        if let Some(at) = text.find(remark)
            && at > 0
        {
            text.truncate(at);
        }
    }
    let mut name = without_remarks(behind_label(&text));
    name = behind_label(&without_dates(&name)).to_owned();
    loop {
        let trimmed = balanced(name.trim_matches(EDGES));
        let shorter = without_state(trimmed).trim_matches(EDGES);
        if shorter.len() == name.len() {
            break;
        }
        name = shorter.to_owned();
    }
    if is_remark(&name) {
        name.clear();
    }
    without_issuer(&name).to_owned()
}

/// Takes signs, a month alone and 【資格】 off the head of a text.
fn behind_label(text: &str) -> &str {
    let text = text.trim_start_matches(|letter: char| {
        !letter.is_alphanumeric() && !OPENING.contains(&letter) && !"「『\"'".contains(letter)
    });
    for label in ["資格：", "資格:", "取得：", "取得:", "免許：", "検定："] {
        if let Some(rest) = text.strip_prefix(label) {
            return behind_label(rest);
        }
    }
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if (1..=2).contains(&digits)
        && let Some(rest) = text[digits..].strip_prefix('月')
        && rest.starts_with([' ', '\u{3000}', ':', '：', '\t'])
    {
        return behind_label(rest);
    }
    let is_label = text.starts_with(OPENING)
        && closing(text).is_some_and(|close| {
            let inner = text[..close].trim_start_matches(OPENING);
            matches!(
                inner,
                "資" | "資格"
                    | "免許"
                    | "検定"
                    | "取得"
                    | "合格"
                    | "国家資格"
                    | "国家"
                    | "民間"
                    | "ベンダー"
                    | "ベンダ"
            )
        });
    match closing(text) {
        Some(close) if is_label => {
            let end = close + text[close..].chars().next().map_or(0, char::len_utf8);
            behind_label(&text[end..])
        }
        _ => text,
    }
}

/// Takes who gives a certificate off its end: 「CKA, The Linux Foundation」.
fn without_issuer(name: &str) -> &str {
    const ISSUERS: &[&str] = &[
        "amazon web services",
        "aws",
        "google",
        "google cloud",
        "microsoft",
        "oracle",
        "cisco",
        "the linux foundation",
        "linux foundation",
        "cncf",
        "ipa",
        "情報処理推進機構",
        "lpi-japan",
        "lpi",
        "pmi",
        "scrum alliance",
        "scrum inc.",
        "scrum.org",
        "isc2",
        "isaca",
        "comptia",
        "salesforce",
        "hashicorp",
        "red hat",
        "vmware",
        "jdla",
        "日本ディープラーニング協会",
        "日本商工会議所",
        "jstqb",
        "ets",
        "iibc",
    ];
    [", ", " | ", " — ", " – ", " by ", "、", " / "]
        .iter()
        .find_map(|sign| {
            let (first, last) = name.rsplit_once(sign)?;
            let is_issuer = ISSUERS.contains(&last.trim().to_lowercase().as_str());
            (is_issuer && first.chars().count() >= 3).then_some(first.trim_end())
        })
        .unwrap_or(name)
}

/// Takes the dates out of a name.
fn without_dates(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for period in find_periods(text) {
        if period.shape == PeriodShape::BareYear && !stands_apart(text, &period.range) {
            continue;
        }
        kept.push_str(text[at..period.range.start].trim_end());
        kept.push(' ');
        at = period.range.end;
        let rest = &text[at..];
        at += rest.len() - rest.trim_start().len();
    }
    kept.push_str(&text[at..]);
    kept
}

/// Returns whether a year with nothing behind it is a date: at the head, or behind a wide gap. Other
/// years belong to a name: 「Windows Server 2012」.
fn stands_apart(text: &str, range: &std::ops::Range<usize>) -> bool {
    let before = &text[..range.start];
    let after = &text[range.end..];
    let is_head = before.trim_matches(EDGES).is_empty()
        && after.starts_with([' ', '\u{3000}', '\t', ':', '：', '-', '|', '、', ',']);
    let is_apart = words![
        "  ", "\u{3000}", "\t", ": ", "：", "— ", "– ", "- ", ", ", "、", "，", "| ",
    ]
    .end(before);
    is_head || (is_apart && !after.starts_with(|next: char| next.is_alphanumeric()))
}

/// Takes dates and states out of the brackets of a text: 「（統計数理、2017年11月）」 keeps 統計数理.
fn without_remarks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find(OPENING) {
        let (before, bracket) = rest.split_at(open);
        kept.push_str(before);
        let Some(close) = closing(bracket) else {
            kept.push_str(bracket);
            return kept;
        };
        let sign = bracket.chars().next().map_or(1, char::len_utf8);
        let inner = &bracket[sign..close];
        let end = close + bracket[close..].chars().next().map_or(0, char::len_utf8);
        let parts: Vec<&str> = inner
            .split(['、', ',', '，', '/', '／', ';', '；'])
            .filter(|part| !is_remark(part))
            .collect();
        let count = inner.split(['、', ',', '，', '/', '／', ';', '；']).count();
        // 「2016/02」 is a date although a slash is in it.
        if is_remark(inner) || parts.is_empty() {
            kept.push(' ');
        } else if parts.len() == count || is_whole_date_split(inner, &parts) {
            kept.push_str(&bracket[..end]);
        } else {
            kept.push_str(&bracket[..sign]);
            kept.push_str(parts.join("、").trim());
            kept.push_str(&bracket[close..end]);
        }
        rest = &bracket[end..];
    }
    kept.push_str(rest);
    kept
}

/// Returns whether dropping parts would cut a name at a sign of its own: keep it whole then.
fn is_whole_date_split(inner: &str, parts: &[&str]) -> bool {
    find_periods(inner).is_empty()
        && !STATES.iter().any(|word| inner.contains(word))
        && parts.len() > 1
}

/// Returns where the bracket at the head of `text` closes, brackets inside it left out.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        if OPENING.contains(&letter) {
            depth += 1;
        } else if CLOSING.contains(&letter) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// Returns whether a text in brackets is a date, a state or a remark on either.
fn is_remark(text: &str) -> bool {
    const SIGNS: &WordList = words![
        "番号",
        "まだ",
        "期限",
        "面談",
        "済",
        "学生時代",
        "在学中",
        "独学",
        "科目",
        "現在",
    ];
    let mut rest = text.trim().to_owned();
    // 「（孫と一緒に受験、点数は負けた）」「（テクニカルエンジニアではない方）」
    let is_told = words!["た", "です", "ます", "ている", "ない", "ない方", "ようやく"].end(&rest);
    if rest.is_empty() || is_told || SIGNS.is_in(&rest) {
        return true;
    }
    let mut was_dated = false;
    let periods = find_periods(&rest);
    for period in periods.iter().rev() {
        was_dated = true;
        rest.replace_range(period.range.clone(), " ");
    }
    let lower = rest.to_ascii_lowercase();
    let mut bare = lower.as_str();
    loop {
        let trimmed = bare
            .trim_matches(EDGES)
            .trim_matches(['に', 'を', 'は', '年', '月', '度']);
        let shorter = STATES
            .iter()
            .find_map(|word| {
                trimmed
                    .strip_prefix(word)
                    .or_else(|| trimmed.strip_suffix(word))
            })
            .unwrap_or(trimmed);
        if shorter.len() == bare.len() {
            break;
        }
        bare = shorter;
    }
    let is_season = was_dated
        && bare
            .chars()
            .all(|letter| "春夏秋冬上下前後期季度頃第回年月日に".contains(letter));
    bare.is_empty() || is_season
}

/// Takes brackets that have lost their partner off the edges.
fn balanced(text: &str) -> &str {
    let opens = text.matches(OPENING).count();
    let closes = text.matches(CLOSING).count();
    let shorter = if opens > closes {
        text.strip_suffix(OPENING)
            .or_else(|| text.strip_prefix(OPENING))
    } else if closes > opens {
        text.strip_prefix(CLOSING)
            .or_else(|| text.strip_suffix(CLOSING))
    } else {
        None
    };
    let text = shorter.unwrap_or(text);
    // 「「基本情報技術者」」, `**CISSP**`
    text.strip_prefix('「')
        .and_then(|inner| inner.strip_suffix('」'))
        .filter(|inner| !inner.contains(['「', '」']))
        .unwrap_or(text)
}

/// Takes 合格, 取得 and the like off the ends, where a name stands before or behind them.
fn without_state(text: &str) -> &str {
    const HEADS: &[&str] = &["取得済み", "取得済", "取得", "合格", "登録", "保有"];
    const PARTICLES: &[&str] = &["を", "に", "にて", "へ", "に無事", "は"];
    let lead = HEADS
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .filter(|rest| rest.starts_with([' ', '\u{3000}', ':', '：', '-']));
    if let Some(rest) = lead {
        return rest;
    }
    let lower = text.to_ascii_lowercase();
    let Some(rest) = STATES
        .iter()
        .find(|word| lower.ends_with(**word))
        .map(|word| &text[..text.len() - word.len()])
    else {
        return text;
    };
    let bare = PARTICLES
        .iter()
        .find_map(|particle| rest.strip_suffix(particle))
        .unwrap_or(rest);
    let was_particle = bare.len() < rest.len();
    let ends_name = rest.ends_with([
        ' ', '\u{3000}', ')', '）', '、', ',', ':', '：', '級', '者', '験', '士', '許', 'ト', '種',
        '師', '定', '点', '-', '・',
    ]);
    let is_whole_word = text.ends_with("試験合格");
    if bare.trim().is_empty() {
        text
    } else if is_whole_word {
        &text[..text.len() - "合格".len()]
    } else if was_particle || ends_name {
        bare
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(certificate_name(text), expected, "{text}");
    }

    #[test]
    fn names_stand_without_dates_and_remarks() {
        check("基本情報技術者試験 合格（2008年5月）", "基本情報技術者試験");
        check("2021/12 応用情報技術者試験 合格", "応用情報技術者試験");
        check(
            "ウェブデザイン技能検定2級（2018.3）",
            "ウェブデザイン技能検定2級",
        );
        check("TOEIC 850点 (2019)", "TOEIC 850点");
        check(
            "普通自動車第一種運転免許 2008年3月 取得",
            "普通自動車第一種運転免許",
        );
        check(
            "統計検定1級（統計数理、2017年11月）",
            "統計検定1級（統計数理）",
        );
        check("CCNA（2012、失効）", "CCNA");
        check(
            "Certified LabVIEW Associate Developer (expired May 2018 / 失効)",
            "Certified LabVIEW Associate Developer",
        );
        check("応用情報技術者（2018年春）", "応用情報技術者");
        check(
            "情報処理安全確保支援士（登録番号は面談時に）　2019年4月登録",
            "情報処理安全確保支援士",
        );
        check("ＰＭＰ　　平成２２年取得、平成２８年失効", "ＰＭＰ");
        check(
            "SAP認定コンサルタント（MM）※現在は失効",
            "SAP認定コンサルタント（MM）",
        );
        check("応用情報技術者試験に合格", "応用情報技術者試験");
        check("応用情報技術者試験合格", "応用情報技術者試験");
        check("LPIC-1を取得", "LPIC-1");
        check("📜 応用情報技術者試験 合格", "応用情報技術者試験");
        check("【資格】LPIC-1", "LPIC-1");
        check("11月　LPIC-1 合格", "LPIC-1");
        check("2014.06 ─ 〔資格〕LPIC-1 を取得", "LPIC-1");
        check(
            "Certified Kubernetes Administrator (CKA), The Linux Foundation — Issued Mar 2023",
            "Certified Kubernetes Administrator (CKA)",
        );
        check("取得: LPIC-1", "LPIC-1");
    }

    #[test]
    fn what_belongs_to_a_name_stays() {
        for text in [
            "Certified Kubernetes Administrator (CKA)",
            "MCSA: Windows Server 2012",
            "工事担任者 AI・DD 総合種",
            "第一種普通自動車免許（AT限定）",
            "AWS認定",
            "MCP 70-480",
            "ETEC クラス2（グレードA）",
            "JDLA Deep Learning for GENERAL（G検定）",
            "AZ-204: Developing Solutions for Microsoft Azure",
        ] {
            check(text, text);
        }
    }
}
