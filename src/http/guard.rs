//! Keeps foreign pages out of a server on loopback.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Response, StatusCode, header, uri::Authority};
use axum::middleware::Next;
use axum::response::IntoResponse;

/// Refuses a request whose `Host` is not a name of this machine.
///
/// A page of any site may point its own name at 127.0.0.1 (DNS rebinding) and would then be same-origin
/// with a server that asks nobody who they are.
pub(super) async fn only_loopback_names(request: Request, next: Next) -> Response<Body> {
    if names_loopback(request.headers()) {
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
    use axum::http::HeaderValue;

    use super::*;

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
