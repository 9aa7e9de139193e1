//! Conditions on a stint, decided exactly against a candidate's timeline.

use std::cmp::Reverse;

use smallvec::SmallVec;

use crate::document::Grade;
use crate::months::{MonthRange, join};
use crate::plan::{EmployerPlan, StintPlan, TechnologyPlan};
use crate::query::{PeriodCondition, Tenure};
use crate::stint_set::StintSet;
use crate::timeline::{Draft, DraftTechnology, Mention, Stint, Timeline, Use};
use crate::varint::Damaged;

/// How a condition is met.
#[derive(Debug, Default)]
pub(crate) struct StintMatch {
    /// The best stint that meets all parts.
    pub(crate) best: Option<usize>,
    /// Those that meet all other parts and, where a technology is asked for, name it.
    pub(crate) stints: StintSet,
    /// How the technology part is met.
    pub(crate) technology: Option<TechnologyMatch>,
}

/// How a technology is met.
#[derive(Debug)]
pub(crate) struct TechnologyMatch {
    pub(crate) months: u32,
    /// The months of dated stints alone.
    pub(crate) dated_months: u32,
    pub(crate) months_are_stated: bool,
    /// The last month of use, of the dated stints.
    pub(crate) last_used: Option<i32>,
    pub(crate) strongest: Grade,
    /// How many mentions count, and how many of these are of work and of [`Grade::Negated`] or
    /// [`Grade::Learning`].
    pub(crate) mentions: usize,
    pub(crate) worked: usize,
    pub(crate) unused: usize,
    /// The stints of those that count.
    pub(crate) stints: StintSet,
    /// The stint of the best of them.
    pub(crate) best: Option<usize>,
}

/// Which stints of a candidate the postings found to meet the role and the text; `None` where the
/// part is not asked for.
#[derive(Debug, Default)]
pub(crate) struct FoundStints {
    pub(crate) role: Option<StintSet>,
    pub(crate) text: Option<StintSet>,
}

/// Decides a condition, by the stint `only` if one is given: what stands outside it counts nothing
/// then.
pub(crate) fn meet(
    plan: &StintPlan,
    timeline: &Timeline<'_>,
    found: &FoundStints,
    only: Option<usize>,
) -> Result<Option<StintMatch>, Damaged> {
    let technology = match &plan.technology {
        Some(part) => match Named::read(part, timeline)? {
            named if named.uses.is_empty() => return Ok(None),
            named => Some((part, named)),
        },
        None => None,
    };
    let mut stints = match only {
        Some(stint) => StintSet::one(stint),
        None => StintSet::first(timeline.stint_count()),
    };
    if let Some((part, named)) = &technology {
        stints.keep(&named.stints(part.min_grade));
    }
    for found in [&found.role, &found.text].into_iter().flatten() {
        stints.keep(found);
    }
    let period = plan.period.map(|period| Period::of(period, timeline));
    if let Some(period) = period {
        stints
            .retain(|stint| Ok::<_, Damaged>(meets_period(period, timeline.stint(stint).months)))?;
    }
    if let Some(part) = &plan.employer {
        let mut employed = Employed::of(part, timeline);
        stints.retain(|stint| employed.meets(timeline.stint(stint)))?;
    }
    keep_by_technology(plan, timeline, &mut stints)?;
    let Some((part, named)) = technology else {
        let best = stints.iter().max_by_key(|&stint| {
            let last = timeline.stint(stint).months.map(|months| months.last);
            (last, Reverse(stint))
        });
        return Ok(best.map(|_| StintMatch {
            best,
            stints,
            technology: None,
        }));
    };
    let scope = Scope {
        stints: &stints,
        is_alone: only.is_none() && plan.is_technology_alone(),
        window: period.map(|period| period.window),
        counts_stated: only.is_none() && plan.counts_stated(),
    };
    let Some(technology) = meet_named(part, &named, timeline, &scope) else {
        return Ok(None);
    };
    for part in &plan.also {
        if meet_technology(part, timeline, &scope)?.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(StintMatch {
        best: technology.best,
        stints,
        technology: Some(technology),
    }))
}

/// The mentions that count where a condition is met as `met` says: those of its technology and of
/// each beside it, best first.
pub(crate) fn counting_mentions(
    plan: &StintPlan,
    met: &StintMatch,
    timeline: &Timeline<'_>,
    only: Option<usize>,
) -> Result<Vec<Vec<Mention>>, Damaged> {
    let is_alone = only.is_none() && plan.is_technology_alone();
    let parts = plan.technology.iter().chain(&plan.also);
    let mentions = parts.enumerate().map(|(number, part)| {
        let mut mentions = mentions_in(part, timeline, &met.stints, is_alone, met.best)?;
        if number > 0 {
            // The stint is chosen by the first one.
            mentions.sort_by_key(|mention| mention.stint != met.best);
        }
        Ok(mentions)
    });
    mentions.collect()
}

/// The mentions of a technology that count, those in `best` before others of their grade.
pub(crate) fn mentions_in(
    part: &TechnologyPlan,
    timeline: &Timeline<'_>,
    stints: &StintSet,
    is_alone: bool,
    best: Option<usize>,
) -> Result<Vec<Mention>, Damaged> {
    let mut mentions = Vec::new();
    for technology in timeline.technologies_among(&part.keys)? {
        mentions.append(&mut timeline.mentions(technology)?);
    }
    mentions.retain(|mention| {
        let counts = is_alone || mention.stint.is_some_and(|stint| stints.contains(stint));
        counts && mention.grade >= part.min_grade
    });
    mentions.sort_by_key(|mention| {
        let is_elsewhere = mention.stint != best;
        (Reverse(mention.grade), is_elsewhere, mention.span.start)
    });
    Ok(mentions)
}

/// Drops the stints that do not name all technologies asked for, where there are several, or name
/// one that must not be, a job together with its projects.
fn keep_by_technology(
    plan: &StintPlan,
    timeline: &Timeline<'_>,
    stints: &mut StintSet,
) -> Result<(), Damaged> {
    for part in &plan.also {
        stints.keep(&stints_naming(part, timeline)?);
    }
    for part in &plan.without {
        stints.remove(&stints_and_jobs_naming(part, timeline)?);
    }
    Ok(())
}

/// The stints with a mention that counts for `part`.
pub(crate) fn stints_naming(
    part: &TechnologyPlan,
    timeline: &Timeline<'_>,
) -> Result<StintSet, Damaged> {
    Ok(Named::read(part, timeline)?.stints(part.min_grade))
}

/// Those, and the jobs that they are parts of.
pub(crate) fn stints_and_jobs_naming(
    part: &TechnologyPlan,
    timeline: &Timeline<'_>,
) -> Result<StintSet, Damaged> {
    let mut named = stints_naming(part, timeline)?;
    let jobs: StintSet = named
        .iter()
        .filter_map(|stint| timeline.stint(stint).part_of)
        .collect();
    named.add(&jobs);
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
            window: period.window.at(timeline.as_of()),
            within: period.within,
        }
    }
}

/// Tells of one stint after another whether its employer is the one asked for. Names are compared
/// once for each employer.
struct Employed<'a> {
    part: &'a EmployerPlan,
    timeline: &'a Timeline<'a>,
    /// Of each employer, once it is known.
    known: SmallVec<[Option<bool>; 16]>,
}

impl<'a> Employed<'a> {
    fn of(part: &'a EmployerPlan, timeline: &'a Timeline<'a>) -> Self {
        Self {
            part,
            timeline,
            known: SmallVec::from_elem(None, timeline.employer_count()),
        }
    }

    fn meets(&mut self, stint: Stint) -> Result<bool, Damaged> {
        let Some(known) = stint.employer.and_then(|index| self.known.get_mut(index)) else {
            return Ok(false);
        };
        let is_met = match *known {
            Some(is_met) => is_met,
            None => is_employed(self.part, self.timeline, stint)?,
        };
        *known = Some(is_met);
        Ok(is_met && meets_tenure(self.part.tenure, self.timeline, stint))
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

/// Returns whether the stint's employer is the one asked for, whether the job goes on or not.
pub(crate) fn is_employed(
    part: &EmployerPlan,
    timeline: &Timeline<'_>,
    stint: Stint,
) -> Result<bool, Damaged> {
    let may_be = |number: &usize| timeline.may_be_employer(*number, &part.hashes);
    let Some(number) = stint.employer.filter(may_be) else {
        return Ok(false);
    };
    timeline.with_employer(number, |employer| {
        let is_same = part.key.as_deref() == Some(employer.key);
        let name = part.name.as_ref();
        is_same || name.is_some_and(|name| name.is_met(&employer.names, &employer.readings))
    })
}

/// Returns whether the stint's job goes on, or not, as asked for.
pub(crate) fn meets_tenure(tenure: Tenure, timeline: &Timeline<'_>, stint: Stint) -> bool {
    match tenure {
        Tenure::Any => true,
        Tenure::Current => job_goes_on(timeline, stint),
        Tenure::Past => !job_goes_on(timeline, stint),
    }
}

/// A finished project belongs to a job that goes on when a stint of the same employer that goes on
/// covers it.
fn job_goes_on(timeline: &Timeline<'_>, stint: Stint) -> bool {
    let covers = |job: Stint| match (job.months, stint.months) {
        (Some(job), Some(part)) => job.contains(part),
        (_, None) => true,
        (None, Some(_)) => false,
    };
    let mut stints = timeline.stints();
    stint.is_current
        || stints.any(|job| job.is_current && job.employer == stint.employer && covers(job))
}

/// What a technology is looked for in.
pub(crate) struct Scope<'a> {
    pub(crate) stints: &'a StintSet,
    /// Whether mentions outside the stints count too.
    pub(crate) is_alone: bool,
    pub(crate) window: Option<MonthRange>,
    /// Whether stated months count.
    pub(crate) counts_stated: bool,
}

/// What a candidate says of the technologies of a part, anywhere and of any grade.
#[derive(Default)]
struct Named {
    uses: SmallVec<[Use; 16]>,
    stated: Option<u32>,
}

impl Named {
    fn read(part: &TechnologyPlan, timeline: &Timeline<'_>) -> Result<Self, Damaged> {
        let mut named = Self::default();
        for technology in timeline.technologies_among(&part.keys)? {
            named.stated = named.stated.max(timeline.stated_months(technology));
            named.uses.extend(timeline.uses(technology));
        }
        Ok(named)
    }

    /// The stints with a mention of `min_grade` or stronger.
    fn stints(&self, min_grade: Grade) -> StintSet {
        let counting = self.uses.iter().filter(|used| used.grade() >= min_grade);
        counting.filter_map(|used| used.stint()).collect()
    }
}

/// Decides a technology part.
pub(crate) fn meet_technology(
    part: &TechnologyPlan,
    timeline: &Timeline<'_>,
    scope: &Scope<'_>,
) -> Result<Option<TechnologyMatch>, Damaged> {
    let named = Named::read(part, timeline)?;
    Ok(meet_named(part, &named, timeline, scope))
}

fn meet_named(
    part: &TechnologyPlan,
    named: &Named,
    timeline: &Timeline<'_>,
    scope: &Scope<'_>,
) -> Option<TechnologyMatch> {
    let months_of = |stint: usize| timeline.stint(stint).months;
    let found = named.sum_up(part.min_grade, scope, months_of)?;
    let is_long = part.min_months.is_none_or(|least| found.months >= least);
    let is_recent = part
        .last_used_since
        .is_none_or(|since| found.last_used >= Some(since));
    (is_long && is_recent).then_some(found)
}

impl Draft<'_> {
    /// Sums up the mentions of some technologies, of `min_grade` or stronger, over all stints.
    pub(crate) fn meet_technologies(
        &self,
        technologies: &[&DraftTechnology<'_>],
        min_grade: Grade,
    ) -> Option<TechnologyMatch> {
        let mut named = Named::default();
        for technology in technologies {
            named.stated = named.stated.max(technology.stated_months);
            let mentions = technology.mentions.iter();
            named.uses.extend(mentions.map(Mention::without_place));
        }
        let scope = Scope {
            stints: &StintSet::first(self.stints.len()),
            is_alone: true,
            window: None,
            counts_stated: true,
        };
        let months_of = |stint: usize| self.stints.get(stint)?.months;
        named.sum_up(min_grade, &scope, months_of)
    }
}

impl Named {
    /// What the mentions of `min_grade` or stronger come to; `None` without any.
    fn sum_up(
        &self,
        min_grade: Grade,
        scope: &Scope<'_>,
        months_of: impl Fn(usize) -> Option<MonthRange>,
    ) -> Option<TechnologyMatch> {
        let is_in_scope = |stint: usize| scope.stints.contains(stint);
        let clip = |months: MonthRange| scope.window.map_or(months, |window| months.clip(window));
        let months_of = |stint: usize| {
            let months = months_of(stint).map(clip);
            months.filter(|months| !months.is_empty())
        };
        let counting = || {
            self.uses.iter().filter(|used| {
                let counts = scope.is_alone || used.stint().is_some_and(is_in_scope);
                counts && used.grade() >= min_grade
            })
        };
        let mut counts = Counts::default();
        counting().for_each(|used| counts.add(*used));
        let strongest = counts.strongest?;

        let mut worked = self.stints(Grade::Worked);
        worked.keep(scope.stints);
        let mut used: SmallVec<[MonthRange; 8]> = worked.iter().filter_map(months_of).collect();
        let used = join(&mut used);
        let dated: u32 = used.iter().map(|months| months.len()).sum();
        let stated = self.stated.filter(|_| scope.counts_stated).unwrap_or(0);
        let months = dated.max(stated);
        let last_used = used.last().map(|months| months.last);
        let best = counts.best.iter().max_by_key(|&stint| {
            let months = months_of(stint);
            let length = months.map(MonthRange::len);
            (length, months.map(|months| months.last), Reverse(stint))
        });
        Some(TechnologyMatch {
            months,
            dated_months: dated,
            months_are_stated: stated > dated,
            last_used,
            strongest,
            mentions: counts.mentions,
            worked: counts.worked,
            unused: counts.unused,
            best,
            stints: counts.stints,
        })
    }
}

/// What the mentions that count come to.
#[derive(Default)]
struct Counts {
    strongest: Option<Grade>,
    mentions: usize,
    worked: usize,
    unused: usize,
    stints: StintSet,
    /// The stints of the strongest grade that is in a stint at all, and that grade.
    best: StintSet,
    best_grade: Option<Grade>,
}

impl Counts {
    #[inline]
    fn add(&mut self, used: Use) {
        let grade = used.grade();
        self.strongest = self.strongest.max(Some(grade));
        self.mentions += 1;
        self.worked += usize::from(grade == Grade::Worked);
        self.unused += usize::from(grade <= Grade::Learning);
        let Some(stint) = used.stint() else {
            return;
        };
        self.stints.insert(stint);
        if Some(grade) > self.best_grade {
            self.best_grade = Some(grade);
            self.best = StintSet::default();
        }
        if Some(grade) == self.best_grade {
            self.best.insert(stint);
        }
    }
}

/// The stints of `among` whose employer meets `part`.
pub(crate) fn meet_employer(
    part: &EmployerPlan,
    timeline: &Timeline<'_>,
    among: &StintSet,
) -> Result<StintSet, Damaged> {
    let mut employed = Employed::of(part, timeline);
    let mut stints = among.clone();
    stints.retain(|stint| employed.meets(timeline.stint(stint)))?;
    Ok(stints)
}

/// Where the employers of `stints` are named, each once.
pub(crate) fn employer_spans(
    stints: &StintSet,
    timeline: &Timeline<'_>,
) -> Result<Vec<std::ops::Range<usize>>, Damaged> {
    let mut spans = Vec::new();
    for stint in stints.iter() {
        let span = timeline.details(stint)?.employer_span;
        spans.extend(span.filter(|span| !spans.contains(span)));
    }
    Ok(spans)
}
