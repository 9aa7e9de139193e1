//! The part of a text that proves something, cut so that a person can read it.

use std::ops::Range;

/// The most characters of an excerpt, unless what it highlights is longer.
pub const MAX_EXCERPT_CHARS: usize = 160;

/// A verbatim part of a text with the places in it that matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Bytes of the whole text that the excerpt shows, on char boundaries.
    pub range: Range<usize>,
    /// Bytes of the whole text to point at, in order, each within `range`.
    pub highlights: Vec<Range<usize>>,
}

impl Excerpt {
    /// Cuts the excerpt around `highlight`: its line, else its sentence, else the words around it, at
    /// most [`MAX_EXCERPT_CHARS`] characters. A highlight over several lines is shown up to the end
    /// of its first.
    ///
    /// A highlight outside the text, or not on char boundaries, is moved to the nearest place inside.
    pub fn around(text: &str, highlight: Range<usize>) -> Self {
        let start = floor_char_boundary(text, highlight.start);
        let end = floor_char_boundary(text, highlight.end).max(start);
        let line = line_around(text, start);
        let highlight = start.clamp(line.start, line.end)..end.clamp(line.start, line.end);
        let mut range = trimmed(text, &line, &highlight);
        if char_count(text, &range) > MAX_EXCERPT_CHARS {
            range = trimmed(text, &sentence_around(text, &range, &highlight), &highlight);
        }
        if char_count(text, &range) > MAX_EXCERPT_CHARS {
            range = trimmed(text, &words_around(text, &range, &highlight), &highlight);
        }
        Self {
            range,
            highlights: vec![highlight],
        }
    }

    /// Cuts excerpts around several places, in their order; places that an earlier excerpt shows
    /// already become further highlights of it.
    pub fn around_each(
        text: &str,
        highlights: impl IntoIterator<Item = Range<usize>>,
    ) -> Vec<Self> {
        let mut excerpts: Vec<Self> = Vec::new();
        for highlight in highlights {
            let shown = excerpts.iter_mut().find(|excerpt| {
                excerpt.range.start <= highlight.start && highlight.end <= excerpt.range.end
            });
            match shown {
                Some(excerpt) => excerpt.point_at(highlight),
                None => excerpts.push(Self::around(text, highlight)),
            }
        }
        excerpts
    }

    /// Returns the highlights in characters (Unicode code points) of the excerpt.
    pub fn highlights_in_chars(&self, text: &str) -> Vec<Range<usize>> {
        let chars_until = |byte: usize| char_count(text, &(self.range.start..byte));
        self.highlights
            .iter()
            .map(|highlight| chars_until(highlight.start)..chars_until(highlight.end))
            .collect()
    }

    fn point_at(&mut self, highlight: Range<usize>) {
        if !self.highlights.contains(&highlight) {
            self.highlights.push(highlight);
            self.highlights
                .sort_by_key(|range| (range.start, range.end));
        }
    }
}

/// Returns the line of `byte` in `text`, from 1.
pub fn line_of(text: &str, byte: usize) -> u32 {
    let before = &text.as_bytes()[..byte.min(text.len())];
    let breaks = before.iter().filter(|&&byte| byte == b'\n').count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}

fn floor_char_boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

fn char_count(text: &str, range: &Range<usize>) -> usize {
    text.get(range.clone())
        .map_or(0, |part| part.chars().count())
}

fn line_around(text: &str, byte: usize) -> Range<usize> {
    let start = text[..byte].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[byte..]
        .find(['\n', '\r'])
        .map_or(text.len(), |at| byte + at);
    start..end
}

/// Drops white space and list or quote marks around `range`, but nothing of `keep`.
fn trimmed(text: &str, range: &Range<usize>, keep: &Range<usize>) -> Range<usize> {
    let is_mark = |letter: char| {
        letter.is_whitespace() || matches!(letter, '-' | '*' | '+' | '>' | '#' | '・' | '|' | '•')
    };
    let head = &text[range.start..keep.start];
    let tail = &text[keep.end..range.end];
    let start = range.start + (head.len() - head.trim_start_matches(is_mark).len());
    let end = keep.end
        + tail
            .trim_end_matches(|l: char| l.is_whitespace() || l == '|')
            .len();
    start..end
}

fn ends_sentence(letter: char) -> bool {
    matches!(letter, '。' | '．' | '！' | '？' | '!' | '?' | '|' | '｡')
}

fn sentence_around(text: &str, within: &Range<usize>, keep: &Range<usize>) -> Range<usize> {
    let head = &text[within.start..keep.start];
    let tail = &text[keep.end..within.end];
    let start = head
        .char_indices()
        .rev()
        .find(|&(_, letter)| ends_sentence(letter))
        .map_or(within.start, |(at, letter)| {
            within.start + at + letter.len_utf8()
        });
    let end = tail
        .char_indices()
        .find(|&(_, letter)| ends_sentence(letter))
        .map_or(within.end, |(at, letter)| keep.end + at + letter.len_utf8());
    start..end
}

/// Takes as many whole words on either side of `keep` as fit, a third of them before it.
fn words_around(text: &str, within: &Range<usize>, keep: &Range<usize>) -> Range<usize> {
    let room = MAX_EXCERPT_CHARS.saturating_sub(char_count(text, keep));
    let chars_before = char_count(text, &(within.start..keep.start));
    let chars_after = char_count(text, &(keep.end..within.end));
    let before = (room / 3)
        .max(room.saturating_sub(chars_after))
        .min(chars_before);
    let after = room - before;
    let start = start_of_words(text, within.start, keep.start, before);
    let end = end_of_words(text, keep.end, within.end, after);
    start..end
}

/// Returns the earliest word border at most `chars` characters before `end`.
fn start_of_words(text: &str, start: usize, end: usize, chars: usize) -> usize {
    let part = &text[start..end];
    let total = part.chars().count();
    if total <= chars {
        return start;
    }
    let mut borders = part
        .char_indices()
        .skip(total - chars)
        .map(|(at, _)| start + at);
    borders.find(|&at| is_border(text, at)).unwrap_or(end)
}

/// Returns the latest word border at most `chars` characters after `start`.
fn end_of_words(text: &str, start: usize, end: usize, chars: usize) -> usize {
    let part = &text[start..end];
    let borders = part.char_indices().map(|(at, _)| start + at);
    let mut borders: Vec<usize> = borders.chain([end]).take(chars + 1).collect();
    borders.reverse();
    borders
        .into_iter()
        .find(|&at| at == end || is_border(text, at))
        .unwrap_or(start)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Space,
    Latin,
    Hiragana,
    Katakana,
    Kanji,
    Mark,
}

fn script(letter: char) -> Script {
    match letter {
        _ if letter.is_whitespace() => Script::Space,
        'ぁ'..='ゖ' => Script::Hiragana,
        'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ' | 'ｦ'..='ﾟ' => Script::Katakana,
        '々'
        | '〆'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Kanji,
        '.' | '+' | '#' | '_' | '-' | '/' => Script::Latin,
        _ if letter.is_alphanumeric() => Script::Latin,
        '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' => Script::Latin,
        _ => Script::Mark,
    }
}

/// Whether no word runs across the byte `at`: beside space and marks, and where the letters change
/// but for inflected endings (kanji or katakana followed by hiragana).
fn is_border(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back().map_or(Script::Space, script);
    let after = text[at..].chars().next().map_or(Script::Space, script);
    match (before, after) {
        (Script::Space | Script::Mark, _) | (_, Script::Space | Script::Mark) => true,
        (_, Script::Hiragana) => false,
        (before, after) => before != after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, highlight: &str, expected: &str) {
        let start = text.find(highlight).expect("the highlight is in the text");
        let excerpt = Excerpt::around(text, start..start + highlight.len());
        assert_eq!(&text[excerpt.range.clone()], expected);
        let highlights = excerpt.highlights_in_chars(text);
        let shown: Vec<char> = expected.chars().collect();
        let lit: String = shown[highlights[0].clone()].iter().collect();
        assert_eq!(lit, highlight);
    }

    #[test]
    fn a_short_line_is_shown_whole_without_its_list_mark() {
        check(
            "# 経歴\n  - 言語: Erlang、Go\n- 次",
            "Erlang",
            "言語: Erlang、Go",
        );
        check("| 言語 | Erlang |\r\n| x | y |", "Erlang", "言語 | Erlang");
        check("C++", "C++", "C++");
    }

    #[test]
    fn a_long_line_is_cut_to_the_sentence() {
        let filler = "あ".repeat(100);
        let text = format!("{filler}。配信基盤を Erlang で実装した。{filler}");
        check(&text, "Erlang", "配信基盤を Erlang で実装した。");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = "設計と ImplementationOfEverything を担当し、".repeat(20);
        let highlight = text.find("担当").expect("it is there");
        let highlight = highlight + "設計と".len()..highlight + "設計と".len() + 3;
        let excerpt = Excerpt::around(&text, highlight);
        let shown = &text[excerpt.range];
        assert!(shown.chars().count() <= MAX_EXCERPT_CHARS);
        let whole = text.matches("ImplementationOfEverything").count();
        assert!(whole > 0);
        for part in shown.split(|letter: char| !letter.is_ascii_alphabetic()) {
            assert!(
                part.is_empty() || part == "ImplementationOfEverything",
                "{part}"
            );
        }
    }

    #[test]
    fn places_in_one_line_share_an_excerpt() {
        let text = "Go と Rust と Go\nGo";
        let places = text
            .match_indices("Go")
            .map(|(at, word)| at..at + word.len());
        let excerpts = Excerpt::around_each(text, places);
        assert_eq!(excerpts.len(), 2);
        assert_eq!(excerpts[0].highlights_in_chars(text), [0..2, 12..14]);
    }

    #[test]
    fn a_place_outside_the_text_or_inside_a_char_does_not_panic() {
        for start in 0..12 {
            for end in 0..12 {
                Excerpt::around("職\n歴a", start..end);
            }
        }
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!(line_of("a\nb", 0), 1);
        assert_eq!(line_of("a\nb", 2), 2);
        assert_eq!(line_of("a\nb", 99), 2);
    }
}
