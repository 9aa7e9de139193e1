//! What is asked of a search.

use super::facets::FacetSelection;
use crate::domain::{Grade, Moment};

/// The most terms of one search, query and filter together.
pub const MAX_TERMS: usize = 64;

/// The most characters of a query string, and of each text of a filter.
pub const MAX_QUERY_CHARS: usize = 1024;

/// The most levels of `all`, `any` and `not` in a filter, and of brackets in a query.
pub const MAX_DEPTH: usize = 12;

/// The most candidates of one page.
pub const MAX_PAGE: u32 = 100;

/// A search.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Words and conditions in the search language.
    pub query: Option<String>,
    /// Conditions.
    pub filter: Option<Filter>,
    /// The order.
    pub sort: Sort,
    /// The page.
    pub page: PageRequest,
    /// Whether to count all candidates that are found.
    pub count: bool,
    /// Whether to tell how each clause is met, which takes the résumés' texts.
    pub matches: bool,
    /// Which facets to count; none when `None`.
    pub facets: Option<FacetSelection>,
}

/// A search for stints.
#[derive(Clone, Debug, Default)]
pub struct StintRequest {
    /// Words and conditions in the search language.
    pub query: Option<String>,
    /// Conditions.
    pub filter: Option<Filter>,
    /// The order.
    pub sort: Sort,
    /// What the page is a page of.
    pub grouping: StintGrouping,
    /// The page.
    pub page: PageRequest,
    /// Whether to count all stints that are found.
    pub count: bool,
}

/// What stints are put together by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StintGrouping {
    /// Nothing.
    #[default]
    None,
    /// The candidate.
    Candidate,
    /// The employer; those without one are one group.
    Employer,
}

/// The order of candidates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best first; last updated first when nothing is asked for.
    #[default]
    Relevance,
    /// Most months of the asked technologies first.
    MonthsDescending,
    /// Latest use of the asked technologies first.
    LastUsedDescending,
    /// Last updated first.
    UpdatedDescending,
    /// By reading, else by name.
    NameAscending,
}

/// Which page: the first candidates after a cursor, or the last before one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// How many.
    pub limit: u32,
    /// Only candidates after this one: a cursor of an earlier answer.
    pub after: Option<String>,
    /// Only candidates before this one.
    pub before: Option<String>,
    /// Whether to count from the end.
    pub backward: bool,
}

impl Default for PageRequest {
    /// The first 20.
    fn default() -> Self {
        Self {
            limit: 20,
            after: None,
            before: None,
            backward: false,
        }
    }
}

/// Conditions, each of which must be met; those on a stint by the same one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// On a stint: its technology.
    pub technology: Option<TechnologyFilter>,
    /// On the same stint: technologies beside it.
    pub also: Vec<TechnologyFilter>,
    /// On the same stint: technologies that it does not name. Months and last use of these
    /// are not looked at.
    pub without: Vec<TechnologyFilter>,
    /// On a stint: its employer.
    pub employer: Option<EmployerFilter>,
    /// On a stint: its months.
    pub period: Option<PeriodFilter>,
    /// On a stint: words of its title, department or roles.
    pub role: Option<String>,
    /// On a stint: words and phrases, each of which its text has.
    pub text: Vec<String>,
    /// On the candidate: a certificate.
    pub certification: Option<String>,
    /// The least score of that certificate.
    pub min_score: Option<u32>,
    /// On the candidate: a level of education (高専, 大学, 修士, 博士) or words of a school's name.
    pub education: Option<String>,
    /// On the candidate: where the person lives.
    pub location: Option<String>,
    /// On the candidate: the person's name. Asked for by `name:` in the search language.
    pub name: Option<String>,
    /// Each is met, by the same or different stints.
    pub all: Vec<Filter>,
    /// At least one is met.
    pub any: Option<Vec<Filter>>,
    /// It is not met.
    pub not: Option<Box<Filter>>,
}

/// A technology and how it must have been used.
#[derive(Clone, Debug, PartialEq)]
pub struct TechnologyFilter {
    /// Names, one of which must be met; at least one.
    pub any_of: Vec<String>,
    /// The least months.
    pub min_months: Option<u32>,
    /// The last month of use must not be earlier; a year means its January.
    pub last_used_since: Option<Moment>,
    /// The least grade of a mention that counts.
    pub min_grade: Grade,
    /// Whether parts count as their whole.
    pub include_parts: bool,
}

impl TechnologyFilter {
    /// Returns the condition that the technology `name` is known at all.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            any_of: vec![name.into()],
            min_months: None,
            last_used_since: None,
            min_grade: Grade::Declared,
            include_parts: true,
        }
    }
}

/// An employer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployerFilter {
    /// A name, in any spelling.
    pub name: String,
    /// Whether the job goes on.
    pub tenure: Tenure,
}

/// Whether a job goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tenure {
    /// Either.
    #[default]
    Any,
    /// It does.
    Current,
    /// It does not.
    Past,
}

/// When a stint was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodFilter {
    /// The months it is compared with.
    pub window: Window,
    /// Whether the stint must lie within the window, not only share a month with it.
    pub within: bool,
}

/// A window of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// From a month to another; an end that is left out is open. At least one is given.
    Between {
        /// The first month; a year means its January.
        from: Option<Moment>,
        /// The last month; a year means its December.
        to: Option<Moment>,
    },
    /// The last months up to the one that the candidate's résumé is of (`asOf`), which is one of them.
    Last {
        /// How many; at least 1.
        months: u32,
    },
}
