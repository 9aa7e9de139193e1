//! The routes and what surrounds them.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::middleware;
use axum::routing::get;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use super::answer::{MediaType, refused};
use super::metrics::{self, HttpMetrics};
use super::options::HttpOptions;
use super::probes::{self, Probes};
use super::{graphql, guard, pages};
use crate::graphql::{ErrorCode, Locale, Schema};

/// What the routes share.
#[derive(Clone)]
pub(super) struct ServerState {
    pub(super) schema: Schema,
    pub(super) probes: Probes,
    pub(super) request_timeout: Duration,
}

/// Returns the routes `/`, `/graphql`, `/graphiql`, `/healthz`, `/readyz` and `/metrics`.
pub fn router(
    schema: Schema,
    probes: Probes,
    metrics: HttpMetrics,
    options: &HttpOptions,
) -> Router {
    let state = ServerState {
        schema,
        probes,
        request_timeout: options.request_timeout,
    };
    let request_id = HeaderName::from_static("x-request-id");
    let around = ServiceBuilder::new()
        .layer(SetRequestIdLayer::new(request_id.clone(), MakeRequestUuid))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(request_span)
                .on_request(()),
        )
        .layer(PropagateRequestIdLayer::new(request_id))
        .layer(CatchPanicLayer::custom(panicked));
    let routes = Router::new()
        .route("/", get(pages::start))
        .route("/graphiql", get(pages::playground))
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(probes::ready))
        .route("/metrics", get(metrics::page))
        .fallback(|| async { (StatusCode::NOT_FOUND, "not found\n") })
        .layer(DefaultBodyLimit::max(options.body_limit_bytes))
        .layer(middleware::map_response(with_safe_headers));
    let routes = if options.listen.ip().is_loopback() {
        routes.layer(middleware::from_fn(guard::only_loopback_names))
    } else {
        routes
    };
    routes
        .layer(around)
        .layer(middleware::from_fn_with_state(metrics, metrics::measured))
        .with_state(state)
}

async fn with_safe_headers(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

/// A span that names the route, never the address: a GET query holds names of people.
fn request_span(request: &Request) -> tracing::Span {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str);
    let id = request
        .headers()
        .get("x-request-id")
        .and_then(|id| id.to_str().ok());
    tracing::info_span!(
        "request",
        http.method = %request.method(),
        http.route = route,
        request.id = id.unwrap_or_default(),
    )
}

fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    tracing::error!("a request panicked");
    let code = ErrorCode::Internal;
    refused(
        StatusCode::INTERNAL_SERVER_ERROR,
        MediaType::Json,
        code,
        Locale::default(),
    )
}
