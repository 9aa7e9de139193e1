//! Decides which candidate each document belongs to, and whether it is stored already.

use std::collections::HashMap;

use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::domain::{CandidateId, ResumeId};
use crate::store::batch::{KEYS, distinct};
use crate::store::entity::{candidate, candidate_email, resume};
use crate::store::records::storable;
use crate::store::{Imported, NewResume, StoreError};

/// The longest mail address (RFC 3696, erratum 1690). What is longer brings no documents together.
const MAX_EMAIL_BYTES: usize = 254;

/// What becomes of one document.
pub(super) struct Decision {
    pub(super) candidate: Uuid,
    pub(super) resume: Uuid,
    pub(super) sequence: i64,
    pub(super) is_unchanged: bool,
    pub(super) is_new_candidate: bool,
    /// The external id of a new candidate.
    pub(super) external_id: Option<String>,
}

impl From<Decision> for Imported {
    fn from(decision: Decision) -> Self {
        Self {
            candidate: CandidateId::from(decision.candidate),
            resume: ResumeId::from(decision.resume),
            unchanged: decision.is_unchanged,
            sequence: decision.sequence,
        }
    }
}

/// Returns the addresses of a document as they are compared.
pub(super) fn email_keys(import: &NewResume) -> impl Iterator<Item = String> {
    import
        .resume
        .identity
        .emails
        .iter()
        .map(|email| storable(email.trim()).to_lowercase())
        .filter(|email| !email.is_empty() && email.len() <= MAX_EMAIL_BYTES)
}

#[derive(Clone, Copy)]
struct Stored {
    candidate: Uuid,
    resume: Uuid,
    sequence: i64,
}

/// What is stored of the documents' keys, kept up to date while documents are decided on.
#[derive(Default)]
struct Known {
    by_external_id: HashMap<String, Uuid>,
    /// Oldest document first.
    by_sha256: HashMap<Vec<u8>, Vec<Stored>>,
    by_email: HashMap<String, Uuid>,
}

/// Decides on `imports` one after the other, as if each were stored before the next.
pub(super) async fn decide(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    last_sequence: i64,
    imports: &[NewResume],
) -> Result<Vec<Decision>, StoreError> {
    let mut known = Known::load(connection, organization, imports).await?;
    let mut sequence = last_sequence;
    let decisions = imports.iter().map(|import| {
        let decision = known.decide(import, sequence + 1);
        sequence = sequence.max(decision.sequence);
        decision
    });
    Ok(decisions.collect())
}

impl Known {
    async fn load(
        connection: &impl ConnectionTrait,
        organization: Uuid,
        imports: &[NewResume],
    ) -> Result<Self, StoreError> {
        let mut known = Self::default();
        let external_ids = imports
            .iter()
            .filter_map(|import| import.external_id.as_deref())
            .map(storable);
        for keys in distinct(external_ids).chunks(KEYS) {
            let rows = candidate::Entity::find()
                .filter(candidate::Column::OrganizationId.eq(organization))
                .filter(candidate::Column::ExternalId.is_in(keys))
                .all(connection)
                .await?;
            let rows = rows.into_iter();
            known
                .by_external_id
                .extend(rows.filter_map(|row| Some((row.external_id?, row.id))));
        }
        let sha256s = imports.iter().map(|import| import.sha256.0.to_vec());
        for keys in distinct(sha256s).chunks(KEYS) {
            known.load_sha256s(connection, organization, keys).await?;
        }
        let emails = imports
            .iter()
            .filter(|import| import.external_id.is_none())
            .flat_map(email_keys);
        for keys in distinct(emails).chunks(KEYS) {
            let rows = candidate_email::Entity::find()
                .filter(candidate_email::Column::OrganizationId.eq(organization))
                .filter(candidate_email::Column::Email.is_in(keys))
                .order_by_asc(candidate_email::Column::CandidateId)
                .all(connection)
                .await?;
            for row in rows {
                known.by_email.entry(row.email).or_insert(row.candidate_id);
            }
        }
        Ok(known)
    }

    async fn load_sha256s(
        &mut self,
        connection: &impl ConnectionTrait,
        organization: Uuid,
        keys: &[Vec<u8>],
    ) -> Result<(), StoreError> {
        let rows: Vec<(Vec<u8>, Uuid, Uuid, i64)> = resume::Entity::find()
            .select_only()
            .column(resume::Column::Sha256)
            .column(resume::Column::CandidateId)
            .column(resume::Column::Id)
            .column(resume::Column::Sequence)
            .filter(resume::Column::OrganizationId.eq(organization))
            .filter(resume::Column::Sha256.is_in(keys.iter().cloned()))
            .order_by_asc(resume::Column::Sequence)
            .into_tuple()
            .all(connection)
            .await?;
        for (sha256, candidate, resume, sequence) in rows {
            self.by_sha256.entry(sha256).or_default().push(Stored {
                candidate,
                resume,
                sequence,
            });
        }
        Ok(())
    }

    fn decide(&mut self, import: &NewResume, next_sequence: i64) -> Decision {
        let external_id = import.external_id.as_deref().map(storable);
        let same_bytes = self.by_sha256.get(import.sha256.0.as_slice());
        let same_bytes = same_bytes.map_or(&[][..], Vec::as_slice);
        let (owner, stored) = match &external_id {
            Some(external_id) => {
                let owner = self.by_external_id.get(external_id).copied();
                let mut stored = same_bytes.iter();
                (owner, stored.find(|stored| Some(stored.candidate) == owner))
            }
            None => {
                let mut owners = email_keys(import).filter_map(|key| self.by_email.get(&key));
                (owners.next().copied(), same_bytes.first())
            }
        };
        if let Some(stored) = stored {
            return Decision {
                candidate: stored.candidate,
                resume: stored.resume,
                sequence: stored.sequence,
                is_unchanged: true,
                is_new_candidate: false,
                external_id: None,
            };
        }
        let decision = Decision {
            candidate: owner.unwrap_or_else(|| CandidateId::new().as_uuid()),
            resume: ResumeId::new().as_uuid(),
            sequence: next_sequence,
            is_unchanged: false,
            is_new_candidate: owner.is_none(),
            external_id,
        };
        self.remember(import, &decision);
        decision
    }

    fn remember(&mut self, import: &NewResume, decision: &Decision) {
        if let Some(external_id) = &decision.external_id {
            self.by_external_id
                .insert(external_id.clone(), decision.candidate);
        }
        let sha256 = import.sha256.0.to_vec();
        self.by_sha256.entry(sha256).or_default().push(Stored {
            candidate: decision.candidate,
            resume: decision.resume,
            sequence: decision.sequence,
        });
        for email in email_keys(import) {
            self.by_email.entry(email).or_insert(decision.candidate);
        }
    }
}
