//! Which row of a table is of which employer.

use std::collections::HashMap;

use shokureki_index::words;

use shokureki_index::lexicon::Lexicon;

use crate::resume::block::Blocks;
use crate::resume::employer::{Strength, job_title, strength};
use crate::resume::label::Field;

use super::Evidence;
use super::column::column_cells;
use super::table::{Row, Shape, cell_text, title_cell};

impl Evidence {
    /// Finds the employer of each row, its own or that of a row above, and tells what the rows are.
    pub(super) fn carry_employers(
        &mut self,
        blocks: &Blocks,
        table: usize,
        rows: &[Row],
        fields: &[Option<Field>],
        lexicon: &Lexicon,
    ) -> Shape {
        let has = |wanted: Field| fields.contains(&Some(wanted));
        let has_dates = has(Field::Period) || has(Field::Start);
        let column = fields
            .iter()
            .position(|field| *field == Some(Field::Employer))
            .or_else(|| self.shared_column(blocks, table, rows, fields, lexicon));
        // The first row may name the employer over the heads of the works there.
        let first = blocks.children(table).next();
        let mut current = first.and_then(|row| self.tables.employer.get(&row).copied());
        let mut key = String::new();
        let (mut carried, mut titled) = (0usize, current.is_some());
        let companies = self.company_rows(blocks, lexicon, rows, fields);
        // Rows that name the employer of the row above once more.
        let mut again = 0usize;
        for row in rows {
            // In few columns, what names an employer and its time titles the rows below.
            let is_title =
                |cell: &usize| fields.len() >= 3 || self.begins_stay(blocks, lexicon, *cell);
            if let Some(cell) = title_cell(blocks, row).filter(is_title) {
                if let Some(named) = self.sure_name(blocks, lexicon, cell) {
                    current = Some(named);
                    titled = true;
                    self.tables.heads.insert(row.at);
                    self.tables.employer.insert(row.at, named);
                }
                continue;
            }
            if let Some(named) = companies.get(&row.at).copied() {
                current = Some(named);
                titled = true;
                self.tables.heads.insert(row.at);
                self.tables.employer.insert(row.at, named);
                continue;
            }
            let own = column
                .and_then(|column| row.cells[column])
                .filter(|cell| !self.tables.repeats.contains_key(cell))
                .filter(|cell| !cell_text(blocks, *cell).is_empty());
            match own {
                Some(cell) => {
                    let named = self.named_line(blocks, lexicon, cell);
                    let name = lexicon.employer_key(&job_title(blocks[named].str(), lexicon).name);
                    let apart = self.cell_period(blocks, cell).is_some_and(|_| {
                        self.row_period(blocks, row.at)
                            .is_some_and(|dated| !(cell..blocks[cell].end).contains(&dated.block))
                    });
                    carried += usize::from(apart);
                    again += usize::from(current.is_some() && name == key);
                    key = name;
                    current = Some(named);
                }
                None if column.is_some() && current.is_some() => carried += 1,
                None => {}
            }
            if let Some(current) = current {
                self.tables.employer.insert(row.at, current);
            }
        }
        let is_told = has(Field::Title) || has(Field::Summary);
        // Who went back to a company, or went on at it as something else, is still told of by stays.
        let is_of_works = again * 2 >= rows.len()
            || again > 0 && (has(Field::Technology) || has(Field::Team) || has(Field::Phase));
        if has(Field::Title) || titled || carried > 0 || again > 0 && is_of_works {
            return Shape::Works;
        }
        if column.is_some() {
            return Shape::Jobs;
        }
        // 「プロジェクト概要 | 役割 | 技術スタック」 says of each piece of work what it was and what one did.
        let is_undated_work = has(Field::Role) && has(Field::Technology);
        if is_told && (has_dates || is_undated_work) {
            Shape::Works
        } else {
            Shape::Other
        }
    }

    /// Returns the column of titles whose cells name the employer in a line of their own.
    fn shared_column(
        &self,
        blocks: &Blocks,
        table: usize,
        rows: &[Row],
        fields: &[Option<Field>],
        lexicon: &Lexicon,
    ) -> Option<usize> {
        let column = fields
            .iter()
            .position(|field| *field == Some(Field::Title))?;
        // 「案件名／顧客業種」: the second line says for whom the work was.
        let names_clients = blocks
            .children(table)
            .next()
            .and_then(|head| blocks.children(head).nth(column))
            .is_some_and(|head| {
                words![
                    "顧客",
                    "客先",
                    "業種",
                    "業界",
                    "クライアント",
                    "エンド",
                    "取引先",
                    "発注元",
                    "常駐先",
                    "お客様",
                    "ユーザー",
                    "ユーザ",
                ]
                .is_in(&cell_text(blocks, head))
            });
        if names_clients {
            return None;
        }
        let filled = column_cells(blocks, rows, column);
        let named = filled
            .iter()
            .filter(|cell| {
                self.sure_name(blocks, lexicon, **cell)
                    .is_some_and(|line| line != **cell)
            })
            .count();
        (named > 0 && named * 2 > filled.len()).then_some(column)
    }

    /// Returns the rows of a table of works that only name a company and the time there, with the line that
    /// names it: the rows below each tell of the works there.
    pub(super) fn company_rows(
        &self,
        blocks: &Blocks,
        lexicon: &Lexicon,
        rows: &[Row],
        fields: &[Option<Field>],
    ) -> HashMap<usize, usize> {
        let column = fields
            .iter()
            .position(|field| *field == Some(Field::Title))
            .or_else(|| {
                // 「業務内容」 titles the works where no other column does.
                fields
                    .iter()
                    .position(|field| *field == Some(Field::Summary))
            })
            .filter(|_| fields.len() >= 2 && !fields.contains(&Some(Field::Employer)));
        let Some(column) = column else {
            return HashMap::new();
        };
        let mut companies = HashMap::new();
        let mut works = 0;
        for row in rows {
            let filled = row.cells.iter().flatten().filter(|cell| {
                let text = cell_text(blocks, **cell);
                text.chars().any(char::is_alphanumeric)
            });
            let told = filled.filter(|cell| !self.is_dated_cell(blocks, **cell));
            let told: Vec<usize> = told.copied().collect();
            let is_dated = self
                .row_period(blocks, row.at)
                .is_some_and(|dated| dated.period.is_stretch());
            match (told.as_slice(), row.cells[column]) {
                ([only], Some(cell)) if *only == cell && is_dated => {
                    let named = self.sure_name(blocks, lexicon, cell);
                    // Of two columns each row tells as much: a company's begins with its name.
                    let is_named = |named: &usize| {
                        fields.len() > 2 || first_line(blocks, cell) == Some(*named)
                    };
                    match named.filter(is_named) {
                        Some(named) => {
                            companies.insert(row.at, named);
                        }
                        None => works += usize::from(fields.len() == 2),
                    }
                }
                ([_, _, ..], _) => works += 1,
                _ => {}
            }
        }
        // Where no row tells more, they are the jobs or the works themselves.
        let is_first = rows
            .first()
            .is_some_and(|row| companies.contains_key(&row.at));
        if is_first && works >= companies.len() {
            companies
        } else {
            HashMap::new()
        }
    }

    /// Returns whether a cell begins with an employer and the time there, in one line or two.
    pub(super) fn begins_stay(&self, blocks: &Blocks, lexicon: &Lexicon, cell: usize) -> bool {
        let mut lines =
            (cell..blocks[cell].end.min(cell + 4)).filter(|line| !blocks[*line].str().is_empty());
        let dated = |line: usize| {
            let found = self.own_period(blocks, line);
            found.is_some_and(|found| found.period.is_stretch())
        };
        let (Some(first), second) = (lines.next(), lines.next()) else {
            return false;
        };
        self.sure_name(blocks, lexicon, first) == Some(first)
            && (dated(first)
                || second
                    .is_some_and(|second| dated(second) && self.is_period_only(blocks, second)))
    }

    /// Returns the line of a cell that surely names an employer.
    pub(super) fn sure_name(
        &self,
        blocks: &Blocks,
        lexicon: &Lexicon,
        cell: usize,
    ) -> Option<usize> {
        (cell..blocks[cell].end.min(cell + 6)).find(|line| {
            let text = self.without_period(blocks, *line);
            !text.is_empty() && strength(&job_title(&text, lexicon).name, lexicon) == Strength::Sure
        })
    }
}

/// Returns the first line of a cell that says something.
fn first_line(blocks: &Blocks, cell: usize) -> Option<usize> {
    (cell..blocks[cell].end).find(|line| !blocks[*line].str().is_empty())
}

/// Returns the column of kinds of employment whose cells name the company in brackets, where no other column does:
/// 「正社員（A社）」.
pub(super) fn kind_column(
    blocks: &Blocks,
    rows: &[Row],
    fields: &[Option<Field>],
    lexicon: &Lexicon,
) -> Option<usize> {
    let position = |wanted| fields.iter().position(|field| *field == Some(wanted));
    let column = position(Field::EmploymentKind).filter(|_| position(Field::Employer).is_none())?;
    let cells = column_cells(blocks, rows, column);
    let names = |cell: &usize| {
        let text = cell_text(blocks, *cell);
        text.contains(['（', '(']) && strength(&text, lexicon) == Strength::Sure
    };
    (!cells.is_empty() && cells.iter().all(names)).then_some(column)
}
