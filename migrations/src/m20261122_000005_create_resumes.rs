//! Received documents and whom they name. `stated_date` is the document's own date, `document_date` that or the one given with it.

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
                    .table("resumes")
                    .col(uuid("id").primary_key())
                    .col(uuid("organization_id"))
                    .col(uuid("candidate_id"))
                    .col(boolean("is_current"))
                    .col(big_integer("sequence"))
                    .col(text_null("file_name"))
                    .col(text("format"))
                    .col(blob("sha256"))
                    .col(big_integer("parser_version"))
                    .col(timestamp_with_time_zone("received_at"))
                    .col(date_null("stated_date"))
                    .col(date_null("document_date"))
                    .col(text("as_of"))
                    .col(text_null("name"))
                    .col(text_null("name_kana"))
                    .col(json("other_names"))
                    .col(date_null("birth_date"))
                    .col(json("emails"))
                    .col(json("phones"))
                    .col(text_null("location"))
                    .col(json_null("location_span"))
                    .col(json_null("name_span"))
                    .col(json("outline"))
                    .foreign_key(&mut owned_by("resumes", "organization_id", "organizations"))
                    .foreign_key(&mut owned_by("resumes", "candidate_id", "candidates"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("resumes_sha256")
                    .table("resumes")
                    .col("organization_id")
                    .col("sha256")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("resumes_candidate")
                    .table("resumes")
                    .col("candidate_id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("resumes_organization_candidate")
                    .table("resumes")
                    .col("organization_id")
                    .col("candidate_id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("resumes_current")
                    .table("resumes")
                    .col("candidate_id")
                    .unique()
                    .and_where(Expr::col("is_current").eq(true))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("resumes").to_owned())
            .await
    }
}
