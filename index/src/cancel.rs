//! Telling a search that nobody waits for its answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Makes the searches that were given it stop at their next look at the clock. Clones are one.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Tells the searches to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
