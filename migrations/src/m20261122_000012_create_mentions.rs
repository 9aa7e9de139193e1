//! Places where a technology is named, with the job or project of the same document they belong to.

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
                    .table("mentions")
                    .col(uuid("organization_id"))
                    .col(uuid("resume_id"))
                    .col(big_integer("ordinal"))
                    .col(text("technology_key"))
                    .col(text("technology_name"))
                    .col(boolean("technology_is_listed"))
                    .col(small_integer("grade"))
                    .col(big_integer_null("employment_ordinal"))
                    .col(big_integer_null("project_ordinal"))
                    .col(big_integer("span_start"))
                    .col(big_integer("span_end"))
                    .col(big_integer("line"))
                    .col(json("heading_path"))
                    .primary_key(Index::create().col("resume_id").col("ordinal"))
                    .foreign_key(&mut owned_by("mentions", "resume_id", "resumes"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("mentions", ("resume_id", "employment_ordinal"))
                            .to("employments", ("resume_id", "ordinal"))
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("mentions", ("resume_id", "project_ordinal"))
                            .to("projects", ("resume_id", "ordinal"))
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("mentions").to_owned())
            .await
    }
}
