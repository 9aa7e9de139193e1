//! Counts values over all hits.

use std::collections::{BTreeSet, HashMap};

use crate::document::Grade;
use crate::hit::{FacetCount, Facets};
use crate::query::FacetRequest;
use crate::timeline::Timeline;

/// A stint that claims more years than anybody works is a misread date.
const STINT_MAX_YEARS: i32 = 100;

const MONTHS_A_YEAR: i32 = 12;

/// Strongest first.
const GRADES: [Grade; 6] = [
    Grade::Worked,
    Grade::Declared,
    Grade::Personal,
    Grade::Certified,
    Grade::Learning,
    Grade::Negated,
];

/// Counts while hits go by.
#[derive(Debug)]
pub(crate) struct FacetCounter {
    request: FacetRequest,
    /// By technology: the candidates by strongest grade, as [`GRADES`] are ordered.
    technologies: HashMap<String, [u64; GRADES.len()]>,
    employers: HashMap<String, u64>,
    years: HashMap<i32, u64>,
}

impl FacetCounter {
    pub(crate) fn new(request: FacetRequest) -> Self {
        Self {
            request,
            technologies: HashMap::new(),
            employers: HashMap::new(),
            years: HashMap::new(),
        }
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.request == FacetRequest::default()
    }

    pub(crate) fn count(&mut self, timeline: &Timeline<'_>) {
        if self.request.technologies.is_some() {
            for technology in &timeline.technologies {
                let Some(strongest) = technology.strongest else {
                    continue;
                };
                let row = GRADES.iter().position(|grade| *grade == strongest);
                let counts = entry(&mut self.technologies, technology.key);
                counts[row.expect("GRADES lists every grade")] += 1;
            }
        }
        if self.request.employers.is_some() {
            for employer in &timeline.employers {
                *entry(&mut self.employers, employer.key) += 1;
            }
        }
        if self.request.years.is_some() {
            for year in years(timeline) {
                *self.years.entry(year).or_default() += 1;
            }
        }
    }

    pub(crate) fn finish(self) -> Facets {
        let mut facets = Facets::default();
        if let Some(limit) = self.request.technologies {
            let counts = self
                .technologies
                .iter()
                .map(|(key, counts)| (key.clone(), declared(counts)));
            facets.technologies = top(counts.filter(|(_, count)| *count > 0), limit)
                .into_iter()
                .map(|(key, count)| FacetCount { key, count })
                .collect();
            for FacetCount { key, .. } in &facets.technologies {
                let counts = GRADES.into_iter().zip(self.technologies[key]);
                let present = counts.filter(|(_, count)| *count > 0);
                let rows = present.map(|(grade, count)| (key.clone(), grade, count));
                facets.grades.extend(rows);
            }
        }
        if let Some(limit) = self.request.employers {
            facets.employers = top(self.employers.into_iter(), limit)
                .into_iter()
                .map(|(key, count)| FacetCount { key, count })
                .collect();
        }
        if let Some(limit) = self.request.years {
            facets.years = top(self.years.into_iter(), limit);
        }
        facets
    }
}

fn entry<'a, T: Default>(counts: &'a mut HashMap<String, T>, key: &str) -> &'a mut T {
    if !counts.contains_key(key) {
        counts.insert(key.to_owned(), T::default());
    }
    counts.get_mut(key).expect("it was inserted where missing")
}

fn declared(counts: &[u64; GRADES.len()]) -> u64 {
    let graded = GRADES.into_iter().zip(counts);
    graded
        .filter(|(grade, _)| *grade >= Grade::Declared)
        .map(|(_, count)| count)
        .sum()
}

fn years(timeline: &Timeline<'_>) -> BTreeSet<i32> {
    let mut years = BTreeSet::new();
    for months in timeline.stints.iter().filter_map(|stint| stint.months) {
        let first = months.first.div_euclid(MONTHS_A_YEAR);
        let last = months.last.div_euclid(MONTHS_A_YEAR);
        years.extend(first..=last.min(first.saturating_add(STINT_MAX_YEARS)));
    }
    years
}

/// The most frequent first, ties by value.
fn top<T: Ord>(counts: impl Iterator<Item = (T, u64)>, limit: u32) -> Vec<(T, u64)> {
    let mut counts: Vec<(T, u64)> = counts.collect();
    counts.sort_unstable_by(|(a, more), (b, less)| less.cmp(more).then_with(|| a.cmp(b)));
    counts.truncate(limit as usize);
    counts
}
