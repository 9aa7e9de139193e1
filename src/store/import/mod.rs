//! Stores documents: rows, counts and change-log entries in one transaction.

mod names;
mod reread;
mod resolve;
mod rows;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, SubsecRound as _, Utc};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter};

use super::batch::{KEYS, insert_all};
use super::counts::Counts;
use super::entity::stored::StoredChangeKind;
use super::entity::{candidate, candidate_email, change, resume};
use super::{Imported, NewAuditEntry, NewResume, Store, StoreError, audit, organizations};
use crate::domain::{Actor, AuditAction, OrganizationId};
use names::Names;
use resolve::Decision;
use rows::Rows;

/// What was read of a document and is not stored yet, and the identities that it got.
struct Accepted<'import> {
    import: &'import NewResume,
    candidate: Uuid,
    resume: Uuid,
    /// When the document came, in time and in the order of changes.
    received_at: DateTime<Utc>,
    received_sequence: i64,
    /// The change that this reading is.
    sequence: i64,
    /// Whether no later document of the candidate replaces it.
    is_current: bool,
}

impl Store {
    /// Stores documents in one transaction: all or, on an error, none. What comes back has the order
    /// of `imports`, and so do the change-log entries.
    ///
    /// A document whose bytes the candidate already has is not stored again. It belongs to the
    /// candidate of the same external id; without one, to the candidate that has the same bytes, else
    /// one of its mail addresses in any case of letters; else it makes a new candidate. The document
    /// stored last is the candidate's current one.
    ///
    /// External ids are looked up as they are; the caller keeps them below 1,000 bytes.
    ///
    /// # Errors
    /// [`StoreError::UnknownOrganization`], or what the database answers.
    pub async fn import(
        &self,
        organization: OrganizationId,
        actor: &Actor,
        imports: &[NewResume],
    ) -> Result<Vec<Imported>, StoreError> {
        if imports.is_empty() {
            return Ok(Vec::new());
        }
        let writing = self.begin_write().await?;
        let transaction = &writing.transaction;
        let organization = organization.as_uuid();
        let last_sequence = organizations::lock(transaction, organization).await?;
        let decisions = resolve::decide(transaction, organization, last_sequence, imports).await?;
        let now = Utc::now().trunc_subsecs(6);
        let accepted = accepted(imports, &decisions, now);
        if !accepted.is_empty() {
            let counts = retire_current(transaction, &accepted).await?;
            write_candidates(transaction, organization, &accepted, &decisions, now).await?;
            write_readings(transaction, organization, &accepted, counts, now).await?;
            let written = i64::try_from(accepted.len()).expect("a list in memory is shorter");
            organizations::advance(transaction, organization, last_sequence + written).await?;
            let entries: Vec<NewAuditEntry> = accepted
                .iter()
                .map(|accepted| NewAuditEntry {
                    actor: actor.clone(),
                    action: AuditAction::Import,
                    candidate: Some(accepted.candidate.into()),
                    detail: None,
                })
                .collect();
            audit::append(transaction, organization, &entries).await?;
        }
        writing.commit().await?;
        Ok(decisions.into_iter().map(Imported::from).collect())
    }
}

/// Returns the documents to store, in their order.
fn accepted<'import>(
    imports: &'import [NewResume],
    decisions: &[Decision],
    now: DateTime<Utc>,
) -> Vec<Accepted<'import>> {
    let mut replaced = HashSet::new();
    let mut accepted: Vec<_> = imports
        .iter()
        .zip(decisions)
        .rev()
        .filter(|(_, decision)| !decision.is_unchanged)
        .map(|(import, decision)| Accepted {
            import,
            candidate: decision.candidate,
            resume: decision.resume,
            received_at: now,
            received_sequence: decision.sequence,
            sequence: decision.sequence,
            is_current: replaced.insert(decision.candidate),
        })
        .collect();
    accepted.reverse();
    accepted
}

/// Writes all rows of the accepted documents of stored candidates, parents before children, the
/// counts, to which `counts` are added, and the change-log entries.
async fn write_readings(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    accepted: &[Accepted<'_>],
    mut counts: Counts,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let names = Names::store(connection, organization, accepted).await?;
    let mut rows = Rows::default();
    for accepted in accepted {
        let resume_rows = rows.add(organization, accepted, &names);
        if accepted.is_current {
            counts.add(&resume_rows.employers, &resume_rows.technologies, 1);
        }
    }
    rows.insert(connection).await?;
    rows::insert_documents(connection, organization, accepted).await?;
    counts.apply(connection).await?;
    let changes = accepted.iter().map(|accepted| change::Model {
        organization_id: organization,
        sequence: accepted.sequence,
        candidate_id: accepted.candidate,
        kind: StoredChangeKind::Upsert,
        changed_at: now,
    });
    insert_all::<change::Entity, _>(connection, changes.collect()).await
}

/// Makes the current documents of the candidates older ones, and returns what they no longer count.
async fn retire_current(
    connection: &impl ConnectionTrait,
    accepted: &[Accepted<'_>],
) -> Result<Counts, StoreError> {
    let candidates = super::batch::distinct(accepted.iter().map(|accepted| accepted.candidate));
    let mut counts = Counts::default();
    for candidates in candidates.chunks(KEYS) {
        let is_current = resume::Column::CandidateId
            .is_in(candidates.iter().copied())
            .and(resume::Column::IsCurrent.eq(true));
        let retired = super::resumes::ids_where(connection, is_current.clone()).await?;
        if retired.is_empty() {
            continue;
        }
        counts.add_resumes(connection, &retired, -1).await?;
        resume::Entity::update_many()
            .col_expr(resume::Column::IsCurrent, Expr::value(false))
            .filter(is_current)
            .exec(connection)
            .await?;
    }
    Ok(counts)
}

/// Inserts new candidates, dates known ones, and remembers the addresses of both.
async fn write_candidates(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    accepted: &[Accepted<'_>],
    decisions: &[Decision],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let new: HashMap<Uuid, Option<&str>> = decisions
        .iter()
        .filter(|decision| decision.is_new_candidate)
        .map(|decision| (decision.candidate, decision.external_id.as_deref()))
        .collect();
    let mut inserted: Vec<_> = new
        .iter()
        .map(|(&id, external_id)| candidate::Model {
            id,
            organization_id: organization,
            external_id: external_id.map(str::to_owned),
            updated_at: now,
        })
        .collect();
    inserted.sort_unstable_by_key(|row| row.id);
    insert_all::<candidate::Entity, _>(connection, inserted).await?;

    let known: HashSet<Uuid> = accepted
        .iter()
        .map(|accepted| accepted.candidate)
        .filter(|candidate| !new.contains_key(candidate))
        .collect();
    let known = super::batch::distinct(known);
    for known in known.chunks(KEYS) {
        candidate::Entity::update_many()
            .col_expr(candidate::Column::UpdatedAt, Expr::value(now))
            .filter(candidate::Column::Id.is_in(known.iter().copied()))
            .exec(connection)
            .await?;
    }
    write_emails(connection, organization, accepted, &known).await
}

async fn write_emails(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    accepted: &[Accepted<'_>],
    known: &[Uuid],
) -> Result<(), StoreError> {
    let mut stored = HashSet::new();
    for known in known.chunks(KEYS) {
        let rows = candidate_email::Entity::find()
            .filter(candidate_email::Column::CandidateId.is_in(known.iter().copied()))
            .all(connection)
            .await?;
        stored.extend(rows.into_iter().map(|row| (row.candidate_id, row.email)));
    }
    let mut emails = Vec::new();
    for accepted in accepted {
        for email in resolve::email_keys(accepted.import) {
            if stored.insert((accepted.candidate, email.clone())) {
                emails.push(candidate_email::Model {
                    organization_id: organization,
                    candidate_id: accepted.candidate,
                    email,
                });
            }
        }
    }
    insert_all::<candidate_email::Entity, _>(connection, emails).await
}
