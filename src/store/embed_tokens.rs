//! Short-lived tokens of pages that search is embedded in. Their secrets are known by digest only.

use chrono::{DateTime, SubsecRound as _, Utc};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::entity::{access_token, embed_token};
use super::records::storable;
use super::{NewAuditEntry, Store, StoreError, audit, organizations, tokens};
use crate::domain::{
    AuditAction, Embedded, Maker, OrganizationId, Origin, Scopes, Sha256, UserLabel,
};

/// An embed token that is to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEmbedToken {
    /// The part of it that is no secret, by which it is found; no other embed token has it.
    pub prefix: String,
    /// The digest of the whole token.
    pub secret: Sha256,
    /// What it allows.
    pub scopes: Scopes,
    /// The pages that may use it.
    pub allowed_origin: Origin,
    /// What the application of the pages calls its user.
    pub user: Option<UserLabel>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// A stored embed token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbedTokenRow {
    /// Whom it acts for.
    pub organization: OrganizationId,
    /// The digest of the whole token.
    pub secret: Sha256,
    /// What it allows.
    pub scopes: Scopes,
    /// The pages that may use it.
    pub allowed_origin: Origin,
    /// Whose page it is.
    pub embedded: Embedded,
    /// When it ends: not after the token that made it.
    pub expires_at: DateTime<Utc>,
    /// Whether the token that made it was revoked.
    pub is_revoked: bool,
}

impl Store {
    /// Stores an embed token, and takes out those of the organization that have ended. Returns when it
    /// ends, which is not after the token that makes it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another has this prefix, or what the database answers.
    pub async fn create_embed_token(
        &self,
        organization: OrganizationId,
        maker: &Maker,
        token: NewEmbedToken,
    ) -> Result<DateTime<Utc>, StoreError> {
        let writing = self.begin_write().await?;
        let transaction = &writing.transaction;
        let organization = organization.as_uuid();
        organizations::lock(transaction, organization).await?;
        let (maker_token_id, maker_subject) = match maker {
            Maker::Local => (None, None),
            Maker::Token(id) => (Some(id.as_uuid()), None),
            Maker::User(subject) => (None, Some(storable(subject))),
        };
        let parent = match maker_token_id {
            Some(id) => {
                let found = access_token::Entity::find_by_id(id).one(transaction);
                found.await?.and_then(|row| row.expires_at)
            }
            None => None,
        };
        let expires_at = token.expires_at.trunc_subsecs(6);
        let expires_at = parent.map_or(expires_at, |end| end.min(expires_at));
        let entry = NewAuditEntry {
            actor: maker.into(),
            action: AuditAction::CreateEmbedToken,
            candidate: None,
            detail: Some(recorded(&token)),
        };
        audit::append(transaction, organization, &[entry]).await?;
        embed_token::Entity::delete_many()
            .filter(embed_token::Column::OrganizationId.eq(organization))
            .filter(embed_token::Column::ExpiresAt.lt(Utc::now()))
            .exec(transaction)
            .await?;
        let row = embed_token::Model {
            id: Uuid::now_v7(),
            organization_id: organization,
            prefix: token.prefix,
            secret_sha256: token.secret.0.to_vec(),
            scopes: token.scopes.to_string(),
            allowed_origin: token.allowed_origin.to_string(),
            user_label: token.user.map(|user| user.to_string()),
            maker_token_id,
            maker_subject,
            expires_at,
        };
        embed_token::Entity::insert(row.into_active_model())
            .exec_without_returning(transaction)
            .await?;
        writing.commit().await?;
        Ok(expires_at)
    }

    /// Returns the embed token of any organization that has this prefix, valid or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, [`StoreError::Corrupt`].
    pub async fn embed_token_by_prefix(
        &self,
        prefix: &str,
    ) -> Result<Option<EmbedTokenRow>, StoreError> {
        let found = embed_token::Entity::find()
            .filter(embed_token::Column::Prefix.eq(prefix))
            .find_also_related(access_token::Entity)
            .one(&self.readers)
            .await?;
        found.map(|(row, parent)| read(row, parent)).transpose()
    }
}

fn recorded(token: &NewEmbedToken) -> String {
    let mut detail = format!(
        "{} ({}) {}",
        token.prefix, token.scopes, token.allowed_origin
    );
    if let Some(user) = &token.user {
        detail.push(' ');
        detail.push_str(&user.to_string());
    }
    detail
}

fn read(
    row: embed_token::Model,
    parent: Option<access_token::Model>,
) -> Result<EmbedTokenRow, StoreError> {
    let corrupt = |column| StoreError::Corrupt {
        table: "embed_tokens",
        column,
    };
    let parent = parent.map(tokens::read).transpose()?;
    let maker = match (&parent, row.maker_subject) {
        (Some(token), _) => Maker::Token(token.id),
        (None, _) if row.maker_token_id.is_some() => return Err(corrupt("maker_token_id")),
        (None, Some(subject)) => Maker::User(subject.into()),
        (None, None) => Maker::Local,
    };
    let user = row.user_label.map(|user| user.parse::<UserLabel>());
    let secret = row.secret_sha256.try_into();
    Ok(EmbedTokenRow {
        organization: row.organization_id.into(),
        secret: Sha256(secret.map_err(|_| corrupt("secret_sha256"))?),
        scopes: Scopes::known(&row.scopes),
        allowed_origin: Origin::parse(&row.allowed_origin)
            .map_err(|_| corrupt("allowed_origin"))?,
        embedded: Embedded {
            maker,
            user: user.transpose().map_err(|_| corrupt("user_label"))?,
        },
        expires_at: row.expires_at,
        is_revoked: parent.is_some_and(|token| token.revoked_at.is_some()),
    })
}
