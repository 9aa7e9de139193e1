//! Candidates without the contents of their résumés.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::batch::KEYS;
use super::entity::{candidate, resume};
use super::records::storable;
use super::{CandidateRow, Store, StoreError, organizations};
use crate::domain::{CandidateId, OrganizationId, ResumeId};

impl Store {
    /// Returns the candidate that was imported with this external id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn candidate_by_external_id(
        &self,
        organization: OrganizationId,
        external_id: &str,
    ) -> Result<Option<CandidateId>, StoreError> {
        let id: Option<Uuid> = candidate::Entity::find()
            .select_only()
            .column(candidate::Column::Id)
            .filter(candidate::Column::OrganizationId.eq(organization.as_uuid()))
            .filter(candidate::Column::ExternalId.eq(storable(external_id)))
            .into_tuple()
            .one(&self.readers)
            .await?;
        Ok(id.map(CandidateId::from))
    }

    /// Returns the candidates of `ids` that exist.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn candidates(
        &self,
        organization: OrganizationId,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, CandidateRow>, StoreError> {
        let mut candidates = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(KEYS) {
            let rows: Vec<(Uuid, Option<String>, DateTime<Utc>, Uuid)> = candidate::Entity::find()
                .select_only()
                .column(candidate::Column::Id)
                .column(candidate::Column::ExternalId)
                .column(candidate::Column::UpdatedAt)
                .column_as(resume::Column::Id, "current_resume_id")
                .inner_join(resume::Entity)
                .filter(candidate::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(candidate::Column::Id.is_in(ids.iter().map(|id| id.as_uuid())))
                .filter(resume::Column::IsCurrent.eq(true))
                .into_tuple()
                .all(&self.readers)
                .await?;
            for (id, external_id, updated_at, current_resume) in rows {
                let id = CandidateId::from(id);
                let row = CandidateRow {
                    id,
                    external_id,
                    current_resume: ResumeId::from(current_resume),
                    updated_at,
                };
                candidates.insert(id, row);
            }
        }
        Ok(candidates)
    }

    /// Returns at most `limit` candidates behind `after`, oldest identity first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn candidate_ids_page(
        &self,
        organization: OrganizationId,
        after: Option<CandidateId>,
        limit: u32,
    ) -> Result<Vec<CandidateId>, StoreError> {
        let mut select = candidate::Entity::find()
            .select_only()
            .column(candidate::Column::Id)
            .filter(candidate::Column::OrganizationId.eq(organization.as_uuid()));
        if let Some(after) = after {
            select = select.filter(candidate::Column::Id.gt(after.as_uuid()));
        }
        let ids: Vec<Uuid> = select
            .order_by_asc(candidate::Column::Id)
            .limit(u64::from(limit))
            .into_tuple()
            .all(&self.readers)
            .await?;
        Ok(ids.into_iter().map(CandidateId::from).collect())
    }

    /// Returns the number of candidates.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn candidate_count(&self, organization: OrganizationId) -> Result<u64, StoreError> {
        let candidates = candidate::Entity::find()
            .filter(candidate::Column::OrganizationId.eq(organization.as_uuid()));
        Ok(candidates.count(&self.readers).await?)
    }

    /// Returns the sequence of the newest change and the number of candidates at that time.
    ///
    /// # Errors
    /// [`StoreError::UnknownOrganization`], or what the database answers.
    pub async fn extent(&self, organization: OrganizationId) -> Result<(i64, u64), StoreError> {
        let reading = self.begin_read().await?;
        let organization = organization.as_uuid();
        let last = organizations::last_sequence(&reading, organization).await?;
        let candidates =
            candidate::Entity::find().filter(candidate::Column::OrganizationId.eq(organization));
        Ok((last, candidates.count(&reading).await?))
    }
}
