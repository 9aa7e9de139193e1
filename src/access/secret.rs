//! The form of a token: `skr_<prefix>_<secret>`, or `ske_…` for pages that search is embedded in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::Digest as _;
use subtle::ConstantTimeEq as _;

use crate::domain::Sha256;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A program's.
    Api,
    /// Of a page that search is embedded in.
    Embed,
}

impl Kind {
    /// What every token of the kind begins with, so that one that leaked is recognized for what it is.
    const fn mark(self) -> &'static str {
        match self {
            Self::Api => "skr_",
            Self::Embed => "ske_",
        }
    }
}

/// Letters of the prefix, none of which is taken for another.
const PREFIX_LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// The length of the prefix: 60 bits, which no two tokens share by chance.
const PREFIX_LENGTH: usize = 12;

/// Bytes of randomness in the secret.
const SECRET_BYTES: usize = 32;

/// A new token. It is shown once and stored nowhere.
pub(super) struct Secret {
    /// The whole token.
    pub(super) token: String,
    /// The part of it that is no secret.
    pub(super) prefix: String,
}

impl Secret {
    /// Returns a token of 256 random bits of the system's generator; `None` when it gives none.
    pub(super) fn random(kind: Kind) -> Option<Self> {
        let mut bytes = [0; PREFIX_LENGTH + SECRET_BYTES];
        getrandom::fill(&mut bytes).ok()?;
        let (prefix, secret) = bytes.split_at(PREFIX_LENGTH);
        let letter = |byte: &u8| char::from(PREFIX_LETTERS[usize::from(*byte) % 32]);
        let prefix: String = prefix.iter().map(letter).collect();
        let mark = kind.mark();
        let token = format!("{mark}{prefix}_{}", URL_SAFE_NO_PAD.encode(secret));
        Some(Self { token, prefix })
    }
}

/// Returns the prefix of `token`; `None` where it has not the form of one of its kind.
pub(super) fn prefix_of(kind: Kind, token: &str) -> Option<&str> {
    let (prefix, secret) = token.strip_prefix(kind.mark())?.split_once('_')?;
    let is_letter = |byte: u8| PREFIX_LETTERS.contains(&byte);
    let is_prefix = prefix.len() == PREFIX_LENGTH && prefix.bytes().all(is_letter);
    let is_secret = secret.len() == SECRET_BYTES.div_ceil(3) * 4 - 1;
    (is_prefix && is_secret).then_some(prefix)
}

/// Returns the digest that a token is stored by. It is of 256 random bits, so that a plain hash cannot
/// be turned back.
pub(super) fn digest(token: &str) -> Sha256 {
    Sha256(sha2::Sha256::digest(token.as_bytes()).into())
}

/// Returns whether `token` is the one that `stored` is the digest of, in a time that tells nothing of
/// where they differ.
pub(super) fn is_same(token: &str, stored: &Sha256) -> bool {
    digest(token).0.ct_eq(&stored.0).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_its_form_and_no_two_are_equal() {
        let first = Secret::random(Kind::Api).expect("randomness");
        let second = Secret::random(Kind::Api).expect("randomness");
        assert_ne!(first.token, second.token);
        let prefix = Some(first.prefix.as_str());
        assert_eq!(prefix_of(Kind::Api, &first.token), prefix);
        assert_eq!(prefix_of(Kind::Embed, &first.token), None);
        assert!(is_same(&first.token, &digest(&first.token)));
        assert!(!is_same(&second.token, &digest(&first.token)));
    }

    #[test]
    fn what_has_not_the_form_of_a_token_is_none() {
        let token = Secret::random(Kind::Api).expect("randomness").token;
        let longer = format!("{token}x");
        for other in [
            "",
            "skr_",
            "skr__",
            &token[1..],
            &token[..token.len() - 1],
            &longer,
        ] {
            assert_eq!(prefix_of(Kind::Api, other), None, "{other}");
        }
    }
}
