//! What makes one candidate better than another: every constant of the score, with its reason.
//!
//! A score is a sum over the leaves that are met. It depends on the candidate and, coarsely, on how
//! rare a word is; it does not depend on segments, deletes or the exact number of candidates, so
//! that pages stay stable while others are added.

use crate::document::Grade;
use crate::stints::TechnologyMatch;

/// Having a technology in a job outweighs all that prose can add: it is what is searched for.
const WORKED: f32 = 6.0;

/// A skill table is a claim without a place: below a role ([`ROLE`]) and below prose that names the
/// word often.
const DECLARED: f32 = 2.5;

/// Own projects show use, but not that somebody paid for it.
const PERSONAL: f32 = 2.0;

/// A certificate shows study.
const CERTIFIED: f32 = 1.5;

/// Wishes and denials are met only when asked for; any other evidence is better.
const LEARNING: f32 = 0.5;

/// A month counts less the more there are: 1 year adds 1.7, 5 years 3.6, 10 years 4.6. So ten
/// years beat one, and one year in a job beats any number of mentions.
const MONTHS_WEIGHT: f32 = 1.5;
const MONTHS_UNIT: f32 = 6.0;

/// A stated length is a claim.
const STATED_SHARE: f32 = 0.5;

/// A year more recent counts as much as half a year more experience at around five years.
const RECENCY_PER_MONTH: f32 = 0.15 / 12.0;

/// The month that recency is counted from (January 1990) and to (December 2089): a wrong date in
/// the far future must not win.
const RECENCY_FROM: i32 = 1990 * 12;
const RECENCY_TO: i32 = 2089 * 12 + 11;

/// A word in a title or role names what the person was.
const ROLE: f32 = 4.0;

/// A word that is the person's name is meant so.
const NAME: f32 = 8.0;

/// A word that is an employer's name is likely meant so.
const EMPLOYER: f32 = 4.0;

/// A word somewhere in the text.
const PROSE: f32 = 1.5;

/// How much of BM25 is added; its values lie between 0 and about 20.
const BM25_SHARE: f32 = 0.15;

/// The usual BM25 parameters (Robertson and Zaragoza, 2009).
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// The usual length of a résumé in tokens. Fixed, so that a score does not move with the others.
const USUAL_LENGTH: f32 = 2_000.0;

/// A stint, certificate or place is met or not.
const PLAIN: f32 = 2.0;

/// Who meets one more of the asked conditions comes first, whatever the others' scores add up to.
const ONE_OF_MOST: f32 = 4_096.0;

/// A condition that is met in a looser form only costs more than any evidence gains, and less than
/// meeting one condition fewer.
const LOOSER_FORM: f32 = 256.0;

/// Generic words (経験, 実務) only break ties.
const WEAK_SHARE: f32 = 0.1;

/// The evidence for a free word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordsEvidence {
    /// What [`technology`] gives.
    pub(crate) technology: Option<f32>,
    pub(crate) is_in_role: bool,
    pub(crate) is_name: bool,
    pub(crate) is_employer: bool,
    /// What [`prose`] gives.
    pub(crate) prose: Option<f32>,
}

/// The score of a free word: its best kind of evidence, and a little for each mention in prose.
pub(crate) fn words(evidence: WordsEvidence) -> f32 {
    let kinds = [
        evidence.technology,
        evidence.is_in_role.then_some(ROLE),
        evidence.is_name.then_some(NAME),
        evidence.is_employer.then_some(EMPLOYER),
        evidence.prose.map(|_| PROSE),
    ];
    let best = kinds.into_iter().flatten().fold(0.0, f32::max);
    best + evidence.prose.unwrap_or(0.0)
}

/// What meeting one of several conditions adds, in its strictest form or one of the looser ones
/// behind it.
pub(crate) fn one_of_most(form: usize) -> f32 {
    ONE_OF_MOST - LOOSER_FORM * form as f32
}

/// The score of a word that excludes nobody.
pub(crate) fn weak(score: f32) -> f32 {
    score * WEAK_SHARE
}

/// The score of a technology.
pub(crate) fn technology(found: &TechnologyMatch) -> f32 {
    let grade = match found.strongest() {
        Some(Grade::Worked) => WORKED,
        Some(Grade::Declared) => DECLARED,
        Some(Grade::Personal) => PERSONAL,
        Some(Grade::Certified) => CERTIFIED,
        Some(Grade::Learning) => LEARNING,
        Some(Grade::Negated) | None => 0.0,
    };
    let months = length(found.months);
    let share = if found.months_are_stated {
        STATED_SHARE
    } else {
        1.0
    };
    grade + months * share + recency(found.last_used)
}

/// The score of a stint without a technology, `last_month` its last.
pub(crate) fn stint(last_month: Option<i32>) -> f32 {
    PLAIN + recency(last_month)
}

/// What its own length and end add to a stint that is a hit itself, where no technology's do.
pub(crate) fn tenure(months: u32, last_month: Option<i32>) -> f32 {
    length(months) + recency(last_month)
}

fn length(months: u32) -> f32 {
    MONTHS_WEIGHT * (months as f32 / MONTHS_UNIT).ln_1p()
}

/// The score of a certificate, a place of living or a name asked for as such.
pub(crate) fn plain() -> f32 {
    PLAIN
}

fn recency(last_month: Option<i32>) -> f32 {
    let Some(last) = last_month else {
        return 0.0;
    };
    (last.clamp(RECENCY_FROM, RECENCY_TO) - RECENCY_FROM) as f32 * RECENCY_PER_MONTH
}

/// The share of BM25 for `count` hits in a text of `length` tokens.
pub(crate) fn prose(count: usize, length: u32, rarity: f32) -> f32 {
    let count = count as f32;
    let norm = K1 * (1.0 - B + B * length as f32 / USUAL_LENGTH);
    BM25_SHARE * rarity * count * (K1 + 1.0) / (count + norm)
}

/// The inverse document frequency, in whole steps: so that one candidate more or less does not move
/// the scores of all.
pub(crate) fn rarity(documents_with: u64, documents: u64) -> f32 {
    let with = documents_with as f32;
    let without = documents.saturating_sub(documents_with) as f32;
    ((without + 0.5) / (with + 0.5)).ln_1p().round().max(0.5)
}
