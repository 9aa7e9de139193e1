//! Cells of HTML's tables that reach over several columns and rows.

use super::super::markup::attribute;

/// Columns behind these are taken as they stand.
const MAX_COLUMNS: usize = 24;

/// A cell of more rows than these tells of no more.
const MAX_ROWS: usize = 1000;

/// Where the cells of a table stand.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// Rows of each column that a cell above still covers.
    covered: Vec<usize>,
    /// The column behind the last cell.
    column: usize,
    /// Columns that the last cell covers beside its first.
    beside: usize,
}

impl Grid {
    /// Begins the next row.
    pub(super) fn begin_row(&mut self) {
        for rows in self.covered.iter_mut().skip(self.column) {
            *rows = rows.saturating_sub(1);
        }
        self.column = 0;
        self.beside = 0;
    }

    /// Places the cell that `tag` opens; returns the number of columns before it that other cells cover.
    pub(super) fn place(&mut self, tag: &str) -> usize {
        let mut before = std::mem::take(&mut self.beside);
        while let Some(rows) = self.covered.get_mut(self.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.column += 1;
            before += 1;
        }
        let end = (self.column + number(tag, "colspan")).min(MAX_COLUMNS);
        if self.column >= end {
            return before;
        }
        self.beside = end - self.column - 1;
        let below = number(tag, "rowspan").min(MAX_ROWS) - 1;
        if self.covered.len() < end {
            self.covered.resize(end, 0);
        }
        self.covered[self.column..end].fill(below);
        self.column = end;
        before
    }
}

/// Returns what an attribute of a tag says, at least 1.
fn number(tag: &str, name: &str) -> usize {
    let value = attribute(tag, name).and_then(|(value, _)| value.trim().parse().ok());
    value.unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_other_cells_cover_are_left_free() {
        let mut grid = Grid::default();
        grid.begin_row();
        assert_eq!(grid.place("<th rowspan=\"2\">"), 0);
        assert_eq!(grid.place("<th colspan=2>"), 0);
        assert_eq!(grid.place("<th rowspan=2>"), 1);
        grid.begin_row();
        assert_eq!(grid.place("<th>"), 1);
        assert_eq!(grid.place("<th>"), 0);
        grid.begin_row();
        assert_eq!(grid.place("<td>"), 0);
    }

    #[test]
    fn a_cell_of_many_columns_covers_few() {
        let mut grid = Grid::default();
        for _ in 0..3 {
            grid.begin_row();
            for _ in 0..200 {
                assert!(grid.place("<td colspan=\"4000000000\">") < MAX_COLUMNS);
            }
        }
    }
}
