//! Sets of scopes by the name of who needs them.

use std::fmt;
use std::str::FromStr;

use super::access::{Scope, Scopes};

/// Who a caller is to the organization: a set of scopes with a name. Several add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Searches and sees whom it finds, and takes documents in.
    Recruiter,
    /// Judges by what people did, without learning who they are.
    BlindReviewer,
    /// A program that mirrors candidates between here and elsewhere.
    Integration,
    /// Answers people who ask what is held of them, or to be erased.
    PrivacyOfficer,
    /// Reads who did what, and nothing of candidates.
    Auditor,
    /// May everything.
    Administrator,
}

impl Role {
    /// Every role, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::Recruiter,
        Self::BlindReviewer,
        Self::Integration,
        Self::PrivacyOfficer,
        Self::Auditor,
        Self::Administrator,
    ];

    /// Returns the name, as the command line and a claim of roles have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recruiter => "recruiter",
            Self::BlindReviewer => "blind-reviewer",
            Self::Integration => "integration",
            Self::PrivacyOfficer => "privacy-officer",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// Returns what it allows.
    pub fn scopes(self) -> Scopes {
        let scopes: &[Scope] = match self {
            Self::Recruiter => &[
                Scope::Search,
                Scope::Identity,
                Scope::Contact,
                Scope::Document,
                Scope::Import,
            ],
            Self::BlindReviewer => &[Scope::Search],
            Self::Integration => &[
                Scope::Search,
                Scope::Identity,
                Scope::Contact,
                Scope::Document,
                Scope::Import,
                Scope::Erase,
            ],
            Self::PrivacyOfficer => &[
                Scope::Search,
                Scope::Identity,
                Scope::Contact,
                Scope::Document,
                Scope::Erase,
                Scope::Audit,
            ],
            Self::Auditor => &[Scope::Audit],
            Self::Administrator => &Scope::ALL,
        };
        scopes.iter().copied().collect()
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The text names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no such role; there are recruiter, blind-reviewer, integration, privacy-officer, auditor, \
     administrator"
)]
pub struct RoleError;

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|role| role.name() == text);
        found.ok_or(RoleError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_read_back_what_they_write_and_an_error_names_them_all() {
        for role in Role::ALL {
            assert_eq!(role.to_string().parse(), Ok(role));
            assert!(RoleError.to_string().contains(role.name()), "{role}");
        }
        assert_eq!("Recruiter".parse::<Role>(), Err(RoleError));
    }

    /// The scopes that the table of the documentation says a role has.
    fn written(role: Role) -> Option<Scopes> {
        let text = include_str!("../../docs/access.md");
        let begins = format!("| `{role}` |");
        let row = text.lines().find_map(|line| line.strip_prefix(&begins))?;
        let (scopes, _) = row.split_once('|')?;
        scopes.replace(['`', ','], " ").parse().ok()
    }

    #[test]
    fn the_documentation_has_each_role_with_its_scopes() {
        for role in Role::ALL {
            assert_eq!(written(role), Some(role.scopes()), "{role}: docs/access.md");
        }
    }
}
