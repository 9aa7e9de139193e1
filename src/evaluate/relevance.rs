//! How well searches answer judged queries.
//!
//! In: a file of queries, each with what a careful recruiter says of documents, and the documents
//! that a search returned, best first. Out: nDCG@10, recall@50 and every document that must not have
//! been returned. Who asks, and how, is not known here (`docs/evaluation.md` tells the file's form).

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// How many of the best count for nDCG.
pub const NDCG_DEPTH: usize = 10;

/// How many of the best count for recall.
pub const RECALL_DEPTH: usize = 50;

/// A file of judged queries.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    queries: Vec<JudgedQuery>,
}

/// A query and what is said of documents, which go by their file names.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgedQuery {
    /// The query in the search language.
    pub query: Option<String>,
    /// A `CandidateFilter` of the GraphQL schema.
    pub filter: Option<serde_json::Value>,
    /// What the request is about; results are summed up by it.
    #[serde(default)]
    pub kind: String,
    /// Documents that answer the request.
    #[serde(default)]
    pub relevant: Vec<String>,
    /// Documents that answer it less well.
    #[serde(default)]
    pub partial: Vec<String>,
    /// Documents that no one would forgive.
    #[serde(default)]
    pub must_not: Vec<String>,
    /// Whether the query is made to lead a search astray.
    #[serde(default)]
    pub trap: bool,
    /// What it is after, or what it traps.
    #[serde(default)]
    pub note: String,
}

impl JudgedQuery {
    /// Returns the query and the filter on one line.
    pub fn text(&self) -> String {
        let query = self.query.clone();
        let filter = self.filter.as_ref().map(ToString::to_string);
        query
            .into_iter()
            .chain(filter)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Returns every document that is judged.
    fn documents(&self) -> impl Iterator<Item = &String> {
        let lists = [&self.relevant, &self.partial, &self.must_not];
        lists.into_iter().flatten()
    }
}

/// Why judgements cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JudgementError {
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not TOML of the documented form.
    #[error("cannot understand {}", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// Where it differs.
        source: Box<toml::de::Error>,
    },
    /// The file is not JSON of the documented form.
    #[error("cannot understand {}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Where it differs.
        source: serde_json::Error,
    },
    /// A file holds no query.
    #[error("no query in {}", path.display())]
    NoQuery {
        /// The file.
        path: PathBuf,
    },
    /// A query has neither words nor a filter, or no judgement.
    #[error("query {number} of {} has {lacks}", path.display())]
    Incomplete {
        /// The file.
        path: PathBuf,
        /// Which query, from 1.
        number: usize,
        /// What it lacks.
        lacks: &'static str,
    },
    /// A document is judged twice by one query.
    #[error("query {number} of {} judges {document} twice", path.display())]
    Twice {
        /// The file.
        path: PathBuf,
        /// Which query, from 1.
        number: usize,
        /// The document.
        document: String,
    },
    /// Judged documents are not among those searched.
    #[error("judged, but not among the documents: {}", documents.join(", "))]
    UnknownDocuments {
        /// Their names.
        documents: Vec<String>,
    },
}

/// Reads judged queries from a TOML file, or a JSON file of the same form (`.json`).
///
/// # Errors
/// Each [`JudgementError`] but [`JudgementError::UnknownDocuments`].
pub fn judgements(path: &Path) -> Result<Vec<JudgedQuery>, JudgementError> {
    let path = path.to_owned();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(source) => return Err(JudgementError::Io { path, source }),
    };
    let is_json = path
        .extension()
        .is_some_and(|it| it.eq_ignore_ascii_case("json"));
    let parsed = if is_json {
        serde_json::from_str::<File>(&text).map_err(|source| JudgementError::Json {
            path: path.clone(),
            source,
        })
    } else {
        toml::from_str::<File>(&text).map_err(|source| JudgementError::Toml {
            path: path.clone(),
            source: Box::new(source),
        })
    };
    let queries = parsed?.queries;
    if queries.is_empty() {
        return Err(JudgementError::NoQuery { path });
    }
    for (index, query) in queries.iter().enumerate() {
        check(query, index + 1, &path)?;
    }
    Ok(queries)
}

fn check(query: &JudgedQuery, number: usize, path: &Path) -> Result<(), JudgementError> {
    let incomplete = |lacks| JudgementError::Incomplete {
        path: path.to_owned(),
        number,
        lacks,
    };
    if query.query.is_none() && query.filter.is_none() {
        return Err(incomplete("neither query nor filter"));
    }
    let mut seen = BTreeSet::new();
    for document in query.documents() {
        if !seen.insert(document) {
            return Err(JudgementError::Twice {
                path: path.to_owned(),
                number,
                document: document.clone(),
            });
        }
    }
    if seen.is_empty() {
        return Err(incomplete("no judgement"));
    }
    Ok(())
}

/// Checks that every judged document is one of `documents`: a mistyped name would count as missed
/// for ever, or as well kept out.
///
/// # Errors
/// [`JudgementError::UnknownDocuments`], all of them in one.
pub fn check_documents(
    queries: &[JudgedQuery],
    documents: &BTreeSet<String>,
) -> Result<(), JudgementError> {
    let judged = queries.iter().flat_map(JudgedQuery::documents);
    let unknown: BTreeSet<&String> = judged.filter(|it| !documents.contains(*it)).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let documents = unknown.into_iter().cloned().collect();
    Err(JudgementError::UnknownDocuments { documents })
}

/// What one answer is worth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relevance {
    /// Normalized discounted cumulative gain of the first [`NDCG_DEPTH`], 0 to 1; none if the query
    /// has no relevant document.
    pub ndcg: Option<f64>,
    /// Part of the relevant documents, full and partial, that is among the first [`RECALL_DEPTH`];
    /// none if the query has no relevant document.
    pub recall: Option<f64>,
    /// Documents returned that must not be, at any place, with their places from 1.
    pub must_not: Vec<(usize, String)>,
    /// Relevant documents, full and partial, that are not among the first [`RECALL_DEPTH`].
    pub missed: Vec<String>,
    /// Documents among the first [`NDCG_DEPTH`] that nobody judged; they count as not relevant.
    pub unjudged: Vec<String>,
}

/// Scores the documents that a search returned for `query`: all of them, best first.
///
/// A relevant document gains 3, a partial one 1 (2^grade − 1, Burges et al. 2005), divided by
/// log2(place + 1). When there are more relevant documents than places, the places are what can be
/// reached, of recall too.
pub fn relevance(query: &JudgedQuery, ranked: &[String]) -> Relevance {
    let mut grades: HashMap<&str, u32> = HashMap::new();
    grades.extend(query.relevant.iter().map(|it| (it.as_str(), 2)));
    grades.extend(query.partial.iter().map(|it| (it.as_str(), 1)));
    let relevant = grades.len();
    let must_not: BTreeSet<&str> = query.must_not.iter().map(String::as_str).collect();
    let grade = |document: &String| grades.get(document.as_str()).copied().unwrap_or(0);

    let reached = discounted(ranked.iter().map(grade));
    let best = discounted(
        std::iter::repeat_n(2, query.relevant.len())
            .chain(std::iter::repeat_n(1, query.partial.len())),
    );
    let top: BTreeSet<&str> = ranked
        .iter()
        .take(RECALL_DEPTH)
        .map(String::as_str)
        .collect();
    let missed: Vec<String> = (query.relevant.iter().chain(&query.partial))
        .filter(|it| !top.contains(it.as_str()))
        .cloned()
        .collect();
    let found = relevant - missed.len();
    let is_scored = relevant > 0;
    Relevance {
        ndcg: is_scored.then(|| reached / best),
        recall: is_scored.then(|| found as f64 / relevant.min(RECALL_DEPTH) as f64),
        must_not: (ranked.iter().enumerate())
            .filter(|(_, it)| must_not.contains(it.as_str()))
            .map(|(index, it)| (index + 1, it.clone()))
            .collect(),
        missed,
        unjudged: (ranked.iter().take(NDCG_DEPTH))
            .filter(|it| grade(it) == 0 && !must_not.contains(it.as_str()))
            .cloned()
            .collect(),
    }
}

/// Returns the discounted cumulative gain of grades in the order of their places.
fn discounted(grades: impl Iterator<Item = u32>) -> f64 {
    (grades.take(NDCG_DEPTH).enumerate())
        .map(|(index, grade)| f64::from((1_u32 << grade) - 1) / (index as f64 + 2.0).log2())
        // The sum of nothing would be −0.
        .fold(0.0, |sum, gain| sum + gain)
}

/// Sums of many [`Relevance`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RelevanceTotal {
    /// Queries.
    pub queries: usize,
    /// Queries with a relevant document: those that `ndcg` and `recall` are the means of.
    scored: usize,
    ndcg: f64,
    recall: f64,
    /// Documents returned that must not be.
    pub must_not: usize,
}

impl RelevanceTotal {
    /// Counts one answer.
    pub fn add(&mut self, relevance: &Relevance) {
        self.queries += 1;
        self.must_not += relevance.must_not.len();
        if let (Some(ndcg), Some(recall)) = (relevance.ndcg, relevance.recall) {
            self.scored += 1;
            self.ndcg += ndcg;
            self.recall += recall;
        }
    }

    /// Returns the mean nDCG of the queries that have a relevant document; 1 if none has.
    pub fn ndcg(&self) -> f64 {
        self.mean(self.ndcg)
    }

    /// Returns the mean recall of the queries that have a relevant document; 1 if none has.
    pub fn recall(&self) -> f64 {
        self.mean(self.recall)
    }

    fn mean(&self, sum: f64) -> f64 {
        if self.scored == 0 {
            1.0
        } else {
            sum / self.scored as f64
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn query() -> JudgedQuery {
        JudgedQuery {
            query: Some("Rust".to_owned()),
            relevant: names(&["a", "b"]),
            partial: names(&["c"]),
            must_not: names(&["x"]),
            ..JudgedQuery::default()
        }
    }

    #[test]
    fn the_ideal_order_is_worth_one() {
        let scored = relevance(&query(), &names(&["b", "a", "c"]));
        assert_eq!(
            scored,
            Relevance {
                ndcg: Some(1.0),
                recall: Some(1.0),
                ..Relevance::default()
            }
        );
    }

    #[test]
    fn a_relevant_document_after_a_partial_one_is_worth_less() {
        let scored = relevance(&query(), &names(&["c", "a", "b"]));
        // Gains 1, 3, 3 over the discounts 1, log2 3 and 2, against 3, 3, 1.
        let expected = (1.0 + 3.0 / 3_f64.log2() + 1.5) / (3.0 + 3.0 / 3_f64.log2() + 0.5);
        let ndcg = scored.ndcg.expect("relevant documents");
        assert!((ndcg - expected).abs() < 1e-12, "{ndcg} {expected}");
    }

    #[test]
    fn what_must_not_be_returned_and_what_nobody_judged_is_told() {
        let scored = relevance(&query(), &names(&["a", "z", "x"]));
        assert_eq!(scored.must_not, [(3, "x".to_owned())]);
        assert_eq!(scored.unjudged, ["z"]);
        assert_eq!(scored.missed, ["b", "c"]);
        let recall = scored.recall.expect("relevant documents");
        assert!((recall - 1.0 / 3.0).abs() < 1e-12, "{recall}");
    }

    #[test]
    fn places_beyond_the_depth_do_not_count_but_for_what_must_not_be_there() {
        let mut ranked: Vec<String> = (0..RECALL_DEPTH).map(|it| format!("n{it}")).collect();
        ranked.extend(names(&["a", "x"]));
        let scored = relevance(&query(), &ranked);
        assert_eq!((scored.ndcg, scored.recall), (Some(0.0), Some(0.0)));
        assert_eq!(scored.must_not, [(RECALL_DEPTH + 2, "x".to_owned())]);
        assert_eq!(scored.unjudged.len(), NDCG_DEPTH);
    }

    #[test]
    fn more_relevant_documents_than_places_can_be_reached_in_full() {
        let many: Vec<String> = (0..60).map(|it| format!("n{it}")).collect();
        let query = JudgedQuery {
            relevant: many.clone(),
            ..query()
        };
        let scored = relevance(
            &JudgedQuery {
                partial: Vec::new(),
                ..query
            },
            &many,
        );
        assert_eq!((scored.ndcg, scored.recall), (Some(1.0), Some(1.0)));
        assert_eq!(scored.missed.len(), 10);
    }

    #[test]
    fn a_query_without_relevant_documents_counts_only_what_must_not_be_there() {
        let nobody = JudgedQuery {
            relevant: Vec::new(),
            partial: Vec::new(),
            ..query()
        };
        let mut total = RelevanceTotal::default();
        total.add(&relevance(&nobody, &[]));
        total.add(&relevance(&nobody, &names(&["x"])));
        assert_eq!((total.queries, total.must_not), (2, 1));
        assert_eq!((total.ndcg(), total.recall()), (1.0, 1.0));
        total.add(&relevance(&query(), &[]));
        assert_eq!((total.ndcg(), total.recall()), (0.0, 0.0));
    }

    #[track_caller]
    fn read(name: &str, text: &str) -> Result<Vec<JudgedQuery>, JudgementError> {
        let folder = tempfile::tempdir().expect("a directory");
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        judgements(&path)
    }

    #[test]
    fn toml_and_json_say_the_same() {
        let toml = "[[queries]]\nquery = \"Rust\"\nfilter = { employer = { name = \"A\" } }\n\
                    relevant = [\"a.md\"]\ntrap = true\n";
        let json = r#"{"queries": [{"query": "Rust", "filter": {"employer": {"name": "A"}},
                    "relevant": ["a.md"], "trap": true}]}"#;
        let from_toml = read("j.toml", toml).expect("judgements");
        assert_eq!(from_toml, read("j.json", json).expect("judgements"));
        assert_eq!(from_toml[0].text(), r#"Rust {"employer":{"name":"A"}}"#);
    }

    #[test]
    fn unusable_judgements_are_errors_that_name_the_query() {
        let cases = [
            ("", "no query in"),
            (
                "[[queries]]\nrelevant = [\"a\"]",
                "neither query nor filter",
            ),
            ("[[queries]]\nquery = \"x\"", "no judgement"),
            (
                "[[queries]]\nquery = \"x\"\nrelevant = [\"a\"]\nmust_not = [\"a\"]",
                "query 1 of",
            ),
            (
                "[[queries]]\nquery = \"x\"\nrelevent = [\"a\"]",
                "cannot understand",
            ),
        ];
        for (text, expected) in cases {
            let error = read("j.toml", text).expect_err(text);
            assert!(error.to_string().contains(expected), "{text}: {error}");
        }
    }

    #[test]
    fn a_mistyped_document_is_an_error() {
        let documents = BTreeSet::from(["a", "b", "c"].map(str::to_owned));
        let error = check_documents(&[query()], &documents).expect_err("x is not among them");
        assert_eq!(error.to_string(), "judged, but not among the documents: x");
    }
}
