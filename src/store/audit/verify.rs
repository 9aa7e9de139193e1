//! Whether the log is as it was written.

use std::fmt;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::chain::{self, Link};
use super::{details_of, digest_of};
use crate::domain::{AuditAction, OrganizationId, Sha256};
use crate::store::entity::audit_entry;
use crate::store::{Store, StoreError};

/// Entries that are looked at together.
const PAGE: u64 = 1_000;

/// What is wrong with the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditFault {
    /// An entry is missing before this one, and no pruning is recorded that took it out.
    Gap,
    /// This entry was not written after the one before it, or that one was changed.
    Unbound,
    /// This entry was changed.
    Changed,
    /// What this entry says in words was changed.
    DetailChanged,
}

impl fmt::Display for AuditFault {
    /// Says of the entry what is wrong with it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Gap => "entries before it are missing",
            Self::Unbound => "it does not follow the entry before it",
            Self::Changed => "it was changed",
            Self::DetailChanged => "what it says was changed",
        })
    }
}

/// What a look at the whole log came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditVerdict {
    /// Entries that were looked at.
    pub entries: u64,
    /// Number and digest of the newest: whoever keeps them elsewhere can tell whether the newest entries
    /// were taken out.
    pub head: Option<(i64, Sha256)>,
    /// The first entry that is not as it was written, and why.
    pub fault: Option<(i64, AuditFault)>,
}

/// What an entry says that records a pruning: the last entry that was taken out.
pub(super) fn anchor(number: i64, digest: &Sha256) -> String {
    format!("{number}:{digest}")
}

impl Store {
    /// Looks at every entry of the organization's log.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, [`StoreError::Corrupt`].
    pub async fn verify_audit(
        &self,
        organization: OrganizationId,
    ) -> Result<AuditVerdict, StoreError> {
        let mut verdict = AuditVerdict {
            entries: 0,
            head: None,
            fault: None,
        };
        let mut last: Option<Link> = None;
        // What the log begins after, where it does not begin at the beginning, and whether a pruning
        // says so.
        let mut begins_after: Option<String> = None;
        let mut is_begin_told = true;
        loop {
            let after = last.map_or(0, |last| last.number);
            let rows = audit_entry::Entity::find()
                .filter(audit_entry::Column::OrganizationId.eq(organization.as_uuid()))
                .filter(audit_entry::Column::Number.gt(after))
                .order_by_asc(audit_entry::Column::Number)
                .limit(PAGE)
                .all(&self.readers)
                .await?;
            if rows.is_empty() {
                break;
            }
            let numbers: Vec<i64> = rows.iter().map(|row| row.number).collect();
            let details = details_of(&self.readers, organization.as_uuid(), &numbers).await?;
            for row in rows {
                let detail = details.iter().find(|detail| detail.number == row.number);
                let previous = digest_of(&row.previous)?;
                if last.is_none() && row.number != 1 {
                    begins_after = Some(anchor(row.number - 1, &previous));
                    is_begin_told = false;
                    last = Some(Link {
                        number: row.number - 1,
                        digest: previous,
                    });
                }
                let before = last.unwrap_or(Link::ORIGIN);
                let digest = digest_of(&row.digest)?;
                let is_detail_changed = || {
                    let (bound, found) = (row.detail_digest.as_deref(), detail);
                    found.is_some_and(|found| {
                        let of_found = chain::detail_digest(&found.salt, &found.detail);
                        bound != Some(&of_found.0[..])
                    })
                };
                let fault = if row.number != before.number + 1 {
                    Some(AuditFault::Gap)
                } else if previous != before.digest {
                    Some(AuditFault::Unbound)
                } else if chain::digest(&row) != digest {
                    Some(AuditFault::Changed)
                } else if is_detail_changed() {
                    Some(AuditFault::DetailChanged)
                } else {
                    None
                };
                if verdict.fault.is_none() {
                    verdict.fault = fault.map(|fault| (row.number, fault));
                }
                let is_pruning = row.action == AuditAction::PruneAudit.name();
                if is_pruning && detail.map(|detail| &detail.detail) == begins_after.as_ref() {
                    is_begin_told = true;
                }
                verdict.entries += 1;
                verdict.head = Some((row.number, digest));
                last = Some(Link {
                    number: row.number,
                    digest,
                });
            }
        }
        if !is_begin_told && verdict.fault.is_none() {
            let first = verdict.head.map_or(0, |(number, _)| number);
            let entries = i64::try_from(verdict.entries).unwrap_or(i64::MAX);
            verdict.fault = Some((first - entries + 1, AuditFault::Gap));
        }
        Ok(verdict)
    }
}
