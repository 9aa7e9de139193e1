//! What is agreed with people about their data, and whose time is over.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, SubsecRound as _, Utc};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use super::batch::{KEYS, insert_all};
use super::entity::stored::StoredChangeKind;
use super::entity::{candidate, candidate_privacy, change};
use super::records::storable_option;
use super::{NewAuditEntry, Store, StoreError, audit, organizations};
use crate::domain::{Actor, AuditAction, CandidateId, OrganizationId, Privacy, PrivacyChange};

impl Store {
    /// Changes what is agreed with a person, and returns the change-log entry of it; `None` when the
    /// organization has no such candidate. The index follows: who is suspended is in none.
    ///
    /// # Errors
    /// [`StoreError::UnknownOrganization`], or what the database answers.
    pub async fn set_privacy(
        &self,
        organization: OrganizationId,
        actor: &Actor,
        candidate: CandidateId,
        to: &PrivacyChange,
    ) -> Result<Option<i64>, StoreError> {
        let writing = self.begin_write().await?;
        let transaction = &writing.transaction;
        let id = organization.as_uuid();
        let sequence = organizations::lock(transaction, id).await? + 1;
        let found = candidate::Entity::find_by_id(candidate.as_uuid())
            .filter(candidate::Column::OrganizationId.eq(id));
        if found.one(transaction).await?.is_none() {
            return Ok(None);
        }
        let known = candidate_privacy::Entity::find_by_id(candidate.as_uuid());
        let mut row = known
            .one(transaction)
            .await?
            .unwrap_or(candidate_privacy::Model {
                candidate_id: candidate.as_uuid(),
                organization_id: id,
                suspended_at: None,
                purpose: None,
                consented_on: None,
                retain_until: None,
            });
        let now = Utc::now().trunc_subsecs(6);
        let action = match to {
            PrivacyChange::Suspend => {
                // The first day counts.
                row.suspended_at = row.suspended_at.or(Some(now));
                AuditAction::Suspend
            }
            PrivacyChange::Unsuspend => {
                row.suspended_at = None;
                AuditAction::Unsuspend
            }
            PrivacyChange::Terms {
                purpose,
                consented_on,
                retain_until,
            } => {
                row.purpose = storable_option(purpose.as_ref());
                row.consented_on = *consented_on;
                row.retain_until = *retain_until;
                AuditAction::SetPrivacy
            }
        };
        candidate_privacy::Entity::delete_by_id(candidate.as_uuid())
            .exec(transaction)
            .await?;
        candidate_privacy::Entity::insert(row.into_active_model())
            .exec_without_returning(transaction)
            .await?;
        let entry = change::Model {
            organization_id: id,
            sequence,
            candidate_id: candidate.as_uuid(),
            kind: StoredChangeKind::Upsert,
            changed_at: now,
        };
        insert_all::<change::Entity, _>(transaction, vec![entry]).await?;
        organizations::advance(transaction, id, sequence).await?;
        let entry = NewAuditEntry {
            actor: actor.clone(),
            action,
            candidate: Some(candidate),
            detail: None,
        };
        audit::append(transaction, id, &[entry]).await?;
        writing.commit().await?;
        Ok(Some(sequence))
    }

    /// Returns what is agreed with each candidate with whom anything is.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn privacy(
        &self,
        organization: OrganizationId,
        candidates: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Privacy>, StoreError> {
        let mut found = HashMap::new();
        for candidates in candidates.chunks(KEYS) {
            let ids = candidates.iter().map(|id| id.as_uuid());
            let rows = candidate_privacy::Entity::find()
                .filter(candidate_privacy::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(candidate_privacy::Column::CandidateId.is_in(ids))
                .all(&self.readers)
                .await?;
            found.extend(rows.into_iter().map(|row| {
                let privacy = Privacy {
                    suspended_at: row.suspended_at,
                    purpose: row.purpose,
                    consented_on: row.consented_on,
                    retain_until: row.retain_until,
                };
                (row.candidate_id.into(), privacy)
            }));
        }
        Ok(found)
    }

    /// Returns those of `candidates` whose data must not be used.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn suspended(
        &self,
        organization: OrganizationId,
        candidates: &[CandidateId],
    ) -> Result<HashSet<CandidateId>, StoreError> {
        let privacy = self.privacy(organization, candidates).await?.into_iter();
        let suspended = privacy.filter(|(_, privacy)| privacy.suspended_at.is_some());
        Ok(suspended.map(|(candidate, _)| candidate).collect())
    }

    /// Returns the candidates whose last day is before `today`, oldest identity first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn overdue(
        &self,
        organization: OrganizationId,
        today: NaiveDate,
    ) -> Result<Vec<CandidateId>, StoreError> {
        let ids: Vec<Uuid> = candidate_privacy::Entity::find()
            .select_only()
            .column(candidate_privacy::Column::CandidateId)
            .filter(candidate_privacy::Column::OrganizationId.eq(organization.as_uuid()))
            .filter(candidate_privacy::Column::RetainUntil.lt(today))
            .order_by_asc(candidate_privacy::Column::CandidateId)
            .into_tuple()
            .all(&self.readers)
            .await?;
        Ok(ids.into_iter().map(CandidateId::from).collect())
    }
}
