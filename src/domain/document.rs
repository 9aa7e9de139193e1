//! What is known of a document before it is read.

use std::fmt;

/// The form of a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DocumentFormat {
    /// Markdown in any flavour, with or without front matter.
    Markdown,
    /// Text without markup.
    PlainText,
    /// Emacs Org.
    Org,
    /// An HTML page.
    Html,
    /// LaTeX source.
    Latex,
    /// Typst source.
    Typst,
    /// YAML data.
    Yaml,
    /// JSON data, JSON Resume included.
    Json,
}

/// The SHA-256 of a document's original bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sha256(pub [u8; 32]);

impl fmt::Display for Sha256 {
    /// Writes 64 lower-case hexadecimal digits.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}
