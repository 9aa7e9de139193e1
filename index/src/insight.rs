//! How technologies are used over all candidates: how much, and which together.
//!
//! What holds for all is counted once for each segment of the index and kept while the segment stays as
//! it is, so that a question costs the postings of what it asks for alone.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tantivy::index::SegmentId;
use tantivy::query::{BooleanQuery, EnableScoring, Query as _, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, SegmentReader, TERMINATED, Term};

use crate::cancel::Cancel;
use crate::columns::SegmentColumns;
use crate::document::Grade;
use crate::error::IndexError;
use crate::fields::technology_term;
use crate::hit::{RelatedTechnology, TechnologyUse};
use crate::months::union_months;
use crate::reader::{CLOCK_INTERVAL, Clock, Search};
use crate::stint_set::StintSet;
use crate::timeline::{Technology, TechnologyKeys, Timeline, Use};
use crate::varint::Damaged;

/// What is known of the segments that the last question met.
#[derive(Debug, Default)]
pub(crate) struct StatisticsCache(Mutex<HashMap<SegmentState, Arc<SegmentStatistics>>>);

/// A segment and how many of its candidates are gone: while both stay, so do its statistics.
type SegmentState = (SegmentId, u32);

/// The use of technologies in one segment.
#[derive(Debug, Default)]
struct SegmentStatistics {
    /// Stints that use any technology.
    stints: u64,
    technologies: HashMap<String, TechnologyUse>,
}

/// The use of technologies in the index.
struct Statistics(Vec<Arc<SegmentStatistics>>);

impl StatisticsCache {
    fn get(&self, state: &SegmentState) -> Option<Arc<SegmentStatistics>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(state).map(Arc::clone)
    }

    fn keep(&self, state: SegmentState, statistics: &Arc<SegmentStatistics>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(state, Arc::clone(statistics));
    }

    fn forget_others(&self, states: &HashSet<SegmentState>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|state, _| states.contains(state));
    }
}

impl Statistics {
    fn stints(&self) -> u64 {
        self.0.iter().map(|segment| segment.stints).sum()
    }

    fn of(&self, key: &str) -> TechnologyUse {
        let mut sum = TechnologyUse::default();
        for segment in &self.0 {
            if let Some(found) = segment.technologies.get(key) {
                sum.candidates += found.candidates;
                sum.stints += found.stints;
                sum.months += found.months;
            }
        }
        sum
    }
}

impl SegmentStatistics {
    fn count(&mut self, timeline: &Timeline<'_>) -> Result<(), Damaged> {
        let mut any = StintSet::default();
        for technology in timeline.technologies() {
            let used_in = used_in(technology, timeline);
            if used_in.is_empty() {
                continue;
            }
            let worked = timeline
                .uses(technology)
                .filter(|used| used.grade() == Grade::Worked);
            let months = worked.filter_map(|used| timeline.stint(used.stint()?).months);
            let months = union_months(months);
            any.add(&used_in);
            let key = timeline.technology_key(technology)?;
            let sum = self.technologies.entry(key).or_default();
            sum.candidates += 1;
            sum.stints += used_in.count() as u64;
            sum.months += u64::from(months);
        }
        self.stints += any.count() as u64;
        Ok(())
    }
}

/// The stints that use a technology.
fn used_in(technology: Technology, timeline: &Timeline<'_>) -> StintSet {
    let uses = timeline.uses(technology);
    let used = uses.filter(|used| used.grade() >= Grade::Declared);
    used.filter_map(Use::stint).collect()
}

impl Search<'_> {
    /// Returns the use of each technology of `keys`, in their order.
    pub(crate) fn technology_use(
        &self,
        keys: &[String],
        cache: &StatisticsCache,
        budget: Duration,
        cancel: &Cancel,
    ) -> Result<Vec<TechnologyUse>, IndexError> {
        let statistics = self.statistics(cache, &Clock::new(budget, cancel.clone()))?;
        Ok(keys.iter().map(|key| statistics.of(key)).collect())
    }

    /// Returns the technologies but `without` that are used in the stints of `keys` more often than
    /// elsewhere.
    pub(crate) fn related(
        &self,
        keys: &[String],
        without: &[String],
        cache: &StatisticsCache,
        budget: Duration,
        cancel: &Cancel,
    ) -> Result<Vec<RelatedTechnology>, IndexError> {
        let clock = Clock::new(budget, cancel.clone());
        let statistics = self.statistics(cache, &clock)?;
        let shared = self.shared(keys, &clock)?;
        let left_out: HashSet<&str> = keys.iter().chain(without).map(String::as_str).collect();
        let all = statistics.stints();
        let related = shared.with.iter();
        let related = related.filter(|(key, _)| !left_out.contains(key.as_str()));
        let mut related: Vec<RelatedTechnology> = related
            .filter_map(|(key, both)| {
                let strength = Strength {
                    all,
                    both: *both,
                    of_asked: shared.asked,
                    of_other: statistics.of(key),
                };
                Some(RelatedTechnology {
                    key: key.clone(),
                    stints: both.stints,
                    candidates: both.candidates,
                    lift: strength.lift(),
                    strength: Some(strength.value()).filter(|&value| value > 0.0)?,
                })
            })
            .collect();
        related.sort_by(|a, b| {
            (b.strength.total_cmp(&a.strength))
                .then_with(|| b.stints.cmp(&a.stints))
                .then_with(|| a.key.cmp(&b.key))
        });
        Ok(related)
    }

    fn statistics(&self, cache: &StatisticsCache, clock: &Clock) -> Result<Statistics, IndexError> {
        let mut all = Vec::new();
        let mut states = HashSet::new();
        let segments = self.searcher.segment_readers().iter().zip(self.columns);
        for (segment, columns) in segments {
            let state = (segment.segment_id(), segment.num_deleted_docs());
            states.insert(state);
            let known = cache.get(&state);
            all.push(match known {
                Some(known) => known,
                None => {
                    // Kept at once: a question that runs out of time leaves less to the next.
                    let counted = Arc::new(counted(segment, columns, clock)?);
                    cache.keep(state, &counted);
                    counted
                }
            });
        }
        cache.forget_others(&states);
        Ok(Statistics(all))
    }

    /// Counts what is used in the stints that use one of `keys`.
    fn shared(&self, keys: &[String], clock: &Clock) -> Result<Shared, IndexError> {
        let terms = keys.iter().map(|key| {
            let term = technology_term(key, Grade::Declared);
            let term = Term::from_field_text(self.fields.technologies, &term);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<_>
        });
        let narrowing = BooleanQuery::union(terms.collect());
        let weight = narrowing.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        let mut shared = Shared::default();
        let keys = TechnologyKeys::new(keys.to_vec());
        let segments = self.searcher.segment_readers().iter().zip(self.columns);
        for (segment, columns) in segments {
            let mut docs = weight.scorer(segment, 1.0)?;
            let mut looked_at = 0u32;
            let mut doc = docs.doc();
            while doc != TERMINATED {
                look_at_clock(clock, &mut looked_at)?;
                if !segment.is_deleted(doc) {
                    shared.count(&columns.timeline(doc)?, &keys)?;
                }
                doc = docs.advance();
            }
        }
        Ok(shared)
    }
}

fn look_at_clock(clock: &Clock, looked_at: &mut u32) -> Result<(), IndexError> {
    if looked_at.is_multiple_of(CLOCK_INTERVAL) {
        clock.check()?;
    }
    *looked_at = looked_at.wrapping_add(1);
    Ok(())
}

fn counted(
    segment: &SegmentReader,
    columns: &SegmentColumns,
    clock: &Clock,
) -> Result<SegmentStatistics, IndexError> {
    let mut statistics = SegmentStatistics::default();
    let mut looked_at = 0u32;
    for doc in segment.doc_ids_alive() {
        look_at_clock(clock, &mut looked_at)?;
        statistics.count(&columns.timeline(doc)?)?;
    }
    Ok(statistics)
}

/// What is used where the asked technology is.
#[derive(Debug, Default)]
struct Shared {
    asked: TechnologyUse,
    with: HashMap<String, TechnologyUse>,
}

impl Shared {
    fn count(&mut self, timeline: &Timeline<'_>, keys: &TechnologyKeys) -> Result<(), Damaged> {
        let mut asked = StintSet::default();
        for technology in timeline.technologies_among(keys)? {
            asked.add(&used_in(technology, timeline));
        }
        if asked.is_empty() {
            return Ok(());
        }
        self.asked.candidates += 1;
        self.asked.stints += asked.count() as u64;
        for technology in timeline.technologies() {
            let mut both = used_in(technology, timeline);
            both.keep(&asked);
            if !both.is_empty() {
                let key = timeline.technology_key(technology)?;
                let sum = self.with.entry(key).or_default();
                sum.candidates += 1;
                sum.stints += both.count() as u64;
            }
        }
        Ok(())
    }
}

/// How strongly two technologies go together, by the stints that use them.
///
/// Counts alone would put first what everybody uses (Git), and the lift alone what two words of one
/// résumé have in common. So the strength is the normalized pointwise mutual information,
/// `ln(lift) / -ln(p(both))`, which is 0 for what meets by chance and 1 for what never comes apart
/// (Bouma, *Normalized (Pointwise) Mutual Information in Collocation Extraction*, 2009), times the
/// discount for few observations `n / (n + 1) · m / (m + 1)`, `n` those of both and `m` those of the
/// rarer one (Pantel and Lin, *Discovering Word Senses from Text*, 2002). Observations are
/// candidates here: what one person combines in twenty stints was seen once.
#[derive(Clone, Copy, Debug)]
struct Strength {
    /// Stints in all.
    all: u64,
    both: TechnologyUse,
    of_asked: TechnologyUse,
    of_other: TechnologyUse,
}

impl Strength {
    /// How many times more often both are used together than they would be by chance.
    fn lift(self) -> f64 {
        let expected = self.of_asked.stints as f64 * self.of_other.stints as f64;
        if expected == 0.0 {
            return 0.0;
        }
        self.both.stints as f64 * self.all as f64 / expected
    }

    fn value(self) -> f64 {
        let share = self.both.stints as f64 / self.all as f64;
        // In every stint, both are used by necessity.
        if !(share > 0.0 && share < 1.0) {
            return 0.0;
        }
        let rarer = self.of_asked.candidates.min(self.of_other.candidates);
        let discount = seen(self.both.candidates) * seen(rarer);
        self.lift().ln() / -share.ln() * discount
    }
}

fn seen(candidates: u64) -> f64 {
    candidates as f64 / (candidates as f64 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A technology used in `stints` stints of as many candidates.
    fn used(stints: u64) -> TechnologyUse {
        TechnologyUse {
            candidates: stints,
            stints,
            months: 0,
        }
    }

    fn strength(both: u64, of_asked: u64, of_other: u64) -> f64 {
        let strength = Strength {
            all: 1_000,
            both: used(both),
            of_asked: used(of_asked),
            of_other: used(of_other),
        };
        strength.value()
    }

    #[test]
    fn chance_is_nothing_and_inseparable_is_nearly_one() {
        assert!(strength(50, 100, 500).abs() < 1e-9);
        assert!(strength(100, 100, 100) > 0.97);
        assert!(strength(1, 100, 500) < 0.0);
    }

    #[test]
    fn neither_what_all_use_nor_what_one_uses_comes_before_what_belongs_together() {
        let belongs = strength(20, 40, 25);
        let everywhere = strength(36, 40, 600);
        let once = strength(1, 40, 1);
        assert!(belongs > everywhere, "{belongs} {everywhere}");
        assert!(belongs > once, "{belongs} {once}");
    }

    #[test]
    fn no_stint_and_every_stint_say_nothing() {
        assert!(strength(1_000, 1_000, 1_000).abs() < 1e-9);
        assert!(strength(0, 0, 0).abs() < 1e-9);
    }
}
