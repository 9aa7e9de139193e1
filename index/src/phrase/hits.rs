//! Where a text stands in one candidate.

use std::ops::Range;

use super::TextQuery;
use crate::fields::BLOCK;
use crate::timeline::Positions;

/// Where a text begins in one candidate, as positions of words and of grams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextHits {
    pub(crate) words: Vec<u32>,
    pub(crate) grams: Vec<u32>,
    /// Of [`TextQuery::spellings`].
    pub(crate) spellings: Vec<TextHits>,
}

impl TextHits {
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.grams.is_empty() && self.spellings.iter().all(Self::is_empty)
    }

    /// How often the text stands there.
    pub(crate) fn count(&self) -> usize {
        let others: usize = self.spellings.iter().map(Self::count).sum();
        self.words.len().max(self.grams.len()) + others
    }

    /// Keeps those that lie wholly within one of `ranges`.
    #[must_use]
    pub(crate) fn within(&self, ranges: &Positions, query: &TextQuery) -> Self {
        self.filtered(
            query,
            &|ranges, at, reach| lies_in(ranges, at, reach),
            ranges,
        )
    }

    /// Drops those that lie wholly within one of `ranges`.
    #[must_use]
    pub(crate) fn without(&self, ranges: &Positions, query: &TextQuery) -> Self {
        self.filtered(
            query,
            &|ranges, at, reach| !lies_in(ranges, at, reach),
            ranges,
        )
    }

    fn filtered(
        &self,
        query: &TextQuery,
        keeps: &impl Fn(&[Range<u32>], u32, u32) -> bool,
        ranges: &Positions,
    ) -> Self {
        let spellings = self.spellings.iter().zip(&query.spellings);
        Self {
            words: filter(&self.words, |at| {
                keeps(&ranges.words, at, query.words.reach())
            }),
            grams: filter(&self.grams, |at| {
                keeps(&ranges.grams, at, query.grams.reach())
            }),
            spellings: spellings
                .map(|(hits, query)| hits.filtered(query, keeps, ranges))
                .collect(),
        }
    }

    /// The blocks that hold a hit, in order, each once.
    pub(crate) fn blocks(&self, query: &TextQuery) -> Vec<usize> {
        let mut blocks: Vec<usize> = self
            .in_one_block(query)
            .into_iter()
            .map(|at| (at / BLOCK) as usize)
            .collect();
        blocks.sort_unstable();
        blocks.dedup();
        blocks
    }

    /// Where the hits in block `block` begin, counted from its first position.
    pub(crate) fn offsets_in_block(&self, query: &TextQuery, block: usize) -> Vec<u32> {
        let hits = self.in_one_block(query).into_iter();
        hits.filter(|&at| (at / BLOCK) as usize == block)
            .map(|at| at % BLOCK)
            .collect()
    }

    fn in_one_block(&self, query: &TextQuery) -> Vec<u32> {
        let of_phrase = |hits: &[u32], reach: u32| {
            filter(hits, |at| at / BLOCK == at.saturating_add(reach) / BLOCK)
        };
        let mut hits = of_phrase(&self.words, query.words.reach());
        hits.extend(of_phrase(&self.grams, query.grams.reach()));
        for (spelling, query) in self.spellings.iter().zip(&query.spellings) {
            hits.extend(spelling.in_one_block(query));
        }
        hits
    }
}

fn filter(hits: &[u32], keep: impl Fn(u32) -> bool) -> Vec<u32> {
    hits.iter().copied().filter(|&at| keep(at)).collect()
}

fn lies_in(ranges: &[Range<u32>], at: u32, reach: u32) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    let last = at.saturating_add(reach);
    after > 0 && last < ranges[after - 1].end
}
