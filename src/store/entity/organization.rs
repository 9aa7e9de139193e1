//! Owners of candidates.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organizations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub last_sequence: i64,
    pub created_at: DateTimeUtc,
    #[sea_orm(has_many)]
    pub candidates: HasMany<super::candidate::Entity>,
    #[sea_orm(has_many)]
    pub changes: HasMany<super::change::Entity>,
    #[sea_orm(has_many)]
    pub employers: HasMany<super::employer::Entity>,
    #[sea_orm(has_many)]
    pub technologies: HasMany<super::technology::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
