//! A backup: a folder with one compressed file for each table, and a manifest that says what they hold.
//!
//! `TABLE.jsonl.zst` has a JSON list for each row, `manifest.json` the tables, their columns, how many
//! rows, and the SHA-256 of each file. The manifest is written last: a folder without one is no backup.
//! Files are readable for their owner alone: they hold everything that the store does.
//!
//! The index is not part of it; it is written anew from the store.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use crate::store::{RowSink, RowSource, Rows, Store, TableShape, TransferError};

/// The form of the files that this program writes, and the only one that it reads.
const FORMAT: u32 = 1;

const MANIFEST: &str = "manifest.json";

/// Fast, and a fifth of the size.
const COMPRESSION: i32 = 3;

/// Why there is no backup, or nothing was restored from one.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The folder holds something already.
    #[error("{0} is not empty")]
    Occupied(PathBuf),
    /// A file cannot be read or written.
    #[error("cannot use {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder holds no finished backup.
    #[error("{0} holds no finished backup: it has no manifest that can be read")]
    NoManifest(PathBuf),
    /// Another program wrote it.
    #[error("the backup is of format {found}, this program reads {FORMAT}")]
    Format {
        /// The format that the manifest names.
        found: u32,
    },
    /// A file is not as it was written.
    #[error("{0} is damaged: its checksum is not that of the manifest")]
    Damaged(PathBuf),
    /// The rows cannot be had or stored.
    #[error(transparent)]
    Transfer(#[from] TransferError),
}

/// What a backup holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the files.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When the writing began; the rows are of this moment or a little later.
    pub created_at: DateTime<Utc>,
    /// The versions of the tables, oldest first.
    pub migrations: Vec<String>,
    /// The tables.
    pub tables: Vec<TableFile>,
}

/// The rows of one table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TableFile {
    /// Name and columns.
    #[serde(flatten)]
    pub table: TableShape,
    /// Rows.
    pub rows: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Returns the number of rows of `table`, 0 when there is no such table.
    pub fn rows_of(&self, table: &str) -> u64 {
        let file = self.tables.iter().find(|file| file.table.name == table);
        file.map_or(0, |file| file.rows)
    }

    /// Returns the bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.tables.iter().map(|file| file.bytes).sum()
    }
}

/// Writes everything that the store holds, as of one moment, to the folder `to`, which must be empty or
/// missing. Others may read and write meanwhile.
///
/// # Errors
/// [`BackupError::Occupied`], [`BackupError::File`], [`BackupError::Transfer`].
pub async fn write(store: &Store, to: &Path) -> Result<Manifest, BackupError> {
    let created_at = Utc::now();
    make_folder(to)?;
    let mut files = Files {
        folder: to.to_owned(),
        done: Vec::new(),
        open: None,
    };
    let migrations = store.dump(&mut files).await?;
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        created_at,
        migrations,
        tables: files.finish().map_err(at(to))?,
    };
    let path = to.join(MANIFEST);
    let mut file = private_file(&path).map_err(at(&path))?;
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| at(&path)(error.into()))?;
    file.write_all(&text).map_err(at(&path))?;
    file.sync_all().map_err(at(&path))?;
    sync_folder(to).map_err(at(to))?;
    Ok(manifest)
}

/// Reads the manifest of the backup in `from`, and compares every file with it.
///
/// # Errors
/// [`BackupError::NoManifest`], [`BackupError::Format`], [`BackupError::Damaged`],
/// [`BackupError::File`].
pub fn verify(from: &Path) -> Result<Manifest, BackupError> {
    let path = from.join(MANIFEST);
    let no_manifest = || BackupError::NoManifest(from.to_owned());
    let text = fs::read(&path).map_err(|_| no_manifest())?;
    let format: Format = serde_json::from_slice(&text).map_err(|_| no_manifest())?;
    if format.format != FORMAT {
        return Err(BackupError::Format {
            found: format.format,
        });
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| no_manifest())?;
    for file in &manifest.tables {
        let path = from.join(file_name(&file.table.name));
        if checksum(&path).map_err(at(&path))? != file.sha256 {
            return Err(BackupError::Damaged(path));
        }
    }
    Ok(manifest)
}

/// Fills the store with the backup in `from`, all of it or, on an error, nothing. The database must be
/// empty, unless `replaces`.
///
/// # Errors
/// Those of [`verify`], [`BackupError::Transfer`].
pub async fn restore(store: &Store, from: &Path, replaces: bool) -> Result<Manifest, BackupError> {
    let manifest = verify(from)?;
    let mut source = Folder {
        folder: from.to_owned(),
        tables: manifest
            .tables
            .iter()
            .map(|file| file.table.clone())
            .collect(),
        rows: manifest
            .tables
            .iter()
            .map(|file| (file.table.name.clone(), file.rows))
            .collect(),
        migrations: manifest.migrations.clone(),
    };
    store.load(&mut source, replaces).await?;
    Ok(manifest)
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

fn at(path: &Path) -> impl Fn(io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::File {
        path: path.clone(),
        source,
    }
}

fn file_name(table: &str) -> String {
    format!("{table}.jsonl.zst")
}

fn make_folder(path: &Path) -> Result<(), BackupError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(at(path))?;
    let mut entries = fs::read_dir(path).map_err(at(path))?;
    if entries.next().is_some() {
        return Err(BackupError::Occupied(path.to_owned()));
    }
    Ok(())
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes the names of the files in a folder last. Windows has no such thing.
fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn checksum(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(format!("{:x}", hasher.finalize()));
        }
        hasher.update(&buffer[..read]);
    }
}

/// Counts and hashes what goes through to the file.
struct Hashed {
    file: BufWriter<File>,
    hasher: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The table that is being written.
struct Open {
    table: TableShape,
    rows: u64,
    encoder: zstd::stream::write::Encoder<'static, Hashed>,
}

impl Open {
    fn finish(self) -> io::Result<TableFile> {
        let hashed = self.encoder.finish()?;
        let file = hashed
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(TableFile {
            table: self.table,
            rows: self.rows,
            bytes: hashed.bytes,
            sha256: format!("{:x}", hashed.hasher.finalize()),
        })
    }
}

/// Writes each table to a file of its own.
struct Files {
    folder: PathBuf,
    done: Vec<TableFile>,
    open: Option<Open>,
}

impl Files {
    fn close(&mut self) -> io::Result<()> {
        if let Some(open) = self.open.take() {
            self.done.push(open.finish()?);
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<Vec<TableFile>> {
        self.close()?;
        Ok(self.done)
    }
}

impl RowSink for Files {
    fn begin(&mut self, table: &TableShape) -> io::Result<()> {
        self.close()?;
        let file = private_file(&self.folder.join(file_name(&table.name)))?;
        let hashed = Hashed {
            file: BufWriter::new(file),
            hasher: Sha256::new(),
            bytes: 0,
        };
        self.open = Some(Open {
            table: table.clone(),
            rows: 0,
            encoder: zstd::stream::write::Encoder::new(hashed, COMPRESSION)?,
        });
        Ok(())
    }

    fn row(&mut self, row: &[Json]) -> io::Result<()> {
        let open = self
            .open
            .as_mut()
            .ok_or_else(|| io::Error::other("a row before its table"))?;
        serde_json::to_writer(&mut open.encoder, row)?;
        open.encoder.write_all(b"\n")?;
        open.rows += 1;
        Ok(())
    }
}

/// Reads each table from its file.
struct Folder {
    folder: PathBuf,
    migrations: Vec<String>,
    tables: Vec<TableShape>,
    rows: HashMap<String, u64>,
}

impl RowSource for Folder {
    fn migrations(&self) -> &[String] {
        &self.migrations
    }

    fn tables(&self) -> &[TableShape] {
        &self.tables
    }

    fn rows(&mut self, table: &str) -> io::Result<Rows> {
        let file = File::open(self.folder.join(file_name(table)))?;
        let lines = BufReader::new(zstd::stream::read::Decoder::new(file)?).lines();
        let rows = lines.map(|line| Ok(serde_json::from_str(&line?)?));
        let promised = self.rows.get(table).copied().unwrap_or(0);
        // The checksum was compared; this tells of a manifest that was edited.
        let mut given = 0;
        let mut is_over = false;
        let mut rows: Rows = Box::new(rows);
        Ok(Box::new(std::iter::from_fn(move || {
            if is_over {
                return None;
            }
            match rows.next() {
                Some(row) => {
                    given += 1;
                    Some(row)
                }
                None => {
                    is_over = true;
                    let wrong = || io::Error::other("another number of rows than the manifest has");
                    (given != promised).then(|| Err(wrong()))
                }
            }
        })))
    }
}
