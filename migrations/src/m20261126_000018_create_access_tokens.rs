//! API tokens. The secret itself is not stored; organizations get a name of their own to be told by.

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
                    .table("access_tokens")
                    .col(uuid("id").primary_key())
                    .col(uuid("organization_id"))
                    .col(text("name"))
                    .col(text("prefix"))
                    .col(binary("secret_sha256"))
                    .col(text("scopes"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("expires_at"))
                    .col(timestamp_with_time_zone_null("revoked_at"))
                    .col(timestamp_with_time_zone_null("last_used_at"))
                    .foreign_key(&mut owned_by(
                        "access_tokens",
                        "organization_id",
                        "organizations",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("access_tokens_prefix")
                    .table("access_tokens")
                    .col("prefix")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("organizations_name")
                    .table("organizations")
                    .col("name")
                    .unique()
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(
                Index::drop()
                    .name("organizations_name")
                    .table("organizations")
                    .to_owned(),
            )
            .await?;
        manager
            .drop_table(Table::drop().table("access_tokens").to_owned())
            .await
    }
}
