//! What is counted of imports and of the index. Never whose document it was.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use super::error::{IngestError, Rejection};
use crate::document::DocumentError;
use crate::store::{Imported, StoreError};

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    outcome: &'static str,
}

/// Counts documents and erasures. Clones count together.
#[derive(Clone)]
pub(super) struct ImportMetrics {
    documents: Family<Ended, Counter>,
    took: Histogram,
    reread: Counter,
    erased: Counter,
}

impl Default for ImportMetrics {
    fn default() -> Self {
        Self {
            documents: Family::default(),
            // From 1 ms to 33 s: a batch may hold hundreds of documents.
            took: Histogram::new(exponential_buckets(0.001, 2.0, 16)),
            reread: Counter::default(),
            erased: Counter::default(),
        }
    }
}

impl ImportMetrics {
    /// Counts the `documents` of one call.
    pub(super) fn import(
        &self,
        documents: usize,
        time: Duration,
        outcomes: &Result<Vec<Result<Imported, Rejection>>, IngestError>,
    ) {
        self.took.observe(time.as_secs_f64());
        let count = |outcome, by| {
            let counter = self.documents.get_or_create_owned(&Ended { outcome });
            counter.inc_by(by);
        };
        match outcomes {
            Err(error) => {
                let outcome = match error {
                    IngestError::Store(StoreError::Conflict) => "conflict",
                    _ => "failed",
                };
                count(outcome, u64::try_from(documents).unwrap_or(u64::MAX));
            }
            Ok(outcomes) => {
                for outcome in outcomes {
                    let outcome = match outcome {
                        Ok(imported) if imported.unchanged => "unchanged",
                        Ok(_) => "stored",
                        Err(Rejection::Document(DocumentError::TooLarge { .. })) => "too_large",
                        Err(Rejection::Document(_)) => "unsupported",
                        Err(Rejection::Reader) => "failed",
                    };
                    count(outcome, 1);
                }
            }
        }
    }

    /// Counts documents that were read again by a newer reader.
    pub(super) fn reread(&self, documents: usize) {
        self.reread
            .inc_by(u64::try_from(documents).unwrap_or(u64::MAX));
    }

    /// Counts a candidate that was erased.
    pub(super) fn erase(&self) {
        self.erased.inc();
    }

    /// Makes the counts part of `registry`.
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "imported_documents",
            "Documents that were given for import, by what became of them",
            self.documents.clone(),
        );
        registry.register_with_unit(
            "import",
            "How long calls that import took, from bytes to the committed store",
            Unit::Seconds,
            self.took.clone(),
        );
        registry.register(
            "reread_documents",
            "Stored documents that a newer reader read again",
            self.reread.clone(),
        );
        registry.register(
            "erased_candidates",
            "Candidates that were erased",
            self.erased.clone(),
        );
    }
}

/// Counts what the tasks of all indexes do. Clones count together.
#[derive(Clone)]
pub(super) struct IndexMetrics {
    took: Histogram,
    changes: Counter,
    failures: Counter,
    rebuilds: Counter,
}

impl Default for IndexMetrics {
    fn default() -> Self {
        Self {
            took: Histogram::new(exponential_buckets(0.001, 2.0, 16)),
            changes: Counter::default(),
            failures: Counter::default(),
            rebuilds: Counter::default(),
        }
    }
}

impl IndexMetrics {
    /// Counts `changes` that were applied and committed at once.
    pub(super) fn apply(&self, changes: usize, time: Duration) {
        self.took.observe(time.as_secs_f64());
        self.changes
            .inc_by(u64::try_from(changes).unwrap_or(u64::MAX));
    }

    /// Counts a failure to follow the store; it is tried again.
    pub(super) fn fail(&self) {
        self.failures.inc();
    }

    /// Counts an index that was written anew.
    pub(super) fn rebuild(&self) {
        self.rebuilds.inc();
    }

    /// Makes the counts part of `registry`.
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register_with_unit(
            "index_commit",
            "How long batches of changes took to be loaded, indexed and committed",
            Unit::Seconds,
            self.took.clone(),
        );
        registry.register(
            "index_changes",
            "Changes that were indexed",
            self.changes.clone(),
        );
        registry.register(
            "index_failures",
            "Failures to follow the change log; each is tried again",
            self.failures.clone(),
        );
        registry.register(
            "index_rebuilds",
            "Indexes that were written anew",
            self.rebuilds.clone(),
        );
    }
}
