//! The part of a text that proves something, cut so that a person can read it.

use std::cell::LazyCell;
use std::ops::Range;

use super::document::DocumentFormat;

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

/// What a reader of the rendered document sees of a text. Read only when an excerpt may touch what
/// is hidden.
pub struct Shown<'a> {
    /// `None` where all is seen.
    format: Option<DocumentFormat>,
    ranges: LazyCell<Vec<Range<usize>>, ReadShown<'a>>,
}

type ReadShown<'a> = Box<dyn FnOnce() -> Vec<Range<usize>> + 'a>;

impl<'a> Shown<'a> {
    /// `read` gives the bytes of a document of `format` that are seen, in order and apart from one
    /// another.
    pub fn new(format: DocumentFormat, read: impl FnOnce() -> Vec<Range<usize>> + 'a) -> Self {
        Self {
            format: Some(format),
            ranges: LazyCell::new(Box::new(read)),
        }
    }

    /// All of the text is seen.
    pub fn all() -> Self {
        Self {
            format: None,
            ranges: LazyCell::new(Box::new(Vec::new)),
        }
    }

    /// Returns the part of `line` around `place` without words that are hidden. Marks alone (`**`, a
    /// backtick) are let stand.
    fn part(&self, text: &str, line: Range<usize>, place: usize) -> Range<usize> {
        let may_hide = |format| may_hide(format, &text[line.clone()]);
        if !self.format.is_some_and(may_hide) {
            return line;
        }
        let shown = &*self.ranges;
        let behind = shown.partition_point(|range| range.start <= place);
        if behind == 0 || shown[behind - 1].end <= place {
            return line;
        }
        let mut part = line.clone();
        for hidden in hidden_in(shown, &line) {
            let has_words = text
                .get(hidden.clone())
                .is_some_and(|text| text.contains(char::is_alphanumeric));
            if has_words && hidden.end <= place {
                part.start = part.start.max(hidden.end);
            } else if has_words && hidden.start > place {
                part.end = part.end.min(hidden.start);
            }
        }
        part
    }
}

/// The bytes of `line` that none of `shown` has.
fn hidden_in(shown: &[Range<usize>], line: &Range<usize>) -> Vec<Range<usize>> {
    let first = shown.partition_point(|range| range.end <= line.start);
    let inside = shown[first..]
        .iter()
        .take_while(|range| range.start < line.end);
    let mut hidden = Vec::new();
    let mut at = line.start;
    for range in inside {
        if at < range.start {
            hidden.push(at..range.start);
        }
        at = range.end;
    }
    if at < line.end {
        hidden.push(at..line.end);
    }
    hidden
}

/// Whether a line may hold words that a reader does not see: comments, tags, commands, addresses.
fn may_hide(format: DocumentFormat, line: &str) -> bool {
    use DocumentFormat::{Html, Json, Latex, Markdown, Org, PlainText, Typst, Yaml};
    let marks: &[char] = match format {
        // A percentage, an equals sign and the mark of a heading hide nothing.
        Markdown | PlainText => &['<', '>', '\\', '{'],
        Org | Html | Latex | Typst | Yaml | Json => &['<', '>', '\\', '{', '%', '#', '='],
    };
    // Keys of front matter that a heading is laid out without.
    let is_titled = || {
        let member = line.trim_start().trim_start_matches("- ");
        member.starts_with("title: ")
    };
    line.contains(marks)
        || ["](", "[[", "]:", ":::", "~~", "--", "://", " = \""]
            .iter()
            .any(|mark| line.contains(mark))
        || is_titled()
}

impl Excerpt {
    /// Cuts the excerpt around `highlight`: its line, else its sentence or bullet, else the words
    /// around it, at most [`MAX_EXCERPT_CHARS`] characters. A line ends where words begin that are
    /// not `shown`, and at a line break inside a table cell (`<br>`). A highlight over several of such
    /// lines is shown up to the end of its first.
    ///
    /// A highlight outside the text, or not on char boundaries, is moved to the nearest place inside.
    pub fn around(text: &str, highlight: Range<usize>, shown: &Shown<'_>) -> Self {
        let start = floor_char_boundary(text, highlight.start);
        let end = floor_char_boundary(text, highlight.end).max(start);
        let line = shown.part(text, line_around(text, start), start);
        let line = between_breaks(text, &line, start);
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
        shown: &Shown<'_>,
    ) -> Vec<Self> {
        let mut excerpts: Vec<Self> = Vec::new();
        for highlight in highlights {
            let same = excerpts.iter_mut().find(|excerpt| {
                excerpt.range.start <= highlight.start && highlight.end <= excerpt.range.end
            });
            match same {
                Some(excerpt) => excerpt.point_at(highlight),
                None => excerpts.push(Self::around(text, highlight, shown)),
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

/// The part of `line` around `at` between the tags that break it (`<br>`, `<br/>`).
fn between_breaks(text: &str, line: &Range<usize>, at: usize) -> Range<usize> {
    let mut part = line.clone();
    let slice = &text[line.clone()];
    for (found, _) in slice.match_indices('<') {
        let tag = &slice[found..];
        let Some(length) = tag.find('>').filter(|_| is_break(tag)) else {
            continue;
        };
        let (start, end) = (line.start + found, line.start + found + length + 1);
        if end <= at {
            part.start = end;
        } else if start >= at {
            part.end = start;
            break;
        }
    }
    part
}

/// Whether `tag`, which begins with `<`, is a line break.
fn is_break(tag: &str) -> bool {
    let name = tag.get(1..3);
    let behind = tag.get(3..).and_then(|rest| rest.chars().next());
    name.is_some_and(|name| name.eq_ignore_ascii_case("br"))
        && behind.is_some_and(|c| matches!(c, '>' | '/') || c.is_whitespace())
}

/// Drops white space and list or quote marks around `range`, but nothing of `keep`.
fn trimmed(text: &str, range: &Range<usize>, keep: &Range<usize>) -> Range<usize> {
    let is_mark = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '-' | '*' | '+' | '>' | '#' | '・' | '|')
            || is_bullet(letter)
    };
    let head = &text[range.start..keep.start];
    let tail = &text[keep.end..range.end];
    let start = range.start + (head.len() - head.trim_start_matches(is_mark).len());
    let end = keep.end
        + tail
            .trim_end_matches(|l: char| l.is_whitespace() || l == '|' || is_bullet(l))
            .len();
    start..end
}

fn ends_sentence(letter: char) -> bool {
    matches!(letter, '。' | '．' | '！' | '？' | '!' | '?' | '|' | '｡') || is_bullet(letter)
}

/// Marks that begin an item wherever they stand; `・` also joins words.
fn is_bullet(letter: char) -> bool {
    matches!(letter, '•' | '●' | '■' | '◆' | '◇' | '□' | '▪' | '◦')
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
        let excerpt = Excerpt::around(text, start..start + highlight.len(), &Shown::all());
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
        let excerpt = Excerpt::around(&text, highlight, &Shown::all());
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
        let excerpts = Excerpt::around_each(text, places, &Shown::all());
        assert_eq!(excerpts.len(), 2);
        assert_eq!(excerpts[0].highlights_in_chars(text), [0..2, 12..14]);
    }

    #[test]
    fn a_place_outside_the_text_or_inside_a_char_does_not_panic() {
        for start in 0..12 {
            for end in 0..12 {
                Excerpt::around("職\n歴a", start..end, &Shown::all());
            }
        }
    }

    /// What of `text` is not between `<` and `>` or `(` and `)`.
    fn seen(text: &str) -> Vec<Range<usize>> {
        let mut seen = Vec::new();
        let mut at = 0;
        while let Some(open) = text[at..].find(['<', '(']) {
            seen.push(at..at + open);
            let rest = &text[at + open..];
            at += open + rest.find(['>', ')']).map_or(rest.len(), |close| close + 1);
        }
        seen.push(at..text.len());
        seen.retain(|range| !range.is_empty());
        seen
    }

    #[track_caller]
    fn check_shown(text: &str, highlight: &str, expected: &str) {
        let start = text.find(highlight).expect("the highlight is in the text");
        let shown = Shown::new(DocumentFormat::Markdown, || seen(text));
        let excerpt = Excerpt::around(text, start..start + highlight.len(), &shown);
        assert_eq!(&text[excerpt.range], expected);
    }

    #[test]
    fn hidden_words_end_an_excerpt() {
        check_shown("設計 <!-- 秘密 --> 実装", "実装", "実装");
        check_shown("設計 <!-- 秘密 --> 実装", "設計", "設計");
        check_shown("[検索](https://example.com/x)の改善", "検索", "[検索]");
        check_shown("[検索](https://example.com/x)の改善", "改善", "の改善");
        check_shown("**検索**の<>改善", "改善", "検索**の<>改善");
    }

    #[test]
    fn a_line_break_in_a_cell_ends_an_excerpt() {
        check("| 検索 | 設計<br>実装<BR/>試験 |", "実装", "実装");
        check("| 検索 | 設計<br>実装<BR/>試験 |", "試験", "試験");
        check("設計<brand>実装", "実装", "設計<brand>実装");
    }

    #[test]
    fn bullets_in_a_long_line_end_an_excerpt() {
        let filler = "あ".repeat(90);
        let text = format!("●{filler} ●配信基盤を実装 ■{filler}");
        check(&text, "実装", "配信基盤を実装");
    }

    proptest::proptest! {
        #[test]
        fn excerpts_show_what_is_seen_and_point_at_it(
            pieces in proptest::collection::vec(proptest::sample::select(vec![
                "設計", "実装した", "ＡＷＳ", "ｻｰﾊﾞ", "C++", " ", "。", "、", "\n", "| ", "<br>",
                "<!-- x -->", "(https://example.com/a)", "**", "●", "😀", "が", "か\u{3099}", "- ",
                "あいうえおかきくけこ",
            ]), 1..60),
            start in 0_usize..200,
            len in 0_usize..20,
        ) {
            let text = pieces.concat();
            let shown = Shown::new(DocumentFormat::Markdown, || seen(&text));
            let excerpt = Excerpt::around(&text, start..start + len, &shown);
            let part = text.get(excerpt.range.clone());
            proptest::prop_assert!(part.is_some());
            let part = part.unwrap_or_default();
            proptest::prop_assert!(!part.contains('\n'));
            let highlight = &excerpt.highlights[0];
            proptest::prop_assert!(text.get(highlight.clone()).is_some());
            proptest::prop_assert!(excerpt.range.start <= highlight.start);
            proptest::prop_assert!(highlight.end <= excerpt.range.end);
            let is_seen = seen(&text).iter().any(|range| range.contains(&highlight.start));
            proptest::prop_assert!(!is_seen || !part.contains("<!-- x") && !part.contains("https"));
            let in_chars = excerpt.highlights_in_chars(&text);
            let lit: String =
                part.chars().skip(in_chars[0].start).take(in_chars[0].len()).collect();
            proptest::prop_assert_eq!(lit.as_str(), &text[highlight.clone()]);
        }
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!(line_of("a\nb", 0), 1);
        assert_eq!(line_of("a\nb", 2), 2);
        assert_eq!(line_of("a\nb", 99), 2);
    }
}
