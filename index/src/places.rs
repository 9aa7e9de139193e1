//! Where each token of a text stands, kept beside the postings: evidence needs no second analysis.

use std::ops::Range;

use crate::analysis::{Analyzed, Token};
use crate::varint::{Damaged, Reader, Writer};

/// The places of both kinds of tokens of a text.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) words: TokenPlaces,
    pub(crate) grams: TokenPlaces,
}

/// The bytes of each token.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TokenPlaces(Vec<Place>);

/// A token's place. Tokens of one position are told apart by a byte of their term's hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    position: u32,
    term: u8,
    start: usize,
    end: usize,
}

impl Places {
    pub(crate) fn of(analyzed: &Analyzed) -> Self {
        Self {
            words: TokenPlaces::of(&analyzed.words),
            grams: TokenPlaces::of(&analyzed.grams),
        }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        for TokenPlaces(places) in [&self.words, &self.grams] {
            writer.size(places.len());
            let (mut position, mut start) = (0, 0);
            for place in places {
                writer.number(u64::from(place.position - position));
                writer.bytes.push(place.term);
                writer.signed(place.start as i64 - start as i64);
                writer.size(place.end - place.start);
                (position, start) = (place.position, place.start);
            }
        }
        writer.bytes
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut reader = Reader::new(bytes);
        Ok(Self {
            words: TokenPlaces::read(&mut reader)?,
            grams: TokenPlaces::read(&mut reader)?,
        })
    }
}

impl TokenPlaces {
    fn of(tokens: &[Token]) -> Self {
        let mut places: Vec<Place> = tokens
            .iter()
            .map(|token| Place {
                position: token.position,
                term: term_byte(&token.term),
                start: token.span.start,
                end: token.span.end,
            })
            .collect();
        places.sort_by_key(|place| (place.position, place.start, place.end, place.term));
        places.dedup();
        Self(places)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Damaged> {
        let (mut position, mut start) = (0u32, 0i64);
        let mut places = Vec::new();
        for _ in 0..reader.size()? {
            position = position.checked_add(reader.position()?).ok_or(Damaged)?;
            let term = reader.byte()?;
            start = start.checked_add(reader.signed()?).ok_or(Damaged)?;
            let begin = usize::try_from(start).map_err(|_| Damaged)?;
            let end = begin.checked_add(reader.size()?).ok_or(Damaged)?;
            places.push(Place {
                position,
                term,
                start: begin,
                end,
            });
        }
        Ok(Self(places))
    }

    /// Returns the bytes from the first to the last of `terms`, each with its position.
    pub(crate) fn range_of<'a>(
        &self,
        terms: impl Iterator<Item = (u32, &'a str)>,
    ) -> Option<Range<usize>> {
        let mut range: Option<Range<usize>> = None;
        for (position, term) in terms {
            let place = self.place(position, term_byte(term))?;
            let so_far = range.unwrap_or(place.start..place.end);
            range = Some(so_far.start.min(place.start)..so_far.end.max(place.end));
        }
        range
    }

    fn place(&self, position: u32, term: u8) -> Option<&Place> {
        let first = self.0.partition_point(|place| place.position < position);
        let mut here = self.0[first..]
            .iter()
            .take_while(|place| place.position == position);
        let any = here.clone().next();
        here.find(|place| place.term == term).or(any)
    }
}

/// FNV-1a, folded into a byte.
fn term_byte(term: &str) -> u8 {
    let hash = term.bytes().fold(0x811C_9DC5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash.to_le_bytes()
        .into_iter()
        .fold(0, |folded, byte| folded ^ byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(term: &str, position: u32, span: Range<usize>) -> Token {
        Token {
            term: term.to_owned(),
            position,
            span,
        }
    }

    #[test]
    fn tokens_of_one_position_keep_their_own_bytes() {
        let words = vec![
            token("ci/cd", 0, 0..5),
            token("ci", 0, 0..2),
            token("cd", 1, 3..5),
        ];
        let analyzed = Analyzed {
            words,
            grams: Vec::new(),
        };
        let bytes = Places::of(&analyzed).to_bytes();
        let places = Places::read(&bytes).expect("what was written");
        assert_eq!(
            places.words.range_of([(0, "ci/cd")].into_iter()),
            Some(0..5)
        );
        assert_eq!(places.words.range_of([(0, "ci")].into_iter()), Some(0..2));
        let both = [(0, "ci"), (1, "cd")].into_iter();
        assert_eq!(places.words.range_of(both), Some(0..5));
        assert_eq!(places.words.range_of([(9, "ci")].into_iter()), None);
    }
}
