//! Tables that tell of one piece of work in each column, and label the rows in the first.

use crate::resume::block::Blocks;
use crate::resume::label::{Field, field_of, may_label_period};

use super::Evidence;
use super::table::cell_text;

/// Rows of a table that are looked through for labels.
const MAX_ROWS: usize = 40;

impl Evidence {
    /// Returns whether the first column labels the rows and the row of the times has one in each of two or more
    /// columns behind it.
    pub(super) fn is_transposed(&self, blocks: &Blocks, rows: &[usize]) -> bool {
        let mut labels = 0;
        let mut is_dated = false;
        for row in rows.iter().take(MAX_ROWS) {
            let cells = blocks.cells(*row);
            let Some((first, others)) = cells.split_first() else {
                return false;
            };
            let label = cell_text(blocks, *first);
            let is_time = may_label_period(&label) || field_of(&label) == Some(Field::Period);
            labels += usize::from(is_time || field_of(&label).is_some());
            // 「期間 | 開始 | 終了」 heads columns of times, none of which stands there.
            is_dated |= is_time
                && others.len() >= 2
                && others.iter().all(|cell| {
                    self.is_period_only(blocks, *cell)
                        && self
                            .first_in(blocks, *cell)
                            .is_some_and(|placed| placed.period.is_stretch())
                });
        }
        is_dated && labels >= 2
    }

    /// Labels the cells of each row by the first.
    pub(super) fn label_columns(&mut self, blocks: &Blocks, rows: &[usize]) {
        for row in rows {
            let cells = blocks.cells(*row);
            let Some((first, others)) = cells.split_first() else {
                continue;
            };
            let label = cell_text(blocks, *first);
            let field = field_of(&label).or(may_label_period(&label).then_some(Field::Period));
            for cell in others {
                self.field[*cell] = field;
            }
        }
    }
}
