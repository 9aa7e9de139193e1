//! Indexes on disk that nobody asks for: whom the store erased must leave their files as well.

use std::path::PathBuf;
use std::time::Duration;

use shokureki_index::SkillIndex;

use super::error::IngestError;
use super::follow::in_time;
use super::indexer::Indexer;
use crate::domain::OrganizationId;
use crate::store::{ChangeKind, Store};

/// Between two looks: how long an erasure that another process made may stay in such a file.
const INTERVAL: Duration = Duration::from_secs(3_600);

/// How long one of them may take to catch up before the next is looked at.
const PATIENCE: Duration = Duration::from_secs(120);

/// Changes that are read at once.
const BATCH: u32 = 256;

impl Indexer {
    /// Runs [`expunge_unopened`](Self::expunge_unopened) now and then every hour, for ever.
    pub async fn keep_unopened_expunged(&self) {
        loop {
            if let Err(error) = self.expunge_unopened().await {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(error, "cannot take who was erased out of every index");
            }
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Opens the indexes one after the other that do not know yet of an erasure, as when the process
    /// was killed or another one erased, and waits for each to catch up; returns how many.
    ///
    /// One that cannot be read is left for when it is asked for, which writes it anew. One that fails
    /// does not keep the others from it.
    ///
    /// # Errors
    /// The first of the store's, of [`open`](Self::open)'s and of [`wait_for`](Self::wait_for)'s.
    pub async fn expunge_unopened(&self) -> Result<usize, IngestError> {
        let (mut opened, mut failed) = (0, None);
        for (organization, last) in in_time(self.shared.store.last_sequences()).await? {
            match self.expunge_if_unopened(organization, last).await {
                Ok(is_opened) => opened += usize::from(is_opened),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        failed.map_or(Ok(opened), Err)
    }

    /// Does so with the index of an organization whose last change is `last`; returns whether it had to.
    async fn expunge_if_unopened(
        &self,
        organization: OrganizationId,
        last: i64,
    ) -> Result<bool, IngestError> {
        if self.organization(organization).is_some() {
            return Ok(false);
        }
        let directory = self.directory(organization);
        let Some(applied) = applied(directory).await? else {
            return Ok(false);
        };
        if applied >= last || !erases_after(&self.shared.store, organization, applied).await? {
            return Ok(false);
        }
        self.open(organization).await?;
        self.wait_for(organization, last, PATIENCE).await?;
        Ok(true)
    }
}

/// Returns the last change that the index in a folder counts as applied; `None` where there is no index
/// that can be read.
async fn applied(directory: PathBuf) -> Result<Option<i64>, IngestError> {
    let looking = tokio::task::spawn_blocking(move || {
        let index = SkillIndex::open_to_read(&directory).ok()?;
        Some(i64::try_from(index.state().applied_sequence).unwrap_or(i64::MAX))
    });
    looking.await.map_err(|_| IngestError::Interrupted)
}

/// Whether somebody was erased after the change `sequence`.
async fn erases_after(
    store: &Store,
    organization: OrganizationId,
    mut sequence: i64,
) -> Result<bool, IngestError> {
    loop {
        let changes = in_time(store.changes_after(organization, sequence, BATCH)).await?;
        let Some(last) = changes.last() else {
            return Ok(false);
        };
        sequence = last.sequence;
        if changes.iter().any(|of| of.kind == ChangeKind::Delete) {
            return Ok(true);
        }
    }
}
