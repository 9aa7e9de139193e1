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
    parted(text).collect()
}

/// The parts of a list, one by one.
fn parted(text: &str) -> impl Iterator<Item = Range<usize>> {
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
    let is_blank = |character: char| matches!(character, ' ' | '\u{3000}' | '\t');
    let mut characters = text.char_indices();
    let mut rest = Some(0);
    let whole = std::iter::from_fn(move || {
        let start = rest?;
        let separator = characters.find(|(at, character)| {
            // Columns of fixed width part at wide gaps.
            let is_gap = || {
                *character == '\u{3000}'
                    || (is_blank(*character)
                        && text[at + character.len_utf8()..].starts_with(is_blank))
            };
            is_separator(*character) || is_gap()
        });
        rest = separator.map(|(at, character)| at + character.len_utf8());
        Some(start..separator.map_or(text.len(), |(at, _)| at))
    });
    whole.filter_map(move |range| {
        let raw = &text[range.clone()];
        let trimmed = raw.trim();
        let start = range.start + raw.len() - raw.trim_start().len();
        (!trimmed.is_empty()).then(|| start..start + trimmed.len())
    })
}

/// Returns whether a text is mostly a list of Latin names, or ends in one behind a colon or a wide gap:
/// 「地図アプリ（2018年9月〜）: Swift, Realm」.
pub(super) fn is_list_like(text: &str) -> bool {
    if text.len() > 1200 || text.contains('。') {
        return false;
    }
    let list = text.rsplit_once([':', '：']).map_or(text, |(_, list)| list);
    let behind_gap = ["\u{3000}", "  ", "\t"]
        .iter()
        .filter_map(|gap| list.rsplit_once(gap))
        .map(|(_, list)| list.trim())
        .next();
    if has_only_names(list) || behind_gap.is_some_and(has_only_names) {
        return true;
    }
    let (mut parts, mut names) = (0, 0);
    for part in parted(text) {
        let name = &text[part];
        let is_name = name.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '.')
            && name.chars().count() <= 28
            && name
                .chars()
                .filter(|character| !character.is_ascii())
                .count()
                <= 3;
        parts += 1;
        names += usize::from(is_name);
    }
    parts >= 3 && names * 3 >= parts * 2
}

/// Returns whether two or more short names that begin with capitals and nothing else stand between
/// commas.
fn has_only_names(list: &str) -> bool {
    let mut names = list.split([',', '、', '，']).map(str::trim);
    let is_name = |name: &str| {
        // μITRON
        name.starts_with(|first: char| first.is_ascii_uppercase() || first == 'μ')
            && name.trim_start_matches('μ').is_ascii()
            && name.len() <= 28
            && name.split(' ').count() <= 3
    };
    let count = list.split([',', '、', '，']).count();
    count >= 2 && names.all(is_name)
}
