//! Projects apart from the jobs that say in their first words where they were done: 「オリベ保険テクノロジーズ。
//! 1つのバイナリに…」.

use shokureki_index::analysis::normalized_key;

use crate::resume::block::{Blocks, Kind};
use crate::resume::evidence::Evidence;
use crate::resume::job::{JobDraft, known_names};

use super::WorkDraft;

/// Links the projects without a job whose first line begins with the name of an employer.
pub(super) fn link_named(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut [WorkDraft],
) {
    let names = known_names(jobs);
    if names.is_empty() {
        return;
    }
    for work in works.iter_mut().filter(|work| work.job.is_none()) {
        let first = (work.block + 1..work.end.min(work.block + 4)).find(|at| {
            matches!(blocks[*at].kind, Kind::Line | Kind::Item)
                && evidence.periods[*at].is_empty()
                && evidence.field[*at].is_none()
        });
        work.job = first.and_then(|at| {
            let text = blocks[at].str();
            let head = text.split(['。', '、', '（', '(', '/', '／']).next()?;
            let head = head.split("での").next()?;
            let head = head.split("で").next()?.trim();
            (head.chars().count() >= 3)
                .then(|| names.get(&normalized_key(head)).copied())
                .flatten()
        });
    }
}
