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
    /// Those that meet all other parts and, where a technology is asked for, name it; in order.
    pub(crate) stints: Vec<usize>,
    /// How the technology part is met.
    pub(crate) technology: Option<TechnologyMatch>,
    /// Mentions of the technologies beside it, those of the best stint first.
    pub(crate) also: Vec<Vec<Mention>>,
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

/// Decides a condition, by the stint `only` if one is given: what stands outside it counts nothing
/// then.
pub(crate) fn meet(
    plan: &StintPlan,
    timeline: &Timeline<'_>,
    found: &FoundStints,
    only: Option<usize>,
) -> Result<Option<StintMatch>, Damaged> {
    let period = plan.period.map(|period| Period::of(period, timeline));
    let technology = plan.technology.as_ref();
    let technology = technology.map(|part| Ok((part, Named::read(part, timeline)?)));
    let technology = technology.transpose()?;
    let is_named = |stint: usize| {
        let named = technology.as_ref();
        named.is_none_or(|(part, named)| named.is_in(stint, part.min_grade))
    };
    let mut employed = Employed::of(plan.employer.as_ref(), timeline);
    let mut stints = Vec::new();
    for (index, stint) in timeline.stints.iter().enumerate() {
        if only.is_none_or(|only| only == index)
            && is_named(index)
            && found.have(index)
            && period.is_none_or(|period| meets_period(period, stint.months))
            && employed.meets(stint)?
        {
            stints.push(index);
        }
    }
    keep_by_technology(plan, timeline, &mut stints)?;
    let Some((part, named)) = technology else {
        let best = stints.iter().copied().max_by_key(|&index| {
            let last = timeline.stints[index].months.map(|months| months.last);
            (last, std::cmp::Reverse(index))
        });
        return Ok(best.map(|best| StintMatch {
            best: Some(best),
            stints,
            ..StintMatch::default()
        }));
    };
    let scope = Scope {
        stints: &stints,
        is_alone: only.is_none() && plan.is_technology_alone(),
        window: period.map(|period| period.window),
        counts_stated: only.is_none() && plan.counts_stated(),
    };
    let Some((technology, best)) = meet_named(part, named, timeline, &scope) else {
        return Ok(None);
    };
    let mut also = Vec::with_capacity(plan.also.len());
    for part in &plan.also {
        let Some((other, _)) = meet_technology(part, timeline, &scope)? else {
            return Ok(None);
        };
        let mut mentions = other.mentions;
        mentions.sort_by_key(|mention| mention.stint != best);
        also.push(mentions);
    }
    Ok(Some(StintMatch {
        best,
        stints,
        technology: Some(technology),
        also,
    }))
}

/// Drops the stints that do not name all technologies asked for, where there are several, or name
/// one that must not be, a job together with its projects.
fn keep_by_technology(
    plan: &StintPlan,
    timeline: &Timeline<'_>,
    stints: &mut Vec<usize>,
) -> Result<(), Damaged> {
    if !plan.also.is_empty() {
        for part in plan.technology.iter().chain(&plan.also) {
            let named = stints_naming(part, timeline)?;
            stints.retain(|stint| named.contains(stint));
        }
    }
    for part in &plan.without {
        let named = stints_and_jobs_naming(part, timeline)?;
        stints.retain(|stint| !named.contains(stint));
    }
    Ok(())
}

/// The stints with a mention that counts for `part`.
pub(crate) fn stints_naming(
    part: &TechnologyPlan,
    timeline: &Timeline<'_>,
) -> Result<Vec<usize>, Damaged> {
    let mut stints = Vec::new();
    for technology in timeline.technologies_among(&part.keys) {
        let mentions = technology?.mentions()?;
        let counting = mentions
            .iter()
            .filter(|mention| mention.grade >= part.min_grade);
        stints.extend(counting.filter_map(|mention| mention.stint));
    }
    Ok(stints)
}

/// Those, and the jobs that they are parts of.
pub(crate) fn stints_and_jobs_naming(
    part: &TechnologyPlan,
    timeline: &Timeline<'_>,
) -> Result<Vec<usize>, Damaged> {
    let mut named = stints_naming(part, timeline)?;
    let job_of = |&stint: &usize| timeline.stints.get(stint)?.part_of;
    let jobs: Vec<usize> = named.iter().filter_map(job_of).collect();
    named.extend(jobs);
    Ok(named)
}

/// A period part at the month that the résumé is of.
#[derive(Clone, Copy)]
pub(crate) struct Period {
    pub(crate) window: MonthRange,
    pub(crate) within: bool,
}

impl Period {
    pub(crate) fn of(period: PeriodCondition, timeline: &Timeline<'_>) -> Self {
        Self {
            window: period.window.at(timeline.as_of),
            within: period.within,
        }
    }
}

impl FoundStints {
    fn have(&self, stint: usize) -> bool {
        let has = |list: &Option<Vec<usize>>| {
            list.as_ref()
                .is_none_or(|found| found.binary_search(&stint).is_ok())
        };
        has(&self.role) && has(&self.text)
    }
}

/// Tells of one stint after another whether its employer is the one asked for. Names are compared
/// once for each employer.
struct Employed<'a> {
    part: Option<&'a EmployerPlan>,
    timeline: &'a Timeline<'a>,
    /// Of each employer, once it is known.
    known: Vec<Option<bool>>,
}

impl<'a> Employed<'a> {
    fn of(part: Option<&'a EmployerPlan>, timeline: &'a Timeline<'a>) -> Self {
        let employers = part.map_or(0, |_| timeline.employers.len());
        Self {
            part,
            timeline,
            known: vec![None; employers],
        }
    }

    fn meets(&mut self, stint: &Stint<'_>) -> Result<bool, Damaged> {
        let Some(part) = self.part else {
            return Ok(true);
        };
        let Some(known) = stint.employer.and_then(|index| self.known.get_mut(index)) else {
            return Ok(false);
        };
        let is_met = match *known {
            Some(is_met) => is_met,
            None => is_employed(part, self.timeline, stint)?,
        };
        *known = Some(is_met);
        Ok(is_met && meets_tenure(part.tenure, self.timeline, stint))
    }
}

/// Returns whether a stint of these months meets the period.
pub(crate) fn meets_period(period: Period, months: Option<MonthRange>) -> bool {
    let Some(months) = months else {
        return false;
    };
    if period.within {
        return period.window.contains(months);
    }
    !months.clip(period.window).is_empty()
}

/// Returns whether the stint's employer is the one asked for, and of the tenure asked for.
pub(crate) fn meets_employer(
    part: &EmployerPlan,
    timeline: &Timeline<'_>,
    stint: &Stint<'_>,
) -> Result<bool, Damaged> {
    Ok(is_employed(part, timeline, stint)? && meets_tenure(part.tenure, timeline, stint))
}

/// Returns whether the stint's employer is the one asked for, whether the job goes on or not.
pub(crate) fn is_employed(
    part: &EmployerPlan,
    timeline: &Timeline<'_>,
    stint: &Stint<'_>,
) -> Result<bool, Damaged> {
    let Some(employer) = timeline.employer_of(stint) else {
        return Ok(false);
    };
    let is_same = part.key.as_deref() == Some(employer.key);
    match &part.name {
        Some(name) if !is_same => {
            let (names, readings) = employer.forms()?;
            Ok(name.is_met(&names, &readings))
        }
        _ => Ok(is_same),
    }
}

/// Returns whether the stint's job goes on, or not, as asked for.
pub(crate) fn meets_tenure(tenure: Tenure, timeline: &Timeline<'_>, stint: &Stint<'_>) -> bool {
    match tenure {
        Tenure::Any => true,
        Tenure::Current => job_goes_on(timeline, stint),
        Tenure::Past => !job_goes_on(timeline, stint),
    }
}

/// A finished project belongs to a job that goes on when a stint of the same employer that goes on
/// covers it.
fn job_goes_on(timeline: &Timeline<'_>, stint: &Stint<'_>) -> bool {
    let covers = |job: &Stint<'_>| match (job.months, stint.months) {
        (Some(job), Some(part)) => job.contains(part),
        (_, None) => true,
        (None, Some(_)) => false,
    };
    stint.is_current
        || timeline
            .stints
            .iter()
            .any(|job| job.is_current && job.employer == stint.employer && covers(job))
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

/// What a candidate says of the technologies of a part, anywhere and of any grade.
struct Named {
    mentions: Vec<Mention>,
    stated: Option<u32>,
}

impl Named {
    fn read(part: &TechnologyPlan, timeline: &Timeline<'_>) -> Result<Self, Damaged> {
        let mut named = Self {
            mentions: Vec::new(),
            stated: None,
        };
        for technology in timeline.technologies_among(&part.keys) {
            let technology = technology?;
            named.stated = named.stated.max(technology.stated_months);
            named.mentions.append(&mut technology.mentions()?);
        }
        Ok(named)
    }

    fn is_in(&self, stint: usize, min_grade: Grade) -> bool {
        let mut mentions = self.mentions.iter();
        mentions.any(|mention| mention.stint == Some(stint) && mention.grade >= min_grade)
    }
}

/// Decides a technology part; also gives the best stint.
pub(crate) fn meet_technology(
    part: &TechnologyPlan,
    timeline: &Timeline<'_>,
    scope: &Scope<'_>,
) -> Result<Option<(TechnologyMatch, Option<usize>)>, Damaged> {
    Ok(meet_named(
        part,
        Named::read(part, timeline)?,
        timeline,
        scope,
    ))
}

fn meet_named(
    part: &TechnologyPlan,
    named: Named,
    timeline: &Timeline<'_>,
    scope: &Scope<'_>,
) -> Option<(TechnologyMatch, Option<usize>)> {
    let is_in_scope = |stint: usize| scope.stints.binary_search(&stint).is_ok();
    let Named {
        mut mentions,
        stated,
    } = named;
    let worked = mentions
        .iter()
        .filter(|mention| mention.grade == Grade::Worked)
        .filter_map(|mention| mention.stint.filter(|&stint| is_in_scope(stint)));
    let worked: Vec<usize> = worked.collect();
    mentions.retain(|mention| {
        let counts = scope.is_alone || mention.stint.is_some_and(is_in_scope);
        counts && mention.grade >= part.min_grade
    });
    if mentions.is_empty() {
        return None;
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
        return None;
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
    Some((technology, best))
}

/// The stints of `among` whose employer meets `part`, in document order.
pub(crate) fn meet_employer_anywhere(
    part: &EmployerPlan,
    timeline: &Timeline<'_>,
    among: &[usize],
) -> Result<Vec<usize>, Damaged> {
    let mut stints = Vec::new();
    for &index in among {
        if meets_employer(part, timeline, &timeline.stints[index])? {
            stints.push(index);
        }
    }
    Ok(stints)
}

/// Where the employers of `stints` are named, each once.
pub(crate) fn employer_spans(
    stints: &[usize],
    timeline: &Timeline<'_>,
) -> Result<Vec<std::ops::Range<usize>>, Damaged> {
    let mut spans = Vec::new();
    for &stint in stints {
        let span = timeline.stints[stint].details()?.employer_span;
        spans.extend(span.filter(|span| !spans.contains(span)));
    }
    Ok(spans)
}
