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
use crate::integrity;
use crate::suggest::Suggester;
use crate::varint::Damaged;
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
    index: Index,
    path: PathBuf,
    written: Mutex<Written>,
    is_retired: AtomicBool,
}

/// What only one may touch at a time.
struct Written {
    /// `None` after a failure, until it is needed again.
    writer: Option<Writer>,
    /// `None` once the generation is retired, and when it was opened to read only.
    analyzer: Option<Analyzer>,
    payload: Payload,
    /// The sequence of the commit that searches see, which is an earlier one where the last could not
    /// be opened.
    shown: u64,
}

impl Written {
    /// Runs `work` with the writer. One that failed is dropped with what it had not committed: after a
    /// full disk, tantivy's own way back fails too, and does so for ever.
    fn with_writer<T>(
        &mut self,
        index: &Index,
        fields: &Fields,
        work: impl FnOnce(&mut Writer, &mut Payload) -> Result<T, IndexError>,
    ) -> Result<T, IndexError> {
        let analyzer = self.analyzer.as_ref();
        let analyzer = analyzer.ok_or_else(|| IndexError::storage(NotWritable))?;
        let mut writer = match self.writer.take() {
            Some(writer) => writer,
            None => Writer::open(index, fields.clone(), analyzer.clone())?,
        };
        let done = work(&mut writer, &mut self.payload)?;
        self.writer = Some(writer);
        Ok(done)
    }
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
        let generation = Self::with(path, index, fields, payload, Some(analyzer))?;
        generation.commit(0)?;
        Ok(generation)
    }

    /// Opens a generation to read and write, every file of it verified; `None` when its fields are of
    /// another layout.
    pub(crate) fn open(
        directory: &Path,
        number: u64,
        analyzer: &Analyzer,
    ) -> Result<Option<Self>, IndexError> {
        integrity::without_panic(|| Self::open_with(directory, number, Some(analyzer)))
    }

    /// Opens a generation as it was last committed; `None` when its fields are of another layout.
    pub(crate) fn open_to_read(directory: &Path, number: u64) -> Result<Option<Self>, IndexError> {
        Self::open_with(directory, number, None)
    }

    fn open_with(
        directory: &Path,
        number: u64,
        analyzer: Option<&Analyzer>,
    ) -> Result<Option<Self>, IndexError> {
        let path = path_of(directory, number);
        let fields = Fields::new();
        // The layout first: another version of tantivy may not even open what this one wrote.
        let format = fs::read_to_string(path.join(FORMAT_FILE))?;
        if format
            .trim()
            .parse()
            .is_ok_and(|format: u32| format != FORMAT)
        {
            return Ok(None);
        }
        if format != FORMAT.to_string() {
            return Err(Damaged.into());
        }
        let index = Index::open_in_dir(&path)?;
        if index.schema() != fields.schema {
            return Err(Damaged.into());
        }
        let meta = index.load_metas()?;
        let payload = Payload::parse(&meta.payload.ok_or(Damaged)?)?;
        let is_written = analyzer.is_some();
        if is_written {
            // Before anything is made of what they hold.
            integrity::verify_files(&index)?;
        }
        let generation = Self::with(path, index, fields, payload, analyzer)?;
        if is_written {
            integrity::verify_counts(&generation.reader)?;
        }
        Ok(Some(generation))
    }

    /// Compares every file with its checksum.
    pub(crate) fn verify(&self) -> Result<(), IndexError> {
        integrity::without_panic(|| integrity::verify_files(&self.index))
    }

    fn with(
        path: PathBuf,
        index: Index,
        fields: Fields,
        payload: Payload,
        analyzer: Option<&Analyzer>,
    ) -> Result<Self, IndexError> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let analyzer = analyzer.cloned();
        let open = |analyzer: &Analyzer| Writer::open(&index, fields.clone(), analyzer.clone());
        let writer = analyzer.as_ref().map(open).transpose()?;
        Ok(Self {
            number: payload.generation,
            fields,
            reader,
            suggester: Suggester::default(),
            columns: ColumnCache::default(),
            index,
            path,
            written: Mutex::new(Written {
                writer,
                analyzer,
                shown: payload.sequence,
                payload,
            }),
            is_retired: AtomicBool::new(false),
        })
    }

    /// Applies `changes` and makes them visible.
    pub(crate) fn apply(&self, changes: Vec<Change>, sequence: u64) -> Result<(), IndexError> {
        self.write(|writer, payload| {
            writer.stage(changes)?;
            commit(writer, payload, sequence)
        })?;
        self.show()
    }

    /// Takes the words of candidates whose deletion is committed out of the files, and closes those that
    /// have them.
    pub(crate) fn expunge(&self) -> Result<(), IndexError> {
        let expunge = || self.write(|writer, _| writer.expunge());
        // A writer that failed is gone, and with it the merge that kept it from finishing.
        expunge().or_else(|_| expunge())?;
        self.show()
    }

    /// Applies changes that become visible with [`commit`](Self::commit).
    pub(crate) fn stage(&self, changes: Vec<Change>) -> Result<(), IndexError> {
        self.write(|writer, _| writer.stage(changes))
    }

    /// Adds candidates that become visible with [`commit`](Self::commit).
    pub(crate) fn add(&self, documents: Vec<crate::Document>) -> Result<(), IndexError> {
        self.write(|writer, _| writer.add(documents))
    }

    /// Commits what was added.
    pub(crate) fn commit(&self, sequence: u64) -> Result<(), IndexError> {
        self.write(|writer, payload| commit(writer, payload, sequence))?;
        self.show()
    }

    fn write(
        &self,
        work: impl FnOnce(&mut Writer, &mut Payload) -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        self.written().with_writer(&self.index, &self.fields, work)
    }

    /// Makes the last commit visible.
    fn show(&self) -> Result<(), IndexError> {
        self.reader.reload()?;
        let analyzer = {
            let mut written = self.written();
            written.shown = written.payload.sequence;
            written.analyzer.clone()
        };
        if let Some(analyzer) = analyzer {
            self.suggester.follow(&self.reader, &analyzer);
        }
        Ok(())
    }

    /// Stops writing; the files go with the last search that reads them.
    pub(crate) fn retire(&self) {
        self.is_retired.store(true, Ordering::SeqCst);
        let mut written = self.written();
        written.writer = None;
        written.analyzer = None;
    }

    /// Returns what the commit says of itself that searches see.
    pub(crate) fn payload(&self) -> Payload {
        let written = self.written();
        Payload {
            sequence: written.shown,
            ..written.payload.clone()
        }
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

/// Commits with the sequence of the last change.
fn commit(writer: &mut Writer, payload: &mut Payload, sequence: u64) -> Result<(), IndexError> {
    // Terms of an older analyzer stay in the other documents, so the mark of it stays too.
    let next = Payload {
        sequence,
        ..payload.clone()
    };
    writer.commit(&next)?;
    *payload = next;
    Ok(())
}

pub(crate) fn path_of(directory: &Path, number: u64) -> PathBuf {
    directory.join(number.to_string())
}
