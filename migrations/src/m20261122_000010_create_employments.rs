//! Jobs. `period_text` is null where there is no period; `period_to` is a month, a year, `present` or null.

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
                    .table("employments")
                    .col(uuid("id").primary_key())
                    .col(uuid("organization_id"))
                    .col(uuid("resume_id"))
                    .col(big_integer("ordinal"))
                    .col(uuid("employer_id"))
                    .col(text("employer_name"))
                    .col(text("employer_key"))
                    .col(json("employer_aliases"))
                    .col(boolean("employer_is_anonymous"))
                    .col(text_null("period_text"))
                    .col(text_null("period_from"))
                    .col(text_null("period_to"))
                    .col(text_null("title"))
                    .col(text_null("department"))
                    .col(text_null("kind"))
                    .col(big_integer("line"))
                    .col(big_integer("span_start"))
                    .col(big_integer("span_end"))
                    .col(json("text"))
                    .foreign_key(&mut owned_by("employments", "resume_id", "resumes"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("employments", "employer_id")
                            .to("employers", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("employments_resume")
                    .table("employments")
                    .col("resume_id")
                    .col("ordinal")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("employments_employer")
                    .table("employments")
                    .col("employer_id")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("employments").to_owned())
            .await
    }
}
