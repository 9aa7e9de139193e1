//! An erasure is over when no file holds the person any more, also when the program is killed while
//! it takes their words out.
//!
//! `ERASE_ROUNDS` says how often, `CRASH_SEED` begins another series of moments.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use tantivy::Index;

use super::files::{files, files_with};
use super::support::{
    Database, ERASE, Server, eventually, folder, marker, number_of, succeed, text, try_ask,
};

/// People whom the index has in one segment: enough that writing it anew takes a while.
const PEOPLE: u64 = 250;

/// The longest time between a question, or an answer, and the kill.
const LONGEST_ASKED_MS: u64 = 300;
const LONGEST_ANSWERED_MS: u64 = 20;

/// How long the words may stay after a restart.
const WORDS_PATIENCE: Duration = Duration::from_secs(50);

/// An employer that nobody else has, and that is never searched for: the audit log keeps queries.
fn employer(person: u64) -> String {
    format!("kaisha{person:06}x")
}

/// A résumé with that employer.
fn own_text(person: u64) -> String {
    let employer = employer(person);
    format!(
        "{}\n## 株式会社{employer}（2012年4月 〜 2013年3月）\n\n- 使用技術: Erlang\n",
        text(person)
    )
}

/// The folder of the generation that answers.
fn generation(data: &Path) -> std::path::PathBuf {
    let indexes = fs::read_dir(data.join("index")).expect("a folder");
    let index = indexes.filter_map(Result::ok).next();
    let index = index.expect("the index of an organization").path();
    let current = fs::read_to_string(index.join("CURRENT")).expect("a generation");
    index.join(current.trim())
}

/// Where something of the person is left: in any file of the data directory, in terms of the index, whose
/// files do not have them letter by letter, and in files of the index that no segment has any more.
fn left_of(person: u64, data: &Path) -> Vec<String> {
    let words = [marker(person), employer(person)];
    let generation = generation(data);
    let index = Index::open_in_dir(&generation).expect("an index");
    let reader: tantivy::IndexReader = index.reader_builder().try_into().expect("a reader");
    let searcher = reader.searcher();
    let mut left = files_with(data, &[&words[1]]);
    let mut segments = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let name = segment.segment_id().uuid_string();
        for (field, entry) in index.schema().fields() {
            if !entry.is_indexed() {
                continue;
            }
            let inverted = segment.inverted_index(field).expect("terms");
            let mut terms = inverted.terms().stream().expect("terms");
            while terms.advance() {
                let term = String::from_utf8_lossy(terms.key());
                if words.iter().any(|word| term.contains(word.as_str())) {
                    left.push(format!("{name}: a term of {}", entry.name()));
                }
            }
        }
        segments.insert(name);
    }
    for path in files(&generation) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let segment = name.split('.').next().unwrap_or_default();
        if segment.len() == 32 && !segments.contains(segment) {
            left.push(format!("of no segment: {}", path.display()));
        }
    }
    left
}

async fn survive(database: &Database) {
    let rounds = number_of("ERASE_ROUNDS", 4);
    let mut random = ChaCha8Rng::seed_from_u64(number_of("CRASH_SEED", 1));
    let (folder, documents) = (folder(), folder());
    let (data, url) = (folder.path(), database.url.as_deref());
    for person in 0..PEOPLE {
        let path = documents.path().join(format!("{person}.md"));
        fs::write(path, own_text(person)).expect("written");
    }
    succeed(
        data,
        url,
        &["import", documents.path().to_str().expect("UTF-8")],
    );
    let (mut erased, mut cut_off) = (0, 0);
    for person in 0..rounds {
        let word = marker(person);
        let mut server = Server::start(data, url);
        server.caught_up().await;
        let found = "query($query: String) { searchCandidates(query: $query) { nodes { id } } }";
        let found = server
            .ask(found, json!({ "query": format!("\"{word}\"") }))
            .await;
        let id = found["data"]["searchCandidates"]["nodes"][0]["id"].clone();
        assert!(id.is_string(), "{found}");
        let before = left_of(person, data);
        for expected in ["a term of text_words", ".fast: "] {
            let has = before.iter().any(|place| place.contains(expected));
            assert!(has, "what is looked for is there to begin with: {before:?}");
        }
        let (client, address) = (server.client.clone(), server.url.clone());
        let input = json!({ "input": { "id": id } });
        let erasing = tokio::spawn(async move { try_ask(&client, &address, ERASE, input).await });
        let mut pause = |longest| Duration::from_millis(random.random_range(0..longest));
        // Every other kill may come before the answer.
        let answer = if person % 2 == 0 {
            let answer = erasing.await.expect("the client ends");
            tokio::time::sleep(pause(LONGEST_ANSWERED_MS)).await;
            server.kill();
            answer
        } else {
            tokio::time::sleep(pause(LONGEST_ASKED_MS)).await;
            server.kill();
            erasing.await.expect("the client ends")
        };
        if let Some(answer) = &answer {
            assert_eq!(answer["data"]["eraseCandidate"]["erasedId"], id, "{answer}");
        }
        let is_left = !left_of(person, data).is_empty();
        let server = Server::start(data, url);
        server.caught_up().await;
        let asked = "query($id: ID) { candidate(id: $id) { id } }";
        let is_there = server.ask(asked, json!({ "id": id })).await;
        if is_there["data"]["candidate"].is_object() {
            assert!(answer.is_none(), "who was erased is there");
            continue;
        }
        erased += 1;
        cut_off += u64::from(is_left);
        assert_eq!(server.count(&format!("\"{word}\"")).await, Some(0));
        let mut left = Vec::new();
        let gone = eventually("the words are gone from the files", async || {
            left = left_of(person, data);
            left.is_empty().then_some(())
        });
        if tokio::time::timeout(WORDS_PATIENCE, gone).await.is_err() {
            panic!("person {person} is left after the restart: {left:?}");
        }
        assert_eq!(server.count("").await, Some(PEOPLE - erased));
    }
    println!("{rounds} kills, {erased} people erased, {cut_off} of them while words were left");
    assert!(cut_off > 0, "no kill came before the words were gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_that_a_kill_cuts_off_is_finished_after_the_restart_on_sqlite() {
    survive(&Database::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_that_a_kill_cuts_off_is_finished_after_the_restart_on_postgres() {
    if let Some(database) = Database::postgres().await {
        survive(&database).await;
    }
}
