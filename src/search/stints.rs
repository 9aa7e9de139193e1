//! Searches whose results are projects and jobs.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

use shokureki_index::{Grouping, Hit, Page, StintAnswer, StintGroup, StintQuery};

use super::blind;
use super::cursor::{self, Listing};
use super::error::{PageFault, SearchError};
use super::plan::{self, Interpretation, Plan};
use super::request::{MAX_PAGE, Request, Sort, StintGrouping, StintRequest};
use super::results::{FoundCandidate, LoadedPage};
use super::{Searcher, order};
use crate::access::Views;
use crate::domain::{Access, AuditAction, ResumeId, StintRef};
use crate::store::{EmployerRow, StoredStints};

/// A page of stints, in the asked order.
#[derive(Clone, Debug, Default)]
pub struct StintResults {
    /// The groups; single stints where none are asked for.
    pub groups: Vec<FoundGroup>,
    /// Whether more groups follow.
    pub has_next: bool,
    /// Whether more groups precede.
    pub has_previous: bool,
    /// How many stints are found in all, where asked for.
    pub total: Option<u64>,
    /// How many groups are found in all, where asked for.
    pub group_total: Option<u64>,
    /// How the request was understood.
    pub interpretation: Interpretation,
}

/// Stints that belong together.
#[derive(Clone, Debug)]
pub struct FoundGroup {
    /// The employer that they have in common, where they are put together by it.
    pub employer: Option<EmployerRow>,
    /// How many stints of the group are found.
    pub count: u64,
    /// The first of them, in the asked order; never empty.
    pub stints: Vec<FoundStint>,
}

/// A stint that was found.
#[derive(Clone, Debug)]
pub struct FoundStint {
    /// Its candidate; cursor, score and matches are the stint's.
    pub found: FoundCandidate,
    /// The jobs and projects of its résumé.
    pub stints: Arc<StoredStints>,
    /// The stint.
    pub stint: StintRef,
}

impl Searcher {
    /// Returns a page of the organization's projects and jobs that meet `request`, in its order.
    ///
    /// A stint must meet every condition itself: its text, mentions and months are its own, its
    /// employer, period and role those of its job where it has none; a name, a certificate and a place
    /// are its candidate's. A job is found for its own text, not for that of its projects, and is
    /// excluded by what any of its projects did.
    ///
    /// Where no stint meets all that bare words ask for, those that meet most of it are found.
    ///
    /// The database is asked a number of statements that does not depend on the page.
    ///
    /// # Errors
    /// Every [`SearchError`].
    pub async fn find_stints(
        &self,
        access: &Access,
        request: &StintRequest,
    ) -> Result<StintResults, SearchError> {
        if request.page.limit > MAX_PAGE {
            return Err(SearchError::Page(PageFault::Size));
        }
        let conditions = Request {
            query: request.query.clone(),
            filter: request.filter.clone(),
            ..Request::default()
        };
        let start = Instant::now();
        let slips = self.slips(access, &conditions, start).await?;
        let mut plan = plan::plan(&conditions, self.lexicon, slips)?;
        blind::check_condition(access, plan.condition.as_ref())?;
        blind::check_sort(access, request.sort)?;
        let relaxed = plan::Relaxed::of(&plan);
        let sort = match (request.sort, &plan.condition) {
            (Sort::Relevance, None) => Sort::LastUsedDescending,
            (sort, _) => sort,
        };
        let listing = Listing {
            sort,
            stints: Some(request.grouping),
        };
        let read_cursor = |text: &Option<String>| {
            text.as_deref()
                .map(|text| cursor::decode(listing, text))
                .transpose()
        };
        let query = StintQuery {
            condition: plan.condition.clone(),
            order: order(sort),
            grouping: match request.grouping {
                StintGrouping::None => Grouping::Stint,
                StintGrouping::Candidate => Grouping::Candidate,
                StintGrouping::Employer => Grouping::Employer,
            },
            page: Page {
                limit: request.page.limit,
                after: read_cursor(&request.page.after)?,
                before: read_cursor(&request.page.before)?,
                backward: request.page.backward,
            },
            // Whether any meets all is known by counting them.
            count: request.count || relaxed.is_some(),
            is_blind: access.is_blind(),
        };
        let mut answer = self.ask_stints(access, query.clone(), start).await?;
        if let Some(relaxed) = relaxed.filter(|_| answer.total == Some(0))
            && let Some((found, leaves)) = self
                .ask_for_most_stints(access, query, &relaxed, start)
                .await?
        {
            plan.interpretation.relaxed = relaxed.given_up(&found.most, found.total.unwrap_or(0));
            plan.leaves = leaves;
            answer = found;
        }
        answer.total = answer.total.filter(|_| request.count);
        answer.group_total = answer.group_total.filter(|_| request.count);
        self.offer_words(access, &mut plan.interpretation).await?;
        let recorded = self.record(access, AuditAction::Search, &[], &conditions, &plan);
        let loaded = load(&self.views, access, listing, plan, answer);
        let (found, ()) = futures::try_join!(loaded, recorded)?;
        Ok(found)
    }

    /// Asks for the stints that meet most of a request that none meets, and tells the clause of each
    /// leaf; `None` where none meets anything of it.
    async fn ask_for_most_stints(
        &self,
        access: &Access,
        query: StintQuery,
        relaxed: &plan::Relaxed,
        start: Instant,
    ) -> Result<Option<(StintAnswer, Vec<usize>)>, SearchError> {
        let probe = StintQuery {
            is_blind: query.is_blind,
            ..StintQuery::without_hits(Some(relaxed.probe()))
        };
        let most = self.ask_stints(access, probe, start).await?.most;
        let Some((condition, leaves)) = relaxed.best(&most) else {
            return Ok(None);
        };
        let query = StintQuery {
            condition: Some(condition),
            ..query
        };
        let answer = self.ask_stints(access, query, start).await?;
        Ok(Some((answer, leaves)))
    }

    async fn ask_stints(
        &self,
        access: &Access,
        query: StintQuery,
        start: Instant,
    ) -> Result<StintAnswer, SearchError> {
        self.ask_index(access, start, move |index, budget, cancel| {
            index.search_stints(&query, budget, cancel)
        })
        .await
    }
}

/// Loads what `answer` names; stints that the store no longer has are dropped.
#[tracing::instrument(level = "debug", name = "store", skip_all)]
async fn load(
    views: &Views,
    access: &Access,
    listing: Listing,
    plan: Plan,
    answer: StintAnswer,
) -> Result<StintResults, SearchError> {
    let all = answer.groups.iter().flat_map(|group| &group.hits);
    let hits: Vec<&Hit> = all.map(|found| &found.hit).collect();
    let page = LoadedPage::of(views, access, &hits).await?;
    let resumes: HashSet<ResumeId> = hits
        .iter()
        .filter_map(|hit| hit.resume.parse().ok())
        .collect();
    let resumes: Vec<ResumeId> = resumes.into_iter().collect();
    let stored = views.stints(access, &resumes).await?.into_iter();
    let stored: HashMap<ResumeId, Arc<StoredStints>> =
        stored.map(|(id, stints)| (id, Arc::new(stints))).collect();
    let keys = answer
        .groups
        .iter()
        .filter_map(|group| group.employer.clone());
    let keys: Vec<String> = keys.collect();
    let employers = if keys.is_empty() {
        HashMap::new()
    } else {
        views.employers_by_key(access, &keys).await?
    };
    let stints = |group: &StintGroup| -> Vec<FoundStint> {
        let found = group.hits.iter().filter_map(|found| {
            let stints = stored.get(&found.hit.resume.parse().ok()?)?;
            Some(FoundStint {
                found: page.candidate(&found.hit, listing, &plan)?,
                stints: Arc::clone(stints),
                stint: stints.find(found.stint.parse().ok()?)?,
            })
        });
        found.collect()
    };
    let groups = answer.groups.iter().map(|group| FoundGroup {
        employer: group
            .employer
            .as_ref()
            .and_then(|key| employers.get(key).cloned()),
        count: group.count,
        stints: stints(group),
    });
    Ok(StintResults {
        groups: groups.filter(|group| !group.stints.is_empty()).collect(),
        has_next: answer.has_next,
        has_previous: answer.has_previous,
        total: answer.total,
        group_total: answer.group_total,
        interpretation: plan.interpretation,
    })
}
