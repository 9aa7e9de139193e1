//! What the cells of a table show by their neighbours: fields by the heads, periods by the row.

use crate::domain::PeriodEnd;

use crate::resume::block::Blocks;
use crate::resume::label::{Field, field_of};
use crate::resume::period::{FoundPeriod, PeriodShape, find_periods};

use super::{Evidence, PlacedPeriod};

/// Longer cells hold more than a period.
const MAX_PERIOD_CELL_BYTES: usize = 80;

impl Evidence {
    /// Labels the cells of a table: by the head of their column, or by the cell before them.
    pub(super) fn label_table(&mut self, blocks: &Blocks, table: usize) {
        let rows: Vec<usize> = blocks.children(table).collect();
        let Some(first) = rows.first() else { return };
        let heads = blocks.cells(*first);
        let head_fields: Vec<Option<Field>> = heads
            .iter()
            .map(|cell| field_of(blocks[*cell].str()))
            .collect();
        let known = head_fields.iter().flatten().count();
        let is_pairs = is_pair_table(blocks, &rows);
        if !is_pairs && (known >= 2 || (known == 1 && blocks[*first].is_header)) {
            for row in rows.iter().skip(1) {
                for cell in blocks.children(*row) {
                    let field = head_fields.get(blocks[cell].column).copied().flatten();
                    self.field[cell] = field;
                }
            }
            return;
        }
        for row in &rows {
            let cells = blocks.cells(*row);
            let mut at = 0;
            while at + 1 < cells.len() {
                if let Some(field) = field_of(blocks[cells[at]].str()) {
                    self.field[cells[at + 1]] = Some(field);
                    at += 1;
                }
                at += 1;
            }
        }
    }

    /// Returns the period that a table of labels and values states.
    pub(super) fn pair_table_period(&self, blocks: &Blocks, table: usize) -> Option<PlacedPeriod> {
        let rows: Vec<usize> = blocks.children(table).take(24).collect();
        if !is_pair_table(blocks, &rows) {
            return None;
        }
        rows.iter()
            .flat_map(|row| blocks.children(*row).take(6))
            .filter(|cell| self.field[*cell] == Some(Field::Period))
            .find_map(|cell| self.first_in(blocks, cell))
    }

    /// Returns the period of a table's row: its period cell, its start and end cells, or dated cells.
    pub(super) fn row_period(&self, blocks: &Blocks, row: usize) -> Option<PlacedPeriod> {
        let mut dated: Option<PlacedPeriod> = None;
        for cell in blocks.children(row) {
            let found = self
                .first_in(blocks, cell)
                .or_else(|| self.lines_period(blocks, cell));
            match self.field[cell] {
                Some(Field::Period) => {
                    let Some(found) = found else { continue };
                    if found.period.is_stretch() {
                        return Some(found);
                    }
                    dated = Some(found);
                }
                Some(Field::Start) => {
                    let Some(mut found) = found else {
                        let text = blocks[cell].str();
                        if ["継続", "継続中"].contains(&text) {
                            dated = Some(PlacedPeriod {
                                period: FoundPeriod {
                                    range: 0..text.len(),
                                    from: None,
                                    to: PeriodEnd::Present,
                                    shape: PeriodShape::Range,
                                    has_impossible_date: false,
                                },
                                block: cell,
                                text: text.to_owned(),
                            });
                        }
                        continue;
                    };
                    if !found.period.is_stretch() {
                        found.period.to = PeriodEnd::Unstated;
                    }
                    if !matches!(found.period.to, PeriodEnd::At(_)) || !found.period.is_stretch() {
                        found.period.shape = PeriodShape::StartOnly;
                    }
                    dated = Some(found);
                }
                Some(Field::End) => {
                    let text = blocks[cell].str();
                    match (&mut dated, found) {
                        (Some(period), Some(found)) => {
                            period.period.to = found.period.to;
                            period.period.shape = PeriodShape::Range;
                            period.text = format!("{} – {}", period.text, found.text);
                        }
                        (Some(period), None)
                            if text.is_empty() || text.contains("現") || text == "-" =>
                        {
                            period.period.to = PeriodEnd::Present;
                            period.period.shape = PeriodShape::Range;
                        }
                        _ => {}
                    }
                }
                _ if self.is_period_only(blocks, cell) => match (&mut dated, found) {
                    (None, Some(found)) => dated = Some(found),
                    (Some(period), Some(found))
                        if period.period.shape == PeriodShape::Single
                            && blocks[cell].column == blocks[period.block].column + 1 =>
                    {
                        period.period.to = found.period.to;
                        period.period.shape = PeriodShape::Range;
                        period.text = format!("{} – {}", period.text, found.text);
                    }
                    _ => {}
                },
                _ => {
                    if dated.is_none()
                        && let Some(found) = found
                        && found.period.is_stretch()
                        && blocks[cell].column == 0
                    {
                        dated = Some(found);
                    }
                }
            }
        }
        dated
    }

    /// Returns the period that the lines of a cell state together (「2020年4月」「～」「2024年6月」),
    /// or the first of one of them.
    fn lines_period(&self, blocks: &Blocks, cell: usize) -> Option<PlacedPeriod> {
        let lines = cell + 1..blocks[cell].end.min(cell + 6);
        let joined: Vec<&str> = lines
            .clone()
            .map(|line| blocks[line].str())
            .filter(|text| !text.is_empty())
            .collect();
        let joined = joined.join(" ");
        if joined.len() <= MAX_PERIOD_CELL_BYTES
            && let Some(found) = find_periods(&joined)
                .into_iter()
                .find(|period| period.shape == PeriodShape::Range)
        {
            return Some(PlacedPeriod {
                text: joined[found.range.clone()].trim().to_owned(),
                period: FoundPeriod {
                    range: 0..0,
                    ..found
                },
                block: cell,
            });
        }
        (cell + 1..blocks[cell].end).find_map(|line| self.first_in(blocks, line))
    }
}

/// Returns whether a table states one thing in rows of label and value.
pub(in crate::resume) fn is_pair_table(blocks: &Blocks, rows: &[usize]) -> bool {
    let labels = rows
        .iter()
        .filter(|row| {
            let first = blocks.children(**row).next();
            first.is_some_and(|cell| {
                let text = blocks[cell].str();
                field_of(text).is_some() || crate::resume::identity::is_identity_label(text)
            })
        })
        .count();
    let widest = rows
        .iter()
        .map(|row| blocks.children(*row).take(4).count())
        .max()
        .unwrap_or(0);
    widest == 2 && labels >= 2 || (widest <= 4 && labels >= 3 && labels * 3 >= rows.len() * 2)
}
