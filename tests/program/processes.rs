//! Several processes on one data directory, and what `kill -9` leaves: nothing that was acknowledged
//! is lost, nothing is half there.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use shokureki::generate::generate;

struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_shokureki"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env_clear()
            .env("SHOKUREKI_DATA_DIR", data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let greeting = lines.next().expect("a line").expect("UTF-8");
        let url = greeting
            .split_whitespace()
            .last()
            .expect("an address")
            .trim_end_matches('/');
        let url = format!("{url}/graphql");
        // What follows is read, so that the program never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { process, url }
    }

    fn end(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

async fn ask(client: &reqwest::Client, url: &str, query: &str, variables: Value) -> Option<Value> {
    let body = json!({ "query": query, "variables": variables });
    client
        .post(url)
        .json(&body)
        .send()
        .await
        .ok()?
        .json()
        .await
        .ok()
}

const IMPORT: &str = "mutation($input: ImportResumeInput!) { importResume(input: $input) { \
                      candidate { id } userErrors { code } } }";
const COUNT: &str = "{ searchCandidates { totalCount } }";
const PENDING: &str = "{ indexStatus { pendingChanges } }";
const CANDIDATE: &str = "query($externalId: String) { candidate(externalId: $externalId) { \
                         id name employments { line } projects { line } resume { text } } }";

/// Imports the documents from `first` on until the server is gone; gives the acknowledged numbers.
async fn import_until_killed(
    client: reqwest::Client,
    url: String,
    first: u64,
    stopped: Arc<AtomicBool>,
) -> Vec<u64> {
    let mut acknowledged = Vec::new();
    for number in first.. {
        let document = generate(5, number);
        let input = json!({
            "externalId": format!("n{number}"),
            "fileName": document.file_name,
            "text": document.text,
            // Half of them do not wait, so that the change log runs ahead of the index.
            "waitForIndex": number % 2 == 0,
        });
        match ask(&client, &url, IMPORT, json!({ "input": input })).await {
            Some(answer) if answer["data"]["importResume"]["candidate"]["id"].is_string() => {
                acknowledged.push(number);
            }
            _ => break,
        }
        if stopped.load(Ordering::SeqCst) {
            break;
        }
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_kill_is_found_after_the_restart() {
    let folder = tempfile::tempdir().expect("a directory");
    let client = reqwest::Client::new();
    let mut acknowledged: Vec<u64> = Vec::new();
    for round in 0..3_u64 {
        let server = Server::start(folder.path());
        let stopped = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..4_u64)
            .map(|writer| {
                let first = (round * 4 + writer) * 100_000;
                let (client, url) = (client.clone(), server.url.clone());
                tokio::spawn(import_until_killed(
                    client,
                    url,
                    first,
                    Arc::clone(&stopped),
                ))
            })
            .collect();
        // Killed in the middle of the writing: once some documents are in.
        loop {
            let answer = ask(&client, &server.url, COUNT, json!({}))
                .await
                .expect("an answer");
            let count = answer["data"]["searchCandidates"]["totalCount"]
                .as_u64()
                .unwrap_or(0);
            if count > u64::try_from(acknowledged.len()).expect("small") + 12 {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(server);
        stopped.store(true, Ordering::SeqCst);
        for writer in writers {
            acknowledged.extend(writer.await.expect("joined"));
        }
    }
    let server = Server::start(folder.path());
    // Both at once could count before and look at the index after it caught up.
    loop {
        let answer = ask(&client, &server.url, PENDING, json!({}))
            .await
            .expect("an answer");
        if answer["data"]["indexStatus"]["pendingChanges"] == 0 {
            break;
        }
        tokio::task::yield_now().await;
    }
    let answer = ask(&client, &server.url, COUNT, json!({}))
        .await
        .expect("an answer");
    let found = answer["data"]["searchCandidates"]["totalCount"]
        .as_u64()
        .expect("a count");
    let known = u64::try_from(acknowledged.len()).expect("small");
    // A document in flight at a kill may have been stored without its answer being heard.
    assert!(
        (known..=known + 12).contains(&found),
        "{found} found, {known} acknowledged"
    );
    for number in acknowledged {
        let variables = json!({ "externalId": format!("n{number}") });
        let answer = ask(&client, &server.url, CANDIDATE, variables)
            .await
            .expect("an answer");
        let candidate = &answer["data"]["candidate"];
        assert_eq!(
            candidate["resume"]["text"],
            generate(5, number).text,
            "document {number}"
        );
        assert!(candidate["employments"][0].is_object(), "{answer}");
        assert!(candidate["projects"][0].is_object(), "{answer}");
    }
    drop(server);
}

fn run(data: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_shokureki"))
        .args(arguments)
        .env_clear()
        .env("SHOKUREKI_DATA_DIR", data)
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_work_beside_a_running_server() {
    let folder = tempfile::tempdir().expect("a directory");
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("created");
    let document = folder.path().join("resume.md");
    std::fs::write(&document, generate(9, 0).text).expect("written");
    let server = Server::start(&data);
    let client = reqwest::Client::new();

    let imported = run(&data, &["import", document.to_str().expect("UTF-8")]);
    assert!(imported.contains("1 imported"), "{imported}");
    assert!(
        imported.contains("another process holds the index"),
        "{imported}"
    );
    // The server follows the change log by itself.
    loop {
        let answer = ask(&client, &server.url, COUNT, json!({}))
            .await
            .expect("an answer");
        if answer["data"]["searchCandidates"]["totalCount"] == 1 {
            break;
        }
        tokio::task::yield_now().await;
    }
    let found = run(&data, &["search"]);
    assert!(found.contains("1 of 1 candidates"), "{found}");
    drop(server);
}
