//! `shokureki evaluate relevance`: documents into a temporary store and index, every judged query
//! asked over the GraphQL schema, the answers scored.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use chrono::NaiveDate;
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::cli::print::Table;
use crate::cli::{Outcome, files};
use crate::config::{Config, ServerSettings, Settings};
use crate::evaluate::labels_of;
use crate::evaluate::relevance::{
    JudgedQuery, Relevance, RelevanceTotal, check_documents, judgements, relevance,
};
use crate::ingest::Upload;

const DOCUMENT: &str = "query($query: String, $filter: CandidateFilter, $after: String) {
  searchCandidates(query: $query, filter: $filter, first: 100, after: $after) {
    nodes { externalId }
    pageInfo { hasNextPage endCursor }
  }
}";

/// The judgements of a folder, when no file is named.
const DEFAULT_FILE: &str = "judgements.toml";

/// Documents in one transaction.
const BATCH: usize = 64;

/// How long the index may take to catch up with what was imported.
const INDEX_PATIENCE: Duration = Duration::from_secs(600);

/// Arguments of `evaluate relevance`.
#[derive(Args, Debug)]
pub(super) struct RelevanceArgs {
    /// Folders of documents, or documents; no two of the same file name.
    #[arg(required = true, value_name = "DIR")]
    paths: Vec<PathBuf>,
    /// File of judged queries, or a folder of them, TOML or JSON [default: judgements.toml in DIR].
    #[arg(long, value_name = "FILE")]
    judgements: Option<PathBuf>,
    /// Date of documents that state none, as 2026-11-22.
    #[arg(long, value_name = "DATE")]
    document_date: Option<NaiveDate>,
    /// Print the totals only, not every query.
    #[arg(long, conflicts_with = "json")]
    quiet: bool,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

/// A query, and what came of it.
struct Answer {
    query: JudgedQuery,
    returned: usize,
    relevance: Relevance,
    error: Option<String>,
}

pub(super) fn run(args: &RelevanceArgs) -> anyhow::Result<Outcome> {
    let mut queries = Vec::new();
    for file in judgement_files(args)? {
        queries.extend(judgements(&file)?);
    }
    let sources = documents(&args.paths)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    let answers = runtime.block_on(answers(queries, sources, args.document_date))?;
    let is_clean = answers.iter().all(|answer| answer.error.is_none());
    if args.json {
        let text = serde_json::to_string_pretty(&report(&answers)).context("cannot write JSON")?;
        println!("{text}");
    } else {
        if !args.quiet {
            print_answers(&answers);
        }
        print_totals(&answers);
    }
    Ok(if is_clean {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}

/// Returns the files of judgements, by name.
fn judgement_files(args: &RelevanceArgs) -> anyhow::Result<Vec<PathBuf>> {
    let path = match (&args.judgements, args.paths.as_slice()) {
        (Some(path), _) => path.clone(),
        (None, [folder, ..]) => folder.join(DEFAULT_FILE),
        (None, []) => bail!("no folder"),
    };
    if !path.is_dir() {
        return Ok(vec![path]);
    }
    let entries = std::fs::read_dir(&path)
        .and_then(Iterator::collect::<std::io::Result<Vec<_>>>)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let mut files: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
    files.retain(|file| {
        let extension = file.extension().and_then(|it| it.to_str());
        file.is_file() && matches!(extension, Some("toml" | "json"))
    });
    files.sort();
    if files.is_empty() {
        bail!("no TOML or JSON file in {}", path.display());
    }
    Ok(files)
}

/// Returns the documents by file name, without label files beside them and files of judgements.
fn documents(paths: &[PathBuf]) -> anyhow::Result<BTreeMap<String, PathBuf>> {
    let sources = files::expand(paths).map_err(|(path, error)| {
        anyhow!(error).context(format!("cannot read {}", path.display()))
    })?;
    let paths: Vec<PathBuf> = (sources.into_iter())
        .filter_map(|source| match source {
            files::Source::File(path) => Some(path),
            files::Source::StandardInput => None,
        })
        .collect();
    let labels: BTreeSet<PathBuf> = (paths.iter())
        .map(|path| (path, labels_of(path)))
        .filter_map(|(path, labels)| (*path != labels).then_some(labels))
        .collect();
    let mut documents = BTreeMap::new();
    for path in paths {
        if labels.contains(&path) || path.ends_with("judgements.json") {
            continue;
        }
        let Some(name) = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
        else {
            continue;
        };
        if let Some(other) = documents.insert(name, path.clone()) {
            bail!(
                "two documents of one name: {} and {}",
                other.display(),
                path.display()
            );
        }
    }
    if documents.is_empty() {
        bail!("no document");
    }
    Ok(documents)
}

/// Imports the documents into a folder that is deleted afterwards, and asks every query.
async fn answers(
    queries: Vec<JudgedQuery>,
    sources: BTreeMap<String, PathBuf>,
    document_date: Option<NaiveDate>,
) -> anyhow::Result<Vec<Answer>> {
    let folder = tempfile::tempdir().context("cannot make a temporary directory")?;
    let app = App::open(&config(folder.path())?)
        .await
        .context("cannot open a temporary store and index")?;
    let names = import(&app, sources, document_date).await?;
    check_documents(&queries, &names)?;
    let mut answers = Vec::with_capacity(queries.len());
    for query in queries {
        let (ranked, error) = match ranked(&app, &query).await {
            Ok(ranked) => (ranked, None),
            Err(error) => (Vec::new(), Some(format!("{error:#}"))),
        };
        answers.push(Answer {
            relevance: relevance(&query, &ranked),
            returned: ranked.len(),
            query,
            error,
        });
    }
    app.close().await;
    Ok(answers)
}

/// Flags, environment and file say nothing of a store that lives as long as one command.
fn config(folder: &Path) -> anyhow::Result<Config> {
    let settings = Settings {
        data_dir: Some(folder.to_owned()),
        ..Settings::default()
    };
    Ok(Config::assemble(settings, &ServerSettings::default())?)
}

/// Imports the documents, each a candidate of its own that goes by the file's name, and returns the
/// names; what cannot be read is told and left out.
async fn import(
    app: &App,
    sources: BTreeMap<String, PathBuf>,
    document_date: Option<NaiveDate>,
) -> anyhow::Result<BTreeSet<String>> {
    let mut uploads = Vec::with_capacity(sources.len());
    for (name, path) in sources {
        match std::fs::read(&path) {
            Ok(bytes) => uploads.push(Upload {
                external_id: Some(name.clone()),
                file_name: Some(name),
                bytes,
                document_date,
            }),
            Err(error) => eprintln!("{}: {error}", path.display()),
        }
    }
    let mut imported = BTreeSet::new();
    while !uploads.is_empty() {
        let batch: Vec<Upload> = uploads.drain(..uploads.len().min(BATCH)).collect();
        let names: Vec<String> = (batch.iter())
            .filter_map(|upload| upload.file_name.clone())
            .collect();
        let outcomes = app.import(batch).await.context("cannot import")?;
        for (name, outcome) in names.into_iter().zip(outcomes) {
            match outcome {
                Ok(_) => {
                    imported.insert(name);
                }
                Err(rejection) => eprintln!("{name}: {rejection}"),
            }
        }
    }
    app.wait_for_index(INDEX_PATIENCE)
        .await
        .context("the index does not catch up")?;
    Ok(imported)
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    nodes: Vec<Node>,
    page_info: PageInfo,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    external_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

/// Returns the file names of everybody that a query finds, best first.
async fn ranked(app: &App, query: &JudgedQuery) -> anyhow::Result<Vec<String>> {
    let mut ranked = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let variables = json!({ "query": query.query, "filter": query.filter, "after": after });
        let data = crate::cli::ask(app, DOCUMENT, variables).await?;
        let page = Page::deserialize(&data["searchCandidates"])
            .context("the answer has another form than asked for")?;
        ranked.extend(page.nodes.into_iter().filter_map(|node| node.external_id));
        if !page.page_info.has_next_page {
            return Ok(ranked);
        }
        after = page.page_info.end_cursor;
    }
}

fn print_answers(answers: &[Answer]) {
    for answer in answers {
        let number = |value: Option<f64>| match value {
            Some(value) => format!("{value:.3}"),
            None => "  -  ".to_owned(),
        };
        let trap = if answer.query.trap { "  (trap)" } else { "" };
        println!(
            "{}  {}  {:>3}  {}{trap}",
            number(answer.relevance.ndcg),
            number(answer.relevance.recall),
            answer.returned,
            answer.query.text()
        );
        for (place, document) in &answer.relevance.must_not {
            println!("    must not be returned: {document}, at {place}");
        }
        for document in &answer.relevance.missed {
            println!("    missed: {document}");
        }
        for document in &answer.relevance.unjudged {
            println!("    not judged: {document}");
        }
        let is_wrong = !answer.relevance.must_not.is_empty() || !answer.relevance.missed.is_empty();
        if is_wrong && !answer.query.note.is_empty() {
            println!("    note: {}", answer.query.note);
        }
        if let Some(error) = &answer.error {
            println!("    error: {error}");
        }
    }
}

/// Returns the totals of each kind, of the traps, and of all.
fn totals(answers: &[Answer]) -> Vec<(String, RelevanceTotal)> {
    let mut kinds: BTreeMap<&str, RelevanceTotal> = BTreeMap::new();
    let (mut traps, mut all) = (RelevanceTotal::default(), RelevanceTotal::default());
    for answer in answers {
        let kind = kinds.entry(&answer.query.kind).or_default();
        kind.add(&answer.relevance);
        all.add(&answer.relevance);
        if answer.query.trap {
            traps.add(&answer.relevance);
        }
    }
    let mut totals: Vec<(String, RelevanceTotal)> = (kinds.into_iter())
        .filter(|(kind, _)| !kind.is_empty())
        .map(|(kind, total)| (kind.to_owned(), total))
        .collect();
    totals.push(("traps".to_owned(), traps));
    totals.push(("all".to_owned(), all));
    totals
}

fn print_totals(answers: &[Answer]) {
    let mut table = Table::new(["kind", "queries", "nDCG@10", "recall@50", "must not"]);
    for (kind, total) in totals(answers) {
        table.row([
            &kind,
            &total.queries.to_string(),
            &format!("{:.3}", total.ndcg()),
            &format!("{:.3}", total.recall()),
            &total.must_not.to_string(),
        ]);
    }
    print!("{table}");
    let errors = answers.iter().filter(|answer| answer.error.is_some());
    match errors.count() {
        0 => {}
        1 => println!("1 query was answered with an error"),
        errors => println!("{errors} queries were answered with an error"),
    }
}

fn report(answers: &[Answer]) -> Value {
    let queries = answers.iter().map(|answer| {
        let must_not = answer.relevance.must_not.iter();
        json!({
            "query": answer.query.query,
            "filter": answer.query.filter,
            "kind": answer.query.kind,
            "trap": answer.query.trap,
            "note": answer.query.note,
            "returned": answer.returned,
            "ndcg": answer.relevance.ndcg,
            "recall": answer.relevance.recall,
            "mustNot": must_not.map(|(place, it)| json!({ "place": place, "document": it })).collect::<Vec<_>>(),
            "missed": answer.relevance.missed,
            "unjudged": answer.relevance.unjudged,
            "error": answer.error,
        })
    });
    let totals = totals(answers).into_iter().map(|(kind, total)| {
        let total = json!({
            "queries": total.queries,
            "ndcg": total.ndcg(),
            "recall": total.recall(),
            "mustNot": total.must_not,
        });
        (kind, total)
    });
    json!({
        "queries": queries.collect::<Vec<_>>(),
        "totals": totals.collect::<serde_json::Map<_, _>>(),
    })
}
