//! Names in sentences that the lexicon does not have: 「図は GMT と matplotlib」「Charlesで通信を書き換え」.

use shokureki_index::words;
use std::ops::Range;

use super::Hits;
use super::product::looks_like_product;

/// Words of a name in a sentence.
const MAX_WORDS: usize = 3;

/// Returns the names in a sentence that nothing covers, by bytes of `text`.
pub(super) fn in_prose(text: &str, shift: usize, hits: &Hits) -> Vec<Range<usize>> {
    let is_japanese = text
        .chars()
        .any(|character| ('ぁ'..='ん').contains(&character));
    if !is_japanese {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for name in latin_names(text) {
        let word = &text[name.clone()];
        let is_name = looks_like_product(word) && !is_identifier(word);
        if hits.covers(&(name.start + shift..name.end + shift)) || !is_name {
            continue;
        }
        let before = &text[..name.start];
        let behind = &text[name.end..];
        let is_known = |at: usize| {
            hits.found
                .iter()
                .any(|hit| hit.span.start <= at + shift && at + shift <= hit.span.end)
                || found
                    .iter()
                    .any(|other| other.start <= at && at <= other.end)
        };
        let joined = joined_before(before).is_some_and(|at| at > 0 && is_known(at))
            || joined_behind(behind).is_some_and(|len| is_known(name.end + len));
        let has_capital = word.bytes().any(|byte| byte.is_ascii_uppercase());
        let is_in_bracket = before.rfind(['(', '（']) > before.rfind([')', '）']);
        if joined && (has_capital || is_in_bracket) || is_proper(word) && is_used(before, behind) {
            found.push(name);
        }
    }
    found
}

/// Returns whether a word is written as a proper name: capitals among small letters, or several
/// words.
fn is_proper(word: &str) -> bool {
    const COMMON: [&str; 12] = [
        "Wiki", "Web", "Slack", "Word", "Fax", "Excel", "Since", "From", "After", "With", "Team",
        "Phase",
    ];
    let has_capital = word.bytes().any(|byte| byte.is_ascii_uppercase());
    let has_small = word.bytes().any(|byte| byte.is_ascii_lowercase());
    // 「Connection pool」 is a thing, not a name.
    let is_phrase = word
        .split(' ')
        .skip(1)
        .any(|part| part.bytes().all(|byte| byte.is_ascii_lowercase()));
    has_capital && has_small && !is_phrase && word.len() >= 4 && !COMMON.contains(&word)
}

/// Returns whether a word is of a program's text or of a sentence: `context.WithTimeout`, "since 2020".
fn is_identifier(word: &str) -> bool {
    let has_member = word.as_bytes().windows(3).any(|three| {
        three[0].is_ascii_lowercase() && three[1] == b'.' && three[2].is_ascii_uppercase()
    });
    let is_phrase =
        word.contains(' ') && word.starts_with(|first: char| first.is_ascii_lowercase());
    has_member || is_phrase
}

/// Signs and words that join two names of a list.
const JOINERS: [&str; 12] = [
    "と",
    "、",
    "や",
    "・",
    "/",
    "／",
    "→",
    "+",
    "＋",
    ",",
    "，",
    "および",
];

/// Returns where the text ends before the sign that joins two names.
fn joined_before(before: &str) -> Option<usize> {
    let text = before.trim_end();
    let rest = JOINERS.iter().find_map(|sign| text.strip_suffix(sign))?;
    Some(rest.trim_end().len())
}

/// Returns how many bytes join a name to the next.
fn joined_behind(behind: &str) -> Option<usize> {
    let text = behind.trim_start();
    let rest = JOINERS.iter().find_map(|sign| text.strip_prefix(sign))?;
    Some(behind.len() - rest.trim_start().len())
}

/// Returns whether a sentence tells of the use of a name.
fn is_used(before: &str, behind: &str) -> bool {
    let behind = behind.trim_start();
    let before = before.trim_end();
    let by = words![
        "で",
        "を使",
        "を用い",
        "を導入",
        "を採用",
        "を利用",
        "に移",
        "へ移",
        "に切り替え",
        "に置き換え",
        "に統一",
        "に載せ",
        "を載せ",
        "に集め",
        "に寄せ",
        "に乗せ",
        "にまとめ",
        "を入れ",
        "を運用",
        "を組み込",
        "を動かし",
        "を立て",
        "を構築",
        "を整備",
        "に任せ",
    ]
    .begin(behind);
    let is_predicate = before.ends_with('は')
        && (behind.is_empty() || words!["。", "、", "で", "に", "を", "へ", "です"].begin(behind));
    by || is_predicate
}

/// Returns the stretches of Latin words that may be a name.
fn latin_names(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let is_word = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'#' | b'\'')
    };
    let mut names = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphabetic() || (at > 0 && is_word(bytes[at - 1])) {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at;
        let mut words = 0;
        loop {
            while end < bytes.len() && is_word(bytes[end]) {
                end += 1;
            }
            words += 1;
            let goes_on = bytes.get(end) == Some(&b' ')
                && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
            if !goes_on {
                break;
            }
            end += 1;
        }
        let trimmed = text[start..end]
            .trim_end_matches(['.', '-', '_', '\''])
            .len();
        if words <= MAX_WORDS && trimmed > 0 {
            names.push(start..start + trimmed);
        }
        at = end.max(at + 1);
    }
    names
}
