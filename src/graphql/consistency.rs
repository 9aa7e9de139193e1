//! What a client may ask of how new an answer is.

use async_graphql::Context;

use super::error::ApiError;
use super::{access, services};
use crate::domain::Scope;

/// Waits until searches see the change `min_sequence` of the organization, at most as long as a search
/// may take; `UNAVAILABLE` beyond. None waits for nothing.
pub(super) async fn demand(
    context: &Context<'_>,
    min_sequence: Option<i64>,
) -> Result<(), ApiError> {
    let Some(sequence) = min_sequence else {
        return Ok(());
    };
    let access = access(context);
    access.require(Scope::Search)?;
    let services = services(context);
    let patience = services.searcher.budget();
    let indexer = &services.indexer;
    Ok(indexer
        .wait_for(access.organization, sequence, patience)
        .await?)
}
