//! Everything that the store holds, out of one database and into another, of either engine.
//!
//! A row is a list of JSON values in the order of the table's columns: UUIDs, instants (RFC 3339), days
//! and JSON as strings, bytes in base64. The tables are those that the database has, so nothing is left
//! out that a later migration adds.

use std::collections::BTreeSet;
use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use futures::TryStreamExt as _;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, StreamTrait as _, Value};
use serde_json::Value as Json;
use shokureki_migrations::{Migrator, MigratorTrait as _};
use uuid::Uuid;

use super::health::applied_migrations;
use super::shape::{ColumnKind, ColumnShape, TableShape, quoted, rows, tables};
use super::{DatabaseFault, Store, StoreError};

/// Parameters of one statement, under the limits of both engines (32,766 and 65,535).
const PARAMETERS: usize = 30_000;

/// Rows of one statement.
const ROWS: usize = 500;

/// Bytes of one statement, about.
const BYTES: usize = 8 << 20;

/// Why a store was not written out or read in.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The database failed.
    #[error("cannot use the store")]
    Store(#[from] StoreError),
    /// What the rows go to or come from failed.
    #[error("cannot read or write the rows of {table}")]
    Rows {
        /// The table.
        table: String,
        /// Why.
        source: io::Error,
    },
    /// A row has not the values of its table. Where, never what it says.
    #[error("row {row} of {table} is not one of its columns")]
    Row {
        /// The table.
        table: String,
        /// Counted from 1.
        row: u64,
    },
    /// The database holds something, and may not be replaced.
    #[error("the database is not empty")]
    NotEmpty,
    /// The rows are of tables that this program does not know: a newer one wrote them.
    #[error("the rows are of another version of the tables than this program knows")]
    Schema,
}

impl From<sea_orm::DbErr> for TransferError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Takes rows.
pub trait RowSink: Send {
    /// Begins a table.
    ///
    /// # Errors
    /// What the writing meets.
    fn begin(&mut self, table: &TableShape) -> io::Result<()>;

    /// Takes a row of the table begun last.
    ///
    /// # Errors
    /// What the writing meets.
    fn row(&mut self, row: &[Json]) -> io::Result<()>;
}

/// The rows of one table.
pub type Rows = Box<dyn Iterator<Item = io::Result<Vec<Json>>> + Send>;

/// Gives rows.
pub trait RowSource: Send {
    /// The versions of the tables that the rows are of, oldest first.
    fn migrations(&self) -> &[String];

    /// The tables.
    fn tables(&self) -> &[TableShape];

    /// Returns the rows of a table.
    ///
    /// # Errors
    /// What the reading meets.
    fn rows(&mut self, table: &str) -> io::Result<Rows>;
}

impl Store {
    /// Gives `sink` every row as of one moment, while others read and write, and returns the versions of
    /// the tables.
    ///
    /// # Errors
    /// [`TransferError::Store`], [`TransferError::Rows`] of the sink.
    pub async fn dump(&self, sink: &mut impl RowSink) -> Result<Vec<String>, TransferError> {
        let transaction = self.begin_read().await?;
        let backend = self.readers.get_database_backend();
        let migrations = applied_migrations(&transaction).await?;
        for table in tables(&transaction).await? {
            let shape = table.shape;
            let failed = |source| TransferError::Rows {
                table: shape.name.clone(),
                source,
            };
            sink.begin(&shape).map_err(failed)?;
            let statement = Statement::from_string(backend, selected(&shape, backend));
            let mut stream = transaction.stream_raw(statement).await?;
            while let Some(row) = stream.try_next().await? {
                let mut values = Vec::with_capacity(shape.columns.len());
                for (index, column) in shape.columns.iter().enumerate() {
                    values.push(read(&row, index, column.kind)?);
                }
                sink.row(&values).map_err(failed)?;
            }
        }
        transaction.commit().await?;
        Ok(migrations)
    }

    /// Whether the database holds nothing that a restore would take away: no table, or no row but those of
    /// organizations where nothing ever happened.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        is_empty(&self.readers).await
    }

    /// Fills the database from `source`, all of it or, on an error, nothing; tables of an older version
    /// are then brought to the newest. With `replaces`, what the database held before goes.
    ///
    /// # Errors
    /// [`TransferError::NotEmpty`] unless `replaces`, [`TransferError::Schema`], those of the rows and of
    /// the database.
    pub async fn load(
        &self,
        source: &mut impl RowSource,
        replaces: bool,
    ) -> Result<(), TransferError> {
        let steps = known_steps(source.migrations())?;
        let writing = self.begin_migration().await?;
        let transaction = &writing.transaction;
        if !replaces && !is_empty(transaction).await? {
            return Err(TransferError::NotEmpty);
        }
        let failed = |error: sea_orm::DbErr| StoreError::Migration(DatabaseFault::of(&error));
        Migrator::down(transaction, None).await.map_err(failed)?;
        Migrator::up(transaction, Some(steps))
            .await
            .map_err(failed)?;
        let ours = tables(transaction).await?;
        let theirs = source.tables().to_vec();
        let has_all = theirs
            .iter()
            .all(|table| ours.iter().any(|our| is_alike(&our.shape, table)));
        if !has_all || ours.len() != theirs.len() {
            return Err(TransferError::Schema);
        }
        // What migrations put into the tables is part of the rows.
        for table in ours.iter().rev() {
            let sql = format!("DELETE FROM {}", quoted(&table.shape.name));
            transaction.execute_unprepared(&sql).await?;
        }
        for table in &ours {
            let shape = theirs
                .iter()
                .find(|their| their.name == table.shape.name)
                .unwrap_or(&table.shape);
            load_table(transaction, shape, source).await?;
        }
        set_counters(transaction).await?;
        Migrator::up(transaction, None).await.map_err(failed)?;
        Ok(writing.commit().await?)
    }
}

/// Returns how many of the migrations that this program knows, in its order, are those of `migrations`.
fn known_steps(migrations: &[String]) -> Result<u32, TransferError> {
    let known = Migrator::migrations();
    let first: BTreeSet<&str> = known
        .iter()
        .take(migrations.len())
        .map(|migration| migration.name())
        .collect();
    let given: BTreeSet<&str> = migrations.iter().map(String::as_str).collect();
    if given.is_empty() || given != first {
        return Err(TransferError::Schema);
    }
    u32::try_from(given.len()).map_err(|_| TransferError::Schema)
}

/// Whether both have the same columns, in any order. The two engines have one kind of JSON apart.
fn is_alike(a: &TableShape, b: &TableShape) -> bool {
    let has = |table: &TableShape, column: &ColumnShape| {
        table
            .columns
            .iter()
            .any(|other| other.name == column.name && plain(other.kind) == plain(column.kind))
    };
    a.name == b.name
        && a.columns.len() == b.columns.len()
        && a.columns.iter().all(|column| has(b, column))
}

fn plain(kind: ColumnKind) -> ColumnKind {
    match kind {
        ColumnKind::Jsonb => ColumnKind::Json,
        kind => kind,
    }
}

/// What [`Store::is_empty`] tells, within a transaction or without.
async fn is_empty(connection: &impl ConnectionTrait) -> Result<bool, StoreError> {
    for table in tables(connection).await? {
        let name = &table.shape.name;
        let condition = match name.as_str() {
            "organizations" => "WHERE last_sequence > 0",
            // They tell of the tables and of servers, and hold nobody's data.
            "schema_floor" | "index_followers" => continue,
            _ => "",
        };
        let sql = format!("SELECT 1 FROM {} {condition} LIMIT 1", quoted(name));
        if !rows(connection, &sql).await?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Returns the statement that gives every row of `table`.
pub(super) fn selected(table: &TableShape, backend: DbBackend) -> String {
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| {
            let name = quoted(&column.name);
            match (backend, column.kind) {
                (DbBackend::Postgres, ColumnKind::Integer) => format!("{name}::bigint"),
                (DbBackend::Postgres, ColumnKind::Double) => format!("{name}::double precision"),
                (DbBackend::Postgres, ColumnKind::Json | ColumnKind::Jsonb) => {
                    format!("{name}::text")
                }
                _ => name,
            }
        })
        .collect();
    format!("SELECT {} FROM {}", columns.join(", "), quoted(&table.name))
}

pub(super) fn read(row: &QueryResult, index: usize, kind: ColumnKind) -> Result<Json, StoreError> {
    fn of<T: sea_orm::TryGetable>(
        row: &QueryResult,
        index: usize,
        to_json: impl FnOnce(T) -> Json,
    ) -> Result<Json, StoreError> {
        let value: Option<T> = row.try_get_by_index(index)?;
        Ok(value.map_or(Json::Null, to_json))
    }
    match kind {
        ColumnKind::Uuid => of(row, index, |value: Uuid| Json::from(value.to_string())),
        ColumnKind::Text | ColumnKind::Json | ColumnKind::Jsonb => {
            of(row, index, |value: String| Json::from(value))
        }
        ColumnKind::Integer => of(row, index, |value: i64| Json::from(value)),
        ColumnKind::Double => of(row, index, |value: f64| Json::from(value)),
        ColumnKind::Boolean => of(row, index, |value: bool| Json::from(value)),
        ColumnKind::Bytes => of(row, index, |value: Vec<u8>| {
            Json::from(STANDARD.encode(value))
        }),
        ColumnKind::Timestamp => of(row, index, |value: DateTime<Utc>| {
            Json::from(value.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }),
        ColumnKind::Date => of(row, index, |value: NaiveDate| Json::from(value.to_string())),
    }
}

/// Reads a value back; `None` when it is none of the kind.
fn written(value: Json, kind: ColumnKind) -> Option<Value> {
    let text = |value: Option<Json>| match value {
        None => Some(None),
        Some(Json::String(text)) => Some(Some(text)),
        Some(_) => None,
    };
    let value = Some(value).filter(|value| !value.is_null());
    Some(match kind {
        ColumnKind::Uuid => {
            let parsed = text(value)?.map(|text| text.parse::<Uuid>()).transpose();
            Value::from(parsed.ok()?)
        }
        ColumnKind::Text | ColumnKind::Json | ColumnKind::Jsonb => Value::from(text(value)?),
        ColumnKind::Integer => match value {
            None => Value::from(None::<i64>),
            Some(value) => Value::from(value.as_i64()?),
        },
        ColumnKind::Double => match value {
            None => Value::from(None::<f64>),
            Some(value) => Value::from(value.as_f64()?),
        },
        ColumnKind::Boolean => match value {
            None => Value::from(None::<bool>),
            Some(value) => Value::from(value.as_bool()?),
        },
        ColumnKind::Bytes => {
            let parsed = text(value)?.map(|text| STANDARD.decode(text)).transpose();
            Value::from(parsed.ok()?)
        }
        ColumnKind::Timestamp => {
            let parsed = text(value)?.map(|text| text.parse::<DateTime<Utc>>());
            Value::from(parsed.transpose().ok()?)
        }
        ColumnKind::Date => {
            let parsed = text(value)?.map(|text| text.parse::<NaiveDate>());
            Value::from(parsed.transpose().ok()?)
        }
    })
}

async fn load_table(
    connection: &impl ConnectionTrait,
    table: &TableShape,
    source: &mut impl RowSource,
) -> Result<(), TransferError> {
    let failed = |source| TransferError::Rows {
        table: table.name.clone(),
        source,
    };
    let at_once = (PARAMETERS / table.columns.len().max(1)).clamp(1, ROWS);
    let (mut number, mut rows, mut bytes) = (0, Vec::new(), 0);
    for row in source.rows(&table.name).map_err(failed)? {
        let row = row.map_err(failed)?;
        number += 1;
        let wrong = || TransferError::Row {
            table: table.name.clone(),
            row: number,
        };
        if row.len() != table.columns.len() {
            return Err(wrong());
        }
        for (value, column) in row.into_iter().zip(&table.columns) {
            bytes += value.as_str().map_or(8, str::len);
            rows.push(written(value, column.kind).ok_or_else(wrong)?);
        }
        if rows.len() >= at_once * table.columns.len() || bytes >= BYTES {
            insert(connection, table, std::mem::take(&mut rows)).await?;
            bytes = 0;
        }
    }
    insert(connection, table, rows).await
}

async fn insert(
    connection: &impl ConnectionTrait,
    table: &TableShape,
    values: Vec<Value>,
) -> Result<(), TransferError> {
    if values.is_empty() {
        return Ok(());
    }
    let backend = connection.get_database_backend();
    let names: Vec<String> = table
        .columns
        .iter()
        .map(|column| quoted(&column.name))
        .collect();
    let mut sql = format!(
        "INSERT INTO {} ({}) VALUES ",
        quoted(&table.name),
        names.join(", ")
    );
    let width = table.columns.len();
    for place in 0..values.len() {
        let column = &table.columns[place % width];
        sql.push_str(match place {
            0 => "(",
            _ if place % width == 0 => "), (",
            _ => ", ",
        });
        match (backend, column.kind) {
            (DbBackend::Sqlite, _) => sql.push('?'),
            (_, ColumnKind::Json) => sql.push_str(&format!("${}::json", place + 1)),
            (_, ColumnKind::Jsonb) => sql.push_str(&format!("${}::jsonb", place + 1)),
            _ => sql.push_str(&format!("${}", place + 1)),
        }
    }
    sql.push(')');
    let statement = Statement::from_sql_and_values(backend, sql, values);
    connection.execute_raw(statement).await?;
    Ok(())
}

/// Lets columns that count by themselves go on behind the greatest value.
async fn set_counters(connection: &impl ConnectionTrait) -> Result<(), StoreError> {
    // SQLite does so without being told.
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let counters = rows(
        connection,
        "SELECT table_name::text, column_name::text FROM information_schema.columns \
         WHERE table_schema = current_schema() \
         AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')",
    );
    for row in counters.await? {
        let (table, column): (String, String) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let (table, column) = (quoted(&table), quoted(&column));
        let literal = |name: &str| name.replace('\'', "''");
        let sql = format!(
            "SELECT setval(pg_get_serial_sequence('{}', '{}'), \
             COALESCE((SELECT MAX({column}) FROM {table}), 0) + 1, false)",
            literal(&table),
            literal(column.trim_matches('"')),
        );
        rows(connection, &sql).await?;
    }
    Ok(())
}
