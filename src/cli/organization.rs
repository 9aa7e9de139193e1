//! `shokureki organization`: the owners of candidates.

use clap::{Args, Subcommand};

use super::Outcome;
use crate::app;
use crate::config::Config;

/// Arguments of `organization`.
#[derive(Args, Debug)]
pub(super) struct OrganizationArgs {
    #[command(subcommand)]
    command: OrganizationCommand,
}

#[derive(Debug, Subcommand)]
enum OrganizationCommand {
    /// Make an organization.
    Create {
        /// Its name; no other may have it.
        name: String,
    },
    /// List the organizations: id and name.
    List,
}

pub(super) async fn run(config: &Config, args: &OrganizationArgs) -> anyhow::Result<Outcome> {
    let tokens = app::tokens(config).await?;
    match &args.command {
        OrganizationCommand::Create { name } => {
            let made = tokens.create_organization(name).await?;
            println!("{}\t{}", made.id, made.name);
        }
        OrganizationCommand::List => {
            for organization in tokens.organizations().await? {
                println!("{}\t{}", organization.id, organization.name);
            }
        }
    }
    Ok(Outcome::Done)
}
