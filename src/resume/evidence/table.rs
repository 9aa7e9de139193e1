//! What a table tells: labels and values, jobs, pieces of work, or events; and what each row repeats
//! of the row above.

use shokureki_index::words;
use std::collections::{HashMap, HashSet};

use shokureki_index::lexicon::Lexicon;

use crate::resume::block::Blocks;
use crate::resume::label::{Field, field_of, may_label_period};

use super::around::is_stretch_only;
use super::column::{
    find_life_column, find_names_column, find_stays_column, find_titles_column, is_wordless_head,
};
use super::table_employer::kind_column;
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
        if let Some(column) = kind_column(blocks, &rows, &fields, lexicon) {
            fields[column] = Some(Field::Employer);
        }
        self.label_cells(&rows, &fields);
        let is_events = self.tells_events(blocks, &rows);
        let has_dates = fields
            .iter()
            .any(|field| matches!(field, Some(Field::Period | Field::Start)));
        if !is_events {
            if let Some(head) = heads {
                find_stays_column(blocks, head, &mut fields);
                find_life_column(blocks, head, &mut fields);
            }
            find_names_column(blocks, &rows, &mut fields, lexicon, has_dates);
            let begins = |row: &Row| {
                title_cell(blocks, row).is_some_and(|cell| self.begins_stay(blocks, lexicon, cell))
            };
            let is_wordless = heads.is_some_and(|head| is_wordless_head(blocks, head))
                || fields.len() == 2 && rows.first().is_some_and(begins);
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
                    "開発対象",
                    "対象システム",
                ]
                .contains(&cell_text(blocks, *label).as_str());
                let is_open = self.field[*value].is_none();
                // 「プロダクト | 共同購入のシステム」 names no tool.
                let is_made = !is_name
                    && is_labelled(Field::Team)
                    && ["プロダクト", "サービス", "アプリ"]
                        .contains(&cell_text(blocks, *label).as_str())
                    && is_one_thing(&cell_text(blocks, *value));
                (is_name && is_open || is_made).then_some(*value)
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

/// Returns whether a value names one thing in Japanese, and lists nothing.
fn is_one_thing(value: &str) -> bool {
    let is_japanese = |sign: char| ('ぁ'..='ヺ').contains(&sign) || ('一'..='龠').contains(&sign);
    value.contains(is_japanese) && !value.contains(['、', ',', '，', '/', '／', '\n', '・', '。'])
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
pub(super) fn title_cell(blocks: &Blocks, row: &Row) -> Option<usize> {
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
    // 「| 言語 | Ruby |」 alone is a label and its value, though a rule below it makes it a head.
    widest == 2 && (labels >= 2 || labels == 1 && (rows.len() == 1 || is_headed()))
        || (widest <= 4 && labels >= 3 && labels * 3 >= rows.len() * 2)
}

/// Returns whether a row tells of joining.
pub(in crate::resume) fn joins(blocks: &Blocks, row: usize) -> bool {
    event_of(&row_text(blocks, row)) == Some(Event::Join)
}
