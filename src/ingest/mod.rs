//! From documents to candidates that can be found: bytes → text → résumé → store → index.
//!
//! [`Importer`] writes the store, which is the truth. [`Indexer`] follows its change log in order and
//! records in the index how far it got, so a crash at any instant loses nothing: on start the index
//! catches up, and one that was deleted is written anew. Nothing here knows of GraphQL or of ranking.

mod changes;
mod entry;
mod error;
mod follow;
mod head_count;
mod heartbeat;
mod importer;
mod index_document;
mod indexer;
mod jobs;
mod listen;
mod metrics;
mod standing;
mod status;
mod unopened;

pub use crate::document::DocumentError;
pub use crate::store::{Change, ChangeKind, Erased, Imported, StoreError};
pub use error::{IngestError, Rejection};
pub use importer::{Importer, Upload};
pub use index_document::index_document;
pub use indexer::{Indexer, IndexerOptions};
pub use jobs::{FileOutcome, ImportJobs, JobError, JobEvent, JobFile, JobOptions, JobState};
pub use status::{IndexStatus, IndexTotals, RebuildReason, ServerStatus};
