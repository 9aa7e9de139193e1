//! API tokens: given out, listed, revoked.

use std::time::Duration;

use chrono::Utc;

use super::secret::{self, Kind, Secret};
use crate::domain::{Actor, OrganizationId, Scopes};
use crate::store::{NewToken, OrganizationRow, Store, StoreError, TokenRow};

/// A token that is wanted.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    /// The name of the organization that it acts for.
    pub organization: String,
    /// What it is for, in its owner's words.
    pub name: String,
    /// What it allows; at least one.
    pub scopes: Scopes,
    /// How long it is valid; `None` for ever.
    pub valid_for: Option<Duration>,
}

/// Why a token was not given out or revoked.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// There is no organization of this name.
    #[error("there is no such organization")]
    NoOrganization,
    /// There is one of this name.
    #[error("there is an organization of this name already")]
    OrganizationExists,
    /// The organization has no such token.
    #[error("the organization has no such token")]
    NoToken,
    /// It would allow nothing.
    #[error("a token needs a scope")]
    NoScope,
    /// Its end is beyond what a date can be.
    #[error("a token cannot be valid for so long")]
    TooLong,
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    NoRandomness,
    /// The database refused or did not answer in time.
    #[error("cannot use the store")]
    Store(#[from] StoreError),
}

/// Gives tokens out and takes them back. Cheap to clone.
#[derive(Clone)]
pub struct Tokens {
    store: Store,
}

impl Tokens {
    /// Returns the tokens of `store`.
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// Makes an organization.
    ///
    /// # Errors
    /// [`TokenError::OrganizationExists`], [`TokenError::Store`].
    pub async fn create_organization(&self, name: &str) -> Result<OrganizationRow, TokenError> {
        match self.store.create_organization(name).await {
            Err(StoreError::Conflict) => Err(TokenError::OrganizationExists),
            made => Ok(made?),
        }
    }

    /// Returns every organization, oldest first.
    ///
    /// # Errors
    /// [`TokenError::Store`].
    pub async fn organizations(&self) -> Result<Vec<OrganizationRow>, TokenError> {
        Ok(self.store.organization_rows().await?)
    }

    /// Gives a token out: the token itself, which nobody can be told again, and what is stored of it.
    ///
    /// # Errors
    /// Every [`TokenError`] but [`TokenError::NoToken`].
    pub async fn create(&self, request: &TokenRequest) -> Result<(String, TokenRow), TokenError> {
        if request.scopes == Scopes::default() {
            return Err(TokenError::NoScope);
        }
        let organization = self.organization(&request.organization).await?;
        let end = |length: Duration| {
            let length = chrono::TimeDelta::from_std(length).ok()?;
            Utc::now().checked_add_signed(length)
        };
        let expires_at = match request.valid_for {
            Some(length) => Some(end(length).ok_or(TokenError::TooLong)?),
            None => None,
        };
        let Secret { token, prefix } = Secret::random(Kind::Api).ok_or(TokenError::NoRandomness)?;
        let new = NewToken {
            name: request.name.clone(),
            prefix,
            secret: secret::digest(&token),
            scopes: request.scopes,
            expires_at,
        };
        let row = self
            .store
            .create_token(organization, &Actor::Local, new)
            .await?;
        Ok((token, row))
    }

    /// Returns the organization's tokens, valid or not, oldest first.
    ///
    /// # Errors
    /// [`TokenError::NoOrganization`], [`TokenError::Store`].
    pub async fn list(&self, organization: &str) -> Result<Vec<TokenRow>, TokenError> {
        let organization = self.organization(organization).await?;
        Ok(self.store.tokens(organization).await?)
    }

    /// Makes a token invalid, named by its prefix: from the next request on, in every server process.
    ///
    /// # Errors
    /// [`TokenError::NoOrganization`], [`TokenError::NoToken`], [`TokenError::Store`].
    pub async fn revoke(&self, organization: &str, prefix: &str) -> Result<TokenRow, TokenError> {
        let organization = self.organization(organization).await?;
        let revoked = self
            .store
            .revoke_token(organization, &Actor::Local, prefix)
            .await?;
        revoked.ok_or(TokenError::NoToken)
    }

    /// Returns the organization of this name.
    ///
    /// # Errors
    /// [`TokenError::NoOrganization`], [`TokenError::Store`].
    pub async fn organization(&self, name: &str) -> Result<OrganizationId, TokenError> {
        let found = self.store.organization_named(name).await?;
        Ok(found.ok_or(TokenError::NoOrganization)?.id)
    }
}
