//! The audit log: appended in the transaction of what it records, read, verified, pruned.
//!
//! Each entry holds the digest of the one before it, so that none can be changed or taken out of the
//! middle unseen. What an entry says in words is bound by a salted digest and lies apart: it goes with
//! the person that it names, and the chain stays whole.

mod chain;
mod verify;

use chrono::{DateTime, SubsecRound as _, Utc};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, LikeExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder, QuerySelect,
};

use super::batch::{KEYS, insert_all};
use super::entity::{audit_detail, audit_entry};
use super::records::storable;
use super::{Store, StoreError, organizations};
use crate::domain::{Actor, AuditAction, CandidateId, OrganizationId, Sha256};
use chain::Link;

pub use verify::{AuditFault, AuditVerdict};

/// What is to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAuditEntry {
    /// Who did it.
    pub actor: Actor,
    /// What.
    pub action: AuditAction,
    /// To whom; an id that tells nothing once the person is erased.
    pub candidate: Option<CandidateId>,
    /// More of it, in words.
    pub detail: Option<String>,
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place in the organization's log, from 1.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it: `local`, `token:<id>`, `user:<subject>`, `automation`, or `embed:<user>/` or `embed/`
    /// before one of the first three.
    pub actor: String,
    /// What.
    pub action: AuditAction,
    /// To whom.
    pub candidate: Option<CandidateId>,
    /// More of it, in words; `None` where nothing was said, or what was said is erased.
    pub detail: Option<String>,
    /// Whether something was said that is erased.
    pub is_detail_erased: bool,
    /// Binds the entry and all before it.
    pub digest: Sha256,
}

/// Which entries are asked for; all of `None` are all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of this action.
    pub action: Option<AuditAction>,
    /// By this actor, as [`AuditEntry::actor`] has it.
    pub actor: Option<String>,
    /// To this candidate.
    pub candidate: Option<CandidateId>,
    /// At this time or later.
    pub since: Option<DateTime<Utc>>,
    /// Before this time.
    pub until: Option<DateTime<Utc>>,
}

impl Store {
    /// Records entries in one transaction, in their order.
    ///
    /// # Errors
    /// [`StoreError::UnknownOrganization`], or what the database answers.
    pub async fn record_audit(
        &self,
        organization: OrganizationId,
        entries: &[NewAuditEntry],
    ) -> Result<(), StoreError> {
        let writing = self.begin_write().await?;
        organizations::lock(&writing.transaction, organization.as_uuid()).await?;
        append(&writing.transaction, organization.as_uuid(), entries).await?;
        writing.commit().await
    }

    /// Returns at most `limit` entries before number `before`, newest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database does not answer, [`StoreError::Corrupt`].
    pub async fn audit_page(
        &self,
        organization: OrganizationId,
        filter: &AuditFilter,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let mut query = audit_entry::Entity::find()
            .filter(audit_entry::Column::OrganizationId.eq(organization.as_uuid()));
        if let Some(action) = filter.action {
            let column = audit_entry::Column::Action;
            query = query.filter(match action {
                AuditAction::Other => column.is_not_in(AuditAction::ALL.map(AuditAction::name)),
                action => column.eq(action.name()),
            });
        }
        if let Some(actor) = &filter.actor {
            query = query.filter(audit_entry::Column::Actor.eq(storable(actor)));
        }
        if let Some(candidate) = filter.candidate {
            query = query.filter(audit_entry::Column::CandidateId.eq(candidate.as_uuid()));
        }
        if let Some(since) = filter.since {
            query = query.filter(audit_entry::Column::At.gte(since));
        }
        if let Some(until) = filter.until {
            query = query.filter(audit_entry::Column::At.lt(until));
        }
        if let Some(before) = before {
            query = query.filter(audit_entry::Column::Number.lt(before));
        }
        let rows = query
            .order_by_desc(audit_entry::Column::Number)
            .limit(u64::from(limit))
            .all(&self.readers)
            .await?;
        let numbers: Vec<i64> = rows.iter().map(|row| row.number).collect();
        let details = details_of(&self.readers, organization.as_uuid(), &numbers).await?;
        let entry = |row: audit_entry::Model| {
            let detail = details.iter().find(|detail| detail.number == row.number);
            read(row, detail.map(|detail| detail.detail.clone()))
        };
        rows.into_iter().map(entry).collect()
    }

    /// Takes out the entries before `until`, and records that it was done; returns how many. What is
    /// left still verifies.
    ///
    /// # Errors
    /// [`StoreError::UnknownOrganization`], or what the database answers.
    pub async fn prune_audit(
        &self,
        organization: OrganizationId,
        until: DateTime<Utc>,
        actor: &Actor,
    ) -> Result<u64, StoreError> {
        let writing = self.begin_write().await?;
        let transaction = &writing.transaction;
        let id = organization.as_uuid();
        organizations::lock(transaction, id).await?;
        // Numbers, not times, decide what is gone: a clock may have been set back.
        let kept = audit_entry::Entity::find()
            .filter(audit_entry::Column::OrganizationId.eq(id))
            .filter(audit_entry::Column::At.gte(until))
            .order_by_asc(audit_entry::Column::Number)
            .one(transaction)
            .await?;
        let last = match kept {
            Some(kept) => kept.number - 1,
            None => head(transaction, id).await?.number,
        };
        let anchor = audit_entry::Entity::find_by_id((id, last))
            .one(transaction)
            .await?;
        let Some(anchor) = anchor else {
            return Ok(0);
        };
        audit_detail::Entity::delete_many()
            .filter(audit_detail::Column::OrganizationId.eq(id))
            .filter(audit_detail::Column::Number.lte(last))
            .exec(transaction)
            .await?;
        let deleted = audit_entry::Entity::delete_many()
            .filter(audit_entry::Column::OrganizationId.eq(id))
            .filter(audit_entry::Column::Number.lte(last))
            .exec(transaction)
            .await?;
        let entry = NewAuditEntry {
            actor: actor.clone(),
            action: AuditAction::PruneAudit,
            candidate: None,
            detail: Some(verify::anchor(last, &digest_of(&anchor.digest)?)),
        };
        let link = Link {
            number: last,
            digest: digest_of(&anchor.digest)?,
        };
        append_after(
            transaction,
            id,
            head_or(transaction, id, link).await?,
            &[entry],
        )
        .await?;
        writing.commit().await?;
        self.empty_log().await.ok();
        Ok(deleted.rows_affected)
    }
}

/// Appends entries to the log of an organization that the transaction has locked.
pub(super) async fn append(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    entries: &[NewAuditEntry],
) -> Result<(), StoreError> {
    if entries.is_empty() {
        return Ok(());
    }
    let head = head(connection, organization).await?;
    append_after(connection, organization, head, entries).await
}

async fn append_after(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    mut head: Link,
    entries: &[NewAuditEntry],
) -> Result<(), StoreError> {
    let at = Utc::now().trunc_subsecs(6);
    let mut rows = Vec::with_capacity(entries.len());
    let mut details = Vec::new();
    for entry in entries {
        let number = head.number + 1;
        let said = entry.detail.as_ref().map(|detail| {
            let detail = storable(detail);
            // Of a UUIDv4 122 bits are random: what was said cannot be guessed from the digest.
            let salt = Uuid::new_v4().as_bytes().to_vec();
            (chain::detail_digest(&salt, &detail), salt, detail)
        });
        let mut row = audit_entry::Model {
            organization_id: organization,
            number,
            at,
            actor: actor_name(&entry.actor),
            action: entry.action.name().to_owned(),
            candidate_id: entry.candidate.map(CandidateId::as_uuid),
            detail_digest: said.as_ref().map(|(digest, ..)| digest.0.to_vec()),
            previous: head.digest.0.to_vec(),
            digest: Vec::new(),
        };
        let digest = chain::digest(&row);
        row.digest = digest.0.to_vec();
        head = Link { number, digest };
        rows.push(row);
        details.extend(said.map(|(_, salt, detail)| audit_detail::Model {
            organization_id: organization,
            number,
            salt,
            detail,
        }));
    }
    insert_all::<audit_entry::Entity, _>(connection, rows).await?;
    insert_all::<audit_detail::Entity, _>(connection, details).await
}

/// Takes out what entries say about a person: those to the candidate, and those that hold one of
/// `names`.
pub(super) async fn forget(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    candidate: Uuid,
    names: &[String],
) -> Result<(), StoreError> {
    let of_organization = audit_detail::Column::OrganizationId.eq(organization);
    let numbers: Vec<i64> = audit_entry::Entity::find()
        .select_only()
        .column(audit_entry::Column::Number)
        .filter(audit_entry::Column::OrganizationId.eq(organization))
        .filter(audit_entry::Column::CandidateId.eq(candidate))
        .into_tuple()
        .all(connection)
        .await?;
    for numbers in numbers.chunks(KEYS) {
        audit_detail::Entity::delete_many()
            .filter(of_organization.clone())
            .filter(audit_detail::Column::Number.is_in(numbers.iter().copied()))
            .exec(connection)
            .await?;
    }
    for name in names {
        let pattern = LikeExpr::new(format!("%{}%", escaped(name))).escape('\\');
        audit_detail::Entity::delete_many()
            .filter(of_organization.clone())
            .filter(Expr::col(audit_detail::Column::Detail).like(pattern))
            .exec(connection)
            .await?;
    }
    Ok(())
}

/// Returns a pattern that only `text` meets.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// The newest entry, or what comes before the first.
async fn head(connection: &impl ConnectionTrait, organization: Uuid) -> Result<Link, StoreError> {
    head_or(connection, organization, Link::ORIGIN).await
}

async fn head_or(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    without: Link,
) -> Result<Link, StoreError> {
    let newest = audit_entry::Entity::find()
        .filter(audit_entry::Column::OrganizationId.eq(organization))
        .order_by_desc(audit_entry::Column::Number)
        .one(connection)
        .await?;
    match newest {
        Some(row) => Ok(Link {
            number: row.number,
            digest: digest_of(&row.digest)?,
        }),
        None => Ok(without),
    }
}

async fn details_of(
    connection: &impl ConnectionTrait,
    organization: Uuid,
    numbers: &[i64],
) -> Result<Vec<audit_detail::Model>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let details = audit_detail::Entity::find()
        .filter(audit_detail::Column::OrganizationId.eq(organization))
        .filter(audit_detail::Column::Number.is_in(numbers.iter().copied()))
        .all(connection)
        .await?;
    Ok(details)
}

fn read(row: audit_entry::Model, detail: Option<String>) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        number: row.number,
        at: row.at,
        action: row.action.parse().unwrap_or(AuditAction::Other),
        candidate: row.candidate_id.map(CandidateId::from),
        is_detail_erased: row.detail_digest.is_some() && detail.is_none(),
        detail,
        digest: digest_of(&row.digest)?,
        actor: row.actor,
    })
}

fn digest_of(bytes: &[u8]) -> Result<Sha256, StoreError> {
    let digest = bytes.try_into().map_err(|_| StoreError::Corrupt {
        table: "audit_log",
        column: "digest",
    })?;
    Ok(Sha256(digest))
}

fn actor_name(actor: &Actor) -> String {
    match actor {
        Actor::Local => "local".to_owned(),
        Actor::Token(id) => format!("token:{id}"),
        Actor::User(subject) => storable(&format!("user:{subject}")),
        Actor::Embedded(embedded) => {
            let maker = actor_name(&(&embedded.maker).into());
            match &embedded.user {
                Some(user) => format!("embed:{user}/{maker}"),
                None => format!("embed/{maker}"),
            }
        }
        Actor::Automation => "automation".to_owned(),
    }
}
