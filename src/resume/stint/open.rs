//! Ends that a document leaves open.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

use crate::domain::{Employment, Period, PeriodEnd, Project};
use crate::resume::block::{Blocks, Kind};
use crate::resume::duration::leading_length;
use crate::resume::job::{JobDraft, is_own_business};
use crate::resume::period::PeriodShape;
use crate::resume::work::WorkDraft;

/// Characters that the title of a job may have.
const MAX_TITLE_CHARS: usize = 80;

/// Decides open ends: a job without an end is the present one where no other starts after it; a side
/// job goes on beside it.
pub(super) fn close_newest(employments: &mut [Employment], drafts: &[JobDraft], blocks: &Blocks) {
    let is_side: Vec<bool> = employments
        .iter()
        .zip(drafts)
        .map(|(job, draft)| is_side_job(job, draft, blocks))
        .collect();
    let is_begun = |index: usize| !drafts[index].is_planned;
    let start = |job: &Employment| Some(job.period.as_ref()?.from?.earliest());
    let newest = employments
        .iter()
        .enumerate()
        .filter(|(index, _)| is_begun(*index) && !is_side[*index])
        .filter_map(|(_, job)| start(job))
        .max();
    for (index, job) in employments.iter_mut().enumerate() {
        let begins = start(job);
        let is_newest = newest.is_none_or(|newest| begins >= Some(newest));
        let goes_on = is_begun(index) && (is_newest || is_side[index]);
        if let Some(period) = job.period.as_mut()
            && begins.is_some()
            && goes_on
            && period.to == PeriodEnd::Unstated
        {
            period.to = PeriodEnd::Present;
        }
    }
}

/// Returns whether a job is done beside another: 副業, 兼業, self-employment.
fn is_side_job(job: &Employment, draft: &JobDraft, blocks: &Blocks) -> bool {
    const BESIDE: &WordList = words!["副業", "兼業", "兼務", "複業", "非常勤"];
    let title = blocks[draft.block].str();
    let is_title = title.chars().count() <= MAX_TITLE_CHARS;
    let below_side = || {
        blocks
            .ancestors(draft.block)
            .filter(|above| blocks[*above].kind == Kind::Heading)
            .map(|above| blocks[above].str())
            .any(|title| title.chars().count() <= MAX_TITLE_CHARS && BESIDE.is_in(title))
    };
    below_side()
        || is_own_business(blocks, draft)
        || std::iter::once(job.employer.name.as_str())
            .chain(draft.job.rest.iter().map(String::as_str))
            .chain(is_title.then_some(title))
            .any(|text| BESIDE.is_in(text))
}

/// Lets a project that begins with a dash and no end go on where its job does; one without a job, if none starts later
/// or the others say when they ended, so that who left it open is still at it.
pub(super) fn close_open(
    employments: &[Employment],
    projects: &mut [Project],
    works: &[WorkDraft],
    blocks: &Blocks,
) {
    let is_open = |draft: &WorkDraft| {
        let period = draft.period.as_ref();
        period.is_some_and(|placed| placed.period.shape == PeriodShape::Open)
    };
    let start = |project: &Project| Some(project.period.as_ref()?.from?.earliest());
    // Of a job without a time nothing says that it ended.
    let is_free = |project: &Project| {
        let job = project.employment.map(|index| &employments[index]);
        job.is_none_or(|job| job.period.is_none())
    };
    let newest = projects
        .iter()
        .zip(works)
        .filter(|(project, draft)| is_free(project) && is_open(draft))
        .filter_map(|(project, _)| start(project))
        .max();
    let states_end = |draft: &&WorkDraft| {
        let period = draft.period.as_ref();
        draft.job.is_none()
            && period.is_some_and(|placed| {
                placed.period.is_stretch() && matches!(placed.period.to, PeriodEnd::At(_))
            })
    };
    let are_open = |draft: &&WorkDraft| draft.job.is_none() && is_open(draft);
    let ended = works.iter().filter(states_end).count();
    let says_ends = ended > works.iter().filter(are_open).count().saturating_sub(2) && ended > 0;
    for (project, draft) in projects.iter_mut().zip(works) {
        if !is_open(draft) || says_length(blocks, draft) {
            continue;
        }
        let job = project.employment.map(|index| &employments[index]);
        let is_free = is_free(project);
        let is_current = |job: &Employment| job.period.as_ref().is_some_and(Period::is_current);
        let goes_on = is_free || job.is_some_and(is_current);
        let is_newest = start(project) == newest;
        if let Some(period) = &mut project.period
            && goes_on
            && period.to == PeriodEnd::Unstated
            && (!is_free || is_newest || says_ends)
        {
            period.to = PeriodEnd::Present;
        }
    }
}

/// Returns whether the length of a project stands behind its start, which so is over: 「2022 年 ~ (7 ヶ月)」.
fn says_length(blocks: &Blocks, draft: &WorkDraft) -> bool {
    draft.period.as_ref().is_some_and(|placed| {
        let behind = &blocks[placed.block].str()[placed.period.range.end..];
        let length = behind.trim_start_matches([' ', '\u{3000}', '(', '（', '約']);
        leading_length(length).is_some()
    })
}
