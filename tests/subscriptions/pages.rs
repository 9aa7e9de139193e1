//! Pages of other origins: who has a token that was made for them listens, and nobody else.

use std::time::Duration;

use serde_json::{Value, json};
use shokureki::config::ServerSettings;

use super::app::TestApp;
use super::socket::{Heard, PROTOCOL, Socket};
use super::{ALL_SCOPES, embed_token, follow, import, page_of, resume, token};

const ATS: &str = "https://ats.example";

/// Returns the code that a page is closed with that says this.
async fn turned_away(app: &TestApp, headers: &[(&str, &str)], token: Option<&str>) -> Heard {
    let opened = Socket::open(&app.url, headers).await;
    let mut socket = opened.unwrap_or_else(|status| panic!("{headers:?}: {status}"));
    socket.introduce(token).await;
    socket.hear().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_listens_with_a_token_that_was_made_for_its_origin() {
    let app = TestApp::start().await;
    let own = token(&app, ALL_SCOPES);
    let embedded = embed_token(&app, Some(&own), ATS).await;
    // Not every browser says by Fetch Metadata whose page it is.
    let mut pages = Vec::new();
    for headers in [&page_of(ATS)[..], &page_of(ATS)[..2]] {
        let mut page = Socket::open(&app.url, headers).await.expect("it is opened");
        page.acknowledge(Some(&embedded)).await;
        follow(&mut page).await;
        pages.push(page);
    }
    import(&app, &own, "one", &resume("見本 花子")).await;
    for page in &mut pages {
        let told = page.next("1").await;
        let change = &told["data"]["candidatesChanged"];
        assert_eq!(change["sequence"], 1);
        // It may search, not know who is found.
        assert_eq!(change["candidate"]["name"], Value::Null, "{told}");
    }
    // It may do no more than by other ways.
    let progress = "subscription { importProgress(jobId: \"x\") { job { id } } }";
    pages[0].subscribe("2", progress, &json!({})).await;
    assert_eq!(pages[0].error("2").await, "FORBIDDEN");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_of_a_page_lets_no_other_page_in() {
    let app = TestApp::start().await;
    let own = token(&app, ALL_SCOPES);
    let embedded = embed_token(&app, Some(&own), ATS).await;
    for origin in [
        "https://evil.example",
        "http://ats.example",
        "https://ats.example:8443",
        "https://ats.example.evil.example",
    ] {
        let heard = turned_away(&app, &page_of(origin), Some(&embedded)).await;
        assert_eq!(heard, Heard::Closed(4403), "{origin}");
    }
    // Nor a program, which could have read it there, nor a page of the server itself.
    let heard = turned_away(&app, &[PROTOCOL], Some(&embedded)).await;
    assert_eq!(heard, Heard::Closed(4403));
    let at_home = [PROTOCOL, ("origin", app.url.as_str())];
    let heard = turned_away(&app, &at_home, Some(&embedded)).await;
    assert_eq!(heard, Heard::Closed(4403));
    // Who has no origin, or two, is not even asked.
    for origins in [
        &["null"][..],
        &["file://"],
        &["https://ATS.example"],
        &[ATS, "https://evil.example"],
    ] {
        let mut headers = vec![PROTOCOL];
        headers.extend(origins.iter().map(|origin| ("origin", *origin)));
        let refused = Socket::open(&app.url, &headers).await.err();
        assert_eq!(refused, Some(403), "{origins:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_but_such_a_token_lets_a_page_of_another_origin_in() {
    let app = TestApp::start().await;
    // Whoever is at this machine is let in, and a page that they have open is not.
    for token in [None, Some("x"), Some("ske_x_y"), Some("skr_x_y")] {
        let heard = turned_away(&app, &page_of(ATS), token).await;
        assert_eq!(heard, Heard::Closed(4403), "{token:?}");
    }
    let local = embed_token(&app, None, ATS).await;
    let mut page = Socket::open(&app.url, &page_of(ATS)).await.expect("open");
    page.acknowledge(Some(&local)).await;
    follow(&mut page).await;
    // A token that is valid everywhere else is not one of the page.
    let own = token(&app, ALL_SCOPES);
    let heard = turned_away(&app, &page_of(ATS), Some(&own)).await;
    assert_eq!(heard, Heard::Closed(4403));
    let header = format!("Bearer {own}");
    let mut headers = page_of(ATS).to_vec();
    headers.push(("authorization", &header));
    assert_eq!(turned_away(&app, &headers, None).await, Heard::Closed(4403));
    // The first token ended local mode, and what it gave out.
    assert_eq!(page.hear().await, Heard::Closed(4403));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_that_say_nothing_take_no_place_of_whoever_opened_them() {
    let app = TestApp::start_configured(ServerSettings::default(), |config| {
        config.http.sockets.max_sockets_per_caller = 1;
        config.http.sockets.init_timeout = Duration::from_secs(60);
    })
    .await;
    let silent = Socket::open(&app.url, &page_of("https://evil.example")).await;
    let _silent = silent.expect("it is opened");
    let another = Socket::open(&app.url, &page_of("https://other.example")).await;
    assert_eq!(another.err(), Some(503));
    Socket::of(&app.url, None).await;
}
