//! Searches over careers made up at random agree with a slow, obvious evaluator: asked as a filter, and
//! asked as the query that the filter is printed as.
//!
//! A case is one filter over all careers of a batch. `PROPTEST_CASES=100000 cargo test --release --test api
//! reference` runs as many; a few hundred are run by default.

mod career;
mod evaluator;
mod filter;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::common::TestSchema;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use shokureki::domain::{Access, CandidateId, OrganizationId};
use shokureki::search::{Filter, PageRequest, Request, SearchError, SearchOptions, Searcher};
use shokureki_index::lexicon::Lexicon;

use evaluator::Candidate;

/// Candidates that a batch of filters is asked of.
const CANDIDATES: usize = 12;

/// Filters that are asked of the same candidates.
const FILTERS: u32 = 250;

struct Batch {
    searcher: Searcher,
    candidates: Vec<Candidate>,
    runtime: tokio::runtime::Runtime,
    test: TestSchema,
}

impl Batch {
    fn new(texts: &[String]) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let test = runtime.block_on(async {
            let test = TestSchema::new().await;
            for (number, text) in texts.iter().enumerate() {
                test.import(&number.to_string(), text).await;
            }
            test
        });
        let indexes = test.indexer.clone();
        let searcher = Searcher::new(
            test.store.clone(),
            Lexicon::builtin(),
            Arc::new(move |organization| indexes.index(organization)),
            SearchOptions::default(),
        );
        let mut batch = Self {
            searcher,
            candidates: Vec::new(),
            runtime,
            test,
        };
        let everybody = Request::default();
        let found = batch.find(everybody).expect("everybody");
        let found = found.candidates.iter();
        let ids: Vec<CandidateId> = found.map(|found| found.profile.row.candidate).collect();
        let careers = batch
            .test
            .store
            .current_careers(OrganizationId::DEFAULT, &ids);
        let careers = batch.runtime.block_on(careers).expect("the store answers");
        batch.candidates = careers
            .into_values()
            .map(|career| {
                let id = career.external_id.clone().expect("it was given");
                let number: usize = id.parse().expect("a number");
                Candidate {
                    number,
                    text: texts[number].clone(),
                    career,
                }
            })
            .collect();
        assert_eq!(batch.candidates.len(), texts.len());
        batch
    }

    fn find(&self, mut request: Request) -> Result<shokureki::search::Results, SearchError> {
        request.page = PageRequest {
            limit: 100,
            ..PageRequest::default()
        };
        let access = Access::local();
        let search = self.searcher.find(&access, &request);
        self.runtime.block_on(search)
    }

    /// Returns the numbers of those that `request` finds, and the query that it is printed as.
    fn numbers(&self, request: Request) -> Result<(BTreeSet<usize>, String), SearchError> {
        let results = self.find(request)?;
        let ids = results.candidates.iter().map(|found| {
            let id = found.profile.external_id.as_deref().expect("it was given");
            id.parse().expect("a number")
        });
        Ok((ids.collect(), results.interpretation.parsed))
    }

    fn check(&self, filter: &Filter) -> Result<(), TestCaseError> {
        let expected: BTreeSet<usize> = self
            .candidates
            .iter()
            .filter(|candidate| evaluator::meets(candidate, filter))
            .map(|candidate| candidate.number)
            .collect();
        let request = Request {
            filter: Some(filter.clone()),
            ..Request::default()
        };
        let (found, query) = match self.numbers(request) {
            Ok(found) => found,
            Err(SearchError::TooManyTerms { .. }) => return Err(TestCaseError::reject("long")),
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        };
        proptest::prop_assert_eq!(&found, &expected, "as the filter of {}", query);
        let request = Request {
            query: Some(query.clone()),
            ..Request::default()
        };
        match self.numbers(request) {
            Ok((found, again)) => {
                proptest::prop_assert_eq!(&found, &expected, "as the query {}", query);
                proptest::prop_assert_eq!(again, query);
            }
            Err(SearchError::QueryTooLong { .. } | SearchError::TooManyTerms { .. }) => {}
            Err(error) => proptest::prop_assert!(false, "{}: {}", query, error),
        }
        Ok(())
    }
}

#[test]
fn searches_agree_with_a_slow_obvious_evaluator() {
    let cases = Config::default().cases;
    let mut texts = TestRunner::deterministic();
    let mut left = cases;
    let (mut asked, mut met) = (0, 0);
    while left > 0 {
        let some = |runner: &mut TestRunner| {
            let text = career::any_text().new_tree(runner).expect("a career");
            text.current()
        };
        let texts: Vec<String> = (0..CANDIDATES).map(|_| some(&mut texts)).collect();
        let batch = Batch::new(&texts);
        let config = Config {
            cases: left.min(FILTERS),
            failure_persistence: None,
            max_shrink_iters: 400,
            ..Config::default()
        };
        let counts = std::cell::Cell::new((0, 0));
        let result = TestRunner::new(config).run(&filter::any_filter(), |filter| {
            let (all, some) = counts.get();
            let meets = |candidate| evaluator::meets(candidate, &filter);
            let is_selective =
                batch.candidates.iter().any(meets) && !batch.candidates.iter().all(meets);
            counts.set((all + 1, some + u32::from(is_selective)));
            batch.check(&filter)
        });
        if let Err(error) = result {
            for candidate in &batch.candidates {
                println!("--- {}\n{}", candidate.number, candidate.text);
            }
            panic!("{error}");
        }
        asked += counts.get().0;
        met += counts.get().1;
        left -= left.min(FILTERS);
    }
    println!("{asked} filters, {met} of them met by some and not by all");
    // Filters that nobody or everybody meets prove little.
    assert!(met * 10 > asked, "{met} of {asked}");
}
