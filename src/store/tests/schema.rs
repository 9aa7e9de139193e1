//! A program beside a newer one: what the newer one did to the database.

use sea_orm::ConnectionTrait as _;

use super::super::StoreError;
use super::{TestDatabase, full, import_one};

/// A version that only a program to come knows.
const NEWER: &str = "m29991231_000001_add_something";

async fn execute(database: &TestDatabase, statement: &str) {
    let connection = &database.store.readers;
    connection.execute_unprepared(statement).await.unwrap();
}

pub(super) async fn a_newer_schema_is_used_unless_it_needs_a_newer_program(
    database: &TestDatabase,
) {
    let store = &database.store;
    let known = store.migrations().await.unwrap();
    let applied = format!("INSERT INTO seaql_migrations VALUES ('{NEWER}', 0)");
    execute(database, &applied).await;
    store.migrate().await.unwrap();
    import_one(database, &full("一")).await;
    let states = store.migrations().await.unwrap();
    assert_eq!(states.len(), known.len() + 1);
    let newest = states.last().unwrap();
    assert_eq!((newest.name.as_str(), newest.is_applied), (NEWER, true));

    // Something was taken away whose substitute this program knows.
    let floor = |name: &str| format!("INSERT INTO schema_floor VALUES ('{name}')");
    execute(database, &floor(&known[0].name)).await;
    store.migrate().await.unwrap();
    // And something whose substitute it does not know.
    execute(database, &floor(NEWER)).await;
    let refused = store.migrate().await;
    assert!(
        matches!(refused, Err(StoreError::NewerSchema)),
        "{refused:?}"
    );
}

pub(super) async fn a_schema_of_another_history_is_refused(database: &TestDatabase) {
    let store = &database.store;
    let known = store.migrations().await.unwrap();
    let replaced = format!(
        "UPDATE seaql_migrations SET version = '{NEWER}' WHERE version = '{}'",
        known[known.len() - 1].name
    );
    execute(database, &replaced).await;
    let refused = store.migrate().await;
    assert!(
        matches!(refused, Err(StoreError::NewerSchema)),
        "{refused:?}"
    );
}
