//! Collects the evidence for one leaf, best first.

use std::ops::Range;

use crate::error::IndexError;
use crate::hit::{EvidenceSpan, MAX_SPANS};
use crate::phrase::{Phrase, TextHits, TextQuery};
use crate::places::{Places, TokenPlaces};
use crate::plan::StintPlan;
use crate::stints::StintMatch;
use crate::timeline::{Mention, Timeline};

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
            self.add(EvidenceSpan {
                range: mention.span.clone(),
                grade: Some(mention.grade),
            });
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
        self.add(plain_span(range));
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

/// Evidence other than a mention.
pub(crate) fn plain_span(range: Range<usize>) -> EvidenceSpan {
    EvidenceSpan { range, grade: None }
}

/// The evidence of a stint condition: the best mention, where the stint meets the other parts, and
/// then further mentions.
pub(crate) fn stint_evidence(
    plan: &StintPlan,
    met: &StintMatch,
    timeline: &Timeline<'_>,
    hits: &TextHits,
    places: &Places,
) -> Result<Vec<EvidenceSpan>, IndexError> {
    let mut evidence = Evidence::default();
    let mentions = met
        .technology
        .as_ref()
        .map_or(&[][..], |technology| &technology.mentions);
    let (first, others) = mentions.split_at(mentions.len().min(1));
    evidence.add_mentions(first);
    if let Some(stint) = met.best.and_then(|best| timeline.stints.get(best)) {
        if let (Some(query), Some(places)) = (&plan.text, Some(places)) {
            let inside = hits.within(&stint.text.read()?, query);
            evidence.add_text(&inside, query, Some(places));
            evidence.keep_first(first.len() + 1);
        }
        if let (Some(_), Some((_, span))) = (&plan.employer, &stint.employer) {
            evidence.add_plain(span.clone());
        }
        let names_stint = plan.period.is_some() || plan.role.is_some();
        if names_stint || plan.employer.is_some() || evidence.is_empty() {
            evidence.add_plain(stint.span.clone());
        }
    }
    evidence.add_mentions(others);
    Ok(evidence.into_spans())
}
