//! `shokureki retention`: erases whoever was to be held no longer.

use std::time::Duration;

use anyhow::Context as _;
use chrono::Utc;
use clap::Args;

use super::Outcome;
use crate::app::App;
use crate::config::Config;

/// How long the index may take to let go of who was erased.
const INDEX_PATIENCE: Duration = Duration::from_secs(120);

/// Arguments of `retention`.
#[derive(Args, Debug)]
pub(super) struct RetentionArgs {
    /// Only say whom it would erase.
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(config: &Config, args: &RetentionArgs) -> anyhow::Result<Outcome> {
    let app = App::open_to_write(config)
        .await
        .context("cannot open the data directory")?;
    let erased = app
        .erase_overdue(Utc::now().date_naive(), args.dry_run)
        .await;
    let erased = erased.context("cannot erase candidates")?;
    for candidate in &erased {
        println!("{}", candidate.pseudonym());
    }
    let done = if args.dry_run {
        "would be erased"
    } else {
        "erased"
    };
    println!("{} candidates {done}", erased.len());
    // Another process that holds the index follows by itself.
    if app.has_index() && !args.dry_run && !erased.is_empty() {
        app.forget_erased(INDEX_PATIENCE)
            .await
            .context("cannot take who was erased out of the index; the next start does")?;
    }
    app.close().await;
    Ok(Outcome::Done)
}
