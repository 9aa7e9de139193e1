//! Labels of matters inside a line, each with its value.

use std::ops::Range;

use super::labels::{self, Named};
use crate::resume::bracket;
use crate::resume::identity::label_starts;
use crate::resume::label::split_label;

/// A label inside a text and what it labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) named: Named,
    /// Bytes of the text from the label to the end of the value.
    pub(super) range: Range<usize>,
    /// Where the value begins.
    pub(super) value: usize,
}

/// Finds the labels of matters in a text, each with what it labels.
///
/// 「本籍：東京都　国籍：日本」, 「宗教 無し」, 「[家族] 妻、子2人」.
pub(super) fn labelled(text: &str) -> Vec<Labelled> {
    let mut found: Vec<Labelled> = Vec::new();
    let mut ends: Option<Vec<usize>> = None;
    for at in starts(text) {
        if found.last().is_some_and(|last| at < last.value) {
            continue;
        }
        let Some((named, value)) = label_at(&text[at..], at == 0) else {
            continue;
        };
        let ends = ends.get_or_insert_with(|| ends_of_values(text));
        let value = at + value;
        let next = ends.partition_point(|end| *end <= value);
        let end = ends.get(next).copied().unwrap_or(text.len());
        let end = value + text[value..end].trim_end().len();
        found.push(Labelled {
            named,
            range: at..end,
            value: value.min(end),
        });
    }
    found
}

/// Returns where a label may begin: at the start, and behind blanks and the signs that part fields.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut may_begin = true;
    text.char_indices().filter_map(move |(at, sign)| {
        let is_sign = sign.is_whitespace() || "|｜/／、,，・■●◆◇□▪*-".contains(sign);
        let begins = may_begin && !is_sign;
        may_begin = is_sign || bracket::closes(sign);
        begins.then_some(at)
    })
}

/// Returns where values end, since another field begins: at labels of the person, and at short words before a
/// colon.
fn ends_of_values(text: &str) -> Vec<usize> {
    let mut ends = label_starts(text);
    ends.extend(starts(text).filter(|at| {
        let rest = &text[*at..];
        *at > 0
            && (label_at(rest, false).is_some()
                || split_label(head(rest)).is_some_and(|(label, _)| label.chars().count() <= 8))
    }));
    ends.sort_unstable();
    ends
}

/// Signs between a label and its value.
const SIGNS: [char; 6] = [':', '：', '=', '＝', '→', '…'];

/// Bytes that a label may have.
const MAX_LABEL_BYTES: usize = 96;

/// The beginning of a text, which may hold a label.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_LABEL_BYTES)]
}

/// Reads the label of a matter at the beginning of `text`, and where its value begins. Further inside of a
/// line only a clear label is one without a colon.
fn label_at(text: &str, is_first: bool) -> Option<(Named, usize)> {
    let head = head(text);
    if !labels::may_begin(head) {
        return None;
    }
    if let Some(first) = text.chars().next().filter(|first| bracket::opens(*first)) {
        let inner = &head[first.len_utf8()..];
        let close = inner.find(bracket::CLOSE)?;
        let named = labels::named(&inner[..close])?;
        let behind = first.len_utf8() + close;
        let rest = text[behind..].trim_start_matches(bracket::CLOSE);
        let rest = rest.trim_start().trim_start_matches([':', '：']);
        return Some((named, text.len() - rest.trim_start().len()));
    }
    let mut depth = 0_usize;
    for (at, sign) in head.char_indices() {
        if bracket::opens(sign) {
            depth += 1;
        } else if bracket::closes(sign) {
            depth = depth.saturating_sub(1);
        }
        let is_blank = sign.is_whitespace();
        let is_sign = SIGNS.contains(&sign);
        if at == 0 || depth > 0 || !(is_blank || is_sign) {
            continue;
        }
        let behind = text[at..]
            .trim_start_matches(|next: char| next.is_whitespace() || SIGNS.contains(&next));
        if behind.is_empty() {
            return None;
        }
        if let Some(named) = labels::named(&text[..at]) {
            let has_colon = text[at..text.len() - behind.len()].contains(SIGNS);
            let is_label =
                has_colon || !named.is_doubtful || is_first && behind.chars().nth(8).is_none();
            return is_label.then_some((named, text.len() - behind.len()));
        }
        if is_sign {
            return None;
        }
    }
    None
}
