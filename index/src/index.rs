//! One organization's index on disk: generations, changes in, answers out.
//!
//! `<directory>/<generation>/` holds tantivy's files, `<directory>/CURRENT` names the generation that
//! answers and is replaced in one step, `<directory>/LOCK` is held by the process that writes, and
//! `<directory>/FILLING` says that the generation was begun empty and does not hold all yet. A
//! process that dies at any instant leaves the last commit of the current generation; directories
//! that CURRENT does not name are unfinished or retired, and deleted at the next start.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use crate::analysis::Analyzer;
use crate::files::{self, Filling};
use crate::generation::Generation;
use crate::insight::StatisticsCache;
use crate::nearest::nearest_word;
use crate::reader::Search;
use crate::varint::Damaged;
use crate::{
    Answer, Cancel, Document, Explanation, Helpers, IndexError, Query, RelatedTechnology,
    StintAnswer, StintQuery, SuggestionKind, Suggestions, TechnologyUse,
};

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
    /// Why the generation that answers was begun empty; `None` once it holds all.
    filling: Mutex<Option<Filling>>,
    /// Whether a search failed in a way that damaged files would explain.
    is_suspect: AtomicBool,
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
    /// The last change that counts as applied, as the store numbers them; 0 before any.
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
    /// Whether somebody was deleted who may have been added before.
    has_deleted: bool,
}

/// Only one rebuild goes on at a time.
#[derive(Debug, thiserror::Error)]
#[error("the index is being rebuilt already")]
struct AlreadyRebuilding;

impl SkillIndex {
    /// Opens the newest complete generation under `directory`, each of its files compared with its
    /// checksum, or begins an empty one where there is none that can be used: see
    /// [`filling`](Self::filling).
    ///
    /// # Errors
    /// [`IndexError::InUse`] when another process writes there, [`IndexError::Storage`] when it cannot
    /// be written, [`IndexError::Dictionary`] when the dictionary cannot be used.
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
        let (current, filling) = open_current(directory, &analyzer)?;
        files::delete_others(directory, current.number)?;
        let index = Self::with(directory, analyzer, current, Some(lock));
        *index.inner.filling() = filling;
        Ok(index)
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
        let number = files::read_current(directory)?.ok_or(Damaged)?;
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
                filling: Mutex::default(),
                is_suspect: AtomicBool::new(false),
                statistics: StatisticsCache::default(),
                _lock: lock,
            }),
        }
    }

    /// Applies `changes` in order and makes them visible at once, `sequence` the number of the last that
    /// counts as applied: those after it are applied again from the store when the index is opened next.
    ///
    /// # Errors
    /// [`IndexError::Storage`]; then none of them is visible.
    pub fn apply(&self, changes: Vec<Change>, sequence: u64) -> Result<(), IndexError> {
        self.inner.current().apply(changes, sequence)
    }

    /// Takes the words of deleted candidates out of the files; takes as long as it takes to write the
    /// segments anew that had them.
    ///
    /// # Errors
    /// [`IndexError::Storage`], also when a merge that goes on keeps some for too long.
    pub fn expunge(&self) -> Result<(), IndexError> {
        self.inner.current().expunge()
    }

    /// Answers `query`, giving up after `budget`.
    ///
    /// # Errors
    /// [`IndexError::CursorExpired`], [`IndexError::TimedOut`], [`IndexError::Storage`].
    pub fn search(&self, query: &Query, budget: Duration) -> Result<Answer, IndexError> {
        self.search_until(query, budget, &Cancel::default(), &|_, _| 0)
    }

    /// Answers `query`, giving up after `budget` or once `cancel` says so, on this thread and those that
    /// `helpers` allows for.
    ///
    /// # Errors
    /// [`IndexError::Cancelled`], and those of [`search`](Self::search).
    pub fn search_until(
        &self,
        query: &Query,
        budget: Duration,
        cancel: &Cancel,
        helpers: &Helpers<'_>,
    ) -> Result<Answer, IndexError> {
        self.with_search(|search| search.answer(query, budget, cancel, helpers))
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
        let mut watch = Suspicion::of(&self.inner.is_suspect);
        let generation = self.inner.current();
        let searcher = generation.reader.searcher();
        let columns = generation.columns.of(&searcher, &generation.fields);
        let answer = columns.map_err(IndexError::from).and_then(|columns| {
            ask(&Search {
                columns: &columns,
                searcher: &searcher,
                fields: &generation.fields,
                analyzer: &self.inner.analyzer,
                generation: generation.number,
            })
        });
        watch.is_confirmed = matches!(answer, Err(IndexError::Storage(_)));
        answer
    }

    /// Why the index was begun empty; `None` once [`filled`](Self::filled).
    pub fn filling(&self) -> Option<Filling> {
        *self.inner.filling()
    }

    /// Notes that the index holds all that it should, also for the next start.
    ///
    /// # Errors
    /// [`IndexError::Storage`].
    pub fn filled(&self) -> Result<(), IndexError> {
        self.inner.filled()
    }

    /// Whether something failed in a way that damaged files would explain.
    pub fn is_suspect(&self) -> bool {
        self.inner.is_suspect.load(Ordering::Relaxed)
    }

    /// Makes the index suspect: something failed in a way that damaged files would explain.
    pub fn suspect(&self) {
        self.inner.is_suspect.store(true, Ordering::Relaxed);
    }

    /// Compares every file with its checksum, which clears the index of suspicion. Takes as long as
    /// reading the index once.
    ///
    /// # Errors
    /// [`IndexError::Storage`] when a file is not as it was written.
    pub fn verify(&self) -> Result<(), IndexError> {
        self.inner.current().verify()?;
        self.inner.is_suspect.store(false, Ordering::Relaxed);
        Ok(())
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
            has_deleted: false,
        };
        let number = files::newest(&inner.directory)?.max(inner.current().number) + 1;
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

/// Raises suspicion when it is dropped confirmed, or by a panic.
struct Suspicion<'index> {
    is_suspect: &'index AtomicBool,
    is_confirmed: bool,
}

impl<'index> Suspicion<'index> {
    fn of(is_suspect: &'index AtomicBool) -> Self {
        Self {
            is_suspect,
            // Stays so only when a panic skips what follows.
            is_confirmed: true,
        }
    }
}

impl Drop for Suspicion<'_> {
    fn drop(&mut self) {
        if self.is_confirmed {
            self.is_suspect.store(true, Ordering::Relaxed);
        }
    }
}

impl Inner {
    fn filling(&self) -> MutexGuard<'_, Option<Filling>> {
        self.filling.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn filled(&self) -> Result<(), IndexError> {
        let mut filling = self.filling();
        if filling.is_some() {
            files::remove_filling(&self.directory)?;
            *filling = None;
        }
        Ok(())
    }

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

    /// Applies `changes` in order to the next generation.
    ///
    /// # Errors
    /// [`IndexError::Storage`].
    pub fn apply(&mut self, changes: Vec<Change>) -> Result<(), IndexError> {
        self.has_deleted |= changes.iter().any(|of| matches!(of, Change::Delete(_)));
        let next = self.next.as_ref().expect("it is there until finished");
        next.stage(changes)
    }

    /// Makes the next generation the one that answers, `sequence` the last change it holds, and
    /// deletes the old one. Changes applied to the old one since then must be applied again. The words
    /// of candidates who were deleted meanwhile are gone from the files before.
    ///
    /// # Errors
    /// [`IndexError::Storage`]; then the old one goes on answering.
    pub fn finish(mut self, sequence: u64) -> Result<(), IndexError> {
        let next = self.next.as_ref().expect("it is there until finished");
        next.commit(sequence)?;
        if self.has_deleted {
            next.expunge()?;
        }
        files::write_current(&self.index.directory, next.number)?;
        let next = self.next.take().expect("it was there above");
        let mut current = self
            .index
            .current
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *current, Arc::new(next));
        drop(current);
        old.retire();
        self.index.is_suspect.store(false, Ordering::Relaxed);
        self.index.filled()
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

/// Opens the generation that answers, or begins an empty one, and says why.
fn open_current(
    directory: &Path,
    analyzer: &Analyzer,
) -> Result<(Generation, Option<Filling>), IndexError> {
    let kept = files::read_current(directory).and_then(|number| {
        let open = |number| Generation::open(directory, number, analyzer);
        number.map(open).transpose()
    });
    let filling = match kept {
        Ok(Some(Some(generation))) => return Ok((generation, files::read_filling(directory))),
        Ok(Some(None)) => Filling::OtherLayout,
        Ok(None) => Filling::New,
        // Whatever hinders reading it, it can be had again.
        Err(_) => Filling::Damaged,
    };
    let first = Generation::create(directory, files::newest(directory)? + 1, analyzer)?;
    files::write_filling(directory, filling)?;
    files::write_current(directory, first.number)?;
    Ok((first, Some(filling)))
}
