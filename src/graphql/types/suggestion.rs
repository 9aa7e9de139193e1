use async_graphql::{Enum, SimpleObject};

use super::employer::Employer;
use super::technology::Technology;
use crate::catalog;

/// What is suggested.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "catalog::SuggestionKind")]
pub(in crate::graphql) enum SuggestionKind {
    /// Technologies.
    Technology,
    /// Employers.
    Employer,
}

/// A name that goes on from what was typed.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Suggestion {
    /// What it is a name of.
    kind: SuggestionKind,
    /// The name.
    text: String,
    /// Candidates that have it.
    candidate_count: u64,
    /// The technology, where it is one.
    technology: Option<Technology>,
    /// The employer, where it is one.
    employer: Option<Employer>,
}

impl From<catalog::Suggestion> for Suggestion {
    fn from(suggestion: catalog::Suggestion) -> Self {
        match suggestion {
            catalog::Suggestion::Technology(technology, candidate_count) => Self {
                kind: SuggestionKind::Technology,
                text: technology.name.clone(),
                candidate_count,
                technology: Some(Technology(technology)),
                employer: None,
            },
            catalog::Suggestion::Employer(employer) => Self {
                kind: SuggestionKind::Employer,
                text: employer.name.clone(),
                candidate_count: employer.candidate_count,
                technology: None,
                employer: Some(Employer(employer)),
            },
        }
    }
}
