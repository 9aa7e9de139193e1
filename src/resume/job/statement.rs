//! Blocks that state a job: a title with a company, a role with the company below, an event of
//! joining, a row of a table.

use shokureki_index::lexicon::{Lexicon, has_legal_form};

use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::{
    JobTitle, Strength, is_hidden, job_title, kind_of, names_role, strength,
};
use crate::resume::evidence::{Evidence, PlacedPeriod};
use crate::resume::label::Field;
use crate::resume::section::Section;

use super::below::{date_by_name, name_below, name_in_summary, told_period};
use super::below_work::CompanyBelow;
use super::beside_work::{has_employer_label, is_labelled_as_work, names_work};
use super::named::Occasion;
use super::row::{is_dated_as_work, read_part};
use super::sign::is_listed_stay;
use super::site::Site;
use super::title::stated_head;
use super::work_words::reads_like_work;

/// Blocks below a title that may name its employer.
pub(super) const MAX_HEAD_LINES: usize = 6;

/// Where blocks look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Layout {
    Heading(u16),
    Item(usize),
    Line(usize),
    Table,
    Row(usize),
}

/// Where a statement names the employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// In its title, or below a title that names a role.
    Title,
    /// Below a title that names something else: a project that says for whom it was.
    Below,
}

/// A block that may state a job.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// The block.
    pub(super) block: usize,
    /// The block whose text holds the employer's name.
    pub(super) named_in: usize,
    /// The block behind its last.
    pub(super) end: usize,
    /// What its title says.
    pub(super) job: JobTitle,
    /// From joining to leaving.
    pub(super) period: Option<PlacedPeriod>,
    /// Where blocks like it stand.
    pub(super) layout: Layout,
    /// How surely it names an employer.
    pub(super) strength: Strength,
    /// Where it names the employer.
    pub(super) naming: Naming,
    /// Its title without the period.
    pub(super) text: String,
    /// Whether it is the event of joining.
    pub(super) is_event: bool,
    /// Whether it has not begun yet.
    pub(super) is_planned: bool,
    /// Whether it stands in a list of which each item says from when to when.
    pub(super) is_listed_stay: bool,
    /// Whether it is one of the names over tables of what was done there.
    pub(super) heads_works: bool,
    /// Whether it heads what was done behind employer and time: 「A | 2022/10 - 2024/07 : 配信の開発」.
    pub(super) is_before_work: bool,
}

/// Reads a block as the statement of a job, if it can be one.
pub(super) fn read_statement(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
    below: &mut CompanyBelow,
) -> Option<Statement> {
    if let Some(part) = read_part(blocks, evidence, lexicon, at) {
        return Some(part);
    }
    let site = Site::of(blocks, evidence, lexicon, at)?;
    if !site.may_state() || below.is_at(blocks, evidence, lexicon, at) {
        return None;
    }
    let stated = stated_head(blocks, evidence, lexicon, at, site.named_in)?;
    let title = site.title(stated);
    if site.titles_no_job(&title.text) {
        return None;
    }
    let occasion = site.occasion(&title.text);
    if occasion == Occasion::Other {
        return None;
    }
    let (job, strength) = site.employer(stated, &title.text, occasion)?;
    let mut statement = Statement {
        block: at,
        named_in: site.named_in,
        end: blocks[at].end,
        job,
        period: site.period(),
        layout: site.layout,
        strength,
        naming: Naming::Title,
        text: title.text,
        is_event: occasion == Occasion::Joining,
        is_planned: row_text(blocks, at).contains("入社予定"),
        is_listed_stay: is_listed_stay(blocks, evidence, at),
        heads_works: site.heads_works,
        is_before_work: title.is_before_work,
    };
    site.look_below(&mut statement);
    site.settle_naming(&mut statement, title.work);
    if statement.strength < Strength::Sure {
        name_in_summary(blocks, at, &mut statement);
    }
    if statement.period.is_none() && statement.strength == Strength::Sure {
        statement.period = told_period(blocks, evidence, at);
    }
    site.is_stated(&statement).then_some(statement)
}

impl Site<'_> {
    /// Takes the name and the time from below or above, where the title leaves them to others.
    fn look_below(&self, statement: &mut Statement) {
        let (blocks, evidence, lexicon) = (self.blocks, self.evidence, self.lexicon);
        let is_kind = kind_of(&statement.text).is_some() && !has_legal_form(&statement.text);
        // 「証券会社：発注の更改」 over 「所属会社：株式会社A」 says for whom and what.
        let is_bare = !has_legal_form(&statement.job.name) && !is_hidden(&statement.job.name);
        let is_client = (is_bare || names_client(&statement.job))
            && has_employer_label(blocks, evidence, lexicon, self.at);
        if statement.strength < Strength::Sure || is_kind || is_client {
            name_below(blocks, evidence, lexicon, statement);
            date_by_name(blocks, evidence, statement);
        }
        if statement.period.is_none() && statement.named_in != self.at {
            statement.period = evidence
                .own_period(blocks, statement.named_in)
                .filter(|own| own.period.is_stretch());
        }
        if statement.period.is_none() && statement.naming == Naming::Below {
            statement.period = evidence.period_above(blocks, self.at);
        }
    }

    /// Tells titles of jobs from those of works that say for whom they were; `work` is what the title says
    /// was done.
    fn settle_naming(&self, statement: &mut Statement, work: Option<String>) {
        if work.is_some() {
            statement.job.lead = work;
        }
        let is_of_work = |lead: &String| {
            statement.is_before_work
                || reads_like_work(lead)
                || statement.text.contains(['@', '＠']) && !names_role(lead)
        };
        let is_sure = statement.strength == Strength::Sure;
        if is_sure && statement.job.lead.as_ref().is_some_and(is_of_work) {
            statement.naming = Naming::Below;
        }
        if is_sure
            && statement.naming == Naming::Title
            && is_below_work(self.blocks, self.evidence, self.lexicon, self.at)
        {
            statement.naming = Naming::Below;
        }
        let is_among_works = self.evidence.section[self.at] == Section::Projects
            && statement.naming == Naming::Title
            && statement.job.lead.is_none()
            && has_legal_form(&statement.job.name);
        let works = &mut statement.job.rest.iter();
        if is_among_works && let Some(work) = works.find(|rest| names_work(rest)).cloned() {
            statement.job.lead = Some(work);
            statement.naming = Naming::Below;
        }
    }

    /// Whether what was read states a job at last: it has a time, or stands where jobs need none.
    fn is_stated(&self, statement: &Statement) -> bool {
        let (blocks, evidence, block) = (self.blocks, self.evidence, &self.blocks[self.at]);
        let is_work = || {
            let is_dated_so = |period: &PlacedPeriod| is_dated_as_work(blocks, evidence, period);
            self.kind == Kind::Heading && statement.period.as_ref().is_some_and(is_dated_so)
                || is_labelled_as_work(blocks, evidence, self.at)
        };
        if statement.strength < Strength::Sure && is_work() {
            return false;
        }
        // A heading that names a company again tells more of a job that is dated elsewhere.
        let may_be_again = evidence.section[self.at] == Section::Unknown
            && block.is_marked_heading()
            && has_legal_form(&statement.job.name);
        let may_be_undated = self.kind == Kind::Heading
            && (evidence.section[self.at] == Section::Career || may_be_again);
        statement.period.is_some()
            || may_be_undated
            || self.is_outer
            || self.field == Some(Field::Employer)
    }
}

/// Returns whether a line stands first below a heading among the projects that names no employer, and so says for whom
/// and when the work was that the heading titles: 「A / 株式会社B / 2015年1月 〜 2018年10月」.
fn is_below_work(blocks: &Blocks, evidence: &Evidence, lexicon: &Lexicon, at: usize) -> bool {
    let parent = blocks[at].parent;
    blocks[at].kind == Kind::Line
        && evidence.section[at] == Section::Projects
        && blocks[parent].is_marked_heading()
        && blocks.children(parent).next() == Some(at)
        && !evidence.opens_section[parent]
        && evidence.field[parent].is_none()
        && !evidence.is_period_only(blocks, parent)
        && strength(&job_title(blocks[parent].str(), lexicon).name, lexicon) == Strength::None
}

/// Returns whether a title names whose system it was: 「生命保険会社　契約保全システム」.
pub(super) fn names_client(job: &JobTitle) -> bool {
    let is_work = |rest: &String| !names_role(rest) && kind_of(rest).is_none();
    job.rest.iter().any(is_work) && kind_of(&job.name).is_none() && is_hidden(&job.name)
}

/// Returns the text of a block, or of the cells of a row.
pub(super) fn row_text(blocks: &Blocks, at: usize) -> String {
    if blocks[at].kind != Kind::Row {
        return blocks[at].str().to_owned();
    }
    let cells: Vec<&str> = blocks
        .children(at)
        .take(8)
        .map(|cell| blocks[cell].str())
        .collect();
    cells.join(" ")
}
