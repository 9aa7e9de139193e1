//! Titles without a period beside dated projects: what looks like projects of jobs elsewhere in the
//! document, and stands where they stand, is one.

use shokureki_index::words;
use std::collections::HashMap;

use crate::resume::block::{Blocks, Kind};
use crate::resume::evidence::{Evidence, event_of};
use crate::resume::job::JobDraft;
use crate::resume::label::Field;
use crate::resume::section::Section;

use super::title::{is_beside_projects, is_project_list, labels_deeds};
use super::{WorkDraft, owners};

/// Characters that the title of a list item may have.
const MAX_ITEM_TITLE_CHARS: usize = 44;

/// Blocks below a heading that are looked through for dated ones.
const MAX_BELOW: usize = 64;

/// How a title looks and where it stands below its job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Look {
    /// A heading: its rank below the one that it stands under.
    Heading(u16),
    /// A list item: its depth below its job, and whether it is numbered.
    Item(u8, bool),
}

/// Adds the titles that look like the projects of the jobs.
pub(super) fn add_peers(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let owner = owners(blocks, jobs);
    let mut is_work = vec![false; blocks.len()];
    let mut is_inside = vec![false; blocks.len()];
    for work in works.iter() {
        is_work[work.block] = true;
        for slot in is_inside.iter_mut().take(work.end).skip(work.block + 1) {
            *slot = true;
        }
    }
    let job_blocks: Vec<bool> = {
        let mut marks = vec![false; blocks.len()];
        for block in jobs.iter().flat_map(JobDraft::naming_blocks) {
            marks[block] = true;
        }
        marks
    };
    let look = |at: usize| -> Option<Look> {
        let job = owner[at]?;
        let block = &blocks[at];
        let base = blocks[jobs[job].block].depth;
        match block.kind {
            Kind::Heading => Some(Look::Heading(block.rank % 16)),
            Kind::Item => Some(Look::Item(
                block.depth.saturating_sub(base),
                block.is_ordered,
            )),
            _ => None,
        }
    };
    // 「業務内容」 over titles labels them all, and goes on in none.
    let is_open = |at: usize| {
        let parent = blocks[at].parent;
        evidence.scope[parent].is_none()
            || blocks[at].kind == Kind::Heading
                && blocks[parent].is_marked_heading()
                && evidence.field[parent] == Some(Field::Summary)
    };
    let may_be = |at: usize| {
        matches!(
            evidence.section[at],
            Section::Career | Section::Projects | Section::Unknown | Section::Summary
        ) && evidence.field[at].is_none()
            && !evidence.opens_section[at]
            && !job_blocks[at]
            && !is_inside[at]
            && is_open(at)
            && !evidence.is_period_only(blocks, at)
            && !is_dated_group(blocks, evidence, at)
            && is_title(blocks, at)
    };
    let mut counts: HashMap<Look, (usize, usize)> = HashMap::new();
    for (at, is_work) in is_work.iter().enumerate().skip(1) {
        let Some(look) = look(at) else { continue };
        let (worked, all) = counts.entry(look).or_default();
        *worked += usize::from(*is_work);
        *all += usize::from(*is_work || may_be(at));
    }
    for at in 1..blocks.len() {
        // In the cell that holds all of a job, lines in bold title what was made there.
        let is_in_cell = blocks[at].kind == Kind::Heading
            && blocks[blocks[at].parent].kind == Kind::Cell
            && owner[at].is_some()
            && !is_work[at]
            && blocks[at].end > at + 1
            && may_be(at)
            && !(blocks[at].parent..blocks[blocks[at].parent].end)
                .any(|other| other != at && is_dated_heading(blocks, evidence, other));
        if is_in_cell {
            works.push(WorkDraft::own(blocks, evidence, at, owner[at]));
            continue;
        }
        let Some(look) = look(at).filter(|_| !is_work[at] && may_be(at)) else {
            continue;
        };
        // A line in bold right above the first dated work says what the person was.
        let leads = blocks[at].kind == Kind::Heading
            && !blocks[at].is_marked_heading()
            && blocks[at].end == at + 1
            && at + 1 < blocks.len()
            && is_dated_heading(blocks, evidence, at + 1)
            && blocks[blocks[at].parent].kind == Kind::Cell;
        if leads {
            continue;
        }
        let (worked, all) = counts[&look];
        if worked >= 2 && worked * 2 >= all {
            works.push(WorkDraft::own(blocks, evidence, at, owner[at]));
        }
    }
}

/// Returns whether a dated heading is over dated ones: a department's time around its projects.
fn is_dated_group(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    is_dated_heading(blocks, evidence, at)
        && blocks
            .children(at)
            .take(MAX_BELOW)
            .any(|below| is_dated_heading(blocks, evidence, below))
}

/// Returns whether a heading says when the work that it titles was.
fn is_dated_heading(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    blocks[at].kind == Kind::Heading
        && evidence
            .own_period(blocks, at)
            .is_some_and(|own| own.period.is_stretch())
}

/// Returns whether a heading or an item that holds more reads like a title.
fn is_title(blocks: &Blocks, at: usize) -> bool {
    let text = blocks[at].str();
    let is_short = match blocks[at].kind {
        Kind::Heading => true,
        _ => text.chars().count() <= MAX_ITEM_TITLE_CHARS && blocks[at].end > at + 1,
    };
    is_short
        && !text.contains('。')
        && !text.ends_with(['た', 'す', '、'])
        && event_of(text).is_none()
        && !is_project_list(text)
        && !is_beside_projects(text)
        && !labels_deeds(text)
        && !words!["受賞", "その他", "採用", "表彰", "全般", "共通"].begin(text)
        && text.chars().count() >= 3
}
