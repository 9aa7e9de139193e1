//! A server that is killed while it takes many documents in at once.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shokureki::generate::generate;

use super::socket::{Heard, Socket};
use super::support::{Database, Server, eventually, folder, program};

/// Documents of one request.
const MANY: usize = 36;

/// Candidates that are asked for in one request.
const ASKED_AT_ONCE: usize = 12;

const START: &str = "mutation($files: [ImportFileInput!]!) { startImport(input: { files: $files }) { \
                     job { id } userErrors { code } } }";

const JOB: &str = "query($id: ID!) { importJob(id: $id) { state done imported unchanged \
                   files { status sequence candidate { id } } } }";

const PROGRESS: &str = "subscription($id: ID!) { importProgress(jobId: $id) { \
                        file { index status sequence } } }";

/// The name of a document's candidate, which is a word of the document alone, too.
fn name(round: usize, index: usize) -> String {
    format!("mejirushi{round}x{index:03}x")
}

fn text(round: usize, index: usize) -> String {
    let document = generate(40 + round as u64, index as u64).text;
    let marker = name(round, index);
    format!("{document}\n## 自己PR\n\n整理番号は {marker} です。\n")
}

fn files(round: usize) -> Value {
    let file = |index| {
        let name = name(round, index);
        json!({ "externalId": name, "fileName": "r.md", "text": text(round, index) })
    };
    (0..MANY).map(file).collect()
}

async fn start(server: &Server, round: usize) -> String {
    let answer = server.ask(START, json!({ "files": files(round) })).await;
    let id = answer["data"]["startImport"]["job"]["id"].as_str();
    id.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

async fn job(server: &Server, id: &str) -> Value {
    let mut answer = server.ask(JOB, json!({ "id": id })).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["importJob"].take()
}

/// Follows a job until `enough` documents are told to be taken in; returns the sequence of each.
async fn acknowledged(socket: &mut Socket, id: &str, enough: usize) -> BTreeMap<usize, i64> {
    socket.subscribe("1", PROGRESS, &json!({ "id": id })).await;
    let mut told = BTreeMap::new();
    while told.len() < enough {
        let event = socket.next("1").await;
        let file = &event["data"]["importProgress"]["file"];
        if file.is_null() {
            continue;
        }
        assert_eq!(file["status"], "IMPORTED", "{event}");
        let index = file["index"].as_u64().expect("a number");
        let sequence = file["sequence"].as_i64().expect("a number");
        told.insert(usize::try_from(index).expect("a place"), sequence);
    }
    told
}

/// Returns how many documents of a round are there: each as a whole, in store and index, and those that were
/// sent first.
async fn stored(server: &Server, round: usize) -> usize {
    let mut present = Vec::new();
    for indexes in (0..MANY).collect::<Vec<_>>().chunks(ASKED_AT_ONCE) {
        let field = |index: &usize| {
            let name = name(round, *index);
            format!(
                "c{index}: candidate(externalId: \"{name}\") {{ resume {{ text }} resumes {{ id }} }} \
                 f{index}: searchCandidates(query: \"\\\"{name}\\\"\") {{ totalCount }} "
            )
        };
        let fields: String = indexes.iter().map(field).collect();
        let answer = server.ask(&format!("{{ {fields} }}"), json!({})).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        for &index in indexes {
            let candidate = &answer["data"][format!("c{index}")];
            let found = &answer["data"][format!("f{index}")]["totalCount"];
            if candidate.is_null() {
                assert_eq!(*found, 0, "{index} is found, and not there");
                present.push(false);
                continue;
            }
            assert_eq!(candidate["resume"]["text"], text(round, index));
            let count = candidate["resumes"].as_array().map(Vec::len);
            assert_eq!(count, Some(1), "{index} is there twice");
            assert_eq!(*found, 1, "{index} is there, and not found");
            present.push(true);
        }
    }
    let count = present.iter().take_while(|is_there| **is_there).count();
    assert!(!present[count..].contains(&true), "{present:?}");
    count
}

async fn a_killed_import_loses_and_halves_nothing(database: Database) {
    let data = folder();
    let url = database.url.as_deref();
    let mut server = Server::start(data.path(), url);
    // The first is killed as soon as it begins.
    for (round, enough) in [0, 1, 11, 24].into_iter().enumerate() {
        let mut socket = Socket::of(&server.url, None).await;
        let id = start(&server, round).await;
        let told = acknowledged(&mut socket, &id, enough).await;
        server.kill();
        // Some more may have been told meanwhile.
        let mut told: Vec<usize> = told.into_keys().collect();
        loop {
            match socket.hear().await {
                Heard::Message(message) => {
                    assert_eq!(message["type"], "next", "it did not end: {message}");
                    let file = &message["payload"]["data"]["importProgress"]["file"];
                    told.extend(
                        file["index"]
                            .as_u64()
                            .and_then(|at| usize::try_from(at).ok()),
                    );
                }
                Heard::Closed(code) => {
                    assert_eq!(code, 0, "nobody was there to say why");
                    break;
                }
            }
        }
        server = Server::start(data.path(), url);
        server.caught_up().await;
        let count = stored(&server, round).await;
        let acknowledged = told.iter().max().map_or(0, |last| last + 1);
        assert!(count >= acknowledged, "{count} of {acknowledged}: {told:?}");
        assert!(count < MANY, "it was not killed while it was under way");

        // The job is unknown, and that is said.
        assert_eq!(job(&server, &id).await, Value::Null);
        let mut socket = Socket::of(&server.url, None).await;
        socket.subscribe("1", PROGRESS, &json!({ "id": id })).await;
        assert_eq!(socket.error("1").await, "NOT_FOUND");

        // The same files again complete it.
        let again = start(&server, round).await;
        let ended = eventually("the import ends", async || {
            let job = job(&server, &again).await;
            (job["state"] == "FINISHED").then_some(job)
        })
        .await;
        assert_eq!(ended["unchanged"], count, "{ended}");
        assert_eq!(ended["imported"], MANY - count, "{ended}");
        server.caught_up().await;
        assert_eq!(stored(&server, round).await, MANY);
    }
    assert_eq!(server.count("").await, Some(4 * MANY as u64));
    let doctor = program(data.path(), url).arg("doctor").output();
    let doctor = doctor.expect("it runs");
    let report = String::from_utf8_lossy(&doctor.stdout);
    assert!(doctor.status.success(), "{report}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_loses_and_halves_nothing_on_sqlite() {
    a_killed_import_loses_and_halves_nothing(Database::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_loses_and_halves_nothing_on_postgres() {
    if let Some(database) = Database::postgres().await {
        a_killed_import_loses_and_halves_nothing(database).await;
    }
}
