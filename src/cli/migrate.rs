//! `shokureki migrate`.

use anyhow::Context as _;
use clap::Args;

use super::Outcome;
use crate::app;
use crate::config::Config;

/// Arguments of `migrate`.
#[derive(Args, Debug)]
pub(super) struct MigrateArgs {
    /// Only list the migrations and whether the database has them.
    #[arg(long)]
    status: bool,
}

pub(super) async fn run(config: &Config, args: &MigrateArgs) -> anyhow::Result<Outcome> {
    let store = app::connect(config)
        .await
        .context("cannot connect to the database")?;
    if !args.status {
        store
            .migrate()
            .await
            .context("cannot migrate the database")?;
    }
    for migration in store
        .migrations()
        .await
        .context("cannot read the migrations")?
    {
        let state = if migration.is_applied {
            "applied"
        } else {
            "pending"
        };
        println!("{state:8} {}", migration.name);
    }
    Ok(Outcome::Done)
}
