//! Several processes on one database: what a follower of the change log sees and hears.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::future::try_join_all;
use sea_orm::ConnectionTrait as _;

use super::super::Store;
use super::{DEFAULT, TestDatabase, named};
use crate::domain::Actor;

/// Processes that write, and what each of them does.
const PROCESSES: usize = 4;
const WRITES: usize = 24;

/// Imports and erases, and gives up some writes half-way.
async fn write_a_lot(store: Store, process: usize) -> Result<(), super::super::StoreError> {
    for number in 0..WRITES {
        let new = named(
            &format!("{process}-{number}"),
            &format!("文書{process}-{number}"),
        );
        if number % 6 == 5 {
            // A client that went away: the transaction is dropped at some await.
            let import = store.import(DEFAULT, &Actor::Local, std::slice::from_ref(&new));
            let patience = Duration::from_micros(500 * number as u64);
            if tokio::time::timeout(patience, import).await.is_err() {
                continue;
            }
        }
        let imported = store.import(DEFAULT, &Actor::Local, &[new]).await?;
        if number % 4 == 3 {
            store
                .erase(DEFAULT, &Actor::Local, imported[0].candidate)
                .await?;
        }
    }
    Ok(())
}

pub(super) async fn a_follower_skips_no_change_of_concurrent_processes(database: &TestDatabase) {
    let is_over = Arc::new(AtomicBool::new(false));
    let follower = tokio::spawn({
        let (store, is_over) = (database.store.clone(), Arc::clone(&is_over));
        async move {
            let mut seen = 0;
            loop {
                // Asked first: nothing is written after the last look.
                let was_over = is_over.load(Ordering::SeqCst);
                let changes = store.changes_after(DEFAULT, seen, 100).await.unwrap();
                for change in &changes {
                    assert_eq!(change.sequence, seen + 1, "a change came too late");
                    seen = change.sequence;
                }
                if was_over && changes.is_empty() {
                    return seen;
                }
                tokio::task::yield_now().await;
            }
        }
    });
    let mut writers = Vec::new();
    for process in 0..PROCESSES {
        let store = Store::connect(&database.options).await.unwrap();
        let writing = tokio::spawn(write_a_lot(store, process));
        writers.push(async { writing.await.expect("a task that ends") });
    }
    try_join_all(writers).await.unwrap();
    is_over.store(true, Ordering::SeqCst);
    let seen = follower.await.unwrap();
    assert_eq!(seen, database.store.last_sequence(DEFAULT).await.unwrap());
    // Those that were not given up, and the erasures.
    assert!(seen >= (PROCESSES * WRITES) as i64, "{seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_is_heard_of_until_the_connection_is_lost() {
    let Some(database) = TestDatabase::postgres().await else {
        return;
    };
    let writer = Store::connect(&database.options).await.unwrap();
    let mut listener = database.store.listen().await.unwrap();
    writer
        .import(DEFAULT, &Actor::Local, &[named("a", "一")])
        .await
        .unwrap();
    assert_eq!(listener.next().await.unwrap(), DEFAULT);

    let ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                  WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    writer.readers.execute_unprepared(ending).await.unwrap();
    listener.next().await.expect_err("the connection is lost");

    let mut listener = database.store.listen().await.unwrap();
    writer
        .import(DEFAULT, &Actor::Local, &[named("a", "二")])
        .await
        .unwrap();
    assert_eq!(listener.next().await.unwrap(), DEFAULT);
}
