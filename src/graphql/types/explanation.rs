use async_graphql::{Enum, Object, SimpleObject};

use super::candidate::Candidate;
use super::evidence::Evidence;
use super::search::{Match, QueryInterpretation};
use crate::catalog::Catalog;
use crate::graphql::error::Locale;
use crate::search::{self, Bilingual};

/// Why a candidate is found by a request or not.
pub(in crate::graphql) struct Explanation {
    pub(in crate::graphql) explained: search::Explanation,
    pub(in crate::graphql) catalog: Catalog,
    pub(in crate::graphql) locale: Locale,
}

/// Why a candidate is found by a request or not.
#[Object]
impl Explanation {
    /// The candidate.
    async fn candidate(&self) -> Candidate {
        Candidate(self.explained.profile.clone())
    }

    /// Whether a search with the same query and filter finds the candidate. Conditions are taken
    /// strictly: none is left out for want of hits.
    async fn is_met(&self) -> bool {
        self.explained.is_met
    }

    /// The sum of all parts. Where the candidate is found, the score that the search gives.
    async fn score(&self) -> f64 {
        self.explained.score.into()
    }

    /// The conditions, in the order of the request. None where there is no condition, or the
    /// candidate is not indexed yet.
    async fn clauses(&self) -> Vec<ClauseExplanation> {
        let clauses = self.explained.clauses.iter();
        clauses
            .map(|clause| ClauseExplanation::of(clause, self.locale))
            .collect()
    }

    /// What is added because one stint meets several of the conditions.
    async fn together(&self) -> Option<ScorePart> {
        let together = self.explained.together.as_ref()?;
        Some(ScorePart::of(together, self.locale))
    }

    /// The first condition that failed; null when all is met.
    async fn why_not(&self) -> Option<WhyNot> {
        let why_not = self.explained.why_not.as_ref()?;
        Some(WhyNot::of(why_not, self.locale))
    }

    /// How the request was understood.
    async fn interpretation(&self) -> QueryInterpretation {
        QueryInterpretation::of(&self.explained.interpretation, &self.catalog)
    }
}

/// What became of one condition. Each is decided, whether another failed or not.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ClauseExplanation {
    /// The condition, written in the search language.
    clause: String,
    /// Whether the résumé has what it asks for.
    is_met: bool,
    /// Whether the candidate must not have it.
    is_negated: bool,
    /// Whether it moves the rank only.
    is_weak: bool,
    /// The sum of the parts.
    score: f64,
    /// What it adds to the score.
    parts: Vec<ScorePart>,
    /// How it is met.
    #[graphql(name = "match")]
    found: Option<Match>,
    /// Why it is not met.
    why_not: Option<WhyNot>,
}

impl ClauseExplanation {
    fn of(explained: &search::ExplainedClause, locale: Locale) -> Self {
        let parts = explained.parts.iter();
        Self {
            clause: explained.clause.clone(),
            is_met: explained.is_met,
            is_negated: explained.is_negated,
            is_weak: explained.is_weak,
            score: explained.score.into(),
            parts: parts.map(|part| ScorePart::of(part, locale)).collect(),
            found: explained.found.clone().map(Match),
            why_not: explained
                .why_not
                .as_ref()
                .map(|why_not| WhyNot::of(why_not, locale)),
        }
    }
}

/// A part of a score.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ScorePart {
    /// What it is given for.
    name: ScorePartName,
    /// How much.
    value: f64,
    /// What was found, in the language of `Accept-Language`.
    text: String,
    /// The same in Japanese.
    text_ja: String,
    /// The same in English.
    text_en: String,
}

impl ScorePart {
    fn of(part: &search::ScorePart, locale: Locale) -> Self {
        Self {
            name: part.kind.into(),
            value: part.value.into(),
            text: in_locale(&part.text, locale),
            text_ja: part.text.japanese.clone(),
            text_en: part.text.english.clone(),
        }
    }
}

/// Why a condition is not met.
#[derive(SimpleObject)]
pub(in crate::graphql) struct WhyNot {
    /// The condition, written in the search language; null where it is none of the request's.
    clause: Option<String>,
    /// What stands against it.
    reason: WhyNotReason,
    /// The same in words, in the language of `Accept-Language`.
    text: String,
    /// The same in Japanese.
    text_ja: String,
    /// The same in English.
    text_en: String,
    /// The lines of the résumé that come nearest to it, best first; none where there is nothing of
    /// the kind.
    evidence: Vec<Evidence>,
}

impl WhyNot {
    fn of(why_not: &search::WhyNot, locale: Locale) -> Self {
        let evidence = why_not.evidence.iter().cloned();
        Self {
            clause: why_not.clause.clone(),
            reason: why_not.reason.into(),
            text: in_locale(&why_not.text, locale),
            text_ja: why_not.text.japanese.clone(),
            text_en: why_not.text.english.clone(),
            evidence: evidence.map(Evidence::from).collect(),
        }
    }
}

fn in_locale(text: &Bilingual, locale: Locale) -> String {
    match locale {
        Locale::English => text.english.clone(),
        Locale::Japanese => text.japanese.clone(),
    }
}

/// What a part of a score is given for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "search::ScorePartKind")]
pub(in crate::graphql) enum ScorePartName {
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
    /// How often and where it is named, and how rare that is (BM25).
    Frequency,
    /// A condition without degrees that is met.
    Met,
    /// Several conditions that meet in one stint.
    Together,
}

/// What stands against a condition.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "search::Reason")]
pub(in crate::graphql) enum WhyNotReason {
    /// The résumé has nothing of it.
    Absent,
    /// The technology is named, but too weakly: learned, claimed, said not to be known.
    GradeTooWeak,
    /// The technology is named outside jobs and projects only, where neither employer nor period is
    /// known.
    OutsideStints,
    /// It was, but in another job or project.
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
