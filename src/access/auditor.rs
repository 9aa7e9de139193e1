//! Records what callers look at. What they change is recorded by the store, with the change.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, OnceLock};

use tokio::sync::{mpsc, oneshot};

use super::views::ReadError;
use crate::domain::{Access, Actor, AuditAction, CandidateId, OrganizationId};
use crate::store::{NewAuditEntry, Store, StoreError};

/// Entries that wait to be written; whoever comes beyond waits for a place.
const QUEUE: usize = 1_024;

/// Entries of one transaction: those that came while the one before was written.
const BATCH: usize = 256;

/// Records searches and openings of candidates. Cheap to clone.
///
/// Nobody gets an answer whose asking is not recorded. Requests that run at once share a transaction, so
/// that they wait for one commit together. Whoever is at this machine (local mode, the command line) is
/// nobody in particular: what they only look at is not recorded.
#[derive(Clone)]
pub struct Auditor {
    store: Store,
    /// Begun with the first entry.
    waiting: Arc<OnceLock<mpsc::Sender<Waiting>>>,
}

struct Waiting {
    organization: OrganizationId,
    entries: Vec<NewAuditEntry>,
    written: oneshot::Sender<bool>,
}

impl Auditor {
    /// Returns an auditor that writes to `store` until its last clone is dropped.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            waiting: Arc::default(),
        }
    }

    fn queue(&self) -> mpsc::Sender<Waiting> {
        let begin = || {
            let (waiting, queue) = mpsc::channel(QUEUE);
            tokio::spawn(write(self.store.clone(), queue));
            waiting
        };
        self.waiting.get_or_init(begin).clone()
    }

    /// Returns whether what the caller looks at is recorded.
    pub fn records(access: &Access) -> bool {
        !matches!(access.actor, Actor::Local | Actor::Automation)
    }

    /// Records an action, to each of `candidates` or, without any, to nobody in particular; what comes back begins when it is first looked at, and ends when the entry is
    /// written.
    pub fn record(
        &self,
        access: &Access,
        action: AuditAction,
        candidates: &[CandidateId],
        detail: Option<&str>,
    ) -> impl Future<Output = Result<(), ReadError>> + Send + use<> {
        let entry = |candidate| NewAuditEntry {
            actor: access.actor.clone(),
            action,
            candidate,
            detail: detail.map(str::to_owned),
        };
        let entries: Vec<NewAuditEntry> = match (candidates, action) {
            ([], AuditAction::Open) => Vec::new(),
            ([], _) => vec![entry(None)],
            (candidates, _) => candidates.iter().map(|id| entry(Some(*id))).collect(),
        };
        let organization = access.organization;
        let is_recorded = Self::records(access) && !entries.is_empty();
        let waiting = is_recorded.then(|| self.queue());
        async move {
            let Some(waiting) = waiting else {
                return Ok(());
            };
            let (written, is_written) = oneshot::channel();
            let entry = Waiting {
                organization,
                entries,
                written,
            };
            let sent = waiting.send(entry).await;
            match (sent, is_written.await) {
                (Ok(()), Ok(true)) => Ok(()),
                _ => Err(ReadError::NotRecorded),
            }
        }
    }
}

async fn write(store: Store, mut queue: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        let mut by_organization: HashMap<OrganizationId, Vec<Waiting>> = HashMap::new();
        for waiting in batch.drain(..) {
            let of_organization = by_organization.entry(waiting.organization);
            of_organization.or_default().push(waiting);
        }
        for (organization, mut waiting) in by_organization {
            let entries = waiting.iter_mut().flat_map(|of| of.entries.drain(..));
            let entries: Vec<NewAuditEntry> = entries.collect();
            let written = record(&store, organization, &entries).await;
            if let Err(error) = &written {
                let error: &dyn std::error::Error = error;
                tracing::error!(error, "the audit log cannot be written");
            }
            for of in waiting {
                // Who does not wait any more needs no answer.
                let _ = of.written.send(written.is_ok());
            }
        }
    }
}

async fn record(
    store: &Store,
    organization: OrganizationId,
    entries: &[NewAuditEntry],
) -> Result<(), StoreError> {
    match store.record_audit(organization, entries).await {
        Err(StoreError::Conflict) => store.record_audit(organization, entries).await,
        written => written,
    }
}
