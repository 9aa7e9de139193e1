//! The GraphQL playground: GraphiQL as `web/playground` bundles it, all from this server. A build without
//! the bundle has async-graphql's page instead, which loads GraphiQL from a CDN, and says so.

use std::sync::LazyLock;

use async_graphql::http::GraphiQLSource;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::assets;
use super::authentication::is_local;
use super::pages::Page;
use super::router::ServerState;

/// What `npm run build` writes; empty where that was not run. Read from the folder in a debug build.
#[derive(RustEmbed)]
#[folder = "web/playground/dist/"]
#[allow_missing = true]
struct Bundle;

/// The page among the files of the bundle.
const PAGE: &str = "index.html";

/// What the bundled page may load. Its editors place lines by `style` attributes and write their themes as
/// `<style>`; its style sheets hold fonts.
const BUNDLED: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                       font-src 'self' data:; img-src 'self' data:; connect-src 'self'; worker-src 'self'";

/// Stands above the page that loads from elsewhere.
const FROM_ELSEWHERE: &str = r#"<style>
      .cdn { box-sizing: border-box; font: 14px/1.5 system-ui, sans-serif; height: 3.5rem; margin: 0; overflow: auto; padding: .25rem 1rem }
      #graphiql { height: calc(100vh - 3.5rem) }
    </style>
    <p class="cdn" lang="ja">このページは GraphiQL を unpkg.com から読み込みます。ネットワークにつながらない場所では、web/playground を npm でビルドしてからサーバーをビルドしてください（make run）。<br>
    <span lang="en">This page loads GraphiQL from a CDN, unpkg.com; <code>make run</code> builds one that does not.</span></p>
    "#;

/// Its scripts, its style and the fonts in that come from unpkg.com; it asks this server only.
static WITHOUT_BUNDLE: LazyLock<Page> = LazyLock::new(|| {
    let html = GraphiQLSource::build()
        .endpoint("/graphql")
        .title("shokureki")
        .finish();
    let root = "<div id=\"graphiql\">";
    let html = html.replace(root, &format!("{FROM_ELSEWHERE}{root}"));
    let scripts = hashes(&html, "script");
    let policy = format!(
        "default-src 'none'; script-src https://unpkg.com {scripts}; \
         style-src 'unsafe-inline' https://unpkg.com; font-src data: https://unpkg.com; \
         img-src data: https://graphql.org; connect-src 'self'; worker-src blob:"
    );
    Page::new(html, &policy)
});

/// The playground.
pub(super) async fn page(State(state): State<ServerState>) -> Response<Body> {
    if !is_on(&state).await {
        return not_found();
    }
    match Bundle::get(PAGE) {
        Some(file) => {
            let html = String::from_utf8_lossy(&file.data).into_owned();
            Page::new(html, BUNDLED).answer()
        }
        None => WITHOUT_BUNDLE.answer(),
    }
}

/// A file of the bundle. Its name has a hash of what is in it: a browser keeps it for good.
pub(super) async fn file(
    State(state): State<ServerState>,
    Path(name): Path<String>,
) -> Response<Body> {
    let is_known = name != PAGE && Bundle::iter().any(|known| known == name);
    match Bundle::get(&name) {
        Some(file) if is_known && is_on(&state).await => {
            let mut answer = assets::bytes(file.data).into_response();
            let headers = answer.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static(assets::media_type(&name)),
            );
            headers.insert(
                header::CACHE_CONTROL,
                HeaderValue::from_static("public, max-age=31536000, immutable"),
            );
            answer
        }
        _ => not_found(),
    }
}

/// Whether there is a playground: as the options say, else in local mode only.
async fn is_on(state: &ServerState) -> bool {
    match state.playground {
        Some(is_on) => is_on,
        // Where the database does not tell, there is nothing to play with.
        None => is_local(state).await.unwrap_or(false),
    }
}

fn not_found() -> Response<Body> {
    (StatusCode::NOT_FOUND, "not found\n").into_response()
}

/// Returns the hashes, as a policy names them, of what stands in the page itself between `<tag>` and
/// `</tag>`.
fn hashes(html: &str, tag: &str) -> String {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let inline = html.split(open.as_str()).skip(1);
    let inline = inline.filter_map(|rest| rest.split(close.as_str()).next());
    let hashes: Vec<String> = inline
        .map(|text| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text))))
        .collect();
    hashes.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_knows_what_stands_in_the_page() {
        let policy = WITHOUT_BUNDLE.policy.to_str().expect("ASCII");
        assert!(policy.contains(" 'sha256-"), "{policy}");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        // All scripts: those named by an address, and one in the page.
        let scripts = WITHOUT_BUNDLE.html.matches("<script").count();
        let named = WITHOUT_BUNDLE
            .html
            .matches("src=\"https://unpkg.com/")
            .count();
        assert_eq!(scripts, named + policy.matches("'sha256-").count());
        for handler in [" onclick=", " onload=", "javascript:", " style="] {
            assert!(!WITHOUT_BUNDLE.html.contains(handler), "{handler}");
        }
    }

    #[test]
    fn a_page_that_loads_from_elsewhere_says_so() {
        let (head, rest) = WITHOUT_BUNDLE.html.split_once("<body>").expect("a body");
        assert!(head.contains("unpkg.com"), "the CDN is another: {head}");
        let (shown, _) = rest.split_once("<div id=").expect("a root");
        assert!(shown.contains("unpkg.com から読み込みます"), "{shown}");
    }

    #[test]
    fn a_hash_is_that_of_the_text_between_the_tags() {
        let of = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        assert_eq!(
            hashes(
                "<a>x</a><script src=\"y\"></script><script>z </script>",
                "script"
            ),
            of("z ")
        );
        assert_eq!(
            hashes("<script>x</script>\n<script>y</script>", "script"),
            format!("{} {}", of("x"), of("y"))
        );
    }
}
