//! What pages of other origins may ask, as their browsers enforce it.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, header, request::Parts};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::authentication::credentials;
use crate::domain::Origin;

/// How long a browser may remember what a page may ask.
const PREFLIGHT_AGE: Duration = Duration::from_secs(600);

/// Lets pages of these origins, and those that carry an embed token, ask, and read what the answers say in
/// their headers. Nothing of a cookie: who asks is said by a header of the page's own.
///
/// Browsers ask beforehand without the token, so that every origin is told that it may ask: that tells
/// nothing, and what the page then asks runs only with a token made for its origin.
pub(super) fn layer(origins: &[Origin]) -> CorsLayer {
    let origins = origins.to_vec();
    let may_ask = move |origin: &HeaderValue, parts: &Parts| {
        parts.method == Method::OPTIONS
            || is_one_of(&origins, origin)
            || credentials(&parts.headers).is_ok_and(|given| given.are_of_embedded_page())
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(may_ask))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::ACCEPT,
            header::ACCEPT_LANGUAGE,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
        ])
        .expose_headers([
            header::RETRY_AFTER,
            HeaderName::from_static("ratelimit-limit"),
            HeaderName::from_static("ratelimit-policy"),
            HeaderName::from_static("ratelimit-remaining"),
            HeaderName::from_static("ratelimit-reset"),
            HeaderName::from_static("x-request-id"),
        ])
        .max_age(PREFLIGHT_AGE)
}

/// Returns whether the value of an `Origin` header is one of `origins`.
pub(super) fn is_one_of(origins: &[Origin], value: &HeaderValue) -> bool {
    origins.iter().any(|origin| value == origin.as_str())
}
