//! What a request costs, told to its client and asked of its caller's budget.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Value, value};

use super::limits::{MAX_COMPLEXITY, MAX_DEPTH};

/// Asked before a request runs whether its caller may spend what it costs; says when to come again if
/// not. Given in the data of the request; without one nothing is limited.
#[derive(Clone)]
pub struct CostGate(Arc<dyn Fn(usize) -> Result<(), Duration> + Send + Sync>);

impl CostGate {
    /// Returns a gate that asks `spend` for the complexity of the request.
    pub fn new(spend: impl Fn(usize) -> Result<(), Duration> + Send + Sync + 'static) -> Self {
        Self(Arc::new(spend))
    }

    pub(super) fn spend(&self, complexity: usize) -> Result<(), Duration> {
        (self.0)(complexity)
    }
}

/// What is known of the cost of one request.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    pub(super) depth: usize,
    /// Unknown for what was refused before it was worked out.
    pub(super) complexity: Option<usize>,
}

impl Cost {
    /// Returns `extensions.cost`.
    pub(super) fn value(self) -> Value {
        value!({
            "requested": self.complexity,
            "limit": MAX_COMPLEXITY,
            "depth": self.depth,
            "depthLimit": MAX_DEPTH,
        })
    }
}
