//! The protocol: its messages, and the codes that it closes with.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use shokureki::config::ServerSettings;
use tokio_tungstenite::tungstenite::Message;

use super::app::TestApp;
use super::resume;
use super::socket::{Heard, PROTOCOL, Socket};

const CHANGES: &str = "subscription { candidatesChanged { sequence } }";

async fn check_closed(mut socket: Socket, messages: &[Value], code: u16) {
    for message in messages {
        socket.say(message).await;
    }
    loop {
        match socket.hear().await {
            Heard::Message(_) => {}
            Heard::Closed(closed) => {
                assert_eq!(closed, code, "{messages:?}");
                return;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_breaks_the_protocol_closes_with_its_code() {
    let app = TestApp::start_configured(ServerSettings::default(), |config| {
        config.http.sockets.init_timeout = Duration::from_millis(300);
    })
    .await;
    let subscribe =
        |id: &str| json!({ "type": "subscribe", "id": id, "payload": { "query": CHANGES } });
    let init = json!({ "type": "connection_init" });
    let silent = async || Socket::silent(&app.url).await;
    let own = async || Socket::of(&app.url, None).await;
    check_closed(silent().await, &[json!({ "type": "hello" })], 4400).await;
    check_closed(own().await, &[json!([])], 4400).await;
    check_closed(own().await, &[json!({ "type": "start", "id": "1" })], 4400).await;
    check_closed(silent().await, &[subscribe("1")], 4401).await;
    let wrong =
        json!({ "type": "connection_init", "payload": { "authorization": "Bearer skr_x" } });
    check_closed(silent().await, &[wrong], 4403).await;
    let basic = json!({ "type": "connection_init", "payload": { "authorization": "Basic eDp5" } });
    check_closed(silent().await, &[basic], 4403).await;
    check_closed(own().await, &[subscribe("1"), subscribe("1")], 4409).await;
    check_closed(own().await, std::slice::from_ref(&init), 4429).await;
    check_closed(silent().await, &[init.clone(), init], 4429).await;
    let begun = Instant::now();
    check_closed(silent().await, &[json!({ "type": "ping" })], 4408).await;
    assert!(begun.elapsed() >= Duration::from_millis(300));
    let mut binary = own().await;
    binary
        .send(Message::binary(&b"{\"type\":\"ping\"}"[..]))
        .await;
    check_closed(binary, &[], 4400).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_of_another_protocol_is_told() {
    use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
    let app = TestApp::start().await;
    let url = format!("{}/graphql", app.url.replacen("http", "ws", 1));
    let request = url.into_client_request().expect("a request");
    let (mut socket, answer) = tokio_tungstenite::connect_async(request)
        .await
        .expect("it opens");
    assert!(!answer.headers().contains_key(PROTOCOL.0));
    let first = futures::StreamExt::next(&mut socket).await;
    let Some(Ok(Message::Close(Some(frame)))) = first else {
        panic!("{first:?}");
    };
    assert_eq!(u16::from(frame.code), 4406);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pings_are_answered_and_operations_end_when_their_client_says_so() {
    let app = TestApp::start().await;
    let mut socket = Socket::silent(&app.url).await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(
        socket.hear().await,
        Heard::Message(json!({ "type": "pong" }))
    );
    socket.introduce(None).await;
    assert_eq!(
        socket.hear().await,
        Heard::Message(json!({ "type": "connection_ack" }))
    );
    socket.subscribe("a", CHANGES, &json!({})).await;
    socket.subscribe("b", CHANGES, &json!({})).await;
    // Both have begun once this is answered.
    socket
        .say(&json!({ "type": "ping", "payload": { "x": 1 } }))
        .await;
    assert_eq!(
        socket.hear().await,
        Heard::Message(json!({ "type": "pong" }))
    );
    app.import("one", &resume("見本 花子")).await;
    let mut heard = Vec::new();
    for _ in 0..2 {
        let Heard::Message(message) = socket.hear().await else {
            panic!("it is open");
        };
        assert_eq!(
            message["payload"]["data"]["candidatesChanged"]["sequence"],
            1
        );
        heard.push(message["id"].as_str().expect("an id").to_owned());
    }
    heard.sort();
    assert_eq!(heard, ["a", "b"]);
    socket.say(&json!({ "type": "complete", "id": "a" })).await;
    socket
        .say(&json!({ "type": "complete", "id": "none" }))
        .await;
    app.import("two", &resume("見本 次郎")).await;
    let payload = socket.next("b").await;
    assert_eq!(payload["data"]["candidatesChanged"]["sequence"], 2);
    // The name is free again.
    socket.subscribe("a", CHANGES, &json!({})).await;
    socket.say(&json!({ "type": "complete", "id": "b" })).await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(
        socket.hear().await,
        Heard::Message(json!({ "type": "pong" }))
    );
    app.import("three", &resume("見本 三郎")).await;
    let payload = socket.next("a").await;
    assert_eq!(payload["data"]["candidatesChanged"]["sequence"], 3);
    assert!(socket.is_quiet(Duration::from_millis(300)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_once_is_asked_by_post() {
    let app = TestApp::start().await;
    app.import("one", &resume("見本 花子")).await;
    let mut socket = Socket::of(&app.url, None).await;
    for (number, query) in [
        "{ __typename }",
        "query { searchCandidates { totalCount } }",
        "mutation { eraseCandidate(input: { externalId: \"one\" }) { erasedResumes } }",
        "subscription { ...F } fragment F on Subscription { candidatesChanged { sequence } }",
        "subscription { a: candidatesChanged { sequence } b: candidatesChanged { sequence } }",
        "subscription { candidatesChanged { noSuchField } }",
        "subscription { __typename }",
        "subscription {",
    ]
    .into_iter()
    .enumerate()
    {
        let id = number.to_string();
        socket.subscribe(&id, query, &json!({})).await;
        assert_eq!(socket.error(&id).await, "BAD_USER_INPUT", "{query}");
    }
    // Nor does POST follow anything.
    let answer = app.query(CHANGES, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    let left = app
        .query("{ searchCandidates { totalCount } }", json!({}))
        .await;
    assert_eq!(left["data"]["searchCandidates"]["totalCount"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_closes_sockets_and_does_not_wait_for_them() {
    let mut app = TestApp::start().await;
    let mut listening = Socket::of(&app.url, None).await;
    listening.subscribe("1", CHANGES, &json!({})).await;
    let mut silent = Socket::silent(&app.url).await;
    let begun = Instant::now();
    let stopped = app.stop();
    let closed = async {
        let listening = listening.hear().await;
        (listening, silent.hear().await)
    };
    let ((), closed) = futures::join!(stopped, closed);
    assert_eq!(closed, (Heard::Closed(1001), Heard::Closed(1001)));
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_is_not_held_up_by_who_takes_no_leave() {
    let mut app = TestApp::start().await;
    let mut socket = Socket::of(&app.url, None).await;
    socket.subscribe("1", CHANGES, &json!({})).await;
    let begun = Instant::now();
    // It neither reads nor closes.
    app.stop().await;
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    drop(socket);
}
