//! The program is killed again and again while it writes. After each restart, what was acknowledged
//! is there, what was not is there or not, and nothing is half there or twice, in the store and in the
//! index alike.
//!
//! `CRASH_ROUNDS` and `CRASH_ROUNDS_POSTGRES` say how often, `CRASH_SEED` begins another series.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use serde_json::{Value, json};
use shokureki::domain::DocumentFormat;
use shokureki_index::lexicon::Lexicon;

use super::support::{
    Database, ERASE, IMPORT, Server, folder, marker, number_of, program, text, try_ask,
};

/// Clients that write at once, and the candidates that each of them writes.
const CLIENTS: usize = 3;
const CANDIDATES: usize = 12;

/// The most documents that a client writes in one round.
const DOCUMENTS: u64 = 200;

/// The longest time that a server writes before it is killed.
const LONGEST_MS: u64 = 700;

/// Candidates that are asked for in one request.
const ASKED_AT_ONCE: usize = 12;

/// What is known of one candidate.
#[derive(Clone, Debug, Default)]
struct Known {
    /// The current document and how many there are, as last acknowledged or seen.
    state: Option<Stored>,
    /// What a request whose answer was not heard would have made of it.
    attempted: Option<Option<Stored>>,
    /// Documents that were replaced or erased since the last check.
    gone: Vec<u64>,
    was_touched: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stored {
    document: u64,
    documents: usize,
}

impl Known {
    fn attempt(&mut self, state: Option<Stored>) {
        self.attempted = Some(state);
        self.was_touched = true;
    }

    fn succeed(&mut self) {
        if let Some(state) = self.attempted.take() {
            self.become_(state);
        }
    }

    fn become_(&mut self, state: Option<Stored>) {
        self.gone.extend(self.state.map(|stored| stored.document));
        self.state = state;
    }
}

type Ledger = BTreeMap<String, Known>;

/// Writes until the server is gone; gives back what is known then.
async fn write_until_killed(
    client: reqwest::Client,
    url: String,
    mut ledger: Ledger,
    first_document: u64,
    seed: u64,
) -> Ledger {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let ids: Vec<String> = ledger.keys().cloned().collect();
    for document in first_document..first_document + DOCUMENTS {
        let id = &ids[random.random_range(0..ids.len())];
        let waits: bool = random.random();
        let known = ledger.get_mut(id).expect("a key of it");
        let erases = known.state.is_some() && random.random_ratio(1, 4);
        let (mutation, mut input) = if erases {
            known.attempt(None);
            (ERASE, json!({ "externalId": id }))
        } else {
            let documents = known.state.map_or(0, |stored| stored.documents) + 1;
            known.attempt(Some(Stored {
                document,
                documents,
            }));
            let input =
                json!({ "externalId": id, "fileName": "resume.md", "text": text(document) });
            (IMPORT, input)
        };
        input["waitForIndex"] = waits.into();
        let Some(answer) = try_ask(&client, &url, mutation, json!({ "input": input })).await else {
            break;
        };
        let payload = answer["data"]["importResume"]
            .as_object()
            .or_else(|| answer["data"]["eraseCandidate"].as_object());
        let payload = payload.unwrap_or_else(|| panic!("refused: {answer}"));
        assert_eq!(payload["userErrors"], json!([]), "{answer}");
        known.succeed();
    }
    ledger
}

/// Compares store and index of a started server with what is known; what was unknown becomes known.
async fn check(server: &Server, ledger: &mut Ledger) {
    server.caught_up().await;
    let mut present = BTreeMap::new();
    let ids: Vec<String> = ledger.keys().cloned().collect();
    for ids in ids.chunks(ASKED_AT_ONCE) {
        let fields: String = ids
            .iter()
            .enumerate()
            .map(|(number, id)| {
                format!(
                    "c{number}: candidate(externalId: \"{id}\") {{ id resume {{ text }} resumes {{ id }} \
                     employments {{ line }} projects {{ line }} }} "
                )
            })
            .collect();
        let answer = server.ask(&format!("{{ {fields} }}"), json!({})).await;
        for (number, id) in ids.iter().enumerate() {
            let known = ledger.get_mut(id).expect("a key of it");
            let candidate = &answer["data"][format!("c{number}")];
            check_candidate(id, known, candidate);
            if candidate.is_object() {
                present.insert(candidate["id"].to_string(), id.clone());
            }
        }
    }
    check_listing(server, &present).await;
    check_index(server, ledger).await;
}

/// Compares what the store has of one candidate.
fn check_candidate(id: &str, known: &mut Known, candidate: &Value) {
    let seen = candidate["resume"]["text"].as_str().map(|text| {
        let at = text.find("mejirushi").expect("the marker is at the end");
        let document = text[at + 9..at + 15].parse().expect("a number");
        let documents = candidate["resumes"].as_array().map_or(0, Vec::len);
        Stored {
            document,
            documents,
        }
    });
    assert!(
        seen == known.state || Some(seen) == known.attempted,
        "{id} is {seen:?}, but {known:?} is known"
    );
    match known.attempted.take() {
        Some(attempted) if attempted == seen => known.become_(seen),
        // The document of a request that was not carried out must not be found either.
        Some(Some(lost)) => known.gone.push(lost.document),
        _ => {}
    }
    if let Some(seen) = seen {
        let text = text(seen.document);
        assert_eq!(candidate["resume"]["text"], text, "{id}");
        let (read, _) =
            shokureki::resume::read(&text, DocumentFormat::Markdown, Lexicon::builtin());
        let count = |list: &str| candidate[list].as_array().map_or(0, Vec::len);
        assert_eq!(count("employments"), read.stints.employments.len(), "{id}");
        assert_eq!(count("projects"), read.stints.projects.len(), "{id}");
    }
}

/// Compares what a search for everybody finds with what the store has.
async fn check_listing(server: &Server, present: &BTreeMap<String, String>) {
    let listing = "{ searchCandidates(first: 100) { totalCount nodes { id externalId } } \
                   indexStatus { candidates indexedCandidates } }";
    let answer = server.ask(listing, json!({})).await;
    let found = answer["data"]["searchCandidates"]["nodes"].as_array();
    let found = found.unwrap_or_else(|| panic!("{answer}"));
    let listed: BTreeMap<String, String> = found
        .iter()
        .map(|node| {
            let external_id = node["externalId"].as_str().unwrap_or_default();
            (node["id"].to_string(), external_id.to_owned())
        })
        .collect();
    assert_eq!(listed.len(), found.len(), "a candidate was found twice");
    assert_eq!(&listed, present);
    let count = json!(present.len());
    assert_eq!(answer["data"]["searchCandidates"]["totalCount"], count);
    assert_eq!(answer["data"]["indexStatus"]["candidates"], count);
    assert_eq!(answer["data"]["indexStatus"]["indexedCandidates"], count);
}

/// Looks for the own words of the documents that were written since the last check.
async fn check_index(server: &Server, ledger: &mut Ledger) {
    for (id, known) in ledger.iter_mut().filter(|(_, known)| known.was_touched) {
        if let Some(stored) = known.state {
            let query = format!("\"{}\"", marker(stored.document));
            assert_eq!(server.count(&query).await, Some(1), "{id}: {known:?}");
        }
        // All of them in one request each would be a long test.
        if let Some(&gone) = known.gone.last() {
            let query = format!("\"{}\"", marker(gone));
            assert_eq!(server.count(&query).await, Some(0), "{id}: {known:?}");
        }
        known.gone.clear();
        known.was_touched = false;
    }
}

/// Compares the tables with one another.
async fn check_tables(database: &DatabaseConnection) {
    let number = async |sql: &str| -> i64 {
        let statement = Statement::from_string(database.get_database_backend(), sql);
        let row = database.query_one_raw(statement).await.expect("an answer");
        row.expect("a row").try_get_by_index(0).expect("a number")
    };
    let last = number("SELECT last_sequence FROM organizations").await;
    assert_eq!(number("SELECT COUNT(*) FROM change_log").await, last);
    let greatest = "SELECT COALESCE(MAX(sequence), 0) FROM change_log";
    assert_eq!(number(greatest).await, last);
    let without_current = "SELECT COUNT(*) FROM candidates WHERE 1 <> (SELECT COUNT(*) FROM resumes \
                           WHERE candidate_id = candidates.id AND is_current)";
    assert_eq!(number(without_current).await, 0);
    let without_bytes = "SELECT COUNT(*) FROM resumes WHERE NOT EXISTS \
                         (SELECT 1 FROM documents WHERE resume_id = resumes.id)";
    assert_eq!(number(without_bytes).await, 0);
    let miscounted = "SELECT COUNT(*) FROM employers WHERE candidate_count <> \
                      (SELECT COUNT(DISTINCT resumes.candidate_id) FROM employments \
                       JOIN resumes ON resumes.id = employments.resume_id AND resumes.is_current \
                       WHERE employments.employer_id = employers.id)";
    assert_eq!(number(miscounted).await, 0);
    if database.get_database_backend() == sea_orm::DbBackend::Sqlite {
        let check = Statement::from_string(sea_orm::DbBackend::Sqlite, "PRAGMA integrity_check");
        let row = database.query_one_raw(check).await.expect("an answer");
        let said: String = row.expect("a row").try_get_by_index(0).expect("a text");
        assert_eq!(said, "ok");
        let dangling = "SELECT COUNT(*) FROM pragma_foreign_key_check";
        assert_eq!(number(dangling).await, 0);
    }
}

/// Runs a command on the data directory and kills it in the middle.
async fn kill_command(data: &Path, url: Option<&str>, arguments: &[&str], after: Duration) {
    let mut command = program(data, url);
    let process = command
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut process = process.expect("the program runs");
    tokio::time::sleep(after).await;
    // It may have done all it had to.
    let _ = process.kill();
    process.wait().expect("it ended");
}

async fn survive(database: &Database, rounds: u64) {
    let seed = number_of("CRASH_SEED", 1);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let folder = folder();
    let (data, url) = (folder.path(), database.url.as_deref());
    let mut ledger: Ledger = (0..CLIENTS * CANDIDATES)
        .map(|number| (format!("n{number:03}"), Known::default()))
        .collect();
    let mut acknowledged = 0;
    let mut unheard = BTreeSet::new();
    for round in 0..rounds {
        if random.random_ratio(1, 8) {
            let after = Duration::from_millis(random.random_range(0..LONGEST_MS));
            kill_command(data, url, &["serve", "--listen", "127.0.0.1:0"], after).await;
        }
        let mut server = Server::start(data, url);
        check(&server, &mut ledger).await;
        check_tables(&database.connect(data).await).await;
        let mut shares = [const { Ledger::new() }; CLIENTS];
        for (number, (id, known)) in std::mem::take(&mut ledger).into_iter().enumerate() {
            shares[number % CLIENTS].insert(id, known);
        }
        let writers: Vec<_> = shares
            .into_iter()
            .zip(0..)
            .map(|(share, client)| {
                let first = (client * 1_000 + round) * DOCUMENTS;
                let seed = random.random();
                let url = server.url.clone();
                tokio::spawn(write_until_killed(
                    server.client.clone(),
                    url,
                    share,
                    first,
                    seed,
                ))
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(random.random_range(0..LONGEST_MS))).await;
        server.kill();
        for writer in writers {
            ledger.extend(writer.await.expect("the client ends"));
        }
        acknowledged += ledger.values().filter(|known| known.was_touched).count();
        let attempted = ledger.iter().filter(|(_, known)| known.attempted.is_some());
        unheard.extend(attempted.map(|(id, _)| (round, id.clone())));
        if random.random_ratio(1, 4) {
            let after = Duration::from_millis(random.random_range(0..2 * LONGEST_MS));
            kill_command(data, url, &["reindex"], after).await;
        }
    }
    let server = Server::start(data, url);
    check(&server, &mut ledger).await;
    check_tables(&database.connect(data).await).await;
    println!(
        "{rounds} kills survived, seed {seed}: {acknowledged} candidates written, {} requests unheard",
        unheard.len()
    );
    assert!(acknowledged > 0, "nothing was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_lose_double_and_halve_nothing_on_sqlite() {
    survive(&Database::sqlite(), number_of("CRASH_ROUNDS", 8)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_lose_double_and_halve_nothing_on_postgres() {
    if let Some(database) = Database::postgres().await {
        survive(&database, number_of("CRASH_ROUNDS_POSTGRES", 4)).await;
    }
}
