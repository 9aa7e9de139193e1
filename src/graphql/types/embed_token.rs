use async_graphql::{Enum, InputObject, SimpleObject};

use super::payloads::UserError;
use crate::domain::Scope;
use crate::graphql::scalars::DateTime;

/// What a page of another application may be let see.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::graphql) enum EmbedScope {
    /// Search, and see what people did.
    Search,
    /// Name, reading, birth date, schools.
    Identity,
    /// Mail, telephone, address, links.
    Contact,
    /// A document's text.
    Document,
}

impl From<EmbedScope> for Scope {
    fn from(scope: EmbedScope) -> Self {
        match scope {
            EmbedScope::Search => Self::Search,
            EmbedScope::Identity => Self::Identity,
            EmbedScope::Contact => Self::Contact,
            EmbedScope::Document => Self::Document,
        }
    }
}

/// A token that lets a page of another application in.
#[derive(InputObject)]
pub(in crate::graphql) struct CreateEmbedTokenInput {
    /// What it allows: at least one, each of them your own.
    pub(in crate::graphql) scopes: Vec<EmbedScope>,
    /// The origin of the pages that may use it, as browsers write it: `https://ats.example`.
    pub(in crate::graphql) allowed_origin: String,
    /// What your application calls the user of the page, for the audit log, which keeps it for ever: a
    /// pseudonym of letters and digits of ASCII, `.`, `_` and `-`, at most 64.
    pub(in crate::graphql) user: Option<String>,
}

/// The token.
#[derive(SimpleObject, Default)]
pub(in crate::graphql) struct CreateEmbedTokenPayload {
    /// The token, told this once; null when none was made.
    pub(in crate::graphql) token: Option<String>,
    /// When it ends: a quarter of an hour from now, or when the token ends that made it.
    pub(in crate::graphql) expires_at: Option<DateTime>,
    /// Why none was made; empty when one was.
    pub(in crate::graphql) user_errors: Vec<UserError>,
}
