//! One organization's index on disk: generations, changes in, answers out.
//!
//! `<directory>/<generation>/` holds tantivy's files, `<directory>/CURRENT` names the generation that
//! answers and is replaced in one step, `<directory>/LOCK` is held by the process that writes. A
//! process that dies at any instant leaves the last commit of the current generation; directories
//! that CURRENT does not name are unfinished or retired, and deleted at the next start.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::analysis::Analyzer;
use crate::generation::{Generation, path_of};
use crate::insight::StatisticsCache;
use crate::nearest::nearest_word;
use crate::reader::Search;
use crate::varint::Damaged;
use crate::{
    Answer, Cancel, Document, Explanation, IndexError, Query, RelatedTechnology, StintAnswer,
    StintQuery, SuggestionKind, Suggestions, TechnologyUse,
};

const CURRENT_FILE: &str = "CURRENT";
const NEXT_CURRENT_FILE: &str = "CURRENT.next";
const LOCK_FILE: &str = "LOCK";

/// An index of one organization. Cheap to clone; safe to share between threads. Its calls block.
#[derive(Clone)]
pub struct SkillIndex {
    inner: Arc<Inner>,
}

struct Inner {
    directory: PathBuf,
    analyzer: Analyzer,
    current: RwLock<Arc<Generation>>,
    is_rebuilding: AtomicBool,
    statistics: StatisticsCache,
    /// Locked as long as it is open; `None` when it was opened to read only.
    _lock: Option<File>,
}

/// A change to apply.
#[derive(Clone, Debug)]
pub enum Change {
    /// The candidate is now this.
    Upsert(Box<Document>),
    /// The candidate is gone.
    Delete(String),
}

/// What an index holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexState {
    /// Candidates that searches see.
    pub documents: u64,
    /// The last change applied, as the store numbers them; 0 before any.
    pub applied_sequence: u64,
    /// Counts the rebuilds of this directory, from 1.
    pub generation: u64,
    /// Bytes on disk.
    pub size_bytes: u64,
    /// Whether it was written by the analyzer and dictionary in use; if not, a rebuild is due.
    pub is_current: bool,
}

/// A next generation being written beside the one that answers. Dropped unfinished, it leaves
/// nothing behind.
pub struct Rebuild {
    index: Arc<Inner>,
    next: Option<Generation>,
}

/// Only one rebuild goes on at a time.
#[derive(Debug, thiserror::Error)]
#[error("the index is being rebuilt already")]
struct AlreadyRebuilding;

impl SkillIndex {
    /// Opens the newest complete generation under `directory`, or begins an empty first one.
    ///
    /// # Errors
    /// [`IndexError::InUse`] when another process writes there, [`IndexError::Storage`] when the files
    /// are damaged, [`IndexError::Dictionary`] when the dictionary cannot be used.
    pub fn open(directory: &Path) -> Result<Self, IndexError> {
        Self::open_with(directory, Analyzer::builtin()?)
    }

    /// Opens as [`open`](Self::open) does, with another analyzer than the one built in.
    ///
    /// # Errors
    /// [`IndexError::InUse`], [`IndexError::Storage`] as there.
    pub fn open_with(directory: &Path, analyzer: Analyzer) -> Result<Self, IndexError> {
        fs::create_dir_all(directory)?;
        let lock = File::create(directory.join(LOCK_FILE))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(IndexError::InUse),
            Err(fs::TryLockError::Error(error)) => return Err(error.into()),
        }
        let current = open_current(directory, &analyzer)?;
        delete_others(directory, current.number)?;
        Ok(Self::with(directory, analyzer, current, Some(lock)))
    }

    /// Opens the generation that answers, as it was last committed, while another process may write.
    ///
    /// It takes no changes and does not see later ones.
    ///
    /// # Errors
    /// [`IndexError::Storage`] when there is none or the files are damaged,
    /// [`IndexError::Dictionary`] as [`open`](Self::open).
    pub fn open_to_read(directory: &Path) -> Result<Self, IndexError> {
        let analyzer = Analyzer::builtin()?;
        let number = read_current(directory)?.ok_or(Damaged)?;
        let current = Generation::open_to_read(directory, number)?.ok_or(Damaged)?;
        Ok(Self::with(directory, analyzer, current, None))
    }

    fn with(directory: &Path, analyzer: Analyzer, current: Generation, lock: Option<File>) -> Self {
        Self {
            inner: Arc::new(Inner {
                directory: directory.to_owned(),
                analyzer,
                current: RwLock::new(Arc::new(current)),
                is_rebuilding: AtomicBool::new(false),
                statistics: StatisticsCache::default(),
                _lock: lock,
            }),
        }
    }

    /// Applies `changes` in order and makes them visible at once, `sequence` the number of the last.
    ///
    /// # Errors
    /// [`IndexError::Storage`]; then none of them is visible.
    pub fn apply(&self, changes: Vec<Change>, sequence: u64) -> Result<(), IndexError> {
        self.inner.current().apply(changes, sequence)
    }

    /// Answers `query`, giving up after `budget`.
    ///
    /// # Errors
    /// [`IndexError::CursorExpired`], [`IndexError::TimedOut`], [`IndexError::Storage`].
    pub fn search(&self, query: &Query, budget: Duration) -> Result<Answer, IndexError> {
        self.search_until(query, budget, &Cancel::default())
    }

    /// Answers `query`, giving up after `budget` or once `cancel` says so.
    ///
    /// # Errors
    /// [`IndexError::Cancelled`], and those of [`search`](Self::search).
    pub fn search_until(
        &self,
        query: &Query,
        budget: Duration,
        cancel: &Cancel,
    ) -> Result<Answer, IndexError> {
        self.with_search(|search| search.answer(query, budget, cancel))
    }

    /// Answers `query` with stints, giving up after `budget` or once `cancel` says
    /// so.
    ///
    /// # Errors
    /// Those of [`search_until`](Self::search_until).
    pub fn search_stints(
        &self,
        query: &StintQuery,
        budget: Duration,
        cancel: &Cancel,
    ) -> Result<StintAnswer, IndexError> {
        self.with_search(|search| search.stints(query, budget, cancel))
    }

    /// Returns how much each technology of `keys` is used, in their order, giving up after `budget` or once `cancel` says
    /// so.
    ///
    /// # Errors
    /// [`IndexError::TimedOut`], [`IndexError::Cancelled`], [`IndexError::Storage`].
    pub fn technology_use(
        &self,
        keys: &[String],
        budget: Duration,
        cancel: &Cancel,
    ) -> Result<Vec<TechnologyUse>, IndexError> {
        let cache = &self.inner.statistics;
        self.with_search(|search| search.technology_use(keys, cache, budget, cancel))
    }

    /// Returns the technologies that are used in the stints of one of `keys` more often than
    /// elsewhere, strongest first, giving up after `budget` or once `cancel` says
    /// so. Those of `keys` and `without` are left
    /// out.
    ///
    /// # Errors
    /// [`IndexError::TimedOut`], [`IndexError::Cancelled`], [`IndexError::Storage`].
    pub fn related(
        &self,
        keys: &[String],
        without: &[String],
        budget: Duration,
        cancel: &Cancel,
    ) -> Result<Vec<RelatedTechnology>, IndexError> {
        let cache = &self.inner.statistics;
        self.with_search(|search| search.related(keys, without, cache, budget, cancel))
    }

    /// Explains the condition of `query` for the candidate `key`, giving up after `budget` or once
    /// `cancel` says so; its order and page do not matter. `None` when there is no such candidate.
    ///
    /// # Errors
    /// [`IndexError::Cancelled`], [`IndexError::TimedOut`], [`IndexError::Storage`].
    pub fn explain_until(
        &self,
        query: &Query,
        key: &str,
        budget: Duration,
        cancel: &Cancel,
    ) -> Result<Option<Explanation>, IndexError> {
        self.with_search(|search| search.explain(query, key, budget, cancel))
    }

    fn with_search<T>(
        &self,
        ask: impl FnOnce(&Search<'_>) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        let generation = self.inner.current();
        let searcher = generation.reader.searcher();
        ask(&Search {
            columns: &generation.columns.of(&searcher, &generation.fields)?,
            searcher: &searcher,
            fields: &generation.fields,
            analyzer: &self.inner.analyzer,
            generation: generation.number,
        })
    }

    /// Returns at most `limit` names of `kinds` that go on from `prefix`, typed in any script, of what
    /// candidates have; where there is none, names that `prefix` is a slip or two from.
    ///
    /// Answered from memory. Only the first call reads the index, which takes as long as counting it.
    ///
    /// # Errors
    /// [`IndexError::Storage`], at the first call.
    pub fn suggest(
        &self,
        prefix: &str,
        kinds: &[SuggestionKind],
        limit: usize,
    ) -> Result<Suggestions, IndexError> {
        let generation = self.inner.current();
        let (suggester, reader) = (&generation.suggester, &generation.reader);
        suggester.suggest(prefix, kinds, limit, reader, &self.inner.analyzer)
    }

    /// Returns a word of some document that resembles `word`, normalized; `None` where a document has
    /// `word` itself, where it is several words or short, and where nothing is near.
    ///
    /// # Errors
    /// [`IndexError::Storage`].
    pub fn nearest_word(&self, word: &str) -> Result<Option<String>, IndexError> {
        let generation = self.inner.current();
        let field = generation.fields.text.words;
        let searcher = generation.reader.searcher();
        let nearest = nearest_word(word, field, &searcher, &self.inner.analyzer);
        nearest.map_err(IndexError::storage)
    }

    /// Returns what the index holds.
    pub fn state(&self) -> IndexState {
        let generation = self.inner.current();
        let payload = generation.payload();
        IndexState {
            documents: generation.reader.searcher().num_docs(),
            applied_sequence: payload.sequence,
            generation: generation.number,
            size_bytes: generation.size_bytes(),
            is_current: payload.is_of(&self.inner.analyzer),
        }
    }

    /// Returns the key of every document, in order; a key that comes twice is in there twice.
    ///
    /// # Errors
    /// [`IndexError::Storage`].
    pub fn keys(&self) -> Result<Vec<String>, IndexError> {
        self.inner.current().keys()
    }

    /// Returns the names of the files that are not as they were written. Reads all of them.
    ///
    /// # Errors
    /// [`IndexError::Storage`].
    pub fn damaged_files(&self) -> Result<Vec<String>, IndexError> {
        self.inner.current().damaged_files()
    }

    /// Begins the next generation beside this one, which goes on answering and taking changes.
    ///
    /// # Errors
    /// [`IndexError::Storage`], also when another rebuild goes on.
    pub fn begin_rebuild(&self) -> Result<Rebuild, IndexError> {
        let inner = &self.inner;
        if inner.is_rebuilding.swap(true, Ordering::SeqCst) {
            return Err(IndexError::storage(AlreadyRebuilding));
        }
        // From here on, dropping it ends the rebuild.
        let mut rebuild = Rebuild {
            index: Arc::clone(inner),
            next: None,
        };
        let number = newest(&inner.directory)?.max(inner.current().number) + 1;
        let next = Generation::create(&inner.directory, number, &inner.analyzer)?;
        rebuild.next = Some(next);
        Ok(rebuild)
    }
}

impl std::fmt::Debug for SkillIndex {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SkillIndex")
            .field("state", &self.state())
            .finish()
    }
}

impl Inner {
    fn current(&self) -> Arc<Generation> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&current)
    }
}

impl Rebuild {
    /// Adds `documents` to the next generation.
    ///
    /// # Errors
    /// [`IndexError::Storage`].
    pub fn add(&mut self, documents: Vec<Document>) -> Result<(), IndexError> {
        let next = self.next.as_ref().expect("it is there until finished");
        next.add(documents)
    }

    /// Makes the next generation the one that answers, `sequence` the last change it holds, and
    /// deletes the old one. Changes applied to the old one since then must be applied again.
    ///
    /// # Errors
    /// [`IndexError::Storage`]; then the old one goes on answering.
    pub fn finish(mut self, sequence: u64) -> Result<(), IndexError> {
        let next = self.next.as_ref().expect("it is there until finished");
        next.commit(sequence)?;
        write_current(&self.index.directory, next.number)?;
        let next = self.next.take().expect("it was there above");
        let mut current = self
            .index
            .current
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *current, Arc::new(next));
        drop(current);
        old.retire();
        Ok(())
    }
}

impl Drop for Rebuild {
    fn drop(&mut self) {
        if let Some(unfinished) = self.next.take() {
            unfinished.retire();
        }
        self.index.is_rebuilding.store(false, Ordering::SeqCst);
    }
}

fn open_current(directory: &Path, analyzer: &Analyzer) -> Result<Generation, IndexError> {
    if let Some(number) = read_current(directory)?
        && let Some(generation) = Generation::open(directory, number, analyzer)?
    {
        return Ok(generation);
    }
    let first = Generation::create(directory, newest(directory)? + 1, analyzer)?;
    write_current(directory, first.number)?;
    Ok(first)
}

/// Returns the generation that CURRENT names; `None` without one.
fn read_current(directory: &Path) -> Result<Option<u64>, IndexError> {
    match fs::read_to_string(directory.join(CURRENT_FILE)) {
        Ok(text) => match text.trim().parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Damaged.into()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Names the generation that answers, in one step that a crash does not halve.
fn write_current(directory: &Path, number: u64) -> Result<(), IndexError> {
    let next = directory.join(NEXT_CURRENT_FILE);
    let mut file = File::create(&next)?;
    file.write_all(number.to_string().as_bytes())?;
    file.sync_all()?;
    fs::rename(&next, directory.join(CURRENT_FILE))?;
    // The rename itself; directories cannot be opened for this everywhere.
    if let Ok(directory) = File::open(directory) {
        directory.sync_all()?;
    }
    Ok(())
}

/// The generations that have a directory.
fn numbers(directory: &Path) -> Result<Vec<u64>, IndexError> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        numbers.extend(name.to_str().and_then(|name| name.parse::<u64>().ok()));
    }
    Ok(numbers)
}

/// The highest number that has a directory, 0 without one.
fn newest(directory: &Path) -> Result<u64, IndexError> {
    Ok(numbers(directory)?.into_iter().max().unwrap_or(0))
}

fn delete_others(directory: &Path, current: u64) -> Result<(), IndexError> {
    for number in numbers(directory)? {
        if number != current {
            fs::remove_dir_all(path_of(directory, number))?;
        }
    }
    Ok(())
}
