//! Texts with blanks in the place of what nobody may read in them, so that every place stays.

use std::ops::Range;

/// Returns `text` with blanks for the bytes of `hidden`, which are in order, apart from one another and on
/// char boundaries; line breaks stay.
pub fn without(text: &str, hidden: &[Range<usize>]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut at = 0;
    for range in hidden.iter().chain([&(text.len()..text.len())]) {
        left.push_str(&text[at..range.start]);
        let blank = |byte| match byte {
            b'\n' | b'\r' => char::from(byte),
            _ => ' ',
        };
        left.extend(text[range.clone()].bytes().map(blank));
        at = range.end;
    }
    left
}

/// Returns `text` with blanks for all bytes but those of `shown`, which are as in [`without`].
pub fn only(text: &str, shown: &[Range<usize>]) -> String {
    let starts = std::iter::once(0).chain(shown.iter().map(|range| range.end));
    let ends = shown.iter().map(|range| range.start).chain([text.len()]);
    let hidden: Vec<Range<usize>> = starts.zip(ends).map(|(start, end)| start..end).collect();
    without(text, &hidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_blanks_stand_for_what_is_hidden() {
        let text = "本籍: 東京\r\nGo";
        let hidden = "本籍".len()..text.len() - 1;
        assert_eq!(without(text, &[hidden]), "本籍        \r\n o");
        let label = 0.."本籍".len();
        assert_eq!(only(text, &[label]), "本籍        \r\n  ");
        assert_eq!(without(text, &[]), text);
        let whole = 0..text.len();
        assert_eq!(only(text, &[whole]), text);
    }
}
