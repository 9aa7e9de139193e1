//! What monitors see: `/metrics`, `/readyz`, `/healthz`.

use std::collections::HashSet;

use crate::app::TestApp;
use crate::socket::Socket;
use reqwest::StatusCode;
use serde_json::{Value, json};
use shokureki::store::{Store, StoreOptions};

const RESUME: &str = "# 職務経歴書\n\n氏名: 架空 花子\n\n## 職務経歴\n\n\
                      ### 株式会社ミナトソフト（2018年4月〜2021年3月）\n\n- Erlang で配信基盤を開発\n";

const IMPORT: &str = "mutation M($input: ImportResumeInput!) { importResume(input: $input) { \
                      unchanged userErrors { code } } }";

async fn page(app: &TestApp) -> String {
    let answer = app.client.get(format!("{}/metrics", app.url)).send();
    let answer = answer.await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    let media_type = answer.headers()["content-type"].to_str().expect("text");
    assert_eq!(media_type, "text/plain; version=0.0.4; charset=utf-8");
    answer.text().await.expect("text")
}

/// The value of the sample whose name and labels are `sample`.
#[track_caller]
fn value(page: &str, sample: &str) -> f64 {
    let line = page
        .lines()
        .find_map(|line| line.strip_prefix(sample)?.strip_prefix(' '));
    let value = line.unwrap_or_else(|| panic!("no {sample} in {page}"));
    value.parse().expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_are_counted_by_field_of_the_root_and_code() {
    let app = TestApp::start().await;
    app.import("hanako", RESUME).await;
    for query in [
        "query HimitsuName { searchCandidates(query: \"Erlang\") { totalCount } }",
        "{ found: searchCandidates(query: \"Erlang\") { totalCount } }",
        "{ ...Root } fragment Root on Query { searchCandidates(query: \"Erlang\") { totalCount } }",
        "{ searchCandidates(query: \"(\") { totalCount } }",
        "{ 架空花子 }",
        "{ hanakoField }",
        "{ __schema { queryType { name } } }",
        "{ indexStatus { candidates } searchCandidates { totalCount } }",
    ] {
        app.query(query, Value::Null).await;
    }
    let page = page(&app).await;
    let requests =
        |labels: &str| value(&page, &format!("shokureki_graphql_requests_total{labels}"));
    let search = "operation=\"query\",field=\"searchCandidates\"";
    assert_eq!(requests(&format!("{{{search},code=\"OK\"}}")), 3.0);
    assert_eq!(
        requests(&format!("{{{search},code=\"BAD_USER_INPUT\"}}")),
        1.0
    );
    let none = "{operation=\"none\",field=\"none\",code=\"BAD_USER_INPUT\"}";
    assert_eq!(requests(none), 2.0);
    let mutation = "{operation=\"mutation\",field=\"importResume\",code=\"OK\"}";
    assert_eq!(requests(mutation), 1.0);
    let introspection = "{operation=\"query\",field=\"introspection\",code=\"OK\"}";
    assert_eq!(requests(introspection), 1.0);
    let several = "{operation=\"query\",field=\"several\",code=\"OK\"}";
    assert_eq!(requests(several), 1.0);
    let took = format!("shokureki_graphql_request_seconds_count{{{search}}}");
    assert_eq!(value(&page, &took), 4.0);
    for name in [
        "Himitsu",
        "架空",
        "hanako",
        "found",
        "Root",
        "Erlang",
        "ミナト",
    ] {
        assert!(!page.contains(name), "{name} is nobody's business: {page}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn searches_imports_index_and_connections_are_counted() {
    let app = TestApp::start().await;
    app.import("hanako", RESUME).await;
    app.import("hanako", RESUME).await;
    let large = "x".repeat(2 * 1024 * 1024 + 1);
    let zeros = "AAECAwQFBgcICQ==";
    for input in [json!({ "text": large }), json!({ "base64": zeros })] {
        app.query(IMPORT, json!({ "input": input })).await;
    }
    app.query(
        "{ searchCandidates(query: \"Erlang\") { totalCount } }",
        Value::Null,
    )
    .await;
    let erase = "mutation { eraseCandidate(input: { externalId: \"hanako\" }) { erasedId } }";
    let before = page(&app).await;
    app.query(erase, Value::Null).await;
    let after = page(&app).await;

    let documents = |outcome: &str| {
        let sample = format!("shokureki_imported_documents_total{{outcome=\"{outcome}\"}}");
        value(&before, &sample)
    };
    assert_eq!(documents("stored"), 1.0);
    assert_eq!(documents("unchanged"), 1.0);
    assert_eq!(documents("too_large"), 1.0);
    assert_eq!(documents("unsupported"), 1.0);
    assert_eq!(value(&before, "shokureki_import_seconds_count"), 4.0);
    let answered = "shokureki_search_index_seconds_count{outcome=\"answered\"}";
    assert!(value(&before, answered) >= 1.0);
    assert!(value(&before, "shokureki_search_wait_seconds_count") >= 1.0);
    assert_eq!(value(&before, "shokureki_searches_working"), 0.0);
    assert_eq!(value(&before, "shokureki_searches_waiting"), 0.0);
    assert_eq!(value(&before, "shokureki_searches_refused_total"), 0.0);
    assert_eq!(value(&before, "shokureki_store_candidates"), 1.0);
    assert_eq!(value(&before, "shokureki_index_candidates"), 1.0);
    assert_eq!(value(&before, "shokureki_index_pending_changes"), 0.0);
    assert_eq!(value(&before, "shokureki_index_changes_total"), 1.0);
    assert!(value(&before, "shokureki_index_size_bytes") > 0.0);
    assert_eq!(value(&before, "shokureki_database_up"), 1.0);
    let open = "shokureki_database_connections{pool=\"writers\"}";
    assert_eq!(value(&before, open), 1.0);
    assert!(value(&before, "shokureki_database_statements_total") > 0.0);
    assert_eq!(value(&before, "shokureki_erased_candidates_total"), 0.0);
    assert_eq!(value(&after, "shokureki_erased_candidates_total"), 1.0);
    assert_eq!(value(&after, "shokureki_index_candidates"), 0.0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn http_requests_are_counted_by_route_and_the_labels_are_bounded() {
    let app = TestApp::start().await;
    for path in ["/healthz", "/nowhere/架空花子", "/graphql?query=%7Bx%7D"] {
        let answer = app.client.get(format!("{}{path}", app.url)).send();
        answer.await.expect("an answer");
    }
    for number in 0..3 {
        let method = reqwest::Method::from_bytes(format!("ODD{number}").as_bytes());
        let odd = app
            .client
            .request(method.expect("a method"), format!("{}/healthz", app.url));
        odd.send().await.expect("an answer");
    }
    let page = page(&app).await;
    let requests = |labels: &str| value(&page, &format!("shokureki_http_requests_total{labels}"));
    assert_eq!(
        requests("{route=\"/healthz\",method=\"GET\",status=\"200\"}"),
        1.0
    );
    assert_eq!(
        requests("{route=\"none\",method=\"GET\",status=\"404\"}"),
        1.0
    );
    assert_eq!(
        requests("{route=\"/healthz\",method=\"other\",status=\"405\"}"),
        3.0
    );
    let took = "shokureki_http_request_seconds_count{route=\"/graphql\"}";
    assert_eq!(value(&page, took), 1.0);
    assert_eq!(value(&page, "shokureki_http_requests_in_flight"), 1.0);
    assert!(!page.contains("ODD") && !page.contains("花子"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_is_of_the_text_format_with_a_help_for_each_family() {
    let app = TestApp::start().await;
    app.import("hanako", RESUME).await;
    let search = "{ searchCandidates(query: \"Erlang\") { totalCount } }";
    app.query(search, Value::Null).await;
    let mut socket = Socket::of(&app.url, None).await;
    let changes = "subscription { candidatesChanged(afterSequence: 0) { sequence } }";
    socket.subscribe("1", changes, &json!({})).await;
    socket.next("1").await;
    page(&app).await;
    // A family shows with its first sample: this page counts the one before.
    let page = page(&app).await;
    assert_eq!(value(&page, "shokureki_graphql_subscriptions"), 1.0);
    let told = "{operation=\"subscription\",field=\"candidatesChanged\",code=\"OK\"}";
    let told = format!("shokureki_graphql_subscription_events_total{told}");
    assert_eq!(value(&page, &told), 1.0);
    let mut described = HashSet::new();
    for line in page.lines() {
        if let Some(rest) = line.strip_prefix("# ") {
            let mut words = rest.split(' ');
            let (kind, name) = (words.next(), words.next().expect("a name"));
            if kind == Some("TYPE") {
                assert!(described.insert(name.to_owned()), "{name} comes twice");
            }
            continue;
        }
        let (sample, number) = line.rsplit_once(' ').expect("a sample and its value");
        assert!(number.parse::<f64>().is_ok(), "{line}");
        let name = sample.split('{').next().expect("a name");
        let family = described.iter().any(|family| {
            let rest = name.strip_prefix(family.as_str());
            rest.is_some_and(|rest| ["", "_bucket", "_sum", "_count", "_total"].contains(&rest))
        });
        assert!(family, "{line} is of no family");
        assert!(name.starts_with("shokureki_"), "{line}");
    }
    let documented = documented();
    let differing: Vec<_> = described.symmetric_difference(&documented).collect();
    assert!(
        differing.is_empty(),
        "only on the page or only in docs/operations.md: {differing:?}"
    );
}

/// The families that the operators' guide lists, by the names that the page describes them with.
fn documented() -> HashSet<String> {
    let rows = include_str!("../../docs/operations.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `shokureki_"));
    rows.filter_map(|row| row.split('`').next())
        .map(|name| format!("shokureki_{name}"))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readiness_says_what_is_missing() {
    let app = TestApp::start().await;
    let ready = async |status| {
        let answer = app.client.get(format!("{}/readyz", app.url)).send();
        let answer = answer.await.expect("an answer");
        assert_eq!(answer.status(), status);
        answer.json::<Value>().await.expect("JSON")
    };
    assert_eq!(
        ready(StatusCode::OK).await,
        json!({ "ready": true, "database": "ok", "migrations": "ok", "index": "ok" })
    );
    let database = app.data.path().join("shokureki.db");
    let options = StoreOptions {
        url: format!("sqlite://{}", database.display()),
        max_connections: 1,
    };
    let store = Store::connect(&options).await.expect("the same database");
    store.roll_back(1).await.expect("an older schema");
    let behind = ready(StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!(behind["ready"], json!(false));
    assert_eq!(behind["database"], json!("ok"));
    assert_eq!(behind["migrations"], json!("behind"));
    let alive = app.client.get(format!("{}/healthz", app.url)).send();
    assert_eq!(alive.await.expect("an answer").status(), StatusCode::OK);
}
