//! How long the reader takes: over the labelled résumés of invented people, and for one of 8 kB.
//!
//! Each round must read the same as the first, and a document an employment, a project and some
//! technologies at the least, so that a fast wrong answer fails. The lexicon is parsed once a
//! process; how long that takes is printed first.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use shokureki::document::{self, Document};
use shokureki::resume;
use shokureki_index::lexicon::Lexicon;

/// Rounds; the fastest counts, for the others were disturbed.
const ROUNDS: usize = 10;

/// Bytes of a typical document, and how far from it one may be.
const TYPICAL_BYTES: usize = 8 * 1024;
const TYPICAL_SPREAD: usize = 2 * 1024;

/// Technologies that a document names at the least, on the average.
const LEAST_TECHNOLOGIES: usize = 5;

/// How much was read of some documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    employments: usize,
    projects: usize,
    mentions: usize,
}

fn main() {
    let start = Instant::now();
    let lexicon = Lexicon::builtin();
    println!("lexicon parsed in {:?}", start.elapsed());

    let documents = documents();
    let expected = read(&documents, lexicon);
    assert!(expected.employments >= documents.len());
    assert!(expected.projects >= documents.len());
    assert!(expected.mentions >= documents.len() * LEAST_TECHNOLOGIES);
    println!("{} documents: {expected:?}", documents.len());
    report("all documents", &documents, lexicon);

    let typical: Vec<Document> = documents
        .into_iter()
        .filter(|document| document.text.len().abs_diff(TYPICAL_BYTES) <= TYPICAL_SPREAD)
        .collect();
    assert!(!typical.is_empty(), "no document is of a typical length");
    let per_kib = report("documents of about 8 kB", &typical, lexicon);
    println!("a document of 8 kB: {:?}", per_kib * 8);
}

/// Reads the documents some times, prints how long a kB takes at best, and returns it.
fn report(name: &str, documents: &[Document], lexicon: &Lexicon) -> Duration {
    let expected = read(documents, lexicon);
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let counts = read(black_box(documents), lexicon);
        best = best.min(start.elapsed());
        assert_eq!(counts, expected);
    }
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let per_kib = best.mul_f64(1024.0 / bytes as f64);
    println!("{name}: {} kB, {per_kib:?} a kB", bytes / 1024);
    per_kib
}

/// Reads each document once.
fn read(documents: &[Document], lexicon: &Lexicon) -> Counts {
    let mut counts = Counts::default();
    for document in documents {
        let (resume, _) = resume::read(&document.text, document.format, lexicon);
        counts.employments += resume.stints.employments.len();
        counts.projects += resume.stints.projects.len();
        counts.mentions += resume.mentions.len();
    }
    counts
}

/// The labelled documents, but those that are JSON as their labels are.
fn documents() -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reading");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the fixtures")
        .map(|entry| entry.expect("a fixture").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension != "json")
        })
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).expect("a fixture");
            let name = path.file_name().and_then(|name| name.to_str());
            document::decode(&bytes, name).expect("text")
        })
        .collect()
}
