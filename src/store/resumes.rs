//! Received documents: what is known of them, their text and their bytes.

use std::collections::HashMap;
use std::sync::Arc;

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::batch::KEYS;
use super::entity::{document, employment, project, resume};
use super::records::{read_as_of, read_number};
use super::{ResumeRow, Store, StoreError};
use crate::domain::{
    CandidateId, DocumentFormat, EmploymentId, OrganizationId, ProjectId, ResumeId, Sha256,
};

impl Store {
    /// Returns the documents of `ids` that exist, current or older.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn resumes(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, ResumeRow>, StoreError> {
        let mut resumes = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(KEYS) {
            let rows = resume::Entity::find()
                .filter(resume::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(resume::Column::Id.is_in(ids.iter().map(|id| id.as_uuid())))
                .all(&self.readers)
                .await?;
            for row in rows {
                let row = ResumeRow::try_from(&row)?;
                resumes.insert(row.id, row);
            }
        }
        Ok(resumes)
    }

    /// Returns the bytes of the documents of `ids` that exist, as they were received.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn originals(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Vec<u8>>, StoreError> {
        let mut originals = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(KEYS) {
            let rows: Vec<(Uuid, Vec<u8>)> = document::Entity::find()
                .select_only()
                .column(document::Column::ResumeId)
                .column(document::Column::Original)
                .filter(document::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(document::Column::ResumeId.is_in(ids.iter().map(|id| id.as_uuid())))
                .into_tuple()
                .all(&self.readers)
                .await?;
            originals.extend(rows.into_iter().map(|(id, bytes)| (id.into(), bytes)));
        }
        Ok(originals)
    }

    /// Returns the decoded texts of the documents of `ids` that exist, with blanks for what must not be
    /// collected.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn resume_texts(
        &self,
        organization: OrganizationId,
        ids: &[ResumeId],
    ) -> Result<HashMap<ResumeId, Arc<str>>, StoreError> {
        let mut texts = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(KEYS) {
            let rows: Vec<(Uuid, Vec<u8>)> = document::Entity::find()
                .select_only()
                .column(document::Column::ResumeId)
                .column(document::Column::Text)
                .filter(document::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(document::Column::ResumeId.is_in(ids.iter().map(|id| id.as_uuid())))
                .into_tuple()
                .all(&self.readers)
                .await?;
            for (id, text) in rows {
                let text = String::from_utf8(text).map_err(|_| StoreError::Corrupt {
                    table: "documents",
                    column: "text",
                })?;
                texts.insert(ResumeId::from(id), Arc::from(text));
            }
        }
        Ok(texts)
    }

    /// Returns the bytes of a document as they were received.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn original(
        &self,
        organization: OrganizationId,
        id: ResumeId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(document::Entity::find()
            .select_only()
            .column(document::Column::Original)
            .filter(document::Column::OrganizationId.eq(organization.as_uuid()))
            .filter(document::Column::ResumeId.eq(id.as_uuid()))
            .into_tuple()
            .one(&self.readers)
            .await?)
    }

    /// Returns the documents of each candidate of `ids` that exists, newest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn resume_ids_of(
        &self,
        organization: OrganizationId,
        ids: &[CandidateId],
    ) -> Result<HashMap<CandidateId, Vec<ResumeId>>, StoreError> {
        let mut resumes: HashMap<CandidateId, Vec<ResumeId>> = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(KEYS) {
            let rows: Vec<(Uuid, Uuid)> = resume::Entity::find()
                .select_only()
                .column(resume::Column::CandidateId)
                .column(resume::Column::Id)
                .filter(resume::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(resume::Column::CandidateId.is_in(ids.iter().map(|id| id.as_uuid())))
                .order_by_desc(resume::Column::Sequence)
                .into_tuple()
                .all(&self.readers)
                .await?;
            for (candidate, resume) in rows {
                let of_candidate = resumes.entry(CandidateId::from(candidate)).or_default();
                of_candidate.push(ResumeId::from(resume));
            }
        }
        Ok(resumes)
    }

    /// Returns the document of each employment of `ids` that exists.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn employment_owners(
        &self,
        organization: OrganizationId,
        ids: &[EmploymentId],
    ) -> Result<HashMap<EmploymentId, ResumeId>, StoreError> {
        let mut owners = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(KEYS) {
            let rows: Vec<(Uuid, Uuid)> = employment::Entity::find()
                .select_only()
                .column(employment::Column::Id)
                .column(employment::Column::ResumeId)
                .filter(employment::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(employment::Column::Id.is_in(ids.iter().map(|id| id.as_uuid())))
                .into_tuple()
                .all(&self.readers)
                .await?;
            owners.extend(
                rows.into_iter()
                    .map(|(id, resume)| (EmploymentId::from(id), ResumeId::from(resume))),
            );
        }
        Ok(owners)
    }

    /// Returns the document of each project of `ids` that exists.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn project_owners(
        &self,
        organization: OrganizationId,
        ids: &[ProjectId],
    ) -> Result<HashMap<ProjectId, ResumeId>, StoreError> {
        let mut owners = HashMap::with_capacity(ids.len());
        for ids in ids.chunks(KEYS) {
            let rows: Vec<(Uuid, Uuid)> = project::Entity::find()
                .select_only()
                .column(project::Column::Id)
                .column(project::Column::ResumeId)
                .filter(project::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(project::Column::Id.is_in(ids.iter().map(|id| id.as_uuid())))
                .into_tuple()
                .all(&self.readers)
                .await?;
            owners.extend(
                rows.into_iter()
                    .map(|(id, resume)| (ProjectId::from(id), ResumeId::from(resume))),
            );
        }
        Ok(owners)
    }
}

impl TryFrom<&resume::Model> for ResumeRow {
    type Error = StoreError;

    fn try_from(row: &resume::Model) -> Result<Self, StoreError> {
        const TABLE: &str = "resumes";
        Ok(Self {
            id: row.id.into(),
            candidate: row.candidate_id.into(),
            file_name: row.file_name.clone(),
            // The text is decoded: of a form that a newer program reads, it is text all the same.
            format: row.format.known().unwrap_or(DocumentFormat::PlainText),
            document_date: row.document_date,
            as_of: read_as_of(&row.as_of)?,
            received_at: row.received_at,
            sha256: row.sha256.as_slice().try_into().map(Sha256).map_err(|_| {
                StoreError::Corrupt {
                    table: TABLE,
                    column: "sha256",
                }
            })?,
            parser_version: read_number(row.parser_version, TABLE, "parser_version")?,
        })
    }
}

/// Returns the ids of the documents that meet `condition`.
pub(super) async fn ids_where(
    connection: &impl ConnectionTrait,
    condition: Expr,
) -> Result<Vec<Uuid>, StoreError> {
    Ok(resume::Entity::find()
        .select_only()
        .column(resume::Column::Id)
        .filter(condition)
        .into_tuple()
        .all(connection)
        .await?)
}
