//! Lines whose format has told what they are.

use super::super::text::Text;
use super::{Container, SourceForm, SourceLine};

/// Lines in the order in which they are read.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The lines.
    pub(super) list: Vec<SourceLine>,
    /// The number of the table that is open; 0 outside tables.
    pub(super) table: u32,
    /// Whether something ends before the next line.
    pub(super) is_blank: bool,
}

impl Lines {
    /// Adds a line; one that shows nothing only where it is a cell, which keeps its column.
    pub(super) fn push(&mut self, form: SourceForm, indent: usize, mut text: Text) {
        text.trim();
        let is_cell = matches!(form, SourceForm::FirstCell | SourceForm::Cell);
        if text.is_empty() && !is_cell {
            return;
        }
        let range = if text.is_empty() {
            let at = self.list.last().map_or(0, |line| line.range.end);
            at..at
        } else {
            text.whole()
        };
        self.list.push(SourceLine {
            range,
            indent,
            form,
            is_after_blank: std::mem::take(&mut self.is_blank),
            is_fenced: false,
            shown: Some(text),
            table: self.table,
            is_header: false,
            container: Container::default(),
        });
    }
}
