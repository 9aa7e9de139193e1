//! Searches for projects and jobs.

use async_graphql::{Context, Object};

use super::consistency::demand;
use super::error::ApiError;
use super::loaders::SelectedLists;
use super::types::{CandidateFilter, StintGrouping, StintSearchConnection, StintSort};
use super::{access, loaders, page, services};
use crate::search::{self, Sort, StintRequest};

/// Questions about stints.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StintQuery;

/// Questions about stints.
#[Object]
impl StintQuery {
    /// Projects and jobs that meet a query and a filter, with the lines that prove it: which projects used
    /// Erlang? Without both: all, the latest first.
    ///
    /// Every condition must be met by the stint itself, also those that `all` and `any` combine. A
    /// technology and words are met by its own mentions and text, months are its own. An employer, a
    /// period and a role may be those of its job; a name, a certificate and a place are its candidate's. A
    /// job is found for its own text and mentions, not for those of its projects; `not` excludes it
    /// when one of its projects meets what is negated. Where none meets all that the query's bare words ask
    /// for, those that meet most of it are found, and `interpretation.relaxed` says so.
    #[graphql(complexity = "page::cost(first.or(last), child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn search_stints(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "Words that must all be met, \"phrases\", and conditions such as `tech:Erlang>=2y`. At most 1,024 characters and 64 terms."
        )]
        query: Option<String>,
        #[graphql(desc = "Conditions.")] filter: Option<CandidateFilter>,
        #[graphql(
            desc = "What the page is a page of; edges are then the first stint of each group.",
            default_with = "Some(StintGrouping::None)"
        )]
        group_by: Option<StintGrouping>,
        #[graphql(desc = "The order.", default_with = "Some(Sort::Relevance.into())")] sort: Option<
            StintSort,
        >,
        #[graphql(desc = "How many from the start: 20 by default, at most 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only stints after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only stints before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "The `sequence` of a change that the answer must have seen, waited for as long as a search may take; `UNAVAILABLE` beyond."
        )]
        min_sequence: Option<i64>,
    ) -> Result<StintSearchConnection, ApiError> {
        let selected = context.look_ahead();
        let is_counted = ["totalCount", "groupCount"]
            .iter()
            .any(|name| selected.field(name).exists());
        let grouping = group_by.unwrap_or(StintGrouping::None);
        let request = StintRequest {
            query,
            filter: filter.map(search::Filter::try_from).transpose()?,
            sort: sort.map_or(Sort::Relevance, Into::into),
            grouping: grouping.into(),
            page: page::request(first, after, last, before)?,
            count: is_counted,
        };
        demand(context, min_sequence).await?;
        let services = services(context);
        let results = services
            .searcher
            .find_stints(access(context), &request)
            .await?;
        let stints = results.groups.iter().flat_map(|group| &group.stints);
        let candidates = stints.clone().map(|stint| &stint.found);
        let loaders = loaders(context);
        loaders.feed(candidates.clone()).await;
        loaders.feed_stints(stints.clone()).await;
        let (edge, group) = (selected.field("edges"), selected.field("groups"));
        let of_stints = [
            edge.field("node"),
            group.field("edges").field("node"),
            selected.field("nodes"),
        ];
        let of_candidates = [
            edge.field("candidate"),
            group.field("candidate"),
            group.field("edges").field("candidate"),
        ];
        let of_stints = of_stints.iter().map(SelectedLists::of_stint);
        let of_candidates = of_candidates.iter().map(SelectedLists::of);
        loaders
            .prefetch(
                stints.map(|stint| stint.stints.resume_id),
                of_stints.fold(SelectedLists::default(), SelectedLists::or),
            )
            .await?;
        loaders
            .prefetch(
                candidates.map(|found| found.profile.row.id),
                of_candidates.fold(SelectedLists::default(), SelectedLists::or),
            )
            .await?;
        Ok(StintSearchConnection {
            results,
            grouping,
            catalog: services.catalog.clone(),
        })
    }
}
