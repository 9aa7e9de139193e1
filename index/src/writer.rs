//! The only place that writes to tantivy: upserts, deletes, commits.

use std::num::NonZero;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tantivy::{Index, IndexWriter, SegmentMeta, TantivyDocument, Term};

use crate::analysis::{ANALYZER_VERSION, Analyzer};
use crate::document::Document;
use crate::error::IndexError;
use crate::fields::Fields;
use crate::index::Change;
use crate::lexicon::Lexicon;
use crate::prepare::prepare;
use crate::varint::Damaged;

/// Memory that tantivy fills before it writes a segment.
const HEAP_BYTES: usize = 64 * 1024 * 1024;

/// Documents analyzed before they are handed over: enough to keep all cores at work, few enough to
/// hold in memory.
const BATCH: usize = 128;

/// What a commit says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    pub(crate) sequence: u64,
    pub(crate) analyzer_version: u32,
    pub(crate) dictionary_checksum: String,
    /// Of what is a part of what: experience is told of technologies together with their parts.
    pub(crate) families_checksum: u32,
    pub(crate) generation: u64,
}

/// As it stands in the commit: with a checksum, for tantivy's own file of commits has none.
#[derive(Serialize, Deserialize)]
struct Sealed {
    #[serde(flatten)]
    payload: Payload,
    check: u32,
}

impl Payload {
    fn to_text(&self) -> Result<String, IndexError> {
        let sealed = Sealed {
            check: self.check(),
            payload: self.clone(),
        };
        serde_json::to_string(&sealed).map_err(IndexError::storage)
    }

    /// Reads what a commit says about itself.
    ///
    /// # Errors
    /// [`IndexError::Storage`] when it is not as it was written.
    pub(crate) fn parse(text: &str) -> Result<Self, IndexError> {
        let sealed: Sealed = serde_json::from_str(text).map_err(IndexError::storage)?;
        if sealed.payload.check() != sealed.check {
            return Err(Damaged.into());
        }
        Ok(sealed.payload)
    }

    fn check(&self) -> u32 {
        let Self {
            sequence,
            analyzer_version,
            dictionary_checksum,
            families_checksum,
            generation,
        } = self;
        let text = format!(
            "{sequence} {analyzer_version} {dictionary_checksum} {families_checksum} {generation}"
        );
        murmurhash32::murmurhash2(text.as_bytes())
    }

    pub(crate) fn new(sequence: u64, generation: u64, analyzer: &Analyzer) -> Self {
        Self {
            sequence,
            analyzer_version: ANALYZER_VERSION,
            dictionary_checksum: analyzer.dictionary_checksum().to_owned(),
            families_checksum: Lexicon::builtin().families_checksum(),
            generation,
        }
    }

    /// Whether terms written with this are terms that `analyzer` and the lexicon give.
    pub(crate) fn is_of(&self, analyzer: &Analyzer) -> bool {
        self.analyzer_version == ANALYZER_VERSION
            && self.dictionary_checksum == analyzer.dictionary_checksum()
            && self.families_checksum == Lexicon::builtin().families_checksum()
    }
}

/// How often a segment that is being merged is looked at again, and after which pause.
const EXPUNGE_ATTEMPTS: usize = 100;
const EXPUNGE_PAUSE: Duration = Duration::from_millis(100);

/// Somebody who was deleted is still in a segment.
#[derive(Debug, thiserror::Error)]
#[error("segments that are being merged still hold what was deleted from them")]
struct StillThere;

/// Writes to one generation.
pub(crate) struct Writer {
    tantivy: IndexWriter,
    fields: Fields,
    analyzer: Analyzer,
}

impl Writer {
    pub(crate) fn open(
        index: &Index,
        fields: Fields,
        analyzer: Analyzer,
    ) -> Result<Self, IndexError> {
        let tantivy = index.writer_with_num_threads(1, HEAP_BYTES)?;
        // A process that died between writing files and committing them left some; numbers of changes
        // come again, and with them the names of files, which must not be there.
        tantivy.garbage_collect_files().wait()?;
        Ok(Self {
            tantivy,
            fields,
            analyzer,
        })
    }

    /// Applies `changes` without a commit.
    pub(crate) fn stage(&mut self, changes: Vec<Change>) -> Result<(), IndexError> {
        for batch in batches(changes) {
            let documents: Vec<&Document> = batch.iter().filter_map(Change::document).collect();
            let mut prepared = self.prepare(&documents).into_iter();
            for change in &batch {
                self.delete(change.key());
                if matches!(change, Change::Upsert(_)) {
                    let prepared = prepared.next().expect("each upsert was prepared");
                    self.tantivy.add_document(prepared)?;
                }
            }
        }
        Ok(())
    }

    /// Adds or replaces candidates without a commit.
    pub(crate) fn add(&mut self, documents: Vec<Document>) -> Result<(), IndexError> {
        for batch in batches(documents) {
            let batch: Vec<&Document> = batch.iter().collect();
            for (document, prepared) in batch.iter().zip(self.prepare(&batch)) {
                self.delete(&document.key);
                self.tantivy.add_document(prepared)?;
            }
        }
        Ok(())
    }

    fn delete(&self, key: &str) {
        self.tantivy
            .delete_term(Term::from_field_text(self.fields.key, key));
    }

    pub(crate) fn commit(&mut self, payload: &Payload) -> Result<(), IndexError> {
        let text = payload.to_text()?;
        let mut commit = self.tantivy.prepare_commit()?;
        commit.set_payload(&text);
        commit.commit()?;
        Ok(())
    }

    /// Writes every segment anew that still has what was deleted from it: until then its files hold the
    /// words of deleted candidates. Segments that are being merged are waited for, but not for ever.
    #[expect(
        clippy::disallowed_methods,
        reason = "the thread is one that may block, and nothing tells when a merge ends"
    )]
    pub(crate) fn expunge(&mut self) -> Result<(), IndexError> {
        for _ in 0..EXPUNGE_ATTEMPTS {
            let segments = self.tantivy.index().searchable_segment_metas()?;
            let segments: Vec<_> = segments
                .into_iter()
                .filter(SegmentMeta::has_deletes)
                .collect();
            if segments.is_empty() {
                self.tantivy.garbage_collect_files().wait()?;
                return Ok(());
            }
            for segment in segments {
                // It fails for one that a merge has begun with.
                if self.tantivy.merge(&[segment.id()]).wait().is_err() {
                    thread::sleep(EXPUNGE_PAUSE);
                }
            }
        }
        Err(IndexError::storage(StillThere))
    }

    /// Analyzes on all cores; the order is kept.
    fn prepare(&self, documents: &[&Document]) -> Vec<TantivyDocument> {
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let share = documents.len().div_ceil(cores).max(1);
        let prepare_share = |share: &[&Document]| -> Vec<TantivyDocument> {
            share
                .iter()
                .map(|document| prepare(document, &self.analyzer, &self.fields))
                .collect()
        };
        if share == documents.len() {
            return prepare_share(documents);
        }
        thread::scope(|scope| {
            let threads: Vec<_> = documents
                .chunks(share)
                .map(|share| scope.spawn(|| prepare_share(share)))
                .collect();
            let mut prepared = Vec::with_capacity(documents.len());
            for thread in threads {
                match thread.join() {
                    Ok(share) => prepared.extend(share),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            prepared
        })
    }
}

/// Cuts a list into batches that are dropped once written.
fn batches<T>(list: Vec<T>) -> impl Iterator<Item = Vec<T>> {
    let mut list = list.into_iter();
    std::iter::from_fn(move || {
        let batch: Vec<T> = list.by_ref().take(BATCH).collect();
        (!batch.is_empty()).then_some(batch)
    })
}

impl Change {
    fn key(&self) -> &str {
        match self {
            Self::Upsert(document) => &document.key,
            Self::Delete(key) => key,
        }
    }

    fn document(&self) -> Option<&Document> {
        match self {
            Self::Upsert(document) => Some(document),
            Self::Delete(_) => None,
        }
    }
}
