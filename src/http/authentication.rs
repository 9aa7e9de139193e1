//! Asks who sends a request, before anything else of it is looked at.

use axum::body::Body;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::middleware::Next;

use super::answer::{MediaType, negotiate, refused, wait};
use super::graphql::locale;
use super::rate::{Account, CallerKey};
use super::router::ServerState;
use crate::access::{AuthenticationError, Credentials};
use crate::domain::{Access, Actor};
use crate::graphql::{ErrorCode, Locale};

/// Puts the caller's [`Access`] into the extensions of a request, and the key that its requests are
/// charged to; refuses a request that has no valid credentials. Failed attempts are charged to the
/// address that they come from.
pub(super) async fn authenticate(
    State(state): State<ServerState>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let (mut parts, body) = request.into_parts();
    match access(&state, &parts.headers).await {
        Ok(access) => {
            if let Some(name) = caller_name(&access) {
                parts.extensions.insert(CallerKey::named(&name));
            }
            parts.extensions.insert(access);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(error) => {
            let media_type = negotiate(&parts.headers).unwrap_or(MediaType::Json);
            let locale = locale(&parts.headers);
            let Ok(caller) = CallerKey::from_request_parts(&mut parts, &()).await;
            let budgets = state.budgets.as_ref();
            let account = budgets.map(|budgets| Account::new(budgets.clone(), caller));
            match account.map_or(Ok(()), |account| account.spend(1)) {
                Ok(()) => unauthenticated(&error, media_type, locale),
                Err(time) => wait(time, media_type, locale),
            }
        }
    }
}

/// Returns what whoever sent `headers` may do.
pub(super) async fn access(
    state: &ServerState,
    headers: &HeaderMap,
) -> Result<Access, AuthenticationError> {
    let asked = state.authenticator.authenticate(credentials(headers)?);
    in_time(state, asked).await
}

/// Returns whether requests without credentials are let in now.
pub(super) async fn is_local(state: &ServerState) -> Result<bool, AuthenticationError> {
    in_time(state, state.authenticator.is_local()).await
}

/// Gives up a question to the database as late as a request: where the network swallows what is sent,
/// nothing else ends it.
async fn in_time<T>(
    state: &ServerState,
    asked: impl Future<Output = Result<T, AuthenticationError>>,
) -> Result<T, AuthenticationError> {
    let answer = tokio::time::timeout(state.request_timeout, asked).await;
    answer.unwrap_or(Err(AuthenticationError::Late))
}

/// Returns what `headers` say of who sends them.
///
/// # Errors
/// [`AuthenticationError::Invalid`] for credentials of another kind than tokens.
pub(super) fn credentials(headers: &HeaderMap) -> Result<Credentials<'_>, AuthenticationError> {
    let bearer = match headers.get(header::AUTHORIZATION) {
        Some(value) => Some(bearer(value).ok_or(AuthenticationError::Invalid)?),
        None => None,
    };
    // Said twice it is not said.
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let origin = match (origins.next(), origins.next()) {
        (Some(origin), None) => origin.to_str().ok(),
        _ => None,
    };
    Ok(Credentials { bearer, origin })
}

fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A name for the caller's budget; in local mode the address is enough. Pages that search is embedded in
/// spend what whoever let them in may spend: tokens for pages are no way around that.
pub(super) fn caller_name(access: &Access) -> Option<String> {
    match &access.actor {
        Actor::Embedded(embedded) => caller_name(&Access {
            actor: (&embedded.maker).into(),
            ..access.clone()
        }),
        Actor::Token(id) => Some(format!("token:{id}")),
        Actor::User(subject) => Some(format!("user:{}:{subject}", access.organization)),
        Actor::Local | Actor::Automation => None,
    }
}

/// The challenge is that of RFC 6750, section 3.
fn unauthenticated(
    error: &AuthenticationError,
    media_type: MediaType,
    locale: Locale,
) -> Response<Body> {
    let challenge = match error {
        AuthenticationError::Missing => "Bearer",
        AuthenticationError::Invalid => "Bearer error=\"invalid_token\"",
        AuthenticationError::Issuer => {
            let code = ErrorCode::Unavailable;
            return refused(StatusCode::SERVICE_UNAVAILABLE, media_type, code, locale);
        }
        AuthenticationError::Store(_) | AuthenticationError::Late => {
            let error: &dyn std::error::Error = error;
            tracing::error!(error, "credentials cannot be checked");
            let code = ErrorCode::Unavailable;
            return refused(StatusCode::SERVICE_UNAVAILABLE, media_type, code, locale);
        }
    };
    let code = ErrorCode::Unauthenticated;
    let mut response = refused(StatusCode::UNAUTHORIZED, media_type, code, locale);
    let headers = response.headers_mut();
    headers.insert(
        header::WWW_AUTHENTICATE,
        HeaderValue::from_static(challenge),
    );
    response
}
