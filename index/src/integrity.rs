//! Whether the files of an index are as they were written.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::{Index, IndexReader};

use crate::error::IndexError;
use crate::fields::Fields;
use crate::varint::Damaged;

/// The files that every segment has.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::Store,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
];

/// Reads every file of the last commit and compares it with the checksum that it ends with. Takes as
/// long as reading the index once.
///
/// # Errors
/// [`IndexError::Storage`] when a file is missing or not as it was written.
pub(crate) fn verify_files(index: &Index) -> Result<(), IndexError> {
    loop {
        let segments = index.load_metas()?.segments;
        let verified = segments
            .iter()
            .try_for_each(|segment| verify_segment(index, segment));
        let Err(error) = verified else {
            return Ok(());
        };
        // Commits and merges replace files meanwhile.
        if identities(&segments) == identities(&index.load_metas()?.segments) {
            return Err(error);
        }
    }
}

fn verify_segment(index: &Index, segment: &SegmentMeta) -> Result<(), IndexError> {
    let deletes = segment.has_deletes().then_some(SegmentComponent::Delete);
    for component in COMPONENTS.into_iter().chain(deletes) {
        let path = segment.relative_path(component);
        let is_sound = index.directory().validate_checksum(&path);
        if !is_sound.map_err(IndexError::storage)? {
            return Err(Damaged.into());
        }
    }
    Ok(())
}

fn identities(segments: &[SegmentMeta]) -> Vec<(String, Option<u64>)> {
    let identities = segments.iter();
    identities
        .map(|segment| (segment.id().uuid_string(), segment.delete_opstamp()))
        .collect()
}

/// Compares each segment's number of documents with what a column of it says.
///
/// # Errors
/// [`IndexError::Storage`] when they differ.
pub(crate) fn verify_counts(reader: &IndexReader) -> Result<(), IndexError> {
    for segment in reader.searcher().segment_readers() {
        let column = segment.fast_fields().i64(Fields::UPDATED_AT)?;
        if column.values.num_vals() != segment.max_doc() {
            return Err(Damaged.into());
        }
    }
    Ok(())
}

/// Makes damage of a panic: tantivy trusts what it reads.
///
/// # Errors
/// [`IndexError::Storage`] for a panic, and those of `work`.
pub(crate) fn without_panic<T>(
    work: impl FnOnce() -> Result<T, IndexError>,
) -> Result<T, IndexError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Damaged.into()))
}
