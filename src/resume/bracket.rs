//! Brackets of every make, and text outside them.

use std::borrow::Cow;

/// Signs that open what stands beside the text: remarks, periods, tags.
pub(super) const OPEN: [char; 10] = ['(', '（', '[', '［', '【', '〔', '<', '＜', '〈', '《'];

/// Signs that close it.
pub(super) const CLOSE: [char; 10] = [')', '）', ']', '］', '】', '〕', '>', '＞', '〉', '》'];

/// Returns whether a sign opens a bracket.
pub(super) fn opens(sign: char) -> bool {
    is_beyond_letters(sign) && OPEN.contains(&sign)
}

/// Returns whether a sign closes a bracket.
pub(super) fn closes(sign: char) -> bool {
    is_beyond_letters(sign) && CLOSE.contains(&sign)
}

/// Returns whether a sign is no letter of most texts, and so may be a bracket.
fn is_beyond_letters(sign: char) -> bool {
    !matches!(sign, 'A'..='Z' | 'a'..='z' | '\u{3041}'..='\u{9FFF}')
}

/// Returns `text` without what stands in brackets; all of it where nothing else would be left.
pub(super) fn without_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains(|sign| opens(sign) || closes(sign)) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut depth = 0usize;
    for character in text.chars() {
        if opens(character) {
            depth += 1;
        } else if closes(character) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            kept.push(character);
        }
    }
    if kept.trim().is_empty() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_brackets_is_left_out() {
        assert_eq!(without_brackets("株式会社A（旧B）〔2016〕"), "株式会社A");
        assert_eq!(without_brackets("（全部）"), "（全部）");
        assert_eq!(without_brackets("閉じない（括弧"), "閉じない");
    }
}
