use async_graphql::{Context, Enum, ID, Object};

use super::candidate::Candidate;
use crate::graphql::error::ApiError;
use crate::graphql::id::GlobalId;
use crate::graphql::loaders;
use crate::graphql::loaders::ProfileOf;
use crate::ingest::{Change, ChangeKind};

/// What happened to a candidate.
pub(in crate::graphql) struct CandidateChange(pub(in crate::graphql) Change);

/// What happened to a candidate.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum CandidateChangeKind {
    /// The candidate came in, or something of them changed: a newer document, another reading of it, what
    /// is agreed about their data.
    Changed,
    /// The candidate was erased.
    Erased,
}

/// What happened to a candidate.
#[Object]
impl CandidateChange {
    /// The place of the change: later ones have a greater one. For `afterSequence`, and for
    /// `minSequence` of a search.
    async fn sequence(&self) -> i64 {
        self.0.sequence
    }

    /// What happened.
    async fn kind(&self) -> CandidateChangeKind {
        match self.0.kind {
            ChangeKind::Upsert => CandidateChangeKind::Changed,
            ChangeKind::Delete => CandidateChangeKind::Erased,
        }
    }

    /// The candidate's id.
    async fn candidate_id(&self) -> ID {
        GlobalId::Candidate(self.0.candidate).into()
    }

    /// The candidate as they are now, later changes included; null where they were erased, by this
    /// change or since.
    async fn candidate(&self, context: &Context<'_>) -> Result<Option<Candidate>, ApiError> {
        if self.0.kind == ChangeKind::Delete {
            return Ok(None);
        }
        let profile = loaders(context).one(ProfileOf(self.0.candidate)).await?;
        Ok(profile.map(Candidate))
    }
}
