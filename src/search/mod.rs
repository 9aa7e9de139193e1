//! A request to ranked candidates: asks the index, loads the page from the store, keeps the order.
//!
//! [`Request`] goes in, [`Results`] come out, each candidate with the lines that prove every clause.
//! Nothing here knows of GraphQL, nor how a candidate came into the index.

mod clause;
mod cursor;
mod error;
mod keys;
mod plan;
mod print;
mod request;
mod results;
mod syntax;
mod value;

use std::sync::Arc;
use std::time::{Duration, Instant};

use shokureki_index::lexicon::Lexicon;
use shokureki_index::{Answer, FacetRequest, Order, Page, Query, SkillIndex};
use tokio::sync::Semaphore;

use crate::domain::OrganizationId;
use crate::store::Store;

pub use crate::store::{Career, EmployerRow, StoreError};
pub use error::{Expected, FilterFault, FilterField, PageFault, SearchError, SyntaxFault};
pub use plan::{Correction, Ignored, IgnoredReason, Interpretation, Offer, OfferReason};
pub use print::{QueryNode, QueryNodeKind};
pub use request::{
    EmployerFilter, Filter, MAX_DEPTH, MAX_PAGE, MAX_QUERY_CHARS, MAX_TERMS, PageRequest,
    PeriodFilter, Request, Sort, TechnologyFilter, Tenure, Window,
};
pub use results::{
    EmployerFacet, Facets, FoundCandidate, GradeFacet, Match, Results, TechnologyFacet, YearFacet,
};

/// Gives the index that answers an organization's searches, if it is open.
pub type IndexSource = Arc<dyn Fn(OrganizationId) -> Option<SkillIndex> + Send + Sync>;

/// How hard the index may be used.
#[derive(Clone, Copy, Debug)]
pub struct SearchOptions {
    /// How long a search may take, waiting for its turn included.
    pub budget: Duration,
    /// Searches at once; more wait.
    pub max_concurrent: usize,
}

impl Default for SearchOptions {
    /// 2 s, and as many searches at once as there are processors.
    fn default() -> Self {
        Self {
            budget: Duration::from_secs(2),
            max_concurrent: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
        }
    }
}

/// Searches. Cheap to clone.
#[derive(Clone)]
pub struct Searcher {
    store: Store,
    lexicon: &'static Lexicon,
    indexes: IndexSource,
    options: SearchOptions,
    permits: Arc<Semaphore>,
}

impl Searcher {
    /// Returns a searcher over `store` and the indexes that `indexes` gives.
    pub fn new(
        store: Store,
        lexicon: &'static Lexicon,
        indexes: IndexSource,
        options: SearchOptions,
    ) -> Self {
        Self {
            store,
            lexicon,
            indexes,
            permits: Arc::new(Semaphore::new(options.max_concurrent.max(1))),
            options,
        }
    }

    /// Returns a page of the organization's candidates that meet `request`, in its order.
    ///
    /// The database is asked a number of statements that does not depend on the page.
    ///
    /// # Errors
    /// Every [`SearchError`].
    pub async fn find(
        &self,
        organization: OrganizationId,
        request: &Request,
    ) -> Result<Results, SearchError> {
        if request.page.limit > MAX_PAGE {
            return Err(SearchError::Page(PageFault::Size));
        }
        let plan = plan::plan(request, self.lexicon)?;
        let sort = match (request.sort, &plan.condition) {
            (Sort::Relevance, None) => Sort::UpdatedDescending,
            (sort, _) => sort,
        };
        let read_cursor = |text: &Option<String>| {
            text.as_deref()
                .map(|text| cursor::decode(sort, text))
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
            count: request.count,
            facets: facet_request(request.facets),
        };
        let answer = self.ask(organization, query).await?;
        results::load(&self.store, self.lexicon, organization, sort, plan, answer).await
    }

    /// Asks the index on a blocking thread, in turn.
    async fn ask(&self, organization: OrganizationId, query: Query) -> Result<Answer, SearchError> {
        let index = (self.indexes)(organization).ok_or(SearchError::IndexClosed)?;
        let start = Instant::now();
        let permit = Arc::clone(&self.permits).acquire_owned();
        let permit = tokio::time::timeout(self.options.budget, permit).await;
        let permit = permit.map_err(|_| SearchError::TimedOut)?;
        let permit = permit.map_err(|_| SearchError::IndexClosed)?;
        let budget = self.options.budget.saturating_sub(start.elapsed());
        let answer = tokio::task::spawn_blocking(move || {
            let answer = index.search(&query, budget);
            drop(permit);
            answer
        });
        match answer.await {
            Ok(answer) => Ok(answer?),
            Err(failure) => {
                if failure.is_panic() {
                    tracing::error!("the index panicked on a search");
                }
                Err(SearchError::IndexClosed)
            }
        }
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

fn facet_request(limit: Option<u32>) -> FacetRequest {
    FacetRequest {
        technologies: limit,
        employers: limit,
        years: limit,
    }
}
