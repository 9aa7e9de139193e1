//! Documents whose projects stand below their employer, every part in a form of its own.

use rand::Rng as _;

use super::career::{self, Job};
use super::choice::{Picks, forms};
use super::fields::{FieldForm, Fields};
use super::labels::{Document, Labels};
use super::nested_job::JobForm;
use super::nested_project::ProjectLayout;
use super::period::{LengthForm, PeriodForm};

forms! {
    /// How all employers are listed before they are described.
    ListForm { None, Table, Bullets, Events }
}

/// How jobs are written, throughout a document.
pub(crate) struct Layout {
    pub(crate) period: PeriodForm,
    pub(crate) fields: Fields,
    pub(crate) job: JobForm,
    /// The level of the headings of jobs.
    pub(crate) level: usize,
    /// Levels left out below it.
    pub(crate) skipped: usize,
    pub(crate) has_company: bool,
    pub(crate) has_summary: bool,
    /// Whether a job without projects names its technologies.
    pub(crate) has_job_technologies: bool,
    pub(crate) project: ProjectLayout,
}

impl Layout {
    fn pick(picks: &mut Picks) -> Self {
        let period = PeriodForm::pick(
            picks,
            &["現在", "現在", "現職", "", "Present"],
            &[
                LengthForm::None,
                LengthForm::None,
                LengthForm::None,
                LengthForm::Parentheses,
                LengthForm::Brackets,
                LengthForm::Blank,
            ],
        );
        let mut fields = Fields::pick(picks, FieldForm::ALL);
        fields.pick_technologies(picks);
        let job = picks.pick("job", JobForm::ALL);
        Self {
            period,
            fields,
            job,
            level: picks.pick("level", &[2, 3, 3]),
            skipped: picks.pick("skipped levels", &[0, 0, 0, 1]),
            has_company: picks.flip("has company", 0.2),
            has_summary: picks.flip("has summary", 0.5),
            has_job_technologies: picks.flip("has job technologies", 0.5),
            project: ProjectLayout::pick(picks, job),
        }
    }
}

/// Writes a career of chance.
pub(crate) fn document(picks: &mut Picks) -> Document {
    let layout = Layout::pick(picks);
    let mut jobs = career::invent(picks);
    if !picks.flip("latest first", 0.75) {
        jobs.reverse();
    }
    let mut lines = opening(picks);
    let list = picks.pick(
        "list",
        &[
            ListForm::None,
            ListForm::None,
            ListForm::None,
            ListForm::None,
            ListForm::Table,
            ListForm::Bullets,
            ListForm::Events,
        ],
    );
    lines.extend(listed(list, layout.period, &jobs));
    if picks.flip("has skills", 0.3) {
        lines.extend(section(
            "## スキル",
            &["- 言語: Java, Python", "- DB: MySQL"],
        ));
    }
    let chapter = picks.pick(
        "chapter",
        &[
            "職務経歴",
            "職歴",
            "経歴",
            "業務経歴",
            "職務経歴詳細",
            "Work Experience",
            "Experience",
            "",
        ],
    );
    if !chapter.is_empty() {
        let marks = if layout.level == 3 { "##" } else { "#" };
        lines.extend(section(&format!("{marks} {chapter}"), &[]));
    }
    let mut labels = Labels::default();
    for (index, job) in jobs.iter().enumerate() {
        lines.extend(layout.job(index + 1, job));
        labels.employer(&job.employer, Some(job.span));
        for project in &job.projects {
            let span = Some(project.span).filter(|_| layout.project.has_period());
            labels.project(project.title, &job.employer, span);
        }
    }
    if picks.random.random_bool(0.4) {
        lines.extend(section("## 資格", &["- 2015年6月 基本情報技術者試験"]));
    }
    if picks.random.random_bool(0.3) {
        let text = "新しい技術を学ぶことが好きで、チームで成果を出すことを重視しています。";
        lines.extend(section("## 自己PR", &[text]));
    }
    lines.push(String::new());
    Document {
        text: lines.join("\n"),
        labels,
        made: std::mem::take(&mut picks.made),
    }
}

fn section(heading: &str, text: &[&str]) -> Vec<String> {
    ["", heading, ""]
        .iter()
        .chain(text)
        .map(|&line| line.to_owned())
        .collect()
}

/// Writes what stands above everything about jobs.
fn opening(picks: &mut Picks) -> Vec<String> {
    let title = picks.pick(
        "title",
        &["職務経歴書", "鈴木 三郎", "Resume", "職務経歴書と氏名", ""],
    );
    let mut lines = match title {
        "" => Vec::new(),
        "職務経歴書と氏名" => {
            let date = "2024年6月1日現在";
            ["# 職務経歴書", "", date, "", "氏名：鈴木 三郎"]
                .map(str::to_owned)
                .to_vec()
        }
        title => vec![format!("# {title}")],
    };
    if picks.flip("has abstract", 0.5) {
        let text = "Webアプリケーション開発を中心に、設計から運用まで一貫して経験してきました。";
        lines.extend(section("## 職務要約", &[text]));
    }
    lines
}

/// Lists all employers.
fn listed(form: ListForm, period: PeriodForm, jobs: &[Job]) -> Vec<String> {
    let list = jobs
        .iter()
        .map(|job| (period.write(job.span), &job.employer));
    match form {
        ListForm::None => Vec::new(),
        ListForm::Table => {
            let mut lines = section("## 職歴", &["| 期間 | 会社 |", "|---|---|"]);
            lines.extend(list.map(|(period, employer)| format!("| {period} | {employer} |")));
            lines
        }
        ListForm::Bullets => {
            let mut lines = section("## 経歴一覧", &[]);
            lines.extend(list.map(|(period, employer)| format!("- {period} {employer}")));
            lines
        }
        ListForm::Events => {
            let mut lines = section("## 経歴一覧", &[]);
            let mut in_order: Vec<&Job> = jobs.iter().collect();
            in_order.sort_by_key(|job| job.span.first);
            for job in in_order {
                let first = period.month(job.span.first);
                lines.push(format!("- {first} {} 入社", job.employer));
                if let Some(last) = job.span.last {
                    lines.push(format!("- {} {} 退社", period.month(last), job.employer));
                }
            }
            lines
        }
    }
}
