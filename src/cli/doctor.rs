//! `shokureki doctor`.

use clap::Args;
use serde_json::json;

use super::Outcome;
use crate::app;
use crate::config::Config;

/// Arguments of `doctor`.
#[derive(Args, Debug)]
pub(super) struct DoctorArgs {
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(config: &Config, args: &DoctorArgs) -> anyhow::Result<Outcome> {
    let report = app::examine(config).await?;
    let damaged = report.damaged();
    if args.json {
        let report = json!({ "ok": damaged == 0, "checks": report.checks });
        println!("{report:#}");
    } else {
        for checked in &report.checks {
            let (state, check) = (checked.state.name(), checked.check.name());
            println!("{state:8} {check:15} {}", checked.summary);
            for example in &checked.examples {
                println!("{:24} {example}", "");
            }
        }
        match damaged {
            0 => println!("nothing is wrong"),
            1 => println!("1 thing is wrong"),
            damaged => println!("{damaged} things are wrong"),
        }
    }
    Ok(if damaged == 0 {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}
