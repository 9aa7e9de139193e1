//! Collects the evidence for one leaf, best first.

use std::ops::Range;

use crate::decide::mention_span;
use crate::hit::{EvidenceSpan, MAX_SPANS};
use crate::phrase::{Phrase, TextHits, TextQuery};
use crate::places::{Places, TokenPlaces};
use crate::timeline::Mention;

/// Spans in the order they were found best, none twice.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    spans: Vec<EvidenceSpan>,
    /// Lines that a mention stands on: a second one there shows nothing new.
    lines: Vec<usize>,
}

impl Evidence {
    pub(crate) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Adds mentions, which are in order of their worth; one a line.
    pub(crate) fn add_mentions(&mut self, mentions: &[Mention]) {
        for mention in mentions {
            if self.spans.len() >= MAX_SPANS {
                return;
            }
            if self.lines.contains(&mention.line) {
                continue;
            }
            self.lines.push(mention.line);
            self.add(mention_span(mention.span.clone(), mention.grade));
        }
    }

    /// Adds where a text stands; nothing without `places`.
    pub(crate) fn add_text(&mut self, hits: &TextHits, query: &TextQuery, places: Option<&Places>) {
        let Some(places) = places else {
            return;
        };
        let ranges = ranges(&hits.words, &query.words, &places.words).chain(ranges(
            &hits.grams,
            &query.grams,
            &places.grams,
        ));
        for range in ranges.take(2 * MAX_SPANS) {
            self.add_plain(range);
        }
    }

    pub(crate) fn add_plain(&mut self, range: Range<usize>) {
        self.add(EvidenceSpan { range, grade: None });
    }

    fn add(&mut self, span: EvidenceSpan) {
        let overlaps = |other: &EvidenceSpan| {
            span.range.start < other.range.end && other.range.start < span.range.end
        };
        let says_more = span.grade.is_some();
        let is_known = if says_more {
            self.spans.contains(&span)
        } else {
            self.spans.iter().any(overlaps)
        };
        if !is_known {
            self.spans.push(span);
        }
    }

    /// Drops all but the first `count`.
    pub(crate) fn keep_first(&mut self, count: usize) {
        self.spans.truncate(count);
    }

    pub(crate) fn into_spans(mut self) -> Vec<EvidenceSpan> {
        self.spans.truncate(MAX_SPANS);
        self.spans
    }
}

fn ranges<'a>(
    starts: &'a [u32],
    phrase: &'a Phrase,
    places: &'a TokenPlaces,
) -> impl Iterator<Item = Range<usize>> + 'a {
    starts.iter().filter_map(|&start| {
        let terms = phrase.terms.iter();
        places.range_of(
            terms.map(move |(offset, term)| (start.saturating_add(*offset), term.as_str())),
        )
    })
}
