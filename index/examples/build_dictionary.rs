//! Builds the dictionary that ships with this crate from the sources of IPADIC.
//!
//! ```text
//! cargo run -p shokureki-index --example build_dictionary -- SOURCE_DIR ARCHIVE [UNPACKED_DIR]
//! ```
//!
//! `SOURCE_DIR` holds the EUC-JP files of Debian's `mecab-ipadic` (`*.csv`, `*.def`), `ARCHIVE` is
//! written as `index/src/analysis/dictionary.rs` describes it. With `UNPACKED_DIR` the directory in
//! lindera's own format is kept too, for use as a named dictionary directory.
//! The same sources and the same version of lindera give the same bytes.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use lindera_dictionary::builder::DictionaryBuilder;
use lindera_dictionary::dictionary::metadata::Metadata;
use lindera_dictionary::dictionary::schema::Schema;

/// First line of an archive; the loader refuses any other.
const ARCHIVE_MAGIC: &str = "shokureki-dictionary 1";

/// Files of a dictionary in lindera's format 2, in the order of the archive.
const FILES: [&str; 9] = [
    "metadata.json",
    "char_def.bin",
    "unk.bin",
    "matrix.mtx",
    "dict.trie",
    "dict.valsidx",
    "dict.vals",
    "dict.wordsidx",
    "dict.words",
];

/// The highest level whose window (8 MiB) every decoder accepts.
const COMPRESSION_LEVEL: i32 = 19;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(source), Some(archive)) = (arguments.next(), arguments.next()) else {
        return Err("usage: build_dictionary SOURCE_DIR ARCHIVE [UNPACKED_DIR]".into());
    };
    let scratch = tempfile::tempdir()?;
    let unpacked = arguments
        .next()
        .unwrap_or_else(|| scratch.path().to_path_buf());

    DictionaryBuilder::new(ipadic_metadata()).build_dictionary(&source, &unpacked)?;
    let packed = pack(&unpacked)?;
    fs::write(&archive, &packed)?;
    println!("{}: {} bytes", archive.display(), packed.len());
    Ok(())
}

/// Describes IPADIC as Debian packs it: nine detail fields, EUC-JP.
fn ipadic_metadata() -> Metadata {
    let fields =
        |names: &[&str]| Schema::new(names.iter().map(|name| (*name).to_owned()).collect());
    let entry = fields(&[
        "surface",
        "left_context_id",
        "right_context_id",
        "cost",
        "part_of_speech",
        "part_of_speech_subcategory_1",
        "part_of_speech_subcategory_2",
        "part_of_speech_subcategory_3",
        "conjugation_type",
        "conjugation_form",
        "base_form",
        "reading",
        "pronunciation",
    ]);
    let user_entry = fields(&["surface", "part_of_speech", "reading"]);
    let flexible_csv = true;
    let skip_invalid_cost_or_id = false;
    let normalize_details = false;
    Metadata::new(
        "ipadic".to_owned(),
        "EUC-JP".to_owned(),
        -10_000,
        0,
        0,
        "*".to_owned(),
        flexible_csv,
        skip_invalid_cost_or_id,
        normalize_details,
        entry,
        user_entry,
    )
}

/// Concatenates the files of `directory` behind a table of their sizes and compresses the whole.
fn pack(directory: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut table = format!("{ARCHIVE_MAGIC}\n");
    let mut contents = Vec::new();
    for name in FILES {
        let bytes = fs::read(directory.join(name))?;
        table.push_str(&format!("{name} {}\n", bytes.len()));
        contents.extend_from_slice(&bytes);
    }
    table.push('\n');

    let mut plain = table.into_bytes();
    plain.append(&mut contents);
    Ok(zstd::bulk::compress(&plain, COMPRESSION_LEVEL)?)
}
