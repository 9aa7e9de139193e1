//! Which cell of a table names an employer.

use shokureki_index::lexicon::Lexicon;

use crate::resume::block::Blocks;
use crate::resume::employer::{Strength, strength};
use crate::resume::evidence::{Evidence, event_of};
use crate::resume::label::Field;

/// Returns the head cell of a table that states a period and so titles the table.
pub(super) fn header_title(blocks: &Blocks, evidence: &Evidence, table: usize) -> Option<usize> {
    let row = blocks.children(table).next()?;
    let cell = blocks.children(row).next()?;
    if !blocks[row].is_header {
        return None;
    }
    let own = evidence.own_period(blocks, cell)?;
    (own.period.is_stretch() && own.text.len() < blocks[cell].str().len()).then_some(cell)
}

/// Returns the cell of a row that names the employer.
pub(super) fn named_cell(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    row: usize,
) -> Option<usize> {
    if blocks[row].is_header {
        return None;
    }
    let cells: Vec<usize> = blocks.children(row).take(12).collect();
    let named = cells
        .iter()
        .copied()
        .find(|cell| evidence.field[*cell] == Some(Field::Employer));
    if named.is_some() {
        return named;
    }
    let dated = cells
        .iter()
        .any(|cell| evidence.is_period_only(blocks, *cell));
    cells.into_iter().find(|cell| {
        let field = evidence.field[*cell];
        let text = blocks[*cell].str();
        let is_open = matches!(field, None | Some(Field::Summary));
        dated
            && is_open
            && strength(text_before_event(text), lexicon) == Strength::Sure
            && (event_of(text).is_some() || field.is_none())
    })
}

/// Takes 入社 and the like off the end.
fn text_before_event(text: &str) -> &str {
    let text = text.trim();
    ["に入社", "へ入社", "入社", "に転職", "に参画", "に就職"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text)
        .trim()
}
