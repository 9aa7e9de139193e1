//! The technologies of each document with their strongest grade, weakest 0.

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
                    .table("resume_technologies")
                    .col(uuid("organization_id"))
                    .col(uuid("resume_id"))
                    .col(uuid("technology_id"))
                    .col(small_integer("grade"))
                    .primary_key(Index::create().col("resume_id").col("technology_id"))
                    .foreign_key(&mut owned_by("resume_technologies", "resume_id", "resumes"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("resume_technologies", "technology_id")
                            .to("technologies", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("resume_technologies_technology")
                    .table("resume_technologies")
                    .col("technology_id")
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("resume_technologies").to_owned())
            .await
    }
}
