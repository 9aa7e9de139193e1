//! Dates that a dash parts from the event they tell the day of: 「2009/04 - : A 入社」 over 「2012/03 - : A 退社」.

use shokureki_index::words;

use crate::domain::PeriodEnd;

use crate::resume::block::{Blocks, Kind};
use crate::resume::period::{FoundPeriod, PeriodShape};

use super::event::{Event, event_of};

/// Blocks beside an event that may be those of leaving.
const MAX_EVENTS_BESIDE: usize = 40;

/// Follows the lists of events, block by block.
#[derive(Default)]
pub(super) struct Events {
    /// The last parent asked about, and whether one of its children is the event of leaving.
    last: Option<(usize, bool)>,
}

impl Events {
    /// Makes the open time that a block begins with a day, where it stands among events of leaving, so that the dash
    /// only parts the day from the event.
    pub(super) fn part(&mut self, blocks: &Blocks, at: usize, found: &mut [FoundPeriod]) {
        let Some(first) = found.first_mut() else {
            return;
        };
        let text = blocks[at].str();
        let begins = first.shape == PeriodShape::Open
            && matches!(blocks[at].kind, Kind::Item | Kind::Line)
            && text.get(first.range.end..).is_some_and(begins_event)
            && (event_of(text).is_some() || words!["入学", "卒業", "修了"].end(text.trim_end()));
        if begins && self.is_among_leavings(blocks, blocks[at].parent) {
            first.shape = PeriodShape::Single;
            first.to = first.from.map_or(PeriodEnd::Unstated, PeriodEnd::At);
        }
    }

    /// Returns whether one of the blocks below `parent` is the event of leaving an employer or a school.
    fn is_among_leavings(&mut self, blocks: &Blocks, parent: usize) -> bool {
        match self.last {
            Some((last, is_among)) if last == parent => is_among,
            _ => {
                let is_among = blocks
                    .children(parent)
                    .take(MAX_EVENTS_BESIDE)
                    .any(|beside| {
                        let text = blocks[beside].str();
                        event_of(text) == Some(Event::Leave)
                            || words!["卒業", "修了"].end(text.trim_end())
                    });
                self.last = Some((parent, is_among));
                is_among
            }
        }
    }
}

/// Returns whether what stands behind a date and a dash is an event: 「: A 入社」.
pub(in crate::resume) fn begins_event(behind: &str) -> bool {
    behind.trim_start().starts_with([':', '：'])
}
