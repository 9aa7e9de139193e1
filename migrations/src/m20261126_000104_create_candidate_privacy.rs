//! What is agreed with a person about their data; no row where nothing is.

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
                    .table("candidate_privacy")
                    .col(uuid("candidate_id").primary_key())
                    .col(uuid("organization_id"))
                    .col(timestamp_with_time_zone_null("suspended_at"))
                    .col(text_null("purpose"))
                    .col(date_null("consented_on"))
                    .col(date_null("retain_until"))
                    .foreign_key(&mut owned_by(
                        "candidate_privacy",
                        "candidate_id",
                        "candidates",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("candidate_privacy_retention")
                    .table("candidate_privacy")
                    .col("organization_id")
                    .col("retain_until")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("candidate_privacy").to_owned())
            .await
    }
}
