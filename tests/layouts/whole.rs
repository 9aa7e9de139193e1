//! Documents of forms that decide on the document as a whole: a chapter of projects apart from the
//! employers, one table of jobs, one employer only, and so on.

use super::career::{self, Job, Project, Span};
use super::choice::{Picks, forms};
use super::fields::{FieldForm, Fields, PeriodLine};
use super::labels::{Document, Labels};
use super::period::{LengthForm, PeriodForm};

forms! {
    /// What a document is made of.
    Form {
        ChapterWithLabels,
        ChapterWithBrackets,
        ChapterWithSlashes,
        ChapterWithTable,
        ChapterWithHeadings,
        SingleEmployer,
        SelfEmployed,
        NestedBullets,
        JobTable,
        CellBelowHeader,
        AssignmentTable,
        ChapterInJob,
        RowsWithoutJob,
        EventTable,
        TopHeadings,
        Fenced,
    }
}

impl Form {
    /// Returns whether the form shows projects.
    fn has_projects(self) -> bool {
        !matches!(self, Self::JobTable | Self::EventTable)
    }

    /// Returns whether jobs may stand in either order.
    fn has_order(self) -> bool {
        !matches!(
            self,
            Self::SingleEmployer | Self::SelfEmployed | Self::EventTable
        )
    }
}

/// A document as far as it is written.
pub(crate) struct Writer<'a> {
    pub(crate) picks: &'a mut Picks,
    pub(crate) period: PeriodForm,
    pub(crate) fields: Fields,
    pub(crate) lines: Vec<String>,
    pub(crate) labels: Labels,
}

/// Writes a career of chance.
pub(crate) fn document(picks: &mut Picks) -> Document {
    let form = picks.pick("form", Form::ALL);
    let period = PeriodForm::pick(
        picks,
        &["現在", "現在", "現職", "Present"],
        &[
            LengthForm::None,
            LengthForm::None,
            LengthForm::None,
            LengthForm::Parentheses,
        ],
    );
    let field_forms = [
        FieldForm::Colon,
        FieldForm::WideColon,
        FieldForm::Bold,
        FieldForm::Brackets,
        FieldForm::Nested,
    ];
    let fields = Fields::pick(picks, &field_forms);
    let jobs = jobs(picks, form);
    let mut writer = Writer {
        picks,
        period,
        fields,
        lines: Vec::new(),
        labels: Labels::default(),
    };
    let title = writer
        .picks
        .part(&["職務経歴書", "山田 花子 職務経歴書", "Resume"]);
    writer.lines([format!("# {title}"), String::new()]);
    writer.body(form, &jobs);
    if writer.picks.flip("has skills", 0.5) {
        writer.texts(&[
            "",
            "## スキル",
            "",
            "| 種類 | 名称 | 経験 |",
            "|---|---|---|",
        ]);
        writer.texts(&["| 言語 | Java | 5年 |", "| DB | MySQL | 3年 |"]);
    }
    if writer.picks.flip("has certificates", 0.4) {
        writer.texts(&["", "## 資格", "", "- 基本情報技術者試験 (2015/06)"]);
    }
    writer.texts(&[""]);
    Document {
        text: writer.lines.join("\n"),
        labels: writer.labels,
        made: std::mem::take(&mut writer.picks.made),
    }
}

/// Invents a career that the form can show.
fn jobs(picks: &mut Picks, form: Form) -> Vec<Job> {
    let mut jobs = loop {
        let mut jobs = career::invent(picks);
        if form == Form::SingleEmployer {
            jobs.truncate(1);
        }
        if !form.has_projects() || jobs.iter().any(|job| !job.projects.is_empty()) {
            break jobs;
        }
    };
    if form.has_order() && !picks.flip("latest first", 0.5) {
        jobs.reverse();
    }
    jobs
}

impl Writer<'_> {
    fn body(&mut self, form: Form, jobs: &[Job]) {
        match form {
            Form::ChapterWithLabels
            | Form::ChapterWithBrackets
            | Form::ChapterWithSlashes
            | Form::ChapterWithTable
            | Form::ChapterWithHeadings => self.chapters(form, jobs),
            Form::SingleEmployer => self.single_employer(&jobs[0]),
            Form::SelfEmployed => self.self_employed(jobs),
            Form::NestedBullets => self.nested_bullets(jobs),
            Form::JobTable => self.job_table(jobs),
            Form::CellBelowHeader => self.cells_below_headers(jobs),
            Form::AssignmentTable => self.assignment_tables(jobs),
            Form::ChapterInJob => self.chapters_in_jobs(jobs),
            Form::RowsWithoutJob => self.rows_without_jobs(jobs),
            Form::EventTable => self.event_table(jobs),
            Form::TopHeadings => self.top_headings(jobs),
            Form::Fenced => self.fenced(jobs),
        }
    }

    /// Adds lines.
    pub(crate) fn lines(&mut self, lines: impl IntoIterator<Item = String>) {
        self.lines.extend(lines);
    }

    /// Adds lines that are always the same.
    pub(crate) fn texts(&mut self, lines: &[&str]) {
        self.lines(lines.iter().map(|&line| line.to_owned()));
    }

    /// Adds a row of a table.
    pub(crate) fn row(&mut self, cells: &[&str]) {
        self.lines.push(format!("| {} |", cells.join(" | ")));
    }

    /// Adds the header of a table.
    pub(crate) fn header(&mut self, cells: &[&str]) {
        self.row(cells);
        self.lines.push(format!("|{}", "---|".repeat(cells.len())));
    }

    /// Adds a heading of `level`, between empty lines.
    pub(crate) fn heading(&mut self, level: usize, title: &str) {
        let marks = "#".repeat(level);
        self.lines([String::new(), format!("{marks} {title}"), String::new()]);
    }

    /// Adds the usual lines of a project, its period among them.
    pub(crate) fn project_lines(&mut self, project: &Project) {
        let period = PeriodLine::Labelled(self.period.write(project.span));
        self.lines.extend(self.fields.lines(project, period, ""));
    }

    /// Writes an employer's name with the period in parentheses.
    pub(crate) fn name_and_period(&self, name: &str, span: Span) -> String {
        format!("{name}（{}）", self.period.write(span))
    }

    /// Labels a job and the projects that are shown with periods of their own.
    pub(crate) fn label(&mut self, job: &Job) {
        self.labels.employer(&job.employer, Some(job.span));
        self.label_projects(job);
    }

    /// Labels the projects of a job.
    pub(crate) fn label_projects(&mut self, job: &Job) {
        for project in &job.projects {
            self.labels
                .project(project.title, &job.employer, Some(project.span));
        }
    }
}
