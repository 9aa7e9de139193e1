//! What the server withstands: requests without measure, slow clients, foreign pages, greedy callers.

#[path = "../common/app.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod app;

mod budgets;
mod clients;
mod documents;
mod limits;
mod pages;

use reqwest::StatusCode;
use serde_json::Value;

/// Returns the code of the first error.
fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or("no code")
}

/// Posts `body` and returns the status and the answer.
async fn post(app: &app::TestApp, body: &Value) -> (StatusCode, Value) {
    let answer = app.post(body).await;
    (answer.status(), answer.json().await.expect("JSON"))
}
