//! `shokureki backup` and `shokureki restore`.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::{Outcome, data_lock};
use crate::app;
use crate::config::Config;

/// Arguments of `backup`.
#[derive(Args, Debug)]
pub(super) struct BackupArgs {
    /// Folder to write to; it must be empty or missing.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Arguments of `restore`.
#[derive(Args, Debug)]
pub(super) struct RestoreArgs {
    /// Folder with a backup.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Replace what the database holds. It cannot be undone.
    #[arg(long)]
    force: bool,
    /// Only compare the files of the backup with its checksums.
    #[arg(long, conflicts_with = "force")]
    verify: bool,
}

pub(super) async fn backup(config: &Config, args: &BackupArgs) -> anyhow::Result<Outcome> {
    let written = app::back_up(config, &args.folder).await;
    let manifest = written.context("no backup was written")?;
    println!(
        "{} candidates with {} documents: {} rows of {} tables, {} bytes in {}",
        manifest.rows_of("candidates"),
        manifest.rows_of("documents"),
        manifest.tables.iter().map(|file| file.rows).sum::<u64>(),
        manifest.tables.len(),
        manifest.bytes(),
        args.folder.display(),
    );
    Ok(Outcome::Done)
}

pub(super) async fn restore(config: &Config, args: &RestoreArgs) -> anyhow::Result<Outcome> {
    let manifest = if args.verify {
        app::verify_backup(&args.folder).context("the backup cannot be used")?
    } else {
        let _held = data_lock::hold(&config.data_dir)?;
        let restored = app::restore(config, &args.folder, args.force).await;
        restored.context("nothing was restored")?
    };
    let done = if args.verify { "intact" } else { "restored" };
    println!(
        "{done}: {} candidates with {} documents, as of {}",
        manifest.rows_of("candidates"),
        manifest.rows_of("documents"),
        manifest.created_at.format("%Y-%m-%d %H:%M:%S UTC"),
    );
    if !args.verify {
        println!("the index is written anew when the server starts");
    }
    Ok(Outcome::Done)
}
