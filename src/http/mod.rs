//! HTTP in, GraphQL out: routes, limits of time and size, health, shutdown.
//!
//! Knows `graphql` and nothing below it. Logs name routes, status and duration; never a query, a
//! variable or a body, which hold personal data.

mod answer;
mod graphql;
mod guard;
mod metrics;
mod options;
mod pages;
mod probes;
mod request;
mod router;
mod server;

pub use metrics::HttpMetrics;
pub use options::{HttpOptions, ListenError};
pub use probes::{Check, Probes, Readiness};
pub use router::router;
pub use server::{HttpError, bind, serve};
