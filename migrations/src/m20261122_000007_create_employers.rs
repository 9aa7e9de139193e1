//! Employers of all stored documents. `candidate_count` counts the candidates whose current document has it.

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
                    .table("employers")
                    .col(uuid("id").primary_key())
                    .col(uuid("organization_id"))
                    .col(text("key"))
                    .col(ordered_text(manager, "name"))
                    .col(json("aliases"))
                    .col(boolean("is_anonymous"))
                    .col(text("search_text"))
                    .col(big_integer("candidate_count").default(0))
                    .foreign_key(&mut owned_by(
                        "employers",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("employers_key")
                    .table("employers")
                    .col("organization_id")
                    .col("key")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("employers_rank")
                    .table("employers")
                    .col("organization_id")
                    .col(("candidate_count", IndexOrder::Desc))
                    .col("name")
                    .col("id")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("employers").to_owned())
            .await
    }
}
