//! Where somebody was what a dated item says: the company or institution that the item below it names.

use shokureki_index::lexicon::Lexicon;

use crate::domain::PeriodEnd;
use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::{JobTitle, Strength, job_title, names_role, strength};
use crate::resume::evidence::Evidence;
use crate::resume::facts::{Signs, parts};
use crate::resume::period::PeriodShape;

use super::below::MAX_LONE_NAME_CHARS;
use super::statement::Statement;
use super::work_words::reads_like_work;

/// Takes the one date of a statement for the beginning of a stay whose end is not told.
pub(super) fn begin_silently(statement: &mut Statement) {
    if let Some(period) = &mut statement.period
        && period.period.shape == PeriodShape::Single
    {
        period.period.to = PeriodEnd::Unstated;
        period.period.shape = PeriodShape::Open;
    }
}

/// Returns the company or institution that the first item below a dated item names, which itself says as what somebody
/// was there: 「- 2019年4月: 特任助教」 over 「- 青山大学計算センター」.
pub(super) fn place_below(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
) -> Option<(usize, JobTitle)> {
    let own = evidence.own_period(blocks, at)?;
    let line = blocks.children(at).next()?;
    let text = blocks[line].str();
    let is_short = blocks[at].kind == Kind::Item
        && own.block == at
        && blocks[line].kind == Kind::Item
        && blocks[line].end == line + 1
        && evidence.field[line].is_none()
        && evidence.periods[line].is_empty()
        && text.chars().count() <= MAX_LONE_NAME_CHARS
        && !text.contains('。');
    let first = parts(text, Signs::Facts).into_iter().next()?;
    let name = text[first].trim();
    let is_name = is_short
        && strength(name, lexicon) >= Strength::Likely
        && !names_role(name)
        && !reads_like_work(name);
    is_name.then(|| (line, job_title(name, lexicon)))
}
