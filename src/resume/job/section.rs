//! Parts of a career that are a job as a whole: 「職務経歴（フリーランス）」 over dated projects.

use shokureki_index::lexicon::{Lexicon, has_legal_form, is_self_employment};

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{OPEN, closes, opens, without_brackets};
use crate::resume::employer::{job_title, kind_of};
use crate::resume::evidence::{Evidence, PlacedPeriod, title_without};
use crate::resume::period::find_periods;
use crate::resume::section::Section;
use crate::resume::work::is_project_list;

use super::work_words::is_pause;
use super::{JobDraft, stay};

/// Adds a job for each part whose title says how the person was employed, where no job stands in it:
/// from the first to the last of what is dated directly below. What prose tells of the same employment
/// (`told`) says more.
pub(super) fn add_section_jobs(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    jobs: &mut Vec<JobDraft>,
    told: &mut [JobDraft],
) {
    let mut named: Vec<usize> = jobs.iter().map(|job| job.block).collect();
    named.sort_unstable();
    for at in 1..blocks.len() {
        let title = blocks[at].str();
        let is_of_career = matches!(evidence.section[at], Section::Career | Section::Projects);
        let lists_works = || {
            (is_of_career || evidence.section[at] == Section::Unknown)
                && title.len() <= MAX_TITLE_BYTES
                && is_project_list(without_brackets(title).trim())
        };
        let is_part = blocks[at].kind == Kind::Heading
            && (is_of_career && evidence.opens_section[at] || lists_works());
        let employer = || {
            employed_as(title)
                .map(str::to_owned)
                .or_else(|| company_in(title))
        };
        let Some(name) = is_part.then(employer).flatten() else {
            continue;
        };
        let end = blocks[at].end;
        let next = named.partition_point(|block| *block <= at);
        if named.get(next).is_some_and(|block| *block < end) {
            continue;
        }
        let own = evidence.own_period(blocks, at);
        let own = own.filter(|own| own.period.is_stretch());
        let below = || {
            blocks
                .children(at)
                .filter(|child| !is_pause(blocks[*child].str()))
                .filter_map(|child| {
                    evidence
                        .own_period(blocks, child)
                        .or_else(|| evidence.attached_period(blocks, child))
                })
                .filter(|placed| placed.period.is_stretch())
                .fold(None, |joined: Option<PlacedPeriod>, placed| {
                    stay::joined(joined, Some(placed))
                })
        };
        let period = own.or_else(below);
        if period.is_none() {
            continue;
        }
        let job = job_title(&name, lexicon);
        // 「2019年4月からフリーランスです」 says more than the times of what was done.
        let key = lexicon.employer_key(&job.name);
        if let Some(known) = told
            .iter_mut()
            .take(MAX_TOLD)
            .find(|told| lexicon.employer_key(&told.job.name) == key)
        {
            known.more.push((at, end));
            continue;
        }
        jobs.push(JobDraft {
            block: at,
            named_in: at,
            end,
            job,
            period,
            more: Vec::new(),
            parts: Vec::new(),
            is_part: false,
            is_planned: false,
        });
    }
}

/// Longer headings are prose.
const MAX_TITLE_BYTES: usize = 200;

/// Jobs told of in prose that a part is compared with.
const MAX_TOLD: usize = 32;

/// Returns the company, or the self-employment, that a title names in brackets, beside when that was at most:
/// 「職務経歴（株式会社A 2013/04 - 2020/05）」.
fn company_in(title: &str) -> Option<String> {
    let inside = title[title.rfind(OPEN)?..].trim_matches(|sign| opens(sign) || closes(sign));
    let name = match find_periods(inside).first() {
        Some(found) => title_without(inside, &found.range),
        None => inside.trim().to_owned(),
    };
    let is_name = has_legal_form(&name) || is_self_employment(name.trim());
    (name.chars().count() <= MAX_NAME_CHARS && is_name).then_some(name)
}

/// Characters of a company in the title of a part.
const MAX_NAME_CHARS: usize = 30;

/// Returns how a title says that the person was employed.
fn employed_as(title: &str) -> Option<&str> {
    let inside = title
        .rfind(OPEN)
        .map(|open| title[open..].trim_matches(|sign| opens(sign) || closes(sign)))
        .filter(|inside| inside.chars().count() <= 12);
    let outside_kind = is_self_employment(without_brackets(title).trim()).then_some(title);
    inside
        .filter(|inside| kind_of(inside).is_some() || is_self_employment(inside))
        .or(outside_kind)
}
