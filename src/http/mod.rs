//! HTTP in, GraphQL out: routes, limits of time and size, health, shutdown.
//!
//! Knows `graphql` and nothing below it. Logs name routes, status and duration; never a query, a
//! variable or a body, which hold personal data.

mod answer;
mod graphql;
mod guard;
mod options;
mod pages;
mod request;
mod router;
mod server;

pub use options::{HttpOptions, ListenError};
pub use router::{Readiness, router};
pub use server::{HttpError, bind, serve};
