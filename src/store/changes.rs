//! What happened to candidates, in the order of commits.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::change;
use super::{Change, Store, StoreError};
use crate::domain::OrganizationId;

impl Store {
    /// Returns at most `limit` changes after `sequence`, in order. A later change of a candidate
    /// supersedes its earlier ones.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn changes_after(
        &self,
        organization: OrganizationId,
        sequence: i64,
        limit: u32,
    ) -> Result<Vec<Change>, StoreError> {
        let rows = change::Entity::find()
            .filter(change::Column::OrganizationId.eq(organization.as_uuid()))
            .filter(change::Column::Sequence.gt(sequence))
            .order_by_asc(change::Column::Sequence)
            .limit(u64::from(limit))
            .all(&self.readers)
            .await?;
        let changes = rows.into_iter().map(|row| Change {
            sequence: row.sequence,
            candidate: row.candidate_id.into(),
            kind: row.kind.into(),
        });
        Ok(changes.collect())
    }

    /// Returns when the first change after `sequence` was made, by the clock of whoever made it; `None`
    /// when there is none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn changed_at_after(
        &self,
        organization: OrganizationId,
        sequence: i64,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let first = change::Entity::find()
            .select_only()
            .column(change::Column::ChangedAt)
            .filter(change::Column::OrganizationId.eq(organization.as_uuid()))
            .filter(change::Column::Sequence.gt(sequence))
            .order_by_asc(change::Column::Sequence)
            .limit(1);
        Ok(first.into_tuple().one(&self.readers).await?)
    }
}
