//! Lengths of experience in words.

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
                    .table("stated_months")
                    .col(uuid("organization_id"))
                    .col(uuid("resume_id"))
                    .col(big_integer("ordinal"))
                    .col(text("technology_key"))
                    .col(text("technology_name"))
                    .col(boolean("technology_is_listed"))
                    .col(big_integer("months"))
                    .col(big_integer("span_start"))
                    .col(big_integer("span_end"))
                    .col(big_integer("line"))
                    .primary_key(Index::create().col("resume_id").col("ordinal"))
                    .foreign_key(&mut owned_by("stated_months", "resume_id", "resumes"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("stated_months").to_owned())
            .await
    }
}
