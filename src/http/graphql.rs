//! The `/graphql` route.

use async_graphql::BatchRequest;
use axum::body::{Body, Bytes};
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use super::answer::{MediaType, executed, negotiate, refused};
use super::request::{GetParameters, RequestError, from_get, from_post};
use super::router::ServerState;
use crate::graphql::{ErrorCode, Locale};

/// Answers a query by GET.
pub(super) async fn get(
    State(state): State<ServerState>,
    headers: HeaderMap,
    parameters: Result<Query<GetParameters>, QueryRejection>,
) -> Response<Body> {
    let request = match parameters {
        Ok(Query(parameters)) => from_get(parameters).map(BatchRequest::Single),
        Err(_) => Err(RequestError::Malformed),
    };
    answer(&state, &headers, request).await
}

/// Answers a request, or a batch, by POST.
pub(super) async fn post(
    State(state): State<ServerState>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response<Body> {
    match body {
        Ok(body) => answer(&state, &headers, from_post(&headers, &body)).await,
        Err(_) => refused(
            StatusCode::PAYLOAD_TOO_LARGE,
            negotiate(&headers).unwrap_or(MediaType::Json),
            ErrorCode::PayloadTooLarge,
            locale(&headers),
        ),
    }
}

async fn answer(
    state: &ServerState,
    headers: &HeaderMap,
    request: Result<BatchRequest, RequestError>,
) -> Response<Body> {
    let locale = locale(headers);
    let Some(media_type) = negotiate(headers) else {
        let code = ErrorCode::BadUserInput;
        return refused(StatusCode::NOT_ACCEPTABLE, MediaType::Json, code, locale);
    };
    let request = match request {
        Ok(request) => request.data(locale),
        Err(error) => return refuse(error, media_type, locale),
    };
    let execution = state.schema.execute_batch(request);
    match tokio::time::timeout(state.request_timeout, execution).await {
        Ok(response) => executed(media_type, response),
        Err(_) => {
            tracing::warn!("a request took too long");
            let code = ErrorCode::Unavailable;
            refused(StatusCode::SERVICE_UNAVAILABLE, media_type, code, locale)
        }
    }
}

fn refuse(error: RequestError, media_type: MediaType, locale: Locale) -> Response<Body> {
    let (status, code) = match error {
        RequestError::Malformed => (StatusCode::BAD_REQUEST, ErrorCode::BadUserInput),
        RequestError::ContentType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadUserInput),
        RequestError::MutationByGet => (StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadUserInput),
        RequestError::BatchTooLarge => (StatusCode::BAD_REQUEST, ErrorCode::TooComplex),
    };
    let mut response = refused(status, media_type, code, locale);
    if error == RequestError::MutationByGet {
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    response
}

fn locale(headers: &HeaderMap) -> Locale {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Locale::negotiate(accepted.unwrap_or_default())
}
