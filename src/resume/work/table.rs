//! Projects in tables: one a row, one a table, or the rows of a job's table.

use crate::resume::evidence::{PlacedPeriod, is_pair_table, title_without};
use crate::resume::label::Field;

use super::Finder;
use super::title::strip_title;

impl Finder<'_> {
    /// Looks at a table: one project a row, one project a table, or the labels of what stands above.
    pub(super) fn table(&mut self, at: usize) -> usize {
        let end = self.blocks[at].end;
        if self.is_job[at] {
            return self.job_table(at);
        }
        let rows: Vec<usize> = self.blocks.children(at).collect();
        if is_pair_table(self.blocks, &rows) {
            let parent = self.blocks[at].parent;
            let is_of_above = self.works.last().is_some_and(|work| work.block == parent);
            let title = self.cell_of(&rows, Field::Title);
            let dated = rows.iter().find_map(|row| {
                self.blocks
                    .children(*row)
                    .find(|cell| self.evidence.field[*cell] == Some(Field::Period))
                    .and_then(|cell| self.evidence.first_in(self.blocks, cell))
            });
            if !is_of_above
                && !self.is_inside_work(at)
                && (title.is_some() || self.signs[at].has_strong_label)
            {
                self.add(at, end, title.unwrap_or_default(), dated);
            }
            return end;
        }
        for row in rows {
            if self.is_job[row] || self.blocks[row].is_header {
                continue;
            }
            self.row(row);
        }
        end
    }

    /// Looks at a row as a project.
    pub(super) fn row(&mut self, row: usize) {
        let period = self.evidence.attached_period(self.blocks, row);
        let cells: Vec<usize> = self.blocks.children(row).take(24).collect();
        let cell_of = |field: Field| {
            cells
                .iter()
                .copied()
                .find(|cell| self.evidence.field[*cell] == Some(field))
        };
        let text = |cell: usize| {
            (cell..self.blocks[cell].end)
                .map(|at| self.blocks[at].str())
                .find(|text| !text.is_empty())
                .unwrap_or("")
                .to_owned()
        };
        let titled = cell_of(Field::Title)
            .map(text)
            .filter(|title| !title.is_empty());
        let described = cell_of(Field::Summary)
            .map(text)
            .filter(|title| !title.is_empty());
        let has_technology = cell_of(Field::Technology).is_some();
        let title = match (titled, described) {
            (Some(title), _) => title,
            (None, Some(title)) if period.is_some() => title,
            _ if period.is_some() && has_technology => String::new(),
            _ => return,
        };
        if self.is_inside_work(row) {
            return;
        }
        let end = self.blocks[row].end;
        let title = strip_title(&title);
        self.add(row, end, title, period);
    }

    /// Looks at the rows of a table that is a job: a row with a period alone begins a project.
    pub(super) fn job_table(&mut self, at: usize) -> usize {
        let end = self.blocks[at].end;
        let rows: Vec<usize> = self.blocks.children(at).skip(1).collect();
        let mut begins: Vec<(usize, PlacedPeriod)> = Vec::new();
        for row in &rows {
            let Some(cell) = self.blocks.children(*row).next() else {
                continue;
            };
            let others_empty = self.blocks.children(*row).skip(1).all(|cell| {
                self.blocks[cell].str().is_empty() && self.blocks[cell].end == cell + 1
            });
            if others_empty
                && let Some(own) = self.evidence.own_period(self.blocks, cell)
                && own.period.is_stretch()
            {
                begins.push((*row, own));
            }
        }
        if begins.is_empty() {
            // The whole job in a cell: the lines of the cell may title projects.
            return at + 1;
        }
        for (index, (row, period)) in begins.iter().enumerate() {
            let next = begins.get(index + 1).map_or(end, |(row, _)| *row);
            let title = title_without(self.blocks[period.block].str(), &period.period.range);
            let title = title
                .rsplit(['／', '/'])
                .next()
                .unwrap_or("")
                .trim()
                .to_owned();
            self.add(*row, next, strip_title(&title), Some(period.clone()));
        }
        end
    }

    /// Returns the first text of a table's cell with this field.
    pub(super) fn cell_of(&self, rows: &[usize], field: Field) -> Option<String> {
        rows.iter()
            .flat_map(|row| self.blocks.children(*row))
            .find(|cell| self.evidence.field[*cell] == Some(field))
            .map(|cell| strip_title(self.blocks[cell].str()))
    }
}
