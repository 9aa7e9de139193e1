//! Credentials to a right to act.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use super::credentials::Credentials;
use super::oidc::{Oidc, OidcError, OidcOptions};
use super::secret::{self, Kind};
use crate::domain::{Access, Actor, Maker, TokenId};
use crate::store::{Store, StoreError};

/// How seldom the last use of a token is written.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(1);

/// The most tokens whose last use is remembered; the memory is emptied beyond.
const MAX_REMEMBERED: usize = 10_000;

/// Whether requests without credentials act as the owner of the organization `default`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalMode {
    /// Never: others can reach this server.
    Off,
    /// As long as no token was ever given out.
    UntilTokens,
    /// Always, whoever asks.
    Always,
}

/// Why credentials give no access.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticationError {
    /// There are none, and they are needed.
    #[error("credentials are required")]
    Missing,
    /// They are none that are valid. Unknown, expired and revoked ones are not told apart.
    #[error("the credentials are not valid")]
    Invalid,
    /// Whether they are valid cannot be known now: the identity provider's keys cannot be had.
    #[error("the identity provider cannot be reached")]
    Issuer,
    /// Whether they are valid cannot be known now.
    #[error("cannot read the store")]
    Store(#[from] StoreError),
    /// Whether they are valid is not known in the time that there is.
    #[error("the store does not answer in time")]
    Late,
}

impl AuthenticationError {
    /// Whether the credentials may be valid all the same.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Issuer | Self::Store(_) | Self::Late => true,
            Self::Missing | Self::Invalid => false,
        }
    }
}

/// Tells who asks. Cheap to clone.
#[derive(Clone)]
pub struct Authenticator {
    shared: Arc<Shared>,
}

struct Shared {
    store: Store,
    local_mode: LocalMode,
    /// None where no identity provider is trusted.
    oidc: Option<Oidc>,
    /// Tokens are never deleted, so that what was seen once stays true.
    has_tokens: AtomicBool,
    touched: Mutex<HashMap<TokenId, DateTime<Utc>>>,
}

impl Authenticator {
    /// Returns an authenticator of the tokens in `store`, and of those of the issuer that `oidc` tells.
    pub fn new(store: Store, local_mode: LocalMode, oidc: Option<OidcOptions>) -> Self {
        Self {
            shared: Arc::new(Shared {
                store,
                local_mode,
                oidc: oidc.map(Oidc::new),
                has_tokens: AtomicBool::new(false),
                touched: Mutex::default(),
            }),
        }
    }

    /// Returns what whoever has these credentials may do.
    ///
    /// One statement a request, so that a token that is revoked is so at once.
    ///
    /// # Errors
    /// Every [`AuthenticationError`].
    pub async fn authenticate(
        &self,
        credentials: Credentials<'_>,
    ) -> Result<Access, AuthenticationError> {
        let Some(token) = credentials.bearer else {
            return self.without_credentials().await;
        };
        if let Some(prefix) = secret::prefix_of(Kind::Embed, token) {
            return self.embedded(prefix, token, credentials.origin).await;
        }
        if let Some(oidc) = self.shared.oidc.as_ref().filter(|_| Oidc::is_jwt(token)) {
            return self.user(oidc, token).await;
        }
        let prefix = secret::prefix_of(Kind::Api, token).ok_or(AuthenticationError::Invalid)?;
        let found = self.shared.store.token_by_prefix(prefix).await?;
        let now = Utc::now();
        let valid = found.filter(|row| secret::is_same(token, &row.secret) && row.is_valid(now));
        let row = valid.ok_or(AuthenticationError::Invalid)?;
        self.touch(row.id, row.last_used_at, now);
        Ok(Access {
            organization: row.organization,
            actor: Actor::Token(row.id),
            scopes: row.scopes,
        })
    }

    /// Lets a page in that search is embedded in: of the origin that the token names, while the token and
    /// the one that made it are valid.
    async fn embedded(
        &self,
        prefix: &str,
        token: &str,
        origin: Option<&str>,
    ) -> Result<Access, AuthenticationError> {
        let found = self.shared.store.embed_token_by_prefix(prefix).await?;
        let valid = found.filter(|row| {
            let is_of_page = origin == Some(row.allowed_origin.as_str());
            let is_valid = !row.is_revoked && Utc::now() < row.expires_at;
            secret::is_same(token, &row.secret) && is_of_page && is_valid
        });
        let row = valid.ok_or(AuthenticationError::Invalid)?;
        // What local mode gave out ends with it.
        if row.embedded.maker == Maker::Local && !self.is_local().await? {
            return Err(AuthenticationError::Invalid);
        }
        Ok(Access {
            organization: row.organization,
            actor: Actor::Embedded(Arc::new(row.embedded)),
            scopes: row.scopes,
        })
    }

    /// Lets a user in that the identity provider vouches for, into the organization that it names.
    async fn user(&self, oidc: &Oidc, token: &str) -> Result<Access, AuthenticationError> {
        let claimed = oidc.verify(token).await.map_err(|error| match error {
            OidcError::Invalid => AuthenticationError::Invalid,
            OidcError::Unreachable => AuthenticationError::Issuer,
        })?;
        let named = self.shared.store.organization_named(&claimed.organization);
        // Whether there is an organization of this name is not told.
        let organization = named.await?.ok_or(AuthenticationError::Invalid)?;
        Ok(Access {
            organization: organization.id,
            actor: Actor::User(claimed.user.into()),
            scopes: claimed.scopes,
        })
    }

    /// Fetches the keys of the identity provider, if there is one, so that its first user need not wait. One
    /// that cannot be reached is asked again when a user comes.
    pub async fn prepare(&self) {
        if let Some(oidc) = &self.shared.oidc {
            oidc.prepare().await;
        }
    }

    /// Returns whether requests without credentials are let in now.
    ///
    /// # Errors
    /// [`AuthenticationError::Store`].
    pub async fn is_local(&self) -> Result<bool, AuthenticationError> {
        match self.shared.local_mode {
            LocalMode::Off => Ok(false),
            LocalMode::Always => Ok(true),
            LocalMode::UntilTokens => {
                if self.shared.has_tokens.load(Ordering::Relaxed) {
                    return Ok(false);
                }
                let has_tokens = self.shared.store.has_tokens().await?;
                self.shared.has_tokens.store(has_tokens, Ordering::Relaxed);
                Ok(!has_tokens)
            }
        }
    }

    async fn without_credentials(&self) -> Result<Access, AuthenticationError> {
        if self.is_local().await? {
            Ok(Access::local())
        } else {
            Err(AuthenticationError::Missing)
        }
    }

    /// Records the use of a token, at most once a minute; nobody waits for it.
    fn touch(&self, id: TokenId, recorded: Option<DateTime<Utc>>, now: DateTime<Utc>) {
        let is_recent = |at: DateTime<Utc>| now - at < TOUCH_EVERY;
        {
            let touched = self.shared.touched.lock();
            let mut touched = touched.unwrap_or_else(PoisonError::into_inner);
            if touched
                .get(&id)
                .copied()
                .or(recorded)
                .is_some_and(is_recent)
            {
                return;
            }
            if touched.len() >= MAX_REMEMBERED {
                touched.clear();
            }
            touched.insert(id, now);
        }
        let store = self.shared.store.clone();
        tokio::spawn(async move {
            if let Err(error) = store.touch_token(id, now).await {
                tracing::warn!(%error, "the use of a token cannot be recorded");
            }
        });
    }
}
