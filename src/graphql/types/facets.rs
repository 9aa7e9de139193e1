use async_graphql::{Lookahead, SimpleObject, Value};

use super::employer::Employer;
use super::enums::Grade;
use super::technology::Technology;
use crate::catalog::Catalog;
use crate::graphql::error::ApiError;
use crate::graphql::page;
use crate::search::{self, FacetCounting, FacetSelection};

/// Counts of candidates over the whole result, most frequent first.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SearchFacets {
    /// By technology, each with its parts, as a condition counts them: AWS is what AWS Lambda is, too.
    technologies: Vec<TechnologyFacet>,
    /// By employer.
    employers: Vec<EmployerFacet>,
    /// By calendar year that a stint touches.
    years: Vec<YearFacet>,
    /// By role: PM, SE, テックリード …; the spellings of a role are counted as one.
    roles: Vec<RoleFacet>,
    /// By certificate; the names of a certificate are counted as one, with what it took the place of.
    certifications: Vec<CertificationFacet>,
    /// By the prefecture that the person lives in, where the résumé tells.
    locations: Vec<LocationFacet>,
}

/// Candidates that have a technology.
#[derive(SimpleObject)]
pub(in crate::graphql) struct TechnologyFacet {
    /// The technology.
    technology: Technology,
    /// How many candidates.
    count: u64,
    /// The same candidates by their strongest grade; for the top technologies.
    grades: Vec<GradeFacet>,
}

/// Candidates whose strongest grade of a technology this is.
#[derive(SimpleObject)]
pub(in crate::graphql) struct GradeFacet {
    /// The grade.
    grade: Grade,
    /// How many candidates.
    count: u64,
}

/// Candidates that worked for an employer.
#[derive(SimpleObject)]
pub(in crate::graphql) struct EmployerFacet {
    /// The employer.
    employer: Employer,
    /// How many candidates.
    count: u64,
}

/// Candidates with a stint in a year.
#[derive(SimpleObject)]
pub(in crate::graphql) struct YearFacet {
    /// The calendar year.
    year: i32,
    /// How many candidates.
    count: u64,
}

/// Candidates that have had a role.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RoleFacet {
    /// The role, as `CandidateFilter.role` takes it.
    role: String,
    /// How many candidates.
    count: u64,
}

/// Candidates that hold a certificate.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CertificationFacet {
    /// The certificate, as `CandidateFilter.certification` takes it.
    certification: String,
    /// How many candidates.
    count: u64,
}

/// Candidates that live in a prefecture.
#[derive(SimpleObject)]
pub(in crate::graphql) struct LocationFacet {
    /// The prefecture, as `CandidateFilter.location` takes it.
    location: String,
    /// How many candidates.
    count: u64,
}

impl SearchFacets {
    /// The most frequent `limit` of each list.
    pub(super) fn of(facets: &search::Facets, limit: u32, catalog: &Catalog) -> Self {
        let technology = |facet: &search::TechnologyFacet| TechnologyFacet {
            technology: Technology(catalog.technology(&facet.technology)),
            count: facet.count,
            grades: facet
                .grades
                .iter()
                .map(|grade| GradeFacet {
                    grade: grade.grade.into(),
                    count: grade.count,
                })
                .collect(),
        };
        let employer = |facet: &search::EmployerFacet| EmployerFacet {
            employer: Employer(facet.employer.clone()),
            count: facet.count,
        };
        let year = |facet: &search::YearFacet| YearFacet {
            year: facet.year,
            count: facet.count,
        };
        let role = |facet: &search::NameFacet| RoleFacet {
            role: facet.name.clone(),
            count: facet.count,
        };
        let certification = |facet: &search::NameFacet| CertificationFacet {
            certification: facet.name.clone(),
            count: facet.count,
        };
        let location = |facet: &search::NameFacet| LocationFacet {
            location: facet.name.clone(),
            count: facet.count,
        };
        Self {
            technologies: first(&facets.technologies, limit).map(technology).collect(),
            employers: first(&facets.employers, limit).map(employer).collect(),
            years: first(&facets.years, limit).map(year).collect(),
            roles: first(&facets.roles, limit).map(role).collect(),
            certifications: first(&facets.certifications, limit)
                .map(certification)
                .collect(),
            locations: first(&facets.locations, limit).map(location).collect(),
        }
    }
}

fn first<T>(list: &[T], limit: u32) -> impl Iterator<Item = &T> {
    list.iter().take(limit as usize)
}

/// Values of each facet when nothing is said.
pub(super) const DEFAULT_VALUES: i32 = 20;

/// Reads `first` of `facets`.
pub(super) fn limit(first: Option<i32>) -> Result<u32, ApiError> {
    page::size(first, DEFAULT_VALUES.unsigned_abs())
}

/// Reads which facets the request selects below `connection`: as many of each, and counted in every
/// way, as its `facets` fields ask for together.
pub(in crate::graphql) fn selection(
    connection: &Lookahead<'_>,
) -> Result<Option<FacetSelection>, ApiError> {
    let facets = connection.field("facets");
    let mut values = 0;
    let (mut is_conjunctive, mut is_disjunctive) = (false, false);
    for field in facets.selection_fields() {
        // What is wrong with an argument is said when the field itself is answered.
        let arguments = field.arguments().unwrap_or_default();
        let argument = |name: &str| {
            let given = arguments.iter().find(|(of, _)| of == name);
            given.map(|(_, value)| value)
        };
        let asked = match argument("first") {
            Some(Value::Number(number)) => number.as_i64().and_then(|n| i32::try_from(n).ok()),
            _ => None,
        };
        values = values.max(limit(asked)?);
        match argument("disjunctive") {
            Some(Value::Boolean(true)) => is_disjunctive = true,
            _ => is_conjunctive = true,
        }
    }
    if !facets.exists() {
        return Ok(None);
    }
    let is_selected = |name: &str| facets.field(name).exists();
    Ok(Some(FacetSelection {
        limit: values,
        counting: match (is_conjunctive, is_disjunctive) {
            (true, true) => FacetCounting::Both,
            (false, true) => FacetCounting::Disjunctive,
            (_, false) => FacetCounting::Conjunctive,
        },
        technologies: is_selected("technologies"),
        employers: is_selected("employers"),
        years: is_selected("years"),
        roles: is_selected("roles"),
        certifications: is_selected("certifications"),
        locations: is_selected("locations"),
    }))
}
