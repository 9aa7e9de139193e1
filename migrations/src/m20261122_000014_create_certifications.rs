//! Certificates.

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
                    .table("certifications")
                    .col(uuid("organization_id"))
                    .col(uuid("resume_id"))
                    .col(big_integer("ordinal"))
                    .col(text("name"))
                    .col(text_null("acquired"))
                    .col(text_null("technology_key"))
                    .col(text_null("technology_name"))
                    .col(boolean_null("technology_is_listed"))
                    .col(big_integer("line"))
                    .col(big_integer("span_start"))
                    .col(big_integer("span_end"))
                    .primary_key(Index::create().col("resume_id").col("ordinal"))
                    .foreign_key(&mut owned_by("certifications", "resume_id", "resumes"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("certifications").to_owned())
            .await
    }
}
