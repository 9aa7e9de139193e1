//! What the reader did not understand, or doubts.

use sea_orm::entity::prelude::*;

use super::stored::StoredNoticeKind;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notices")]
pub struct Model {
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resume_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i64,
    pub kind: StoredNoticeKind,
    pub line: Option<i64>,
    pub text: String,
    #[sea_orm(belongs_to, from = "resume_id", to = "id")]
    pub resume: BelongsTo<super::resume::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
