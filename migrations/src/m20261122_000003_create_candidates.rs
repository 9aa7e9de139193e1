//! People.

use sea_orm_migration::{prelude::*, schema::*};

use crate::owned_by;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("candidates")
                    .col(uuid("id").primary_key())
                    .col(uuid("organization_id"))
                    .col(text_null("external_id"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .foreign_key(&mut owned_by(
                        "candidates",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("candidates_external_id")
                    .table("candidates")
                    .col("organization_id")
                    .col("external_id")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("candidates_organization")
                    .table("candidates")
                    .col("organization_id")
                    .col("id")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("candidates").to_owned())
            .await
    }
}
