//! The page for the hiring team, and what every page that people open has.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, Response, Uri, header};
use axum::response::{Html, IntoResponse as _};

use super::assets::Assets;
use super::router::ServerState;

/// What no page of ours does.
const NOWHERE: &str = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page, and what it may load.
pub(super) struct Page {
    pub(super) html: String,
    pub(super) policy: HeaderValue,
}

impl Page {
    /// A page that may load what `policy` says.
    pub(super) fn new(html: String, policy: &str) -> Self {
        let policy = format!("{policy}; {NOWHERE}");
        Self {
            html,
            policy: HeaderValue::try_from(policy).expect("visible ASCII"),
        }
    }

    /// Returns the answer that is the page.
    pub(super) fn answer(&self) -> Response<Body> {
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
                    require-trusted-types-for 'script'; trusted-types 'none'; connect-src 'self'";

/// The page for the hiring team, at every address that it shows itself under. It asks this server, and the
/// identity provider where it signs its users in there.
pub(super) async fn face(State(state): State<ServerState>, address: Uri) -> Response<Body> {
    let provider = state.oidc.as_ref().filter(|oidc| oidc.client_id.is_some());
    let policy = match provider {
        Some(oidc) => format!("{FACE} {}", oidc.issuer.origin()),
        None => FACE.to_owned(),
    };
    Page::new(Assets::current().page(address.path()), &policy).answer()
}
