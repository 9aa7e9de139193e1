//! How SQLite goes about the statements of a page and of an import.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, Statement};

use super::samples::full;
use super::{DEFAULT, TestDatabase, employer_rows, import, technology_rows};
use crate::domain::{CandidateId, EmploymentId, ProjectId, ResumeId};
use crate::store::NewResume;

/// As many as a page shows, and no fewer than those that SQLite begins at to take an organization's index for
/// the better one.
const ROWS: usize = 20;

/// Each statement that was sent by a connection that this watches.
#[derive(Clone, Default)]
struct Sent(Arc<Mutex<BTreeSet<String>>>);

impl Sent {
    fn watch(&self, connection: &mut DatabaseConnection) {
        let sent = self.clone();
        connection.set_metric_callback(move |info| {
            let mut statements = sent.0.lock().unwrap();
            statements.insert(info.statement.sql.clone());
        });
    }

    fn with_many_keys(&self) -> Vec<String> {
        let statements = self.0.lock().unwrap();
        let has_many = |sql: &&String| sql.contains(" IN (?, ?, ?");
        statements.iter().filter(has_many).cloned().collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_of_many_keys_are_not_looked_for_in_the_whole_organization() {
    let mut database = TestDatabase::sqlite().await;
    let sent = Sent::default();
    sent.watch(&mut database.store.readers);
    sent.watch(&mut database.store.writers);
    let imports: Vec<NewResume> = (0..ROWS)
        .map(|number| NewResume {
            external_id: Some(number.to_string()),
            ..full(&number.to_string())
        })
        .collect();
    let imported = import(&database, &imports).await;
    let candidates: Vec<CandidateId> = imported.iter().map(|one| one.candidate).collect();
    let resumes: Vec<ResumeId> = imported.iter().map(|one| one.resume).collect();
    let employers = employer_rows(&database).await;
    let employers: Vec<_> = employers.iter().cycle().take(ROWS).collect();
    let keys: Vec<String> = technology_rows(&database)
        .await
        .iter()
        .cycle()
        .take(ROWS)
        .map(|row| row.key.clone())
        .collect();

    let store = &database.store;
    store.candidates(DEFAULT, &candidates).await.unwrap();
    store.current_careers(DEFAULT, &candidates).await.unwrap();
    store.current_profiles(DEFAULT, &candidates).await.unwrap();
    store.profiles_of_resumes(DEFAULT, &resumes).await.unwrap();
    store.resumes(DEFAULT, &resumes).await.unwrap();
    store.originals(DEFAULT, &resumes).await.unwrap();
    store.resume_texts(DEFAULT, &resumes).await.unwrap();
    store.resume_ids_of(DEFAULT, &candidates).await.unwrap();
    let stints = store.stints(DEFAULT, &resumes).await.unwrap();
    let jobs: Vec<EmploymentId> = stints
        .values()
        .flat_map(|stints| stints.employment_ids.clone())
        .collect();
    let projects: Vec<ProjectId> = stints
        .values()
        .flat_map(|stints| stints.project_ids.clone())
        .collect();
    store.employment_owners(DEFAULT, &jobs).await.unwrap();
    store.project_owners(DEFAULT, &projects).await.unwrap();
    store.namings(DEFAULT, &resumes).await.unwrap();
    store.certifications(DEFAULT, &resumes).await.unwrap();
    store.education(DEFAULT, &resumes).await.unwrap();
    store.notices(DEFAULT, &resumes).await.unwrap();
    let ids: Vec<_> = employers.iter().map(|row| row.id).collect();
    store.employers(DEFAULT, &ids).await.unwrap();
    let names: Vec<String> = employers.iter().map(|row| row.key.clone()).collect();
    store.employers_by_key(DEFAULT, &names).await.unwrap();
    store.technology_counts(DEFAULT, &keys).await.unwrap();

    let statements = sent.with_many_keys();
    assert!(statements.len() > 20, "{}", statements.len());
    for sql in statements {
        let explain =
            Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {sql}"));
        for step in store.readers.query_all_raw(explain).await.unwrap() {
            let step: String = step.try_get("", "detail").unwrap();
            let is_whole = step.starts_with("SCAN") || step.ends_with("(organization_id=?)");
            assert!(!is_whole, "{step}: {sql}");
        }
    }
}
