//! Collects the evidence for one leaf, best first.

use std::ops::Range;

use crate::decide::LeafMatch;
use crate::error::IndexError;
use crate::hit::{EvidenceSpan, MAX_SPANS};
use crate::phrase::{Phrase, TextHits, TextQuery};
use crate::places::{Places, TokenPlaces};
use crate::plan::StintPlan;
use crate::timeline::{Mention, Timeline};

/// Spans in the order they were found best, none twice.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    spans: Vec<EvidenceSpan>,
    /// Lines that a mention stands on: a second one there shows nothing new.
    lines: Vec<usize>,
    /// How many of the first spans are worth the same.
    equal: usize,
}

/// The most spans of one leaf among which the best are chosen.
const MAX_CANDIDATES: usize = 8 * MAX_SPANS;

impl Evidence {
    pub(crate) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    fn len(&self) -> usize {
        self.spans.len()
    }

    /// Adds mentions, which are in order of their worth; one a line.
    pub(crate) fn add_mentions(&mut self, mentions: &[Mention]) {
        let first = mentions.first().filter(|_| self.is_empty());
        for mention in mentions {
            if self.spans.len() >= MAX_CANDIDATES {
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
            let is_equal =
                |first: &Mention| (first.grade, first.stint) == (mention.grade, mention.stint);
            self.equal += usize::from(first.is_some_and(is_equal));
        }
    }

    /// Adds where a text stands; nothing without `places`.
    pub(crate) fn add_text(&mut self, hits: &TextHits, query: &TextQuery, places: Option<&Places>) {
        let Some(places) = places else {
            return;
        };
        let is_first = self.is_empty();
        let ranges = ranges(&hits.words, &query.words, &places.words).chain(ranges(
            &hits.grams,
            &query.grams,
            &places.grams,
        ));
        for range in ranges.take(MAX_CANDIDATES) {
            self.add_plain(range);
        }
        for (hits, query) in hits.spellings.iter().zip(&query.spellings) {
            self.add_text(hits, query, Some(places));
        }
        if is_first {
            self.equal = self.spans.len();
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

    pub(crate) fn equal_spans(&self) -> usize {
        self.equal.min(self.spans.len())
    }

    /// More than are shown, so that [`bring_together`] can choose.
    pub(crate) fn into_spans(mut self) -> Vec<EvidenceSpan> {
        self.spans.truncate(MAX_CANDIDATES);
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
        places.range_of(terms.map(move |term| (start.saturating_add(term.offset), &term.wanted)))
    })
}

/// Puts first, of the evidence that is worth the same, what stands nearest to the evidence of the
/// other leaves, and keeps of each leaf the best [`MAX_SPANS`].
pub(crate) fn bring_together(matches: &mut [Option<LeafMatch>]) {
    let mut order: Vec<usize> = (0..matches.len()).collect();
    // Those that have no choice come first: the others gather around them.
    order.sort_by_key(|&leaf| matches[leaf].as_ref().map_or(0, |found| found.equal_spans));
    for &leaf in &order {
        let others: Vec<&[EvidenceSpan]> = (0..matches.len())
            .filter(|&other| other != leaf)
            .filter_map(|other| Some(matches[other].as_ref()?.best_spans()))
            .filter(|spans| !spans.is_empty())
            .collect();
        let distance = |span: &EvidenceSpan| -> usize {
            let nearest = others.iter().map(|spans| {
                let distances = spans.iter().map(|other| gap(&span.range, &other.range));
                distances.min().unwrap_or(0)
            });
            nearest.fold(0, usize::saturating_add)
        };
        let Some(found) = &matches[leaf] else {
            continue;
        };
        let mut best = found.best_spans().to_vec();
        best.sort_by_cached_key(distance);
        let Some(found) = &mut matches[leaf] else {
            continue;
        };
        found.spans[..best.len()].clone_from_slice(&best);
        found.spans.truncate(MAX_SPANS);
        found.equal_spans = found.equal_spans.min(1);
    }
}

/// The bytes between two ranges.
fn gap(one: &Range<usize>, other: &Range<usize>) -> usize {
    let between = one.start.max(other.start);
    between.saturating_sub(one.end.min(other.end))
}

/// Evidence other than a mention.
pub(crate) fn plain_span(range: Range<usize>) -> EvidenceSpan {
    EvidenceSpan { range, grade: None }
}

/// What a stint condition is met by.
pub(crate) struct Shown<'a> {
    /// Of the technology and of each beside it, best first.
    pub(crate) mentions: Vec<Vec<Mention>>,
    /// Of each text.
    pub(crate) texts: &'a [TextHits],
    /// Where the roles stand.
    pub(crate) roles: Vec<Range<usize>>,
}

/// The evidence of a stint condition: the best mention, where the stint meets the other parts, and
/// then further mentions.
pub(crate) fn stint_evidence(
    plan: &StintPlan,
    best: Option<usize>,
    timeline: &Timeline<'_>,
    shown: &Shown<'_>,
    places: &Places,
) -> Result<Vec<EvidenceSpan>, IndexError> {
    let mut evidence = Evidence::default();
    for mentions in &shown.mentions {
        evidence.add_mentions(&mentions[..mentions.len().min(1)]);
    }
    if let Some(best) = best {
        let stands = timeline.details(best)?;
        let text = timeline.text(best)?;
        for (query, hits) in plan.text.iter().zip(shown.texts) {
            let before = evidence.len();
            let inside = hits.within(&text, query);
            evidence.add_text(&inside, query, Some(places));
            evidence.keep_first(before + 1);
        }
        let roles = shown.roles.iter();
        roles.for_each(|span| evidence.add_plain(span.clone()));
        if let (Some(_), Some(span)) = (&plan.employer, stands.employer_span) {
            evidence.add_plain(span);
        }
        let is_told = plan.period.is_none() && (plan.role.is_none() || !shown.roles.is_empty());
        if !is_told || plan.employer.is_some() || evidence.is_empty() {
            evidence.add_plain(stands.span);
        }
    }
    if let (Some(_), Some(mentions)) = (&plan.technology, shown.mentions.first()) {
        evidence.add_mentions(&mentions[mentions.len().min(1)..]);
    }
    Ok(evidence.into_spans())
}
