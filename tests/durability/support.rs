//! The program as a process, a database for it, and a client.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait as _, Database as Connection, DatabaseConnection};
use serde_json::{Value, json};
use shokureki::generate::generate;
use tempfile::TempDir;

/// How long anything that must happen may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks at something that another process does.
const LOOK: Duration = Duration::from_millis(10);

/// A database of its own for each test. It goes when this does.
pub(crate) struct Database {
    /// As `DATABASE_URL`; `None` for SQLite in the data directory.
    pub(crate) url: Option<String>,
    admin: Option<(String, String)>,
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        Self {
            url: None,
            admin: None,
        }
    }

    /// `None` without `TEST_POSTGRES_URL`.
    pub(crate) async fn postgres() -> Option<Self> {
        let admin_url = std::env::var("TEST_POSTGRES_URL").ok()?;
        let name = format!("durability_{}", uuid::Uuid::now_v7().simple());
        execute(&admin_url, &format!("CREATE DATABASE {name}")).await;
        let (server, _) = admin_url.rsplit_once('/').expect("a URL with a database");
        Some(Self {
            url: Some(format!("{server}/{name}")),
            admin: Some((admin_url.clone(), name)),
        })
    }

    /// Connects to the database that a server with the data directory `data` uses.
    pub(crate) async fn connect(&self, data: &Path) -> DatabaseConnection {
        let url = match &self.url {
            Some(url) => url.clone(),
            None => format!("sqlite://{}", data.join("shokureki.db").display()),
        };
        Connection::connect(url).await.expect("the database opens")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some((admin_url, name)) = self.admin.take() else {
            return;
        };
        // A runtime of its own: this runs inside that of the test, also when the test failed.
        let dropping = std::thread::spawn(move || {
            tokio::runtime::Runtime::new()
                .expect("a runtime")
                .block_on(execute(
                    &admin_url,
                    &format!("DROP DATABASE {name} WITH (FORCE)"),
                ));
        });
        dropping.join().ok();
    }
}

async fn execute(url: &str, statement: &str) {
    let connection = Connection::connect(url).await.expect("a server");
    let done = connection.execute_unprepared(statement).await;
    done.expect("a statement that the server takes");
}

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a directory")
}

/// Returns the program, to run on the data directory `data`.
pub(crate) fn program(data: &Path, url: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shokureki"));
    command.env_clear().env("SHOKUREKI_DATA_DIR", data);
    if let Some(url) = url {
        command.env("DATABASE_URL", url);
    }
    command
}

/// A running server.
pub(crate) struct Server {
    process: Child,
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    pub(crate) client: reqwest::Client,
    log: Arc<Mutex<String>>,
}

impl Server {
    pub(crate) fn start(data: &Path, url: Option<&str>) -> Self {
        Self::start_with(data, url, &[])
    }

    /// Starts one with further arguments of `serve`.
    pub(crate) fn start_with(data: &Path, url: Option<&str>, arguments: &[&str]) -> Self {
        let mut command = program(data, url);
        command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments);
        match Self::try_start(command) {
            Ok(server) => server,
            Err((status, log)) => panic!("the server ended with {status}: {log}"),
        }
    }

    /// Starts `command`, which serves; one that ends instead gives its status and its log.
    pub(crate) fn try_start(mut command: Command) -> Result<Self, (ExitStatus, String)> {
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let log = Arc::new(Mutex::new(String::new()));
        let errors = BufReader::new(process.stderr.take().expect("piped"));
        let written = Arc::clone(&log);
        let reading = std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                let mut log = written.lock().unwrap_or_else(PoisonError::into_inner);
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let Some(Ok(greeting)) = lines.next() else {
            let status = process.wait().expect("it ended");
            reading.join().expect("the log was read");
            let log = log.lock().unwrap_or_else(PoisonError::into_inner);
            return Err((status, log.clone()));
        };
        let address = greeting.split_whitespace().last().expect("an address");
        // What follows is read, so that the program never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let client = reqwest::Client::builder().timeout(PATIENCE);
        Ok(Self {
            process,
            url: address.trim_end_matches('/').to_owned(),
            client: client.build().expect("a client"),
            log,
        })
    }

    /// What the server wrote to its log so far.
    pub(crate) fn log(&self) -> String {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.clone()
    }

    /// Ends the process as a power cut would.
    pub(crate) fn kill(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Tells the process to end.
    pub(crate) fn terminate(&self) {
        let pid = self.process.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(told.expect("kill runs").success());
    }

    /// Waits until the process has ended.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().expect("a child") {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "the server does not end");
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Runs a query; `None` when the server is gone.
    pub(crate) async fn try_ask(&self, query: &str, variables: Value) -> Option<Value> {
        try_ask(&self.client, &self.url, query, variables).await
    }

    /// Runs a query, errors in its answer included.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Value {
        let answer = self.try_ask(query, variables).await;
        answer.unwrap_or_else(|| panic!("no answer; the log: {}", self.log()))
    }

    /// Imports a document and returns the whole payload.
    pub(crate) async fn import(&self, external_id: &str, text: &str, waits: bool) -> Value {
        let input = json!({
            "externalId": external_id, "fileName": "resume.md", "text": text, "waitForIndex": waits,
        });
        let answer = self.ask(IMPORT, json!({ "input": input })).await;
        let payload = &answer["data"]["importResume"];
        assert_eq!(payload["userErrors"], json!([]), "{answer}");
        payload.clone()
    }

    /// Counts the candidates that a query finds; `None` when the answer is an error.
    pub(crate) async fn count(&self, query: &str) -> Option<u64> {
        let asked = "query($query: String) { searchCandidates(query: $query) { totalCount } }";
        let answer = self.ask(asked, json!({ "query": query })).await;
        answer["data"]["searchCandidates"]["totalCount"].as_u64()
    }

    /// Waits until searches see every change that the store has.
    pub(crate) async fn caught_up(&self) {
        let current = "{ indexStatus { isCurrent isRebuilding appliedSequence lastSequence } }";
        let begun = Instant::now();
        loop {
            let answer = self.ask(current, json!({})).await;
            let status = &answer["data"]["indexStatus"];
            if status["isCurrent"] == true && status["isRebuilding"] == false {
                return;
            }
            let log = || self.log();
            assert!(begun.elapsed() < PATIENCE, "{answer}; the log: {}", log());
            tokio::time::sleep(LOOK).await;
        }
    }

    /// The status of `GET path`; `None` when nobody answers.
    pub(crate) async fn status(&self, path: &str) -> Option<u16> {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await;
        Some(answer.ok()?.status().as_u16())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

pub(crate) const IMPORT: &str = "mutation($input: ImportResumeInput!) { importResume(input: $input) { \
                                 candidate { id } isIndexed userErrors { code } } }";

pub(crate) const ERASE: &str = "mutation($input: EraseCandidateInput!) { eraseCandidate(input: $input) { \
                                erasedId userErrors { code } } }";

/// Posts a query to the server at `url`; `None` when there is no answer.
pub(crate) async fn try_ask(
    client: &reqwest::Client,
    url: &str,
    query: &str,
    variables: Value,
) -> Option<Value> {
    let body = json!({ "query": query, "variables": variables });
    let answer = client.post(format!("{url}/graphql")).json(&body);
    answer.send().await.ok()?.json().await.ok()
}

/// The word that only this document has.
pub(crate) fn marker(document: u64) -> String {
    format!("mejirushi{document:06}x")
}

/// A résumé with that word.
pub(crate) fn text(document: u64) -> String {
    format!(
        "{}\n## 自己PR\n\n整理番号は {} です。\n",
        generate(77, document).text,
        marker(document)
    )
}

/// Imports the first `count` documents of the series `seed` by the command.
pub(crate) fn import_many(data: &Path, url: Option<&str>, seed: u64, count: u64) {
    let folder = folder();
    let documents = folder.path().to_str().expect("UTF-8");
    let (count, seed) = (count.to_string(), seed.to_string());
    let generate = [
        "generate", "--count", &count, "--seed", &seed, "--out", documents,
    ];
    succeed(data, url, &generate);
    succeed(data, url, &["import", documents]);
}

/// Runs a command on the data directory, which must succeed.
pub(crate) fn succeed(data: &Path, url: Option<&str>, arguments: &[&str]) {
    let done = program(data, url).args(arguments).output();
    let done = done.expect("the program runs");
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{errors}");
}

/// Looks until there is something, for at most [`PATIENCE`].
pub(crate) async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "not in time: {what}");
        tokio::time::sleep(LOOK).await;
    }
}

/// Returns the number that the environment gives under `name`.
pub(crate) fn number_of(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}
