//! The truth: candidates, their documents and what was read from them, in SQLite or PostgreSQL.
//!
//! Domain values go in and come out; rows and the database library stay inside. One import writes
//! documents, rows, counts and change-log entries in one transaction, so a crash at any instant
//! leaves all of it or none. Writers of one organization take turns: what one commits has a greater
//! [`Change::sequence`] than everything committed before it. A stored document never changes; it
//! only goes, with its candidate. What was read from it changes when a newer reader reads it again.
//!
//! Text is stored as it was read, but for U+0000, which fields store as U+FFFD; a document's own
//! text and bytes are exact.
//!
//! Not here: ranking, reading of documents, the search index.

mod audit;
mod batch;
mod candidates;
mod careers;
mod changes;
mod compact;
mod connect;
mod counts;
mod embed_tokens;
mod employers;
mod entity;
mod erase;
mod error;
mod examine;
mod export;
mod followers;
mod health;
mod import;
mod lists;
mod notifications;
mod organizations;
mod privacy;
mod profiles;
mod records;
mod resumes;
mod schema;
mod shape;
mod technologies;
mod tokens;
mod transfer;
mod values;

#[cfg(test)]
mod tests;

pub use audit::{AuditEntry, AuditFault, AuditFilter, AuditVerdict, NewAuditEntry};
pub use connect::{Store, StoreOptions};
pub use embed_tokens::{EmbedTokenRow, NewEmbedToken};
pub use error::{DatabaseFault, StoreError};
pub use examine::{DocumentToCheck, Fault};
pub use followers::{Follower, ServerId};
pub use health::PoolState;
pub use notifications::ChangeListener;
pub use organizations::OrganizationRow;
pub use shape::{ColumnKind, ColumnShape, TableShape};
pub use tokens::{NewToken, TokenRow};
pub use transfer::{RowSink, RowSource, Rows, TransferError};
pub use values::{
    CandidateRow, Career, Change, ChangeKind, EmployerCursor, EmployerRow, Erased, Imported,
    MigrationState, Namings, NewResume, Outdated, Profile, ResumeRow, StoredStints,
    TechnologyCursor, TechnologyRow,
};
