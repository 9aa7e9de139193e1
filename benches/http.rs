//! Searches over HTTP beside the same in process: `cargo bench --bench http -- [CANDIDATES]`, 10,000 by
//! default.
//!
//! Fictional careers in SQLite, read and indexed as `import` does (kept in the target directory for the
//! next run); 16 connections to a server on a free port of this machine, and as many tasks that ask the
//! same schema without HTTP. The third to take a turn are the same connections with a token: the caller is
//! looked up, and each search recorded in the audit log before it is answered. Of each the best round
//! counts, and the middle one of the ratios within a turn. Every answer is compared with the first one, and
//! an error ends the bench. The client works on the same cores as the server.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use async_graphql::Request;
use serde_json::{Value, json};
use shokureki::access::TokenRequest;
use shokureki::app::{self, App};
use shokureki::config::{Config, ServerSettings, Settings};
use shokureki::domain::{Access, Scope};
use shokureki::generate::generate;
use shokureki::graphql::Schema;
use shokureki::http;
use shokureki::ingest::Upload;
use shokureki::resume::PARSER_VERSION;
use tokio::sync::oneshot;

/// Documents are the same in every run.
const SEED: u64 = 1;

/// Documents of one transaction.
const BATCH: u64 = 200;

const CONNECTIONS: usize = 16;
const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(3_600);

/// What a page of hits shows; the evidence of each.
const PAGE: &str = "totalCount edges { node { id name } matches { evidence { excerpt line } } }";

/// What is asked for, in turn.
const SEARCHES: &[(&str, &str)] = &[
    ("配車", PAGE),
    ("配車 給与", PAGE),
    ("\"蔵書検索の性能改善\"", PAGE),
    ("tech:Go employer:ミナトソフト period:2018..2022", PAGE),
    ("tech:Rust>=2y", "totalCount nodes { id }"),
    ("Haskell -Go", "totalCount nodes { id }"),
    ("Erlang 3年以上", "totalCount nodes { id }"),
    ("AWS 東京在住", PAGE),
];

fn main() {
    let mut numbers = std::env::args().filter_map(|word| word.parse().ok());
    let candidates: u64 = numbers.next().unwrap_or(10_000);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run(candidates));
}

async fn run(candidates: u64) {
    // What another reader has read would be read anew while it is searched.
    let pool = format!("http/{candidates}-{PARSER_VERSION}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(pool);
    let settings = Settings {
        data_dir: Some(folder),
        ..Settings::default()
    };
    let server = ServerSettings {
        listen: Some(([127, 0, 0, 1], 0).into()),
        // Those without a token are let in beside those with one.
        insecure_no_auth: true,
        ..ServerSettings::default()
    };
    let config = Config::assemble(settings, &server).expect("a valid configuration");
    let app = App::open(&config).await.expect("the application opens");
    fill(&app, candidates).await;
    let token = token(&config).await;

    let schema = app.schema();
    let bodies: Vec<Value> = SEARCHES
        .iter()
        .map(|(query, page)| body(query, page))
        .collect();
    let mut expected = Vec::new();
    for body in &bodies {
        let answer = ask_schema(&schema, body).await;
        assert_eq!(answer.get("errors"), None, "{body}: {answer}");
        expected.push(answer);
    }
    let listener = http::bind(&config.http).await.expect("a free port");
    let url = format!("http://{}/graphql", listener.local_addr().expect("bound"));
    let (stop, stopped) = oneshot::channel::<()>();
    let options = config.http.clone();
    let served = tokio::spawn(async move {
        let shutdown = async { stopped.await.unwrap_or_default() };
        app.serve(listener, &options, shutdown).await;
    });

    let work = Arc::new(Work { bodies, expected });
    let client = reqwest::Client::new();
    let (mut in_process, mut over_http, mut with_token) = (0.0_f64, 0.0_f64, 0.0_f64);
    let mut ratios = Vec::new();
    for round in 0..ROUNDS {
        let schema = schema.clone();
        let ask = move |body: Value| {
            let schema = schema.clone();
            async move { ask_schema(&schema, &body).await }
        };
        in_process = in_process.max(throughput(&work, ask).await);
        let ask_over_http = |token: Option<String>| {
            let (client, url) = (client.clone(), url.clone());
            let post = move |body: Value| {
                let mut request = client.post(&url).json(&body);
                if let Some(token) = &token {
                    request = request.bearer_auth(token);
                }
                async move {
                    let answer = request.send().await.expect("an answer");
                    assert!(answer.status().is_success(), "{}", answer.status());
                    answer.json::<Value>().await.expect("JSON")
                }
            };
            throughput(&work, post)
        };
        // Who is first finds the machine otherwise than who is second.
        let (without, with) = if round % 2 == 0 {
            let without = ask_over_http(None).await;
            (without, ask_over_http(Some(token.clone())).await)
        } else {
            let with = ask_over_http(Some(token.clone())).await;
            (ask_over_http(None).await, with)
        };
        over_http = over_http.max(without);
        with_token = with_token.max(with);
        ratios.push(with / without);
    }
    ratios.sort_by(f64::total_cmp);
    println!(
        "{candidates} candidates in SQLite, {CONNECTIONS} connections, {} searches in turn",
        SEARCHES.len()
    );
    println!("in process: {in_process:.0} searches a second");
    println!(
        "over HTTP: {over_http:.0} a second, {:.2} of that",
        over_http / in_process
    );
    println!(
        "with a token, recorded: {with_token:.0} a second, {:.3} of that; turn by turn {:.3} ({:.3} to {:.3})",
        with_token / over_http,
        ratios[ROUNDS / 2],
        ratios[0],
        ratios[ROUNDS - 1]
    );
    stop.send(()).expect("the server runs");
    served.await.expect("the server ends in order");
}

/// Gives out a token that may see what whoever is at the machine does.
async fn token(config: &Config) -> String {
    let tokens = app::tokens(config).await.expect("the database opens");
    let request = TokenRequest {
        organization: "default".to_owned(),
        name: "bench".to_owned(),
        scopes: Scope::ALL.into_iter().collect(),
        valid_for: Some(PATIENCE),
    };
    tokens.create(&request).await.expect("a token").0
}

/// Imports what is missing.
async fn fill(app: &App, candidates: u64) {
    let start = Instant::now();
    let there = app.index_status().await.expect("a status").candidates;
    for first in (there..candidates).step_by(BATCH as usize) {
        let numbers = first..(first + BATCH).min(candidates);
        let uploads = numbers.map(|number| Upload {
            external_id: Some(number.to_string()),
            file_name: Some(format!("{number}.md")),
            bytes: generate(SEED, number).text.into_bytes(),
            document_date: None,
        });
        for outcome in app.import(uploads.collect()).await.expect("stored") {
            outcome.expect("a document that can be read");
        }
    }
    app.wait_for_index(PATIENCE).await.expect("all are indexed");
    if there < candidates {
        let count = candidates - there;
        println!(
            "{count} documents imported and indexed in {:?}",
            start.elapsed()
        );
    }
}

fn body(query: &str, page: &str) -> Value {
    json!({
        "query": format!("query($query: String!) {{ searchCandidates(query: $query, first: 20) {{ {page} }} }}"),
        "variables": { "query": query },
    })
}

async fn ask_schema(schema: &Schema, body: &Value) -> Value {
    let request: Request = serde_json::from_value(body.clone()).expect("a request");
    let answer = schema.execute(request.data(Access::local())).await;
    serde_json::to_value(answer).expect("JSON")
}

/// The requests, and the answer that each must have.
struct Work {
    bodies: Vec<Value>,
    expected: Vec<Value>,
}

/// Asks in as many tasks as there are connections; returns answers a second.
async fn throughput<F>(work: &Arc<Work>, ask: impl Fn(Value) -> F + Clone + Send + 'static) -> f64
where
    F: Future<Output = Value> + Send,
{
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let tasks = (0..CONNECTIONS).map(|_| {
        let (work, next, ask) = (Arc::clone(work), Arc::clone(&next), ask.clone());
        tokio::spawn(async move {
            while start.elapsed() < ROUND {
                let number = next.fetch_add(1, Ordering::Relaxed) % work.bodies.len();
                let answer = ask(work.bodies[number].clone()).await;
                let expected = &work.expected[number];
                assert_eq!(answer["data"], expected["data"], "{}", SEARCHES[number].0);
            }
        })
    });
    for task in futures::future::join_all(tasks).await {
        task.expect("every answer is as expected");
    }
    next.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}
