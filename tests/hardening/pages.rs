//! What web pages of this server and of others may do.

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde_json::json;
use shokureki::config::{ServerSettings, Switch};

use super::app::TestApp;

const ATS: &str = "https://ats.example";

async fn app_for_ats() -> TestApp {
    TestApp::start_with(ServerSettings {
        cors_origin: vec![ATS.to_owned(), "http://localhost:3000".to_owned()],
        hsts_max_age_s: Some(63_072_000),
        ..ServerSettings::default()
    })
    .await
}

async fn preflight(app: &TestApp, origin: &str) -> HeaderMap {
    let request = app
        .client
        .request(Method::OPTIONS, format!("{}/graphql", app.url))
        .header("origin", origin)
        .header("sec-fetch-site", "cross-site")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "content-type,authorization",
        );
    request.send().await.expect("an answer").headers().clone()
}

#[tokio::test]
async fn pages_of_listed_origins_may_ask_and_no_others() {
    let app = app_for_ats().await;
    for origin in [ATS, "http://localhost:3000"] {
        let headers = preflight(&app, origin).await;
        assert_eq!(headers["access-control-allow-origin"], origin);
        assert!(headers.contains_key("access-control-allow-headers"));
        assert!(!headers.contains_key("access-control-allow-credentials"));
    }
    for site in [Some("cross-site"), None] {
        let answer = post(&app, ATS, site).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["access-control-allow-origin"], ATS);
    }
    for origin in ["https://evil.example", "https://ats.example.evil", "null"] {
        refused(&app, origin).await;
    }
}

#[tokio::test]
async fn without_a_list_no_page_of_another_origin_may_ask() {
    refused(&TestApp::start().await, ATS).await;
}

/// Asks on behalf of a page of `origin`, by a browser that says what site it is of or by one that does not.
async fn post(app: &TestApp, origin: &str, site: Option<&str>) -> reqwest::Response {
    let request = app.client.post(format!("{}/graphql", app.url));
    let mut request = request.header("origin", origin);
    if let Some(site) = site {
        request = request.header("sec-fetch-site", site);
    }
    let request = request.json(&json!({ "query": "{ __typename }" }));
    request.send().await.expect("an answer")
}

/// Fails unless a page of `origin` learns nothing, whatever it was told beforehand: it might have a token.
async fn refused(app: &TestApp, origin: &str) {
    for site in [Some("cross-site"), None] {
        let answer = post(app, origin, site).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{origin}");
        let headers = answer.headers();
        assert!(!headers.contains_key("access-control-allow-origin"));
        let text = answer.text().await.expect("text");
        assert!(!text.contains("__typename"), "{text}");
    }
}

#[tokio::test]
async fn a_simple_request_of_a_foreign_page_does_nothing() {
    let app = TestApp::start().await;
    app.import(
        "x",
        "# 職務経歴書\n\n氏名: 架空 花子\n\n## 職務経歴\n\n- 技術: Rust\n",
    )
    .await;
    // What a page can send without being asked: forms, images, links, `fetch` without CORS.
    let erase = "mutation { eraseCandidate(input: { externalId: \"x\" }) { userErrors { code } } }";
    let body = json!({ "query": erase }).to_string();
    for content_type in [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "text/plain; application/json",
    ] {
        let request = app.client.post(format!("{}/graphql", app.url));
        let request = request.header("content-type", content_type);
        let answer = request.body(body.clone()).send().await.expect("an answer");
        assert_eq!(
            answer.status(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "{content_type}"
        );
    }
    let request = app.client.post(format!("{}/graphql", app.url));
    let answer = request.body(body).send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let get = |query: &'static str, site: Option<&'static str>| {
        let request = app.client.get(format!("{}/graphql", app.url));
        let request = request.query(&[("query", query)]);
        match site {
            Some(site) => request.header("sec-fetch-site", site).send(),
            None => request.send(),
        }
    };
    let answer = get(erase, None).await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    // Queries are not even run: how long one takes would tell whether somebody is found.
    let query = "{ searchCandidates { totalCount } }";
    for site in ["cross-site", "same-site"] {
        let answer = get(query, Some(site)).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{site}");
        assert_eq!(
            answer.headers()["cross-origin-resource-policy"],
            "same-origin"
        );
        let text = answer.text().await.expect("text");
        assert!(!text.contains("totalCount"), "{text}");
    }
    for site in [None, Some("same-origin"), Some("none")] {
        let answer = get(query, site).await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK);
        let answer: serde_json::Value = answer.json().await.expect("JSON");
        assert_eq!(
            answer["data"]["searchCandidates"]["totalCount"], 1,
            "still there"
        );
    }
}

#[tokio::test]
async fn every_answer_has_the_headers_that_keep_browsers_careful() {
    let app = app_for_ats().await;
    for path in ["/", "/graphiql", "/graphql", "/healthz", "/readyz", "/nope"] {
        let answer = app.client.get(format!("{}{path}", app.url)).send().await;
        let answer = answer.expect("an answer");
        let headers = answer.headers();
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(headers["x-frame-options"], "DENY", "{path}");
        assert_eq!(headers["cache-control"], "no-store", "{path}");
        assert_eq!(
            headers["cross-origin-resource-policy"], "same-origin",
            "{path}"
        );
        assert_eq!(
            headers["strict-transport-security"], "max-age=63072000",
            "{path}"
        );
        assert!(
            headers["permissions-policy"]
                .to_str()
                .is_ok_and(|policy| policy.contains("camera=()"))
        );
        let policy = headers["content-security-policy"].to_str().expect("ASCII");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        if path == "/" || path == "/graphiql" {
            assert_eq!(
                headers["cross-origin-opener-policy"], "same-origin",
                "{path}"
            );
        }
    }
    let plain = TestApp::start().await;
    let answer = plain
        .client
        .get(&plain.url)
        .send()
        .await
        .expect("an answer");
    assert!(!answer.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn files_of_the_page_are_kept_by_browsers_and_open_to_every_origin() {
    let app = TestApp::start().await;
    let get = async |path: &str| {
        let answer = app.client.get(format!("{}{path}", app.url)).send().await;
        answer.expect("an answer")
    };
    let page = get("/").await.text().await.expect("text");
    let (_, script) = page
        .split_once("<script type=\"module\" src=\"")
        .expect("a script");
    let (script, _) = script.split_once('"').expect("its address");
    let root = script.strip_suffix("/app.js").expect("of a version");
    for other in ["/candidates/x", "/compare", "/import", "/sign-in"] {
        let other = get(other).await.text().await.expect("text");
        assert!(other.contains(script), "{other}");
    }
    for (path, kind) in [
        ("app.js", "text/javascript"),
        ("styles/base.css.js", "text/javascript"),
        ("operations.js", "text/javascript"),
        ("icon.svg", "image/svg+xml"),
    ] {
        let answer = get(&format!("{root}/{path}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let headers = answer.headers();
        assert!(
            headers["content-type"]
                .to_str()
                .is_ok_and(|of| of.starts_with(kind))
        );
        assert_eq!(
            headers["cache-control"],
            "public, max-age=31536000, immutable"
        );
        assert_eq!(headers["access-control-allow-origin"], "*");
        assert_eq!(headers["cross-origin-resource-policy"], "cross-origin");
        assert_eq!(headers["x-content-type-options"], "nosniff");
    }
    // What a page asks for that was opened before the server was exchanged.
    let stale = get("/assets/0123456789abcdef/app.js").await;
    assert_eq!(stale.status(), StatusCode::OK);
    assert_eq!(stale.headers()["cache-control"], "no-cache");
    for missing in [
        "index.html",
        "nope.js",
        "../Cargo.toml",
        "%2e%2e/%2e%2e/Cargo.toml",
        "operations/Viewer.graphql",
        "",
    ] {
        let answer = get(&format!("{root}/{missing}")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{missing}");
    }
    let embed = get("/embed/shokureki-search.js").await;
    assert_eq!(embed.headers()["cache-control"], "no-cache");
    assert_eq!(embed.headers()["access-control-allow-origin"], "*");
    let module = embed.text().await.expect("text");
    assert!(module.contains(&format!("{root}/embed.js")), "{module}");
}

async fn status(app: &TestApp, path: &str) -> StatusCode {
    let request = app.client.get(format!("{}{path}", app.url));
    request.send().await.expect("an answer").status()
}

#[tokio::test]
async fn the_playground_is_there_where_it_was_asked_for() {
    for (switch, expected) in [
        (None, StatusCode::OK),
        (Some(Switch::On), StatusCode::OK),
        (Some(Switch::Off), StatusCode::NOT_FOUND),
    ] {
        let settings = ServerSettings {
            playground: switch,
            ..ServerSettings::default()
        };
        let app = TestApp::start_with(settings).await;
        assert_eq!(status(&app, "/graphiql").await, expected, "{switch:?}");
    }
}

/// What stands between `open` and the next quotation mark, each time.
fn attributes<'a>(html: &'a str, open: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(open)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

#[tokio::test]
async fn the_playground_loads_from_here_or_says_that_it_does_not() {
    let app = TestApp::start().await;
    let request = app.client.get(format!("{}/graphiql", app.url));
    let page = request.send().await.expect("an answer");
    let policy = page.headers()["content-security-policy"].clone();
    let policy = policy.to_str().expect("ASCII");
    let html = page.text().await.expect("text");
    let bundle = concat!(env!("CARGO_MANIFEST_DIR"), "/web/playground/dist");
    if !std::path::Path::new(bundle).is_dir() {
        assert!(html.contains("unpkg.com から読み込みます"), "{html}");
        assert!(policy.contains("https://unpkg.com"), "{policy}");
        return;
    }
    assert!(
        !policy.contains("http") && policy.contains("script-src 'self';"),
        "{policy}"
    );
    let links = attributes(&html, "href=\"").chain(attributes(&html, "src=\""));
    let files: Vec<_> = links.filter(|link| !link.starts_with("data:")).collect();
    assert!(files.len() >= 2, "{html}");
    for file in files {
        let request = app.client.get(format!("{}{file}", app.url));
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{file}");
        let headers = answer.headers();
        let kept = "public, max-age=31536000, immutable";
        assert_eq!(headers["cache-control"], kept, "{file}");
        assert_eq!(headers["cross-origin-resource-policy"], "same-origin");
        let kind = if file.ends_with(".css") {
            "text/css"
        } else {
            "text/javascript"
        };
        let said = headers["content-type"].to_str().expect("ASCII");
        assert!(said.starts_with(kind), "{file}: {said}");
    }
}

#[tokio::test]
async fn the_playground_gives_out_no_other_files() {
    let app = TestApp::start().await;
    for name in [
        "index.html",
        "package.json",
        "..%2Fpackage.json",
        "..%2f..%2f..%2fCargo.toml",
        "%2Fetc%2Fpasswd",
    ] {
        let path = format!("/graphiql/{name}");
        assert_eq!(status(&app, &path).await, StatusCode::NOT_FOUND, "{path}");
    }
}
