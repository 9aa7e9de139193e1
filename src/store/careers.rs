//! Whole résumés, many at a time.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait as _, QueryFilter,
    QueryOrder,
};

use super::batch::KEYS;
use super::entity::{
    candidate, certification, education, employment, link, mention, notice, project, resume,
    stated_months,
};
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
        let careers = self
            .careers(organization, &ids, |ids| {
                resume::Column::CandidateId
                    .is_in(ids.iter().copied())
                    .and(resume::Column::IsCurrent.eq(true))
            })
            .await?;
        let careers = careers.into_iter();
        Ok(careers.map(|career| (career.candidate, career)).collect())
    }

    /// Returns the résumés of `ids` that exist, current or older, all as of one moment.
    ///
    /// Nine statements for up to 30,000 résumés.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, [`StoreError::Corrupt`] when
    /// one of the rows cannot be read.
    pub async fn careers_of_resumes(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Career>, StoreError> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.as_uuid()).collect();
        let careers = self
            .careers(organization, &ids, |ids| {
                resume::Column::Id.is_in(ids.iter().copied())
            })
            .await?;
        let careers = careers.into_iter();
        Ok(careers.map(|career| (career.resume_id, career)).collect())
    }

    /// Loads the résumés that meet `condition` of some of `ids`.
    async fn careers(
        &self,
        organization: OrganizationId,
        ids: &[Uuid],
        condition: impl Fn(&[Uuid]) -> Expr,
    ) -> Result<Vec<Career>, StoreError> {
        let mut careers = Vec::with_capacity(ids.len());
        if ids.is_empty() {
            return Ok(careers);
        }
        let transaction = self.begin_read().await?;
        for ids in ids.chunks(KEYS) {
            let rows = resume::Entity::find()
                .find_also_related(candidate::Entity)
                .filter(resume::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(condition(ids))
                .all(&transaction)
                .await?;
            let resumes: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
            let mut lists = lists(&transaction, &resumes).await?;
            for (row, candidate) in rows {
                let candidate = candidate.ok_or(StoreError::Corrupt {
                    table: "resumes",
                    column: "candidate_id",
                })?;
                careers.push(lists.assemble(row, candidate)?);
            }
        }
        transaction.commit().await?;
        Ok(careers)
    }
}

/// Loads the lists of `resumes`, one statement each.
async fn lists(transaction: &DatabaseTransaction, resumes: &[Uuid]) -> Result<Lists, StoreError> {
    if resumes.is_empty() {
        return Ok(Lists::default());
    }
    /// Loads the rows of a table by résumé, in the order of the document.
    macro_rules! by_resume {
        ($table:ident) => {
            by_resume::<$table::Entity>(
                transaction,
                resumes,
                $table::Column::ResumeId,
                $table::Column::Ordinal,
                |row| row.resume_id,
            )
            .await?
        };
    }
    Ok(Lists {
        employments: by_resume!(employment),
        projects: by_resume!(project),
        mentions: by_resume!(mention),
        stated: by_resume!(stated_months),
        certifications: by_resume!(certification),
        education: by_resume!(education),
        links: by_resume!(link),
        notices: by_resume!(notice),
    })
}

async fn by_resume<E: EntityTrait>(
    connection: &impl ConnectionTrait,
    resumes: &[Uuid],
    resume_id: E::Column,
    ordinal: E::Column,
    owner: impl Fn(&E::Model) -> Uuid,
) -> Result<HashMap<Uuid, Vec<E::Model>>, StoreError> {
    let rows = E::find()
        .filter(resume_id.is_in(resumes.iter().copied()))
        .order_by_asc(resume_id)
        .order_by_asc(ordinal)
        .all(connection)
        .await?;
    let mut lists: HashMap<Uuid, Vec<E::Model>> = HashMap::with_capacity(resumes.len());
    for row in rows {
        lists.entry(owner(&row)).or_default().push(row);
    }
    Ok(lists)
}
