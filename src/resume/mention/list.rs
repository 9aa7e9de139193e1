//! Lists of names: where they part, and whether a text is one.

use std::ops::Range;

/// Bytes of text that are searched at once.
const MAX_PART_BYTES: usize = 1600;

/// Returns where the part that begins at byte `from` ends: behind a separator, if one is near.
pub(super) fn part_end(text: &str, from: usize) -> usize {
    if text.len() - from <= MAX_PART_BYTES {
        return text.len();
    }
    let limit = (from..=from + MAX_PART_BYTES)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len());
    let part = &text[from..limit];
    let cut = ["。", "、", "，", ", ", "・", " "]
        .iter()
        .find_map(|sign| part.rfind(sign).map(|at| at + sign.len()))
        .filter(|cut| *cut > 0);
    cut.map_or(limit, |cut| from + cut)
}

/// Splits a list at its separators, brackets too; ranges without blanks at the edges.
pub(super) fn items(text: &str) -> Vec<Range<usize>> {
    let is_separator = |character: char| {
        matches!(
            character,
            ',' | '、'
                | '，'
                | '/'
                | '／'
                | '・'
                | '|'
                | '｜'
                | ';'
                | '+'
                | '＋'
                | '('
                | ')'
                | '（'
                | '）'
                | ':'
                | '：'
                | '['
                | ']'
                | '→'
                | '&'
                | '＆'
                | '※'
        )
    };
    let mut found = Vec::new();
    let mut start = 0;
    let mut push = |range: Range<usize>| {
        let raw = &text[range.clone()];
        let lead = raw.len() - raw.trim_start().len();
        let trimmed = raw.trim();
        if !trimmed.is_empty() {
            found.push(range.start + lead..range.start + lead + trimmed.len());
        }
    };
    let is_blank = |character: char| matches!(character, ' ' | '\u{3000}' | '\t');
    for (at, character) in text.char_indices() {
        // Columns of fixed width part at wide gaps.
        let is_gap = character == '\u{3000}'
            || (is_blank(character) && text[at + character.len_utf8()..].starts_with(is_blank));
        if is_separator(character) || is_gap {
            push(start..at);
            start = at + character.len_utf8();
        }
    }
    push(start..text.len());
    found
}

/// Returns whether a text is mostly a list of Latin names.
pub(super) fn is_list_like(text: &str) -> bool {
    if text.len() > 1200 || text.contains('。') {
        return false;
    }
    let parts = items(text);
    if parts.len() < 3 {
        return false;
    }
    let names = parts
        .iter()
        .filter(|part| {
            let name = &text[(*part).clone()];
            name.chars().count() <= 28
                && name
                    .chars()
                    .next()
                    .is_some_and(|first| first.is_ascii_alphanumeric() || first == '.')
                && name
                    .chars()
                    .filter(|character| !character.is_ascii())
                    .count()
                    <= 3
        })
        .count();
    names * 3 >= parts.len() * 2
}
