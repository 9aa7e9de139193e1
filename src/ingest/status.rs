//! What is told of indexes.

use std::time::Duration;

use shokureki_index::Filling;

/// What is known of an organization's index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexStatus {
    /// Candidates in the store.
    pub candidates: u64,
    /// Candidates that searches see.
    pub indexed_candidates: u64,
    /// Changes that searches do not see yet.
    pub pending_changes: u64,
    /// The last change that searches see, 0 before any.
    pub applied_sequence: i64,
    /// The last change of the store, 0 before any.
    pub last_sequence: i64,
    /// How long the first change that searches do not see has been waiting for them.
    pub lag: Duration,
    /// Counts the rebuilds, from 1.
    pub generation: u64,
    /// Bytes on disk.
    pub size_bytes: u64,
    /// Whether it is being written anew.
    pub is_rebuilding: bool,
    /// Why it is being written anew; `None` when it is not.
    pub rebuild_reason: Option<RebuildReason>,
    /// Whether searches are answered: not while an index whose answers cannot be relied on is being
    /// written anew.
    pub is_available: bool,
}

/// What is known of the indexes of all organizations that this process has open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IndexTotals {
    /// Candidates in the store, those of organizations without an open index included.
    pub candidates: u64,
    /// Indexes that are open.
    pub open_indexes: u64,
    /// Candidates that searches see.
    pub indexed_candidates: u64,
    /// Changes that searches do not see yet.
    pub pending_changes: u64,
    /// Bytes on disk.
    pub size_bytes: u64,
    /// Indexes that are written anew now.
    pub rebuilding: u64,
}

/// How far a server that shares the database is with an organization's index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerStatus {
    /// Which start of which server; unlike any other.
    pub id: String,
    /// Whether it is this one.
    pub is_this: bool,
    /// The last change that its searches see.
    pub applied_sequence: i64,
    /// Changes that its searches do not see yet.
    pub pending_changes: u64,
    /// How long ago it told so.
    pub told_ago: Duration,
}

/// Why an index is written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RebuildReason {
    /// Somebody asked for it.
    Asked,
    /// There was none.
    Missing,
    /// Its files were not as they were written, or it did not have the store's candidates.
    Damaged,
    /// Its fields were of another layout.
    OtherLayout,
    /// Another analyzer or dictionary wrote it.
    OtherAnalyzer,
    /// It held changes that the store does not have.
    OtherDatabase,
}

impl From<Filling> for RebuildReason {
    fn from(filling: Filling) -> Self {
        match filling {
            Filling::New => Self::Missing,
            Filling::OtherLayout => Self::OtherLayout,
            Filling::Damaged => Self::Damaged,
        }
    }
}
