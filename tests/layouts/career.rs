//! An invented career, before it is written down.

use std::fmt;

use rand::Rng as _;
use rand::seq::{IndexedRandom as _, SliceRandom as _};

use super::choice::Picks;
use super::parts;

/// Months since January of the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month(i32);

impl Month {
    /// The calendar year.
    pub(crate) fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    pub(crate) fn number(self) -> i32 {
        self.0.rem_euclid(12) + 1
    }

    fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{:02}", self.year(), self.number())
    }
}

/// A first and a last month; without a last one it goes on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) first: Month,
    pub(crate) last: Option<Month>,
}

impl Span {
    /// Returns its length in months, both ends included; what goes on is counted to 2024-06.
    pub(crate) fn months(self) -> i32 {
        let last = self.last.unwrap_or(Month(2024 * 12 + 5));
        (last.0 - self.first.0 + 1).max(1)
    }
}

/// A job with its projects.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) employer: String,
    pub(crate) span: Span,
    pub(crate) role: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) technologies: Vec<&'static str>,
    pub(crate) projects: Vec<Project>,
}

/// A project within a job.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    pub(crate) title: &'static str,
    pub(crate) span: Span,
    pub(crate) role: &'static str,
    pub(crate) technologies: Vec<&'static str>,
    pub(crate) tasks: Vec<&'static str>,
}

/// Invents one to five jobs, the latest first, of distinct employers and projects.
pub(crate) fn invent(picks: &mut Picks) -> Vec<Job> {
    let mut titles = parts::TITLES.to_vec();
    titles.shuffle(&mut picks.random);
    let count = picks.part(&[1, 2, 2, 3, 3, 4, 5]);
    let mut last = Month(2024 * 12 + picks.random.random_range(0..6));
    let is_employed = picks.random.random_bool(0.6);
    let mut jobs: Vec<Job> = Vec::new();
    for index in 0..count {
        let length = picks.random.random_range(7..=50);
        let goes_on = index == 0 && is_employed;
        let span = Span {
            first: last.plus(-length),
            last: Some(last).filter(|_| !goes_on),
        };
        let employer = loop {
            let name = employer(picks);
            if jobs.iter().all(|job| job.employer != name) {
                break name;
            }
        };
        jobs.push(Job {
            employer,
            span,
            role: picks.part(parts::ROLES),
            summary: picks.part(parts::SUMMARIES),
            technologies: sample(picks, parts::TECHNOLOGIES, 3),
            projects: projects(picks, span, length, &mut titles),
        });
        last = span.first.plus(-picks.random.random_range(1..=3));
    }
    jobs
}

/// Invents up to four projects one after the other, within `length` months of the job.
fn projects(
    picks: &mut Picks,
    job: Span,
    length: i32,
    titles: &mut Vec<&'static str>,
) -> Vec<Project> {
    let count = picks.part(&[0, 1, 1, 2, 2, 3, 4]);
    let (mut first, mut room) = (job.first, length);
    let mut projects = Vec::new();
    while projects.len() < count && room >= 2 {
        let Some(title) = titles.pop() else { break };
        let months = picks.random.random_range(1..=(room - 1).min(18));
        let last = first.plus(months);
        let technologies = picks.random.random_range(2..=6);
        let tasks = picks.random.random_range(1..=3);
        projects.push(Project {
            title,
            span: Span {
                first,
                last: Some(last),
            },
            role: picks.part(parts::ROLES),
            technologies: sample(picks, parts::TECHNOLOGIES, technologies),
            tasks: sample(picks, parts::TASKS, tasks),
        });
        first = last.plus(1);
        room -= months + 1;
    }
    if let Some(project) = projects.last_mut()
        && job.last.is_none()
        && picks.random.random_bool(0.5)
    {
        project.span.last = None;
    }
    if picks.random.random_bool(0.7) {
        projects.reverse();
    }
    projects
}

/// Invents an employer's name: with its legal form before, behind, in short, or without one.
fn employer(picks: &mut Picks) -> String {
    let kana = picks.part(parts::COMPANIES);
    let branch = picks.part(parts::BRANCHES);
    let latin = picks.part(parts::LATIN_COMPANIES);
    match picks.random.random_range(0..100) {
        0..20 => format!("株式会社{kana}{branch}"),
        20..45 => format!("{kana}{branch}株式会社"),
        45..55 => format!("(株){kana}{branch}"),
        55..62 => format!("{kana}{branch}(株)"),
        62..70 => format!("合同会社{kana}"),
        70..80 if branch.is_empty() => format!("{kana}システムズ"),
        70..80 => format!("{kana}{branch}"),
        80..90 => latin.to_owned(),
        90..95 => format!("株式会社{latin}"),
        _ => format!("{latin}{}", picks.part(&[" Inc.", "株式会社", ", Inc."])),
    }
}

/// Returns the name without its legal form.
pub(crate) fn short_name(employer: &str) -> String {
    [", Inc.", " Inc.", "株式会社", "合同会社", "(株)"]
        .into_iter()
        .fold(employer.to_owned(), |name, form| name.replace(form, ""))
}

fn sample(picks: &mut Picks, words: &[&'static str], count: usize) -> Vec<&'static str> {
    words
        .choose_multiple(&mut picks.random, count)
        .copied()
        .collect()
}
