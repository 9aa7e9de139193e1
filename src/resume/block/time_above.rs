//! Times that stand on a line of their own right above the heading they belong to: 「`2021-10 → 現在`」 over
//! 「### SAPコンサルタント」.

use crate::resume::duration::find_durations;
use crate::resume::period::find_periods;

use super::{Block, Kind};

/// Moves the lines that only say when below the headings right behind them, where all headings of one
/// rank and place have theirs above: the first too, before which no other could claim its line.
pub(super) fn move_times_below(blocks: &mut [Block]) {
    let headings: Vec<usize> = (2..blocks.len())
        .filter(|at| blocks[*at].kind == Kind::Heading && !blocks[*at].is_label())
        .filter(|at| is_time_line(blocks, *at - 1))
        .collect();
    let mut at = 0;
    while let Some(first) = headings.get(at).copied() {
        let kin = headings[at..]
            .iter()
            .take_while(|other| {
                blocks[**other].parent == blocks[first].parent
                    && blocks[**other].rank == blocks[first].rank
            })
            .count();
        if kin >= 2 && begins_group(blocks, first) && all_have(blocks, first, kin) {
            for heading in &headings[at..at + kin] {
                swap_down(blocks, *heading - 1);
            }
        }
        at += kin.max(1);
    }
}

/// Returns whether a block is a line that says when and nothing else.
fn is_time_line(blocks: &[Block], at: usize) -> bool {
    let text = blocks[at].str();
    if blocks[at].kind != Kind::Line || text.len() > MAX_TIME_BYTES {
        return false;
    }
    find_periods(text).first().is_some_and(|found| {
        let around = [&text[..found.range.start], &text[found.range.end..]].concat();
        found.is_stretch() && !without_lengths(&around).contains(char::is_alphanumeric)
    })
}

/// Takes lengths of time off a text: 「（約29ヶ月間）」.
fn without_lengths(text: &str) -> String {
    let mut left = text.to_owned();
    for length in find_durations(text).into_iter().rev() {
        left.replace_range(length.range, "");
    }
    left.replace(['約', '間'], "")
}

/// Bytes of a line that only says when.
const MAX_TIME_BYTES: usize = 80;

/// Returns whether no heading of its rank stands before a heading: the line above it is no part of one.
fn begins_group(blocks: &[Block], heading: usize) -> bool {
    blocks[heading - 1].parent == blocks[heading].parent
}

/// Returns whether the first `kin` headings of a place are all of their rank there.
fn all_have(blocks: &[Block], first: usize, kin: usize) -> bool {
    let parent = blocks[first].parent;
    let end = blocks[parent].end.max(first);
    let mut count = 0;
    let mut next = first;
    while next < end {
        let is_kin = blocks[next].kind == Kind::Heading && blocks[next].rank == blocks[first].rank;
        count += usize::from(is_kin);
        next = blocks[next].end.max(next + 1);
    }
    count == kin
}

/// Moves the line at `line` below the heading behind it.
fn swap_down(blocks: &mut [Block], line: usize) {
    let heading = line + 1;
    let mut above = blocks[line].parent;
    while above != blocks[heading].parent {
        blocks[above].end = blocks[above].end.min(line);
        above = blocks[above].parent;
    }
    let end = blocks[heading].end;
    let mut child = heading + 1;
    while child < end {
        blocks[child].parent = line;
        child = blocks[child].end.max(child + 1);
    }
    let depth = blocks[heading].depth;
    blocks.swap(line, heading);
    blocks[heading].parent = line;
    blocks[heading].depth = depth.saturating_add(1);
    blocks[heading].end = heading + 1;
}
