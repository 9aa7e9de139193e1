//! Puts the rooms together: store, index, services, schema, server.
//!
//! The one place that knows them all, and nothing but how they fit. Commands and tests start here.

mod monitor;
mod transfer;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Request, Response};
use chrono::NaiveDate;
use shokureki_index::lexicon::Lexicon;
use tokio::net::TcpListener;

use crate::access::{AuditLog, AuthenticationError, Authenticator, EmbedTokens, Tokens};
use crate::catalog::Catalog;
use crate::config::Config;
use crate::domain::{Access, CandidateId, OrganizationId};
use crate::graphql::{self, GraphqlMetrics, Schema, Services};
use crate::http::{self, Drain, HttpOptions};
use crate::ingest::{
    ImportJobs, Imported, Importer, IndexStatus, Indexer, IndexerOptions, IngestError, JobOptions,
    Rejection, Upload,
};
use crate::search::{SearchOptions, Searcher};
use crate::store::{Store, StoreError};
use monitor::Monitor;
pub use transfer::{TransferError, back_up, examine, restore, verify_backup};

/// The name of the organization that local mode acts for.
const DEFAULT_ORGANIZATION: &str = "default";

/// How long a mutation waits for its own write to be found.
const INDEX_PATIENCE: Duration = Duration::from_secs(8);

/// How long a command that only reads waits for changes that were not indexed yet.
const CATCH_UP_PATIENCE: Duration = Duration::from_secs(120);

/// The application: open until [`close`](Self::close) or [`serve`](Self::serve) ends.
pub struct App {
    store: Store,
    indexer: Indexer,
    importer: Importer,
    jobs: ImportJobs,
    schema: Schema,
    monitor: Arc<Monitor>,
    authenticator: Authenticator,
    has_index: bool,
}

/// Why the application cannot open.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A directory cannot be made.
    #[error("cannot create {path}")]
    Directory {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database cannot be reached or brought to the newest schema.
    #[error("cannot open the database")]
    Store(#[from] StoreError),
    /// The index cannot be used.
    #[error("cannot open the index")]
    Index(#[source] IngestError),
}

/// Connects to the database without migrating it.
///
/// # Errors
/// [`AppError::Directory`], [`AppError::Store`].
pub async fn connect(config: &Config) -> Result<Store, AppError> {
    create_directory(config.data_dir.clone()).await?;
    Ok(Store::connect(&config.store).await?)
}

/// Returns what gives tokens out, over a database of the newest schema.
///
/// # Errors
/// [`AppError::Directory`], [`AppError::Store`].
pub async fn tokens(config: &Config) -> Result<Tokens, AppError> {
    Ok(Tokens::new(newest_store(config).await?))
}

/// Returns what gives tokens out, and the audit log, over a database of the newest schema.
///
/// # Errors
/// [`AppError::Directory`], [`AppError::Store`].
pub async fn administration(config: &Config) -> Result<(Tokens, AuditLog), AppError> {
    let store = newest_store(config).await?;
    Ok((Tokens::new(store.clone()), AuditLog::new(store)))
}

/// Connects to the database and brings it to the newest schema.
async fn newest_store(config: &Config) -> Result<Store, AppError> {
    let store = connect(config).await?;
    store.migrate().await?;
    store
        .ensure_organization(OrganizationId::DEFAULT, DEFAULT_ORGANIZATION)
        .await?;
    Ok(store)
}

/// Reads the stored documents of every organization again that an older version read.
async fn reread_all(store: &Store, importer: &Importer) -> Result<usize, IngestError> {
    let mut documents = 0;
    for organization in store.organizations().await? {
        documents += importer.reread(organization).await?;
    }
    Ok(documents)
}

fn search_options(config: &Config) -> SearchOptions {
    let default = SearchOptions::default();
    SearchOptions {
        budget: default.budget,
        max_concurrent: config.max_searches.unwrap_or(default.max_concurrent),
        max_waiting: config.max_waiting_searches.unwrap_or(default.max_waiting),
    }
}

async fn create_directory(path: PathBuf) -> Result<(), AppError> {
    let created = tokio::fs::create_dir_all(&path).await;
    created.map_err(|source| AppError::Directory { path, source })
}

impl App {
    /// Opens store and index; the index then follows the store by itself.
    ///
    /// # Errors
    /// Every [`AppError`].
    pub async fn open(config: &Config) -> Result<Self, AppError> {
        let mut app = Self::assemble(config).await?;
        app.indexer
            .open(OrganizationId::DEFAULT)
            .await
            .map_err(AppError::Index)?;
        app.has_index = true;
        Ok(app)
    }

    /// Opens the store, and the index unless another process holds it: that one will follow.
    ///
    /// # Errors
    /// Every [`AppError`].
    pub async fn open_to_write(config: &Config) -> Result<Self, AppError> {
        let mut app = Self::assemble(config).await?;
        app.has_index = match app.indexer.open(OrganizationId::DEFAULT).await {
            Ok(()) => true,
            Err(IngestError::Index(shokureki_index::IndexError::InUse)) => false,
            Err(error) => return Err(AppError::Index(error)),
        };
        Ok(app)
    }

    /// Opens store and index, and waits until the index holds everything that the store does.
    ///
    /// While another process holds the index, what that one last committed is read.
    ///
    /// # Errors
    /// Every [`AppError`].
    pub async fn open_to_read(config: &Config) -> Result<Self, AppError> {
        let app = Self::open_to_write(config).await?;
        let ready = if app.has_index {
            app.wait_for_index(CATCH_UP_PATIENCE).await
        } else {
            app.indexer.open_to_read(OrganizationId::DEFAULT).await
        };
        ready.map_err(AppError::Index)?;
        Ok(app)
    }

    async fn assemble(config: &Config) -> Result<Self, AppError> {
        let index_dir = config.index_dir();
        create_directory(index_dir.clone()).await?;
        let store = newest_store(config).await?;
        let lexicon = Lexicon::builtin();
        let indexer = Indexer::new(store.clone(), lexicon, IndexerOptions::new(index_dir));
        let importer = Importer::new(store.clone(), lexicon, indexer.clone());
        let indexes = indexer.clone();
        let searcher = Searcher::new(
            store.clone(),
            lexicon,
            Arc::new(move |organization| indexes.index(organization)),
            search_options(config),
        );
        let jobs = ImportJobs::new(importer.clone(), JobOptions::default());
        let metrics = GraphqlMetrics::default();
        let monitor = Monitor::new(
            store.clone(),
            indexer.clone(),
            &importer,
            &searcher,
            &metrics,
        );
        let services = Services {
            audit: AuditLog::new(store.clone()),
            embed_tokens: EmbedTokens::new(store.clone()),
            catalog: Catalog::new(store.clone(), lexicon),
            searcher,
            importer: importer.clone(),
            jobs: jobs.clone(),
            indexer: indexer.clone(),
            index_patience: INDEX_PATIENCE,
        };
        Ok(Self {
            authenticator: Authenticator::new(
                store.clone(),
                config.http.local_mode(),
                config.http.oidc.clone(),
            ),
            store,
            indexer,
            importer,
            jobs,
            schema: graphql::measured_schema(services, metrics),
            monitor: Arc::new(monitor),
            has_index: false,
        })
    }

    /// Whether this process holds the index.
    pub fn has_index(&self) -> bool {
        self.has_index
    }

    /// Returns the schema that requests run against; cheap to clone.
    pub fn schema(&self) -> Schema {
        self.schema.clone()
    }

    /// Whether requests without credentials are let in.
    ///
    /// # Errors
    /// [`AuthenticationError::Store`].
    pub async fn is_local(&self) -> Result<bool, AuthenticationError> {
        self.authenticator.is_local().await
    }

    /// Runs a GraphQL request as the owner of the default organization.
    pub async fn execute(&self, request: Request) -> Response {
        self.schema.execute(request.data(Access::local())).await
    }

    /// Takes documents in, in one transaction; the outcomes are in the order of `uploads`.
    ///
    /// # Errors
    /// [`IngestError::Store`]; nothing of the batch is stored then.
    pub async fn import(
        &self,
        uploads: Vec<Upload>,
    ) -> Result<Vec<Result<Imported, Rejection>>, IngestError> {
        self.importer.import_batch(&Access::local(), uploads).await
    }

    /// Waits until searches see everything that the store holds now.
    ///
    /// # Errors
    /// [`IngestError::IndexBehind`] after `patience`, those of the store.
    pub async fn wait_for_index(&self, patience: Duration) -> Result<(), IngestError> {
        self.indexer
            .wait_until_current(OrganizationId::DEFAULT, patience)
            .await
    }

    /// Reads stored documents again that an older version read, and returns how many.
    ///
    /// # Errors
    /// Those of [`Importer::reread`].
    pub async fn reread(&self) -> Result<usize, IngestError> {
        self.importer.reread(OrganizationId::DEFAULT).await
    }

    /// Erases the candidates of every organization whose last day is before `today`, and returns them; with
    /// `is_trial` nobody is erased.
    ///
    /// # Errors
    /// Those of [`Importer::erase_overdue`].
    pub async fn erase_overdue(
        &self,
        today: NaiveDate,
        is_trial: bool,
    ) -> Result<Vec<CandidateId>, IngestError> {
        let mut erased = Vec::new();
        for organization in self.store.organizations().await? {
            let overdue = self.importer.erase_overdue(organization, today, is_trial);
            erased.extend(overdue.await?);
        }
        Ok(erased)
    }

    /// Waits until no index of this data directory has anybody who was erased. Their words are gone from
    /// the files when it is closed then.
    ///
    /// # Errors
    /// [`IngestError::IndexBehind`], those of the store.
    pub async fn forget_erased(&self, patience: Duration) -> Result<(), IngestError> {
        self.wait_for_index(patience).await?;
        self.indexer.expunge_unopened().await?;
        Ok(())
    }

    /// Writes the index anew from the store.
    ///
    /// # Errors
    /// Those of [`Indexer::reindex`].
    pub async fn reindex(&self) -> Result<(), IngestError> {
        self.indexer.reindex(OrganizationId::DEFAULT).await
    }

    /// Returns what is known of the index.
    ///
    /// # Errors
    /// Those of [`Indexer::status`].
    pub async fn index_status(&self) -> Result<IndexStatus, IngestError> {
        self.indexer.status(OrganizationId::DEFAULT).await
    }

    /// Serves until `shutdown` is over and for `options.drain_delay` longer, then lets requests in flight
    /// finish and closes.
    pub async fn serve(
        self,
        listener: TcpListener,
        options: &HttpOptions,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) {
        let router = http::router(
            self.schema.clone(),
            self.authenticator.clone(),
            self.monitor.probes(),
            self.monitor.http(),
            options,
        );
        let drain = Drain::default();
        let router = drain.surround(router);
        let shutdown = drain.after(shutdown, options.drain_delay);
        // Searches answer from what the older version read until this one has read it again.
        let (store, importer) = (self.store.clone(), self.importer.clone());
        let reread = tokio::spawn(async move {
            match reread_all(&store, &importer).await {
                Ok(0) => {}
                Ok(documents) => tracing::info!(documents, "read again by the newer reader"),
                Err(error) => tracing::warn!(%error, "cannot read stored documents again"),
            }
        });
        // What an earlier process was killed before.
        let (store, indexer) = (self.store.clone(), self.indexer.clone());
        let expunging = tokio::spawn(async move {
            if let Err(error) = store.empty_log().await {
                tracing::warn!(%error, "cannot empty the write-ahead log");
            }
            indexer.keep_unopened_expunged().await;
        });
        let authenticator = self.authenticator.clone();
        let preparing = tokio::spawn(async move { authenticator.prepare().await });
        // The first suggestions count the index, which nobody should wait for.
        if let Some(index) = self.indexer.index(OrganizationId::DEFAULT) {
            tokio::task::spawn_blocking(move || {
                if let Err(error) = index.suggest("", &[], 0) {
                    let error: &dyn std::error::Error = &error;
                    tracing::warn!(error, "cannot prepare suggestions");
                }
            });
        }
        http::serve(listener, router, options, shutdown).await;
        // Those who asked for them were told that they go on.
        self.jobs.finish(options.shutdown_grace).await;
        // Each transaction stands by itself: the next start goes on where this one stops.
        preparing.abort();
        for task in [reread, expunging] {
            task.abort();
            task.await.ok();
        }
        self.close().await;
    }

    /// Stops following the store; what the index was given is committed.
    pub async fn close(self) {
        self.indexer.shutdown().await;
    }
}
