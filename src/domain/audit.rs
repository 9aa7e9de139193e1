//! What an audit log tells: who did what to whom.

use std::fmt;
use std::str::FromStr;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditAction {
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
    /// Something that this program does not know: a newer one, which shares the database, recorded it.
    Other,
}

impl AuditAction {
    /// Every action that this program knows.
    pub const ALL: [Self; 13] = [
        Self::Search,
        Self::Open,
        Self::Explain,
        Self::Export,
        Self::Import,
        Self::Erase,
        Self::Suspend,
        Self::Unsuspend,
        Self::SetPrivacy,
        Self::CreateToken,
        Self::RevokeToken,
        Self::CreateEmbedToken,
        Self::PruneAudit,
    ];

    /// Returns the word that it is stored by, for ever.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Open => "open",
            Self::Explain => "explain",
            Self::Export => "export",
            Self::Import => "import",
            Self::Erase => "erase",
            Self::Suspend => "suspend",
            Self::Unsuspend => "unsuspend",
            Self::SetPrivacy => "set_privacy",
            Self::CreateToken => "create_token",
            Self::RevokeToken => "revoke_token",
            Self::CreateEmbedToken => "create_embed_token",
            Self::PruneAudit => "prune_audit",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for AuditAction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The text names no action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such action")]
pub struct AuditActionError;

impl FromStr for AuditAction {
    type Err = AuditActionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|action| action.name() == text);
        found.ok_or(AuditActionError)
    }
}
