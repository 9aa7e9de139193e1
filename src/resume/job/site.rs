//! Where a job may be stated: the block, its label and its times, before its title is read.

use shokureki_index::lexicon::Lexicon;

use crate::resume::block::{Blocks, Kind};
use crate::resume::evidence::{Evidence, PlacedPeriod};
use crate::resume::label::Field;
use crate::resume::period::PeriodShape;

use super::below::tells_of_other;
use super::outer::is_over_works;
use super::row::{header_title, named_cell};
use super::sign::is_over_works_table;
use super::statement::Layout;
use super::when::{left_below, period_beside, sibling_period, time_line_above, time_of_roles};

/// A block that may state a job.
pub(super) struct Site<'b> {
    pub(super) blocks: &'b Blocks,
    pub(super) evidence: &'b Evidence,
    pub(super) lexicon: &'b Lexicon,
    /// The block.
    pub(super) at: usize,
    pub(super) kind: Kind,
    /// Where blocks like it stand.
    pub(super) layout: Layout,
    /// The block whose text names the employer.
    pub(super) named_in: usize,
    /// Its label.
    pub(super) field: Option<Field>,
    /// The time of its own.
    pub(super) own: Option<PlacedPeriod>,
    /// The time that stands elsewhere, where it has none of its own.
    pub(super) other: Option<PlacedPeriod>,
    /// Whether the times stand with the works below it.
    pub(super) is_outer: bool,
    /// Whether it is one of the names over tables of what was done there.
    pub(super) heads_works: bool,
}

impl<'b> Site<'b> {
    /// Looks at a block; `None` where it or its label can state no job.
    pub(super) fn of(
        blocks: &'b Blocks,
        evidence: &'b Evidence,
        lexicon: &'b Lexicon,
        at: usize,
    ) -> Option<Self> {
        let block = &blocks[at];
        let (layout, named_in) = match block.kind {
            Kind::Heading => (Layout::Heading(block.rank), at),
            Kind::Item => (Layout::Item(block.depth.into()), at),
            Kind::Line => (Layout::Line(block.parent), at),
            Kind::Table => (Layout::Table, header_title(blocks, evidence, lexicon, at)?),
            Kind::Row => (
                Layout::Row(block.parent),
                named_cell(blocks, evidence, lexicon, at)?,
            ),
            Kind::Root | Kind::Cell => return None,
        };
        if block.kind == Kind::Heading && evidence.opens_section[at] {
            return None;
        }
        let field = match block.kind {
            Kind::Row => None,
            Kind::Line | Kind::Item => {
                evidence.field[named_in].or_else(|| labelled_above(blocks, evidence, at))
            }
            _ => evidence.field[named_in],
        };
        if !matches!(field, None | Some(Field::Employer | Field::Summary)) {
            return None;
        }
        let own = match block.kind {
            Kind::Row => evidence.attached_period(blocks, at),
            _ => evidence.own_period(blocks, named_in),
        };
        let other = match field {
            _ if own.is_some() => None,
            Some(Field::Employer) if block.kind != Kind::Table => {
                sibling_period(blocks, evidence, at)
            }
            _ if block.kind != Kind::Line => evidence
                .attached_period(blocks, at)
                .filter(|period| !tells_of_other(blocks, at, period.block))
                .or_else(|| time_of_roles(blocks, evidence, at))
                .or_else(|| time_line_above(blocks, evidence, at)),
            _ => time_line_above(blocks, evidence, at),
        };
        Some(Self {
            blocks,
            evidence,
            lexicon,
            at,
            kind: block.kind,
            layout,
            named_in,
            field,
            own,
            other,
            is_outer: is_over_works(blocks, evidence, lexicon, at),
            heads_works: is_over_works_table(blocks, evidence, at),
        })
    }

    /// Whether there is a time, a label, or something below that may tell them. Most lines have none of
    /// these.
    pub(super) fn may_state(&self) -> bool {
        let may_be_told = || {
            self.kind == Kind::Heading
                || self.kind == Kind::Item
                    && self
                        .blocks
                        .children(self.at)
                        .take(3)
                        .any(|child| self.blocks[child].kind == Kind::Line)
        };
        self.own.is_some()
            || self.other.is_some()
            || self.is_outer
            || self.field == Some(Field::Employer)
            || may_be_told()
    }

    /// Whether its own time is a point and no stretch, as that of an event is.
    pub(super) fn has_moment(&self) -> bool {
        self.own.as_ref().is_some_and(|own| {
            own.period.shape == PeriodShape::Single
                || own.period.shape == PeriodShape::BareYear && self.kind == Kind::Row
        })
    }

    /// From joining to leaving.
    pub(super) fn period(&self) -> Option<PlacedPeriod> {
        let stated = self.own.as_ref().or(self.other.as_ref());
        stated
            .map(|period| left_below(self.blocks, self.evidence, self.at, period.clone()))
            .or_else(|| period_beside(self.blocks, self.evidence, self.at))
    }
}

/// Returns the label of a dated line that stands alone below it: 「## 勤務先」 over 「A（2016年4月〜）」.
fn labelled_above(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<Field> {
    let parent = blocks[at].parent;
    let is_value = evidence.field[parent] == Some(Field::Employer)
        && evidence.value_text(blocks, parent).trim().is_empty()
        && evidence
            .own_period(blocks, at)
            .is_some_and(|own| own.period.is_stretch());
    is_value.then_some(Field::Employer)
}
