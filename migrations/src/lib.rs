//! The database schema, one file per change, the same on SQLite and PostgreSQL.
//!
//! A released migration is frozen: it says nothing of the program's rows, so it means the same for
//! ever. Things with an identity of their own (organization, candidate, résumé, employer,
//! employment, project, technology) are keyed by a UUIDv7; lists that belong to a résumé are keyed
//! by the résumé and their place in it, so that loading one reads neighbouring rows.

pub use sea_orm_migration::{MigrationName, MigrationStatus, MigratorTrait};

use sea_orm_migration::prelude::*;

mod m20261122_000001_create_organizations;
mod m20261122_000002_create_change_log;
mod m20261122_000003_create_candidates;
mod m20261122_000004_create_candidate_emails;
mod m20261122_000005_create_resumes;
mod m20261122_000006_create_documents;
mod m20261122_000007_create_employers;
mod m20261122_000008_create_technologies;
mod m20261122_000009_create_resume_technologies;
mod m20261122_000010_create_employments;
mod m20261122_000011_create_projects;
mod m20261122_000012_create_mentions;
mod m20261122_000013_create_stated_months;
mod m20261122_000014_create_certifications;
mod m20261122_000015_create_education;
mod m20261122_000016_create_links;
mod m20261122_000017_create_notices;
mod m20261126_000018_create_access_tokens;
mod m20261126_000101_create_index_followers;
mod m20261126_000102_create_schema_floor;
mod m20261126_000103_create_audit_log;
mod m20261126_000104_create_candidate_privacy;
mod m20261126_000105_create_embed_tokens;
mod m20261126_000106_index_rows_by_organization;

/// Brings a database to any version of the schema.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_create_organizations::Migration),
            Box::new(m20261122_000002_create_change_log::Migration),
            Box::new(m20261122_000003_create_candidates::Migration),
            Box::new(m20261122_000004_create_candidate_emails::Migration),
            Box::new(m20261122_000005_create_resumes::Migration),
            Box::new(m20261122_000006_create_documents::Migration),
            Box::new(m20261122_000007_create_employers::Migration),
            Box::new(m20261122_000008_create_technologies::Migration),
            Box::new(m20261122_000009_create_resume_technologies::Migration),
            Box::new(m20261122_000010_create_employments::Migration),
            Box::new(m20261122_000011_create_projects::Migration),
            Box::new(m20261122_000012_create_mentions::Migration),
            Box::new(m20261122_000013_create_stated_months::Migration),
            Box::new(m20261122_000014_create_certifications::Migration),
            Box::new(m20261122_000015_create_education::Migration),
            Box::new(m20261122_000016_create_links::Migration),
            Box::new(m20261122_000017_create_notices::Migration),
            Box::new(m20261126_000018_create_access_tokens::Migration),
            Box::new(m20261126_000101_create_index_followers::Migration),
            Box::new(m20261126_000102_create_schema_floor::Migration),
            Box::new(m20261126_000103_create_audit_log::Migration),
            Box::new(m20261126_000104_create_candidate_privacy::Migration),
            Box::new(m20261126_000105_create_embed_tokens::Migration),
            Box::new(m20261126_000106_index_rows_by_organization::Migration),
        ]
    }
}

/// Returns a text column that orders by code point on both engines.
fn ordered_text(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = sea_orm_migration::schema::text(name);
    if manager.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

/// Returns the key of `table` to `parent (id)`: rows go with their parent.
fn owned_by(
    table: &'static str,
    column: &'static str,
    parent: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(parent, "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}
