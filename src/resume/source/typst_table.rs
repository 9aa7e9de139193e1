//! Typst's tables and lists.

use std::ops::Range;

use super::super::text::Text;
use super::SourceForm;
use super::typst::Reader;

impl Reader<'_> {
    /// Adds the items of `#list([a], [b])` and `#terms(…)`.
    pub(super) fn list(&mut self, arguments: &[Range<usize>], contents: &[Range<usize>]) {
        self.flush();
        for range in arguments.iter().chain(contents) {
            if self.named(range.clone()).0.is_some() {
                continue;
            }
            let raw = self.text[range.clone()].trim_start();
            let start = range.end - raw.len();
            let mut text = Text::default();
            if let Some(open) = raw
                .strip_prefix("terms.item")
                .map(|_| start + "terms.item".len())
            {
                let (arguments, contents, _) = self.given(open);
                for (index, part) in arguments.into_iter().chain(contents).enumerate() {
                    if index == 1 {
                        text.push_shown(": ");
                    }
                    self.expression(part, &[], 1, &mut text);
                }
            } else {
                self.expression(range.clone(), &[], 0, &mut text);
            }
            for (index, line) in text.split('\n').into_iter().enumerate() {
                let form = if index == 0 {
                    SourceForm::Item
                } else {
                    SourceForm::Plain
                };
                self.lines.push(form, self.indent + 1, line);
            }
        }
    }

    /// Adds a table's cells.
    pub(super) fn table(&mut self, arguments: &[Range<usize>]) {
        self.flush();
        let columns = arguments
            .iter()
            .find_map(|range| self.text[range.clone()].trim().strip_prefix("columns:"))
            .map_or(1, columns_of);
        self.table_count += 1;
        self.lines.table = self.table_count;
        let mut count = 0;
        for range in arguments {
            let raw = self.text[range.clone()].trim_start();
            let lead = range.start + range.len() - raw.len();
            if raw.starts_with("table.header(") {
                let open = lead + "table.header".len();
                let close = (self.closes[open] as usize).min(range.end);
                for cell in self.arguments(open + 1..close) {
                    self.cell(cell, &mut count, columns, true);
                }
                continue;
            }
            let cell = if raw.starts_with("table.cell") {
                let skip = raw.find('[').unwrap_or(0);
                lead + skip..range.end.max(lead + skip)
            } else {
                range.clone()
            };
            self.cell(cell, &mut count, columns, false);
        }
        self.lines.table = 0;
    }

    fn cell(&mut self, range: Range<usize>, count: &mut usize, columns: usize, is_header: bool) {
        let raw = self.text[range.clone()].trim();
        let is_named = self.named(range.clone()).0.is_some();
        let is_empty = matches!(raw, "[]" | "\"\"");
        let text = match self.shown_value(range) {
            Some(text) if !is_named => text,
            _ if is_empty => Text::default(),
            _ => return,
        };
        let form = if count.is_multiple_of(columns) {
            SourceForm::FirstCell
        } else {
            SourceForm::Cell
        };
        // A first row in bold names the columns.
        let names = is_header || *count < columns && raw.starts_with("[*") && raw.ends_with("*]");
        *count += 1;
        for (index, line) in text.split('\n').into_iter().enumerate() {
            let form = if index == 0 {
                form
            } else {
                SourceForm::Continuation
            };
            self.lines.push(form, 0, line);
        }
        let number = self.lines.table;
        for line in self.lines.list.iter_mut().rev() {
            if line.table != number {
                break;
            }
            line.is_header = names;
            if line.form != SourceForm::Continuation {
                break;
            }
        }
    }
}

/// Returns how many columns `columns:` says: a number, or as many as its list has.
fn columns_of(value: &str) -> usize {
    let value = value.trim();
    if let Ok(count) = value.parse::<usize>() {
        return count.max(1);
    }
    let inner = value.trim_matches(['(', ')', ' ', ',']);
    inner.split(',').count().max(1)
}
