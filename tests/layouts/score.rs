//! Documents are read and compared with their labels, and the scores with their floors.

use std::collections::BTreeMap;

use shokureki::evaluate::{self, DocumentReport, Kind, Score};
use shokureki_index::lexicon::Lexicon;
use tempfile::TempDir;

use super::choice::{Made, Picks};
use super::labels::Document;

/// How far below what is reached a floor lies.
pub(crate) const SLACK: f64 = 0.01;

/// Documents of each family.
const DOCUMENTS: u64 = 400;

/// Documents that a failure shows.
const SHOWN: usize = 3;

/// A choice, a value of it, and the least F1 of employers and of projects over the documents that
/// have it; the choice `all` is over all documents.
pub(crate) type Floor = (&'static str, &'static str, f64, f64);

/// The scores of employers and projects.
#[derive(Clone, Copy, Default)]
struct Reached {
    employers: Score,
    projects: Score,
}

impl Reached {
    fn of(report: &DocumentReport) -> Self {
        let score = |kind| {
            let index = Kind::ALL.iter().position(|&each| each == kind);
            report.scores[index.expect("a kind")]
        };
        Self {
            employers: score(Kind::Employers),
            projects: score(Kind::Projects),
        }
    }

    fn add(&mut self, other: Self) {
        self.employers.add(other.employers);
        self.projects.add(other.projects);
    }

    /// Returns answers without a label and labels without an answer.
    fn misses(self) -> usize {
        [self.employers, self.projects]
            .iter()
            .map(|score| score.given + score.labelled - 2 * score.right)
            .sum()
    }
}

/// Reads documents of a family and holds their scores against `floors`.
#[track_caller]
pub(crate) fn check(family: &str, write: fn(&mut Picks) -> Document, floors: &[Floor]) {
    let documents: Vec<Document> = (0..DOCUMENTS)
        .map(|seed| write(&mut Picks::new(seed)))
        .collect();
    let reports = read(&documents);
    let reached = by_choice(&documents, &reports);
    for ((choice, value), score) in &reached {
        let floor = |score: Score| ((score.f1() - SLACK).max(0.0) * 1000.0).floor() / 1000.0;
        println!(
            "    ({choice:?}, {value:?}, {:.3}, {:.3}), // {family}: {:.3}, {:.3}",
            floor(score.employers),
            floor(score.projects),
            score.employers.f1(),
            score.projects.f1()
        );
    }
    let faults = faults(&reached, floors);
    if faults.is_empty() {
        return;
    }
    let mut text = String::new();
    for (made, fault, _) in &faults {
        text.push_str(&format!("{} {:?}: {fault}\n", made.0, made.1));
    }
    let mut shown: Vec<&str> = Vec::new();
    for (made, ..) in &faults {
        if let Some((document, report)) = worst(made, &documents, &reports)
            && shown.len() < SHOWN
            && !shown.contains(&report.name.as_str())
        {
            shown.push(&report.name);
            text.push_str(&show(made, document, report));
        }
    }
    panic!("{family}:\n{text}");
}

/// Reads all documents; the reports are in their order.
fn read(documents: &[Document]) -> Vec<DocumentReport> {
    let folder = TempDir::new().expect("a folder");
    for (index, document) in documents.iter().enumerate() {
        let path = folder.path().join(format!("{index:04}.md"));
        std::fs::write(&path, &document.text).expect("a document");
        let labels = document.labels.to_json().to_string();
        std::fs::write(path.with_extension("json"), labels).expect("labels");
    }
    let reports = evaluate::reading(folder.path(), Lexicon::builtin()).expect("documents");
    assert_eq!(reports.len(), documents.len());
    reports
}

fn by_choice(documents: &[Document], reports: &[DocumentReport]) -> BTreeMap<Made, Reached> {
    let mut reached: BTreeMap<Made, Reached> = BTreeMap::new();
    for (document, report) in documents.iter().zip(reports) {
        let score = Reached::of(report);
        for made in document.made.iter().cloned().chain([all()]) {
            reached.entry(made).or_default().add(score);
        }
    }
    reached
}

fn all() -> Made {
    ("all", String::new())
}

/// Returns what is below its floor or without one, the furthest below first.
fn faults(reached: &BTreeMap<Made, Reached>, floors: &[Floor]) -> Vec<(Made, String, f64)> {
    let mut faults = Vec::new();
    for &(choice, value, employers, projects) in floors {
        let made = (choice, value.to_owned());
        let Some(score) = reached.get(&made) else {
            faults.push((made, "a floor without documents".to_owned(), 0.0));
            continue;
        };
        let kinds = [
            (Kind::Employers, score.employers, employers),
            (Kind::Projects, score.projects, projects),
        ];
        for (kind, score, floor) in kinds {
            let below = floor - score.f1();
            if below > 0.0 {
                let fault = format!("{}: {:.3} is below {floor}", kind.name(), score.f1());
                faults.push((made.clone(), fault, below));
            }
        }
    }
    let is_listed = |made: &Made| {
        floors
            .iter()
            .any(|&(choice, value, ..)| (choice, value) == (made.0, made.1.as_str()))
    };
    for made in reached.keys().filter(|made| !is_listed(made)) {
        faults.push((made.clone(), "no floor".to_owned(), 0.0));
    }
    faults.sort_by(|one, other| other.2.total_cmp(&one.2));
    faults
}

/// Returns the document with most misses among those that have a value.
fn worst<'a>(
    made: &Made,
    documents: &'a [Document],
    reports: &'a [DocumentReport],
) -> Option<(&'a Document, &'a DocumentReport)> {
    documents
        .iter()
        .zip(reports)
        .filter(|(document, _)| *made == all() || document.made.contains(made))
        .max_by_key(|(_, report)| Reached::of(report).misses())
}

/// Writes a document with its layout and its misses.
fn show(made: &Made, document: &Document, report: &DocumentReport) -> String {
    let mut text = format!("\n==== {} {:?}: {}\n", made.0, made.1, report.name);
    for (choice, value) in &document.made {
        text.push_str(&format!("{choice}: {value}\n"));
    }
    for miss in &report.misses {
        if matches!(miss.kind, Kind::Employers | Kind::Projects) {
            text.push_str(&format!(
                "{} {}: {}\n",
                miss.kind.name(),
                miss.fault,
                miss.text
            ));
        }
    }
    text.push_str(&format!("----\n{}----\n", document.text));
    text
}
