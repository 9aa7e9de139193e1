//! Each kind of damage is found, and a sound store is not suspected.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::engines::{Place, execute};
use shokureki::app::{self, App};
use shokureki::domain::{Actor, AuditAction, OrganizationId};
use shokureki::examine::{CheckKind, Report, State};
use shokureki::generate::generate;
use shokureki::ingest::Upload;
use shokureki::store::{NewAuditEntry, Store, StoreOptions};
use shokureki_index::{Change, SkillIndex};

const PATIENCE: Duration = Duration::from_secs(120);

/// A store and an index with three candidates, closed.
async fn filled(place: &Place) {
    let app = App::open(&place.config()).await.expect("it opens");
    let uploads = (0..3).map(|number| Upload {
        external_id: Some(format!("n{number}")),
        file_name: Some("resume.md".to_owned()),
        bytes: generate(11, number).text.into_bytes(),
        document_date: None,
    });
    for outcome in app.import(uploads.collect()).await.expect("a database") {
        outcome.expect("a document");
    }
    app.wait_for_index(PATIENCE).await.expect("it catches up");
    app.close().await;
}

async fn examined(place: &Place) -> Report {
    app::examine(&place.config()).await.expect("a database")
}

/// The kinds of checks that found damage, and what they say.
fn damage(report: &Report) -> Vec<(CheckKind, String)> {
    let damaged = report
        .checks
        .iter()
        .filter(|checked| checked.state == State::Damaged);
    damaged
        .map(|checked| (checked.check, checked.summary.clone()))
        .collect()
}

fn index_of(place: &Place) -> PathBuf {
    let index = place.folder.path().join("index");
    index.join(OrganizationId::DEFAULT.to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sound_store_is_not_suspected_with_a_server_or_without() {
    for engine in ["SQLite", "PostgreSQL"] {
        let Some(place) = Place::on(engine).await else {
            continue;
        };
        filled(&place).await;
        let report = examined(&place).await;
        assert_eq!(damage(&report), []);
        let is_ok = |kind| {
            let mut of_kind = report.checks.iter().filter(|checked| checked.check == kind);
            of_kind.all(|checked| checked.state == State::Ok)
        };
        for kind in [
            CheckKind::Program,
            CheckKind::Dictionary,
            CheckKind::Database,
            CheckKind::Migrations,
            CheckKind::DatabaseFiles,
            CheckKind::References,
            CheckKind::Candidates,
            CheckKind::ChangeLog,
            CheckKind::AuditLog,
            CheckKind::Documents,
            CheckKind::Reader,
            CheckKind::IndexFiles,
            CheckKind::Index,
        ] {
            assert!(report.checks.iter().any(|checked| checked.check == kind));
            assert!(is_ok(kind), "{kind:?}: {:?}", report.checks);
        }
        let app = App::open(&place.config()).await.expect("it opens");
        assert_eq!(damage(&examined(&place).await), []);
        app.close().await;
    }
}

/// Damages the store by a statement, and asserts what is said of it.
async fn check(statement: &str, expected: &[(CheckKind, &str)]) {
    for engine in ["SQLite", "PostgreSQL"] {
        let Some(place) = Place::on(engine).await else {
            continue;
        };
        filled(&place).await;
        // Foreign keys are off for the statement: a sound engine would not let it through.
        let statement = match engine {
            "SQLite" => format!("PRAGMA foreign_keys = OFF; {statement}"),
            _ => format!("SET session_replication_role = replica; {statement}"),
        };
        execute(&place.database_url, &statement).await;
        let found = damage(&examined(&place).await);
        for (kind, part) in expected {
            let is_found = found
                .iter()
                .any(|(check, summary)| check == kind && summary.contains(part));
            assert!(is_found, "{engine}: no {kind:?} {part}: {found:?}");
        }
        let kinds: Vec<CheckKind> = expected.iter().map(|(kind, _)| *kind).collect();
        let others = found.iter().filter(|(kind, _)| !kinds.contains(kind));
        assert_eq!(others.count(), 0, "{engine}: {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_that_is_not_as_it_was_received_is_found() {
    let one = "(SELECT resume_id FROM documents ORDER BY resume_id LIMIT 1)";
    let expected = [(CheckKind::Documents, "1 of 3 are not as they were received")];
    let other = format!("UPDATE documents SET original = text || text WHERE resume_id = {one}");
    check(&other, &expected).await;
    let hash = format!(
        "UPDATE resumes SET sha256 = (SELECT text FROM documents WHERE resume_id = {one}) WHERE id = {one}"
    );
    check(&hash, &expected).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_without_those_they_name_are_found() {
    check(
        "DELETE FROM employers",
        &[(CheckKind::References, "employments without their employers")],
    )
    .await;
    check(
        "DELETE FROM documents",
        &[(CheckKind::Candidates, "3 résumés without a document")],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_of_another_organization_are_found() {
    check(
        "UPDATE projects SET organization_id = resume_id",
        &[(
            CheckKind::References,
            "projects of another organization than their resumes",
        )],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn candidates_without_a_current_resume_are_found() {
    check(
        "UPDATE resumes SET is_current = FALSE",
        &[(
            CheckKind::Candidates,
            "3 candidates without a current résumé",
        )],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gap_in_the_change_log_is_found() {
    check(
        "DELETE FROM change_log WHERE sequence = 2",
        &[
            (CheckKind::ChangeLog, "1 organizations"),
            (CheckKind::Candidates, "1 candidates that the change log"),
        ],
    )
    .await;
    check(
        "UPDATE organizations SET last_sequence = 7",
        &[(CheckKind::ChangeLog, "1 organizations")],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_audit_log_that_was_changed_is_found() {
    check(
        "UPDATE audit_log SET actor = 'automation' WHERE number = 2",
        &[(CheckKind::AuditLog, "entry 2: it was changed")],
    )
    .await;
    check(
        "DELETE FROM audit_log WHERE number = 2",
        &[(
            CheckKind::AuditLog,
            "entry 3: entries before it are missing",
        )],
    )
    .await;
    check(
        "UPDATE audit_log SET previous = digest WHERE number = 3",
        &[(
            CheckKind::AuditLog,
            "entry 3: it does not follow the entry before it",
        )],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_audit_log_of_every_organization_is_looked_at() {
    for engine in ["SQLite", "PostgreSQL"] {
        let Some(place) = Place::on(engine).await else {
            continue;
        };
        filled(&place).await;
        let options = StoreOptions {
            url: place.database_url.clone(),
            max_connections: 2,
        };
        let store = Store::connect(&options).await.expect("a database");
        let other = store.create_organization("other").await.expect("made").id;
        let entry = NewAuditEntry {
            actor: Actor::Local,
            action: AuditAction::Search,
            candidate: None,
            detail: Some("Erlang".to_owned()),
        };
        for _ in 0..2 {
            let written = store
                .record_audit(other, std::slice::from_ref(&entry))
                .await;
            written.expect("written");
        }
        assert_eq!(damage(&examined(&place).await), [], "{engine}");
        let statement = "UPDATE audit_details SET detail = 'COBOL' WHERE number = 2";
        execute(&place.database_url, statement).await;
        let expected = format!("organization {other}: entry 2: what it says was changed");
        let found = damage(&examined(&place).await);
        assert_eq!(found, [(CheckKind::AuditLog, expected)], "{engine}");
        // What was said may go with the person whom it named.
        execute(&place.database_url, "DELETE FROM audit_details").await;
        assert_eq!(damage(&examined(&place).await), [], "{engine}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn candidates_that_left_the_store_alone_are_found_in_the_index() {
    check(
        "DELETE FROM resumes; DELETE FROM candidates; DELETE FROM documents; \
         DELETE FROM candidate_emails; DELETE FROM resume_technologies; DELETE FROM employments; \
         DELETE FROM projects; DELETE FROM mentions; DELETE FROM stated_months; \
         DELETE FROM certifications; DELETE FROM education; DELETE FROM links; DELETE FROM notices",
        &[(CheckKind::Index, "3 candidates are no longer in the store")],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_of_another_database_is_found() {
    check(
        "DELETE FROM change_log WHERE sequence = 3; UPDATE organizations SET last_sequence = 2",
        &[
            (CheckKind::Index, "it is of another database"),
            (CheckKind::Candidates, "1 candidates that the change log"),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_program_mends_by_itself_is_no_damage() {
    let place = Place::sqlite();
    filled(&place).await;
    let pending = |report: &Report| -> Vec<CheckKind> {
        let pending = report
            .checks
            .iter()
            .filter(|checked| checked.state == State::Pending);
        pending.map(|checked| checked.check).collect()
    };
    let older = "UPDATE resumes SET parser_version = 1";
    execute(&place.database_url, older).await;
    let report = examined(&place).await;
    assert_eq!(damage(&report), []);
    assert_eq!(pending(&report), [CheckKind::Reader]);
    std::fs::remove_dir_all(place.folder.path().join("index")).expect("removed");
    let report = examined(&place).await;
    assert_eq!(damage(&report), []);
    assert_eq!(pending(&report), [CheckKind::Reader, CheckKind::Index]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_of_another_version_are_found() {
    let place = Place::sqlite();
    filled(&place).await;
    let options = StoreOptions {
        url: place.database_url.clone(),
        max_connections: 1,
    };
    let store = Store::connect(&options).await.expect("a database");
    store.roll_back(1).await.expect("an older version");
    let found = damage(&examined(&place).await);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, CheckKind::Migrations);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_candidate_that_the_index_lacks_is_found() {
    let place = Place::sqlite();
    filled(&place).await;
    let index = SkillIndex::open(&index_of(&place)).expect("it opens");
    let key = index.keys().expect("keys").swap_remove(1);
    let sequence = index.state().applied_sequence;
    index
        .apply(vec![Change::Delete(key.clone())], sequence)
        .expect("it is deleted");
    drop(index);
    let report = examined(&place).await;
    let found = damage(&report);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].1.contains("1 candidates of the store are missing"));
    assert!(
        report
            .checks
            .iter()
            .any(|checked| checked.examples == [key.clone()])
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flipped_bit_in_the_index_is_found() {
    let place = Place::sqlite();
    filled(&place).await;
    let generation = index_of(&place).join("1");
    flip(&largest(&generation, "store"));
    let found = damage(&examined(&place).await);
    assert_eq!(
        found.first().map(|(kind, _)| *kind),
        Some(CheckKind::IndexFiles)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_cannot_be_read_is_found() {
    let place = Place::sqlite();
    filled(&place).await;
    let meta = index_of(&place).join("1").join("meta.json");
    std::fs::write(meta, "{").expect("written");
    let found = damage(&examined(&place).await);
    assert_eq!(
        found.first().map(|(kind, _)| *kind),
        Some(CheckKind::IndexFiles)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_file_that_was_written_over_is_found() {
    let place = Place::sqlite();
    filled(&place).await;
    // Everything into the file itself.
    execute(&place.database_url, "PRAGMA wal_checkpoint(TRUNCATE)").await;
    let path = place.folder.path().join("shokureki.db");
    let mut bytes = std::fs::read(&path).expect("a file");
    let page = 4096;
    for byte in &mut bytes[page * 10..page * 14] {
        *byte ^= 0x55;
    }
    std::fs::write(&path, bytes).expect("written");
    let found = damage(&examined(&place).await);
    let is_found = found
        .iter()
        .any(|(kind, _)| *kind == CheckKind::DatabaseFiles);
    assert!(is_found, "{found:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_exit_status_and_the_report_tell_it() {
    let place = Place::sqlite();
    filled(&place).await;
    let doctor = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_shokureki"))
            .arg("doctor")
            .args(arguments)
            .env_clear()
            .env("SHOKUREKI_DATA_DIR", place.folder.path())
            .output()
            .expect("the program runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        (output.status.code(), text)
    };
    let (status, text) = doctor(&[]);
    assert_eq!(status, Some(0), "{text}");
    assert!(text.ends_with("nothing is wrong\n"), "{text}");
    execute(
        &place.database_url,
        "UPDATE documents SET original = text || text",
    )
    .await;
    let (status, text) = doctor(&[]);
    assert_eq!(status, Some(1), "{text}");
    assert!(text.ends_with("1 thing is wrong\n"), "{text}");
    let (status, text) = doctor(&["--json"]);
    assert_eq!(status, Some(1), "{text}");
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report["ok"], false);
    let checks = report["checks"].as_array().expect("a list");
    let documents = checks.iter().find(|check| check["check"] == "documents");
    let documents = documents.expect("a check");
    assert_eq!(documents["state"], "damaged");
    assert_eq!(documents["examples"].as_array().map(Vec::len), Some(3));
}

fn largest(folder: &Path, extension: &str) -> PathBuf {
    let files = std::fs::read_dir(folder).expect("a folder");
    let paths = files.map(|file| file.expect("a file").path());
    paths
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .max_by_key(|path| std::fs::metadata(path).expect("a file").len())
        .expect("such a file")
}

fn flip(path: &Path) {
    let mut bytes = std::fs::read(path).expect("a file");
    let middle = bytes.len() / 3;
    bytes[middle] ^= 1;
    std::fs::write(path, bytes).expect("written");
}
