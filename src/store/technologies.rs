//! Technologies, over all documents of an organization.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::batch::KEYS;
use super::entity::{resume_technology, technology};
use super::records::stored_key;
use super::{Store, StoreError, TechnologyCursor, TechnologyRow};
use crate::domain::OrganizationId;

impl Store {
    /// Returns at most `limit` technologies behind `after` that current résumés name: those of most
    /// candidates first, then by name, then by key (code points). `keys` leaves only
    /// these, the first 30,000 of them.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn technologies_page(
        &self,
        organization: OrganizationId,
        keys: Option<&[String]>,
        after: Option<&TechnologyCursor>,
        limit: u32,
    ) -> Result<Vec<TechnologyRow>, StoreError> {
        let mut select = technology::Entity::find()
            .filter(technology::Column::OrganizationId.eq(organization.as_uuid()))
            .filter(technology::Column::NamingCount.gt(0));
        if let Some(keys) = keys {
            let keys = keys.iter().take(KEYS).map(|key| stored_key(key));
            select = select.filter(technology::Column::Key.is_in(keys));
        }
        if let Some(after) = after {
            select = select.filter(behind(after));
        }
        let rows = select
            .order_by_desc(technology::Column::CandidateCount)
            .order_by_asc(technology::Column::Name)
            .order_by_asc(technology::Column::Key)
            .limit(u64::from(limit))
            .all(&self.readers)
            .await?;
        rows.into_iter().map(TechnologyRow::try_from).collect()
    }

    /// Returns those of `keys` that current résumés name, by key.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn technology_counts(
        &self,
        organization: OrganizationId,
        keys: &[String],
    ) -> Result<HashMap<String, TechnologyRow>, StoreError> {
        let mut technologies = HashMap::with_capacity(keys.len());
        for keys in keys.chunks(KEYS) {
            let rows = technology::Entity::find()
                .filter(technology::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(technology::Column::Key.is_in(keys.iter().map(|key| stored_key(key))))
                .filter(technology::Column::NamingCount.gt(0))
                .all(&self.readers)
                .await?;
            for row in rows {
                technologies.insert(row.key.clone(), TechnologyRow::try_from(row)?);
            }
        }
        Ok(technologies)
    }
}

impl TryFrom<technology::Model> for TechnologyRow {
    type Error = StoreError;

    fn try_from(row: technology::Model) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.key,
            name: row.name,
            is_listed: row.is_listed,
            candidate_count: u64::try_from(row.candidate_count).map_err(|_| {
                StoreError::Corrupt {
                    table: "technologies",
                    column: "candidate_count",
                }
            })?,
        })
    }
}

fn behind(cursor: &TechnologyCursor) -> Condition {
    let count = i64::try_from(cursor.candidate_count).unwrap_or(i64::MAX);
    let same_count = technology::Column::CandidateCount.eq(count);
    let same_name = technology::Column::Name.eq(&cursor.name);
    let later_key = technology::Column::Key.gt(&cursor.key);
    Condition::any()
        .add(technology::Column::CandidateCount.lt(count))
        .add(
            same_count
                .clone()
                .and(technology::Column::Name.gt(&cursor.name)),
        )
        .add(same_count.and(same_name).and(later_key))
}

/// Deletes those of `ids` that no document names any more. At most [`KEYS`] of them.
pub(super) async fn forget_unused(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<(), StoreError> {
    let used = Query::select()
        .expr(Expr::value(1))
        .from(resume_technology::Entity)
        .and_where(
            Expr::col((
                resume_technology::Entity,
                resume_technology::Column::TechnologyId,
            ))
            .equals((technology::Entity, technology::Column::Id)),
        )
        .to_owned();
    technology::Entity::delete_many()
        .filter(technology::Column::Id.is_in(ids.iter().copied()))
        .filter(Expr::exists(used).not())
        .exec(connection)
        .await?;
    Ok(())
}
