//! Lists of many résumés, each kind on its own: what a page shows is loaded and nothing else.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::batch::{KEYS, distinct};
use super::entity::{
    certification, education, employment, link, mention, notice, project, resume, stated_months,
};
use super::records::{
    all, read_as_of, read_certification, read_education, read_mention, read_notice, read_stated,
    read_stints,
};
use super::{Namings, Store, StoreError, StoredStints};
use crate::domain::{Certification, Education, Notice, OrganizationId, ResumeId};

/// A table whose rows belong to a résumé and stand in the order of its document.
pub(super) trait ListTable: EntityTrait {
    const ORGANIZATION_ID: Self::Column;
    const RESUME_ID: Self::Column;
    const ORDINAL: Self::Column;

    /// Returns the résumé of a row.
    fn resume_of(row: &Self::Model) -> Uuid;
}

macro_rules! list_tables {
    ($($table:ident),+ $(,)?) => {
        $(impl ListTable for $table::Entity {
            const ORGANIZATION_ID: Self::Column = $table::Column::OrganizationId;
            const RESUME_ID: Self::Column = $table::Column::ResumeId;
            const ORDINAL: Self::Column = $table::Column::Ordinal;

            fn resume_of(row: &Self::Model) -> Uuid {
                row.resume_id
            }
        })+
    };
}

list_tables! {
    employment,
    project,
    mention,
    stated_months,
    certification,
    education,
    link,
    notice,
}

/// Loads the rows of a table by résumé, in the order of the document: one statement for at most
/// [`KEYS`] résumés.
pub(super) async fn rows_by_resume<T: ListTable>(
    connection: &impl ConnectionTrait,
    organization: OrganizationId,
    resumes: &[Uuid],
) -> Result<HashMap<Uuid, Vec<T::Model>>, StoreError> {
    let mut lists: HashMap<Uuid, Vec<T::Model>> = HashMap::with_capacity(resumes.len());
    if resumes.is_empty() {
        return Ok(lists);
    }
    let rows = T::find()
        .filter(T::ORGANIZATION_ID.eq(organization.as_uuid()))
        .filter(T::RESUME_ID.is_in(resumes.iter().copied()))
        .order_by_asc(T::RESUME_ID)
        .order_by_asc(T::ORDINAL)
        .all(connection)
        .await?;
    for row in rows {
        lists.entry(T::resume_of(&row)).or_default().push(row);
    }
    Ok(lists)
}

impl Store {
    /// Returns the jobs and projects of each document of `ids` that exists.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, [`StoreError::Corrupt`] when
    /// one of the rows cannot be read.
    pub async fn stints(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, StoredStints>, StoreError> {
        let mut found = HashMap::with_capacity(ids.len());
        if ids.is_empty() {
            return Ok(found);
        }
        let ids: Vec<Uuid> = distinct(ids.iter().map(|id| id.as_uuid()));
        let transaction = self.begin_read().await?;
        for ids in ids.chunks(KEYS) {
            let rows: Vec<(Uuid, String)> = resume::Entity::find()
                .select_only()
                .column(resume::Column::Id)
                .column(resume::Column::AsOf)
                .filter(resume::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(resume::Column::Id.is_in(ids.iter().copied()))
                .into_tuple()
                .all(&transaction)
                .await?;
            let mut employments =
                rows_by_resume::<employment::Entity>(&transaction, organization, ids).await?;
            let mut projects =
                rows_by_resume::<project::Entity>(&transaction, organization, ids).await?;
            for (id, as_of) in rows {
                let employments = employments.remove(&id).unwrap_or_default();
                let projects = projects.remove(&id).unwrap_or_default();
                let (id, as_of) = (ResumeId::from(id), read_as_of(&as_of)?);
                found.insert(id, read_stints(id, as_of, employments, projects)?);
            }
        }
        transaction.commit().await?;
        Ok(found)
    }

    /// Returns the technologies that each document of `ids` names; none of one that does not exist.
    ///
    /// # Errors
    /// Those of [`Store::stints`].
    pub async fn namings(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Namings>, StoreError> {
        let mut found = HashMap::with_capacity(ids.len());
        if ids.is_empty() {
            return Ok(found);
        }
        let ids: Vec<Uuid> = distinct(ids.iter().map(|id| id.as_uuid()));
        let transaction = self.begin_read().await?;
        for ids in ids.chunks(KEYS) {
            let mut mentions =
                rows_by_resume::<mention::Entity>(&transaction, organization, ids).await?;
            let mut stated =
                rows_by_resume::<stated_months::Entity>(&transaction, organization, ids).await?;
            for id in ids {
                let mentions = mentions.remove(id).unwrap_or_default();
                let stated = stated.remove(id).unwrap_or_default();
                let namings = Namings {
                    // How many stints there are is not asked for: whoever looks one up may find none.
                    mentions: all(mentions, |row| read_mention(row, (usize::MAX, usize::MAX)))?,
                    stated: all(stated, read_stated)?,
                };
                found.insert(ResumeId::from(*id), namings);
            }
        }
        transaction.commit().await?;
        Ok(found)
    }

    /// Returns the certificates of each document of `ids`, in its order.
    ///
    /// # Errors
    /// Those of [`Store::stints`].
    pub async fn certifications(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Vec<Certification>>, StoreError> {
        self.list::<certification::Entity, _>(organization, ids, read_certification)
            .await
    }

    /// Returns the schools of each document of `ids`, in its order.
    ///
    /// # Errors
    /// Those of [`Store::stints`].
    pub async fn education(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Vec<Education>>, StoreError> {
        self.list::<education::Entity, _>(organization, ids, read_education)
            .await
    }

    /// Returns what was not understood of each document of `ids`, in the reader's order.
    ///
    /// # Errors
    /// Those of [`Store::stints`].
    pub async fn notices(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Vec<Notice>>, StoreError> {
        self.list::<notice::Entity, _>(organization, ids, read_notice)
            .await
    }

    async fn list<T: ListTable, V>(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
        read: impl Fn(T::Model) -> Result<V, StoreError>,
    ) -> Result<HashMap<ResumeId, Vec<V>>, StoreError> {
        let ids: Vec<Uuid> = distinct(ids.iter().map(|id| id.as_uuid()));
        let mut lists = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(KEYS) {
            let mut rows = rows_by_resume::<T>(&self.readers, organization, ids).await?;
            for id in ids {
                let rows = rows.remove(id).unwrap_or_default();
                lists.insert(ResumeId::from(*id), all(rows, &read)?);
            }
        }
        Ok(lists)
    }
}
