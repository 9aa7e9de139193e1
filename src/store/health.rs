//! What operators ask of the store: its schema, its size, its connections.

use std::collections::{HashMap, HashSet};
use std::fmt;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric as _};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use sea_orm::{
    DatabaseConnection, DbBackend, EntityTrait as _, PaginatorTrait as _, QuerySelect as _,
    Statement,
};
use shokureki_migrations::{Migrator, MigratorTrait as _};

use super::entity::{candidate, organization};
use super::{Store, StoreError};
use crate::domain::OrganizationId;

/// The connections of a pool at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolState {
    /// `readers` or `writers`; PostgreSQL has one pool, `readers`, for both.
    pub name: &'static str,
    /// Connections that are open.
    pub open: u32,
    /// Open connections that nobody uses.
    pub idle: u32,
    /// Connections that may be open.
    pub max: u32,
}

impl Store {
    /// Returns how many versions of the tables this program knows that the database lacks. What a newer
    /// program added does not count: it leaves an older one working.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, or was never migrated.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        let applied: HashSet<String> = self.applied_migrations().await?.into_iter().collect();
        let pending = Migrator::migrations()
            .iter()
            .filter(|migration| !applied.contains(migration.name()))
            .count();
        Ok(pending)
    }

    /// Returns the names of the versions that the database has, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, or was never migrated.
    pub async fn applied_migrations(&self) -> Result<Vec<String>, StoreError> {
        applied_migrations(&self.readers).await
    }

    /// Returns the newest change of every organization, 0 where there is none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn last_sequences(&self) -> Result<HashMap<OrganizationId, i64>, StoreError> {
        let rows: Vec<(uuid::Uuid, i64)> = organization::Entity::find()
            .select_only()
            .column(organization::Column::Id)
            .column(organization::Column::LastSequence)
            .into_tuple()
            .all(&self.readers)
            .await?;
        let sequences = rows.into_iter().map(|(id, last)| (id.into(), last));
        Ok(sequences.collect())
    }

    /// Returns the number of candidates of all organizations.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer.
    pub async fn candidate_total(&self) -> Result<u64, StoreError> {
        Ok(candidate::Entity::find().count(&self.readers).await?)
    }

    /// Returns the connections of each pool. Asks the database nothing.
    pub fn pools(&self) -> Vec<PoolState> {
        let mut pools = vec![pool_state("readers", &self.readers)];
        if self.readers.get_database_backend() == DbBackend::Sqlite {
            pools.push(pool_state("writers", &self.writers));
        }
        pools
    }

    /// Makes the pools and the number of statements part of `registry`.
    pub fn register_metrics(&self, registry: &mut Registry) {
        registry.register_collector(Box::new(Connections(self.clone())));
    }
}

/// The pools, looked at when somebody asks.
#[derive(Debug)]
struct Connections(Store);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Pool {
    pool: &'static str,
}

impl Collector for Connections {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let statements = ConstCounter::new(self.0.statement_count());
        let metric = encoder.encode_descriptor(
            "database_statements",
            "Statements that were sent to the database",
            None,
            statements.metric_type(),
        )?;
        statements.encode(metric)?;
        let pools = self.0.pools();
        let mut gauge = |name, help, value: fn(&PoolState) -> u32| {
            let mut metric = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
            for pool in &pools {
                let gauge = ConstGauge::new(i64::from(value(pool)));
                gauge.encode(metric.encode_family(&Pool { pool: pool.name })?)?;
            }
            fmt::Result::Ok(())
        };
        gauge("database_connections", "Open connections", |pool| pool.open)?;
        gauge(
            "database_connections_idle",
            "Open connections that nobody uses",
            |pool| pool.idle,
        )?;
        gauge(
            "database_connections_max",
            "Connections that may be open",
            |pool| pool.max,
        )
    }
}

/// Returns the names of the versions that the database behind `connection` has, oldest first.
pub(super) async fn applied_migrations(
    connection: &impl sea_orm::ConnectionTrait,
) -> Result<Vec<String>, StoreError> {
    let statement = Statement::from_string(
        connection.get_database_backend(),
        "SELECT version FROM seaql_migrations ORDER BY version",
    );
    let rows = connection.query_all_raw(statement).await?;
    let names: Result<Vec<String>, _> = rows
        .iter()
        .map(|row| row.try_get_by_index::<String>(0))
        .collect();
    Ok(names?)
}

fn pool_state(name: &'static str, connection: &DatabaseConnection) -> PoolState {
    let (open, idle, max) = if connection.get_database_backend() == DbBackend::Sqlite {
        let pool = connection.get_sqlite_connection_pool();
        (
            pool.size(),
            pool.num_idle(),
            pool.options().get_max_connections(),
        )
    } else {
        let pool = connection.get_postgres_connection_pool();
        (
            pool.size(),
            pool.num_idle(),
            pool.options().get_max_connections(),
        )
    };
    PoolState {
        name,
        open,
        idle: u32::try_from(idle).unwrap_or(u32::MAX),
        max,
    }
}
