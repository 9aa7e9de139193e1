//! Which blocks are projects: pieces of work under a job or on their own.

mod below;
mod cell;
mod columns;
mod dated;
mod event;
mod group;
mod heading;
mod implied;
mod item;
mod lead;
mod line;
mod link;
mod made;
mod own_title;
mod peer;
mod table;
mod tag;
mod title;
mod titled;
mod told;
mod untitled;
mod when;

use shokureki_index::words;
use std::collections::{HashMap, HashSet};

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::strip_legal_form;

use crate::domain::{Moment, PeriodEnd};

use super::block::{Blocks, Kind};
use super::bracket::{OPEN, closes, opens};
use super::employer::names_role;
use super::evidence::{Evidence, PlacedPeriod};
use super::job::{JobDraft, leaves_school, reads_like_work, says_student};
use super::label::Field;
use super::period::{FoundPeriod, PeriodShape};
use super::section::Section;

use implied::{add_quoted, add_siblings, merge_titles};
pub(super) use title::is_project_list;
use title::{names_area, strip_title};
use untitled::add_untitled;

/// A project as found, before it becomes a value.
#[derive(Clone, Debug)]
pub(super) struct WorkDraft {
    /// The block that titles it.
    pub(super) block: usize,
    /// The block behind its last.
    pub(super) end: usize,
    /// Its title.
    pub(super) title: Option<String>,
    /// Its own period.
    pub(super) period: Option<PlacedPeriod>,
    /// The job it belongs to.
    pub(super) job: Option<usize>,
    /// Further parts of the document that tell of it: first block and the one behind the last.
    pub(super) more: Vec<(usize, usize)>,
}

impl WorkDraft {
    /// Makes the work that the block at `at` titles with its own text and time, and holds.
    fn own(blocks: &Blocks, evidence: &Evidence, at: usize, job: Option<usize>) -> Self {
        Self {
            period: when::title_period(blocks, evidence, at),
            ..Self::titled(blocks, at, blocks[at].str(), job)
        }
    }

    /// Makes the work that the block at `at` titles and holds, without a time.
    fn titled(blocks: &Blocks, at: usize, title: &str, job: Option<usize>) -> Self {
        Self {
            block: at,
            end: blocks[at].end,
            title: Some(strip_title(title)),
            period: None,
            job,
            more: Vec::new(),
        }
    }
}

/// What a heading or item shows of being a project.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    /// Labels that only projects have: technologies, phases, team.
    has_strong_label: bool,
    /// Labels that projects have too: role, summary.
    has_weak_label: bool,
}

/// Finds the projects, in document order.
pub(super) fn find_works(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
) -> Vec<WorkDraft> {
    let mut finder = Finder {
        blocks,
        evidence,
        owner: owners(blocks, jobs),
        is_job: vec![false; blocks.len()],
        signs: signs(blocks, evidence),
        works: Vec::new(),
        bands: Vec::new(),
        containers: HashSet::new(),
        job_blocks: jobs
            .iter()
            .filter(|job| !job.is_part)
            .map(|job| job.block)
            .filter(|at| blocks[*at].kind != Kind::Line)
            .collect(),
        job_lines: jobs
            .iter()
            .filter(|job| !job.is_part)
            .map(|job| job.block)
            .filter(|at| blocks[*at].kind == Kind::Line)
            .collect(),
        job_times: jobs
            .iter()
            .filter(|job| !job.is_part)
            .filter_map(|job| Some(job.period.as_ref()?.block))
            .collect(),
        employers: jobs
            .iter()
            .map(|job| normalized_key(strip_legal_form(&job.job.name).trim()))
            .filter(|name| name.chars().count() >= 3)
            .collect(),
        products: jobs
            .iter()
            .filter(|job| job.job.product.is_some())
            .map(|job| job.block)
            .collect(),
        is_grouped: vec![false; blocks.len()],
        part_titles: jobs
            .iter()
            .flat_map(|job| &job.parts)
            .filter_map(|part| Some((part.block, part.title.clone()?)))
            .chain(jobs.iter().filter_map(JobDraft::own_part_title))
            .collect(),
        // A part that says nothing of time tells of something else: 「仕事と個人の別」.
        has_career: (1..blocks.len()).any(|at| {
            matches!(evidence.section[at], Section::Career | Section::Projects)
                && evidence.periods[at].iter().any(FoundPeriod::is_stretch)
        }),
    };
    for job in jobs {
        for block in job.naming_blocks() {
            finder.is_job[block] = true;
        }
    }
    let mut at = 1;
    while at < blocks.len() {
        at = finder.visit(at);
    }
    let containers = finder.containers;
    let mut works = finder.works;
    end_before_lines(blocks, jobs, &mut works);
    add_siblings(blocks, evidence, jobs, &mut works);
    implied::add_bold_items(blocks, evidence, jobs, &mut works);
    peer::add_peers(blocks, evidence, jobs, &mut works);
    titled::add_numbered(blocks, evidence, jobs, &mut works);
    titled::add_titled(blocks, evidence, jobs, &mut works);
    titled::add_lasting(blocks, evidence, jobs, &mut works);
    add_quoted(blocks, evidence, jobs, &mut works);
    link::add_marked(blocks, jobs, &mut works);
    event::add_events(blocks, evidence, jobs, &mut works);
    line::add_lines(blocks, evidence, jobs, &mut works);
    when::add_titled_above(blocks, evidence, jobs, &mut works);
    when::add_dated(blocks, evidence, jobs, &mut works);
    works.retain(|work| {
        !containers.contains(&work.block)
            && !says_student(blocks[work.block].str())
            && !work.title.as_deref().is_some_and(leaves_school)
            && !evidence.is_form[work.block]
            && (work.period.is_some() || !work.title.as_deref().is_some_and(names_area))
            && !says_post(blocks, jobs, work)
    });
    works.sort_by_key(|work| work.block);
    let mut works = merge_titles(blocks, works);
    lead::take_leads(blocks, evidence, jobs, &mut works);
    link::link_named(blocks, evidence, jobs, &mut works);
    let mut works = add_untitled(blocks, evidence, jobs, works);
    own_title::complete_titles(blocks, &mut works);
    works
}

/// Returns whether a line says what somebody was all the time at a job: 「**SRE** _2021年6月 – 現在_」.
fn says_post(blocks: &Blocks, jobs: &[JobDraft], work: &WorkDraft) -> bool {
    let is_role = work
        .title
        .as_deref()
        .is_some_and(|title| names_role(title) && !reads_like_work(title));
    let time = work.period.as_ref().map(|period| period.block);
    is_role
        && blocks[work.block].kind == Kind::Line
        && time == Some(work.block)
        && jobs
            .iter()
            .any(|job| job.period.as_ref().map(|period| period.block) == time)
}

/// Ends the projects before the line that begins the next job.
fn end_before_lines(blocks: &Blocks, jobs: &[JobDraft], works: &mut [WorkDraft]) {
    let begins: Vec<usize> = jobs
        .iter()
        .map(|job| job.block)
        .filter(|at| blocks[*at].kind == Kind::Line)
        .collect();
    for work in works {
        let next = begins.partition_point(|begin| *begin <= work.block);
        if let Some(begin) = begins.get(next) {
            work.end = work.end.min(*begin);
        }
    }
}

/// Returns the innermost job of each block.
pub(super) fn owners(blocks: &Blocks, jobs: &[JobDraft]) -> Vec<Option<usize>> {
    let mut owner = vec![None; blocks.len()];
    let mut fill = |index: usize, start: usize, end: usize| {
        for slot in owner.iter_mut().take(end).skip(start) {
            *slot = Some(index);
        }
    };
    for (index, job) in jobs.iter().enumerate() {
        // What begins the next job may have ended this one before its own first line.
        for (start, end) in job.ranges() {
            fill(index, start, end);
        }
    }
    // What names its employer belongs to it, wherever it stands.
    for (index, job) in jobs.iter().enumerate() {
        for part in &job.parts {
            fill(index, part.block, part.end);
        }
    }
    owner
}

/// The blocks that say when a job was.
fn job_times(jobs: &[JobDraft]) -> HashSet<usize> {
    let periods = jobs.iter().filter_map(|job| job.period.as_ref());
    periods.map(|period| period.block).collect()
}

/// Whether each block is in one of `works`.
fn inside<'w>(blocks: &Blocks, works: impl Iterator<Item = &'w WorkDraft>) -> Vec<bool> {
    let mut is_inside = vec![false; blocks.len()];
    for work in works {
        is_inside[work.block..work.end].fill(true);
    }
    is_inside
}

/// Collects, for each block, what the labels under it show.
fn signs(blocks: &Blocks, evidence: &Evidence) -> Vec<Signs> {
    let mut signs = vec![Signs::default(); blocks.len()];
    for at in (1..blocks.len()).rev() {
        let parent = blocks[at].parent;
        let has_content =
            !evidence.value_text(blocks, at).trim().is_empty() || blocks[at].end > at + 1;
        match evidence.field[at] {
            // 「言語: 日本語(ネイティブ) / 英語」
            Some(Field::Technology) if evidence.value_text(blocks, at).contains("日本語") => {}
            Some(Field::Technology | Field::Phase | Field::Team) if has_content => {
                signs[parent].has_strong_label = true;
            }
            Some(Field::Environment) => signs[parent].has_strong_label = true,
            Some(Field::Role | Field::Summary) => signs[parent].has_weak_label = true,
            _ => {}
        }
        if matches!(blocks[at].kind, Kind::Row | Kind::Cell) {
            let own = signs[at];
            signs[parent].has_strong_label |= own.has_strong_label;
            signs[parent].has_weak_label |= own.has_weak_label;
        }
    }
    signs
}

struct Finder<'a> {
    blocks: &'a Blocks,
    evidence: &'a Evidence,
    owner: Vec<Option<usize>>,
    is_job: Vec<bool>,
    signs: Vec<Signs>,
    works: Vec<WorkDraft>,
    /// Open headings that say when only: the block behind each, and its period.
    bands: Vec<(usize, PlacedPeriod)>,
    /// The headings that only hold the works below them.
    containers: HashSet<usize>,
    has_career: bool,
    /// The blocks that say when the jobs were.
    job_times: HashSet<usize>,
    /// The blocks of the jobs, in order.
    job_blocks: Vec<usize>,
    /// The plain lines that are jobs, in order.
    job_lines: Vec<usize>,
    /// The blocks of the jobs whose title names a product.
    products: HashSet<usize>,
    /// The names of the employers without their legal forms.
    employers: HashSet<String>,
    /// What the titles of blocks that name a job, and may be projects of it, say beside its name.
    part_titles: HashMap<usize, String>,
    /// Whether the labels under each block were looked at as a group.
    is_grouped: Vec<bool>,
}

impl Finder<'_> {
    /// Looks at block `at`; returns the next one to look at.
    fn visit(&mut self, at: usize) -> usize {
        self.bands.retain(|(end, _)| at < *end);
        let section = self.evidence.section[at];
        let in_job = self.owner[at].is_some();
        let is_open = matches!(section, Section::Career | Section::Projects)
            || (section == Section::Unknown && (in_job || !self.has_career))
            || (section == Section::Unknown && self.states_work(at))
            || (section == Section::Summary && in_job);
        if !is_open {
            return at + 1;
        }
        if self.blocks[at].kind == Kind::Table {
            return self.table(at);
        }
        if self.begins_with_post(at) || self.begins_group(at) {
            return at + 1;
        }
        if self.is_job[at] || self.evidence.opens_section[at] {
            return at + 1;
        }
        match self.blocks[at].kind {
            Kind::Heading => self.heading(at),
            Kind::Item => self.item(at),
            _ => at + 1,
        }
    }

    /// Returns whether a block outside the parts that tell of work states a piece of it: a table or a heading with
    /// labels that only projects have, and a stretch of time.
    fn states_work(&self, at: usize) -> bool {
        let is_labelled = match self.blocks[at].kind {
            Kind::Table => self.signs[at].has_strong_label,
            Kind::Heading => self.signs[at].has_strong_label && self.evidence.field[at].is_none(),
            _ => false,
        };
        is_labelled
            && (self.evidence.own_period(self.blocks, at))
                .or_else(|| self.evidence.attached_period(self.blocks, at))
                .is_some_and(|placed| placed.period.is_stretch())
    }

    /// Returns the value of a labelled block, or the first text below it.
    fn first_value(&self, at: usize) -> Option<String> {
        let value = self.evidence.value_text(self.blocks, at).trim();
        if !value.is_empty() {
            return Some(value.to_owned());
        }
        (at + 1..self.blocks[at].end)
            .map(|below| self.blocks[below].str())
            .find(|text| !text.is_empty())
            .map(str::to_owned)
    }

    /// Returns the period of a title that only says that the work goes on: 「カタログ（3年、継続中）」.
    fn going_on(&self, at: usize) -> Option<PlacedPeriod> {
        let text = self.blocks[at].str();
        let start = text.rfind(OPEN)?;
        let inside = text[start..].trim_matches(|sign| opens(sign) || closes(sign));
        let goes_on = words!["継続中", "進行中", "稼働中", "参画中", "現在も"].is_in(inside);
        goes_on.then(|| PlacedPeriod {
            text: inside.to_owned(),
            period: FoundPeriod {
                range: start..text.len(),
                from: None,
                to: PeriodEnd::Present,
                shape: PeriodShape::Range,
                has_impossible_date: false,
            },
            block: at,
        })
    }

    /// Adds a project.
    fn add(&mut self, at: usize, end: usize, title: String, period: Option<PlacedPeriod>) {
        let period = period.or_else(|| {
            let (_, band) = self.bands.last()?;
            let is_years = matches!(band.period.from, Some(Moment::Year(_)));
            let is_narrow = self.owner[band.block] == self.owner[at];
            (is_years && is_narrow).then(|| band.clone())
        });
        let period = period.or_else(|| self.going_on(at));
        let period = period.map(|mut placed| {
            if placed.period.shape == PeriodShape::BareYear
                || placed.period.shape == PeriodShape::Single
            {
                placed.period.to = placed
                    .period
                    .from
                    .map_or(PeriodEnd::Unstated, PeriodEnd::At);
            }
            placed
        });
        self.works.push(WorkDraft {
            block: at,
            end,
            title: (!title.is_empty()).then_some(title),
            period,
            job: self.owner[at],
            more: Vec::new(),
        });
    }
}
