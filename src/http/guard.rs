//! Keeps foreign pages out.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header, uri::Authority};
use axum::middleware::Next;
use axum::response::IntoResponse;

use super::answer::{MediaType, refused};
use super::authentication::credentials;
use super::cors;
use crate::domain::Origin;
use crate::graphql::{ErrorCode, Locale};

/// Refuses what a page of another site asks for, unless its origin is one of `allowed` or it carries an
/// embed token, which is looked at next: it says by itself which pages may use it.
///
/// Such a page cannot read the answer, yet it could have a simple GET executed, and learn from the time
/// it takes whether somebody is found. Browsers say on whose behalf they ask (Fetch Metadata); a link
/// that somebody follows is not answered either. A browser too old for that tells the page's origin with
/// whatever it asks beforehand for.
pub(super) async fn only_own_pages(
    allowed: &[Origin],
    request: Request,
    next: Next,
) -> Response<Body> {
    if is_of_own_page(request.headers(), allowed) {
        return next.run(request).await;
    }
    refused(
        StatusCode::FORBIDDEN,
        MediaType::Json,
        ErrorCode::Forbidden,
        Locale::default(),
    )
}

fn is_of_own_page(headers: &HeaderMap, allowed: &[Origin]) -> bool {
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        // "none" stands for an address that somebody typed.
        Some(b"same-origin" | b"none") => true,
        // Programs send none. What carries a token is no page that makes use of who is at its browser.
        None => headers.contains_key(header::AUTHORIZATION) || has_own_origin(headers, allowed),
        Some(_) => {
            let origin = headers.get(header::ORIGIN);
            origin.is_some_and(|origin| cors::is_one_of(allowed, origin))
                || credentials(headers).is_ok_and(|given| given.are_of_embedded_page())
        }
    }
}

/// Who opens a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opener {
    /// A program, a page of this server or one of an origin that is allowed.
    Known,
    /// A page of another origin. It may say nothing but an embed token of that origin: whatever else lets
    /// somebody in, being at this machine above all, is not the page's own.
    OtherPage,
}

/// Returns who opens a socket with these headers; `None` for those who never may.
pub(super) fn opener(headers: &HeaderMap, allowed: &[Origin]) -> Option<Opener> {
    if is_of_own_page(headers, allowed) && has_own_origin(headers, allowed) {
        return Some(Opener::Known);
    }
    // A page cannot say before a socket is open what lets it in, as it does with a request.
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let (Some(origin), None) = (origins.next(), origins.next()) else {
        return None;
    };
    let is_origin = origin.to_str().is_ok_and(|of| Origin::parse(of).is_ok());
    is_origin.then_some(Opener::OtherPage)
}

/// Whether whoever sends `headers` is a program, a page of this server, or one of an origin that is
/// `allowed`.
///
/// Browsers let every page open a socket to anywhere, and not all say by Fetch Metadata for whom they do;
/// they all tell the page's origin. Behind a proxy that gives the server another name than its own, the
/// public origin has to be allowed.
fn has_own_origin(headers: &HeaderMap, allowed: &[Origin]) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let origin = match (origins.next(), origins.next()) {
        (None, _) => return true,
        (Some(origin), None) => origin,
        (Some(_), Some(_)) => return false,
    };
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let host = headers.get(header::HOST).map(HeaderValue::as_bytes);
    let of_origin = origin.as_bytes();
    let of_origin = of_origin
        .strip_prefix(b"https://")
        .or_else(|| of_origin.strip_prefix(b"http://"));
    let is_own = host.is_some() && of_origin == host;
    is_own || site == Some(b"same-origin") || cors::is_one_of(allowed, origin)
}

/// Refuses a request whose `Host` is not a name of this machine.
///
/// A page of any site may point its own name at 127.0.0.1 (DNS rebinding) and would then be same-origin
/// with a server that asks nobody who they are.
pub(super) async fn only_loopback_names(request: Request, next: Next) -> Response<Body> {
    // Who authenticates is not the browser of somebody else: it would not send the header by itself.
    let headers = request.headers();
    if names_loopback(headers) || headers.contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        "this server answers to localhost only\n",
    )
        .into_response()
}

fn names_loopback(headers: &HeaderMap) -> bool {
    // HTTP/1.0 clients such as health checks send no Host; a browser always does.
    let Some(host) = headers.get(header::HOST) else {
        return true;
    };
    let authority = host
        .to_str()
        .ok()
        .and_then(|host| host.parse::<Authority>().ok());
    authority.is_some_and(|authority| {
        let host = authority
            .host()
            .trim_start_matches('[')
            .trim_end_matches(']');
        host.eq_ignore_ascii_case("localhost")
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_page(site: Option<&'static str>, origin: Option<&'static str>, expected: bool) {
        let mut headers = HeaderMap::new();
        if let Some(site) = site {
            headers.insert("sec-fetch-site", HeaderValue::from_static(site));
        }
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        let allowed = [Origin::parse("https://ats.example").expect("an origin")];
        assert_eq!(
            is_of_own_page(&headers, &allowed),
            expected,
            "{site:?} {origin:?}"
        );
    }

    #[test]
    fn pages_of_other_sites_are_not_answered_unless_allowed() {
        check_page(None, None, true);
        check_page(None, Some("https://evil.example"), false);
        check_page(None, Some("null"), false);
        check_page(None, Some("https://ats.example"), true);
        check_page(Some("same-origin"), Some("http://localhost:8080"), true);
        check_page(Some("none"), None, true);
        check_page(Some("cross-site"), None, false);
        check_page(Some("same-site"), None, false);
        check_page(Some("cross-site"), Some("https://evil.example"), false);
        check_page(Some("cross-site"), Some("https://ats.example"), true);
        check_page(Some("same-site"), Some("https://ats.example.evil"), false);
    }

    #[track_caller]
    fn check_socket(
        origins: &[&'static str],
        site: Option<&'static str>,
        expected: Option<Opener>,
    ) {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::HOST,
            HeaderValue::from_static("search.example:8080"),
        );
        for origin in origins {
            headers.append(header::ORIGIN, HeaderValue::from_static(origin));
        }
        if let Some(site) = site {
            headers.insert("sec-fetch-site", HeaderValue::from_static(site));
        }
        let allowed = [Origin::parse("https://ats.example").expect("an origin")];
        assert_eq!(opener(&headers, &allowed), expected, "{origins:?} {site:?}");
    }

    #[test]
    fn a_socket_is_opened_by_own_and_allowed_pages_and_by_others_with_a_token_of_theirs() {
        let (known, other) = (Some(Opener::Known), Some(Opener::OtherPage));
        check_socket(&[], None, known);
        check_socket(&["http://search.example:8080"], None, known);
        check_socket(&["https://search.example:8080"], None, known);
        check_socket(&["https://ats.example"], None, known);
        check_socket(&["https://ats.example"], Some("cross-site"), known);
        check_socket(&["https://search.example"], Some("same-origin"), known);
        check_socket(&["https://search.example"], None, other);
        check_socket(&["https://evil.example"], None, other);
        check_socket(&["https://evil.example"], Some("cross-site"), other);
        check_socket(&["http://search.example:8080"], Some("cross-site"), other);
        check_socket(&["https://search.example:8080.evil"], None, other);
        // No token can be of these.
        check_socket(&["null"], None, None);
        check_socket(&["file://"], None, None);
        check_socket(&["https://*"], None, None);
        check_socket(&[], Some("cross-site"), None);
        check_socket(&["https://ats.example", "https://evil.example"], None, None);
    }

    #[track_caller]
    fn check(host: &'static str, expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static(host));
        assert_eq!(names_loopback(&headers), expected, "{host}");
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        check("localhost", true);
        check("localhost:8080", true);
        check("127.0.0.1:8080", true);
        check("[::1]:8080", true);
        check("example.com", false);
        check("127.0.0.1.example.com", false);
        check("192.168.0.1:8080", false);
    }
}
