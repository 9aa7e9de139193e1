//! `shokureki reindex`.

use anyhow::Context as _;

use super::Outcome;
use crate::app::App;
use crate::config::Config;

pub(super) async fn run(config: &Config) -> anyhow::Result<Outcome> {
    let app = App::open(config)
        .await
        .context("cannot open the data directory")?;
    let documents = app
        .reread()
        .await
        .context("cannot read stored documents again")?;
    app.reindex().await.context("cannot build the index anew")?;
    let status = app.index_status().await.context("cannot read the index")?;
    if documents > 0 {
        println!("{documents} documents read again");
    }
    println!("{} candidates indexed", status.indexed_candidates);
    app.close().await;
    Ok(Outcome::Done)
}
