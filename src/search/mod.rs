//! A request to ranked candidates: asks the index, loads the page from the store, keeps the order.
//!
//! [`Request`] goes in, [`Results`] come out, each candidate with the lines that prove every clause.
//! Nothing here knows of GraphQL, nor how a candidate came into the index.

mod blind;
mod clause;
mod cursor;
mod error;
mod explain;
mod facets;
mod insight;
mod keys;
mod metrics;
mod offers;
mod plain;
mod plan;
mod print;
mod request;
mod results;
mod slips;
mod stints;
mod suggest;
mod syntax;
mod value;

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use prometheus_client::registry::Registry;
use shokureki_index::lexicon::Lexicon;
use shokureki_index::{Answer, Cancel, IndexError, Order, Page, Query, SkillIndex};
use tokio::sync::Semaphore;

use crate::access::Views;
use crate::domain::{Access, AuditAction, CandidateId, OrganizationId, Scope};
use crate::store::Store;

pub use crate::store::{EmployerRow, Profile, StoreError};
pub use error::{Expected, FilterFault, FilterField, PageFault, SearchError, SyntaxFault};
pub use explain::{
    Bilingual, ExplainedClause, Explanation, Reason, ScorePart, ScorePartKind, WhyNot,
};
pub use facets::{
    EmployerFacet, FacetCounting, FacetSelection, Facets, GradeFacet, NameFacet, TechnologyFacet,
    YearFacet,
};
pub use plan::{
    Correction, Ignored, IgnoredReason, Interpretation, Offer, OfferReason, RecognizedText,
    RelaxedClause,
};
pub use print::{QueryNode, QueryNodeKind};
pub use request::{
    EmployerFilter, Filter, MAX_DEPTH, MAX_PAGE, MAX_QUERY_CHARS, MAX_TERMS, PageRequest,
    PeriodFilter, Request, Sort, StintGrouping, StintRequest, TechnologyFilter, Tenure, Window,
};
pub use results::{FoundCandidate, Match, Results};
pub use shokureki_index::RelatedTechnology;
pub use stints::{FoundGroup, FoundStint, StintResults};
pub use suggest::{Suggestion, SuggestionKind};

/// Gives the index that answers an organization's searches, if it is open.
pub type IndexSource = Arc<dyn Fn(OrganizationId) -> Option<SkillIndex> + Send + Sync>;

/// A search that looks at fewer candidates, a few milliseconds' work, is done alone.
const BROAD: u64 = 4_096;

/// More searches at once, or that wait, are no limit.
const MAX_SEARCHES: usize = 1 << 20;

/// How hard the index may be used.
#[derive(Clone, Copy, Debug)]
pub struct SearchOptions {
    /// How long a search may take, waiting for its turn included.
    pub budget: Duration,
    /// Searches at once; more wait. A broad search counts as several while no other waits.
    pub max_concurrent: usize,
    /// Searches that wait; more are refused at once.
    pub max_waiting: usize,
}

impl Default for SearchOptions {
    /// 2 s, as many searches at once as there are processors, and 64 times as many that wait: of
    /// searches that take 30 ms, the last of them is answered in time.
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            budget: Duration::from_secs(2),
            max_concurrent: processors,
            max_waiting: 64 * processors,
        }
    }
}

/// Searches. Cheap to clone.
#[derive(Clone)]
pub struct Searcher {
    views: Views,
    lexicon: &'static Lexicon,
    indexes: IndexSource,
    options: SearchOptions,
    /// One for each search at work.
    permits: Arc<Semaphore>,
    /// One for each search at work or waiting.
    places: Arc<Semaphore>,
    metrics: metrics::SearchMetrics,
}

impl Searcher {
    /// Returns a searcher over `store` and the indexes that `indexes` gives.
    pub fn new(
        store: Store,
        lexicon: &'static Lexicon,
        indexes: IndexSource,
        options: SearchOptions,
    ) -> Self {
        let max_concurrent = options.max_concurrent.clamp(1, MAX_SEARCHES);
        let max_waiting = options.max_waiting.min(MAX_SEARCHES);
        Self {
            views: Views::new(store),
            lexicon,
            indexes,
            permits: Arc::new(Semaphore::new(max_concurrent)),
            places: Arc::new(Semaphore::new(max_concurrent + max_waiting)),
            options: SearchOptions {
                max_concurrent,
                max_waiting,
                ..options
            },
            metrics: metrics::SearchMetrics::default(),
        }
    }

    /// Makes what is counted of searches, and their queue, part of `registry`.
    pub fn register_metrics(&self, registry: &mut Registry) {
        let queue = metrics::Queue {
            permits: Arc::clone(&self.permits),
            places: Arc::clone(&self.places),
            max_working: self.options.max_concurrent,
            max_all: self.options.max_concurrent + self.options.max_waiting,
        };
        self.metrics.register(queue, registry);
    }

    /// Returns how long a search may take, waiting for its turn included.
    pub fn budget(&self) -> Duration {
        self.options.budget
    }

    /// Returns a page of the organization's candidates that meet `request`, in its order.
    ///
    /// The database is asked a number of statements that does not depend on the page.
    ///
    /// # Errors
    /// Every [`SearchError`].
    pub async fn find(&self, access: &Access, request: &Request) -> Result<Results, SearchError> {
        if request.page.limit > MAX_PAGE {
            return Err(SearchError::Page(PageFault::Size));
        }
        let start = Instant::now();
        let slips = self.slips(access, request, start).await?;
        let mut plan = plan::plan(request, self.lexicon, slips)?;
        blind::check_condition(access, plan.condition.as_ref())?;
        blind::check_sort(access, request.sort)?;
        blind::check_facets(access, request.facets.as_ref())?;
        let relaxed = plan::Relaxed::of(&plan);
        let sort = match (request.sort, &plan.condition) {
            (Sort::Relevance, None) => Sort::UpdatedDescending,
            (sort, _) => sort,
        };
        let listing = cursor::Listing::candidates(sort);
        let read_cursor = |text: &Option<String>| {
            text.as_deref()
                .map(|text| cursor::decode(listing, text))
                .transpose()
        };
        let query = Query {
            condition: plan.condition.clone(),
            order: order(sort),
            page: Page {
                limit: request.page.limit,
                after: read_cursor(&request.page.after)?,
                before: read_cursor(&request.page.before)?,
                backward: request.page.backward,
            },
            // Whether anybody meets all is known by counting them.
            count: request.count || relaxed.is_some(),
            facets: request
                .facets
                .map(FacetSelection::request)
                .unwrap_or_default(),
            evidence: request.matches,
            prefers_worked: plan.prefers_worked,
            is_blind: access.is_blind(),
        };
        let mut answer = self.ask(access, query.clone(), start).await?;
        if let Some(relaxed) = relaxed.filter(|_| answer.total == Some(0))
            && let Some((found, leaves)) = self.ask_for_most(access, query, &relaxed, start).await?
        {
            plan.interpretation.relaxed = relaxed.given_up(&found.most, found.total.unwrap_or(0));
            plan.leaves = leaves;
            answer = found;
        }
        answer.total = answer.total.filter(|_| request.count);
        self.offer_words(access, &mut plan.interpretation).await?;
        let recorded = self.record(access, AuditAction::Search, &[], request, &plan);
        let loaded = results::load(&self.views, self.lexicon, access, listing, plan, answer);
        let (found, ()) = futures::try_join!(loaded, recorded)?;
        Ok(found)
    }

    /// Records that `request` was asked.
    fn record(
        &self,
        access: &Access,
        action: AuditAction,
        candidates: &[CandidateId],
        request: &Request,
        plan: &plan::Plan,
    ) -> impl Future<Output = Result<(), SearchError>> + Send + use<> {
        let asked = serde_json::json!({ "query": request.query, "conditions": plan.clauses });
        let asked = asked.to_string();
        let recorded = self.views.record(access, action, candidates, Some(&asked));
        async move { Ok(recorded.await?) }
    }

    /// Asks for those who meet most of a request that nobody meets, and tells the clause of each leaf;
    /// `None` where nobody meets anything of it.
    async fn ask_for_most(
        &self,
        access: &Access,
        query: Query,
        relaxed: &plan::Relaxed,
        start: Instant,
    ) -> Result<Option<(Answer, Vec<usize>)>, SearchError> {
        let probe = Query {
            is_blind: query.is_blind,
            ..Query::without_hits(Some(relaxed.probe()))
        };
        let most = self.ask(access, probe, start).await?.most;
        let Some((condition, leaves)) = relaxed.best(&most) else {
            return Ok(None);
        };
        let query = Query {
            condition: Some(condition),
            ..query
        };
        let answer = self.ask(access, query, start).await?;
        Ok(Some((answer, leaves)))
    }

    async fn ask(
        &self,
        access: &Access,
        query: Query,
        start: Instant,
    ) -> Result<Answer, SearchError> {
        let permits = Arc::clone(&self.permits);
        self.ask_index(access, start, move |index, budget, cancel| {
            // Where nobody else searches, a broad search takes the processors that are free.
            let helping = Mutex::new(None);
            let helpers = |candidates: u64, wanted: usize| {
                let mut helping = helping.lock().unwrap_or_else(PoisonError::into_inner);
                // Those of the look before are done.
                *helping = None;
                let count = wanted.min(permits.available_permits());
                let many = u32::try_from(count).unwrap_or(u32::MAX);
                if candidates < BROAD || count == 0 {
                    return 0;
                }
                let permits = Arc::clone(&permits).try_acquire_many_owned(many);
                *helping = permits.ok();
                if helping.is_some() { count } else { 0 }
            };
            index.search_until(&query, budget, cancel, &helpers)
        })
        .await
    }

    /// Asks the index on a blocking thread, in turn, within the budget of a search that began at
    /// `start`; the question is told how much of it is left, and when to stop. Dropped, it leaves the
    /// queue, or makes the search that it waits for stop at its next look at the clock.
    #[tracing::instrument(level = "debug", name = "index", skip_all)]
    async fn ask_index<T: Send + 'static>(
        &self,
        access: &Access,
        start: Instant,
        question: impl FnOnce(&SkillIndex, Duration, &Cancel) -> Result<T, IndexError> + Send + 'static,
    ) -> Result<T, SearchError> {
        access.require(Scope::Search)?;
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| {
            self.metrics.refuse();
            SearchError::Busy {
                retry_after: self.options.budget,
            }
        })?;
        let asked = Instant::now();
        let waits = self.options.budget.saturating_sub(start.elapsed());
        let permit = Arc::clone(&self.permits).acquire_owned();
        let permit = tokio::time::timeout(waits, permit).await;
        let permit = permit.map_err(|_| {
            self.metrics.wait_in_vain();
            SearchError::TimedOut
        })?;
        self.metrics.wait(asked.elapsed());
        let permit = permit.map_err(|_| SearchError::IndexClosed)?;
        let indexes = Arc::clone(&self.indexes);
        let budget = self.options.budget;
        let cancel = Cancel::default();
        let metrics = self.metrics.clone();
        let _cancelled_when_dropped = CancelOnDrop(cancel.clone());
        let organization = access.organization;
        let answer = tokio::task::spawn_blocking(move || {
            let index = indexes(organization).ok_or(SearchError::IndexClosed)?;
            let left = budget.saturating_sub(start.elapsed());
            let begun = Instant::now();
            let answer = question(&index, left, &cancel);
            metrics.end(begun.elapsed(), &answer);
            drop((permit, place));
            if matches!(answer, Err(IndexError::Cancelled)) {
                tracing::debug!("a search was given up: nobody waits for its answer");
            }
            Ok(answer?)
        });
        match answer.await {
            Ok(answer) => answer,
            Err(failure) => {
                if failure.is_panic() {
                    tracing::error!("the index panicked on a search");
                }
                Err(SearchError::IndexClosed)
            }
        }
    }
}

/// Cancels when the future that holds it is dropped.
struct CancelOnDrop(Cancel);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

fn order(sort: Sort) -> Order {
    match sort {
        Sort::Relevance => Order::Relevance,
        Sort::MonthsDescending => Order::MonthsDescending,
        Sort::LastUsedDescending => Order::LastUsedDescending,
        Sort::UpdatedDescending => Order::UpdatedDescending,
        Sort::NameAscending => Order::NameAscending,
    }
}
