//! People by one of their résumés, many at a time, without what its lists hold.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait as _, QueryFilter};

use super::batch::KEYS;
use super::entity::{candidate, link, resume};
use super::lists::rows_by_resume;
use super::records::read_profile;
use super::{Profile, Store, StoreError};
use crate::domain::{CandidateId, OrganizationId, ResumeId};

/// Which résumés are meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Chosen {
    /// The current ones of candidates.
    CurrentOf,
    /// Those of these ids, current or older.
    Of,
}

impl Chosen {
    fn condition(self, ids: &[Uuid]) -> Expr {
        let ids = ids.iter().copied();
        match self {
            Self::CurrentOf => resume::Column::CandidateId
                .is_in(ids)
                .and(resume::Column::IsCurrent.eq(true)),
            Self::Of => resume::Column::Id.is_in(ids),
        }
    }
}

/// Loads the rows of résumés with those of their candidates: one statement for at most [`KEYS`] ids.
pub(super) async fn resume_rows(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    chosen: Chosen,
    ids: &[Uuid],
) -> Result<Vec<(resume::Model, candidate::Model)>, StoreError> {
    let rows = resume::Entity::find()
        .find_also_related(candidate::Entity)
        .filter(resume::Column::OrganizationId.eq(organization.as_uuid()))
        .filter(chosen.condition(ids))
        .all(transaction)
        .await?;
    let whole = rows.into_iter().map(|(row, candidate)| {
        let candidate = candidate.ok_or(StoreError::Corrupt {
            table: "resumes",
            column: "candidate_id",
        })?;
        Ok((row, candidate))
    });
    whole.collect()
}

impl Store {
    /// Returns each candidate of `ids` that exists by the current résumé, all as of one moment.
    ///
    /// Two statements for up to 30,000 candidates.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, [`StoreError::Corrupt`] when
    /// one of the rows cannot be read.
    pub async fn current_profiles(
        &self,
        organization: OrganizationId,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Profile>, StoreError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.as_uuid()).collect();
        let profiles = self.profiles(organization, Chosen::CurrentOf, &ids).await?;
        let profiles = profiles.into_iter();
        Ok(profiles
            .map(|profile| (profile.row.candidate, profile))
            .collect())
    }

    /// Returns people by the résumés of `ids` that exist, current or older, all as of one moment.
    ///
    /// Two statements for up to 30,000 résumés.
    ///
    /// # Errors
    /// Those of [`Store::current_profiles`].
    pub async fn profiles_of_resumes(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Profile>, StoreError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.as_uuid()).collect();
        let profiles = self.profiles(organization, Chosen::Of, &ids).await?;
        let profiles = profiles.into_iter();
        Ok(profiles.map(|profile| (profile.row.id, profile)).collect())
    }

    async fn profiles(
        &self,
        organization: OrganizationId,
        chosen: Chosen,
        ids: &[Uuid],
    ) -> Result<Vec<Profile>, StoreError> {
        let mut profiles = Vec::with_capacity(ids.len());
        if ids.is_empty() {
            return Ok(profiles);
        }
        let transaction = self.begin_read().await?;
        for ids in ids.chunks(KEYS) {
            let rows = resume_rows(&transaction, organization, chosen, ids).await?;
            let resumes: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
            let mut links =
                rows_by_resume::<link::Entity>(&transaction, organization, &resumes).await?;
            for (row, candidate) in rows {
                let links = links.remove(&row.id).unwrap_or_default();
                profiles.push(read_profile(row, candidate, links)?);
            }
        }
        transaction.commit().await?;
        Ok(profiles)
    }
}
