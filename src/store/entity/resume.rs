//! Received documents and whom they name.

use sea_orm::entity::prelude::*;

use super::stored::{Headings, StoredFormat, StoredSpan, Strings};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "resumes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub candidate_id: Uuid,
    pub is_current: bool,
    pub sequence: i64,
    pub file_name: Option<String>,
    pub format: StoredFormat,
    pub sha256: Vec<u8>,
    pub parser_version: i64,
    pub received_at: DateTimeUtc,
    pub stated_date: Option<Date>,
    pub document_date: Option<Date>,
    pub as_of: String,
    pub name: Option<String>,
    pub name_kana: Option<String>,
    pub other_names: Strings,
    pub birth_date: Option<Date>,
    pub emails: Strings,
    pub phones: Strings,
    pub location: Option<String>,
    pub location_span: Option<StoredSpan>,
    pub name_span: Option<StoredSpan>,
    pub outline: Headings,
    #[sea_orm(belongs_to, from = "candidate_id", to = "id")]
    pub candidate: BelongsTo<super::candidate::Entity>,
    #[sea_orm(has_one)]
    pub document: HasOne<super::document::Entity>,
    #[sea_orm(has_many)]
    pub employments: HasMany<super::employment::Entity>,
    #[sea_orm(has_many)]
    pub projects: HasMany<super::project::Entity>,
    #[sea_orm(has_many)]
    pub mentions: HasMany<super::mention::Entity>,
    #[sea_orm(has_many)]
    pub stated: HasMany<super::stated_months::Entity>,
    #[sea_orm(has_many)]
    pub certifications: HasMany<super::certification::Entity>,
    #[sea_orm(has_many)]
    pub education: HasMany<super::education::Entity>,
    #[sea_orm(has_many)]
    pub links: HasMany<super::link::Entity>,
    #[sea_orm(has_many)]
    pub notices: HasMany<super::notice::Entity>,
    #[sea_orm(has_many)]
    pub technologies: HasMany<super::resume_technology::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
