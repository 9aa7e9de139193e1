//! The truth: candidates, their documents and what was read from them, in SQLite or PostgreSQL.
//!
//! Domain values go in and come out; rows ([`entity`]) and the database library stay inside. One
//! import writes documents, rows, counts and change-log entries in one transaction, so a crash at
//! any instant leaves all of it or none. Writers of one organization take turns: what one commits
//! has a greater [`Change::sequence`] than everything committed before it.
//!
//! Not here: ranking, reading of documents, the search index.

mod error;
mod values;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::domain::{CandidateId, EmployerId, EmploymentId, OrganizationId, ProjectId, ResumeId};

pub use error::{DatabaseFault, StoreError};
pub use values::{
    CandidateRow, Career, Change, ChangeKind, EmployerCursor, EmployerRow, Erased, Imported,
    MigrationState, NewResume, ResumeRow, TechnologyCursor, TechnologyRow,
};

/// Where the database is and how hard it may be used.
#[derive(Clone)]
pub struct StoreOptions {
    /// `sqlite://PATH`, `sqlite::memory:` or `postgres://USER:PASSWORD@HOST/DATABASE`.
    ///
    /// A SQLite file that is missing is created; its folder must exist.
    pub url: String,
    /// Connections open at once, at least 1. SQLite adds one that writes.
    pub max_connections: u32,
}

impl fmt::Debug for StoreOptions {
    /// Writes the address without its password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StoreOptions")
            .field("url", &"…")
            .field("max_connections", &self.max_connections)
            .finish()
    }
}

/// The store. Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Store;

#[expect(clippy::todo, reason = "bodies follow")]
#[expect(clippy::missing_errors_doc, reason = "bodies follow")]
#[allow(missing_docs, unused_variables)]
impl Store {
    pub async fn connect(options: &StoreOptions) -> Result<Self, StoreError> {
        todo!()
    }
    /// Brings the tables to the newest version.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        todo!()
    }
    /// Every migration, oldest first, and whether the database has it.
    pub async fn migrations(&self) -> Result<Vec<MigrationState>, StoreError> {
        todo!()
    }
    pub async fn ping(&self) -> Result<(), StoreError> {
        todo!()
    }
    pub async fn ensure_organization(
        &self,
        id: OrganizationId,
        name: &str,
    ) -> Result<(), StoreError> {
        todo!()
    }

    pub async fn import(
        &self,
        organization: OrganizationId,
        imports: &[NewResume],
    ) -> Result<Vec<Imported>, StoreError> {
        todo!()
    }
    pub async fn erase(
        &self,
        organization: OrganizationId,
        candidate: CandidateId,
    ) -> Result<Option<Erased>, StoreError> {
        todo!()
    }

    pub async fn candidate_by_external_id(
        &self,
        organization: OrganizationId,
        external_id: &str,
    ) -> Result<Option<CandidateId>, StoreError> {
        todo!()
    }
    pub async fn candidates(
        &self,
        organization: OrganizationId,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, CandidateRow>, StoreError> {
        todo!()
    }
    pub async fn current_careers(
        &self,
        organization: OrganizationId,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Career>, StoreError> {
        todo!()
    }
    pub async fn careers_of_resumes(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Career>, StoreError> {
        todo!()
    }
    pub async fn resumes(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, ResumeRow>, StoreError> {
        todo!()
    }
    pub async fn resume_texts(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<str>>, StoreError> {
        todo!()
    }
    pub async fn original(
        &self,
        organization: OrganizationId,
        id: ResumeId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        todo!()
    }
    /// Newest first.
    pub async fn resume_ids_of(
        &self,
        organization: OrganizationId,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Vec<ResumeId>>, StoreError> {
        todo!()
    }
    pub async fn employment_owners(
        &self,
        organization: OrganizationId,
        ids: &[EmploymentId],
    ) -> Result<HashMap<EmploymentId, ResumeId>, StoreError> {
        todo!()
    }
    pub async fn project_owners(
        &self,
        organization: OrganizationId,
        ids: &[ProjectId],
    ) -> Result<HashMap<ProjectId, ResumeId>, StoreError> {
        todo!()
    }
    pub async fn candidate_ids_page(
        &self,
        organization: OrganizationId,
        after: Option<CandidateId>,
        limit: u32,
    ) -> Result<Vec<CandidateId>, StoreError> {
        todo!()
    }
    pub async fn candidate_count(&self, organization: OrganizationId) -> Result<u64, StoreError> {
        todo!()
    }

    pub async fn employers(
        &self,
        organization: OrganizationId,
        ids: &[EmployerId],
    ) -> Result<HashMap<EmployerId, EmployerRow>, StoreError> {
        todo!()
    }
    /// Candidate count descending, then name, then id; `query`: a substring of name, alias or key, folded inside.
    pub async fn employers_page(
        &self,
        organization: OrganizationId,
        query: Option<&str>,
        after: Option<&EmployerCursor>,
        limit: u32,
    ) -> Result<Vec<EmployerRow>, StoreError> {
        todo!()
    }
    /// Those that current résumés mention; candidate count descending, then name, then key.
    pub async fn technologies_page(
        &self,
        organization: OrganizationId,
        keys: Option<&[String]>,
        after: Option<&TechnologyCursor>,
        limit: u32,
    ) -> Result<Vec<TechnologyRow>, StoreError> {
        todo!()
    }
    pub async fn technology_counts(
        &self,
        organization: OrganizationId,
        keys: &[String],
    ) -> Result<HashMap<String, TechnologyRow>, StoreError> {
        todo!()
    }

    pub async fn changes_after(
        &self,
        organization: OrganizationId,
        sequence: i64,
        limit: u32,
    ) -> Result<Vec<Change>, StoreError> {
        todo!()
    }
    pub async fn last_sequence(&self, organization: OrganizationId) -> Result<i64, StoreError> {
        todo!()
    }
    pub async fn organizations(&self) -> Result<Vec<OrganizationId>, StoreError> {
        todo!()
    }
    /// Statements sent since connect.
    pub fn statement_count(&self) -> u64 {
        todo!()
    }
}
