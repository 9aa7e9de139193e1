//! The addresses, in lower case, by which documents of one person are brought together.

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
                    .table("candidate_emails")
                    .col(uuid("organization_id"))
                    .col(uuid("candidate_id"))
                    .col(text("email"))
                    .primary_key(Index::create().col("candidate_id").col("email"))
                    .foreign_key(&mut owned_by(
                        "candidate_emails",
                        "candidate_id",
                        "candidates",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("candidate_emails_email")
                    .table("candidate_emails")
                    .col("organization_id")
                    .col("email")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("candidate_emails").to_owned())
            .await
    }
}
