//! The searches: what is asked, who meets it by a count over the documents, and the query of bare
//! tantivy that looks for the same terms.

use shokureki_index::lexicon::Lexicon;
use shokureki_index::months::{MonthRange, union_months};
use shokureki_index::{
    Condition, Document, EmployerCondition, FacetRequest, Grade, Page, PeriodCondition, Query,
    StintCondition, TechnologyCondition, Tenure, Window, WordsCondition,
};

/// A search of one kind.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    pub(crate) query: Query,
    /// Whether a document meets it, told without the index.
    pub(crate) is_met: Box<dyn Fn(&Document) -> bool>,
    /// The terms of the same search for bare tantivy: field and term, all of which a document has.
    pub(crate) terms: Vec<(&'static str, String)>,
    /// How many times longer than bare tantivy it may take.
    pub(crate) most: Option<f64>,
}

const EMPLOYER: &str = "ミナトソフト";

/// 2018 to 2022, as months since January of the year 0.
const YEARS: MonthRange = MonthRange {
    first: 2018 * 12,
    last: 2022 * 12 + 11,
};

pub(crate) fn shapes() -> Vec<Shape> {
    let (go, haskell, rust, java) = (key("Go"), key("Haskell"), key("Rust"), key("Java"));
    let year = Some(12);
    vec![
        Shape {
            name: "one word",
            query: proven(words("配車", false), 20),
            is_met: Box::new(|document| document.text.contains("配車")),
            terms: vec![("text_words", "配車".to_owned())],
            most: None,
        },
        Shape {
            name: "two words",
            query: proven(
                Condition::All(vec![words("配車", false), words("給与", false)]),
                20,
            ),
            is_met: Box::new(|document| {
                document.text.contains("配車") && document.text.contains("給与")
            }),
            terms: vec![
                ("text_words", "配車".to_owned()),
                ("text_words", "給与".to_owned()),
            ],
            most: Some(10.0),
        },
        Shape {
            name: "phrase",
            query: proven(words("蔵書検索の性能改善", true), 20),
            is_met: Box::new(|document| document.text.contains("蔵書検索の性能改善")),
            terms: vec![
                ("text_words", "蔵書".to_owned()),
                ("text_words", "検索".to_owned()),
                ("text_words", "性能".to_owned()),
                ("text_words", "改善".to_owned()),
            ],
            most: None,
        },
        Shape {
            name: "technology",
            query: page(Condition::Stint(used(&go, None)), 20),
            is_met: Box::new(uses(&go, 0, |_| Some(ALWAYS))),
            terms: vec![("technologies", format!("d{go}"))],
            most: None,
        },
        Shape {
            name: "technology, employer, period, months",
            query: page(
                Condition::Stint(StintCondition {
                    employer: Some(employer()),
                    period: Some(PeriodCondition {
                        window: Window::Months(YEARS),
                        within: false,
                    }),
                    ..used(&go, year)
                }),
                20,
            ),
            is_met: Box::new(uses(&go, 12, |employer| {
                employer.contains(EMPLOYER).then_some(YEARS)
            })),
            terms: vec![
                ("technologies", format!("d{go}")),
                ("employers", format!("^{}", normalized(EMPLOYER))),
            ],
            most: Some(3.0),
        },
        Shape {
            name: "technology, months",
            query: page(Condition::Stint(used(&rust, Some(24))), 20),
            is_met: Box::new(uses(&rust, 24, |_| Some(ALWAYS))),
            terms: vec![("technologies", format!("d{rust}"))],
            most: None,
        },
        Shape {
            name: "deep filter",
            query: page(
                Condition::All(vec![
                    Condition::Any(vec![
                        Condition::Stint(used(&rust, year)),
                        Condition::All(vec![
                            Condition::Stint(used(&haskell, None)),
                            Condition::Not(Box::new(Condition::Stint(used(&go, None)))),
                        ]),
                    ]),
                    Condition::Not(Box::new(Condition::Stint(used(&java, Some(60))))),
                ]),
                20,
            ),
            is_met: Box::new(move |document| {
                let has = |key: &str, months| uses(key, months, |_| Some(ALWAYS))(document);
                (has(&rust, 12) || (has(&haskell, 0) && !has(&go, 0))) && !has(&java, 60)
            }),
            terms: Vec::new(),
            most: None,
        },
        Shape {
            name: "technology facet",
            query: Query {
                facets: FacetRequest {
                    technologies: Some(20),
                    ..FacetRequest::default()
                },
                ..page(Condition::Stint(used(&key("Haskell"), None)), 0)
            },
            is_met: Box::new(uses(&key("Haskell"), 0, |_| Some(ALWAYS))),
            terms: vec![("technologies", format!("d{}", key("Haskell")))],
            most: Some(2.0),
        },
        Shape {
            name: "page of 50",
            query: page(Condition::Stint(used(&key("Haskell"), None)), 50),
            is_met: Box::new(uses(&key("Haskell"), 0, |_| Some(ALWAYS))),
            terms: vec![("technologies", format!("d{}", key("Haskell")))],
            most: None,
        },
    ]
}

/// A window that holds every month.
const ALWAYS: MonthRange = MonthRange {
    first: 0,
    last: 9_999 * 12,
};

fn key(name: &str) -> String {
    let technology = Lexicon::builtin().resolve(name).expect("a listed name");
    technology.technology.key.clone()
}

fn normalized(name: &str) -> String {
    shokureki_index::analysis::normalize(name)
        .as_str()
        .to_owned()
}

fn words(text: &str, is_exact: bool) -> Condition {
    Condition::Words(WordsCondition {
        text: text.to_owned(),
        technology: None,
        literal: true,
        is_exact,
        outside_certificates: false,
        is_weak: false,
    })
}

fn employer() -> EmployerCondition {
    EmployerCondition {
        name: EMPLOYER.to_owned(),
        key: Lexicon::builtin().employer_key(EMPLOYER),
        partial: true,
        tenure: Tenure::Any,
    }
}

fn used(key: &str, min_months: Option<u32>) -> StintCondition {
    StintCondition {
        technology: Some(TechnologyCondition {
            any_of: vec![key.to_owned()],
            include_parts: false,
            min_months,
            last_used_since: None,
            min_grade: Grade::Declared,
        }),
        ..StintCondition::default()
    }
}

/// The search without evidence: the same as bare tantivy is asked for, ranked and counted.
fn page(condition: Condition, limit: u32) -> Query {
    Query {
        page: Page {
            limit,
            after: None,
            before: None,
            backward: false,
        },
        count: true,
        ..Query::without_hits(Some(condition))
    }
}

/// The same with evidence.
fn proven(condition: Condition, limit: u32) -> Query {
    Query {
        evidence: true,
        ..page(condition, limit)
    }
}

/// Whether a document has `key` for so many months at an employer, within the window that `at` gives
/// for its name.
fn uses(
    key: &str,
    months: u32,
    at: impl Fn(&str) -> Option<MonthRange> + 'static,
) -> impl Fn(&Document) -> bool + 'static {
    let key = key.to_owned();
    move |document| {
        let mut ranges = Vec::new();
        let mut is_used = false;
        for mention in &document.mentions {
            if mention.technology != key || mention.grade < Grade::Declared {
                continue;
            }
            let Some(stint) = mention.stint.map(|stint| &document.stints[stint]) else {
                is_used |= at("").is_some();
                continue;
            };
            let employer = stint.employer.as_ref().and_then(|each| each.names.first());
            let Some(window) = at(employer.map_or("", String::as_str)) else {
                continue;
            };
            let clipped = stint.months.map(|months| months.clip(window));
            let clipped = clipped.filter(|months| !months.is_empty());
            is_used |= clipped.is_some();
            ranges.extend(clipped.filter(|_| mention.grade == Grade::Worked));
        }
        is_used && (months == 0 || union_months(ranges) >= months)
    }
}
