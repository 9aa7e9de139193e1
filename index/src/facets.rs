//! Counts, over all hits, the candidates that share a value: of columns that hold each value of a
//! candidate once, so that counting reads numbers and looks up the few names in the end.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use crate::document::{Document, Grade};
use crate::error::IndexError;
use crate::fields::FacetFields;
use crate::hit::{FacetCount, Facets};
use crate::lexicon::Lexicon;
use crate::query::FacetRequest;

/// A stint that claims more years than anybody works is a misread date.
const STINT_MAX_YEARS: i32 = 100;

const MONTHS_A_YEAR: i32 = 12;

/// Values of a column that are longer are left out: no name is as long, and tantivy takes no value
/// above 64 KiB.
const VALUE_MAX_BYTES: usize = 2_000;

/// Between the parts of a value. Nothing that is read from a document holds it: it is cut out.
const SEPARATOR: char = '\u{1f}';

/// Before a part that is a reading.
const READING: char = '\u{1e}';

/// Names and readings that an employer is suggested by, at most: those of one résumé.
const MAX_NAMES: usize = 8;
const MAX_READINGS: usize = 4;

/// Strongest first.
const GRADES: [Grade; 6] = [
    Grade::Worked,
    Grade::Declared,
    Grade::Personal,
    Grade::Certified,
    Grade::Learning,
    Grade::Negated,
];

/// What candidates are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum FacetKind {
    Technology,
    Employer,
    Year,
    Role,
    Certification,
    Location,
}

impl FacetKind {
    pub(crate) const ALL: [Self; 6] = [
        Self::Technology,
        Self::Employer,
        Self::Year,
        Self::Role,
        Self::Certification,
        Self::Location,
    ];

    /// The column of its values; years have one of numbers.
    fn column(self) -> Option<&'static str> {
        match self {
            Self::Technology => Some(FacetFields::TECHNOLOGIES),
            Self::Employer => Some(FacetFields::EMPLOYERS),
            Self::Year => None,
            Self::Role => Some(FacetFields::ROLES),
            Self::Certification => Some(FacetFields::CERTIFICATIONS),
            Self::Location => Some(FacetFields::LOCATIONS),
        }
    }
}

impl FacetRequest {
    /// How many values of `kind` are asked for.
    pub(crate) fn limit(&self, kind: FacetKind) -> Option<u32> {
        match kind {
            FacetKind::Technology => self.technologies,
            FacetKind::Employer => self.employers,
            FacetKind::Year => self.years,
            FacetKind::Role => self.roles,
            FacetKind::Certification => self.certifications,
            FacetKind::Location => self.locations,
        }
    }

    /// The kinds that are asked for.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = FacetKind> + '_ {
        FacetKind::ALL
            .into_iter()
            .filter(|kind| self.limit(*kind).is_some())
    }
}

/// The values that a candidate is counted by, as the columns hold them.
#[derive(Debug, Default)]
pub(crate) struct FacetValues {
    pub(crate) technologies: BTreeSet<String>,
    pub(crate) employers: BTreeSet<String>,
    pub(crate) roles: BTreeSet<String>,
    pub(crate) certifications: BTreeSet<String>,
    pub(crate) locations: BTreeSet<String>,
    pub(crate) years: BTreeSet<i32>,
}

impl FacetValues {
    /// The values of `document`; `readings` are those of its employers, by key.
    pub(crate) fn of(document: &Document, readings: &HashMap<&str, &[String]>) -> Self {
        let values = Self {
            technologies: technologies(document),
            employers: employers(document, readings),
            roles: document.roles.iter().cloned().collect(),
            certifications: certifications(document),
            locations: document.prefectures.iter().cloned().collect(),
            years: years(document),
        };
        values.without_long_ones()
    }

    fn without_long_ones(mut self) -> Self {
        for values in [
            &mut self.technologies,
            &mut self.employers,
            &mut self.roles,
            &mut self.certifications,
            &mut self.locations,
        ] {
            values.retain(|value| value.len() <= VALUE_MAX_BYTES);
        }
        self
    }
}

/// A value: its key, the names that it is shown and found by, and how these are read.
fn value<'a>(key: &str, names: impl IntoIterator<Item = &'a str>, readings: &[String]) -> String {
    let plain = |text: &str| text.replace([SEPARATOR, READING], " ");
    let mut value = plain(key);
    for name in names {
        value.push(SEPARATOR);
        value.push_str(&plain(name));
    }
    for reading in readings {
        value.push(SEPARATOR);
        value.push(READING);
        value.push_str(&plain(reading));
    }
    value
}

/// The parts of a value: its key, then names and readings.
fn parts(value: &str) -> (&str, impl Iterator<Item = &str>) {
    let mut parts = value.split(SEPARATOR);
    (parts.next().unwrap_or_default(), parts)
}

/// The number of the strongest grade, the key, and the name where the lexicon has none. A part counts
/// as its wholes, too: whoever chooses a value finds as many as it says.
fn technologies(document: &Document) -> BTreeSet<String> {
    let mut strongest: HashMap<&str, Grade> = HashMap::new();
    for mention in &document.mentions {
        let own = mention.technology.as_str();
        let wholes = Lexicon::builtin().wholes_of(own);
        for key in wholes.map(|whole| whole.key.as_str()).chain([own]) {
            let grade = strongest.entry(key).or_insert(mention.grade);
            *grade = mention.grade.max(*grade);
        }
    }
    let value = |(key, grade): (&str, Grade)| {
        let names = document.unlisted.iter().filter(|(of, _)| of == key);
        let number = GRADES.iter().position(|of| *of == grade);
        let number = number.expect("GRADES lists every grade");
        let names = names.map(|(_, name)| name.as_str()).take(1);
        format!("{number}{}", value(key, names, &[]))
    };
    strongest.into_iter().map(value).collect()
}

/// The key and the name as written; of those that the lexicon does not list, the other names and the
/// readings, too.
fn employers(document: &Document, readings: &HashMap<&str, &[String]>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let entries = document
        .stints
        .iter()
        .filter_map(|stint| stint.employer.as_ref());
    entries
        .filter(|employer| seen.insert(employer.key.as_str()))
        .map(|employer| {
            let names = employer.names.iter().map(String::as_str);
            let first = employer.names.first();
            if first.is_some_and(|name| Lexicon::builtin().company(name).is_some()) {
                return value(&employer.key, names.take(1), &[]);
            }
            let readings = readings.get(employer.key.as_str()).copied();
            let readings = readings.unwrap_or_default();
            let readings = &readings[..readings.len().min(MAX_READINGS)];
            value(&employer.key, names.take(MAX_NAMES), readings)
        })
        .collect()
}

/// The key and the name: the canonical one where the lexicon knows it. One that another took the place of
/// counts as that, too, as in a condition.
fn certifications(document: &Document) -> BTreeSet<String> {
    let mut by_key: HashMap<String, &str> = HashMap::new();
    for own in document
        .certifications
        .iter()
        .filter_map(|entry| entry.names.last())
    {
        let all = Lexicon::builtin().certificates();
        let successors = all.filter(|certificate| certificate.former.contains(own));
        for name in successors.map(|certificate| &certificate.name).chain([own]) {
            by_key
                .entry(crate::analysis::normalized_key(name))
                .or_insert(name);
        }
    }
    by_key
        .into_iter()
        .map(|(key, name)| value(&key, [name], &[]))
        .collect()
}

/// The calendar years that stints touch.
fn years(document: &Document) -> BTreeSet<i32> {
    let mut years = BTreeSet::new();
    let periods = document.stints.iter().filter_map(|stint| stint.months);
    for months in periods.filter(|months| !months.is_empty()) {
        let first = months.first.div_euclid(MONTHS_A_YEAR);
        let last = months.last.div_euclid(MONTHS_A_YEAR);
        years.extend(first..=last.min(first.saturating_add(STINT_MAX_YEARS)));
    }
    years
}

/// Candidates by value, as a column holds it.
pub(crate) type Tally = HashMap<String, u64>;

/// Counts while hits go by, one segment after another.
#[derive(Debug, Default)]
pub(crate) struct FacetCounter {
    kinds: Vec<FacetKind>,
    tallies: HashMap<FacetKind, Tally>,
    years: HashMap<i64, u64>,
}

/// Counts within one segment.
pub(crate) struct SegmentFacets {
    columns: Vec<(FacetKind, StrColumn, Vec<u32>)>,
    /// Room for the values of one candidate.
    ordinals: Vec<u64>,
    years: Option<(Column<i64>, HashMap<i64, u64>)>,
}

impl FacetCounter {
    pub(crate) fn new(kinds: impl IntoIterator<Item = FacetKind>) -> Self {
        Self {
            kinds: kinds.into_iter().collect(),
            ..Self::default()
        }
    }

    pub(crate) fn open(&self, segment: &SegmentReader) -> Result<SegmentFacets, IndexError> {
        let fast_fields = segment.fast_fields();
        let mut columns = Vec::new();
        for &kind in &self.kinds {
            if let Some(name) = kind.column()
                && let Some(column) = fast_fields.str(name)?
            {
                let counts = vec![0; column.num_terms()];
                columns.push((kind, column, counts));
            }
        }
        let years = if self.kinds.contains(&FacetKind::Year) {
            Some((fast_fields.i64(FacetFields::YEARS)?, HashMap::new()))
        } else {
            None
        };
        Ok(SegmentFacets {
            columns,
            ordinals: Vec::new(),
            years,
        })
    }

    /// Adds what was counted within a segment.
    pub(crate) fn close(&mut self, segment: SegmentFacets) -> Result<(), IndexError> {
        for (kind, column, counts) in segment.columns {
            let ordinals: Vec<u64> = (0..)
                .zip(&counts)
                .filter(|(_, count)| **count > 0)
                .map(|(ordinal, _)| ordinal)
                .collect();
            let mut counts = counts.into_iter().filter(|count| *count > 0);
            let tally = self.tallies.entry(kind).or_default();
            column
                .dictionary()
                .sorted_ords_to_term_cb(&ordinals, |term| {
                    let count = u64::from(counts.next().unwrap_or_default());
                    let value = String::from_utf8_lossy(term);
                    match tally.get_mut(&*value) {
                        Some(sum) => *sum += count,
                        None => {
                            tally.insert(value.into_owned(), count);
                        }
                    }
                })?;
        }
        for (year, count) in segment.years.into_iter().flat_map(|(_, counts)| counts) {
            *self.years.entry(year).or_default() += count;
        }
        Ok(())
    }

    /// Returns what was counted, the values as the columns hold them.
    pub(crate) fn into_tallies(self) -> HashMap<FacetKind, Tally> {
        self.tallies
    }

    /// Adds the most frequent values to `facets`.
    pub(crate) fn finish(mut self, request: &FacetRequest, facets: &mut Facets) {
        let kinds = std::mem::take(&mut self.kinds);
        for kind in kinds {
            let limit = request.limit(kind).unwrap_or_default();
            let tally = self.tallies.remove(&kind).unwrap_or_default();
            match kind {
                FacetKind::Technology => finish_technologies(tally, limit, facets),
                FacetKind::Employer => facets.employers = top(named(tally), limit),
                FacetKind::Role => facets.roles = top(named(tally), limit),
                FacetKind::Certification => facets.certifications = top(named(tally), limit),
                FacetKind::Location => facets.locations = top(named(tally), limit),
                FacetKind::Year => {
                    let years = self.years.drain();
                    let years =
                        years.filter_map(|(year, count)| Some((year.try_into().ok()?, count)));
                    facets.years = most(years.collect(), limit, |year| *year);
                }
            }
        }
    }
}

impl SegmentFacets {
    /// Adds what was counted beside it of the same segment.
    pub(crate) fn merge(&mut self, other: &Self) {
        for ((.., counts), (.., others)) in self.columns.iter_mut().zip(&other.columns) {
            for (count, other) in counts.iter_mut().zip(others) {
                *count += other;
            }
        }
        if let (Some((_, years)), Some((_, others))) = (&mut self.years, &other.years) {
            for (year, count) in others {
                *years.entry(*year).or_default() += count;
            }
        }
    }

    pub(crate) fn count(&mut self, doc: DocId) {
        for (_, column, counts) in &mut self.columns {
            let ords = column.ords();
            let rows = ords.index.value_row_ids(doc);
            self.ordinals.resize(rows.len(), 0);
            // All at once: a call for each costs as much as the rest.
            ords.values
                .get_range(u64::from(rows.start), &mut self.ordinals);
            for &ordinal in &self.ordinals {
                if let Some(count) = counts.get_mut(ordinal as usize) {
                    *count += 1;
                }
            }
        }
        if let Some((column, counts)) = &mut self.years {
            for year in column.values_for_doc(doc) {
                *counts.entry(year).or_default() += 1;
            }
        }
    }
}

/// A key with the candidates that have it and the names that they give it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) count: u64,
    /// Names by how many candidates give them as the first.
    firsts: BTreeMap<String, u64>,
    others: BTreeSet<String>,
    readings: BTreeSet<String>,
}

impl Named {
    fn add<'a>(&mut self, parts: impl Iterator<Item = &'a str>, count: u64) {
        self.count += count;
        let mut is_first = true;
        for part in parts {
            if let Some(reading) = part.strip_prefix(READING) {
                self.readings.insert(reading.to_owned());
            } else if is_first {
                *self.firsts.entry(part.to_owned()).or_default() += count;
            } else {
                self.others.insert(part.to_owned());
            }
            is_first = false;
        }
    }

    fn join(&mut self, other: &Self) {
        self.count += other.count;
        for (name, count) in &other.firsts {
            *self.firsts.entry(name.clone()).or_default() += count;
        }
        self.others.extend(other.others.iter().cloned());
        self.readings.extend(other.readings.iter().cloned());
    }

    /// The name that most candidates give, of equal ones the first in order.
    pub(crate) fn name(&self) -> Option<&str> {
        let best = self
            .firsts
            .iter()
            .max_by(|(a, more), (b, less)| more.cmp(less).then(b.cmp(a)));
        best.map(|(name, _)| name.as_str())
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.firsts.keys().chain(&self.others).map(String::as_str)
    }

    pub(crate) fn readings(&self) -> impl Iterator<Item = &str> {
        self.readings.iter().map(String::as_str)
    }
}

/// The values by key.
pub(crate) fn named(tally: Tally) -> HashMap<String, Named> {
    let mut by_key: HashMap<String, Named> = HashMap::with_capacity(tally.len());
    for (value, count) in tally {
        let (key, names) = parts(&value);
        by_key.entry(key.to_owned()).or_default().add(names, count);
    }
    by_key
}

/// Technologies by key, each by the strongest grade, as [`GRADES`] are ordered.
pub(crate) fn graded(tally: Tally) -> HashMap<String, [Named; GRADES.len()]> {
    let mut by_key: HashMap<String, [Named; GRADES.len()]> = HashMap::new();
    for (value, count) in tally {
        let Some((number, value)) = value.split_at_checked(1) else {
            continue;
        };
        let Some(row) = number
            .parse::<usize>()
            .ok()
            .filter(|row| *row < GRADES.len())
        else {
            continue;
        };
        let (key, names) = parts(value);
        by_key.entry(key.to_owned()).or_default()[row].add(names, count);
    }
    by_key
}

/// The candidates that have a technology of grade Declared or stronger.
pub(crate) fn declared(grades: &[Named; GRADES.len()]) -> Named {
    let mut sum = Named::default();
    let strong = GRADES.iter().zip(grades);
    for (_, of_grade) in strong.filter(|(grade, _)| **grade >= Grade::Declared) {
        sum.join(of_grade);
    }
    sum
}

fn finish_technologies(tally: Tally, limit: u32, facets: &mut Facets) {
    let by_key = graded(tally);
    let counts = by_key
        .iter()
        .map(|(key, grades)| (key.clone(), declared(grades)))
        .filter(|(_, sum)| sum.count > 0);
    facets.technologies = top(counts, limit);
    facets.grades.clear();
    for FacetCount { key, .. } in &facets.technologies {
        let rows = GRADES.into_iter().zip(&by_key[key]);
        let present = rows.filter(|(_, of_grade)| of_grade.count > 0);
        facets
            .grades
            .extend(present.map(|(grade, of_grade)| (key.clone(), grade, of_grade.count)));
    }
}

/// The most frequent first, ties by key.
fn top(counts: impl IntoIterator<Item = (String, Named)>, limit: u32) -> Vec<FacetCount> {
    let counts = counts.into_iter().map(|(key, named)| FacetCount {
        name: named.name().unwrap_or(&key).to_owned(),
        count: named.count,
        key,
    });
    let mut counts: Vec<FacetCount> = counts.collect();
    counts.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
    counts.truncate(limit as usize);
    counts
}

fn most<T, K: Ord>(mut counts: Vec<(T, u64)>, limit: u32, key: impl Fn(&T) -> K) -> Vec<(T, u64)> {
    counts
        .sort_unstable_by(|(a, more), (b, less)| less.cmp(more).then_with(|| key(a).cmp(&key(b))));
    counts.truncate(limit as usize);
    counts
}
