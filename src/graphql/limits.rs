//! How much one request may ask for.

use std::any::TypeId;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use async_graphql::extensions::{
    Extension, ExtensionContext, ExtensionFactory, NextExecute, NextPrepareRequest, NextRequest,
    NextSubscribe, NextValidation,
};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Data, Request, Response, ServerError, ServerResult, ValidationResult};
use futures::stream::{BoxStream, StreamExt as _};

use super::Services;
use super::cost::{Cost, CostGate};
use super::error::{ApiError, ErrorCode, Locale, server_error, with_codes, without_suggestions};
use super::lexical::{self, LexicalFault};
use super::loaders::Loaders;
use super::measure::measure;
use crate::domain::{Access, Scopes};

/// Fields within fields.
pub const MAX_DEPTH: usize = 15;

/// Fields in all, those of lists counted by the page that is asked for.
pub const MAX_COMPLEXITY: usize = 5_000;

/// Aliases of one field.
pub const MAX_ALIASES: usize = 16;

/// Errors of one answer that are told before it was executed.
const MAX_ERRORS: usize = 20;

/// Whether a request may ask for the schema, and whether errors offer names of the schema. Given in the
/// data of the request; permitted without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Introspection {
    /// It may.
    Permitted,
    /// It may not.
    Forbidden,
}

/// Parses the text of `request` unless it exceeds the limits of what is parsed. Text that is parsed
/// already is not parsed again.
///
/// # Errors
/// Those of the syntax, and `TOO_COMPLEX`.
pub fn parse(request: &mut Request) -> ServerResult<&ExecutableDocument> {
    match lexical::check(&request.query) {
        Ok(()) => request.parsed_query(),
        Err(LexicalFault::TooLarge) => Err(server_error(ApiError::of(ErrorCode::TooComplex))),
        Err(LexicalFault::UnclosedText) => Err(server_error(ApiError::bad_input(
            "a block string is not closed",
            "ブロック文字列が閉じられていません",
        ))),
    }
}

/// Refuses what exceeds the limits before it is executed, gives each execution (a request, or an event of
/// a subscription) its loaders, and each error its code.
pub(super) struct Limits;

impl ExtensionFactory for Limits {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(RequestLimits::default())
    }
}

/// The limits of one request.
#[derive(Default)]
struct RequestLimits(Arc<Known>);

/// What is known of one request.
#[derive(Default)]
struct Known {
    /// Known once the request is prepared.
    locale: OnceLock<Locale>,
    /// Known once the request is prepared.
    introspection: OnceLock<Introspection>,
    /// Known once the request is parsed.
    cost: Mutex<Option<Cost>>,
}

impl Known {
    fn note(&self, cost: Cost) {
        *self.cost.lock().unwrap_or_else(PoisonError::into_inner) = Some(cost);
    }

    fn noted(&self) -> Option<Cost> {
        *self.cost.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns `response` as its client may see it.
    fn finished(&self, mut response: Response) -> Response {
        if response.errors.iter().all(|error| error.path.is_empty()) {
            response.errors.truncate(MAX_ERRORS);
        }
        if self.introspection.get() == Some(&Introspection::Forbidden) {
            response = without_suggestions(response);
        }
        with_codes(response, self.locale.get().copied().unwrap_or_default())
    }

    /// Returns `response` with what the request costs.
    fn with_cost(&self, response: Response) -> Response {
        match self.noted() {
            Some(cost) => response.extension("cost", cost.value()),
            None => response,
        }
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for RequestLimits {
    async fn request(&self, context: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let response = next.run(context).await;
        self.0.with_cost(self.0.finished(response))
    }

    fn subscribe<'s>(
        &self,
        context: &ExtensionContext<'_>,
        stream: BoxStream<'s, Response>,
        next: NextSubscribe<'_>,
    ) -> BoxStream<'s, Response> {
        let known = Arc::clone(&self.0);
        let events = next.run(context, stream).enumerate();
        let events = events.map(move |(number, response)| {
            let response = known.finished(response);
            // Each event costs the same.
            if number == 0 {
                known.with_cost(response)
            } else {
                response
            }
        });
        events.boxed()
    }

    async fn execute(
        &self,
        context: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let services = context.data_opt::<Services>();
        let (Some(services), Some(access)) = (services, context.data_opt::<Access>()) else {
            return next.run(context, operation_name).await;
        };
        let mut data = Data::default();
        data.insert(Loaders::new(
            services.catalog.clone(),
            services.searcher.clone(),
            access.clone(),
        ));
        next.run_with_data(context, operation_name, data).await
    }

    async fn prepare_request(
        &self,
        context: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        let mut request = next.run(context, request).await?;
        let known = &self.0;
        known
            .locale
            .get_or_init(|| given(&request).unwrap_or_default());
        let introspection = given(&request).unwrap_or(Introspection::Permitted);
        known.introspection.get_or_init(|| introspection);
        known.check(&mut request, introspection)?;
        let Some(services) = context.data_opt::<Services>() else {
            return Ok(request);
        };
        let access = given(&request).unwrap_or_else(Access::none);
        // An index that cannot be opened is told by what asks for it.
        if access.scopes != Scopes::default()
            && let Err(error) = services.indexer.open(access.organization).await
        {
            let error: &dyn std::error::Error = &error;
            tracing::debug!(error, "an index is not open");
        }
        Ok(request.data(access))
    }

    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let valid = next.run(context).await?;
        let depth = self.0.noted().map_or(0, |cost| cost.depth);
        self.0.note(Cost {
            depth,
            complexity: Some(valid.complexity),
        });
        if valid.complexity > MAX_COMPLEXITY {
            return Err(vec![server_error(ApiError::of(ErrorCode::TooComplex))]);
        }
        if let Some(gate) = context.data_opt::<CostGate>() {
            gate.spend(valid.complexity)
                .map_err(|wait| vec![server_error(ApiError::rate_limited(wait))])?;
        }
        Ok(valid)
    }
}

impl Known {
    /// Parses the request, and refuses it before the engine looks at it: that unfolds fragments as often
    /// as they stand there.
    fn check(&self, request: &mut Request, introspection: Introspection) -> ServerResult<()> {
        let measured = measure(parse(request)?);
        if !measured.is_within {
            self.note(Cost {
                depth: measured.depth,
                complexity: None,
            });
            return Err(server_error(ApiError::of(ErrorCode::TooComplex)));
        }
        if measured.is_introspection && introspection == Introspection::Forbidden {
            return Err(server_error(ApiError::of(ErrorCode::Forbidden)));
        }
        self.note(Cost {
            depth: measured.depth,
            complexity: None,
        });
        Ok(())
    }
}

/// Returns what was put into the data of the request.
fn given<T: Clone + 'static>(request: &Request) -> Option<T> {
    request
        .data
        .get(&TypeId::of::<T>())?
        .downcast_ref()
        .cloned()
}
