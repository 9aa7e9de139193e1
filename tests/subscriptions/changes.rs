//! What changes of candidates are told, and that none is missed.

use std::time::Duration;

use serde_json::{Value, json};
use shokureki::config::ServerSettings;

use super::app::TestApp;
use super::program::shokureki;
use super::socket::{Heard, Socket};
use super::{ALL_SCOPES, ask, erase, import, resume, token};

const CHANGES: &str = "subscription($after: Int) { candidatesChanged(afterSequence: $after) {
    sequence kind candidateId candidate { id externalId } } }";

async fn hears(socket: &mut Socket, id: &str) -> (i64, String, Value) {
    let payload = socket.next(id).await;
    let change = &payload["data"]["candidatesChanged"];
    (
        change["sequence"]
            .as_i64()
            .unwrap_or_else(|| panic!("{payload}")),
        change["kind"].as_str().expect("a kind").to_owned(),
        change["candidate"]["externalId"].clone(),
    )
}

async fn following(app: &TestApp, after: Option<i64>) -> Socket {
    let mut socket = Socket::of(&app.url, None).await;
    socket
        .subscribe("1", CHANGES, &json!({ "after": after }))
        .await;
    socket.say(&json!({ "type": "ping" })).await;
    // A pong is heard before the events that come of what happens from here on.
    if after.is_none() {
        assert_eq!(
            socket.hear().await,
            Heard::Message(json!({ "type": "pong" }))
        );
    }
    socket
}

async fn erase_locally(app: &TestApp, external_id: &str) {
    let mutation =
        "mutation($e: String!) { eraseCandidate(input: { externalId: $e }) { erasedId } }";
    let answer = app.query(mutation, json!({ "e": external_id })).await;
    assert!(
        answer["data"]["eraseCandidate"]["erasedId"].is_string(),
        "{answer}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_change_is_told_once_searches_see_it() {
    let app = TestApp::start().await;
    app.import("before", &resume("見本 花子")).await;
    let mut socket = following(&app, None).await;
    let post = async |mutation: &str| {
        let answer = app.query(mutation, json!({})).await;
        assert!(answer.get("errors").is_none(), "{answer}");
    };
    // Nobody waits for the index but the event.
    let input = json!({ "externalId": "one", "fileName": "r.md", "text": resume("架空 次郎"), "waitForIndex": false });
    app.query(
        "mutation($input: ImportResumeInput!) { importResume(input: $input) { unchanged } }",
        json!({ "input": input }),
    )
    .await;
    let changed = |sequence, id: &str| (sequence, "CHANGED".to_owned(), json!(id));
    assert_eq!(hears(&mut socket, "1").await, changed(2, "one"));
    let found = app
        .query(
            "{ searchCandidates(query: \"架空次郎\") { nodes { externalId } } }",
            json!({}),
        )
        .await;
    assert_eq!(
        found["data"]["searchCandidates"]["nodes"][0]["externalId"], "one",
        "{found}"
    );
    // The same again is no change.
    app.import("one", &resume("架空 次郎")).await;
    app.import("one", &resume("架空 次郎左衛門")).await;
    assert_eq!(hears(&mut socket, "1").await, changed(3, "one"));
    post("mutation { suspendUse(input: { externalId: \"one\" }) { sequence } }").await;
    assert_eq!(hears(&mut socket, "1").await, changed(4, "one"));
    erase_locally(&app, "one").await;
    assert_eq!(
        hears(&mut socket, "1").await,
        (5, "ERASED".to_owned(), Value::Null)
    );
    let gone = app
        .query("{ searchCandidates { nodes { externalId } } }", json!({}))
        .await;
    assert_eq!(
        gone["data"]["searchCandidates"]["nodes"],
        json!([{ "externalId": "before" }])
    );
    assert!(socket.is_quiet(Duration::from_millis(300)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_back_hears_what_was_missed_and_goes_on() {
    let app = TestApp::start().await;
    let mut first = following(&app, None).await;
    app.import("a", &resume("見本 花子")).await;
    assert_eq!(hears(&mut first, "1").await.0, 1);
    drop(first);
    app.import("b", &resume("見本 次郎")).await;
    app.import("c", &resume("見本 三郎")).await;
    erase_locally(&app, "b").await;
    let mut socket = Socket::of(&app.url, None).await;
    socket.subscribe("1", CHANGES, &json!({ "after": 1 })).await;
    let changed = "CHANGED".to_owned();
    // Who was erased since is not shown.
    assert_eq!(
        hears(&mut socket, "1").await,
        (2, changed.clone(), Value::Null)
    );
    assert_eq!(
        hears(&mut socket, "1").await,
        (3, changed.clone(), json!("c"))
    );
    assert_eq!(
        hears(&mut socket, "1").await,
        (4, "ERASED".to_owned(), Value::Null)
    );
    app.import("d", &resume("見本 四郎")).await;
    assert_eq!(hears(&mut socket, "1").await, (5, changed, json!("d")));
    let all = "subscription { candidatesChanged(afterSequence: 0) { sequence } }";
    socket.subscribe("2", all, &json!({})).await;
    for sequence in 1..=5 {
        let payload = socket.next("2").await;
        assert_eq!(payload["data"]["candidatesChanged"]["sequence"], sequence);
    }
    for after in [-1, 6, 1_000_000] {
        socket
            .subscribe("3", CHANGES, &json!({ "after": after }))
            .await;
        assert_eq!(socket.error("3").await, "BAD_USER_INPUT", "{after}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_changes_at_once_are_told_in_order_to_all_who_listen() {
    const MANY: i64 = 300;
    let app = TestApp::start().await;
    let mut now = following(&app, None).await;
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..MANY {
        let path = folder.path().join(format!("{number}.md"));
        std::fs::write(path, resume(&format!("見本 {number}郎"))).expect("it is written");
    }
    // Another process: this one has to look for itself.
    shokureki(&app, &["import", &folder.path().display().to_string()]);
    let mut later = Socket::of(&app.url, None).await;
    later.subscribe("1", CHANGES, &json!({ "after": 0 })).await;
    for socket in [&mut now, &mut later] {
        for sequence in 1..=MANY {
            assert_eq!(hears(socket, "1").await.0, sequence);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_reads_slowly_holds_up_nobody_and_misses_nothing() {
    const MANY: i64 = 30;
    let app = TestApp::start_configured(ServerSettings::default(), |config| {
        // Slow, not gone.
        config.http.sockets.ping_interval = Duration::from_secs(3_600);
        config.http.write_timeout = Duration::from_secs(600);
    })
    .await;
    // More than what the sockets of both ends hold.
    let texts: String = (0..12).map(|number| format!("t{number}: text ")).collect();
    let query = format!(
        "subscription {{ candidatesChanged {{ sequence candidate {{ resume {{ {texts} }} }} }} }}"
    );
    let mut slow = Socket::of(&app.url, None).await;
    slow.subscribe("1", &query, &json!({})).await;
    slow.say(&json!({ "type": "ping" })).await;
    assert_eq!(slow.hear().await, Heard::Message(json!({ "type": "pong" })));
    let mut quick = following(&app, None).await;
    let line = "- 見本の行です。何もありません。\n".repeat(1_500);
    for number in 1..=MANY {
        let text = format!("{}\n## その他{number}\n\n{line}", resume("見本 花子"));
        app.import(&number.to_string(), &text).await;
        assert_eq!(hears(&mut quick, "1").await.0, number);
    }
    for sequence in 1..=MANY {
        let payload = slow.next("1").await;
        let change = &payload["data"]["candidatesChanged"];
        assert_eq!(change["sequence"], sequence);
        let text = change["candidate"]["resume"]["t11"].as_str();
        assert!(text.is_some_and(|text| text.len() > 60_000), "{text:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_and_the_changes_after_it_miss_nothing() {
    let app = TestApp::start().await;
    let own = token(&app, ALL_SCOPES);
    import(&app, &own, "a", &resume("見本 花子")).await;
    let begin = ask(
        &app,
        &own,
        "{ indexStatus { appliedSequence } }",
        &json!({}),
    )
    .await;
    let begin = begin["data"]["indexStatus"]["appliedSequence"]
        .as_i64()
        .expect("a number");
    // Between the list and the socket.
    let imported = import(&app, &own, "b", &resume("見本 次郎")).await;
    let erased = erase(&app, &own, "a").await;
    let mut socket = Socket::of(&app.url, Some(&own)).await;
    socket
        .subscribe("1", CHANGES, &json!({ "after": begin }))
        .await;
    assert_eq!(hears(&mut socket, "1").await.0, imported);
    assert_eq!(hears(&mut socket, "1").await.0, erased);
}
