//! Jobs that a plain line names: where they begin and how far they reach.

use shokureki_index::lexicon::has_legal_form;

use crate::domain::PeriodEnd;
use crate::resume::block::{Blocks, Kind};
use crate::resume::evidence::{Evidence, PlacedPeriod};
use crate::resume::section::Section;

use super::decide::is_sure;
use super::statement::{Layout, Statement};
use super::{JobDraft, row};

/// Ends the job around a line that surely names another company at another time: the line begins the
/// next one.
pub(super) fn end_before(statement: &Statement, jobs: &mut [JobDraft]) {
    let at = statement.block;
    let is_begin = matches!(statement.layout, Layout::Line(_))
        && is_sure(statement)
        && has_legal_form(&statement.job.name)
        && !statement.is_event;
    if !is_begin {
        return;
    }
    let Some(outer) = jobs
        .iter_mut()
        .rev()
        .take(64)
        .find(|job| job.block < at && at < job.end)
    else {
        return;
    };
    if is_apart(outer.period.as_ref(), statement.period.as_ref()) {
        outer.end = at;
    }
}

/// Returns whether one period ends before the other begins, give or take the month of the change.
fn is_apart(one: Option<&PlacedPeriod>, other: Option<&PlacedPeriod>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return false;
    };
    let span = |placed: &PlacedPeriod| {
        let from = placed.period.from?.earliest().ordinal();
        let to = match placed.period.to {
            PeriodEnd::At(moment) => moment.latest().ordinal(),
            PeriodEnd::Present => i32::MAX,
            PeriodEnd::Unstated => return None,
        };
        Some((from, to))
    };
    let (Some(one), Some(other)) = (span(one), span(other)) else {
        return false;
    };
    one.1 <= other.0 || other.1 <= one.0
}

/// Lets jobs that a plain line names reach to the next one or the end of their section.
pub(super) fn extend_lines(blocks: &Blocks, evidence: &Evidence, jobs: &mut [JobDraft]) {
    let starts: Vec<usize> = jobs.iter().map(|job| job.block).collect();
    let mut above = None;
    for (index, job) in jobs.iter_mut().enumerate() {
        let is_told = blocks[job.block].str().contains('。');
        let is_pseudo = blocks[job.block].kind == Kind::Item
            || blocks[job.block].kind == Kind::Heading && !blocks[job.block].is_marked_heading();
        let is_open = blocks[job.block].kind == Kind::Line
            || is_pseudo && goes_on_beside(blocks, evidence, job)
            || blocks[job.block].kind == Kind::Table
                && (row::is_label_table(evidence, job.block)
                    || blocks[blocks[job.named_in].parent].is_header);
        if !is_open || is_told {
            continue;
        }
        // A line under the last heading of the job before belongs to the section around that.
        let around = blocks
            .ancestors(job.block)
            .find(|above| {
                *above == 0
                    || opens_part(blocks, evidence, *above)
                    || blocks[*above].is_marked_heading()
            })
            .unwrap_or(0);
        let around = match above {
            Some(outer) if blocks[job.block].kind == Kind::Line => {
                around_lines(blocks, evidence, around, outer)
            }
            _ => around,
        };
        if blocks[job.block].kind == Kind::Line {
            above = Some(around);
        }
        let limit = blocks[around].end;
        let limit = if is_pseudo {
            // No further than the next job: what lies behind that is looked at from there.
            let next = starts.get(index + 1).copied();
            let to = next.filter(|next| (job.end..limit).contains(next));
            let to = to.unwrap_or(limit);
            let other = end_of_career(blocks, evidence, job.end, to);
            if other < to { other } else { limit }
        } else {
            limit
        };
        // The last of lines that stand close together is one of a list, and tells no more either.
        let is_listed = index > 0
            && starts[index - 1] + 1 == job.block
            && blocks[starts[index - 1]].parent == blocks[job.block].parent
            && starts.get(index + 1).is_none_or(|next| *next >= limit);
        if is_listed {
            continue;
        }
        let end = starts
            .get(index + 1)
            .filter(|next| **next < limit)
            .map_or(limit, |next| *next);
        job.end = if blocks[job.block].kind == Kind::Line {
            next_part(blocks, evidence, job.end, end)
        } else {
            end
        };
    }
}

/// Returns what a line that is a job stands in: what the line of the job before it stands in, `outer`, where
/// only a project of that is between.
fn around_lines(blocks: &Blocks, evidence: &Evidence, around: usize, outer: usize) -> usize {
    let is_inside = outer < around && around < blocks[outer].end;
    let is_between = is_inside
        && blocks[around].parent == outer
        && !evidence.opens_section[around]
        && evidence.section[around] == evidence.section[outer];
    if is_between { outer } else { around }
}

/// Returns whether what stands beside a line that works as a heading may still belong to it:
/// 「**株式会社A**」, and 「### 担当案件」 or 「**会員基盤の刷新**」.
fn goes_on_beside(blocks: &Blocks, evidence: &Evidence, job: &JobDraft) -> bool {
    let next = job.end;
    next < blocks.len()
        && blocks[next].kind == Kind::Heading
        && blocks[next].parent == blocks[job.block].parent
        && matches!(evidence.section[next], Section::Career | Section::Projects)
}

/// Returns where the first heading from `from` to `limit` that opens a part of the résumé stands.
fn next_part(blocks: &Blocks, evidence: &Evidence, from: usize, limit: usize) -> usize {
    let mut at = from;
    while at < limit {
        if blocks[at].kind == Kind::Heading && opens_part(blocks, evidence, at) {
            return at;
        }
        at = blocks[at].end;
    }
    limit
}

/// Returns whether a block opens a part of the résumé. A plain line over the works of a job (「主な実績」) opens none:
/// the job that another line names reaches over it.
fn opens_part(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let labels_works = blocks[at].is_label()
        && evidence.field[at].is_some()
        && matches!(evidence.section[at], Section::Career | Section::Projects);
    evidence.opens_section[at] && !labels_works
}

/// Returns where the first heading from `from` to `limit` that begins another part of the résumé stands.
fn end_of_career(blocks: &Blocks, evidence: &Evidence, from: usize, limit: usize) -> usize {
    let mut at = from;
    while at < limit {
        let begins_other = blocks[at].kind == Kind::Heading
            && !matches!(evidence.section[at], Section::Career | Section::Projects);
        if begins_other {
            return at;
        }
        at = blocks[at].end;
    }
    limit
}
