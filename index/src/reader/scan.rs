//! One look at every candidate that may meet a plan, by as many threads as may help.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread::ScopedJoinHandle;

use tantivy::query::{EnableScoring, Scorer};
use tantivy::{DocAddress, DocSet as _, SegmentReader, TERMINATED};

use super::{CLOCK_INTERVAL, Run, Sorted, candidate};
use crate::columns::SegmentColumns;
use crate::decide::{Candidate, Decider, Depth, LeafMatch};
use crate::error::IndexError;
use crate::facets::{FacetCounter, SegmentFacets};
use crate::hit::MostMet;
use crate::order::Pager;
use crate::plan::{Plan, Planner};
use crate::ranking;
use crate::rarity::Rarities;

/// A candidate that meets the plan, and what it scores at most.
struct Met<'a> {
    candidate: Candidate<'a>,
    address: DocAddress,
    columns: &'a SegmentColumns,
}

/// What became of the candidates that were looked at.
#[derive(Default)]
pub(super) struct Scanned {
    /// Those that meet the plan.
    pub(super) total: u64,
    pub(super) most: MostMet,
}

/// The candidates of a segment that may meet a plan.
struct Narrowed<'a> {
    ordinal: u32,
    segment: &'a SegmentReader,
    columns: &'a SegmentColumns,
    candidates: Box<dyn Scorer>,
}

/// What one thread did of a scan.
struct Share<'a> {
    scanned: Scanned,
    pager: Option<Pager<'a>>,
    counts: Vec<SegmentFacets>,
}

impl Run<'_> {
    /// Decides every candidate that may meet `plan`; those that do are counted and put where they
    /// belong on the page. Segments are shared out among as many threads as may help.
    pub(super) fn scan<'s>(
        &'s self,
        plan: &Plan,
        rarities: &Rarities,
        planner: &Planner<'_>,
        facets: &mut FacetCounter,
        pager: Option<&mut Pager<'s>>,
    ) -> Result<Scanned, IndexError> {
        let segments = self.narrowed(plan, planner)?;
        let candidates = segments
            .iter()
            .map(|of| u64::from(of.candidates.size_hint()));
        let spare = segments.len().saturating_sub(1);
        let helpers = (self.helpers)(candidates.sum(), spare).min(spare);
        let takes_hits = pager.as_ref().is_some_and(|pager| !pager.takes_none());
        let queue = Mutex::new(segments);
        let work = || self.scan_some(plan, rarities, facets, takes_hits, &queue);
        let shares: Vec<Result<Share<'s>, IndexError>> = std::thread::scope(|scope| {
            let helping: Vec<_> = (0..helpers).map(|_| scope.spawn(work)).collect();
            let own = work();
            let helped = helping.into_iter().map(ScopedJoinHandle::join);
            let helped = helped.map(|share| share.unwrap_or_else(|panic| resume_unwind(panic)));
            helped.chain([own]).collect()
        });
        let mut scanned = Scanned::default();
        let mut pagers = Vec::new();
        for share in shares {
            let share = share?;
            scanned.total += share.scanned.total;
            scanned.most.merge(&share.scanned.most);
            pagers.extend(share.pager);
            for counts in share.counts {
                facets.close(counts)?;
            }
        }
        if let Some(pager) = pager {
            if takes_hits {
                pagers.into_iter().for_each(|other| pager.merge(other));
            } else {
                pager.pass(scanned.total);
            }
        }
        Ok(scanned)
    }

    /// The segments with the candidates that may meet `plan`, those with most at the end.
    fn narrowed(
        &self,
        plan: &Plan,
        planner: &Planner<'_>,
    ) -> Result<Vec<Narrowed<'_>>, IndexError> {
        let searcher = self.search.searcher;
        let narrowing = planner.narrowing(plan);
        let weight = narrowing.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let segments = searcher.segment_readers().iter().zip(self.search.columns);
        let mut narrowed = Vec::new();
        for (ordinal, (segment, columns)) in (0..).zip(segments) {
            narrowed.push(Narrowed {
                ordinal,
                segment,
                columns,
                candidates: weight.scorer(segment, 1.0)?,
            });
        }
        narrowed.sort_by_key(|of| of.candidates.size_hint());
        Ok(narrowed)
    }

    /// Takes segments from the end of `queue` until it is empty.
    fn scan_some(
        &self,
        plan: &Plan,
        rarities: &Rarities,
        facets: &FacetCounter,
        takes_hits: bool,
        queue: &Mutex<Vec<Narrowed<'_>>>,
    ) -> Result<Share<'_>, IndexError> {
        let mut share = Share {
            scanned: Scanned::default(),
            pager: takes_hits.then(|| Pager::new(&self.query.page)),
            counts: Vec::new(),
        };
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
        while let Some(segment) = next() {
            let counts = facets.open(segment.segment)?;
            self.scan_segment(plan, rarities, segment, counts, &mut share)?;
        }
        Ok(share)
    }

    fn scan_segment(
        &self,
        plan: &Plan,
        rarities: &Rarities,
        of: Narrowed<'_>,
        mut counts: SegmentFacets,
        share: &mut Share<'_>,
    ) -> Result<(), IndexError> {
        let Narrowed {
            ordinal,
            segment,
            columns,
            mut candidates,
        } = of;
        let is_decided = plan.is_narrowing_exact() && share.pager.is_none();
        let asks_stints = plan.asks_stints();
        let mut room = Vec::new();
        let mut decider = self.search.decider(plan, rarities, self.ranking, ordinal)?;
        let mut looked_at = 0u32;
        let mut doc = candidates.doc();
        while doc != TERMINATED {
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
                let room = asks_stints.then_some(&mut room);
                let timeline = columns.timeline_in(doc, room)?;
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
                        self.offer(pager, &mut decider, &met)?;
                    }
                }
            }
            doc = candidates.advance();
        }
        share.scanned.most.merge(&decider.into_most());
        share.counts.push(counts);
        Ok(())
    }

    /// Puts a candidate, which is decided as far as to know that it meets the plan, where it belongs.
    fn offer(
        &self,
        pager: &mut Pager<'_>,
        decider: &mut Decider<'_>,
        met: &Met<'_>,
    ) -> Result<(), IndexError> {
        let timeline = met.candidate.timeline;
        let order = self.query.order;
        let mut sorted = self.sorted(decider.matches(), met);
        if decider.is_at_most() {
            // A page that is cut from the end takes the least, of which the most says nothing.
            if !self.query.page.backward && pager.passes(&sorted.value(order, timeline)?) {
                return Ok(());
            }
            decider.decide(Candidate {
                depth: Depth::Scored,
                ..met.candidate
            })?;
            sorted = self.sorted(decider.matches(), met);
        }
        let value = sorted.value(order, timeline)?;
        let key = || Ok(timeline.key()?);
        pager.offer(value, sorted.score, met.address, key)
    }

    fn sorted(&self, matches: &[Option<LeafMatch>], met: &Met<'_>) -> Sorted {
        let leaves = || matches.iter().flatten();
        Sorted {
            score: ranking::score(&self.plan.root, matches),
            months: leaves().filter_map(|leaf| leaf.months).sum(),
            last_used: leaves().filter_map(|leaf| leaf.last_used).max(),
            updated_at: met.columns.updated_at(met.address.doc_id),
        }
    }
}
