//! What a client may follow.

use async_graphql::{Context, ID, Subscription as Root};
use futures::stream::{BoxStream, StreamExt as _};

use super::error::{ApiError, ErrorCode};
use super::types::{CandidateChange, ImportProgress};
use super::{access, import_query, services};
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

    /// How an import goes on: how it is now, then each document that is done. Completes with the import.
    /// Needs the scope `import`; `NOT_FOUND` where this server does not know the import (any more).
    async fn import_progress(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The import's id.")] job_id: ID,
    ) -> Result<BoxStream<'static, ImportProgress>, ApiError> {
        let access = access(context);
        access.require(Scope::Import)?;
        let job = match import_query::job_id(&job_id)? {
            Some(id) => services(context).jobs.follow(access, id)?,
            None => None,
        };
        let events = job.ok_or(ApiError::of(ErrorCode::NotFound))?;
        Ok(events.map(ImportProgress::from).boxed())
    }
}
