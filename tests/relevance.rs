//! How well searches answer judged queries, through the program itself.
//!
//! The queries of `tests/relevance/judgements` are asked of `samples/` and of the documents of
//! `tests/relevance/documents`, those of `tests/relevance/reading`, `further`, `later` and `latest` of
//! labelled documents of the reader. The floors are what is reached; they only ever rise, unless harder queries join.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn evaluate(arguments: &[&str], paths: &[PathBuf]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shokureki"))
        .args(["evaluate", "relevance"])
        .args(arguments)
        .args(paths)
        .current_dir(root())
        .env_clear()
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What is reached, and the most documents returned that must not be.
struct Floors {
    ndcg: f64,
    recall: f64,
    must_not: u64,
}

/// Asks the queries of a folder and compares the totals with the floors.
#[track_caller]
fn check(judgements: &str, paths: &[PathBuf], least_queries: usize, floors: &Floors) -> Value {
    let arguments = [
        "--json",
        "--document-date",
        "2024-06-30",
        "--judgements",
        judgements,
    ];
    let output = evaluate(&arguments, paths);
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)));
    for query in report["queries"].as_array().expect("a list") {
        if query["recall"] != 1.0 || query["mustNot"] != Value::Array(Vec::new()) {
            println!("{query}");
        }
    }
    let all = &report["totals"]["all"];
    println!("{all}");
    let queries = all["queries"].as_u64().expect("a number");
    assert!(queries >= least_queries as u64, "{queries} queries");
    let number = |name: &str| all[name].as_f64().expect("a number");
    assert!(number("ndcg") >= floors.ndcg, "nDCG@10 is {}", all["ndcg"]);
    let recall = number("recall");
    assert!(recall >= floors.recall, "recall@50 is {recall}");
    let must_not = all["mustNot"].as_u64().expect("a number");
    assert!(
        must_not <= floors.must_not,
        "{must_not} documents are returned that must not be"
    );
    report
}

#[test]
fn judged_queries_are_answered_at_least_as_well_as_before() {
    let paths = ["samples", "tests/relevance/documents"].map(PathBuf::from);
    let floors = Floors {
        ndcg: 0.99,
        recall: 0.99,
        must_not: 0,
    };
    let report = check("tests/relevance/judgements", &paths, 325, &floors);
    let traps = report["totals"]["traps"]["queries"].as_u64();
    assert!(traps >= Some(180), "{traps:?} traps");
}

/// The labelled documents of the reader with numbers in `range`, without those that are held out.
fn labelled_documents(range: std::ops::Range<u32>) -> Vec<PathBuf> {
    let folder = root().join("tests/fixtures/reading");
    let entries = std::fs::read_dir(folder).expect("fixtures");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("entry").path()).collect();
    paths.retain(|path| {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let number: Option<u32> = name
            .as_deref()
            .and_then(|name| name.split_once('-')?.0.parse().ok());
        number.is_some_and(|number| range.contains(&number) && !number.is_multiple_of(5))
    });
    paths.sort();
    paths
}

#[test]
fn judged_queries_over_long_documents_are_answered_at_least_as_well_as_before() {
    let floors = Floors {
        ndcg: 0.985,
        recall: 0.97,
        must_not: 0,
    };
    let judgements = "tests/relevance/reading";
    check(judgements, &labelled_documents(0..100), 125, &floors);
}

#[test]
fn judged_queries_over_further_documents_are_answered_at_least_as_well_as_before() {
    let floors = Floors {
        ndcg: 0.99,
        recall: 0.99,
        must_not: 0,
    };
    let judgements = "tests/relevance/further";
    check(judgements, &labelled_documents(100..200), 45, &floors);
}

#[test]
fn judged_queries_over_later_documents_are_answered_at_least_as_well_as_before() {
    let floors = Floors {
        ndcg: 0.965,
        recall: 0.965,
        must_not: 0,
    };
    let judgements = "tests/relevance/later";
    check(judgements, &labelled_documents(200..300), 44, &floors);
}

#[test]
fn judged_queries_over_latest_documents_are_answered_at_least_as_well_as_before() {
    let floors = Floors {
        ndcg: 0.955,
        recall: 0.94,
        must_not: 0,
    };
    let judgements = "tests/relevance/latest";
    check(judgements, &labelled_documents(300..400), 45, &floors);
}

/// A folder with one résumé and its judgements; `extra` is what the judgement says beside the query.
fn folder(name: &str, judgements: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a directory");
    let resume = "# 職務経歴書\n\n更新日: 2024/03/31\n\n氏名: 試野 太郎\n\n## 職務経歴\n\n\
                  ### 株式会社ミナトソフト（2019/04〜2021/03）\n\n- 使用技術: Erlang\n";
    std::fs::write(folder.path().join("a.md"), resume).expect("written");
    std::fs::write(folder.path().join(name), judgements).expect("written");
    folder
}

#[test]
fn a_folder_of_ones_own_is_evaluated_with_its_judgements() {
    let own = folder(
        "judgements.toml",
        "[[queries]]\nquery = 'Erlang'\nrelevant = ['a.md']\n\n\
         [[queries]]\nquery = 'アーラン'\nmust_not = ['a.md']\nnote = 'asked in katakana'\n",
    );
    // Labels beside a document are no document.
    std::fs::write(own.path().join("a.json"), "{}").expect("written");
    let output = evaluate(&[], &[own.path().to_owned()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    assert!(printed.contains("1.000  1.000    1  Erlang"), "{printed}");
    assert!(
        printed.contains("must not be returned: a.md, at 1\n    note: asked in katakana"),
        "{printed}"
    );
    let total = printed.lines().last().expect("a line");
    let cells: Vec<&str> = total.split_whitespace().collect();
    assert_eq!(cells, ["all", "2", "1.000", "1.000", "1"], "{printed}");
}

#[test]
fn a_query_with_an_error_is_told_and_fails() {
    let own = folder(
        "mine.json",
        r#"{"queries": [{"query": "(Erlang", "relevant": ["a.md"]}]}"#,
    );
    let file = own.path().join("mine.json");
    let arguments = ["--judgements", file.to_str().expect("UTF-8")];
    let output = evaluate(&arguments, &[own.path().join("a.md")]);
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stdout);
    assert!(printed.contains("0.000  0.000    0  (Erlang"), "{printed}");
    assert!(printed.contains("    error: "), "{printed}");
    assert!(
        printed.contains("1 query was answered with an error"),
        "{printed}"
    );
}

#[test]
fn unusable_input_is_an_error_that_names_it() {
    let cases = [
        ("[[queries]]\nquery = 'x'\nrelevant = ['b.md']", "b.md"),
        ("[[queries]]\nquery = 'x'", "no judgement"),
        ("queries = 1", "judgements.toml"),
    ];
    for (judgements, expected) in cases {
        let own = folder("judgements.toml", judgements);
        let output = evaluate(&[], &[own.path().to_owned()]);
        assert_eq!(output.status.code(), Some(1), "{judgements}");
        let error = text(&output.stderr);
        assert!(error.contains(expected), "{judgements}: {error}");
    }
    let empty = tempfile::tempdir().expect("a directory");
    let output = evaluate(&[], &[empty.path().to_owned()]);
    assert!(text(&output.stderr).contains("judgements.toml"));
}
