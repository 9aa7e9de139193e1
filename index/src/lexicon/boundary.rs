//! Where a name may begin and end. All text here is normalized.

use std::ops::Range;

use super::forms::is_katakana;

/// Whether the letter belongs to an alphabet that writes words without gaps: Latin, Greek, Cyrillic.
pub(super) fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || (matches!(letter, '\u{c0}'..='\u{52f}') && letter.is_alphabetic())
}

fn is_latin_or_digit(letter: char) -> bool {
    is_latin(letter) || letter.is_ascii_digit()
}

pub(super) fn is_kanji(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '々' | '〆')
}

pub(super) fn is_hiragana(letter: char) -> bool {
    matches!(letter, 'ぁ'..='ゖ')
}

pub(super) fn is_japanese(letter: char) -> bool {
    is_kanji(letter) || is_hiragana(letter) || is_katakana(letter)
}

pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

pub(super) fn char_after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// How a name stands among its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    /// End of the name with the version that touches it: `Python3`, `Go1.18`.
    pub(super) end: usize,
    /// A hyphen joins it to another Latin word: good enough for a clear name only.
    pub(super) is_hyphenated: bool,
}

/// Fits the name at `range`, or `None` where it is a piece of another word.
pub(super) fn fit(text: &str, range: Range<usize>) -> Option<Fit> {
    let name = &text[range.clone()];
    let first = name.chars().next()?;
    let last = name.chars().next_back()?;
    let before = char_before(text, range.start);
    if !may_begin(text, range.start, first) {
        return None;
    }
    let end = version_end(text, range.end, last)?;
    let after = char_after(text, end);
    if let Some(after) = after
        && !may_follow(text, end, after, last, end > range.end, name)
    {
        return None;
    }
    let hyphen_before = before == Some('-')
        && is_latin_or_digit(first)
        && char_before(text, range.start - 1).is_some_and(is_latin);
    let hyphen_after = after == Some('-') && char_after(text, end + 1).is_some_and(is_latin);
    Some(Fit {
        end,
        is_hyphenated: hyphen_before || hyphen_after,
    })
}

/// Whether a name that begins with `first` may begin at byte `at`.
pub(super) fn may_begin(text: &str, at: usize, first: char) -> bool {
    char_before(text, at).is_none_or(|before| may_precede(text, at, before, first))
}

fn may_precede(text: &str, start: usize, before: char, first: char) -> bool {
    if is_katakana(first) {
        return !is_katakana(before);
    }
    if first == '.' {
        return !is_latin_or_digit(before) && before != '.' && before != '_';
    }
    if !is_latin_or_digit(first) {
        return true;
    }
    match before {
        '_' | '@' | '$' | '\\' => false,
        '.' => is_list_number(&text[..start - 1]),
        '&' => text[start..].chars().nth(1).is_some_and(is_latin),
        _ => !is_latin_or_digit(before),
    }
}

/// Whether `front` ends in the number of a list item, whose dot follows.
fn is_list_number(front: &str) -> bool {
    let digits = front.trim_end_matches(|letter: char| letter.is_ascii_digit());
    digits.len() < front.len() && !digits.ends_with(|letter: char| !letter.is_whitespace())
}

fn may_follow(
    text: &str,
    end: usize,
    after: char,
    last: char,
    has_version: bool,
    name: &str,
) -> bool {
    if is_katakana(last) {
        return !is_katakana(after);
    }
    if last == '+' || last == '#' {
        return after != last && after != '+' && !is_latin(after);
    }
    if !is_latin_or_digit(last) {
        return true;
    }
    let next = char_after(text, end + after.len_utf8());
    match after {
        '_' => false,
        '&' => name.len() > 2,
        '#' => next.is_some_and(is_latin_or_digit) && !has_version,
        '+' => next != Some('+'),
        '@' => !next.is_some_and(is_latin),
        '.' => !next.is_some_and(is_latin) || ends_sentence(&text[end + 1..]),
        _ => !is_latin_or_digit(after),
    }
}

/// Whether what follows a dot is more than an extension or a member: `.js` of an unlisted spelling.
fn ends_sentence(rest: &str) -> bool {
    rest.strip_prefix("js")
        .is_some_and(|rest| !rest.starts_with(is_latin_or_digit))
}

/// End of the version digits that touch a name which ends at `end`; `end` itself without any,
/// `None` where digits make it another name.
fn version_end(text: &str, end: usize, last: char) -> Option<usize> {
    let bytes = text.as_bytes();
    if last.is_ascii_digit() {
        return (!bytes.get(end).is_some_and(u8::is_ascii_digit)).then_some(end);
    }
    if !is_latin(last) && last != '+' && last != '#' {
        return Some(end);
    }
    let mut at = end;
    if !bytes.get(at).is_some_and(u8::is_ascii_digit) {
        return Some(end);
    }
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
        let is_point = bytes.get(at) == Some(&b'.');
        if is_point
            && bytes
                .get(at + 1)
                .is_some_and(|byte| byte.is_ascii_digit() || *byte == b'x')
        {
            at += 1;
        }
    }
    // 8u40, 2012r2, 19c, 8.x: one letter and its digits.
    if matches!(bytes.get(at), Some(b'x' | b'r' | b'u' | b'g' | b'c' | b'i')) {
        let mut behind = at + 1;
        while bytes.get(behind).is_some_and(u8::is_ascii_digit) {
            behind += 1;
        }
        if !char_after(text, behind).is_some_and(is_latin) {
            at = behind;
        }
    }
    Some(at)
}
