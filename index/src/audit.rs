//! What an index holds and whether its files are as they were written: for checks, not for searches.

use std::collections::BTreeSet;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, TERMINATED};

use crate::error::IndexError;
use crate::generation::Generation;

impl Generation {
    /// Returns the key of every document, in order. One that comes twice is in there twice.
    pub(crate) fn keys(&self) -> Result<Vec<String>, IndexError> {
        let mut keys = Vec::new();
        for segment in self.reader.searcher().segment_readers() {
            let inverted = segment.inverted_index(self.fields.key)?;
            let mut terms = inverted.terms().stream()?;
            while let Some((term, info)) = terms.next() {
                let option = IndexRecordOption::Basic;
                let mut postings = inverted.read_postings_from_terminfo(info, option)?;
                while postings.doc() != TERMINATED {
                    if !segment.is_deleted(postings.doc()) {
                        keys.push(String::from_utf8_lossy(term).into_owned());
                    }
                    postings.advance();
                }
            }
        }
        keys.sort_unstable();
        Ok(keys)
    }

    /// Returns the names of the files of the last commit that are not as they were written. Reads all
    /// of them.
    pub(crate) fn damaged_files(&self) -> Result<Vec<String>, IndexError> {
        let searcher = self.reader.searcher();
        let damaged = searcher.index().validate_checksum()?;
        let names: BTreeSet<String> = damaged
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        Ok(names.into_iter().collect())
    }
}
