use async_graphql::Object;

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

    /// Whether searches see every stored change.
    async fn is_current(&self) -> bool {
        self.0.pending_changes == 0
    }

    /// Whether the index is being written anew, while the old one answers.
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
