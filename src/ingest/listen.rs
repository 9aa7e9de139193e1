//! The task that hears of the changes of other processes and wakes the indexes they belong to.

use std::sync::Weak;
use std::time::Duration;

use super::indexer::Shared;
use crate::store::{ChangeListener, Store, StoreError};

/// How often every index is made to look at the change log while nothing is heard.
const LOOK_INTERVAL: Duration = Duration::from_millis(500);

/// Looks between two tries to listen again, at first and at most; doubled after each failure.
const FIRST_LOOKS: u32 = 1;
const MOST_LOOKS: u32 = 16;

/// Listens until the indexer is gone.
pub(super) async fn run(store: Store, indexer: Weak<Shared>) {
    let mut looks = FIRST_LOOKS;
    loop {
        match store.listen().await {
            Ok(listener) => {
                tracing::debug!("listening to the changes of other processes");
                looks = FIRST_LOOKS;
                let Some(error) = wake_on_changes(listener, &indexer).await else {
                    return;
                };
                warn(&error);
            }
            Err(error) => warn(&error),
        }
        for _ in 0..looks {
            let Some(indexer) = indexer.upgrade() else {
                return;
            };
            indexer.wake_all();
            drop(indexer);
            tokio::time::sleep(LOOK_INTERVAL).await;
        }
        looks = (looks * 2).min(MOST_LOOKS);
    }
}

/// Wakes indexes until the listener fails, and returns why; `None` once the indexer is gone.
async fn wake_on_changes(
    mut listener: ChangeListener,
    indexer: &Weak<Shared>,
) -> Option<StoreError> {
    // What was committed before the listener was there is not told.
    indexer.upgrade()?.wake_all();
    loop {
        match listener.next().await {
            Ok(organization) => indexer.upgrade()?.wake(organization),
            Err(error) => return Some(error),
        }
    }
}

fn warn(error: &StoreError) {
    let error: &dyn std::error::Error = error;
    tracing::warn!(
        error,
        "cannot listen to the changes of other processes; looking for them instead"
    );
}
