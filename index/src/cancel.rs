//! What a search is told from outside while it works: that nobody waits for its answer, and who may help.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asked before each look of a search at so many candidates, with work for so many threads beside its own:
/// returns how many it may start. They have ended when it is asked again, or the search has answered.
pub type Helpers<'a> = dyn Fn(u64, usize) -> usize + Sync + 'a;

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
