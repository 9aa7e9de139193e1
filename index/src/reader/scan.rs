//! One look at every candidate that may meet a plan, by as many threads as may help.

use std::ops::Range;

use tantivy::{DocAddress, DocId, DocSet as _, SegmentReader, TERMINATED};

use super::shares::share_out;
use super::standing::{Bounded, Met};
use super::{CLOCK_INTERVAL, Run, candidate};
use crate::candidates::Candidates;
use crate::columns::SegmentColumns;
use crate::decide::Depth;
use crate::error::IndexError;
use crate::facets::{FacetCounter, SegmentFacets};
use crate::hit::MostMet;
use crate::order::Pager;
use crate::plan::{Plan, Planner};
use crate::rarity::Rarities;

/// What a thread takes at once holds as many candidates that may meet a plan, or more: opening the
/// postings anew costs as much as some of them.
const PART: u64 = 2_048;

/// Parts for each thread: whoever is done first takes one more.
const PARTS_PER_THREAD: u64 = 3;

/// What became of the candidates that were looked at.
#[derive(Default)]
pub(super) struct Scanned {
    /// Those that meet the plan.
    pub(super) total: u64,
    pub(super) most: MostMet,
}

/// Some of the candidates of a segment that may meet a plan.
struct Part<'a> {
    ordinal: u32,
    segment: &'a SegmentReader,
    columns: &'a SegmentColumns,
    candidates: Candidates,
    docs: Range<DocId>,
}

/// What one thread did of a scan.
struct Share<'a> {
    scanned: Scanned,
    pager: Option<Pager<'a>>,
    /// Those of whom it is known what they score at most.
    bounded: Vec<Bounded>,
    /// Of the segments that it saw, by their numbers.
    counts: Vec<(u32, SegmentFacets)>,
}

impl Run<'_> {
    /// Decides every candidate that may meet `plan`; those that do are counted and put where they
    /// belong on the page. Candidates are shared out among as many threads as may help.
    pub(super) fn scan<'s>(
        &'s self,
        plan: &Plan,
        rarities: &Rarities,
        planner: &Planner<'_>,
        facets: &mut FacetCounter,
        pager: Option<&mut Pager<'s>>,
    ) -> Result<Scanned, IndexError> {
        let (parts, helpers) = self.parts(plan, planner)?;
        let takes_hits = pager.as_ref().is_some_and(|pager| !pager.takes_none());
        let counter = &*facets;
        let shares = share_out(parts, helpers, |next: &dyn Fn() -> Option<Part<'s>>| {
            let mut share = Share {
                scanned: Scanned::default(),
                pager: takes_hits.then(|| Pager::new(&self.query.page)),
                bounded: Vec::new(),
                counts: Vec::new(),
            };
            while let Some(part) = next() {
                self.scan_part(plan, rarities, counter, part, &mut share)?;
            }
            Ok::<_, IndexError>(share)
        });
        let mut scanned = Scanned::default();
        let (mut pagers, mut bounded, mut counts) = (Vec::new(), Vec::new(), Vec::new());
        for share in shares {
            let mut share = share?;
            scanned.total += share.scanned.total;
            scanned.most.merge(&share.scanned.most);
            pagers.extend(share.pager);
            bounded.append(&mut share.bounded);
            counts.append(&mut share.counts);
        }
        close(counts, facets)?;
        if let Some(pager) = pager {
            if takes_hits {
                pagers.into_iter().for_each(|other| pager.merge(other));
                self.settle(bounded, helpers, pager)?;
            } else {
                pager.pass(scanned.total);
            }
        }
        Ok(scanned)
    }

    /// The candidates that may meet `plan`, in parts that threads take, the largest at the end, and
    /// how many threads help.
    fn parts(
        &self,
        plan: &Plan,
        planner: &Planner<'_>,
    ) -> Result<(Vec<Part<'_>>, usize), IndexError> {
        let searcher = self.search.searcher;
        let narrowing = planner.narrowing(plan);
        let segments = searcher.segment_readers().iter().zip(self.search.columns);
        let mut parts = Vec::new();
        for (ordinal, (segment, columns)) in (0..).zip(segments) {
            parts.push(Part {
                ordinal,
                segment,
                columns,
                candidates: narrowing.open(segment, searcher)?,
                docs: 0..segment.max_doc(),
            });
        }
        let count_of = |part: &Part<'_>| u64::from(part.candidates.size_hint());
        let total: u64 = parts.iter().map(count_of).sum();
        let wanted = usize::try_from(total / PART).unwrap_or(usize::MAX).max(1);
        let helpers = (self.helpers)(total, wanted).min(wanted);
        if helpers > 0 {
            let threads = helpers as u64 + 1;
            let each = (total / (threads * PARTS_PER_THREAD)).max(1);
            for number in 0..parts.len() {
                let pieces = count_of(&parts[number]).div_ceil(each);
                let Part { segment, docs, .. } = &parts[number];
                let (segment, docs) = (*segment, pieces_of(docs.end, pieces));
                let (ordinal, columns) = (parts[number].ordinal, parts[number].columns);
                parts[number].docs.end = docs.first().map_or(0, |first| first.end);
                for docs in docs.into_iter().skip(1) {
                    let mut candidates = narrowing.open(segment, searcher)?;
                    if candidates.doc() < docs.start {
                        candidates.seek(docs.start);
                    }
                    parts.push(Part {
                        ordinal,
                        segment,
                        columns,
                        candidates,
                        docs,
                    });
                }
            }
        }
        parts.sort_by_key(|part| part.docs.len());
        Ok((parts, helpers))
    }

    fn scan_part(
        &self,
        plan: &Plan,
        rarities: &Rarities,
        facets: &FacetCounter,
        of: Part<'_>,
        share: &mut Share<'_>,
    ) -> Result<(), IndexError> {
        let Part {
            ordinal,
            segment,
            columns,
            mut candidates,
            docs,
        } = of;
        let is_decided = plan.is_narrowing_exact() && share.pager.is_none();
        let asks_stints = plan.asks_stints();
        let mut decider = self.search.decider(plan, rarities, self.ranking, ordinal)?;
        let counts = match share.counts.iter().position(|(of, _)| *of == ordinal) {
            Some(seen) => seen,
            None => {
                share.counts.push((ordinal, facets.open(segment)?));
                share.counts.len() - 1
            }
        };
        let counts = &mut share.counts[counts].1;
        let mut looked_at = 0u32;
        let mut doc = candidates.doc();
        while doc < docs.end && doc != TERMINATED {
            if looked_at.is_multiple_of(CLOCK_INTERVAL) {
                self.clock.check()?;
            }
            looked_at = looked_at.wrapping_add(1);
            if segment.is_deleted(doc) {
                // Its postings stay until they are merged away.
            } else if is_decided {
                share.scanned.total += 1;
                counts.count(doc);
            } else {
                let timeline = columns.unread_timeline(doc, asks_stints);
                let candidate = candidate(doc, &timeline, Depth::Met);
                if decider.decide(candidate)? {
                    share.scanned.total += 1;
                    counts.count(doc);
                    if let Some(pager) = &mut share.pager {
                        let met = Met {
                            candidate,
                            address: DocAddress::new(ordinal, doc),
                            columns,
                        };
                        let bounded = self.stand(pager, &mut decider, &met)?;
                        share.bounded.extend(bounded);
                    }
                }
            }
            doc = candidates.advance();
        }
        share.scanned.most.merge(&decider.into_most());
        Ok(())
    }
}

/// The numbers below `end` in so many ranges of like length.
fn pieces_of(end: DocId, pieces: u64) -> Vec<Range<DocId>> {
    let pieces = pieces.clamp(1, u64::from(end).max(1));
    // Below `end`, as `piece` is no more than `pieces`.
    let border = |piece: u64| (u64::from(end) * piece / pieces) as DocId;
    (0..pieces)
        .map(|piece| border(piece)..border(piece + 1))
        .collect()
}

/// Adds up what several threads counted, each segment once.
fn close(
    mut counts: Vec<(u32, SegmentFacets)>,
    facets: &mut FacetCounter,
) -> Result<(), IndexError> {
    counts.sort_by_key(|(ordinal, _)| *ordinal);
    let mut counts = counts.into_iter().peekable();
    while let Some((ordinal, mut segment)) = counts.next() {
        while let Some((_, other)) = counts.next_if(|(of, _)| *of == ordinal) {
            segment.merge(&other);
        }
        facets.close(segment)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hold_each_number_once() {
        for (end, pieces) in [(0, 3), (1, 1), (1, 5), (10, 3), (7, 7), (u32::MAX, 4)] {
            let ranges = pieces_of(end, pieces);
            assert_eq!(ranges[0].start, 0);
            assert_eq!(ranges.last().map(|last| last.end), Some(end));
            let mut pairs = ranges.windows(2);
            assert!(pairs.all(|pair| pair[0].end == pair[1].start));
        }
    }
}
