//! From an HTTP request to GraphQL requests: GET parameters, JSON bodies, batches.

use async_graphql::parser::types::OperationType;
use async_graphql::{BatchRequest, Request, Variables};
use axum::http::{HeaderMap, header};
use serde::Deserialize;

/// The most requests in one batch (design, section 9).
pub(super) const MAX_BATCH: usize = 10;

/// Why a request never reached the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RequestError {
    /// No `query`, or parameters that are no JSON.
    Malformed,
    /// The body is not declared as JSON. Other types are also what a foreign page can send without
    /// asking, so this keeps such pages out.
    ContentType,
    /// A mutation by GET.
    MutationByGet,
    /// Too many requests in one.
    BatchTooLarge,
}

/// The parameters of a GET request, as GraphQL over HTTP names them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GetParameters {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
}

/// Reads a GET request, which may only query.
pub(super) fn from_get(parameters: GetParameters) -> Result<Request, RequestError> {
    let query = parameters.query.ok_or(RequestError::Malformed)?;
    let mut request = Request::new(query);
    if let Some(variables) = parameters.variables.filter(|text| !text.is_empty()) {
        let json = serde_json::from_str(&variables).map_err(|_| RequestError::Malformed)?;
        request = request.variables(Variables::from_json(json));
    }
    if let Some(name) = parameters.operation_name.filter(|name| !name.is_empty()) {
        request = request.operation_name(name);
    }
    if asks_for_more_than_a_query(&mut request) {
        return Err(RequestError::MutationByGet);
    }
    Ok(request)
}

/// Whether the operation that would run is no query. A text that does not parse is left for the schema
/// to refuse with its position.
fn asks_for_more_than_a_query(request: &mut Request) -> bool {
    let chosen = request.operation_name.clone();
    let Ok(document) = request.parsed_query() else {
        return false;
    };
    document.operations.iter().any(|(name, operation)| {
        let is_chosen =
            chosen.is_none() || chosen.as_deref() == name.map(async_graphql::Name::as_str);
        is_chosen && operation.node.ty != OperationType::Query
    })
}

/// Reads a POST request: one GraphQL request, or a batch of at most [`MAX_BATCH`].
pub(super) fn from_post(headers: &HeaderMap, body: &[u8]) -> Result<BatchRequest, RequestError> {
    if !is_json(headers) {
        return Err(RequestError::ContentType);
    }
    let request: BatchRequest =
        serde_json::from_slice(body).map_err(|_| RequestError::Malformed)?;
    match &request {
        BatchRequest::Batch(requests) if requests.is_empty() => Err(RequestError::Malformed),
        BatchRequest::Batch(requests) if requests.len() > MAX_BATCH => {
            Err(RequestError::BatchTooLarge)
        }
        BatchRequest::Single(request) if request.query.is_empty() => Err(RequestError::Malformed),
        _ => Ok(request),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let declared = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    declared.is_some_and(|value| {
        let media_type = value.split(';').next().unwrap_or_default().trim();
        media_type.eq_ignore_ascii_case("application/json")
            || media_type.eq_ignore_ascii_case("application/graphql-response+json")
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn get(query: &str, operation_name: Option<&str>, variables: Option<&str>) -> GetParameters {
        GetParameters {
            query: Some(query.to_owned()),
            operation_name: operation_name.map(str::to_owned),
            variables: variables.map(str::to_owned),
        }
    }

    #[test]
    fn a_get_request_may_only_query() {
        assert!(from_get(get("{ a }", None, None)).is_ok());
        let mutation = from_get(get("mutation { a }", None, None)).err();
        assert_eq!(mutation, Some(RequestError::MutationByGet));
        let both = "query Q { a } mutation M { a }";
        assert!(from_get(get(both, Some("Q"), None)).is_ok());
        let chosen = from_get(get(both, Some("M"), None)).err();
        assert_eq!(chosen, Some(RequestError::MutationByGet));
    }

    #[test]
    fn get_variables_are_json() {
        assert!(from_get(get("{ a }", None, Some(r#"{"x": 1}"#))).is_ok());
        let broken = from_get(get("{ a }", None, Some("{x"))).err();
        assert_eq!(broken, Some(RequestError::Malformed));
    }

    #[track_caller]
    fn check_post(content_type: &'static str, body: &str, expected: Option<RequestError>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        assert_eq!(
            from_post(&headers, body.as_bytes()).err(),
            expected,
            "{body}"
        );
    }

    #[test]
    fn a_post_body_is_declared_json_and_a_batch_is_bounded() {
        let one = r#"{"query":"{ a }"}"#;
        check_post("application/json", one, None);
        check_post("application/json; charset=utf-8", one, None);
        check_post("text/plain", one, Some(RequestError::ContentType));
        check_post("application/json", "[", Some(RequestError::Malformed));
        check_post("application/json", "[]", Some(RequestError::Malformed));
        check_post("application/json", "{}", Some(RequestError::Malformed));
        let batch = |count| format!("[{}]", vec![one; count].join(","));
        check_post("application/json", &batch(10), None);
        check_post(
            "application/json",
            &batch(11),
            Some(RequestError::BatchTooLarge),
        );
    }
}
