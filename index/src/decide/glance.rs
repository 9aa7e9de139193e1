//! Technologies as the postings tell of them, without a look at the timeline.

use super::{Candidate, Depth, LeafMatch, Scoring};
use crate::document::Grade;
use crate::experience::{Experience, ExperienceCursor, Told};
use crate::plan::{StintPlan, TechnologyPlan};
use crate::query::Window;
use crate::ranking::{Frequency, PartKind};

/// What postings tell of a technology that is asked for wherever and whenever it was used.
pub(super) enum Glance {
    /// Whether it is met, and what it adds to the score at most.
    Told(Option<LeafMatch>),
    /// Nothing: the timeline knows.
    Untold,
}

/// Asks the postings for a technology that a candidate as a whole is to have.
pub(super) fn glance(
    part: &TechnologyPlan,
    cursor: &mut ExperienceCursor,
    candidate: Candidate<'_>,
    scoring: Scoring,
) -> Glance {
    if candidate.stint.is_some() || !matches!(candidate.depth, Depth::Met) {
        return Glance::Untold;
    }
    match cursor.at(candidate.doc) {
        Told::None => Glance::Told(None),
        Told::Some => Glance::Untold,
        Told::Experience(told) => {
            Glance::Told(is_enough(&told, part).then(|| at_most(&told, scoring)))
        }
    }
}

fn is_enough(told: &Experience, part: &TechnologyPlan) -> bool {
    let is_long = part.min_months.is_none_or(|least| told.months >= least);
    let is_recent = part
        .last_used_since
        .is_none_or(|since| told.last_used >= Some(since));
    let is_worked = told.is_worked || part.min_grade < Grade::Worked;
    is_long && is_recent && is_worked
}

fn at_most(told: &Experience, scoring: Scoring) -> LeafMatch {
    let mut parts = scoring.ranking.experience(told);
    let frequency = Frequency::most(scoring.rarity.technology);
    parts.add(PartKind::Frequency, frequency);
    LeafMatch {
        parts,
        may_be_any_stint: scoring.joins_stints,
        is_at_most: true,
        months: Some(told.months),
        months_are_stated: told.months_are_stated,
        last_used: told.last_used,
        ..LeafMatch::default()
    }
}

/// Whether a technology that is asked for together with more may be met: not where all that there is
/// of it is too little or too old.
pub(super) fn may_be_met(
    plan: &StintPlan,
    part: &TechnologyPlan,
    cursor: &mut ExperienceCursor,
    candidate: Candidate<'_>,
) -> bool {
    let told = match cursor.at(candidate.doc) {
        Told::None => return false,
        Told::Some => return true,
        Told::Experience(told) => told,
    };
    let months = if plan.counts_stated() {
        told.months
    } else {
        told.dated_months
    };
    let least = part.min_months.unwrap_or(0);
    // Months at work in a window that lies behind all of them are none.
    let begins = plan.period.and_then(|period| match period.window {
        Window::Months(window) => Some(window.first).filter(|_| least > 0),
        Window::Last(_) => None,
    });
    let since = part.last_used_since.max(begins);
    months >= least && since.is_none_or(|since| told.last_used >= Some(since))
}
