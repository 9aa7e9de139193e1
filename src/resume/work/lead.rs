//! Items that name the one work at a job before its labels: 「- 受付システム」 over 「- 役割：エンジニア」「- 体制：5名」.

use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::{kind_of, names_role};
use crate::resume::evidence::{Evidence, event_of};
use crate::resume::job::{JobDraft, reads_like_work};
use crate::resume::label::{Field, split_label};
use crate::resume::stint::is_department;

use super::WorkDraft;
use super::title::is_tag_line;

/// Labels that stand beside the title.
const MIN_LABELS: usize = 3;

/// Items that are looked at.
const MAX_ITEMS: usize = 16;

/// Characters of a title.
const MAX_TITLE_CHARS: usize = 40;

/// Lets the item that names the one work at a job title it, where none there has a time of its own; `works` are in the
/// order of the document.
pub(super) fn take_leads(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let mut is_part = vec![false; works.len()];
    let mut leads = Vec::new();
    for (index, job) in jobs.iter().enumerate() {
        if blocks[job.block].kind != Kind::Heading {
            continue;
        }
        let Some(lead) = lead_of(blocks, evidence, job.block) else {
            continue;
        };
        let from = works.partition_point(|work| work.block < job.block);
        let to = works.partition_point(|work| work.block < job.end).max(from);
        let may_be = |work: &WorkDraft| work.period.is_none() && work.block != lead;
        if !works[from..to].iter().all(may_be) {
            continue;
        }
        is_part[from..to].fill(true);
        leads.push(WorkDraft {
            end: job.end,
            ..WorkDraft::titled(blocks, lead, blocks[lead].str(), Some(index))
        });
    }
    let mut is_part = is_part.into_iter();
    works.retain(|_| !is_part.next().unwrap_or(false));
    works.extend(leads);
    works.sort_by_key(|work| work.block);
}

/// Returns the item that begins the labels of a job and names what was made.
fn lead_of(blocks: &Blocks, evidence: &Evidence, job: usize) -> Option<usize> {
    let first = blocks.children(job).next()?;
    let items = || {
        let beside = blocks.children(job).take(MAX_ITEMS);
        beside.take_while(|at| blocks[*at].kind == Kind::Item)
    };
    let text = blocks[first].str();
    let is_title = blocks[first].kind == Kind::Item
        && blocks[first].end == first + 1
        && evidence.field[first].is_none()
        && evidence.periods[first].is_empty()
        && split_label(text).is_none()
        && text.chars().count() <= MAX_TITLE_CHARS
        && reads_like_work(text)
        && !text.contains(['。', '、', '：', ':'])
        && !text.ends_with(['た', 'る', 'す'])
        && kind_of(text).is_none()
        && !names_role(text)
        && !is_department(text)
        && !is_tag_line(text)
        && event_of(text).is_none();
    let is_label =
        |at: &usize| evidence.field[*at].is_some() || split_label(blocks[*at].str()).is_some();
    let is_work_label = |at: &usize| {
        let field = evidence.field[*at];
        matches!(
            field,
            Some(Field::Role | Field::Team | Field::Phase | Field::Technology)
        )
    };
    let labels = || items().skip(1).filter(is_label);
    let others = items().skip(1).count() - labels().count();
    (is_title
        && labels().count() >= MIN_LABELS
        && others <= 1
        && labels().any(|at| is_work_label(&at)))
    .then_some(first)
}
