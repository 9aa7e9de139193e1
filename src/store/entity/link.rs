//! Links of the person.

use sea_orm::entity::prelude::*;

use super::stored::StoredLinkKind;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub struct Model {
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resume_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i64,
    pub kind: StoredLinkKind,
    pub label: Option<String>,
    pub url: String,
    #[sea_orm(belongs_to, from = "resume_id", to = "id")]
    pub resume: BelongsTo<super::resume::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
