//! The bytes as received, and their text as UTF-8 (kept as bytes: a document may hold U+0000).

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
                    .table("documents")
                    .col(uuid("resume_id").primary_key())
                    .col(uuid("organization_id"))
                    .col(blob("original"))
                    .col(blob("text"))
                    .foreign_key(&mut owned_by("documents", "resume_id", "resumes"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("documents").to_owned())
            .await
    }
}
