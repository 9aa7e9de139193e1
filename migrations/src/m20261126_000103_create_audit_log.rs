//! Who did what, each entry bound to the one before it by a digest. What an entry says in words lies
//! apart, so that it can go without breaking the chain; no key leads to candidates, who may go as well.

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
                    .table("audit_log")
                    .col(uuid("organization_id"))
                    .col(big_integer("number"))
                    .col(timestamp_with_time_zone("at"))
                    .col(text("actor"))
                    .col(text("action"))
                    .col(uuid_null("candidate_id"))
                    .col(binary_null("detail_digest"))
                    .col(binary("previous"))
                    .col(binary("digest"))
                    .primary_key(Index::create().col("organization_id").col("number"))
                    .foreign_key(&mut owned_by(
                        "audit_log",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("audit_log_candidate")
                    .table("audit_log")
                    .col("organization_id")
                    .col("candidate_id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("audit_details")
                    .col(uuid("organization_id"))
                    .col(big_integer("number"))
                    .col(binary("salt"))
                    .col(text("detail"))
                    .primary_key(Index::create().col("organization_id").col("number"))
                    .foreign_key(&mut owned_by(
                        "audit_details",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["audit_details", "audit_log"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}
