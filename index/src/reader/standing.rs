//! Where a candidate stands among the hits.
//!
//! What positions alone tell of a score is not looked up while candidates are met: it is known then
//! what each scores at most. Afterwards those of the highest bounds are scored first, until nobody
//! who is left can come onto the page.

use tantivy::DocAddress;

use super::shares::share_out;
use super::{CLOCK_INTERVAL, Run, Sorted, candidate};
use crate::columns::SegmentColumns;
use crate::decide::{Candidate, Decider, Depth, LeafMatch};
use crate::error::IndexError;
use crate::order::{Pager, Place};
use crate::query::{Order, SortValue};
use crate::ranking;

/// So many are scored before the page's bar is raised for the first time: a page and some more.
const FIRST: usize = 64;

/// How many times more each time after: who has no near end is done in few steps.
const GROWTH: usize = 3;

/// What a thread takes at once.
const PART: usize = 256;

/// A candidate that meets the plan, decided as far as to know so.
pub(super) struct Met<'a> {
    pub(super) candidate: Candidate<'a>,
    pub(super) address: DocAddress,
    pub(super) columns: &'a SegmentColumns,
}

/// A candidate of whom it is known what it scores at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounded {
    score: f32,
    address: DocAddress,
}

impl Run<'_> {
    /// Puts a candidate where it belongs; returned is who is to be scored once all are met.
    pub(super) fn stand(
        &self,
        pager: &mut Pager<'_>,
        decider: &mut Decider<'_>,
        met: &Met<'_>,
    ) -> Result<Option<Bounded>, IndexError> {
        let timeline = met.candidate.timeline;
        let mut sorted = self.sorted(decider.matches(), met);
        if decider.is_at_most() {
            let order = self.query.order;
            // A page that is cut from the end takes the least, of which the most says nothing.
            if order == Order::Relevance && !self.query.page.backward {
                let (score, address) = (sorted.score, met.address);
                return Ok(Some(Bounded { score, address }));
            }
            if !self.query.page.backward && pager.passes(&sorted.value(order, timeline)?) {
                return Ok(None);
            }
            sorted = self.score(decider, met)?;
        }
        self.offer(pager, &sorted, met)?;
        Ok(None)
    }

    /// Scores those who can come onto the page, the highest bounds first.
    pub(super) fn settle(
        &self,
        mut bounded: Vec<Bounded>,
        helpers: usize,
        pager: &mut Pager<'_>,
    ) -> Result<(), IndexError> {
        let mut size = FIRST.max(2 * self.query.page.limit as usize);
        while !bounded.is_empty() {
            let rest = bounded.len().saturating_sub(size);
            if rest > 0 {
                bounded.select_nth_unstable_by(rest, |a, b| a.score.total_cmp(&b.score));
            }
            let mut highest = bounded.split_off(rest);
            pager.raise_bar();
            highest.retain(|one| !pager.passes(&SortValue::Score(one.score)));
            if highest.is_empty() {
                // Nobody behind them scores more.
                pager.pass(rest as u64);
                break;
            }
            highest.sort_unstable_by_key(|one| one.address);
            let mut passed = highest.len();
            for places in self.places_of(&highest, pager, helpers) {
                for place in places? {
                    passed -= 1;
                    let key = || Ok::<_, IndexError>(place.key);
                    pager.offer(place.value, place.score, place.address, key)?;
                }
            }
            pager.pass(passed as u64);
            size = size.saturating_mul(GROWTH);
        }
        Ok(())
    }

    /// Scores candidates, given in order of their addresses; returned is who may come onto the page.
    fn places_of<'b>(
        &self,
        bounded: &'b [Bounded],
        pager: &Pager<'_>,
        helpers: usize,
    ) -> Vec<Result<Vec<Place>, IndexError>> {
        let segments = bounded.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord);
        let parts: Vec<&[Bounded]> = segments.flat_map(|of| of.chunks(PART)).collect();
        let helpers = helpers.min(parts.len().saturating_sub(1));
        share_out(
            parts,
            helpers,
            |next: &dyn Fn() -> Option<&'b [Bounded]>| {
                let mut places = Vec::new();
                while let Some(part) = next() {
                    self.score_part(part, pager, &mut places)?;
                }
                Ok(places)
            },
        )
    }

    /// Scores candidates of one segment.
    fn score_part(
        &self,
        bounded: &[Bounded],
        pager: &Pager<'_>,
        places: &mut Vec<Place>,
    ) -> Result<(), IndexError> {
        let Some(first) = bounded.first() else {
            return Ok(());
        };
        let ordinal = first.address.segment_ord;
        let columns = &self.search.columns[ordinal as usize];
        let asks_stints = self.plan.asks_stints();
        let mut decider = {
            let (plan, rarities) = (self.plan, self.rarities);
            self.search.decider(plan, rarities, self.ranking, ordinal)?
        };
        for (number, one) in (0u32..).zip(bounded) {
            if number.is_multiple_of(CLOCK_INTERVAL) {
                self.clock.check()?;
            }
            let timeline = columns.unread_timeline(one.address.doc_id, asks_stints);
            let met = Met {
                candidate: candidate(one.address.doc_id, &timeline, Depth::Met),
                address: one.address,
                columns,
            };
            let sorted = self.score(&mut decider, &met)?;
            let value = sorted.value(self.query.order, &timeline)?;
            if pager.is_behind(&value) {
                continue;
            }
            places.push(Place {
                value,
                key: timeline.key()?,
                score: sorted.score,
                address: one.address,
            });
        }
        Ok(())
    }

    /// Decides again, now for the score.
    fn score(&self, decider: &mut Decider<'_>, met: &Met<'_>) -> Result<Sorted, IndexError> {
        decider.decide(Candidate {
            depth: Depth::Scored,
            ..met.candidate
        })?;
        Ok(self.sorted(decider.matches(), met))
    }

    fn offer(
        &self,
        pager: &mut Pager<'_>,
        sorted: &Sorted,
        met: &Met<'_>,
    ) -> Result<(), IndexError> {
        let timeline = met.candidate.timeline;
        let value = sorted.value(self.query.order, timeline)?;
        pager.offer(value, sorted.score, met.address, || Ok(timeline.key()?))
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
