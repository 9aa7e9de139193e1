//! A program beside a newer one: what the newer one did to the database.

use sea_orm::ConnectionTrait as _;

use super::super::{AuditFilter, StoreError};
use super::{DEFAULT, TestDatabase, career, full, import_one};
use crate::domain::{AuditAction, DocumentFormat, LinkKind, NoticeKind};

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

/// A newer program may know more kinds of things than this one: nothing else of a row is lost by that.
pub(super) async fn words_of_a_newer_program_are_no_errors(database: &TestDatabase) {
    let mut new = full("一");
    let imported = import_one(database, &new).await;
    let store = &database.store;
    for table in ["notices", "links", "employments"] {
        execute(
            database,
            &format!("UPDATE {table} SET kind = 'of_tomorrow'"),
        )
        .await;
    }
    execute(database, "UPDATE resumes SET format = 'of_tomorrow'").await;
    execute(
        database,
        "UPDATE audit_log SET action = 'foresee' WHERE action = 'import'",
    )
    .await;
    for notice in &mut new.notices {
        notice.kind = NoticeKind::Other;
    }
    for link in &mut new.resume.identity.links {
        link.kind = LinkKind::Other;
    }
    for job in &mut new.resume.stints.employments {
        job.kind = None;
    }
    assert!(!new.notices.is_empty() && !new.resume.identity.links.is_empty());
    let read = career(database, imported.candidate).await;
    assert_eq!(read.notices, new.notices);
    assert_eq!(read.resume.identity.links, new.resume.identity.links);
    let kinds = read.resume.stints.employments.iter().map(|job| job.kind);
    assert!(kinds.len() > 0 && kinds.flatten().count() == 0);
    assert_eq!(read.row.format, DocumentFormat::PlainText);
    // The entry is there, and is asked for as what this program makes of it.
    for (action, expected) in [
        (None, 1),
        (Some(AuditAction::Other), 1),
        (Some(AuditAction::Import), 0),
    ] {
        let filter = AuditFilter {
            action,
            ..AuditFilter::default()
        };
        let page = store.audit_page(DEFAULT, &filter, None, 10).await.unwrap();
        assert_eq!(page.len(), expected, "{action:?}");
        assert!(page.iter().all(|of| of.action == AuditAction::Other));
    }
}
