//! Lets pages of other applications in.

use async_graphql::Context;

use super::error::{ApiError, ErrorCode, log};
use super::scalars::DateTime;
use super::types::{CreateEmbedTokenInput, CreateEmbedTokenPayload, UserError};
use super::{access, locale, services};
use crate::access::{EmbedTokenError, EmbedTokenRequest};
use crate::domain::{Origin, Scope};

/// Makes the token that `input` asks for.
pub(super) async fn create(
    context: &Context<'_>,
    input: CreateEmbedTokenInput,
) -> Result<CreateEmbedTokenPayload, ApiError> {
    let refused = |field, error: &ApiError| CreateEmbedTokenPayload {
        user_errors: vec![UserError::of(Some(field), error, locale(context))],
        ..CreateEmbedTokenPayload::default()
    };
    let Ok(allowed_origin) = Origin::parse(&input.allowed_origin) else {
        let error = ApiError::bad_input(
            "not an origin such as https://ats.example (no path, no wildcard, no usual port)",
            "https://ats.example のようなオリジンではありません（パス・ワイルドカード・既定のポートは不可）",
        );
        return Ok(refused("allowedOrigin", &error));
    };
    let Ok(user) = input.user.map(|user| user.parse()).transpose() else {
        let error = ApiError::bad_input(
            "1 to 64 letters or digits of ASCII, \".\", \"_\" or \"-\"",
            "1〜64文字の英数字と「.」「_」「-」だけが使えます",
        );
        return Ok(refused("user", &error));
    };
    let request = EmbedTokenRequest {
        scopes: input.scopes.into_iter().map(Scope::from).collect(),
        allowed_origin,
        user,
    };
    let tokens = &services(context).embed_tokens;
    let made = match tokens.create(access(context), request).await {
        Ok(made) => made,
        Err(EmbedTokenError::NoScope) => {
            let error =
                ApiError::bad_input("at least one scope", "スコープを一つ以上指定してください");
            return Ok(refused("scopes", &error));
        }
        Err(error) => return Err(error.into()),
    };
    Ok(CreateEmbedTokenPayload {
        token: Some(made.token),
        expires_at: Some(DateTime(made.expires_at)),
        user_errors: Vec::new(),
    })
}

impl From<EmbedTokenError> for ApiError {
    fn from(error: EmbedTokenError) -> Self {
        match error {
            EmbedTokenError::Forbidden(error) => error.into(),
            EmbedTokenError::NotForPages(_) | EmbedTokenError::NoMaker => {
                Self::of(ErrorCode::Forbidden)
            }
            EmbedTokenError::NoScope => Self::of(ErrorCode::BadUserInput),
            EmbedTokenError::NoRandomness => {
                log(&error, "an embed token cannot be made");
                Self::of(ErrorCode::Internal)
            }
            EmbedTokenError::Store(error) => error.into(),
        }
    }
}
