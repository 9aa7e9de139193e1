//! Backup and restore, on both engines and from one to the other.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::engines::{Place, execute};
use async_graphql::Request;
use serde_json::Value;
use shokureki::app::{self, App};
use shokureki::backup::{self, BackupError};
use shokureki::domain::OrganizationId;
use shokureki::generate::generate;
use shokureki::ingest::Upload;
use shokureki::store::{Store, StoreOptions, TransferError};

const PATIENCE: Duration = Duration::from_secs(120);

/// What is asked before and after.
const QUERIES: &[&str] = &[
    "{ searchCandidates(query: \"Go\", first: 50) { totalCount edges { score node { id externalId name } \
       matches { clause months evidence { line excerpt byteStart grade } } } \
       facets { technologies { technology { name } count } } } }",
    "{ searchCandidates(first: 100, sort: NAME_ASC) { totalCount nodes { id externalId name birthDate \
       emails phones location links { url } employments { title period { from to } projects { title } } \
       technologies { technology { name } months grade } certifications { name acquired } \
       education { school } resumes { id sha256 text format documentDate } notices { kind line text } } } }",
    "{ technologies(first: 50) { nodes { id name candidateCount } } }",
    "{ employers(first: 50) { nodes { id name aliases isAnonymous candidateCount } } }",
];

async fn store(place: &Place) -> Store {
    let options = StoreOptions {
        url: place.database_url.clone(),
        max_connections: 2,
    };
    Store::connect(&options).await.expect("a database")
}

fn upload(external_id: &str, bytes: Vec<u8>) -> Upload {
    Upload {
        external_id: Some(external_id.to_owned()),
        file_name: Some("resume.md".to_owned()),
        bytes,
        document_date: None,
    }
}

fn generated(number: u64) -> Upload {
    let external_id = format!("n{number:04}");
    upload(&external_id, generate(7, number).text.into_bytes())
}

async fn import(app: &App, uploads: Vec<Upload>) {
    for outcome in app.import(uploads).await.expect("a database") {
        outcome.expect("a document");
    }
}

async fn ask(app: &App, query: &str) -> Value {
    let response = app.execute(Request::new(query)).await;
    assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
    response.data.into_json().expect("JSON")
}

/// The answers of an index without a past: what was deleted moves scores until it is merged away.
async fn answers(place: &Place) -> Vec<Value> {
    let app = App::open(&place.config()).await.expect("it opens");
    app.wait_for_index(PATIENCE).await.expect("it catches up");
    app.reindex().await.expect("a rebuild");
    let mut answers = Vec::new();
    for query in QUERIES {
        answers.push(ask(&app, query).await);
    }
    app.close().await;
    answers
}

/// Candidates with several documents, an erased one, and texts that engines dislike.
async fn fill(place: &Place) {
    let app = App::open(&place.config()).await.expect("it opens");
    import(&app, (0..20).map(generated).collect()).await;
    import(
        &app,
        vec![upload("n0001", generate(8, 1).text.into_bytes())],
    )
    .await;
    let odd = "# 職務経歴書\n\n氏名: 架空 \"花子\"\\ '😀'\n\n- Go を3年、\t㍿ AWS\r\n";
    import(&app, vec![upload("odd '\";--", odd.as_bytes().to_vec())]).await;
    let erase = "mutation { eraseCandidate(input: { externalId: \"n0002\" }) { erasedId } }";
    ask(&app, erase).await;
    app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_store_gives_the_same_answers_on_any_engine() {
    for (from, to) in [
        ("SQLite", "SQLite"),
        ("SQLite", "PostgreSQL"),
        ("PostgreSQL", "SQLite"),
        ("PostgreSQL", "PostgreSQL"),
    ] {
        let (Some(origin), Some(target)) = (Place::on(from).await, Place::on(to).await) else {
            continue;
        };
        fill(&origin).await;
        let folder = origin.folder.path().join("backup");
        let written = app::back_up(&origin.config(), &folder).await;
        let manifest = written.expect("a backup");
        assert_eq!(manifest.rows_of("candidates"), 20, "{from}");
        assert_eq!(manifest.rows_of("documents"), 21, "{from}");
        let restored = app::restore(&target.config(), &folder, false).await;
        restored.expect("an empty database takes it");
        let (before, after) = (answers(&origin).await, answers(&target).await);
        assert_eq!(before, after, "from {from} to {to}");
        // What was restored goes on: the next change is counted behind the last one.
        let app = App::open(&target.config()).await.expect("it opens");
        import(&app, vec![generated(100)]).await;
        app.wait_for_index(PATIENCE).await.expect("it catches up");
        let found = ask(&app, "{ searchCandidates { totalCount } }").await;
        assert_eq!(found["searchCandidates"]["totalCount"], 21);
        app.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_beside_imports_holds_a_moment_between_two_of_them() {
    for engine in ["SQLite", "PostgreSQL"] {
        let Some(origin) = Place::on(engine).await else {
            continue;
        };
        let app = Arc::new(App::open(&origin.config()).await.expect("it opens"));
        let (acknowledged, stop) = (
            Arc::new(AtomicUsize::new(0)),
            Arc::new(AtomicBool::new(false)),
        );
        let importing = {
            let (app, acknowledged, stop) = (
                Arc::clone(&app),
                Arc::clone(&acknowledged),
                Arc::clone(&stop),
            );
            tokio::spawn(async move {
                for number in 0.. {
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                    import(&app, vec![generated(number)]).await;
                    acknowledged.fetch_add(1, Ordering::SeqCst);
                }
            })
        };
        for round in 0..3 {
            while acknowledged.load(Ordering::SeqCst) < (round + 1) * 8 {
                tokio::task::yield_now().await;
            }
            let before = acknowledged.load(Ordering::SeqCst);
            let folder = origin.folder.path().join(format!("backup{round}"));
            let written = app::back_up(&origin.config(), &folder).await;
            let manifest = written.expect("a backup");
            let after = acknowledged.load(Ordering::SeqCst) + 1;
            let target = Place::sqlite();
            let restored = app::restore(&target.config(), &folder, false).await;
            restored.expect("an empty database takes it");
            let copy = App::open(&target.config()).await.expect("it opens");
            copy.wait_for_index(PATIENCE).await.expect("it catches up");
            let query = "{ indexStatus { candidates indexedCandidates } \
                         searchCandidates(first: 100) { nodes { externalId resume { text } \
                         projects { title } employments { title } } } }";
            let answer = ask(&copy, query).await;
            copy.close().await;
            let nodes = answer["searchCandidates"]["nodes"].as_array();
            let nodes = nodes.expect("a list");
            let count = nodes.len();
            assert!(
                (before..=after).contains(&count),
                "{before} {count} {after}"
            );
            assert_eq!(answer["indexStatus"]["candidates"], count);
            assert_eq!(manifest.rows_of("documents"), count as u64);
            assert_eq!(manifest.rows_of("change_log"), count as u64);
            let ids: BTreeSet<String> = nodes
                .iter()
                .map(|node| node["externalId"].as_str().expect("an id").to_owned())
                .collect();
            let expected: BTreeSet<String> =
                (0..count).map(|number| format!("n{number:04}")).collect();
            assert_eq!(ids, expected, "the first {count}, and no other");
            let is_whole = |node: &Value| {
                let has = |list: &str| node[list].as_array().is_some_and(|list| !list.is_empty());
                has("projects") || has("employments")
            };
            assert!(nodes.iter().all(is_whole));
        }
        stop.store(true, Ordering::SeqCst);
        importing.await.expect("imports go on");
        Arc::into_inner(app).expect("nobody else").close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_holds_something_is_replaced_only_when_told_so() {
    for engine in ["SQLite", "PostgreSQL"] {
        let (Some(origin), Some(target)) = (Place::on(engine).await, Place::on(engine).await)
        else {
            continue;
        };
        fill(&origin).await;
        let folder = origin.folder.path().join("backup");
        app::back_up(&origin.config(), &folder)
            .await
            .expect("a backup");
        let app = App::open(&target.config()).await.expect("it opens");
        import(&app, vec![generated(500)]).await;
        app.wait_for_index(PATIENCE).await.expect("it catches up");
        // The server that holds the index.
        let refused = app::restore(&target.config(), &folder, true).await;
        assert!(
            matches!(refused, Err(app::TransferError::InUse)),
            "{refused:?}"
        );
        app.close().await;
        let before = answers(&target).await;
        let refused = app::restore(&target.config(), &folder, false).await;
        assert!(
            matches!(
                refused,
                Err(app::TransferError::Backup(BackupError::Transfer(
                    TransferError::NotEmpty
                )))
            ),
            "{refused:?}"
        );
        assert_eq!(answers(&target).await, before);
        let restored = app::restore(&target.config(), &folder, true).await;
        restored.expect("it was told to");
        assert_eq!(answers(&target).await, answers(&origin).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_another_data_directory_keeps_its_database() {
    let (Some(place), Some(mut other)) = (Place::postgres().await, Place::postgres().await) else {
        return;
    };
    fill(&place).await;
    let folder = place.folder.path().join("backup");
    app::back_up(&place.config(), &folder)
        .await
        .expect("a backup");
    let own = std::mem::replace(&mut other.database_url, place.database_url.clone());
    let app = App::open(&other.config()).await.expect("it opens");
    let store = store(&place).await;
    while store
        .followers(OrganizationId::DEFAULT)
        .await
        .expect("a database")
        .is_empty()
    {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let refused = app::restore(&place.config(), &folder, true).await;
    assert!(
        matches!(refused, Err(app::TransferError::InUse)),
        "{refused:?}"
    );
    app.close().await;
    let restored = app::restore(&place.config(), &folder, true).await;
    restored.expect("nobody uses it");
    other.database_url = own;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_or_unfinished_backup_changes_nothing() {
    let (origin, target) = (Place::sqlite(), Place::sqlite());
    fill(&origin).await;
    let folder = origin.folder.path().join("backup");
    app::back_up(&origin.config(), &folder)
        .await
        .expect("a backup");
    let occupied = app::back_up(&origin.config(), &folder).await;
    assert!(
        matches!(
            occupied,
            Err(app::TransferError::Backup(BackupError::Occupied(_)))
        ),
        "{occupied:?}"
    );

    let copied = |name: &str| {
        let copy = origin.folder.path().join(name);
        std::fs::create_dir(&copy).expect("a folder");
        for file in std::fs::read_dir(&folder).expect("a folder") {
            let file = file.expect("a file");
            std::fs::copy(file.path(), copy.join(file.file_name())).expect("a copy");
        }
        copy
    };
    let flipped = copied("flipped");
    let rows = flipped.join("candidates.jsonl.zst");
    let mut bytes = std::fs::read(&rows).expect("a file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&rows, bytes).expect("written");
    let unfinished = copied("unfinished");
    std::fs::remove_file(unfinished.join("manifest.json")).expect("removed");
    let newer = copied("newer");
    edit_manifest(&newer, |manifest| {
        let migrations = manifest["migrations"].as_array_mut();
        migrations
            .expect("a list")
            .push("m29990101_of_the_future".into());
    });
    let other = copied("other");
    edit_manifest(&other, |manifest| manifest["format"] = 99.into());
    let short = copied("short");
    edit_manifest(&short, |manifest| {
        let tables = manifest["tables"].as_array_mut().expect("a list");
        let notices = tables.iter_mut().find(|table| table["name"] == "mentions");
        notices.expect("a table")["rows"] = 1.into();
    });

    for (folder, expected) in [
        (&flipped, "is damaged"),
        (&unfinished, "no finished backup"),
        (&newer, "another version of the tables"),
        (&other, "format 99"),
        (&short, "rows of mentions"),
    ] {
        let refused = app::restore(&target.config(), folder, false).await;
        let message = refused.expect_err("it is no sound backup").to_string();
        assert!(message.contains(expected), "{message}");
        let store = store(&target).await;
        assert!(store.is_empty().await.expect("a database"), "{expected}");
    }
    let restored = app::restore(&target.config(), &folder, false).await;
    restored.expect("the sound one");
}

fn edit_manifest(folder: &Path, edit: impl FnOnce(&mut Value)) {
    let path = folder.join("manifest.json");
    let text = std::fs::read(&path).expect("a manifest");
    let mut manifest = serde_json::from_slice(&text).expect("JSON");
    edit(&mut manifest);
    std::fs::write(&path, manifest.to_string()).expect("written");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_of_older_tables_is_brought_to_the_newest() {
    for engine in ["SQLite", "PostgreSQL"] {
        let (Some(origin), Some(target)) = (Place::on(engine).await, Place::on(engine).await)
        else {
            continue;
        };
        fill(&origin).await;
        let older = store(&origin).await;
        older.roll_back(1).await.expect("an older version");
        let folder = origin.folder.path().join("backup");
        let manifest = backup::write(&older, &folder).await.expect("a backup");
        let restored = app::restore(&target.config(), &folder, false).await;
        restored.expect("an older backup");
        let newest = store(&target).await;
        assert_eq!(newest.pending_migrations().await.expect("a database"), 0);
        let applied = newest.applied_migrations().await.expect("a database");
        assert_eq!(applied.len(), manifest.migrations.len() + 1);
        let app = App::open(&target.config()).await.expect("it opens");
        app.wait_for_index(PATIENCE).await.expect("it catches up");
        let found = ask(&app, "{ searchCandidates { totalCount } }").await;
        assert_eq!(found["searchCandidates"]["totalCount"], 20);
        app.close().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_reads_a_backup() {
    use std::os::unix::fs::PermissionsExt as _;

    let origin = Place::sqlite();
    fill(&origin).await;
    let folder = origin.folder.path().join("backup");
    app::back_up(&origin.config(), &folder)
        .await
        .expect("a backup");
    let mode = |path: &Path| {
        let metadata = std::fs::metadata(path).expect("it is there");
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode(&folder), 0o700);
    for file in std::fs::read_dir(&folder).expect("a folder") {
        assert_eq!(mode(&file.expect("a file").path()), 0o600);
    }
}

#[tokio::test]
async fn columns_that_this_program_does_not_make_are_refused() {
    let (origin, target) = (Place::sqlite(), Place::sqlite());
    let (from, to) = (store(&origin).await, store(&target).await);
    from.migrate().await.expect("tables");
    let other = "ALTER TABLE notices ADD COLUMN other text";
    execute(&origin.database_url, other).await;
    let folder = origin.folder.path().join("backup");
    backup::write(&from, &folder).await.expect("a backup");
    let refused = backup::restore(&to, &folder, false).await;
    assert!(
        matches!(refused, Err(BackupError::Transfer(TransferError::Schema))),
        "{refused:?}"
    );
    assert!(to.is_empty().await.expect("a database"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_commands_work_beside_a_server_and_say_what_they_did() {
    let (origin, target) = (Place::sqlite(), Place::sqlite());
    let run = |place: &Place, arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_shokureki"))
            .args(arguments)
            .env_clear()
            .env("SHOKUREKI_DATA_DIR", place.folder.path())
            .output()
            .expect("the program runs");
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(text).expect("UTF-8");
        (output.status.code(), text)
    };
    // Holds the index as a server does.
    let app = App::open(&origin.config()).await.expect("it opens");
    import(&app, (0..3).map(generated).collect()).await;
    let folder = origin.folder.path().join("backup");
    let folder = folder.to_str().expect("UTF-8");
    let (status, text) = run(&origin, &["backup", folder]);
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.starts_with("3 candidates with 3 documents: "),
        "{text}"
    );
    let (status, text) = run(&origin, &["backup", folder]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("is not empty"), "{text}");
    let (status, text) = run(&target, &["restore", folder, "--verify"]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.starts_with("intact: 3 candidates"), "{text}");
    let (status, text) = run(&target, &["restore", folder]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.starts_with("restored: 3 candidates"), "{text}");
    let (status, text) = run(&target, &["restore", folder]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("the database is not empty"), "{text}");
    let (status, text) = run(&origin, &["restore", folder, "--force"]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.contains("stop the server first"), "{text}");
    let (status, text) = run(&target, &["doctor"]);
    assert_eq!(status, Some(0), "{text}");
    app.close().await;
}
