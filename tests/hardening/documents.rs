//! Persisted queries, and servers where only some run.

use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use shokureki::config::ServerSettings;

use super::app::TestApp;
use super::{code, post};

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn persisted(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

const QUERY: &str = "{ __typename }";

#[tokio::test]
async fn a_client_sends_a_text_once_and_then_its_hash() {
    let app = TestApp::start().await;
    let by_hash = json!({ "extensions": persisted(&hash(QUERY)) });
    let (status, answer) = post(&app, &by_hash).await;
    // What clients look for: the message of older ones, the code of newer ones, and an answer that is
    // no fault of the transport.
    assert_eq!(status, StatusCode::OK);
    assert_eq!(answer["errors"][0]["message"], "PersistedQueryNotFound");
    assert_eq!(code(&answer), "PERSISTED_QUERY_NOT_FOUND");
    assert!(answer.get("data").is_none());
    let request = app.client.post(format!("{}/graphql", app.url));
    let request = request.header("accept", "application/graphql-response+json");
    let answer = request.json(&by_hash).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);

    let with_text = json!({ "query": QUERY, "extensions": persisted(&hash(QUERY)) });
    let (_, answer) = post(&app, &with_text).await;
    assert_eq!(answer["data"]["__typename"], "Query", "{answer}");
    let (_, answer) = post(&app, &by_hash).await;
    assert_eq!(answer["data"]["__typename"], "Query", "{answer}");
    let get = app.client.get(format!("{}/graphql", app.url));
    let get = get.query(&[("extensions", persisted(&hash(QUERY)).to_string())]);
    let answer: Value = get
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert_eq!(answer["data"]["__typename"], "Query", "{answer}");
    let (_, answer) = post(
        &app,
        &json!([by_hash, { "query": QUERY }, { "extensions": persisted(&hash("{ x }")) }]),
    )
    .await;
    assert_eq!(answer[0]["data"]["__typename"], "Query", "{answer}");
    assert_eq!(answer[1]["data"]["__typename"], "Query", "{answer}");
    assert_eq!(code(&answer[2]), "PERSISTED_QUERY_NOT_FOUND", "{answer}");
}

#[tokio::test]
async fn a_hash_that_is_not_that_of_the_text_is_refused_and_not_kept() {
    let app = TestApp::start().await;
    let other = hash("{ indexStatus { pendingChanges } }");
    let forged = json!({ "query": QUERY, "extensions": persisted(&other) });
    let (status, answer) = post(&app, &forged).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(code(&answer), "BAD_USER_INPUT");
    let (_, answer) = post(&app, &json!({ "extensions": persisted(&other) })).await;
    assert_eq!(code(&answer), "PERSISTED_QUERY_NOT_FOUND");
    for extensions in [
        persisted("xyz"),
        json!({ "persistedQuery": { "version": 2, "sha256Hash": hash(QUERY) } }),
        json!({ "persistedQuery": true }),
    ] {
        let (status, answer) =
            post(&app, &json!({ "query": QUERY, "extensions": extensions })).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{extensions}");
        assert_eq!(code(&answer), "BAD_USER_INPUT", "{extensions}");
    }
}

#[tokio::test]
async fn a_mutation_that_is_known_by_its_hash_does_not_run_by_get() {
    let app = TestApp::start().await;
    let mutation = "mutation { eraseCandidate(input: { id: \"x\" }) { userErrors { code } } }";
    let known = json!({ "query": mutation, "extensions": persisted(&hash(mutation)) });
    assert_eq!(post(&app, &known).await.0, StatusCode::OK);
    let get = app.client.get(format!("{}/graphql", app.url));
    let get = get.query(&[("extensions", persisted(&hash(mutation)).to_string())]);
    let answer = get.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn where_operations_are_listed_no_other_runs() {
    let folder = tempfile::tempdir().expect("a directory");
    let listed = "query Status { indexStatus { pendingChanges } }";
    std::fs::write(folder.path().join("status.graphql"), listed).expect("written");
    let manifest = json!({
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [{ "id": hash(QUERY), "name": "T", "type": "query", "body": QUERY }],
    });
    std::fs::write(folder.path().join("all.json"), manifest.to_string()).expect("written");
    let app = TestApp::start_with(ServerSettings {
        allowed_operations: Some(folder.path().to_owned()),
        ..ServerSettings::default()
    })
    .await;
    for body in [
        json!({ "query": listed }),
        json!({ "query": listed, "extensions": persisted(&hash(listed)) }),
        json!({ "extensions": persisted(&hash(listed)) }),
        json!({ "extensions": persisted(&hash(QUERY)) }),
    ] {
        let (status, answer) = post(&app, &body).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        assert!(answer["data"].is_object(), "{body}: {answer}");
    }
    let unlisted = "{ searchCandidates { totalCount } }";
    for body in [
        json!({ "query": unlisted }),
        json!({ "query": format!("{listed} ") }),
        json!({ "query": unlisted, "extensions": persisted(&hash(unlisted)) }),
    ] {
        let (status, answer) = post(&app, &body).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{body}");
        assert_eq!(code(&answer), "FORBIDDEN", "{body}");
    }
    let (_, answer) = post(&app, &json!({ "extensions": persisted(&hash(unlisted)) })).await;
    assert_eq!(code(&answer), "PERSISTED_QUERY_NOT_FOUND");
    let (_, answer) = post(&app, &json!([{ "query": listed }, { "query": unlisted }])).await;
    assert!(answer[0]["data"].is_object(), "{answer}");
    assert_eq!(code(&answer[1]), "FORBIDDEN", "{answer}");
    let get = app.client.get(format!("{}/graphql", app.url));
    let answer = get
        .query(&[("query", unlisted)])
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
}
