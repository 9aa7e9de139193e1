//! Technologies of all stored documents. `candidate_count` counts the candidates whose current document declares it or stronger, `naming_count` those whose current document names it at all.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{ordered_text, owned_by};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("technologies")
                    .col(uuid("id").primary_key())
                    .col(uuid("organization_id"))
                    .col(ordered_text(manager, "key"))
                    .col(ordered_text(manager, "name"))
                    .col(boolean("is_listed"))
                    .col(big_integer("candidate_count").default(0))
                    .col(big_integer("naming_count").default(0))
                    .foreign_key(&mut owned_by(
                        "technologies",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("technologies_key")
                    .table("technologies")
                    .col("organization_id")
                    .col("key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("technologies_rank")
                    .table("technologies")
                    .col("organization_id")
                    .col(("candidate_count", IndexOrder::Desc))
                    .col("name")
                    .col("key")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("technologies").to_owned())
            .await
    }
}
