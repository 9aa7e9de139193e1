//! The first row of a table: what heads its columns, and what is the first of its records.
//!
//! Markdown draws no table without a head, so people write the first record there: 「| Java | 5年 |」 over a rule.

use crate::resume::block::Blocks;
use crate::resume::duration::find_durations;
use crate::resume::evidence::{Evidence, Shape};
use crate::resume::label::field_of;

use super::matrix::is_tick;
use super::row::{cell_text, is_nothing};

/// Characters of a longer cell, which heads nothing.
const MAX_HEAD_CHARS: usize = 16;

/// Columns and rows that are looked at.
const MAX_CELLS: usize = 24;

/// Returns whether a cell is the head of a column, and names nothing that somebody used.
pub(super) fn heads_column(blocks: &Blocks, evidence: &Evidence, cell: usize) -> bool {
    let row = blocks[cell].parent;
    blocks[row].is_header
        && blocks[cell].str().chars().count() < MAX_HEAD_CHARS
        && !is_value(blocks, evidence, cell)
        && !is_record(blocks, row)
        && !is_ticked(blocks, cell)
}

/// Returns whether a cell is the value beside its label: 「| 言語 | PHP |」.
fn is_value(blocks: &Blocks, evidence: &Evidence, cell: usize) -> bool {
    blocks[cell].column > 0
        && evidence.field[cell].is_some()
        && evidence.shape_of_row(blocks, blocks[cell].parent) == Shape::Pairs
}

/// Returns whether a row says how long or how well somebody knows what its first cell names, and labels nothing:
/// 「| Java | 5年 |」「| nginx | ★★★ |」.
fn is_record(blocks: &Blocks, row: usize) -> bool {
    let mut cells = blocks
        .children(row)
        .take(MAX_CELLS)
        .map(|cell| cell_text(blocks, cell));
    let is_name = cells.next().is_some_and(|name| {
        name.contains(char::is_alphanumeric)
            && field_of(name).is_none()
            && find_durations(name).is_empty()
    });
    is_name && cells.any(grades)
}

/// Returns whether a cell is a length of time, stars or a tick, and no grade that the cells below tick: 「3年以上」 heads those.
fn grades(text: &str) -> bool {
    let text = text.trim();
    let is_length = find_durations(text)
        .first()
        .is_some_and(|found| !text[found.range.end..].contains(['以', '未', '〜', '~']));
    let is_scale = !text.is_empty() && text.chars().all(|sign| matches!(sign, '★' | '☆'));
    is_length || is_scale || is_tick(text)
}

/// Returns whether the cells below one tick it, and hold nothing else: 「| AWS | Azure |」 over 「| ○ | × |」.
fn is_ticked(blocks: &Blocks, cell: usize) -> bool {
    let column = blocks[cell].column;
    if column >= MAX_CELLS || blocks[cell].str().chars().count() < 2 {
        return false;
    }
    let table = blocks[blocks[cell].parent].parent;
    let mut ticks = 0;
    for row in blocks.children(table).skip(1).take(MAX_CELLS) {
        let Some(below) = blocks.children(row).nth(column) else {
            continue;
        };
        let text = cell_text(blocks, below).trim();
        if is_tick(text) {
            ticks += 1;
        } else if !text.is_empty() && !is_nothing(text) {
            return false;
        }
    }
    ticks > 0
}
