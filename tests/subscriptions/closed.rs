//! Indexes that are closed to make room for others while somebody follows.

use std::time::Duration;

use async_graphql::Request;
use futures::stream::{BoxStream, StreamExt as _};
use serde_json::{Value, json};
use shokureki::domain::Access;
use shokureki::graphql::Locale;
use tokio::time::timeout;

use super::common::TestSchema;
use super::resume;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longer than what passes between two looks for news of closed indexes.
const SEVERAL_LOOKS: Duration = Duration::from_millis(3_500);

/// From the beginning: when a stream begins to be read does not matter then.
const CHANGES: &str =
    "subscription { candidatesChanged(afterSequence: 0) { sequence candidate { externalId } } }";

fn follow(test: &TestSchema, access: &Access) -> BoxStream<'static, Value> {
    let request = Request::new(CHANGES)
        .data(access.clone())
        .data(Locale::English);
    let events = test.schema.execute_stream(request);
    let events = events.map(|event| serde_json::to_value(event).expect("JSON"));
    events.boxed()
}

async fn hear(events: &mut BoxStream<'static, Value>) -> (Value, Value) {
    let event = timeout(PATIENCE, events.next()).await.expect("in time");
    let event = event.expect("it goes on");
    let change = &event["data"]["candidatesChanged"];
    assert!(event.get("errors").is_none(), "{event}");
    let who = change["candidate"]["externalId"].clone();
    (change["sequence"].clone(), who)
}

/// Whether the events wait for something to happen.
async fn waits(events: &mut BoxStream<'static, Value>, time: Duration) -> bool {
    timeout(time, events.next()).await.is_err()
}

async fn search(test: &TestSchema, access: &Access) -> u64 {
    let document = "{ searchCandidates { totalCount } }";
    let answer = test.answer_as(access.clone(), document, json!({})).await;
    let count = answer["data"]["searchCandidates"]["totalCount"].as_u64();
    count.unwrap_or_else(|| panic!("{answer}"))
}

async fn import(test: &TestSchema, access: &Access, external_id: &str) {
    let import = "mutation($e: String!, $t: String!) { importResume(input: { externalId: $e, fileName: \"r.md\", text: $t }) { isIndexed } }";
    let variables = json!({ "e": external_id, "t": resume("見本 花子") });
    let answer = test.answer_as(access.clone(), import, variables).await;
    assert_eq!(
        answer["data"]["importResume"]["isIndexed"], true,
        "{answer}"
    );
}

/// An organization with an index of its own.
async fn organization(test: &TestSchema, name: &str) -> Access {
    let made = test.store.create_organization(name).await;
    Access {
        organization: made.expect("it is made").id,
        ..Access::local()
    }
}

fn is_open(test: &TestSchema, access: &Access) -> bool {
    test.indexer.index(access.organization).is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_follows_hears_all_though_the_index_is_closed_to_make_room() {
    let test = TestSchema::bounded(1).await;
    let (one, two) = (Access::local(), organization(&test, "two").await);
    let mut events = follow(&test, &one);
    assert!(waits(&mut events, Duration::from_millis(200)).await);
    import(&test, &one, "a").await;
    assert_eq!(hear(&mut events).await, (json!(1), json!("a")));
    assert_eq!(search(&test, &two).await, 0);
    assert!(!is_open(&test, &one), "there is room for one");
    // Who changes something here has the index opened.
    import(&test, &one, "b").await;
    assert_eq!(hear(&mut events).await, (json!(2), json!("b")));
    assert_eq!(search(&test, &two).await, 0);
    // What another process writes has to be looked for.
    let organization = one.organization;
    let found = test.store.candidate_by_external_id(organization, "a").await;
    let candidate = found.expect("it is read").expect("it is there");
    let erased = test.store.erase(organization, &one.actor, candidate).await;
    erased.expect("it is erased");
    assert_eq!(hear(&mut events).await, (json!(3), Value::Null));
    assert_eq!(search(&test, &one).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_follows_and_hears_nothing_closes_no_index_of_others() {
    let test = TestSchema::bounded(1).await;
    let (one, two) = (Access::local(), organization(&test, "two").await);
    let mut events = follow(&test, &one);
    assert!(waits(&mut events, Duration::from_millis(200)).await);
    assert_eq!(search(&test, &two).await, 0);
    let mut others = follow(&test, &two);
    assert!(waits(&mut others, Duration::from_millis(200)).await);
    assert!(is_open(&test, &two) && !is_open(&test, &one));
    // Opening reads and checks every file: two that took turns would do nothing else.
    let begun = std::time::Instant::now();
    while begun.elapsed() < SEVERAL_LOOKS {
        assert!(is_open(&test, &two) && !is_open(&test, &one));
        assert!(waits(&mut events, Duration::from_millis(50)).await);
    }
    import(&test, &two, "x").await;
    assert_eq!(hear(&mut others).await, (json!(1), json!("x")));
    import(&test, &one, "a").await;
    assert_eq!(hear(&mut events).await, (json!(1), json!("a")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_organizations_are_followed_than_indexes_are_open() {
    const MANY: usize = 6;
    let test = TestSchema::bounded(2).await;
    let mut followed = Vec::new();
    for number in 0..MANY {
        let access = organization(&test, &format!("o{number}")).await;
        let mut events = follow(&test, &access);
        assert!(waits(&mut events, Duration::from_millis(100)).await);
        followed.push((access, events));
    }
    for round in 1..=2 {
        for (access, _) in &followed {
            import(&test, access, &format!("r{round}")).await;
        }
        for (_, events) in &mut followed {
            let who = json!(format!("r{round}"));
            assert_eq!(hear(events).await, (json!(round), who));
        }
    }
    let totals = test.indexer.totals().await.expect("they are told");
    assert!(totals.open_indexes <= 2, "{totals:?}");
}
