//! Many at once, failures, and the schema itself.

use std::collections::BTreeSet;

use futures::future::try_join_all;
use sea_orm::ConnectionTrait as _;

use super::engines::TestDatabase;
use super::samples::{document, employer, full, job, mention, named};
use super::{DEFAULT, career, employer_rows, import, import_one, row_counts};
use crate::domain::{Actor, CandidateId, Grade, OrganizationId, StintRef};
use crate::store::{NewResume, Store, StoreError};

pub(super) async fn the_schema_goes_up_down_and_up(database: &TestDatabase) {
    let store = &database.store;
    import_one(database, &full("一")).await;
    let states = store.migrations().await.unwrap();
    assert!(states.iter().all(|state| state.is_applied));
    let steps = u32::try_from(states.len()).unwrap();
    // One at a time, so that each is taken back on its own and put back again.
    for step in 0..steps {
        store.roll_back(1).await.unwrap();
        let states = store.migrations().await.unwrap();
        let pending = states.iter().filter(|state| !state.is_applied).count();
        assert_eq!(u32::try_from(pending).unwrap(), step + 1);
        if step % 4 == 0 {
            store.migrate().await.unwrap();
            store.roll_back(step + 1).await.unwrap();
        }
    }
    store.migrate().await.unwrap();
    store.migrate().await.unwrap();
    store.ensure_organization(DEFAULT, "default").await.unwrap();
    let imported = import_one(database, &full("一")).await;
    assert!(!imported.unchanged);
    assert_eq!(imported.sequence, 1);
}

pub(super) async fn concurrent_imports_all_succeed_in_one_order(database: &TestDatabase) {
    let imports: Vec<NewResume> = (0..32)
        .map(|number| {
            let mut new = full(&format!("文書{number}"));
            new.external_id = Some(format!("ats-{}", number % 8));
            new
        })
        .collect();
    let running = imports.iter().map(|new| {
        let store = database.store.clone();
        let new = new.clone();
        let imported =
            tokio::spawn(async move { store.import(DEFAULT, &Actor::Local, &[new]).await });
        async { imported.await.expect("a task that ends") }
    });
    let imported = try_join_all(running).await.unwrap();
    let sequences: BTreeSet<i64> = imported.iter().map(|done| done[0].sequence).collect();
    assert_eq!(sequences, (1..=32).collect());
    let candidates: BTreeSet<CandidateId> = imported.iter().map(|done| done[0].candidate).collect();
    assert_eq!(candidates.len(), 8);
    let newest = imported.iter().flatten().max_by_key(|done| done.sequence);
    let newest = newest.unwrap();
    let read = career(database, newest.candidate).await;
    assert_eq!(read.resume_id, newest.resume);
    for row in employer_rows(database).await {
        assert!(row.candidate_count == 8 || row.is_anonymous, "{row:?}");
    }
}

pub(super) async fn two_first_imports_of_one_external_id_make_one_candidate(
    database: &TestDatabase,
) {
    let other = Store::connect(&database.options).await.unwrap();
    let (one, two) = ([named("a", "一")], [named("a", "二")]);
    let (one, two) = tokio::join!(
        database.store.import(DEFAULT, &Actor::Local, &one),
        other.import(DEFAULT, &Actor::Local, &two)
    );
    assert_eq!(one.unwrap()[0].candidate, two.unwrap()[0].candidate);
    let count = database.store.candidate_count(DEFAULT).await;
    assert_eq!(count.unwrap(), 1);
}

pub(super) async fn a_cancelled_import_leaves_all_or_nothing(database: &TestDatabase) {
    let store = &database.store;
    for polls in 1..40 {
        let new = [full(&format!("文書{polls}"))];
        let mut importing = Box::pin(store.import(DEFAULT, &Actor::Local, &new));
        for _ in 0..polls {
            if futures::poll!(&mut importing).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    let last = import_one(database, &full("最後")).await;
    let changes = store.changes_after(DEFAULT, 0, 1_000).await.unwrap();
    let sequences: Vec<i64> = changes.iter().map(|change| change.sequence).collect();
    assert_eq!(sequences, (1..=last.sequence).collect::<Vec<_>>());
    let ids = store.resume_ids_of(DEFAULT, &[last.candidate]).await;
    assert_eq!(ids.unwrap()[&last.candidate].len(), sequences.len());
}

pub(super) async fn two_processes_may_migrate_at_once(database: &TestDatabase) {
    let states = database.store.migrations().await.unwrap();
    let steps = u32::try_from(states.len()).unwrap();
    database.store.roll_back(steps).await.unwrap();
    let other = Store::connect(&database.options).await.unwrap();
    let (one, two) = tokio::join!(database.store.migrate(), other.migrate());
    one.unwrap();
    two.unwrap();
    let states = other.migrations().await.unwrap();
    assert!(states.iter().all(|state| state.is_applied));
    // Each makes what it begins with; many, so that the moments meet.
    for number in 0..60 {
        let (id, name) = (OrganizationId::new(), format!("o{number}"));
        let (one, two) = tokio::join!(
            database.store.ensure_organization(id, &name),
            other.ensure_organization(id, &name),
        );
        one.unwrap();
        two.unwrap();
    }
}

pub(super) async fn batches_above_the_bind_limit_are_stored(database: &TestDatabase) {
    let mut new = full("長い");
    new.resume.mentions = (0..6_000)
        .map(|number| {
            let mut mention = mention(&format!("t{}", number % 3_000), Grade::Worked);
            mention.stint = (number % 2 == 0).then_some(StintRef::Project(1));
            mention.line = number;
            mention
        })
        .collect();
    let imports: Vec<NewResume> = (0..300)
        .map(|number| named(&format!("n{number}"), &format!("短い{number}")))
        .chain([new])
        .collect();
    let imported = import(database, &imports).await;
    let long = imported.last().unwrap();
    let read = career(database, long.candidate).await;
    assert_eq!(read.resume.mentions, imports[300].resume.mentions);

    let mut ids: Vec<CandidateId> = (0..70_000).map(|_| CandidateId::new()).collect();
    ids.extend(imported.iter().map(|imported| imported.candidate));
    let store = &database.store;
    assert_eq!(store.candidates(DEFAULT, &ids).await.unwrap().len(), 301);
    assert_eq!(
        store.current_careers(DEFAULT, &ids).await.unwrap().len(),
        301
    );
    let mut keys: Vec<String> = (0..70_000).map(|number| format!("t{number}")).collect();
    keys.reverse();
    let counts = store.technology_counts(DEFAULT, &keys).await.unwrap();
    assert_eq!(counts.len(), 3_000);
    let erased = store
        .erase(DEFAULT, &Actor::Local, long.candidate)
        .await
        .unwrap();
    assert!(erased.is_some());
}

pub(super) async fn careers_take_the_same_number_of_statements_for_any_number(
    database: &TestDatabase,
) {
    let store = &database.store;
    let imports: Vec<NewResume> = (0..50)
        .map(|number| NewResume {
            external_id: Some(number.to_string()),
            ..full(&number.to_string())
        })
        .collect();
    let ids: Vec<CandidateId> = import(database, &imports)
        .await
        .iter()
        .map(|imported| imported.candidate)
        .collect();
    for ids in [&ids[..1], &ids[..]] {
        let before = store.statement_count();
        let careers = store.current_careers(DEFAULT, ids).await.unwrap();
        assert_eq!(store.statement_count() - before, 9);
        assert_eq!(careers.len(), ids.len());
    }
}

pub(super) async fn lists_are_those_of_the_career_however_often_they_are_asked_for(
    database: &TestDatabase,
) {
    let store = &database.store;
    let imported = import_one(database, &full("一")).await;
    let whole = career(database, imported.candidate).await;
    let (id, twice) = (imported.resume, [imported.resume, imported.resume]);

    let candidates = [imported.candidate, imported.candidate];
    let profiles = store.current_profiles(DEFAULT, &candidates).await.unwrap();
    let profile = &profiles[&imported.candidate];
    assert_eq!(profile.row, whole.row);
    assert_eq!(profile.identity, whole.resume.identity);
    assert_eq!(profile.outline, whole.resume.outline);
    assert_eq!(profile.external_id, whole.external_id);
    let profiles = store.profiles_of_resumes(DEFAULT, &twice).await.unwrap();
    assert_eq!(&profiles[&id], profile);

    let stored = store.stints(DEFAULT, &twice).await.unwrap();
    let stored = &stored[&id];
    assert_eq!(stored.stints, whole.resume.stints);
    assert_eq!(stored.employment_ids, whole.employment_ids);
    assert_eq!(stored.project_ids, whole.project_ids);
    assert_eq!(stored.employer_ids, whole.employer_ids);
    assert_eq!(stored.as_of, whole.as_of);
    let namings = store.namings(DEFAULT, &twice).await.unwrap();
    let namings = &namings[&id];
    assert_eq!(namings.mentions, whole.resume.mentions);
    assert_eq!(namings.stated, whole.resume.stated);
    let certifications = store.certifications(DEFAULT, &twice).await.unwrap();
    assert_eq!(certifications[&id], whole.resume.certifications);
    let education = store.education(DEFAULT, &twice).await.unwrap();
    assert_eq!(education[&id], whole.resume.education);
    let notices = store.notices(DEFAULT, &twice).await.unwrap();
    assert_eq!(notices[&id], whole.notices);

    let other = OrganizationId::new();
    let profiles = store.profiles_of_resumes(other, &twice).await.unwrap();
    assert!(profiles.is_empty());
    assert!(store.stints(other, &twice).await.unwrap().is_empty());
    let namings = store.namings(other, &twice).await.unwrap();
    assert_eq!(namings[&id].mentions, []);
    let notices = store.notices(other, &twice).await.unwrap();
    assert_eq!(notices[&id], []);
}

pub(super) async fn a_failed_import_leaves_nothing(database: &TestDatabase) {
    let mut broken = named("b", "二");
    broken.resume.mentions = vec![mention("go", Grade::Worked)];
    broken.resume.mentions[0].stint = Some(StintRef::Employment(3));
    let before = row_counts(database).await;
    let refused = database
        .store
        .import(DEFAULT, &Actor::Local, &[full("一"), broken])
        .await;
    let error = refused.expect_err("a mention of no job");
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert_eq!(row_counts(database).await, before);
    let last = database.store.last_sequence(DEFAULT).await;
    assert_eq!(last.unwrap(), 0);
    assert!(!import_one(database, &full("一")).await.unchanged);
}

pub(super) async fn odd_texts_are_stored(database: &TestDatabase) {
    let mut new = document("'; DROP TABLE resumes; -- \u{10ffff}");
    let long = "長".repeat(5_000);
    new.resume.identity.name = Some("a\0b".to_owned());
    new.resume.identity.emails = vec![String::new(), format!("{long}@example.com")];
    new.resume.stints.employments = vec![job(employer(&long)), job(employer("\0"))];
    new.resume.mentions = vec![mention(&long, Grade::Worked), mention("", Grade::Worked)];
    new.resume.mentions[1].heading_path = vec!["a\0b".to_owned()];
    let imported = import_one(database, &new).await;
    let read = career(database, imported.candidate).await.resume;
    assert_eq!(read.identity.name.as_deref(), Some("a\u{fffd}b"));
    assert_eq!(read.identity.emails, new.resume.identity.emails);
    assert_eq!(read.stints.employments[0], new.resume.stints.employments[0]);
    assert_eq!(read.mentions[0], new.resume.mentions[0]);
    assert_eq!(read.mentions[1].heading_path, ["a\u{fffd}b"]);
    assert_eq!(import(database, &[]).await, []);
}

pub(super) async fn an_unknown_organization_is_an_error(database: &TestDatabase) {
    let nobody = OrganizationId::new();
    let refused = database
        .store
        .import(nobody, &Actor::Local, &[document("一")])
        .await;
    assert!(matches!(refused, Err(StoreError::UnknownOrganization)));
    let refused = database
        .store
        .erase(nobody, &Actor::Local, CandidateId::new())
        .await;
    assert!(matches!(refused, Err(StoreError::UnknownOrganization)));
    database.store.ping().await.unwrap();
}

pub(super) async fn what_was_acknowledged_is_there_after_reopening(database: &TestDatabase) {
    let imported = import_one(database, &full("一")).await;
    let reopened = Store::connect(&database.options).await.unwrap();
    reopened.migrate().await.unwrap();
    let careers = reopened
        .current_careers(DEFAULT, &[imported.candidate])
        .await;
    assert_eq!(
        careers.unwrap()[&imported.candidate].resume,
        full("").resume
    );
}

#[tokio::test]
async fn sqlite_syncs_every_commit_and_keeps_keys() {
    let database = TestDatabase::sqlite().await;
    let writing = database.store.begin_write().await.unwrap();
    for (pragma, expected) in [
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
    ] {
        let row = writing
            .transaction
            .query_one_raw(sea_orm::Statement::from_string(
                sea_orm::DbBackend::Sqlite,
                format!("PRAGMA {pragma}"),
            ))
            .await
            .unwrap()
            .unwrap();
        let value: i64 = row.try_get_by_index(0).unwrap();
        assert_eq!(value, expected, "{pragma}");
    }
}

#[tokio::test]
async fn the_files_keep_nothing_of_an_erased_candidate() {
    let database = TestDatabase::sqlite().await;
    let text = "消えるべき文書".repeat(2_000);
    let holds = |needle: &str| {
        let files = database.files();
        let needle = needle.as_bytes();
        files.windows(needle.len()).any(|window| window == needle)
    };
    let goes = import_one(&database, &full(&text)).await;
    import_one(&database, &named("stays", "残る文書")).await;
    assert!(holds("消えるべき文書") && holds("山田 花子"));
    database
        .store
        .erase(DEFAULT, &Actor::Local, goes.candidate)
        .await
        .unwrap();
    for needle in [
        "消えるべき文書",
        "山田 花子",
        "hanako@example.com",
        "架空商事",
    ] {
        assert!(!holds(needle), "{needle}");
    }
    assert!(holds("残る文書"));
}

#[tokio::test]
async fn a_database_in_memory_is_one_database() {
    let options = crate::store::StoreOptions {
        url: "sqlite::memory:".to_owned(),
        max_connections: 4,
    };
    let store = Store::connect(&options).await.unwrap();
    store.migrate().await.unwrap();
    store.ensure_organization(DEFAULT, "default").await.unwrap();
    let imported = store
        .import(DEFAULT, &Actor::Local, &[full("一")])
        .await
        .unwrap()[0];
    let careers = store.current_careers(DEFAULT, &[imported.candidate]).await;
    assert_eq!(careers.unwrap().len(), 1);
}

#[tokio::test]
async fn an_error_tells_no_value() {
    let options = crate::store::StoreOptions {
        url: "postgres://someone:secret@127.0.0.1:1/nowhere".to_owned(),
        max_connections: 1,
    };
    let error = Store::connect(&options).await.expect_err("no server");
    assert!(!format!("{error} {error:?}").contains("secret"));
    let options = crate::store::StoreOptions {
        url: "mysql://localhost".to_owned(),
        max_connections: 1,
    };
    let error = Store::connect(&options).await.expect_err("no such engine");
    assert!(matches!(error, StoreError::Address));
}
