//! Tokens of pages that search is embedded in: short-lived, of one origin, and weaker than who makes them.

use chrono::{DateTime, TimeDelta, Utc};

use super::secret::{self, Kind, Secret};
use crate::domain::{Access, Forbidden, Maker, Origin, Scope, Scopes, UserLabel};
use crate::store::{NewEmbedToken, Store, StoreError};

/// How long an embed token is valid.
const VALID_FOR: TimeDelta = TimeDelta::minutes(15);

/// An embed token that is wanted.
#[derive(Clone, Debug)]
pub struct EmbedTokenRequest {
    /// What it allows; at least one, each of them its maker's own, and none that changes anything.
    pub scopes: Scopes,
    /// The pages that may use it.
    pub allowed_origin: Origin,
    /// What the application of the pages calls its user.
    pub user: Option<UserLabel>,
}

/// An embed token that was made. It is shown once; without `Debug`, so that no log tells it.
pub struct EmbedToken {
    /// The token itself.
    pub token: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// Why an embed token was not made.
#[derive(Debug, thiserror::Error)]
pub enum EmbedTokenError {
    /// It would allow nothing.
    #[error("an embed token needs a scope")]
    NoScope,
    /// It would allow what a page of another application must not.
    #[error("the scope {0} is none for pages of other applications")]
    NotForPages(Scope),
    /// It would allow what its maker may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Who holds an embed token makes no other.
    #[error("an embed token makes no other")]
    NoMaker,
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandomness,
    /// The database refused or did not answer in time.
    #[error("cannot use the store")]
    Store(#[from] StoreError),
}

/// Makes embed tokens. Cheap to clone.
#[derive(Clone)]
pub struct EmbedTokens {
    store: Store,
}

impl EmbedTokens {
    /// The scopes that a page of another application may have: those that look. What takes in, erases or
    /// administers stays with the application's own server.
    pub const SCOPES: [Scope; 4] = [
        Scope::Search,
        Scope::Identity,
        Scope::Contact,
        Scope::Document,
    ];

    /// Returns the embed tokens of `store`.
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// Makes a token for the caller's organization that is valid for a quarter of an hour, and not after
    /// the token that makes it. It takes no scope but those that the new one has: its maker could do all
    /// of it, from anywhere and for longer.
    ///
    /// # Errors
    /// Every [`EmbedTokenError`].
    pub async fn create(
        &self,
        access: &Access,
        request: EmbedTokenRequest,
    ) -> Result<EmbedToken, EmbedTokenError> {
        let maker = Maker::of(&access.actor).ok_or(EmbedTokenError::NoMaker)?;
        if request.scopes == Scopes::default() {
            return Err(EmbedTokenError::NoScope);
        }
        for scope in request.scopes.iter() {
            if !Self::SCOPES.contains(&scope) {
                return Err(EmbedTokenError::NotForPages(scope));
            }
            access.require(scope)?;
        }
        let Secret { token, prefix } =
            Secret::random(Kind::Embed).ok_or(EmbedTokenError::NoRandomness)?;
        let new = NewEmbedToken {
            prefix,
            secret: secret::digest(&token),
            scopes: request.scopes,
            allowed_origin: request.allowed_origin,
            user: request.user,
            expires_at: Utc::now() + VALID_FOR,
        };
        let stored = self
            .store
            .create_embed_token(access.organization, &maker, new);
        let expires_at = stored.await?;
        Ok(EmbedToken { token, expires_at })
    }
}
