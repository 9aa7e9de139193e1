//! Texts of requests by their hash: those that clients sent before (automatic persisted queries), and
//! those that alone are allowed.

use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::allowed::AllowedOperations;
use crate::domain::OrganizationId;

/// Bytes of one text that is kept. A longer one runs, and is sent again each time.
const MAX_DOCUMENT_BYTES: usize = 64 * 1024;

/// Bytes of all texts that are kept; those not used for the longest time give way.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// What an entry takes beside its text, about.
const ENTRY_BYTES: usize = 256;

/// The SHA-256 of a text in UTF-8, byte for byte as it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct DocumentHash([u8; 32]);

impl DocumentHash {
    /// Returns the hash of `text`.
    pub(super) fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }
}

/// It is no SHA-256 in 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("not a SHA-256 in hexadecimal digits")]
pub(super) struct HashError;

impl FromStr for DocumentHash {
    type Err = HashError;

    fn from_str(text: &str) -> Result<Self, HashError> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(HashError);
        }
        let digit = |byte: u8| char::from(byte).to_digit(16).ok_or(HashError);
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            let value = digit(pair[0])? * 16 + digit(pair[1])?;
            *byte = u8::try_from(value).map_err(|_| HashError)?;
        }
        Ok(Self(hash))
    }
}

impl TryFrom<String> for DocumentHash {
    type Error = HashError;

    fn try_from(text: String) -> Result<Self, HashError> {
        text.parse()
    }
}

/// Why there is no text to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentError {
    /// Neither a text nor a hash is given.
    Missing,
    /// The hash is not that of the text.
    OtherHash,
    /// No text of this hash is known.
    Unknown,
    /// The text is none of those that are allowed.
    NotAllowed,
}

/// The texts that are known.
pub(super) enum Documents {
    /// Any may run; those sent with their hash are kept.
    Any(Mutex<Kept>),
    /// No others run.
    Allowed(Arc<AllowedOperations>),
}

impl Documents {
    /// Returns those that are allowed, or what keeps any.
    pub(super) fn new(allowed: Option<Arc<AllowedOperations>>) -> Self {
        match allowed {
            Some(allowed) => Self::Allowed(allowed),
            None => Self::Any(Mutex::new(Kept::default())),
        }
    }

    /// Returns the text to run: `text`, or the one that `hash` stands for. What one organization sent is
    /// unknown to others.
    pub(super) fn resolve(
        &self,
        organization: OrganizationId,
        text: Option<String>,
        hash: Option<DocumentHash>,
    ) -> Result<String, DocumentError> {
        let text = text.filter(|text| !text.is_empty());
        let Some(text) = text else {
            let hash = hash.ok_or(DocumentError::Missing)?;
            return self.known(organization, hash).ok_or(DocumentError::Unknown);
        };
        match (self, hash) {
            (_, Some(hash)) if hash != DocumentHash::of(&text) => Err(DocumentError::OtherHash),
            (Self::Allowed(allowed), _) => {
                let is_allowed = allowed.get(DocumentHash::of(&text)).is_some();
                is_allowed.then_some(text).ok_or(DocumentError::NotAllowed)
            }
            (Self::Any(kept), Some(hash)) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.put((organization, hash), &text);
                Ok(text)
            }
            (Self::Any(_), None) => Ok(text),
        }
    }

    fn known(&self, organization: OrganizationId, hash: DocumentHash) -> Option<String> {
        match self {
            Self::Any(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.texts
                    .get(&(organization, hash))
                    .map(|text| String::from(text.as_ref()))
            }
            Self::Allowed(allowed) => allowed.get(hash).map(str::to_owned),
        }
    }
}

/// Whose text, and which.
type Key = (OrganizationId, DocumentHash);

/// Texts that were sent with their hash, those used last first.
pub(super) struct Kept {
    texts: LruCache<Key, Box<str>>,
    bytes: usize,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            // Bounded by bytes.
            texts: LruCache::unbounded(),
            bytes: 0,
        }
    }
}

impl Kept {
    fn put(&mut self, key: Key, text: &str) {
        if text.len() > MAX_DOCUMENT_BYTES || self.texts.get(&key).is_some() {
            return;
        }
        self.texts.put(key, text.into());
        self.bytes += text.len() + ENTRY_BYTES;
        while self.bytes > MAX_BYTES
            && let Some((_, oldest)) = self.texts.pop_lru()
        {
            self.bytes -= oldest.len() + ENTRY_BYTES;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_64_hexadecimal_digits() {
        let hash = "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38";
        assert_eq!(
            hash.parse::<DocumentHash>().ok(),
            Some(DocumentHash::of("{__typename}"))
        );
        assert_eq!(
            hash.to_uppercase().parse::<DocumentHash>().ok(),
            hash.parse().ok()
        );
        for wrong in [
            "",
            "ab",
            &hash[1..],
            &format!("{}g", &hash[1..]),
            &"é".repeat(32),
        ] {
            assert!(wrong.parse::<DocumentHash>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_text_is_known_by_its_hash_once_it_was_sent_with_it() {
        let documents = Documents::new(None);
        let resolve = |text: Option<&str>, hash: Option<&str>| {
            let (text, hash) = (text.map(str::to_owned), hash.map(DocumentHash::of));
            documents.resolve(OrganizationId::DEFAULT, text, hash)
        };
        assert_eq!(resolve(None, None), Err(DocumentError::Missing));
        assert_eq!(resolve(None, Some("{ a }")), Err(DocumentError::Unknown));
        assert_eq!(resolve(Some("{ a }"), None), Ok("{ a }".to_owned()));
        assert_eq!(resolve(None, Some("{ a }")), Err(DocumentError::Unknown));
        assert_eq!(
            resolve(Some("{ a }"), Some("{ b }")),
            Err(DocumentError::OtherHash)
        );
        assert_eq!(resolve(None, Some("{ b }")), Err(DocumentError::Unknown));
        assert_eq!(
            resolve(Some("{ a }"), Some("{ a }")),
            Ok("{ a }".to_owned())
        );
        assert_eq!(resolve(None, Some("{ a }")), Ok("{ a }".to_owned()));
    }

    #[test]
    fn a_text_of_one_organization_is_unknown_to_another() {
        let documents = Documents::new(None);
        let (own, theirs) = (OrganizationId::DEFAULT, OrganizationId::new());
        let hash = DocumentHash::of("{ a }");
        let sent = documents.resolve(own, Some("{ a }".to_owned()), Some(hash));
        assert!(sent.is_ok());
        assert!(documents.resolve(own, None, Some(hash)).is_ok());
        let asked = documents.resolve(theirs, None, Some(hash));
        assert_eq!(asked, Err(DocumentError::Unknown));
    }

    #[test]
    fn what_is_kept_is_bounded_and_the_oldest_gives_way() {
        let mut kept = Kept::default();
        let text = |number: usize| format!("{number:>1000}");
        let key = |text: &str| (OrganizationId::DEFAULT, DocumentHash::of(text));
        let number = 2 * MAX_BYTES / 1000;
        for number in 0..number {
            kept.put(key(&text(number)), &text(number));
            let first = kept.texts.get(&key(&text(0)));
            assert!(first.is_some(), "used each time");
        }
        assert!(kept.bytes <= MAX_BYTES, "{}", kept.bytes);
        assert!(kept.texts.len() < number / 2, "{}", kept.texts.len());
        assert!(kept.texts.get(&key(&text(1))).is_none());
        let long = "a".repeat(MAX_DOCUMENT_BYTES + 1);
        kept.put(key(&long), &long);
        assert!(kept.texts.get(&key(&long)).is_none());
    }
}
