//! Places where a technology is named.

use sea_orm::entity::prelude::*;

use super::stored::{StoredGrade, Strings};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mentions")]
pub struct Model {
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resume_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i64,
    pub technology_key: String,
    pub technology_name: String,
    pub technology_is_listed: bool,
    pub grade: StoredGrade,
    pub employment_ordinal: Option<i64>,
    pub project_ordinal: Option<i64>,
    pub span_start: i64,
    pub span_end: i64,
    pub line: i64,
    pub heading_path: Strings,
    #[sea_orm(belongs_to, from = "resume_id", to = "id")]
    pub resume: BelongsTo<super::resume::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
