//! What a program must know to work on the database.
//!
//! A migration that takes something away (the last step of expand, move, contract) writes the name of
//! the one that added what takes its place. A program that knows all names written here works on a
//! database that has later migrations, too; any other refuses it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("schema_floor")
                    .col(text("migration").primary_key())
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("schema_floor").to_owned())
            .await
    }
}
