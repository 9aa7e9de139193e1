//! The pages that people open: the one for the hiring team and the GraphQL playground.

use std::sync::LazyLock;

use async_graphql::http::GraphiQLSource;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, header};
use axum::response::{Html, IntoResponse as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::assets::Assets;

/// What no page of ours does.
const NOWHERE: &str = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page, and what it may load.
struct Page {
    html: String,
    policy: HeaderValue,
}

impl Page {
    fn new(html: String, policy: &str) -> Self {
        let policy = format!("{policy}; {NOWHERE}");
        Self {
            html,
            policy: HeaderValue::try_from(policy).expect("visible ASCII"),
        }
    }

    fn answer(&self) -> Response<Body> {
        let mut answer = Html(self.html.clone()).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        // The window that opened the page learns nothing of it.
        headers.insert(
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        );
        answer
    }
}

/// What the page may load: its own modules and styles, and what it asks for. No text becomes HTML.
const FACE: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                    connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Its scripts, its style and the fonts in that come from unpkg.com; it asks this server only.
static PLAYGROUND: LazyLock<Page> = LazyLock::new(|| {
    let html = GraphiQLSource::build()
        .endpoint("/graphql")
        .title("shokureki")
        .finish();
    let scripts = hashes(&html, "script");
    let policy = format!(
        "default-src 'none'; script-src https://unpkg.com {scripts}; \
         style-src 'unsafe-inline' https://unpkg.com; font-src data: https://unpkg.com; \
         img-src data: https://graphql.org; connect-src 'self'; worker-src blob:"
    );
    Page::new(html, &policy)
});

/// The page for the hiring team, at every address that it shows itself under.
pub(super) async fn face() -> Response<Body> {
    Page::new(Assets::current().page(), FACE).answer()
}

/// The playground.
pub(super) async fn playground() -> Response<Body> {
    PLAYGROUND.answer()
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
        let policy = PLAYGROUND.policy.to_str().expect("ASCII");
        assert!(policy.contains(" 'sha256-"), "{policy}");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        // All scripts: those named by an address, and one in the page.
        let scripts = PLAYGROUND.html.matches("<script").count();
        let named = PLAYGROUND.html.matches("src=\"https://unpkg.com/").count();
        assert_eq!(scripts, named + policy.matches("'sha256-").count());
        for handler in [" onclick=", " onload=", "javascript:", " style="] {
            assert!(!PLAYGROUND.html.contains(handler), "{handler}");
            assert!(!Assets::current().page().contains(handler), "{handler}");
        }
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
