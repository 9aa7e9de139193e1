use async_graphql::{Context, ID, Object};

use super::enums::DocumentFormat;
use crate::catalog::ResumeRow;
use crate::domain::{ResumeId, Scope};
use crate::graphql::error::{ApiError, ErrorCode};
use crate::graphql::id::GlobalId;
use crate::graphql::loaders::{ResumeOf, WholeTextOf};
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::{access, loaders};

/// A document.
#[derive(Clone, Copy, Debug)]
pub(in crate::graphql) struct Resume(pub(in crate::graphql) ResumeId);

impl Resume {
    async fn row(&self, context: &Context<'_>) -> Result<ResumeRow, ApiError> {
        let row = loaders(context).one(ResumeOf(self.0)).await?;
        row.ok_or(ApiError::of(ErrorCode::NotFound))
    }
}

/// One received document. Its bytes are kept unchanged.
#[Object]
impl Resume {
    /// The global id.
    pub(super) async fn id(&self) -> ID {
        GlobalId::Resume(self.0).into()
    }

    /// The file's name; null without the scopes `identity` and `contact`.
    async fn file_name(&self, context: &Context<'_>) -> Result<Option<String>, ApiError> {
        Ok(self.row(context).await?.file_name)
    }

    /// The form of the document.
    async fn format(&self, context: &Context<'_>) -> Result<DocumentFormat, ApiError> {
        Ok(self.row(context).await?.format.into())
    }

    /// The date that the document states, else the one given with it.
    async fn document_date(&self, context: &Context<'_>) -> Result<Option<Date>, ApiError> {
        Ok(self.row(context).await?.document_date.map(Date))
    }

    /// When it was received.
    async fn received_at(&self, context: &Context<'_>) -> Result<DateTime, ApiError> {
        Ok(DateTime(self.row(context).await?.received_at))
    }

    /// The SHA-256 of its bytes, in hexadecimal.
    async fn sha256(&self, context: &Context<'_>) -> Result<String, ApiError> {
        Ok(self.row(context).await?.sha256.to_string())
    }

    /// Its text, which every line and byte of evidence counts in; needs the scope `document`. Without
    /// `identity` or `contact`, marks stand for what tells who the person is. What must not be
    /// collected is in it, and nowhere else.
    async fn text(&self, context: &Context<'_>) -> Result<String, ApiError> {
        access(context).require(Scope::Document)?;
        let text = loaders(context).one(WholeTextOf(self.0)).await?;
        let text = text.ok_or(ApiError::of(ErrorCode::NotFound))?;
        Ok(text.as_ref().to_owned())
    }
}
