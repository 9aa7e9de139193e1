//! How entries are bound to one another.

use sha2::Digest as _;

use crate::domain::Sha256;
use crate::store::entity::audit_entry;

/// An entry by its number and digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) number: i64,
    pub(super) digest: Sha256,
}

impl Link {
    /// What comes before the first entry.
    pub(super) const ORIGIN: Self = Self {
        number: 0,
        digest: Sha256([0; 32]),
    };
}

/// Returns the digest of an entry: of every column but the digest itself, each with its length before
/// it, so that no two entries are written alike.
pub(super) fn digest(row: &audit_entry::Model) -> Sha256 {
    let mut hasher = sha2::Sha256::new();
    let mut add = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    add(b"shokureki audit 1");
    add(&row.previous);
    add(row.organization_id.as_bytes());
    add(&row.number.to_be_bytes());
    add(&row.at.timestamp_micros().to_be_bytes());
    add(row.actor.as_bytes());
    add(row.action.as_bytes());
    add(row.candidate_id.as_ref().map_or(&[], |id| id.as_bytes()));
    add(row.detail_digest.as_deref().unwrap_or_default());
    Sha256(hasher.finalize().into())
}

/// Returns the digest that binds what an entry says in words.
pub(super) fn detail_digest(salt: &[u8], detail: &str) -> Sha256 {
    let mut hasher = sha2::Sha256::new();
    hasher.update(salt);
    hasher.update(detail.as_bytes());
    Sha256(hasher.finalize().into())
}
