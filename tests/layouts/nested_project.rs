//! How a project below its employer is titled, and where its period stands.

use super::career::Project;
use super::choice::{Picks, forms};
use super::fields::PeriodLine;
use super::nested::Layout;
use super::nested_job::JobForm;

forms! {
    /// How a project is set apart from the next.
    ProjectForm { Heading, Bold, Bullet, BoldBullet, SquareMark, Brackets, Numbered, Table, Row }
}

forms! {
    /// Where the period of a project stands, if it has one of its own.
    ProjectPeriod { Field, Line, TitleAfter, TitleBefore, TitleBar, Column, None }
}

forms! {
    /// A column of a table with a row for each project.
    Column { Period, Title, Role, Technologies }
}

/// How projects are written, throughout a document.
pub(crate) struct ProjectLayout {
    form: ProjectForm,
    period: ProjectPeriod,
    /// Blanks before what stands below a bullet.
    indent: usize,
    /// The heading above all projects of a job.
    chapter: &'static str,
    columns: &'static [Column],
    /// The header of titles.
    title_header: &'static str,
    breaks_periods: bool,
}

impl ProjectLayout {
    /// Chooses a form; below a bullet only bullets can stand.
    pub(crate) fn pick(picks: &mut Picks, job: JobForm) -> Self {
        use Column::{Period, Role, Technologies, Title};
        use ProjectPeriod::{Field, Line, TitleAfter, TitleBar, TitleBefore};

        let mut form = picks.part(ProjectForm::ALL);
        let is_bullet = |form| matches!(form, ProjectForm::Bullet | ProjectForm::BoldBullet);
        if job == JobForm::Bullet && !is_bullet(form) {
            form = ProjectForm::BoldBullet;
        }
        picks.record("project", form);
        let has_heading = matches!(
            form,
            ProjectForm::Heading | ProjectForm::Numbered | ProjectForm::Table
        );
        let mut layout = Self {
            form,
            period: ProjectPeriod::Column,
            indent: 0,
            chapter: "",
            columns: &[],
            title_header: "",
            breaks_periods: false,
        };
        if !has_heading {
            let chapters = ["", "", "主なプロジェクト", "担当案件", "業務内容"];
            layout.chapter = picks.pick("chapter of projects", &chapters);
        }
        if is_bullet(form) {
            layout.indent = picks.pick("indent", &[2, 4]);
        }
        if form == ProjectForm::Row {
            let columns: [&[Column]; 4] = [
                &[Period, Title, Technologies],
                &[Period, Title, Role, Technologies],
                &[Period, Title, Technologies, Role],
                &[Title, Period, Technologies],
            ];
            layout.columns = picks.pick("columns", &columns);
            let headers = [
                "案件名",
                "プロジェクト",
                "プロジェクト名",
                "業務内容",
                "内容",
            ];
            layout.title_header = picks.pick("title header", &headers);
            layout.breaks_periods = picks.flip("breaks periods", 0.3);
        } else {
            let in_title = picks.part(&[TitleAfter, TitleBefore, TitleBar]);
            let none = ProjectPeriod::None;
            let periods = [Field, Field, in_title, in_title, Line, none];
            layout.period = picks.pick("period of projects", &periods);
        }
        layout
    }

    /// Returns whether projects state periods of their own.
    pub(crate) fn has_period(&self) -> bool {
        self.period != ProjectPeriod::None
    }
}

impl Layout {
    /// Writes the projects of one job.
    pub(crate) fn projects(&self, projects: &[Project]) -> Vec<String> {
        let marks = "#".repeat(self.level + 1 + self.skipped);
        let layout = &self.project;
        let mut lines = Vec::new();
        if !layout.chapter.is_empty() {
            lines.extend([String::new(), format!("{marks} {}", layout.chapter)]);
        }
        if layout.form == ProjectForm::Row {
            lines.extend(self.table(projects));
            return lines;
        }
        for (index, project) in projects.iter().enumerate() {
            lines.extend(self.project(&marks, index + 1, project));
        }
        lines
    }

    fn project(&self, marks: &str, number: usize, project: &Project) -> Vec<String> {
        let period = self.period.write(project.span);
        let title = match self.project.period {
            ProjectPeriod::TitleAfter => format!("{}（{period}）", project.title),
            ProjectPeriod::TitleBefore => format!("{period} {}", project.title),
            ProjectPeriod::TitleBar => format!("{} | {period}", project.title),
            _ => project.title.to_owned(),
        };
        let title = match self.project.form {
            ProjectForm::Heading | ProjectForm::Table | ProjectForm::Row => {
                format!("{marks} {title}")
            }
            ProjectForm::Numbered => format!("{marks} {number}. {title}"),
            ProjectForm::Bold => format!("**{title}**"),
            ProjectForm::SquareMark => format!("■{title}"),
            ProjectForm::Brackets => format!("【{title}】"),
            ProjectForm::Bullet => format!("- {title}"),
            ProjectForm::BoldBullet => format!("- **{title}**"),
        };
        let is_bullet = self.project.indent > 0;
        let mut lines = if is_bullet {
            vec![title]
        } else {
            vec![String::new(), title, String::new()]
        };
        if self.project.form == ProjectForm::Table {
            lines.extend(self.two_columns(project, &period));
            return lines;
        }
        let period = match self.project.period {
            ProjectPeriod::Field => PeriodLine::Labelled(period),
            ProjectPeriod::Line => PeriodLine::Bare(period),
            _ => PeriodLine::None,
        };
        let indent = " ".repeat(self.project.indent);
        lines.extend(self.fields.lines(project, period, &indent));
        lines
    }

    /// Writes what is known of a project as a table of labels and values.
    fn two_columns(&self, project: &Project, period: &str) -> Vec<String> {
        let words = self.fields.words;
        let mut lines = vec!["| 項目 | 内容 |".to_owned(), "|---|---|".to_owned()];
        if matches!(
            self.project.period,
            ProjectPeriod::Field | ProjectPeriod::Line
        ) {
            lines.push(format!("| {} | {period} |", words.period));
        }
        let technologies = self.fields.technologies(&project.technologies);
        lines.push(format!("| {} | {} |", words.role, project.role));
        lines.push(format!(
            "| {} | {} |",
            words.tasks,
            project.tasks.join("<br>")
        ));
        lines.push(format!("| {} | {technologies} |", words.technologies));
        lines
    }

    /// Writes all projects of a job as one table.
    fn table(&self, projects: &[Project]) -> Vec<String> {
        let layout = &self.project;
        let words = self.fields.words;
        let row = |cell: &dyn Fn(Column) -> String| {
            let cells: Vec<String> = layout.columns.iter().map(|&column| cell(column)).collect();
            format!("| {} |", cells.join(" | "))
        };
        let header = row(&|column| {
            let header = match column {
                Column::Period => words.period,
                Column::Title => layout.title_header,
                Column::Role => words.role,
                Column::Technologies => words.technologies,
            };
            header.to_owned()
        });
        let rule = format!("|{}", "---|".repeat(layout.columns.len()));
        let mut lines = vec![String::new(), header, rule];
        for project in projects {
            lines.push(row(&|column| match column {
                Column::Period if layout.breaks_periods => {
                    let separator = self.period.separator;
                    let broken = format!("{separator}<br>");
                    self.period.write(project.span).replace(separator, &broken)
                }
                Column::Period => self.period.write(project.span),
                Column::Title => project.title.to_owned(),
                Column::Role => project.role.to_owned(),
                Column::Technologies => self.fields.technologies(&project.technologies),
            }));
        }
        lines
    }
}
