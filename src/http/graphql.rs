//! The `/graphql` route.

use std::time::Duration;

use async_graphql::parser::types::{OperationType, Selection};
use async_graphql::{BatchResponse, Name, Request as GraphqlRequest, Response as GraphqlResponse};
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, FromRequest as _, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use futures::future::join_all;
use tokio::sync::OwnedSemaphorePermit;

use super::answer::{MediaType, executed, negotiate, refused, wait};
use super::persisted::DocumentError;
use super::rate::{Account, CallerKey};
use super::request::{GetParameters, Incoming, RequestError, Requests, from_get, from_post};
use super::router::ServerState;
use crate::domain::{Access, Actor};
use crate::graphql::{self, CostGate, ErrorCode, Introspection, Locale};

/// Bytes of a body that any number of requests may have. Larger ones are read a few at a time: all
/// connections together could fill the memory with them.
const SMALL_BODY_BYTES: u64 = 1024 * 1024;

/// Larger bodies at once.
pub(super) const MAX_LARGE_BODIES: usize = 16;

/// Answers a query by GET.
pub(super) async fn get(
    State(state): State<ServerState>,
    Extension(access): Extension<Access>,
    caller: CallerKey,
    headers: HeaderMap,
    parameters: Result<Query<GetParameters>, QueryRejection>,
) -> Response<Body> {
    let exchange = Exchange::new(&state, access, caller, &headers, Operations::Queries);
    let answered = async {
        exchange.begin()?;
        let Query(parameters) = parameters.map_err(|_| RequestError::Malformed)?;
        exchange.run(from_get(parameters)?).await
    };
    exchange.finish(answered.await)
}

/// Answers a request, or a batch, by POST.
pub(super) async fn post(
    State(state): State<ServerState>,
    Extension(access): Extension<Access>,
    caller: CallerKey,
    headers: HeaderMap,
    request: Request,
) -> Response<Body> {
    let exchange = Exchange::new(&state, access, caller, &headers, Operations::All);
    let answered = async {
        exchange.begin()?;
        let (body, _place) = exchange.read(request).await?;
        exchange.run(from_post(&headers, &body)?).await
    };
    exchange.finish(answered.await)
}

/// What may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operations {
    /// Queries only: what a browser may ask again, or ask for a foreign page.
    Queries,
    /// Mutations as well.
    All,
    /// Subscriptions only, each to one thing.
    Subscriptions,
}

/// One HTTP request, and what is known of it before its body is read; or one operation of a socket.
pub(super) struct Exchange<'a> {
    state: &'a ServerState,
    access: Access,
    /// None where nothing is limited.
    account: Option<Account>,
    operations: Operations,
    /// None if the client takes none of those that there are.
    accepted: Option<MediaType>,
    locale: Locale,
}

impl<'a> Exchange<'a> {
    fn new(
        state: &'a ServerState,
        access: Access,
        caller: CallerKey,
        headers: &HeaderMap,
        operations: Operations,
    ) -> Self {
        let budgets = state.budgets.clone();
        Self {
            state,
            access,
            account: budgets.map(|budgets| Account::new(budgets, caller)),
            operations,
            accepted: negotiate(headers),
            locale: locale(headers),
        }
    }

    /// Of an operation of a socket.
    pub(super) fn of_socket(
        state: &'a ServerState,
        access: Access,
        caller: CallerKey,
        locale: Locale,
    ) -> Self {
        let budgets = state.budgets.clone();
        Self {
            state,
            access,
            account: budgets.map(|budgets| Account::new(budgets, caller)),
            operations: Operations::Subscriptions,
            accepted: Some(MediaType::Json),
            locale,
        }
    }

    /// Returns the request of an operation of a socket, and charges what it costs at least.
    pub(super) fn subscription(&self, incoming: Incoming) -> Result<GraphqlRequest, Refusal> {
        self.charge(1)?;
        self.request(incoming)
    }

    fn media_type(&self) -> MediaType {
        self.accepted.unwrap_or(MediaType::Json)
    }

    /// Refuses what need not be read, and charges what a request costs at least, whether or not it can
    /// run.
    fn begin(&self) -> Result<(), Refusal> {
        if self.accepted.is_none() {
            return Err(Refusal::NotAcceptable);
        }
        self.charge(1)
    }

    fn charge(&self, cost: usize) -> Result<(), Refusal> {
        let account = self.account.as_ref();
        account.map_or(Ok(()), |account| account.spend(cost).map_err(Refusal::Wait))
    }

    /// Reads the body. A large one has its place until it is let go.
    async fn read(
        &self,
        request: Request,
    ) -> Result<(Bytes, Option<OwnedSemaphorePermit>), Refusal> {
        let read = async {
            let place = if is_small(request.headers()) {
                None
            } else {
                let places = self.state.large_bodies.clone();
                places.acquire_owned().await.ok()
            };
            let body = Bytes::from_request(request, &()).await;
            Ok((body.map_err(|_| Refusal::TooLarge)?, place))
        };
        let read = tokio::time::timeout(self.state.body_timeout, read).await;
        read.unwrap_or(Err(Refusal::BodyTimeout))
    }

    async fn run(&self, requests: Requests) -> Result<Response<Body>, Refusal> {
        let execution = async {
            match requests {
                Requests::Single(request) => {
                    let response = self.execute(*request).await?;
                    Ok(BatchResponse::Single(response))
                }
                Requests::Batch(requests) => {
                    // The first is paid.
                    self.charge(requests.len() - 1)?;
                    let responses = requests.into_iter().map(|request| async {
                        let executed = self.execute(request).await;
                        executed.unwrap_or_else(|refusal| self.response(refusal))
                    });
                    Ok(BatchResponse::Batch(join_all(responses).await))
                }
            }
        };
        let executed_in_time = tokio::time::timeout(self.state.request_timeout, execution);
        let response = executed_in_time.await.unwrap_or_else(|_| {
            tracing::warn!("a request took too long");
            Err(Refusal::RequestTimeout)
        });
        Ok(executed(self.media_type(), response?))
    }

    async fn execute(&self, incoming: Incoming) -> Result<GraphqlResponse, Refusal> {
        let request = self.request(incoming)?;
        Ok(self.state.schema.execute(request).await)
    }

    fn request(&self, incoming: Incoming) -> Result<GraphqlRequest, Refusal> {
        let hash = incoming.hash()?;
        let documents = &self.state.documents;
        let text = documents.resolve(self.access.organization, incoming.query, hash)?;
        let mut request = GraphqlRequest::new(text).variables(incoming.variables);
        request.operation_name = incoming.operation_name;
        match self.operations {
            Operations::Queries if asks_for_more_than_a_query(&mut request) => {
                return Err(Refusal::MutationByGet);
            }
            Operations::Subscriptions if !follows_one_thing(&mut request) => {
                return Err(Refusal::NoSubscription);
            }
            Operations::Queries | Operations::All | Operations::Subscriptions => {}
        }
        let request = request
            .data(self.locale)
            .data(self.access.clone())
            .data(self.introspection());
        let Some(account) = self.account.clone() else {
            return Ok(request);
        };
        // The least is paid already.
        let gate = move |cost: usize| account.spend(cost.saturating_sub(1));
        Ok(request.data(CostGate::new(gate)))
    }

    /// Whoever is at this machine may ask for the schema unless told otherwise, others if told so.
    fn introspection(&self) -> Introspection {
        let is_local = self.access.actor == Actor::Local;
        if self.state.introspection.unwrap_or(is_local) {
            Introspection::Permitted
        } else {
            Introspection::Forbidden
        }
    }

    /// Answers, and tells what is left of the caller's budget.
    fn finish(&self, answered: Result<Response<Body>, Refusal>) -> Response<Body> {
        let mut answer = answered.unwrap_or_else(|refusal| self.refuse(refusal));
        let account = self.account.as_ref();
        if let Some(balance) = account.and_then(Account::balance) {
            balance.write(answer.headers_mut());
        }
        answer
    }

    fn refuse(&self, refusal: Refusal) -> Response<Body> {
        if let Refusal::Wait(time) = refusal {
            return wait(time, self.media_type(), self.locale);
        }
        let (status, code) = refusal.told();
        // Clients of persisted queries that name no newer media type take another status for a fault
        // of the transport, and do not look at the answer.
        let status = match refusal {
            Refusal::Document(DocumentError::Unknown) if self.media_type().is_json() => {
                StatusCode::OK
            }
            _ => status,
        };
        let mut answer = refused(status, self.media_type(), code, self.locale);
        let headers = answer.headers_mut();
        match refusal {
            Refusal::MutationByGet => {
                headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
            }
            // The rest of the body is not waited for.
            Refusal::TooLarge | Refusal::BodyTimeout => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
        answer
    }

    /// The answer to one request of a batch, or to an operation of a socket.
    pub(super) fn response(&self, refusal: Refusal) -> GraphqlResponse {
        match refusal {
            Refusal::NoSubscription => graphql::no_subscription(self.locale),
            Refusal::Wait(time) => graphql::wait(time, self.locale),
            refusal => graphql::refusal(refusal.told().1, self.locale),
        }
    }
}

/// Why a request is not given to the schema, or not answered by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    NotAcceptable,
    Request(RequestError),
    Document(DocumentError),
    MutationByGet,
    /// Over a socket only what goes on is followed.
    NoSubscription,
    TooLarge,
    BodyTimeout,
    RequestTimeout,
    /// The caller has spent its budget.
    Wait(Duration),
}

impl Refusal {
    fn told(self) -> (StatusCode, ErrorCode) {
        match self {
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, ErrorCode::BadUserInput),
            Self::Request(RequestError::ContentType) => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadUserInput)
            }
            Self::Request(RequestError::BatchTooLarge | RequestError::TooManyValues) => {
                (StatusCode::BAD_REQUEST, ErrorCode::TooComplex)
            }
            Self::Request(RequestError::Malformed)
            | Self::Document(DocumentError::Missing | DocumentError::OtherHash) => {
                (StatusCode::BAD_REQUEST, ErrorCode::BadUserInput)
            }
            Self::NoSubscription => (StatusCode::BAD_REQUEST, ErrorCode::BadUserInput),
            Self::Document(DocumentError::Unknown) => {
                (StatusCode::BAD_REQUEST, ErrorCode::PersistedQueryNotFound)
            }
            Self::Document(DocumentError::NotAllowed) => {
                (StatusCode::FORBIDDEN, ErrorCode::Forbidden)
            }
            Self::MutationByGet => (StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadUserInput),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::PayloadTooLarge),
            Self::BodyTimeout => (StatusCode::REQUEST_TIMEOUT, ErrorCode::Unavailable),
            Self::RequestTimeout => (StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable),
            Self::Wait(_) => (StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited),
        }
    }
}

impl From<RequestError> for Refusal {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<DocumentError> for Refusal {
    fn from(error: DocumentError) -> Self {
        Self::Document(error)
    }
}

/// Whether the body is said to be small, and hyper therefore reads no more of it.
fn is_small(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    length.is_some_and(|length| length <= SMALL_BODY_BYTES)
}

/// Whether the operation that would run is no query. A text that does not parse is left for the schema
/// to refuse with its position.
fn asks_for_more_than_a_query(request: &mut GraphqlRequest) -> bool {
    let chosen = request.operation_name.clone();
    let Ok(document) = graphql::parse(request) else {
        return false;
    };
    document.operations.iter().any(|(name, operation)| {
        let is_chosen = chosen.is_none() || chosen.as_deref() == name.map(Name::as_str);
        is_chosen && operation.node.ty != OperationType::Query
    })
}

/// Whether the operation that would run is a subscription with one field that is written out: the engine
/// sees no other. A text that does not parse, or has no such operation, is left for the schema to refuse.
fn follows_one_thing(request: &mut GraphqlRequest) -> bool {
    let chosen = request.operation_name.clone();
    let Ok(document) = graphql::parse(request) else {
        return true;
    };
    document.operations.iter().all(|(name, operation)| {
        let is_chosen = chosen.is_none() || chosen.as_deref() == name.map(Name::as_str);
        let root = &operation.node.selection_set.node.items;
        let follows_one = operation.node.ty == OperationType::Subscription
            && matches!(root.as_slice(), [only] if matches!(only.node, Selection::Field(_)));
        !is_chosen || follows_one
    })
}

pub(super) fn locale(headers: &HeaderMap) -> Locale {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    Locale::negotiate(accepted.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, operation_name: Option<&str>, expected: bool) {
        let mut request = GraphqlRequest::new(text);
        request.operation_name = operation_name.map(str::to_owned);
        assert_eq!(asks_for_more_than_a_query(&mut request), expected, "{text}");
    }

    #[test]
    fn the_operation_that_would_run_decides() {
        check("{ a }", None, false);
        check("mutation { a }", None, true);
        check("subscription { a }", None, true);
        let both = "query Q { a } mutation M { a }";
        check(both, Some("Q"), false);
        check(both, Some("M"), true);
        check(both, None, true);
        check("{", None, false);
    }

    #[track_caller]
    fn check_followed(text: &str, operation_name: Option<&str>, expected: bool) {
        let mut request = GraphqlRequest::new(text);
        request.operation_name = operation_name.map(str::to_owned);
        assert_eq!(follows_one_thing(&mut request), expected, "{text}");
    }

    #[test]
    fn a_socket_follows_one_thing_that_is_written_out() {
        check_followed("subscription { a }", None, true);
        check_followed("subscription { b: a }", None, true);
        check_followed("subscription { a b }", None, false);
        check_followed("subscription { a a }", None, false);
        check_followed("subscription { ... { a } }", None, false);
        check_followed(
            "subscription { ...F } fragment F on Subscription { a }",
            None,
            false,
        );
        check_followed("{ a }", None, false);
        check_followed("mutation { a }", None, false);
        let both = "query Q { a } subscription S { a }";
        check_followed(both, Some("S"), true);
        check_followed(both, Some("Q"), false);
        check_followed(both, None, false);
        check_followed("{", None, true);
    }
}
