//! The owners of candidates, and the turn-taking of their writers.

use chrono::{DateTime, Utc};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::organization;
use super::records::storable;
use super::{Store, StoreError, notifications};
use crate::domain::OrganizationId;

/// An owner of candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationRow {
    /// The organization.
    pub id: OrganizationId,
    /// Its name; no other has it.
    pub name: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl From<organization::Model> for OrganizationRow {
    fn from(row: organization::Model) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            created_at: row.created_at,
        }
    }
}

impl Store {
    /// Makes the organization if it is missing; an existing one keeps its name. Processes that start at once
    /// take turns: PostgreSQL refuses the name that another is just giving, although the id is theirs, too.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn ensure_organization(
        &self,
        id: OrganizationId,
        name: &str,
    ) -> Result<(), StoreError> {
        let writing = self.begin_migration().await?;
        let row = organization::Model {
            id: id.as_uuid(),
            name: storable(name),
            last_sequence: 0,
            created_at: Utc::now(),
        };
        organization::Entity::insert_many([row.into_active_model()])
            .on_conflict_do_nothing()
            .exec_without_returning(&writing.transaction)
            .await?;
        writing.commit().await
    }

    /// Makes an organization.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is one of this name, or what the database answers.
    pub async fn create_organization(&self, name: &str) -> Result<OrganizationRow, StoreError> {
        let writing = self.begin_write().await?;
        let row = organization::Model {
            id: OrganizationId::new().as_uuid(),
            name: storable(name),
            last_sequence: 0,
            created_at: Utc::now(),
        };
        organization::Entity::insert(row.clone().into_active_model())
            .exec_without_returning(&writing.transaction)
            .await?;
        writing.commit().await?;
        Ok(row.into())
    }

    /// Returns the organization of this name.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn organization_named(
        &self,
        name: &str,
    ) -> Result<Option<OrganizationRow>, StoreError> {
        let found = organization::Entity::find()
            .filter(organization::Column::Name.eq(storable(name)))
            .one(&self.readers)
            .await?;
        Ok(found.map(OrganizationRow::from))
    }

    /// Returns all organizations with their names, oldest identity first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn organization_rows(&self) -> Result<Vec<OrganizationRow>, StoreError> {
        let rows = organization::Entity::find()
            .order_by_asc(organization::Column::Id)
            .all(&self.readers)
            .await?;
        Ok(rows.into_iter().map(OrganizationRow::from).collect())
    }

    /// Returns all organizations, oldest identity first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn organizations(&self) -> Result<Vec<OrganizationId>, StoreError> {
        let ids: Vec<Uuid> = organization::Entity::find()
            .select_only()
            .column(organization::Column::Id)
            .order_by_asc(organization::Column::Id)
            .into_tuple()
            .all(&self.readers)
            .await?;
        Ok(ids.into_iter().map(OrganizationId::from).collect())
    }

    /// Returns the sequence of the newest change, 0 before the first.
    ///
    /// # Errors
    /// [`StoreError::UnknownOrganization`], or what the database answers.
    pub async fn last_sequence(&self, organization: OrganizationId) -> Result<i64, StoreError> {
        last_sequence(&self.readers, organization.as_uuid()).await
    }
}

/// Makes every other writer of the organization wait until this transaction ends, and returns the
/// newest sequence. The first statement of a transaction: what is read before it may be stale.
pub(super) async fn lock(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<i64, StoreError> {
    let unchanged = Expr::col(organization::Column::LastSequence);
    organization::Entity::update_many()
        .col_expr(organization::Column::LastSequence, unchanged)
        .filter(organization::Column::Id.eq(organization))
        .exec(connection)
        .await?;
    last_sequence(connection, organization).await
}

/// Records the newest sequence, and tells other processes of it with the commit.
pub(super) async fn advance(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    sequence: i64,
) -> Result<(), StoreError> {
    organization::Entity::update_many()
        .col_expr(organization::Column::LastSequence, Expr::value(sequence))
        .filter(organization::Column::Id.eq(organization))
        .exec(connection)
        .await?;
    notifications::notify(connection, organization).await
}

/// Returns the sequence of the newest change.
pub(super) async fn last_sequence(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<i64, StoreError> {
    organization::Entity::find()
        .select_only()
        .column(organization::Column::LastSequence)
        .filter(organization::Column::Id.eq(organization))
        .into_tuple()
        .one(connection)
        .await?
        .ok_or(StoreError::UnknownOrganization)
}
