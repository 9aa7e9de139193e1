//! Short-lived tokens of pages that search is embedded in: a table of their own, so that a program that
//! does not know them takes none for an API token, which any page might use.

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
                    .table("embed_tokens")
                    .col(uuid("id").primary_key())
                    .col(uuid("organization_id"))
                    .col(text("prefix"))
                    .col(binary("secret_sha256"))
                    .col(text("scopes"))
                    .col(text("allowed_origin"))
                    .col(text_null("user_label"))
                    // Who made it: a token, a user of the identity provider, or neither: whoever is at the
                    // machine.
                    .col(uuid_null("maker_token_id"))
                    .col(text_null("maker_subject"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut owned_by(
                        "embed_tokens",
                        "organization_id",
                        "organizations",
                    ))
                    .foreign_key(&mut owned_by(
                        "embed_tokens",
                        "maker_token_id",
                        "access_tokens",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("embed_tokens_prefix")
                    .table("embed_tokens")
                    .col("prefix")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("embed_tokens_expiry")
                    .table("embed_tokens")
                    .col("organization_id")
                    .col("expires_at")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("embed_tokens").to_owned())
            .await
    }
}
