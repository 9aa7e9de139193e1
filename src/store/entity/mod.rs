//! The rows. They never leave the store.

#![allow(
    missing_docs,
    unreachable_pub,
    reason = "the entity format writes public items that nothing outside the store sees"
)]

pub(super) mod access_token;
pub(super) mod audit_detail;
pub(super) mod audit_entry;
pub(super) mod candidate;
pub(super) mod candidate_email;
pub(super) mod candidate_privacy;
pub(super) mod certification;
pub(super) mod change;
pub(super) mod document;
pub(super) mod education;
pub(super) mod embed_token;
pub(super) mod employer;
pub(super) mod employment;
pub(super) mod link;
pub(super) mod mention;
pub(super) mod notice;
pub(super) mod organization;
pub(super) mod project;
pub(super) mod resume;
pub(super) mod resume_technology;
pub(super) mod stated_months;
pub(super) mod stored;
pub(super) mod technology;
