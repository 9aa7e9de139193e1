//! How many sockets there may be.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::super::rate::CallerKey;

/// The places of all sockets. Clones are one.
#[derive(Clone)]
pub(in crate::http) struct Places {
    all: Arc<Semaphore>,
    taken: Arc<Mutex<HashMap<CallerKey, usize>>>,
    max_per_caller: usize,
}

/// A place of one caller, given back when it is dropped.
pub(super) struct Place {
    of: CallerKey,
    taken: Arc<Mutex<HashMap<CallerKey, usize>>>,
    among_all: Option<OwnedSemaphorePermit>,
}

impl Places {
    /// Returns `max` places, of which one caller may have `max_per_caller`.
    pub(in crate::http) fn new(max: usize, max_per_caller: usize) -> Self {
        Self {
            all: Arc::new(Semaphore::new(max)),
            taken: Arc::default(),
            max_per_caller,
        }
    }

    /// Takes a place, unless all or all of the caller are taken.
    pub(super) fn take(&self, caller: CallerKey) -> Option<Place> {
        let among_all = Arc::clone(&self.all).try_acquire_owned().ok()?;
        self.take_of(caller, among_all)
    }

    /// Makes the place one of another caller, unless all of that caller are taken.
    pub(super) fn hand_over(&self, mut place: Place, caller: CallerKey) -> Option<Place> {
        let among_all = place.among_all.take()?;
        drop(place);
        self.take_of(caller, among_all)
    }

    fn take_of(&self, caller: CallerKey, among_all: OwnedSemaphorePermit) -> Option<Place> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.get(&caller).copied().unwrap_or(0);
        if count >= self.max_per_caller {
            return None;
        }
        taken.insert(caller.clone(), count + 1);
        Some(Place {
            of: caller,
            taken: Arc::clone(&self.taken),
            among_all: Some(among_all),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.of) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.of);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bounded_for_each_caller_and_for_all_and_come_back() {
        let places = Places::new(3, 2);
        let take = |name: &str| places.take(CallerKey::named(name));
        let (one, two) = (take("a"), take("a"));
        assert!(one.is_some() && two.is_some());
        assert!(take("a").is_none());
        let three = take("b").expect("one is left");
        assert!(take("c").is_none(), "all are taken");
        drop(one);
        let three = places.hand_over(three, CallerKey::named("a"));
        assert!(three.is_some());
        let four = take("b").expect("one is left");
        assert!(places.hand_over(four, CallerKey::named("a")).is_none());
        drop((two, three));
        assert!(take("b").is_some());
        let taken = places.taken.lock().expect("not poisoned");
        assert!(taken.is_empty(), "{taken:?}");
    }
}
