//! Keeps each organization's index up to date with the store's change log.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use prometheus_client::registry::Registry;
use shokureki_index::lexicon::Lexicon;
use shokureki_index::{IndexState, SkillIndex};
use tokio::sync::{Notify, Semaphore, watch};

use super::error::IngestError;
use super::metrics::IndexMetrics;
use super::{follow, listen};
use crate::domain::OrganizationId;
use crate::store::Store;

/// How the indexes are kept.
#[derive(Clone, Debug)]
pub struct IndexerOptions {
    /// The folder with one folder per organization.
    pub directory: PathBuf,
    /// How often to look for changes that another process made.
    pub poll_interval: Duration,
    /// How many calls to the index may write at once.
    pub max_concurrent_writes: usize,
}

impl IndexerOptions {
    /// Returns the usual options for the folder `directory`: a look every 2 s, 1 write at once.
    pub fn new(directory: PathBuf) -> Self {
        Self {
            directory,
            poll_interval: Duration::from_secs(2),
            max_concurrent_writes: 1,
        }
    }
}

/// What is known of an organization's index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexStatus {
    /// Candidates in the store.
    pub candidates: u64,
    /// Candidates that searches see.
    pub indexed_candidates: u64,
    /// Changes that searches do not see yet.
    pub pending_changes: u64,
    /// Counts the rebuilds, from 1.
    pub generation: u64,
    /// Bytes on disk.
    pub size_bytes: u64,
    /// Whether a rebuild is under way.
    pub is_rebuilding: bool,
}

/// What is known of the indexes of all organizations that this process has open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IndexTotals {
    /// Candidates in the store, those of organizations without an open index included.
    pub candidates: u64,
    /// Indexes that are open.
    pub open_indexes: u64,
    /// Candidates that searches see.
    pub indexed_candidates: u64,
    /// Changes that searches do not see yet.
    pub pending_changes: u64,
    /// Bytes on disk.
    pub size_bytes: u64,
    /// Indexes that are written anew now.
    pub rebuilding: u64,
}

/// The indexes of all organizations, and the tasks that feed them. Cheap to clone.
#[derive(Clone)]
pub struct Indexer {
    shared: Arc<Shared>,
}

pub(super) struct Shared {
    store: Store,
    lexicon: &'static Lexicon,
    options: IndexerOptions,
    writes: Arc<Semaphore>,
    organizations: Mutex<HashMap<OrganizationId, Arc<OrganizationIndex>>>,
    opening: tokio::sync::Mutex<()>,
    /// Hears of the changes of other processes, where the store tells them.
    listening: Mutex<Option<tokio::task::JoinHandle<()>>>,
    metrics: IndexMetrics,
}

impl Shared {
    /// Tells the organization's task that there may be changes.
    pub(super) fn wake(&self, organization: OrganizationId) {
        if let Some(entry) = self.organizations().get(&organization) {
            entry.woken.notify_one();
        }
    }

    /// Tells every task that there may be changes.
    pub(super) fn wake_all(&self) {
        for entry in self.organizations().values() {
            entry.woken.notify_one();
        }
    }

    fn organizations(
        &self,
    ) -> std::sync::MutexGuard<'_, HashMap<OrganizationId, Arc<OrganizationIndex>>> {
        self.organizations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// One organization's index with what its task needs.
pub(super) struct OrganizationIndex {
    pub(super) organization: OrganizationId,
    pub(super) store: Store,
    pub(super) lexicon: &'static Lexicon,
    pub(super) directory: PathBuf,
    pub(super) poll_interval: Duration,
    pub(super) writes: Arc<Semaphore>,
    /// Replaced when the folder vanished.
    index: RwLock<SkillIndex>,
    pub(super) woken: Notify,
    pub(super) stopping: watch::Sender<bool>,
    /// The last change that searches see.
    pub(super) applied: watch::Sender<i64>,
    /// Held while a change is applied and while a rebuild takes over.
    pub(super) writing: tokio::sync::Mutex<()>,
    pub(super) is_rebuilding: AtomicBool,
    pub(super) metrics: IndexMetrics,
    task: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

impl OrganizationIndex {
    pub(super) fn index(&self) -> SkillIndex {
        self.index
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(super) fn replace_index(&self, index: SkillIndex) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = index;
    }

    /// Runs `work` on the index, on a blocking thread.
    pub(super) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(SkillIndex) -> T + Send + 'static,
    ) -> Result<T, IngestError> {
        let permit = Arc::clone(&self.writes).acquire_owned().await;
        let permit = permit.map_err(|_| IngestError::Interrupted)?;
        let index = self.index();
        let done = tokio::task::spawn_blocking(move || {
            let result = work(index);
            drop(permit);
            result
        });
        done.await.map_err(|_| IngestError::Interrupted)
    }
}

impl Indexer {
    /// Returns an indexer with no index open yet.
    pub fn new(store: Store, lexicon: &'static Lexicon, options: IndexerOptions) -> Self {
        Self {
            shared: Arc::new(Shared {
                store,
                lexicon,
                writes: Arc::new(Semaphore::new(options.max_concurrent_writes.max(1))),
                options,
                organizations: Mutex::default(),
                opening: tokio::sync::Mutex::default(),
                listening: Mutex::default(),
                metrics: IndexMetrics::default(),
            }),
        }
    }

    /// Opens the organization's index, creates it where there is none, and starts to feed it with
    /// every change that it does not hold. Returns at once; nothing happens when it is open already.
    ///
    /// # Errors
    /// [`IngestError::Index`] when the folder cannot be used, such as when another process does.
    pub async fn open(&self, organization: OrganizationId) -> Result<(), IngestError> {
        if self.organization(organization).is_some() {
            return Ok(());
        }
        let _opening = self.shared.opening.lock().await;
        if self.organization(organization).is_some() {
            return Ok(());
        }
        let directory = self.shared.options.directory.join(organization.to_string());
        let opened = directory.clone();
        let (index, applied) = blocking_open(move || SkillIndex::open(&opened)).await?;
        let entry = self.entry(organization, directory, index, applied);
        let task = tokio::spawn(follow::run(Arc::clone(&entry)));
        *entry.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
        self.organizations().insert(organization, entry);
        self.listen();
        Ok(())
    }

    /// Begins to listen to the changes of other processes, once.
    fn listen(&self) {
        let shared = &self.shared;
        let listening = shared.listening.lock();
        let mut listening = listening.unwrap_or_else(PoisonError::into_inner);
        if listening.is_none() && shared.store.has_notifications() {
            let task = listen::run(shared.store.clone(), Arc::downgrade(shared));
            *listening = Some(tokio::spawn(task));
        }
    }

    /// Opens the organization's index as another process last committed it; it takes no changes.
    ///
    /// # Errors
    /// [`IngestError::Index`] when there is none or its files are damaged.
    pub async fn open_to_read(&self, organization: OrganizationId) -> Result<(), IngestError> {
        let _opening = self.shared.opening.lock().await;
        let directory = self.shared.options.directory.join(organization.to_string());
        let opened = directory.clone();
        let (index, applied) = blocking_open(move || SkillIndex::open_to_read(&opened)).await?;
        let entry = self.entry(organization, directory, index, applied);
        self.organizations().insert(organization, entry);
        Ok(())
    }

    fn entry(
        &self,
        organization: OrganizationId,
        directory: PathBuf,
        index: SkillIndex,
        applied: i64,
    ) -> Arc<OrganizationIndex> {
        Arc::new(OrganizationIndex {
            organization,
            store: self.shared.store.clone(),
            lexicon: self.shared.lexicon,
            directory,
            poll_interval: self.shared.options.poll_interval,
            writes: Arc::clone(&self.shared.writes),
            index: RwLock::new(index),
            woken: Notify::new(),
            stopping: watch::Sender::new(false),
            applied: watch::Sender::new(applied),
            writing: tokio::sync::Mutex::default(),
            is_rebuilding: AtomicBool::new(false),
            metrics: self.shared.metrics.clone(),
            task: Mutex::default(),
        })
    }

    /// Returns the index that answers searches of the organization, if it is open.
    pub fn index(&self, organization: OrganizationId) -> Option<SkillIndex> {
        Some(self.organization(organization)?.index())
    }

    /// Tells the organization's task that there are changes.
    pub fn wake(&self, organization: OrganizationId) {
        self.shared.wake(organization);
    }

    /// Waits until searches see the change `sequence`.
    ///
    /// # Errors
    /// [`IngestError::IndexBehind`] after `patience`, [`IngestError::IndexClosed`] when the index is
    /// not open.
    pub async fn wait_for(
        &self,
        organization: OrganizationId,
        sequence: i64,
        patience: Duration,
    ) -> Result<(), IngestError> {
        let entry = self
            .organization(organization)
            .ok_or(IngestError::IndexClosed)?;
        entry.woken.notify_one();
        let mut applied = entry.applied.subscribe();
        let reached = applied.wait_for(|applied| *applied >= sequence);
        match tokio::time::timeout(patience, reached).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => Err(IngestError::IndexClosed),
            Err(_) => Err(IngestError::IndexBehind),
        }
    }

    /// Waits until searches see every change that the store has now.
    ///
    /// # Errors
    /// Those of [`Indexer::wait_for`] and of the store.
    pub async fn wait_until_current(
        &self,
        organization: OrganizationId,
        patience: Duration,
    ) -> Result<(), IngestError> {
        let last = self.shared.store.last_sequence(organization).await?;
        self.wait_for(organization, last, patience).await
    }

    /// Writes the organization's index anew from the store while the old one answers.
    ///
    /// # Errors
    /// [`IngestError::AlreadyRebuilding`], those of the store and of the index; the old index stays
    /// then.
    pub async fn reindex(&self, organization: OrganizationId) -> Result<(), IngestError> {
        let entry = self
            .organization(organization)
            .ok_or(IngestError::IndexClosed)?;
        follow::rebuild(&entry).await
    }

    /// Returns what is known of the organization's index.
    ///
    /// # Errors
    /// [`IngestError::IndexClosed`], those of the store.
    pub async fn status(&self, organization: OrganizationId) -> Result<IndexStatus, IngestError> {
        let entry = self
            .organization(organization)
            .ok_or(IngestError::IndexClosed)?;
        let candidates = self.shared.store.candidate_count(organization).await?;
        let last = self.shared.store.last_sequence(organization).await?;
        let index = entry.index();
        let state = tokio::task::spawn_blocking(move || index.state());
        let state: IndexState = state.await.map_err(|_| IngestError::Interrupted)?;
        let last = u64::try_from(last).unwrap_or(0);
        Ok(IndexStatus {
            candidates,
            indexed_candidates: state.documents,
            pending_changes: last.saturating_sub(state.applied_sequence),
            generation: state.generation,
            size_bytes: state.size_bytes,
            is_rebuilding: entry.is_rebuilding.load(Ordering::Relaxed),
        })
    }

    /// Returns what is known of all indexes that are open, added up.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn totals(&self) -> Result<IndexTotals, IngestError> {
        let entries: Vec<_> = self.organizations().values().cloned().collect();
        let last = self.shared.store.last_sequences().await?;
        let mut totals = IndexTotals {
            candidates: self.shared.store.candidate_total().await?,
            open_indexes: u64::try_from(entries.len()).unwrap_or(u64::MAX),
            ..IndexTotals::default()
        };
        for entry in entries {
            let index = entry.index();
            let state = tokio::task::spawn_blocking(move || index.state());
            let state: IndexState = state.await.map_err(|_| IngestError::Interrupted)?;
            let last = last.get(&entry.organization).copied().unwrap_or(0);
            let last = u64::try_from(last).unwrap_or(0);
            totals.indexed_candidates += state.documents;
            totals.pending_changes += last.saturating_sub(state.applied_sequence);
            totals.size_bytes += state.size_bytes;
            totals.rebuilding += u64::from(entry.is_rebuilding.load(Ordering::Relaxed));
        }
        Ok(totals)
    }

    /// Makes what is counted of the indexes part of `registry`.
    pub fn register_metrics(&self, registry: &mut Registry) {
        self.shared.metrics.register(registry);
    }

    /// Stops every task after the batch in hand, so that what it holds is committed.
    pub async fn shutdown(&self) {
        let listening = self.shared.listening.lock();
        let listening = listening.unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = listening {
            task.abort();
        }
        let entries: Vec<_> = self
            .organizations()
            .drain()
            .map(|(_, entry)| entry)
            .collect();
        for entry in entries {
            entry.stopping.send_replace(true);
            let task = entry
                .task
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            if let Some(task) = task
                && task.await.is_err()
            {
                tracing::error!("an index task failed");
            }
        }
    }

    fn organization(&self, organization: OrganizationId) -> Option<Arc<OrganizationIndex>> {
        self.organizations().get(&organization).cloned()
    }

    fn organizations(
        &self,
    ) -> std::sync::MutexGuard<'_, HashMap<OrganizationId, Arc<OrganizationIndex>>> {
        self.shared.organizations()
    }
}

/// Opens an index on a blocking thread; gives the last change it holds beside it.
async fn blocking_open(
    open: impl FnOnce() -> Result<SkillIndex, shokureki_index::IndexError> + Send + 'static,
) -> Result<(SkillIndex, i64), IngestError> {
    let opened = tokio::task::spawn_blocking(move || {
        let index = open()?;
        let applied = index.state().applied_sequence;
        Ok::<_, shokureki_index::IndexError>((index, i64::try_from(applied).unwrap_or(i64::MAX)))
    });
    Ok(opened.await.map_err(|_| IngestError::Interrupted)??)
}
