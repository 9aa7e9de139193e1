//! Tables whose columns stand in fixed places, parted by blanks.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::resume::source::{SourceForm, SourceLine};
use crate::resume::table::{Row, Table};

use super::shape::is_rule;

/// Characters that the head of a column may have.
const MAX_HEAD_CHARS: usize = 16;

/// Rows that must fit a head without a rule below it.
const MIN_ROWS: usize = 2;

/// Reads the table that begins at line `at`, if one does: a head of three or more short words (two
/// with a rule below it), and rows whose parts stand below these.
pub(super) fn read_columns(text: &str, lines: &[SourceLine], at: usize) -> Option<Table> {
    let head = &lines[at];
    if !is_row(head) {
        return None;
    }
    if !has_wide_gap(&text[head.range.clone()]) {
        return None;
    }
    let pieces = pieces(text, head);
    let is_head = |piece: &Piece| {
        let shown = &text[piece.range.clone()];
        shown.chars().count() <= MAX_HEAD_CHARS
            && !shown.contains(|sign: char| sign.is_numeric() || ":：。|、".contains(sign))
    };
    if pieces.len() < 2 || !pieces.iter().all(is_head) {
        return None;
    }
    let has_rule = lines
        .get(at + 1)
        .is_some_and(|line| is_part(line) && is_rule(&text[line.range.clone()]));
    if pieces.len() < 3 && !has_rule {
        return None;
    }
    let starts: Vec<usize> = pieces.iter().map(|piece| piece.column).collect();
    let mut rows = vec![Row {
        range: head.range.clone(),
        cells: pieces.into_iter().map(|piece| piece.range).collect(),
        is_header: true,
    }];
    let mut next = at + 1 + usize::from(has_rule);
    while let Some(line) = lines.get(next).filter(|line| is_part(line)) {
        if is_rule(&text[line.range.clone()]) {
            next += 1;
            continue;
        }
        let Some(cells) = cells(text, line, &starts) else {
            break;
        };
        rows.push(Row {
            range: line.range.clone(),
            cells,
            is_header: false,
        });
        next += 1;
    }
    let least = if has_rule { 1 } else { MIN_ROWS };
    (rows.len() > least).then_some(Table { rows, next })
}

/// Returns whether a blank that may be wide, or two of them, stand in a text.
fn has_wide_gap(text: &str) -> bool {
    let mut is_behind_blank = false;
    text.chars().any(|sign| {
        let is_blank = sign.is_whitespace();
        let is_wide = is_blank && (is_behind_blank || sign != ' ');
        is_behind_blank = is_blank;
        is_wide
    })
}

fn is_row(line: &SourceLine) -> bool {
    line.form == SourceForm::Plain && line.shown.is_none()
}

/// Returns whether a line goes on with what stands before it.
fn is_part(line: &SourceLine) -> bool {
    is_row(line) && !line.is_after_blank
}

/// A part of a line and the column it begins in.
struct Piece {
    range: Range<usize>,
    column: usize,
}

/// Splits a line at its gaps of two or more columns.
fn pieces(text: &str, line: &SourceLine) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut column = line.indent;
    let mut gap = 2;
    for (offset, sign) in text[line.range.clone()].char_indices() {
        let at = line.range.start + offset;
        let width = sign.width_cjk().unwrap_or(0);
        if sign.is_whitespace() {
            gap += if sign == '\t' { 2 } else { width };
        } else {
            match found.last_mut() {
                Some(piece) if gap < 2 => piece.range.end = at + sign.len_utf8(),
                _ => found.push(Piece {
                    range: at..at + sign.len_utf8(),
                    column,
                }),
            }
            gap = 0;
        }
        column += width;
    }
    found
}

/// Splits a row at the columns' beginnings; `None` where fewer than two parts stand below them.
fn cells(text: &str, line: &SourceLine, starts: &[usize]) -> Option<Vec<Range<usize>>> {
    let mut bounds = Vec::with_capacity(starts.len());
    let mut column = line.indent;
    let mut gap = 1;
    let mut widest = 0;
    let mut next = 0;
    for (offset, sign) in text[line.range.clone()].char_indices() {
        while starts.get(next).is_some_and(|start| *start < column) {
            // The column begins inside a wide sign, or the row before it.
            bounds.push(None);
            next += 1;
        }
        if starts.get(next) == Some(&column) {
            if offset > 0 && !sign.is_whitespace() {
                widest = widest.max(gap);
            }
            bounds.push((gap > 0).then_some(line.range.start + offset));
            next += 1;
        }
        let width = sign.width_cjk().unwrap_or(0);
        gap = if sign.is_whitespace() { gap + width } else { 0 };
        column += width;
    }
    if widest < 2 {
        return None;
    }
    bounds.resize(starts.len(), Some(line.range.end));
    if bounds.iter().flatten().count() < starts.len() {
        return loose_cells(text, line, starts);
    }
    let bounds: Vec<usize> = bounds.into_iter().flatten().collect();
    let ends = bounds.iter().skip(1).copied().chain([line.range.end]);
    let cells: Vec<Range<usize>> = bounds
        .iter()
        .zip(ends)
        .map(|(start, end)| trimmed(text, *start..end))
        .collect();
    let filled = cells.iter().filter(|cell| cell.start < cell.end).count();
    (filled >= 2).then_some(cells)
}

/// Gives the parts of a row whose columns are out of place to the columns nearest before them.
fn loose_cells(text: &str, line: &SourceLine, starts: &[usize]) -> Option<Vec<Range<usize>>> {
    let pieces = pieces(text, line);
    if pieces.len() < 2 {
        return None;
    }
    let end = line.range.end;
    let mut cells: Vec<Range<usize>> = vec![end..end; starts.len()];
    for (index, piece) in pieces.iter().enumerate() {
        let column = if pieces.len() == starts.len() {
            index
        } else {
            starts
                .partition_point(|start| *start <= piece.column + 2)
                .saturating_sub(1)
        };
        let cell = &mut cells[column];
        *cell = if cell.start == cell.end {
            piece.range.clone()
        } else {
            cell.start..piece.range.end
        };
    }
    Some(cells)
}

/// Takes the blanks off both ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let raw = &text[range.clone()];
    let lead = raw.len() - raw.trim_start().len();
    let len = raw.trim().len();
    range.start + lead..range.start + lead + len
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::{Markdown, PlainText};
    use crate::resume::block::tests::check_outline;

    #[test]
    fn columns_in_fixed_places_are_a_table() {
        check_outline(
            "```\n期間        業務        環境     役割\n-----------------------------------------\n1989-1991   為替の処理  COBOL    PG\n1992-1993   医事会計    C／Unix  SE\n```\nb",
            Markdown,
            &[
                "t ",
                " r ",
                "  c 期間",
                "  c 業務",
                "  c 環境",
                "  c 役割",
                " r ",
                "  c 1989-1991",
                "  c 為替の処理",
                "  c COBOL",
                "  c PG",
                " r ",
                "  c 1992-1993",
                "  c 医事会計",
                "  c C／Unix",
                "  c SE",
                "l b",
            ],
        );
        // A cell that fills its column, an empty one, and a row that is out of place.
        check_outline(
            "期間   環境   役割\n2019   Go と  Rust\n2020          PG\n2021 a b\n",
            PlainText,
            &[
                "t ",
                " r ",
                "  c 期間",
                "  c 環境",
                "  c 役割",
                " r ",
                "  c 2019",
                "  c Go と",
                "  c Rust",
                " r ",
                "  c 2020",
                "  c ",
                "  c PG",
                "l 2021 a b",
            ],
        );
    }

    #[test]
    fn lines_with_gaps_are_no_table() {
        check_outline("a  b\nc  d", PlainText, &["l a  b", "l c  d"]);
        check_outline(
            "氏名　　比企野　　敏正\n住所　　東京",
            PlainText,
            &["l 氏名　　比企野　　敏正", "l 住所　　東京"],
        );
    }
}
