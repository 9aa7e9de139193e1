//! Why the store did not answer.

use std::borrow::Cow;
use std::fmt;

use sea_orm::{DbErr, RuntimeErr, sqlx};

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
    /// A newer program has migrated the database in a way that this one cannot work with.
    #[error("the database needs a newer version of the program")]
    NewerSchema,
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

impl From<DbErr> for StoreError {
    /// Keeps what a caller can act on, and drops every value and statement.
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. } => Self::Corrupt {
                table: "some",
                column: "type",
            },
            error => match DatabaseFault::of(&error) {
                fault if fault.is_conflict() => Self::Conflict,
                fault => Self::Unavailable(fault),
            },
        }
    }
}

impl DatabaseFault {
    /// Returns what may be told of `error`.
    pub(super) fn of(error: &DbErr) -> Self {
        let (DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
        else {
            let kind = match error {
                DbErr::ConnectionAcquire(_) => FaultKind::Busy,
                DbErr::Conn(_) => FaultKind::Connection,
                DbErr::Exec(_) | DbErr::Query(_) => FaultKind::Statement,
                _ => FaultKind::Other,
            };
            return Self { kind, code: None };
        };
        match cause.as_ref() {
            sqlx::Error::Database(refusal) => Self {
                kind: FaultKind::Statement,
                code: refusal.code().map(Cow::into_owned),
            },
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => Self {
                kind: FaultKind::Connection,
                code: None,
            },
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Self {
                kind: FaultKind::Busy,
                code: None,
            },
            _ => Self {
                kind: FaultKind::Other,
                code: None,
            },
        }
    }

    /// Returns whether the engine refused because of another writer: a unique key
    /// (SQLSTATE 23505, SQLite 1555 and 2067), a serialization failure or a deadlock.
    fn is_conflict(&self) -> bool {
        self.code
            .as_deref()
            .is_some_and(|code| matches!(code, "23505" | "40001" | "40P01" | "1555" | "2067"))
    }
}
