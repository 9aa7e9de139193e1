//! Tokens of pages that search is embedded in, each by the digest of its secret.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "embed_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    #[sea_orm(unique)]
    pub prefix: String,
    pub secret_sha256: Vec<u8>,
    pub scopes: String,
    pub allowed_origin: String,
    pub user_label: Option<String>,
    pub maker_token_id: Option<Uuid>,
    pub maker_subject: Option<String>,
    pub expires_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "organization_id", to = "id")]
    pub organization: BelongsTo<super::organization::Entity>,
    #[sea_orm(belongs_to, from = "maker_token_id", to = "id")]
    pub maker_token: BelongsTo<Option<super::access_token::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
