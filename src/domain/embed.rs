//! Search within the pages of another application: who let the page in, and for whom.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::access::Actor;
use super::ids::TokenId;

/// The user of a page that search is embedded in, as far as that is known here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Embedded {
    /// Who let the page in.
    pub maker: Maker,
    /// What that one calls the user; nothing vouches for it.
    pub user: Option<UserLabel>,
}

/// Who may let a page in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Maker {
    /// [`Actor::Local`].
    Local,
    /// [`Actor::Token`].
    Token(TokenId),
    /// [`Actor::User`].
    User(Arc<str>),
}

impl Maker {
    /// Returns the actor as a maker; `None` for those who may let nobody in.
    pub fn of(actor: &Actor) -> Option<Self> {
        match actor {
            Actor::Local => Some(Self::Local),
            Actor::Token(id) => Some(Self::Token(*id)),
            Actor::User(subject) => Some(Self::User(Arc::clone(subject))),
            Actor::Embedded(_) | Actor::Automation => None,
        }
    }
}

impl From<&Maker> for Actor {
    fn from(maker: &Maker) -> Self {
        match maker {
            Maker::Local => Self::Local,
            Maker::Token(id) => Self::Token(*id),
            Maker::User(subject) => Self::User(Arc::clone(subject)),
        }
    }
}

/// The most letters of a label.
const MAX_LABEL_LENGTH: usize = 64;

/// What another application calls one of its users: a pseudonym, for it stays in the audit log for ever.
/// Letters and digits of ASCII, `.`, `_` and `-`; no mail address is one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserLabel(String);

/// The text is no label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a label has 1 to 64 letters or digits of ASCII, `.`, `_` or `-`")]
pub struct UserLabelError;

impl FromStr for UserLabel {
    type Err = UserLabelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_letter =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let is_label = (1..=MAX_LABEL_LENGTH).contains(&text.len()) && text.bytes().all(is_letter);
        is_label
            .then(|| Self(text.to_owned()))
            .ok_or(UserLabelError)
    }
}

impl fmt::Display for UserLabel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_one: bool) {
        assert_eq!(text.parse::<UserLabel>().is_ok(), is_one, "{text}");
    }

    #[test]
    fn a_label_is_a_pseudonym_of_plain_letters() {
        check("recruiter-17", true);
        check("a", true);
        check(&"a".repeat(64), true);
        for text in ["", "a b", "a/b", "a@example.com", "見本", &"a".repeat(65)] {
            check(text, false);
        }
    }
}
