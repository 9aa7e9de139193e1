//! One organization's open index.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use shokureki_index::lexicon::Lexicon;
use shokureki_index::{IndexState, SkillIndex};
use tokio::sync::{Notify, Semaphore, watch};

use super::changes::RecentChanges;
use super::error::IngestError;
use super::metrics::IndexMetrics;
use super::status::RebuildReason;
use crate::domain::OrganizationId;
use crate::store::Store;

/// One organization's index with what its task needs.
pub(super) struct OrganizationIndex {
    pub(super) organization: OrganizationId,
    pub(super) store: Store,
    pub(super) lexicon: &'static Lexicon,
    pub(super) directory: PathBuf,
    pub(super) poll_interval: Duration,
    pub(super) writes: Arc<Semaphore>,
    /// Replaced when the folder vanished.
    pub(super) index: RwLock<SkillIndex>,
    pub(super) woken: Notify,
    pub(super) stopping: watch::Sender<bool>,
    /// The last change that searches see.
    pub(super) applied: watch::Sender<i64>,
    /// Held while a change is applied and while a rebuild takes over.
    pub(super) writing: tokio::sync::Mutex<()>,
    pub(super) is_rebuilding: AtomicBool,
    pub(super) metrics: IndexMetrics,
    pub(super) availability: Mutex<Availability>,
    /// When the organization was last asked for.
    pub(super) last_used: Mutex<Instant>,
    pub(super) task: Mutex<Option<tokio::task::JoinHandle<()>>>,
    /// What those who follow the changes have read.
    pub(super) recent: RecentChanges,
}

/// Whether searches are answered, and why the index is written anew.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Availability {
    pub(super) is_hidden: bool,
    pub(super) reason: Option<RebuildReason>,
}

impl OrganizationIndex {
    /// Records that the organization is asked for.
    pub(super) fn touch(&self) {
        *self
            .last_used
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    pub(super) fn last_used(&self) -> Instant {
        *self
            .last_used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops the task after the batch in hand.
    pub(super) async fn stop(&self) {
        self.stopping.send_replace(true);
        let task = self.task.lock();
        let task = task.unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task
            && task.await.is_err()
        {
            tracing::error!("an index task failed");
        }
    }

    /// Lets no search see the index until [`show`](Self::show).
    pub(super) fn hide(&self, reason: RebuildReason) {
        *self.availability() = Availability {
            is_hidden: true,
            reason: Some(reason),
        };
    }

    /// Notes why a rebuild begins. The reason for which the index is hidden stays.
    pub(super) fn begin(&self, reason: RebuildReason) {
        self.availability().reason.get_or_insert(reason);
    }

    /// Notes that a rebuild ended. One that failed leaves the index as it was, hidden or not.
    pub(super) fn end(&self, is_done: bool) {
        let mut availability = self.availability();
        if is_done || !availability.is_hidden {
            *availability = Availability::default();
        }
    }

    /// Lets searches see the index, which holds what it should.
    pub(super) fn show(&self) {
        let mut availability = self.availability();
        availability.is_hidden = false;
        if !self.is_rebuilding.load(Ordering::SeqCst) {
            availability.reason = None;
        }
    }

    /// Tells those who wait that searches see the change `sequence`; not while they see none.
    pub(super) fn tell_applied(&self, sequence: i64) {
        if !self.availability().is_hidden {
            self.applied.send_replace(sequence);
        }
    }

    /// Returns the last change that searches see, of an index in this state: it does not count an
    /// erasure before the words are gone from its files, but nobody is found any more before that.
    pub(super) fn seen(&self, state: &IndexState) -> i64 {
        let counted = i64::try_from(state.applied_sequence).unwrap_or(i64::MAX);
        if self.availability().is_hidden {
            return counted;
        }
        counted.max(*self.applied.borrow())
    }

    pub(super) fn availability(&self) -> std::sync::MutexGuard<'_, Availability> {
        let availability = self.availability.lock();
        availability.unwrap_or_else(PoisonError::into_inner)
    }

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
