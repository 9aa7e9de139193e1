//! Who asks, for which organization, and what that lets them see and do.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::embed::Embedded;
use super::ids::{OrganizationId, TokenId};

/// What a caller may see or do. Each is a group of fields or of actions; none implies another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
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
    /// Erase candidates.
    Erase,
    /// Read the audit log.
    Audit,
    /// Change who may do what.
    Admin,
}

impl Scope {
    /// Every scope, in the order of their names' list in the documentation.
    pub const ALL: [Self; 8] = [
        Self::Search,
        Self::Identity,
        Self::Contact,
        Self::Document,
        Self::Import,
        Self::Erase,
        Self::Audit,
        Self::Admin,
    ];

    /// Returns the name, as a token lists it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Identity => "identity",
            Self::Contact => "contact",
            Self::Document => "document",
            Self::Import => "import",
            Self::Erase => "erase",
            Self::Audit => "audit",
            Self::Admin => "admin",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The text names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no such scope; there are search, identity, contact, document, import, erase, audit, admin"
)]
pub struct ScopeError;

impl FromStr for Scope {
    type Err = ScopeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|scope| scope.name() == text);
        found.ok_or(ScopeError)
    }
}

/// A set of scopes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scopes(u8);

impl Scopes {
    /// Every scope.
    pub fn all() -> Self {
        Scope::ALL.into_iter().collect()
    }

    /// Reads the names of scopes, and leaves out those that are none: a scope of a newer program allows
    /// nothing here.
    pub fn known(text: &str) -> Self {
        let words = text.split_whitespace();
        words
            .filter_map(|word| word.parse::<Scope>().ok())
            .collect()
    }

    /// Returns whether `scope` is one of them.
    pub const fn has(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Returns those of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns those of either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the scopes, in the order of [`Scope::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(move |&scope| self.has(scope))
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<T: IntoIterator<Item = Scope>>(scopes: T) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

impl fmt::Display for Scopes {
    /// Writes the names with spaces between; the reverse of [`FromStr`].
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, scope) in self.iter().enumerate() {
            if number > 0 {
                formatter.write_str(" ")?;
            }
            formatter.write_str(scope.name())?;
        }
        Ok(())
    }
}

impl FromStr for Scopes {
    type Err = ScopeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split_whitespace().map(Scope::from_str).collect()
    }
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Whoever is at this machine: local mode and the command line.
    Local,
    /// The holder of an API token.
    Token(TokenId),
    /// A user that an identity provider vouches for, by its subject.
    User(Arc<str>),
    /// The user of a page that search is embedded in.
    Embedded(Arc<Embedded>),
    /// The program itself, such as the job that keeps to retention.
    Automation,
}

/// The right to act for an organization. Every service asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The organization; nothing of another is seen or changed.
    pub organization: OrganizationId,
    /// Who acts.
    pub actor: Actor,
    /// What is allowed.
    pub scopes: Scopes,
}

impl Access {
    /// Everything in the organization `default`, for whoever is at this machine.
    pub fn local() -> Self {
        Self {
            organization: OrganizationId::DEFAULT,
            actor: Actor::Local,
            scopes: Scopes::all(),
        }
    }

    /// Nothing: what a caller has who was not asked who they are.
    pub fn none() -> Self {
        Self {
            scopes: Scopes::default(),
            ..Self::local()
        }
    }

    /// Returns an error unless `scope` is allowed.
    ///
    /// # Errors
    /// [`Forbidden`] with the scope.
    pub const fn require(&self, scope: Scope) -> Result<(), Forbidden> {
        if self.scopes.has(scope) {
            Ok(())
        } else {
            Err(Forbidden(scope))
        }
    }

    /// Returns whether the caller must not learn who a candidate is or how to reach them: at least one
    /// of [`Scope::Identity`] and [`Scope::Contact`] is missing.
    pub const fn is_blind(&self) -> bool {
        !(self.scopes.has(Scope::Identity) && self.scopes.has(Scope::Contact))
    }
}

/// The caller lacks a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the scope {0} is required")]
pub struct Forbidden(pub Scope);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_read_back_what_they_write() {
        for bits in 0..=u8::MAX {
            let scopes = Scopes(bits);
            assert_eq!(scopes.to_string().parse(), Ok(scopes));
        }
        assert_eq!("search root".parse::<Scopes>(), Err(ScopeError));
        assert_eq!(Scopes::known("root search tree").to_string(), "search");
    }

    #[test]
    fn one_scope_implies_no_other() {
        for scope in Scope::ALL {
            let access = Access {
                scopes: [scope].into_iter().collect(),
                ..Access::local()
            };
            for asked in Scope::ALL {
                assert_eq!(access.require(asked).is_ok(), asked == scope);
            }
            assert!(access.is_blind());
        }
        assert!(!Access::local().is_blind());
    }
}
