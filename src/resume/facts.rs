//! The parts of a short line, and whether each states a fact of a job: who employs, how, as what,
//! how many, where.

use shokureki_index::words;
use std::ops::Range;

use shokureki_index::lexicon::{Lexicon, has_legal_form};

use super::bracket::{closes, opens, without_brackets};
use super::duration::find_durations;
use super::employer::{Strength, kind_of, names_role, strength, strip_lead};
use super::letters::{is_alphanumeric, is_numeric};
use super::period::{FoundPeriod, find_periods};

/// Longer lines are prose.
const MAX_FACT_CHARS: usize = 100;

/// Which signs part a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signs {
    /// Signs that stand between the parts of a title: `｜`, ` / `, ` — `, `：`, a full-width blank.
    Title,
    /// Those, and commas and middle dots.
    Facts,
}

/// Splits `text` at the signs that stand outside brackets; the parts are trimmed and not empty.
pub(super) fn parts(text: &str, signs: Signs) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    let mut before = None;
    let mut iter = text.char_indices().peekable();
    while let Some((at, character)) = iter.next() {
        let next = iter.peek().map(|(_, next)| *next);
        match character {
            _ if opens(character) || matches!(character, '「' | '『') => depth += 1,
            _ if closes(character) || matches!(character, '」' | '』') => {
                depth = depth.saturating_sub(1);
            }
            _ if depth == 0 && is_sign(character, before, next, signs) => {
                found.push(start..at);
                start = at + character.len_utf8();
            }
            _ => {}
        }
        before = Some(character);
    }
    found.push(start..text.len());
    found
        .into_iter()
        .filter_map(|range| {
            let part = &text[range.clone()];
            let start = range.start + part.len() - part.trim_start().len();
            let end = start + part.trim().len();
            (start < end).then_some(start..end)
        })
        .collect()
}

/// Returns whether `character` parts a line, standing between `before` and `next`.
fn is_sign(character: char, before: Option<char>, next: Option<char>, signs: Signs) -> bool {
    let is_blank = |other: Option<char>| other.is_none_or(char::is_whitespace);
    let is_latin = |other: Option<char>| other.is_some_and(|other| other.is_ascii_alphanumeric());
    match character {
        '|' | '｜' | '／' | '：' | '\u{3000}' | '\t' => true,
        ' ' => next == Some(' '),
        ':' => next != Some('/') && !next.is_some_and(|next| next.is_ascii_digit()),
        '@' | '＠' => is_blank(before),
        '…' | '‥' => true,
        '/' => next != Some('/') && before != Some('/') && !(is_latin(before) && is_latin(next)),
        '-' | '–' | '—' | '―' | '−' | '─' | '·' | '•' | '‧' | '→' => {
            is_blank(before) && is_blank(next)
        }
        '、' | '，' | '・' => signs == Signs::Facts,
        ',' => signs == Signs::Facts && is_blank(next),
        _ => false,
    }
}

/// Returns whether `text`, its `periods` and lengths left out, states facts of a job and nothing else.
///
/// A line without anything else than periods does.
pub(super) fn is_fact_line(text: &str, periods: &[FoundPeriod], lexicon: &Lexicon) -> bool {
    if text.contains('。') || text.chars().count() > MAX_FACT_CHARS {
        return false;
    }
    let text = without_found(text, periods);
    let parts = parts(&text, Signs::Facts);
    let mut others = parts
        .iter()
        .filter(|part| !is_fact(&text[(*part).clone()], lexicon));
    let Some(other) = others.next() else {
        return true;
    };
    // One short thing more beside an employer: 「Jan 2018 – Sep 2019 | 所内 | 公益財団法人A」.
    others.next().is_none()
        && parts.len() >= 2
        && text[other.clone()].chars().count() <= MAX_OTHER_CHARS
        && parts.iter().any(|part| has_legal_form(&text[part.clone()]))
}

/// Characters that the one part of a line of facts may have that is no fact.
const MAX_OTHER_CHARS: usize = 12;

/// Returns whether one part of a line is a fact of a job.
fn is_fact(part: &str, lexicon: &Lexicon) -> bool {
    let bare = strip_lead(part);
    // The dearest question is asked last.
    is_post(part)
        || strength(bare, lexicon) == Strength::Sure
        || (bare.len() < part.len() && strength(part, lexicon) == Strength::Sure)
}

/// Returns whether one part of a line says how somebody worked: as what, how many, where.
fn is_post(part: &str) -> bool {
    let outside = without_brackets(part);
    let outside = outside.trim_matches(|character: char| !is_alphanumeric(character));
    outside.is_empty()
        || (kind_of(outside).is_some() && outside.chars().count() <= 16)
        || is_team(outside)
        || (names_role(outside) && outside.chars().count() <= 24)
        || counts_role(outside)
        || is_place(outside)
        || is_mark(outside)
        || is_remark(part)
}

/// Returns whether `text`, its periods and lengths left out, says as what and with how many somebody
/// worked, and nothing else: 「2021年6月〜2023年3月 ／ PL ／ 7名」.
pub(super) fn is_post_line(text: &str) -> bool {
    if text.contains('。') || text.chars().count() > MAX_FACT_CHARS {
        return false;
    }
    let text = without_times(text);
    let parts = parts(&text, Signs::Facts);
    let says_something = |part: &Range<usize>| text[part.clone()].contains(char::is_alphanumeric);
    parts.iter().any(says_something) && parts.iter().all(|part| is_post(&text[part.clone()]))
}

/// Returns whether a part is all in brackets and says beside what or how often the work was done:
/// 「（別案件と並行、週1日）」.
fn is_remark(part: &str) -> bool {
    let inside = part
        .strip_prefix(['（', '('])
        .and_then(|inside| inside.strip_suffix(['）', ')']))
        .filter(|inside| !inside.contains(['（', '(']));
    inside.is_some_and(|inside| {
        words![
            "並行",
            "並走",
            "兼務",
            "兼任",
            "掛け持ち",
            "かけもち",
            "応援",
            "のみ",
            "だけ",
            "断続",
            "週",
            "月に",
            "稼働",
            "延べ",
            "のべ",
            "途中",
            "参画",
            "常駐",
            "リモート",
            "在宅",
            "出向",
            "派遣",
            "契約",
            "育休",
            "産休",
            "休職",
            "含む",
            "除く",
        ]
        .is_in(inside)
    })
}

/// Takes periods and lengths of time out of a text.
pub(super) fn without_times(text: &str) -> String {
    without_found(text, &find_periods(text))
}

/// Takes the periods that were found in a text, and lengths of time, out of it.
fn without_found(text: &str, periods: &[FoundPeriod]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for period in periods {
        if period.range.start >= at {
            kept.push_str(&text[at..period.range.start]);
            at = period.range.end;
        }
    }
    kept.push_str(&text[at..]);
    let durations = find_durations(&kept);
    if durations.is_empty() {
        return kept;
    }
    let text = std::mem::take(&mut kept);
    at = 0;
    for duration in durations {
        kept.push_str(&text[at..duration.range.start]);
        at = duration.range.end;
    }
    kept.push_str(&text[at..]);
    kept
}

/// Returns whether a part counts people: 5名, 10人規模, 従業員 120名, 3 people.
fn is_team(part: &str) -> bool {
    let has_digit = part.contains(is_numeric);
    has_digit
        && part.chars().count() <= 24
        && [
            "名",
            "人",
            "people",
            "members",
            "人規模",
            "名規模",
            "名体制",
            "人体制",
            "人月",
            "名程度",
        ]
        .iter()
        .any(|unit| part.ends_with(unit) || part.contains(&format!("{unit}（")))
}

/// Returns whether a part counts people of one role: 「エンジニア 5」, 「PdM×1」, 「デザイナー: 2名」.
fn counts_role(part: &str) -> bool {
    let number = part.trim_end_matches(['名', '人']).trim_end();
    let role = number.trim_end_matches(is_numeric);
    let bare = role.trim_end_matches([' ', '\u{3000}', 'x', '×', ':', '：', '＊', '*']);
    bare.len() < number.len()
        && role.len() < number.len()
        && part.chars().count() <= 16
        && names_role(bare)
}

/// Returns whether a part names a place: 東京都, 札幌市, Remote.
fn is_place(part: &str) -> bool {
    let is_short = part.chars().count() <= 10;
    let is_known = words![
        "東京",
        "大阪",
        "名古屋",
        "福岡",
        "京都",
        "札幌",
        "仙台",
        "横浜",
        "神戸",
        "広島",
        "Tokyo",
        "Osaka",
        "Kyoto",
        "Japan",
        "Remote",
        "remote",
        "日本",
        "国内",
        "海外",
    ]
    .begin(part);
    is_short && (is_known || part.ends_with(['都', '府', '県', '市', '区', '町', '村']))
}

/// Returns whether a part is a remark on how the work was done.
fn is_mark(part: &str) -> bool {
    const MARKS: [&str; 28] = [
        "リモート",
        "フルリモート",
        "出社",
        "常駐",
        "客先常駐",
        "同上",
        "現職",
        "兼業",
        "兼務",
        "並行",
        "在籍",
        "勤務",
        "担当",
        "新卒入社",
        "中途入社",
        "入社",
        "退社",
        "退職",
        "出向",
        "転籍",
        "週",
        "月",
        "一人",
        "単独",
        "ひとり",
        "約",
        "在職",
        "期間",
    ];
    part.chars().count() <= 12 && MARKS.contains(&part)
        || part.chars().count() <= 8
            && (part.starts_with('週') || part.starts_with('月') || part.starts_with("フルリモ"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let actual: Vec<&str> = parts(text, Signs::Title)
            .into_iter()
            .map(|part| &text[part])
            .collect();
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn titles_part_at_signs_outside_brackets() {
        check("株式会社A｜製品", &["株式会社A", "製品"]);
        check(
            "Lumen & Loom株式会社 — Design Engineer",
            &["Lumen & Loom株式会社", "Design Engineer"],
        );
        check("CI/CD 基盤", &["CI/CD 基盤"]);
        check("株式会社A/第一開発部", &["株式会社A", "第一開発部"]);
        check("株式会社A（B / C）", &["株式会社A（B / C）"]);
        check("ジム・会員証", &["ジム・会員証"]);
    }

    #[test]
    fn lines_of_facts_are_told_from_prose() {
        let lexicon = Lexicon::builtin();
        for text in [
            "2021-06 ― 現在 ｜ 正社員 ｜ 技術本部 プラットフォーム課",
            "株式会社モノオモイ / 2022年10月 〜 現在 / 3名",
            "2024.02 → いま　業務委託・週3",
            "2016/04 - 2019/03（3年）",
        ] {
            assert!(is_fact_line(text, &find_periods(text), lexicon), "{text}");
        }
        for text in [
            "2016/04 に新しい画面を作成",
            "離島向けの買い物代行サービス",
            "EC2 を手作業で増やす",
        ] {
            assert!(!is_fact_line(text, &find_periods(text), lexicon), "{text}");
        }
    }
}
