//! The time between being told to stop and stopping: a balancer must notice before the port closes.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;

/// Whether the server is about to stop. Clones are one.
#[derive(Clone, Debug, Default)]
pub struct Drain(Arc<AtomicBool>);

impl Drain {
    /// Returns `routes` so that, from the beginning of the drain on, `/readyz` answers 503, and every
    /// other answer closes its connection, which makes clients connect anew, elsewhere; no socket is opened
    /// any more.
    pub fn surround(&self, routes: Router) -> Router {
        routes.layer(middleware::from_fn_with_state(self.clone(), answer))
    }

    /// Returns what is over `delay` after `shutdown`; the drain begins with `shutdown`.
    pub async fn after(self, shutdown: impl Future<Output = ()>, delay: Duration) {
        shutdown.await;
        self.0.store(true, Ordering::SeqCst);
        tokio::time::sleep(delay).await;
    }
}

async fn answer(State(drain): State<Drain>, request: Request, next: Next) -> Response<Body> {
    if !drain.0.load(Ordering::SeqCst) {
        return next.run(request).await;
    }
    let is_refused =
        request.uri().path() == "/readyz" || request.headers().contains_key(header::UPGRADE);
    let mut response = if is_refused {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
