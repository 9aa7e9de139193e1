//! What the checks of the store ask. Answers name tables, rows' ids and numbers, never what a row says.

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use uuid::Uuid;

use super::shape::{Reference, quoted, rows, tables};
use super::{Store, StoreError};
use crate::domain::{OrganizationId, ResumeId, Sha256};

/// Most things of one fault that are named.
const NAMED: u32 = 5;

/// Rows that are not as the program writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in words.
    pub what: String,
    /// How many rows.
    pub count: u64,
    /// The ids of some of them, where they have one.
    pub examples: Vec<String>,
}

/// A document as stored, with the checksum that was recorded when it came.
#[derive(Clone)]
pub struct DocumentToCheck {
    /// The résumé.
    pub id: ResumeId,
    /// The checksum of the bytes as received.
    pub sha256: Option<Sha256>,
    /// The bytes as received.
    pub original: Vec<u8>,
    /// The text read from them.
    pub text: Vec<u8>,
}

impl Store {
    /// Returns the name and version of the engine.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn engine(&self) -> Result<String, StoreError> {
        let (name, sql) = match self.readers.get_database_backend() {
            DbBackend::Sqlite => ("SQLite", "SELECT sqlite_version()"),
            _ => ("PostgreSQL", "SELECT current_setting('server_version')"),
        };
        let rows = rows(&self.readers, sql).await?;
        let version: String = match rows.first() {
            Some(row) => row.try_get_by_index(0)?,
            None => String::new(),
        };
        Ok(format!("{name} {version}"))
    }

    /// Lets the engine check its own files, where it can: SQLite does, PostgreSQL has tools of its own.
    /// Returns how many faults it finds; `None` where it does not look.
    ///
    /// # Errors
    /// Those of the database, also when the files are too damaged to be checked.
    pub async fn check_files(&self) -> Result<Option<u64>, StoreError> {
        if self.readers.get_database_backend() != DbBackend::Sqlite {
            return Ok(None);
        }
        let mut faults = 0;
        for row in rows(&self.readers, "PRAGMA integrity_check").await? {
            let line: String = row.try_get_by_index(0)?;
            faults += u64::from(line != "ok");
        }
        Ok(Some(faults))
    }

    /// Returns rows that name a row which is not there, or one of another organization.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn orphans(&self) -> Result<Vec<Fault>, StoreError> {
        let tables = tables(&self.readers).await?;
        let has_organization = |name: &str| {
            let table = tables.iter().find(|table| table.shape.name == name);
            table.is_some_and(|table| {
                let columns = &table.shape.columns;
                columns
                    .iter()
                    .any(|column| column.name == "organization_id")
            })
        };
        let mut faults = Vec::new();
        for table in &tables {
            let name = &table.shape.name;
            for reference in &table.references {
                let (is_named, is_same) = conditions(reference);
                let parent = quoted(&reference.table);
                let sql = format!(
                    "SELECT COUNT(*) FROM {} c WHERE {is_named} \
                     AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {is_same})",
                    quoted(name),
                );
                self.count_fault(&mut faults, &sql, || {
                    format!("{name} without their {}", reference.table)
                })
                .await?;
                if has_organization(name) && has_organization(&reference.table) {
                    let sql = format!(
                        "SELECT COUNT(*) FROM {} c JOIN {parent} p ON {is_same} \
                         WHERE c.organization_id <> p.organization_id",
                        quoted(name),
                    );
                    self.count_fault(&mut faults, &sql, || {
                        format!(
                            "{name} of another organization than their {}",
                            reference.table
                        )
                    })
                    .await?;
                }
            }
        }
        Ok(faults)
    }

    /// Returns candidates without a current résumé, and résumés without a document.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn incomplete(&self) -> Result<Vec<Fault>, StoreError> {
        let mut faults = Vec::new();
        for (what, condition) in [
            (
                "candidates without a current résumé",
                "candidates c WHERE NOT EXISTS \
                 (SELECT 1 FROM resumes r WHERE r.candidate_id = c.id AND r.is_current)",
            ),
            (
                "résumés without a document",
                "resumes c WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.resume_id = c.id)",
            ),
            (
                "candidates that the change log does not name",
                "candidates c WHERE NOT EXISTS (SELECT 1 FROM change_log l \
                 WHERE l.organization_id = c.organization_id AND l.candidate_id = c.id)",
            ),
        ] {
            let sql = format!("SELECT COUNT(*) FROM {condition}");
            let count = self.count(&sql).await?;
            if count > 0 {
                let sql = format!("SELECT c.id FROM {condition} ORDER BY c.id LIMIT {NAMED}");
                faults.push(Fault {
                    what: what.to_owned(),
                    count,
                    examples: self.ids(&sql).await?,
                });
            }
        }
        Ok(faults)
    }

    /// Returns organizations whose change log does not lead, without a gap, to their newest change.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn broken_logs(&self) -> Result<Vec<OrganizationId>, StoreError> {
        let sql = "SELECT o.id FROM organizations o LEFT JOIN change_log l ON l.organization_id = o.id \
                   GROUP BY o.id, o.last_sequence \
                   HAVING o.last_sequence <> COALESCE(MAX(l.sequence), 0) \
                   OR COUNT(l.sequence) <> COALESCE(MAX(l.sequence) - MIN(l.sequence) + 1, 0) \
                   ORDER BY o.id";
        let mut ids = Vec::new();
        for row in rows(&self.readers, sql).await? {
            let id: Uuid = row.try_get_by_index(0)?;
            ids.push(id.into());
        }
        Ok(ids)
    }

    /// Returns the number of documents that another version than `parser_version` of the reader read.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn outdated_count(&self, parser_version: u32) -> Result<u64, StoreError> {
        let sql = format!("SELECT COUNT(*) FROM resumes WHERE parser_version <> {parser_version}");
        self.count(&sql).await
    }

    /// Returns at most `limit` documents of résumés behind `after`, in the order of their ids.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn documents_to_check(
        &self,
        after: Option<ResumeId>,
        limit: u32,
    ) -> Result<Vec<DocumentToCheck>, StoreError> {
        let backend = self.readers.get_database_backend();
        let place = match backend {
            DbBackend::Sqlite => "?",
            _ => "$1",
        };
        let sql = format!(
            "SELECT r.id, r.sha256, d.original, d.text FROM resumes r \
             JOIN documents d ON d.resume_id = r.id WHERE r.id > {place} ORDER BY r.id LIMIT {limit}"
        );
        let after = after.map_or(Uuid::nil(), ResumeId::as_uuid);
        let statement = Statement::from_sql_and_values(backend, sql, [after.into()]);
        let mut documents = Vec::new();
        for row in self.readers.query_all_raw(statement).await? {
            let id: Uuid = row.try_get_by_index(0)?;
            let sha256: Vec<u8> = row.try_get_by_index(1)?;
            documents.push(DocumentToCheck {
                id: id.into(),
                sha256: sha256.try_into().ok().map(Sha256),
                original: row.try_get_by_index(2)?,
                text: row.try_get_by_index(3)?,
            });
        }
        Ok(documents)
    }

    async fn count_fault(
        &self,
        faults: &mut Vec<Fault>,
        sql: &str,
        what: impl FnOnce() -> String,
    ) -> Result<(), StoreError> {
        let count = self.count(sql).await?;
        if count > 0 {
            faults.push(Fault {
                what: what(),
                count,
                examples: Vec::new(),
            });
        }
        Ok(())
    }

    async fn count(&self, sql: &str) -> Result<u64, StoreError> {
        let rows = rows(&self.readers, sql).await?;
        let count: i64 = match rows.first() {
            Some(row) => row.try_get_by_index(0)?,
            None => 0,
        };
        Ok(u64::try_from(count).unwrap_or(0))
    }

    async fn ids(&self, sql: &str) -> Result<Vec<String>, StoreError> {
        let mut ids = Vec::new();
        for row in rows(&self.readers, sql).await? {
            let id: Uuid = row.try_get_by_index(0)?;
            ids.push(id.to_string());
        }
        Ok(ids)
    }
}

/// Returns what says that a row names a parent, and that a parent is the one named.
fn conditions(reference: &Reference) -> (String, String) {
    let named: Vec<String> = reference
        .columns
        .iter()
        .map(|column| format!("c.{} IS NOT NULL", quoted(column)))
        .collect();
    let same: Vec<String> = reference
        .columns
        .iter()
        .zip(&reference.referred)
        .map(|(own, referred)| format!("c.{} = p.{}", quoted(own), quoted(referred)))
        .collect();
    (named.join(" AND "), same.join(" AND "))
}
