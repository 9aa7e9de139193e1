//! Opens a database, brings it to the newest schema, and hands out transactions.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection,
    DatabaseTransaction, DbBackend, IsolationLevel, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::StoreError;

/// How long a connection may take to be made, and a reader may wait for one that is free.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long SQLite waits for a writer of another process.
const SQLITE_BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// The key of the lock that migrations take on PostgreSQL: `shokurek` in ASCII.
const MIGRATION_LOCK: i64 = 0x7368_6f6b_7572_656b;

/// Where the database is and how hard it may be used.
#[derive(Clone)]
pub struct StoreOptions {
    /// `sqlite://PATH`, `sqlite::memory:` or `postgres://USER:PASSWORD@HOST/DATABASE`.
    ///
    /// A SQLite file that is missing is created; its folder must exist.
    pub url: String,
    /// Connections open at once, at least 1. SQLite adds one that writes.
    pub max_connections: u32,
}

impl fmt::Debug for StoreOptions {
    /// Writes the address without its password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StoreOptions")
            .field("url", &redacted(&self.url))
            .field("max_connections", &self.max_connections)
            .finish()
    }
}

/// Returns `url` with `***` for its password and for the value of every parameter.
fn redacted(url: &str) -> String {
    let (address, parameters) = match url.split_once('?') {
        Some((address, _)) => (address, "?***"),
        None => (url, ""),
    };
    let shown = address
        .split_once("://")
        .and_then(|(scheme, rest)| {
            let (login, host) = rest.rsplit_once('@')?;
            let user = login.split_once(':').map_or(login, |(user, _)| user);
            Some(format!("{scheme}://{user}:***@{host}"))
        })
        .unwrap_or_else(|| address.to_owned());
    format!("{shown}{parameters}")
}

/// The store. Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Store {
    /// Any number of readers.
    pub(super) readers: DatabaseConnection,
    /// The same pool on PostgreSQL; a pool of one on SQLite, which allows one writer.
    pub(super) writers: DatabaseConnection,
    /// Who may write: writers wait here, in order, and leave connections to the readers.
    turns: Arc<Semaphore>,
    statements: Arc<AtomicU64>,
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Store").finish_non_exhaustive()
    }
}

/// A transaction that writes. Dropped without [`commit`](Self::commit), it leaves nothing.
pub(super) struct Writing<'store> {
    pub(super) transaction: DatabaseTransaction,
    _turn: SemaphorePermit<'store>,
}

impl Writing<'_> {
    /// Makes what was written last: it survives the end of the process.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit().await?)
    }
}

impl Store {
    /// Opens the database, making the file of a SQLite database that is missing.
    ///
    /// SQLite runs with a write-ahead log that is synced on every commit, foreign keys, and deleted
    /// contents overwritten.
    ///
    /// # Errors
    /// [`StoreError::Address`] for another engine, [`StoreError::Unavailable`] when it cannot be
    /// reached or opened.
    pub async fn connect(options: &StoreOptions) -> Result<Self, StoreError> {
        let statements = Arc::new(AtomicU64::new(0));
        let connections = options.max_connections.max(1);
        if options.url.starts_with("postgres://") || options.url.starts_with("postgresql://") {
            let pool = open(plain_options(&options.url, connections), &statements).await?;
            let turns = usize::try_from(connections.div_ceil(2)).unwrap_or(1);
            return Ok(Self {
                readers: pool.clone(),
                writers: pool,
                turns: Arc::new(Semaphore::new(turns)),
                statements,
            });
        }
        if !options.url.starts_with("sqlite:") {
            return Err(StoreError::Address);
        }
        // A database in memory belongs to its connection, so that one reads and writes.
        let in_memory = options.url.contains(":memory:") || options.url.contains("mode=memory");
        let writers = open(sqlite_options(&options.url, 1), &statements).await?;
        let readers = if in_memory {
            writers.clone()
        } else {
            open(sqlite_options(&options.url, connections), &statements).await?
        };
        Ok(Self {
            readers,
            writers,
            turns: Arc::new(Semaphore::new(1)),
            statements,
        })
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when there is none.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.readers.ping().await?)
    }

    /// Returns how many statements were sent since [`connect`](Self::connect), those that only begin
    /// or end a transaction left out.
    pub fn statement_count(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Begins a transaction that writes, after the writers before it.
    pub(super) async fn begin_write(&self) -> Result<Writing<'_>, StoreError> {
        let turn = self.turn().await;
        // SQLite refuses a transaction that reads first and finds another writer when it writes.
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Writing {
            transaction: self.writers.begin_with_options(options).await?,
            _turn: turn,
        })
    }

    /// Begins a transaction that no other process's migration, or first start, runs beside.
    pub(super) async fn begin_migration(&self) -> Result<Writing<'_>, StoreError> {
        let writing = self.begin_write().await?;
        if self.writers.get_database_backend() == DbBackend::Postgres {
            let lock = Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT pg_advisory_xact_lock($1)",
                [MIGRATION_LOCK.into()],
            );
            writing.transaction.execute_raw(lock).await?;
        }
        Ok(writing)
    }

    /// Empties SQLite's write-ahead log, which otherwise keeps what was erased until later writes
    /// take its place. Waits for readers that have begun, not for later ones. Nothing on PostgreSQL.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn empty_log(&self) -> Result<(), StoreError> {
        if self.writers.get_database_backend() == DbBackend::Sqlite {
            let _turn = self.turn().await;
            let emptying = "PRAGMA wal_checkpoint(TRUNCATE)";
            self.writers.execute_unprepared(emptying).await?;
        }
        Ok(())
    }

    /// Begins a transaction whose reads all see one state of the database.
    pub(super) async fn begin_read(&self) -> Result<DatabaseTransaction, StoreError> {
        // A transaction of SQLite is such a one without asking.
        let transaction = match self.readers.get_database_backend() {
            DbBackend::Sqlite => self.readers.begin().await?,
            _ => {
                let isolation = Some(IsolationLevel::RepeatableRead);
                self.readers
                    .begin_with_config(isolation, Some(AccessMode::ReadOnly))
                    .await?
            }
        };
        Ok(transaction)
    }

    async fn turn(&self) -> SemaphorePermit<'_> {
        let turn = self.turns.acquire().await;
        turn.expect("the semaphore is never closed")
    }
}

/// Opens a pool that counts its statements.
async fn open(
    options: ConnectOptions,
    statements: &Arc<AtomicU64>,
) -> Result<DatabaseConnection, StoreError> {
    let mut pool = Database::connect(options).await?;
    let statements = Arc::clone(statements);
    pool.set_metric_callback(move |_| {
        statements.fetch_add(1, Ordering::Relaxed);
    });
    Ok(pool)
}

/// Returns options that log and trace no statement: statements hold personal data.
fn plain_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .connect_timeout(CONNECT_TIMEOUT)
        .acquire_timeout(CONNECT_TIMEOUT)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = plain_options(url, connections);
    options
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(|options| {
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(SQLITE_BUSY_TIMEOUT)
                .pragma("secure_delete", "ON")
        });
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        let options = StoreOptions {
            url: url.to_owned(),
            max_connections: 1,
        };
        let debug = format!("{options:?}");
        assert!(debug.contains(&format!("{expected:?}")), "{debug}");
    }

    #[test]
    fn debug_hides_the_password() {
        check("postgres://hr:p@ss:w@db/hr", "postgres://hr:***@db/hr");
        check("postgres://db/hr?password=secret", "postgres://db/hr?***");
        check("sqlite://data/a.db", "sqlite://data/a.db");
    }
}
