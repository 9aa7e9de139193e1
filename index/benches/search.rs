//! Searches over thousands of careers made up at random, each with the result it must have.
#![allow(
    missing_docs,
    reason = "criterion's macro makes an undocumented function"
)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use shokureki_index::months::MonthRange;
use shokureki_index::{
    Change, Condition, Document, EmployerCondition, EmployerEntry, FacetRequest, Grade,
    MentionEntry, Order, Page, Query, SkillIndex, StintCondition, StintEntry, TechnologyCondition,
    Tenure, WordsCondition,
};

const TECHNOLOGIES: usize = 200;
const EMPLOYERS: usize = 500;
const STINTS: usize = 6;
const TECHNOLOGIES_A_STINT: usize = 5;
const BUDGET: Duration = Duration::from_secs(30);

/// SplitMix64: the same careers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    /// Small numbers come up more often, as popular technologies do.
    fn skewed(&mut self, bound: usize) -> usize {
        let first = self.below(bound);
        first.min(self.below(bound)).min(self.below(bound))
    }
}

fn line(text: &mut String, content: &str) -> std::ops::Range<usize> {
    let start = text.len();
    text.push_str(content);
    text.push('\n');
    start..start + content.len()
}

fn career(number: usize, random: &mut Random) -> Document {
    let mut document = Document {
        key: format!("{number:06}"),
        resume: format!("resume {number}"),
        updated_at_us: number as i64,
        ..Document::default()
    };
    let mut first = 24_120 + random.below(60) as i32;
    for index in 0..STINTS {
        let name = format!("第{}商事株式会社", random.below(EMPLOYERS));
        let span = line(&mut document.text, &name);
        let start = document.text.len();
        for prose in [
            "業務システムの設計と開発を担当した。",
            "性能改善により応答時間を半分にした。",
        ] {
            line(&mut document.text, prose);
        }
        for _ in 0..TECHNOLOGIES_A_STINT {
            let technology = format!("tech{}", random.skewed(TECHNOLOGIES));
            let span = line(&mut document.text, &technology);
            document.mentions.push(MentionEntry {
                technology,
                grade: Grade::Worked,
                stint: Some(index),
                span,
            });
        }
        let last = first + 6 + random.below(24) as i32;
        document.stints.push(StintEntry {
            part_of: None,
            key: format!("{number}-{index}"),
            employer: Some(EmployerEntry {
                key: name.clone(),
                names: vec![name],
                span: span.clone(),
            }),
            months: Some(MonthRange { first, last }),
            is_current: index + 1 == STINTS,
            roles: vec!["エンジニア".to_owned()],
            role_spans: Vec::new(),
            span,
            text: std::iter::once(start..document.text.len()).collect(),
        });
        first = last + 1;
    }
    document
}

fn used_for(key: &str, min_months: Option<u32>) -> StintCondition {
    StintCondition {
        technology: Some(TechnologyCondition {
            any_of: vec![key.to_owned()],
            include_parts: true,
            min_months,
            last_used_since: None,
            min_grade: Grade::Declared,
        }),
        ..StintCondition::default()
    }
}

/// Candidates with `months` of `key`, counted without the index.
fn count(documents: &[Document], key: &str, months: u32) -> u64 {
    let has = |document: &&Document| {
        let stints = document
            .mentions
            .iter()
            .filter(|mention| mention.technology == key);
        let ranges = stints.filter_map(|mention| document.stints[mention.stint?].months);
        let mut ranges = ranges.peekable();
        ranges.peek().is_some() && shokureki_index::months::union_months(ranges) >= months
    };
    documents.iter().filter(has).count() as u64
}

fn query(condition: Condition, facets: FacetRequest) -> Query {
    Query {
        condition: Some(condition),
        order: Order::Relevance,
        page: Page {
            limit: 20,
            after: None,
            before: None,
            backward: false,
        },
        count: true,
        facets,
        prefers_worked: false,
    }
}

fn searches(criterion: &mut Criterion) {
    for size in [1_000, 10_000] {
        let mut random = Random(size as u64);
        let documents: Vec<Document> = (0..size).map(|n| career(n, &mut random)).collect();
        let directory = tempfile::tempdir().expect("a directory for the index");
        let index = SkillIndex::open(directory.path()).expect("an empty index");
        let upserts = documents
            .iter()
            .map(|document| Change::Upsert(Box::new(document.clone())));
        index
            .apply(upserts.collect(), 1)
            .expect("an index of all careers");

        let prose = Condition::Words(WordsCondition {
            text: "性能改善".to_owned(),
            technology: None,
            literal: true,
            is_exact: false,
            outside_certificates: false,
            is_weak: false,
        });
        let at_employer = StintCondition {
            employer: Some(EmployerCondition {
                name: "第7商事".to_owned(),
                key: "第7商事".to_owned(),
                partial: true,
                tenure: Tenure::Any,
            }),
            ..StintCondition::default()
        };
        let employed = documents.iter().filter(|document| {
            let mut employers = document
                .stints
                .iter()
                .filter_map(|stint| stint.employer.as_ref());
            employers.any(|employer| employer.key == "第7商事株式会社")
        });
        let no_facets = FacetRequest::default();
        let all_facets = FacetRequest {
            technologies: Some(20),
            employers: Some(20),
            years: Some(20),
            ..FacetRequest::default()
        };
        let stint = Condition::Stint;
        let cases = [
            (
                "popular technology",
                query(stint(used_for("tech0", None)), no_facets),
                count(&documents, "tech0", 0),
            ),
            (
                "popular, 24 months",
                query(stint(used_for("tech0", Some(24))), no_facets),
                count(&documents, "tech0", 24),
            ),
            (
                "rare technology",
                query(stint(used_for("tech150", None)), no_facets),
                count(&documents, "tech150", 0),
            ),
            (
                "employer",
                query(stint(at_employer), no_facets),
                employed.count() as u64,
            ),
            ("words of all", query(prose.clone(), no_facets), size as u64),
            ("facets of all", query(prose, all_facets), size as u64),
        ];
        let mut group = criterion.benchmark_group("search");
        group.sample_size(10);
        for (name, query, expected) in cases {
            let found = index.search(&query, BUDGET).expect("an answer");
            assert_eq!(found.total, Some(expected), "{name}");
            group.bench_with_input(BenchmarkId::new(name, size), &query, |bencher, query| {
                bencher.iter(|| index.search(black_box(query), BUDGET).expect("an answer"));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, searches);
criterion_main!(benches);
