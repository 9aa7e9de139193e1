//! How well searches answer judged queries, through the program itself.
//!
//! The queries of `tests/relevance/judgements` are asked of `samples/` and of the documents of
//! `tests/relevance/documents`, those of the other folders of labelled documents of the reader. The floors
//! are what is reached; they only ever rise, unless harder queries join.

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

/// Documents, the queries over them, and what is reached.
struct Set {
    /// The folder with the judgements, below `tests/relevance`.
    judgements: &'static str,
    documents: Documents,
    least_queries: u64,
    least_traps: u64,
    ndcg: f64,
    recall: f64,
    /// Documents returned that must not be, at most: known faults of the reader.
    must_not: u64,
}

enum Documents {
    /// All documents of these folders.
    Folders(&'static [&'static str]),
    /// The labelled documents of the reader with these numbers, without those that are held out.
    Labelled(std::ops::Range<u32>),
    /// The same, with numbers in one of these ranges.
    LabelledOf(&'static [std::ops::Range<u32>]),
    /// Those with these numbers.
    LabelledAt(&'static [u32]),
}

/// What is reached.
const SETS: [Set; 16] = [
    Set {
        judgements: "judgements",
        documents: Documents::Folders(&["samples", "tests/relevance/documents"]),
        least_queries: 325,
        least_traps: 180,
        ndcg: 0.99,
        recall: 0.99,
        must_not: 0,
    },
    Set {
        judgements: "reading",
        documents: Documents::Labelled(0..100),
        least_queries: 125,
        least_traps: 65,
        ndcg: 0.985,
        recall: 0.985,
        must_not: 0,
    },
    Set {
        judgements: "further",
        documents: Documents::Labelled(100..200),
        least_queries: 45,
        least_traps: 25,
        ndcg: 0.99,
        recall: 0.99,
        must_not: 0,
    },
    Set {
        judgements: "later",
        documents: Documents::Labelled(200..300),
        least_queries: 44,
        least_traps: 15,
        ndcg: 0.98,
        recall: 0.99,
        must_not: 0,
    },
    Set {
        judgements: "latest",
        documents: Documents::Labelled(300..400),
        least_queries: 45,
        least_traps: 9,
        ndcg: 0.975,
        recall: 0.965,
        must_not: 0,
    },
    Set {
        judgements: "from-400",
        documents: Documents::Labelled(400..500),
        least_queries: 48,
        least_traps: 19,
        ndcg: 0.965,
        recall: 0.96,
        must_not: 0,
    },
    Set {
        judgements: "from-500",
        documents: Documents::Labelled(500..560),
        least_queries: 51,
        least_traps: 13,
        ndcg: 0.975,
        recall: 0.975,
        must_not: 0,
    },
    Set {
        judgements: "from-560",
        documents: Documents::Labelled(500..594),
        least_queries: 52,
        least_traps: 12,
        ndcg: 0.985,
        recall: 0.985,
        must_not: 0,
    },
    Set {
        judgements: "from-600",
        documents: Documents::LabelledOf(&[1..25, 600..697]),
        least_queries: 84,
        least_traps: 56,
        ndcg: 0.97,
        recall: 0.955,
        must_not: 1,
    },
    Set {
        judgements: "from-700",
        documents: Documents::LabelledOf(&[421..500, 594..600, 619..620, 701..723]),
        least_queries: 80,
        least_traps: 42,
        ndcg: 0.95,
        recall: 0.97,
        must_not: 1,
    },
    Set {
        judgements: "from-720",
        documents: Documents::LabelledOf(&[101..139, 641..689]),
        least_queries: 62,
        least_traps: 33,
        ndcg: 0.98,
        recall: 0.965,
        must_not: 0,
    },
    Set {
        judgements: "from-740",
        documents: Documents::Labelled(141..200),
        least_queries: 102,
        least_traps: 43,
        ndcg: 0.935,
        recall: 0.92,
        must_not: 0,
    },
    Set {
        judgements: "from-850",
        documents: Documents::Labelled(301..361),
        least_queries: 105,
        least_traps: 57,
        ndcg: 0.935,
        recall: 0.92,
        must_not: 2,
    },
    Set {
        judgements: "from-950",
        documents: Documents::LabelledAt(&[
            404, 411, 419, 441, 446, 452, 453, 461, 469, 478, 479, 514, 519, 524, 541, 569, 582,
            584, 617, 641, 651, 671, 676, 702, 741, 742, 743, 746, 747, 749, 752, 753, 757, 758,
            762, 764, 767, 769, 777, 778,
        ]),
        least_queries: 80,
        least_traps: 30,
        ndcg: 0.89,
        recall: 0.85,
        must_not: 1,
    },
    Set {
        // At first sight: nothing was mended for it.
        judgements: "from-1000",
        documents: Documents::LabelledAt(&[
            202, 219, 257, 269, 274, 277, 286, 321, 342, 356, 401, 469, 478, 499, 518, 564, 614,
            644, 658, 748, 779, 781, 782, 784, 786, 787, 789, 791, 793, 794, 797, 803, 804, 807,
            808, 817, 824, 828, 831, 832,
        ]),
        least_queries: 70,
        least_traps: 26,
        ndcg: 0.915,
        recall: 0.875,
        must_not: 3,
    },
    Set {
        judgements: "from-1050",
        documents: Documents::LabelledAt(&[
            22, 49, 52, 62, 64, 74, 113, 136, 138, 142, 144, 151, 158, 159, 166, 172, 182, 199,
            207, 211, 217, 259, 266, 272, 276, 283, 291, 296, 303, 328, 356, 372, 376, 377, 379,
            381, 387, 394, 398, 399,
        ]),
        least_queries: 70,
        least_traps: 20,
        ndcg: 0.88,
        recall: 0.835,
        must_not: 3,
    },
];

impl Documents {
    fn paths(&self) -> Vec<PathBuf> {
        match self {
            Self::Folders(folders) => folders.iter().map(PathBuf::from).collect(),
            Self::Labelled(numbers) => labelled_documents(std::slice::from_ref(numbers)),
            Self::LabelledOf(numbers) => labelled_documents(numbers),
            Self::LabelledAt(numbers) => {
                let ranges: Vec<_> = numbers.iter().map(|number| *number..*number + 1).collect();
                labelled_documents(&ranges)
            }
        }
    }
}

fn labelled_documents(numbers: &[std::ops::Range<u32>]) -> Vec<PathBuf> {
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
        number.is_some_and(|number| {
            numbers.iter().any(|range| range.contains(&number)) && !number.is_multiple_of(5)
        })
    });
    paths.sort();
    paths
}

#[test]
fn judged_queries_are_answered_at_least_as_well_as_before() {
    let faults: Vec<String> = SETS.iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Asks the queries of a set; returns in what it falls short.
fn faults(set: &Set) -> Vec<String> {
    let judgements = format!("tests/relevance/{}", set.judgements);
    let arguments = [
        "--json",
        "--document-date",
        "2024-06-30",
        "--judgements",
        &judgements,
    ];
    let output = evaluate(&arguments, &set.documents.paths());
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)));
    for query in report["queries"].as_array().expect("a list") {
        if query["recall"] != 1.0 || query["mustNot"] != Value::Array(Vec::new()) {
            println!("{query}");
        }
    }
    let all = &report["totals"]["all"];
    println!("{judgements}: {all}");
    let count = |value: &Value| value.as_u64().expect("a number");
    let number = |name: &str| all[name].as_f64().expect("a number");
    let short = [
        ("queries", count(&all["queries"]) >= set.least_queries),
        (
            "traps",
            count(&report["totals"]["traps"]["queries"]) >= set.least_traps,
        ),
        ("nDCG@10", number("ndcg") >= set.ndcg),
        ("recall@50", number("recall") >= set.recall),
        ("must not", count(&all["mustNot"]) <= set.must_not),
    ];
    let short = short.into_iter().filter(|(_, is_reached)| !is_reached);
    short
        .map(|(what, _)| format!("{judgements}: {what} of {all}"))
        .collect()
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
