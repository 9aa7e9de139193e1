//! Parts of a document that only name an employer stated elsewhere: 「### きつつき会計」 over the projects at
//! きつつき会計株式会社, 「ソーシャルゲームの会社では」.

use std::collections::HashMap;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::strip_legal_form;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::without_brackets;
use crate::resume::employer::{kind_and_company, strip_lead};
use crate::resume::evidence::{Evidence, PlacedPeriod, title_without};

use super::{JobDraft, Part, may_hold_jobs, overlaps};

/// Characters that a line which only names an employer may have.
const MAX_NAMING_CHARS: usize = 40;

/// Gives the jobs the parts of the document that name their employer and no other thing.
pub(super) fn add_again(blocks: &Blocks, evidence: &Evidence, jobs: &mut [JobDraft]) {
    let names = known_names(jobs);
    let mut is_naming = vec![false; blocks.len()];
    for block in jobs.iter().flat_map(JobDraft::naming_blocks) {
        is_naming[block] = true;
    }
    let named: Vec<(usize, usize)> = (1..blocks.len())
        .filter(|at| may_hold_jobs(evidence.section[*at]) && !is_naming[*at])
        .filter(|at| evidence.field[*at].is_none() && !evidence.opens_section[*at])
        .filter(|at| match blocks[*at].kind {
            Kind::Heading => true,
            Kind::Line => true,
            Kind::Item => blocks[*at].end > at + 1,
            _ => false,
        })
        .filter_map(|at| {
            let job = named_job(&names, blocks[at].str())
                .or_else(|| dated_job(blocks, evidence, jobs, &names, at))?;
            Some((at, job))
        })
        .collect();
    for (index, (at, job)) in named.iter().enumerate() {
        let is_own = jobs[*job].block <= *at && *at < jobs[*job].end;
        if is_own {
            // Below another one that stands below it: 「### A Vietnam co.,ltd」, 「#### 株式会社A<調理部>(2012/04 ~ 2016/01)」.
            let own = jobs[*job].block;
            let is_below_other = blocks[*at].is_marked_heading()
                && jobs
                    .iter()
                    .any(|other| own < other.block && other.block < *at && *at < other.end);
            if is_below_other {
                jobs[*job].parts.push(Part {
                    block: *at,
                    end: blocks[*at].end,
                    title: None,
                });
            }
            continue;
        }
        let end = match blocks[*at].kind {
            Kind::Line => {
                let around = blocks[blocks[*at].parent].end;
                let next = named.get(index + 1).map_or(around, |(next, _)| *next);
                let heading = blocks
                    .children(blocks[*at].parent)
                    .find(|child| child > at && blocks[*child].is_marked_heading())
                    .unwrap_or(around);
                around.min(next).min(heading)
            }
            _ => blocks[*at].end,
        };
        jobs[*job].more.push((*at, end.max(at + 1)));
    }
}

/// Returns the job that a heading names beside a time which the stay has in common with it:
/// 「A (SRE): 2014-04-01 ~ 2018-09-30」, 「A, B (SRE) 2018-10-01 ~ 2021-07-31」.
fn dated_job(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    names: &Names,
    at: usize,
) -> Option<usize> {
    let text = blocks[at].str();
    let period = *evidence.periods[at]
        .iter()
        .filter(|period| period.is_stretch())
        .collect::<Vec<_>>()
        .first()?;
    if !blocks[at].is_marked_heading() || text.chars().count() > MAX_DATED_CHARS {
        return None;
    }
    let title = title_without(text, &period.range);
    let title = title.trim_end_matches([':', '：', ' ']);
    let outside = without_brackets(title);
    let outside = outside.trim().trim_end_matches([':', '：']);
    let job = names.find(&bare_name(outside)?).or_else(|| {
        let (first, second) = outside.split_once([',', '、', '，'])?;
        names.find(&bare_name(second)?)?;
        names.find(&bare_name(first)?)
    })?;
    let placed = PlacedPeriod {
        text: String::new(),
        period: period.clone(),
        block: at,
    };
    overlaps(jobs[job].period.as_ref(), Some(&placed)).then_some(job)
}

/// Characters of a heading that names an employer and says when.
const MAX_DATED_CHARS: usize = 80;

/// Returns the job that a line names, or the first of two: 「株式会社A / 株式会社B」.
fn named_job(names: &Names, text: &str) -> Option<usize> {
    let text = kind_and_company(text).map_or(text, |(_, company)| company);
    names.find(&bare_name(text)?).or_else(|| {
        let (first, second) = text.split_once(['/', '／', '→'])?;
        names.find(&bare_name(second)?)?;
        names.find(&bare_name(first)?)
    })
}

/// The job that each bare name means, where it means one only.
#[derive(Clone, Debug)]
pub(in crate::resume) struct Names {
    jobs: HashMap<String, usize>,
}

impl Names {
    /// Returns the job whose employer has this bare name, or alone has one that begins with it:
    /// 「オリエンタル・コア」 for オリエンタル・コア・コンサルティング.
    pub(in crate::resume) fn find(&self, name: &str) -> Option<usize> {
        if let Some(job) = self.jobs.get(name) {
            return Some(*job);
        }
        if name.chars().count() < MIN_SHORT_NAME_CHARS || self.jobs.len() > MAX_SEARCHED {
            return None;
        }
        let mut longer = self
            .jobs
            .iter()
            .filter(|(long, _)| long.starts_with(name))
            .map(|(_, job)| *job);
        let job = longer.next()?;
        longer.all(|other| other == job).then_some(job)
    }
}

/// Characters that the beginning of a name must have to stand for it.
const MIN_SHORT_NAME_CHARS: usize = 4;

/// Employers among which one is looked for by the beginning of its name.
const MAX_SEARCHED: usize = 64;

/// Returns the job that each bare name means, where it means one only.
pub(in crate::resume) fn known_names(jobs: &[JobDraft]) -> Names {
    let mut names: HashMap<String, Option<usize>> = HashMap::new();
    for (index, job) in jobs.iter().enumerate() {
        let spelled = std::iter::once(&job.job.name).chain(&job.job.aliases);
        let mut own: Vec<String> = spelled.filter_map(|name| bare_name(name)).collect();
        own.sort();
        own.dedup();
        for name in own {
            names
                .entry(name)
                .and_modify(|known| *known = None)
                .or_insert(Some(index));
        }
    }
    Names {
        jobs: names
            .into_iter()
            .filter_map(|(name, job)| Some((name, job?)))
            .collect(),
    }
}

/// Folds what a line says to the name of a company without its legal form.
pub(in crate::resume) fn bare_name(text: &str) -> Option<String> {
    if text.chars().count() > MAX_NAMING_CHARS {
        return None;
    }
    let outside = without_brackets(strip_lead(text));
    let mut name = outside.trim().trim_end_matches([':', '：']);
    for end in [
        "での仕事",
        "での業務",
        "でのこと",
        "での案件について",
        "での業務について",
        "での案件",
        "での開発",
        "在籍時",
        "在籍中",
        "時代は",
        "時代",
        "のころ",
        "のとき",
        "の時",
        "の頃",
        "では",
        "にて",
        "さん",
        "で",
    ] {
        if let Some(shorter) = name.strip_suffix(end) {
            name = shorter;
            break;
        }
    }
    let bare = normalized_key(strip_legal_form(name).trim());
    (bare.chars().count() >= 2).then_some(bare)
}
