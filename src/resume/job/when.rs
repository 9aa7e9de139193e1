//! Times that stand beside what states a job: on the line above it, among the lines below, in the next cell.

use shokureki_index::lexicon::has_legal_form;

use crate::domain::{Moment, PeriodEnd};
use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::names_role;
use crate::resume::evidence::{Event, Evidence, PlacedPeriod, event_of, title_without};
use crate::resume::label::Field;
use crate::resume::period::PeriodShape;
use crate::resume::section::Section;

use crate::resume::stint::is_department;

use super::statement::MAX_HEAD_LINES;
use super::stay;

/// Returns the stretch of time that the line right above a plain line, or the heading right above a heading,
/// states and nothing else, outside the lists of projects: 「2017年4月〜2020年12月」 over 「株式会社A」.
pub(super) fn time_line_above(
    blocks: &Blocks,
    evidence: &Evidence,
    at: usize,
) -> Option<PlacedPeriod> {
    let above = at.checked_sub(1).filter(|above| {
        blocks[*above].kind == blocks[at].kind
            && matches!(blocks[at].kind, Kind::Line | Kind::Heading)
            && blocks[*above].parent == blocks[at].parent
            && evidence.field[*above].is_none()
            && evidence.section[at] != Section::Projects
            && evidence.is_period_only(blocks, *above)
    })?;
    evidence
        .first_in(blocks, above)
        .filter(|placed| placed.period.is_stretch())
}

/// Returns the time of the roles that the items below a company's item name, each over when that was, or over the
/// departments and their times: 「- Software Engineer」 over 「- 2020/07 - 現在」.
pub(super) fn time_of_roles(
    blocks: &Blocks,
    evidence: &Evidence,
    at: usize,
) -> Option<PlacedPeriod> {
    let may_hold = blocks[at].kind == Kind::Item && has_legal_form(blocks[at].str());
    if !may_hold {
        return None;
    }
    let dated = |item: usize| {
        let own = evidence.own_period(blocks, item)?;
        let title = title_without(blocks[item].str(), &own.period.range);
        let is_time = title.is_empty() || is_department(&title);
        (own.period.is_stretch() && is_time).then_some(own)
    };
    let is_item = |child: &usize| blocks[*child].kind == Kind::Item;
    blocks
        .children(at)
        .take(MAX_HEAD_LINES)
        .filter(is_item)
        .filter(|role| names_role(blocks[*role].str()) && evidence.periods[*role].is_empty())
        .flat_map(|role| blocks.children(role).take(MAX_HEAD_LINES).filter(is_item))
        .map_while(dated)
        .fold(None, |joined, own| stay::joined(joined, Some(own)))
}

/// Ends an open period with the leaving that an item below states: 「- 2022年6月に退職」.
pub(super) fn left_below(
    blocks: &Blocks,
    evidence: &Evidence,
    at: usize,
    mut period: PlacedPeriod,
) -> PlacedPeriod {
    if period.period.to != PeriodEnd::Unstated {
        return period;
    }
    let left = blocks
        .children(at)
        .take(MAX_HEAD_LINES * 2)
        .filter(|child| event_of(blocks[*child].str()) == Some(Event::Leave))
        .find_map(|child| evidence.first_in(blocks, child)?.period.from);
    // 「2020年にAを退社」 below what was begun in 2021 tells of the one before.
    let is_later = |left: &Moment| {
        let from = period.period.from.map(Moment::earliest);
        from.is_none_or(|from| left.latest() >= from)
    };
    if let Some(left) = left.filter(is_later) {
        period.period.to = PeriodEnd::At(left);
        period.period.shape = PeriodShape::Range;
    }
    period
}

/// Returns the period in the cell beside the one that a line of a cell stands in.
pub(super) fn period_beside(
    blocks: &Blocks,
    evidence: &Evidence,
    at: usize,
) -> Option<PlacedPeriod> {
    let cell = blocks[at].parent;
    let row = blocks[cell].parent;
    let is_first = blocks[cell].kind == Kind::Cell && at == cell + 1;
    if !is_first || blocks[row].kind != Kind::Row {
        return None;
    }
    blocks
        .children(row)
        .take(4)
        .find(|other| *other != cell && evidence.is_period_only(blocks, *other))
        .and_then(|other| evidence.first_in(blocks, other))
        .filter(|found| found.period.is_stretch())
}

/// Returns the period labelled among the next siblings of a line that names the employer.
pub(super) fn sibling_period(
    blocks: &Blocks,
    evidence: &Evidence,
    at: usize,
) -> Option<PlacedPeriod> {
    let parent = blocks[at].parent;
    let named = blocks
        .children(parent)
        .filter(|child| evidence.field[*child] == Some(Field::Employer))
        .take(2)
        .count();
    let above = evidence
        .own_period(blocks, parent)
        .or_else(|| evidence.attached_period(blocks, parent))
        .filter(|_| named < 2);
    if above.is_some() {
        return above;
    }
    let end = blocks[parent].end;
    let mut next = blocks[at].end;
    for _ in 0..8 {
        if next >= end || evidence.field[next] == Some(Field::Employer) {
            return None;
        }
        if evidence.field[next] == Some(Field::Period) {
            return evidence.first_in(blocks, next);
        }
        if evidence.field[next] == Some(Field::Start) {
            let mut found = evidence.first_in(blocks, next)?;
            found.period.to = PeriodEnd::Unstated;
            found.period.shape = PeriodShape::Open;
            return Some(found);
        }
        next = blocks[next].end;
    }
    None
}
