//! `shokureki generate`.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::Outcome;
use crate::generate::generate;

/// Arguments of `generate`.
#[derive(Args, Debug)]
pub(super) struct GenerateArgs {
    /// How many documents.
    #[arg(long, default_value_t = 100)]
    count: u64,
    /// The same seed gives the same documents.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder to write into; it is created. Without it the documents go to standard output.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &GenerateArgs) -> anyhow::Result<Outcome> {
    let documents = (0..args.count).map(|number| generate(args.seed, number));
    let Some(folder) = &args.out else {
        let mut out = std::io::stdout().lock();
        for document in documents {
            out.write_all(document.text.as_bytes())
                .context("cannot write to standard output")?;
        }
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    for document in documents {
        let path = folder.join(&document.file_name);
        std::fs::write(&path, document.text)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    println!("{} documents in {}", args.count, folder.display());
    Ok(Outcome::Done)
}
