//! The stay that the person's data state: 「在籍企業」 and 「在籍期間」 beside name and address.

use shokureki_index::lexicon::{Lexicon, has_legal_form, is_self_employment};
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::opens;
use crate::resume::employer::{JobTitle, job_title};
use crate::resume::evidence::{Evidence, PlacedPeriod};
use crate::resume::label::Field;
use crate::resume::section::Section;
use crate::resume::stint::is_department;

use super::JobDraft;

/// Jobs that the one of the data is compared with.
const MAX_COMPARED: usize = 64;

/// Blocks of the data that are looked through for when the stay was.
const MAX_BLOCKS: usize = 80;

/// Adds the job that the data about the person name with its time, where no other part names that employer.
pub(super) fn add_current(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    jobs: &mut Vec<JobDraft>,
) {
    for at in 1..blocks.len() {
        if evidence.section[at] != Section::Identity {
            continue;
        }
        let named = if evidence.field[at] == Some(Field::Employer) {
            let job = job_title(evidence.value_text(blocks, at).trim(), lexicon);
            if is_department(&job.name) && !has_legal_form(&job.name) {
                continue;
            }
            stated_beside(blocks, evidence, at).map(|period| (job, period))
        } else {
            own_business(blocks, evidence, at)
        };
        let Some((job, period)) = named.filter(|(job, _)| !job.name.is_empty()) else {
            continue;
        };
        let key = lexicon.employer_key(&job.name);
        let is_known = jobs
            .iter()
            .take(MAX_COMPARED)
            .any(|known| lexicon.employer_key(&known.job.name) == key);
        if is_known {
            continue;
        }
        jobs.push(JobDraft {
            block: at,
            named_in: at,
            end: blocks[at].end,
            job,
            period: Some(period),
            ..JobDraft::default()
        });
    }
}

/// Returns the self-employment that a value of the data names with the time since when, whatever its label:
/// 「|形態|フリーランス（2017年〜）|」.
fn own_business(
    blocks: &Blocks,
    evidence: &Evidence,
    at: usize,
) -> Option<(JobTitle, PlacedPeriod)> {
    let period = evidence
        .first_in(blocks, at)
        .filter(|placed| placed.block == at && placed.period.is_stretch())?;
    let text = evidence.value_text(blocks, at);
    let name = text.split(opens).next()?.trim();
    let is_alone = is_self_employment(name) && name.chars().count() <= MAX_BUSINESS_CHARS;
    is_alone.then(|| {
        let job = JobTitle {
            name: name.to_owned(),
            ..JobTitle::default()
        };
        (job, period)
    })
}

/// Characters of a value that names self-employment and no more.
const MAX_BUSINESS_CHARS: usize = 16;

/// Returns the time of the stay that a label below the same heading, or in the same table, states.
fn stated_beside(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<PlacedPeriod> {
    let around = blocks.ancestors(at).find(|above| {
        matches!(
            blocks[*above].kind,
            Kind::Heading | Kind::Root | Kind::Table
        )
    })?;
    (around + 1..blocks[around].end.min(around + MAX_BLOCKS))
        .filter(|other| evidence.field[*other] == Some(Field::Period))
        .filter(|other| is_of_stay(blocks, *other))
        .find_map(|other| evidence.first_in(blocks, other))
        .filter(|placed| placed.period.is_stretch())
}

/// Returns whether the label of a time says that it is the one of a stay: 「在籍期間」.
pub(super) fn is_of_stay(blocks: &Blocks, at: usize) -> bool {
    let label = match blocks[at].kind {
        Kind::Cell => blocks
            .children(blocks[at].parent)
            .next()
            .map_or("", |first| blocks[first].str()),
        _ => blocks[at].str(),
    };
    words!["在籍", "所属", "勤務", "勤続", "入社"].is_in(label)
}
