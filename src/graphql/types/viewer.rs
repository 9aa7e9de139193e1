//! Who asks.

use async_graphql::{Enum, SimpleObject};

use crate::domain::{self, Access, Actor};

/// What a caller may see or do. Each is a group of fields or of actions; none implies another.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "domain::Scope")]
pub(in crate::graphql) enum Scope {
    /// Search, and see what people did.
    Search,
    /// Name, reading, birth date, schools.
    Identity,
    /// Mail, telephone, address, links.
    Contact,
    /// A document's text and its bytes.
    Document,
    /// Take documents in.
    Import,
    /// Erase candidates, or stop the use of their data.
    Erase,
    /// Read the audit log.
    Audit,
    /// Change who may do what.
    Admin,
}

/// The caller, as the server knows them.
#[derive(SimpleObject, Clone, Debug)]
pub(in crate::graphql) struct Viewer {
    /// What the caller may see and do.
    scopes: Vec<Scope>,
    /// Whether names and contacts are hidden: `identity` or `contact` is missing.
    is_blind: bool,
    /// Whether the caller was not asked who they are: the server runs in local mode.
    is_local: bool,
}

impl From<&Access> for Viewer {
    fn from(access: &Access) -> Self {
        Self {
            scopes: access.scopes.iter().map(Into::into).collect(),
            is_blind: access.is_blind(),
            is_local: access.actor == Actor::Local,
        }
    }
}
