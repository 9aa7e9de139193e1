//! Counts over a result: what is asked for, and the counted values by name.

use std::collections::HashMap;

use shokureki_index::FacetRequest;
use shokureki_index::lexicon::Lexicon;

use super::results::grade;
use crate::access::{ReadError, Views};
use crate::domain::{Access, Grade, TechnologyName};
use crate::store::EmployerRow;

pub use shokureki_index::FacetCounting;

/// Which facets to count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FacetSelection {
    /// How many values of each at most, the most frequent first.
    pub limit: u32,
    /// Over whom.
    pub counting: FacetCounting,
    /// By technology.
    pub technologies: bool,
    /// By employer.
    pub employers: bool,
    /// By calendar year.
    pub years: bool,
    /// By role.
    pub roles: bool,
    /// By certificate.
    pub certifications: bool,
    /// By prefecture.
    pub locations: bool,
}

impl FacetSelection {
    pub(super) fn request(self) -> FacetRequest {
        let limit = |is_selected: bool| is_selected.then_some(self.limit);
        FacetRequest {
            technologies: limit(self.technologies),
            employers: limit(self.employers),
            years: limit(self.years),
            roles: limit(self.roles),
            certifications: limit(self.certifications),
            locations: limit(self.locations),
            counting: self.counting,
        }
    }
}

/// Counts of candidates, most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By technology, with its parts.
    pub technologies: Vec<TechnologyFacet>,
    /// By employer.
    pub employers: Vec<EmployerFacet>,
    /// By calendar year that a stint touches.
    pub years: Vec<YearFacet>,
    /// By role, all spellings as one.
    pub roles: Vec<NameFacet>,
    /// By certificate, all spellings as one.
    pub certifications: Vec<NameFacet>,
    /// By prefecture.
    pub locations: Vec<NameFacet>,
}

/// Candidates that have a technology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TechnologyFacet {
    /// The technology.
    pub technology: TechnologyName,
    /// How many candidates.
    pub count: u64,
    /// The same candidates by strongest grade.
    pub grades: Vec<GradeFacet>,
}

/// Candidates whose strongest grade this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradeFacet {
    /// The grade.
    pub grade: Grade,
    /// How many candidates.
    pub count: u64,
}

/// Candidates that worked for an employer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmployerFacet {
    /// The employer.
    pub employer: EmployerRow,
    /// How many candidates.
    pub count: u64,
}

/// Candidates with a stint in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearFacet {
    /// The calendar year.
    pub year: i32,
    /// How many candidates.
    pub count: u64,
}

/// Candidates that share what has no more than a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameFacet {
    /// The name.
    pub name: String,
    /// How many candidates.
    pub count: u64,
}

/// Returns what the index counted, each list with the rows that its keys stand for; employers are
/// loaded for all lists at once.
pub(super) async fn load<const LISTS: usize>(
    views: &Views,
    lexicon: &Lexicon,
    access: &Access,
    counted: [shokureki_index::Facets; LISTS],
) -> Result<[Facets; LISTS], ReadError> {
    let employers = counted.iter().flat_map(|facets| &facets.employers);
    let mut keys: Vec<String> = employers.map(|facet| facet.key.clone()).collect();
    keys.sort_unstable();
    keys.dedup();
    let employers = if keys.is_empty() {
        HashMap::new()
    } else {
        views.employers_by_key(access, &keys).await?
    };
    Ok(counted.map(|counted| named(counted, lexicon, &employers)))
}

fn named(
    counted: shokureki_index::Facets,
    lexicon: &Lexicon,
    employers: &HashMap<String, EmployerRow>,
) -> Facets {
    let grades = |key: &str| {
        let of_key = counted.grades.iter().filter(|(of, _, _)| of == key);
        of_key
            .map(|(_, of, count)| GradeFacet {
                grade: grade(*of),
                count: *count,
            })
            .collect()
    };
    let employer = |facet: &shokureki_index::FacetCount| {
        Some(EmployerFacet {
            employer: employers.get(&facet.key)?.clone(),
            count: facet.count,
        })
    };
    let technologies = counted.technologies.iter().map(|facet| TechnologyFacet {
        grades: grades(&facet.key),
        technology: technology_name(lexicon, &facet.key, &facet.name),
        count: facet.count,
    });
    let years = counted.years.iter();
    Facets {
        technologies: technologies.collect(),
        employers: counted.employers.iter().filter_map(employer).collect(),
        years: years
            .map(|&(year, count)| YearFacet { year, count })
            .collect(),
        roles: names(counted.roles),
        certifications: names(counted.certifications),
        locations: names(counted.locations),
    }
}

/// Returns a technology that the index knows by `key`, and by `name` where the lexicon has none.
pub(super) fn technology_name(lexicon: &Lexicon, key: &str, name: &str) -> TechnologyName {
    let listed = lexicon.technology(key);
    TechnologyName {
        is_listed: listed.is_some(),
        name: listed.map_or(name, |entry| &entry.name).to_owned(),
        key: key.to_owned(),
    }
}

fn names(counted: Vec<shokureki_index::FacetCount>) -> Vec<NameFacet> {
    let facets = counted.into_iter();
    facets
        .map(|facet| NameFacet {
            name: facet.name,
            count: facet.count,
        })
        .collect()
}
