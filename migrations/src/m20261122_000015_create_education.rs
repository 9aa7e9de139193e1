//! Schools.

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
                    .table("education")
                    .col(uuid("organization_id"))
                    .col(uuid("resume_id"))
                    .col(big_integer("ordinal"))
                    .col(text("school"))
                    .col(text_null("degree"))
                    .col(text_null("period_text"))
                    .col(text_null("period_from"))
                    .col(text_null("period_to"))
                    .col(big_integer("line"))
                    .primary_key(Index::create().col("resume_id").col("ordinal"))
                    .foreign_key(&mut owned_by("education", "resume_id", "resumes"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("education").to_owned())
            .await
    }
}
