//! Projects that each fill a column of a table.

use crate::resume::label::{Field, field_of};

use super::title::strip_title;
use super::{Finder, WorkDraft};

/// Columns that are looked at.
const MAX_COLUMNS: usize = 24;

impl Finder<'_> {
    /// Adds the project of each column of a table whose first column labels the rows.
    pub(super) fn columns(&mut self, table: usize) {
        if self.is_inside_work(table) {
            return;
        }
        let rows: Vec<Vec<usize>> = self
            .blocks
            .children(table)
            .map(|row| self.blocks.cells(row))
            .collect();
        let is_titles = |cells: &Vec<usize>, field: Option<Field>| {
            cells
                .get(1)
                .is_some_and(|cell| self.evidence.field[*cell] == field)
        };
        // A row that is labelled as titles, or the first where its label says nothing else.
        let titles = rows
            .iter()
            .find(|cells| is_titles(cells, Some(Field::Title)))
            .or_else(|| {
                rows.first().filter(|cells| {
                    let label = cells.first().map_or("", |cell| self.blocks[*cell].str());
                    is_titles(cells, None) && field_of(label).is_none()
                })
            });
        let width = rows
            .iter()
            .map(Vec::len)
            .max()
            .unwrap_or(0)
            .min(MAX_COLUMNS);
        let mut found: Vec<WorkDraft> = Vec::new();
        for column in 1..width {
            let cells: Vec<usize> = rows
                .iter()
                .filter_map(|cells| cells.get(column).copied())
                .filter(|cell| {
                    !self.blocks[*cell].str().trim().is_empty() || self.blocks[*cell].end > cell + 1
                })
                .collect();
            let period = cells
                .iter()
                .filter(|cell| self.evidence.field[**cell] == Some(Field::Period))
                .find_map(|cell| self.evidence.first_in(self.blocks, *cell));
            let title = titles
                .and_then(|cells| cells.get(column))
                .map(|cell| strip_title(self.blocks[*cell].str()))
                .filter(|title| !title.is_empty());
            let Some(first) = cells.first().copied().filter(|_| period.is_some()) else {
                continue;
            };
            found.push(WorkDraft {
                block: first,
                end: self.blocks[first].end,
                title,
                period,
                job: self.owner[table],
                more: cells[1..]
                    .iter()
                    .map(|cell| (*cell, self.blocks[*cell].end))
                    .collect(),
            });
        }
        self.works.append(&mut found);
    }
}
