use async_graphql::{Context, Object};

use super::enums::RebuildReason;
use crate::graphql::error::ApiError;
use crate::graphql::{access, services};
use crate::ingest;

/// The state of the search index.
pub(in crate::graphql) struct IndexStatus(pub(in crate::graphql) ingest::IndexStatus);

/// The state of the search index, which follows the stored candidates.
#[Object]
impl IndexStatus {
    /// Candidates that are stored.
    async fn candidates(&self) -> u64 {
        self.0.candidates
    }

    /// Candidates that searches see.
    async fn indexed_candidates(&self) -> u64 {
        self.0.indexed_candidates
    }

    /// Changes that searches do not see yet.
    async fn pending_changes(&self) -> u64 {
        self.0.pending_changes
    }

    /// The last change that searches of this server see, 0 before any.
    async fn applied_sequence(&self) -> i64 {
        self.0.applied_sequence
    }

    /// The last stored change, 0 before any.
    async fn last_sequence(&self) -> i64 {
        self.0.last_sequence
    }

    /// For how many seconds the first change that searches do not see has been waiting; 0 when they see
    /// all.
    async fn lag_seconds(&self) -> f64 {
        self.0.lag.as_secs_f64()
    }

    /// The servers that share the database, this one first. What the others tell may be some seconds
    /// old; one that told nothing for half a minute is left out.
    #[graphql(complexity = "5 + child_complexity")]
    async fn servers(&self, context: &Context<'_>) -> Result<Vec<IndexServer>, ApiError> {
        let indexer = &services(context).indexer;
        let servers = indexer.servers(access(context).organization).await?;
        Ok(servers.into_iter().map(IndexServer).collect())
    }

    /// Whether searches see every stored change.
    async fn is_current(&self) -> bool {
        self.0.pending_changes == 0
    }

    /// Whether searches are answered. They are not while an index that was damaged, missing or of another
    /// layout is being written anew from what is stored; candidates are still read by id.
    async fn is_available(&self) -> bool {
        self.0.is_available
    }

    /// Why the index is being written anew; null when it is not.
    async fn rebuild_reason(&self) -> Option<RebuildReason> {
        self.0.rebuild_reason.map(Into::into)
    }

    /// Whether the index is being written anew, while the old one answers where it can.
    async fn is_rebuilding(&self) -> bool {
        self.0.is_rebuilding
    }

    /// Counts how often the index was written anew, from 1. Cursors of earlier ones have expired.
    async fn generation(&self) -> u64 {
        self.0.generation
    }

    /// Bytes on disk.
    #[expect(clippy::cast_precision_loss, reason = "exact up to 9 PB")]
    async fn size_bytes(&self) -> f64 {
        self.0.size_bytes as f64
    }
}

/// A server that shares the database, and how far its index is.
pub(in crate::graphql) struct IndexServer(ingest::ServerStatus);

/// A server that shares the database, and how far its own index is.
#[Object]
impl IndexServer {
    /// Which start of which server: another one after a restart.
    async fn id(&self) -> &str {
        &self.0.id
    }

    /// Whether it is the server that answers.
    async fn is_this(&self) -> bool {
        self.0.is_this
    }

    /// The last change that its searches see, 0 before any.
    async fn applied_sequence(&self) -> i64 {
        self.0.applied_sequence
    }

    /// Changes that its searches do not see yet.
    async fn pending_changes(&self) -> u64 {
        self.0.pending_changes
    }

    /// How many seconds ago it told so; 0 of the server that answers.
    async fn told_seconds_ago(&self) -> f64 {
        self.0.told_ago.as_secs_f64()
    }
}
