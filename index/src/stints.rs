//! Conditions on a stint, decided exactly against a candidate's timeline.

use crate::document::Grade;
use crate::months::{MonthRange, union};
use crate::plan::{EmployerPlan, StintPlan, TechnologyPlan};
use crate::query::{PeriodCondition, Tenure};
use crate::timeline::{Mention, Stint, Timeline};
use crate::varint::Damaged;

/// How a condition is met.
#[derive(Debug, Default)]
pub(crate) struct StintMatch {
    /// The best stint that meets all parts.
    pub(crate) best: Option<usize>,
    /// How the technology part is met.
    pub(crate) technology: Option<TechnologyMatch>,
}

/// How a technology is met.
#[derive(Debug)]
pub(crate) struct TechnologyMatch {
    pub(crate) months: u32,
    pub(crate) months_are_stated: bool,
    /// The last month of use, of the dated stints.
    pub(crate) last_used: Option<i32>,
    /// Those that count, best first.
    pub(crate) mentions: Vec<Mention>,
}

impl TechnologyMatch {
    pub(crate) fn strongest(&self) -> Option<Grade> {
        self.mentions.first().map(|mention| mention.grade)
    }
}

/// Which stints of a candidate the postings found to meet the role and the text; `None` where the
/// part is not asked for.
#[derive(Debug, Default)]
pub(crate) struct FoundStints {
    pub(crate) role: Option<Vec<usize>>,
    pub(crate) text: Option<Vec<usize>>,
}

/// Decides a condition.
pub(crate) fn meet(
    plan: &StintPlan,
    timeline: &Timeline<'_>,
    found: &FoundStints,
) -> Result<Option<StintMatch>, Damaged> {
    let mut stints = Vec::new();
    for (index, stint) in timeline.stints.iter().enumerate() {
        if meets_others(plan, timeline, index, stint, found)? {
            stints.push(index);
        }
    }
    let Some(part) = &plan.technology else {
        let best = stints.iter().copied().max_by_key(|&index| {
            let last = timeline.stints[index].months.map(|months| months.last);
            (last, std::cmp::Reverse(index))
        });
        let is_met = best.is_some();
        return Ok(is_met.then_some(StintMatch {
            best,
            technology: None,
        }));
    };
    let is_alone = plan.employer.is_none()
        && plan.period.is_none()
        && plan.role.is_none()
        && plan.text.is_none();
    let scope = Scope {
        stints: &stints,
        is_alone,
        window: plan.period.map(|period| period.window),
        counts_stated: plan.employer.is_none() && plan.period.is_none(),
    };
    let Some((technology, best)) = meet_technology(part, timeline, &scope)? else {
        return Ok(None);
    };
    Ok(Some(StintMatch {
        best,
        technology: Some(technology),
    }))
}

fn meets_others(
    plan: &StintPlan,
    timeline: &Timeline<'_>,
    index: usize,
    stint: &Stint<'_>,
    found: &FoundStints,
) -> Result<bool, Damaged> {
    let is_found = |list: &Option<Vec<usize>>| {
        list.as_ref()
            .is_none_or(|found| found.binary_search(&index).is_ok())
    };
    if !is_found(&found.role) || !is_found(&found.text) {
        return Ok(false);
    }
    if plan
        .period
        .is_some_and(|period| !meets_period(period, stint.months))
    {
        return Ok(false);
    }
    match &plan.employer {
        Some(employer) => meets_employer(employer, timeline, stint),
        None => Ok(true),
    }
}

fn meets_period(period: PeriodCondition, months: Option<MonthRange>) -> bool {
    let Some(months) = months else {
        return false;
    };
    if period.within {
        return period.window.contains(months);
    }
    !months.clip(period.window).is_empty()
}

/// Returns whether the stint's employer is the one asked for.
pub(crate) fn meets_employer(
    part: &EmployerPlan,
    timeline: &Timeline<'_>,
    stint: &Stint<'_>,
) -> Result<bool, Damaged> {
    let Some(employer) = timeline.employer_of(stint) else {
        return Ok(false);
    };
    let is_same = part.key.as_deref() == Some(employer.key);
    let is_named = match &part.name {
        Some(name) if !is_same => {
            let (names, readings) = employer.forms()?;
            name.is_met(&names, &readings)
        }
        _ => is_same,
    };
    Ok(is_named
        && match part.tenure {
            Tenure::Any => true,
            Tenure::Current => job_goes_on(timeline, stint),
            Tenure::Past => !job_goes_on(timeline, stint),
        })
}

/// A finished project belongs to a job that goes on when a stint of the same employer that goes on
/// covers it.
fn job_goes_on(timeline: &Timeline<'_>, stint: &Stint<'_>) -> bool {
    let employer = |stint: &Stint<'_>| stint.employer.as_ref().map(|(index, _)| *index);
    let covers = |job: &Stint<'_>| match (job.months, stint.months) {
        (Some(job), Some(part)) => job.contains(part),
        (_, None) => true,
        (None, Some(_)) => false,
    };
    stint.is_current
        || timeline
            .stints
            .iter()
            .any(|job| job.is_current && employer(job) == employer(stint) && covers(job))
}

/// What a technology is looked for in.
pub(crate) struct Scope<'a> {
    /// In order.
    pub(crate) stints: &'a [usize],
    /// Whether mentions outside the stints count too.
    pub(crate) is_alone: bool,
    pub(crate) window: Option<MonthRange>,
    /// Whether stated months count.
    pub(crate) counts_stated: bool,
}

/// Decides a technology part; also gives the best stint.
pub(crate) fn meet_technology(
    part: &TechnologyPlan,
    timeline: &Timeline<'_>,
    scope: &Scope<'_>,
) -> Result<Option<(TechnologyMatch, Option<usize>)>, Damaged> {
    let is_in_scope = |stint: usize| scope.stints.binary_search(&stint).is_ok();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut worked: Vec<usize> = Vec::new();
    let mut stated: Option<u32> = None;
    for technology in timeline.technologies_among(&part.keys) {
        stated = stated.max(technology.stated_months);
        for mention in technology.mentions()? {
            if mention.grade == Grade::Worked {
                worked.extend(mention.stint.filter(|&stint| is_in_scope(stint)));
            }
            let counts = scope.is_alone || mention.stint.is_some_and(is_in_scope);
            if counts && mention.grade >= part.min_grade {
                mentions.push(mention);
            }
        }
    }
    if mentions.is_empty() {
        return Ok(None);
    }

    let clip = |months: MonthRange| scope.window.map_or(months, |window| months.clip(window));
    let months_of = |stint: usize| timeline.stints.get(stint)?.months.map(clip);
    let used = union(worked.iter().filter_map(|&stint| months_of(stint)));
    let dated: u32 = used.iter().map(|months| months.len()).sum();
    let stated = stated.filter(|_| scope.counts_stated).unwrap_or(0);
    let months = dated.max(stated);
    let last_used = used.last().map(|months| months.last);
    let is_long = part.min_months.is_none_or(|least| months >= least);
    let is_recent = part
        .last_used_since
        .is_none_or(|since| last_used >= Some(since));
    if !is_long || !is_recent {
        return Ok(None);
    }

    let best = mentions
        .iter()
        .filter_map(|mention| {
            let stint = mention.stint?;
            let months = months_of(stint).filter(|months| !months.is_empty());
            let length = months.map(MonthRange::len);
            let last = months.map(|months| months.last);
            Some((
                (mention.grade, length, last, std::cmp::Reverse(stint)),
                stint,
            ))
        })
        .max()
        .map(|(_, stint)| stint);
    mentions.sort_by_key(|mention| {
        let is_elsewhere = mention.stint != best;
        (
            std::cmp::Reverse(mention.grade),
            is_elsewhere,
            mention.span.start,
        )
    });
    let technology = TechnologyMatch {
        months,
        months_are_stated: stated > dated,
        last_used,
        mentions,
    };
    Ok(Some((technology, best)))
}

/// Where employers are named that meet `part`, each once, in document order.
pub(crate) fn meet_employer_anywhere(
    part: &EmployerPlan,
    timeline: &Timeline<'_>,
) -> Result<Vec<std::ops::Range<usize>>, Damaged> {
    let mut spans = Vec::new();
    for stint in &timeline.stints {
        let Some((_, span)) = &stint.employer else {
            continue;
        };
        if !spans.contains(span) && meets_employer(part, timeline, stint)? {
            spans.push(span.clone());
        }
    }
    Ok(spans)
}
