//! How pages sign their users in: told to everybody, for it comes before that.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse as _;
use serde::Serialize;

use super::authentication::is_local;
use super::router::ServerState;
use crate::access::OidcOptions;

/// How pages sign their users in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SignIn<'a> {
    /// Whether requests without credentials are let in.
    local_mode: bool,
    /// Whether API tokens are taken.
    tokens: bool,
    /// The identity provider; null where pages sign nobody in there.
    oidc: Option<Provider<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Provider<'a> {
    issuer: &'a str,
    client_id: &'a str,
    /// With spaces between.
    scope: &'a str,
    /// Whom the access token must be for; some providers must be told.
    audience: &'a str,
}

/// Answers `/sign-in.json`.
pub(super) async fn answer(State(state): State<ServerState>) -> Response<Body> {
    match is_local(&state).await {
        Ok(local_mode) => Json(SignIn {
            local_mode,
            tokens: true,
            oidc: state.oidc.as_deref().and_then(provider),
        })
        .into_response(),
        Err(error) => {
            tracing::error!(%error, "whether credentials are needed cannot be told");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn provider(options: &OidcOptions) -> Option<Provider<'_>> {
    Some(Provider {
        issuer: options.issuer.as_str(),
        client_id: options.client_id.as_deref()?,
        scope: &options.client_scopes,
        audience: options.audiences.first()?,
    })
}
