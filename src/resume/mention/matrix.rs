//! Tables of ticks: which columns hold marks, and whether rows count where they are ticked.

use std::collections::{HashMap, HashSet};

use super::row::{cell_text, is_nothing};
use crate::resume::block::{Blocks, Kind};

/// Rows of a table that tell whether it is one of ticks.
const MAX_ROWS: usize = 60;

/// Cells of a row that are looked at.
const MAX_CELLS: usize = 24;

/// Ticks that make a table one of ticks.
const MIN_TICKS: usize = 3;

/// The tables of a document that tick what was used.
#[derive(Clone, Debug, Default)]
pub(in crate::resume) struct Matrices {
    /// The tables whose rows count where they are ticked.
    rows: HashSet<usize>,
    /// Which columns of a table hold marks and nothing else.
    marked: HashMap<usize, Vec<bool>>,
}

impl Matrices {
    /// Finds the tables of ticks.
    pub(in crate::resume) fn of(blocks: &Blocks) -> Self {
        let mut matrices = Self::default();
        for table in (1..blocks.len()).filter(|at| blocks[*at].kind == Kind::Table) {
            if is_tick_matrix(blocks, table) {
                matrices.rows.insert(table);
            }
            if let Some(marked) = marked_columns(blocks, table) {
                matrices.marked.insert(table, marked);
            }
        }
        matrices
    }

    /// Returns whether rows of the table count where they are ticked.
    pub(super) fn has_ticked_rows(&self, table: usize) -> bool {
        self.rows.contains(&table)
    }

    /// Returns how many columns of marks stand directly behind a column of names.
    pub(super) fn marks_behind(&self, table: usize, column: usize) -> usize {
        let Some(marked) = self.marked.get(&table) else {
            return 0;
        };
        if marked.get(column).copied().unwrap_or(true) {
            return 0;
        }
        marked[column + 1..].iter().take_while(|is| **is).count()
    }
}

/// Returns which columns of a table hold marks, where enough ticks stand in it.
fn marked_columns(blocks: &Blocks, table: usize) -> Option<Vec<bool>> {
    let mut marks = [0usize; MAX_CELLS];
    let mut texts = [0usize; MAX_CELLS];
    let mut ticks = 0;
    let rows = blocks.children(table);
    for row in rows.skip(1).take(MAX_ROWS) {
        for (column, cell) in blocks.children(row).take(MAX_CELLS).enumerate() {
            let text = cell_text(blocks, cell).trim();
            if is_tick(text) || is_nothing(text) {
                marks[column] += 1;
                ticks += usize::from(is_tick(text));
            } else if !text.is_empty() {
                texts[column] += 1;
            }
        }
    }
    let marked = || (0..MAX_CELLS).map(|column| marks[column] > 0 && texts[column] == 0);
    (ticks >= MIN_TICKS && marked().any(|is| is)).then(|| marked().collect())
}

/// Returns whether a cell is a tick.
pub(in crate::resume) fn is_tick(text: &str) -> bool {
    !text.is_empty()
        && text
            .trim_end_matches('\u{FE0F}')
            .chars()
            .all(|character| "○◯〇◎●◉⭕✔✓△▲レ☑✅■".contains(character))
}

/// Returns whether most rows of a table have a tick and none has more text than a name and a remark.
fn is_tick_matrix(blocks: &Blocks, table: usize) -> bool {
    let mut ticked = 0;
    let mut denied = 0;
    let mut numbered = 0;
    let mut rows = 0;
    for row in blocks.children(table).skip(1).take(MAX_ROWS) {
        rows += 1;
        let cells: Vec<&str> = blocks
            .children(row)
            .take(MAX_CELLS)
            .map(|cell| cell_text(blocks, cell).trim())
            .collect();
        let has_tick = cells.iter().skip(1).any(|text| is_tick(text));
        let is_denied = cells.len() > 1
            && cells
                .iter()
                .skip(1)
                .all(|text| text.is_empty() || is_nothing(text));
        // Years beside ticks: 「| React | 5 |」「| p5.js | ▲ |」.
        numbered += usize::from(
            cells.len() == 2 && cells[1].len() <= 2 && cells[1].bytes().all(|b| b.is_ascii_digit()),
        );
        let texts = cells
            .iter()
            .filter(|text| !text.is_empty() && !is_tick(text) && !is_nothing(text))
            .count();
        ticked += usize::from(has_tick && texts <= 3);
        denied += usize::from(is_denied);
    }
    ticked >= 2 && (ticked + denied + numbered) * 2 > rows
}
