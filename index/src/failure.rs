//! Why a leaf is not met: its parts are asked for one after another, until no stint is left.

use std::cmp::Reverse;
use std::ops::Range;

use crate::error::IndexError;
use crate::evidence::Evidence;
use crate::explanation::{AskedFor, Failure, FailureReason};
use crate::hit::EvidenceSpan;
use crate::months::{MonthRange, union};
use crate::plan::{EmployerPlan, Leaf, StintPlan, TechnologyPlan, WordsPlan};
use crate::query::Tenure;
use crate::stint_set::StintSet;
use crate::stints::{
    FoundStints, Period, Scope, employer_spans, is_employed, meet_technology, meets_period,
    meets_tenure, mentions_in, stints_and_jobs_naming,
};
use crate::timeline::{Mention, Timeline};

/// Returns why `leaf`, which is not met, is not; `found` are the stints that the postings found.
pub(crate) fn failure_of(
    leaf: &Leaf,
    timeline: &Timeline<'_>,
    found: &FoundStints,
) -> Result<Failure, IndexError> {
    let spans = |spans: &[Range<usize>]| plain_spans(spans.iter().cloned());
    Ok(match leaf {
        Leaf::Words(words) => of_words(words, timeline)?,
        Leaf::Stint(stint) => Narrowing::new(timeline).failure(stint, found)?,
        Leaf::Name(_) => absent(AskedFor::Name, spans(timeline.name_span()?.as_slice())),
        Leaf::Certification(_) | Leaf::Score(..) => {
            let held = timeline.certifications()?.into_iter().map(|held| held.span);
            absent(AskedFor::Certification, plain_spans(held))
        }
        Leaf::Level(_) | Leaf::School(_) => {
            let schools = timeline.education()?.into_iter().map(|school| school.span);
            absent(AskedFor::Education, plain_spans(schools))
        }
        Leaf::Location(_) => {
            let place = timeline.location_span()?;
            absent(AskedFor::Location, spans(place.as_slice()))
        }
    })
}

fn of_words(words: &WordsPlan, timeline: &Timeline<'_>) -> Result<Failure, IndexError> {
    let Some(part) = &words.technology else {
        return Ok(absent(AskedFor::Words, Vec::new()));
    };
    let mentions = mentions(part, timeline)?;
    Ok(match mentions.first() {
        Some(strongest) => Failure {
            reason: FailureReason::GradeTooWeak(AskedFor::Words, strongest.grade),
            nearest: mention_spans(&mentions),
        },
        None => absent(AskedFor::Words, Vec::new()),
    })
}

/// Stints that meet the parts of a condition asked for so far.
struct Narrowing<'a> {
    timeline: &'a Timeline<'a>,
    stints: StintSet,
    /// What they meet first of all: what the failure of a later part is told of.
    first: AskedFor,
    /// Evidence of that.
    evidence: Vec<EvidenceSpan>,
}

impl<'a> Narrowing<'a> {
    fn new(timeline: &'a Timeline<'a>) -> Self {
        Self {
            timeline,
            stints: StintSet::first(timeline.stint_count()),
            first: AskedFor::Stint,
            evidence: Vec::new(),
        }
    }

    fn failure(mut self, plan: &StintPlan, found: &FoundStints) -> Result<Failure, IndexError> {
        let is_alone = plan.is_technology_alone();
        let also = plan.also.iter().enumerate();
        let also = also.map(|(index, part)| (AskedFor::Also(index), part));
        let technology = plan
            .technology
            .iter()
            .map(|part| (AskedFor::Technology, part));
        for (asked, part) in technology.chain(also.clone()) {
            if let Some(failure) = self.ask_technology(asked, part, is_alone)? {
                return Ok(failure);
            }
        }
        for (index, part) in plan.without.iter().enumerate() {
            if let Some(failure) = self.ask_without(AskedFor::Without(index), part)? {
                return Ok(failure);
            }
        }
        if let Some(part) = &plan.employer
            && let Some(failure) = self.ask_employer(part)?
        {
            return Ok(failure);
        }
        for (asked, stints) in [(AskedFor::Role, &found.role), (AskedFor::Text, &found.text)] {
            if let Some(stints) = stints
                && let Some(failure) = self.ask_found(asked, stints)?
            {
                return Ok(failure);
            }
        }
        if let Some(period) = plan.period
            && let Some(failure) = self.ask_period(Period::of(period, self.timeline))?
        {
            return Ok(failure);
        }
        let period = plan.period.map(|period| Period::of(period, self.timeline));
        let scope = Scope {
            stints: &self.stints,
            is_alone,
            window: period.map(|period| period.window),
            counts_stated: plan.counts_stated(),
        };
        let technology = plan
            .technology
            .iter()
            .map(|part| (AskedFor::Technology, part));
        for (asked, part) in technology.chain(also) {
            if let Some(failure) = of_amount(asked, part, self.timeline, &scope)? {
                return Ok(failure);
            }
        }
        Ok(Failure {
            reason: FailureReason::NotMet,
            nearest: self.evidence,
        })
    }

    fn ask_technology(
        &mut self,
        asked: AskedFor,
        part: &TechnologyPlan,
        is_alone: bool,
    ) -> Result<Option<Failure>, IndexError> {
        let mut mentions = mentions(part, self.timeline)?;
        let Some(strongest) = mentions.first().map(|mention| mention.grade) else {
            return Ok(Some(absent(asked, Vec::new())));
        };
        if strongest < part.min_grade {
            return Ok(Some(Failure {
                reason: FailureReason::GradeTooWeak(asked, strongest),
                nearest: mention_spans(&mentions),
            }));
        }
        if is_alone {
            return Ok(None);
        }
        mentions.retain(|mention| mention.grade >= part.min_grade);
        let stints: StintSet = mentions
            .iter()
            .filter_map(|mention| mention.stint)
            .collect();
        if stints.is_empty() {
            return Ok(Some(Failure {
                reason: FailureReason::OutsideStints(asked),
                nearest: mention_spans(&mentions),
            }));
        }
        mentions.retain(|mention| mention.stint.is_some());
        Ok(self.narrow(asked, &stints, mention_spans(&mentions)))
    }

    /// Drops the stints that name what they must not.
    fn ask_without(
        &mut self,
        asked: AskedFor,
        part: &TechnologyPlan,
    ) -> Result<Option<Failure>, IndexError> {
        let mut kept = self.stints.clone();
        kept.remove(&stints_and_jobs_naming(part, self.timeline)?);
        if kept.is_empty() && !self.stints.is_empty() {
            let mut mentions = mentions(part, self.timeline)?;
            mentions.retain(|mention| {
                mention.stint.is_some_and(|stint| {
                    let job = self.timeline.stint(stint).part_of;
                    self.stints.contains(stint) || job.is_some_and(|job| self.stints.contains(job))
                })
            });
            return Ok(Some(Failure {
                reason: FailureReason::Beside(self.first, asked),
                nearest: mention_spans(&mentions),
            }));
        }
        self.stints = kept;
        Ok(None)
    }

    fn ask_employer(&mut self, part: &EmployerPlan) -> Result<Option<Failure>, IndexError> {
        let timeline = self.timeline;
        let all = StintSet::first(timeline.stint_count());
        let mut employed = all.clone();
        employed.retain(|stint| is_employed(part, timeline, timeline.stint(stint)))?;
        if employed.is_empty() {
            return Ok(Some(absent(AskedFor::Employer, self.employers(&all)?)));
        }
        let evidence = self.employers(&employed)?;
        if let Some(failure) = self.narrow(AskedFor::Employer, &employed, evidence) {
            return Ok(Some(failure));
        }
        let stints = self.stints.iter();
        let meets = |stint: &usize| meets_tenure(part.tenure, timeline, timeline.stint(*stint));
        let of_tenure: StintSet = stints.filter(meets).collect();
        if of_tenure.is_empty() {
            return Ok(Some(Failure {
                reason: match part.tenure {
                    Tenure::Past => FailureReason::JobGoesOn,
                    Tenure::Current | Tenure::Any => FailureReason::JobIsOver,
                },
                nearest: self.employers(&self.stints)?,
            }));
        }
        self.stints = of_tenure;
        Ok(None)
    }

    /// Asks for a part that the postings found in `stints`.
    fn ask_found(
        &mut self,
        asked: AskedFor,
        stints: &StintSet,
    ) -> Result<Option<Failure>, IndexError> {
        if stints.is_empty() {
            let nearest = match self.first {
                AskedFor::Stint => Vec::new(),
                _ => self.headings(&self.stints)?,
            };
            return Ok(Some(absent(asked, nearest)));
        }
        let evidence = self.headings(stints)?;
        Ok(self.narrow(asked, stints, evidence))
    }

    fn ask_period(&mut self, period: Period) -> Result<Option<Failure>, IndexError> {
        let months = |stint: usize| self.timeline.stint(stint).months;
        let meets = |stint: &usize| meets_period(period, months(*stint));
        let met: StintSet = self.stints.iter().filter(meets).collect();
        if !met.is_empty() {
            self.stints = met;
            return Ok(None);
        }
        let dated: Vec<MonthRange> = union(self.stints.iter().filter_map(months));
        let mut nearest = std::mem::take(&mut self.evidence);
        nearest.truncate(NEAREST_OF_ONE);
        nearest.extend(self.headings(&self.stints)?);
        nearest.truncate(crate::MAX_SPANS);
        let reason = if dated.is_empty() {
            FailureReason::Undated(self.first)
        } else {
            FailureReason::OutsidePeriod {
                asked: self.first,
                months: dated,
                window: period.window,
                within: period.within,
            }
        };
        Ok(Some(Failure { reason, nearest }))
    }

    /// Keeps the stints that are among `stints`, of which there are some.
    fn narrow(
        &mut self,
        asked: AskedFor,
        stints: &StintSet,
        evidence: Vec<EvidenceSpan>,
    ) -> Option<Failure> {
        let mut kept = self.stints.clone();
        kept.keep(stints);
        if kept.is_empty() {
            let mut nearest = std::mem::take(&mut self.evidence);
            nearest.truncate(NEAREST_OF_ONE);
            nearest.extend(evidence);
            nearest.truncate(crate::MAX_SPANS);
            let reason = FailureReason::OtherStint(self.first, asked);
            return Some(Failure { reason, nearest });
        }
        self.stints = kept;
        if self.first == AskedFor::Stint {
            self.first = asked;
            self.evidence = evidence;
        }
        None
    }

    fn employers(&self, stints: &StintSet) -> Result<Vec<EvidenceSpan>, IndexError> {
        Ok(plain_spans(
            employer_spans(stints, self.timeline)?.into_iter(),
        ))
    }

    fn headings(&self, stints: &StintSet) -> Result<Vec<EvidenceSpan>, IndexError> {
        let spans = stints
            .iter()
            .map(|stint| Ok(self.timeline.details(stint)?.span));
        let spans: Vec<_> = spans.collect::<Result<_, IndexError>>()?;
        Ok(plain_spans(spans.into_iter()))
    }
}

/// The most evidence of one part where that of another is shown beside it.
const NEAREST_OF_ONE: usize = crate::MAX_SPANS / 2 + 1;

/// Why a technology that is used in the scope is not used enough; `None` where it is.
fn of_amount(
    asked: AskedFor,
    part: &TechnologyPlan,
    timeline: &Timeline<'_>,
    scope: &Scope<'_>,
) -> Result<Option<Failure>, IndexError> {
    let any_amount = TechnologyPlan {
        min_months: None,
        last_used_since: None,
        ..part.clone()
    };
    let Some(used) = meet_technology(&any_amount, timeline, scope)? else {
        return Ok(None);
    };
    let reason = match (part.min_months, part.last_used_since) {
        (Some(least), _) if used.months < least => FailureReason::TooFewMonths {
            asked,
            months: used.months,
            least,
            are_stated: used.months_are_stated,
        },
        (_, Some(since)) if used.last_used < Some(since) => FailureReason::NotUsedSince {
            asked,
            last_used: used.last_used,
            since,
        },
        _ => return Ok(None),
    };
    let mentions = mentions_in(part, timeline, scope.stints, scope.is_alone, used.best)?;
    Ok(Some(Failure {
        reason,
        nearest: mention_spans(&mentions),
    }))
}

/// All mentions of a technology, of any grade: strongest first, then in order of the text.
fn mentions(part: &TechnologyPlan, timeline: &Timeline<'_>) -> Result<Vec<Mention>, IndexError> {
    let mut mentions = Vec::new();
    for technology in timeline.technologies_among(&part.keys)? {
        mentions.extend(timeline.mentions(technology)?);
    }
    mentions.sort_by_key(|mention| (Reverse(mention.grade), mention.span.start));
    Ok(mentions)
}

fn mention_spans(mentions: &[Mention]) -> Vec<EvidenceSpan> {
    let mut evidence = Evidence::default();
    evidence.add_mentions(mentions);
    evidence.into_spans()
}

fn plain_spans(spans: impl Iterator<Item = Range<usize>>) -> Vec<EvidenceSpan> {
    let mut evidence = Evidence::default();
    spans.for_each(|span| evidence.add_plain(span));
    evidence.into_spans()
}

fn absent(asked: AskedFor, nearest: Vec<EvidenceSpan>) -> Failure {
    Failure {
        reason: FailureReason::Absent(asked),
        nearest,
    }
}
