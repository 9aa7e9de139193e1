//! One generation of an index: a directory of tantivy's, written by one writer, read by many.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::{Index, IndexReader, ReloadPolicy};

use crate::analysis::Analyzer;
use crate::columns::ColumnCache;
use crate::error::IndexError;
use crate::fields::{FORMAT, Fields};
use crate::index::Change;
use crate::suggest::Suggester;
use crate::writer::{Payload, Writer};

/// Says in which layout the directory's fields are.
const FORMAT_FILE: &str = "format";

/// A generation in use. Its files are deleted with the last use once it is retired.
pub(crate) struct Generation {
    pub(crate) number: u64,
    pub(crate) fields: Fields,
    pub(crate) reader: IndexReader,
    pub(crate) suggester: Suggester,
    pub(crate) columns: ColumnCache,
    path: PathBuf,
    written: Mutex<Written>,
    is_retired: AtomicBool,
}

/// What only one may touch at a time.
struct Written {
    /// `None` once the generation is retired, and when it was opened to read only.
    writer: Option<Writer>,
    payload: Payload,
}

/// A retired generation, or one opened to read only, takes no changes.
#[derive(Debug, thiserror::Error)]
#[error("the index takes no changes: it was replaced by a newer one, or opened to read only")]
struct NotWritable;

impl Generation {
    /// Makes an empty generation in a new directory.
    pub(crate) fn create(
        directory: &Path,
        number: u64,
        analyzer: &Analyzer,
    ) -> Result<Self, IndexError> {
        let path = path_of(directory, number);
        fs::create_dir_all(&path)?;
        let fields = Fields::new();
        let index = Index::create_in_dir(&path, fields.schema.clone())?;
        let mut format = fs::File::create(path.join(FORMAT_FILE))?;
        format.write_all(FORMAT.to_string().as_bytes())?;
        format.sync_all()?;
        let payload = Payload::new(0, number, analyzer);
        let writer = Writer::open(&index, fields.clone(), analyzer.clone())?;
        let generation = Self::with(path, &index, fields, payload, Some(writer))?;
        generation.commit(0)?;
        Ok(generation)
    }

    /// Opens a generation to read and write; `None` when its fields are of another layout.
    pub(crate) fn open(
        directory: &Path,
        number: u64,
        analyzer: &Analyzer,
    ) -> Result<Option<Self>, IndexError> {
        let write = |index: &Index, fields: &Fields| {
            Writer::open(index, fields.clone(), analyzer.clone()).map(Some)
        };
        Self::open_with(directory, number, write)
    }

    /// Opens a generation as it was last committed; `None` when its fields are of another layout.
    pub(crate) fn open_to_read(directory: &Path, number: u64) -> Result<Option<Self>, IndexError> {
        Self::open_with(directory, number, |_, _| Ok(None))
    }

    fn open_with(
        directory: &Path,
        number: u64,
        writer: impl FnOnce(&Index, &Fields) -> Result<Option<Writer>, IndexError>,
    ) -> Result<Option<Self>, IndexError> {
        let path = path_of(directory, number);
        let fields = Fields::new();
        let index = Index::open_in_dir(&path)?;
        let format = fs::read_to_string(path.join(FORMAT_FILE))?;
        if format != FORMAT.to_string() || index.schema() != fields.schema {
            return Ok(None);
        }
        let meta = index.load_metas()?;
        let payload = meta.payload.ok_or(crate::varint::Damaged)?;
        let payload: Payload = serde_json::from_str(&payload).map_err(IndexError::storage)?;
        let writer = writer(&index, &fields)?;
        Self::with(path, &index, fields, payload, writer).map(Some)
    }

    fn with(
        path: PathBuf,
        index: &Index,
        fields: Fields,
        payload: Payload,
        writer: Option<Writer>,
    ) -> Result<Self, IndexError> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            number: payload.generation,
            fields,
            reader,
            suggester: Suggester::default(),
            columns: ColumnCache::default(),
            path,
            written: Mutex::new(Written { writer, payload }),
            is_retired: AtomicBool::new(false),
        })
    }

    /// Applies `changes` and makes them visible.
    pub(crate) fn apply(&self, changes: Vec<Change>, sequence: u64) -> Result<(), IndexError> {
        let mut written = self.written();
        // Terms of an older analyzer stay in the other documents, so the mark of it stays too.
        let payload = Payload {
            sequence,
            ..written.payload.clone()
        };
        let writer = written
            .writer
            .as_mut()
            .ok_or_else(|| IndexError::storage(NotWritable))?;
        writer.apply(changes, &payload)?;
        written.payload = payload;
        self.show(written.writer.as_ref())
    }

    /// Adds candidates that become visible with [`commit`](Self::commit).
    pub(crate) fn add(&self, documents: Vec<crate::Document>) -> Result<(), IndexError> {
        let mut written = self.written();
        let writer = written
            .writer
            .as_mut()
            .ok_or_else(|| IndexError::storage(NotWritable))?;
        writer.add(documents)
    }

    /// Commits what was added.
    pub(crate) fn commit(&self, sequence: u64) -> Result<(), IndexError> {
        let mut written = self.written();
        let payload = Payload {
            sequence,
            ..written.payload.clone()
        };
        let writer = written
            .writer
            .as_mut()
            .ok_or_else(|| IndexError::storage(NotWritable))?;
        writer.commit(&payload)?;
        written.payload = payload;
        self.show(written.writer.as_ref())
    }

    /// Makes the last commit visible.
    fn show(&self, writer: Option<&Writer>) -> Result<(), IndexError> {
        self.reader.reload()?;
        if let Some(writer) = writer {
            self.suggester.follow(&self.reader, writer.analyzer());
        }
        Ok(())
    }

    /// Stops writing; the files go with the last search that reads them.
    pub(crate) fn retire(&self) {
        self.is_retired.store(true, Ordering::SeqCst);
        self.written().writer = None;
    }

    pub(crate) fn payload(&self) -> Payload {
        self.written().payload.clone()
    }

    pub(crate) fn size_bytes(&self) -> u64 {
        let Ok(entries) = fs::read_dir(&self.path) else {
            return 0;
        };
        let files = entries.filter_map(Result::ok);
        files
            .filter_map(|file| file.metadata().ok())
            .map(|file| file.len())
            .sum()
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Generation {
    fn drop(&mut self) {
        if self.is_retired.load(Ordering::SeqCst) {
            // What cannot be deleted now is deleted when the index is opened next.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

pub(crate) fn path_of(directory: &Path, number: u64) -> PathBuf {
    directory.join(number.to_string())
}
