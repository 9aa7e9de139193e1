use async_graphql::{Context, Enum, Object};

use super::employer::Employer;
use super::technology::Technology;
use crate::graphql::error::ApiError;
use crate::graphql::loaders::EmployerKeyed;
use crate::graphql::{loaders, services};
use crate::search;

/// What is suggested.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "search::SuggestionKind")]
pub(in crate::graphql) enum SuggestionKind {
    /// Technologies.
    Technology,
    /// Employers.
    Employer,
    /// Roles: PM, SE, テックリード …
    Role,
    /// Certificates.
    Certification,
}

/// A name that goes on from what was typed.
pub(in crate::graphql) struct Suggestion(pub(in crate::graphql) search::Suggestion);

/// A name that goes on from what was typed.
#[Object]
impl Suggestion {
    /// What it is a name of.
    async fn kind(&self) -> SuggestionKind {
        self.0.kind.into()
    }

    /// The name.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Candidates that have it; of a technology, those of its parts, too.
    async fn candidate_count(&self) -> u64 {
        self.0.candidate_count
    }

    /// Whether nothing goes on from what was typed, and this is what may have been meant.
    async fn is_correction(&self) -> bool {
        self.0.is_correction
    }

    /// The technology, where it is one.
    async fn technology(&self, context: &Context<'_>) -> Option<Technology> {
        let name = self.0.technology.as_ref()?;
        Some(Technology(services(context).catalog.technology(name)))
    }

    /// The employer, where it is one.
    async fn employer(&self, context: &Context<'_>) -> Result<Option<Employer>, ApiError> {
        let Some(key) = self.0.employer.clone() else {
            return Ok(None);
        };
        let row = loaders(context).one(EmployerKeyed(key)).await?;
        Ok(row.map(Employer))
    }
}
