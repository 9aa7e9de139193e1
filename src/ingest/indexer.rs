//! Keeps each organization's index up to date with the store's change log.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use prometheus_client::registry::Registry;
use shokureki_index::lexicon::Lexicon;
use shokureki_index::{Filling, IndexError, SkillIndex};
use tokio::sync::{Notify, Semaphore, watch};

use super::changes::{LastSequences, RecentChanges};
use super::entry::OrganizationIndex;
use super::error::IngestError;
use super::metrics::IndexMetrics;
use super::status::RebuildReason;
use super::{follow, heartbeat, listen};
use crate::domain::OrganizationId;
use crate::store::{ServerId, Store};

/// How long a server that ends tries to tell the others.
const FAREWELL: Duration = Duration::from_secs(1);

/// How long searches may hold an index that was closed, and how often that is looked at.
const RELEASE_PATIENCE: Duration = Duration::from_secs(3);
const RELEASE_PAUSE: Duration = Duration::from_millis(20);

/// How the indexes are kept.
#[derive(Clone, Debug)]
pub struct IndexerOptions {
    /// The folder with one folder per organization.
    pub directory: PathBuf,
    /// How often to look for changes that another process made.
    pub poll_interval: Duration,
    /// How many calls to the index may write at once.
    pub max_concurrent_writes: usize,
    /// How many indexes may be open at once, at least 1. That of the organization that was asked for
    /// least recently is closed before another is opened, so that memory is bounded however many
    /// organizations there are.
    pub max_open: usize,
}

impl IndexerOptions {
    /// Returns the usual options for the folder `directory`: a look every 2 s, 1 write at
    /// once, 64 open indexes.
    pub fn new(directory: PathBuf) -> Self {
        Self {
            directory,
            poll_interval: Duration::from_secs(2),
            max_concurrent_writes: 1,
            max_open: 64,
        }
    }
}

/// The indexes of all organizations, and the tasks that feed them. Cheap to clone.
#[derive(Clone)]
pub struct Indexer {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) store: Store,
    pub(super) server: ServerId,
    lexicon: &'static Lexicon,
    options: IndexerOptions,
    writes: Arc<Semaphore>,
    organizations: Mutex<HashMap<OrganizationId, Arc<OrganizationIndex>>>,
    /// Held while one is opened; the organizations whose index was closed to make room.
    opening: tokio::sync::Mutex<HashSet<OrganizationId>>,
    /// Hear of the changes of other processes and tell them of this one, where the store passes it on.
    exchange: Mutex<Vec<tokio::task::JoinHandle<()>>>,
    metrics: IndexMetrics,
    /// What those know who follow an organization whose index is closed.
    pub(super) last_sequences: LastSequences,
    /// Whether [`Indexer::shutdown`] was called.
    pub(super) is_shut: AtomicBool,
}

impl Shared {
    /// Tells the organization's task that there may be changes.
    pub(super) fn wake(&self, organization: OrganizationId) {
        if let Some(entry) = self.organizations().get(&organization) {
            entry.woken.notify_one();
        }
    }

    /// Returns the last change that searches see, for each open index.
    pub(super) fn applied(&self) -> Vec<(OrganizationId, i64)> {
        let organizations = self.organizations();
        let applied = organizations.iter();
        applied
            .map(|(&organization, entry)| (organization, *entry.applied.borrow()))
            .collect()
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
                exchange: Mutex::default(),
                server: ServerId::fresh(),
                metrics: IndexMetrics::default(),
                last_sequences: LastSequences::default(),
                is_shut: AtomicBool::new(false),
            }),
        }
    }

    /// Opens the organization's index, creates it where there is none, and starts to feed it with
    /// every change that it does not hold. Returns at once; nothing happens when it is open already.
    ///
    /// # Errors
    /// [`IngestError::Index`] when the folder cannot be used, such as when another process does.
    pub async fn open(&self, organization: OrganizationId) -> Result<(), IngestError> {
        if let Some(entry) = self.organization(organization) {
            entry.touch();
            return Ok(());
        }
        let indexer = self.clone();
        // To its end, also where nobody waits for it any more, or looks whether it goes on: others wait for
        // the same lock, and an index that is half closed cannot be opened again.
        let opening = tokio::spawn(async move { indexer.open_in_turn(organization).await });
        opening.await.map_err(|_| IngestError::Interrupted)?
    }

    /// Opens one index after the other.
    async fn open_in_turn(&self, organization: OrganizationId) -> Result<(), IngestError> {
        let mut closed = self.shared.opening.lock().await;
        if self.organization(organization).is_some() {
            return Ok(());
        }
        self.make_room(&mut closed).await;
        let directory = self.directory(organization);
        let patience = if closed.contains(&organization) {
            RELEASE_PATIENCE
        } else {
            Duration::ZERO
        };
        let (index, applied) = open_released(&directory, patience).await?;
        closed.remove(&organization);
        let entry = self.entry(organization, directory, index, applied);
        self.hide_while_filling(&entry, applied).await?;
        let task = tokio::spawn(follow::run(Arc::clone(&entry)));
        *entry.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
        self.organizations().insert(organization, entry);
        self.begin_exchange();
        Ok(())
    }

    /// Closes indexes until there is room for another: those that were asked for least recently first,
    /// none that is being written anew.
    async fn make_room(&self, closed: &mut HashSet<OrganizationId>) {
        let max_others = self.shared.options.max_open.max(1) - 1;
        loop {
            let entry = {
                let mut organizations = self.organizations();
                if organizations.len() <= max_others {
                    return;
                }
                let idle = organizations
                    .values()
                    .filter(|entry| !entry.is_rebuilding.load(Ordering::SeqCst));
                let oldest = idle.min_by_key(|entry| entry.last_used());
                let Some(organization) = oldest.map(|entry| entry.organization) else {
                    return;
                };
                organizations.remove(&organization)
            };
            if let Some(entry) = entry {
                entry.stop().await;
                closed.insert(entry.organization);
            }
        }
    }

    /// Lets no search see an index that was begun empty before it holds what the store does.
    async fn hide_while_filling(
        &self,
        entry: &OrganizationIndex,
        applied: i64,
    ) -> Result<(), IngestError> {
        let Some(filling) = entry.index().filling() else {
            return Ok(());
        };
        let last = self.shared.store.last_sequence(entry.organization).await?;
        if last <= applied {
            return entry.blocking(|index| Ok(index.filled()?)).await?;
        }
        tracing::warn!(
            organization.id = %entry.organization,
            "the index is {}; it is written anew from the store, and searches are refused until then",
            match filling {
                Filling::New => "missing",
                Filling::OtherLayout => "of another layout",
                Filling::Damaged => "damaged",
            }
        );
        entry.hide(filling.into());
        Ok(())
    }

    /// Begins to hear of other processes and to tell them of this one, once.
    fn begin_exchange(&self) {
        let shared = &self.shared;
        let exchange = shared.exchange.lock();
        let mut exchange = exchange.unwrap_or_else(PoisonError::into_inner);
        if exchange.is_empty() && shared.store.has_notifications() {
            let listening = listen::run(shared.store.clone(), Arc::downgrade(shared));
            exchange.push(tokio::spawn(listening));
            exchange.push(tokio::spawn(heartbeat::run(Arc::downgrade(shared))));
        }
    }

    /// Opens the organization's index as another process last committed it; it takes no changes.
    ///
    /// # Errors
    /// [`IngestError::Index`] when there is none or its files are damaged.
    pub async fn open_to_read(&self, organization: OrganizationId) -> Result<(), IngestError> {
        let _opening = self.shared.opening.lock().await;
        let directory = self.directory(organization);
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
            availability: Mutex::default(),
            last_used: Mutex::new(Instant::now()),
            task: Mutex::default(),
            recent: RecentChanges::default(),
        })
    }

    /// Returns the index that answers searches of the organization, if it is open and can be relied on.
    pub fn index(&self, organization: OrganizationId) -> Option<SkillIndex> {
        let entry = self.organization(organization)?;
        let is_hidden = entry.availability().is_hidden;
        (!is_hidden).then(|| entry.index())
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
        follow::rebuild(&entry, RebuildReason::Asked).await
    }

    /// Makes what is counted of the indexes part of `registry`.
    pub fn register_metrics(&self, registry: &mut Registry) {
        self.shared.metrics.register(registry);
    }

    /// Stops every task after the batch in hand, so that what it holds is committed.
    pub async fn shutdown(&self) {
        self.shared.is_shut.store(true, Ordering::SeqCst);
        let exchange = self.shared.exchange.lock();
        let exchange = std::mem::take(&mut *exchange.unwrap_or_else(PoisonError::into_inner));
        if !exchange.is_empty() {
            for task in exchange {
                task.abort();
            }
            // It would expire by itself.
            let forgetting = self.shared.store.forget_follower(self.shared.server);
            tokio::time::timeout(FAREWELL, forgetting).await.ok();
        }
        let entries: Vec<_> = self
            .organizations()
            .drain()
            .map(|(_, entry)| entry)
            .collect();
        for entry in entries {
            entry.stop().await;
        }
    }

    /// The folder of the organization's index.
    pub(super) fn directory(&self, organization: OrganizationId) -> PathBuf {
        self.shared.options.directory.join(organization.to_string())
    }

    pub(super) fn organization(
        &self,
        organization: OrganizationId,
    ) -> Option<Arc<OrganizationIndex>> {
        self.organizations().get(&organization).cloned()
    }

    pub(super) fn organizations(
        &self,
    ) -> std::sync::MutexGuard<'_, HashMap<OrganizationId, Arc<OrganizationIndex>>> {
        self.shared.organizations()
    }
}

/// Opens an index that this process may have closed a moment ago: searches that had begun hold it until
/// they end.
async fn open_released(
    directory: &Path,
    patience: Duration,
) -> Result<(SkillIndex, i64), IngestError> {
    let begun = Instant::now();
    loop {
        let opened = directory.to_owned();
        match blocking_open(move || SkillIndex::open(&opened)).await {
            Err(IngestError::Index(IndexError::InUse)) if begun.elapsed() < patience => {
                tokio::time::sleep(RELEASE_PAUSE).await;
            }
            opened => return opened,
        }
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
