//! How far the servers are that share a PostgreSQL: each tells, and reads what the others told.
//!
//! All times are the database's, so that the clocks of the servers do not matter.

use std::time::Duration;

use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use super::{Store, StoreError};
use crate::domain::OrganizationId;

/// Identifies a run of a server: a new one with each start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ServerId(Uuid);

impl ServerId {
    /// Returns an identity that no other run has.
    pub fn fresh() -> Self {
        Self(Uuid::now_v7())
    }
}

impl std::fmt::Display for ServerId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.simple().fmt(formatter)
    }
}

/// What a server last told of its index of an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follower {
    /// The server.
    pub server: ServerId,
    /// The last change that its searches see.
    pub applied_sequence: i64,
    /// How long ago it told so.
    pub told_ago: Duration,
}

/// Whoever told nothing for so long is gone.
const EXPIRY: &str = "now() - interval '30 seconds'";

impl Store {
    /// Tells how far the indexes of `server` are. Only where
    /// [`has_notifications`](Self::has_notifications).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn tell_followed(
        &self,
        server: ServerId,
        applied: &[(OrganizationId, i64)],
    ) -> Result<(), StoreError> {
        let writing = self.begin_write().await?;
        for &(organization, sequence) in applied {
            // An organization that is gone has nobody to be told of.
            let told = postgres(
                "INSERT INTO index_followers (organization_id, server_id, applied_sequence, seen_at) \
                 SELECT id, $2, $3, now() FROM organizations WHERE id = $1 \
                 ON CONFLICT (organization_id, server_id) DO UPDATE \
                 SET applied_sequence = excluded.applied_sequence, seen_at = excluded.seen_at",
                [
                    organization.as_uuid().into(),
                    server.0.into(),
                    sequence.into(),
                ],
            );
            writing.transaction.execute_raw(told).await?;
        }
        let expired = format!("DELETE FROM index_followers WHERE seen_at < {EXPIRY}");
        writing
            .transaction
            .execute_raw(postgres(&expired, []))
            .await?;
        writing.commit().await
    }

    /// Forgets what `server` told. Only where [`has_notifications`](Self::has_notifications).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn forget_follower(&self, server: ServerId) -> Result<(), StoreError> {
        let forgotten = postgres(
            "DELETE FROM index_followers WHERE server_id = $1",
            [server.0.into()],
        );
        self.readers.execute_raw(forgotten).await?;
        Ok(())
    }

    /// Returns the servers that told of the organization lately, those that started first first. Empty
    /// unless [`has_notifications`](Self::has_notifications).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn followers(
        &self,
        organization: OrganizationId,
    ) -> Result<Vec<Follower>, StoreError> {
        if !self.has_notifications() {
            return Ok(Vec::new());
        }
        let lately = format!(
            "SELECT server_id, applied_sequence, \
             CAST(EXTRACT(EPOCH FROM now() - seen_at) AS double precision) AS told_ago \
             FROM index_followers WHERE organization_id = $1 AND seen_at >= {EXPIRY} \
             ORDER BY server_id"
        );
        let lately = postgres(&lately, [organization.as_uuid().into()]);
        let rows = self.readers.query_all_raw(lately).await?;
        let followers = rows.iter().map(|row| {
            let told_ago: f64 = row.try_get("", "told_ago")?;
            Ok(Follower {
                server: ServerId(row.try_get("", "server_id")?),
                applied_sequence: row.try_get("", "applied_sequence")?,
                told_ago: Duration::from_secs_f64(told_ago.max(0.0)),
            })
        });
        followers.collect()
    }
}

fn postgres<const N: usize>(sql: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}
