//! The audit log, for those who may read it.

use chrono::{DateTime, Utc};

use super::views::ReadError;
use crate::domain::{Access, Actor, OrganizationId, Scope};
use crate::store::{AuditEntry, AuditFilter, AuditVerdict, Store, StoreError};

/// Reads, verifies and prunes the audit log. Cheap to clone.
#[derive(Clone)]
pub struct AuditLog {
    store: Store,
}

impl AuditLog {
    /// Returns the log of `store`.
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// Returns at most `limit` entries of the caller's organization before number `before`, newest
    /// first.
    ///
    /// # Errors
    /// [`ReadError::Forbidden`] without the scope `audit`, [`ReadError::Store`].
    pub async fn page(
        &self,
        access: &Access,
        filter: &AuditFilter,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, ReadError> {
        access.require(Scope::Audit)?;
        let page = self
            .store
            .audit_page(access.organization, filter, before, limit);
        Ok(page.await?)
    }

    /// Looks at every entry of an organization's log.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn verify(&self, organization: OrganizationId) -> Result<AuditVerdict, StoreError> {
        self.store.verify_audit(organization).await
    }

    /// Returns the digest of an entry in hexadecimal; `None` where there is none of this number.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn digest_of(
        &self,
        organization: OrganizationId,
        number: i64,
    ) -> Result<Option<String>, StoreError> {
        let filter = AuditFilter::default();
        let before = Some(number.saturating_add(1));
        let found = self
            .store
            .audit_page(organization, &filter, before, 1)
            .await?;
        let found = found.into_iter().find(|entry| entry.number == number);
        Ok(found.map(|entry| entry.digest.to_string()))
    }

    /// Takes out the entries before `until`, and returns how many.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn prune(
        &self,
        organization: OrganizationId,
        until: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let actor = Actor::Local;
        self.store.prune_audit(organization, until, &actor).await
    }
}
