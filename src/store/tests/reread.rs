//! Readings that a newer reader replaces.

use super::engines::TestDatabase;
use super::samples::{document, employer, full, job, named};
use super::{DEFAULT, career, employer_rows, import, import_one, row_counts};
use crate::domain::{Resume, ResumeId, Stints};
use crate::store::NewResume;

/// What a reader of the next version reads of `old`.
fn newer(old: &NewResume, resume: Resume) -> NewResume {
    NewResume {
        parser_version: old.parser_version + 1,
        external_id: None,
        resume,
        notices: Vec::new(),
        ..old.clone()
    }
}

pub(super) async fn a_newer_reader_replaces_what_was_read(database: &TestDatabase) {
    let store = &database.store;
    let old = full("本文");
    let imported = import_one(database, &old).await;
    let before = career(database, imported.candidate).await;
    let outdated = store.outdated(DEFAULT, 8, None, 10).await.unwrap();
    assert_eq!(outdated.len(), 1);
    assert_eq!(outdated[0].id, imported.resume);
    assert_eq!(outdated[0].original, old.original);
    assert_eq!(outdated[0].file_name, old.file_name);

    let resume = Resume {
        stints: Stints {
            employments: vec![job(employer("株式会社新"))],
            projects: Vec::new(),
        },
        ..Resume::default()
    };
    let readings = [(imported.resume, newer(&old, resume.clone()))];
    assert_eq!(store.reread(DEFAULT, &readings).await.unwrap(), 1);

    let after = career(database, imported.candidate).await;
    assert_eq!(after.resume, resume);
    assert_eq!(after.notices, []);
    assert_eq!(after.external_id, before.external_id);
    assert_eq!(after.resume_id, before.resume_id);
    assert_eq!(after.updated_at, before.updated_at);
    assert_eq!(after.row.received_at, before.row.received_at);
    assert_eq!(after.row.parser_version, 8);
    let original = store.original(DEFAULT, imported.resume).await.unwrap();
    assert_eq!(original, Some(old.original.clone()));
    let employers: Vec<_> = employer_rows(database)
        .await
        .into_iter()
        .map(|row| (row.name, row.candidate_count))
        .collect();
    assert_eq!(employers, [("株式会社新".to_owned(), 1)]);
    let changes = store.changes_after(DEFAULT, imported.sequence, 10).await;
    let changed: Vec<_> = changes
        .unwrap()
        .iter()
        .map(|change| change.candidate)
        .collect();
    assert_eq!(changed, [imported.candidate]);
    assert_eq!(store.outdated(DEFAULT, 8, None, 10).await.unwrap(), []);

    // Another process may have been first, and the same reading again is none.
    let counts = row_counts(database).await;
    assert_eq!(store.reread(DEFAULT, &readings).await.unwrap(), 0);
    assert_eq!(row_counts(database).await, counts);
}

pub(super) async fn an_older_document_read_again_stays_the_older_one(database: &TestDatabase) {
    let store = &database.store;
    let (first, second) = (named("a", "一"), named("a", "二"));
    let imported = import(database, &[first.clone(), second, document("三")]).await;
    let readings = [
        (imported[0].resume, newer(&first, Resume::default())),
        (ResumeId::new(), newer(&first, Resume::default())),
    ];
    assert_eq!(store.reread(DEFAULT, &readings).await.unwrap(), 1);
    let current = career(database, imported[0].candidate).await;
    assert_eq!(current.resume_id, imported[1].resume);
    let candidate = imported[0].candidate;
    let ids = store.resume_ids_of(DEFAULT, &[candidate]).await.unwrap();
    assert_eq!(ids[&candidate], [imported[1].resume, imported[0].resume]);
    let page = store.outdated(DEFAULT, 2, None, 1).await.unwrap();
    let rest = store
        .outdated(DEFAULT, 2, Some(page[0].id), 10)
        .await
        .unwrap();
    let left: Vec<_> = page
        .iter()
        .chain(&rest)
        .map(|outdated| outdated.id)
        .collect();
    let mut expected = [imported[1].resume, imported[2].resume];
    expected.sort_unstable();
    assert_eq!(left, expected);
}
