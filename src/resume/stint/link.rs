//! Projects that stand apart from the jobs: the one whose time holds theirs.

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::strip_legal_form;
use shokureki_index::words;

use crate::domain::{Employment, Period, PeriodEnd, Project};
use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens};
use crate::resume::evidence::Evidence;
use crate::resume::job::JobDraft;
use crate::resume::section::Section;
use crate::resume::work::WorkDraft;

/// Returns whether a job is said to have been one beside another: 「プログラミング教室の講師（副業）」.
pub(super) fn is_beside(blocks: &Blocks, job: &JobDraft) -> bool {
    let text = blocks[job.named_in].str();
    text.len() <= MAX_NAMING_BYTES
        && words!["副業", "兼業", "複業", "非常勤", "アルバイト"].is_in(text)
}

/// Letters of an employer that the title of a piece of work may name.
const MIN_NAME_CHARS: usize = 6;

/// Longer lines that name a job say more than its kind.
const MAX_NAMING_BYTES: usize = 200;

/// Links projects that stand apart from the jobs to the one job whose time holds theirs: of several to the one
/// that was not beside another.
pub(super) fn link_by_time(
    employments: &[Employment],
    beside: &[bool],
    projects: &mut [Project],
    works: &[WorkDraft],
    blocks: &Blocks,
    evidence: &Evidence,
) {
    for (project, draft) in projects.iter_mut().zip(works) {
        if let Some(index) = project.employment {
            project.employment = Some(other_job(employments, index, project.period.as_ref()));
        }
        if project.employment.is_some() || evidence.section[draft.block] == Section::Personal {
            continue;
        }
        if is_outside_jobs(blocks, draft.block) {
            continue;
        }
        let Some((from, to)) = project.period.as_ref().and_then(stretch) else {
            let goes_on = project.period.as_ref().is_some_and(Period::is_current);
            project.employment = goes_on.then(|| only_current(employments, beside)).flatten();
            continue;
        };
        let near = |job: &Employment| {
            let name = normalized_key(strip_legal_form(&job.employer.name));
            !name.is_empty()
                && blocks
                    .ancestors(draft.block)
                    .any(|above| normalized_key(blocks[above].str()).contains(&name))
        };
        let title = project.title.as_deref().map(normalized_key);
        let titled = |job: &Employment| {
            let name = normalized_key(strip_legal_form(&job.employer.name));
            name.chars().count() >= MIN_NAME_CHARS
                && title.as_ref().is_some_and(|title| title.contains(&name))
        };
        let mut named = employments.iter().enumerate().filter(|(_, job)| {
            (near(job) || titled(job))
                && job
                    .period
                    .as_ref()
                    .and_then(stretch)
                    .is_some_and(|(first, last)| first <= from && from <= last)
        });
        if let (Some((index, _)), None) = (named.next(), named.next()) {
            project.employment = Some(index);
            continue;
        }
        let stays = || {
            let stays = employments.iter().map(|job| job.period.as_ref());
            stays
                .enumerate()
                .filter_map(|(index, period)| Some((index, period.and_then(stretch)?)))
        };
        let all_in = |(from, to): (i32, i32)| -> Vec<usize> {
            stays()
                .filter(|(_, (first, last))| *first <= from && to <= *last)
                .map(|(index, _)| index)
                .collect()
        };
        let mut holding = all_in((from, to));
        // A year may be any month of it: 「2021 - 2022」 lies in a stay from May 2021 on.
        if holding.is_empty() {
            let least = project.period.as_ref().and_then(least_stretch);
            holding = least.map(all_in).unwrap_or_default();
        }
        let mut main = holding.iter().copied().filter(|index| !beside[*index]);
        project.employment = match (holding.as_slice(), main.next(), main.next()) {
            ([only], _, _) => Some(*only),
            (_, Some(only), None) => Some(only),
            _ => None,
        };
    }
}

/// Returns the job that goes on, where there is one and no more but what is done beside it.
fn only_current(employments: &[Employment], beside: &[bool]) -> Option<usize> {
    let is_current = |index: &usize| {
        let period = employments[*index].period.as_ref();
        !beside[*index] && period.is_some_and(Period::is_current)
    };
    let mut current = (0..employments.len()).filter(is_current);
    current.next().filter(|_| current.next().is_none())
}

/// Returns whether a piece of work, or a title above it, says that it was done outside the jobs that others name: 「副業」.
fn is_outside_jobs(blocks: &Blocks, at: usize) -> bool {
    let says = |above: usize| {
        let text = blocks[above].str();
        text.len() <= MAX_NAMING_BYTES
            && words!["副業", "複業", "業務外"].is_in(text)
            && !text.contains("本業")
    };
    let own = blocks[at].str();
    let begins_aside = || {
        let title = own.trim_start_matches(|sign: char| !sign.is_alphanumeric());
        words!["副業", "複業"].begin(title)
    };
    let is_own_work = || {
        blocks[at].kind == Kind::Heading
            && own.len() <= MAX_NAMING_BYTES
            && words!["の個人開発", "の個人制作"].is_in(own)
    };
    // 「釣り場の地図の開発（副業）」
    let ends_aside = || {
        let inside = own.trim_end().strip_suffix(closes);
        let inside = inside.and_then(|title| title.rsplit_once(opens));
        blocks[at].kind == Kind::Heading
            && inside.is_some_and(|(_, inside)| ["副業", "複業"].contains(&inside.trim()))
    };
    own.contains("業務外")
        || is_own_work()
        || begins_aside()
        || ends_aside()
        || blocks
            .ancestors(at)
            .any(|above| blocks[above].kind == Kind::Heading && says(above))
}

/// Returns the job of a project that stands at the job `index`: the only one whose time holds the
/// project's, where that of `index` has no month in common with it. A list may go on below the next title.
fn other_job(employments: &[Employment], index: usize, period: Option<&Period>) -> usize {
    let stay = |job: &Employment| {
        job.period
            .as_ref()
            .filter(|period| period.to != PeriodEnd::Unstated)
            .and_then(stretch)
    };
    let Some((from, to)) = period.and_then(stretch) else {
        return index;
    };
    let is_apart = employments
        .get(index)
        .and_then(stay)
        .is_some_and(|(first, last)| to < first || last < from);
    if !is_apart {
        return index;
    }
    let mut holding = employments
        .iter()
        .enumerate()
        .filter(|(_, job)| stay(job).is_some_and(|(first, last)| first <= from && to <= last));
    match (holding.next(), holding.next()) {
        (Some((other, _)), None) => other,
        _ => index,
    }
}

/// Returns the months that a period of years spans at least: from the last month of the first to the first month of the
/// last.
fn least_stretch(period: &Period) -> Option<(i32, i32)> {
    let from = period.from?.latest().ordinal();
    let to = match period.to {
        PeriodEnd::At(moment) => moment.earliest().ordinal(),
        PeriodEnd::Present => i32::MAX,
        PeriodEnd::Unstated => from,
    };
    (from <= to).then_some((from, to))
}

/// Returns the months that a period with a start spans at most.
fn stretch(period: &Period) -> Option<(i32, i32)> {
    let from = period.from?;
    let to = match period.to {
        PeriodEnd::At(moment) => moment.latest().ordinal(),
        PeriodEnd::Present => i32::MAX,
        PeriodEnd::Unstated => from.latest().ordinal(),
    };
    Some((from.earliest().ordinal(), to))
}
