//! What proves a statement about a person: lines of the résumé.

use std::ops::Range;

use super::excerpt::{Excerpt, Shown, line_of};
use super::resume::{Grade, Heading};

/// A part of a résumé's text that proves something, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// A verbatim part of the text.
    pub excerpt: String,
    /// The places that matter, in characters (Unicode code points) of the excerpt.
    pub highlights: Vec<Range<usize>>,
    /// The line of the first place, from 1.
    pub line: u32,
    /// The first place, in bytes of the résumé's text.
    pub bytes: Range<usize>,
    /// Titles of the headings above it, outermost first.
    pub heading_path: Vec<String>,
    /// The grade, where the place names a technology.
    pub grade: Option<Grade>,
}

impl Evidence {
    /// Returns what can be shown of `places` in the text `text`, whose headings are `outline`, in their
    /// order, places of one excerpt together. What `shown` leaves out is in no excerpt.
    pub fn gather(
        outline: &[Heading],
        text: &str,
        shown: &Shown<'_>,
        places: impl IntoIterator<Item = (Range<usize>, Option<Grade>)>,
    ) -> Vec<Self> {
        let mut grades: Vec<(Range<usize>, Option<Grade>)> = Vec::new();
        let mut ranges = Vec::new();
        for (range, grade) in places {
            ranges.push(range.clone());
            grades.push((range, grade));
        }
        let excerpts = Excerpt::around_each(text, ranges, shown);
        excerpts
            .into_iter()
            .map(|excerpt| Self::show(outline, text, &excerpt, &grades))
            .collect()
    }

    fn show(
        outline: &[Heading],
        text: &str,
        excerpt: &Excerpt,
        grades: &[(Range<usize>, Option<Grade>)],
    ) -> Self {
        let shown = |range: &Range<usize>| {
            excerpt.range.start <= range.start && range.start <= excerpt.range.end
        };
        let strongest = grades
            .iter()
            .filter(|(range, _)| shown(range))
            .filter_map(|(_, grade)| *grade)
            .max();
        let bytes = excerpt
            .highlights
            .first()
            .cloned()
            .unwrap_or(excerpt.range.clone());
        Self {
            excerpt: text[excerpt.range.clone()].to_owned(),
            highlights: excerpt.highlights_in_chars(text),
            line: line_of(text, bytes.start),
            heading_path: heading_path(outline, u32::try_from(bytes.start).unwrap_or(u32::MAX)),
            bytes,
            grade: strongest,
        }
    }
}

/// Returns the titles of the headings of `outline` above `byte`, outermost first.
fn heading_path(outline: &[Heading], byte: u32) -> Vec<String> {
    outline
        .iter()
        .filter(|heading| heading.span.start <= byte && byte < heading.span.end)
        .map(|heading| heading.title.clone())
        .collect()
}
