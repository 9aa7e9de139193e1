//! How far the indexes are: of one organization, of all, of the servers that share a database.

use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::Utc;
use shokureki_index::IndexState;

use super::error::IngestError;
use super::indexer::Indexer;
use super::status::{IndexStatus, IndexTotals, ServerStatus};
use crate::domain::OrganizationId;
use crate::store::ServerId;

impl Indexer {
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
        let applied = entry.seen(&state);
        let lag = if applied < last {
            self.waiting_since(organization, applied).await?
        } else {
            Duration::ZERO
        };
        let availability = *entry.availability();
        Ok(IndexStatus {
            candidates,
            indexed_candidates: state.documents,
            pending_changes: behind(applied, last),
            applied_sequence: applied,
            last_sequence: last,
            lag,
            generation: state.generation,
            size_bytes: state.size_bytes,
            is_rebuilding: availability.reason.is_some(),
            rebuild_reason: availability.reason,
            is_available: !availability.is_hidden,
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
            totals.indexed_candidates += state.documents;
            totals.pending_changes += behind(entry.seen(&state), last);
            totals.size_bytes += state.size_bytes;
            totals.rebuilding += u64::from(entry.is_rebuilding.load(Ordering::Relaxed));
        }
        Ok(totals)
    }

    /// Returns how long the first change after `sequence` has been waiting; none when there is none, or
    /// when the clock of whoever made it is ahead.
    async fn waiting_since(
        &self,
        organization: OrganizationId,
        sequence: i64,
    ) -> Result<Duration, IngestError> {
        let store = &self.shared.store;
        let changed_at = store.changed_at_after(organization, sequence).await?;
        let waiting = changed_at.and_then(|changed_at| (Utc::now() - changed_at).to_std().ok());
        Ok(waiting.unwrap_or_default())
    }

    /// Returns how far each server is that shares the database, this one first.
    ///
    /// # Errors
    /// [`IngestError::IndexClosed`], those of the store.
    pub async fn servers(
        &self,
        organization: OrganizationId,
    ) -> Result<Vec<ServerStatus>, IngestError> {
        let entry = self
            .organization(organization)
            .ok_or(IngestError::IndexClosed)?;
        let (store, this) = (&self.shared.store, self.shared.server);
        let last = store.last_sequence(organization).await?;
        let status = |server: ServerId, applied: i64, told_ago| ServerStatus {
            id: server.to_string(),
            is_this: server == this,
            applied_sequence: applied,
            pending_changes: behind(applied, last),
            told_ago,
        };
        let mut servers = vec![status(this, *entry.applied.borrow(), Duration::ZERO)];
        let others = store.followers(organization).await?.into_iter();
        servers.extend(
            others
                .filter(|other| other.server != this)
                .map(|other| status(other.server, other.applied_sequence, other.told_ago)),
        );
        Ok(servers)
    }
}

/// How many changes there are after `applied`, up to `last`.
fn behind(applied: i64, last: i64) -> u64 {
    u64::try_from(last.saturating_sub(applied)).unwrap_or(0)
}
