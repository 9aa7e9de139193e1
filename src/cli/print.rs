//! Tables for a terminal: columns as wide as their text, full-width characters counted as two.

use std::fmt;

use unicode_width::UnicodeWidthStr as _;

/// The widest a column but the last gets; longer text goes on beyond it.
const MAX_COLUMN: usize = 40;

/// Rows of `N` cells under a heading.
pub(super) struct Table<const N: usize> {
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// Begins a table with its heading.
    pub(super) fn new(heading: [&str; N]) -> Self {
        Self {
            rows: vec![heading.map(str::to_owned)],
        }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: [&str; N]) {
        self.rows.push(cells.map(str::to_owned));
    }

    /// Whether there is nothing but the heading.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.len() == 1
    }
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| {
            let widths = self.rows.iter().map(|row| row[column].width());
            widths.max().unwrap_or(0).min(MAX_COLUMN)
        };
        let widths: [usize; N] = std::array::from_fn(width);
        for row in &self.rows {
            let mut line = String::from(" ");
            for (cell, width) in row.iter().zip(widths) {
                line.push(' ');
                line.push_str(cell);
                line.extend(std::iter::repeat_n(
                    ' ',
                    width.saturating_sub(cell.width()) + 1,
                ));
            }
            writeln!(formatter, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Returns `text` on one line, its white space folded.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_characters_take_two_columns() {
        let mut table = Table::new(["name", "x"]);
        table.row(["職歴", "1"]);
        table.row(["ab", "2"]);
        assert_eq!(table.to_string(), "  name  x\n  職歴  1\n  ab    2\n");
    }

    #[test]
    fn white_space_folds_to_one_line() {
        assert_eq!(one_line(" a\n  b\u{3000}c "), "a b c");
    }
}
