//! What a client may ask.

use async_graphql::resolver_utils::EnumType as _;
use async_graphql::{Context, ID, MergedObject, Object};

use super::audit_query::AuditQuery;
use super::consistency::demand;
use super::error::{ApiError, ErrorCode};
use super::id::GlobalId;
use super::import_query::ImportQuery;
use super::insight_query::InsightQuery;
use super::loaders::{CountOf, ProfileOf, ResumeOf, SelectedLists, StintsIn};
use super::stint_query::StintQuery;
use super::types::{
    Candidate, CandidateFilter, CandidateSearchConnection, CandidateSort, Employer,
    EmployerConnection, EmployerEdge, Employment, Explanation, IndexStatus, Node, Project, Resume,
    Suggestion, SuggestionKind, Technology, TechnologyConnection, TechnologyEdge, employer_cursor,
    facet_selection, technology_cursor,
};
use super::viewer_query::ViewerQuery;
use super::{access, loaders, locale, page, services};
use crate::domain::{CandidateId, ResumeId, Scope, TechnologyName};
use crate::search::{Request, Sort};

/// The complexity of a look-up by pseudonym, a search of many pages.
const PSEUDONYM_COST: usize = 100;

/// Suggestions when nothing is said.
const DEFAULT_SUGGESTIONS: i32 = 10;

/// What a candidate costs that is looked up: by a pseudonym, the ids of all are looked at.
fn lookup_cost(pseudonym: Option<&str>) -> usize {
    pseudonym.map_or(1, |_| PSEUDONYM_COST)
}

/// Questions.
#[derive(MergedObject, Clone, Copy, Debug, Default)]
pub struct Query(
    CandidateQuery,
    StintQuery,
    InsightQuery,
    ImportQuery,
    AuditQuery,
    ViewerQuery,
);

/// Questions about candidates and what they have in common.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CandidateQuery;

/// Questions.
#[Object]
impl CandidateQuery {
    /// The object of a global id; null when there is none (any more).
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A global id.")] id: ID,
    ) -> Result<Option<Node>, ApiError> {
        node(context, GlobalId::parse(&id)?).await
    }

    /// The objects of global ids, in the same order; null where there is none. At most 100.
    #[graphql(complexity = "1 + child_complexity * ids.len().div_ceil(10)")]
    async fn nodes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Global ids.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>, ApiError> {
        page::size(i32::try_from(ids.len()).ok().or(Some(i32::MAX)), 0)?;
        let ids: Vec<GlobalId> = ids.iter().map(GlobalId::parse).collect::<Result<_, _>>()?;
        let nodes = ids.into_iter().map(|id| node(context, id));
        futures::future::try_join_all(nodes).await
    }

    /// Candidates that meet a query and a filter, with the lines that prove it. Without both: all, last
    /// updated first.
    #[graphql(complexity = "page::cost(first.or(last), child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn search_candidates(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "Words that must all be met, \"phrases\", and conditions such as `tech:Erlang>=2y`. At most 1,024 characters and 64 terms."
        )]
        query: Option<String>,
        #[graphql(desc = "Conditions.")] filter: Option<CandidateFilter>,
        #[graphql(desc = "The order.", default_with = "Some(Sort::Relevance.into())")] sort: Option<
            CandidateSort,
        >,
        #[graphql(desc = "How many from the start: 20 by default, at most 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only candidates after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only candidates before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "The `sequence` of a change that the answer must have seen, waited for as long as a search may take; `UNAVAILABLE` beyond."
        )]
        min_sequence: Option<i64>,
    ) -> Result<CandidateSearchConnection, ApiError> {
        let selected = context.look_ahead();
        let mut request = Request {
            query,
            filter: filter.map(crate::search::Filter::try_from).transpose()?,
            sort: sort.map_or(Sort::Relevance, Into::into),
            page: page::request(first, after, last, before)?,
            count: selected.field("totalCount").exists(),
            matches: selected.field("edges").field("matches").exists(),
            facets: facet_selection(&selected)?,
        };
        let is_selected = |field: &&str| selected.field(field).exists();
        if !["edges", "nodes", "pageInfo"].iter().any(is_selected) {
            // Who is counted needs no page.
            request.page.limit = 0;
        }
        demand(context, min_sequence).await?;
        let services = services(context);
        let results = services.searcher.find(access(context), &request).await?;
        let found = results.candidates.iter();
        loaders(context).feed(found.clone()).await;
        let of_edges = SelectedLists::of(&selected.field("edges").field("node"));
        let lists = of_edges.or(SelectedLists::of(&selected.field("nodes")));
        let resumes = found.map(|found| found.profile.row.id);
        loaders(context).prefetch(resumes, lists).await?;
        Ok(CandidateSearchConnection {
            results,
            catalog: services.catalog.clone(),
        })
    }

    /// Why a candidate is found by a query and a filter or not: the parts of the score, and the first
    /// condition that failed with the lines that come nearest to it. `NOT_FOUND` for an unknown
    /// candidate.
    #[graphql(complexity = "10 + child_complexity")]
    async fn explain(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The candidate's id.")] candidate_id: ID,
        #[graphql(desc = "As in `searchCandidates`.")] query: Option<String>,
        #[graphql(desc = "As in `searchCandidates`.")] filter: Option<CandidateFilter>,
    ) -> Result<Explanation, ApiError> {
        let GlobalId::Candidate(candidate) = GlobalId::parse(&candidate_id)? else {
            return Err(ApiError::of(ErrorCode::NotFound));
        };
        let request = Request {
            query,
            filter: filter.map(crate::search::Filter::try_from).transpose()?,
            ..Request::default()
        };
        let services = services(context);
        let explained = services
            .searcher
            .explain(access(context), candidate, &request)
            .await?;
        Ok(Explanation {
            explained: explained.ok_or(ApiError::of(ErrorCode::NotFound))?,
            catalog: services.catalog.clone(),
            locale: locale(context),
        })
    }

    /// A candidate by id, by external id or by pseudonym: one of them. `CONFLICT` where two have the
    /// same pseudonym, which happens by chance among very many.
    #[graphql(complexity = "lookup_cost(pseudonym.as_deref()) + child_complexity")]
    async fn candidate(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The candidate's id.")] id: Option<ID>,
        #[graphql(desc = "Your own id of the candidate.")] external_id: Option<String>,
        #[graphql(
            desc = "As `Candidate.pseudonym` has it; in either case, and with or without what stands before the letters."
        )]
        pseudonym: Option<String>,
    ) -> Result<Option<Candidate>, ApiError> {
        let catalog = &services(context).catalog;
        let id = match (id, external_id, pseudonym) {
            (Some(id), None, None) => match GlobalId::parse(&id)? {
                GlobalId::Candidate(id) => Some(id),
                _ => None,
            },
            (None, Some(external_id), None) => {
                catalog
                    .candidate_by_external_id(access(context), &external_id)
                    .await?
            }
            (None, None, Some(pseudonym)) => {
                let Ok(pseudonym) = pseudonym.parse() else {
                    return Ok(None);
                };
                let access = access(context);
                let found = catalog.candidates_by_pseudonym(access, pseudonym).await?;
                if found.len() > 1 {
                    return Err(ApiError::of(ErrorCode::Conflict));
                }
                found.first().copied()
            }
            _ => {
                return Err(ApiError::bad_input(
                    "give exactly one of id, externalId and pseudonym",
                    "id、externalId、pseudonym のどれか一つを指定してください",
                ));
            }
        };
        match id {
            Some(id) => candidate(context, id).await,
            None => Ok(None),
        }
    }

    /// Technologies of the lexicon and of the résumés: those that most candidates have first, then by
    /// name.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn technologies(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The beginning of a name, in any script.")] query: Option<String>,
        #[graphql(desc = "How many: 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only technologies after this cursor.")] after: Option<String>,
    ) -> Result<TechnologyConnection, ApiError> {
        let limit = page::size(first, page::DEFAULT_PAGE)?;
        let after = after.as_deref().map(technology_cursor).transpose()?;
        let catalog = &services(context).catalog;
        let is_after = after.is_some();
        let (rows, more) = catalog
            .technologies(access(context), query.as_deref(), after.as_ref(), limit)
            .await?;
        let edges = rows.into_iter().map(|row| TechnologyEdge {
            cursor: page::encode_cursor(row.candidate_count, &row.key, &row.name),
            node: Technology(catalog.technology(&TechnologyName {
                key: row.key,
                name: row.name,
                is_listed: row.is_listed,
            })),
        });
        Ok(TechnologyConnection::of(edges.collect(), more, is_after))
    }

    /// Employers: those that most candidates have first, then by name.
    #[graphql(complexity = "page::cost(first, child_complexity)")]
    async fn employers(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A part of a name, in any spelling.")] query: Option<String>,
        #[graphql(desc = "How many: 20 by default, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only employers after this cursor.")] after: Option<String>,
    ) -> Result<EmployerConnection, ApiError> {
        let limit = page::size(first, page::DEFAULT_PAGE)?;
        let after = after.as_deref().map(employer_cursor).transpose()?;
        let catalog = &services(context).catalog;
        let mut rows = catalog
            .employers_page(access(context), query.as_deref(), after.as_ref(), limit + 1)
            .await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let edges = rows.into_iter().map(|row| EmployerEdge {
            cursor: page::encode_cursor(row.candidate_count, &row.id.to_string(), &row.name),
            node: Employer(row),
        });
        Ok(EmployerConnection::of(
            edges.collect(),
            more,
            after.is_some(),
        ))
    }

    /// Names that go on from what was typed, for a search box: technologies, employers, roles and
    /// certificates that candidates have. One that was typed as a whole comes first, then those that
    /// most candidates have; where none goes on so, names that may have been meant.
    #[graphql(complexity = "page::cost(first.or(Some(DEFAULT_SUGGESTIONS)), child_complexity)")]
    async fn suggest(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The beginning of a name, in any script.")] prefix: String,
        #[graphql(desc = "What to suggest; all kinds by default.")] kinds: Option<
            Vec<SuggestionKind>,
        >,
        #[graphql(
            desc = "How many, at most 100.",
            default_with = "Some(DEFAULT_SUGGESTIONS)"
        )]
        first: Option<i32>,
    ) -> Result<Vec<Suggestion>, ApiError> {
        let limit = page::size(first, DEFAULT_SUGGESTIONS.unsigned_abs())?;
        let kinds =
            kinds.unwrap_or_else(|| SuggestionKind::items().iter().map(|of| of.value).collect());
        let kinds = kinds.into_iter().map(Into::into).collect();
        let searcher = &services(context).searcher;
        let found = searcher
            .suggest(access(context), &prefix, kinds, limit)
            .await?;
        Ok(found.into_iter().map(Suggestion).collect())
    }

    /// The state of the search index.
    async fn index_status(&self, context: &Context<'_>) -> Result<IndexStatus, ApiError> {
        access(context).require(Scope::Search)?;
        let status = services(context)
            .indexer
            .status(access(context).organization)
            .await?;
        Ok(IndexStatus(status))
    }
}

async fn candidate(context: &Context<'_>, id: CandidateId) -> Result<Option<Candidate>, ApiError> {
    Ok(loaders(context).one(ProfileOf(id)).await?.map(Candidate))
}

async fn node(context: &Context<'_>, id: GlobalId) -> Result<Option<Node>, ApiError> {
    let loaders = loaders(context);
    Ok(match id {
        GlobalId::Candidate(id) => candidate(context, id).await?.map(Node::Candidate),
        GlobalId::Resume(id) => {
            let row = loaders.one(ResumeOf(id)).await?;
            row.map(|row| Node::Resume(Resume(row.id)))
        }
        GlobalId::Employer(id) => loaders
            .one(id)
            .await?
            .map(|row| Node::Employer(Employer(row))),
        GlobalId::Employment(id) => {
            let resume: Option<ResumeId> = loaders.one(id).await?;
            let Some(resume) = resume else {
                return Ok(None);
            };
            loaders.one(StintsIn(resume)).await?.and_then(|stints| {
                let index = stints.employment_ids.iter().position(|of| *of == id)?;
                Some(Node::Employment(Employment { stints, index }))
            })
        }
        GlobalId::Project(id) => {
            let resume: Option<ResumeId> = loaders.one(id).await?;
            let Some(resume) = resume else {
                return Ok(None);
            };
            loaders.one(StintsIn(resume)).await?.and_then(|stints| {
                let index = stints.project_ids.iter().position(|of| *of == id)?;
                Some(Node::Project(Project { stints, index }))
            })
        }
        GlobalId::Technology(key) => technology(context, key).await?.map(Node::Technology),
        GlobalId::ImportJob(_) => None,
    })
}

/// Returns the technology of a key, listed or only named by résumés.
pub(super) async fn technology(
    context: &Context<'_>,
    key: String,
) -> Result<Option<Technology>, ApiError> {
    let catalog = &services(context).catalog;
    if let Some(listed) = catalog.listed_technology(&key) {
        return Ok(Some(Technology(listed)));
    }
    let row = loaders(context).one(CountOf(key)).await?;
    Ok(row.map(|row| {
        Technology(catalog.technology(&TechnologyName {
            key: row.key,
            name: row.name,
            is_listed: row.is_listed,
        }))
    }))
}
