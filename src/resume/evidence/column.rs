//! The columns of a table: what their heads say they hold, and what unheaded ones hold.

use shokureki_index::lexicon::{Lexicon, has_legal_form};
use shokureki_index::words;

use crate::resume::block::Blocks;
use crate::resume::employer::{Strength, job_title, kind_of, names_role, strength};
use crate::resume::label::Field;
use crate::resume::stint::is_department;

use super::Evidence;
use super::head::head_field;
use super::row::digit_of;
use super::table::{MAX_COLUMNS, Row, SplitDate, cell_text, is_ditto};

impl Evidence {
    /// Returns the fields of the columns by their heads, and the rows below the heads.
    pub(super) fn label_records(
        &mut self,
        blocks: &Blocks,
        lexicon: &Lexicon,
        rows: &[usize],
    ) -> (Vec<Option<Field>>, Vec<Row>) {
        let width = rows
            .iter()
            .take(64)
            .map(|row| blocks.children(*row).take(MAX_COLUMNS).count())
            .max()
            .unwrap_or(0);
        let mut fields = vec![None; width];
        let mut left = rows;
        let mut is_headed = false;
        if let Some((first, rest)) = rows.split_first() {
            let heads = head_fields(blocks, *first, width);
            let known = heads.iter().flatten().count();
            let is_head = !self.is_dated_row(blocks, *first)
                && (known >= 2 || (known == 1 && blocks[*first].is_header));
            if is_head {
                fields = heads;
                is_headed = true;
            }
            // In one column the head may be the employer whose stay the cells below tell.
            let is_title = width == 1 && {
                let cell = blocks.children(*first).next();
                cell.is_some_and(|cell| self.begins_stay(blocks, lexicon, cell))
            };
            if !is_title && (is_head || blocks[*first].is_header) {
                self.tables.heads.insert(*first);
                left = rest;
            }
        }
        if !is_headed
            && let [first, second, rest @ ..] = rows
            && let Some(named) = self.stated_stay(blocks, lexicon, *first)
        {
            let heads = head_fields(blocks, *second, width);
            let known = heads.iter().flatten().count();
            let is_dated = heads.contains(&Some(Field::Period)) && !rest.is_empty();
            if is_dated && known >= 2 && !self.has_dated_cell(blocks, *second) {
                fields = heads;
                is_headed = true;
                left = rest;
                self.tables.heads.extend([*first, *second]);
                self.tables.employer.insert(*first, named);
            }
        }
        if is_headed && let Some((second, rest)) = left.split_first() {
            let heads = head_fields(blocks, *second, width);
            let known = heads.iter().flatten().count();
            let cells = blocks
                .children(*second)
                .filter(|cell| !cell_text(blocks, *cell).is_empty());
            let is_head = blocks[*second].is_header || known >= 2 && known == cells.count();
            if is_head && !self.has_dated_cell(blocks, *second) {
                for (field, head) in fields.iter_mut().zip(heads) {
                    *field = head.or(*field);
                }
                self.tables.heads.insert(*second);
                left = rest;
            }
        }
        if is_headed && let Some(first) = rows.first() {
            name_leftover(blocks, *first, &mut fields);
        }
        let period = fields
            .iter()
            .position(|field| *field == Some(Field::Period));
        let mut records = Vec::with_capacity(left.len());
        for row in left {
            // Spaces part 「2005 年 4 月」 and 「○○ 入社」 into words that head columns elsewhere.
            let is_again = is_headed && !self.has_dated_cell(blocks, *row) && {
                let heads = head_fields(blocks, *row, width);
                heads.iter().flatten().count() >= 2
                    && heads.iter().flatten().count()
                        == blocks
                            .children(*row)
                            .filter(|cell| !cell_text(blocks, *cell).is_empty())
                            .count()
            };
            if is_again {
                self.tables.heads.insert(*row);
                continue;
            }
            let cells: Vec<usize> = blocks.children(*row).take(width).collect();
            let missing = width - cells.len();
            // A cell that spans rows is missing in the rows below its first.
            let shift = period
                .filter(|period| {
                    cells
                        .get(*period)
                        .is_none_or(|cell| self.cell_period(blocks, *cell).is_none())
                })
                .and_then(|period| {
                    (1..=missing.min(period)).find(|shift| {
                        cells
                            .get(period - shift)
                            .is_some_and(|cell| self.is_dated_cell(blocks, *cell))
                    })
                })
                .unwrap_or(0);
            let mut placed = vec![None; width];
            for (index, cell) in cells.into_iter().enumerate() {
                if let Some(slot) = placed.get_mut(index + shift) {
                    *slot = Some(cell);
                }
            }
            records.push(Row {
                at: *row,
                cells: placed,
            });
        }
        (fields, records)
    }

    /// Returns the cell of a row that names a company, where another says from when to when: 「株式会社A | 2020/06 - 現在
    /// | 正社員」 over the heads of the works there.
    fn stated_stay(&self, blocks: &Blocks, lexicon: &Lexicon, row: usize) -> Option<usize> {
        let cells = || blocks.children(row).take(MAX_COLUMNS);
        let is_dated = cells().any(|cell| {
            self.is_period_only(blocks, cell)
                && self
                    .first_in(blocks, cell)
                    .is_some_and(|found| found.period.is_stretch())
        });
        cells().find(|cell| is_dated && names_surely(blocks, *cell, lexicon))
    }

    /// Takes an unheaded column for periods where half of its cells state nothing else.
    pub(super) fn find_periods_column(
        &self,
        blocks: &Blocks,
        rows: &[Row],
        fields: &mut [Option<Field>],
    ) {
        if fields
            .iter()
            .any(|field| matches!(field, Some(Field::Period | Field::Start)))
        {
            return;
        }
        for (column, field) in fields.iter_mut().enumerate() {
            if field.is_some() {
                continue;
            }
            let filled = column_cells(blocks, rows, column);
            let dated = filled
                .iter()
                .filter(|cell| self.is_dated_cell(blocks, **cell))
                .count();
            if dated > 0 && dated * 2 >= filled.len() {
                *field = Some(Field::Period);
                return;
            }
        }
    }

    /// Finds columns that state year and month apart.
    pub(super) fn find_year_month(
        &mut self,
        blocks: &Blocks,
        rows: &[Row],
        fields: &mut [Option<Field>],
    ) {
        for column in 0..fields.len().saturating_sub(1).min(4) {
            let pairs: Vec<(usize, Option<usize>, usize)> = rows
                .iter()
                .filter_map(|row| Some((row.at, row.cells[column], row.cells[column + 1]?)))
                .filter(|(_, _, month)| is_month(blocks[*month].str()))
                .collect();
            let months = column_cells(blocks, rows, column + 1).len();
            let years = column_cells(blocks, rows, column);
            let is_pair = !pairs.is_empty()
                && pairs.len() == months
                && !years.is_empty()
                && years.iter().all(|cell| is_year(blocks[*cell].str()));
            if !is_pair {
                continue;
            }
            let end_column = self.end_column(blocks, rows, column + 2);
            let mut year = None;
            for (row, own, month) in pairs {
                if let Some(own) = own.filter(|cell| is_year(blocks[*cell].str())) {
                    year = Some(own);
                }
                if let Some(year) = year {
                    let end = end_column
                        .and_then(|end| rows.iter().find(|other| other.at == row)?.cells[end]);
                    self.tables
                        .year_month
                        .insert(row, SplitDate { year, month, end });
                }
            }
            fields[column] = Some(Field::Period);
            fields[column + 1] = None;
            if let Some(end) = end_column {
                fields[end] = None;
            }
            return;
        }
    }

    /// Returns the column of ends behind one of months: months, 「翌3月」, dates.
    fn end_column(&self, blocks: &Blocks, rows: &[Row], from: usize) -> Option<usize> {
        let width = rows.first().map_or(0, |row| row.cells.len());
        (from..width.min(from + 2)).find(|column| {
            let cells = column_cells(blocks, rows, *column);
            let ends = cells.iter().filter(|cell| {
                let text = blocks[**cell].str();
                is_month(text.trim_start_matches('翌')) || self.is_period_only(blocks, **cell)
            });
            !cells.is_empty() && ends.count() == cells.len()
        })
    }

    /// Returns whether a row states a stretch of time in a cell.
    pub(super) fn is_dated_row(&self, blocks: &Blocks, row: usize) -> bool {
        blocks.children(row).take(MAX_COLUMNS).any(|cell| {
            self.cell_period(blocks, cell)
                .is_some_and(|dated| dated.period.is_stretch())
        })
    }

    /// Returns whether a cell of a row states a stretch of time, or a date and nothing else.
    fn has_dated_cell(&self, blocks: &Blocks, row: usize) -> bool {
        let mut cells = blocks.children(row).take(MAX_COLUMNS);
        self.is_dated_row(blocks, row) || cells.any(|cell| self.is_dated_cell(blocks, cell))
    }

    /// Returns whether a cell states a period and nothing else.
    pub(super) fn is_dated_cell(&self, blocks: &Blocks, cell: usize) -> bool {
        if self.is_period_only(blocks, cell) {
            return true;
        }
        let is_lines = blocks[cell].end > cell + 1 && blocks[cell].str().is_empty();
        is_lines
            && self.cell_period(blocks, cell).is_some()
            && (cell + 1..blocks[cell].end).all(|line| {
                let text = blocks[line].str();
                self.is_period_only(blocks, line) || text.chars().count() <= 5
            })
    }
}

/// Returns the fields of the cells of a row that may head the columns.
fn head_fields(blocks: &Blocks, row: usize, width: usize) -> Vec<Option<Field>> {
    let mut fields = vec![None; width];
    for (slot, cell) in fields.iter_mut().zip(blocks.children(row)) {
        *slot = head_field(&cell_text(blocks, cell));
    }
    fields
}

/// Gives the column that tells of work its field where the heads left it open: 業務内容 as a role.
fn name_leftover(blocks: &Blocks, head: usize, fields: &mut [Option<Field>]) {
    if fields
        .iter()
        .any(|field| matches!(field, Some(Field::Title | Field::Summary)))
    {
        return;
    }
    let told = blocks.children(head).position(|cell| {
        let text = cell_text(blocks, cell);
        words!["業務", "内容", "仕事", "案件", "プロジェクト"].is_in(&text)
    });
    if let Some(slot) = told.and_then(|column| fields.get_mut(column))
        && matches!(slot, None | Some(Field::Role | Field::Achievement))
    {
        *slot = Some(Field::Summary);
    }
}

/// Takes an unheaded column for employers where most of its cells surely name one.
pub(super) fn find_names_column(
    blocks: &Blocks,
    rows: &[Row],
    fields: &mut [Option<Field>],
    lexicon: &Lexicon,
    has_dates: bool,
) {
    for (column, field) in fields.iter_mut().enumerate() {
        if *field == Some(Field::Employer) {
            let filled = column_cells(blocks, rows, column);
            let departments = filled
                .iter()
                .filter(|cell| is_department(&cell_text(blocks, **cell)))
                .filter(|cell| !names_surely(blocks, **cell, lexicon))
                .count();
            if departments * 2 > filled.len() {
                *field = Some(Field::Department);
            }
        }
    }
    if !has_dates || fields.contains(&Some(Field::Employer)) {
        return;
    }
    let tells_of_work = [
        Field::Title,
        Field::Technology,
        Field::Team,
        Field::Phase,
        Field::Client,
    ]
    .iter()
    .any(|field| fields.contains(&Some(*field)));
    for (column, field) in fields.iter_mut().enumerate() {
        // 「期間 | 内容」: where the cells begin with a company, the works there follow in them.
        let begins = *field == Some(Field::Summary);
        if field.is_some() && !begins {
            continue;
        }
        let filled = column_cells(blocks, rows, column);
        let named = filled
            .iter()
            .filter(|cell| match begins {
                true => begins_with_company(blocks, **cell, lexicon),
                false => names_surely(blocks, **cell, lexicon),
            })
            .count();
        // 「年月 | 学歴・職歴 | 備考」: most cells name a company and say no more.
        let alone = filled
            .iter()
            .filter(|cell| begins && !tells_of_work && is_company_alone(blocks, **cell, lexicon))
            .count();
        if named > 0 && named * 2 >= filled.len() || alone * 2 > filled.len() {
            *field = Some(Field::Employer);
            return;
        }
    }
}

/// Takes the column headed 学歴・職歴 for employers where the column beside it says from when to when somebody was
/// at the school or the company: no cell of it titles a piece of work.
pub(super) fn find_life_column(blocks: &Blocks, head: usize, fields: &mut [Option<Field>]) {
    if fields.contains(&Some(Field::Employer)) || !fields.contains(&Some(Field::Period)) {
        return;
    }
    let named = blocks.children(head).position(|cell| {
        let text = cell_text(blocks, cell);
        text.chars().count() <= MAX_LIFE_HEAD_CHARS
            && text.contains("学歴")
            && words!["職歴", "経歴", "職務"].is_in(&text)
    });
    if let Some(slot) = named.and_then(|column| fields.get_mut(column))
        && matches!(slot, None | Some(Field::Summary))
    {
        *slot = Some(Field::Employer);
    }
}

/// Characters of the head of a column of schools and companies.
const MAX_LIFE_HEAD_CHARS: usize = 12;

/// Takes the column headed 職歴 for employers where the columns beside it say when somebody joined and left:
/// nobody leaves a piece of work. So is one without a head where another says how somebody was employed.
pub(super) fn find_stays_column(blocks: &Blocks, head: usize, fields: &mut [Option<Field>]) {
    let has = |wanted: Field| fields.contains(&Some(wanted));
    if has(Field::Employer) || !has(Field::Start) || !has(Field::End) {
        return;
    }
    let heads: Vec<String> = blocks
        .children(head)
        .map(|cell| cell_text(blocks, cell))
        .collect();
    let says_left = heads.iter().zip(fields.iter()).any(|(text, field)| {
        matches!(field, Some(Field::Start | Field::End))
            && words!["入社", "入職", "退社", "退職", "離職"].is_in(text)
    });
    let named = heads
        .iter()
        .position(|text| ["職歴", "経歴", "職務経歴", "略歴"].contains(&text.trim()));
    // 「| |開始時期|終了時期|雇用形態|」: somebody was employed at what stands without a head.
    let unheaded = has(Field::EmploymentKind)
        .then(|| heads.iter().position(|text| text.trim().is_empty()))
        .flatten();
    if let Some(slot) = named
        .filter(|_| says_left)
        .or(unheaded)
        .and_then(|column| fields.get_mut(column))
        && matches!(slot, None | Some(Field::Summary | Field::Title))
    {
        *slot = Some(Field::Employer);
    }
}

/// Returns whether the cells of a head hold no words, or nothing: 「| 🗓 | 📦 | 🔧 |」, 「| | |」.
pub(super) fn is_wordless_head(blocks: &Blocks, head: usize) -> bool {
    let mut cells = blocks.children(head).map(|cell| cell_text(blocks, cell));
    blocks[head].is_header && cells.all(|text| !text.contains(char::is_alphanumeric))
}

/// Takes the column behind the one that says when for that of the titles, where none is known to name or title anything.
pub(super) fn find_titles_column(fields: &mut [Option<Field>]) {
    let names = [Field::Employer, Field::Title, Field::Summary];
    if fields.iter().flatten().any(|field| names.contains(field)) {
        return;
    }
    let dated = fields
        .iter()
        .rposition(|field| matches!(field, Some(Field::Period | Field::Start | Field::End)));
    if let Some(dated) = dated
        && let Some(behind @ None) = fields.get_mut(dated + 1)
    {
        *behind = Some(Field::Title);
    }
}

/// Returns whether a line of a cell surely names an employer.
fn names_surely(blocks: &Blocks, cell: usize, lexicon: &Lexicon) -> bool {
    (cell..blocks[cell].end.min(cell + 6)).any(|line| {
        let text = blocks[line].str();
        !text.is_empty() && strength(&job_title(text, lexicon).name, lexicon) == Strength::Sure
    })
}

/// Returns whether the first of several lines of a cell names a company and says little more.
fn begins_with_company(blocks: &Blocks, cell: usize, lexicon: &Lexicon) -> bool {
    let mut lines = (cell..blocks[cell].end).filter(|line| !blocks[*line].str().is_empty());
    let Some(first) = lines.next() else {
        return false;
    };
    let text = blocks[first].str();
    lines.next().is_some()
        && text.chars().count() <= MAX_COMPANY_CHARS
        && !text.contains('。')
        && has_legal_form(&job_title(text, lexicon).name)
}

/// Returns whether a cell of one line names a company, with a department or as what somebody was employed at most.
fn is_company_alone(blocks: &Blocks, cell: usize, lexicon: &Lexicon) -> bool {
    let text = cell_text(blocks, cell);
    if text.contains(['\n', '。', '、']) || text.chars().count() > MAX_COMPANY_CHARS {
        return false;
    }
    let job = job_title(&text, lexicon);
    has_legal_form(&job.name)
        && job.lead.is_none()
        && job
            .rest
            .iter()
            .all(|rest| kind_of(rest).is_some() || names_role(rest) || is_department(rest))
}

/// Characters of a line that names a company, its business and how somebody was employed.
const MAX_COMPANY_CHARS: usize = 48;

/// Returns the cells of a column that hold something.
pub(super) fn column_cells(blocks: &Blocks, rows: &[Row], column: usize) -> Vec<usize> {
    rows.iter()
        .filter_map(|row| row.cells[column])
        .filter(|cell| {
            let text = cell_text(blocks, *cell);
            !text.is_empty() && !is_ditto(&text)
        })
        .collect()
}

/// Returns whether a cell is a month alone: 4, ４月.
fn is_month(text: &str) -> bool {
    let digits = text.trim().trim_end_matches('月').trim();
    let number = digits
        .chars()
        .map(digit_of)
        .try_fold(0u32, |number, digit| {
            Some(number * 10 + digit?).filter(|number| *number <= 12)
        });
    !digits.is_empty() && number.is_some_and(|number| (1..=12).contains(&number))
}

/// Returns whether a cell is a year alone: 2015, 2015年, 平成27, H27.
fn is_year(text: &str) -> bool {
    let text = text.trim().trim_end_matches('年').trim();
    let is_era = [
        "昭和", "平成", "令和", "大正", "S", "H", "R", "Ｓ", "Ｈ", "Ｒ",
    ]
    .iter()
    .find_map(|era| text.strip_prefix(era));
    let digits = is_era.unwrap_or(text).trim();
    let count = digits.chars().count();
    let is_number = digits.chars().all(|digit| digit_of(digit).is_some());
    match is_era {
        Some(_) => digits == "元" || is_number && (1..=2).contains(&count),
        None => is_number && count == 4,
    }
}
