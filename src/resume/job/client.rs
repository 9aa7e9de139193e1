//! Companies that were the clients of somebody's own business: what a list of projects names at a time at
//! which the person was self-employed.

use shokureki_index::lexicon::is_self_employment;
use shokureki_index::words;

use crate::domain::PeriodEnd;
use crate::resume::block::{Blocks, Kind};
use crate::resume::evidence::{Evidence, PlacedPeriod};
use crate::resume::label::Field;
use crate::resume::section::Section;

use super::{JobDraft, Part, stay};

/// Jobs that are looked through for an own business.
const MAX_JOBS: usize = 64;

/// Longer lines that name a job say more than its kind.
const MAX_NAMING_BYTES: usize = 200;

/// Gives jobs in a list of projects, whose titles name a product as well, to the own business that they were done for a client of;
/// leaves out what an event says that somebody with an own business took part in, told elsewhere.
pub(super) fn without_clients(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: Vec<JobDraft>,
) -> Vec<JobDraft> {
    let takes_part: Vec<bool> = jobs
        .iter()
        .map(|job| takes_part(blocks, &jobs, job))
        .collect();
    let mut takes_part = takes_part.into_iter();
    let jobs: Vec<JobDraft> = jobs
        .into_iter()
        .filter(|_| !takes_part.next().unwrap_or(false))
        .collect();
    let owners: Vec<Option<usize>> = jobs
        .iter()
        .map(|job| {
            // What a title says beside a company is what was done for it.
            let says_work = job.job.product.is_some()
                || job.job.lead.is_some()
                || tells_of_work(blocks, evidence, job.block);
            (says_work && !is_own_business(blocks, job))
                .then(|| business_of(blocks, evidence, &jobs, job.block, job.period.as_ref()))
                .flatten()
        })
        .collect();
    if owners.iter().all(Option::is_none) {
        return jobs;
    }
    // Where each job that stays comes to stand.
    let places: Vec<usize> = owners
        .iter()
        .scan(0, |next, owner| {
            let place = *next;
            *next += usize::from(owner.is_none());
            Some(place)
        })
        .collect();
    let mut kept: Vec<JobDraft> = Vec::with_capacity(jobs.len());
    let mut parts: Vec<(usize, Part)> = Vec::new();
    for (job, owner) in jobs.into_iter().zip(&owners) {
        match owner {
            Some(owner) => parts.push((places[*owner], job.into_part())),
            None => kept.push(job),
        }
    }
    for (place, part) in parts {
        kept[place].parts.push(part);
    }
    kept
}

/// Returns whether an item says that somebody took part in the work of a company while their own business went on:
/// 「2025/01 株式会社Aに参画」.
fn takes_part(blocks: &Blocks, jobs: &[JobDraft], job: &JobDraft) -> bool {
    let text = blocks[job.named_in].str();
    let says_so = blocks[job.block].kind == Kind::Item
        && text.len() <= MAX_NAMING_BYTES
        && words!["に参画", "へ参画"].is_in(text)
        && !words!["入社", "転職", "就職"].is_in(text);
    says_so
        && opened(job.period.as_ref()).is_some_and(|period| {
            jobs.iter().take(MAX_JOBS).any(|other| {
                is_own_business(blocks, other)
                    && stay::holds(opened(other.period.as_ref()).as_ref(), Some(&period))
            })
        })
}

/// Returns whether a block is a row that says what was done beside for whom.
fn tells_of_work(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    blocks[at].kind == Kind::Row
        && blocks.children(at).take(MAX_CELLS).any(|cell| {
            matches!(
                evidence.field[cell],
                Some(Field::Title | Field::Summary | Field::Technology)
            ) && !blocks[cell].str().trim().is_empty()
        })
}

/// Cells of a row that are looked at.
const MAX_CELLS: usize = 12;

/// Returns the own business among `jobs` whose time holds the one of the block `at` in a list of projects.
pub(super) fn business_of(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    at: usize,
    period: Option<&PlacedPeriod>,
) -> Option<usize> {
    if evidence.section[at] != Section::Projects {
        return None;
    }
    let period = opened(period)?;
    jobs.iter().take(MAX_JOBS).position(|job| {
        is_own_business(blocks, job)
            && stay::holds(opened(job.period.as_ref()).as_ref(), Some(&period))
    })
}

/// Returns a time that goes on where nothing ends it.
fn opened(period: Option<&PlacedPeriod>) -> Option<PlacedPeriod> {
    let mut period = period?.clone();
    if period.period.to == PeriodEnd::Unstated {
        period.period.to = PeriodEnd::Present;
    }
    Some(period)
}

/// Returns whether a job is somebody's own business.
pub(in crate::resume) fn is_own_business(blocks: &Blocks, job: &JobDraft) -> bool {
    let text = blocks[job.named_in].str();
    is_self_employment(&job.job.name)
        || text.len() <= MAX_NAMING_BYTES
            && words!["個人事業", "フリーランス", "屋号", "自営業"].is_in(text)
}
