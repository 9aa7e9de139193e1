//! API tokens: given out, looked up, revoked. Their secrets are known by digest only.

use chrono::{DateTime, SubsecRound as _, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait as _, IntoActiveModel, PaginatorTrait as _, QueryFilter,
    QueryOrder,
};

use super::entity::access_token;
use super::records::storable;
use super::{NewAuditEntry, Store, StoreError, audit, organizations};
use crate::domain::{Actor, AuditAction, OrganizationId, Scopes, Sha256, TokenId};

/// A token that is to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// What it is for, in its owner's words.
    pub name: String,
    /// The part of it that is no secret, by which it is found; no other token has it.
    pub prefix: String,
    /// The digest of the whole token.
    pub secret: Sha256,
    /// What it allows.
    pub scopes: Scopes,
    /// When it ends; `None` for never.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A stored token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// The token.
    pub id: TokenId,
    /// Whom it acts for.
    pub organization: OrganizationId,
    /// What it is for, in its owner's words.
    pub name: String,
    /// The part of it that is no secret.
    pub prefix: String,
    /// The digest of the whole token.
    pub secret: Sha256,
    /// What it allows.
    pub scopes: Scopes,
    /// When it was given out.
    pub created_at: DateTime<Utc>,
    /// When it ends; `None` for never.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was revoked; `None` while it is not.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute; `None` before its first use.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl TokenRow {
    /// Returns whether it is valid at `now`: neither revoked nor at its end.
    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}

impl Store {
    /// Stores a token.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another token has this prefix, or what the database answers.
    pub async fn create_token(
        &self,
        organization: OrganizationId,
        actor: &Actor,
        token: NewToken,
    ) -> Result<TokenRow, StoreError> {
        let row = TokenRow {
            id: TokenId::new(),
            organization,
            name: storable(&token.name),
            prefix: token.prefix,
            secret: token.secret,
            scopes: token.scopes,
            created_at: Utc::now().trunc_subsecs(6),
            expires_at: token.expires_at.map(|at| at.trunc_subsecs(6)),
            revoked_at: None,
            last_used_at: None,
        };
        let writing = self.begin_write().await?;
        let organization = organization.as_uuid();
        organizations::lock(&writing.transaction, organization).await?;
        let entry = recorded(actor, AuditAction::CreateToken, &row);
        audit::append(&writing.transaction, organization, &[entry]).await?;
        access_token::Entity::insert(written(&row).into_active_model())
            .exec_without_returning(&writing.transaction)
            .await?;
        writing.commit().await?;
        Ok(row)
    }

    /// Returns the token of any organization that has this prefix, valid or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, [`StoreError::Corrupt`].
    pub async fn token_by_prefix(&self, prefix: &str) -> Result<Option<TokenRow>, StoreError> {
        let found = access_token::Entity::find()
            .filter(access_token::Column::Prefix.eq(prefix))
            .one(&self.readers)
            .await?;
        found.map(read).transpose()
    }

    /// Returns the organization's tokens, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, [`StoreError::Corrupt`].
    pub async fn tokens(&self, organization: OrganizationId) -> Result<Vec<TokenRow>, StoreError> {
        let rows = access_token::Entity::find()
            .filter(access_token::Column::OrganizationId.eq(organization.as_uuid()))
            .order_by_asc(access_token::Column::Id)
            .all(&self.readers)
            .await?;
        rows.into_iter().map(read).collect()
    }

    /// Returns whether any organization has a token, valid or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn has_tokens(&self) -> Result<bool, StoreError> {
        let count = access_token::Entity::find().count(&self.readers).await?;
        Ok(count > 0)
    }

    /// Makes the token invalid from now on; `None` when the organization has none of this prefix. One
    /// that is revoked already keeps its time.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn revoke_token(
        &self,
        organization: OrganizationId,
        actor: &Actor,
        prefix: &str,
    ) -> Result<Option<TokenRow>, StoreError> {
        let writing = self.begin_write().await?;
        organizations::lock(&writing.transaction, organization.as_uuid()).await?;
        let found = access_token::Entity::find()
            .filter(access_token::Column::OrganizationId.eq(organization.as_uuid()))
            .filter(access_token::Column::Prefix.eq(prefix))
            .one(&writing.transaction)
            .await?;
        let Some(mut row) = found.map(read).transpose()? else {
            return Ok(None);
        };
        if row.revoked_at.is_none() {
            let now = Utc::now().trunc_subsecs(6);
            access_token::Entity::update_many()
                .col_expr(access_token::Column::RevokedAt, Expr::value(now))
                .filter(access_token::Column::Id.eq(row.id.as_uuid()))
                .exec(&writing.transaction)
                .await?;
            row.revoked_at = Some(now);
            let entry = recorded(actor, AuditAction::RevokeToken, &row);
            let organization = organization.as_uuid();
            audit::append(&writing.transaction, organization, &[entry]).await?;
        }
        writing.commit().await?;
        Ok(Some(row))
    }

    /// Records that the token was used at `at`, unless a later use is recorded.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn touch_token(&self, id: TokenId, at: DateTime<Utc>) -> Result<(), StoreError> {
        let writing = self.begin_write().await?;
        let at = at.trunc_subsecs(0);
        let is_later = access_token::Column::LastUsedAt
            .is_null()
            .or(access_token::Column::LastUsedAt.lt(at));
        access_token::Entity::update_many()
            .col_expr(access_token::Column::LastUsedAt, Expr::value(at))
            .filter(access_token::Column::Id.eq(id.as_uuid()).and(is_later))
            .exec(&writing.transaction)
            .await?;
        writing.commit().await
    }
}

fn recorded(actor: &Actor, action: AuditAction, row: &TokenRow) -> NewAuditEntry {
    NewAuditEntry {
        actor: actor.clone(),
        action,
        candidate: None,
        detail: Some(format!("{} ({})", row.prefix, row.scopes)),
    }
}

fn written(row: &TokenRow) -> access_token::Model {
    access_token::Model {
        id: row.id.as_uuid(),
        organization_id: row.organization.as_uuid(),
        name: row.name.clone(),
        prefix: row.prefix.clone(),
        secret_sha256: row.secret.0.to_vec(),
        scopes: row.scopes.to_string(),
        created_at: row.created_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
        last_used_at: row.last_used_at,
    }
}

/// Returns what is known of a token.
pub(super) fn read(row: access_token::Model) -> Result<TokenRow, StoreError> {
    let corrupt = |column| StoreError::Corrupt {
        table: "access_tokens",
        column,
    };
    let secret = row.secret_sha256.try_into();
    let secret = secret.map_err(|_| corrupt("secret_sha256"))?;
    Ok(TokenRow {
        id: row.id.into(),
        organization: row.organization_id.into(),
        name: row.name,
        prefix: row.prefix,
        secret: Sha256(secret),
        scopes: Scopes::known(&row.scopes),
        created_at: row.created_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
        last_used_at: row.last_used_at,
    })
}
