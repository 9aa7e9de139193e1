//! More searches than can be answered, and clients that do not wait: over HTTP, on loopback.

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::{self, Next};
use common::{MINATO, TestSchema};
use reqwest::StatusCode;
use serde_json::{Value, json};
use shokureki::access::{Authenticator, LocalMode};
use shokureki::http::{self, Check, HttpMetrics, HttpOptions, Probes, Readiness};
use shokureki::search::SearchOptions;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

const PATIENCE: Duration = Duration::from_secs(60);

const SEARCH: &str = "{ searchCandidates(query: \"Erlang\") { nodes { externalId } } }";

/// Answers no monitor: none asks here.
fn nobody_asks() -> Probes {
    let readiness = Readiness {
        database: Check::Ok,
        migrations: Check::Ok,
        index: Check::Ok,
    };
    Probes {
        readiness: Arc::new(move || Box::pin(async move { readiness })),
        metrics: Arc::new(|| Box::pin(async { String::new() })),
    }
}

/// Holds searches up until it is opened.
#[derive(Default)]
struct Gate {
    is_open: Mutex<bool>,
    opened: Condvar,
    searches: AtomicUsize,
}

impl Gate {
    fn pass(&self) {
        self.searches.fetch_add(1, Ordering::SeqCst);
        let open = self.is_open.lock().expect("no panic while it is held");
        let waited = self
            .opened
            .wait_timeout_while(open, PATIENCE, |is_open| !*is_open);
        drop(waited.expect("no panic while it is held"));
    }

    fn open(&self) {
        *self.is_open.lock().expect("no panic while it is held") = true;
        self.opened.notify_all();
    }
}

/// A server with one candidate, whose searches wait at a gate.
struct Server {
    url: String,
    gate: Arc<Gate>,
    /// Requests that were begun.
    begun: Arc<AtomicUsize>,
    /// Told of each request that is over, answered or not.
    over: mpsc::UnboundedReceiver<()>,
    _test: TestSchema,
}

impl Server {
    async fn start(max_concurrent: usize, max_waiting: usize) -> Self {
        let gate = Arc::new(Gate::default());
        let options = SearchOptions {
            budget: PATIENCE,
            max_concurrent,
            max_waiting,
        };
        let held_up = Arc::clone(&gate);
        let test = TestSchema::searching(options, move || held_up.pass()).await;
        test.import("minato", MINATO).await;
        let options = HttpOptions {
            listen: ([127, 0, 0, 1], 0).into(),
            request_timeout: PATIENCE,
            ..HttpOptions::default()
        };
        let listener = http::bind(&options).await.expect("a free port");
        let url = format!("http://{}/graphql", listener.local_addr().expect("bound"));
        let (tell, over) = mpsc::unbounded_channel();
        let routes = http::router(
            test.schema.clone(),
            Authenticator::new(test.store.clone(), LocalMode::Always, None),
            nobody_asks(),
            HttpMetrics::default(),
            &options,
        );
        let begun = Arc::new(AtomicUsize::new(0));
        let begin = Arc::clone(&begun);
        let watch = move |request: Request, next: Next| {
            begin.fetch_add(1, Ordering::SeqCst);
            let told = Told(tell.clone());
            async move {
                let answer = next.run(request).await;
                drop(told);
                answer
            }
        };
        let routes = routes.layer(middleware::from_fn(watch));
        tokio::spawn(async move {
            http::serve(listener, routes, &options, std::future::pending()).await;
        });
        Self {
            url,
            gate,
            begun,
            over,
            _test: test,
        }
    }

    fn ask(
        &self,
        body: Value,
    ) -> impl Future<Output = (StatusCode, Option<String>, Value)> + use<> {
        let url = self.url.clone();
        async move {
            let client = reqwest::Client::builder().timeout(PATIENCE).build();
            let answer = client.expect("a client").post(url).json(&body).send();
            let answer = answer.await.expect("an answer");
            let retry_after = answer.headers().get("retry-after");
            let retry_after = retry_after.map(|value| value.to_str().expect("text").to_owned());
            let status = answer.status();
            (status, retry_after, answer.json().await.expect("JSON"))
        }
    }
}

/// Tells when it is dropped.
struct Told(mpsc::UnboundedSender<()>);

impl Drop for Told {
    fn drop(&mut self) {
        // Nobody listens once the test is over.
        let _ = self.0.send(());
    }
}

/// Waits until `counter` is at `number`.
async fn wait_for(counter: &AtomicUsize, number: usize) {
    within(async {
        while counter.load(Ordering::SeqCst) < number {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, future)
        .await
        .expect("it comes in time")
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_beyond_the_queue_are_refused_at_once_and_the_others_are_answered() {
    let server = Server::start(1, 2).await;
    let mut asked = JoinSet::new();
    for _ in 0..24 {
        asked.spawn(server.ask(json!({ "query": SEARCH })));
    }
    // One is at work and two wait, until the gate opens.
    for _ in 0..21 {
        let refused = within(asked.join_next()).await.expect("one more");
        let (status, retry_after, body) = refused.expect("no panic");
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{body}");
        assert_eq!(retry_after.as_deref(), Some("60"));
        let extensions = &body["errors"][0]["extensions"];
        assert_eq!(extensions["code"], "UNAVAILABLE", "{body}");
        assert_eq!(extensions["retryAfter"], 60, "{body}");
        assert!(body.get("data").is_none(), "{body}");
    }
    assert_eq!(asked.len(), 3);
    // What needs no search is answered all the same.
    let (status, _, _) = within(server.ask(json!({ "query": "{ __typename }" }))).await;
    assert_eq!(status, StatusCode::OK);
    server.gate.open();
    while let Some(answered) = within(asked.join_next()).await {
        let (status, retry_after, body) = answered.expect("no panic");
        assert_eq!((status, retry_after), (StatusCode::OK, None), "{body}");
        let nodes = &body["data"]["searchCandidates"]["nodes"];
        assert_eq!(*nodes, json!([{ "externalId": "minato" }]));
    }
    let (status, _, _) = within(server.ask(json!({ "query": SEARCH }))).await;
    assert_eq!(status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_request_that_is_refused_does_not_take_the_rest_with_it() {
    let server = Server::start(1, 0).await;
    let first = tokio::spawn(server.ask(json!({ "query": SEARCH })));
    wait_for(&server.gate.searches, 1).await;
    let other = json!({ "query": "{ __typename }" });
    let batch = json!([{ "query": SEARCH }, other.clone()]);
    let (status, retry_after, body) = within(server.ask(batch)).await;
    assert_eq!((status, retry_after), (StatusCode::OK, None), "{body}");
    assert_eq!(body[0]["errors"][0]["extensions"]["code"], "UNAVAILABLE");
    assert_eq!(body[1]["data"]["__typename"], "Query");
    let batch = json!([{ "query": SEARCH }, { "query": SEARCH }]);
    let (status, retry_after, body) = within(server.ask(batch)).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{body}");
    assert_eq!(retry_after.as_deref(), Some("60"));
    server.gate.open();
    let (status, _, _) = within(first).await.expect("no panic");
    assert_eq!(status, StatusCode::OK);
}

/// Tells of searches that were given up.
struct Watch(mpsc::UnboundedSender<()>);

impl<S: tracing::Subscriber> Layer<S> for Watch {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut text = String::new();
        event.record(
            &mut |_: &tracing::field::Field, value: &dyn std::fmt::Debug| {
                text.push_str(&format!("{value:?}"));
            },
        );
        if text.contains("a search was given up") {
            // Nobody listens once the test is over.
            let _ = self.0.send(());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_stops_and_a_waiting_one_never_begins_when_the_client_goes_away() {
    let (tell, mut given_up) = mpsc::unbounded_channel();
    let watch = tracing_subscriber::registry().with(Watch(tell));
    tracing::subscriber::set_global_default(watch).expect("no other test sets one");
    let mut server = Server::start(1, 8).await;
    let at_work = tokio::spawn(server.ask(json!({ "query": SEARCH })));
    wait_for(&server.gate.searches, 1).await;
    let waiting = tokio::spawn(server.ask(json!({ "query": SEARCH })));
    wait_for(&server.begun, 2).await;
    at_work.abort();
    waiting.abort();
    for _ in 0..2 {
        within(server.over.recv()).await.expect("it is dropped");
    }
    server.gate.open();
    within(given_up.recv()).await.expect("its search stops");
    let (status, _, body) = within(server.ask(json!({ "query": SEARCH }))).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    // The abandoned one that waited was never begun.
    assert_eq!(server.gate.searches.load(Ordering::SeqCst), 2);
}
