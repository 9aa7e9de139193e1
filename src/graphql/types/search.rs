use async_graphql::{Context, Object, SimpleObject};

use super::candidate::Candidate;
use super::enums::{IgnoredReason, OfferReason, QueryNodeKind};
use super::evidence::Evidence;
use super::facets::{self, SearchFacets};
use super::lists::PageInfo;
use super::stint::Stint;
use super::technology::Technology;
use crate::catalog::Catalog;
use crate::domain::Moment;
use crate::graphql::error::ApiError;
use crate::graphql::loaders::StintsIn;
use crate::graphql::scalars::YearMonth;
use crate::graphql::{loaders, page};
use crate::search::{self, FoundCandidate, Results};

/// A page of candidates that were found.
pub(in crate::graphql) struct CandidateSearchConnection {
    pub(in crate::graphql) results: Results,
    pub(in crate::graphql) catalog: Catalog,
}

/// A page of candidates, in the asked order.
#[Object]
impl CandidateSearchConnection {
    /// The candidates with what proves that they meet the request.
    async fn edges(&self) -> Vec<CandidateSearchEdge> {
        self.results
            .candidates
            .iter()
            .map(CandidateSearchEdge::from)
            .collect()
    }

    /// The candidates alone.
    async fn nodes(&self) -> Vec<Candidate> {
        let candidates = self.results.candidates.iter();
        candidates
            .map(|found| Candidate(found.profile.clone()))
            .collect()
    }

    /// Where the page lies.
    async fn page_info(&self) -> PageInfo {
        let cursor = |found: &FoundCandidate| found.cursor.clone();
        PageInfo {
            has_next_page: self.results.has_next,
            has_previous_page: self.results.has_previous,
            start_cursor: self.results.candidates.first().map(cursor),
            end_cursor: self.results.candidates.last().map(cursor),
        }
    }

    /// How many candidates are found in all. Counted only when selected.
    async fn total_count(&self) -> u64 {
        self.results.total.unwrap_or(0)
    }

    /// Counts over all candidates that are found, not the page only. Counted only when selected.
    #[graphql(complexity = "page::cost(first.or(Some(facets::DEFAULT_VALUES)), child_complexity)")]
    async fn facets(
        &self,
        #[graphql(
            desc = "How many values of each facet, at most 100.",
            default_with = "Some(facets::DEFAULT_VALUES)"
        )]
        first: Option<i32>,
        #[graphql(
            desc = "Whether each facet leaves out the conditions of its own kind that every candidate must meet, so that the values beside a chosen one keep their counts.",
            default = false
        )]
        disjunctive: bool,
    ) -> Result<SearchFacets, ApiError> {
        let counted = if disjunctive {
            &self.results.disjunctive_facets
        } else {
            &self.results.facets
        };
        let limit = facets::limit(first)?;
        Ok(SearchFacets::of(counted, limit, &self.catalog))
    }

    /// How the request was understood.
    async fn interpretation(&self) -> QueryInterpretation {
        QueryInterpretation::of(&self.results.interpretation, &self.catalog)
    }
}

/// A candidate that was found.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CandidateSearchEdge {
    /// The place in the order, for `after` and `before`.
    cursor: String,
    /// The candidate.
    node: Candidate,
    /// The rank's score; comparable within one search only.
    score: f64,
    /// How each condition is met, in the order of the request. None is listed without evidence.
    matches: Vec<Match>,
}

impl From<&FoundCandidate> for CandidateSearchEdge {
    fn from(found: &FoundCandidate) -> Self {
        Self {
            cursor: found.cursor.clone(),
            node: Candidate(found.profile.clone()),
            score: f64::from(found.score),
            matches: found.matches.iter().cloned().map(Match).collect(),
        }
    }
}

/// How a condition is met.
pub(in crate::graphql) struct Match(pub(super) search::Match);

/// How a condition is met, with the lines that prove it.
#[Object]
impl Match {
    /// The condition, written in the search language.
    async fn clause(&self) -> &str {
        &self.0.clause
    }

    /// Months of the asked technology, as `minMonths` counts them; null without a technology.
    async fn months(&self) -> Option<u32> {
        self.0.months
    }

    /// Whether the months are those that the résumé states in words, not those of dated stints.
    async fn months_are_stated(&self) -> bool {
        self.0.months_are_stated
    }

    /// The last month of use of the asked technology at work, within the asked period; null without
    /// dated jobs and projects.
    async fn last_used(&self) -> Option<YearMonth> {
        self.0
            .last_used
            .map(|month| YearMonth(Moment::Month(month)))
    }

    /// The best stint that meets it; null where it is met outside a stint.
    async fn stint(&self, context: &Context<'_>) -> Result<Option<Stint>, ApiError> {
        let Some(id) = self.0.stint else {
            return Ok(None);
        };
        let stints = loaders(context).one(StintsIn(self.0.resume)).await?;
        Ok(stints.and_then(|stints| Some(Stint::of(&stints, stints.find(id)?))))
    }

    /// The lines that prove it, best first.
    async fn evidence(&self) -> Vec<Evidence> {
        self.0
            .evidence
            .iter()
            .cloned()
            .map(Evidence::from)
            .collect()
    }
}

/// How a request was understood.
#[derive(SimpleObject)]
pub(in crate::graphql) struct QueryInterpretation {
    /// Query and filter together, in the search language with English keys; as a query it asks the same.
    /// What is asked for in bare words (「PHP 3年以上」) may also be met by what comes near it (Laravel),
    /// behind all others; written with its key it is not.
    parsed: String,
    /// The same with Japanese keys.
    parsed_ja: String,
    /// The same as a tree: each node before those below it, which are one deeper.
    tree: Vec<QueryNode>,
    /// The technologies that are asked for, in the order of the request: by conditions, and by bare words
    /// that are names of them. Not those that must be missing.
    technologies: Vec<Technology>,
    /// The conditions, as `Match.clause` names them.
    clauses: Vec<String>,
    /// Bare words that were taken for conditions; quotes switch that off.
    recognized: Vec<RecognizedText>,
    /// Words that were taken for others of another spelling: a technology, or a word that documents
    /// have where none has the one typed. Quotes switch that off.
    corrections: Vec<Correction>,
    /// What parts of the query may have been meant for; nothing of it was searched for.
    offers: Vec<Offer>,
    /// Parts of the query that exclude nobody.
    ignored: Vec<IgnoredText>,
    /// Where nobody meets all that the query's bare words ask for, those who meet most of it are
    /// found, best first: the conditions that not all of them meet. Empty else. What is typed by key,
    /// in braces or quotes, after `-` or in `filter` is always met.
    relaxed: Vec<RelaxedClause>,
}

/// A condition that gave way, as nobody meets all.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RelaxedClause {
    /// The condition, as `Match.clause` names it.
    clause: String,
    /// How many of those who are found meet it nevertheless.
    met_by: u64,
}

/// Bare words that were taken for a condition: 「Rustを2年以上」.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RecognizedText {
    /// As typed.
    text: String,
    /// Where it begins, in characters of the query from 0.
    position: usize,
    /// The condition, in the search language.
    clause: String,
}

/// A node of the tree that a request was understood as.
#[derive(SimpleObject)]
pub(in crate::graphql) struct QueryNode {
    /// How many nodes it stands below.
    depth: usize,
    /// What it is.
    kind: QueryNodeKind,
    /// The node in the search language, with English keys.
    text: String,
    /// The same with Japanese keys.
    text_ja: String,
    /// Where it begins, in characters of the query from 0; `null` where it is of the filter.
    start: Option<usize>,
    /// Where it ends.
    end: Option<usize>,
}

/// What a part of the query may have been meant for.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Offer {
    /// As typed.
    text: String,
    /// Where it begins, in characters of the query from 0.
    position: usize,
    /// What to type instead; `null` where there is nothing like it.
    suggestion: Option<String>,
    /// Why it is offered.
    reason: OfferReason,
}

/// A word that was taken for a misspelt name.
#[derive(SimpleObject)]
pub(in crate::graphql) struct Correction {
    /// As typed.
    typed: String,
    /// The name that it was taken for.
    corrected: String,
    /// The technology of that name; null for an ordinary word.
    technology: Option<Technology>,
}

/// A part of the query that excludes nobody.
#[derive(SimpleObject)]
pub(in crate::graphql) struct IgnoredText {
    /// As typed.
    text: String,
    /// Where it begins, in characters of the query from 0.
    position: usize,
    /// Why.
    reason: IgnoredReason,
}

impl QueryInterpretation {
    pub(super) fn of(interpretation: &search::Interpretation, catalog: &Catalog) -> Self {
        let correction = |correction: &search::Correction| Correction {
            typed: correction.typed.clone(),
            corrected: correction.corrected.clone(),
            technology: correction
                .technology
                .as_deref()
                .and_then(|key| catalog.listed_technology(key))
                .map(Technology),
        };
        let node = |node: &search::QueryNode| QueryNode {
            depth: node.depth,
            kind: node.kind.into(),
            text: node.text.clone(),
            text_ja: node.text_ja.clone(),
            start: node.start,
            end: node.end,
        };
        let offer = |offer: &search::Offer| Offer {
            text: offer.text.clone(),
            position: offer.position,
            suggestion: offer.suggestion.clone(),
            reason: offer.reason.into(),
        };
        let recognized = |recognized: &search::RecognizedText| RecognizedText {
            text: recognized.text.clone(),
            position: recognized.position,
            clause: recognized.clause.clone(),
        };
        let ignored = |ignored: &search::Ignored| IgnoredText {
            text: ignored.text.clone(),
            position: ignored.position,
            reason: ignored.reason.into(),
        };
        let technologies = interpretation.technologies.iter();
        Self {
            technologies: technologies
                .map(|name| Technology(catalog.technology(name)))
                .collect(),
            parsed: interpretation.parsed.clone(),
            parsed_ja: interpretation.parsed_ja.clone(),
            tree: interpretation.tree.iter().map(node).collect(),
            clauses: interpretation.clauses.clone(),
            recognized: interpretation.recognized.iter().map(recognized).collect(),
            corrections: interpretation.corrections.iter().map(correction).collect(),
            offers: interpretation.offers.iter().map(offer).collect(),
            ignored: interpretation.ignored.iter().map(ignored).collect(),
            relaxed: interpretation
                .relaxed
                .iter()
                .map(|relaxed| RelaxedClause {
                    clause: relaxed.clause.clone(),
                    met_by: relaxed.met_by,
                })
                .collect(),
        }
    }
}
