//! What is agreed with a person about their data.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "candidate_privacy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub candidate_id: Uuid,
    pub organization_id: Uuid,
    pub suspended_at: Option<DateTimeUtc>,
    pub purpose: Option<String>,
    pub consented_on: Option<Date>,
    pub retain_until: Option<Date>,
    #[sea_orm(belongs_to, from = "candidate_id", to = "id")]
    pub candidate: BelongsTo<super::candidate::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
