//! Employers in one chapter, their projects in another that names the employer again.

use super::career::{self, Job, Project};
use super::choice::forms;
use super::whole::{Form, Writer};

forms! {
    /// How the chapter of employers is written.
    EmployerList { Table, Bullets, Headings }
}

forms! {
    /// A column of the table of projects.
    Column { Period, Employer, Title, Role, Technologies }
}

/// What a cell or field with the employer of a project is called.
const EMPLOYER_LABELS: &[&str] = &["所属", "所属企業", "会社", "勤務先", "所属会社"];

impl Writer<'_> {
    /// Writes both chapters.
    pub(crate) fn chapters(&mut self, form: Form, jobs: &[Job]) {
        for job in jobs {
            self.label(job);
        }
        self.employers(jobs);
        let chapter = self.picks.pick(
            "chapter of projects",
            &[
                "プロジェクト",
                "プロジェクト経歴",
                "主なプロジェクト",
                "業務経験",
                "案件一覧",
                "Projects",
            ],
        );
        self.lines([format!("## {chapter}"), String::new()]);
        let is_short = self.picks.flip("names employers in short", 0.5);
        let name = |job: &Job| {
            if is_short {
                career::short_name(&job.employer)
            } else {
                job.employer.clone()
            }
        };
        match form {
            Form::ChapterWithTable => self.project_table(jobs, name),
            Form::ChapterWithHeadings => {
                for job in jobs {
                    self.heading(3, &name(job));
                    for project in &job.projects {
                        self.heading(4, project.title);
                        self.project_lines(project);
                    }
                }
            }
            _ => self.titled_projects(form, jobs, name),
        }
    }

    /// Writes a heading with the employer's name for each project, or a field below it.
    fn titled_projects(&mut self, form: Form, jobs: &[Job], name: impl Fn(&Job) -> String) {
        let label = match form {
            Form::ChapterWithLabels => self.picks.pick("employer label", EMPLOYER_LABELS),
            _ => "",
        };
        for job in jobs {
            let name = name(job);
            for project in &job.projects {
                match form {
                    Form::ChapterWithBrackets => {
                        self.heading(3, &format!("{}（{name}）", project.title));
                    }
                    Form::ChapterWithSlashes => {
                        self.heading(3, &format!("{name} / {}", project.title));
                    }
                    _ => {
                        self.heading(3, project.title);
                        self.lines.push(format!("- {label}: {name}"));
                    }
                }
                self.project_lines(project);
            }
        }
    }

    fn employers(&mut self, jobs: &[Job]) {
        let chapters = ["職歴", "職務経歴", "経歴", "Work Experience"];
        let chapter = self.picks.pick("chapter", &chapters);
        self.lines([format!("## {chapter}"), String::new()]);
        let list = self.picks.pick("employers", EmployerList::ALL);
        if list == EmployerList::Table {
            let header = self.picks.part(&[
                ["期間", "会社", "役割"],
                ["在籍期間", "会社名", "職種"],
                ["期間", "勤務先", "ポジション"],
            ]);
            self.header(&header);
        }
        for job in jobs {
            let period = self.period.write(job.span);
            let (name, role) = (&job.employer, job.role);
            match list {
                EmployerList::Table => self.row(&[&period, name, role]),
                EmployerList::Bullets => self.lines.push(format!("- {period} {name}")),
                EmployerList::Headings => {
                    self.heading(3, name);
                    let label = self.fields.words.employed;
                    self.lines([format!("- {label}: {period}"), format!("- 役職: {role}")]);
                }
            }
        }
        self.lines.push(String::new());
    }

    fn project_table(&mut self, jobs: &[Job], name: impl Fn(&Job) -> String) {
        use Column::{Employer, Period, Role, Technologies, Title};

        let columns: [&[Column]; 3] = [
            &[Period, Employer, Title, Technologies],
            &[Period, Title, Employer, Technologies],
            &[Title, Employer, Period, Role, Technologies],
        ];
        let columns = self.picks.pick("columns", &columns);
        let employer = self.picks.pick("employer label", EMPLOYER_LABELS);
        let titles = ["案件", "プロジェクト", "業務内容", "案件名"];
        let title = self.picks.pick("title header", &titles);
        let headers: Vec<&str> = columns
            .iter()
            .map(|column| match column {
                Period => "期間",
                Employer => employer,
                Title => title,
                Role => "役割",
                Technologies => "技術",
            })
            .collect();
        self.header(&headers);
        for job in jobs {
            for project in &job.projects {
                let cells = self.cells(columns, &name(job), project);
                let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
                self.row(&cells);
            }
        }
    }

    fn cells(&self, columns: &[Column], employer: &str, project: &Project) -> Vec<String> {
        columns
            .iter()
            .map(|column| match column {
                Column::Period => self.period.write(project.span),
                Column::Employer => employer.to_owned(),
                Column::Title => project.title.to_owned(),
                Column::Role => project.role.to_owned(),
                Column::Technologies => self.fields.technologies(&project.technologies),
            })
            .collect()
    }
}
