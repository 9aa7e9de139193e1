//! From HTTP requests to GraphQL requests: GET parameters, JSON bodies, batches.

use async_graphql::Variables;
use axum::http::{HeaderMap, header};
use serde::Deserialize;

use super::persisted::DocumentHash;

/// The most requests in one batch (design, section 9).
pub(super) const MAX_BATCH: usize = 10;

/// Values of one body. Each takes some hundred bytes once it is read, many times what it takes in the
/// body: a body of the largest size that is full of them would fill the memory.
const MAX_VALUES: usize = 20_000;

/// Why a request never reached the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RequestError {
    /// Parameters that are no JSON or not of their type.
    Malformed,
    /// The body is not declared as JSON. Other types are also what a foreign page can send without
    /// asking, so this keeps such pages out.
    ContentType,
    /// Too many requests in one.
    BatchTooLarge,
    /// Too many values.
    TooManyValues,
}

/// One request as it came.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Incoming {
    pub(super) query: Option<String>,
    pub(super) operation_name: Option<String>,
    #[serde(default)]
    pub(super) variables: Variables,
    extensions: Option<RequestExtensions>,
}

/// What is read of the extensions of a request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RequestExtensions {
    persisted_query: Option<PersistedQuery>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery {
    version: u32,
    sha256_hash: DocumentHash,
}

impl Incoming {
    /// Returns the hash that stands for the text, or is that of the text.
    ///
    /// # Errors
    /// [`RequestError::Malformed`] for a version of persisted queries that is none.
    pub(super) fn hash(&self) -> Result<Option<DocumentHash>, RequestError> {
        let extensions = self.extensions.as_ref();
        match extensions.and_then(|extensions| extensions.persisted_query.as_ref()) {
            None => Ok(None),
            Some(persisted) if persisted.version == 1 => Ok(Some(persisted.sha256_hash)),
            Some(_) => Err(RequestError::Malformed),
        }
    }
}

/// One request, or several in one.
#[derive(Debug)]
pub(super) enum Requests {
    /// One.
    Single(Box<Incoming>),
    /// From 1 to [`MAX_BATCH`].
    Batch(Vec<Incoming>),
}

/// The parameters of a GET request, as GraphQL over HTTP names them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GetParameters {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

/// Reads a GET request.
pub(super) fn from_get(parameters: GetParameters) -> Result<Requests, RequestError> {
    let variables = from_json::<Variables>(parameters.variables)?;
    Ok(Requests::Single(Box::new(Incoming {
        query: parameters.query,
        operation_name: parameters.operation_name.filter(|name| !name.is_empty()),
        variables: variables.unwrap_or_default(),
        extensions: from_json(parameters.extensions)?,
    })))
}

fn from_json<T: for<'de> Deserialize<'de>>(
    text: Option<String>,
) -> Result<Option<T>, RequestError> {
    match text.filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => read(text.as_bytes()).map(Some),
    }
}

/// Reads a POST request: one GraphQL request, or a batch of at most [`MAX_BATCH`].
pub(super) fn from_post(headers: &HeaderMap, body: &[u8]) -> Result<Requests, RequestError> {
    if !is_json(headers) {
        return Err(RequestError::ContentType);
    }
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    if first != Some(&b'[') {
        return read(body).map(Requests::Single);
    }
    let batch: Vec<Incoming> = read(body)?;
    match batch.len() {
        0 => Err(RequestError::Malformed),
        1..=MAX_BATCH => Ok(Requests::Batch(batch)),
        _ => Err(RequestError::BatchTooLarge),
    }
}

/// Reads JSON of at most [`MAX_VALUES`] values.
pub(super) fn read<T: for<'de> Deserialize<'de>>(json: &[u8]) -> Result<T, RequestError> {
    if values(json) > MAX_VALUES {
        return Err(RequestError::TooManyValues);
    }
    serde_json::from_slice(json).map_err(|_| RequestError::Malformed)
}

/// Counts the signs that begin or part values, which are about as many as the values.
fn values(json: &[u8]) -> usize {
    let (mut count, mut is_text, mut is_escaped) = (0, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b',' | b'[' | b'{' if !is_text => count += 1,
            _ => {}
        }
    }
    count
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

    #[track_caller]
    fn check_get(variables: Option<&str>, extensions: Option<&str>, is_read: bool) {
        let parameters = GetParameters {
            query: Some("{ a }".to_owned()),
            operation_name: None,
            variables: variables.map(str::to_owned),
            extensions: extensions.map(str::to_owned),
        };
        assert_eq!(
            from_get(parameters).is_ok(),
            is_read,
            "{variables:?} {extensions:?}"
        );
    }

    #[test]
    fn get_variables_and_extensions_are_json() {
        check_get(None, None, true);
        check_get(Some(r#"{"x": 1}"#), Some(r#"{"x": 1}"#), true);
        check_get(Some(""), Some(""), true);
        check_get(Some("{x"), None, false);
        check_get(Some("[1]"), None, false);
        check_get(None, Some("1"), false);
    }

    #[track_caller]
    fn check_post(content_type: &'static str, body: &str, expected: Option<RequestError>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        assert_eq!(
            from_post(&headers, body.as_bytes()).err(),
            expected,
            "{body:.80}"
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
        check_post("application/json", "1", Some(RequestError::Malformed));
        let batch = |count| format!(" [{}]", vec![one; count].join(","));
        check_post("application/json", &batch(10), None);
        check_post(
            "application/json",
            &batch(11),
            Some(RequestError::BatchTooLarge),
        );
    }

    #[test]
    fn parameters_are_of_their_type() {
        for parameter in ["query", "operationName", "variables", "extensions"] {
            for value in ["[\"x\"]", "0", "false"] {
                let body = format!("{{\"{parameter}\": {value}}}");
                check_post("application/json", &body, Some(RequestError::Malformed));
            }
            check_post(
                "application/json",
                &format!("{{\"{parameter}\": null}}"),
                None,
            );
        }
        check_post("application/json", r#"{"extensions": {"some": 1}}"#, None);
    }

    #[test]
    fn values_are_bounded_and_the_signs_of_texts_are_none() {
        let numbers = |count| format!(r#"{{"variables": {{"x": [{}0]}}}}"#, "0,".repeat(count));
        check_post("application/json", &numbers(19_000), None);
        check_post(
            "application/json",
            &numbers(20_000),
            Some(RequestError::TooManyValues),
        );
        let text = format!(r#"{{"query": "\"{}\\"}}"#, "[,{".repeat(20_000));
        check_post("application/json", &text, None);
        let requests = format!("[{}{{}}]", "{},".repeat(20_000));
        check_post(
            "application/json",
            &requests,
            Some(RequestError::TooManyValues),
        );
        let deep = format!(
            r#"{{"variables": {{"x": {}1{}}}}}"#,
            "[".repeat(200),
            "]".repeat(200)
        );
        check_post("application/json", &deep, Some(RequestError::Malformed));
    }
}
