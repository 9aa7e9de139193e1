//! Who asks: API tokens over HTTP, local mode until there is one.

use std::process::Command;

use crate::app::TestApp;
use crate::program::shokureki;
use reqwest::StatusCode;
use serde_json::{Value, json};

const COUNT: &str = "{ searchCandidates { totalCount } }";

async fn ask(app: &TestApp, token: Option<&str>, query: &str) -> (StatusCode, Value) {
    let body = json!({ "query": query });
    let request = app.client.post(format!("{}/graphql", app.url)).json(&body);
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let answer = request.send().await.expect("an answer");
    let status = answer.status();
    (status, answer.json().await.expect("JSON"))
}

#[track_caller]
fn assert_unauthenticated((status, answer): &(StatusCode, Value)) {
    assert_eq!(*status, StatusCode::UNAUTHORIZED, "{answer}");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert!(answer.get("data").is_none());
}

async fn playground(app: &TestApp) -> StatusCode {
    let request = app.client.get(format!("{}/graphiql", app.url));
    request.send().await.expect("an answer").status()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_token_ends_local_mode_and_a_revoked_one_is_nothing() {
    let app = TestApp::start().await;
    app.import("one", "# 職務経歴書\n\n- 使用技術: Go\n").await;
    let (status, _) = ask(&app, None, COUNT).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(playground(&app).await, StatusCode::OK);

    let token = shokureki(
        &app,
        &["token", "create", "--scope", "search", "--name", "ATS"],
    );
    assert!(token.starts_with("skr_"), "{token}");
    assert_unauthenticated(&ask(&app, None, COUNT).await);
    assert_eq!(playground(&app).await, StatusCode::NOT_FOUND);
    let (status, answer) = ask(&app, Some(&token), COUNT).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(answer["data"]["searchCandidates"]["totalCount"], 1);

    // Every letter counts.
    let last = if token.ends_with('A') { "B" } else { "A" };
    let forged = format!("{}{last}", &token[..token.len() - 1]);
    for wrong in [forged.as_str(), "skr_", "", "x", &token[4..]] {
        assert_unauthenticated(&ask(&app, Some(wrong), COUNT).await);
    }
    let prefix = token.split('_').nth(1).expect("a prefix");
    let listed = shokureki(&app, &["token", "list"]);
    assert!(listed.contains(prefix) && listed.contains("search") && listed.contains("ATS"));
    assert!(!listed.contains(token.rsplit('_').next().expect("a secret")));
    shokureki(&app, &["token", "revoke", prefix]);
    assert_unauthenticated(&ask(&app, Some(&token), COUNT).await);
    // Nor does local mode come back.
    assert_unauthenticated(&ask(&app, None, COUNT).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_acts_for_its_organization_alone() {
    let app = TestApp::start().await;
    app.import("one", "# 職務経歴書\n\n- 使用技術: Go\n").await;
    shokureki(&app, &["organization", "create", "別の会社"]);
    let all = "search,identity,contact,document,import,erase";
    let arguments = [
        "token",
        "create",
        "--organization",
        "別の会社",
        "--scope",
        all,
    ];
    let theirs = shokureki(&app, &arguments);
    let own = shokureki(&app, &["token", "create", "--scope", "search"]);
    let total = async |token: &str| {
        let (_, answer) = ask(&app, Some(token), COUNT).await;
        answer["data"]["searchCandidates"]["totalCount"].clone()
    };
    assert_eq!(total(&own).await, 1);
    assert_eq!(total(&theirs).await, 0);
    let import = "mutation { importResume(input: { externalId: \"one\", fileName: \"r.md\", text: \"# 職務経歴書\\n\\n- 使用技術: Rust\\n\" }) { isIndexed } }";
    let (_, answer) = ask(&app, Some(&theirs), import).await;
    assert_eq!(
        answer["data"]["importResume"]["isIndexed"], true,
        "{answer}"
    );
    assert_eq!(total(&own).await, 1);
    assert_eq!(total(&theirs).await, 1);
    let (_, answer) = ask(&app, Some(&own), import).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_token_is_told_on_the_command_line() {
    let app = TestApp::start().await;
    for (arguments, told) in [
        (
            &["token", "create", "--scope", "everything"][..],
            "no such scope",
        ),
        (
            &[
                "token",
                "create",
                "--scope",
                "search",
                "--organization",
                "nobody",
            ],
            "no such organization",
        ),
        (&["token", "create", "--role", "king"], "no such role"),
        (&["token", "create"], "--scope"),
        (
            &["token", "create", "--scope", "search", "--valid-days", "0"],
            "a day or more",
        ),
        (&["token", "revoke", "aaaaaaaaaaaa"], "no such token"),
        (&["organization", "create", "default"], "already"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_shokureki"))
            .args(arguments)
            .arg("--data-dir")
            .arg(app.data.path())
            .output()
            .expect("it runs");
        assert!(!output.status.success(), "{arguments:?}");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(errors.contains(told), "{arguments:?}: {errors}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_of_another_kind_are_refused_even_in_local_mode() {
    let app = TestApp::start().await;
    let request = app.client.post(format!("{}/graphql", app.url));
    let request = request
        .json(&json!({ "query": COUNT }))
        .basic_auth("user", Some("secret"));
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let challenge = answer.headers()["www-authenticate"].to_str().expect("text");
    assert!(challenge.starts_with("Bearer"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_stands_for_its_scopes_and_several_add_up() {
    let app = TestApp::start().await;
    let roles = "blind-reviewer,auditor";
    let arguments = ["token", "create", "--role", roles, "--scope", "import"];
    let token = shokureki(&app, &arguments);
    let prefix = token.split('_').nth(1).expect("a prefix");
    let listed = shokureki(&app, &["token", "list"]);
    let line = listed.lines().find(|line| line.starts_with(prefix));
    let scopes = line.and_then(|line| line.split('\t').nth(1));
    assert_eq!(scopes, Some("search import audit"), "{listed}");
}
