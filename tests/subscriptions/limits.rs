//! How much is followed, and how.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use serde_json::json;
use shokureki::config::ServerSettings;
use tokio_tungstenite::tungstenite::Message;

use super::app::TestApp;
use super::program::shokureki;
use super::resume;
use super::socket::{Heard, PROTOCOL, Socket};

const CHANGES: &str = "subscription { candidatesChanged { sequence } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_keep_the_limits_that_they_have_by_post() {
    let app = TestApp::start_with(ServerSettings {
        introspection: Some(false),
        ..ServerSettings::default()
    })
    .await;
    let mut socket = Socket::of(&app.url, None).await;
    let deep = "employer { id name } ".to_owned();
    let deep = (0..9).fold(deep, |within, _| {
        format!("projects {{ employment {{ {within} }} }}")
    });
    let deep = format!("subscription {{ candidatesChanged {{ candidate {{ {deep} }} }} }}");
    let aliases: String = (0..17)
        .map(|number| format!("a{number}: sequence "))
        .collect();
    let aliases = format!("subscription {{ candidatesChanged {{ {aliases} }} }}");
    let names = "subscription { candidatesChanged { candidat { id } } }";
    for (id, query, code) in [
        ("deep", deep.as_str(), "TOO_COMPLEX"),
        ("aliases", aliases.as_str(), "TOO_COMPLEX"),
        ("names", names, "BAD_USER_INPUT"),
    ] {
        socket.subscribe(id, query, &json!({})).await;
        assert_eq!(socket.error(id).await, code, "{id}");
    }
    socket.subscribe("names", names, &json!({})).await;
    let Heard::Message(refused) = socket.hear().await else {
        panic!("it is open");
    };
    assert!(!refused.to_string().contains("Did you mean"), "{refused}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operations_sockets_and_messages_are_bounded() {
    let app = TestApp::start_configured(ServerSettings::default(), |config| {
        config.http.sockets.max_operations = 2;
        config.http.sockets.max_sockets_per_caller = 2;
        config.http.sockets.max_message_bytes = 1_000;
    })
    .await;
    let mut one = Socket::of(&app.url, None).await;
    for id in ["1", "2"] {
        one.subscribe(id, CHANGES, &json!({})).await;
    }
    one.subscribe("3", CHANGES, &json!({})).await;
    assert_eq!(one.error("3").await, "RATE_LIMITED");
    one.say(&json!({ "type": "complete", "id": "1" })).await;
    one.subscribe("3", CHANGES, &json!({})).await;
    one.say(&json!({ "type": "ping" })).await;
    assert_eq!(one.hear().await, Heard::Message(json!({ "type": "pong" })));
    let mut two = Socket::of(&app.url, None).await;
    assert_eq!(Socket::open(&app.url, &[PROTOCOL]).await.err(), Some(503));
    two.send(Message::text(" ".repeat(1_001))).await;
    assert!(matches!(two.hear().await, Heard::Closed(_)));
    drop(two);
    let mut three = loop {
        // The place is free once the server has noticed.
        match Socket::open(&app.url, &[PROTOCOL]).await {
            Ok(socket) => break socket,
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    };
    three.introduce(None).await;
    assert_eq!(
        three.hear().await,
        Heard::Message(json!({ "type": "connection_ack" }))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_answers_no_ping_is_given_up() {
    let app = TestApp::start_configured(ServerSettings::default(), |config| {
        config.http.sockets.check_interval = Duration::from_millis(50);
        config.http.sockets.ping_interval = Duration::from_millis(200);
    })
    .await;
    let mut lively = Socket::of(&app.url, None).await;
    let mut silent = Socket::of(&app.url, None).await;
    // Whoever reads answers pings.
    assert!(lively.is_quiet(Duration::from_millis(10)).await);
    let answering = tokio::spawn(async move {
        lively.subscribe("1", CHANGES, &json!({})).await;
        lively.next("1").await
    });
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(silent.hear().await, Heard::Closed(1001));
    app.import("one", &resume("見本 花子")).await;
    let payload = answering.await.expect("it is open");
    assert_eq!(payload["data"]["candidatesChanged"]["sequence"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_followed_costs_what_it_would_by_post_and_who_cannot_pay_waits() {
    let app = TestApp::start_with(ServerSettings {
        rate_limit_cost_per_minute: NonZeroU32::new(600),
        ..ServerSettings::default()
    })
    .await;
    let mut socket = Socket::of(&app.url, None).await;
    let fields: String = (0..10)
        .map(|number| format!("a{number}: sequence "))
        .collect();
    let nested: String = (0..10)
        .map(|number| format!("c{number}: candidate {{ id }} "))
        .collect();
    let query = format!("subscription {{ candidatesChanged {{ {fields} {nested} }} }}");
    socket.subscribe("1", &query, &json!({})).await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(
        socket.hear().await,
        Heard::Message(json!({ "type": "pong" }))
    );
    let patience = Instant::now();
    while !is_refused(&app).await {
        assert!(
            patience.elapsed() < Duration::from_secs(20),
            "it is limited"
        );
    }
    let spent = Instant::now();
    socket.subscribe("2", &query, &json!({})).await;
    assert_eq!(socket.error("2").await, "RATE_LIMITED");
    // Changes that cost the caller nothing by themselves.
    let folder = tempfile::tempdir().expect("a folder");
    for number in 1..=4 {
        let path = folder.path().join(format!("{number}.md"));
        let text = resume(&format!("見本 {number}郎"));
        std::fs::write(path, text).expect("it is written");
    }
    shokureki(&app, &["import", &folder.path().display().to_string()]);
    let first = socket.next("1").await;
    assert_eq!(first["extensions"]["cost"]["requested"], 31);
    for sequence in 2..=4 {
        let next = socket.next("1").await;
        assert_eq!(next["data"]["candidatesChanged"]["a0"], sequence);
    }
    // The first was paid for; ten come back in a second.
    let took = spent.elapsed();
    assert!(took > Duration::from_secs(3 * 31 / 10 - 1), "{took:?}");
}

async fn is_refused(app: &TestApp) -> bool {
    let answer = app.query("{ indexStatus { candidates } }", json!({})).await;
    answer["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_operations_are_listed_others_are_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("changes.graphql"), CHANGES).expect("it is written");
    let app = TestApp::start_with(ServerSettings {
        allowed_operations: Some(folder.path().to_owned()),
        ..ServerSettings::default()
    })
    .await;
    let mut socket = Socket::of(&app.url, None).await;
    let other = "subscription { candidatesChanged { sequence kind } }";
    socket.subscribe("1", other, &json!({})).await;
    assert_eq!(socket.error("1").await, "FORBIDDEN");
    socket.subscribe("2", CHANGES, &json!({})).await;
    assert!(socket.is_quiet(Duration::from_millis(300)).await);
}
