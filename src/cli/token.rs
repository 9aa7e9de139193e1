//! `shokureki token`: API tokens of an organization.

use std::time::Duration;

use anyhow::bail;
use chrono::{DateTime, SecondsFormat, Utc};
use clap::{Args, Subcommand};

use super::Outcome;
use crate::access::{TokenRequest, TokenRow};
use crate::app;
use crate::config::Config;
use crate::domain::{Role, Scope, Scopes};

/// Seconds of a day.
const DAY: u64 = 24 * 60 * 60;

/// Arguments of `token`.
#[derive(Args, Debug)]
pub(super) struct TokenArgs {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Give a token out. It is shown once.
    Create(CreateArgs),
    /// List the tokens, without what is secret of them.
    List(OrganizationArgs),
    /// Make a token invalid from the next request on.
    Revoke(RevokeArgs),
}

#[derive(Args, Debug)]
struct OrganizationArgs {
    /// Name of the organization.
    #[arg(long, value_name = "NAME", default_value = "default")]
    organization: String,
}

#[derive(Args, Debug)]
struct CreateArgs {
    #[command(flatten)]
    of: OrganizationArgs,
    /// What it allows, once for each: search, identity, contact, document, import, erase, audit, admin.
    #[arg(
        long = "scope",
        value_name = "SCOPE",
        required_unless_present = "roles",
        value_delimiter = ','
    )]
    scopes: Vec<Scope>,
    /// Whose scopes it has: recruiter, blind-reviewer, integration, privacy-officer, auditor,
    /// administrator. Several, and scopes beside them, add up.
    #[arg(long = "role", value_name = "ROLE", value_delimiter = ',')]
    roles: Vec<Role>,
    /// What it is for.
    #[arg(long, value_name = "TEXT", default_value = "")]
    name: String,
    /// Days that it is valid for [default: for ever].
    #[arg(long, value_name = "DAYS")]
    valid_days: Option<u64>,
}

impl CreateArgs {
    /// What the token is to allow.
    fn scopes(&self) -> Scopes {
        let named: Scopes = self.scopes.iter().copied().collect();
        let roles = self.roles.iter().map(|role| role.scopes());
        roles.fold(named, Scopes::or)
    }
}

#[derive(Args, Debug)]
struct RevokeArgs {
    #[command(flatten)]
    of: OrganizationArgs,
    /// The prefix: what stands between `skr_` and the next `_`.
    prefix: String,
}

pub(super) async fn run(config: &Config, args: &TokenArgs) -> anyhow::Result<Outcome> {
    let tokens = app::tokens(config).await?;
    match &args.command {
        TokenCommand::Create(create) => {
            let days = |days: u64| Duration::from_secs(days.saturating_mul(DAY));
            if create.valid_days == Some(0) {
                bail!("a token must be valid for a day or more");
            }
            let request = TokenRequest {
                organization: create.of.organization.clone(),
                name: create.name.clone(),
                scopes: create.scopes(),
                valid_for: create.valid_days.map(days),
            };
            let (token, row) = tokens.create(&request).await?;
            // The token alone goes to standard output, so that a script can keep it.
            println!("{token}");
            eprintln!("this is the only time that it is shown");
            eprintln!("{}", line(&row));
        }
        TokenCommand::List(of) => {
            for row in tokens.list(&of.organization).await? {
                println!("{}", line(&row));
            }
        }
        TokenCommand::Revoke(revoke) => {
            let row = tokens
                .revoke(&revoke.of.organization, &revoke.prefix)
                .await?;
            println!("{}", line(&row));
        }
    }
    Ok(Outcome::Done)
}

/// Prefix, scopes, times and name, parted by tabs.
fn line(row: &TokenRow) -> String {
    let state = match (row.revoked_at, row.expires_at) {
        (Some(at), _) => format!("revoked {}", time(at)),
        (None, Some(at)) if !row.is_valid(Utc::now()) => format!("expired {}", time(at)),
        (None, Some(at)) => format!("valid until {}", time(at)),
        (None, None) => "valid".to_owned(),
    };
    let used = row
        .last_used_at
        .map_or("never used".to_owned(), |at| format!("used {}", time(at)));
    let fields = [
        row.prefix.clone(),
        row.scopes.to_string(),
        state,
        used,
        row.name.clone(),
    ];
    fields.join("\t")
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
