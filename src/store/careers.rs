//! Whole résumés, many at a time.

use std::collections::HashMap;

use sea_orm::DatabaseTransaction;
use sea_orm::prelude::Uuid;

use super::batch::KEYS;
use super::entity::{
    certification, education, employment, link, mention, notice, project, stated_months,
};
use super::lists::rows_by_resume;
use super::profiles::{Chosen, resume_rows};
use super::records::Lists;
use super::{Career, Store, StoreError};
use crate::domain::{CandidateId, OrganizationId, ResumeId};

impl Store {
    /// Returns the current résumé of each candidate of `ids` that exists, all as of one moment.
    ///
    /// Nine statements for up to 30,000 candidates.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, [`StoreError::Corrupt`] when
    /// one of the rows cannot be read.
    pub async fn current_careers(
        &self,
        organization: OrganizationId,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Career>, StoreError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.as_uuid()).collect();
        let careers = self.careers(organization, Chosen::CurrentOf, &ids).await?;
        let careers = careers.into_iter();
        Ok(careers.map(|career| (career.candidate, career)).collect())
    }

    /// Returns the résumés of `ids` that exist, current or older, all as of one moment.
    ///
    /// Nine statements for up to 30,000 résumés.
    ///
    /// # Errors
    /// Those of [`Store::current_careers`].
    pub async fn careers_of_resumes(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Career>, StoreError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.as_uuid()).collect();
        let careers = self.careers(organization, Chosen::Of, &ids).await?;
        let careers = careers.into_iter();
        Ok(careers.map(|career| (career.resume_id, career)).collect())
    }

    async fn careers(
        &self,
        organization: OrganizationId,
        chosen: Chosen,
        ids: &[Uuid],
    ) -> Result<Vec<Career>, StoreError> {
        let mut careers = Vec::with_capacity(ids.len());
        if ids.is_empty() {
            return Ok(careers);
        }
        let transaction = self.begin_read().await?;
        for ids in ids.chunks(KEYS) {
            let rows = resume_rows(&transaction, organization, chosen, ids).await?;
            let resumes: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
            let mut lists = lists(&transaction, organization, &resumes).await?;
            for (row, candidate) in rows {
                careers.push(lists.assemble(row, candidate)?);
            }
        }
        transaction.commit().await?;
        Ok(careers)
    }
}

/// Loads the lists of `resumes`, one statement each.
async fn lists(
    transaction: &DatabaseTransaction,
    organization: OrganizationId,
    resumes: &[Uuid],
) -> Result<Lists, StoreError> {
    Ok(Lists {
        employments: rows_by_resume::<employment::Entity>(transaction, organization, resumes)
            .await?,
        projects: rows_by_resume::<project::Entity>(transaction, organization, resumes).await?,
        mentions: rows_by_resume::<mention::Entity>(transaction, organization, resumes).await?,
        stated: rows_by_resume::<stated_months::Entity>(transaction, organization, resumes).await?,
        certifications: rows_by_resume::<certification::Entity>(transaction, organization, resumes)
            .await?,
        education: rows_by_resume::<education::Entity>(transaction, organization, resumes).await?,
        links: rows_by_resume::<link::Entity>(transaction, organization, resumes).await?,
        notices: rows_by_resume::<notice::Entity>(transaction, organization, resumes).await?,
    })
}
