//! The audit log: who looked at whom, and that nobody can change what it says unseen.

use crate::common::TestSchema;
use serde_json::{Value, json};
use shokureki::domain::{Access, Actor, OrganizationId, Scope, Scopes, TokenId};

const RESUME: &str = "# 職務経歴書\n\n氏名: 見本 花子\n\nメール: hanako@example.com\n\n更新日: 2024-04-01\n\n\
    ## 株式会社見本（2016年4月 〜 2019年3月）\n\n- 使用技術: Erlang, Go\n";

const LOG: &str = "query($filter: AuditFilter, $first: Int, $after: String) {
    auditLog(filter: $filter, first: $first, after: $after) {
        nodes { number actor action candidateId detail isDetailErased } pageInfo { hasNextPage endCursor } } }";

fn recruiter() -> Access {
    let token = TokenId::new();
    Access {
        actor: Actor::Token(token),
        scopes: Scopes::all(),
        organization: OrganizationId::DEFAULT,
    }
}

async fn log(test: &TestSchema, filter: Value) -> Vec<Value> {
    let data = test
        .data(LOG, json!({ "filter": filter, "first": 100 }))
        .await;
    data["auditLog"]["nodes"]
        .as_array()
        .expect("a list")
        .clone()
}

fn actions(log: &[Value]) -> Vec<&str> {
    log.iter()
        .map(|entry| entry["action"].as_str().expect("an action"))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_caller_looks_at_and_changes_is_recorded() {
    let test = TestSchema::new().await;
    let id = test.import("1", RESUME).await;
    let access = recruiter();
    let Actor::Token(token) = &access.actor else {
        unreachable!()
    };
    let actor = format!("token:{token}");
    let ask = async |document: &str| {
        let answer = test
            .answer_as(access.clone(), document, json!({ "id": id }))
            .await;
        assert!(answer.get("errors").is_none(), "{answer}");
    };
    ask("{ searchCandidates(query: \"Erlang 実務\", filter: { location: \"東京\" }) { totalCount } }").await;
    ask("{ searchStints(query: \"Go\") { totalCount } }").await;
    ask("query($id: ID!) { candidate(id: $id) { name } }").await;
    ask("query($id: ID!) { node(id: $id) { id } }").await;
    ask("query($id: ID!) { explain(candidateId: $id, query: \"Rust\") { isMet } }").await;
    ask("{ technologies(first: 1) { nodes { name } } suggest(prefix: \"E\") { text } indexStatus { candidates } }").await;
    let log = log(&test, json!({ "actor": actor })).await;
    assert_eq!(
        actions(&log),
        ["EXPLAIN", "OPEN", "OPEN", "SEARCH", "SEARCH"]
    );
    assert!(
        log[..3]
            .iter()
            .all(|entry| entry["candidateId"] == json!(id)),
        "{log:?}"
    );
    let asked: Value =
        serde_json::from_str(log[4]["detail"].as_str().expect("a request")).expect("JSON");
    assert_eq!(asked["query"], "Erlang 実務");
    assert!(asked["conditions"].to_string().contains("東京"), "{asked}");
    // Both a page's people and who is at the machine are no openings.
    let all = self::log(&test, json!({})).await;
    assert_eq!(actions(&all).last(), Some(&"IMPORT"));
    assert_eq!(
        all.last().map(|entry| &entry["actor"]),
        Some(&json!("local"))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_of_one_organization_and_needs_its_scope() {
    let test = TestSchema::new().await;
    test.import("1", RESUME).await;
    let other = test.store.create_organization("other").await.expect("made");
    let other = Access {
        organization: other.id,
        ..Access::local()
    };
    let answer = test.answer_as(other, LOG, json!({})).await;
    assert_eq!(answer["data"]["auditLog"]["nodes"], json!([]));
    let all_but = Scope::ALL
        .into_iter()
        .filter(|scope| *scope != Scope::Audit);
    let without = Access {
        scopes: all_but.collect(),
        ..Access::local()
    };
    let answer = test.answer_as(without, LOG, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_follow_one_another_without_gaps() {
    let test = TestSchema::new().await;
    for number in 0..5 {
        test.import(&number.to_string(), &format!("{RESUME}\n{number}\n"))
            .await;
    }
    let mut numbers = Vec::new();
    let mut after = Value::Null;
    loop {
        let page = test.data(LOG, json!({ "first": 2, "after": after })).await;
        let page = &page["auditLog"];
        numbers.extend(
            page["nodes"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|entry| entry["number"].clone()),
        );
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(json!(numbers), json!([5, 4, 3, 2, 1]));
    let answer = test.answer(LOG, json!({ "after": "x" })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erased_person_is_named_nowhere_in_it() {
    let test = TestSchema::new().await;
    let id = test.import("1", RESUME).await;
    let access = recruiter();
    for query in [
        "見本 花子",
        "name:花子",
        "\"見本花子\"",
        "hanako@example.com",
        "Erlang",
    ] {
        let document = "query($q: String!) { searchCandidates(query: $q) { totalCount } }";
        let answer = test
            .answer_as(access.clone(), document, json!({ "q": query }))
            .await;
        assert!(answer.get("errors").is_none(), "{answer}");
    }
    let erase = "mutation($id: ID!) { eraseCandidate(input: { id: $id }) { erasedResumes } }";
    test.answer_as(access, erase, json!({ "id": id })).await;
    let log = log(&test, json!({})).await;
    assert_eq!(
        actions(&log),
        [
            "ERASE", "SEARCH", "SEARCH", "SEARCH", "SEARCH", "SEARCH", "IMPORT"
        ]
    );
    assert_eq!(log[0]["candidateId"], json!(id));
    let text = serde_json::to_string(&log).expect("JSON");
    for word in ["見本 花子", "見本花子", "hanako"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    let erased = log
        .iter()
        .filter(|entry| entry["isDetailErased"] == true)
        .count();
    assert_eq!(erased, 3, "{text}");
    assert!(
        log[1]["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("Erlang"))
    );
    let verdict = test
        .store
        .verify_audit(OrganizationId::DEFAULT)
        .await
        .expect("read");
    assert_eq!(verdict.fault, None);
    assert_eq!(verdict.entries, 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn searches_at_once_are_all_recorded_and_bound() {
    let test = TestSchema::new().await;
    test.import("1", RESUME).await;
    let access = recruiter();
    let ask = |number: usize| {
        let (test, access) = (&test, access.clone());
        async move {
            let document = "query($q: String!) { searchCandidates(query: $q) { totalCount } }";
            test.answer_as(access, document, json!({ "q": format!("Erlang {number}") }))
                .await
        }
    };
    let answers = futures::future::join_all((0..60).map(ask)).await;
    assert!(
        answers.iter().all(|answer| answer.get("errors").is_none()),
        "{answers:?}"
    );
    let verdict = test
        .store
        .verify_audit(OrganizationId::DEFAULT)
        .await
        .expect("read");
    assert_eq!((verdict.entries, verdict.fault), (61, None));
}
