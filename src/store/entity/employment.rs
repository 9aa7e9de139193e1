//! Jobs.

use sea_orm::entity::prelude::*;

use super::stored::{Spans, StoredEmploymentKind, Strings};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "employments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub resume_id: Uuid,
    pub ordinal: i64,
    pub employer_id: Uuid,
    pub employer_name: String,
    pub employer_key: String,
    pub employer_aliases: Strings,
    pub employer_is_anonymous: bool,
    pub period_text: Option<String>,
    pub period_from: Option<String>,
    pub period_to: Option<String>,
    pub title: Option<String>,
    pub department: Option<String>,
    pub kind: Option<StoredEmploymentKind>,
    pub line: i64,
    pub span_start: i64,
    pub span_end: i64,
    pub text: Spans,
    #[sea_orm(belongs_to, from = "resume_id", to = "id")]
    pub resume: BelongsTo<super::resume::Entity>,
    #[sea_orm(belongs_to, from = "employer_id", to = "id")]
    pub employer: BelongsTo<super::employer::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
