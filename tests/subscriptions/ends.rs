//! Credentials that end by themselves while somebody listens.

use std::time::Duration;

use chrono::{TimeDelta, Utc};
use shokureki::config::{OidcSettings, ServerSettings};

use super::app::TestApp;
use super::database::execute;
use super::issuer::{Issuer, Key, seconds};
use super::program::shokureki;
use super::socket::{Heard, Socket};
use super::{ALL_SCOPES, embed_token, follow, import, page_of, resume, token};

const ATS: &str = "https://ats.example";

/// How long credentials that are about to end still hold.
const LEFT: TimeDelta = TimeDelta::seconds(2);

/// How far the clocks of issuer and server may be apart: a JWT holds for as long beyond its end.
const LEEWAY_S: i64 = 60;

/// Starts a server that looks at its callers before each event, and this often beside.
async fn started(check_interval: Duration) -> TestApp {
    TestApp::start_configured(ServerSettings::default(), |config| {
        config.http.sockets.check_interval = check_interval;
    })
    .await
}

/// Lets the only token of a table end soon.
async fn end_soon(app: &TestApp, table: &str, condition: &str) {
    let end = (Utc::now() + LEFT).to_rfc3339();
    let sql = format!("UPDATE {table} SET expires_at = '{end}' WHERE {condition}");
    execute(app, &sql).await;
}

async fn past_the_end() {
    let left = LEFT.to_std().expect("it is to come");
    tokio::time::sleep(left + Duration::from_millis(100)).await;
}

/// The condition that is met by the row of a token.
fn is_token(token: &str) -> String {
    let prefix = token.split('_').nth(1).expect("a prefix");
    format!("prefix = '{prefix}'")
}

async fn hears_of(socket: &mut Socket, name: Option<&str>) {
    let told = socket.next("1").await;
    let candidate = &told["data"]["candidatesChanged"]["candidate"];
    assert_eq!(candidate["name"].as_str(), name, "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_ends_closes_its_socket_by_itself() {
    let app = started(Duration::from_millis(100)).await;
    let own = token(&app, ALL_SCOPES);
    let theirs = token(&app, ALL_SCOPES);
    let embedded = embed_token(&app, Some(&own), ATS).await;
    let mut socket = Socket::of(&app.url, Some(&theirs)).await;
    let mut page = Socket::open(&app.url, &page_of(ATS)).await.expect("open");
    page.acknowledge(Some(&embedded)).await;
    for socket in [&mut socket, &mut page] {
        follow(socket).await;
    }
    end_soon(&app, "access_tokens", &is_token(&theirs)).await;
    end_soon(&app, "embed_tokens", &is_token(&embedded)).await;
    // They hold until then.
    import(&app, &own, "one", &resume("見本 花子")).await;
    hears_of(&mut socket, Some("見本 花子")).await;
    hears_of(&mut page, None).await;
    for socket in [&mut socket, &mut page] {
        assert_eq!(socket.hear().await, Heard::Closed(4403));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_told_after_the_end_of_a_token() {
    // Nothing but the look before each event.
    let app = started(Duration::from_secs(3_600)).await;
    let own = token(&app, ALL_SCOPES);
    let theirs = token(&app, ALL_SCOPES);
    let embedded = embed_token(&app, Some(&own), ATS).await;
    let mut socket = Socket::of(&app.url, Some(&theirs)).await;
    let mut page = Socket::open(&app.url, &page_of(ATS)).await.expect("open");
    page.acknowledge(Some(&embedded)).await;
    for socket in [&mut socket, &mut page] {
        follow(socket).await;
    }
    end_soon(&app, "access_tokens", &is_token(&theirs)).await;
    end_soon(&app, "embed_tokens", &is_token(&embedded)).await;
    past_the_end().await;
    import(&app, &own, "one", &resume("見本 花子")).await;
    for socket in [&mut socket, &mut page] {
        assert_eq!(socket.hear().await, Heard::Closed(4403));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_hears_no_longer_than_the_token_that_made_its_own() {
    let app = started(Duration::from_millis(100)).await;
    let own = token(&app, ALL_SCOPES);
    let embedded = embed_token(&app, Some(&own), ATS).await;
    let mut page = Socket::open(&app.url, &page_of(ATS)).await.expect("open");
    page.acknowledge(Some(&embedded)).await;
    follow(&mut page).await;
    let prefix = own.split('_').nth(1).expect("a prefix");
    shokureki(&app, &["token", "revoke", prefix]);
    assert_eq!(page.hear().await, Heard::Closed(4403));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_whose_jwt_ends_hears_nothing_any_more() {
    let key = Key::es256();
    let issuer = Issuer::start(vec![key.public("k")]).await;
    let settings = ServerSettings {
        oidc: OidcSettings {
            issuer: Some(issuer.url.clone()),
            audience: vec!["shokureki".to_owned()],
            ..OidcSettings::default()
        },
        ..ServerSettings::default()
    };
    let app = TestApp::start_configured(settings, |config| {
        config.http.sockets.check_interval = Duration::from_millis(100);
    })
    .await;
    let own = token(&app, ALL_SCOPES);
    let mut claims = issuer.claims("u|1", "recruiter");
    // The first to ask waits for the issuer's keys.
    let mut lasting = Socket::of(&app.url, Some(&key.token("k", &claims))).await;
    claims["exp"] = (seconds(0) - LEEWAY_S + 3).into();
    let mut socket = Socket::of(&app.url, Some(&key.token("k", &claims))).await;
    for socket in [&mut lasting, &mut socket] {
        follow(socket).await;
    }
    import(&app, &own, "one", &resume("見本 花子")).await;
    for socket in [&mut lasting, &mut socket] {
        hears_of(socket, Some("見本 花子")).await;
    }
    assert_eq!(socket.hear().await, Heard::Closed(4403));
    import(&app, &own, "two", &resume("架空 次郎")).await;
    hears_of(&mut lasting, Some("架空 次郎")).await;
    // It opens no other one either.
    let mut again = Socket::silent(&app.url).await;
    again.introduce(Some(&key.token("k", &claims))).await;
    assert_eq!(again.hear().await, Heard::Closed(4403));
}
