//! Which blocks are jobs.
//!
//! A title with a company and a period states one by itself. What stands beside it in the same
//! layout is one too, even when nothing in its name says so; a project that only says for whom it was
//! states one where nothing else does. Several statements of one stay become one job.

mod again;
mod below;
mod below_work;
mod beside;
mod beside_work;
mod bold;
mod client;
mod decide;
mod event;
mod identity;
mod line;
mod moved;
mod named;
mod outer;
mod place_below;
mod post;
mod reference;
mod rename;
mod row;
mod section;
mod sign;
mod site;
mod statement;
mod stay;
mod title;
mod told;
mod told_name;
mod when;
mod work_words;

use shokureki_index::words;
use std::collections::HashMap;

use shokureki_index::lexicon::{Lexicon, has_legal_form};

use super::block::{Blocks, Kind};
use super::bracket::without_brackets;
use super::employer::{JobTitle, Strength, kind_of, names_role, strength};
use super::evidence::{Evidence, PlacedPeriod, is_ditto};
use super::label::Field;
use super::section::Section;
use super::stint::is_department;

use below_work::CompanyBelow;
use decide::{
    count_sure, count_undated, fallback_layout, fits_above, is_job, is_odd_among_companies,
    is_piece_of_company, is_sure,
};
use statement::{Layout, Naming, Statement, names_client, read_statement};

pub(super) use again::{Names, bare_name, known_names};
pub(super) use client::is_own_business;
pub(super) use decide::says_secondment;
pub(super) use reference::{legend, mark_of};
pub(super) use sign::{leaves_school, says_student, tells_of_training};
pub(super) use stay::{holds, joined, overlaps};
pub(super) use work_words::{ends_in_deed, is_pause, names_kind_of_employer, reads_like_work};

/// Blocks of a job that may be a project of it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The first block.
    pub(super) block: usize,
    /// The block behind the last.
    pub(super) end: usize,
    /// What its title says beside the employer: a product, a department.
    pub(super) title: Option<String>,
}

impl Part {
    /// Makes a part that its own title names.
    fn untitled(statement: &Statement) -> Self {
        Self {
            block: statement.block,
            end: statement.end,
            title: statement.job.lead.clone(),
        }
    }
}

/// A job as found, before it becomes a value.
#[derive(Clone, Debug, Default)]
pub(super) struct JobDraft {
    /// The block that names it.
    pub(super) block: usize,
    /// The block whose text holds the name (a cell of the row that `block` is).
    pub(super) named_in: usize,
    /// The block behind its last.
    pub(super) end: usize,
    /// What its title says.
    pub(super) job: JobTitle,
    /// From joining to leaving.
    pub(super) period: Option<PlacedPeriod>,
    /// Where the same job is told of again: first block and the one behind the last.
    pub(super) more: Vec<(usize, usize)>,
    /// Blocks that belong to it and may be projects themselves.
    pub(super) parts: Vec<Part>,
    /// Whether its own block may be a project of it too.
    pub(super) is_part: bool,
    /// Whether it has not begun yet.
    pub(super) is_planned: bool,
}

impl JobDraft {
    /// Makes the job that a statement states.
    fn of(statement: Statement) -> Self {
        Self {
            block: statement.block,
            named_in: statement.named_in,
            end: statement.end,
            job: statement.job,
            period: statement.period,
            more: Vec::new(),
            parts: Vec::new(),
            is_part: statement.naming == Naming::Below,
            is_planned: statement.is_planned,
        }
    }

    /// Returns the block that names the job and titles a project of it, and the title.
    pub(super) fn own_part_title(&self) -> Option<(usize, String)> {
        self.is_part
            .then(|| Some((self.block, self.job.lead.clone()?)))
            .flatten()
    }

    /// Makes a part of another job of this one.
    fn into_part(self) -> Part {
        let said = self.job.product.clone().or_else(|| {
            let is_said = |rest: &&String| kind_of(rest).is_none();
            self.job.rest.iter().find(is_said).cloned()
        });
        Part {
            block: self.block,
            end: self.end,
            title: said,
        }
    }

    /// Returns the blocks that only name the job, and so can be no project.
    pub(super) fn naming_blocks(&self) -> impl Iterator<Item = usize> + '_ {
        let own = (!self.is_part).then_some(self.block);
        let named = (!self.is_part && self.named_in != self.block).then_some(self.named_in);
        own.into_iter()
            .chain(named)
            .chain(self.more.iter().map(|(block, _)| *block))
    }

    /// Returns everywhere the job is told of: first block and the one behind the last.
    pub(super) fn ranges(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        std::iter::once((self.block, self.end))
            .chain(self.more.iter().copied())
            .chain(self.parts.iter().map(|part| (part.block, part.end)))
    }
}

/// Finds the jobs, in document order.
pub(super) fn find_jobs(blocks: &Blocks, evidence: &Evidence, lexicon: &Lexicon) -> Vec<JobDraft> {
    let mut below = CompanyBelow::default();
    let mut statements: Vec<Statement> = (1..blocks.len())
        .filter(|at| may_hold_jobs(evidence.section[*at]))
        .filter_map(|at| read_statement(blocks, evidence, lexicon, at, &mut below))
        .collect();
    event::close_events(blocks, evidence, lexicon, &mut statements);
    let statements = moved::split_moved(blocks, lexicon, statements);
    let (named, below): (Vec<Statement>, Vec<Statement>) = statements
        .into_iter()
        .partition(|statement| statement.naming == Naming::Title);
    let mut jobs = titled_jobs(blocks, evidence, lexicon, named);
    let mut told = told::told_jobs(blocks, evidence, lexicon);
    // What is headed by employer and time is not told of anew by a summary.
    let heads: std::collections::HashSet<String> = below
        .iter()
        .filter(|statement| statement.is_before_work)
        .map(|statement| lexicon.employer_key(&statement.job.name))
        .collect();
    told.retain(|told| !heads.contains(&lexicon.employer_key(&told.job.name)));
    section::add_section_jobs(blocks, evidence, lexicon, &mut jobs, &mut told);
    add_told(blocks, lexicon, told, &mut jobs);
    line::extend_lines(blocks, evidence, &mut jobs);
    beside::extend_over_labels(blocks, evidence, lexicon, &mut jobs);
    beside::date_by_roles(blocks, evidence, &mut jobs);
    beside::date_by_stays(blocks, evidence, &mut jobs);
    let jobs = stay::without_spans(jobs);
    let jobs = stay::merge_stays(blocks, jobs, lexicon);
    let jobs = stay::join_counted(blocks, jobs);
    let mut jobs = client::without_clients(blocks, evidence, jobs);
    identity::add_current(blocks, evidence, lexicon, &mut jobs);
    add_parts(blocks, evidence, &mut jobs, below, lexicon);
    drop_beside_career(blocks, evidence, lexicon, &mut jobs);
    again::add_again(blocks, evidence, &mut jobs);
    jobs.retain(|job| !evidence.is_form[job.block]);
    jobs.sort_by_key(|job| job.block);
    jobs
}

/// Drops the plain lines outside the career that name no company, where the career names two jobs or more: 「AWS Community
/// Builder (2023 ~)」 below 「## 所属」.
fn drop_beside_career(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    jobs: &mut Vec<JobDraft>,
) {
    let is_of_career = |job: &&JobDraft| {
        evidence.section[job.block] == Section::Career && blocks[job.block].kind == Kind::Heading
    };
    if jobs.iter().filter(is_of_career).count() < 2 {
        return;
    }
    let is_beside = |at: usize| {
        let above = blocks[at].parent;
        let is_membership = evidence.opens_section[above]
            && evidence.field[above] == Some(Field::Employer)
            && !blocks
                .children(above)
                .any(|child| blocks[child].kind == Kind::Heading);
        is_membership || evidence.section[at] == Section::Unknown
    };
    jobs.retain(|job| {
        !is_beside(job.block)
            || blocks[job.block].kind != Kind::Line
            || blocks[job.block].str().contains('。')
            || strength(&job.job.name, lexicon) > Strength::None
    });
}

/// Returns whether jobs are looked for in a section.
fn may_hold_jobs(section: Section) -> bool {
    matches!(
        section,
        Section::Career | Section::Projects | Section::Unknown | Section::Summary
    )
}

/// Chooses the jobs among the statements that name the employer in their title.
fn titled_jobs(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    statements: Vec<Statement>,
) -> Vec<JobDraft> {
    let statements = without_clients(statements);
    let sure: HashMap<Layout, usize> = count_sure(&statements);
    let undated = count_undated(&statements);
    let fallback = if sure.is_empty() {
        fallback_layout(blocks, evidence, &statements)
    } else {
        None
    };
    let sure_statements: Vec<&Statement> = statements
        .iter()
        .filter(|statement| is_sure(statement))
        .collect();
    let sure_blocks: Vec<usize> = sure_statements
        .iter()
        .filter(|statement| !is_piece_of_company(blocks, lexicon, statement))
        .map(|statement| statement.block)
        .collect();
    let sure_keys: std::collections::HashSet<String> = sure_statements
        .iter()
        .map(|statement| lexicon.employer_key(&statement.job.name))
        .collect();
    let sure_times: HashMap<usize, PlacedPeriod> = sure_statements
        .iter()
        .filter_map(|statement| Some((statement.block, statement.period.clone()?)))
        .collect();
    let bare_names: std::collections::HashSet<String> = sure_statements
        .iter()
        .filter(|statement| has_legal_form(&statement.job.name))
        .filter_map(|statement| bare_name(&statement.job.name))
        .collect();
    let mut jobs: Vec<JobDraft> = Vec::new();
    for statement in statements {
        let next = sure_blocks.partition_point(|block| *block <= statement.block);
        let holds_sure = sure_blocks
            .get(next)
            .is_some_and(|block| *block < statement.end);
        if holds_sure && !is_sure(&statement) {
            continue;
        }
        if moved::names_known_pair(&statement, &sure_keys, lexicon)
            || says_where_only(blocks, &statement, &bare_names)
        {
            continue;
        }
        let is_known = statement.strength == Strength::Sure
            && sure_keys.contains(&lexicon.employer_key(&statement.job.name));
        let is_heading = matches!(statement.layout, Layout::Heading(_));
        let is_again = is_known && is_heading && has_legal_form(&statement.job.name);
        let is_stay = is_again
            || is_job(&statement, &sure, &undated, fallback, evidence)
            || is_odd_among_companies(blocks, evidence, &statement, &sure_times);
        if is_piece_of_company(blocks, lexicon, &statement) || !is_stay {
            continue;
        }
        line::end_before(&statement, &mut jobs);
        if fits_above(blocks, evidence, &statement, &jobs, lexicon) {
            jobs.push(JobDraft::of(statement));
        }
    }
    jobs
}

/// Leaves out the statements that say for whom something was done during a stay at a company: 「建設会社　会計の
/// 保守」.
fn without_clients(statements: Vec<Statement>) -> Vec<Statement> {
    let stays: Vec<Option<PlacedPeriod>> = statements
        .iter()
        .filter(|statement| is_sure(statement) && has_legal_form(&statement.job.name))
        .take(MAX_TITLED)
        .map(|statement| statement.period.clone())
        .collect();
    let is_of_client = |statement: &Statement| {
        names_client(&statement.job)
            && stays
                .iter()
                .any(|stay| stay::holds(stay.as_ref(), statement.period.as_ref()))
    };
    statements
        .into_iter()
        .filter(|statement| !is_of_client(statement) && !titles_work_of_client(statement))
        .collect()
}

/// Returns whether a heading titles work before its time, and behind it names in short an employer that is
/// stated elsewhere: 「生産実績の収集　2006年1月～2008年9月　アオバ」.
fn says_where_only(
    blocks: &Blocks,
    statement: &Statement,
    bare_names: &std::collections::HashSet<String>,
) -> bool {
    let Some(period) = statement.period.as_ref().filter(|period| {
        period.block == statement.block
            && blocks[statement.block].kind == Kind::Heading
            && !has_legal_form(&statement.job.name)
    }) else {
        return false;
    };
    let text = blocks[statement.block].str();
    let before = text.get(..period.period.range.start).unwrap_or("");
    before.chars().any(char::is_alphabetic)
        && !before.contains(&statement.job.name)
        && bare_name(&statement.job.name).is_some_and(|name| bare_names.contains(&name))
}

/// Returns whether a statement names a kind of client and what was done for it, and no department:
/// 「証券会社　仮想デスクトップ更改」.
fn titles_work_of_client(statement: &Statement) -> bool {
    let outside = without_brackets(&statement.text);
    // 「学校法人　GIGA端末の展開」 names the form only.
    let names_form = outside
        .split_once([' ', '\u{3000}'])
        .is_some_and(|(first, rest)| {
            [
                "学校法人",
                "医療法人",
                "社会福祉法人",
                "宗教法人",
                "財団法人",
                "社団法人",
            ]
            .contains(&first)
                && reads_like_work(rest)
        });
    if names_form {
        return true;
    }
    names_client(&statement.job)
        && !has_legal_form(&statement.text)
        && statement.naming == Naming::Title
        && !statement.is_event
        && statement.job.rest.iter().any(|rest| {
            let is_said = kind_of(rest).is_none() && !names_role(rest) && !is_department(rest);
            let is_work = reads_like_work(rest)
                || words![
                    "ヘルプデスク",
                    "サーバ",
                    "ネットワーク",
                    "端末",
                    "窓口",
                    "環境",
                ]
                .is_in(rest);
            is_said && is_work && outside.contains(rest.as_str())
        })
}

/// Adds the jobs that only prose tells of: of employers, and at times, that no title names.
fn add_told(blocks: &Blocks, lexicon: &Lexicon, found: Vec<JobDraft>, jobs: &mut Vec<JobDraft>) {
    for mut told in found {
        let key = lexicon.employer_key(&told.job.name);
        // A title that names the employer says where more stands; when it was only prose tells.
        let undated = jobs
            .iter_mut()
            .take(MAX_TITLED)
            .find(|job| job.period.is_none() && lexicon.employer_key(&job.job.name) == key);
        if let Some(job) = undated {
            job.period = told.period.take();
            continue;
        }
        let is_known = jobs.iter().take(MAX_TITLED).any(|job| {
            let is_inside = job.block <= told.block && told.block < job.end;
            !is_told(blocks, job)
                && (is_inside
                    || stay::holds(job.period.as_ref(), told.period.as_ref())
                    || lexicon.employer_key(&job.job.name) == key)
        });
        if !is_known {
            jobs.push(told);
        }
    }
}

/// Jobs that one told in prose is compared with.
const MAX_TITLED: usize = 64;

/// Returns whether a job is told of in prose.
fn is_told(blocks: &Blocks, job: &JobDraft) -> bool {
    blocks[job.named_in].str().contains('。')
}

/// Gives the projects that name their employer below their title to the jobs, and makes jobs of the
/// employers that nothing else names: from the first to the last of their projects.
fn add_parts(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &mut Vec<JobDraft>,
    below: Vec<Statement>,
    lexicon: &Lexicon,
) {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, job) in jobs.iter().enumerate() {
        by_key
            .entry(lexicon.employer_key(&job.job.name))
            .or_default()
            .push(index);
    }
    let titled = jobs.len();
    let legend = reference::legend(blocks, jobs);
    let mut last: Option<usize> = None;
    for statement in below {
        let is_row = matches!(statement.layout, Layout::Row(_));
        let explained = reference::mark_of(&statement.text)
            .filter(|_| is_row)
            .and_then(|mark| legend.get(&mark).copied())
            .or_else(|| {
                last.filter(|_| is_row && is_ditto(without_brackets(&statement.text).trim()))
            });
        if let Some(job) = explained {
            last = Some(job);
            jobs[job].parts.push(Part::untitled(&statement));
            continue;
        }
        let key = lexicon.employer_key(&statement.job.name);
        if matches!(statement.layout, Layout::Row(_)) && !by_key.contains_key(&key) {
            if reference::is_reference(&statement) {
                if let Some(job) = reference::marked(blocks, jobs, &statement) {
                    jobs[job].parts.push(Part::untitled(&statement));
                }
                continue;
            }
            if let Some(job) = reference::named_short(blocks, &jobs[..titled], &statement) {
                last = Some(job);
                jobs[job].parts.push(Part::untitled(&statement));
                continue;
            }
            // Under a job, the table's column of companies says for whom the work was.
            if jobs[..titled]
                .iter()
                .take(MAX_TITLED)
                .any(|job| job.block < statement.block && statement.end <= job.end)
            {
                continue;
            }
        }
        if !by_key.contains_key(&key)
            && let Some(business) = client::business_of(
                blocks,
                evidence,
                &jobs[..titled],
                statement.block,
                statement.period.as_ref(),
            )
        {
            last = Some(business);
            jobs[business].parts.push(Part::untitled(&statement));
            continue;
        }
        let owners = by_key
            .entry(lexicon.employer_key(&statement.job.name))
            .or_default();
        let holds =
            |index: &&usize| stay::holds(jobs[**index].period.as_ref(), statement.period.as_ref());
        let owner = owners
            .iter()
            .find(holds)
            .or_else(|| owners.first())
            .copied();
        let Some(owner) = owner else {
            last = Some(jobs.len());
            owners.push(jobs.len());
            jobs.push(JobDraft::of(statement));
            continue;
        };
        last = Some(owner);
        let part = Part::untitled(&statement);
        if jobs[owner].is_part {
            jobs[owner].period = stay::joined(jobs[owner].period.take(), statement.period);
        }
        jobs[owner].parts.push(part);
    }
}
