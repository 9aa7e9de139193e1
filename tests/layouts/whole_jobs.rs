//! Forms with one chapter in which every job holds its projects, or has none.

use super::career::{Job, Span};
use super::parts;
use super::whole::Writer;

impl Writer<'_> {
    /// One employer in a chapter, its projects in the next.
    pub(crate) fn single_employer(&mut self, job: &Job) {
        self.label(job);
        let employer = self.name_and_period(&job.employer, job.span);
        self.texts(&["## 勤務先", "", &employer, ""]);
        let chapters = ["プロジェクト", "業務経歴", "担当案件"];
        let chapter = self.picks.pick("chapter of a single job", &chapters);
        self.lines([format!("## {chapter}"), String::new()]);
        for project in &job.projects {
            self.heading(3, project.title);
            self.project_lines(project);
        }
    }

    /// Projects of a person without an employer, each with a client.
    pub(crate) fn self_employed(&mut self, jobs: &[Job]) {
        let span = Span {
            first: jobs[jobs.len() - 1].span.first,
            last: jobs[0].span.last,
        };
        let name = "フリーランス";
        self.labels.employer(name, Some(span));
        let title = self.name_and_period(name, span);
        self.texts(&["## 職務経歴", "", &format!("### {title}"), ""]);
        for project in jobs.iter().flat_map(|job| &job.projects) {
            self.labels.project(project.title, name, Some(project.span));
            self.heading(4, project.title);
            let label = self.picks.part(&["クライアント", "顧客", "客先"]);
            let client = self.picks.part(parts::CLIENTS);
            self.lines([format!("- {label}: {client}")]);
            self.project_lines(project);
        }
    }

    /// A bullet for each job, bullets in it for its projects.
    pub(crate) fn nested_bullets(&mut self, jobs: &[Job]) {
        self.texts(&["## 職務経歴", ""]);
        let label = self.fields.words.technologies;
        for job in jobs {
            self.label(job);
            let title = self.name_and_period(&job.employer, job.span);
            self.lines([format!("- {title}")]);
            for project in &job.projects {
                let title = self.name_and_period(project.title, project.span);
                self.lines([format!("  - {title}")]);
                self.lines(project.tasks.iter().map(|task| format!("    - {task}")));
                let names = self.fields.technologies(&project.technologies);
                self.lines([format!("    - {label}: {names}")]);
            }
        }
    }

    /// A row for each job; its text is no project.
    pub(crate) fn job_table(&mut self, jobs: &[Job]) {
        let header = self.picks.part(&[
            ["期間", "会社名", "業務内容", "技術"],
            ["年月", "勤務先", "職務内容", "使用技術"],
            ["Period", "Company", "Role", "Tech"],
        ]);
        self.picks.record("job header", header[1]);
        self.texts(&["## 職務経歴", ""]);
        self.header(&header);
        for job in jobs {
            self.labels.employer(&job.employer, Some(job.span));
            let period = self.period.write(job.span);
            let summary = match job.summary {
                "" => "開発業務全般。",
                summary => summary,
            };
            let names = self.fields.technologies(&job.technologies);
            self.row(&[&period, &job.employer, summary, &names]);
        }
    }

    /// A table of one column for each job: its title as the header, its projects in one cell.
    pub(crate) fn cells_below_headers(&mut self, jobs: &[Job]) {
        self.texts(&["## 職務経歴", ""]);
        let label = self.fields.words.technologies;
        for job in jobs {
            self.label(job);
            let period = self.period.write(job.span);
            self.lines([String::new()]);
            self.header(&[&format!("{period}　{}", job.employer)]);
            let mut cell: Vec<String> = Vec::new();
            for project in &job.projects {
                cell.push(format!("【{}】", project.title));
                cell.push(self.period.write(project.span));
                cell.extend(project.tasks.iter().map(|&task| task.to_owned()));
                let names = self.fields.technologies(&project.technologies);
                cell.push(format!("{label}：{names}"));
            }
            if cell.is_empty() {
                cell.push("社内システムの保守".to_owned());
            }
            self.row(&[&cell.join("<br>")]);
        }
    }

    /// A table of numbered assignments at clients for each job.
    pub(crate) fn assignment_tables(&mut self, jobs: &[Job]) {
        self.texts(&["## 職務経歴", ""]);
        for job in jobs {
            self.label(job);
            self.heading(3, &self.name_and_period(&job.employer, job.span));
            let business = "- 事業内容：システムエンジニアリングサービス";
            self.texts(&["- 雇用形態：正社員", business, ""]);
            if job.projects.is_empty() {
                continue;
            }
            self.header(&["No.", "期間", "客先", "業務内容", "言語・環境", "役割"]);
            for (index, project) in job.projects.iter().enumerate() {
                let tasks = project.tasks.join("<br>・");
                let number = (index + 1).to_string();
                let period = self.period.write(project.span);
                let client = self.picks.part(parts::CLIENTS);
                let content = format!("{}<br>・{tasks}", project.title);
                let names = project.technologies.join("<br>");
                self.row(&[&number, &period, client, &content, &names, project.role]);
            }
        }
    }

    /// Headings for tasks and for projects in each job.
    pub(crate) fn chapters_in_jobs(&mut self, jobs: &[Job]) {
        self.texts(&["## 職務経歴", ""]);
        let label = self.fields.words.employed;
        for job in jobs {
            self.label(job);
            self.heading(3, &job.employer);
            let period = self.period.write(job.span);
            self.lines([format!("**{label}** {period}")]);
            self.heading(4, "業務内容");
            self.lines(parts::TASKS[..2].iter().map(|task| format!("- {task}")));
            if !job.projects.is_empty() {
                self.heading(4, "担当プロジェクト");
            }
            for project in &job.projects {
                self.lines([format!("##### {}", project.title), String::new()]);
                self.project_lines(project);
                self.texts(&[""]);
            }
        }
    }

    /// A table of projects for each job, whose own period is not stated.
    pub(crate) fn rows_without_jobs(&mut self, jobs: &[Job]) {
        self.texts(&["## 職務経歴", ""]);
        for job in jobs {
            // The only row of a job without projects is the job.
            let span = Some(job.span).filter(|_| job.projects.is_empty());
            self.labels.employer(&job.employer, span);
            self.label_projects(job);
            self.heading(3, &job.employer);
            let header = self.picks.part(&["内容", "業務内容", "担当業務"]);
            self.header(&["期間", header, "環境"]);
            if let Some(span) = span {
                let period = self.period.write(span);
                self.row(&[&period, "社内システムの保守", "Java"]);
            }
            for project in &job.projects {
                let period = self.period.write(project.span);
                let tasks = project.tasks.join("<br>");
                let names = self.fields.technologies(&project.technologies);
                let content = format!("**{}**<br>{tasks}", project.title);
                self.row(&[&period, &content, &names]);
            }
        }
    }

    /// Rows of years and months in which schools and jobs began and ended.
    pub(crate) fn event_table(&mut self, jobs: &[Job]) {
        self.texts(&["## 学歴・職歴", ""]);
        self.header(&["年", "月", "内容"]);
        let year = jobs[jobs.len() - 1].span.first.year();
        self.row(&[&(year - 4).to_string(), "4", "西湖大学 工学部 入学"]);
        self.row(&[&year.to_string(), "3", "西湖大学 工学部 卒業"]);
        for job in jobs.iter().rev() {
            self.labels.employer(&job.employer, Some(job.span));
            let events = [(Some(job.span.first), "入社"), (job.span.last, "退社")];
            for (month, event) in events {
                let Some(month) = month else { continue };
                let event = format!("{} {event}", job.employer);
                let (year, number) = (month.year().to_string(), month.number().to_string());
                self.row(&[&year, &number, &event]);
            }
        }
        self.texts(&[match jobs[0].span.last {
            None => "| | | 現在に至る |",
            Some(_) => "| | | 以上 |",
        }]);
    }

    /// Headings of the first level for jobs, of the second for projects.
    pub(crate) fn top_headings(&mut self, jobs: &[Job]) {
        for job in jobs {
            self.label(job);
            self.heading(1, &job.employer);
            let period = self.period.write(job.span);
            self.lines([format!("{period} / {}", job.role)]);
            self.heading(2, "業務内容");
            let summary = match job.summary {
                "" => "開発全般を担当。",
                summary => summary,
            };
            self.texts(&[summary]);
            for project in &job.projects {
                self.heading(2, project.title);
                self.project_lines(project);
            }
        }
    }

    /// What is known of each project in a block of code.
    pub(crate) fn fenced(&mut self, jobs: &[Job]) {
        self.texts(&["## 職務経歴", ""]);
        for job in jobs {
            self.label(job);
            let period = self.period.write(job.span);
            self.heading(3, &format!("{} ({period})", job.employer));
            for project in &job.projects {
                self.heading(4, project.title);
                self.lines([
                    "```yaml".to_owned(),
                    format!("期間: {}", self.period.write(project.span)),
                    format!("概要: {}", project.tasks[0]),
                    format!("役割: {}", project.role),
                    format!("使用技術: {}", project.technologies.join(", ")),
                    "```".to_owned(),
                ]);
            }
        }
    }
}
