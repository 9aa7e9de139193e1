//! Text to the form that is compared, with the way back to the bytes it came from.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, is_nfc_quick, is_nfkc_quick};

use super::script::{LONG_WORD_CHARS, is_katakana_or_mark};
use super::variants::usual_form;

/// A text in the form that is compared, and the map from it to the original.
///
/// Built by [`normalize`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized {
    text: String,
    /// In the order of the text; together they cover it without gap or overlap.
    runs: Vec<Run>,
    original_len: usize,
}

/// A stretch of normalized text and the original bytes that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    normalized: Range<usize>,
    original: Range<usize>,
    /// Whether both sides have the same characters' lengths, so that offsets inside carry over.
    exact: bool,
}

impl Normalized {
    /// Returns the normalized text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Maps a byte range of the normalized text to the byte range of the original it came from.
    ///
    /// The answer always lies on character boundaries and covers the source characters whole:
    /// any part of the `株式会社` that came from `㍿` maps to all of `㍿`. An offset inside a
    /// character or past the end is moved outward to the next boundary. An empty range gives an
    /// empty range.
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.text.floor_char_boundary(range.start);
        if range.end <= range.start || start >= self.text.len() {
            let at = self.original_start(start);
            return at..at;
        }
        let end = self.text.ceil_char_boundary(range.end);
        self.original_start(start)..self.original_end(end)
    }

    /// Maps the boundary before the character at `offset`.
    fn original_start(&self, offset: usize) -> usize {
        let index = self
            .runs
            .partition_point(|run| run.normalized.end <= offset);
        match self.runs.get(index) {
            Some(run) if run.exact => run.original.start + (offset - run.normalized.start),
            Some(run) => run.original.start,
            None => self.original_len,
        }
    }

    /// Maps the boundary after the character that ends at `offset`, which is above 0.
    fn original_end(&self, offset: usize) -> usize {
        let index = self.runs.partition_point(|run| run.normalized.end < offset);
        match self.runs.get(index) {
            Some(run) if run.exact => run.original.start + (offset - run.normalized.start),
            Some(run) => run.original.end,
            None => self.original_len,
        }
    }
}

/// Brings `text` into the form in which the index and queries are compared.
///
/// In this order:
/// 1. invisible characters (zero width, direction marks, variation selectors) are removed;
/// 2. NFKC: full-width Latin to ASCII, half-width kana to full, `㍿` to `株式会社`;
/// 3. lower case, one character to one;
/// 4. wave dashes to `~`, hyphens and dashes to `-`, curved quotes to straight ones, `♯` to `#`;
///    `ー` is a letter and stays;
/// 5. variant kanji of names to their usual form (`髙` to `高`);
/// 6. control characters to a space, every kind of line end to `\n`;
/// 7. the trailing long mark of katakana words of four or more characters, marks counted, is
///    dropped: `サーバー` is `サーバ`, `コピー` stays.
///
/// Texts with the same NFKC give the same result, and normalizing twice changes nothing.
///
/// ```
/// use shokureki_index::analysis::normalize;
///
/// let original = "㍿ＡＢＣのｻｰﾊﾞｰ";
/// let normalized = normalize(original);
/// assert_eq!(normalized.as_str(), "株式会社abcのサーバ");
///
/// let word = normalized.as_str().find("サーバ").expect("is there");
/// let range = normalized.original_range(word..word + "サーバ".len());
/// assert_eq!(&original[range], "ｻｰﾊﾞｰ");
/// ```
pub fn normalize(text: &str) -> Normalized {
    let mut builder = Builder::new(text.len());
    let mut cluster = Cluster::default();
    let mut at = 0;
    while at < text.len() {
        let plain = plain_len(&text[at..]);
        if plain > 0 {
            builder.push_plain(&text[at..at + plain], at);
            at += plain;
            continue;
        }
        let mut chars = text[at..]
            .char_indices()
            .map(|(behind, c)| (at + behind, c))
            .filter(|(_, c)| !is_invisible(*c))
            .peekable();
        let Some((start, first)) = chars.next() else {
            break;
        };
        let mut end = start + first.len_utf8();
        let next_is_separate = chars
            .peek()
            .is_none_or(|(_, next)| is_boundary_before(*next));
        if next_is_separate && is_nfkc_inert(first) {
            builder.push(fold(first), start..end, true);
        } else if let Some(narrow) = narrow(first).filter(|_| next_is_separate) {
            builder.push(fold(narrow), start..end, false);
        } else {
            cluster.source.clear();
            cluster.source.push(first);
            while let Some((next_at, next)) = chars.next_if(|(_, next)| !is_boundary_before(*next))
            {
                cluster.source.push(next);
                end = next_at + next.len_utf8();
            }
            cluster.emit(start..end, &mut builder);
        }
        at = end;
    }
    builder.finish(text.len())
}

/// Returns the normalized form of `text` alone, trimmed and with each white space run as one
/// space: the key under which names are compared for equality.
pub fn normalized_key(text: &str) -> String {
    if text.chars().all(is_plain_word_letter) {
        return text.chars().map(fold).collect();
    }
    let normalized = normalize(text);
    if !normalized.text.contains(char::is_whitespace) {
        return normalized.text;
    }
    let mut key = String::with_capacity(normalized.text.len());
    for word in normalized.text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// A starter with all that may compose with it, taken out of the text.
#[derive(Default)]
struct Cluster {
    source: String,
}

impl Cluster {
    fn emit(&self, original: Range<usize>, builder: &mut Builder) {
        let exact = false;
        // Lower case can bring letters together that compose (`J̌` to `ǰ`), hence the second pass.
        for c in self.source.nfkc().map(lower_case).nfkc() {
            builder.push(fold(c), original.clone(), exact);
        }
    }
}

/// One normalized character and its source, before runs are made.
struct Unit {
    c: char,
    original: Range<usize>,
    /// Whether the source is exactly one character.
    single: bool,
}

/// Collects characters, drops trailing long marks and makes the runs.
struct Builder {
    text: String,
    runs: Vec<Run>,
    /// The katakana word that is being read; empty outside one.
    word: Vec<Unit>,
}

impl Builder {
    fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            runs: Vec::new(),
            word: Vec::new(),
        }
    }

    fn push(&mut self, c: char, original: Range<usize>, single: bool) {
        let unit = Unit {
            c,
            original,
            single,
        };
        if is_katakana_or_mark(c) {
            self.word.push(unit);
            return;
        }
        self.flush_word();
        self.append(unit);
    }

    /// Takes plain text that stands at byte `at`, and is followed by nothing that joins it.
    fn push_plain(&mut self, text: &str, at: usize) {
        let mut from = 0;
        while let Some(first) = text[from..].chars().next() {
            if is_katakana_or_mark(first) {
                let to = from + first.len_utf8();
                self.push(first, at + from..at + to, true);
                from = to;
                continue;
            }
            let rest = &text[from..];
            let rest = &rest[..rest.find(is_katakana_or_mark).unwrap_or(rest.len())];
            self.flush_word();
            let start = self.text.len();
            self.text.extend(rest.chars().map(fold));
            debug_assert_eq!(self.text.len(), start + rest.len(), "as long as before");
            self.cover(start, at + from..at + from + rest.len(), true);
            from += rest.len();
        }
    }

    fn flush_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let mut word = std::mem::take(&mut self.word);
        let whole_end = word.last().map(|unit| unit.original.end);
        let whole_len = word.len();
        while word.len() >= LONG_WORD_CHARS && word.last().is_some_and(|unit| unit.c == 'ー') {
            word.pop();
        }
        if word.len() < whole_len
            && let (Some(last), Some(end)) = (word.last_mut(), whole_end)
        {
            // The last letter stands for the dropped marks too.
            last.original.end = end;
            last.single = false;
        }
        for unit in word.drain(..) {
            self.append(unit);
        }
        self.word = word;
    }

    fn append(&mut self, unit: Unit) {
        let start = self.text.len();
        self.text.push(unit.c);
        let exact = unit.single && unit.original.len() == self.text.len() - start;
        self.cover(start, unit.original, exact);
    }

    /// Says where the text from byte `start` to its end came from.
    fn cover(&mut self, start: usize, original: Range<usize>, exact: bool) {
        let normalized = start..self.text.len();
        if let Some(last) = self.runs.last_mut() {
            let same_source = !exact && !last.exact && last.original == original;
            let continues = exact && last.exact && last.original.end == original.start;
            if same_source || continues {
                last.normalized.end = normalized.end;
                last.original.end = original.end;
                return;
            }
        }
        self.runs.push(Run {
            normalized,
            original,
            exact,
        });
    }

    fn finish(mut self, original_len: usize) -> Normalized {
        self.flush_word();
        Normalized {
            text: self.text,
            runs: self.runs,
            original_len,
        }
    }
}

/// Returns how many bytes `text` begins with that are plain, and followed by plain text or nothing.
fn plain_len(text: &str) -> usize {
    let mut last = 0;
    for (at, c) in text.char_indices() {
        if !is_plain(c) {
            return last;
        }
        last = at;
    }
    text.len()
}

/// Folds one character of NFKC text.
fn fold(c: char) -> char {
    let lower = lower_case(c);
    match lower {
        '\r' | '\n' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{301C}' | '\u{223C}' | '\u{2053}' | '\u{3030}' => '~',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{2500}' | '\u{2501}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201F}' => '"',
        // Written for the number sign in C♯ and F♯.
        '\u{266F}' => '#',
        _ if lower.is_control() => ' ',
        _ => usual_form(lower),
    }
}

/// Lower case, one character to one; `İ`, the only letter whose full mapping is longer, is `i`.
fn lower_case(c: char) -> char {
    match c {
        '\0'..='\u{7F}' => c.to_ascii_lowercase(),
        // Kana, ideographs and their signs have one case.
        '\u{3000}'..='\u{9FFF}' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Returns whether `c` is not to be seen: such characters come with copied text and would keep
/// equal words apart. None of them is made or changed by NFKC.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0100}'..='\u{E01EF}'
    )
}

/// Returns whether NFKC leaves `c` alone when nothing composes with it.
fn is_nfkc_inert(c: char) -> bool {
    is_plain(c)
        || canonical_combining_class(c) == 0
            && is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes
}

/// Returns whether NFKC never joins `c` to what is before it.
fn is_boundary_before(c: char) -> bool {
    if is_plain(c) || narrow(c).is_some() {
        return true;
    }
    let mut first = None;
    decompose_compatible(c, |d| {
        first.get_or_insert(d);
    });
    let first = first.unwrap_or(c);
    canonical_combining_class(first) == 0
        && is_nfc_quick(std::iter::once(first)) == IsNormalized::Yes
}

/// The character of ASCII that NFKC makes of a wide one. A shortcut as `is_plain` is.
fn narrow(c: char) -> Option<char> {
    match c {
        '\u{3000}' => Some(' '),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0),
        _ => None,
    }
}

/// The characters that most text consists of: NFKC leaves them alone and joins them to nothing
/// before them. A shortcut, no rule: leaving it out changes no result.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\0'..='\u{7F}'
        | '\u{3001}'..='\u{301B}' | '・' | 'ー' | '→' | '\u{25A0}'..='\u{25FF}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{4E00}'..='\u{9FFF}')
}

/// The characters that most names consist of: a text of nothing else is normalized one by one. A
/// shortcut as `is_plain` is.
fn is_plain_word_letter(c: char) -> bool {
    c != 'ー' && !c.is_whitespace() && !c.is_control() && is_plain(c)
}

/// Returns whether texts of such letters alone are their own keys, but for the mark that a katakana
/// word may end in.
pub(crate) fn is_key_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '(' | ')' | 'ー')
        || matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}')
            && usual_form(c) == c
}

#[cfg(test)]
mod tests {
    use super::{normalize, normalized_key};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(normalize(text).as_str(), expected, "{text}");
    }

    /// Checks that `part` of the normalized text maps back to `expected`.
    #[track_caller]
    fn check_range(text: &str, part: &str, expected: &str) {
        let normalized = normalize(text);
        let start = normalized.as_str().find(part).expect("the part is there");
        let range = normalized.original_range(start..start + part.len());
        assert_eq!(&text[range], expected, "{part} of {text}");
    }

    #[test]
    fn widths_and_cases_are_one() {
        check("ＡＷＳ", "aws");
        check("ｻｰﾊﾞ", "サーバ");
        check("Ｃ＋＋", "c++");
        check("Ｃ＃とC♯", "c#とc#");
        check("É İ ẞ", "é i ß");
        check("J\u{30C}", "ǰ");
    }

    #[test]
    fn dashes_and_waves_are_one_but_the_long_mark_is_a_letter() {
        check("〜～∼~", "~~~~");
        check("‐‑‒–—―−－-", "---------");
        check("データ", "データ");
    }

    #[test]
    fn variant_kanji_take_their_usual_form() {
        check("髙橋 﨑 渡邉 渡邊 濵田 廣澤", "高橋 崎 渡辺 渡辺 浜田 広沢");
        check("辻\u{E0100}", "辻");
        check("斎藤 斉藤 齋藤 齊藤", "斎藤 斉藤 斎藤 斉藤");
    }

    #[test]
    fn the_last_long_mark_of_long_katakana_words_is_dropped() {
        check("サーバー", "サーバ");
        check("コピー", "コピー");
        check("ユーザーインターフェース", "ユーザーインターフェース");
        check("マネージャーの", "マネージャの");
        check("サーバーー", "サーバ");
        check("ーーーーー", "ーーー");
        check("ｻｰﾊﾞｰ", "サーバ");
        check("らーめんー", "らーめんー");
    }

    #[test]
    fn control_characters_are_spaces_and_line_ends_are_one() {
        check("a\tb\0c", "a b c");
        check("a\r\nb\u{2028}c", "a\n\nb\nc");
        check("a\u{200B}b\u{FEFF}", "ab");
    }

    #[test]
    fn ranges_cover_their_source_characters_whole() {
        check_range("㍿ＡＢＣ", "株", "㍿");
        check_range("㍿ＡＢＣ", "式会社a", "㍿Ａ");
        check_range("㋀から", "月か", "㋀か");
        check_range("ﾊﾞｯｸ", "バ", "ﾊﾞ");
        check_range("か\u{3099}き", "が", "か\u{3099}");
        check_range("サーバーの", "バ", "バー");
        check_range("サーバーの", "の", "の");
        check_range("a\u{200B}b", "ab", "a\u{200B}b");
        check_range("abcサーバ", "サーバ", "サーバ");
    }

    #[test]
    fn ranges_outside_the_text_are_empty_at_its_end() {
        let normalized = normalize("㍿");
        assert_eq!(normalized.original_range(90..99), 3..3);
        assert_eq!(normalized.original_range(0..99), 0..3);
        assert_eq!(normalized.original_range(1..2), 0..3);
        assert_eq!(normalized.original_range(0..0), 0..0);
        assert_eq!(normalize("").original_range(0..0), 0..0);
    }

    #[test]
    fn a_key_has_single_spaces() {
        assert_eq!(normalized_key("  Foo　ＢＡＲ\n"), "foo bar");
    }
}
