//! What experience with a technology comes to, kept with the postings: so that a candidate who has it
//! is met, and known by how much it may score, without a look at the timeline.
//!
//! Of each technology that a candidate claims or used, and of each together with its parts, there is a
//! term. The position of its one occurrence is no place in a text but a number that holds the
//! [`Experience`].

use std::collections::{BTreeMap, BTreeSet};

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, SegmentReader, Term};

use crate::document::Grade;
use crate::lexicon::Lexicon;
use crate::stints::TechnologyMatch;
use crate::timeline::{Draft, DraftTechnology};

/// The weakest mention that is experience.
pub(crate) const LEAST: Grade = Grade::Declared;

/// Last months of use are counted from before the first that may be told: 1970 on, for 85 years.
const MONTH_ZERO: i32 = 1970 * 12 - 1;

/// Dated months below stated ones are told in halves of a year, rounded up.
const DATED_UNIT: u32 = 6;

const MONTHS_BITS: u32 = 9;
const LAST_USED_BITS: u32 = 10;
const DATED_BITS: u32 = 5;

/// Where each number begins: behind whether it is of work, which is the lowest bit. The last bit says
/// that there are stated months beyond the dated ones; nearly all have none, so that both are 0.
const MONTHS_AT: u32 = 1;
const LAST_USED_AT: u32 = MONTHS_AT + MONTHS_BITS;
const DATED_AT: u32 = LAST_USED_AT + LAST_USED_BITS;
const STATED_AT: u32 = DATED_AT + DATED_BITS;

/// Experience that is not told, as a number in it is too large.
const UNTOLD: u32 = 0;

/// What a candidate's mentions of a technology, strong enough to be experience, come to over all
/// stints: exactly, but for the dated months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Experience {
    pub(crate) is_worked: bool,
    pub(crate) months: u32,
    pub(crate) months_are_stated: bool,
    /// The months of dated stints at most.
    pub(crate) dated_months: u32,
    pub(crate) last_used: Option<i32>,
}

impl Experience {
    fn of(found: &TechnologyMatch) -> Self {
        Self {
            is_worked: found.strongest == Grade::Worked,
            months: found.months,
            months_are_stated: found.months_are_stated,
            dated_months: found.dated_months,
            last_used: found.last_used,
        }
    }

    /// Returns it as the position of a term.
    pub(crate) fn to_position(self) -> u32 {
        let most = |bits: u32| (1 << bits) - 1;
        let last_used = match self.last_used {
            Some(last) => u32::try_from(i64::from(last) - i64::from(MONTH_ZERO)).ok(),
            None => Some(0),
        };
        let is_of_month = |last: &u32| (*last > 0) == self.last_used.is_some();
        let last_used = last_used.filter(is_of_month);
        let last_used = last_used.filter(|last| *last <= most(LAST_USED_BITS));
        let (Some(last_used), true) = (last_used, self.months <= most(MONTHS_BITS)) else {
            return UNTOLD;
        };
        let stated = if self.months_are_stated {
            let dated = self.dated_months.div_ceil(DATED_UNIT);
            1 << STATED_AT | dated.min(most(DATED_BITS)) << DATED_AT
        } else {
            0
        };
        let number =
            u32::from(self.is_worked) | self.months << MONTHS_AT | last_used << LAST_USED_AT;
        (number | stated) + UNTOLD + 1
    }

    /// Returns what [`to_position`](Self::to_position) told; `None` where it told nothing.
    fn of_position(position: u32) -> Option<Self> {
        let number = position.checked_sub(UNTOLD + 1)?;
        let bits = |at: u32, count: u32| number >> at & ((1 << count) - 1);
        let months = bits(MONTHS_AT, MONTHS_BITS);
        let last_used = bits(LAST_USED_AT, LAST_USED_BITS);
        let months_are_stated = number >> STATED_AT & 1 != 0;
        let dated = bits(DATED_AT, DATED_BITS);
        let is_dated_told = months_are_stated && dated < (1 << DATED_BITS) - 1;
        let dated_months = if is_dated_told {
            months.min(dated * DATED_UNIT)
        } else {
            months
        };
        Some(Self {
            is_worked: number & 1 != 0,
            months,
            months_are_stated,
            dated_months,
            last_used: (last_used > 0).then(|| MONTH_ZERO + last_used as i32),
        })
    }
}

/// The term of a technology, alone or with its parts.
pub(crate) fn term(key: &str, with_parts: bool) -> String {
    let kind = if with_parts && Lexicon::builtin().has_parts(key) {
        '+'
    } else {
        '='
    };
    format!("{kind}{key}")
}

/// Returns the experience that a candidate has, by its terms.
pub(crate) fn all(draft: &Draft<'_>) -> Vec<(String, Experience)> {
    let lexicon = Lexicon::builtin();
    let mut by_term: BTreeMap<String, Vec<&DraftTechnology<'_>>> = BTreeMap::new();
    for technology in &draft.technologies {
        let key = technology.key;
        let wholes = lexicon.wholes_of(key).map(|whole| whole.key.as_str());
        let with_parts = wholes.chain([key]).map(|key| term(key, true));
        let terms: BTreeSet<String> = with_parts.chain([term(key, false)]).collect();
        for term in terms {
            by_term.entry(term).or_default().push(technology);
        }
    }
    let experiences = by_term.into_iter().filter_map(|(term, technologies)| {
        let found = draft.meet_technologies(&technologies, LEAST)?;
        Some((term, Experience::of(&found)))
    });
    experiences.collect()
}

/// What the postings tell of a candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Told {
    /// There is no experience.
    None,
    /// There is some; the timeline knows which.
    Some,
    Experience(Experience),
}

/// Tells the experience of the candidates of a segment, asked for in order.
pub(crate) struct ExperienceCursor {
    postings: Option<SegmentPostings>,
    /// Room for the positions of one candidate: one.
    positions: Vec<u32>,
}

impl ExperienceCursor {
    pub(crate) fn open(field: Field, term: &str, segment: &SegmentReader) -> tantivy::Result<Self> {
        let inverted = segment.inverted_index(field)?;
        let term = Term::from_field_text(field, term);
        let option = IndexRecordOption::WithFreqsAndPositions;
        Ok(Self {
            postings: inverted.read_postings(&term, option)?,
            positions: Vec::new(),
        })
    }

    /// `doc` is not smaller than that of the last call.
    pub(crate) fn at(&mut self, doc: DocId) -> Told {
        let Some(postings) = &mut self.postings else {
            return Told::None;
        };
        if postings.doc() < doc {
            postings.seek(doc);
        }
        if postings.doc() != doc {
            return Told::None;
        }
        postings.positions(&mut self.positions);
        let experience = self.positions.first().copied();
        match experience.and_then(Experience::of_position) {
            Some(experience) => Told::Experience(experience),
            None => Told::Some,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ranking::Ranking;
    use crate::stint_set::StintSet;

    fn experience() -> impl Strategy<Value = Experience> {
        let last_used = prop::option::of(1_960 * 12..2_070 * 12i32);
        (any::<bool>(), 0..700u32, 0..700u32, last_used).prop_map(
            |(is_worked, dated_months, stated, last_used)| Experience {
                is_worked,
                months: dated_months.max(stated),
                months_are_stated: stated > dated_months,
                dated_months,
                last_used,
            },
        )
    }

    proptest! {
        #[test]
        fn a_position_tells_all_but_the_dated_months_exactly(written in experience()) {
            if let Some(read) = Experience::of_position(written.to_position()) {
                prop_assert!(read.dated_months >= written.dated_months);
                prop_assert!(read.dated_months <= read.months);
                prop_assert_eq!(Experience { dated_months: written.dated_months, ..read }, written);
            }
        }

        #[test]
        fn nothing_scores_more_than_what_is_told_of_it(written in experience(), prefers_worked: bool) {
            let found = TechnologyMatch {
                months: written.months,
                dated_months: written.dated_months,
                months_are_stated: written.months_are_stated,
                last_used: written.last_used,
                strongest: if written.is_worked { Grade::Worked } else { LEAST },
                mentions: 1,
                worked: 1,
                unused: 0,
                stints: StintSet::default(),
                best: None,
            };
            let ranking = Ranking { newest: Some(2_026 * 12), prefers_worked };
            let told = Experience::of_position(Experience::of(&found).to_position());
            if let Some(told) = told {
                let most = ranking.experience(&told).sum();
                prop_assert!(most >= ranking.technology(&found).sum());
            }
        }

        #[test]
        fn usual_numbers_are_told(written in experience()) {
            let is_usual = written.months < 500
                && written.last_used.is_none_or(|last| (1_970 * 12..2_050 * 12).contains(&last));
            let told = Experience::of_position(written.to_position());
            prop_assert!(told.is_some() || !is_usual, "{written:?}");
        }
    }
}
