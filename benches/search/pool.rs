//! An index over generated résumés, and what each search over it must find.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use shokureki::domain::{
    CandidateId, DocumentFormat, EmployerId, EmploymentId, ProjectId, ResumeId, Sha256, YearMonth,
};
use shokureki::generate::generate;
use shokureki::ingest::index_document;
use shokureki::resume::{self, PARSER_VERSION};
use shokureki::store::{Career, ResumeRow};
use shokureki_index::lexicon::Lexicon;
use shokureki_index::{Change, Document, SkillIndex};

use crate::shapes::Shape;

/// Documents are the same in every run.
const SEED: u64 = 1;

/// Documents that are read and indexed at once.
const BATCH: u64 = 1_000;

/// Some generated careers, indexed.
pub(crate) struct Pool {
    pub(crate) size: u64,
    pub(crate) index: SkillIndex,
    /// Where tantivy's own files lie.
    pub(crate) directory: PathBuf,
    pub(crate) text_bytes: u64,
    /// Of each shape, how many candidates meet it, counted without the index.
    pub(crate) expected: Vec<u64>,
}

impl Pool {
    /// Opens the pool of `size` documents below `folder`, or makes it.
    pub(crate) fn open(folder: &Path, size: u64, shapes: &[Shape]) -> Self {
        let directory = folder.join(size.to_string());
        let truth = folder.join(format!("{size}.counts"));
        let index = SkillIndex::open(&directory).expect("an index");
        let known = fs::read_to_string(&truth)
            .ok()
            .and_then(|text| counts(&text, shapes));
        let (text_bytes, expected) = match known {
            Some(known) if index.state().documents == size && index.state().is_current => known,
            _ => {
                drop(index);
                fs::remove_dir_all(&directory).expect("an old index to remove");
                let index = SkillIndex::open(&directory).expect("an empty index");
                let made = fill(&index, size, shapes);
                drop(index);
                fs::write(&truth, text(made.0, &made.1, shapes)).expect("counts to keep");
                return Self::open(folder, size, shapes);
            }
        };
        Self {
            size,
            directory: directory.join(index.state().generation.to_string()),
            index,
            text_bytes,
            expected,
        }
    }
}

/// What identifies the counts: other shapes are counted anew.
fn header(shapes: &[Shape]) -> String {
    let names: Vec<&str> = shapes.iter().map(|shape| shape.name).collect();
    names.join("|")
}

fn text(text_bytes: u64, expected: &[u64], shapes: &[Shape]) -> String {
    let numbers = [text_bytes].into_iter().chain(expected.iter().copied());
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    format!("{}\n{}\n", header(shapes), numbers.join(" "))
}

fn counts(text: &str, shapes: &[Shape]) -> Option<(u64, Vec<u64>)> {
    let (known, numbers) = text.split_once('\n')?;
    let mut numbers = numbers
        .split_whitespace()
        .map_while(|number| number.parse().ok());
    let text_bytes = numbers.next()?;
    let expected: Vec<u64> = numbers.collect();
    (known == header(shapes) && expected.len() == shapes.len()).then_some((text_bytes, expected))
}

/// Reads and indexes the documents, two batches at a time; counts who meets each shape.
fn fill(index: &SkillIndex, size: u64, shapes: &[Shape]) -> (u64, Vec<u64>) {
    let (mut reading, mut indexing) = (Duration::ZERO, Duration::ZERO);
    let mut text_bytes = 0;
    let mut expected = vec![0; shapes.len()];
    let batches: Vec<u64> = (0..size).step_by(BATCH as usize).collect();
    for (number, &first) in (1..).zip(&batches) {
        let end = (first + BATCH).min(size);
        let middle = first + (end - first) / 2;
        let start = Instant::now();
        let documents = std::thread::scope(|scope| {
            let half = scope.spawn(move || documents(first, middle));
            let mut other = documents(middle, end);
            let mut all = half.join().expect("documents");
            all.append(&mut other);
            all
        });
        reading += start.elapsed();
        for document in &documents {
            text_bytes += document.text.len() as u64;
            for (count, shape) in expected.iter_mut().zip(shapes) {
                *count += u64::from((shape.is_met)(document));
            }
        }
        let changes = documents
            .into_iter()
            .map(|document| Change::Upsert(Box::new(document)));
        let changes = changes.collect();
        let start = Instant::now();
        index.apply(changes, number).expect("an indexed batch");
        indexing += start.elapsed();
    }
    println!(
        "{size} documents made and read in {reading:.1?} on two threads, indexed in {indexing:.1?}"
    );
    (text_bytes, expected)
}

fn documents(first: u64, end: u64) -> Vec<Document> {
    let lexicon = Lexicon::builtin();
    (first..end)
        .map(|number| document(number, lexicon))
        .collect()
}

fn document(number: u64, lexicon: &Lexicon) -> Document {
    let text = generate(SEED, number).text;
    let format = DocumentFormat::Markdown;
    let (resume, notices) = resume::read(&text, format, lexicon);
    let candidate = CandidateId::new();
    let resume_id = ResumeId::new();
    let as_of = YearMonth::new(2026, 10).expect("the month that generated careers are told at");
    let career = Career {
        candidate,
        external_id: None,
        resume_id,
        row: ResumeRow {
            id: resume_id,
            candidate,
            file_name: None,
            format,
            document_date: resume.document_date,
            as_of,
            received_at: DateTime::<Utc>::UNIX_EPOCH,
            sha256: Sha256([0; 32]),
            parser_version: PARSER_VERSION,
        },
        as_of,
        updated_at: DateTime::<Utc>::UNIX_EPOCH,
        employment_ids: resume
            .stints
            .employments
            .iter()
            .map(|_| EmploymentId::new())
            .collect(),
        project_ids: resume
            .stints
            .projects
            .iter()
            .map(|_| ProjectId::new())
            .collect(),
        employer_ids: resume
            .stints
            .employments
            .iter()
            .map(|_| EmployerId::new())
            .collect(),
        resume,
        notices,
    };
    index_document(&career, &text, lexicon)
}
