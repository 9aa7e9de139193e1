//! Hits of the index to candidates with evidence.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

use shokureki_index::lexicon::Lexicon;
use shokureki_index::{Answer, ClauseMatch, Hit};

use super::cursor::{self, Listing};
use super::error::SearchError;
use super::facets::{self, Facets};
use super::plan::{Interpretation, Plan};
use crate::access::{ReadError, Views};
use crate::domain::{Access, CandidateId, Evidence, Grade, ResumeId, Shown, StintId, YearMonth};
use crate::resume;
use crate::store::Profile;

/// A page of candidates, in the asked order.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// The candidates.
    pub candidates: Vec<FoundCandidate>,
    /// Whether more follow.
    pub has_next: bool,
    /// Whether more precede.
    pub has_previous: bool,
    /// How many are found in all, where asked for.
    pub total: Option<u64>,
    /// Counts over all that are found, where asked for.
    pub facets: Facets,
    /// Counts each without the conditions of its own kind, where asked for.
    pub disjunctive_facets: Facets,
    /// How the request was understood.
    pub interpretation: Interpretation,
}

/// A candidate that was found.
#[derive(Clone, Debug)]
pub struct FoundCandidate {
    /// The place in the order.
    pub cursor: String,
    /// The rank's score; comparable within one search only.
    pub score: f32,
    /// The candidate, by the current résumé.
    pub profile: Arc<Profile>,
    /// The text of that résumé, where evidence was read from it.
    pub text: Option<Arc<str>>,
    /// How each clause is met, in the order of the request.
    pub matches: Vec<Match>,
}

/// How a clause is met.
#[derive(Clone, Debug)]
pub struct Match {
    /// The clause, in the search language.
    pub clause: String,
    /// Months of the asked technology.
    pub months: Option<u32>,
    /// Whether the months are stated ones (「5年」), not those of dated stints.
    pub months_are_stated: bool,
    /// The last month of use at work in the asked period; `None` without dated stints.
    pub last_used: Option<YearMonth>,
    /// The résumé that the evidence is of.
    pub resume: ResumeId,
    /// The best stint of that résumé that meets it.
    pub stint: Option<StintId>,
    /// What proves it, best first; never empty.
    pub evidence: Vec<Evidence>,
}

/// Loads what `answer` names; hits that the store no longer has are dropped.
#[tracing::instrument(level = "debug", name = "store", skip_all)]
pub(super) async fn load(
    views: &Views,
    lexicon: &Lexicon,
    access: &Access,
    listing: Listing,
    plan: Plan,
    answer: Answer,
) -> Result<Results, SearchError> {
    let hits: Vec<&Hit> = answer.hits.iter().collect();
    let page = LoadedPage::of(views, access, &hits).await?;
    let candidates = answer
        .hits
        .iter()
        .filter_map(|hit| page.candidate(hit, listing, &plan))
        .collect();
    let counted = [answer.facets, answer.disjunctive_facets];
    let [facets, disjunctive_facets] = facets::load(views, lexicon, access, counted).await?;
    Ok(Results {
        candidates,
        has_next: answer.has_next,
        has_previous: answer.has_previous,
        total: answer.total,
        facets,
        disjunctive_facets,
        interpretation: plan.interpretation,
    })
}

/// The rows of one page.
pub(super) struct LoadedPage {
    current: HashMap<CandidateId, Arc<Profile>>,
    /// Of hits that are of an earlier résumé: the index is behind.
    earlier: HashMap<ResumeId, Arc<Profile>>,
    texts: HashMap<ResumeId, Arc<str>>,
}

impl LoadedPage {
    pub(super) async fn of(
        views: &Views,
        access: &Access,
        hits: &[&Hit],
    ) -> Result<Self, ReadError> {
        let candidates: HashSet<CandidateId> =
            hits.iter().filter_map(|hit| hit.key.parse().ok()).collect();
        let candidates: Vec<CandidateId> = candidates.into_iter().collect();
        if candidates.is_empty() {
            return Ok(Self {
                current: HashMap::new(),
                earlier: HashMap::new(),
                texts: HashMap::new(),
            });
        }
        let current = shared(views.current_profiles(access, &candidates).await?);
        let with_matches = hits.iter().filter(|hit| !hit.matches.is_empty());
        let resumes: HashSet<ResumeId> = with_matches
            .filter_map(|hit| hit.resume.parse().ok())
            .collect();
        let resumes: Vec<ResumeId> = resumes.into_iter().collect();
        let is_current = |id: &ResumeId| current.values().any(|profile| profile.row.id == *id);
        let others = resumes.iter().filter(|id| !is_current(id)).copied();
        let others: Vec<ResumeId> = others.collect();
        let earlier = if others.is_empty() {
            HashMap::new()
        } else {
            shared(views.profiles_of_resumes(access, &others).await?)
        };
        let texts = if resumes.is_empty() {
            HashMap::new()
        } else {
            views.texts(access, &resumes).await?
        };
        Ok(Self {
            current,
            earlier,
            texts,
        })
    }

    pub(super) fn candidate(
        &self,
        hit: &Hit,
        listing: Listing,
        plan: &Plan,
    ) -> Option<FoundCandidate> {
        let profile = self.current.get(&hit.key.parse().ok()?)?;
        Some(FoundCandidate {
            cursor: cursor::encode(listing, &hit.cursor),
            score: hit.score,
            profile: Arc::clone(profile),
            text: self.texts.get(&profile.row.id).cloned(),
            matches: self.matches(hit, profile, plan),
        })
    }

    /// Returns the clauses that are met; several leaves of one clause are one match.
    fn matches(&self, hit: &Hit, current: &Arc<Profile>, plan: &Plan) -> Vec<Match> {
        let Some(resume_id) = hit.resume.parse::<ResumeId>().ok() else {
            return Vec::new();
        };
        let profile = self.earlier.get(&resume_id).unwrap_or(current);
        let Some(text) = self
            .texts
            .get(&resume_id)
            .filter(|_| profile.row.id == resume_id)
        else {
            return Vec::new();
        };
        let source = Source::of(profile, text);
        let mut matches = Vec::new();
        for (clause, written) in plan.clauses.iter().enumerate() {
            let is_of_clause = |leaf: usize| plan.leaves.get(leaf).is_some_and(|&of| of == clause);
            let leaves: Vec<_> = hit
                .matches
                .iter()
                .filter(|found| is_of_clause(found.leaf))
                .collect();
            matches.extend(clause_match(written, &leaves, &source));
        }
        matches
    }
}

/// Returns how the clause `written` is met by `leaves`, its alternatives; `None` without any.
pub(super) fn clause_match(
    written: &str,
    leaves: &[&ClauseMatch],
    source: &Source<'_>,
) -> Option<Match> {
    let best = leaves.first()?;
    let spans = leaves.iter().flat_map(|found| &found.spans);
    let places = spans.map(|span| (span.range.clone(), span.grade.map(grade)));
    let stint = leaves.iter().find_map(|found| found.stint.as_deref());
    Some(Match {
        clause: written.to_owned(),
        months: best.months,
        months_are_stated: best.months_are_stated,
        last_used: best.last_used.and_then(YearMonth::from_ordinal),
        resume: source.profile.row.id,
        stint: stint.and_then(|key| key.parse().ok()),
        evidence: source.evidence(places),
    })
}

/// A résumé that evidence is read from.
pub(super) struct Source<'a> {
    profile: &'a Profile,
    text: &'a str,
    shown: Shown<'a>,
}

impl<'a> Source<'a> {
    /// `text` is that of the profile's document.
    pub(super) fn of(profile: &'a Profile, text: &'a str) -> Self {
        let format = profile.row.format;
        Self {
            profile,
            text,
            shown: Shown::new(format, move || resume::shown(text, format)),
        }
    }

    /// Returns what can be shown of `places`, in their order.
    pub(super) fn evidence(
        &self,
        places: impl IntoIterator<Item = (Range<usize>, Option<Grade>)>,
    ) -> Vec<Evidence> {
        Evidence::gather(&self.profile.outline, self.text, &self.shown, places)
    }
}

fn shared<K: Hash + Eq>(profiles: HashMap<K, Profile>) -> HashMap<K, Arc<Profile>> {
    profiles
        .into_iter()
        .map(|(id, profile)| (id, Arc::new(profile)))
        .collect()
}

pub(super) fn grade(grade: shokureki_index::Grade) -> Grade {
    match grade {
        shokureki_index::Grade::Negated => Grade::Negated,
        shokureki_index::Grade::Learning => Grade::Learning,
        shokureki_index::Grade::Certified => Grade::Certified,
        shokureki_index::Grade::Personal => Grade::Personal,
        shokureki_index::Grade::Declared => Grade::Declared,
        shokureki_index::Grade::Worked => Grade::Worked,
    }
}
