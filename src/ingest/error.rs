//! Why a document was not taken in, or the index not brought up to date.

use shokureki_index::IndexError;

use crate::document::DocumentError;
use crate::domain::Forbidden;
use crate::store::StoreError;

/// A failure of taking in, erasing or indexing.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The database refused or did not answer in time.
    #[error("cannot use the store")]
    Store(#[from] StoreError),
    /// The caller lacks a scope.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The database did not answer at all.
    #[error("the store is silent")]
    StoreSilent,
    /// The index directory cannot be used.
    #[error("cannot use the index")]
    Index(#[from] IndexError),
    /// The index did not take in the change in time; it will later.
    #[error("the index is behind")]
    IndexBehind,
    /// No index of the organization is open.
    #[error("no index of the organization is open")]
    IndexClosed,
    /// The change that was asked for is none of the organization's.
    #[error("there is no such change")]
    NoSuchChange,
    /// A rebuild of the organization's index is under way.
    #[error("a rebuild is under way")]
    AlreadyRebuilding,
    /// The program is stopping, or a worker thread failed.
    #[error("interrupted")]
    Interrupted,
}

/// Why one document was not taken in. Nothing of it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// It is too large, or of no known format.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The reader failed on it: a fault of the program.
    #[error("the reader failed")]
    Reader,
}
