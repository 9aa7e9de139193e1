//! Who asks.

use async_graphql::{Context, Object};

use super::access;
use super::error::ApiError;
use super::types::Viewer;
use crate::domain::{Scope, Scopes};

/// Questions about the caller.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ViewerQuery;

/// Questions about the caller.
#[Object]
impl ViewerQuery {
    /// Who asks, and what they may see and do. Needs any scope.
    async fn viewer(&self, context: &Context<'_>) -> Result<Viewer, ApiError> {
        let access = access(context);
        if access.scopes == Scopes::default() {
            access.require(Scope::Search)?;
        }
        Ok(Viewer::from(access))
    }
}
