//! What clients follow over a WebSocket: the protocol, who may listen, and what they hear.

#[path = "../common/app.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod app;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/database.rs"]
mod database;
#[path = "../common/issuer.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod issuer;
#[path = "../common/program.rs"]
mod program;
#[path = "../common/socket.rs"]
mod socket;

mod callers;
mod changes;
mod closed;
mod ends;
mod jobs;
mod limits;
mod pages;
mod protocol;

use serde_json::{Value, json};

use app::TestApp;
use program::shokureki;
use socket::{Heard, Socket};

const ALL_SCOPES: &str = "search,identity,contact,document,import,erase";

/// A fictional résumé of somebody with this name.
fn resume(name: &str) -> String {
    format!(
        "# 職務経歴書\n\n氏名: {name}\n\n更新日: 2024-04-01\n\n## 株式会社見本（2016年4月 〜 2019年3月）\n\n- 使用技術: Erlang\n"
    )
}

/// Makes a token of the organization `default`.
fn token(app: &TestApp, scopes: &str) -> String {
    shokureki(app, &["token", "create", "--scope", scopes])
}

/// Answers a request of the holder of `token`.
async fn ask(app: &TestApp, token: &str, query: &str, variables: &Value) -> Value {
    let request = app.client.post(format!("{}/graphql", app.url));
    let body = json!({ "query": query, "variables": variables });
    let answer = request.bearer_auth(token).json(&body).send().await;
    answer.expect("an answer").json().await.expect("JSON")
}

/// Imports a résumé for the holder of `token`; returns the change.
async fn import(app: &TestApp, token: &str, external_id: &str, text: &str) -> i64 {
    let mutation =
        "mutation($input: ImportResumeInput!) { importResume(input: $input) { sequence } }";
    let input = json!({ "externalId": external_id, "fileName": "r.md", "text": text });
    let answer = ask(app, token, mutation, &json!({ "input": input })).await;
    let sequence = answer["data"]["importResume"]["sequence"].as_i64();
    sequence.unwrap_or_else(|| panic!("{answer}"))
}

/// Erases a candidate for the holder of `token`; returns the change.
async fn erase(app: &TestApp, token: &str, external_id: &str) -> i64 {
    let mutation =
        "mutation($e: String!) { eraseCandidate(input: { externalId: $e }) { sequence } }";
    let answer = ask(app, token, mutation, &json!({ "e": external_id })).await;
    let sequence = answer["data"]["eraseCandidate"]["sequence"].as_i64();
    sequence.unwrap_or_else(|| panic!("{answer}"))
}

const CHANGES: &str =
    "subscription { candidatesChanged { sequence candidateId candidate { name } } }";

/// What a page of this origin sends when it opens a socket.
fn page_of(origin: &str) -> [(&str, &str); 3] {
    [
        socket::PROTOCOL,
        ("origin", origin),
        ("sec-fetch-site", "cross-site"),
    ]
}

/// Lets a page of this origin in; `maker` is a token, without one whoever is at this machine.
async fn embed_token(app: &TestApp, maker: Option<&str>, origin: &str) -> String {
    let mutation = "mutation($o: String!) { createEmbedToken(input: { scopes: [SEARCH], allowedOrigin: $o }) { token } }";
    let variables = json!({ "o": origin });
    let answer = match maker {
        Some(token) => ask(app, token, mutation, &variables).await,
        None => app.query(mutation, variables).await,
    };
    let token = answer["data"]["createEmbedToken"]["token"].as_str();
    token.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// Follows the changes from now on.
async fn follow(socket: &mut Socket) {
    socket.subscribe("1", CHANGES, &json!({})).await;
    // A pong is heard before the events that come of what happens from here on.
    socket.say(&json!({ "type": "ping" })).await;
    let pong = Heard::Message(json!({ "type": "pong" }));
    assert_eq!(socket.hear().await, pong);
}
