//! Which blocks are projects: pieces of work under a job or on their own.

use std::collections::HashSet;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::strip_legal_form;

use crate::domain::{Moment, PeriodEnd};

use super::block::{Blocks, Kind};
use super::employer::{strip_lead, without_brackets};
use super::evidence::{Evidence, PlacedPeriod, event_of, is_pair_table, title_without};
use super::implied::{add_siblings, add_untitled, merge_titles};
use super::job::{JobDraft, reads_like_work};
use super::label::{Field, split_label};
use super::period::PeriodShape;
use super::section::Section;

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
        job_blocks: jobs
            .iter()
            .filter(|job| !job.is_part)
            .map(|job| job.block)
            .filter(|at| blocks[*at].kind != Kind::Line)
            .collect(),
        employers: jobs
            .iter()
            .map(|job| normalized_key(strip_legal_form(&job.job.name).trim()))
            .filter(|name| name.chars().count() >= 3)
            .collect(),
        is_grouped: vec![false; blocks.len()],
        has_career: evidence
            .section
            .iter()
            .any(|section| matches!(section, Section::Career | Section::Projects)),
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
    let mut works = finder.works;
    end_before_lines(blocks, jobs, &mut works);
    add_siblings(blocks, evidence, jobs, &mut works);
    works.sort_by_key(|work| work.block);
    let works = merge_titles(works);
    add_untitled(blocks, evidence, jobs, works)
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
    for (index, job) in jobs.iter().enumerate() {
        for (start, end) in job.ranges() {
            for slot in &mut owner[start..end] {
                *slot = Some(index);
            }
        }
    }
    owner
}

/// Collects, for each block, what the labels under it show.
fn signs(blocks: &Blocks, evidence: &Evidence) -> Vec<Signs> {
    let mut signs = vec![Signs::default(); blocks.len()];
    for at in (1..blocks.len()).rev() {
        let parent = blocks[at].parent;
        let has_content =
            !evidence.value_text(blocks, at).trim().is_empty() || blocks[at].end > at + 1;
        match evidence.field[at] {
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
    has_career: bool,
    /// The blocks of the jobs, in order.
    job_blocks: Vec<usize>,
    /// The names of the employers without their legal forms.
    employers: HashSet<String>,
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
            || (section == Section::Summary && in_job);
        if !is_open {
            return at + 1;
        }
        if self.blocks[at].kind == Kind::Table {
            return self.table(at);
        }
        if self.begins_group(at) {
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

    /// Looks at a heading.
    fn heading(&mut self, at: usize) -> usize {
        let end = self.blocks[at].end;
        let own = self.evidence.own_period(self.blocks, at);
        let title = self.title(at, own.as_ref());
        let field = self.evidence.field[at];
        let is_titled_label = matches!(field, Some(Field::Title | Field::Summary))
            && !self.evidence.value_text(self.blocks, at).trim().is_empty();
        if field.is_some() && !is_titled_label && own.is_none() {
            return at + 1;
        }
        if let Some(own) = &own
            && title.is_empty()
        {
            let has_inner = self.has_dated_below(at) || self.has_projects_below(at);
            if has_inner || !self.signs[at].has_strong_label {
                self.bands.push((end, own.clone()));
                return at + 1;
            }
        }
        let attached = own
            .clone()
            .or_else(|| self.evidence.attached_period(self.blocks, at));
        let is_dated = attached.as_ref().is_some_and(|period| {
            period.period.is_stretch()
                || period.block != at
                || own.is_some() && self.owner[at].is_some()
        });
        let signs = self.signs[at];
        let is_named = is_titled_label || is_prefixed(self.blocks[at].str());
        let has_environment = self.has_labels_below_label(at);
        let parent = self.blocks[at].parent;
        let above = self.evidence.field[parent];
        if above.is_some() && self.joins_known(at, &title) {
            return at + 1;
        }
        let job_above = self.is_job[parent]
            || self.evidence.field[parent] == Some(Field::Summary) && self.owner[at].is_some()
            || above == Some(Field::Summary) && self.is_job[self.blocks[parent].parent];
        let is_titled = job_above
            && field.is_none()
            && !is_project_list(&title)
            && (reads_like_work(&title) || self.has_tags_below(at))
            && self.blocks[at].end > at + 1;
        let is_work = is_dated
            || is_named
            || signs.has_strong_label
            || has_environment
            || is_titled
            || (signs.has_weak_label && self.evidence.section[at] == Section::Projects);
        if !is_work || self.is_inside_work(at) && !(own.is_some() && is_dated) {
            return at + 1;
        }
        if self.holds_job(at) || self.names_employer(&title) {
            return at + 1;
        }
        let is_container = own.as_ref().is_some_and(|own| own.period.is_stretch())
            && !signs.has_strong_label
            && (self.has_dated_headings_below(at) || self.has_rows_below(at));
        if is_container {
            if let Some(own) = own {
                self.bands.push((end, own));
            }
            return at + 1;
        }
        self.add(at, end, title, attached);
        at + 1
    }

    /// Returns whether a job stands below a block.
    fn holds_job(&self, at: usize) -> bool {
        let next = self.job_blocks.partition_point(|block| *block <= at);
        self.job_blocks
            .get(next)
            .is_some_and(|block| *block < self.blocks[at].end)
    }

    /// Returns whether a title is the name of an employer.
    fn names_employer(&self, title: &str) -> bool {
        let outside = without_brackets(title);
        let first = outside.split(['／', '/']).next().unwrap_or("").trim();
        self.employers.contains(&normalized_key(first))
    }

    /// Adds a heading to the project of the same title and job, if there is one.
    fn joins_known(&mut self, at: usize, title: &str) -> bool {
        if title.is_empty() {
            return false;
        }
        let end = self.blocks[at].end;
        let owner = self.owner[at];
        let known = self.works.iter_mut().rev().take(32).find(|work| {
            work.job == owner && work.title.as_deref() == Some(title) && work.end <= at
        });
        let Some(known) = known else { return false };
        known.more.push((at, end));
        true
    }

    /// Looks at a list item.
    fn item(&mut self, at: usize) -> usize {
        let parent = self.blocks[at].parent;
        let is_answered = self.evidence.field[parent].is_some()
            && !self
                .evidence
                .value_text(self.blocks, parent)
                .trim()
                .is_empty();
        let scope = if is_answered {
            None
        } else {
            self.evidence.scope[parent]
        };
        let is_closed = matches!(
            scope,
            Some(
                Field::Technology
                    | Field::Team
                    | Field::Role
                    | Field::Phase
                    | Field::Environment
                    | Field::Business
                    | Field::Client
            )
        );
        if is_closed || self.is_inside_work(at) {
            return at + 1;
        }
        let field = self.evidence.field[at];
        let is_titled = field == Some(Field::Title)
            && !self.evidence.value_text(self.blocks, at).trim().is_empty();
        if field.is_some() && !is_titled && field != Some(Field::Summary) {
            return at + 1;
        }
        let own = self.evidence.own_period(self.blocks, at);
        let title = self.title(at, own.as_ref());
        let text = self.blocks[at].str();
        if text.ends_with('。')
            || text.chars().count() > 120
            || event_of(text).is_some() && own.is_some()
        {
            return at + 1;
        }
        let has_children = self.blocks[at].end > at + 1;
        let in_place = self.owner[at].is_some()
            || self.evidence.section[at] == Section::Projects
            || self.evidence.section[at] == Section::Career;
        let is_dated = own.as_ref().is_some_and(|own| own.period.is_stretch());
        let attached = own
            .clone()
            .or_else(|| self.evidence.attached_period(self.blocks, at));
        let is_attached = has_children
            && attached
                .as_ref()
                .is_some_and(|period| period.period.is_stretch());
        let is_listed = has_children || own.is_none();
        let is_list = is_listed
            && is_project_list(self.blocks[parent].str())
            && self.blocks[parent].kind == Kind::Heading;
        let is_work = in_place
            && (is_dated && !title.is_empty()
                || is_dated && has_children && self.signs[at].has_strong_label
                || is_attached
                || has_children && self.signs[at].has_strong_label && field.is_none()
                || is_titled && has_children
                || is_prefixed(text) && has_children
                || is_list && field.is_none());
        let is_pause = ["休職", "育休", "産休", "育児休", "契約前", "休学"]
            .iter()
            .any(|word| title.contains(word));
        if is_pause && !self.signs[at].has_strong_label {
            return at + 1;
        }
        let is_stay = super::stint::is_department(&title) && !self.signs[at].has_strong_label;
        if !is_work || is_stay || (title.is_empty() && !self.signs[at].has_strong_label) {
            return at + 1;
        }
        let end = self.blocks[at].end;
        self.add(
            at,
            end,
            title,
            attached.filter(|period| period.period.is_stretch() || own.is_some()),
        );
        at + 1
    }

    /// Looks at a table: one project a row, one project a table, or the labels of what stands above.
    fn table(&mut self, at: usize) -> usize {
        let end = self.blocks[at].end;
        if self.is_job[at] {
            return self.job_table(at);
        }
        let rows: Vec<usize> = self.blocks.children(at).collect();
        if is_pair_table(self.blocks, &rows) {
            let parent = self.blocks[at].parent;
            let is_of_above = self.works.last().is_some_and(|work| work.block == parent);
            let title = self.cell_of(&rows, Field::Title);
            let dated = rows.iter().find_map(|row| {
                self.blocks
                    .children(*row)
                    .find(|cell| self.evidence.field[*cell] == Some(Field::Period))
                    .and_then(|cell| self.evidence.first_in(self.blocks, cell))
            });
            if !is_of_above
                && !self.is_inside_work(at)
                && (title.is_some() || self.signs[at].has_strong_label)
            {
                self.add(at, end, title.unwrap_or_default(), dated);
            }
            return end;
        }
        for row in rows {
            if self.is_job[row] || self.blocks[row].is_header {
                continue;
            }
            self.row(row);
        }
        end
    }

    /// Looks at a row as a project.
    fn row(&mut self, row: usize) {
        let period = self.evidence.attached_period(self.blocks, row);
        let cells: Vec<usize> = self.blocks.children(row).take(24).collect();
        let cell_of = |field: Field| {
            cells
                .iter()
                .copied()
                .find(|cell| self.evidence.field[*cell] == Some(field))
        };
        let text = |cell: usize| {
            (cell..self.blocks[cell].end)
                .map(|at| self.blocks[at].str())
                .find(|text| !text.is_empty())
                .unwrap_or("")
                .to_owned()
        };
        let titled = cell_of(Field::Title)
            .map(text)
            .filter(|title| !title.is_empty());
        let described = cell_of(Field::Summary)
            .map(text)
            .filter(|title| !title.is_empty());
        let has_technology = cell_of(Field::Technology).is_some();
        let title = match (titled, described) {
            (Some(title), _) => title,
            (None, Some(title)) if period.is_some() => title,
            _ if period.is_some() && has_technology => String::new(),
            _ => return,
        };
        if self.is_inside_work(row) {
            return;
        }
        let end = self.blocks[row].end;
        let title = strip_title(&title);
        self.add(row, end, title, period);
    }

    /// Looks at the rows of a table that is a job: a row with a period alone begins a project.
    fn job_table(&mut self, at: usize) -> usize {
        let end = self.blocks[at].end;
        let rows: Vec<usize> = self.blocks.children(at).skip(1).collect();
        let mut begins: Vec<(usize, PlacedPeriod)> = Vec::new();
        for row in &rows {
            let Some(cell) = self.blocks.children(*row).next() else {
                continue;
            };
            let others_empty = self.blocks.children(*row).skip(1).all(|cell| {
                self.blocks[cell].str().is_empty() && self.blocks[cell].end == cell + 1
            });
            if others_empty
                && let Some(own) = self.evidence.own_period(self.blocks, cell)
                && own.period.is_stretch()
            {
                begins.push((*row, own));
            }
        }
        if begins.is_empty() {
            // The whole job in a cell: the lines of the cell may title projects.
            return at + 1;
        }
        for (index, (row, period)) in begins.iter().enumerate() {
            let next = begins.get(index + 1).map_or(end, |(row, _)| *row);
            let title = title_without(self.blocks[period.block].str(), &period.period.range);
            let title = title
                .rsplit(['／', '/'])
                .next()
                .unwrap_or("")
                .trim()
                .to_owned();
            self.add(*row, next, strip_title(&title), Some(period.clone()));
        }
        end
    }

    /// Returns the first text of a table's cell with this field.
    fn cell_of(&self, rows: &[usize], field: Field) -> Option<String> {
        rows.iter()
            .flat_map(|row| self.blocks.children(*row))
            .find(|cell| self.evidence.field[*cell] == Some(field))
            .map(|cell| strip_title(self.blocks[cell].str()))
    }

    /// Adds the projects that lines of labels describe one after the other, where `at` begins the
    /// first of them; returns whether it does.
    fn begins_group(&mut self, at: usize) -> bool {
        let field = self.evidence.field[at];
        if !matches!(field, Some(Field::Period | Field::Title)) || self.is_inside_work(at) {
            return false;
        }
        let parent = self.blocks[at].parent;
        if std::mem::replace(&mut self.is_grouped[parent], true) {
            return false;
        }
        let siblings: Vec<usize> = self.blocks.children(parent).collect();
        let Some(first) = siblings.iter().position(|sibling| {
            matches!(
                self.evidence.field[*sibling],
                Some(Field::Period | Field::Title)
            )
        }) else {
            return false;
        };
        if siblings[first] != at {
            return false;
        }
        let begins: Vec<usize> = siblings
            .iter()
            .copied()
            .filter(|sibling| self.evidence.field[*sibling] == field)
            .collect();
        let titles = self.lines_before(&siblings, &begins);
        if begins.len() < 2 && (titles.is_none() || self.owner[at].is_none()) {
            return false;
        }
        let begins = titles.clone().unwrap_or(begins);
        for (index, begin) in begins.iter().enumerate() {
            let end = begins
                .get(index + 1)
                .copied()
                .unwrap_or(self.blocks[parent].end);
            let from = siblings.partition_point(|sibling| sibling < begin);
            let to = siblings.partition_point(|sibling| *sibling < end);
            let members = &siblings[from..to];
            let value = |wanted: Field| {
                members
                    .iter()
                    .copied()
                    .filter(|member| self.evidence.field[*member] == Some(wanted))
                    .find_map(|member| self.first_value(member))
            };
            let line = titles
                .is_some()
                .then(|| self.blocks[*begin].str().to_owned());
            let title = line
                .or_else(|| value(Field::Title))
                .or_else(|| value(Field::Summary))
                .unwrap_or_default();
            let period = members
                .iter()
                .find(|member| self.evidence.field[**member] == Some(Field::Period))
                .and_then(|member| self.evidence.first_in(self.blocks, *member));
            self.add(*begin, end, strip_title(&title), period);
        }
        true
    }

    /// Returns the lines without a label that stand directly before each of `begins`, where all have
    /// one: they title what the labels describe.
    fn lines_before(&self, siblings: &[usize], begins: &[usize]) -> Option<Vec<usize>> {
        begins
            .iter()
            .map(|begin| {
                let at = siblings.partition_point(|sibling| sibling < begin);
                let line = *siblings.get(at.checked_sub(1)?)?;
                let text = self.blocks[line].str();
                let is_title = self.blocks[line].kind == Kind::Line
                    && self.evidence.field[line].is_none()
                    && !self.is_job[line]
                    && self.evidence.periods[line].is_empty()
                    && (3..=60).contains(&text.chars().count())
                    && !text.ends_with(['。', '、'])
                    && !text.starts_with('※');
                is_title.then_some(line)
            })
            .collect()
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

    /// Returns the title that a block states: without its period, its label and its signs.
    fn title(&self, at: usize, own: Option<&PlacedPeriod>) -> String {
        let text = self.blocks[at].str();
        let Some(own) = own else {
            return strip_title(text);
        };
        // 「会員サイト（2016-04〜）: PHP, MySQL」: what stands behind the colon is no title.
        let (before, after) = text.split_at(own.period.range.start);
        let after = &after[own.period.range.end - own.period.range.start..];
        let behind = after.trim_start_matches([')', '）', ']', '】', ' ']);
        let before = before.trim_end_matches(['(', '（', '[', '【', ' ']);
        if behind.starts_with([':', '：']) && !before.trim().is_empty() {
            return strip_title(before);
        }
        strip_title(&title_without(text, &own.period.range))
    }

    /// Adds a project.
    fn add(&mut self, at: usize, end: usize, title: String, period: Option<PlacedPeriod>) {
        let period = period.or_else(|| {
            let (_, band) = self.bands.last()?;
            let is_years = matches!(band.period.from, Some(Moment::Year(_)));
            let is_narrow = self.owner[band.block] == self.owner[at];
            (is_years && is_narrow).then(|| band.clone())
        });
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

    /// Returns whether a line directly below is a list of technologies without a label: code spans,
    /// the lines of a fenced block.
    fn has_tags_below(&self, at: usize) -> bool {
        self.blocks.children(at).take(6).any(|child| {
            matches!(self.blocks[child].kind, Kind::Line | Kind::Item)
                && self.evidence.field[child].is_none()
                && is_tag_line(self.blocks[child].str())
        })
    }

    fn is_inside_work(&self, at: usize) -> bool {
        self.works
            .iter()
            .rev()
            .take(8)
            .any(|work| work.block < at && at < work.end)
    }

    /// Returns whether headings or rows below state periods of their own.
    fn has_dated_below(&self, at: usize) -> bool {
        (at + 1..self.blocks[at].end.min(at + 400)).any(|below| {
            matches!(
                self.blocks[below].kind,
                Kind::Heading | Kind::Row | Kind::Item
            ) && (self
                .evidence
                .own_period(self.blocks, below)
                .is_some_and(|own| own.period.is_stretch())
                || self.blocks[below].kind == Kind::Row
                    && self.evidence.attached_period(self.blocks, below).is_some())
        })
    }

    fn has_dated_headings_below(&self, at: usize) -> bool {
        (at + 1..self.blocks[at].end.min(at + 400)).any(|below| {
            self.blocks[below].kind == Kind::Heading
                && self
                    .evidence
                    .own_period(self.blocks, below)
                    .is_some_and(|own| own.period.is_stretch())
        })
    }

    /// Returns whether a table below lists projects.
    fn has_rows_below(&self, at: usize) -> bool {
        (at + 1..self.blocks[at].end.min(at + 400)).any(|below| {
            self.blocks[below].kind == Kind::Cell
                && self.evidence.field[below] == Some(Field::Title)
        })
    }

    fn has_projects_below(&self, at: usize) -> bool {
        (at + 1..self.blocks[at].end.min(at + 400)).any(|below| {
            matches!(self.blocks[below].kind, Kind::Heading | Kind::Item)
                && self.signs[below].has_strong_label
        })
    }

    /// Returns whether a label below holds the labels of a project (環境 > 使用技術).
    fn has_labels_below_label(&self, at: usize) -> bool {
        self.blocks.children(at).take(16).any(|child| {
            let is_label = matches!(
                self.evidence.field[child],
                Some(Field::Environment | Field::Summary)
            );
            is_label && self.signs[child].has_strong_label
        })
    }
}

/// Returns whether a line consists of Latin names: 「Ruby 3.1 Rails 7 Elasticsearch」.
fn is_tag_line(text: &str) -> bool {
    let text = text.trim();
    if text.contains(['。', '@']) || text.contains("://") || text.len() > 400 {
        return false;
    }
    let all = text.chars().filter(|character| character.is_alphanumeric());
    let latin = all.clone().filter(char::is_ascii_alphanumeric).count();
    let count = all.count();
    text.chars()
        .any(|character| character.is_ascii_alphabetic())
        && count >= 2
        && latin * 4 >= count * 3
}

/// Returns whether a title begins with 案件 or the like.
fn is_prefixed(text: &str) -> bool {
    let text = text.trim();
    if let Some((label, at)) = split_label(text)
        && !text[at..].trim().is_empty()
    {
        let label: String = label
            .chars()
            .filter(|character| !character.is_numeric())
            .collect();
        return matches!(
            label.trim(),
            "案件"
                | "プロジェクト"
                | "案件名"
                | "プロジェクト名"
                | "業務内容"
                | "PJ"
                | "Project"
        );
    }
    ["案件「", "案件『", "プロジェクト「"]
        .iter()
        .any(|lead| text.starts_with(lead))
}

/// Returns whether a heading stands above a list of projects.
fn is_project_list(title: &str) -> bool {
    let outside = without_brackets(title);
    [
        "担当案件",
        "プロダクト開発",
        "担当プロジェクト",
        "主な案件",
        "開発案件",
        "参画案件",
        "主なプロジェクト",
        "参画プロジェクト",
        "案件一覧",
        "プロジェクト一覧",
        "関わったプロダクト",
        "担当プロダクト",
        "開発プロダクト",
    ]
    .iter()
    .any(|word| outside.trim() == *word)
}

/// Takes label, tags, quotes and numbers off a title.
pub(super) fn strip_title(text: &str) -> String {
    let text = strip_lead(text).trim();
    // 「同上 ポイント交換」: the client is the one of the row above.
    let text = text
        .strip_prefix("同上")
        .filter(|rest| rest.starts_with([' ', '\u{3000}', '、']))
        .map(|rest| rest.trim_matches([' ', '\u{3000}', '、']))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(text);
    let mut title = text;
    if let Some((label, at)) = split_label(text)
        && !text[at..].trim().is_empty()
    {
        let label: String = label
            .chars()
            .filter(|character| !character.is_numeric() && !character.is_whitespace())
            .collect();
        let is_label = matches!(
            label.as_str(),
            "案件"
                | "プロジェクト"
                | "案件名"
                | "プロジェクト名"
                | "業務内容"
                | "職歴"
                | "PJ"
                | "Project"
                | "業務"
                | "システム名"
                | "件名"
        );
        if is_label {
            title = text[at..].trim();
        }
    }
    for lead in ["案件", "プロジェクト"] {
        if let Some(rest) = title.strip_prefix(lead)
            && let Some(inner) = rest.strip_prefix(['「', '『'])
        {
            title = inner.trim_end_matches(['」', '』']);
        }
    }
    let title = title.trim_matches(['*', ' ', '\u{3000}', ':', '：']);
    let whole = title
        .strip_prefix('【')
        .and_then(|inner| inner.strip_suffix('】'))
        .filter(|inner| !inner.contains('】'));
    whole.unwrap_or(title).to_owned()
}
