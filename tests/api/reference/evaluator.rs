//! Decides filters on what was read of a document, by the words of the contract: one month and one
//! stint after another.

use std::collections::BTreeSet;

use shokureki::domain::{Grade, Mention, Period, Resume, StintRef};
use shokureki::search::{EmployerFilter, Filter, PeriodFilter, TechnologyFilter, Tenure, Window};
use shokureki::store::Career;

/// Names that are asked for, and what they mean: the technology, and its parts.
pub(crate) const ASKED_TECHNOLOGIES: [(&str, &str, &[&str]); 7] = [
    ("Rust", "Rust", &[]),
    ("アーラン", "Erlang", &[]),
    ("Elang", "Erlang", &[]),
    ("ＡＷＳ", "AWS", &["AWS Lambda", "Amazon S3"]),
    ("Lambda", "AWS Lambda", &[]),
    ("S3", "Amazon S3", &[]),
    ("ポスグレ", "PostgreSQL", &[]),
];

/// Names that are asked for, and the employers that they mean.
pub(crate) const ASKED_EMPLOYERS: [(&str, &[&str]); 6] = [
    ("Dwango", &["株式会社ドワンゴ"]),
    ("（株）ドワンゴ", &["株式会社ドワンゴ"]),
    ("青空", &["青空商事株式会社", "株式会社青空"]),
    ("青空商事", &["青空商事株式会社"]),
    ("みなと工房", &["みなと工房株式会社"]),
    ("海上商事", &[]),
];

pub(crate) struct Candidate {
    pub(crate) number: usize,
    pub(crate) text: String,
    pub(crate) career: Career,
}

pub(crate) fn meets(candidate: &Candidate, filter: &Filter) -> bool {
    let is_asked_of_stint = filter.technology.is_some()
        || !filter.without.is_empty()
        || filter.employer.is_some()
        || filter.period.is_some()
        || filter.role.is_some()
        || !filter.text.is_empty();
    let identity = &candidate.career.resume.identity;
    let stint = !is_asked_of_stint || meets_stint(candidate, filter);
    let name = filter.name.as_ref().is_none_or(|asked| {
        let name = identity.name.as_deref().unwrap_or_default();
        name == asked || name.split(' ').any(|part| part == asked)
    });
    let certification = filter.certification.as_ref().is_none_or(|asked| {
        let mut held = candidate.career.resume.certifications.iter();
        held.any(|held| {
            let digits = held.name.chars().filter(char::is_ascii_digit);
            let score = digits.collect::<String>().parse().unwrap_or(0);
            held.name.contains(asked) && filter.min_score.is_none_or(|least| score >= least)
        })
    });
    let education = filter.education.as_ref().is_none_or(|asked| {
        let asked = asked.replace("高専", "高等専門学校");
        let mut visited = candidate.career.resume.education.iter();
        visited.any(|visited| visited.school.contains(&asked))
    });
    // 京都 is no part of 東京都.
    let location = filter.location.as_ref().is_none_or(|asked| {
        let place = identity.location.as_deref().unwrap_or_default();
        place
            .replace("東京都", "東京・")
            .contains(&asked.replace("東京都", "東京・"))
    });
    let all = filter.all.iter().all(|each| meets(candidate, each));
    let any = filter
        .any
        .as_ref()
        .is_none_or(|any| any.iter().any(|each| meets(candidate, each)));
    let not = !filter.not.as_ref().is_some_and(|not| meets(candidate, not));
    stint && name && certification && education && location && all && any && not
}

fn meets_stint(candidate: &Candidate, filter: &Filter) -> bool {
    let resume = &candidate.career.resume;
    let stints: Vec<StintRef> = resume
        .stints
        .all()
        .filter(|&stint| is_in_scope(candidate, stint, filter))
        .collect();
    let Some(part) = &filter.technology else {
        return !stints.is_empty();
    };
    let has_others = !filter.also.is_empty() || !filter.without.is_empty();
    let is_alone = filter.employer.is_none()
        && filter.period.is_none()
        && filter.role.is_none()
        && filter.text.is_empty()
        && !has_others;
    let counts_stated = filter.employer.is_none() && filter.period.is_none() && !has_others;
    [part].into_iter().chain(&filter.also).all(|part| {
        let is_named = resume.mentions.iter().any(|mention| {
            let stint = mention.stint;
            counts(mention, part)
                && stint.map_or(is_alone, |stint| is_alone || stints.contains(&stint))
        });
        let months = months_worked(candidate, part, &stints, filter.period.as_ref());
        let stated = resume
            .stated
            .iter()
            .filter(|stated| counts_stated && means(part, &stated.technology.name))
            .map(|stated| stated.months)
            .max();
        let length = u32::try_from(months.len())
            .expect("a few")
            .max(stated.unwrap_or(0));
        let is_recent = part.last_used_since.is_none_or(|since| {
            months
                .last()
                .is_some_and(|&last| last >= since.earliest().ordinal())
        });
        is_named && part.min_months.is_none_or(|least| length >= least) && is_recent
    })
}

/// The months in which one of `stints` used the technology at work, within the window.
fn months_worked(
    candidate: &Candidate,
    part: &TechnologyFilter,
    stints: &[StintRef],
    period: Option<&PeriodFilter>,
) -> BTreeSet<i32> {
    let resume = &candidate.career.resume;
    let mut months = BTreeSet::new();
    for mention in &resume.mentions {
        let at_work = mention.grade == Grade::Worked && means(part, &mention.technology.name);
        let stint = mention
            .stint
            .filter(|stint| at_work && stints.contains(stint));
        if let Some(stint) = stint {
            months.extend(months_of(candidate, stint));
        }
    }
    if let Some(period) = period {
        months.retain(|&month| is_in_window(candidate, period, month));
    }
    months
}

fn is_in_scope(candidate: &Candidate, stint: StintRef, filter: &Filter) -> bool {
    let resume = &candidate.career.resume;
    let names = |part: &TechnologyFilter| {
        resume
            .mentions
            .iter()
            .any(|mention| mention.stint == Some(stint) && counts(mention, part))
    };
    let technologies =
        filter.also.is_empty() || filter.technology.iter().chain(&filter.also).all(names);
    // A job is told of by its projects, too.
    let names_or_below = |part: &TechnologyFilter| {
        resume.mentions.iter().any(|mention| {
            let of = mention.stint;
            let job =
                of.and_then(|of| resume.stints.employment_index(of).map(StintRef::Employment));
            (of == Some(stint) || job == Some(stint)) && counts(mention, part)
        })
    };
    let without = !filter.without.iter().any(names_or_below);
    let employer = filter
        .employer
        .as_ref()
        .is_none_or(|part| meets_employer(candidate, stint, part));
    let period = filter.period.as_ref().is_none_or(|part| {
        let months = months_of(candidate, stint);
        let is_in = |&month: &i32| is_in_window(candidate, part, month);
        if part.within {
            !months.is_empty() && months.iter().all(is_in)
        } else {
            months.iter().any(is_in)
        }
    });
    let role = filter
        .role
        .as_ref()
        .is_none_or(|asked| roles(resume, stint).contains(asked));
    let text = filter.text.iter().all(|asked| {
        texts(candidate, stint)
            .iter()
            .any(|text| text.contains(asked))
    });
    technologies && without && employer && period && role && text
}

fn counts(mention: &Mention, part: &TechnologyFilter) -> bool {
    means(part, &mention.technology.name) && mention.grade >= part.min_grade
}

/// Whether the technology `name` is asked for, as a part where parts count.
fn means(part: &TechnologyFilter, name: &str) -> bool {
    part.any_of.iter().any(|asked| {
        let known = ASKED_TECHNOLOGIES.iter().find(|(of, ..)| of == asked);
        let (_, whole, parts) = known.expect("it is in the table");
        *whole == name || (part.include_parts && parts.contains(&name))
    })
}

fn meets_employer(candidate: &Candidate, stint: StintRef, part: &EmployerFilter) -> bool {
    let resume = &candidate.career.resume;
    let Some(employment) = resume.stints.employment_of(stint) else {
        return false;
    };
    let known = ASKED_EMPLOYERS.iter().find(|(of, _)| *of == part.name);
    let (_, meant) = known.expect("it is in the table");
    let is_meant = meant.contains(&employment.employer.name.as_str());
    // The stint itself, or a stint at the same employer that goes on and covers it.
    let months = months_of(candidate, stint);
    let goes_on = is_current(resume, stint)
        || resume.stints.all().any(|other| {
            let of_same = resume
                .stints
                .employment_of(other)
                .is_some_and(|of| of.employer.key == employment.employer.key);
            of_same && is_current(resume, other) && months.is_subset(&months_of(candidate, other))
        });
    is_meant
        && match part.tenure {
            Tenure::Any => true,
            Tenure::Current => goes_on,
            Tenure::Past => !goes_on,
        }
}

fn is_current(resume: &Resume, stint: StintRef) -> bool {
    resume
        .stints
        .period_of(stint)
        .is_some_and(Period::is_current)
}

/// The months of the stint, one after another; none where it is not dated.
fn months_of(candidate: &Candidate, stint: StintRef) -> BTreeSet<i32> {
    let period = candidate.career.resume.stints.period_of(stint);
    let bounds = period.and_then(|period| period.bounds(candidate.career.as_of));
    bounds.map_or_else(BTreeSet::new, |bounds| {
        (bounds.estimate.0..=bounds.estimate.1).collect()
    })
}

fn is_in_window(candidate: &Candidate, period: &PeriodFilter, month: i32) -> bool {
    match period.window {
        Window::Between { from, to } => {
            from.is_none_or(|from| from.earliest().ordinal() <= month)
                && to.is_none_or(|to| month <= to.latest().ordinal())
        }
        Window::Last { months } => {
            let before = candidate.career.as_of.ordinal() - month;
            (0..i32::try_from(months).expect("a few")).contains(&before)
        }
    }
}

fn roles(resume: &Resume, stint: StintRef) -> Vec<String> {
    let of_job = resume.stints.employment_of(stint).into_iter();
    let of_job = of_job.flat_map(|job| job.title.iter().chain(&job.department).cloned());
    match stint {
        StintRef::Employment(_) => of_job.collect(),
        StintRef::Project(index) => {
            let project = &resume.stints.projects[index];
            let own = project.roles.iter().chain(&project.title).cloned();
            own.chain(of_job).collect()
        }
    }
}

fn texts(candidate: &Candidate, stint: StintRef) -> Vec<&str> {
    let resume = &candidate.career.resume;
    let spans = match stint {
        StintRef::Employment(index) => &resume.stints.employments[index].text,
        StintRef::Project(index) => &resume.stints.projects[index].text,
    };
    let slice =
        |span: &shokureki::domain::Span| &candidate.text[span.start as usize..span.end as usize];
    spans.iter().map(slice).collect()
}
