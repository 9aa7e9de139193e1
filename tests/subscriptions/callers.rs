//! Who may listen, and for how long.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use shokureki::config::ServerSettings;

use super::app::TestApp;
use super::program::shokureki;
use super::socket::{Heard, PROTOCOL, Socket};
use super::{ALL_SCOPES, CHANGES, ask, import, page_of, resume, token};

fn prefix(token: &str) -> &str {
    token.split('_').nth(1).expect("a prefix")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_other_sites_hear_nothing_unless_they_are_listed() {
    const ATS: &str = "https://ats.example";
    let app = TestApp::start_with(ServerSettings {
        cors_origin: vec![ATS.to_owned()],
        ..ServerSettings::default()
    })
    .await;
    let own = app.url.clone();
    let open = async |headers: &[(&str, &str)]| {
        let headers: Vec<_> = [PROTOCOL].iter().chain(headers).copied().collect();
        Socket::open(&app.url, &headers).await.err()
    };
    assert_eq!(open(&[]).await, None);
    assert_eq!(open(&[("origin", &own)]).await, None);
    assert_eq!(open(&[("origin", ATS)]).await, None);
    assert_eq!(
        open(&[("origin", ATS), ("sec-fetch-site", "cross-site")]).await,
        None
    );
    assert_eq!(open(&[("origin", "null")]).await, Some(403));
    assert_eq!(open(&[("sec-fetch-site", "cross-site")]).await, Some(403));
    // Those of other origins are heard to their first message alone.
    let listed = Socket::open(&app.url, &page_of(ATS)).await;
    listed.expect("it is opened").acknowledge(None).await;
    let other = Socket::open(&app.url, &page_of("https://evil.example")).await;
    let mut other = other.expect("it is opened");
    other.introduce(None).await;
    assert_eq!(other.hear().await, Heard::Closed(4403));
    // A name that was made to lead here.
    let host = ("host", "evil.example");
    assert_eq!(
        open(&[host, ("origin", "http://evil.example")]).await,
        Some(403)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_a_token_says_so_in_the_first_message_or_in_the_header() {
    let app = TestApp::start().await;
    let own = token(&app, "search");
    let mut nobody = Socket::silent(&app.url).await;
    nobody.introduce(None).await;
    assert_eq!(nobody.hear().await, Heard::Closed(4403));
    Socket::of(&app.url, Some(&own)).await;
    let header = format!("Bearer {own}");
    let of_header = [PROTOCOL, ("authorization", header.as_str())];
    let mut by_header = Socket::open(&app.url, &of_header)
        .await
        .expect("it is opened");
    by_header.introduce(None).await;
    let acknowledged = Heard::Message(json!({ "type": "connection_ack" }));
    assert_eq!(by_header.hear().await, acknowledged);
    // What the message says counts.
    let mut other = Socket::open(&app.url, &of_header)
        .await
        .expect("it is opened");
    other.introduce(Some("skr_x_y")).await;
    assert_eq!(other.hear().await, Heard::Closed(4403));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_scope_nothing_is_told() {
    let app = TestApp::start().await;
    let importing = token(&app, "import");
    let mut socket = Socket::of(&app.url, Some(&importing)).await;
    socket.subscribe("1", CHANGES, &json!({})).await;
    assert_eq!(socket.error("1").await, "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_revoked_hears_nothing_any_more() {
    let app = TestApp::start_configured(ServerSettings::default(), |config| {
        // Nothing but the look before each event.
        config.http.sockets.check_interval = Duration::from_secs(3_600);
    })
    .await;
    let own = token(&app, ALL_SCOPES);
    let theirs = token(&app, ALL_SCOPES);
    let mut socket = Socket::of(&app.url, Some(&theirs)).await;
    socket.subscribe("1", CHANGES, &json!({})).await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(
        socket.hear().await,
        Heard::Message(json!({ "type": "pong" }))
    );
    import(&app, &own, "one", &resume("見本 花子")).await;
    let told = socket.next("1").await;
    assert_eq!(
        told["data"]["candidatesChanged"]["candidate"]["name"],
        "見本 花子"
    );
    shokureki(&app, &["token", "revoke", prefix(&theirs)]);
    import(&app, &own, "two", &resume("見本 次郎")).await;
    assert_eq!(socket.hear().await, Heard::Closed(4403));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_revoked_or_ends_closes_its_socket_though_nothing_happens() {
    let app = TestApp::start_configured(ServerSettings::default(), |config| {
        config.http.sockets.check_interval = Duration::from_millis(100);
    })
    .await;
    // Local mode ends with the first token.
    let mut local = Socket::of(&app.url, None).await;
    local.subscribe("1", CHANGES, &json!({})).await;
    let own = token(&app, "search");
    assert_eq!(local.hear().await, Heard::Closed(4403));
    let mut revoked = Socket::of(&app.url, Some(&own)).await;
    assert!(revoked.is_quiet(Duration::from_millis(400)).await);
    shokureki(&app, &["token", "revoke", prefix(&own)]);
    let begun = Instant::now();
    assert_eq!(revoked.hear().await, Heard::Closed(4403));
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_of_another_organization_are_not_told() {
    let app = TestApp::start().await;
    shokureki(&app, &["organization", "create", "別の会社"]);
    let theirs = shokureki(
        &app,
        &[
            "token",
            "create",
            "--organization",
            "別の会社",
            "--scope",
            ALL_SCOPES,
        ],
    );
    let own = token(&app, ALL_SCOPES);
    let mut ours = Socket::of(&app.url, Some(&own)).await;
    let mut others = Socket::of(&app.url, Some(&theirs)).await;
    for socket in [&mut ours, &mut others] {
        socket.subscribe("1", CHANGES, &json!({})).await;
        socket.say(&json!({ "type": "ping" })).await;
        assert_eq!(
            socket.hear().await,
            Heard::Message(json!({ "type": "pong" }))
        );
    }
    import(&app, &own, "one", &resume("見本 花子")).await;
    let told = ours.next("1").await;
    assert_eq!(
        told["data"]["candidatesChanged"]["candidate"]["name"],
        "見本 花子"
    );
    import(&app, &theirs, "one", &resume("架空 次郎")).await;
    // The first that they hear is their own.
    let told = others.next("1").await;
    assert_eq!(
        told["data"]["candidatesChanged"]["candidate"]["name"],
        "架空 次郎"
    );
    assert!(ours.is_quiet(Duration::from_millis(300)).await);
    // Nor does a number of ours lead to anything.
    import(&app, &own, "two", &resume("見本 三郎")).await;
    ours.next("1").await;
    others
        .subscribe(
            "2",
            "subscription { candidatesChanged(afterSequence: 0) { sequence candidate { name } } }",
            &json!({}),
        )
        .await;
    let told = others.next("2").await;
    assert_eq!(
        told["data"]["candidatesChanged"]["candidate"]["name"],
        "架空 次郎"
    );
    assert!(others.is_quiet(Duration::from_millis(300)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_must_not_know_a_person_does_not_learn_of_them_by_an_event() {
    let app = TestApp::start().await;
    let own = token(&app, ALL_SCOPES);
    let blind = token(&app, "search");
    let mut socket = Socket::of(&app.url, Some(&blind)).await;
    let query = "subscription { candidatesChanged { candidateId candidate {
        id name nameKana emails externalId pseudonym employments { title employer { name } }
        technologies { evidence { excerpt } } resume { fileName } } } }";
    socket.subscribe("1", query, &json!({})).await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(
        socket.hear().await,
        Heard::Message(json!({ "type": "pong" }))
    );
    let text = resume("見本 花子").replace(
        "Erlang",
        "Erlang\n- 見本 花子が設計した。連絡先 hanako@example.com",
    );
    import(&app, &own, "見本 花子", &text).await;
    let told = socket.next("1").await;
    let candidate = &told["data"]["candidatesChanged"]["candidate"];
    assert_eq!(candidate["name"], Value::Null, "{told}");
    assert!(
        candidate["pseudonym"]
            .as_str()
            .is_some_and(|name| name.starts_with("候補者-"))
    );
    assert_eq!(
        candidate["employments"][0]["employer"]["name"],
        "株式会社見本"
    );
    for hidden in ["花子", "hanako"] {
        assert!(!told.to_string().contains(hidden), "{told}");
    }
    // That they were looked at is recorded, as everywhere.
    let auditing = token(&app, "audit");
    let log = ask(
        &app,
        &auditing,
        "{ auditLog { nodes { action candidateId } } }",
        &json!({}),
    )
    .await;
    let opened = log["data"]["auditLog"]["nodes"].as_array().expect("a list");
    let opened = opened
        .iter()
        .filter(|entry| entry["action"] == "OPEN")
        .count();
    assert!(opened > 0, "{log}");
}
