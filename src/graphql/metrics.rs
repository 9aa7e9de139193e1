//! What is counted of requests: the kind of operation, the field of the root, the code, the time.
//!
//! Labels come from the schema and the closed list of codes. The names that clients give (operations,
//! aliases, fields that do not exist) never become labels: there is no end of them, and they may tell
//! whom somebody looks for.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery, NextRequest,
    NextSubscribe,
};
use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};
use async_graphql::resolver_utils::EnumType as _;
use async_graphql::{Name, Response, ServerResult, Value, Variables};
use futures::stream::{BoxStream, StreamExt as _};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use tracing::Instrument as _;
use tracing::field::Empty;

use super::error::ErrorCode;

/// What a request asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    /// `query`, `mutation`, `subscription`, or `none` of what never executed.
    operation: &'static str,
    /// The field of the root, `several`, `introspection`, or `none`.
    field: String,
}

impl Asked {
    fn nothing() -> Self {
        Self {
            operation: "none",
            field: "none".to_owned(),
        }
    }
}

/// What a request asked for, and what it got.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    operation: &'static str,
    field: String,
    /// The code of the first error, or `OK`.
    code: &'static str,
}

/// Counts requests. Clones count together.
#[derive(Clone)]
pub struct GraphqlMetrics {
    requests: Family<Answered, Counter>,
    took: Family<Asked, Histogram, fn() -> Histogram>,
    events: Family<Answered, Counter>,
    subscriptions: Gauge,
}

impl Default for GraphqlMetrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            // From 0.5 ms to 16 s: a request has 10 s.
            took: Family::new_with_constructor(|| {
                Histogram::new(exponential_buckets(0.000_5, 2.0, 16))
            }),
            events: Family::default(),
            subscriptions: Gauge::default(),
        }
    }
}

impl GraphqlMetrics {
    /// Makes the counts part of `registry`.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "graphql_requests",
            "GraphQL requests by kind of operation, field of the root, and code of the first error",
            self.requests.clone(),
        );
        registry.register_with_unit(
            "graphql_request",
            "How long GraphQL requests took, by kind of operation and field of the root",
            Unit::Seconds,
            self.took.clone(),
        );
        registry.register(
            "graphql_subscription_events",
            "What subscriptions were sent, by field of the root, and code of the first error",
            self.events.clone(),
        );
        registry.register(
            "graphql_subscriptions",
            "Subscriptions that are open",
            self.subscriptions.clone(),
        );
    }
}

/// Counts a subscription as open while it is there.
struct Open(Gauge);

impl Open {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl ExtensionFactory for GraphqlMetrics {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Measured {
            metrics: self.clone(),
            operations: Mutex::default(),
            asked: Arc::default(),
        })
    }
}

/// One request.
struct Measured {
    metrics: GraphqlMetrics,
    /// The operations of the document, by name. Not validated yet.
    operations: Mutex<Vec<(Option<Name>, Asked)>>,
    /// The operation that executes: validated, so its fields are the schema's.
    asked: Arc<Mutex<Option<Asked>>>,
}

#[async_graphql::async_trait::async_trait]
impl Extension for Measured {
    async fn request(&self, context: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let begun = Instant::now();
        let span = tracing::debug_span!(
            "graphql",
            graphql.operation = Empty,
            graphql.field = Empty,
            graphql.code = Empty,
        );
        let response = next.run(context).instrument(span.clone()).await;
        let asked = known(&self.asked);
        let took = self.metrics.took.get_or_create_owned(&asked);
        took.observe(begun.elapsed().as_secs_f64());
        let answered = Answered::of(asked, &response);
        span.record("graphql.operation", answered.operation)
            .record("graphql.field", answered.field.as_str())
            .record("graphql.code", answered.code);
        self.metrics.requests.get_or_create_owned(&answered).inc();
        response
    }

    fn subscribe<'s>(
        &self,
        context: &ExtensionContext<'_>,
        stream: BoxStream<'s, Response>,
        next: NextSubscribe<'_>,
    ) -> BoxStream<'s, Response> {
        let (metrics, asked) = (self.metrics.clone(), Arc::clone(&self.asked));
        let open = Open::new(&self.metrics.subscriptions);
        let events = next.run(context, stream);
        let events = events.inspect(move |response| {
            let _open = &open;
            let answered = Answered::of(known(&asked), response);
            metrics.events.get_or_create_owned(&answered).inc();
        });
        events.boxed()
    }

    async fn parse_query(
        &self,
        context: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let parsing = next.run(context, query, variables);
        let document = parsing.instrument(tracing::debug_span!("parse")).await?;
        let operations = document.operations.iter().map(|(name, operation)| {
            let asked = Asked {
                operation: match operation.node.ty {
                    OperationType::Query => "query",
                    OperationType::Mutation => "mutation",
                    OperationType::Subscription => "subscription",
                },
                field: root_field(&document, &operation.node.selection_set.node),
            };
            (name.cloned(), asked)
        });
        *self
            .operations
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = operations.collect();
        Ok(document)
    }

    async fn execute(
        &self,
        context: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let operations = taken(&self.operations);
        let chosen = operations
            .into_iter()
            .find(|(name, _)| operation_name.is_none() || name.as_deref() == operation_name);
        // Of a subscription, the first event tells.
        if let Some((_, asked)) = chosen {
            *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(asked);
        }
        next.run(context, operation_name).await
    }
}

impl Answered {
    fn of(asked: Asked, response: &Response) -> Self {
        Self {
            operation: asked.operation,
            field: asked.field,
            code: code(response),
        }
    }
}

fn known(asked: &Mutex<Option<Asked>>) -> Asked {
    let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
    asked.clone().unwrap_or_else(Asked::nothing)
}

fn taken<T: Default>(of: &Mutex<T>) -> T {
    std::mem::take(&mut of.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Returns the only field of the root, fragments unfolded.
fn root_field(document: &ExecutableDocument, root: &SelectionSet) -> String {
    let mut fields = Vec::new();
    let mut visited = Vec::new();
    collect(document, root, &mut fields, &mut visited);
    fields.dedup();
    match fields.as_slice() {
        [field] if field.starts_with("__") => "introspection".to_owned(),
        [field] => (*field).to_owned(),
        [] => "none".to_owned(),
        _ => "several".to_owned(),
    }
}

fn collect<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    fields: &mut Vec<&'a str>,
    visited: &mut Vec<&'a Name>,
) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => fields.push(field.node.name.node.as_str()),
            Selection::InlineFragment(fragment) => {
                collect(document, &fragment.node.selection_set.node, fields, visited);
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                if visited.contains(&name) {
                    continue;
                }
                visited.push(name);
                if let Some(fragment) = document.fragments.get(name) {
                    collect(document, &fragment.node.selection_set.node, fields, visited);
                }
            }
        }
    }
}

/// Returns the code of the first error as it stands in the closed list.
fn code(response: &Response) -> &'static str {
    let Some(error) = response.errors.first() else {
        return "OK";
    };
    let code = error
        .extensions
        .as_ref()
        .and_then(|extensions| extensions.get("code"));
    let known = ErrorCode::items().iter().find(|item| match code {
        Some(Value::String(code)) => code == item.name,
        Some(Value::Enum(code)) => code == item.name,
        _ => false,
    });
    known
        .map_or(ErrorCode::Internal, |item| item.value)
        .as_str()
}
