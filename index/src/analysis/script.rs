//! What kind of character a character is, as far as cutting Japanese text needs to know.

/// The class of one normalized character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Ideographs, and the marks that stand for one (`々`, `〆`, `〇`).
    Kanji,
    /// Hiragana with its iteration marks.
    Hiragana,
    /// Katakana with its iteration marks and small extensions.
    Katakana,
    /// The long mark `ー` and combining kana marks: of the script of the character before.
    Prolonged,
    /// Letters and digits of every other script.
    Latin,
    /// A line end or the full stop `。`: no phrase reaches over it.
    Break,
    /// White space inside a line.
    Space,
    /// Everything else.
    Symbol,
}

impl Script {
    /// Classifies one character.
    pub(super) fn of(c: char) -> Self {
        match c {
            'a'..='z' | '0'..='9' | 'A'..='Z' => Self::Latin,
            '\n' | '。' => Self::Break,
            'ー' | '\u{3099}' | '\u{309A}' => Self::Prolonged,
            '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' => Self::Hiragana,
            '\u{30A1}'..='\u{30FA}' | '\u{30FD}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' => {
                Self::Katakana
            }
            '々' | '〆' | '〇' | '〻' => Self::Kanji,
            '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}' => Self::Kanji,
            _ if c.is_whitespace() => Self::Space,
            _ if c.is_alphanumeric() => Self::Latin,
            _ => Self::Symbol,
        }
    }

    /// Returns whether bigrams are made of this class.
    pub(super) fn is_cjk(self) -> bool {
        matches!(
            self,
            Self::Kanji | Self::Hiragana | Self::Katakana | Self::Prolonged
        )
    }
}

/// Returns whether a word of letters and digits may hold `c`.
pub(super) fn is_latin(c: char) -> bool {
    Script::of(c) == Script::Latin
}

/// Returns `word` without the long marks at its end when it is a katakana word of four characters
/// or more, the marks counted.
pub(super) fn without_trailing_mark(word: &str) -> &str {
    let mut chars = word.chars().count();
    if chars < LONG_WORD_CHARS || !word.chars().all(is_katakana_or_mark) {
        return word;
    }
    let mut rest = word;
    while chars >= LONG_WORD_CHARS
        && let Some(shorter) = rest.strip_suffix('ー')
    {
        rest = shorter;
        chars -= 1;
    }
    rest
}

/// Returns the kanji that `c` stands for behind `before`: `々` repeats it (佐々木, 佐佐木).
pub(super) fn repeated(c: char, before: Option<char>) -> char {
    match before {
        Some(kanji) if c == '々' && Script::of(kanji) == Script::Kanji => kanji,
        _ => c,
    }
}

/// Returns `text` with each `々` as the kanji that it repeats.
pub(crate) fn without_repeat_marks(text: String) -> String {
    if !text.contains('々') {
        return text;
    }
    let mut before = None;
    text.chars()
        .map(|c| {
            let kanji = repeated(c, before);
            before = Some(kanji);
            kanji
        })
        .collect()
}

/// From this length on, marks counted, a katakana word is written with or without its last mark
/// (JIS Z 8301, and the habit of Japanese engineers): サーバー and サーバ, but never コピ.
pub(super) const LONG_WORD_CHARS: usize = 4;

/// Returns whether `c` can stand inside a katakana word.
pub(super) fn is_katakana_or_mark(c: char) -> bool {
    matches!(
        c,
        'ー' | '\u{30A1}'..='\u{30FA}' | '\u{30FD}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
    )
}
