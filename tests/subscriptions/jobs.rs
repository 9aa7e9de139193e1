//! Imports of many files, and how they are followed.

use serde_json::{Value, json};

use super::app::TestApp;
use super::program::shokureki;
use super::socket::{Heard, Socket};
use super::{ALL_SCOPES, ask, resume, token};

const START: &str =
    "mutation($files: [ImportFileInput!]!) { startImport(input: { files: $files }) {
    job { id state total done } userErrors { field code message } } }";

const PROGRESS: &str = "subscription($id: ID!) { importProgress(jobId: $id) {
    job { state total done imported unchanged failed finishedAt }
    file { index fileName externalId status sequence candidate { externalId } resume { fileName } error { field code message } } } }";

const JOB: &str = "query($id: ID!) { importJob(id: $id) { state total done imported unchanged failed
    startedAt finishedAt files { index status externalId candidate { externalId } error { code } } } }";

async fn start(app: &TestApp, token: &str, files: &Value) -> String {
    let answer = ask(app, token, START, &json!({ "files": files })).await;
    let payload = &answer["data"]["startImport"];
    assert_eq!(payload["userErrors"], json!([]), "{answer}");
    assert_eq!(
        payload["job"]["total"],
        files.as_array().map_or(0, Vec::len)
    );
    payload["job"]["id"].as_str().expect("an id").to_owned()
}

fn file(external_id: &str, text: &str) -> Value {
    json!({ "externalId": external_id, "fileName": format!("{external_id}.md"), "text": text })
}

/// Follows a job to its end; returns what was told after the first event.
async fn follow(socket: &mut Socket, id: &str) -> Vec<Value> {
    socket.subscribe(id, PROGRESS, &json!({ "id": id })).await;
    let first = socket.next(id).await;
    assert_eq!(
        first["data"]["importProgress"]["file"],
        Value::Null,
        "{first}"
    );
    let mut told = Vec::new();
    loop {
        match socket.hear().await {
            Heard::Message(mut message) if message["type"] == "next" => {
                told.push(message["payload"]["data"]["importProgress"].take());
            }
            Heard::Message(message) => {
                assert_eq!(message, json!({ "type": "complete", "id": id }));
                return told;
            }
            heard @ Heard::Closed(_) => panic!("{heard:?}"),
        }
    }
}

async fn job(app: &TestApp, token: &str, id: &str) -> Value {
    let mut answer = ask(app, token, JOB, &json!({ "id": id })).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    answer["data"]["importJob"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_file_is_told_with_what_became_of_it() {
    let app = TestApp::start().await;
    let own = token(&app, ALL_SCOPES);
    let bad = json!({ "externalId": "bad", "fileName": "bad.pdf", "base64": "AAECAwQFBgcICQ==" });
    let files = json!([
        file("a", &resume("見本 花子")),
        bad,
        file("b", &resume("架空 次郎")),
        file("a", &resume("見本 花子")),
    ]);
    let id = start(&app, &own, &files).await;
    let mut socket = Socket::of(&app.url, Some(&own)).await;
    follow(&mut socket, &id).await;
    // Whatever was missed of it, the job tells at its end.
    let ended = job(&app, &own, &id).await;
    assert_eq!(ended["state"], "FINISHED");
    let counts = ["total", "done", "imported", "unchanged", "failed"].map(|of| ended[of].clone());
    assert_eq!(counts, [4, 4, 2, 1, 1].map(Value::from), "{ended}");
    assert!(ended["finishedAt"].as_str() >= ended["startedAt"].as_str());
    let statuses: Vec<&Value> = (0..4)
        .map(|index| &ended["files"][index]["status"])
        .collect();
    assert_eq!(statuses, ["IMPORTED", "FAILED", "IMPORTED", "UNCHANGED"]);
    assert_eq!(ended["files"][1]["error"]["code"], "UNSUPPORTED_FORMAT");
    assert_eq!(ended["files"][1]["candidate"], Value::Null);
    assert_eq!(ended["files"][3]["candidate"]["externalId"], "a");
    // The same again changes nothing; what is told of it goes by the order of the request.
    let again = start(&app, &own, &files).await;
    let told = follow(&mut socket, &again).await;
    let rest = &told[..];
    let places: Vec<i64> = rest
        .iter()
        .filter_map(|event| event["file"]["index"].as_i64())
        .collect();
    assert_eq!(places, (4 - rest.len() as i64..4).collect::<Vec<_>>());
    let ended = job(&app, &own, &again).await;
    assert_eq!(
        (&ended["imported"], &ended["unchanged"]),
        (&json!(0), &json!(3))
    );
    let log = ask(
        &app,
        &token(&app, "audit"),
        "{ auditLog(first: 100) { nodes { action } } }",
        &json!({}),
    )
    .await;
    let entries = log["data"]["auditLog"]["nodes"].as_array().expect("a list");
    let imports = entries
        .iter()
        .filter(|entry| entry["action"] == "IMPORT")
        .count();
    assert_eq!(imports, 2, "as single imports are: {log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_follows_from_the_beginning_hears_every_file() {
    const MANY: usize = 100;
    let app = TestApp::start().await;
    let own = token(&app, ALL_SCOPES);
    let mut socket = Socket::of(&app.url, Some(&own)).await;
    let text = |number: usize| {
        format!(
            "{}\n\n{}",
            resume(&format!("見本 {number}郎")),
            "- 設計と開発を担当\n".repeat(300)
        )
    };
    let files: Vec<Value> = (0..MANY)
        .map(|number| file(&number.to_string(), &text(number)))
        .collect();
    let id = start(&app, &own, &json!(files)).await;
    let told = follow(&mut socket, &id).await;
    assert!(told.len() > MANY / 2, "{}", told.len());
    let begin = MANY - told.len();
    let mut sequence = 0;
    for (event, index) in told.iter().zip(begin..) {
        let file = &event["file"];
        assert_eq!(file["index"], index);
        assert_eq!(file["status"], "IMPORTED", "{event}");
        assert_eq!(file["externalId"], index.to_string());
        assert_eq!(file["candidate"]["externalId"], index.to_string());
        assert!(
            event["job"]["done"].as_u64() > Some(index as u64),
            "{event}"
        );
        assert!(file["sequence"].as_i64() > Some(sequence), "{event}");
        sequence = file["sequence"].as_i64().expect("a number");
    }
    let last = &told.last().expect("there is one")["job"];
    assert_eq!(
        (&last["state"], &last["imported"]),
        (&json!("FINISHED"), &json!(MANY))
    );
    let found = ask(
        &app,
        &own,
        "query($s: Int!) { searchCandidates(minSequence: $s) { totalCount } }",
        &json!({ "s": sequence }),
    )
    .await;
    assert_eq!(
        found["data"]["searchCandidates"]["totalCount"], MANY,
        "{found}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_is_of_its_organization_and_of_those_who_import() {
    let app = TestApp::start().await;
    shokureki(&app, &["organization", "create", "別の会社"]);
    let arguments = [
        "token",
        "create",
        "--organization",
        "別の会社",
        "--scope",
        ALL_SCOPES,
    ];
    let theirs = shokureki(&app, &arguments);
    let own = token(&app, ALL_SCOPES);
    let id = start(&app, &own, &json!([file("a", &resume("見本 花子"))])).await;
    assert_eq!(job(&app, &theirs, &id).await, Value::Null);
    let mut socket = Socket::of(&app.url, Some(&theirs)).await;
    socket.subscribe("1", PROGRESS, &json!({ "id": id })).await;
    assert_eq!(socket.error("1").await, "NOT_FOUND");
    let looking = token(&app, "search");
    let refused = ask(&app, &looking, JOB, &json!({ "id": id })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let refused = ask(
        &app,
        &looking,
        START,
        &json!({ "files": [file("b", "# x")] }),
    )
    .await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    // Who may only import is not shown what was read.
    let importing = token(&app, "import");
    let mut socket = Socket::of(&app.url, Some(&importing)).await;
    follow(&mut socket, &id).await;
    let told = job(&app, &importing, &id).await;
    assert_eq!(told["files"][0]["status"], "IMPORTED");
    assert_eq!(told["files"][0]["candidate"], Value::Null);
    // Nor what others said of it, which may be a name.
    assert_eq!(told["files"][0]["externalId"], Value::Null);
    assert_eq!(job(&app, &own, &id).await["files"][0]["externalId"], "a");
    assert_eq!(
        job(&app, &own, &id).await["files"][0]["candidate"]["externalId"],
        "a"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_job_can_do_begins_none() {
    let app = TestApp::start().await;
    let own = token(&app, ALL_SCOPES);
    let refused = async |files: Value| {
        let answer = ask(&app, &own, START, &json!({ "files": files })).await;
        let payload = answer["data"]["startImport"].clone();
        assert_eq!(payload["job"], Value::Null, "{answer}");
        let errors = payload["userErrors"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let told = |error: &Value| (error["field"].clone(), error["code"].clone());
        errors.iter().map(told).collect::<Vec<_>>()
    };
    let bad = |field: &str| (json!(field), json!("BAD_USER_INPUT"));
    assert_eq!(refused(json!([])).await, [bad("files")]);
    let many = vec![file("a", "# x"); 101];
    assert_eq!(refused(json!(many)).await, [bad("files")]);
    let mixed = json!([file("a", "# x"), { "fileName": "b.md" }, { "base64": "***" }]);
    assert_eq!(
        refused(mixed).await,
        [bad("files.1"), bad("files.2.base64")]
    );
    let left = ask(
        &app,
        &own,
        "{ searchCandidates { totalCount } }",
        &json!({}),
    )
    .await;
    assert_eq!(left["data"]["searchCandidates"]["totalCount"], 0);
    let unknown = "SW1wb3J0Sm9iOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA";
    assert_eq!(job(&app, &own, unknown).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_waits_for_imports_that_were_begun() {
    let mut app = TestApp::start().await;
    let text = |number: usize| {
        format!(
            "{}\n\n{}",
            resume(&format!("見本 {number}郎")),
            "- 設計と開発を担当\n".repeat(300)
        )
    };
    let files: Vec<Value> = (0..50)
        .map(|number| file(&number.to_string(), &text(number)))
        .collect();
    let answer = app.query(START, json!({ "files": files })).await;
    assert!(
        answer["data"]["startImport"]["job"]["id"].is_string(),
        "{answer}"
    );
    app.stop().await;
    let found = shokureki(&app, &["search", "--json", "--employer", "株式会社見本"]);
    let found: Value = serde_json::from_str(&found).expect("JSON");
    assert_eq!(found["totalCount"], 50, "{found}");
}
