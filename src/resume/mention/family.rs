//! Names beside names: what stands in a list or a column of technologies is one.

use std::collections::HashMap;

use super::Hits;
use crate::resume::block::{Blocks, Kind};
use crate::resume::letters::is_alphabetic;

/// Characters of a name in a list, with what is said of it.
const MAX_NAME_CHARS: usize = 40;

/// What the members of a list or column are.
#[derive(Clone, Copy, Debug, Default)]
struct Family {
    members: usize,
    names: usize,
}

/// The lists and columns of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Families {
    by_place: HashMap<(usize, usize), Family>,
}

/// Where a block has its like: the block above it, and a column or `usize::MAX`.
fn place(blocks: &Blocks, at: usize) -> Option<(usize, usize)> {
    let block = &blocks[at];
    match block.kind {
        Kind::Item | Kind::Line => Some((block.parent, usize::MAX)),
        Kind::Cell if !blocks[block.parent].is_header => {
            Some((blocks[block.parent].parent, block.column))
        }
        _ => None,
    }
}

impl Families {
    /// Counts the names of all lists and columns.
    pub(super) fn of(blocks: &Blocks, hits: &[Hits]) -> Self {
        let mut families = Self::default();
        for at in 1..blocks.len() {
            let text = blocks[at].str();
            if text.is_empty() {
                continue;
            }
            let Some(place) = place(blocks, at) else {
                continue;
            };
            let family = families.by_place.entry(place).or_default();
            family.members += 1;
            family.names += usize::from(is_name(text, &hits[at]));
        }
        families
    }

    /// Returns whether a short text stands among others that name technologies.
    pub(super) fn is_among_names(&self, blocks: &Blocks, at: usize, hits: &Hits) -> bool {
        let text = blocks[at].str();
        if text.chars().count() > MAX_NAME_CHARS || is_name(text, hits) {
            return false;
        }
        place(blocks, at)
            .and_then(|place| self.by_place.get(&place))
            .is_some_and(|family| family.names >= 2 && family.names * 2 >= family.members)
    }
}

/// Returns whether a text is the name of a technology and little more.
pub(super) fn is_name(text: &str, hits: &Hits) -> bool {
    if hits.found.is_empty() || text.chars().count() > MAX_NAME_CHARS * 2 {
        return false;
    }
    let count = |text: &str| text.chars().filter(|c| is_alphabetic(*c)).count();
    let covered: usize = hits
        .found
        .iter()
        .map(|hit| count(&text[hit.span.clone()]))
        .sum();
    covered * 2 >= count(text)
}
