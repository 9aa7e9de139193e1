//! `shokureki retention`: erases whoever was to be held no longer.

use anyhow::Context as _;
use chrono::Utc;
use clap::Args;

use super::Outcome;
use crate::app::App;
use crate::config::Config;

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
    app.close().await;
    Ok(Outcome::Done)
}
