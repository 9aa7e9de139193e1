//! The same imports and the same questions give equal answers on SQLite and PostgreSQL.
//!
//! Ids are random, so each is compared by when it first appears: equal answers name the same things in
//! the same places. Times of receipt and cursors are not asked for; everything else is equal to the
//! byte. The indexes are written anew first: how rare a word is, and so a score, counts what was
//! replaced until segments are merged, which happens when it happens on any server.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use super::support::{Database, ERASE, Server, folder, program};

const SEARCH: &str = "query($query: String, $sort: CandidateSort) {
    searchCandidates(query: $query, sort: $sort, first: 10) {
        totalCount
        edges { score node { id externalId } matches { clause months monthsAreStated stint { id line }
            evidence { excerpt line byteStart byteEnd headingPath grade highlights { start end } } } }
        interpretation { parsed parsedJa clauses corrections { __typename } offers { __typename }
            ignored { __typename } relaxed { __typename } } } }";

const FACETS: &str = "query($query: String) {
    searchCandidates(query: $query) { facets {
        technologies { technology { id name } count } employers { employer { id name } count }
        years { year count } roles { role count } certifications { certification count }
        locations { location count } } } }";

const STINTS: &str = "query($query: String) { searchStints(query: $query, first: 10) {
    totalCount edges { score node { id line } candidate { id externalId }
        matches { clause months } } } }";

const CANDIDATE: &str = "query($id: String) { candidate(externalId: $id) {
    id externalId name nameKana birthDate emails phones location links { url }
    employments { id title department kind line employer { id name aliases isAnonymous candidateCount }
        period { from to isCurrent precision months text } }
    projects { id title teamSize roles summary line employer { id } employment { id }
        period { from to months text } }
    technologies { technology { id name candidateCount } months statedMonths lowerMonths upperMonths
        basis lastUsed grade evidence { excerpt line } }
    certifications { name acquired grade line } education { school degree line }
    notices { kind line text } resumes { id fileName format documentDate sha256 text } } }";

const LISTS: &str = "{ technologies(first: 100) { nodes { id name candidateCount totalMonths } }
    employers(first: 100) { nodes { id name aliases candidateCount } }
    suggest(prefix: \"a\", first: 20) { kind text candidateCount isCorrection } }";

#[derive(Deserialize)]
struct Judgements {
    queries: Vec<Judged>,
}

#[derive(Deserialize)]
struct Judged {
    query: Option<String>,
}

fn files(folders: &[&str], extensions: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            extension.is_some_and(|extension| extensions.contains(&extension))
        })
        .collect();
    files.sort();
    files
}

/// Returns `answer` with each id replaced by how many other ids came before it.
fn with_places_of_ids(answer: &mut Value, places: &mut HashMap<String, usize>) {
    match answer {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(id) if name == "id" => {
                        let next = places.len();
                        let place = *places.entry(id.clone()).or_insert(next);
                        *value = json!(place);
                    }
                    _ => with_places_of_ids(value, places),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                with_places_of_ids(item, places);
            }
        }
        _ => {}
    }
}

/// One engine, and the ids that were seen of it.
struct Engine {
    server: Server,
    places: HashMap<String, usize>,
}

impl Engine {
    async fn answer(&mut self, query: &str, variables: &Value) -> String {
        let mut answer = self.server.ask(query, variables.clone()).await;
        assert!(answer["errors"].is_null(), "{variables}: {answer}");
        with_places_of_ids(&mut answer["data"], &mut self.places);
        answer["data"].to_string()
    }

    /// Imports all documents one after the other, some of them twice, and erases some.
    async fn fill(&self, documents: &[PathBuf]) {
        for (number, path) in documents.iter().enumerate() {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = fs::read_to_string(path).expect("UTF-8");
            if number % 5 == 0 {
                let older = format!("{text}\n古い版\n");
                self.server.import(&name, &older, false).await;
            }
            self.server.import(&name, &text, false).await;
            if number % 9 == 8 {
                let input = json!({ "externalId": name, "waitForIndex": false });
                self.server.ask(ERASE, json!({ "input": input })).await;
            }
        }
        self.server.caught_up().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_give_equal_answers() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let documents = files(&["samples", "tests/relevance/documents"], &["md", "txt"]);
    let (one, two) = (folder(), folder());
    let engine = |server| Engine {
        server,
        places: HashMap::new(),
    };
    let mut sqlite = engine(Server::start(one.path(), None));
    let mut postgres = engine(Server::start(two.path(), database.url.as_deref()));
    tokio::join!(sqlite.fill(&documents), postgres.fill(&documents));
    for (engine, data, url) in [
        (&mut sqlite, one.path(), None),
        (&mut postgres, two.path(), database.url.as_deref()),
    ] {
        engine.server.kill();
        let reindexed = program(data, url).arg("reindex").output();
        let reindexed = reindexed.expect("the program runs");
        assert!(reindexed.status.success(), "{reindexed:?}");
        engine.server = Server::start(data, url);
        engine.server.caught_up().await;
    }

    let mut asked = vec![(LISTS, json!({}))];
    for path in &documents {
        let name = path.file_name().expect("a name").to_string_lossy();
        asked.push((CANDIDATE, json!({ "id": name })));
    }
    for sort in ["UPDATED_DESC", "NAME_ASC"] {
        asked.push((SEARCH, json!({ "sort": sort })));
    }
    let mut queries = 0;
    for path in files(&["tests/relevance/judgements"], &["toml"]) {
        let text = fs::read_to_string(path).expect("UTF-8");
        let judgements: Judgements = toml::from_str(&text).expect("judgements");
        for query in judgements
            .queries
            .into_iter()
            .filter_map(|judged| judged.query)
        {
            let variables = json!({ "query": query });
            asked.extend([SEARCH, FACETS, STINTS].map(|asked| (asked, variables.clone())));
            queries += 1;
        }
    }
    assert!(queries > 100, "{queries}");
    for (query, variables) in &asked {
        let (of_sqlite, of_postgres) = tokio::join!(
            sqlite.answer(query, variables),
            postgres.answer(query, variables)
        );
        assert_eq!(of_sqlite, of_postgres, "{variables}");
    }
    println!(
        "{} questions, {queries} golden queries among them, answered alike",
        asked.len()
    );
}
