//! Pieces of work; `employment_ordinal` is the job of the same document they belong to.

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
                    .table("projects")
                    .col(uuid("id").primary_key())
                    .col(uuid("organization_id"))
                    .col(uuid("resume_id"))
                    .col(big_integer("ordinal"))
                    .col(text_null("title"))
                    .col(big_integer_null("employment_ordinal"))
                    .col(text_null("period_text"))
                    .col(text_null("period_from"))
                    .col(text_null("period_to"))
                    .col(big_integer_null("team_size"))
                    .col(json("roles"))
                    .col(text_null("summary"))
                    .col(big_integer("line"))
                    .col(big_integer("span_start"))
                    .col(big_integer("span_end"))
                    .col(json("text"))
                    .foreign_key(&mut owned_by("projects", "resume_id", "resumes"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("projects", ("resume_id", "employment_ordinal"))
                            .to("employments", ("resume_id", "ordinal"))
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("projects_resume")
                    .table("projects")
                    .col("resume_id")
                    .col("ordinal")
                    .unique()
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("projects").to_owned())
            .await
    }
}
