//! `shokureki audit`: who did what.

use anyhow::{Context as _, bail};
use chrono::{SecondsFormat, TimeDelta, Utc};
use clap::{Args, Subcommand};

use super::Outcome;
use crate::app;
use crate::config::Config;

/// Arguments of `audit`.
#[derive(Args, Debug)]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Look whether every entry is as it was written; prints number and digest of the newest.
    Verify {
        /// Name of the organization.
        #[arg(long, value_name = "NAME", default_value = "default")]
        organization: String,
        /// Number and digest that an earlier look printed (`NUMBER:DIGEST`): the entry must still be
        /// there.
        #[arg(long, value_name = "NUMBER:DIGEST")]
        expect: Option<String>,
    },
    /// Take old entries out, and record that it was done.
    Prune {
        /// Name of the organization.
        #[arg(long, value_name = "NAME", default_value = "default")]
        organization: String,
        /// Entries of the last so many days stay.
        #[arg(long, value_name = "DAYS")]
        keep_days: u32,
    },
}

pub(super) async fn run(config: &Config, args: &AuditArgs) -> anyhow::Result<Outcome> {
    let (tokens, log) = app::administration(config).await?;
    match &args.command {
        AuditCommand::Verify {
            organization,
            expect,
        } => {
            let organization = tokens.organization(organization).await?;
            let verdict = log
                .verify(organization)
                .await
                .context("cannot read the log")?;
            if let Some((number, fault)) = verdict.fault {
                println!("entry {number}: {fault}");
                return Ok(Outcome::Failed);
            }
            if let Some(expected) = expect {
                let Some((number, digest)) = expected.split_once(':') else {
                    bail!("--expect is a number, a colon and a digest");
                };
                let number = number.parse().context("--expect begins with a number")?;
                let found = log.digest_of(organization, number).await;
                if found.context("cannot read the log")?.as_deref() != Some(digest) {
                    println!("entry {number} is not the one that is expected");
                    return Ok(Outcome::Failed);
                }
            }
            match verdict.head {
                Some((number, digest)) => {
                    println!("{} entries are as they were written", verdict.entries);
                    println!("{number}:{digest}");
                }
                None => println!("the log is empty"),
            }
        }
        AuditCommand::Prune {
            organization,
            keep_days,
        } => {
            let organization = tokens.organization(organization).await?;
            let until = Utc::now() - TimeDelta::days(i64::from(*keep_days));
            let pruned = log.prune(organization, until).await;
            let pruned = pruned.context("cannot write the log")?;
            let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
            println!("{pruned} entries before {until} are taken out");
        }
    }
    Ok(Outcome::Done)
}
