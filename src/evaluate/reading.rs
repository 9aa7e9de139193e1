//! A résumé as read against its labels, kind by kind.

use std::collections::{HashMap, HashSet};

use shokureki_index::lexicon::{Lexicon, TechnologyKind};

use crate::domain::{Grade, Period, PeriodEnd, Resume};

use super::Kind;
use super::labels::Labels;
use super::matching::{Miss, Score, base_name, compact, is_same_name, overlap, pair};

/// Titles that share this part of the shorter one mean one project or school.
const SAME_TITLE: f64 = 0.5;

/// Names of schools and certificates are compared more strictly.
const SAME_NAME: f64 = 0.8;

/// What comparing came to.
pub(super) struct Compared {
    /// By kind, in the order of [`Kind::ALL`].
    pub(super) scores: [Score; 5],
    /// Names that are no experience and count as such.
    pub(super) leaked: usize,
    /// Everything wrong or missing.
    pub(super) misses: Vec<Miss>,
}

/// Compares what was read with the labels.
pub(super) fn compare(resume: &Resume, labels: &Labels, lexicon: &Lexicon) -> Compared {
    let mut misses = Vec::new();
    let scores = [
        employers(resume, labels, &mut misses),
        projects(resume, labels, &mut misses),
        technologies(resume, labels, lexicon, &mut misses),
        certifications(resume, labels, &mut misses),
        education(resume, labels, &mut misses),
    ];
    let leaked = misses.iter().filter(|miss| miss.fault == "leaked").count();
    Compared {
        scores,
        leaked,
        misses,
    }
}

/// The ends of a period as labels write them: `2016-04`, `2016`, `present`, or none.
pub type Ends = (Option<String>, Option<String>);

/// Writes both ends of a period as labels do.
pub fn ends(period: Option<&Period>) -> Ends {
    let Some(period) = period else {
        return (None, None);
    };
    let to = match period.to {
        PeriodEnd::At(moment) => Some(moment.to_string()),
        PeriodEnd::Present => Some("present".to_owned()),
        PeriodEnd::Unstated => None,
    };
    (period.from.map(|from| from.to_string()), to)
}

#[derive(Debug)]
struct Job<'a> {
    name: Option<&'a str>,
    ends: Ends,
}

fn employers(resume: &Resume, labels: &Labels, misses: &mut Vec<Miss>) -> Score {
    let answers: Vec<Job> = resume
        .stints
        .employments
        .iter()
        .map(|job| Job {
            name: Some(job.employer.name.as_str()),
            ends: ends(job.period.as_ref()),
        })
        .collect();
    let wanted: Vec<(Job, Option<&str>)> = labels
        .employers
        .iter()
        .map(|label| {
            let job = Job {
                name: label.name.as_deref(),
                ends: (label.start.clone(), label.end.clone()),
            };
            (job, label.label.as_deref())
        })
        .collect();
    // What an anonymous employer is called is not compared.
    let is_match = |answer: &Job, (label, _): &(Job, Option<&str>)| {
        let is_named = match (answer.name, label.name) {
            (Some(answer), Some(label)) => is_same_name(answer, label),
            _ => true,
        };
        is_named && answer.ends == label.ends
    };
    pair(Kind::Employers, &answers, &wanted, is_match, misses)
}

#[derive(Debug)]
struct Work<'a> {
    title: &'a str,
    employer: Option<&'a str>,
    ends: Ends,
}

fn projects(resume: &Resume, labels: &Labels, misses: &mut Vec<Miss>) -> Score {
    // A job without a company's name is an employer here and none in the labels.
    let named: HashSet<String> = labels
        .employers
        .iter()
        .filter_map(|label| label.name.as_deref().map(base_name))
        .collect();
    let answers: Vec<Work> = resume
        .stints
        .projects
        .iter()
        .map(|project| Work {
            title: project.title.as_deref().unwrap_or_default(),
            employer: project
                .employment
                .map(|index| &resume.stints.employments[index].employer)
                .filter(|employer| !employer.is_anonymous)
                .map(|employer| employer.name.as_str())
                .filter(|name| named.contains(&base_name(name))),
            ends: ends(project.period.as_ref()),
        })
        .collect();
    let wanted: Vec<Work> = labels
        .projects
        .iter()
        .map(|label| Work {
            title: label.title.as_deref().unwrap_or_default(),
            employer: label.employer.as_deref(),
            ends: (label.start.clone(), label.end.clone()),
        })
        .collect();
    let is_match = |answer: &Work, label: &Work| {
        let is_titled = label.title.is_empty() || overlap(answer.title, label.title) >= SAME_TITLE;
        is_titled
            && answer.employer.map(base_name) == label.employer.map(base_name)
            && answer.ends == label.ends
    };
    pair(Kind::Projects, &answers, &wanted, is_match, misses)
}

fn technologies(
    resume: &Resume,
    labels: &Labels,
    lexicon: &Lexicon,
    misses: &mut Vec<Miss>,
) -> Score {
    let key = |name: &str| {
        lexicon
            .resolve(name)
            .map_or_else(|| compact(name), |found| found.technology.key.clone())
    };
    let keys =
        |names: &[String]| -> HashSet<String> { names.iter().map(|name| key(name)).collect() };
    let mut given: HashMap<String, (Grade, Vec<u32>)> = HashMap::new();
    for mention in &resume.mentions {
        if mention.grade <= Grade::Certified {
            continue;
        }
        let key = if mention.technology.is_listed {
            mention.technology.key.clone()
        } else {
            compact(&mention.technology.name)
        };
        let (grade, lines) = given.entry(key).or_insert((mention.grade, Vec::new()));
        *grade = mention.grade.max(*grade);
        lines.push(mention.line);
    }
    // The labels name products; a method (CI/CD, 機械学習) is none.
    given.retain(|key, _| {
        lexicon
            .technology(key)
            .is_none_or(|technology| technology.kind != TechnologyKind::Method)
    });
    let wanted = keys(&labels.skills);
    let forbidden = keys(&labels.mentioned_only);
    let mut answers: Vec<String> = given.keys().cloned().collect();
    answers.sort();
    let mut wanted_in_order: Vec<&String> = wanted.iter().collect();
    wanted_in_order.sort();
    let score = pair(
        Kind::Technologies,
        &answers,
        &wanted_in_order,
        |answer, label| answer == *label,
        misses,
    );
    for answer in &answers {
        if forbidden.contains(answer) && !wanted.contains(answer) {
            let (grade, lines) = &given[answer];
            misses.push(Miss {
                kind: Kind::Technologies,
                fault: "leaked",
                text: format!("{answer} as {grade:?} in lines {lines:?}"),
            });
        }
    }
    score
}

fn certifications(resume: &Resume, labels: &Labels, misses: &mut Vec<Miss>) -> Score {
    let answers: Vec<&str> = resume
        .certifications
        .iter()
        .map(|certificate| certificate.name.as_str())
        .collect();
    let is_match = |answer: &&str, label: &String| {
        let (answer, label) = (compact(answer), compact(label));
        let is_as_long = answer.chars().count().abs_diff(label.chars().count()) < 12;
        answer == label || (overlap(&answer, &label) >= SAME_NAME && is_as_long)
    };
    pair(
        Kind::Certifications,
        &answers,
        &labels.certifications,
        is_match,
        misses,
    )
}

fn education(resume: &Resume, labels: &Labels, misses: &mut Vec<Miss>) -> Score {
    let answers: Vec<(&str, Option<String>)> = resume
        .education
        .iter()
        .map(|school| (school.school.as_str(), ends(school.period.as_ref()).1))
        .collect();
    let wanted: Vec<(&str, Option<String>)> = labels
        .education
        .iter()
        .map(|label| (label.school.as_str(), label.end.clone()))
        .collect();
    pair(
        Kind::Education,
        &answers,
        &wanted,
        |answer, label| overlap(answer.0, label.0) >= SAME_NAME && answer.1 == label.1,
        misses,
    )
}
