use async_graphql::{Enum, ID, InputObject, Object, SimpleObject};

use super::lists::PageInfo;
use crate::access;
use crate::domain;
use crate::graphql::error::ApiError;
use crate::graphql::id::GlobalId;
use crate::graphql::scalars::DateTime;

/// What was done.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "domain::AuditAction")]
pub(in crate::graphql) enum AuditAction {
    /// Candidates or stints were searched for; the detail is the request.
    Search,
    /// A candidate was looked at, or a document of theirs.
    Open,
    /// It was asked why a candidate is found or not; the detail is the request.
    Explain,
    /// Everything that is held of a candidate was handed out.
    Export,
    /// A document was taken in.
    Import,
    /// A candidate was erased.
    Erase,
    /// The use of a candidate's data was stopped.
    Suspend,
    /// The use of a candidate's data is allowed again.
    Unsuspend,
    /// Purpose, consent or retention of a candidate was set.
    SetPrivacy,
    /// A token was given out; the detail names it by its prefix.
    CreateToken,
    /// A token was revoked; the detail names it by its prefix.
    RevokeToken,
    /// A page of another application was let in for a while; the detail names the token by its prefix,
    /// its scopes and the page's origin.
    CreateEmbedToken,
    /// Old entries were taken out of the log; the detail says up to which.
    PruneAudit,
    /// Something that this server does not know yet: a newer server of the same database recorded it.
    Other,
}

/// Which entries of the audit log are asked for; all parts must be met.
#[derive(InputObject, Clone, Debug, Default)]
pub(in crate::graphql) struct AuditFilter {
    /// Of this action.
    action: Option<AuditAction>,
    /// By this actor, as `AuditEntry.actor` has it.
    actor: Option<String>,
    /// To this candidate, erased or not.
    candidate_id: Option<ID>,
    /// At this time or later.
    since: Option<DateTime>,
    /// Before this time.
    until: Option<DateTime>,
}

impl TryFrom<AuditFilter> for access::AuditFilter {
    type Error = ApiError;

    fn try_from(filter: AuditFilter) -> Result<Self, ApiError> {
        let candidate = match filter.candidate_id {
            Some(id) => match GlobalId::parse(&id)? {
                GlobalId::Candidate(id) => Some(id),
                _ => {
                    return Err(ApiError::bad_input(
                        "not the id of a candidate",
                        "候補者のIDではありません",
                    ));
                }
            },
            None => None,
        };
        Ok(Self {
            action: filter.action.map(Into::into),
            actor: filter.actor,
            candidate,
            since: filter.since.map(|at| at.0),
            until: filter.until.map(|at| at.0),
        })
    }
}

/// Who did what.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct AuditEntry(access::AuditEntry);

/// Who did what.
#[Object]
impl AuditEntry {
    /// Its place in the organization's log, from 1.
    async fn number(&self) -> i64 {
        self.0.number
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Who did it: `local` (at the machine itself), `token:<id>`, `user:<subject>`, `automation`, or the
    /// user of another application's page and who let it in: `embed:<user>/token:<id>`, or
    /// `embed/token:<id>` where the application did not say which user.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// What.
    async fn action(&self) -> AuditAction {
        self.0.action.into()
    }

    /// To whom: the candidate's id, which leads to nobody once they are erased.
    async fn candidate_id(&self) -> Option<ID> {
        let id = self.0.candidate?;
        Some(GlobalId::Candidate(id).into())
    }

    /// More of it in words; null where nothing was said, or where it was erased with the candidate.
    async fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// Whether what was said in words is erased.
    async fn is_detail_erased(&self) -> bool {
        self.0.is_detail_erased
    }

    /// The digest in hexadecimal that binds this entry and all before it.
    async fn digest(&self) -> String {
        self.0.digest.to_string()
    }
}

/// A page of the audit log, newest first.
#[derive(SimpleObject, Clone, Debug)]
pub(in crate::graphql) struct AuditConnection {
    /// The entries with their cursors.
    pub(in crate::graphql) edges: Vec<AuditEdge>,
    /// The entries.
    pub(in crate::graphql) nodes: Vec<AuditEntry>,
    /// Where the page begins and ends.
    pub(in crate::graphql) page_info: PageInfo,
}

impl AuditConnection {
    /// Returns the page of `entries`; `more` follow, and it is `after` another.
    pub(in crate::graphql) fn of(
        entries: Vec<access::AuditEntry>,
        more: bool,
        after: bool,
    ) -> Self {
        let edges: Vec<AuditEdge> = entries
            .into_iter()
            .map(|entry| AuditEdge {
                cursor: entry.number.to_string(),
                node: AuditEntry(entry),
            })
            .collect();
        let cursors = edges.iter().map(|edge| edge.cursor.clone());
        Self {
            page_info: PageInfo::around(cursors, more, after),
            nodes: edges.iter().map(|edge| edge.node.clone()).collect(),
            edges,
        }
    }
}

/// An entry of the audit log in a page.
#[derive(SimpleObject, Clone, Debug)]
pub(in crate::graphql) struct AuditEdge {
    /// Leads to the entries after this one.
    pub(in crate::graphql) cursor: String,
    /// The entry.
    pub(in crate::graphql) node: AuditEntry,
}
