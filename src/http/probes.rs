//! What monitors ask.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use futures::future::BoxFuture;
use serde::Serialize;

use super::router::ServerState;

/// Whether the server can answer, and what it lacks. Tells what, never why: the log tells that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Whether the database answers.
    pub database: Check,
    /// Whether the database has every version of the tables that this program needs.
    pub migrations: Check,
    /// Whether searches see every change that the database had when it was asked.
    pub index: Check,
}

/// One thing that readiness needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// It is there.
    Ok,
    /// It does not answer.
    Unavailable,
    /// It is there, and not up to date.
    Behind,
    /// It was not looked at, for want of another.
    Unknown,
}

impl Readiness {
    /// What is known while the database does not answer.
    pub const WITHOUT_DATABASE: Self = Self {
        database: Check::Unavailable,
        migrations: Check::Unknown,
        index: Check::Unknown,
    };

    /// Whether nothing is missing.
    pub fn is_ready(self) -> bool {
        [self.database, self.migrations, self.index]
            .iter()
            .all(|check| *check == Check::Ok)
    }
}

/// Answers monitors; given by whoever knows the rooms below.
#[derive(Clone)]
pub struct Probes {
    /// Tells what is missing.
    pub readiness: Arc<dyn Fn() -> BoxFuture<'static, Readiness> + Send + Sync>,
    /// Gives the counts of every room in Prometheus' text format.
    pub metrics: Arc<dyn Fn() -> BoxFuture<'static, String> + Send + Sync>,
}

/// `/readyz`: 200 or 503, and what is missing as JSON.
pub(super) async fn ready(State(state): State<ServerState>) -> Response<Body> {
    #[derive(Serialize)]
    struct Answer {
        ready: bool,
        #[serde(flatten)]
        checks: Readiness,
    }
    let checks = (state.probes.readiness)().await;
    let answer = Answer {
        ready: checks.is_ready(),
        checks,
    };
    let status = if answer.ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let mut response = (status, axum::Json(answer)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
