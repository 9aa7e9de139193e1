//! Bytes to UTF-8.

/// How the bytes of a document were encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextEncoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 with a byte order mark, of either byte order.
    Utf16,
    /// Shift_JIS as Windows means it (code page 932).
    ShiftJis,
    /// EUC-JP.
    EucJp,
    /// ISO-2022-JP.
    Iso2022Jp,
}

/// Bytes that a guess of the encoding looks at.
const SAMPLE_BYTES: usize = 64 * 1024;

/// Returns the text of `bytes`, or `None` when they are text of no encoding known here.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, TextEncoding)> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        let text = std::str::from_utf8(rest).ok()?;
        return Some((text.to_owned(), TextEncoding::Utf8));
    }
    if bytes.starts_with(b"\xFF\xFE") {
        return utf16(bytes, encoding_rs::UTF_16LE);
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return utf16(bytes, encoding_rs::UTF_16BE);
    }
    let is_iso_2022 = bytes.windows(3).any(|window| window == b"\x1B$B");
    if is_iso_2022 {
        return exactly(bytes, encoding_rs::ISO_2022_JP)
            .map(|text| (text, TextEncoding::Iso2022Jp));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((text.to_owned(), TextEncoding::Utf8));
    }
    japanese(bytes)
}

/// Reads UTF-16 behind its byte order mark.
fn utf16(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Option<(String, TextEncoding)> {
    exactly(&bytes[2..], encoding).map(|text| (text, TextEncoding::Utf16))
}

/// Reads the likelier of Shift_JIS and EUC-JP, and only what decodes without a fault.
fn japanese(bytes: &[u8]) -> Option<(String, TextEncoding)> {
    let candidates = [
        (encoding_rs::SHIFT_JIS, TextEncoding::ShiftJis),
        (encoding_rs::EUC_JP, TextEncoding::EucJp),
    ];
    candidates
        .into_iter()
        .filter_map(|(encoding, name)| exactly(bytes, encoding).map(|text| (text, name)))
        .max_by_key(|(text, _)| likeness(text))
}

/// Counts how much a text looks Japanese: kana and kanji for it, half-width kana and rare signs against.
fn likeness(text: &str) -> i64 {
    text.chars()
        .take(SAMPLE_BYTES)
        .map(|character| match character {
            '\u{3041}'..='\u{3096}' | '、' | '。' => 3,
            '\u{30A1}'..='\u{30FC}' => 2,
            '\u{4E00}'..='\u{9FFF}' => 1,
            '\u{FF61}'..='\u{FF9F}' => -3,
            '\u{E000}'..='\u{F8FF}' | '\u{80}'..='\u{9F}' => -8,
            _ => 0,
        })
        .sum()
}

/// Returns the text when every byte decodes.
fn exactly(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Option<String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
}
