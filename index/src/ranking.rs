//! What makes one candidate better than another: every constant of the score, with its reason.
//!
//! A score is a sum of [`Parts`] over the leaves that are met, and of what conditions add that meet
//! in one stint. It depends on the candidate and, coarsely, on how rare a word is and on how new the
//! newest résumé is; it does not depend on segments, deletes or the exact number of candidates, so
//! that pages stay stable while others are added.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::decide::LeafMatch;
use crate::document::Grade;
use crate::experience::{self, Experience};
use crate::joining;
use crate::plan::Node;

use crate::stints::TechnologyMatch;

/// Having a technology in a job outweighs all that prose can add: it is what is searched for.
const WORKED: f32 = 6.0;

/// A skill table is a claim without a place: below prose ([`PROSE`]), which at least says something
/// about it.
const DECLARED: f32 = 2.0;

/// Own projects show use, but not that somebody paid for it.
const PERSONAL: f32 = 1.75;

/// A certificate shows study.
const CERTIFIED: f32 = 1.5;

/// Wishes and denials are met only when asked for; any other evidence is better.
const LEARNING: f32 = 0.5;

/// What a request for work (実務) adds to work: as much again as work is ahead of a claim, so that
/// no number of claimed years makes up for it.
const PREFERRED_WORKED: f32 = WORKED - DECLARED;

/// A month counts less the more there are: 1 year adds 1.6, 5 years 3.6, 10 years 4.6. So ten
/// years beat one, and one year in a job beats any number of mentions.
const MONTHS_WEIGHT: f32 = 1.5;
const MONTHS_UNIT: f32 = 6.0;

/// A stated length is a claim.
const STATED_SHARE: f32 = 0.5;

/// What use up to now adds: as much as going from one year to five. More would bury who did it for
/// long below who did it last.
const RECENCY: f32 = 2.0;

/// Three years make a technology half as fresh, ten years nearly forgotten.
const RECENCY_HALF_LIFE_MONTHS: f32 = 36.0;

/// A word in a title or role names what the person was.
const ROLE: f32 = 4.0;

/// A word that is the person's name is meant so.
const NAME: f32 = 8.0;

/// A word that is an employer's name is likely meant so.
const EMPLOYER: f32 = 4.0;

/// A word somewhere in the text.
const PROSE: f32 = 2.25;

/// How much of BM25 is added; its values lie between 0 and about 20. The most that it adds stays
/// below what separates work from prose.
const BM25_SHARE: f32 = 0.15;

/// What one occurrence counts for in BM25 (as in BM25F: Robertson, Zaragoza and Taylor, 2004), by
/// where it stands: in a job, in a title or role, in the text, in a skill table or the like.
const IN_JOB: f32 = 3.0;
const IN_ROLE: f32 = 2.0;
const IN_TEXT: f32 = 1.0;
const IN_TABLE: f32 = 0.5;

/// The usual BM25 parameters (Robertson and Zaragoza, 2009).
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// The usual length of a résumé in tokens. Fixed, so that a score does not move with the others.
const USUAL_LENGTH: f32 = 2_000.0;

/// A stint, certificate or place is met or not.
const MET: f32 = 2.0;

/// Each further condition that one and the same stint meets. Two technologies used together for two
/// years come before the same two used apart for five years each.
const TOGETHER: f32 = 3.0;

/// Who meets one more of the asked conditions comes first, whatever the others' scores add up to.
const ONE_OF_MOST: f32 = 4_096.0;

/// A condition that is met in a looser form only costs more than any evidence gains, and less than
/// meeting one condition fewer.
const LOOSER_FORM: f32 = 256.0;

/// Where all conditions are met, each step that one is met more strictly adds more than any evidence
/// gains. Small enough that the rest of a score keeps its digits.
const STRICTER_FORM: f32 = 64.0;

/// Generic words (経験, 実務) only break ties.
const WEAK_SHARE: f32 = 0.1;

/// January 1900: résumés know of no month before.
const FIRST_MONTH: i32 = 1900 * 12;

const SECONDS_PER_DAY: u64 = 86_400;
const DAYS_PER_400_YEARS: u64 = 146_097;

/// What a part of a score is given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// The strongest mention of the technology.
    Grade,
    /// Months of the technology.
    Months,
    /// How lately it was used.
    Recency,
    /// A title or role that has the word.
    Role,
    /// The person's name that is the word.
    Name,
    /// An employer's name that is the word.
    Employer,
    /// Text that has the word.
    Prose,
    /// How often and where it is named, and how rare that is (BM25).
    Frequency,
    /// A condition without degrees.
    Met,
    /// Conditions that meet in one stint.
    Together,
}

impl PartKind {
    /// All kinds, in the order they are shown.
    pub const ALL: [Self; 10] = [
        Self::Grade,
        Self::Months,
        Self::Recency,
        Self::Role,
        Self::Name,
        Self::Employer,
        Self::Prose,
        Self::Frequency,
        Self::Met,
        Self::Together,
    ];
}

/// A score by what it is given for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Parts([f32; PartKind::ALL.len()]);

impl Parts {
    pub(crate) fn of(kind: PartKind, value: f32) -> Self {
        let mut parts = Self::default();
        parts.add(kind, value);
        parts
    }

    pub(crate) fn add(&mut self, kind: PartKind, value: f32) {
        self.0[kind as usize] += value;
    }

    /// Takes a part out.
    pub(crate) fn take(&mut self, kind: PartKind) -> f32 {
        std::mem::take(&mut self.0[kind as usize])
    }

    pub(crate) fn sum(&self) -> f32 {
        self.0.iter().fold(0.0, |sum, value| sum + value)
    }

    /// The score of a word that excludes nobody.
    #[must_use]
    pub(crate) fn weak(self) -> Self {
        Self(self.0.map(|value| value * WEAK_SHARE))
    }

    /// Those that are given, in the order of [`PartKind::ALL`].
    pub(crate) fn given(&self) -> impl Iterator<Item = (PartKind, f32)> + '_ {
        let kinds = PartKind::ALL.into_iter().zip(self.0);
        kinds.filter(|(_, value)| *value != 0.0)
    }
}

/// What scores depend on beside the candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranking {
    /// The month that recency is counted back from.
    pub(crate) newest: Option<i32>,
    /// Whether work is asked for.
    pub(crate) prefers_worked: bool,
}

/// Returns the month that recency is counted back from, `newest` the newest month that a résumé
/// knows of (of open periods, the one it was written in): the December of that year, so that the
/// scores of all move once a year at most. `None` where it is no month.
pub(crate) fn newest_month(newest: i32) -> Option<i32> {
    let day = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs() / SECONDS_PER_DAY;
    let year = 1970 + i32::try_from(day * 400 / DAYS_PER_400_YEARS).ok()?;
    // A wrong date in the far future must not make all others old.
    let december = |year: i32| year * 12 + 11;
    let is_month = newest >= FIRST_MONTH;
    is_month.then(|| december(newest.div_euclid(12).min(year)))
}

/// The evidence for a free word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordsEvidence {
    /// What [`Ranking::technology`] gives.
    pub(crate) technology: Option<Parts>,
    pub(crate) is_in_role: bool,
    pub(crate) is_name: bool,
    pub(crate) is_employer: bool,
    pub(crate) is_in_text: bool,
}

/// The score of a free word: its best kind of evidence.
pub(crate) fn words(evidence: WordsEvidence) -> Parts {
    let plain = [
        (evidence.is_in_role, PartKind::Role, ROLE),
        (evidence.is_name, PartKind::Name, NAME),
        (evidence.is_employer, PartKind::Employer, EMPLOYER),
        (evidence.is_in_text, PartKind::Prose, PROSE),
    ];
    let plain = plain.into_iter().filter(|(is, ..)| *is);
    let best = plain.max_by(|(.., a), (.., b)| a.total_cmp(b));
    match (evidence.technology, best) {
        (Some(technology), None) => technology,
        (Some(technology), Some((.., value))) if technology.sum() > value => technology,
        (_, Some((_, kind, value))) => Parts::of(kind, value),
        (None, None) => Parts::default(),
    }
}

/// What meeting one of several conditions adds, in its strictest form or one of the looser ones
/// behind it.
pub(crate) fn one_of_most(form: usize) -> f32 {
    ONE_OF_MOST - LOOSER_FORM * form as f32
}

/// What meeting a condition adds that all must meet, in one of so many forms, the strictest first.
pub(crate) fn strictness(form: usize, forms: usize) -> f32 {
    STRICTER_FORM * forms.saturating_sub(form + 1) as f32
}

impl Ranking {
    /// The score of a technology, without how often it is named.
    pub(crate) fn technology(self, found: &TechnologyMatch) -> Parts {
        self.use_of(
            found.strongest,
            found.dated_months,
            found.months_are_stated.then_some(found.months),
            found.last_used,
        )
    }

    /// The most that the score of a technology may be.
    pub(crate) fn experience(self, told: &Experience) -> Parts {
        let strongest = if told.is_worked {
            Grade::Worked
        } else {
            experience::LEAST
        };
        let stated = told.months_are_stated.then_some(told.months);
        self.use_of(strongest, told.dated_months, stated, told.last_used)
    }

    fn use_of(
        self,
        strongest: Grade,
        dated_months: u32,
        stated_months: Option<u32>,
        last_used: Option<i32>,
    ) -> Parts {
        let grade = match strongest {
            Grade::Worked if self.prefers_worked => WORKED + PREFERRED_WORKED,
            Grade::Worked => WORKED,
            Grade::Declared => DECLARED,
            Grade::Personal => PERSONAL,
            Grade::Certified => CERTIFIED,
            Grade::Learning => LEARNING,
            Grade::Negated => 0.0,
        };
        // Who also states a length is not behind who has the dated months alone.
        let stated = stated_months.map_or(0.0, |months| STATED_SHARE * length(months));
        let months = length(dated_months).max(stated);
        let mut parts = Parts::of(PartKind::Grade, grade);
        parts.add(PartKind::Months, months);
        parts.add(PartKind::Recency, self.recency(last_used));
        parts
    }

    /// The score of a stint without a technology, `last_month` its last.
    pub(crate) fn stint(self, last_month: Option<i32>) -> Parts {
        let mut parts = met();
        parts.add(PartKind::Recency, self.recency(last_month));
        parts
    }

    /// What its own length and end add to a stint that is a hit itself, where no technology's do.
    pub(crate) fn tenure(self, months: u32, last_month: Option<i32>) -> f32 {
        length(months) + self.recency(last_month)
    }

    fn recency(self, last_month: Option<i32>) -> f32 {
        let (Some(last), Some(newest)) = (last_month, self.newest) else {
            return 0.0;
        };
        let age = newest.saturating_sub(last).max(0) as f32;
        RECENCY * (-age / RECENCY_HALF_LIFE_MONTHS).exp2()
    }
}

fn length(months: u32) -> f32 {
    MONTHS_WEIGHT * (months as f32 / MONTHS_UNIT).ln_1p()
}

/// The score of a certificate, a place of living or a name asked for as such.
pub(crate) fn met() -> Parts {
    Parts::of(PartKind::Met, MET)
}

/// How often something is named, weighted by where.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Frequency(f32);

impl Frequency {
    /// Counts the mentions of a technology.
    pub(crate) fn add_mentions(&mut self, found: &TechnologyMatch) {
        let declared = found.mentions - found.worked - found.unused;
        self.0 += IN_JOB * found.worked as f32 + IN_TABLE * declared as f32;
    }

    pub(crate) fn add_roles(&mut self, count: usize) {
        self.0 += IN_ROLE * count as f32;
    }

    pub(crate) fn add_text(&mut self, count: usize) {
        self.0 += IN_TEXT * count as f32;
    }

    /// The share of BM25 that nothing named ever so often exceeds.
    pub(crate) fn most(rarity: f32) -> f32 {
        BM25_SHARE * rarity * (K1 + 1.0)
    }

    /// The share of BM25 in a text of `length` tokens.
    pub(crate) fn score(self, length: u32, rarity: f32) -> f32 {
        let norm = K1 * (1.0 - B + B * length as f32 / USUAL_LENGTH);
        BM25_SHARE * rarity * self.0 * (K1 + 1.0) / (self.0 + norm)
    }
}

/// The inverse document frequency, in whole steps: so that one candidate more or less does not move
/// the scores of all.
pub(crate) fn rarity(documents_with: u64, documents: u64) -> f32 {
    let with = documents_with as f32;
    let without = documents.saturating_sub(documents_with) as f32;
    ((without + 0.5) / (with + 0.5)).ln_1p().round().max(0.5)
}

/// The score of a candidate that meets a plan with this root as `matches` say.
pub(crate) fn score(root: &Node, matches: &[Option<LeafMatch>]) -> f32 {
    let leaves = matches.iter().flatten();
    let sum = leaves.fold(0.0, |sum, leaf| sum + leaf.parts.sum());
    let score = sum + together(joining::conditions_in_one_stint(root, matches));
    if score.is_finite() { score } else { 0.0 }
}

/// What it adds that one stint meets `conditions`.
pub(crate) fn together(conditions: usize) -> f32 {
    TOGETHER * conditions.saturating_sub(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i32 = 2024 * 12;

    fn ranking() -> Ranking {
        Ranking {
            newest: Some(NOW),
            prefers_worked: false,
        }
    }

    #[test]
    fn recency_falls_and_never_outweighs_years() {
        let ages = [0, 12, 36, 120, 600].map(|age| ranking().recency(Some(NOW - age)));
        assert!(ages.is_sorted_by(|newer, older| newer > older), "{ages:?}");
        assert_eq!(ages[2], RECENCY / 2.0);
        let years = |count: f32| MONTHS_WEIGHT * (count * 12.0 / MONTHS_UNIT).ln_1p();
        assert!(years(10.0) - years(1.0) > RECENCY);
        assert_eq!(ranking().recency(Some(NOW + 9)), RECENCY);
        assert_eq!(ranking().recency(None), 0.0);
    }

    #[test]
    fn the_newest_month_is_a_december_that_is_not_to_come() {
        assert_eq!(newest_month(2020 * 12 + 3), Some(2020 * 12 + 11));
        assert_eq!(newest_month(i32::MIN), None);
        let far = newest_month(2150 * 12).expect("a month");
        assert!((2025 * 12..2150 * 12).contains(&far), "{far}");
    }

    #[test]
    fn parts_add_up_and_those_not_given_are_not_listed() {
        let mut parts = Parts::of(PartKind::Grade, 6.0);
        parts.add(PartKind::Recency, 0.5);
        let given: Vec<_> = parts.given().collect();
        assert_eq!(given, [(PartKind::Grade, 6.0), (PartKind::Recency, 0.5)]);
        assert_eq!(parts.sum(), 6.5);
        assert_eq!(Parts::default().sum().to_bits(), 0.0f32.to_bits());
    }
}
