//! The schema: arguments to requests of the rooms below, their answers to GraphQL types.
//!
//! Everything that a client may ask is here; what it costs is in [`limits`](MAX_DEPTH). Nothing here
//! knows of the database or of the index.

mod audit_query;
mod consistency;
mod cost;
mod embed_mutation;
mod error;
mod id;
mod import_query;
mod insight_query;
mod lexical;
mod limits;
mod loaders;
mod measure;
mod metrics;
mod mutation;
mod page;
mod query;
mod scalars;
mod stint_query;
mod subscription;
mod types;
mod viewer_query;

use std::time::Duration;

use async_graphql::{Context, SchemaBuilder};

use crate::access::{AuditLog, EmbedTokens};
use crate::catalog::Catalog;
use crate::domain::Access;
use crate::ingest::{ImportJobs, Importer, Indexer};
use crate::search::Searcher;

pub use cost::CostGate;
pub use error::{ErrorCode, Locale, no_subscription, refusal, wait, with_codes};
pub use limits::{Introspection, MAX_ALIASES, MAX_COMPLEXITY, MAX_DEPTH, parse};
pub use metrics::GraphqlMetrics;
pub use mutation::Mutation;
pub use query::Query;
pub use subscription::Subscription;

/// The served schema.
///
/// Of a request's data it takes the [`Access`] of who asks, without which nothing is allowed; the
/// [`Locale`] of messages, whether the schema may be asked for ([`Introspection`]) and what the caller
/// may spend ([`CostGate`]), without which they are in English, it may, and may spend everything.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// What the schema asks. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// Who did what.
    pub audit: AuditLog,
    /// Lets pages of other applications in.
    pub embed_tokens: EmbedTokens,
    /// Reads by id.
    pub catalog: Catalog,
    /// Searches.
    pub searcher: Searcher,
    /// Takes documents in.
    pub importer: Importer,
    /// Takes many documents in, in the background.
    pub jobs: ImportJobs,
    /// Keeps the index.
    pub indexer: Indexer,
    /// How long a mutation waits for the index to take its change in.
    pub index_patience: Duration,
}

/// Returns the schema over `services`.
pub fn schema(services: Services) -> Schema {
    measured_schema(services, GraphqlMetrics::default())
}

/// Returns the schema over `services`; `metrics` counts its requests.
pub fn measured_schema(services: Services, metrics: GraphqlMetrics) -> Schema {
    // What is said first is outermost: it counts the codes that the limits give.
    let builder = builder().extension(metrics).extension(limits::Limits);
    builder.data(services).finish()
}

/// Returns the schema in the schema definition language.
pub fn sdl() -> String {
    builder().finish().sdl()
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    async_graphql::Schema::build(Query::default(), Mutation, Subscription)
        .register_output_type::<types::Node>()
        .register_output_type::<types::Stint>()
}

fn services<'a>(context: &Context<'a>) -> &'a Services {
    context.data_unchecked::<Services>()
}

fn loaders<'a>(context: &Context<'a>) -> &'a loaders::Loaders {
    context.data_unchecked::<loaders::Loaders>()
}

fn access<'a>(context: &Context<'a>) -> &'a Access {
    context.data_unchecked::<Access>()
}

fn locale(context: &Context<'_>) -> Locale {
    context.data_opt::<Locale>().copied().unwrap_or_default()
}
