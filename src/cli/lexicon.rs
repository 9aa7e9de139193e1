//! `shokureki lexicon`: what the résumés name and the lexicon does not have.

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Outcome;
use super::print::Table;
use crate::app::App;
use crate::config::Config;

const DOCUMENT: &str = "query($after: String) {
  technologies(first: 100, after: $after) {
    nodes { name isListed candidateCount }
    pageInfo { hasNextPage endCursor }
  }
}";

/// Arguments of `lexicon`.
#[derive(Args, Debug)]
pub(super) struct LexiconArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the names in technology lists that the lexicon lacks, those of most candidates first.
    Unlisted(UnlistedArgs),
}

#[derive(Args, Debug)]
struct UnlistedArgs {
    /// At most so many names.
    #[arg(long, default_value_t = 200)]
    limit: usize,
    /// Print the names as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(config: &Config, args: &LexiconArgs) -> anyhow::Result<Outcome> {
    let What::Unlisted(args) = &args.what;
    let app = App::open_to_read(config)
        .await
        .context("cannot open the data directory")?;
    let names = unlisted(&app, args.limit).await?;
    if args.json {
        let rows: Vec<Value> = names
            .iter()
            .map(|(name, count)| json!({ "name": name, "candidateCount": count }))
            .collect();
        println!(
            "{}",
            serde_json::to_string_pretty(&rows).context("cannot write JSON")?
        );
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(["name", "candidates"]);
    for (name, count) in &names {
        table.row([name, &count.to_string()]);
    }
    if table.is_empty() {
        println!("the lexicon has every technology that the résumés list");
    } else {
        print!("{table}");
    }
    Ok(Outcome::Done)
}

/// Returns the first `limit` names that the lexicon lacks, with their candidates.
async fn unlisted(app: &App, limit: usize) -> anyhow::Result<Vec<(String, u64)>> {
    let mut names = Vec::new();
    let mut after = Value::Null;
    while names.len() < limit {
        let data = super::ask(app, DOCUMENT, json!({ "after": after })).await?;
        let page = &data["technologies"];
        let nodes = page["nodes"].as_array().map_or(&[][..], Vec::as_slice);
        for node in nodes.iter().filter(|node| node["isListed"] == json!(false)) {
            let name = node["name"].as_str().unwrap_or_default().to_owned();
            names.push((name, node["candidateCount"].as_u64().unwrap_or(0)));
        }
        if page["pageInfo"]["hasNextPage"] != json!(true) {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    names.truncate(limit);
    Ok(names)
}
