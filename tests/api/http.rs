//! The server as a client meets it: GraphQL over HTTP, limits, health, shutdown.

use std::time::Duration;

use crate::app::TestApp;
use reqwest::StatusCode;
use serde_json::{Value, json};
use shokureki::config::ServerSettings;

const TYPENAME: &str = "{ __typename }";

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or("no code")
}

#[tokio::test]
async fn the_media_type_follows_accept() {
    let app = TestApp::start().await;
    for (accept, expected) in [
        (
            "application/graphql-response+json",
            "application/graphql-response+json; charset=utf-8",
        ),
        ("application/json", "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
    ] {
        let request = app
            .client
            .post(format!("{}/graphql", app.url))
            .header("accept", accept);
        let answer = request
            .json(&json!({ "query": TYPENAME }))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], expected);
        assert!(answer.headers().contains_key("x-request-id"));
    }
    let request = app
        .client
        .post(format!("{}/graphql", app.url))
        .header("accept", "text/html");
    let answer = request
        .json(&json!({ "query": TYPENAME }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn a_get_request_queries_and_never_mutates() {
    let app = TestApp::start().await;
    let get = |query: &'static str| {
        app.client
            .get(format!("{}/graphql", app.url))
            .query(&[("query", query)])
            .send()
    };
    let answer: Value = get(TYPENAME)
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert_eq!(answer["data"]["__typename"], "Query");
    let mutation =
        get("mutation { eraseCandidate(input: { id: \"x\" }) { userErrors { code } } }").await;
    let mutation = mutation.expect("an answer");
    assert_eq!(mutation.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(mutation.headers()["allow"], "POST");
    let empty = app
        .client
        .get(format!("{}/graphql", app.url))
        .send()
        .await
        .expect("an answer");
    assert_eq!(empty.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_never_executed_is_a_4xx_with_a_code_and_without_data() {
    let app = TestApp::start().await;
    for query in [
        "{",
        "{ noSuchField }",
        "{ searchCandidates(first: \"x\") { totalCount } }",
    ] {
        let answer = app.post(&json!({ "query": query })).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{query}");
        let body: Value = answer.json().await.expect("JSON");
        assert_eq!(code(&body), "BAD_USER_INPUT", "{body}");
        assert!(body.get("data").is_none(), "{body}");
    }
}

#[tokio::test]
async fn what_executed_with_a_field_error_is_a_200_with_a_code() {
    let app = TestApp::start().await;
    let answer = app
        .post(&json!({ "query": "{ searchCandidates(first: 101) { totalCount } }" }))
        .await;
    assert_eq!(answer.status(), StatusCode::OK);
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(code(&body), "BAD_USER_INPUT", "{body}");
}

#[tokio::test]
async fn a_request_beyond_a_limit_is_too_complex_and_not_executed() {
    let app = TestApp::start().await;
    let deep = format!(
        "{{ searchCandidates {{ nodes {{ {}title{} }} }} }}",
        "projects { employment { ".repeat(7),
        " } }".repeat(7)
    );
    let aliases: String = (0..17)
        .map(|n| format!("a{n}: indexStatus {{ documents }} "))
        .collect();
    let fields = "line title department kind employer { id name aliases isAnonymous } period { from \
                  to isCurrent precision months text } technologies { id name kind aliases }";
    let wide: String = (0..16)
        .map(|n| {
            format!(
                "a{n}: searchCandidates(first: 100) {{ nodes {{ id name nameKana location emails phones \
                 employments {{ {fields} projects {{ title line teamSize roles summary periodInherited id }} }} }} }} "
            )
        })
        .collect();
    for query in [deep, format!("{{ {aliases} }}"), format!("{{ {wide} }}")] {
        let answer = app.post(&json!({ "query": query })).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{query}");
        let body: Value = answer.json().await.expect("JSON");
        assert_eq!(code(&body), "TOO_COMPLEX", "{body}");
    }
    let batch = vec![json!({ "query": TYPENAME }); 11];
    let answer = app.post(&Value::Array(batch)).await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(code(&answer.json().await.expect("JSON")), "TOO_COMPLEX");
}

#[tokio::test]
async fn a_batch_answers_each_of_its_requests() {
    let app = TestApp::start().await;
    let batch = json!([{ "query": TYPENAME }, { "query": "{ a: __typename }" }]);
    let body: Value = app.post(&batch).await.json().await.expect("JSON");
    let data: Vec<&Value> = body
        .as_array()
        .expect("a list")
        .iter()
        .map(|answer| &answer["data"])
        .collect();
    assert_eq!(
        data,
        [&json!({ "__typename": "Query" }), &json!({ "a": "Query" })]
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_with_a_code() {
    let app = TestApp::start().await;
    let text = "x".repeat(29 * 1024 * 1024);
    let answer = app
        .post(&json!({ "query": TYPENAME, "variables": { "x": text } }))
        .await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        code(&answer.json().await.expect("JSON")),
        "PAYLOAD_TOO_LARGE"
    );
}

#[tokio::test]
async fn only_declared_json_is_read() {
    let app = TestApp::start().await;
    let request = app.client.post(format!("{}/graphql", app.url));
    let answer = request
        .header("content-type", "text/plain")
        .body(json!({ "query": TYPENAME }).to_string())
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn random_bytes_are_refused_and_do_no_harm() {
    let app = TestApp::start().await;
    let mut state = 1_u64;
    for length in [0_usize, 1, 7, 64, 1000, 65_536] {
        let body: Vec<u8> = std::iter::repeat_with(|| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as u8
        })
        .take(length)
        .collect();
        let request = app.client.post(format!("{}/graphql", app.url));
        let answer = request
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
        assert_eq!(code(&answer.json().await.expect("JSON")), "BAD_USER_INPUT");
    }
    let answer = app.query(TYPENAME, json!({})).await;
    assert_eq!(answer["data"]["__typename"], "Query");
}

#[tokio::test]
async fn a_foreign_host_name_is_refused() {
    let app = TestApp::start().await;
    let request = app
        .client
        .post(format!("{}/graphql", app.url))
        .header("host", "evil.example");
    let answer = request
        .json(&json!({ "query": TYPENAME }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_unavailable() {
    let server = ServerSettings {
        request_timeout_ms: Some(1),
        ..ServerSettings::default()
    };
    let app = TestApp::start_with(server).await;
    let text = "- 技術: Rust、Go、Erlang を用いた分散システムの設計と実装\n".repeat(20_000);
    let mutation = "mutation($input: ImportResumeInput!) { importResume(input: $input) { \
                    unchanged } }";
    let input = json!({ "fileName": "resume.md", "text": text });
    let answer = app
        .post(&json!({ "query": mutation, "variables": { "input": input } }))
        .await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(code(&answer.json().await.expect("JSON")), "UNAVAILABLE");
}

#[tokio::test]
async fn pages_and_health_answer() {
    let app = TestApp::start().await;
    for (path, part) in [
        ("/", "shokureki"),
        ("/graphiql", "graphiql"),
        ("/healthz", "ok"),
        ("/readyz", "ready"),
    ] {
        let answer = app
            .client
            .get(format!("{}{path}", app.url))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        assert!(answer.text().await.expect("text").contains(part), "{path}");
    }
    let missing = app
        .client
        .get(format!("{}/nope", app.url))
        .send()
        .await
        .expect("an answer");
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_import_in_flight_finishes_at_shutdown() {
    let mut app = TestApp::start().await;
    let text =
        "# 職務経歴書\n\n## 職務経歴\n\n### 株式会社ミナト（2019/04〜2021/03）\n\n- 技術: Rust\n";
    let import = {
        let (client, url) = (app.client.clone(), app.url.clone());
        let mutation = "mutation($input: ImportResumeInput!) { importResume(input: $input) { \
                        candidate { id } } }";
        let body = json!({ "query": mutation, "variables": { "input": { "text": text } } });
        tokio::spawn(async move {
            client
                .post(format!("{url}/graphql"))
                .json(&body)
                .send()
                .await
        })
    };
    // The connection is made before the server is told to stop, or refused: both are an orderly end.
    tokio::time::timeout(Duration::from_secs(30), app.stop())
        .await
        .expect("the server stops");
    if let Ok(answer) = import.await.expect("joined") {
        let body: Value = answer.json().await.expect("JSON");
        assert!(
            body["data"]["importResume"]["candidate"]["id"].is_string(),
            "{body}"
        );
    }
}

#[tokio::test]
async fn messages_follow_accept_language() {
    let app = TestApp::start().await;
    let mut messages = Vec::new();
    for language in ["ja", "en"] {
        let request = app.client.post(format!("{}/graphql", app.url));
        let body = json!({ "query": "{ searchCandidates(first: 101) { totalCount } }" });
        let answer = request
            .header("accept-language", language)
            .json(&body)
            .send()
            .await;
        let body: Value = answer.expect("an answer").json().await.expect("JSON");
        messages.push(
            body["errors"][0]["message"]
                .as_str()
                .expect("a message")
                .to_owned(),
        );
    }
    assert!(
        !messages[0].is_ascii() && messages[1].is_ascii(),
        "{messages:?}"
    );
}
