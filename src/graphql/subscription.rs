//! What a client may follow.

use async_graphql::{Context, Subscription as Root};
use futures::stream::{BoxStream, StreamExt as _};

use super::error::ApiError;
use super::types::CandidateChange;
use super::{access, services};
use crate::domain::Scope;

/// The root of subscriptions.
#[derive(Clone, Copy, Debug)]
pub struct Subscription;

/// What goes on. Each operation follows one thing.
#[Root]
impl Subscription {
    /// Every change of the organization's candidates from now on, in order, each once searches of this
    /// server see it. Needs the scope `search`.
    ///
    /// After a break, `afterSequence` goes on where it ended. To begin with a list of candidates and miss
    /// nothing, ask for `indexStatus.appliedSequence` before it and begin there.
    async fn candidates_changed(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "Changes after this one, such as the last that was received: those that were missed come first. Without it, those from now on."
        )]
        after_sequence: Option<i64>,
    ) -> Result<BoxStream<'static, Result<CandidateChange, ApiError>>, ApiError> {
        let access = access(context);
        access.require(Scope::Search)?;
        let indexer = &services(context).indexer;
        let changes = indexer.changes(access.organization, after_sequence).await?;
        let changes = changes.map(|change| Ok(CandidateChange(change?)));
        Ok(changes.boxed())
    }
}
