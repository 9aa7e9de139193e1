//! One identifier type per kind of thing, so that two of them cannot be mixed up.

use std::fmt;

use uuid::Uuid;

use super::Pseudonym;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Returns a new identifier: a UUIDv7, so later ones order after earlier ones.
            #[expect(clippy::new_without_default, reason = "every call gives another value")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// Returns the UUID behind this identifier.
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    };
}

identifier! {
    /// Identifies the owner of a set of candidates.
    OrganizationId
}
identifier! {
    /// Identifies a person within an organization.
    CandidateId
}
identifier! {
    /// Identifies one received document. Given out by the store; never reused.
    ResumeId
}
identifier! {
    /// Identifies an employer within an organization.
    EmployerId
}
identifier! {
    /// Identifies one employment of one résumé.
    EmploymentId
}
identifier! {
    /// Identifies one project of one résumé.
    ProjectId
}
identifier! {
    /// Identifies an import of several documents, for as long as its server remembers it.
    JobId
}
identifier! {
    /// Identifies an API token; not the secret itself.
    TokenId
}

impl CandidateId {
    /// Returns a name that tells nothing of the person, the same for ever.
    pub fn pseudonym(self) -> Pseudonym {
        Pseudonym::of(self)
    }
}

impl OrganizationId {
    /// The organization `default`, which local mode acts for: the nil UUID.
    pub const DEFAULT: Self = Self(Uuid::nil());
}

/// Identifies a stint: what a search binds technology, employer and period to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StintId {
    /// An employment that is a stint by itself.
    Employment(EmploymentId),
    /// A project, with or without an employment above it.
    Project(ProjectId),
}

impl fmt::Display for StintId {
    /// Writes `e:<uuid>` or `p:<uuid>`; the reverse of [`std::str::FromStr`].
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Employment(id) => write!(formatter, "e:{id}"),
            Self::Project(id) => write!(formatter, "p:{id}"),
        }
    }
}

/// The text is not `e:<uuid>` or `p:<uuid>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a stint id")]
pub struct StintIdError;

impl std::str::FromStr for StintId {
    type Err = StintIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            Some(("e", id)) => id.parse().map(Self::Employment).map_err(|_| StintIdError),
            Some(("p", id)) => id.parse().map(Self::Project).map_err(|_| StintIdError),
            _ => Err(StintIdError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stint_id_reads_back_what_it_writes() {
        for id in [
            StintId::Employment(EmploymentId::new()),
            StintId::Project(ProjectId::new()),
        ] {
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert_eq!("x:1".parse::<StintId>(), Err(StintIdError));
    }
}
