//! The task that tells other servers how far the indexes of this one are.

use std::sync::Weak;
use std::time::Duration;

use super::indexer::Shared;

/// Between two tellings; well below the time after which a silent server counts as gone.
const INTERVAL: Duration = Duration::from_secs(5);

/// Tells until the indexer is gone.
pub(super) async fn run(indexer: Weak<Shared>) {
    loop {
        let Some(indexer) = indexer.upgrade() else {
            return;
        };
        let applied = indexer.applied();
        let told = indexer.store.tell_followed(indexer.server, &applied).await;
        if let Err(error) = told {
            let error: &dyn std::error::Error = &error;
            tracing::debug!(error, "cannot tell other servers of this one");
        }
        drop(indexer);
        tokio::time::sleep(INTERVAL).await;
    }
}
