//! The audit log on both engines: what was written stays as it was, or that it does not is seen.

use chrono::{TimeDelta, Utc};
use sea_orm::ConnectionTrait as _;

use super::engines::TestDatabase;
use crate::domain::{Actor, AuditAction, OrganizationId};
use crate::store::{AuditFault, AuditFilter, NewAuditEntry};

const ORGANIZATION: OrganizationId = OrganizationId::DEFAULT;

fn entry(detail: Option<&str>) -> NewAuditEntry {
    NewAuditEntry {
        actor: Actor::User("recruiter@example.com".into()),
        action: AuditAction::Search,
        candidate: None,
        detail: detail.map(str::to_owned),
    }
}

async fn filled(database: &TestDatabase) {
    for number in 0..5 {
        let entry = entry(Some(&format!("query {number}")));
        let written = database.store.record_audit(ORGANIZATION, &[entry]).await;
        written.expect("written");
    }
}

async fn change(database: &TestDatabase, sql: &str) {
    let changed = database.store.readers.execute_unprepared(sql).await;
    assert!(changed.expect("changed").rows_affected() > 0, "{sql}");
}

async fn fault(database: &TestDatabase) -> Option<(i64, AuditFault)> {
    database
        .store
        .verify_audit(ORGANIZATION)
        .await
        .expect("read")
        .fault
}

pub(super) async fn a_log_that_nobody_changed_verifies(database: &TestDatabase) {
    assert_eq!(fault(database).await, None);
    filled(database).await;
    let verdict = database
        .store
        .verify_audit(ORGANIZATION)
        .await
        .expect("read");
    assert_eq!((verdict.entries, verdict.fault), (5, None));
    let page = database
        .store
        .audit_page(ORGANIZATION, &AuditFilter::default(), None, 2)
        .await;
    let page = page.expect("read");
    assert_eq!(
        page.iter().map(|entry| entry.number).collect::<Vec<_>>(),
        [5, 4]
    );
    assert_eq!(page[0].detail.as_deref(), Some("query 4"));
    assert_eq!(page[0].actor, "user:recruiter@example.com");
    assert_eq!(verdict.head, Some((5, page[0].digest)));
}

pub(super) async fn an_entry_that_was_changed_is_seen(database: &TestDatabase) {
    filled(database).await;
    change(
        database,
        "UPDATE audit_log SET actor = 'local' WHERE number = 3",
    )
    .await;
    assert_eq!(fault(database).await, Some((3, AuditFault::Changed)));
}

pub(super) async fn an_entry_that_was_taken_out_is_seen(database: &TestDatabase) {
    filled(database).await;
    change(database, "DELETE FROM audit_log WHERE number = 3").await;
    assert_eq!(fault(database).await, Some((4, AuditFault::Gap)));
}

pub(super) async fn entries_taken_out_of_the_beginning_are_seen(database: &TestDatabase) {
    filled(database).await;
    change(database, "DELETE FROM audit_log WHERE number < 3").await;
    assert_eq!(fault(database).await, Some((3, AuditFault::Gap)));
}

pub(super) async fn words_that_were_changed_are_seen_and_words_may_go(database: &TestDatabase) {
    filled(database).await;
    change(
        database,
        "UPDATE audit_details SET detail = 'another' WHERE number = 2",
    )
    .await;
    assert_eq!(fault(database).await, Some((2, AuditFault::DetailChanged)));
    change(database, "DELETE FROM audit_details WHERE number = 2").await;
    assert_eq!(fault(database).await, None);
}

pub(super) async fn old_entries_go_and_what_is_left_verifies(database: &TestDatabase) {
    filled(database).await;
    let store = &database.store;
    let past = Utc::now() - TimeDelta::days(1);
    let pruned = store.prune_audit(ORGANIZATION, past, &Actor::Local).await;
    assert_eq!(pruned.expect("written"), 0);
    let future = Utc::now() + TimeDelta::days(1);
    let pruned = store.prune_audit(ORGANIZATION, future, &Actor::Local).await;
    assert_eq!(pruned.expect("written"), 5);
    filled(database).await;
    let verdict = store.verify_audit(ORGANIZATION).await.expect("read");
    assert_eq!((verdict.entries, verdict.fault), (6, None));
    let page = store
        .audit_page(ORGANIZATION, &AuditFilter::default(), Some(7), 1)
        .await;
    assert_eq!(page.expect("read")[0].action, AuditAction::PruneAudit);
    // A pruning that nobody recorded is seen beside one that was.
    change(database, "DELETE FROM audit_log WHERE number < 8").await;
    assert_eq!(fault(database).await, Some((8, AuditFault::Gap)));
}
