//! What happened to candidates, in the order of commits. Entries outlive the candidates they tell of.

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
                    .table("change_log")
                    .col(uuid("organization_id"))
                    .col(big_integer("sequence"))
                    .col(uuid("candidate_id"))
                    .col(text("kind"))
                    .col(timestamp_with_time_zone("changed_at"))
                    .primary_key(Index::create().col("organization_id").col("sequence"))
                    .foreign_key(&mut owned_by(
                        "change_log",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("change_log").to_owned())
            .await
    }
}
