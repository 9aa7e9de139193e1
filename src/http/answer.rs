//! From GraphQL responses to HTTP answers: media type, status, and the errors of requests that never
//! reached the schema.

use std::time::Duration;

use async_graphql::{BatchResponse, Response as GraphqlResponse, ServerError, Value};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde_json::json;

use crate::graphql::{self, ErrorCode, Locale};

/// The media type of an answer (GraphQL over HTTP, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaType {
    /// `application/graphql-response+json`.
    GraphqlResponse,
    /// `application/json`, for a client that does not say what it wants.
    Json,
    /// `application/json`, for a client that asks for just this: one of before there was the other.
    NamedJson,
}

impl MediaType {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json | Self::NamedJson => "application/json; charset=utf-8",
        })
    }

    /// Whether it is `application/json`.
    pub(super) fn is_json(self) -> bool {
        self != Self::GraphqlResponse
    }
}

/// Chooses the media type that `Accept` ranks first, or `None` when it allows neither.
///
/// Without `Accept`, and for `*/*`, the answer is `application/json`, as the specification wants it for
/// clients that know no other.
pub(super) fn negotiate(headers: &HeaderMap) -> Option<MediaType> {
    let Some(accept) = headers.get(header::ACCEPT) else {
        return Some(MediaType::Json);
    };
    let accept = accept.to_str().unwrap_or_default().to_ascii_lowercase();
    let mut best: Option<(MediaType, f32)> = None;
    for range in accept.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let media_type = match parts.next().unwrap_or_default() {
            "application/graphql-response+json" => MediaType::GraphqlResponse,
            "application/json" => MediaType::NamedJson,
            "application/*" | "*/*" => MediaType::Json,
            _ => continue,
        };
        let quality = parts
            .find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok())
            .unwrap_or(1.0);
        if quality > 0.0 && best.is_none_or(|(_, best)| quality > best) {
            best = Some((media_type, quality));
        }
    }
    best.map(|(media_type, _)| media_type)
}

/// Answers with what the schema gave.
///
/// A request that never executed (it does not parse, is not valid, or exceeds a limit) has a 4xx status
/// and no `data`, one that was refused because too many wait or its caller has spent its budget has 503
/// or 429, `Retry-After` and no `data`; one that executed has 200, errors in it or not. Only to a client
/// that asks for `application/json` by name, a request that is not valid is a 200, as such clients
/// expect.
pub(super) fn executed(media_type: MediaType, response: BatchResponse) -> Response<Body> {
    let (outcome, body) = match response {
        BatchResponse::Single(response) => (Outcome::of(&response), response_json(response)),
        BatchResponse::Batch(responses) => {
            let outcomes = responses.iter().map(Outcome::of);
            let outcome = outcomes.reduce(Outcome::of_both);
            let outcome = outcome.map_or(Outcome::Executed, |of_all| of_all.of_both(of_all));
            let list = responses.into_iter().map(response_json).collect();
            (outcome, serde_json::Value::Array(list))
        }
    };
    let mut answer = json_response(outcome.status(media_type), media_type, &body);
    if let Outcome::Refused { retry_after, .. } = outcome {
        let headers = answer.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
    }
    answer
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It ran, or a part of it did.
    Executed,
    /// It is no request that can run.
    Invalid(StatusCode),
    /// It may run later: nothing of it did.
    Refused {
        /// Whose fault that is.
        status: StatusCode,
        /// When, in seconds.
        retry_after: u64,
    },
}

impl Outcome {
    fn of(response: &GraphqlResponse) -> Self {
        let Some(first) = response.errors.first() else {
            return Self::Executed;
        };
        if response.data != Value::Null {
            return Self::Executed;
        }
        let seconds: Option<Vec<u64>> = response.errors.iter().map(retry_after).collect();
        if let Some(retry_after) = seconds.and_then(|seconds| seconds.into_iter().max()) {
            return Self::Refused {
                status: match code(first) {
                    "RATE_LIMITED" => StatusCode::TOO_MANY_REQUESTS,
                    _ => StatusCode::SERVICE_UNAVAILABLE,
                },
                retry_after,
            };
        }
        if response.errors.iter().all(|error| error.path.is_empty()) {
            return Self::Invalid(match code(first) {
                "FORBIDDEN" => StatusCode::FORBIDDEN,
                _ => StatusCode::BAD_REQUEST,
            });
        }
        Self::Executed
    }

    /// The outcome of a batch: refused as a whole, or executed, with what is said of each beside it.
    fn of_both(self, other: Self) -> Self {
        match (self, other) {
            (
                Self::Refused {
                    status,
                    retry_after: a,
                },
                Self::Refused { retry_after: b, .. },
            ) => Self::Refused {
                status,
                retry_after: a.max(b),
            },
            _ => Self::Executed,
        }
    }

    fn status(self, media_type: MediaType) -> StatusCode {
        match self {
            Self::Executed => StatusCode::OK,
            Self::Invalid(StatusCode::BAD_REQUEST) if media_type == MediaType::NamedJson => {
                StatusCode::OK
            }
            Self::Invalid(status) | Self::Refused { status, .. } => status,
        }
    }
}

/// Reads `extensions.code`.
fn code(error: &ServerError) -> &str {
    let extensions = error.extensions.as_ref();
    match extensions.and_then(|extensions| extensions.get("code")) {
        Some(Value::String(code)) => code,
        _ => "",
    }
}

/// Reads `extensions.retryAfter`.
fn retry_after(error: &ServerError) -> Option<u64> {
    match error.extensions.as_ref()?.get("retryAfter")? {
        Value::Number(seconds) => seconds.as_u64(),
        _ => None,
    }
}

fn response_json(response: GraphqlResponse) -> serde_json::Value {
    let omit_data = Outcome::of(&response) != Outcome::Executed;
    let mut body = serde_json::to_value(response).unwrap_or_else(|_| json!({ "data": null }));
    if omit_data && let Some(object) = body.as_object_mut() {
        object.remove("data");
    }
    body
}

/// Answers a request that never reached the schema.
pub(super) fn refused(
    status: StatusCode,
    media_type: MediaType,
    code: ErrorCode,
    locale: Locale,
) -> Response<Body> {
    let body = json!({
        "errors": [{ "message": code.message(locale), "extensions": { "code": code.as_str() } }]
    });
    json_response(status, media_type, &body)
}

/// Answers a caller that has spent its budget.
pub(super) fn wait(time: Duration, media_type: MediaType, locale: Locale) -> Response<Body> {
    let response = graphql::wait(time, locale);
    executed(media_type, BatchResponse::Single(response))
}

fn json_response(
    status: StatusCode,
    media_type: MediaType,
    body: &serde_json::Value,
) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media_type.header());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept, Accept-Language"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept: Option<&'static str>, expected: Option<MediaType>) {
        let mut headers = HeaderMap::new();
        if let Some(accept) = accept {
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        }
        assert_eq!(negotiate(&headers), expected, "{accept:?}");
    }

    #[test]
    fn the_media_type_that_accept_ranks_first_is_chosen() {
        check(None, Some(MediaType::Json));
        check(Some("*/*"), Some(MediaType::Json));
        check(Some("application/json"), Some(MediaType::NamedJson));
        check(
            Some("application/graphql-response+json"),
            Some(MediaType::GraphqlResponse),
        );
        check(
            Some("application/json;q=0.9, application/graphql-response+json"),
            Some(MediaType::GraphqlResponse),
        );
        check(
            Some("application/graphql-response+json;q=0.1, application/json"),
            Some(MediaType::NamedJson),
        );
        check(Some("application/json;q=0"), None);
        check(Some("text/html"), None);
    }
}
