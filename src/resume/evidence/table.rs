//! What a table tells: labels and values, jobs, pieces of work, or events; and what each row repeats
//! of the row above.

use shokureki_index::words;
use std::collections::{HashMap, HashSet};

use shokureki_index::lexicon::Lexicon;

use crate::resume::block::Blocks;
use crate::resume::employer::{Strength, job_title, strength};
use crate::resume::label::{Field, field_of, may_label_period};

use super::around::is_stretch_only;
use super::column::{
    column_cells, find_names_column, find_stays_column, find_titles_column, is_wordless_head,
};
use super::{Event, Evidence, event_of};

/// Columns of a table that are looked at.
pub(super) const MAX_COLUMNS: usize = 24;

/// What the rows of a table tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::resume) enum Shape {
    /// A label and its value each.
    Pairs,
    /// A job each.
    Jobs,
    /// A piece of work each; they may say for whom.
    Works,
    /// Joining, leaving and the like.
    Events,
    /// A piece of work in each column behind the first, which labels the rows.
    Columns,
    /// Who the person is.
    Person,
    /// Something else.
    Other,
}

/// What is known of the tables of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    /// What each table tells.
    pub(super) shape: HashMap<usize, Shape>,
    /// The rows that head what stands below them.
    pub(super) heads: HashSet<usize>,
    /// By row: the block whose text names the employer, in the row itself or in one above.
    pub(super) employer: HashMap<usize, usize>,
    /// By cell that is empty or a ditto mark: the cell above that holds what it means.
    pub(super) repeats: HashMap<usize, usize>,
    /// By row of a table with columns for year and month: the cells.
    pub(super) year_month: HashMap<usize, SplitDate>,
}

/// The cells that a date, and at times the end of its stretch, stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct SplitDate {
    /// The year, in the row or in one above.
    pub(super) year: usize,
    /// The month.
    pub(super) month: usize,
    /// The end: a month of that year (12月), of the next (翌3月), or a date.
    pub(super) end: Option<usize>,
}

/// A row while its table is read.
pub(super) struct Row {
    /// Its block.
    pub(super) at: usize,
    /// Its cell of each column.
    pub(super) cells: Vec<Option<usize>>,
}

impl Evidence {
    /// Reads a table: labels its cells and tells what its rows are.
    pub(super) fn read_table(&mut self, blocks: &Blocks, lexicon: &Lexicon, table: usize) {
        let rows: Vec<usize> = blocks.children(table).collect();
        if rows.is_empty() {
            return;
        }
        if self.is_transposed(blocks, &rows) {
            self.label_columns(blocks, &rows);
            self.tables.shape.insert(table, Shape::Columns);
            return;
        }
        if is_pair_table(blocks, &rows) {
            self.label_pairs(blocks, &rows);
            self.tables.shape.insert(table, Shape::Pairs);
            return;
        }
        let (mut fields, records) = self.label_records(blocks, lexicon, &rows);
        if fields.iter().all(Option::is_none) {
            self.label_pairs(blocks, &rows);
        }
        let heads = rows.first().copied();
        let is_person = rows.first().is_some_and(|row| heads_person(blocks, *row));
        let rows = records;
        if is_person {
            self.label_cells(&rows, &fields);
            self.tables.shape.insert(table, Shape::Person);
            return;
        }
        self.find_periods_column(blocks, &rows, &mut fields);
        self.find_year_month(blocks, &rows, &mut fields);
        self.label_cells(&rows, &fields);
        let is_events = self.tells_events(blocks, &rows);
        let has_dates = fields
            .iter()
            .any(|field| matches!(field, Some(Field::Period | Field::Start)));
        if !is_events {
            if let Some(head) = heads {
                find_stays_column(blocks, head, &mut fields);
            }
            find_names_column(blocks, &rows, &mut fields, lexicon, has_dates);
            let is_wordless = heads.is_some_and(|head| is_wordless_head(blocks, head));
            if is_wordless && has_dates {
                find_titles_column(&mut fields);
            }
        }
        self.label_cells(&rows, &fields);
        self.repeat_above(blocks, &rows, &fields);
        let shape = if is_events {
            Shape::Events
        } else {
            self.carry_employers(blocks, table, &rows, &fields, lexicon)
        };
        self.tables.shape.insert(table, shape);
    }

    /// Labels the cells of rows by the fields of their columns.
    fn label_cells(&mut self, rows: &[Row], fields: &[Option<Field>]) {
        for row in rows {
            for (cell, field) in row.cells.iter().zip(fields) {
                if let (Some(cell), Some(field)) = (cell, field) {
                    self.field[*cell] = Some(*field);
                }
            }
        }
    }

    /// Labels the values of a table of labels and values by the cell before each.
    fn label_pairs(&mut self, blocks: &Blocks, rows: &[usize]) {
        for row in rows {
            let cells = blocks.cells(*row);
            let mut at = 0;
            while at + 1 < cells.len() {
                let label = cell_text(blocks, cells[at]);
                let is_period = || {
                    may_label_period(&label) && is_stretch_only(&cell_text(blocks, cells[at + 1]))
                };
                let field = is_period().then_some(Field::Period);
                if let Some(field) = field.or_else(|| field_of(&label)) {
                    self.field[cells[at + 1]] = Some(field);
                    at += 1;
                }
                at += 1;
            }
        }
        self.label_names(blocks, rows);
    }

    /// Labels what a table of labels calls 名称 where another of its labels says when: the work's title.
    fn label_names(&mut self, blocks: &Blocks, rows: &[usize]) {
        let cells: Vec<Vec<usize>> = rows.iter().map(|row| blocks.cells(*row)).collect();
        let is_labelled = |field: Field| {
            let mut labelled = cells.iter().flatten();
            labelled.any(|cell| self.field[*cell] == Some(field))
        };
        if !is_labelled(Field::Period) || is_labelled(Field::Title) {
            return;
        }
        let named = cells.iter().find_map(|cells| match cells.as_slice() {
            [label, value, ..] => {
                let is_name = [
                    "名称",
                    "件名",
                    "題名",
                    "タイトル",
                    "テーマ",
                    "名前",
                    "案件の名称",
                ]
                .contains(&cell_text(blocks, *label).as_str());
                (is_name && self.field[*value].is_none()).then_some(*value)
            }
            _ => None,
        });
        if let Some(value) = named {
            self.field[value] = Some(Field::Title);
        }
    }

    /// Returns whether most rows of a table tell of joining, leaving and the like at one date.
    fn tells_events(&self, blocks: &Blocks, rows: &[Row]) -> bool {
        let mut events = 0;
        let mut others = 0;
        let mut stays = 0;
        let mut changes = 0;
        for row in rows {
            let text = row_text(blocks, row.at);
            if text.trim().is_empty() {
                continue;
            }
            let dated = self.row_period(blocks, row.at);
            if dated
                .as_ref()
                .is_some_and(|dated| dated.period.is_stretch())
            {
                stays += 1;
            } else if dated.is_some() && event_of(&text).is_some() {
                events += 1;
                changes += usize::from(words!["入社", "退社", "退職", "入職", "転職"].is_in(&text));
            } else if dated.is_some() && !is_record_event(&text) {
                others += 1;
            }
        }
        // One table of all that happened: school, joining, certificates, the works and their ends.
        let is_of_life = stays == 0 && changes >= 2;
        events > stays && (events > others || is_of_life)
    }

    /// Notes what cells that are empty or ditto marks mean: the cell above them.
    fn repeat_above(&mut self, blocks: &Blocks, rows: &[Row], fields: &[Option<Field>]) {
        for (column, field) in fields.iter().enumerate() {
            let mut above: Option<usize> = None;
            for row in rows {
                let Some(cell) = row.cells[column] else {
                    continue;
                };
                let text = cell_text(blocks, cell);
                let is_blank = text.is_empty() && *field == Some(Field::Employer);
                match above {
                    Some(above) if is_blank || is_ditto(&text) => {
                        self.tables.repeats.insert(cell, above);
                    }
                    _ if !text.is_empty() => above = Some(cell),
                    _ => {}
                }
            }
        }
    }

    /// Finds the employer of each row, its own or that of a row above, and tells what the rows are.
    fn carry_employers(
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
        let mut current: Option<usize> = None;
        let mut key = String::new();
        let (mut carried, mut titled) = (0usize, false);
        let companies = self.company_rows(blocks, lexicon, rows, fields);
        // Rows that name the employer of the row above once more.
        let mut again = 0usize;
        for row in rows {
            // In one column, what names an employer and its time titles the rows below.
            let is_title = |cell: &usize| {
                fields.len() >= 3 || fields.len() == 1 && self.begins_stay(blocks, lexicon, *cell)
            };
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
        if is_told && has_dates {
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
    fn company_rows(
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
            .filter(|_| fields.len() >= 3 && !fields.contains(&Some(Field::Employer)));
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
                    if let Some(named) = self.sure_name(blocks, lexicon, cell) {
                        companies.insert(row.at, named);
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
    fn sure_name(&self, blocks: &Blocks, lexicon: &Lexicon, cell: usize) -> Option<usize> {
        (cell..blocks[cell].end.min(cell + 6)).find(|line| {
            let text = self.without_period(blocks, *line);
            !text.is_empty() && strength(&job_title(&text, lexicon).name, lexicon) == Strength::Sure
        })
    }

    /// Returns the line of a cell that names the employer best: surely, or the first that is no period.
    pub(in crate::resume) fn named_line(
        &self,
        blocks: &Blocks,
        lexicon: &Lexicon,
        cell: usize,
    ) -> usize {
        self.sure_name(blocks, lexicon, cell).unwrap_or_else(|| {
            (cell..blocks[cell].end)
                .find(|line| !blocks[*line].str().is_empty() && !self.is_period_only(blocks, *line))
                .unwrap_or(cell)
        })
    }

    /// Returns the text of a block without the period in it.
    pub(in crate::resume) fn without_period(&self, blocks: &Blocks, at: usize) -> String {
        let text = blocks[at].str();
        match self.first_in(blocks, at) {
            Some(found) => super::title_without(text, &found.period.range),
            None => text.to_owned(),
        }
    }

    /// Returns what the table of a row tells.
    pub(in crate::resume) fn shape_of_row(&self, blocks: &Blocks, row: usize) -> Shape {
        self.shape(blocks[row].parent)
    }

    /// Returns what a table tells.
    pub(in crate::resume) fn shape(&self, table: usize) -> Shape {
        self.tables
            .shape
            .get(&table)
            .copied()
            .unwrap_or(Shape::Other)
    }

    /// Returns whether a row heads what stands below it.
    pub(in crate::resume) fn is_head_row(&self, row: usize) -> bool {
        self.tables.heads.contains(&row)
    }

    /// Returns the block that names the employer of a row, in the row itself or above it.
    pub(in crate::resume) fn employer_of_row(&self, row: usize) -> Option<usize> {
        self.tables.employer.get(&row).copied()
    }

    /// Returns the cell that a cell repeats, or itself.
    pub(in crate::resume) fn meant_cell(&self, cell: usize) -> usize {
        self.tables.repeats.get(&cell).copied().unwrap_or(cell)
    }
}

/// Returns whether the heads of a table ask who somebody is: 氏名, 性別, 年齢.
fn heads_person(blocks: &Blocks, head: usize) -> bool {
    blocks
        .children(head)
        .take(MAX_COLUMNS)
        .filter(|cell| crate::resume::identity::is_identity_label(blocks[*cell].str()))
        .count()
        >= 2
        // Rows of times tell what somebody did.
        && !blocks.children(head).take(MAX_COLUMNS).any(|cell| {
            let field = field_of(blocks[cell].str());
            matches!(field, Some(Field::Period | Field::Start | Field::End))
        })
}

/// Returns the only cell of a row that holds something, where it stands first.
fn title_cell(blocks: &Blocks, row: &Row) -> Option<usize> {
    let mut filled = row
        .cells
        .iter()
        .flatten()
        .copied()
        .filter(|cell| !cell_text(blocks, *cell).is_empty());
    let first = filled.next()?;
    (filled.next().is_none() && row.cells.first() == Some(&Some(first))).then_some(first)
}

/// Returns the text of a cell, its lines parted by line feeds.
pub(in crate::resume) fn cell_text(blocks: &Blocks, cell: usize) -> String {
    let mut text = blocks[cell].str().to_owned();
    for line in cell + 1..blocks[cell].end.min(cell + 24) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(blocks[line].str());
    }
    text.trim().to_owned()
}

/// Returns the text of a row's cells.
pub(in crate::resume) fn row_text(blocks: &Blocks, row: usize) -> String {
    let cells: Vec<String> = blocks
        .children(row)
        .take(8)
        .map(|cell| cell_text(blocks, cell))
        .collect();
    cells.join(" ")
}

/// Returns whether a cell says that the one above it holds here too.
pub(in crate::resume) fn is_ditto(text: &str) -> bool {
    matches!(
        text.trim_matches(['(', ')', '（', '）', ' ', '\u{3000}']),
        "〃" | "々"
            | "″"
            | "\""
            | "''"
            | "”"
            | "“"
            | "同上"
            | "同じ"
            | "上に同じ"
            | "上と同じ"
            | "同"
            | "上同"
            | "↑"
            | "⇑"
            | "↑同上"
            | "同左"
            | "同社"
            | "ditto"
            | "same"
            | "〻"
            | "ヽ"
            | "゛"
            | "''''"
    )
}

/// Returns whether a row of events tells of school or a certificate.
fn is_record_event(text: &str) -> bool {
    words![
        "入学", "卒業", "修了", "中退", "合格", "取得", "認定", "編入", "異動", "配属", "昇格",
        "昇進", "現在", "受賞", "結婚", "研修", "出向", "帰任",
    ]
    .is_in(text)
}

/// Returns whether a table states one thing in rows of label and value.
pub(in crate::resume) fn is_pair_table(blocks: &Blocks, rows: &[usize]) -> bool {
    let labels = rows
        .iter()
        .filter(|row| {
            let first = blocks.children(**row).next();
            first.is_some_and(|cell| {
                let text = cell_text(blocks, cell);
                field_of(&text).is_some()
                    || may_label_period(&text)
                    || crate::resume::identity::is_identity_label(&text)
            })
        })
        .count();
    let widest = rows
        .iter()
        .map(|row| blocks.children(*row).take(4).count())
        .max()
        .unwrap_or(0);
    // 「項目 | 内容」 heads labels and values, however few.
    let is_headed = || {
        let head = rows.first().and_then(|row| blocks.children(*row).next());
        head.is_some_and(|cell| {
            ["項目", "項目名", "区分", "見出し"].contains(&cell_text(blocks, cell).as_str())
        })
    };
    widest == 2 && (labels >= 2 || labels == 1 && is_headed())
        || (widest <= 4 && labels >= 3 && labels * 3 >= rows.len() * 2)
}

/// Returns whether a row tells of joining.
pub(in crate::resume) fn joins(blocks: &Blocks, row: usize) -> bool {
    event_of(&row_text(blocks, row)) == Some(Event::Join)
}
