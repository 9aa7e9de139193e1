//! Jobs that a document tells of more than once: in a summary, in detail, as part of a longer stay.

use std::collections::HashMap;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{Lexicon, has_legal_form};

use crate::domain::{Moment, PeriodEnd};

use super::block::{Blocks, Kind};
use super::employer::is_hidden;
use super::employment::JobDraft;
use super::evidence::PlacedPeriod;

/// Leaves out titles that only sum up several jobs told elsewhere: 「HarborQuill（2015年〜現在）／
/// フリーランス → 合同会社」 over a self-employment and the company that followed.
pub(super) fn without_spans(jobs: Vec<JobDraft>) -> Vec<JobDraft> {
    let months = |job: &JobDraft| {
        let period = &job.period.as_ref()?.period;
        let to = match period.to {
            PeriodEnd::At(moment) => moment.latest().ordinal(),
            PeriodEnd::Present => i32::MAX,
            PeriodEnd::Unstated => return None,
        };
        Some((period.from?.earliest().ordinal(), to))
    };
    let rows: Vec<(String, Option<(i32, i32)>)> = jobs
        .iter()
        .take(MAX_COMPARED)
        .map(|job| (normalized_key(&job.job.name), months(job)))
        .collect();
    let is_span = |index: usize, job: &JobDraft| {
        let Some((name, Some((from, to)))) = rows.get(index) else {
            return false;
        };
        if name.chars().count() < 3 || has_legal_form(&job.job.name) || is_hidden(&job.job.name) {
            return false;
        }
        let parts = rows
            .iter()
            .enumerate()
            .filter(|(other, (long, _))| *other != index && long.contains(name.as_str()))
            .filter(|(_, (long, _))| long.len() > name.len())
            .filter(|(_, (_, span))| span.is_some_and(|span| *from <= span.0 && span.1 <= *to))
            .count();
        parts >= 2
    };
    let keep: Vec<bool> = jobs
        .iter()
        .enumerate()
        .map(|(index, job)| !is_span(index, job))
        .collect();
    jobs.into_iter()
        .zip(keep)
        .filter_map(|(job, keep)| keep.then_some(job))
        .collect()
}

/// Jobs that are compared with each other.
const MAX_COMPARED: usize = 64;

/// Merges what is said twice: the same employer at the same time, in a summary and in detail.
pub(super) fn merge_repeated(
    blocks: &Blocks,
    jobs: Vec<JobDraft>,
    lexicon: &Lexicon,
) -> Vec<JobDraft> {
    let mut kept: Vec<JobDraft> = Vec::new();
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for job in jobs {
        let key = if is_hidden(&job.job.name) && !job.job.name.contains('社') {
            format!("{}:{}", job.block, job.job.name)
        } else {
            lexicon.employer_key(&job.job.name)
        };
        let known = by_key.entry(key).or_default();
        let fits = |index: &usize| is_same_time(kept[*index].period.as_ref(), job.period.as_ref());
        // Who went back to a company tells of each stay under a heading of its own, in order.
        let is_new = |index: &usize| job.period.is_some() || kept[*index].more.is_empty();
        let twin = known
            .iter()
            .copied()
            .find(|index| fits(index) && is_new(index))
            .or_else(|| known.iter().copied().find(fits));
        let Some(twin) = twin else {
            known.push(kept.len());
            kept.push(job);
            continue;
        };
        let is_longer = size(blocks, &job) >= size(blocks, &kept[twin]);
        let (mut winner, loser) = if is_longer {
            (job, kept[twin].clone())
        } else {
            (kept[twin].clone(), job)
        };
        if winner
            .period
            .as_ref()
            .is_none_or(|period| period.period.from.is_none())
            && loser.period.is_some()
        {
            winner.period = loser.period;
        } else if is_vaguer(winner.period.as_ref(), loser.period.as_ref()) {
            winner.period.clone_from(&loser.period);
        }
        winner.more.push((loser.block, loser.end));
        winner.more.extend(loser.more);
        kept[twin] = winner;
    }
    kept.sort_by_key(|job| job.block);
    kept
}

/// Returns whether a period states years where the other states months.
fn is_vaguer(one: Option<&PlacedPeriod>, other: Option<&PlacedPeriod>) -> bool {
    let from = |placed: Option<&PlacedPeriod>| placed.and_then(|placed| placed.period.from);
    matches!(from(one), Some(Moment::Year(_))) && matches!(from(other), Some(Moment::Month(_)))
}

/// Returns how much a job tells; a row of a table tells least.
fn size(blocks: &Blocks, job: &JobDraft) -> usize {
    if blocks[job.block].kind != Kind::Row {
        job.end - job.block + 4
    } else {
        1
    }
}

/// Returns whether two periods of one employer mean the same stay.
fn is_same_time(one: Option<&PlacedPeriod>, other: Option<&PlacedPeriod>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return true;
    };
    let span = |placed: &PlacedPeriod| {
        let from = placed.period.from.map(|from| from.earliest().ordinal());
        let to = match placed.period.to {
            PeriodEnd::At(moment) => Some(moment.latest().ordinal()),
            PeriodEnd::Present => Some(i32::MAX),
            PeriodEnd::Unstated => None,
        };
        (from, to)
    };
    let (Some(first), Some(second)) = (span(one).0, span(other).0) else {
        return true;
    };
    let end_one = span(one).1.unwrap_or(i32::MAX);
    let end_other = span(other).1.unwrap_or(i32::MAX);
    let apart = (first - second).abs();
    let is_same_year = |one: Option<Moment>, other: Option<Moment>| {
        let (Some(one), Some(other)) = (one, other) else {
            return false;
        };
        let is_year = matches!(one, Moment::Year(_)) || matches!(other, Moment::Year(_));
        is_year && one.earliest().year() == other.earliest().year()
    };
    first <= end_other
        && second <= end_one
        && (apart <= 2
            || (apart <= 14 && end_one == end_other)
            || is_same_year(one.period.from, other.period.from))
}
