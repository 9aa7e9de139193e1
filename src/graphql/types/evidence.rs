use async_graphql::SimpleObject;

use super::enums::Grade;
use crate::domain;

/// Lines of the résumé that prove something.
#[derive(SimpleObject, Clone, Debug)]
pub(in crate::graphql) struct Evidence {
    /// A verbatim part of the résumé's text: its line, cut at sentences or words where it is long.
    excerpt: String,
    /// The places in the excerpt that matter.
    highlights: Vec<TextRange>,
    /// The line of the first place, from 1.
    line: u32,
    /// The first place's first byte in the UTF-8 of `Resume.text`.
    byte_start: usize,
    /// The byte after the first place's last.
    byte_end: usize,
    /// Titles of the headings above it, outermost first.
    heading_path: Vec<String>,
    /// How strong it is, where it names a technology.
    grade: Option<Grade>,
}

/// A range of characters.
#[derive(SimpleObject, Clone, Copy, Debug)]
pub(in crate::graphql) struct TextRange {
    /// The first character (Unicode code point), from 0.
    start: usize,
    /// The character after the last.
    end: usize,
}

impl From<domain::Evidence> for Evidence {
    fn from(evidence: domain::Evidence) -> Self {
        let highlights = evidence.highlights.into_iter();
        Self {
            excerpt: evidence.excerpt,
            highlights: highlights
                .map(|range| TextRange {
                    start: range.start,
                    end: range.end,
                })
                .collect(),
            line: evidence.line,
            byte_start: evidence.bytes.start,
            byte_end: evidence.bytes.end,
            heading_path: evidence.heading_path,
            grade: evidence.grade.map(Grade::from),
        }
    }
}
