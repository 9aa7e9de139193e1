//! Takes a candidate out of the store, documents and all.

use chrono::{SubsecRound as _, Utc};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QuerySelect,
};

use super::batch::{KEYS, insert_all};
use super::counts::Counts;
use super::entity::stored::StoredChangeKind;
use super::entity::{candidate, change, employment, resume, resume_technology};
use super::{
    Erased, NewAuditEntry, Store, StoreError, audit, employers, organizations, resumes,
    technologies,
};
use crate::domain::{Actor, AuditAction, CandidateId, OrganizationId};

impl Store {
    /// Deletes the candidate with every document and all that was read from them, employers and
    /// technologies that nobody else names included, in one transaction. The change log and
    /// the audit log keep the candidate's id; SQLite's files keep no byte of the rest. `None` when the organization has no such candidate.
    ///
    /// # Errors
    /// [`StoreError::UnknownOrganization`], or what the database answers.
    pub async fn erase(
        &self,
        organization: OrganizationId,
        actor: &Actor,
        candidate: CandidateId,
    ) -> Result<Option<Erased>, StoreError> {
        let writing = self.begin_write().await?;
        let transaction = &writing.transaction;
        let (organization, candidate) = (organization.as_uuid(), candidate.as_uuid());
        let sequence = organizations::lock(transaction, organization).await? + 1;
        let is_candidate = candidate::Column::Id
            .eq(candidate)
            .and(candidate::Column::OrganizationId.eq(organization));
        let found = candidate::Entity::find().filter(is_candidate.clone());
        if found.one(transaction).await?.is_none() {
            return Ok(None);
        }
        let of_candidate = resume::Column::CandidateId.eq(candidate);
        let documents = resumes::ids_where(transaction, of_candidate.clone()).await?;
        let is_current = of_candidate.and(resume::Column::IsCurrent.eq(true));
        let current = resumes::ids_where(transaction, is_current).await?;
        let mut counts = Counts::default();
        counts.add_resumes(transaction, &current, -1).await?;
        counts.apply(transaction).await?;
        let (employers, technologies) = named_by(transaction, &documents).await?;
        let names = names_of(transaction, &documents).await?;
        audit::forget(transaction, organization, candidate, &names).await?;
        let entry = NewAuditEntry {
            actor: actor.clone(),
            action: AuditAction::Erase,
            candidate: Some(candidate.into()),
            detail: None,
        };
        audit::append(transaction, organization, &[entry]).await?;
        candidate::Entity::delete_many()
            .filter(is_candidate)
            .exec(transaction)
            .await?;
        for employers in employers.chunks(KEYS) {
            employers::forget_unused(transaction, employers).await?;
        }
        for technologies in technologies.chunks(KEYS) {
            technologies::forget_unused(transaction, technologies).await?;
        }
        let entry = change::Model {
            organization_id: organization,
            sequence,
            candidate_id: candidate,
            kind: StoredChangeKind::Delete,
            changed_at: Utc::now().trunc_subsecs(6),
        };
        insert_all::<change::Entity, _>(transaction, vec![entry]).await?;
        organizations::advance(transaction, organization, sequence).await?;
        writing.commit().await?;
        // The rows are gone whether or not this succeeds; the next erasure tries again.
        self.empty_log().await.ok();
        Ok(Some(Erased {
            sequence,
            resume_count: u64::try_from(documents.len()).unwrap_or(u64::MAX),
        }))
    }
}

/// Returns what the person of `documents` is told by: names with and without blanks, mail addresses,
/// telephone numbers.
async fn names_of(
    connection: &impl ConnectionTrait,
    documents: &[Uuid],
) -> Result<Vec<String>, StoreError> {
    let mut names = std::collections::BTreeSet::new();
    for documents in documents.chunks(KEYS) {
        let rows = resume::Entity::find()
            .filter(resume::Column::Id.is_in(documents.iter().copied()))
            .all(connection)
            .await?;
        for row in rows {
            let own = row.name.into_iter().chain(row.name_kana);
            for name in own.chain(row.other_names.0) {
                names.insert(name.split_whitespace().collect());
                names.insert(name);
            }
            names.extend(row.emails.0);
            names.extend(row.phones.0);
        }
    }
    // One letter is in everything.
    names.retain(|name: &String| name.chars().nth(1).is_some());
    Ok(names.into_iter().collect())
}

/// Returns the employers and the technologies of `documents`, each once.
pub(super) async fn named_by(
    connection: &impl ConnectionTrait,
    documents: &[Uuid],
) -> Result<(Vec<Uuid>, Vec<Uuid>), StoreError> {
    let mut employers: Vec<Uuid> = Vec::new();
    let mut technologies: Vec<Uuid> = Vec::new();
    for documents in documents.chunks(KEYS) {
        let named: Vec<Uuid> = employment::Entity::find()
            .select_only()
            .column(employment::Column::EmployerId)
            .distinct()
            .filter(employment::Column::ResumeId.is_in(documents.iter().copied()))
            .into_tuple()
            .all(connection)
            .await?;
        employers.extend(named);
        let named: Vec<Uuid> = resume_technology::Entity::find()
            .select_only()
            .column(resume_technology::Column::TechnologyId)
            .distinct()
            .filter(resume_technology::Column::ResumeId.is_in(documents.iter().copied()))
            .into_tuple()
            .all(connection)
            .await?;
        technologies.extend(named);
    }
    Ok((
        super::batch::distinct(employers),
        super::batch::distinct(technologies),
    ))
}
