//! What is counted of HTTP requests: route, method, status, time. Never an address or what was asked.

use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method, Response, header};
use axum::middleware::Next;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use super::router::ServerState;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    method: &'static str,
    status: u16,
}

/// Counts HTTP requests. Clones count together.
#[derive(Clone)]
pub struct HttpMetrics {
    requests: Family<Answered, Counter>,
    took: Family<Route, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
}

impl Default for HttpMetrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            took: Family::new_with_constructor(|| {
                Histogram::new(exponential_buckets(0.000_5, 2.0, 16))
            }),
            in_flight: Gauge::default(),
        }
    }
}

impl HttpMetrics {
    /// Makes the counts part of `registry`.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "http_requests",
            "HTTP requests by route, method and status",
            self.requests.clone(),
        );
        registry.register_with_unit(
            "http_request",
            "How long HTTP requests took until their answer began, by route",
            Unit::Seconds,
            self.took.clone(),
        );
        registry.register(
            "http_requests_in_flight",
            "HTTP requests whose answer has not begun",
            self.in_flight.clone(),
        );
    }
}

/// Counts down when the request ends, also when its client goes away.
struct InFlight(Gauge);

impl InFlight {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Counts a request.
pub(super) async fn measured(
    State(metrics): State<HttpMetrics>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let begun = Instant::now();
    let in_flight = InFlight::new(&metrics.in_flight);
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_owned();
    let method = known(request.method());
    let response = next.run(request).await;
    drop(in_flight);
    let took = metrics.took.get_or_create_owned(&Route {
        route: route.clone(),
    });
    took.observe(begun.elapsed().as_secs_f64());
    let answered = Answered {
        route,
        method,
        status: response.status().as_u16(),
    };
    metrics.requests.get_or_create_owned(&answered).inc();
    response
}

/// A client may call a method anything: those of HTTP are labels.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}

/// The counts of every room, in Prometheus' text format.
pub(super) async fn page(State(state): State<ServerState>) -> Response<Body> {
    let mut response = Response::new(Body::from((state.probes.metrics)().await));
    let headers = response.headers_mut();
    let text = "text/plain; version=0.0.4; charset=utf-8";
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(text));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
