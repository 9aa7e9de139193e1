//! Pages of other applications: who holds an embed token may what it says, from its origin, for its time.

use crate::app::TestApp;
use crate::database::execute;
use crate::program::shokureki;
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

const RESUME: &str =
    "# 職務経歴書\n\n氏名: 見本 花子\n\n更新日: 2024-04-01\n\n- 使用技術: Erlang\n";
const COUNT: &str = "{ searchCandidates { totalCount } }";
const NAMES: &str = "{ searchCandidates { nodes { name pseudonym resume { text } } } }";
const ATS: &str = "https://ats.example";
const CREATE: &str = "mutation($input: CreateEmbedTokenInput!) { createEmbedToken(input: $input) { \
                      token expiresAt userErrors { field code } } }";

/// A request as the page of an origin sends it.
struct Page<'a> {
    token: Option<&'a str>,
    origin: Option<&'a str>,
}

impl Page<'_> {
    async fn post(&self, app: &TestApp, query: &str, variables: Value) -> reqwest::Response {
        let request = app.client.post(format!("{}/graphql", app.url));
        let request = request.json(&json!({ "query": query, "variables": variables }));
        let request = match self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let request = match self.origin {
            Some(origin) => request
                .header(header::ORIGIN, origin)
                .header("sec-fetch-site", "cross-site"),
            None => request,
        };
        request.send().await.expect("an answer")
    }

    async fn ask(&self, app: &TestApp, query: &str) -> (StatusCode, Value) {
        let answer = self.post(app, query, json!({})).await;
        (answer.status(), answer.json().await.expect("JSON"))
    }
}

/// The page that the token is for.
fn ats(token: &str) -> Page<'_> {
    Page {
        token: Some(token),
        origin: Some(ATS),
    }
}

/// The server of the application.
fn server(token: &str) -> Page<'_> {
    Page {
        token: Some(token),
        origin: None,
    }
}

async fn create(app: &TestApp, maker: &Page<'_>, input: Value) -> Value {
    let answer = maker.post(app, CREATE, json!({ "input": input })).await;
    answer.json().await.expect("JSON")
}

async fn embed_token(app: &TestApp, maker: &Page<'_>, scopes: Value) -> String {
    let input = json!({ "scopes": scopes, "allowedOrigin": ATS, "user": "recruiter-17" });
    let answer = create(app, maker, input).await;
    let payload = &answer["data"]["createEmbedToken"];
    assert_eq!(payload["userErrors"], json!([]), "{answer}");
    payload["token"].as_str().expect("a token").to_owned()
}

/// An application with a candidate and a token that may see everything.
async fn started() -> (TestApp, String) {
    let app = TestApp::start().await;
    app.import("one", RESUME).await;
    let scopes = "search,identity,contact,document,audit";
    let token = shokureki(
        &app,
        &["token", "create", "--scope", scopes, "--name", "ATS"],
    );
    (app, token)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_embed_token_is_of_its_origin_alone() {
    let (app, token) = started().await;
    let embed = embed_token(&app, &server(&token), json!(["SEARCH"])).await;
    assert!(embed.starts_with("ske_"), "{embed}");
    let (status, answer) = ats(&embed).ask(&app, COUNT).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        answer["data"]["searchCandidates"]["totalCount"], 1,
        "{answer}"
    );
    for origin in [
        None,
        Some("https://evil.example"),
        Some("https://ats.example.evil.example"),
        Some("http://ats.example"),
        Some("https://ats.example:8443"),
        Some("https://ATS.example"),
        Some("null"),
    ] {
        let page = Page {
            token: Some(&embed),
            origin,
        };
        let (status, answer) = page.ask(&app, COUNT).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{origin:?}: {answer}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }
    // Said twice it is not said.
    let request = app.client.post(format!("{}/graphql", app.url));
    let request = request.json(&json!({ "query": COUNT })).bearer_auth(&embed);
    let request = request.header(header::ORIGIN, ATS);
    let twice = request.header(header::ORIGIN, "https://evil.example");
    let answer = twice.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    // Every letter counts.
    let last = if embed.ends_with('A') { "B" } else { "A" };
    let forged = format!("{}{last}", &embed[..embed.len() - 1]);
    let (status, _) = ats(&forged).ask(&app, COUNT).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browsers_let_pages_ask_whose_token_is_for_them_and_no_others() {
    let (app, token) = started().await;
    let embed = embed_token(&app, &server(&token), json!(["SEARCH"])).await;
    let preflight = app
        .client
        .request(Method::OPTIONS, format!("{}/graphql", app.url))
        .header(header::ORIGIN, ATS)
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,content-type",
        );
    let answer = preflight.send().await.expect("an answer");
    assert_eq!(answer.headers()["access-control-allow-origin"], ATS);
    let allowed = answer.headers()["access-control-allow-headers"].to_str();
    assert!(allowed.expect("text").contains("authorization"));
    assert!(
        answer
            .headers()
            .get("access-control-allow-credentials")
            .is_none()
    );

    let answer = ats(&embed).post(&app, COUNT, json!({})).await;
    assert_eq!(answer.headers()["access-control-allow-origin"], ATS);
    // A refusal is read by the page, which then asks for another token.
    let page = Page {
        token: Some(&embed),
        origin: Some("https://evil.example"),
    };
    let answer = page.post(&app, COUNT, json!({})).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    // What is no embed token is not answered to pages of origins that are not named, not even a valid one.
    for token in [Some(token.as_str()), Some("x"), None] {
        let page = Page {
            token,
            origin: Some(ATS),
        };
        let answer = page.post(&app, COUNT, json!({})).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        assert!(
            answer
                .headers()
                .get("access-control-allow-origin")
                .is_none()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_embed_token_ends_by_time_and_with_the_token_that_made_it() {
    let (app, token) = started().await;
    let prefix = token.split('_').nth(1).expect("a prefix").to_owned();
    let answer = create(
        &app,
        &server(&token),
        json!({ "scopes": ["SEARCH"], "allowedOrigin": ATS }),
    )
    .await;
    let payload = &answer["data"]["createEmbedToken"];
    let embed = payload["token"].as_str().expect("a token").to_owned();
    let end = payload["expiresAt"].as_str().expect("a time");
    let end: chrono::DateTime<chrono::Utc> = end.parse().expect("a time");
    let left = end - chrono::Utc::now();
    assert!((13..=15).contains(&left.num_minutes()), "{left}");

    let is_valid = async || ats(&embed).ask(&app, COUNT).await.0 == StatusCode::OK;
    assert!(is_valid().await);
    let set = async |end: &str| {
        execute(
            &app,
            &format!("UPDATE embed_tokens SET expires_at = '{end}'"),
        )
        .await;
    };
    set("2020-01-01T00:00:00+00:00").await;
    assert!(!is_valid().await);
    set("2999-01-01T00:00:00+00:00").await;
    assert!(is_valid().await);
    shokureki(&app, &["token", "revoke", &prefix]);
    assert!(!is_valid().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_embed_token_allows_no_more_than_its_maker_and_nothing_that_changes() {
    let (app, _) = started().await;
    let weak = shokureki(
        &app,
        &["token", "create", "--scope", "search,import,erase,admin"],
    );
    let code = |answer: &Value| answer["errors"][0]["extensions"]["code"].clone();
    for scope in ["IDENTITY", "CONTACT", "DOCUMENT"] {
        let input = json!({ "scopes": ["SEARCH", scope], "allowedOrigin": ATS });
        let answer = create(&app, &server(&weak), input).await;
        assert_eq!(code(&answer), "FORBIDDEN", "{answer}");
    }
    for scope in ["IMPORT", "ERASE", "AUDIT", "ADMIN"] {
        let input = json!({ "scopes": [scope], "allowedOrigin": ATS });
        let answer = create(&app, &server(&weak), input).await;
        assert_eq!(code(&answer), "BAD_USER_INPUT", "{answer}");
    }
    let embed = embed_token(&app, &server(&weak), json!(["SEARCH"])).await;
    let (_, answer) = ats(&embed).ask(&app, NAMES).await;
    let node = &answer["data"]["searchCandidates"]["nodes"][0];
    assert_eq!(node["name"], Value::Null, "{answer}");
    assert!(
        node["pseudonym"]
            .as_str()
            .is_some_and(|name| !name.is_empty())
    );
    for (document, field) in [
        (
            "mutation { importResume(input: { text: \"x\" }) { unchanged } }",
            "importResume",
        ),
        (
            "mutation { eraseCandidate(input: { externalId: \"one\" }) { erasedId } }",
            "eraseCandidate",
        ),
        ("{ auditLog { nodes { number } } }", "auditLog"),
        ("{ __schema { types { name } } }", "__schema"),
    ] {
        let (_, answer) = ats(&embed).ask(&app, document).await;
        assert_eq!(code(&answer), "FORBIDDEN", "{field}: {answer}");
    }
    // It makes no other, so that a page cannot stay for longer than it was let in for.
    let input = json!({ "scopes": ["SEARCH"], "allowedOrigin": ATS });
    let answer = create(&app, &ats(&embed), input).await;
    assert_eq!(code(&answer), "FORBIDDEN", "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_the_input_is_told_by_its_field() {
    let (app, token) = started().await;
    for (field, input) in [
        ("scopes", json!({ "scopes": [], "allowedOrigin": ATS })),
        (
            "allowedOrigin",
            json!({ "scopes": ["SEARCH"], "allowedOrigin": "*" }),
        ),
        (
            "allowedOrigin",
            json!({ "scopes": ["SEARCH"], "allowedOrigin": "https://ats.example/" }),
        ),
        (
            "user",
            json!({ "scopes": ["SEARCH"], "allowedOrigin": ATS, "user": "taro@example.com" }),
        ),
    ] {
        let answer = create(&app, &server(&token), input).await;
        let payload = &answer["data"]["createEmbedToken"];
        assert_eq!(payload["token"], Value::Null, "{answer}");
        let errors = json!([{ "field": field, "code": "BAD_USER_INPUT" }]);
        assert_eq!(payload["userErrors"], errors, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_audit_log_tells_whose_page_looked() {
    let (app, token) = started().await;
    let embed = embed_token(&app, &server(&token), json!(["SEARCH", "IDENTITY"])).await;
    let (_, answer) = ats(&embed).ask(&app, NAMES).await;
    assert_eq!(
        answer["data"]["searchCandidates"]["nodes"][0]["name"], "見本 花子",
        "{answer}"
    );
    let log = "{ auditLog(first: 5) { nodes { action actor detail } } }";
    let (_, answer) = server(&token).ask(&app, log).await;
    let nodes = answer["data"]["auditLog"]["nodes"]
        .as_array()
        .expect("entries");
    let of = |action: &str| {
        let found = nodes.iter().find(|node| node["action"] == action);
        found.unwrap_or_else(|| panic!("{action}: {answer}"))
    };
    let made = of("CREATE_EMBED_TOKEN");
    let maker = made["actor"].as_str().expect("text");
    assert!(maker.starts_with("token:"), "{maker}");
    assert_eq!(of("SEARCH")["actor"], format!("embed:recruiter-17/{maker}"));
    let prefix = embed.split('_').nth(1).expect("a prefix");
    let detail = format!("{prefix} (search identity) {ATS} recruiter-17");
    assert_eq!(made["detail"], detail);
    let secret = embed.splitn(3, '_').nth(2).expect("a secret");
    assert!(!answer.to_string().contains(secret));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_local_mode_gave_out_ends_with_it_and_each_acts_for_its_organization() {
    let app = TestApp::start().await;
    app.import("one", RESUME).await;
    let nobody = Page {
        token: None,
        origin: None,
    };
    let local = embed_token(&app, &nobody, json!(["SEARCH"])).await;
    let (status, _) = ats(&local).ask(&app, COUNT).await;
    assert_eq!(status, StatusCode::OK);
    shokureki(&app, &["organization", "create", "second"]);
    let arguments = [
        "token",
        "create",
        "--organization",
        "second",
        "--scope",
        "search",
    ];
    let second = shokureki(&app, &arguments);
    let (status, _) = ats(&local).ask(&app, COUNT).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let theirs = embed_token(&app, &server(&second), json!(["SEARCH"])).await;
    let (_, answer) = ats(&theirs).ask(&app, COUNT).await;
    assert_eq!(
        answer["data"]["searchCandidates"]["totalCount"], 0,
        "{answer}"
    );
}
