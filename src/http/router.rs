//! The routes and what surrounds them.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::routing::{MethodRouter, get};
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use super::answer::{MediaType, refused};
use super::metrics::{self, HttpMetrics};
use super::options::HttpOptions;
use super::persisted::Documents;
use super::probes::{self, Probes};
use super::rate::Budgets;
use super::socket::{self, Places, SocketOptions};
use super::{assets, authentication, cors, graphql, guard, pages, playground, sign_in};
use crate::access::{Authenticator, OidcOptions};
use crate::domain::Origin;
use crate::graphql::{ErrorCode, Locale, Schema};

/// What no page here uses.
const NO_DEVICES: &str =
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

/// What the routes share.
#[derive(Clone)]
pub(super) struct ServerState {
    pub(super) schema: Schema,
    pub(super) probes: Probes,
    pub(super) request_timeout: Duration,
    pub(super) body_timeout: Duration,
    /// `None` for callers in local mode only.
    pub(super) introspection: Option<bool>,
    /// `None` for in local mode only.
    pub(super) playground: Option<bool>,
    pub(super) documents: Arc<Documents>,
    /// Places of large bodies.
    pub(super) large_bodies: Arc<Semaphore>,
    /// None where nothing is limited.
    pub(super) budgets: Option<Arc<Budgets>>,
    pub(super) authenticator: Authenticator,
    /// None where no identity provider is trusted.
    pub(super) oidc: Option<Arc<OidcOptions>>,
    /// Web origins whose pages may ask, beside the server's own.
    pub(super) origins: Arc<[Origin]>,
    pub(super) sockets: Places,
    pub(super) socket_options: SocketOptions,
}

/// Returns the routes of the page (`/` and others), of its files and of the embedded search, `/graphql`,
/// `/graphiql`, `/sign-in.json`, `/healthz`, `/readyz` and `/metrics`.
pub fn router(
    schema: Schema,
    authenticator: Authenticator,
    probes: Probes,
    metrics: HttpMetrics,
    options: &HttpOptions,
) -> Router {
    let origins: Arc<[Origin]> = options.cors_origins.as_slice().into();
    let state = ServerState {
        schema,
        probes,
        request_timeout: options.request_timeout,
        body_timeout: options.body_timeout,
        introspection: options.introspection,
        playground: options.playground,
        documents: Arc::new(Documents::new(options.allowed_operations.clone())),
        large_bodies: Arc::new(Semaphore::new(graphql::MAX_LARGE_BODIES)),
        budgets: options
            .rate_limit_cost_per_minute
            .map(|limit| Arc::new(Budgets::new(limit))),
        authenticator,
        oidc: options.oidc.clone().map(Arc::new),
        origins: Arc::clone(&origins),
        sockets: Places::new(
            options.sockets.max_sockets,
            options.sockets.max_sockets_per_caller,
        ),
        socket_options: options.sockets,
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
    let own_pages = middleware::from_fn(move |request: Request, next: Next| {
        let origins = Arc::clone(&origins);
        async move { guard::only_own_pages(&origins, request, next).await }
    });
    let authentication =
        middleware::from_fn_with_state(state.clone(), authentication::authenticate);
    let sockets = middleware::from_fn_with_state(state.clone(), socket::upgrade);
    let graphql = get(graphql::get).post(graphql::post);
    let graphql: MethodRouter<ServerState> = graphql.layer(authentication);
    let graphql: MethodRouter<ServerState> = graphql.layer(own_pages);
    // Pages cannot say who they are before a socket is open.
    let graphql: MethodRouter<ServerState> = graphql.layer(sockets);
    let graphql: MethodRouter<ServerState> = graphql.layer(cors::layer(&options.cors_origins));
    let strict_transport = options
        .hsts_max_age_s
        .map(|seconds| HeaderValue::try_from(format!("max-age={seconds}")).expect("ASCII"));
    let routes = Router::new()
        .route("/", get(pages::face))
        .route("/candidates/{id}", get(pages::face))
        .route("/compare", get(pages::face))
        .route("/import", get(pages::face))
        .route("/sign-in", get(pages::face))
        .route("/assets/{version}/{*path}", get(assets::asset))
        .route("/embed/shokureki-search.js", get(assets::embed))
        .route("/graphiql", get(playground::page))
        .route("/graphiql/{file}", get(playground::file))
        .route("/graphql", graphql)
        .route("/sign-in.json", get(sign_in::answer))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(probes::ready))
        .route("/metrics", get(metrics::page))
        .fallback(|| async { (StatusCode::NOT_FOUND, "not found\n") })
        .layer(DefaultBodyLimit::max(options.body_limit_bytes))
        .layer(middleware::map_response(move |response| {
            let strict_transport = strict_transport.clone();
            async move { with_safe_headers(response, strict_transport) }
        }));
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

/// Headers that every answer has. A policy of its own is left as it is.
fn with_safe_headers(
    mut response: Response<Body>,
    strict_transport: Option<HeaderValue>,
) -> Response<Body> {
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("permissions-policy"), NO_DEVICES),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let unless_said = [
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ),
    ];
    for (name, value) in unless_said {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if let Some(value) = strict_transport {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
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
