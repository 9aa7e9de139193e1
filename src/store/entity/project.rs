//! Pieces of work.

use sea_orm::entity::prelude::*;

use super::stored::{Spans, Strings};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "projects")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub resume_id: Uuid,
    pub ordinal: i64,
    pub title: Option<String>,
    pub employment_ordinal: Option<i64>,
    pub period_text: Option<String>,
    pub period_from: Option<String>,
    pub period_to: Option<String>,
    pub team_size: Option<i64>,
    pub roles: Strings,
    pub summary: Option<String>,
    pub line: i64,
    pub span_start: i64,
    pub span_end: i64,
    pub text: Spans,
    #[sea_orm(belongs_to, from = "resume_id", to = "id")]
    pub resume: BelongsTo<super::resume::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
