//! Who did what.

use async_graphql::{Context, Object};

use super::error::ApiError;
use super::types::{AuditConnection, AuditFilter};
use super::{access, page, services};
use crate::search::SearchError;

/// Questions about the audit log.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct AuditQuery;

/// Questions about the audit log.
#[Object]
impl AuditQuery {
    /// Who did what in the organization, newest first. Needs the scope `audit`.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn audit_log(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which entries; all by default.")] filter: Option<AuditFilter>,
        #[graphql(desc = "How many: 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only entries after this cursor, which are older.")] after: Option<String>,
    ) -> Result<AuditConnection, ApiError> {
        let limit = page::size(first, page::DEFAULT_PAGE)?;
        let filter = filter.map(TryInto::try_into).transpose()?;
        let before = after.as_deref().map(str::parse).transpose();
        let before = before.map_err(|_| SearchError::BadCursor)?;
        let log = &services(context).audit;
        let mut entries = log
            .page(
                access(context),
                &filter.unwrap_or_default(),
                before,
                limit + 1,
            )
            .await?;
        let more = entries.len() > limit as usize;
        entries.truncate(limit as usize);
        Ok(AuditConnection::of(entries, more, before.is_some()))
    }
}
