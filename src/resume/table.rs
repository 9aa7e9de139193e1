//! Tables drawn with `|`.

use std::ops::Range;

use super::label::{Field, field_of};
use super::markup::tag_at;
use super::source::{SourceForm, SourceLine};

/// A table as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Its rows without the one of dashes.
    pub(super) rows: Vec<Row>,
    /// Index of the line behind it.
    pub(super) next: usize,
}

/// A row as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Its cells, blanks taken off.
    pub(super) cells: Vec<Range<usize>>,
    /// Whether a row of dashes follows it.
    pub(super) is_header: bool,
}

/// Returns whether a table begins at line `at`.
pub(super) fn begins_table(text: &str, lines: &[SourceLine], at: usize) -> bool {
    let line = &lines[at];
    let content = &text[line.range.clone()];
    if line.form != SourceForm::Plain && line.form != SourceForm::Item {
        return false;
    }
    if content.starts_with('|') {
        return content.len() > 1;
    }
    if !content.contains('|') {
        return false;
    }
    lines
        .get(at + 1)
        .is_some_and(|next| !next.is_after_blank && is_delimiter(&text[next.range.clone()]))
}

/// Returns whether a line is the row of dashes below a table's head.
fn is_delimiter(content: &str) -> bool {
    content.contains('|')
        && content.contains('-')
        && content
            .bytes()
            .all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t' | b'+'))
}

/// Reads the table that begins at line `at`.
pub(super) fn read_table(text: &str, lines: &[SourceLine], at: usize) -> Table {
    let mut rows: Vec<Row> = Vec::new();
    let mut next = at;
    while let Some(line) = lines.get(next) {
        let content = &text[line.range.clone()];
        if next > at && (line.is_after_blank || !content.contains('|')) {
            break;
        }
        if is_delimiter(content) {
            let is_first = rows.len() == 1;
            if let Some(row) = rows.last_mut()
                && is_first
            {
                row.is_header = true;
            }
        } else {
            rows.push(Row {
                range: line.range.clone(),
                cells: cells(text, line.range.clone()),
                is_header: false,
            });
        }
        next += 1;
    }
    end_in_empty_cells(text, &mut rows);
    if lies_on_its_side(text, &rows) {
        rows = turned(&rows);
    }
    Table { rows, next }
}

/// Rows and columns of a table that may lie on its side.
const MAX_TURNED: (usize, usize) = (40, 12);

/// Returns whether the first column of a table labels its rows, and each other column is a record:
/// 「| 在籍期間 | 2009年4月〜2014年8月 | 2014年10月〜 |」.
fn lies_on_its_side(text: &str, rows: &[Row]) -> bool {
    let width = rows.first().map_or(0, |row| row.cells.len());
    if !(3..=MAX_TURNED.1).contains(&width)
        || !(3..=MAX_TURNED.0).contains(&rows.len())
        || rows.iter().any(|row| row.cells.len() != width)
    {
        return false;
    }
    let field = |cell: &Range<usize>| field_of(text[cell.clone()].trim_matches('*'));
    let labels = |column: usize| -> usize {
        rows.iter()
            .filter(|row| field(&row.cells[column]).is_some())
            .count()
    };
    let is_headed = rows[0].cells[1..].iter().any(|cell| field(cell).is_some());
    let states = |wanted: fn(&Field) -> bool, is_value: fn(char) -> bool| {
        rows.iter().any(|row| {
            field(&row.cells[0]).is_some_and(|field| wanted(&field))
                && row.cells[1..]
                    .iter()
                    .filter(|cell| text[(*cell).clone()].contains(is_value))
                    .count()
                    >= 2
        })
    };
    let is_period = |field: &Field| matches!(field, Field::Period | Field::Start);
    let is_name = |field: &Field| matches!(field, Field::Employer | Field::Title);
    !is_headed
        && labels(0) >= 3
        && labels(0) * 3 >= (rows.len() - 1) * 2
        && labels(2) == 0
        && states(is_period, char::is_numeric)
        && states(is_name, char::is_alphanumeric)
}

/// Makes the columns of a table its rows.
fn turned(rows: &[Row]) -> Vec<Row> {
    let whole = rows[0].range.start..rows[rows.len() - 1].range.end;
    (0..rows[0].cells.len())
        .map(|column| Row {
            range: whole.clone(),
            cells: rows.iter().map(|row| row.cells[column].clone()).collect(),
            is_header: column == 0,
        })
        .collect()
}

/// Splits a row at its unescaped `|`.
fn cells(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = range.start + usize::from(bytes[range.start] == b'|');
    let mut found = Vec::new();
    let mut is_code = false;
    let first = start;
    for at in first..range.end {
        match bytes[at] {
            b'`' => is_code = !is_code,
            b'|' if (at == 0 || bytes[at - 1] != b'\\') && !is_code => {
                found.push(trimmed(text, start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    if start < range.end {
        let last = trimmed(text, start..range.end);
        if !last.is_empty() {
            found.push(last);
        }
    }
    found
}

/// Adds the empty cell behind the last bar of rows that no bar begins: `Helix QAC |` below `名前 | 使用`.
fn end_in_empty_cells(text: &str, rows: &mut [Row]) {
    let Some(width) = rows.first().map(|head| head.cells.len()) else {
        return;
    };
    for row in rows {
        let line = &text[row.range.clone()];
        if row.cells.len() < width && !line.starts_with('|') && line.trim_end().ends_with('|') {
            row.cells.push(row.range.end..row.range.end);
        }
    }
}

/// Takes the blanks off both ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let raw = &text[range.clone()];
    let lead = raw.len() - raw.trim_start_matches([' ', '\t']).len();
    let content = raw.trim();
    if content.is_empty() {
        return range.start..range.start;
    }
    range.start + lead..range.start + raw.trim_end().len()
}

/// Splits a cell at its `<br>` and list tags; one empty part where the cell is empty.
pub(super) fn cell_lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = range.start;
    let mut at = range.start;
    while let Some(len) = text[at..range.end].find('<') {
        at += len;
        let Some(tag) = tag_at(&text[at..range.end]) else {
            at += 1;
            continue;
        };
        let breaks = matches!(
            tag.name.as_str(),
            "br" | "bt" | "li" | "ul" | "ol" | "p" | "div" | "hr"
        );
        if breaks {
            if !text[from..at].trim().is_empty() {
                parts.push(from..at);
            }
            from = at + tag.len;
        }
        at += tag.len;
    }
    if !text[from..range.end].trim().is_empty() || parts.is_empty() {
        parts.push(from..range.end);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DocumentFormat;
    use crate::resume::source::read_source;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let source = read_source(text, DocumentFormat::Markdown);
        assert!(begins_table(text, &source.lines, 0));
        let table = read_table(text, &source.lines, 0);
        let actual: Vec<Vec<&str>> = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| &text[cell.clone()]).collect())
            .collect();
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn rows_split_into_cells() {
        check("|a|b|\n|---|---|\n|c||", &[&["a", "b"], &["c", ""]]);
        check("a | b\n--|--\nc | d", &[&["a", "b"], &["c", "d"]]);
        check("| a \\| b | `c|d` |", &[&["a \\| b", "`c|d`"]]);
        check("|a|b\n|c|d|", &[&["a", "b"], &["c", "d"]]);
    }

    #[test]
    fn cells_split_at_breaks() {
        let text = "a<br>b<ul><li>c</li></ul>";
        let parts = cell_lines(text, 0..text.len());
        let parts: Vec<&str> = parts.into_iter().map(|part| &text[part]).collect();
        assert_eq!(parts, ["a", "b", "c"]);
    }
}
