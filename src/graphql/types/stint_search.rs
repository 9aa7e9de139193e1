use async_graphql::{Enum, Object, SimpleObject};

use super::candidate::Candidate;
use super::employer::Employer;
use super::lists::PageInfo;
use super::search::{Match, QueryInterpretation};
use super::stint::Stint;
use crate::catalog::Catalog;
use crate::search::{self, FoundGroup, FoundStint, StintResults};

/// What stints are put together by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "search::StintGrouping")]
pub(in crate::graphql) enum StintGrouping {
    /// Nothing: each stint stands alone.
    None,
    /// The candidate.
    Candidate,
    /// The employer. Stints without a known one are one group.
    Employer,
}

/// The order of stints. Ties are broken by a fixed order, so that pages neither repeat nor skip. Groups
/// stand where their first stint stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "search::Sort")]
pub(in crate::graphql) enum StintSort {
    /// Best first: by grade, months within the asked period, and recency. Without query and filter, the
    /// latest first.
    Relevance,
    /// Most months first, within the asked period.
    #[graphql(name = "MONTHS_DESC")]
    MonthsDescending,
    /// Latest last month first, within the asked period; those without a date last.
    #[graphql(name = "LAST_USED_DESC")]
    LastUsedDescending,
    /// Last updated candidate first.
    #[graphql(name = "UPDATED_DESC")]
    UpdatedDescending,
    /// By reading of the candidate's name, else by name.
    #[graphql(name = "NAME_ASC")]
    NameAscending,
}

/// A page of stints that were found.
pub(in crate::graphql) struct StintSearchConnection {
    pub(in crate::graphql) results: StintResults,
    pub(in crate::graphql) grouping: StintGrouping,
    pub(in crate::graphql) catalog: Catalog,
}

impl StintSearchConnection {
    /// The first stint of each group.
    fn first(&self) -> impl DoubleEndedIterator<Item = &FoundStint> {
        self.results
            .groups
            .iter()
            .filter_map(|group| group.stints.first())
    }
}

/// A page of projects and jobs, in the asked order.
#[Object]
impl StintSearchConnection {
    /// The stints with what proves that they meet the request; of each group the first.
    async fn edges(&self) -> Vec<StintSearchEdge> {
        self.first().map(StintSearchEdge::from).collect()
    }

    /// The stints alone; of each group the first.
    async fn nodes(&self) -> Vec<Stint> {
        self.first()
            .map(|found| Stint::of(&found.stints, found.stint))
            .collect()
    }

    /// Where the page lies.
    async fn page_info(&self) -> PageInfo {
        let cursor = |found: &FoundStint| found.found.cursor.clone();
        PageInfo {
            has_next_page: self.results.has_next,
            has_previous_page: self.results.has_previous,
            start_cursor: self.first().next().map(cursor),
            end_cursor: self.first().next_back().map(cursor),
        }
    }

    /// How many stints are found in all, grouped or not. Counted only when selected.
    async fn total_count(&self) -> u64 {
        self.results.total.unwrap_or(0)
    }

    /// How many groups are found in all; without grouping, as many as stints. Counted only when
    /// selected.
    async fn group_count(&self) -> u64 {
        self.results.group_total.unwrap_or(0)
    }

    /// The groups of the page, one for each edge; empty without grouping.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn groups(&self) -> Vec<StintGroup> {
        let groups = self.results.groups.iter();
        match self.grouping {
            StintGrouping::None => Vec::new(),
            StintGrouping::Candidate => groups
                .map(|group| StintGroup {
                    candidate: group
                        .stints
                        .first()
                        .map(|found| Candidate(found.found.profile.clone())),
                    ..StintGroup::from(group)
                })
                .collect(),
            StintGrouping::Employer => groups.map(StintGroup::from).collect(),
        }
    }

    /// How the request was understood.
    async fn interpretation(&self) -> QueryInterpretation {
        QueryInterpretation::of(&self.results.interpretation, &self.catalog)
    }
}

/// Stints that belong together.
#[derive(SimpleObject)]
pub(in crate::graphql) struct StintGroup {
    /// Whose they are, when they are put together by candidate.
    candidate: Option<Candidate>,
    /// Where they were, when they are put together by employer; null for those whose employer is not
    /// known.
    employer: Option<Employer>,
    /// How many stints of the group are found.
    count: u64,
    /// The first of them in the asked order, at most 5.
    edges: Vec<StintSearchEdge>,
}

impl From<&FoundGroup> for StintGroup {
    fn from(group: &FoundGroup) -> Self {
        Self {
            candidate: None,
            employer: group.employer.clone().map(Employer),
            count: group.count,
            edges: group.stints.iter().map(StintSearchEdge::from).collect(),
        }
    }
}

/// A project or job that was found.
#[derive(SimpleObject)]
pub(in crate::graphql) struct StintSearchEdge {
    /// The place in the order, for `after` and `before`.
    cursor: String,
    /// The project or job.
    node: Stint,
    /// Whose it is.
    candidate: Candidate,
    /// The rank's score; comparable within one search only.
    score: f64,
    /// How the stint meets each condition, in the order of the request.
    matches: Vec<Match>,
}

impl From<&FoundStint> for StintSearchEdge {
    fn from(stint: &FoundStint) -> Self {
        let FoundStint {
            found,
            stints,
            stint,
        } = stint;
        Self {
            cursor: found.cursor.clone(),
            node: Stint::of(stints, *stint),
            candidate: Candidate(found.profile.clone()),
            score: f64::from(found.score),
            matches: found.matches.iter().cloned().map(Match).collect(),
        }
    }
}
