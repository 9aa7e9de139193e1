//! The command line: parses, starts the log, runs one command, and turns its outcome into an exit
//! status (0 done, 1 failed, 2 wrong usage).

mod audit;
mod backup;
mod compact;
mod data_lock;
mod doctor;
mod evaluate;
mod explain;
mod files;
mod generate;
mod import;
mod lexicon;
mod log;
mod migrate;
mod organization;
mod print;
mod reindex;
mod retention;
mod samples;
mod schema;
mod search;
mod serve;
mod show;
mod token;

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use async_graphql::{Request, Variables};
use clap::{Parser, Subcommand};
use serde_json::Value;

use crate::app::App;
use crate::config::{Config, ServerSettings, Settings};

/// Searches Japanese résumés (職務経歴書) by technology, employer and period.
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    propagate_version = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer GraphQL over HTTP.
    Serve(Box<serve::ServeArgs>),
    /// Read résumés from files, folders or standard input.
    Import(import::ImportArgs),
    /// Search, and show the evidence.
    Search(search::SearchArgs),
    /// Show everything that was read of one candidate.
    Show(show::ShowArgs),
    /// Read stored documents again that an older version read, and build the index anew.
    Reindex,
    /// Make and list organizations, the owners of candidates.
    Organization(organization::OrganizationArgs),
    /// Erase the candidates of all organizations who were to be held no longer.
    Retention(retention::RetentionArgs),
    /// Verify or prune the audit log.
    Audit(audit::AuditArgs),
    /// Give API tokens out, list and revoke them.
    Token(token::TokenArgs),
    /// Bring the database to the newest schema.
    Migrate(migrate::MigrateArgs),
    /// Write everything that the store holds to a folder; a server may run meanwhile.
    Backup(backup::BackupArgs),
    /// Fill the store from a backup; no server may run.
    Restore(backup::RestoreArgs),
    /// Write the tables anew, so that the database's files hold no deleted row any more; others wait.
    Compact,
    /// Look whether store and index are as they should be; exit status 1 if something is wrong.
    Doctor(doctor::DoctorArgs),
    /// Print the GraphQL schema.
    Schema,
    /// Write fictional résumés.
    Generate(generate::GenerateArgs),
    /// Score the reader on labelled documents, or searches on judged queries.
    Evaluate(evaluate::EvaluateArgs),
    /// Look at what the lexicon lacks.
    Lexicon(lexicon::LexiconArgs),
}

/// What a command came to.
enum Outcome {
    /// All of it was done.
    Done,
    /// Some of it failed, and that was printed.
    Failed,
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    // Clap itself prints what is wrong and exits with status 2.
    let cli = Cli::parse();
    match dispatch(cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<Outcome> {
    let server = match &cli.command {
        Command::Serve(args) => args.server.clone(),
        _ => ServerSettings::default(),
    };
    match cli.command {
        // None of these needs a data directory, so none may fail for want of one.
        Command::Schema => return schema::run(),
        Command::Generate(args) => return generate::run(&args),
        Command::Evaluate(args) => return evaluate::run(&args),
        _ => {}
    }
    let config = Config::assemble(cli.settings, &server)?;
    let _telemetry = log::start(&config)?;
    std::fs::create_dir_all(&config.data_dir)
        .with_context(|| format!("cannot create {}", config.data_dir.display()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => serve::run(&config, &args).await,
            Command::Import(args) => import::run(&config, &args).await,
            Command::Search(args) => search::run(&config, &args).await,
            Command::Show(args) => show::run(&config, &args).await,
            Command::Reindex => reindex::run(&config).await,
            Command::Audit(args) => audit::run(&config, &args).await,
            Command::Retention(args) => retention::run(&config, &args).await,
            Command::Organization(args) => organization::run(&config, &args).await,
            Command::Token(args) => token::run(&config, &args).await,
            Command::Migrate(args) => migrate::run(&config, &args).await,
            Command::Backup(args) => backup::backup(&config, &args).await,
            Command::Restore(args) => backup::restore(&config, &args).await,
            Command::Compact => compact::run(&config).await,
            Command::Doctor(args) => doctor::run(&config, &args).await,
            Command::Lexicon(args) => lexicon::run(&config, &args).await,
            Command::Schema | Command::Generate(_) | Command::Evaluate(_) => Ok(Outcome::Done),
        }
    })
}

/// Runs a GraphQL query as the owner of the default organization.
async fn ask(app: &App, document: &str, variables: Value) -> anyhow::Result<Value> {
    let request = Request::new(document).variables(Variables::from_json(variables));
    let response = app.execute(request).await;
    if let Some(error) = response.errors.first() {
        bail!("{}", error.message);
    }
    response.data.into_json().context("the answer is no JSON")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_configuration_reference_has_every_flag_and_its_variable() {
        let command = Cli::command();
        let serve = command.find_subcommand("serve").expect("a command");
        let arguments = command.get_arguments().chain(serve.get_arguments());
        let known: BTreeSet<(String, String)> = arguments
            .filter_map(|argument| {
                let variable = argument.get_env()?.to_str()?.to_owned();
                Some((format!("--{}", argument.get_long()?), variable))
            })
            .collect();
        let text = include_str!("../../docs/configuration.md");
        let rows = text.lines().filter(|line| line.starts_with("| `--"));
        let written: BTreeSet<(String, String)> = rows
            .map(|row| {
                let mut words = row.split('`').skip(1).step_by(2);
                let flag = words.next().and_then(|flag| flag.split(' ').next());
                let variable = words.next();
                (
                    flag.unwrap_or_default().to_owned(),
                    variable.unwrap_or_default().to_owned(),
                )
            })
            .collect();
        assert_eq!(written, known, "docs/configuration.md, then the flags");
    }
}
