use async_graphql::{ID, InputObject, Object, SimpleObject};

use super::candidate::Candidate;
use super::payloads::UserError;
use crate::domain;
use crate::graphql::scalars::{Date, DateTime};

/// What is agreed with a person about their data.
#[derive(Clone, Debug, Default)]
pub(in crate::graphql) struct CandidatePrivacy(pub(in crate::graphql) domain::Privacy);

/// What is agreed with a person about their data.
#[Object]
impl CandidatePrivacy {
    /// Since when the data must not be used, and the candidate is found by no search; null while it may.
    async fn suspended_at(&self) -> Option<DateTime> {
        self.0.suspended_at.map(DateTime)
    }

    /// What the data is held for.
    async fn purpose(&self) -> Option<&str> {
        self.0.purpose.as_deref()
    }

    /// When the person agreed to that.
    async fn consented_on(&self) -> Option<Date> {
        self.0.consented_on.map(Date)
    }

    /// The last day that the data is held: `shokureki retention` erases whoever is beyond it.
    async fn retain_until(&self) -> Option<Date> {
        self.0.retain_until.map(Date)
    }
}

/// A candidate whose data must not be used, or may be again, by id or external id: one of them.
#[derive(InputObject)]
pub(in crate::graphql) struct SuspendUseInput {
    /// The candidate's id.
    pub(in crate::graphql) id: Option<ID>,
    /// Your own id of the candidate.
    pub(in crate::graphql) external_id: Option<String>,
    /// Whether the use is to stop; false lets it go on.
    #[graphql(default_with = "Some(true)")]
    pub(in crate::graphql) suspended: Option<bool>,
    /// Whether to answer only when searches have taken the change in.
    #[graphql(default_with = "Some(true)")]
    pub(in crate::graphql) wait_for_index: Option<bool>,
}

/// What is to be agreed with a candidate, by id or external id: one of them. What is left out is agreed
/// no more.
#[derive(InputObject)]
pub(in crate::graphql) struct SetCandidatePrivacyInput {
    /// The candidate's id.
    pub(in crate::graphql) id: Option<ID>,
    /// Your own id of the candidate.
    pub(in crate::graphql) external_id: Option<String>,
    /// What the data is held for, at most 1,000 characters.
    pub(in crate::graphql) purpose: Option<String>,
    /// When the person agreed to that.
    pub(in crate::graphql) consented_on: Option<Date>,
    /// The last day that the data is held.
    pub(in crate::graphql) retain_until: Option<Date>,
}

/// What became of it.
#[derive(SimpleObject, Default)]
pub(in crate::graphql) struct CandidatePrivacyPayload {
    /// The candidate; null when nothing was changed, and for callers without the scope `search`.
    pub(in crate::graphql) candidate: Option<Candidate>,
    /// Whether searches have taken the change in.
    pub(in crate::graphql) is_indexed: bool,
    /// The change, for `minSequence` of a search; null when nothing was changed.
    pub(in crate::graphql) sequence: Option<i64>,
    /// Why nothing was changed; empty when it was.
    pub(in crate::graphql) user_errors: Vec<UserError>,
}
