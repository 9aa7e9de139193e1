//! The changes of an organization, for those who follow them: told once searches see them.
//!
//! Nobody asks the database by the clock: the task that feeds the index tells how far it is, and the
//! first follower who has seen all reads the change log on for the others. Who is slow, or comes back,
//! reads the log from where they were.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::Ordering;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures::stream::{self, Stream};
use tokio::sync::watch;

use super::error::IngestError;
use super::follow::in_time;
use super::indexer::Indexer;
use crate::domain::OrganizationId;
use crate::store::{Change, Store};

/// Changes that are kept for those who keep up.
const MAX_RECENT: usize = 1_024;

/// Changes that are read at once.
const BATCH: u32 = 256;

/// How often an index that is followed counts as asked for: others are closed before it.
const TOUCH_EVERY: Duration = Duration::from_secs(5);

/// How often it is looked whether there is news for those whose index was closed to make room: then it is
/// opened again.
const REOPEN_PAUSE: Duration = Duration::from_secs(1);

/// The last changes of one organization, as they were read for the first who asked.
#[derive(Default)]
pub(super) struct RecentChanges(tokio::sync::Mutex<Window>);

/// Every change after `from`, up to `to`.
#[derive(Default)]
struct Window {
    from: i64,
    to: i64,
    changes: VecDeque<Change>,
}

impl RecentChanges {
    /// Returns changes after `sequence`, in order, at most [`BATCH`]; none when there is none.
    async fn after(
        &self,
        store: &Store,
        organization: OrganizationId,
        sequence: i64,
    ) -> Result<Vec<Change>, IngestError> {
        let read = |after| in_time(store.changes_after(organization, after, BATCH));
        {
            let mut window = self.0.lock().await;
            if sequence > window.to {
                *window = Window {
                    from: sequence,
                    to: sequence,
                    changes: VecDeque::new(),
                };
            }
            if sequence == window.to {
                // The others wait for it here.
                let changes = read(sequence).await?;
                window.push(changes);
            }
            if sequence >= window.from {
                return Ok(window.after(sequence));
            }
        }
        read(sequence).await
    }
}

impl Window {
    fn push(&mut self, changes: Vec<Change>) {
        if let Some(last) = changes.last() {
            self.to = last.sequence;
        }
        self.changes.extend(changes);
        while self.changes.len() > MAX_RECENT
            && let Some(oldest) = self.changes.pop_front()
        {
            self.from = oldest.sequence;
        }
    }

    fn after(&self, sequence: i64) -> Vec<Change> {
        let begin = self.changes.partition_point(|of| of.sequence <= sequence);
        let changes = self.changes.range(begin..).take(BATCH as usize);
        changes.copied().collect()
    }
}

/// The last change of every organization. However many wait for their closed indexes, the store is asked
/// once in [`REOPEN_PAUSE`]: the first who comes asks for the others.
#[derive(Default)]
pub(super) struct LastSequences(Mutex<Asked>);

#[derive(Default)]
struct Asked {
    at: Option<Instant>,
    sequences: HashMap<OrganizationId, i64>,
}

impl LastSequences {
    /// Returns the last change of the organization, as it was not long ago; 0 without any.
    async fn of(&self, store: &Store, organization: OrganizationId) -> Result<i64, IngestError> {
        if self.begin() {
            let sequences = in_time(store.last_sequences()).await?;
            self.asked().sequences = sequences;
        }
        let last = self.asked().sequences.get(&organization).copied();
        Ok(last.unwrap_or(0))
    }

    /// Returns whether it is time to ask; then nobody else is told so for a while.
    fn begin(&self) -> bool {
        let mut asked = self.asked();
        let is_time = asked.at.is_none_or(|at| at.elapsed() >= REOPEN_PAUSE);
        if is_time {
            asked.at = Some(Instant::now());
        }
        is_time
    }

    fn asked(&self) -> MutexGuard<'_, Asked> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Indexer {
    /// Returns every change of the organization after the change `after`, without it after the last
    /// that searches see now, in order, each once searches of this server see it. Ends when the server
    /// does, or with an error.
    ///
    /// # Errors
    /// [`IngestError::NoSuchChange`] when there is no change `after`, those of the store.
    pub async fn changes(
        &self,
        organization: OrganizationId,
        after: Option<i64>,
    ) -> Result<impl Stream<Item = Result<Change, IngestError>> + Send + use<>, IngestError> {
        let last = in_time(self.shared.store.last_sequence(organization)).await?;
        let after = match after {
            Some(after) if (0..=last).contains(&after) => after,
            Some(_) => return Err(IngestError::NoSuchChange),
            None => self.seen(organization).unwrap_or(last),
        };
        let follower = Follower {
            indexer: self.clone(),
            organization,
            after,
            read: VecDeque::new(),
        };
        Ok(stream::try_unfold(follower, Follower::next))
    }

    /// Returns the last change that searches see; `None` while they see none.
    fn seen(&self, organization: OrganizationId) -> Option<i64> {
        let entry = self.organization(organization)?;
        let is_hidden = entry.availability().is_hidden;
        (!is_hidden).then(|| *entry.applied.borrow())
    }
}

/// One who follows.
struct Follower {
    indexer: Indexer,
    organization: OrganizationId,
    /// The last change that was told.
    after: i64,
    /// Changes that are to be told.
    read: VecDeque<Change>,
}

impl Follower {
    async fn next(mut self) -> Result<Option<(Change, Self)>, IngestError> {
        loop {
            if let Some(change) = self.read.pop_front() {
                self.after = change.sequence;
                return Ok(Some((change, self)));
            }
            if self.indexer.shared.is_shut.load(Ordering::SeqCst) {
                return Ok(None);
            }
            let Some(entry) = self.indexer.organization(self.organization) else {
                tokio::time::sleep(REOPEN_PAUSE).await;
                if self.has_news().await {
                    self.indexer.open(self.organization).await?;
                }
                continue;
            };
            entry.touch();
            let mut applied = entry.applied.subscribe();
            let seen = *applied.borrow_and_update();
            if seen > self.after {
                let store = &entry.store;
                let changes = entry.recent.after(store, self.organization, self.after);
                let changes = changes.await?.into_iter();
                self.read = changes.take_while(|of| of.sequence <= seen).collect();
            }
            if self.read.is_empty() {
                let stopping = entry.stopping.subscribe();
                // What waits must not keep the files open.
                drop(entry);
                news(applied, stopping).await;
            }
        }
    }

    /// Returns whether there are changes to tell of. Whoever has heard all needs no index: opening it would
    /// close another one, whose followers would open that again.
    async fn has_news(&self) -> bool {
        let shared = &self.indexer.shared;
        let last = shared.last_sequences.of(&shared.store, self.organization);
        match last.await {
            Ok(last) => last > self.after,
            // Whoever waits goes on waiting; the store may be back at the next look.
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::debug!(error, "it is not known whether there are changes");
                false
            }
        }
    }
}

/// Waits until searches see more, the index is closed, or it is time to ask for it again.
async fn news(mut applied: watch::Receiver<i64>, mut stopping: watch::Receiver<bool>) {
    tokio::select! {
        _ = applied.changed() => {}
        _ = stopping.wait_for(|is_stopping| *is_stopping) => {}
        () = tokio::time::sleep(TOUCH_EVERY) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CandidateId;
    use crate::store::ChangeKind;

    fn changes(sequences: std::ops::RangeInclusive<i64>) -> Vec<Change> {
        let change = |sequence| Change {
            sequence,
            candidate: CandidateId::new(),
            kind: ChangeKind::Upsert,
        };
        sequences.map(change).collect()
    }

    fn sequences(window: &Window, after: i64) -> Vec<i64> {
        let changes = window.after(after).into_iter();
        changes.map(|change| change.sequence).collect()
    }

    #[test]
    fn what_is_kept_is_bounded_and_has_no_gap() {
        let mut window = Window::default();
        window.push(changes(1..=3));
        assert_eq!(sequences(&window, 1), [2, 3]);
        assert_eq!((window.from, window.to), (0, 3));
        window.push(changes(4..=2_000));
        assert_eq!(window.changes.len(), MAX_RECENT);
        assert_eq!((window.from, window.to), (2_000 - 1_024, 2_000));
        assert_eq!(sequences(&window, window.from).len(), BATCH as usize);
        assert_eq!(sequences(&window, window.from)[0], window.from + 1);
        assert_eq!(sequences(&window, 1_999), [2_000]);
        assert!(sequences(&window, 2_000).is_empty());
        window.push(Vec::new());
        assert_eq!(window.to, 2_000);
    }
}
