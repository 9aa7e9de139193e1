//! An invented career, before it is written down.

use rand::Rng;
use rand::seq::IndexedRandom as _;

use super::parts;

/// Months since January of the year 0.
pub(super) type Ordinal = i32;

/// The month all careers are told at: 2026-10.
pub(super) const NOW: Ordinal = 2026 * 12 + 9;

/// A person and what they did.
pub(super) struct Career {
    pub(super) name: String,
    pub(super) kana: String,
    pub(super) email: String,
    pub(super) place: &'static str,
    pub(super) school: &'static str,
    pub(super) graduated: Ordinal,
    pub(super) jobs: Vec<Job>,
    pub(super) certificates: Vec<&'static str>,
    pub(super) wishes: Vec<&'static str>,
}

/// A job; the last one goes on (`last` is `None`).
pub(super) struct Job {
    pub(super) employer: String,
    pub(super) department: &'static str,
    pub(super) first: Ordinal,
    pub(super) last: Option<Ordinal>,
    pub(super) projects: Vec<Project>,
}

/// A project within a job.
pub(super) struct Project {
    pub(super) title: String,
    pub(super) first: Ordinal,
    pub(super) last: Option<Ordinal>,
    pub(super) team: u32,
    pub(super) role: &'static str,
    pub(super) technologies: Vec<&'static str>,
}

/// Invents the career of person `number`.
pub(super) fn invent(random: &mut impl Rng, number: u64) -> Career {
    let (family, family_kana) = pick(random, parts::FAMILY_NAMES);
    let (given, given_kana) = pick(random, parts::GIVEN_NAMES);
    let years = random.random_range(1..=25);
    let begun = NOW - years * 12 - random.random_range(0..12);
    Career {
        name: format!("{family} {given}"),
        kana: format!("{family_kana} {given_kana}"),
        email: format!("person{number}@example.com"),
        place: pick(random, parts::PLACES),
        school: pick(random, parts::SCHOOLS),
        graduated: begun - 1,
        jobs: jobs(random, begun),
        certificates: sample(random, parts::CERTIFICATES, 0..=3),
        wishes: technologies(random, 0..=2),
    }
}

fn jobs(random: &mut impl Rng, begun: Ordinal) -> Vec<Job> {
    let mut jobs = Vec::new();
    let mut first = begun;
    loop {
        let length = random.random_range(8..=84);
        let last = Some(first + length - 1).filter(|&last| last < NOW - 3);
        jobs.push(Job {
            employer: employer(random),
            department: pick(random, parts::DEPARTMENTS),
            first,
            last,
            projects: projects(random, first, last),
        });
        match last {
            Some(last) => first = last + random.random_range(1..=3),
            None => return jobs,
        }
    }
}

fn employer(random: &mut impl Rng) -> String {
    let head = pick(random, parts::COMPANY_HEADS);
    let tail = pick(random, parts::COMPANY_TAILS);
    match random.random_range(0..4) {
        0 => format!("{head}{tail}株式会社"),
        1 => format!("合同会社{head}{tail}"),
        _ => format!("株式会社{head}{tail}"),
    }
}

fn projects(random: &mut impl Rng, job_first: Ordinal, job_last: Option<Ordinal>) -> Vec<Project> {
    let mut projects = Vec::new();
    let mut first = job_first;
    let end = job_last.unwrap_or(NOW);
    while first <= end {
        let last = first + random.random_range(3..=30) - 1;
        projects.push(Project {
            title: format!(
                "{}{}",
                pick(random, parts::SUBJECTS),
                pick(random, parts::WORKS)
            ),
            first,
            last: if last < end { Some(last) } else { job_last },
            team: random.random_range(2..=30),
            role: pick(random, parts::ROLES),
            technologies: technologies(random, 2..=9),
        });
        first = last + 1;
    }
    projects
}

/// Draws distinct technologies by Zipf's law: the one of rank `r` has weight `1 / r`.
fn technologies(
    random: &mut impl Rng,
    count: std::ops::RangeInclusive<usize>,
) -> Vec<&'static str> {
    let count = random.random_range(count);
    let weight = |rank: usize| 1.0 / (rank + 1) as f64;
    let total: f64 = (0..parts::TECHNOLOGIES.len()).map(weight).sum();
    let mut drawn: Vec<&'static str> = Vec::with_capacity(count);
    while drawn.len() < count {
        let mut left = random.random_range(0.0..total);
        let rank = (0..parts::TECHNOLOGIES.len())
            .find(|&rank| {
                left -= weight(rank);
                left <= 0.0
            })
            .unwrap_or(0);
        let technology = parts::TECHNOLOGIES[rank];
        if !drawn.contains(&technology) {
            drawn.push(technology);
        }
    }
    drawn
}

fn pick<T: Copy>(random: &mut impl Rng, from: &[T]) -> T {
    *from
        .choose(random)
        .expect("the lists of parts are not empty")
}

fn sample(
    random: &mut impl Rng,
    from: &[&'static str],
    count: std::ops::RangeInclusive<usize>,
) -> Vec<&'static str> {
    let count = random.random_range(count);
    from.choose_multiple(random, count).copied().collect()
}
