//! How much a caller may ask for.

use std::num::NonZeroU32;
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use shokureki::config::ServerSettings;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::app::TestApp;
use super::{code, token};

async fn app_with(cost_per_minute: u32) -> TestApp {
    TestApp::start_with(ServerSettings {
        rate_limit_cost_per_minute: NonZeroU32::new(cost_per_minute),
        ..ServerSettings::default()
    })
    .await
}

fn number(answer: &reqwest::Response, name: &str) -> u64 {
    let value = answer.headers()[name].to_str().expect("ASCII");
    value.parse().expect("a number")
}

/// Costs 2.
const STATUS: &str = "{ indexStatus { pendingChanges } }";

#[tokio::test]
async fn a_caller_that_has_spent_its_budget_waits() {
    let app = app_with(10).await;
    let body = json!({ "query": STATUS });
    for spent in 1..=5 {
        let answer = app.post(&body).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(number(&answer, "ratelimit-limit"), 10);
        assert_eq!(number(&answer, "ratelimit-remaining"), 10 - 2 * spent);
        assert!(number(&answer, "ratelimit-reset") <= 60);
        assert_eq!(answer.headers()["ratelimit-policy"], "10;w=60");
    }
    let answer = app.post(&body).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait = number(&answer, "retry-after");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(number(&answer, "ratelimit-remaining"), 0);
    let answer: Value = answer.json().await.expect("JSON");
    assert_eq!(code(&answer), "RATE_LIMITED");
    assert_eq!(answer["errors"][0]["extensions"]["retryAfter"], wait);
    assert!(answer.get("data").is_none());
    // Neither what cannot run is for nothing, nor are other answers of the server limited.
    let answer = app.post(&json!({ "query": "{" })).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    let health = app.client.get(format!("{}/healthz", app.url)).send().await;
    assert_eq!(health.expect("an answer").status(), StatusCode::OK);
}

#[tokio::test]
async fn the_cost_decides_and_not_the_number() {
    let app = app_with(100).await;
    let dear = "{ searchCandidates(first: 40) { nodes { id name nameKana location emails phones \
                updatedAt externalId birthDate } } }";
    let answer = app.post(&json!({ "query": dear })).await;
    let remaining = number(&answer, "ratelimit-remaining");
    let answer: Value = answer.json().await.expect("JSON");
    let cost = answer["extensions"]["cost"]["requested"].as_u64();
    assert_eq!(cost, Some(100 - remaining), "{answer}");
    let remaining = usize::try_from(remaining).expect("small");
    // Three times would be more than the budget.
    app.post(&json!({ "query": dear })).await;
    let answer = app.post(&json!({ "query": dear })).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(remaining < 100);
    // A cheap one still runs, though the dear one did not.
    let answer = app.post(&json!({ "query": STATUS })).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

#[tokio::test]
async fn each_request_of_a_batch_is_charged() {
    let app = app_with(10).await;
    let batch = vec![json!({ "query": STATUS }); 8];
    let answer = app.post(&Value::Array(batch)).await;
    assert_eq!(answer.status(), StatusCode::OK, "a part of it ran");
    let answers: Vec<Value> = answer.json().await.expect("JSON");
    let ran = answers
        .iter()
        .filter(|answer| answer["data"].is_object())
        .count();
    assert_eq!(ran, 2, "8 are paid for all, and 1 more for each that runs");
    assert!(
        answers
            .iter()
            .all(|answer| answer["data"].is_object() || code(answer) == "RATE_LIMITED")
    );
    let answer = app.post(&json!({ "query": STATUS })).await;
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_body_is_not_read_for_a_caller_that_has_to_wait() {
    let app = app_with(2).await;
    assert_eq!(
        app.post(&json!({ "query": STATUS })).await.status(),
        StatusCode::OK
    );
    let address = app.url.strip_prefix("http://").expect("an address");
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    // Nothing of the body is sent.
    let head = "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                content-length: 1000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut status = [0; 12];
    let read = timeout(Duration::from_secs(10), stream.read_exact(&mut status)).await;
    read.expect("no body is waited for").expect("an answer");
    assert_eq!(&status, b"HTTP/1.1 429");
}

#[tokio::test]
async fn each_token_has_its_own_budget_and_wrong_ones_that_of_the_address() {
    let app = app_with(10).await;
    let (one, other) = (token(&app), token(&app));
    let ask = async |token: &str| {
        let request = app.client.post(format!("{}/graphql", app.url));
        let request = request.bearer_auth(token).json(&json!({ "query": STATUS }));
        request.send().await.expect("an answer").status()
    };
    for _ in 0..5 {
        assert_eq!(ask(&one).await, StatusCode::OK);
    }
    assert_eq!(ask(&one).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(ask(&other).await, StatusCode::OK);
    for _ in 0..10 {
        assert_eq!(ask("skr_wrong").await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(ask("skr_other").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(ask(&other).await, StatusCode::OK);
}

#[tokio::test]
async fn without_a_limit_nothing_is_counted() {
    let app = TestApp::start().await;
    let answer = app.post(&json!({ "query": STATUS })).await;
    assert!(!answer.headers().contains_key("ratelimit-limit"));
}
