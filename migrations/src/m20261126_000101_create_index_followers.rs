//! How far the index of each server is that shares the database. A server writes its own rows.

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
                    .table("index_followers")
                    .col(uuid("organization_id"))
                    .col(uuid("server_id"))
                    .col(big_integer("applied_sequence"))
                    .col(timestamp_with_time_zone("seen_at"))
                    .primary_key(Index::create().col("organization_id").col("server_id"))
                    .foreign_key(&mut owned_by(
                        "index_followers",
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
            .drop_table(Table::drop().table("index_followers").to_owned())
            .await
    }
}
