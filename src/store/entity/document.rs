//! Bytes and text of documents.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "documents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub resume_id: Uuid,
    pub organization_id: Uuid,
    pub original: Vec<u8>,
    pub text: Vec<u8>,
    #[sea_orm(belongs_to, from = "resume_id", to = "id")]
    pub resume: BelongsTo<super::resume::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
