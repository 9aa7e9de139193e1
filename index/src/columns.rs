//! The columns of the segments that are searched, opened once and kept while the segments stay.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::{DocId, Searcher, SegmentReader};

use crate::error::IndexError;
use crate::fields::Fields;
use crate::timeline::{SignatureColumns, Timeline};

/// The columns of one segment that every search reads.
pub(crate) struct SegmentColumns {
    updated_at: Column<i64>,
    timelines: Column<u64>,
    signatures: SignatureColumns,
    /// The newest month that a résumé knows of; `None` without any.
    pub(crate) newest: Option<i32>,
    /// How many tokens the texts have.
    pub(crate) lengths: FieldNormReader,
}

impl SegmentColumns {
    fn open(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let newest = columns.i64(Fields::NEWEST_MONTH)?.max_value();
        Ok(Self {
            updated_at: columns.i64(Fields::UPDATED_AT)?,
            timelines: columns.u64(Fields::TIMELINE)?,
            signatures: SignatureColumns::open(segment)?,
            newest: i32::try_from(newest).ok(),
            lengths: segment.get_fieldnorms_reader(fields.text.words)?,
        })
    }

    /// Reads a timeline.
    pub(crate) fn timeline(&self, doc: DocId) -> Result<Timeline<'_>, IndexError> {
        Ok(self.unread_timeline(doc, false).opened()?)
    }

    /// Returns a timeline of which nothing is read yet: see [`Timeline::new`]. Whoever asks it
    /// something [checks](Timeline::check) it afterwards.
    pub(crate) fn unread_timeline(&self, doc: DocId, reads_units: bool) -> Timeline<'_> {
        let rows = self.timelines.index.value_row_ids(doc);
        let rows = u64::from(rows.start)..u64::from(rows.end);
        let signatures = self.signatures.of(doc);
        Timeline::new(&*self.timelines.values, rows, signatures, reads_units)
    }

    pub(crate) fn updated_at(&self, doc: DocId) -> i64 {
        self.updated_at.first(doc).unwrap_or(i64::MIN)
    }
}

/// The columns of the segments that were searched last. Opening them takes longer than many a search.
#[derive(Default)]
pub(crate) struct ColumnCache(Mutex<HashMap<SegmentId, Arc<SegmentColumns>>>);

impl ColumnCache {
    /// Returns the columns of each segment, in their order.
    pub(crate) fn of(
        &self,
        searcher: &Searcher,
        fields: &Fields,
    ) -> tantivy::Result<Vec<Arc<SegmentColumns>>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let segments = searcher.segment_readers();
        let mut all = Vec::with_capacity(segments.len());
        for segment in segments {
            all.push(match known.get(&segment.segment_id()) {
                Some(columns) => Arc::clone(columns),
                None => {
                    let columns = Arc::new(SegmentColumns::open(segment, fields)?);
                    known.insert(segment.segment_id(), Arc::clone(&columns));
                    columns
                }
            });
        }
        if known.len() > segments.len() {
            let is_searched = |id: &SegmentId| segments.iter().any(|one| one.segment_id() == *id);
            known.retain(|id, _| is_searched(id));
        }
        Ok(all)
    }
}
