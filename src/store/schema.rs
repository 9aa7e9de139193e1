//! The database's schema beside the program's: older, the same, or newer.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use shokureki_migrations::{Migrator, MigratorTrait};

use super::health::applied_migrations;
use super::{DatabaseFault, MigrationState, Store, StoreError};

impl Store {
    /// Brings the tables to the newest version, all steps or, on an error, none. Again is no change;
    /// processes that start at once take turns.
    ///
    /// A database that a newer program has migrated is left as it is, and used if what that program
    /// added hinders nobody: old and new servers run beside each other while they are exchanged.
    ///
    /// # Errors
    /// [`StoreError::Migration`] when a step fails, [`StoreError::NewerSchema`] when this program is too
    /// old for the database.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let writing = self.begin_migration().await?;
        if is_newer(&writing.transaction).await? {
            tracing::warn!("the database is of a newer version than the program");
            return Ok(());
        }
        Migrator::up(&writing.transaction, None)
            .await
            .map_err(|error| StoreError::Migration(DatabaseFault::of(&error)))?;
        writing.commit().await
    }

    /// Takes back the newest `steps` versions of the tables, with what is in them.
    ///
    /// # Errors
    /// [`StoreError::Migration`] when a step fails; nothing is taken back then.
    pub async fn roll_back(&self, steps: u32) -> Result<(), StoreError> {
        let writing = self.begin_migration().await?;
        Migrator::down(&writing.transaction, Some(steps))
            .await
            .map_err(|error| StoreError::Migration(DatabaseFault::of(&error)))?;
        writing.commit().await
    }

    /// Returns every version of the tables, oldest first, those that only a newer program knows last,
    /// and whether the database has it. Writes nothing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn migrations(&self) -> Result<Vec<MigrationState>, StoreError> {
        let applied = applied(&self.readers).await?;
        let known = known();
        let newer = applied.iter().filter(|name| !known.contains(name));
        let states = known.iter().chain(newer).map(|name| MigrationState {
            name: name.clone(),
            is_applied: applied.contains(name),
        });
        Ok(states.collect())
    }
}

/// Returns whether a newer program has migrated the database, which this one may use nevertheless.
async fn is_newer(connection: &impl ConnectionTrait) -> Result<bool, StoreError> {
    let applied = applied(connection).await?;
    let known: HashSet<String> = known().into_iter().collect();
    if applied.iter().all(|name| known.contains(name)) {
        return Ok(false);
    }
    let is_behind = known.iter().any(|name| !applied.contains(name));
    let floor = floor(connection).await?;
    if is_behind || floor.iter().any(|name| !known.contains(name)) {
        return Err(StoreError::NewerSchema);
    }
    Ok(true)
}

/// The versions that this program knows, oldest first.
fn known() -> Vec<String> {
    let migrations = Migrator::migrations();
    migrations
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect()
}

/// The versions that the database has, oldest first.
async fn applied(connection: &impl ConnectionTrait) -> Result<Vec<String>, StoreError> {
    // Asking for a table that is missing would end the transaction.
    if !has_table(connection, "seaql_migrations").await? {
        return Ok(Vec::new());
    }
    applied_migrations(connection).await
}

/// The versions that a program must know to use the database.
async fn floor(connection: &impl ConnectionTrait) -> Result<Vec<String>, StoreError> {
    if !has_table(connection, "schema_floor").await? {
        return Ok(Vec::new());
    }
    let backend = connection.get_database_backend();
    let asked = Statement::from_string(backend, "SELECT migration FROM schema_floor");
    let rows = connection.query_all_raw(asked).await?;
    let names = rows.iter().map(|row| row.try_get("", "migration"));
    Ok(names.collect::<Result<_, _>>()?)
}

async fn has_table(connection: &impl ConnectionTrait, name: &str) -> Result<bool, StoreError> {
    let backend = connection.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name = $1",
        _ => {
            "SELECT table_name FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_name = $1"
        }
    };
    let asked = Statement::from_sql_and_values(backend, sql, [name.into()]);
    Ok(connection.query_one_raw(asked).await?.is_some())
}
