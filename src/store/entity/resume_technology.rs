//! The technologies of each document.

use sea_orm::entity::prelude::*;

use super::stored::StoredGrade;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "resume_technologies")]
pub struct Model {
    pub organization_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resume_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub technology_id: Uuid,
    pub grade: StoredGrade,
    #[sea_orm(belongs_to, from = "resume_id", to = "id")]
    pub resume: BelongsTo<super::resume::Entity>,
    #[sea_orm(belongs_to, from = "technology_id", to = "id")]
    pub technology: BelongsTo<super::technology::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
