//! What stands in a line of Typst.

use super::super::text::Text;

/// Shows what stands at byte `at` in a line; returns the byte behind it.
pub(super) fn inline(text: &str, at: usize, end: usize, shown: &mut Text) -> usize {
    let rest = &text[at..end];
    let is_special = |sign: char| "\\*_`~[]#/\n".contains(sign);
    match rest.as_bytes()[0] {
        b'\\' => {
            let Some(sign) = rest[1..].chars().next() else {
                return end;
            };
            let behind = at + 1 + sign.len_utf8();
            if sign.is_whitespace() {
                shown.push_decoded(" ", at..at + 1);
                return at + 1;
            }
            shown.push(&text[at + 1..behind], at + 1);
            behind
        }
        b'_' => {
            let before = text[..at].chars().next_back();
            let after = rest[1..].chars().next();
            let in_word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
            if in_word(before) && in_word(after) {
                shown.push("_", at);
            }
            at + 1
        }
        b'*' | b'`' | b'[' | b']' => at + 1,
        b'~' | b'\n' => {
            shown.push_decoded(" ", at..at + 1);
            at + 1
        }
        _ => {
            let len = rest
                .char_indices()
                .skip(1)
                .find(|(_, sign)| is_special(*sign))
                .map_or(rest.len(), |(len, _)| len);
            shown.push(&rest[..len], at);
            at + len
        }
    }
}
