//! Headings that say when, and nothing else, below those of employers.

use std::collections::HashSet;

use crate::resume::block::{Blocks, Kind};
use crate::resume::period::FoundPeriod;
use crate::resume::section::Section;

use super::Evidence;

/// Returns for each block whether it is a heading that says when, and nothing else, over one of several pieces of work
/// at an employer. Headings of one rank are of one kind: where two stand below one employer, they date its works, and
/// so does the only one below another.
pub(super) fn dates_of_work(blocks: &Blocks, evidence: &Evidence) -> Vec<bool> {
    let says_when = |at: usize| {
        blocks[at].is_marked_heading()
            && blocks[at].end > at + 1
            && evidence.is_period_only(blocks, at)
            && evidence.periods[at]
                .first()
                .is_some_and(FoundPeriod::is_stretch)
            && is_below_name(blocks, evidence, at)
    };
    let times: Vec<usize> = (1..blocks.len()).filter(|at| says_when(*at)).collect();
    let mut seen: HashSet<usize> = HashSet::new();
    let ranks: HashSet<u16> = times
        .iter()
        .filter(|at| !seen.insert(blocks[**at].parent))
        .map(|at| blocks[*at].rank)
        .collect();
    let mut dates_work = vec![false; blocks.len()];
    for at in times
        .into_iter()
        .filter(|at| ranks.contains(&blocks[*at].rank))
    {
        dates_work[at] = true;
    }
    dates_work
}

/// Returns whether a heading stands below one in the career that opens no part of the document.
fn is_below_name(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let parent = blocks[at].parent;
    blocks[parent].kind == Kind::Heading
        && !evidence.opens_section[parent]
        && evidence.field[parent].is_none()
        && evidence.periods[parent].is_empty()
        && matches!(
            evidence.section[at],
            Section::Career | Section::Projects | Section::Unknown
        )
}
