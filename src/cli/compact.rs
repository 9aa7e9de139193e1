//! `shokureki compact`.

use anyhow::Context as _;

use super::Outcome;
use crate::app;
use crate::config::Config;

pub(super) async fn run(config: &Config) -> anyhow::Result<Outcome> {
    let store = app::connect(config).await?;
    let compacted = store.compact().await;
    compacted.context("cannot write the tables anew")?;
    println!("the tables are written anew without what was deleted from them");
    Ok(Outcome::Done)
}
