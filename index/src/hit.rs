//! What the index answers, as plain data.

use std::ops::Range;

use crate::document::Grade;
use crate::query::Cursor;

/// One page of hits.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The hits of the page, in the asked order.
    pub hits: Vec<Hit>,
    /// Whether hits follow the page.
    pub has_next: bool,
    /// Whether hits precede the page.
    pub has_previous: bool,
    /// All hits; present when asked for.
    pub total: Option<u64>,
    /// Facets over the hits; those asked for.
    pub facets: Facets,
    /// Facets each without the conditions of its own kind; those asked for.
    pub disjunctive_facets: Facets,
    /// What became of a [`MostCondition`](crate::MostCondition).
    pub most: MostMet,
}

/// How many conditions of a [`MostCondition`](crate::MostCondition) are met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MostMet {
    /// The most that one candidate, or one stint, meets, in whatever form.
    pub best: usize,
    /// The most that one meets in forms that are near the strictest.
    pub best_near: usize,
    /// For each condition, how many of those who meet enough meet it in its strictest form.
    pub strictly: Vec<u64>,
}

impl MostMet {
    /// Counts a candidate or a stint, which meets each condition in one of its forms or not at all; returns
    /// whether it meets enough.
    pub(crate) fn add(&mut self, met: &[Option<usize>], near: &[usize], least: usize) -> bool {
        let count = met.iter().flatten().count();
        let pairs = met.iter().zip(near);
        let count_near = pairs.filter(|(met, near)| met.is_some_and(|form| form < **near));
        self.best = self.best.max(count);
        self.best_near = self.best_near.max(count_near.count());
        if count < least {
            return false;
        }
        self.strictly.resize(met.len(), 0);
        for (strictly, form) in self.strictly.iter_mut().zip(met) {
            *strictly += u64::from(*form == Some(0));
        }
        true
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.best = self.best.max(other.best);
        self.best_near = self.best_near.max(other.best_near);
        let length = self.strictly.len().max(other.strictly.len());
        self.strictly.resize(length, 0);
        for (count, more) in self.strictly.iter_mut().zip(&other.strictly) {
            *count += more;
        }
    }
}

/// A candidate that meets the query.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The candidate.
    pub key: String,
    /// The résumé that spans refer to.
    pub resume: String,
    /// The rank's score; comparable within one answer only.
    pub score: f32,
    /// The place in the order.
    pub cursor: Cursor,
    /// How each leaf is met, in order of the leaves; leaves that do not make the candidate a hit (not
    /// met, under `Not`, or in an `All` that fails as a whole) are left out. Every leaf listed has at
    /// least one span.
    pub matches: Vec<ClauseMatch>,
}

/// One page of stints.
#[derive(Clone, Debug, Default)]
pub struct StintAnswer {
    /// The groups of the page, in the asked order; single stints where none are asked for.
    pub groups: Vec<StintGroup>,
    /// Whether groups follow the page.
    pub has_next: bool,
    /// Whether groups precede the page.
    pub has_previous: bool,
    /// All stints that meet the query; present when asked for.
    pub total: Option<u64>,
    /// All groups; present when asked for.
    pub group_total: Option<u64>,
    /// What became of the conditions of which as many as possible are to be met, over all stints.
    pub most: MostMet,
}

/// Stints that belong together.
#[derive(Clone, Debug)]
pub struct StintGroup {
    /// The employer's key, where stints are put together by it and it is known.
    pub employer: Option<String>,
    /// How many stints of the group meet the query.
    pub count: u64,
    /// The first of them, at most [`MAX_GROUP_STINTS`], in the asked order; never empty.
    pub hits: Vec<StintHit>,
}

/// The most stints that are shown of a group.
pub const MAX_GROUP_STINTS: usize = 5;

/// A stint that meets the query.
#[derive(Clone, Debug)]
pub struct StintHit {
    /// The stint.
    pub stint: String,
    /// Its candidate, and how the stint meets each leaf. The cursor is the stint's.
    pub hit: Hit,
}

/// How much a technology is used, at the grade Declared or stronger within stints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TechnologyUse {
    /// Candidates with a stint that uses it.
    pub candidates: u64,
    /// Stints that use it.
    pub stints: u64,
    /// The sum over the candidates of their months: of each the union of its stints of the grade
    /// Worked.
    pub months: u64,
}

/// A technology that is used together with another.
#[derive(Clone, Debug, PartialEq)]
pub struct RelatedTechnology {
    /// The technology.
    pub key: String,
    /// Stints that use both.
    pub stints: u64,
    /// Candidates with such a stint.
    pub candidates: u64,
    /// How many times more often both are used in one stint than they would be by chance.
    pub lift: f64,
    /// How strongly they go together, above 0, at most 1.
    pub strength: f64,
}

/// How one leaf is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseMatch {
    /// The leaf's number.
    pub leaf: usize,
    /// The best stint that meets it, by key.
    pub stint: Option<String>,
    /// Months of the asked technology, as `minMonths` counts them; `None` without a technology part.
    pub months: Option<u32>,
    /// Whether the months come from a statement (「5年」), not from dated stints.
    pub months_are_stated: bool,
    /// The last month of use at work in the asked period, as an ordinal; `None` without dated stints.
    pub last_used: Option<i32>,
    /// Evidence, best first: at most [`MAX_SPANS`].
    pub spans: Vec<EvidenceSpan>,
}

/// The most pieces of evidence for one leaf.
pub const MAX_SPANS: usize = 5;

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceSpan {
    /// Bytes of the résumé's text.
    pub range: Range<usize>,
    /// The grade, where it is a technology's mention.
    pub grade: Option<Grade>,
}

/// Counts over all hits, most frequent first, ties by key.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    /// By technology key.
    pub technologies: Vec<FacetCount>,
    /// By employer key.
    pub employers: Vec<FacetCount>,
    /// By calendar year.
    pub years: Vec<(i32, u64)>,
    /// By role.
    pub roles: Vec<FacetCount>,
    /// By certificate.
    pub certifications: Vec<FacetCount>,
    /// By prefecture.
    pub locations: Vec<FacetCount>,
    /// Of the technologies listed: the candidates by strongest grade.
    pub grades: Vec<(String, Grade, u64)>,
}

/// Candidates that share a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The value.
    pub key: String,
    /// The name that most of these candidates' documents give it; the key where they give none.
    pub name: String,
    /// How many candidates of the result have it.
    pub count: u64,
}
