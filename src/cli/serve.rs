//! `shokureki serve`.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;

use super::samples::SAMPLES;
use super::{Outcome, data_lock};
use crate::app::App;
use crate::config::{Config, ServerSettings};
use crate::http;
use crate::ingest::Upload;

/// How long the index may take to hold the samples.
const SAMPLES_PATIENCE: Duration = Duration::from_secs(60);

/// Arguments of `serve`.
#[derive(Args, Debug)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub(super) server: ServerSettings,
    /// Load the fictional résumés that come with the program.
    #[arg(long)]
    samples: bool,
}

pub(super) async fn run(config: &Config, args: &ServeArgs) -> anyhow::Result<Outcome> {
    // The address first: a start that cannot listen should not touch the data.
    let listener = http::bind(&config.http).await?;
    let address = listener.local_addr().context("the socket has no address")?;
    let _held = data_lock::hold(&config.data_dir)?;
    let app = App::open(config)
        .await
        .context("cannot open the data directory")?;
    if args.samples {
        load_samples(&app).await?;
    }
    let is_local = app.is_local().await.context("cannot read the database")?;
    greet(config, address, is_local);
    app.serve(listener, &config.http, stop_signal()).await;
    Ok(Outcome::Done)
}

async fn load_samples(app: &App) -> anyhow::Result<()> {
    let upload = |&(name, bytes): &(&str, &[u8])| Upload {
        external_id: Some(format!("sample:{name}")),
        file_name: Some(name.to_owned()),
        bytes: bytes.to_vec(),
        document_date: None,
    };
    let outcomes = app.import(SAMPLES.iter().map(upload).collect()).await;
    for outcome in outcomes.context("cannot write to the database")? {
        outcome.context("a sample cannot be read")?;
    }
    // The request that is printed below must find them at once.
    app.wait_for_index(SAMPLES_PATIENCE)
        .await
        .context("cannot index the samples")?;
    println!("{} fictional résumés are loaded", SAMPLES.len());
    Ok(())
}

fn greet(config: &Config, address: SocketAddr, is_local: bool) {
    println!("shokureki listens on http://{address}/");
    if config.http.insecure_no_auth && !address.ip().is_loopback() {
        println!(
            "WARNING: whoever reaches this address reads and erases every résumé (--insecure-no-auth)"
        );
    } else if let Some(oidc) = &config.http.oidc {
        println!(
            "requests must carry an API token (shokureki token create), or one of {}",
            oidc.issuer.as_str()
        );
    } else if !is_local {
        println!("requests must carry an API token (shokureki token create)");
    } else {
        println!("local mode: every request acts as the owner of the organization \"default\"");
    }
    if config.http.playground.unwrap_or(is_local) {
        println!("playground: http://{address}/graphiql");
    }
    println!("to try:");
    println!(
        "  curl -s http://{address}/graphql -H 'content-type: application/json' \\\n    \
         -d '{{\"query\":\"{{ searchCandidates(query: \\\"Erlang\\\") {{ totalCount nodes {{ name }} }} }}\"}}'"
    );
}

/// Ends when the program is told to stop (SIGINT, SIGTERM).
async fn stop_signal() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
    tracing::info!("stopping");
}
