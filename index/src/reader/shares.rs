//! Work that is shared out among threads.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread::ScopedJoinHandle;

/// Lets this thread and `helpers` more do `work`, which takes of the `tasks`, from the end, what is
/// next, until there is none. Returns what each has made of its own.
pub(super) fn share_out<T: Send, R: Send>(
    tasks: Vec<T>,
    helpers: usize,
    work: impl Fn(&dyn Fn() -> Option<T>) -> R + Sync,
) -> Vec<R> {
    let queue = Mutex::new(tasks);
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let work = || work(&next);
    std::thread::scope(|scope| {
        let helping: Vec<_> = (0..helpers).map(|_| scope.spawn(work)).collect();
        let own = work();
        let helped = helping.into_iter().map(ScopedJoinHandle::join);
        let helped = helped.map(|done| done.unwrap_or_else(|panic| resume_unwind(panic)));
        helped.chain([own]).collect()
    })
}
