//! `shokureki import`: files are read side by side and written in batches.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use chrono::NaiveDate;
use clap::Args;
use futures::StreamExt as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Outcome;
use super::files::{self, Source};
use crate::app::App;
use crate::config::Config;
use crate::ingest::Upload;

/// Documents in one transaction: enough to make its cost small, few enough to lose little time when
/// one batch fails.
const BATCH: usize = 64;

/// How long the index may take to catch up with what was imported.
const INDEX_PATIENCE: Duration = Duration::from_secs(600);

/// Arguments of `import`.
#[derive(Args, Debug)]
pub(super) struct ImportArgs {
    /// Files, folders (with everything below them), or `-` for standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The candidate's id in another system; for one document.
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,
    /// Date of documents that state none, as 2026-11-22.
    #[arg(long, value_name = "DATE")]
    document_date: Option<NaiveDate>,
}

#[derive(Default)]
struct Summary {
    imported: u64,
    unchanged: u64,
    failed: u64,
}

pub(super) async fn run(config: &Config, args: &ImportArgs) -> anyhow::Result<Outcome> {
    let sources = files::expand(&args.paths).map_err(|(path, error)| {
        anyhow!(error).context(format!("cannot read {}", path.display()))
    })?;
    if args.external_id.is_some() && sources.len() != 1 {
        return Err(anyhow!(
            "--external-id names one candidate: give one document"
        ));
    }
    let app = App::open_to_write(config)
        .await
        .context("cannot open the data directory")?;
    let bar = progress_bar(sources.len());
    let mut summary = Summary::default();
    for batch in sources.chunks(BATCH) {
        import_batch(&app, batch, args, &bar, &mut summary).await?;
    }
    bar.finish_and_clear();
    println!(
        "{} imported, {} unchanged, {} failed",
        summary.imported, summary.unchanged, summary.failed
    );
    finish_index(&app).await?;
    app.close().await;
    Ok(if summary.failed == 0 {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}

/// A bar on a terminal; elsewhere nothing moves.
fn progress_bar(documents: usize) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(u64::try_from(documents).ok(), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}") {
        bar.set_style(style);
    }
    bar
}

async fn import_batch(
    app: &App,
    batch: &[Source],
    args: &ImportArgs,
    bar: &ProgressBar,
    summary: &mut Summary,
) -> anyhow::Result<()> {
    let read = batch.iter().cloned().map(|source| {
        tokio::task::spawn_blocking(move || {
            let bytes = source.read();
            (source, bytes)
        })
    });
    let mut uploads = Vec::with_capacity(batch.len());
    let mut sources = Vec::with_capacity(batch.len());
    let mut reading = futures::stream::iter(read).buffered(8);
    while let Some(read) = reading.next().await {
        let (source, bytes) = read.context("a reading thread failed")?;
        match bytes {
            Ok(bytes) => {
                uploads.push(Upload {
                    external_id: args.external_id.clone(),
                    file_name: source.file_name(),
                    bytes,
                    document_date: args.document_date,
                });
                sources.push(source);
            }
            Err(error) => fail(bar, summary, &source, &error),
        }
    }
    let outcomes = app
        .import(uploads)
        .await
        .context("cannot write to the database")?;
    for (source, outcome) in sources.iter().zip(outcomes) {
        match outcome {
            Ok(imported) if imported.unchanged => summary.unchanged += 1,
            Ok(_) => summary.imported += 1,
            Err(rejection) => fail(bar, summary, source, &rejection),
        }
    }
    bar.inc(u64::try_from(batch.len()).unwrap_or(0));
    Ok(())
}

fn fail(bar: &ProgressBar, summary: &mut Summary, source: &Source, why: &dyn std::fmt::Display) {
    summary.failed += 1;
    bar.suspend(|| eprintln!("{source}: {why}"));
}

async fn finish_index(app: &App) -> anyhow::Result<()> {
    if app.has_index() {
        return app
            .wait_for_index(INDEX_PATIENCE)
            .await
            .context("cannot bring the index up to date");
    }
    println!("another process holds the index and will take the changes in");
    Ok(())
}
