//! People.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "candidates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organization_id: Uuid,
    pub external_id: Option<String>,
    pub updated_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "organization_id", to = "id")]
    pub organization: BelongsTo<super::organization::Entity>,
    #[sea_orm(has_many)]
    pub emails: HasMany<super::candidate_email::Entity>,
    #[sea_orm(has_many)]
    pub resumes: HasMany<super::resume::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
