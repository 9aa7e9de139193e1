//! How one process hears of the commits of others: PostgreSQL's `LISTEN` and `NOTIFY`.
//!
//! A notification is a hint: it is delivered with the commit that it tells of, or lost with the
//! connection. What is missed is found by looking at the change log.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::prelude::Uuid;
use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, RuntimeErr, Statement, sqlx};

use super::{Store, StoreError};
use crate::domain::OrganizationId;

/// Carries ids of organizations.
const CHANNEL: &str = "shokureki_changes";

/// How long the connection that listens may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Hears of changes that any process commits.
pub struct ChangeListener {
    listener: PgListener,
}

impl ChangeListener {
    /// Waits for the next commit that changes candidates, and returns whose they are.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the connection is lost: what is committed from then on until
    /// another listener is there is not heard of.
    pub async fn next(&mut self) -> Result<OrganizationId, StoreError> {
        loop {
            let heard = self.listener.try_recv().await.map_err(unavailable)?;
            let Some(heard) = heard else {
                return Err(unavailable(sqlx::Error::PoolClosed));
            };
            // Whoever may write to the channel may write anything.
            if let Ok(organization) = heard.payload().parse::<Uuid>() {
                return Ok(OrganizationId::from(organization));
            }
        }
    }
}

impl Store {
    /// Whether processes that share the database hear of each other's changes; without, they look.
    pub fn has_notifications(&self) -> bool {
        self.readers.get_database_backend() == DbBackend::Postgres
    }

    /// Listens to changes from now on, on a connection beside the pool. Only where
    /// [`has_notifications`](Self::has_notifications).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn listen(&self) -> Result<ChangeListener, StoreError> {
        let pool = self.readers.get_postgres_connection_pool();
        // A pool of its own: one that is busy with requests must not keep the listener waiting.
        let options = pool.connect_options().as_ref().clone();
        let own = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .acquire_timeout(CONNECT_TIMEOUT)
            .connect_lazy_with(options);
        let mut listener = PgListener::connect_with(&own).await.map_err(unavailable)?;
        // A lost connection is told first, so that what was missed is looked for.
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await.map_err(unavailable)?;
        Ok(ChangeListener { listener })
    }
}

/// Tells every listener of the organization's changes once the transaction commits.
pub(super) async fn notify(
    connection: &impl ConnectionTrait,
    organization: Uuid,
) -> Result<(), StoreError> {
    if connection.get_database_backend() == DbBackend::Postgres {
        let notify = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_notify($1, $2)",
            [CHANNEL.into(), organization.to_string().into()],
        );
        connection.execute_raw(notify).await?;
    }
    Ok(())
}

fn unavailable(error: sqlx::Error) -> StoreError {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))).into()
}
