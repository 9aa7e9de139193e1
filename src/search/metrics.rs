//! What is counted of searches. Never what is searched for.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric as _};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use shokureki_index::IndexError;
use tokio::sync::Semaphore;

/// How one question to the index ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    outcome: &'static str,
}

/// Counts questions to the index, and how long they wait and work. Clones count together.
#[derive(Clone)]
pub(super) struct SearchMetrics {
    waited: Histogram,
    worked: Family<Asked, Histogram, fn() -> Histogram>,
    refused: Counter,
    waited_in_vain: Counter,
}

impl Default for SearchMetrics {
    fn default() -> Self {
        Self {
            waited: latency(),
            worked: Family::new_with_constructor(latency),
            refused: Counter::default(),
            waited_in_vain: Counter::default(),
        }
    }
}

/// From 0.25 ms to 4 s: a search has 2 s.
fn latency() -> Histogram {
    Histogram::new(exponential_buckets(0.000_25, 2.0, 15))
}

impl SearchMetrics {
    /// Counts one that found no place to wait.
    pub(super) fn refuse(&self) {
        self.refused.inc();
    }

    /// Counts one that waited until its time was over.
    pub(super) fn wait_in_vain(&self) {
        self.waited_in_vain.inc();
    }

    /// Counts one whose turn came.
    pub(super) fn wait(&self, time: Duration) {
        self.waited.observe(time.as_secs_f64());
    }

    /// Counts one that ended.
    pub(super) fn end<T>(&self, time: Duration, answer: &Result<T, IndexError>) {
        let outcome = match answer {
            Ok(_) => "answered",
            Err(IndexError::Cancelled) => "cancelled",
            Err(IndexError::TimedOut) => "timed_out",
            Err(_) => "failed",
        };
        let worked = self.worked.get_or_create_owned(&Asked { outcome });
        worked.observe(time.as_secs_f64());
    }

    /// Makes the counts, and those of `queue`, part of `registry`.
    pub(super) fn register(&self, queue: Queue, registry: &mut Registry) {
        registry.register_with_unit(
            "search_wait",
            "How long searches of the index waited for their turn",
            Unit::Seconds,
            self.waited.clone(),
        );
        registry.register_with_unit(
            "search_index",
            "How long searches of the index took, waiting left out, by outcome",
            Unit::Seconds,
            self.worked.clone(),
        );
        registry.register(
            "searches_refused",
            "Searches that were refused at once because too many waited",
            self.refused.clone(),
        );
        registry.register(
            "searches_waited_in_vain",
            "Searches whose time was over before their turn came",
            self.waited_in_vain.clone(),
        );
        registry.register_collector(Box::new(queue));
    }
}

/// The searches at work and those that wait, looked at when somebody asks.
pub(super) struct Queue {
    /// One for each search at work.
    pub(super) permits: Arc<Semaphore>,
    /// One for each search at work or waiting.
    pub(super) places: Arc<Semaphore>,
    /// Searches that may be at work.
    pub(super) max_working: usize,
    /// Searches that may be at work or waiting.
    pub(super) max_all: usize,
}

impl fmt::Debug for Queue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Queue").finish_non_exhaustive()
    }
}

impl Collector for Queue {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let working = self
            .max_working
            .saturating_sub(self.permits.available_permits());
        let all = self.max_all.saturating_sub(self.places.available_permits());
        let gauges = [
            ("searches_working", "Searches at work", working),
            (
                "searches_waiting",
                "Searches that wait for their turn",
                all.saturating_sub(working),
            ),
            (
                "searches_max_working",
                "Searches that may be at work at once",
                self.max_working,
            ),
            (
                "searches_max_waiting",
                "Searches that may wait at once",
                self.max_all - self.max_working,
            ),
        ];
        for (name, help, value) in gauges {
            let gauge = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
            let metric = encoder.encode_descriptor(name, help, None, gauge.metric_type())?;
            gauge.encode(metric)?;
        }
        Ok(())
    }
}
