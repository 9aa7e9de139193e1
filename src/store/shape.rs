//! The tables as the database has them: columns, and which table refers to which.
//!
//! Backups and checks go by this instead of by the entities, so that a new table is part of both from
//! its migration on.

use std::collections::{BTreeMap, HashSet};

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use serde::{Deserialize, Serialize};

use super::StoreError;

/// The table of the migrations themselves.
const MIGRATIONS: &str = "seaql_migrations";

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableShape {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<ColumnShape>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnShape {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column holds, on either engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// A UUID.
    Uuid,
    /// Text.
    Text,
    /// A whole number of up to 64 bits.
    Integer,
    /// A number with a fraction.
    Double,
    /// True or false.
    Boolean,
    /// Bytes.
    Bytes,
    /// An instant.
    Timestamp,
    /// A day.
    Date,
    /// JSON.
    Json,
    /// JSON in PostgreSQL's parsed form.
    Jsonb,
}

/// A table with what it refers to.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) shape: TableShape,
    pub(super) references: Vec<Reference>,
}

/// Rows of one table name rows of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) columns: Vec<String>,
    pub(super) table: String,
    pub(super) referred: Vec<String>,
}

/// Returns every table but that of the migrations, those that are referred to first.
///
/// # Errors
/// [`StoreError::Corrupt`] for a column of a type that no migration makes, those of the database.
pub(super) async fn tables(connection: &impl ConnectionTrait) -> Result<Vec<Table>, StoreError> {
    let tables = match connection.get_database_backend() {
        DbBackend::Sqlite => sqlite_tables(connection).await?,
        _ => postgres_tables(connection).await?,
    };
    Ok(in_order(tables))
}

/// Puts `name` in quotes, as both engines have it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Asks for rows without parameters.
pub(super) async fn rows(
    connection: &impl ConnectionTrait,
    sql: &str,
) -> Result<Vec<QueryResult>, StoreError> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    Ok(connection.query_all_raw(statement).await?)
}

async fn sqlite_tables(connection: &impl ConnectionTrait) -> Result<Vec<Table>, StoreError> {
    let names = rows(
        connection,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .await?;
    let mut tables = Vec::with_capacity(names.len());
    for row in names {
        let name: String = row.try_get_by_index(0)?;
        if name == MIGRATIONS {
            continue;
        }
        let listed = format!("PRAGMA table_info({})", quoted(&name));
        let mut columns = Vec::new();
        for row in rows(connection, &listed).await? {
            let declared: String = row.try_get("", "type")?;
            columns.push(ColumnShape {
                name: row.try_get("", "name")?,
                kind: kind(&declared)?,
            });
        }
        let mut references: BTreeMap<i64, Reference> = BTreeMap::new();
        let listed = format!("PRAGMA foreign_key_list({})", quoted(&name));
        for row in rows(connection, &listed).await? {
            let reference = references.entry(row.try_get("", "id")?).or_default();
            reference.table = row.try_get("", "table")?;
            reference.columns.push(row.try_get("", "from")?);
            reference.referred.push(row.try_get("", "to")?);
        }
        tables.push(Table {
            shape: TableShape { name, columns },
            references: references.into_values().collect(),
        });
    }
    Ok(tables)
}

async fn postgres_tables(connection: &impl ConnectionTrait) -> Result<Vec<Table>, StoreError> {
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    let columns = rows(
        connection,
        "SELECT c.table_name::text, c.column_name::text, c.data_type::text \
         FROM information_schema.columns c JOIN information_schema.tables t \
         ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
         WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
         ORDER BY c.table_name, c.ordinal_position",
    )
    .await?;
    for row in columns {
        let name: String = row.try_get_by_index(0)?;
        if name == MIGRATIONS {
            continue;
        }
        let declared: String = row.try_get_by_index(2)?;
        let column = ColumnShape {
            name: row.try_get_by_index(1)?,
            kind: kind(&declared)?,
        };
        let table = tables.entry(name.clone()).or_insert_with(|| Table {
            shape: TableShape {
                name,
                columns: Vec::new(),
            },
            references: Vec::new(),
        });
        table.shape.columns.push(column);
    }
    let references = rows(
        connection,
        "SELECT r.conname::text, t.relname::text, a.attname::text, f.relname::text, b.attname::text \
         FROM pg_constraint r \
         JOIN pg_class t ON t.oid = r.conrelid JOIN pg_class f ON f.oid = r.confrelid \
         CROSS JOIN LATERAL unnest(r.conkey, r.confkey) WITH ORDINALITY AS k(own, referred, place) \
         JOIN pg_attribute a ON a.attrelid = r.conrelid AND a.attnum = k.own \
         JOIN pg_attribute b ON b.attrelid = r.confrelid AND b.attnum = k.referred \
         WHERE r.contype = 'f' AND r.connamespace = current_schema()::regnamespace \
         ORDER BY t.relname, r.conname, k.place",
    )
    .await?;
    let mut last = None;
    for row in references {
        let constraint: String = row.try_get_by_index(0)?;
        let name: String = row.try_get_by_index(1)?;
        let Some(table) = tables.get_mut(&name) else {
            continue;
        };
        let this = Some((name, constraint));
        if last != this {
            table.references.push(Reference::default());
            last = this;
        }
        if let Some(reference) = table.references.last_mut() {
            reference.columns.push(row.try_get_by_index(2)?);
            reference.table = row.try_get_by_index(3)?;
            reference.referred.push(row.try_get_by_index(4)?);
        }
    }
    Ok(tables.into_values().collect())
}

/// Reads the type that a column was declared with, on either engine.
fn kind(declared: &str) -> Result<ColumnKind, StoreError> {
    let declared = declared.to_ascii_lowercase();
    let word = declared.split('(').next().unwrap_or_default().trim();
    Ok(match word {
        "uuid" | "uuid_text" => ColumnKind::Uuid,
        "text" | "varchar" | "character varying" => ColumnKind::Text,
        "integer" | "bigint" | "smallint" => ColumnKind::Integer,
        "double" | "real" | "double precision" => ColumnKind::Double,
        "boolean" => ColumnKind::Boolean,
        "blob" | "bytea" => ColumnKind::Bytes,
        "timestamp_with_timezone_text" | "timestamp with time zone" => ColumnKind::Timestamp,
        "date" | "date_text" => ColumnKind::Date,
        "json" | "json_text" => ColumnKind::Json,
        "jsonb" | "jsonb_text" => ColumnKind::Jsonb,
        _ => {
            return Err(StoreError::Corrupt {
                table: "some",
                column: "column type",
            });
        }
    })
}

/// Puts each table behind those that it refers to. A circle stays in the order of names.
fn in_order(mut waiting: Vec<Table>) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let names: HashSet<String> = waiting
            .iter()
            .map(|table| table.shape.name.clone())
            .collect();
        let (free, bound): (Vec<Table>, Vec<Table>) = waiting.into_iter().partition(|table| {
            table.references.iter().all(|reference| {
                reference.table == table.shape.name || !names.contains(&reference.table)
            })
        });
        if free.is_empty() {
            ordered.extend(bound);
            break;
        }
        ordered.extend(free);
        waiting = bound;
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, parents: &[&str]) -> Table {
        Table {
            shape: TableShape {
                name: name.to_owned(),
                columns: Vec::new(),
            },
            references: parents
                .iter()
                .map(|parent| Reference {
                    table: (*parent).to_owned(),
                    ..Reference::default()
                })
                .collect(),
        }
    }

    #[test]
    fn tables_stand_behind_those_they_refer_to() {
        let tables = vec![
            table("a", &["c", "b"]),
            table("b", &["c", "b"]),
            table("c", &[]),
        ];
        let names: Vec<String> = in_order(tables)
            .into_iter()
            .map(|table| table.shape.name)
            .collect();
        assert_eq!(names, ["c", "b", "a"]);
    }

    #[test]
    fn a_circle_ends() {
        let tables = vec![table("a", &["b"]), table("b", &["a"])];
        assert_eq!(in_order(tables).len(), 2);
    }
}
