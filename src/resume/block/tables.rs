//! Tables as blocks: those drawn with `|`, and those whose markup marks each cell.

use std::ops::Range;

use shokureki_index::words;

use crate::resume::markup::Cleaned;
use crate::resume::period::find_periods;
use crate::resume::source::{Container, SourceForm, SourceLine};
use crate::resume::table::{self, Table};

use super::Kind;
use super::builder::Builder;

/// Signs between the beginning and the end of a period.
const RANGE_SIGNS: [char; 9] = ['〜', '～', '~', '-', '–', '—', '―', '→', '↓'];

/// Bytes that the beginning of a broken period may have.
const MAX_TIME_BYTES: usize = 42;

impl Builder<'_> {
    /// Adds the table that begins at line `at`; returns the index of the line behind it.
    pub(super) fn table(&mut self, at: usize, table: &Table) -> usize {
        let Some(first) = table.rows.first() else {
            self.content(&self.lines[at].clone());
            return at + 1;
        };
        let whole = first.range.start
            ..table
                .rows
                .last()
                .map_or(first.range.end, |row| row.range.end);
        let indent = self.lines[at].indent;
        self.leave_items_for(indent, at);
        let node = self.open(Kind::Table, 0, indent, Cleaned::default(), whole);
        for row in &table.rows {
            self.row(&row.cells, row.range.clone(), row.is_header);
        }
        self.close_to(node);
        table.next
    }

    /// Joins the lines of a cell that a period is broken into: `2022.10<br>〜 現在`.
    fn whole_times(&self, parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let mut joined: Vec<Range<usize>> = Vec::new();
        for part in parts {
            match joined.last_mut() {
                Some(last) if self.is_broken_time(last, &part) => last.end = part.end,
                _ => joined.push(part),
            }
        }
        joined
    }

    /// Returns whether a sign of a range parts two lines, and the first is short and ends in a date.
    fn is_broken_time(&self, first: &Range<usize>, second: &Range<usize>) -> bool {
        let one = self.text[first.clone()].trim();
        let two = self.text[second.clone()].trim();
        let sign = |text: &str| text.len() <= 4 && text.trim_matches(RANGE_SIGNS).is_empty();
        if one.len() > MAX_TIME_BYTES || two.len() > MAX_TIME_BYTES {
            return false;
        }
        let has_date = one.contains(char::is_numeric);
        let begins_end = |text: &str| {
            text.starts_with(char::is_numeric)
                || text.starts_with(['現', '平', '昭', '令', 'H', 'S', 'R', 'P', 'N'])
        };
        let goes_on = begins_end(two);
        // 「- PHP」 is a bullet.
        let behind = two
            .trim_start_matches(|sign: char| RANGE_SIGNS.contains(&sign) || sign.is_whitespace());
        let is_bullet = two.starts_with("- ")
            && find_periods(behind)
                .first()
                .is_none_or(|found| found.range.start != 0)
            && !words!["現", "Present", "PRESENT", "Now", "NOW", "present", "now"].begin(behind);
        second.start < second.end
            && has_date
            && !is_bullet
            && (two.starts_with(RANGE_SIGNS) && !sign(two)
                || sign(two)
                || one.ends_with(RANGE_SIGNS) && goes_on)
    }

    /// Closes the items that a table or row at this indentation does not belong to.
    fn leave_items_for(&mut self, indent: usize, at: usize) {
        let is_after_blank = self.lines[at].is_after_blank;
        while self.stack.len() > self.floor {
            let top = &self.blocks[self.top()];
            if top.kind != Kind::Item || indent > top.indent || !is_after_blank {
                break;
            }
            self.close();
        }
    }

    /// Adds a row and what stands in its cells.
    fn row(&mut self, cells: &[Range<usize>], range: Range<usize>, is_header: bool) {
        let row = self.open(Kind::Row, 0, 0, Cleaned::default(), range);
        self.blocks[row].is_header = is_header;
        for (column, cell) in cells.iter().enumerate() {
            let parts = self.whole_times(table::cell_lines(self.text, cell.clone()));
            if let [only] = parts.as_slice() {
                let cleaned = self.clean(only.clone());
                let at = self.leaf(Kind::Cell, 0, cleaned, only.clone());
                self.blocks[at].column = column;
                continue;
            }
            let at = self.open(Kind::Cell, 0, 0, Cleaned::default(), cell.clone());
            self.blocks[at].column = column;
            let floor = std::mem::replace(&mut self.floor, self.stack.len());
            for part in parts {
                let raw = &self.text[part.clone()];
                let lead = raw.len() - raw.trim_start().len();
                let line = SourceLine {
                    range: part.start + lead..part.end,
                    indent: raw[..lead]
                        .chars()
                        .map(|c| if c == '\u{3000}' { 2 } else { 1 })
                        .sum(),
                    form: SourceForm::Plain,
                    is_after_blank: false,
                    is_fenced: false,
                    shown: None,
                    table: 0,
                    is_header: false,
                    container: Container::default(),
                };
                self.content(&line);
            }
            self.floor = floor;
            self.close_to(at);
        }
        self.close_to(row);
    }

    /// Reads a table that the markup marks cell by cell; returns the index of the line behind it.
    pub(super) fn marked_table(&mut self, at: usize) -> usize {
        let number = self.lines[at].table;
        let belongs = |line: &SourceLine, is_first: bool| match number {
            0 => is_first || matches!(line.form, SourceForm::Cell | SourceForm::Continuation),
            _ => line.table == number,
        };
        let len = self.lines[at..]
            .iter()
            .enumerate()
            .take_while(|(index, line)| belongs(line, *index == 0))
            .count();
        let end = at + len;
        let lines = self.lines;
        let whole = lines[at].range.start..lines[end - 1].range.end.max(lines[at].range.end);
        self.leave_items_for(0, at);
        let node = self.open(Kind::Table, 0, 0, Cleaned::default(), whole);
        let mut from = at;
        // Below heads that reach over two rows stand the heads of the others.
        let mut may_be_heads = true;
        while from < end {
            let to = (from + 1..end)
                .find(|next| lines[*next].form == SourceForm::FirstCell)
                .unwrap_or(end);
            let row = &lines[from..to];
            may_be_heads &= to < end
                && row.iter().all(|line| line.is_header)
                && (from == at || row[0].range.is_empty());
            self.marked_row(row, may_be_heads);
            from = to;
        }
        self.close_to(node);
        end
    }

    /// Adds a row of marked cells and what stands in them.
    fn marked_row(&mut self, lines: &[SourceLine], is_head: bool) {
        let range = lines[0].range.start..lines[lines.len() - 1].range.end.max(lines[0].range.end);
        let row = self.open(Kind::Row, 0, 0, Cleaned::default(), range);
        self.blocks[row].is_header = is_head;
        let is_cell =
            |line: &SourceLine| matches!(line.form, SourceForm::FirstCell | SourceForm::Cell);
        let mut from = 0;
        let mut column = 0;
        while from < lines.len() {
            let to = (from + 1..lines.len())
                .find(|next| is_cell(&lines[*next]))
                .unwrap_or(lines.len());
            self.marked_cell(&lines[from..to], column);
            column += 1;
            from = to;
        }
        self.close_to(row);
    }

    /// Adds a marked cell: its text, or its lines.
    fn marked_cell(&mut self, lines: &[SourceLine], column: usize) {
        let mut whole: Vec<SourceLine> = Vec::with_capacity(lines.len());
        for line in lines {
            match whole.last_mut() {
                Some(last)
                    if line.shown.is_none() && self.is_broken_time(&last.range, &line.range) =>
                {
                    last.range.end = line.range.end;
                }
                _ => whole.push(line.clone()),
            }
        }
        let lines = whole.as_slice();
        let first = &lines[0];
        if lines.len() == 1 {
            let cleaned = match &first.shown {
                Some(text) => Cleaned {
                    text: text.clone(),
                    ..Cleaned::default()
                },
                None => self.clean(first.range.clone()),
            };
            let at = self.leaf(Kind::Cell, 0, cleaned, first.range.clone());
            self.blocks[at].column = column;
            return;
        }
        let range = first.range.start..lines[lines.len() - 1].range.end.max(first.range.end);
        let at = self.open(Kind::Cell, 0, 0, Cleaned::default(), range);
        self.blocks[at].column = column;
        let floor = std::mem::replace(&mut self.floor, self.stack.len());
        for line in lines {
            let mut line = line.clone();
            if matches!(line.form, SourceForm::FirstCell | SourceForm::Cell) {
                if line.range.is_empty() {
                    continue;
                }
                line.form = SourceForm::Plain;
            }
            self.content(&line);
        }
        self.floor = floor;
        self.close_to(at);
    }
}
