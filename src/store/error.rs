//! Why the store did not answer.

use std::fmt;

/// A failure of the store. No variant carries a value of a row, a statement or a connection string.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, refused, or did not answer in time. Trying again may help.
    #[error("database is not available")]
    Unavailable(#[source] DatabaseFault),
    /// A row holds what this program never writes.
    #[error("stored {table} row cannot be read: bad {column}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column, or what was expected of the row.
        column: &'static str,
    },
    /// Another writer got there first; the same call again sees what it wrote.
    #[error("write conflicts with another one")]
    Conflict,
    /// The organization has no row; see [`Store::ensure_organization`](super::Store::ensure_organization).
    #[error("organization is not known")]
    UnknownOrganization,
    /// The address names no supported engine, or cannot be understood.
    #[error("database address is not one of sqlite:// or postgres://")]
    Address,
    /// The tables could not be brought to the newest version.
    #[error("database schema cannot be migrated")]
    Migration(#[source] DatabaseFault),
}

/// What is known of a failed statement without repeating any of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseFault {
    /// What failed.
    pub(super) kind: FaultKind,
    /// The engine's code (`SQLSTATE`, or SQLite's extended result code), where it gave one.
    pub(super) code: Option<String>,
}

/// What part of talking to the database failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// No connection could be made, or it broke.
    Connection,
    /// All connections were busy for too long.
    Busy,
    /// The engine refused a statement.
    Statement,
    /// Anything else.
    Other,
}

impl fmt::Display for DatabaseFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.kind {
            FaultKind::Connection => "connection failed",
            FaultKind::Busy => "no connection became free in time",
            FaultKind::Statement => "statement refused",
            FaultKind::Other => "unexpected failure",
        })?;
        match &self.code {
            Some(code) => write!(formatter, " (code {code})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DatabaseFault {}
