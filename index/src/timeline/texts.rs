//! Which stints' text a place in the whole text is in.

use super::draft::PER_RANGE;
use super::{Positions, Timeline, unit_of};
use crate::phrase::{TextHits, TextQuery};
use crate::stint_set::StintSet;
use crate::varint::Damaged;

/// Ranges of positions, each with its stint, in order of where they begin.
#[derive(Clone, Copy)]
struct Ranges<'t> {
    units: &'t [u64],
    is_wide: bool,
    /// Where they are among the units.
    first: usize,
    count: usize,
}

impl Ranges<'_> {
    fn get(self, number: usize) -> (u32, u32, usize) {
        let at = self.first + number * PER_RANGE;
        let unit = |at| unit_of(self.units, at, self.is_wide);
        (unit(at), unit(at + 1), unit(at + 2) as usize)
    }

    /// Adds the stints whose text holds one of `starts`, which are in order, and the `reach` positions
    /// behind it.
    fn add_stints(self, starts: &[u32], reach: u32, stints: &mut StintSet) {
        let Some(&last) = starts.last() else {
            return;
        };
        for number in 0..self.count {
            let (first, after, stint) = self.get(number);
            if first > last {
                break;
            }
            // The first start in the range ends first: if it does not lie within, none does.
            let inside = starts.partition_point(|&start| start < first);
            if starts[inside].saturating_add(reach) < after {
                stints.insert(stint);
            }
        }
    }

    fn of_stint(self, stint: usize) -> Vec<std::ops::Range<u32>> {
        let ranges = (0..self.count).map(|number| self.get(number));
        let own = ranges.filter(|(.., of)| *of == stint);
        own.map(|(first, after, _)| first..after).collect()
    }
}

impl Timeline<'_> {
    fn ranges(&self) -> Result<[Ranges<'_>; 2], Damaged> {
        let is_wide = self.head().is_wide;
        let units = self.texts.get_or_init(|| self.rows(&self.head().text_rows));
        let ranges = |at: usize| Ranges {
            units,
            is_wide,
            first: at + 1,
            count: unit_of(units, at, is_wide) as usize,
        };
        let words = ranges(0);
        let grams = ranges(
            words
                .first
                .saturating_add(words.count.saturating_mul(PER_RANGE)),
        );
        let most = units.len() * self.units_per_word() / PER_RANGE;
        if words.count > most || grams.count > most {
            return Err(Damaged);
        }
        Ok([words, grams])
    }

    /// The stints whose text holds one of `hits`.
    pub(crate) fn stints_with(
        &self,
        hits: &TextHits,
        query: &TextQuery,
    ) -> Result<StintSet, Damaged> {
        let [words, grams] = self.ranges()?;
        let mut stints = StintSet::default();
        words.add_stints(&hits.words, query.words.reach(), &mut stints);
        grams.add_stints(&hits.grams, query.grams.reach(), &mut stints);
        for (hits, query) in hits.spellings.iter().zip(&query.spellings) {
            if !hits.is_empty() {
                stints.add(&self.stints_with(hits, query)?);
            }
        }
        Ok(stints)
    }

    /// Where the text of a stint is.
    pub(crate) fn text(&self, stint: usize) -> Result<Positions, Damaged> {
        let [words, grams] = self.ranges()?;
        Ok(Positions {
            words: words.of_stint(stint),
            grams: grams.of_stint(stint),
        })
    }
}
