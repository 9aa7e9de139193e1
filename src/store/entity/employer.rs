//! Employers of all stored documents.

use sea_orm::entity::prelude::*;

use super::stored::Strings;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "employers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub key: String,
    pub name: String,
    pub aliases: Strings,
    pub is_anonymous: bool,
    pub search_text: String,
    pub candidate_count: i64,
    #[sea_orm(belongs_to, from = "organization_id", to = "id")]
    pub organization: BelongsTo<super::organization::Entity>,
    #[sea_orm(has_many)]
    pub employments: HasMany<super::employment::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
