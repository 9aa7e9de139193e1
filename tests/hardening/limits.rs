//! Limits of a GraphQL request: each way around one that is known is tried.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::{Value, json};
use shokureki::config::ServerSettings;

use super::app::TestApp;
use super::{code, post, token};

/// Fields within fields, `times` times two below the nodes of a search.
fn nested(times: usize) -> String {
    format!(
        "{}title{}",
        "projects { employment { ".repeat(times),
        " } }".repeat(times)
    )
}

fn search(selection: &str) -> String {
    format!("{{ searchCandidates {{ nodes {{ {selection} }} }} }}")
}

async fn check_refused(app: &TestApp, query: &str) {
    let (status, answer) = post(app, &json!({ "query": query })).await;
    assert_eq!(code(&answer), "TOO_COMPLEX", "{query:.300}: {answer}");
    assert_eq!(status, StatusCode::BAD_REQUEST, "{query:.300}");
    assert!(answer.get("data").is_none(), "{query:.300}: {answer}");
}

async fn check_answered(app: &TestApp, query: &str) {
    let (status, answer) = post(app, &json!({ "query": query })).await;
    assert_eq!(answer.get("errors"), None, "{query:.300}: {answer}");
    assert_eq!(status, StatusCode::OK, "{query:.300}");
}

#[tokio::test]
async fn depth_counts_through_fragments_of_every_kind() {
    let app = TestApp::start().await;
    // searchCandidates, nodes, 12 of the nesting and the title are 15.
    check_answered(&app, &search(&nested(6))).await;
    check_refused(&app, &search(&nested(7))).await;
    let inline = format!("... on Candidate {{ ... {{ {} }} }}", nested(7));
    check_refused(&app, &search(&inline)).await;
    for name in ["F", "__schema", "__typename", "IntrospectionQuery"] {
        let named = format!(
            "{} fragment {name} on Candidate {{ {} }}",
            search(&format!("...{name}")),
            nested(7)
        );
        check_refused(&app, &named).await;
        let halves = format!(
            "{} fragment {name} on Candidate {{ projects {{ employment {{ ...G }} }} }} \
             fragment G on Employment {{ {} }}",
            search(&format!("...{name}")),
            nested(6)
        );
        check_refused(&app, &halves).await;
    }
    let disguised = format!(
        "{{ __schema: searchCandidates {{ __type: nodes {{ {} }} }} }}",
        nested(7)
    );
    check_refused(&app, &disguised).await;
    // What does not run counts as well.
    let other = format!("query A {{ __typename }} query B {}", search(&nested(7)));
    let (_, answer) = post(&app, &json!({ "query": other, "operationName": "A" })).await;
    assert_eq!(code(&answer), "TOO_COMPLEX", "{answer}");
}

#[tokio::test]
async fn a_document_that_grows_with_its_fragments_is_refused_at_once() {
    let app = TestApp::start().await;
    let bomb = |leaf: &str| {
        let levels: String = (0..28)
            .map(|n| format!("fragment F{n} on Query {{ ...F{0} ...F{0} }} ", n + 1))
            .collect();
        format!("{{ ...F0 }} {levels} fragment F28 on Query {{ {leaf} }}")
    };
    let bombs = [
        bomb("__typename"),
        bomb("...NotThere"),
        "{ ...F } fragment F on Query { ...F ...F }".to_owned(),
        "{ ...F } fragment F on Query { ...G ...G } fragment G on Query { ...F ...F }".to_owned(),
    ];
    for query in bombs {
        let begun = Instant::now();
        check_refused(&app, &query).await;
        // Unfolded, each has hundreds of millions of fields.
        assert!(begun.elapsed() < Duration::from_secs(5), "{query}");
    }
}

/// Fields of a candidate that cost 1 each.
const FIELDS: &str = "id externalId name nameKana birthDate emails phones location updatedAt";

#[tokio::test]
async fn complexity_counts_pages_and_fragments() {
    let app = TestApp::start().await;
    let page = |first: usize, alias: usize| {
        format!("a{alias}: searchCandidates(first: {first}) {{ nodes {{ ...F }} }}")
    };
    let query = |pages: usize| {
        let pages: String = (0..pages).map(|alias| page(100, alias)).collect();
        let fields = "employments { id title line projects { id title line summary roles teamSize \
                      technologies { id name aliases } employer { id name aliases } } } \
                      education { school degree line } certifications { name line }";
        format!("{{ {pages} }} fragment F on Candidate {{ {FIELDS} {fields} }}")
    };
    check_answered(&app, &query(2)).await;
    check_refused(&app, &query(16)).await;
    let (_, small) = post(&app, &json!({ "query": query(1) })).await;
    let (_, large) = post(&app, &json!({ "query": query(2) })).await;
    let cost = |answer: &Value| answer["extensions"]["cost"]["requested"].as_u64();
    let once = cost(&small).expect("a cost");
    assert_eq!(cost(&large), Some(2 * once), "{large}");
    assert!(once > 100, "{once}");
}

#[tokio::test]
async fn the_cost_is_told_of_what_ran_and_of_what_was_refused_for_it() {
    let app = TestApp::start().await;
    let (_, answer) = post(
        &app,
        &json!({ "query": "{ indexStatus { pendingChanges } }" }),
    )
    .await;
    assert_eq!(
        answer["extensions"]["cost"],
        json!({ "requested": 2, "limit": 5000, "depth": 2, "depthLimit": 15 })
    );
    let ids: Vec<String> = (0..60_000).map(|_| String::new()).collect();
    let ids = &ids[..19_000];
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename ... on Candidate { name \
                 location updatedAt } } }";
    let (status, answer) = post(
        &app,
        &json!({ "query": query, "variables": { "ids": ids } }),
    )
    .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(code(&answer), "TOO_COMPLEX", "{answer}");
    let cost = &answer["extensions"]["cost"];
    assert!(cost["requested"].as_u64() > Some(5_000), "{answer}");
    let (_, answer) = post(&app, &json!({ "query": search(&nested(7)) })).await;
    let cost = &answer["extensions"]["cost"];
    assert_eq!(cost["depth"], 17, "{answer}");
    assert_eq!(cost["requested"], Value::Null, "{answer}");
}

#[tokio::test]
async fn aliases_count_through_fragments() {
    let app = TestApp::start().await;
    let aliases = |from: usize, to: usize| {
        (from..to)
            .map(|n| format!("a{n}: indexStatus {{ pendingChanges }} "))
            .collect::<String>()
    };
    check_answered(&app, &format!("{{ {} }}", aliases(0, 16))).await;
    check_refused(&app, &format!("{{ {} }}", aliases(0, 17))).await;
    check_refused(
        &app,
        &format!("{{ {} ... {{ {} }} }}", aliases(0, 9), aliases(9, 17)),
    )
    .await;
    check_refused(
        &app,
        &format!(
            "{{ {} ...F }} fragment F on Query {{ {} ...__schema }} \
             fragment __schema on Query {{ {} }}",
            aliases(0, 6),
            aliases(6, 12),
            aliases(12, 17)
        ),
    )
    .await;
}

#[tokio::test]
async fn floods_of_directives_fields_and_tokens_are_refused() {
    let app = TestApp::start().await;
    let directives = "@include(if: true) ".repeat(1_000);
    for query in [
        format!("{{ __typename {directives} }}"),
        format!("{{ ... {directives} {{ __typename }} }}"),
        format!("{{ ...F {directives} }} fragment F on Query {{ __typename }}"),
        format!("{{ {} }}", "__typename @skip(if: false) ".repeat(2_600)),
        format!("{{ {} }}", "__typename ".repeat(6_000)),
        format!("{{ __typename {} }}", "@a ".repeat(6_000)),
        format!("query {} {{ __typename }}", "@a ".repeat(6_000)),
        format!("{{ {} }}", "noSuchField ".repeat(10_001)),
        format!("{{ {} }}", "a".repeat(1_000_000)),
        format!("query({}) {{ __typename }}", "$a: Int ".repeat(4_000)),
    ] {
        let begun = Instant::now();
        check_refused(&app, &query).await;
        assert!(begun.elapsed() < Duration::from_secs(5), "{query:.100}");
    }
    // Errors are not told without end.
    let many = format!("{{ {} }}", "noSuchField ".repeat(4_000));
    let (_, answer) = post(&app, &json!({ "query": many })).await;
    assert_eq!(code(&answer), "BAD_USER_INPUT");
    assert!(answer["errors"].as_array().expect("errors").len() <= 20);
}

#[tokio::test]
async fn brackets_within_brackets_do_not_exhaust_the_parser() {
    let app = TestApp::start().await;
    // The parser itself gives up the deepest; those of some thousands ended the process.
    for depth in [100, 2_000, 4_000, 100_000] {
        for (open, close) in [("{not:", "}"), ("{all:[", "]}"), ("[", "]"), ("[{x:", "}]")] {
            let value = format!("{}{{}}{}", open.repeat(depth), close.repeat(depth));
            check_refused(
                &app,
                &format!("{{ searchCandidates(filter: {value}) {{ totalCount }} }}"),
            )
            .await;
            check_refused(&app, &format!("query($x: Int = {value}) {{ __typename }}")).await;
        }
        check_refused(
            &app,
            &format!("{}{}", "{a".repeat(depth), "}".repeat(depth)),
        )
        .await;
        check_refused(&app, &format!("{{ {} a", "...{".repeat(depth))).await;
        check_refused(
            &app,
            &format!(
                "query($x: {}Int{}) {{ a }}",
                "[".repeat(depth),
                "]".repeat(depth)
            ),
        )
        .await;
    }
    // Behind a block text that does not end the parser would read on.
    let hidden = format!("{{ a(x: [\"\"\" \" {}", "[".repeat(100_000));
    let (status, answer) = post(&app, &json!({ "query": hidden })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(code(&answer), "BAD_USER_INPUT", "{answer}");
    let get = |query: String| {
        let request = app.client.get(format!("{}/graphql", app.url));
        request.query(&[("query", query)]).send()
    };
    for depth in [100, 2_000, 4_000] {
        let filter = format!("{}{{}}{}", "{not:".repeat(depth), "}".repeat(depth));
        let query = format!("{{ searchCandidates(filter: {filter}) {{ totalCount }} }}");
        let answer: Value = get(query)
            .await
            .expect("an answer")
            .json()
            .await
            .expect("JSON");
        assert_eq!(code(&answer), "TOO_COMPLEX", "{depth}");
    }
    check_answered(&app, "{ __typename }").await;
}

#[tokio::test]
async fn variables_are_bounded_in_number_and_depth() {
    let app = TestApp::start().await;
    let query =
        "query($filter: CandidateFilter) { searchCandidates(filter: $filter) { totalCount } }";
    let names = vec!["Rust"; 100_000];
    let filter = json!({ "technology": { "anyOf": names } });
    let (status, answer) = post(
        &app,
        &json!({ "query": query, "variables": { "filter": filter } }),
    )
    .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(code(&answer), "TOO_COMPLEX", "{answer}");
    let deep = format!(
        "{{\"query\": {}, \"variables\": {{\"filter\": {}{{}}{}}}}}",
        json!(query),
        "{\"not\": ".repeat(100_000),
        "}".repeat(100_000)
    );
    let request = app.client.post(format!("{}/graphql", app.url));
    let request = request.header("content-type", "application/json");
    let answer = request.body(deep).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    // One that is long is not many, and refused where its own limit is.
    let long = json!({ "technology": { "name": "x".repeat(1_000_000) } });
    let (_, answer) = post(
        &app,
        &json!({ "query": query, "variables": { "filter": long } }),
    )
    .await;
    assert_eq!(code(&answer), "BAD_USER_INPUT", "{answer:.300}");
    check_answered(&app, "{ __typename }").await;
}

const INTROSPECTION: &str = "{ __schema { types { name fields { name args { name type { name ofType { \
                             name ofType { name ofType { name } } } } } } } } }";

#[tokio::test]
async fn the_schema_is_told_in_local_mode_but_not_multiplied() {
    let app = TestApp::start().await;
    check_answered(&app, INTROSPECTION).await;
    let levels = "fields { type { ".repeat(4);
    let query = format!(
        "{{ __schema {{ types {{ {levels} name {} }} }} }}",
        "} }".repeat(4)
    );
    check_refused(&app, &query).await;
    let fragments = "{ __type(name: \"Query\") { ...A } } \
                     fragment A on __Type { fields { type { ...B } } } \
                     fragment B on __Type { fields { type { ...C } } } \
                     fragment C on __Type { fields { name } }";
    check_refused(&app, fragments).await;
    let (_, answer) = post(
        &app,
        &json!({ "query": "{ searchCandidate { totalCount } }" }),
    )
    .await;
    let message = answer["errors"][0]["message"].as_str().expect("a message");
    assert!(message.contains("searchCandidates"), "{message}");
}

#[tokio::test]
async fn whoever_has_a_token_is_told_the_schema_only_where_that_is_permitted() {
    for (introspection, expected) in [
        (None, StatusCode::FORBIDDEN),
        (Some(false), StatusCode::FORBIDDEN),
        (Some(true), StatusCode::OK),
    ] {
        let app = TestApp::start_with(ServerSettings {
            introspection,
            ..ServerSettings::default()
        })
        .await;
        let request = app.client.post(format!("{}/graphql", app.url));
        let request = request.bearer_auth(token(&app));
        let answer = request
            .json(&json!({ "query": INTROSPECTION }))
            .send()
            .await;
        let status = answer.expect("an answer").status();
        assert_eq!(status, expected, "{introspection:?}");
    }
}

#[tokio::test]
async fn with_introspection_off_nothing_of_the_schema_is_told() {
    let app = TestApp::start_with(ServerSettings {
        introspection: Some(false),
        ..ServerSettings::default()
    })
    .await;
    for query in [
        INTROSPECTION,
        "{ __type(name: \"Query\") { name } }",
        "{ a: __schema { queryType { name } } }",
        "{ ...F } fragment F on Query { ... { __schema { queryType { name } } } }",
        "query A { __typename } query B { __schema { queryType { name } } }",
    ] {
        let (status, answer) = post(
            &app,
            &json!({ "query": query, "operationName": query.contains("query A").then_some("A") }),
        )
        .await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{query}");
        assert_eq!(code(&answer), "FORBIDDEN", "{query}: {answer}");
        assert!(answer.get("data").is_none(), "{query}: {answer}");
    }
    for query in [
        "{ searchCandidate { totalCount } }",
        "{ searchCandidates(frst: 1) { totalCount } }",
    ] {
        for language in ["en", "ja"] {
            let request = app.client.post(format!("{}/graphql", app.url));
            let request = request.header("accept-language", language);
            let answer = request.json(&json!({ "query": query })).send().await;
            let answer: Value = answer.expect("an answer").json().await.expect("JSON");
            let message = answer["errors"][0]["message"].as_str().expect("a message");
            assert_eq!(code(&answer), "BAD_USER_INPUT", "{answer}");
            for told in ["Did you mean", "searchCandidates\"?", "\"first\""] {
                assert!(!message.contains(told), "{message}");
            }
        }
    }
    // A schema's name of no type, asked of any type, is no introspection.
    check_answered(&app, "{ __typename }").await;
}
