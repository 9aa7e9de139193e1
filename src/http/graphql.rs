//! The `/graphql` route.

use async_graphql::parser::types::OperationType;
use async_graphql::{BatchResponse, Name, Request as GraphqlRequest, Response as GraphqlResponse};
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequest as _, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use futures::future::join_all;

use super::answer::{MediaType, executed, negotiate, refused, wait};
use super::persisted::DocumentError;
use super::rate::{Account, CallerKey};
use super::request::{GetParameters, Incoming, RequestError, Requests, from_get, from_post};
use super::router::ServerState;
use crate::graphql::{self, CostGate, ErrorCode, Locale};

/// Answers a query by GET.
pub(super) async fn get(
    State(state): State<ServerState>,
    caller: CallerKey,
    headers: HeaderMap,
    parameters: Result<Query<GetParameters>, QueryRejection>,
) -> Response<Body> {
    let requests = match parameters {
        Ok(Query(parameters)) => from_get(parameters),
        Err(_) => Err(RequestError::Malformed),
    };
    answer(&state, caller, &headers, requests, Operations::Queries).await
}

/// Answers a request, or a batch, by POST.
pub(super) async fn post(
    State(state): State<ServerState>,
    caller: CallerKey,
    headers: HeaderMap,
    request: Request,
) -> Response<Body> {
    let body = tokio::time::timeout(state.body_timeout, Bytes::from_request(request, &()));
    let (status, code) = match body.await {
        Ok(Ok(body)) => {
            let requests = from_post(&headers, &body);
            return answer(&state, caller, &headers, requests, Operations::All).await;
        }
        Ok(Err(_)) => (StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::PayloadTooLarge),
        Err(_) => (StatusCode::REQUEST_TIMEOUT, ErrorCode::Unavailable),
    };
    let media_type = negotiate(&headers).unwrap_or(MediaType::Json);
    let mut answer = refused(status, media_type, code, locale(&headers));
    // The rest of the body is not waited for.
    let headers = answer.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

/// What may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operations {
    /// Queries only: what a browser may ask again, or ask for a foreign page.
    Queries,
    /// Mutations as well.
    All,
}

async fn answer(
    state: &ServerState,
    caller: CallerKey,
    headers: &HeaderMap,
    requests: Result<Requests, RequestError>,
    operations: Operations,
) -> Response<Body> {
    let locale = locale(headers);
    let Some(media_type) = negotiate(headers) else {
        let code = ErrorCode::BadUserInput;
        return refused(StatusCode::NOT_ACCEPTABLE, MediaType::Json, code, locale);
    };
    let budgets = state.budgets.as_ref();
    let account = budgets.map(|budgets| Account::new(budgets.clone(), caller));
    let mut answer = match pay(account.as_ref(), &requests, media_type, locale) {
        Err(refusal) => refusal,
        Ok(()) => match requests {
            Err(error) => refuse(error, media_type, locale),
            Ok(requests) => {
                let runner = Runner {
                    state,
                    account: account.as_ref(),
                    operations,
                    media_type,
                    locale,
                };
                runner.run(requests).await
            }
        },
    };
    if let Some(balance) = account.and_then(|account| account.balance()) {
        balance.write(answer.headers_mut());
    }
    answer
}

/// Charges what each request costs at least, whether or not it can run.
fn pay(
    account: Option<&Account>,
    requests: &Result<Requests, RequestError>,
    media_type: MediaType,
    locale: Locale,
) -> Result<(), Response<Body>> {
    let count = match requests {
        Ok(Requests::Batch(requests)) => requests.len(),
        Ok(Requests::Single(_)) | Err(_) => 1,
    };
    let spent = account.map_or(Ok(()), |account| account.spend(count));
    spent.map_err(|time| wait(time, media_type, locale))
}

/// Runs the requests of one HTTP request.
struct Runner<'a> {
    state: &'a ServerState,
    account: Option<&'a Account>,
    operations: Operations,
    media_type: MediaType,
    locale: Locale,
}

impl Runner<'_> {
    async fn run(&self, requests: Requests) -> Response<Body> {
        let execution = async {
            match requests {
                Requests::Single(request) => {
                    let response = self.execute(*request).await?;
                    Ok(BatchResponse::Single(response))
                }
                Requests::Batch(requests) => {
                    let responses = requests.into_iter().map(|request| async {
                        let executed = self.execute(request).await;
                        executed.unwrap_or_else(|refusal| self.response(refusal))
                    });
                    Ok(BatchResponse::Batch(join_all(responses).await))
                }
            }
        };
        match tokio::time::timeout(self.state.request_timeout, execution).await {
            Ok(Ok(response)) => executed(self.media_type, response),
            Ok(Err(refusal)) => self.refuse(refusal),
            Err(_) => {
                tracing::warn!("a request took too long");
                let status = StatusCode::SERVICE_UNAVAILABLE;
                refused(status, self.media_type, ErrorCode::Unavailable, self.locale)
            }
        }
    }

    async fn execute(&self, incoming: Incoming) -> Result<GraphqlResponse, Refusal> {
        let request = self.request(incoming)?;
        Ok(self.state.schema.execute(request).await)
    }

    fn request(&self, incoming: Incoming) -> Result<GraphqlRequest, Refusal> {
        let hash = incoming.hash()?;
        let text = self.state.documents.resolve(incoming.query, hash)?;
        let mut request = GraphqlRequest::new(text).variables(incoming.variables);
        request.operation_name = incoming.operation_name;
        if self.operations == Operations::Queries && asks_for_more_than_a_query(&mut request) {
            return Err(Refusal::MutationByGet);
        }
        let request = request.data(self.locale).data(self.state.introspection);
        let Some(account) = self.account.cloned() else {
            return Ok(request);
        };
        // The least is paid already.
        let gate = move |cost: usize| account.spend(cost.saturating_sub(1));
        Ok(request.data(CostGate::new(gate)))
    }

    /// The answer to a single request that did not come to the schema.
    fn refuse(&self, refusal: Refusal) -> Response<Body> {
        let (status, code) = refusal.told();
        // Clients of persisted queries that name no newer media type take another status for a fault
        // of the transport, and do not look at the answer.
        let status = match refusal {
            Refusal::Document(DocumentError::Unknown) if self.media_type.is_json() => {
                StatusCode::OK
            }
            _ => status,
        };
        let mut response = refused(status, self.media_type, code, self.locale);
        if refusal == Refusal::MutationByGet {
            let headers = response.headers_mut();
            headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
        response
    }

    /// The answer to one request of a batch.
    fn response(&self, refusal: Refusal) -> GraphqlResponse {
        let (_, code) = refusal.told();
        graphql::refusal(code, self.locale)
    }
}

/// Why one request is not given to the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    Request(RequestError),
    Document(DocumentError),
    MutationByGet,
}

impl Refusal {
    fn told(self) -> (StatusCode, ErrorCode) {
        match self {
            Self::Request(error) => told(error),
            Self::Document(DocumentError::Missing | DocumentError::OtherHash) => {
                (StatusCode::BAD_REQUEST, ErrorCode::BadUserInput)
            }
            Self::Document(DocumentError::Unknown) => {
                (StatusCode::BAD_REQUEST, ErrorCode::PersistedQueryNotFound)
            }
            Self::Document(DocumentError::NotAllowed) => {
                (StatusCode::FORBIDDEN, ErrorCode::Forbidden)
            }
            Self::MutationByGet => (StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadUserInput),
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

fn refuse(error: RequestError, media_type: MediaType, locale: Locale) -> Response<Body> {
    let (status, code) = told(error);
    refused(status, media_type, code, locale)
}

fn told(error: RequestError) -> (StatusCode, ErrorCode) {
    match error {
        RequestError::Malformed => (StatusCode::BAD_REQUEST, ErrorCode::BadUserInput),
        RequestError::ContentType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadUserInput),
        RequestError::BatchTooLarge | RequestError::TooManyValues => {
            (StatusCode::BAD_REQUEST, ErrorCode::TooComplex)
        }
    }
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

fn locale(headers: &HeaderMap) -> Locale {
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
}
