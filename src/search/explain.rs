//! Why a candidate is found by a request or not, in words and with evidence.

mod wording;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use shokureki_index::lexicon::Lexicon;
use shokureki_index::{Condition, Failure, FailureReason, LeafExplanation, PartKind, Query};

use super::blind;
use super::error::SearchError;
use super::plan::{self, Interpretation, Plan};
use super::request::Request;
use super::results::{Match, Source, clause_match, grade};
use super::{Profile, Searcher};
use crate::domain::{Access, AuditAction, CandidateId, Evidence, ResumeId};

pub use wording::Bilingual;

/// What a request makes of one candidate.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The candidate, by the current résumé.
    pub profile: Arc<Profile>,
    /// Whether a search with the request finds the candidate.
    pub is_met: bool,
    /// The sum of all parts: the score that a search gives, where it finds the candidate.
    pub score: f32,
    /// The conditions, in the order of the request; none where the candidate is not indexed.
    pub clauses: Vec<ExplainedClause>,
    /// What it adds that several conditions meet in one stint.
    pub together: Option<ScorePart>,
    /// The first condition that failed; `None` when the request is met.
    pub why_not: Option<WhyNot>,
    /// How the request was understood.
    pub interpretation: Interpretation,
}

/// What became of one condition.
#[derive(Clone, Debug)]
pub struct ExplainedClause {
    /// The condition, in the search language.
    pub clause: String,
    /// Whether the résumé has what it asks for.
    pub is_met: bool,
    /// Whether the candidate must not meet it.
    pub is_negated: bool,
    /// Whether it excludes nobody.
    pub is_weak: bool,
    /// The sum of the parts.
    pub score: f32,
    /// What it adds to the score.
    pub parts: Vec<ScorePart>,
    /// How it is met.
    pub found: Option<Match>,
    /// Why it is not met.
    pub why_not: Option<WhyNot>,
}

/// A part of the score.
#[derive(Clone, Debug, PartialEq)]
pub struct ScorePart {
    /// What it is given for.
    pub kind: ScorePartKind,
    /// How much.
    pub value: f32,
    /// What was found.
    pub text: Bilingual,
}

/// What a part of the score is given for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScorePartKind {
    /// How strong the strongest mention of the technology is.
    Grade,
    /// The months of the technology.
    Months,
    /// How lately it was.
    Recency,
    /// A title or role that has the word.
    Role,
    /// The person's name that is the word.
    Name,
    /// An employer's name that is the word.
    Employer,
    /// Text that has the word.
    Prose,
    /// How often and where it is named, and how rare that is.
    Frequency,
    /// A condition without degrees that is met.
    Met,
    /// Several conditions that meet in one stint.
    Together,
}

impl From<PartKind> for ScorePartKind {
    fn from(kind: PartKind) -> Self {
        match kind {
            PartKind::Grade => Self::Grade,
            PartKind::Months => Self::Months,
            PartKind::Recency => Self::Recency,
            PartKind::Role => Self::Role,
            PartKind::Name => Self::Name,
            PartKind::Employer => Self::Employer,
            PartKind::Prose => Self::Prose,
            PartKind::Frequency => Self::Frequency,
            PartKind::Met => Self::Met,
            PartKind::Together => Self::Together,
        }
    }
}

/// Why a condition is not met.
#[derive(Clone, Debug)]
pub struct WhyNot {
    /// The condition, in the search language; `None` where it is none of the request's.
    pub clause: Option<String>,
    /// What stands against it.
    pub reason: Reason,
    /// The same in words.
    pub text: Bilingual,
    /// What in the résumé comes nearest to it, best first; empty where there is nothing of the kind.
    pub evidence: Vec<Evidence>,
}

/// What stands against a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The résumé has nothing of it.
    Absent,
    /// The technology is named, but too weakly.
    GradeTooWeak,
    /// The technology is named outside jobs and projects only.
    OutsideStints,
    /// It was, but in another stint.
    OtherStint,
    /// It was, but in other months.
    OutsidePeriod,
    /// It is not said when it was.
    Undated,
    /// For fewer months.
    TooFewMonths,
    /// Not lately enough.
    NotUsedSince,
    /// The person no longer works there.
    JobIsOver,
    /// The person still works there.
    JobGoesOn,
    /// What must not be met is met.
    Excluded,
    /// The search index does not have the candidate yet.
    NotIndexed,
    /// Something else.
    NotMet,
}

impl From<&FailureReason> for Reason {
    fn from(reason: &FailureReason) -> Self {
        match reason {
            FailureReason::Absent(_) => Self::Absent,
            FailureReason::GradeTooWeak(..) => Self::GradeTooWeak,
            FailureReason::OutsideStints(_) => Self::OutsideStints,
            FailureReason::OtherStint(..) => Self::OtherStint,
            FailureReason::OutsidePeriod { .. } => Self::OutsidePeriod,
            FailureReason::Undated(_) => Self::Undated,
            FailureReason::TooFewMonths { .. } => Self::TooFewMonths,
            FailureReason::NotUsedSince { .. } => Self::NotUsedSince,
            FailureReason::JobIsOver => Self::JobIsOver,
            FailureReason::JobGoesOn => Self::JobGoesOn,
            FailureReason::Excluded | FailureReason::Beside(..) => Self::Excluded,
            FailureReason::NotMet => Self::NotMet,
        }
    }
}

impl Searcher {
    /// Explains the query and filter of `request` for one candidate; its order and page do not
    /// matter. `None` when the organization has no such candidate.
    ///
    /// # Errors
    /// Every [`SearchError`] but those of pages and cursors.
    pub async fn explain(
        &self,
        access: &Access,
        candidate: CandidateId,
        request: &Request,
    ) -> Result<Option<Explanation>, SearchError> {
        let start = Instant::now();
        let slips = self.slips(access, request, start).await?;
        let plan = plan::plan(request, self.lexicon, slips)?;
        blind::check_condition(access, plan.condition.as_ref())?;
        self.record(access, AuditAction::Explain, &[candidate], request, &plan)
            .await?;
        let mut current = self.views.current_profiles(access, &[candidate]).await?;
        let Some(current) = current.remove(&candidate).map(Arc::new) else {
            return Ok(None);
        };
        let query = query(&plan, access);
        let key = candidate.to_string();
        let explained = self
            .ask_index(access, start, move |index, budget, cancel| {
                index.explain_until(&query, &key, budget, cancel)
            })
            .await?;
        let Some(explained) = explained else {
            return Ok(Some(not_indexed(current, plan.interpretation)));
        };
        let source = self.source(access, &current, &explained.resume).await?;
        let Some((profile, text)) = source else {
            // The résumé that the index knows was erased since.
            return Ok(Some(not_indexed(current, plan.interpretation)));
        };
        let source = Source::of(&profile, &text);
        Ok(Some(tell(&plan, current, explained, &source, self.lexicon)))
    }

    /// Loads the résumé that the index explained; `None` when the store has it no more.
    async fn source(
        &self,
        access: &Access,
        current: &Arc<Profile>,
        resume: &str,
    ) -> Result<Option<(Arc<Profile>, Arc<str>)>, SearchError> {
        let Ok(resume) = resume.parse::<ResumeId>() else {
            return Ok(None);
        };
        let profile = if current.row.id == resume {
            Some(Arc::clone(current))
        } else {
            let mut earlier = self.views.profiles_of_resumes(access, &[resume]).await?;
            earlier.remove(&resume).map(Arc::new)
        };
        let mut texts = self.views.texts(access, &[resume]).await?;
        let text = texts.remove(&resume);
        Ok(profile.zip(text))
    }
}

/// Puts what the index explains of `source` into words.
fn tell(
    plan: &Plan,
    current: Arc<Profile>,
    explained: shokureki_index::Explanation,
    source: &Source<'_>,
    lexicon: &Lexicon,
) -> Explanation {
    let teller = Teller {
        plan,
        conditions: conditions(plan),
        source,
        lexicon,
    };
    let clauses = (0..plan.clauses.len()).map(|clause| teller.clause(clause, &explained.leaves));
    Explanation {
        is_met: explained.is_met,
        score: explained.score,
        clauses: clauses.collect(),
        together: explained.together.map(|(conditions, value)| ScorePart {
            kind: ScorePartKind::Together,
            value,
            text: wording::together(conditions),
        }),
        why_not: explained
            .failure
            .map(|(leaf, failure)| teller.why_not(leaf, &failure)),
        profile: current,
        interpretation: plan.interpretation.clone(),
    }
}

fn query(plan: &Plan, access: &Access) -> Query {
    Query {
        is_blind: access.is_blind(),
        prefers_worked: plan.prefers_worked,
        ..Query::without_hits(plan.condition.clone())
    }
}

fn not_indexed(profile: Arc<Profile>, interpretation: Interpretation) -> Explanation {
    Explanation {
        profile,
        is_met: false,
        score: 0.0,
        clauses: Vec::new(),
        together: None,
        why_not: Some(WhyNot {
            clause: None,
            reason: Reason::NotIndexed,
            text: wording::not_indexed(),
            evidence: Vec::new(),
        }),
        interpretation,
    }
}

/// A leaf of the request.
struct Asked<'a> {
    condition: &'a Condition,
    is_negated: bool,
}

/// The leaves in the order that the index numbers them.
fn conditions(plan: &Plan) -> Vec<Asked<'_>> {
    fn collect<'a>(condition: &'a Condition, is_negated: bool, into: &mut Vec<Asked<'a>>) {
        match condition {
            Condition::All(children) | Condition::Any(children) => children
                .iter()
                .for_each(|child| collect(child, is_negated, into)),
            Condition::Most(most) => {
                let forms = most.of.iter().flatten();
                forms.for_each(|form| collect(form, is_negated, into));
            }
            Condition::Not(child) => collect(child, !is_negated, into),
            Condition::Words(_)
            | Condition::Prefix(_)
            | Condition::Stint(_)
            | Condition::Name(_)
            | Condition::Certification(_)
            | Condition::Score(_)
            | Condition::Education(_)
            | Condition::Location(_) => into.push(Asked {
                condition,
                is_negated,
            }),
        }
    }
    let mut leaves = Vec::new();
    if let Some(condition) = &plan.condition {
        collect(condition, false, &mut leaves);
    }
    leaves
}

/// Puts what the index explains into words.
struct Teller<'a, 's> {
    plan: &'a Plan,
    conditions: Vec<Asked<'a>>,
    source: &'a Source<'s>,
    lexicon: &'a Lexicon,
}

impl Teller<'_, '_> {
    /// Tells of one clause; its leaves are alternatives.
    fn clause(&self, clause: usize, leaves: &[LeafExplanation]) -> ExplainedClause {
        let numbers: Vec<usize> = (0..leaves.len())
            .filter(|&leaf| self.plan.leaves.get(leaf) == Some(&clause))
            .collect();
        let asked = |number: &usize| self.conditions.get(*number);
        let is_met = numbers.iter().any(|&number| leaves[number].is_met);
        let failures = numbers.iter().filter_map(|&number| {
            let failure = leaves[number].failure.as_ref()?;
            Some((number, failure))
        });
        let nearest = failures.min_by_key(|(_, failure)| failure.reason.distance());
        let found: Vec<_> = numbers
            .iter()
            .filter_map(|&number| leaves[number].found.as_ref())
            .collect();
        let parts = self.parts(numbers.iter().map(|&number| &leaves[number]));
        ExplainedClause {
            clause: self.plan.clauses[clause].clone(),
            is_met,
            is_negated: numbers
                .first()
                .and_then(asked)
                .is_some_and(|of| of.is_negated),
            is_weak: numbers
                .iter()
                .filter_map(asked)
                .any(|of| matches!(of.condition, Condition::Words(words) if words.is_weak)),
            score: parts.iter().fold(0.0, |sum, part| sum + part.value),
            parts,
            found: clause_match(&self.plan.clauses[clause], &found, self.source),
            why_not: nearest
                .filter(|_| !is_met)
                .map(|(leaf, failure)| self.why_not(Some(leaf), failure)),
        }
    }

    /// The parts of leaves that are alternatives, those of a kind together.
    fn parts<'b>(&self, leaves: impl Iterator<Item = &'b LeafExplanation>) -> Vec<ScorePart> {
        let mut sums: BTreeMap<PartKind, (f32, Bilingual)> = BTreeMap::new();
        for leaf in leaves {
            for part in &leaf.parts {
                let text = || wording::part(part.kind, leaf);
                sums.entry(part.kind).or_insert_with(|| (0.0, text())).0 += part.value;
            }
        }
        let part = |(kind, (value, text)): (PartKind, (f32, Bilingual))| ScorePart {
            kind: kind.into(),
            value,
            text,
        };
        sums.into_iter().map(part).collect()
    }

    fn why_not(&self, leaf: Option<usize>, failure: &Failure) -> WhyNot {
        let clause = leaf.and_then(|leaf| self.plan.clauses.get(*self.plan.leaves.get(leaf)?));
        let condition = leaf.and_then(|leaf| self.conditions.get(leaf));
        let subject = wording::Subject {
            clause: clause.map(String::as_str),
            condition: condition.map(|asked| asked.condition),
            lexicon: self.lexicon,
        };
        let nearest = failure.nearest.iter();
        let places = nearest.map(|span| (span.range.clone(), span.grade.map(grade)));
        WhyNot {
            clause: clause.cloned(),
            reason: (&failure.reason).into(),
            text: subject.tell(&failure.reason),
            evidence: self.source.evidence(places),
        }
    }
}
