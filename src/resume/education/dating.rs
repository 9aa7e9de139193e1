//! Dates that stand beside what they date: in cells of the row, in the block above.

use super::super::block::{Blocks, Kind};
use super::super::evidence::Evidence;
use super::super::period::find_periods;
use shokureki_index::words;

/// A row in two parts.
pub(in super::super) struct RowParts {
    /// Its dates as one text: 「2012年6月」 of a cell for each, 「2008/04 – 2012/03」 of two columns.
    pub(in super::super) date: Option<String>,
    /// The cells that hold something else.
    pub(in super::super) others: Vec<usize>,
}

/// Parts a row into its dates and the rest.
pub(in super::super) fn row_parts(blocks: &Blocks, evidence: &Evidence, row: usize) -> RowParts {
    let cells: Vec<usize> = blocks.children(row).take(12).collect();
    let mut dates: Vec<String> = Vec::new();
    let mut others = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        let text = blocks[cells[at]].str().trim();
        let month = cells
            .get(at + 1)
            .and_then(|next| lone_month(blocks[*next].str()));
        if is_year(text)
            && let Some(month) = month
        {
            dates.push(format!("{}年{month}月", text.trim_end_matches('年')));
            at += 1;
        } else if evidence.is_period_only(blocks, cells[at]) && dates.len() < 2 {
            dates.push(text.to_owned());
        } else {
            others.push(cells[at]);
        }
        at += 1;
    }
    let date = (!dates.is_empty()).then(|| dates.join(" – "));
    RowParts { date, others }
}

/// Returns whether a cell holds a year alone.
fn is_year(text: &str) -> bool {
    let bare = text.trim_end_matches('年');
    let is_era = words!["平成", "令和", "昭和", "H", "R", "S"].begin(bare);
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    bare.chars().count() <= 5
        && ((digits == 4 && bare.len() == 4) || (is_era && digits > 0) || bare.ends_with('元'))
}

/// Returns the month that a cell holds alone.
fn lone_month(text: &str) -> Option<u8> {
    let month = text.trim().trim_end_matches('月').parse().ok()?;
    (1..=12).contains(&month).then_some(month)
}

/// Returns the text of a block behind the date that stands alone above it: a heading 「2012年」 over
/// 「3月 …」, a term of a list of definitions. None where it has a date of its own or none is above.
pub(in super::super) fn dated_above(
    blocks: &Blocks,
    evidence: &Evidence,
    at: usize,
) -> Option<String> {
    let block = &blocks[at];
    let above = block.parent;
    if above == 0
        || !evidence.periods[at].is_empty()
        || !matches!(blocks[above].kind, Kind::Heading | Kind::Item | Kind::Line)
        || !evidence.is_period_only(blocks, above)
    {
        return None;
    }
    let text = block.str().trim_start();
    let date = blocks[above].str().trim();
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let is_month = (1..=2).contains(&digits) && text[digits..].starts_with('月');
    let joined = if is_month {
        format!("{}年{text}", date.trim_end_matches('年'))
    } else {
        format!("{date} {text}")
    };
    (!find_periods(&joined).is_empty()).then_some(joined)
}
