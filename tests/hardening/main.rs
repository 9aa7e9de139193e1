//! What the server withstands: requests without measure, slow clients, foreign pages, greedy callers.

#[path = "../common/app.rs"]
#[allow(dead_code, reason = "each test file uses a part of it")]
mod app;

mod budgets;
mod clients;
mod documents;
mod limits;
mod pages;

use std::process::Command;

use reqwest::StatusCode;
use serde_json::Value;

/// Returns the code of the first error.
fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or("no code")
}

/// Makes a token for searches on the data of a server that is running.
fn token(app: &app::TestApp) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_shokureki"))
        .args(["token", "create", "--scope", "search", "--data-dir"])
        .arg(app.data.path())
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout)
        .expect("UTF-8")
        .trim()
        .to_owned()
}

/// Posts `body` and returns the status and the answer.
async fn post(app: &app::TestApp, body: &Value) -> (StatusCode, Value) {
    let answer = app.post(body).await;
    (answer.status(), answer.json().await.expect("JSON"))
}
