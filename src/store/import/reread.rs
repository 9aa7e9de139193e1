//! Stores what a newer reader reads of documents that are stored already.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, SubsecRound as _, Utc};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect as _,
};

use super::{Accepted, write_emails, write_readings};
use crate::domain::{OrganizationId, ResumeId};
use crate::store::batch::KEYS;
use crate::store::counts::Counts;
use crate::store::entity::{document, resume};
use crate::store::erase::named_by;
use crate::store::{
    NewResume, Outdated, Store, StoreError, employers, organizations, technologies,
};

impl Store {
    /// Returns up to `limit` documents that a reader older than `parser_version` read, current and
    /// older ones, ordered by id from behind `after`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn outdated(
        &self,
        organization: OrganizationId,
        parser_version: u32,
        after: Option<ResumeId>,
        limit: u64,
    ) -> Result<Vec<Outdated>, StoreError> {
        let mut select = resume::Entity::find()
            .filter(resume::Column::OrganizationId.eq(organization.as_uuid()))
            .filter(resume::Column::ParserVersion.lt(i64::from(parser_version)));
        if let Some(after) = after {
            select = select.filter(resume::Column::Id.gt(after.as_uuid()));
        }
        let rows = select
            .order_by_asc(resume::Column::Id)
            .limit(limit)
            .all(&self.readers)
            .await?;
        let mut originals = HashMap::new();
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        for ids in ids.chunks(KEYS) {
            let found: Vec<(Uuid, Vec<u8>)> = document::Entity::find()
                .select_only()
                .column(document::Column::ResumeId)
                .column(document::Column::Original)
                .filter(document::Column::ResumeId.is_in(ids.iter().copied()))
                .into_tuple()
                .all(&self.readers)
                .await?;
            originals.extend(found);
        }
        let outdated = rows.into_iter().filter_map(|row| {
            Some(Outdated {
                id: ResumeId::from(row.id),
                given_document_date: given_date(&row),
                original: originals.remove(&row.id)?,
                file_name: row.file_name,
            })
        });
        Ok(outdated.collect())
    }

    /// Replaces what was read of stored documents, in one transaction, and returns how many were
    /// replaced: those that are gone, or that a reader as new has read since, are left alone.
    ///
    /// Identities, order and dates of documents and candidates stay; jobs and projects get new ones.
    ///
    /// # Errors
    /// [`StoreError::UnknownOrganization`], or what the database answers.
    pub async fn reread(
        &self,
        organization: OrganizationId,
        readings: &[(ResumeId, NewResume)],
    ) -> Result<usize, StoreError> {
        if readings.is_empty() {
            return Ok(0);
        }
        let writing = self.begin_write().await?;
        let transaction = &writing.transaction;
        let organization = organization.as_uuid();
        let last_sequence = organizations::lock(transaction, organization).await?;
        let accepted = accepted(transaction, organization, last_sequence, readings).await?;
        let Some(last) = accepted.last() else {
            return Ok(0);
        };
        let sequence = last.sequence;
        let resumes: Vec<Uuid> = accepted.iter().map(|accepted| accepted.resume).collect();
        let candidates: HashSet<Uuid> = accepted.iter().map(|read| read.candidate).collect();
        let candidates: Vec<Uuid> = candidates.into_iter().collect();
        let mut counts = Counts::default();
        let is_current = |read: &&Accepted<'_>| read.is_current;
        let current: Vec<Uuid> = accepted
            .iter()
            .filter(is_current)
            .map(|accepted| accepted.resume)
            .collect();
        for current in current.chunks(KEYS) {
            counts.add_resumes(transaction, current, -1).await?;
        }
        let (employers, technologies) = named_by(transaction, &resumes).await?;
        for resumes in resumes.chunks(KEYS) {
            resume::Entity::delete_many()
                .filter(resume::Column::Id.is_in(resumes.iter().copied()))
                .exec(transaction)
                .await?;
        }
        write_emails(transaction, organization, &accepted, &candidates).await?;
        let now = Utc::now().trunc_subsecs(6);
        write_readings(transaction, organization, &accepted, counts, now).await?;
        for employers in employers.chunks(KEYS) {
            employers::forget_unused(transaction, employers).await?;
        }
        for technologies in technologies.chunks(KEYS) {
            technologies::forget_unused(transaction, technologies).await?;
        }
        organizations::advance(transaction, organization, sequence).await?;
        writing.commit().await?;
        Ok(resumes.len())
    }
}

/// Returns the readings of documents that are stored and that an older reader read.
async fn accepted<'read>(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    last_sequence: i64,
    readings: &'read [(ResumeId, NewResume)],
) -> Result<Vec<Accepted<'read>>, StoreError> {
    let mut stored = HashMap::new();
    for readings in readings.chunks(KEYS) {
        let rows = resume::Entity::find()
            .filter(resume::Column::OrganizationId.eq(organization))
            .filter(resume::Column::Id.is_in(readings.iter().map(|(id, _)| id.as_uuid())))
            .all(connection)
            .await?;
        stored.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    let readings = readings.iter().filter_map(|(id, read)| {
        let row = stored.remove(&id.as_uuid())?;
        (row.parser_version < i64::from(read.parser_version)).then_some((row, read))
    });
    Ok(readings
        .zip(last_sequence + 1..)
        .map(|((row, import), sequence)| Accepted {
            import,
            candidate: row.candidate_id,
            resume: row.id,
            received_at: row.received_at,
            received_sequence: row.sequence,
            sequence,
            is_current: row.is_current,
        })
        .collect())
}

/// Returns the date that was given with a document; one that states its own hides what was given.
fn given_date(row: &resume::Model) -> Option<NaiveDate> {
    row.document_date.filter(|_| row.stated_date.is_none())
}
