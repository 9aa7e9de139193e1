//! Two servers on one database are exchanged one after the other while clients search and import.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use shokureki::generate::generate;

use super::proxy::Balancer;
use super::support::{
    Database, IMPORT, PATIENCE, Server, eventually, folder, import_many, number_of,
};

/// Clients that search, each every [`PACE`], unless `SEARCHERS` says how many.
const SEARCHERS: u64 = 10;
const PACE: Duration = Duration::from_millis(50);

/// Longer than the balancer takes to notice, on a machine that is busy, too.
const DRAIN: [&str; 2] = ["--drain-delay-ms", "3000"];

const SEARCHES: [&str; 4] = [
    "{ searchCandidates(query: \"AWS\") { totalCount nodes { name } } }",
    "{ searchCandidates(query: \"設計 運用\", first: 5) { edges { matches { clause } } } }",
    "{ searchStints(query: \"tech:Java\", first: 5) { totalCount nodes { id } } }",
    "{ searchCandidates(first: 3) { nodes { technologies { months } } } }",
];

/// What the clients saw.
#[derive(Default)]
struct Seen {
    answers: AtomicU64,
    imports: AtomicU64,
    is_over: AtomicBool,
}

/// Asks until it is over; anything but an answer without errors is a failure.
async fn ask_forever(
    address: SocketAddr,
    seen: Arc<Seen>,
    next: impl Fn(u64) -> (&'static str, Value),
    is_import: bool,
) {
    let client = reqwest::Client::builder().timeout(PATIENCE);
    let client = client.build().expect("a client");
    let mut pace = tokio::time::interval(PACE);
    pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut number = 0;
    while !seen.is_over.load(Ordering::SeqCst) {
        pace.tick().await;
        let (query, variables) = next(number);
        let asked = client
            .post(format!("http://{address}/graphql"))
            .json(&json!({ "query": query, "variables": variables }));
        let answer = asked.send().await.expect("a request that does not fail");
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().await.expect("a whole answer");
        assert!(answer["errors"].is_null(), "{answer}");
        let counter = if is_import {
            &seen.imports
        } else {
            &seen.answers
        };
        counter.fetch_add(1, Ordering::Relaxed);
        number += 1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rolling_restart_fails_no_request() {
    let Some(database) = Database::postgres().await else {
        return;
    };
    let url = database.url.as_deref();
    let data = [folder(), folder()];
    import_many(data[0].path(), url, 71, 100);
    let balancer = Balancer::over(2).await;
    let start = |number: usize| {
        let server = Server::start_with(data[number].path(), url, &DRAIN);
        let address = server.url.trim_start_matches("http://");
        balancer.place(number, address.parse().expect("an address"));
        server
    };
    let ready = async |number: usize| {
        eventually("the server is ready", async || {
            balancer.is_ready(number).then_some(())
        })
        .await;
    };
    let mut servers = [start(0), start(1)];
    ready(0).await;
    ready(1).await;

    let seen = Arc::new(Seen::default());
    let mut clients = tokio::task::JoinSet::new();
    for searcher in 0..number_of("SEARCHERS", SEARCHERS) {
        let next = move |number: u64| {
            let at = usize::try_from(number + searcher).expect("small");
            (SEARCHES[at % SEARCHES.len()], json!({}))
        };
        clients.spawn(ask_forever(
            balancer.address,
            Arc::clone(&seen),
            next,
            false,
        ));
    }
    let import = |number: u64| {
        let text = generate(72, number).text;
        let input = json!({ "externalId": format!("n{number}"), "text": text });
        (IMPORT, json!({ "input": input }))
    };
    clients.spawn(ask_forever(
        balancer.address,
        Arc::clone(&seen),
        import,
        true,
    ));

    let begun = Instant::now();
    let rounds = number_of("RESTARTS", 2);
    for _ in 0..rounds {
        for (number, server) in servers.iter_mut().enumerate() {
            server.terminate();
            eventually("the balancer notices", async || {
                (!balancer.is_ready(number)).then_some(())
            })
            .await;
            let ended = server.ended().await;
            assert!(ended.success(), "{ended}: {}", server.log());
            *server = start(number);
            ready(number).await;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }
    seen.is_over.store(true, Ordering::SeqCst);
    while let Some(client) = clients.join_next().await {
        client.expect("a client that saw no failure");
    }
    let (answers, imports) = (
        seen.answers.load(Ordering::SeqCst),
        seen.imports.load(Ordering::SeqCst),
    );
    println!(
        "{} restarts, {answers} searches and {imports} imports in {:?}, none failed",
        2 * rounds,
        begun.elapsed()
    );
    assert!(answers > 100 && imports > 5, "{answers}, {imports}");
    for server in &servers {
        server.caught_up().await;
        assert_eq!(server.count("").await, Some(100 + imports));
    }
}
