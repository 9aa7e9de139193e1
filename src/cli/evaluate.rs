//! `shokureki evaluate`: how well labelled documents are read, and judged queries answered.

mod relevance;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use shokureki_index::lexicon::Lexicon;

use super::Outcome;
use super::print::Table;
use crate::evaluate::{self, DocumentReport, Kind, Score};

/// Arguments of `evaluate`.
#[derive(Args, Debug)]
pub(super) struct EvaluateArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Compare what is read of labelled documents with their labels.
    Reading(ReadingArgs),
    /// Ask judged queries of documents and score the answers.
    Relevance(relevance::RelevanceArgs),
}

#[derive(Args, Debug)]
struct ReadingArgs {
    /// Folder of documents, each with a label file beside it: `x.md` and `x.json`.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print the scores only, not every miss.
    #[arg(long)]
    quiet: bool,
}

pub(super) fn run(args: &EvaluateArgs) -> anyhow::Result<Outcome> {
    match &args.what {
        What::Reading(args) => reading(args),
        What::Relevance(args) => relevance::run(args),
    }
}

fn reading(args: &ReadingArgs) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::builtin();
    let reports = evaluate::reading(&args.folder, lexicon)
        .with_context(|| format!("cannot evaluate {}", args.folder.display()))?;
    if !args.quiet {
        print_misses(&reports);
    }
    print!("{}", scores(&reports));
    let leaked: usize = reports.iter().map(|report| report.leaked).sum();
    let took: Duration = reports.iter().map(|report| report.took).sum();
    let bytes: usize = reports.iter().map(|report| report.text_bytes).sum();
    println!("{leaked} names that are no experience count as such");
    println!(
        "{} documents, {} kB, read in {:.1} ms: {:.2} ms a document",
        reports.len(),
        bytes / 1024,
        took.as_secs_f64() * 1e3,
        took.as_secs_f64() * 1e3 / reports.len() as f64,
    );
    Ok(Outcome::Done)
}

fn print_misses(reports: &[DocumentReport]) {
    for report in reports.iter().filter(|report| !report.misses.is_empty()) {
        println!("{}", report.name);
        for miss in &report.misses {
            println!("  {} {}: {}", miss.kind.name(), miss.fault, miss.text);
        }
    }
}

/// Returns precision, recall and F1 of each kind over all documents, as a table.
fn scores(reports: &[DocumentReport]) -> Table<7> {
    let mut table = Table::new([
        "kind",
        "precision",
        "recall",
        "F1",
        "right",
        "given",
        "labelled",
    ]);
    for (index, kind) in Kind::ALL.into_iter().enumerate() {
        let mut total = Score::default();
        for report in reports {
            total.add(report.scores[index]);
        }
        table.row([
            kind.name(),
            &format!("{:.3}", total.precision()),
            &format!("{:.3}", total.recall()),
            &format!("{:.3}", total.f1()),
            &total.right.to_string(),
            &total.given.to_string(),
            &total.labelled.to_string(),
        ]);
    }
    table
}
