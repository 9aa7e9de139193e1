//! One organization's index on disk: generations, changes in, answers out.

use std::path::Path;
use std::time::Duration;

use crate::{Answer, Document, IndexError, Query};

/// An index of one organization. Cheap to clone; safe to share between threads. Its calls block.
#[derive(Clone)]
pub struct SkillIndex {}

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

/// A next generation being written beside the one that answers.
pub struct Rebuild {}

impl SkillIndex {
    /// Opens the newest complete generation under `directory`, or begins an empty first one.
    ///
    /// # Errors
    /// [`IndexError::Storage`] when another process writes there or the files are damaged,
    /// [`IndexError::Dictionary`] when the dictionary cannot be used.
    pub fn open(directory: &Path) -> Result<Self, IndexError> {
        let _ = directory;
        todo!()
    }

    /// Applies `changes` in order and makes them visible at once, `sequence` the number of the last.
    ///
    /// # Errors
    /// [`IndexError::Storage`]; then none of them is visible.
    pub fn apply(&self, changes: Vec<Change>, sequence: u64) -> Result<(), IndexError> {
        let _ = (changes, sequence);
        todo!()
    }

    /// Answers `query`, giving up after `budget`.
    ///
    /// # Errors
    /// [`IndexError::CursorExpired`], [`IndexError::TimedOut`], [`IndexError::Storage`].
    pub fn search(&self, query: &Query, budget: Duration) -> Result<Answer, IndexError> {
        let _ = (query, budget);
        todo!()
    }

    /// Returns what the index holds.
    pub fn state(&self) -> IndexState {
        todo!()
    }

    /// Begins the next generation beside this one, which goes on answering and taking changes.
    ///
    /// # Errors
    /// [`IndexError::Storage`].
    pub fn begin_rebuild(&self) -> Result<Rebuild, IndexError> {
        todo!()
    }
}

impl Rebuild {
    /// Adds `documents` to the next generation.
    ///
    /// # Errors
    /// [`IndexError::Storage`].
    pub fn add(&mut self, documents: Vec<Document>) -> Result<(), IndexError> {
        let _ = documents;
        todo!()
    }

    /// Makes the next generation the one that answers, `sequence` the last change it holds, and
    /// deletes the old one. Changes applied to the old one since then must be applied again.
    ///
    /// # Errors
    /// [`IndexError::Storage`].
    pub fn finish(self, sequence: u64) -> Result<(), IndexError> {
        let _ = sequence;
        todo!()
    }
}
