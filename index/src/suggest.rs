//! Suggestions: names that go on from what was typed, of what the index holds, most candidates first.
//!
//! What is asked is answered from memory: names and counts are made from the columns of the last
//! commit, never changed, and replaced as a whole after the next. What is counted of a segment is kept
//! as long as the segment is not changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use tantivy::index::SegmentId;
use tantivy::{IndexReader, Searcher, SegmentReader};

use crate::analysis::Analyzer;
use crate::error::IndexError;
use crate::facets::{FacetCounter, FacetKind, Named, Tally, declared, graded, named};
use crate::lexicon::{Lexicon, is_anonymous_employer, strip_legal_form};
use crate::names::{Best, NameTable, Typed};

/// What a suggestion is a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SuggestionKind {
    /// A technology.
    Technology,
    /// An employer.
    Employer,
    /// A role.
    Role,
    /// A certificate.
    Certification,
}

/// A name to suggest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is a name of.
    pub kind: SuggestionKind,
    /// The key, as in facets.
    pub key: String,
    /// The name to show.
    pub name: String,
    /// How many candidates have it; technologies of grade Declared or stronger.
    pub count: u64,
}

/// Suggestions, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// Names, most candidates first; before these one that is what was typed as a whole, after them
    /// those of which only a later word goes on so.
    pub list: Vec<Suggestion>,
    /// Whether nothing goes on from what was typed, and these are what may have been meant.
    pub is_correction: bool,
}

/// Names with the things that they are of.
#[derive(Debug, Default)]
struct Names {
    table: NameTable,
    things: Vec<Thing>,
}

#[derive(Debug)]
struct Thing {
    kind: SuggestionKind,
    key: String,
    name: String,
}

/// A thing on its way into [`Names`].
struct Draft {
    thing: Thing,
    names: Vec<String>,
    readings: Vec<String>,
}

impl Names {
    fn new(drafts: Vec<Draft>) -> Self {
        let table = NameTable::new(drafts.iter().map(|draft| {
            let names = draft.names.iter().map(String::as_str);
            (names, draft.readings.iter().map(String::as_str))
        }));
        Self {
            table,
            things: drafts.into_iter().map(|draft| draft.thing).collect(),
        }
    }
}

/// What the lexicon lists, held by the index or not.
fn listed_names(analyzer: &Analyzer) -> &'static Names {
    static LISTED: OnceLock<Names> = OnceLock::new();
    LISTED.get_or_init(|| {
        let lexicon = Lexicon::builtin();
        let draft = |kind, key: &str, name: &str, aliases: &[String]| {
            let names: Vec<String> = std::iter::once(name.to_owned())
                .chain(aliases.iter().cloned())
                .collect();
            Draft {
                readings: names
                    .iter()
                    .filter_map(|name| reading(name, analyzer))
                    .collect(),
                names,
                thing: Thing {
                    kind,
                    key: key.to_owned(),
                    name: name.to_owned(),
                },
            }
        };
        let technologies = lexicon.technologies().map(|entry| {
            draft(
                SuggestionKind::Technology,
                &entry.key,
                &entry.name,
                &entry.aliases,
            )
        });
        let roles = lexicon.roles().map(|entry| {
            draft(
                SuggestionKind::Role,
                &entry.name,
                &entry.name,
                &entry.aliases,
            )
        });
        let certificates = lexicon.certificates().map(|entry| {
            let key = crate::analysis::normalized_key(&entry.name);
            draft(
                SuggestionKind::Certification,
                &key,
                &entry.name,
                &entry.aliases,
            )
        });
        Names::new(technologies.chain(roles).chain(certificates).collect())
    })
}

/// The reading of a name with kanji.
fn reading(name: &str, analyzer: &Analyzer) -> Option<String> {
    let is_kanji = |letter: char| ('\u{3400}'..='\u{9fff}').contains(&letter) || letter == '々';
    if !name.chars().any(is_kanji) {
        return None;
    }
    analyzer.reading(name)
}

/// What one state of the index holds.
#[derive(Debug)]
struct Held {
    listed: &'static Names,
    /// Candidates by position in `listed`.
    listed_counts: Vec<u64>,
    /// What the lexicon does not list.
    own: Names,
    own_counts: Vec<u64>,
}

/// What was counted of a segment, and the deletes that were in it then.
type SegmentTallies = (u32, Arc<HashMap<FacetKind, Tally>>);

type Segments = HashMap<SegmentId, SegmentTallies>;

/// Suggests names of one generation of an index.
#[derive(Debug, Default)]
pub(crate) struct Suggester {
    /// `None` until something was asked.
    held: RwLock<Option<Arc<Held>>>,
    /// Locked while `held` is renewed.
    segments: Mutex<Segments>,
}

impl Suggester {
    /// Returns at most `limit` names of `kinds` that go on from `prefix`.
    pub(crate) fn suggest(
        &self,
        prefix: &str,
        kinds: &[SuggestionKind],
        limit: usize,
        reader: &IndexReader,
        analyzer: &Analyzer,
    ) -> Result<Suggestions, IndexError> {
        let held = match self.held() {
            Some(held) => held,
            None => self.begin(reader, analyzer)?,
        };
        let Some(typed) = Typed::parse(prefix) else {
            return Ok(Suggestions::default());
        };
        Ok(held.suggest(&typed, kinds, limit))
    }

    /// Takes notice of a commit that `reader` shows. Before anything was asked there is nothing to
    /// renew; what cannot be renewed is read again when it is asked for.
    pub(crate) fn follow(&self, reader: &IndexReader, analyzer: &Analyzer) {
        let mut segments = self.segments();
        if self.held().is_some() {
            let renewed = Held::read(&mut segments, &reader.searcher(), analyzer);
            self.replace(renewed.ok().map(Arc::new));
        }
    }

    fn begin(&self, reader: &IndexReader, analyzer: &Analyzer) -> Result<Arc<Held>, IndexError> {
        let mut segments = self.segments();
        if let Some(held) = self.held() {
            return Ok(held);
        }
        let held = Arc::new(Held::read(&mut segments, &reader.searcher(), analyzer)?);
        self.replace(Some(Arc::clone(&held)));
        Ok(held)
    }

    fn segments(&self) -> MutexGuard<'_, Segments> {
        self.segments.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> Option<Arc<Held>> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.clone()
    }

    fn replace(&self, held: Option<Arc<Held>>) {
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = held;
    }
}

fn tallies_of(segment: &SegmentReader) -> Result<HashMap<FacetKind, Tally>, IndexError> {
    let mut counter = FacetCounter::new([
        FacetKind::Technology,
        FacetKind::Employer,
        FacetKind::Role,
        FacetKind::Certification,
    ]);
    let mut counts = counter.open(segment)?;
    segment.doc_ids_alive().for_each(|doc| counts.count(doc));
    counter.close(counts)?;
    Ok(counter.into_tallies())
}

impl Held {
    /// Reads what the index holds; segments that are known are not counted again.
    fn read(
        segments: &mut Segments,
        searcher: &Searcher,
        analyzer: &Analyzer,
    ) -> Result<Self, IndexError> {
        let mut counted = Segments::new();
        for segment in searcher.segment_readers() {
            let deletes = segment.num_deleted_docs();
            let known = segments.get(&segment.segment_id());
            let tallies = match known.filter(|(of_deletes, _)| *of_deletes == deletes) {
                Some((_, tallies)) => Arc::clone(tallies),
                None => Arc::new(tallies_of(segment)?),
            };
            counted.insert(segment.segment_id(), (deletes, tallies));
        }
        let held = Self::of(counted.values(), analyzer);
        *segments = counted;
        Ok(held)
    }

    fn of<'a>(segments: impl Iterator<Item = &'a SegmentTallies>, analyzer: &Analyzer) -> Self {
        let mut tallies: HashMap<FacetKind, Tally> = HashMap::new();
        for (_, of_segment) in segments {
            for (&kind, tally) in &**of_segment {
                let sum = tallies.entry(kind).or_default();
                for (value, count) in tally {
                    match sum.get_mut(value) {
                        Some(so_far) => *so_far += count,
                        None => {
                            sum.insert(value.clone(), *count);
                        }
                    }
                }
            }
        }
        let mut tally = |kind| tallies.remove(&kind).unwrap_or_default();
        let mut counted: HashMap<SuggestionKind, HashMap<String, Named>> = HashMap::new();
        let technologies = graded(tally(FacetKind::Technology)).into_iter();
        counted.insert(
            SuggestionKind::Technology,
            technologies
                .map(|(key, grades)| (key, declared(&grades)))
                .collect(),
        );
        for (kind, facet) in [
            (SuggestionKind::Employer, FacetKind::Employer),
            (SuggestionKind::Role, FacetKind::Role),
            (SuggestionKind::Certification, FacetKind::Certification),
        ] {
            counted.insert(kind, named(tally(facet)));
        }
        let listed = listed_names(analyzer);
        let listed_counts = listed.things.iter().map(|thing| {
            let counts = counted.get_mut(&thing.kind);
            let found = counts.and_then(|counts| counts.remove(&thing.key));
            found.map_or(0, |found| found.count)
        });
        let listed_counts = listed_counts.collect();
        let mut own: Vec<(Draft, u64)> = counted
            .into_iter()
            .flat_map(|(kind, counts)| counts.into_iter().map(move |(key, of)| (kind, key, of)))
            .filter(|(_, _, of)| of.count > 0)
            .filter_map(|(kind, key, of)| own_draft(kind, key, &of, analyzer))
            .collect();
        own.sort_unstable_by(|(a, _), (b, _)| a.thing.key.cmp(&b.thing.key));
        let (own, own_counts): (Vec<Draft>, Vec<u64>) = own.into_iter().unzip();
        Self {
            listed,
            listed_counts,
            own: Names::new(own),
            own_counts,
        }
    }

    fn suggest(&self, typed: &Typed, kinds: &[SuggestionKind], limit: usize) -> Suggestions {
        let mut best = Best::new(limit);
        for part in self.parts() {
            part.names.table.go_on(typed, &mut |thing, fit| {
                if let Some(count) = part.count(thing, kinds) {
                    best.offer(part.offset + thing as usize, fit, count);
                }
            });
        }
        if !best.is_empty() {
            return self.suggestions(best, false);
        }
        let mut best = Best::new(limit);
        for part in self.parts() {
            part.names
                .table
                .nearly_go_on(typed, &mut |thing, distance| {
                    if let Some(count) = part.count(thing, kinds) {
                        best.offer(part.offset + thing as usize, distance, count);
                    }
                });
        }
        self.suggestions(best, true)
    }

    /// What the lexicon lists, then the rest; things are numbered through both.
    fn parts(&self) -> [Part<'_>; 2] {
        [
            Part {
                offset: 0,
                names: self.listed,
                counts: &self.listed_counts,
            },
            Part {
                offset: self.listed.things.len(),
                names: &self.own,
                counts: &self.own_counts,
            },
        ]
    }

    fn suggestions<R: Copy + Ord>(&self, best: Best<R>, is_correction: bool) -> Suggestions {
        let is_correction = is_correction && !best.is_empty();
        let suggestion = |number: usize| {
            let parts = self.parts();
            let part = parts.iter().rfind(|part| part.offset <= number)?;
            let thing = part.names.things.get(number - part.offset)?;
            Some(Suggestion {
                kind: thing.kind,
                key: thing.key.clone(),
                name: thing.name.clone(),
                count: *part.counts.get(number - part.offset)?,
            })
        };
        Suggestions {
            list: best.into_things().filter_map(suggestion).collect(),
            is_correction,
        }
    }
}

/// Names with their counts.
struct Part<'a> {
    /// The number of the first thing.
    offset: usize,
    names: &'a Names,
    counts: &'a [u64],
}

impl Part<'_> {
    /// How many candidates have the thing; `None` when nobody has, or when it is of no kind of `kinds`.
    fn count(&self, thing: u32, kinds: &[SuggestionKind]) -> Option<u64> {
        let thing = thing as usize;
        let count = self.counts.get(thing).copied().filter(|count| *count > 0)?;
        kinds
            .contains(&self.names.things.get(thing)?.kind)
            .then_some(count)
    }
}

/// What the index holds under a key that the lexicon does not list; `None` for employers whose name
/// is withheld, which are nobody's to look for.
fn own_draft(
    kind: SuggestionKind,
    key: String,
    held: &Named,
    analyzer: &Analyzer,
) -> Option<(Draft, u64)> {
    let name = held.name().unwrap_or(&key).to_owned();
    let mut names: Vec<String> = held.names().map(str::to_owned).collect();
    let mut readings: Vec<String> = held.readings().map(str::to_owned).collect();
    if kind == SuggestionKind::Employer {
        if is_anonymous_employer(&name) {
            return None;
        }
        if let Some(company) = Lexicon::builtin().company(&name) {
            let known = [&company.name].into_iter().chain(&company.aliases);
            names.extend(known.chain(&company.former).cloned());
            readings.extend(reading(&company.name, analyzer));
        }
        let bare: Vec<String> = names
            .iter()
            .map(|name| strip_legal_form(name).to_owned())
            .collect();
        names.extend(bare);
    }
    if names.is_empty() {
        names.push(name.clone());
    }
    let count = held.count;
    let thing = Thing { kind, key, name };
    let draft = Draft {
        thing,
        names,
        readings,
    };
    Some((draft, count))
}
