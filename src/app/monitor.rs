//! What monitors are told: the counts of every room, and what the server lacks to be ready.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, prometheus_text};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

use crate::graphql::GraphqlMetrics;
use crate::http::{Check, HttpMetrics, Probes, Readiness};
use crate::ingest::{Importer, IndexTotals, Indexer};
use crate::search::Searcher;
use crate::store::Store;

/// How long a monitor waits for the database.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Build {
    version: &'static str,
}

/// The counts of every room under one roof. The rooms keep them; this one asks.
pub(super) struct Monitor {
    registry: Registry,
    store: Store,
    indexer: Indexer,
    totals: Totals,
    http: HttpMetrics,
    /// Whether searches have seen everything that the store held, once since the start.
    has_caught_up: AtomicBool,
}

/// What the database and the indexes hold, as last looked at.
#[derive(Default)]
struct Totals {
    is_database_up: Gauge,
    candidates: Gauge<u64, AtomicU64>,
    indexed: Gauge<u64, AtomicU64>,
    pending: Gauge<u64, AtomicU64>,
    size: Gauge<u64, AtomicU64>,
    open: Gauge<u64, AtomicU64>,
    rebuilding: Gauge<u64, AtomicU64>,
}

impl Totals {
    fn register(&self, registry: &mut Registry) {
        registry.register(
            "database_up",
            "Whether the database answered this request",
            self.is_database_up.clone(),
        );
        let mut register = |name: &str, help: &str, gauge: &Gauge<u64, AtomicU64>| {
            registry.register(name, help, gauge.clone());
        };
        register(
            "store_candidates",
            "Candidates in the store",
            &self.candidates,
        );
        register(
            "index_candidates",
            "Candidates that searches of this process see",
            &self.indexed,
        );
        register(
            "index_pending_changes",
            "Committed changes that searches of this process do not see yet",
            &self.pending,
        );
        register(
            "index_open",
            "Indexes that this process has open, one for each organization in use",
            &self.open,
        );
        register(
            "index_rebuilding",
            "Indexes that are being written anew",
            &self.rebuilding,
        );
        registry.register_with_unit(
            "index_size",
            "Bytes of the open indexes on disk",
            Unit::Bytes,
            self.size.clone(),
        );
    }

    fn set(&self, totals: &IndexTotals) {
        self.candidates.set(totals.candidates);
        self.indexed.set(totals.indexed_candidates);
        self.pending.set(totals.pending_changes);
        self.size.set(totals.size_bytes);
        self.open.set(totals.open_indexes);
        self.rebuilding.set(totals.rebuilding);
    }
}

impl Monitor {
    /// Gathers the counts of the rooms.
    pub(super) fn new(
        store: Store,
        indexer: Indexer,
        importer: &Importer,
        searcher: &Searcher,
        graphql: &GraphqlMetrics,
    ) -> Self {
        let mut registry = Registry::with_prefix("shokureki");
        let build = Family::<Build, Gauge>::default();
        let version = env!("CARGO_PKG_VERSION");
        build.get_or_create_owned(&Build { version }).set(1);
        registry.register("build_info", "1, with the version of the program", build);
        let started = Gauge::<i64>::default();
        started.set(chrono::Utc::now().timestamp());
        registry.register_with_unit(
            "start_time",
            "When the process started, since 1970",
            Unit::Seconds,
            started,
        );
        let (totals, http) = (Totals::default(), HttpMetrics::default());
        http.register(&mut registry);
        graphql.register(&mut registry);
        searcher.register_metrics(&mut registry);
        importer.register_metrics(&mut registry);
        indexer.register_metrics(&mut registry);
        totals.register(&mut registry);
        store.register_metrics(&mut registry);
        Self {
            registry,
            store,
            indexer,
            totals,
            http,
            has_caught_up: AtomicBool::new(false),
        }
    }

    /// Returns what counts HTTP requests.
    pub(super) fn http(&self) -> HttpMetrics {
        self.http.clone()
    }

    /// Returns what answers monitors.
    pub(super) fn probes(self: &Arc<Self>) -> Probes {
        let (ready, counting) = (Arc::clone(self), Arc::clone(self));
        Probes {
            readiness: Arc::new(move || {
                let monitor = Arc::clone(&ready);
                Box::pin(async move { monitor.readiness().await })
            }),
            metrics: Arc::new(move || {
                let monitor = Arc::clone(&counting);
                Box::pin(async move { monitor.page().await })
            }),
        }
    }

    /// Returns every count in Prometheus' text format. While the database does not answer, what it
    /// holds stands as it was last seen, and `database_up` is 0.
    async fn page(&self) -> String {
        let totals = tokio::time::timeout(PATIENCE, self.indexer.totals()).await;
        let totals = totals.ok().and_then(Result::ok);
        self.totals.is_database_up.set(i64::from(totals.is_some()));
        if let Some(totals) = totals {
            self.totals.set(&totals);
        }
        let mut page = String::new();
        // Writing to a string does not fail.
        let _ = prometheus_text::encode(&mut page, &self.registry);
        page
    }

    /// The index is ready once it has caught up since the start. That it is a little behind later does
    /// not take a server that answers out of service: `index_pending_changes` tells it.
    async fn readiness(&self) -> Readiness {
        let asked = tokio::time::timeout(PATIENCE, self.store.pending_migrations()).await;
        let Ok(asked) = asked else {
            return Readiness::WITHOUT_DATABASE;
        };
        let migrations = match asked {
            Ok(0) => Check::Ok,
            Ok(_) => Check::Behind,
            Err(_) if self.store.ping().await.is_ok() => Check::Behind,
            Err(_) => return Readiness::WITHOUT_DATABASE,
        };
        Readiness {
            database: Check::Ok,
            migrations,
            index: self.index().await,
        }
    }

    async fn index(&self) -> Check {
        let totals = tokio::time::timeout(PATIENCE, self.indexer.totals()).await;
        let Some(totals) = totals.ok().and_then(Result::ok) else {
            return Check::Unknown;
        };
        if totals.open_indexes == 0 {
            return Check::Unavailable;
        }
        if totals.pending_changes == 0 {
            self.has_caught_up.store(true, Ordering::Relaxed);
        }
        if self.has_caught_up.load(Ordering::Relaxed) {
            Check::Ok
        } else {
            Check::Behind
        }
    }
}
