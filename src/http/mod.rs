//! HTTP in, GraphQL out: routes, limits of time, size and cost, persisted queries, subscriptions over
//! WebSockets, what web pages may do, health, shutdown.
//!
//! Knows `graphql` and `access`, and nothing else below it. Logs name routes, status and duration; never a query, a
//! variable or a body, which hold personal data.

mod allowed;
mod answer;
mod assets;
mod authentication;
mod cors;
mod drain;
mod graphql;
mod guard;
mod metrics;
mod options;
mod pages;
mod persisted;
mod playground;
mod probes;
mod rate;
mod request;
mod router;
mod server;
mod sign_in;
mod socket;

pub use allowed::{AllowedOperations, AllowedOperationsError};
pub use drain::Drain;
pub use metrics::HttpMetrics;
pub use options::HttpOptions;
pub use probes::{Check, Probes, Readiness};
pub use rate::CallerKey;
pub use router::router;
pub use server::{HttpError, bind, serve};
pub use socket::SocketOptions;

pub use crate::domain::{Origin, OriginError};
