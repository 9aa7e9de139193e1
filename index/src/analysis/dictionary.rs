//! The dictionary that lindera reads: the one inside this crate, or a named directory.
//!
//! `index/dictionary/ipadic.zst` is one zstd frame. Unpacked it starts with the line
//! `shokureki-dictionary 1`, then one line `NAME LENGTH` for each file of lindera's own format,
//! then an empty line, then the files' bytes one after another in that order.
//! It is unpacked in memory; nothing is written and nothing is fetched.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use lindera_dictionary::dictionary::Dictionary;
use lindera_dictionary::dictionary::character_definition::CharacterDefinition;
use lindera_dictionary::dictionary::connection_cost_matrix::ConnectionCostMatrix;
use lindera_dictionary::dictionary::metadata::Metadata;
use lindera_dictionary::dictionary::prefix_dictionary::PrefixDictionary;
use lindera_dictionary::dictionary::unknown_dictionary::UnknownDictionary;
use sha2::{Digest as _, Sha256};

/// SHA-256 of the dictionary inside this crate, 64 lower-case hexadecimal digits.
///
/// The first column of `index/dictionary/SHA256SUMS`.
pub const DICTIONARY_CHECKSUM: &str = include_str!("../../dictionary/SHA256SUMS").split_at(64).0;

/// The dictionary inside this crate, as packed by `examples/build_dictionary.rs`.
static ARCHIVE: &[u8] = include_bytes!("../../dictionary/ipadic.zst");

/// First line of an unpacked archive.
const ARCHIVE_MAGIC: &str = "shokureki-dictionary 1";

/// Bytes that an archive may unpack to; IPADIC has 46 MiB.
const ARCHIVE_LIMIT_BYTES: usize = 256 * 1024 * 1024;

/// Files of a dictionary in lindera's format 2.
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

/// Why a dictionary cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DictionaryError {
    /// The bytes are not those that this version was built with.
    #[error("dictionary has checksum {found}, expected {expected}")]
    Checksum {
        /// SHA-256 that was expected, in hexadecimal.
        expected: String,
        /// SHA-256 of the bytes that are there, in hexadecimal.
        found: String,
    },
    /// The archive does not decompress.
    #[error("cannot unpack the dictionary")]
    Unpack(#[source] io::Error),
    /// The archive has no valid table of files, or is shorter than its table says.
    #[error("dictionary archive has no valid table of files")]
    Table,
    /// A file of the dictionary is missing or cannot be read.
    #[error("cannot read dictionary file {}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why it cannot be read.
        source: io::Error,
    },
    /// The archive lacks a file of the dictionary.
    #[error("dictionary archive lacks {name}")]
    Missing {
        /// Name of the file.
        name: &'static str,
    },
    /// The files are there but are no dictionary of the supported format.
    #[error("not a dictionary of the supported format")]
    Format(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl DictionaryError {
    fn format(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Format(error.into())
    }
}

/// A dictionary in memory and the SHA-256 that identifies it.
pub(super) struct Loaded {
    pub(super) dictionary: Dictionary,
    pub(super) checksum: String,
}

/// Loads the dictionary inside this crate.
pub(super) fn load_builtin() -> Result<Loaded, DictionaryError> {
    load_archive(ARCHIVE, DICTIONARY_CHECKSUM)
}

/// Loads a directory of lindera's own format. Its checksum covers the files' names, lengths and
/// bytes.
pub(super) fn load_directory(directory: &Path) -> Result<Loaded, DictionaryError> {
    let mut hasher = Sha256::new();
    let mut files = HashMap::new();
    for name in FILES {
        let path = directory.join(name);
        let bytes = fs::read(&path).map_err(|source| DictionaryError::Read { path, source })?;
        hasher.update(format!("{name} {}\n", bytes.len()));
        hasher.update(&bytes);
        files.insert(name.to_owned(), bytes);
    }
    Ok(Loaded {
        dictionary: assemble(files)?,
        checksum: hex(&hasher.finalize()),
    })
}

/// Checks, unpacks and reads an archive.
fn load_archive(archive: &[u8], expected: &str) -> Result<Loaded, DictionaryError> {
    let found = hex(&Sha256::digest(archive));
    if found != expected {
        return Err(DictionaryError::Checksum {
            expected: expected.to_owned(),
            found,
        });
    }
    let plain =
        zstd::bulk::decompress(archive, unpacked_len(archive)?).map_err(DictionaryError::Unpack)?;
    Ok(Loaded {
        dictionary: assemble(split(&plain)?)?,
        checksum: found,
    })
}

/// Reads the unpacked length from the frame's header.
fn unpacked_len(archive: &[u8]) -> Result<usize, DictionaryError> {
    zstd::zstd_safe::get_frame_content_size(archive)
        .ok()
        .flatten()
        .and_then(|length| usize::try_from(length).ok())
        .filter(|length| *length <= ARCHIVE_LIMIT_BYTES)
        .ok_or(DictionaryError::Table)
}

/// Takes the files out of an unpacked archive.
fn split(plain: &[u8]) -> Result<HashMap<String, Vec<u8>>, DictionaryError> {
    let table_len = plain
        .windows(2)
        .position(|pair| pair == b"\n\n")
        .ok_or(DictionaryError::Table)?;
    let table = str::from_utf8(&plain[..table_len]).map_err(|_| DictionaryError::Table)?;
    let mut rest = &plain[table_len + 2..];

    let mut lines = table.lines();
    if lines.next() != Some(ARCHIVE_MAGIC) {
        return Err(DictionaryError::Table);
    }
    let mut files = HashMap::new();
    for line in lines {
        let (name, length) = line.split_once(' ').ok_or(DictionaryError::Table)?;
        let length: usize = length.parse().map_err(|_| DictionaryError::Table)?;
        let (bytes, after) = rest
            .split_at_checked(length)
            .ok_or(DictionaryError::Table)?;
        files.insert(name.to_owned(), bytes.to_vec());
        rest = after;
    }
    Ok(files)
}

/// Makes a dictionary of its files.
fn assemble(mut files: HashMap<String, Vec<u8>>) -> Result<Dictionary, DictionaryError> {
    let mut take = |name: &'static str| files.remove(name).ok_or(DictionaryError::Missing { name });
    let metadata = Metadata::load(&take("metadata.json")?).map_err(DictionaryError::format)?;
    metadata
        .validate_format_version()
        .map_err(DictionaryError::format)?;
    let characters =
        CharacterDefinition::load(&take("char_def.bin")?).map_err(DictionaryError::format)?;
    let unknown = UnknownDictionary::load(&take("unk.bin")?).map_err(DictionaryError::format)?;
    let matrix =
        ConnectionCostMatrix::load(take("matrix.mtx")?).map_err(DictionaryError::format)?;
    let prefix = PrefixDictionary::load(
        take("dict.trie")?,
        take("dict.valsidx")?,
        take("dict.vals")?,
        take("dict.wordsidx")?,
        take("dict.words")?,
    )
    .map_err(DictionaryError::format)?;

    Ok(Dictionary {
        prefix_dictionary: Arc::new(prefix),
        connection_cost_matrix: Arc::new(matrix),
        character_definition: Arc::new(characters),
        unknown_dictionary: Arc::new(unknown),
        metadata: Arc::new(metadata),
    })
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;

    #[test]
    fn a_changed_archive_is_refused_before_it_is_unpacked() {
        let mut archive = ARCHIVE.to_vec();
        let middle = archive.len() / 2;
        archive[middle] ^= 1;
        let result = load_archive(&archive, DICTIONARY_CHECKSUM);
        assert!(matches!(result, Err(DictionaryError::Checksum { .. })));
    }

    #[test]
    fn bytes_that_are_no_archive_are_an_error_even_with_their_own_checksum() {
        for bytes in [b"".as_slice(), b"no zstd at all", &ARCHIVE[..1000]] {
            let checksum = hex(&Sha256::digest(bytes));
            assert!(load_archive(bytes, &checksum).is_err());
        }
    }

    #[test]
    fn an_archive_without_its_table_is_an_error() {
        for plain in ["", "\n\n", "shokureki-dictionary 2\n\n"] {
            assert!(matches!(
                split(plain.as_bytes()),
                Err(DictionaryError::Table)
            ));
        }
        let too_short = b"shokureki-dictionary 1\ndict.trie 10\n\nabc";
        assert!(matches!(split(too_short), Err(DictionaryError::Table)));
    }

    #[test]
    fn an_archive_that_lacks_a_file_names_it() {
        let files = split(b"shokureki-dictionary 1\n\n").expect("the table is valid");
        let error = assemble(files).err().expect("no file is there");
        assert_eq!(error.to_string(), "dictionary archive lacks metadata.json");
    }

    #[test]
    fn a_directory_of_the_same_files_cuts_as_the_builtin_dictionary() {
        let plain = zstd::decode_all(ARCHIVE).expect("the archive is intact");
        let directory = tempfile::tempdir().expect("a directory can be made");
        for (name, bytes) in split(&plain).expect("the table is valid") {
            fs::write(directory.path().join(name), bytes).expect("there is room");
        }
        let named = Analyzer::from_directory(directory.path()).expect("the files are all there");
        let builtin = Analyzer::builtin().expect("the dictionary is intact");
        let text = "株式会社みどり商事でサーバーを設計した";
        assert_eq!(named.analyze(text), builtin.analyze(text));
        assert_eq!(builtin.dictionary_checksum(), DICTIONARY_CHECKSUM);
        assert_eq!(named.dictionary_checksum().len(), DICTIONARY_CHECKSUM.len());
        assert_ne!(named.dictionary_checksum(), DICTIONARY_CHECKSUM);
    }

    #[test]
    fn a_directory_without_a_dictionary_names_the_missing_file() {
        let empty = tempfile::tempdir().expect("a directory can be made");
        let error = load_directory(empty.path()).err().expect("it is empty");
        assert!(error.to_string().ends_with("metadata.json"), "{error}");
    }
}
