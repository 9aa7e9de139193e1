use async_graphql::{Enum, InputObject};

use super::enums::{Grade, PeriodMatch, Tenure};
use crate::graphql::error::ApiError;
use crate::graphql::scalars::YearMonth;
use crate::search::{self, FilterFault, FilterField, SearchError};

/// Conditions on candidates. All parts given in one object must be met, and those on a stint
/// (technology, employer, period, role, text) by the same stint; combine objects by `all`, `any` and
/// `not` to ask for several stints.
#[derive(InputObject, Clone, Debug)]
pub(in crate::graphql) struct CandidateFilter {
    /// On a stint: a technology, and how it was used.
    technology: Option<TechnologyInput>,
    /// On the same stint as `technology`: technologies that it names too.
    also: Option<Vec<TechnologyInput>>,
    /// On a stint: technologies that it does not name. Their `minMonths` and `lastUsedSince` are not
    /// looked at.
    without: Option<Vec<TechnologyInput>>,
    /// On a stint: the employer.
    employer: Option<EmployerInput>,
    /// On a stint: when it was. A stint without a date meets no period.
    period: Option<PeriodInput>,
    /// On a stint: words of its title, department or roles.
    role: Option<String>,
    /// On a stint: words of its text.
    text: Option<String>,
    /// On the candidate: a certificate's name, whole or in part.
    certification: Option<String>,
    /// The least score of that certificate (TOEIC 800). Only with `certification`.
    min_score: Option<u32>,
    /// On the candidate: a level of education (高専, 大学, 修士, 博士 …) that was finished, or words of a
    /// school's name.
    education: Option<String>,
    /// On the candidate: where the person lives.
    location: Option<String>,
    /// Each is met, by the same or different stints.
    all: Option<Vec<CandidateFilter>>,
    /// At least one is met.
    any: Option<Vec<CandidateFilter>>,
    /// It is not met.
    not: Option<Box<CandidateFilter>>,
}

/// A technology, and how it was used.
#[derive(InputObject, Clone, Debug)]
pub(in crate::graphql) struct TechnologyInput {
    /// A name, in any spelling. Give this or `anyOf`.
    name: Option<String>,
    /// Several names, one of which must be met. Give this or `name`.
    any_of: Option<Vec<String>>,
    /// The least months, over all stints that meet the other parts of the object, clipped to its
    /// period.
    min_months: Option<i32>,
    /// The last month of use must not be earlier.
    last_used_since: Option<YearMonth>,
    /// The least grade of a mention that counts.
    #[graphql(default_with = "Some(Grade::Declared)")]
    min_grade: Option<Grade>,
    /// Whether parts count as their whole (AWS Lambda as AWS).
    #[graphql(default_with = "Some(true)")]
    include_parts: Option<bool>,
}

/// An employer.
#[derive(InputObject, Clone, Debug)]
pub(in crate::graphql) struct EmployerInput {
    /// A name, in any spelling.
    name: String,
    /// Whether the job goes on.
    #[graphql(default_with = "Some(Tenure::Any)")]
    tenure: Option<Tenure>,
}

/// A window of time: `from` and `to`, either of which may be left out, or `lastMonths`.
#[derive(InputObject, Clone, Debug)]
pub(in crate::graphql) struct PeriodInput {
    /// The first month; a year means its January.
    from: Option<YearMonth>,
    /// The last month; a year means its December.
    to: Option<YearMonth>,
    /// The last months up to the candidate's `asOf`, which is one of them. Give this, or `from` and
    /// `to`.
    last_months: Option<i32>,
    /// How the stint must lie to the window.
    #[graphql(default_with = "Some(PeriodMatch::Overlaps)", name = "match")]
    match_: Option<PeriodMatch>,
}

/// The order of candidates. Ties are broken by a fixed order, so that pages neither repeat nor skip.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "search::Sort")]
pub(in crate::graphql) enum CandidateSort {
    /// Best first. Without query and filter, last updated first.
    Relevance,
    /// Most months of the asked technologies first.
    #[graphql(name = "MONTHS_DESC")]
    MonthsDescending,
    /// Latest use of the asked technologies first.
    #[graphql(name = "LAST_USED_DESC")]
    LastUsedDescending,
    /// Last updated first.
    #[graphql(name = "UPDATED_DESC")]
    UpdatedDescending,
    /// By reading of the name, else by name.
    #[graphql(name = "NAME_ASC")]
    NameAscending,
}

impl TryFrom<CandidateFilter> for search::Filter {
    type Error = ApiError;

    fn try_from(filter: CandidateFilter) -> Result<Self, ApiError> {
        let each = |filters: Vec<CandidateFilter>| -> Result<Vec<Self>, ApiError> {
            filters.into_iter().map(Self::try_from).collect()
        };
        Ok(Self {
            technology: filter.technology.map(technology).transpose()?,
            also: technologies(filter.also)?,
            without: technologies(filter.without)?,
            employer: filter.employer.map(|employer| search::EmployerFilter {
                name: employer.name,
                tenure: employer.tenure.unwrap_or(Tenure::Any).into(),
            }),
            period: filter.period.as_ref().map(period).transpose()?,
            role: filter.role,
            text: filter.text.into_iter().collect(),
            certification: filter.certification,
            min_score: filter.min_score,
            education: filter.education,
            location: filter.location,
            name: None,
            all: each(filter.all.unwrap_or_default())?,
            any: filter.any.map(each).transpose()?,
            not: match filter.not {
                Some(not) => Some(Box::new(Self::try_from(*not)?)),
                None => None,
            },
        })
    }
}

fn period(input: &PeriodInput) -> Result<search::PeriodFilter, ApiError> {
    let fault = |fault| {
        ApiError::from(SearchError::Filter {
            field: FilterField::Period,
            fault,
        })
    };
    let window = match (&input.from, &input.to, input.last_months) {
        (from, to, None) => search::Window::Between {
            from: from.as_ref().map(|from| from.0),
            to: to.as_ref().map(|to| to.0),
        },
        (None, None, Some(months)) => search::Window::Last {
            months: u32::try_from(months).map_err(|_| fault(FilterFault::NegativeMonths))?,
        },
        _ => return Err(fault(FilterFault::EndsOrLastMonths)),
    };
    Ok(search::PeriodFilter {
        window,
        within: input.match_ == Some(PeriodMatch::Within),
    })
}

fn technologies(
    inputs: Option<Vec<TechnologyInput>>,
) -> Result<Vec<search::TechnologyFilter>, ApiError> {
    let inputs = inputs.unwrap_or_default().into_iter();
    inputs.map(technology).collect()
}

fn technology(input: TechnologyInput) -> Result<search::TechnologyFilter, ApiError> {
    let fault = |fault| {
        ApiError::from(SearchError::Filter {
            field: FilterField::Technology,
            fault,
        })
    };
    let any_of = match (input.name, input.any_of) {
        (Some(name), None) => vec![name],
        (None, Some(names)) => names,
        _ => return Err(fault(FilterFault::NameOrAnyOf)),
    };
    let min_months = input.min_months.map(u32::try_from).transpose();
    Ok(search::TechnologyFilter {
        any_of,
        min_months: min_months.map_err(|_| fault(FilterFault::NegativeMonths))?,
        last_used_since: input.last_used_since.map(|since| since.0),
        min_grade: input.min_grade.unwrap_or(Grade::Declared).into(),
        include_parts: input.include_parts.unwrap_or(true),
    })
}
