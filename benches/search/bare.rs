//! Bare tantivy over the same index: the same terms, the best twenty, their numbers only.

use std::path::Path;

use tantivy::aggregation::AggregationCollector;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::agg_result::AggregationResults;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Index, Searcher, Term};

pub(crate) struct Bare {
    searcher: Searcher,
}

impl Bare {
    pub(crate) fn open(directory: &Path) -> Self {
        let index = Index::open_in_dir(directory).expect("tantivy's index");
        let reader = index.reader().expect("a reader");
        Self {
            searcher: reader.searcher(),
        }
    }

    pub(crate) fn segments(&self) -> usize {
        self.searcher.segment_readers().len()
    }

    pub(crate) fn query(&self, terms: &[(&'static str, String)]) -> Box<dyn Query> {
        let schema = self.searcher.schema();
        let mut queries: Vec<Box<dyn Query>> = terms
            .iter()
            .map(|(field, term)| {
                let field = schema.get_field(field).expect("a field");
                let term = Term::from_field_text(field, term);
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>
            })
            .collect();
        match queries.len() {
            1 => queries.remove(0),
            _ => Box::new(BooleanQuery::intersection(queries)),
        }
    }

    pub(crate) fn best(&self, query: &dyn Query, limit: usize) -> Vec<(f32, DocAddress)> {
        let best = TopDocs::with_limit(limit).order_by_score();
        self.searcher.search(query, &best).expect("hits")
    }

    pub(crate) fn technologies(&self, query: &dyn Query) -> AggregationResults {
        let request = r#"{"of": {"terms": {"field": "facet_technologies", "size": 20}}}"#;
        let request: Aggregations = serde_json::from_str(request).expect("an aggregation");
        let collector = AggregationCollector::from_aggs(request, Default::default());
        self.searcher.search(query, &collector).expect("counts")
    }
}
