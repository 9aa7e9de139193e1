//! Rows by their key within an organization. SQLite, which keeps no statistics, takes an index that begins with
//! the organization for better than the primary key where several keys are asked for, and then looks at every
//! row of the organization.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// The index, its table, and the table's key.
const INDEXES: [(&str, &str, &str); 3] = [
    ("resumes_organization", "resumes", "id"),
    ("employers_organization", "employers", "id"),
    (
        "candidate_privacy_organization",
        "candidate_privacy",
        "candidate_id",
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, key) in INDEXES {
            manager
                .create_index(
                    Index::create()
                        .name(name)
                        .table(table)
                        .col("organization_id")
                        .col(key)
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, _) in INDEXES {
            manager
                .drop_index(Index::drop().name(name).table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}
