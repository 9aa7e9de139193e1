//! Bytes of a known format to text.
//!
//! In: the bytes of a file and its name. Out: the text that every offset of a résumé counts in, its
//! format, and a map from bytes to lines. Nothing here knows what a résumé is; no file, no database.

mod encoding;
mod format;

pub use crate::domain::LineMap;
pub use encoding::TextEncoding;

use crate::domain::DocumentFormat;

/// Bytes that one document may have.
pub const MAX_FILE_BYTES: usize = 20 * 1024 * 1024;

/// Bytes of UTF-8 text that one document may have.
pub const MAX_TEXT_BYTES: usize = 2 * 1024 * 1024;

/// A document as text.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text, without a byte order mark. Offsets of everything read from it count in its bytes.
    pub text: String,
    /// The form of the text.
    pub format: DocumentFormat,
    /// How the bytes were encoded.
    pub encoding: TextEncoding,
}

/// Why bytes are no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// More than [`MAX_FILE_BYTES`] bytes, or more than [`MAX_TEXT_BYTES`] bytes of text.
    #[error("document of {actual} bytes exceeds the limit of {limit}")]
    TooLarge {
        /// Bytes received.
        actual: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// Bytes of no known format.
    #[error("bytes are no text of a known format")]
    Unsupported,
}

/// Reads `bytes` as text; `file_name` helps to tell the format.
///
/// UTF-8 and UTF-16 by their byte order mark, else UTF-8, else the most likely of Shift_JIS, EUC-JP
/// and ISO-2022-JP.
///
/// # Errors
/// [`DocumentError::TooLarge`] beyond the limits of a document, [`DocumentError::Unsupported`] for
/// bytes that are no text.
pub fn decode(bytes: &[u8], file_name: Option<&str>) -> Result<Document, DocumentError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(DocumentError::TooLarge {
            actual: bytes.len(),
            limit: MAX_FILE_BYTES,
        });
    }
    if format::is_binary(bytes) {
        return Err(DocumentError::Unsupported);
    }
    let (text, encoding) = encoding::decode(bytes).ok_or(DocumentError::Unsupported)?;
    if text.len() > MAX_TEXT_BYTES {
        return Err(DocumentError::TooLarge {
            actual: text.len(),
            limit: MAX_TEXT_BYTES,
        });
    }
    let format = format::detect(&text, file_name);
    Ok(Document {
        text,
        format,
        encoding,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<(&str, TextEncoding), DocumentError>) {
        let actual = decode(bytes, None);
        let actual = actual
            .as_ref()
            .map(|document| (document.text.as_str(), document.encoding))
            .map_err(|error| *error);
        assert_eq!(actual, expected);
    }

    #[test]
    fn text_is_read_in_each_encoding_of_japanese() {
        check("職歴".as_bytes(), Ok(("職歴", TextEncoding::Utf8)));
        check(b"\xEF\xBB\xBF\xE8\x81\xB7", Ok(("職", TextEncoding::Utf8)));
        check(b"\xFF\xFE\x77\x80", Ok(("職", TextEncoding::Utf16)));
        check(b"\xFE\xFF\x80\x77", Ok(("職", TextEncoding::Utf16)));
        let (shift_jis, _, _) = encoding_rs::SHIFT_JIS.encode("職務経歴書、株式会社の開発です。");
        check(
            &shift_jis,
            Ok(("職務経歴書、株式会社の開発です。", TextEncoding::ShiftJis)),
        );
        let (euc_jp, _, _) = encoding_rs::EUC_JP.encode("職務経歴書、株式会社の開発です。");
        check(
            &euc_jp,
            Ok(("職務経歴書、株式会社の開発です。", TextEncoding::EucJp)),
        );
        check(b"", Ok(("", TextEncoding::Utf8)));
    }

    #[test]
    fn bytes_that_are_no_text_are_unsupported() {
        check(b"%PDF-1.7 ...", Err(DocumentError::Unsupported));
        check(b"PK\x03\x04zip", Err(DocumentError::Unsupported));
        check(b"a\0b", Err(DocumentError::Unsupported));
        check(b"\x1F\x8B\x08", Err(DocumentError::Unsupported));
        check(b"\xFF\xFE\x00\xD8", Err(DocumentError::Unsupported));
    }

    #[test]
    fn a_text_beyond_the_limit_is_too_large() {
        let text = vec![b'a'; MAX_TEXT_BYTES + 1];
        check(
            &text,
            Err(DocumentError::TooLarge {
                actual: MAX_TEXT_BYTES + 1,
                limit: MAX_TEXT_BYTES,
            }),
        );
        let file = vec![b'a'; MAX_FILE_BYTES + 1];
        check(
            &file,
            Err(DocumentError::TooLarge {
                actual: MAX_FILE_BYTES + 1,
                limit: MAX_FILE_BYTES,
            }),
        );
    }
}
