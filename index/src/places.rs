//! Where each token of a text stands, kept beside the postings: evidence needs no second analysis.
//!
//! Of words each token has its bytes, of grams each character and each Latin word; a bigram lies
//! where its two characters do. What stands next to what came before, as most does, takes one byte:
//! three bits say how far the next one is, in positions and bytes, five how long it is.

use std::ops::Range;

use crate::analysis::{Analyzed, GRAM_BREAK, Token, WORD_BREAK, Wanted};
use crate::varint::{Damaged, Reader, Writer};

/// The places of both kinds of tokens of a text.
#[derive(Debug, Default)]
pub(crate) struct Places {
    pub(crate) words: TokenPlaces,
    pub(crate) grams: TokenPlaces,
}

/// The bytes of what stands at each position, in order of positions.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TokenPlaces(Vec<Place>);

/// A token's place. Tokens of one position with unlike bytes are told apart by a byte of their
/// term's hash, which is 0 elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    position: u32,
    term: u8,
    span: Range<usize>,
}

/// From the last position to the next, in positions, and from the end of the last token to the start
/// of the next, in bytes.
type Jump = (u32, i64);

/// The commonest jumps between words: over a particle, a symbol, white space, a line end.
const WORD_JUMPS: [Jump; 7] = [
    (1, 0),
    (1, 3),
    (2, 3),
    (2, 6),
    (1, 1),
    (1 + WORD_BREAK, 3),
    (1 + WORD_BREAK, 5),
];

/// The commonest jumps between the characters of grams.
const CELL_JUMPS: [Jump; 7] = [
    (1, 0),
    (1, 1),
    (1, 2),
    (1, 3),
    (1 + GRAM_BREAK, 3),
    (1 + GRAM_BREAK, 4),
    (1 + GRAM_BREAK, 5),
];

/// Stands for a jump that is written out.
const OTHER_JUMP: u8 = 7;

/// How many lengths in Japanese characters have a code, from one on: of a word, or of a run of
/// characters that each have a place.
const CHARACTERS: u8 = 16;

/// Behind these stand lengths of 1 to 14 bytes; this stands for one that is written out.
const OTHER_LENGTH: u8 = 30;

/// Stands for several tokens at one position.
const SEVERAL: u8 = 31;

/// Bytes of most Japanese characters.
const CHARACTER_BYTES: usize = 3;

/// How the places of one kind of tokens are written.
#[derive(Clone, Copy)]
struct Code {
    jumps: &'static [Jump; 7],
    /// Whether each character has a place of its own.
    are_cells: bool,
}

const WORDS: Code = Code {
    jumps: &WORD_JUMPS,
    are_cells: false,
};

const GRAMS: Code = Code {
    jumps: &CELL_JUMPS,
    are_cells: true,
};

impl Places {
    pub(crate) fn of(analyzed: &Analyzed) -> Self {
        Self {
            words: TokenPlaces::of(analyzed.words.iter().map(Place::of)),
            grams: TokenPlaces::of_grams(analyzed),
        }
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.words.write(WORDS, &mut writer);
        self.grams.write(GRAMS, &mut writer);
        writer.bytes
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut reader = Reader::new(bytes);
        Ok(Self {
            words: TokenPlaces::read(WORDS, &mut reader)?,
            grams: TokenPlaces::read(GRAMS, &mut reader)?,
        })
    }
}

impl Place {
    fn of(token: &Token) -> Self {
        Self {
            position: token.position,
            term: term_byte(&token.term),
            span: token.span.clone(),
        }
    }

    fn jump_from(&self, last: &Last) -> Jump {
        let gap = self.span.start as i64 - last.end as i64;
        (self.position - last.position, gap)
    }
}

/// What the next place is told from.
#[derive(Default)]
struct Last {
    position: u32,
    end: usize,
}

impl Last {
    fn after(&self, jump: Jump) -> Result<(u32, usize), Damaged> {
        let position = self.position.checked_add(jump.0).ok_or(Damaged)?;
        let start = (self.end as i64).checked_add(jump.1).ok_or(Damaged)?;
        Ok((position, usize::try_from(start).map_err(|_| Damaged)?))
    }
}

impl TokenPlaces {
    fn of(places: impl Iterator<Item = Place>) -> Self {
        let mut places: Vec<Place> = places.collect();
        places.sort_by_key(|place| (place.position, place.span.start, place.span.end, place.term));
        places.dedup();
        let mut told_apart = Vec::with_capacity(places.len());
        for group in places.chunk_by(|one, other| one.position == other.position) {
            if group.iter().all(|place| place.span == group[0].span) {
                told_apart.push(Place {
                    term: 0,
                    ..group[0].clone()
                });
            } else {
                told_apart.extend_from_slice(group);
            }
        }
        Self(told_apart)
    }

    /// The characters, and the tokens where there is none: those of Latin words.
    fn of_grams(analyzed: &Analyzed) -> Self {
        let cells = &analyzed.cells;
        let is_cell = |token: &&Token| {
            let found = cells.binary_search_by_key(&token.position, |cell| cell.position);
            found.is_ok()
        };
        let latin = analyzed.grams.iter().filter(|token| !is_cell(token));
        let cells = cells.iter().map(|cell| Place {
            position: cell.position,
            term: 0,
            span: cell.span.clone(),
        });
        Self::of(cells.chain(latin.map(Place::of)))
    }

    fn write(&self, code: Code, writer: &mut Writer) {
        let positions = self.0.chunk_by(|one, other| one.position == other.position);
        let positions: Vec<&[Place]> = positions.collect();
        let mut rest = positions.as_slice();
        let mut last = Last::default();
        let mut records = Writer::default();
        let mut count = 0;
        while let Some(group) = rest.first() {
            let in_row = code.in_row(rest);
            code.write(group, in_row, &last, &mut records);
            count += 1;
            let (done, behind) = rest.split_at(in_row.max(1));
            let end = done.last().map_or(&group[0], |group| &group[0]);
            last = Last {
                position: end.position,
                end: end.span.end,
            };
            rest = behind;
        }
        writer.size(count);
        writer.bytes.extend(records.bytes);
    }

    fn read(code: Code, reader: &mut Reader<'_>) -> Result<Self, Damaged> {
        let mut last = Last::default();
        let mut places = Vec::new();
        for _ in 0..reader.size()? {
            let head = reader.byte()?;
            let jump = match code.jumps.get(usize::from(head >> 5)) {
                Some(&jump) => jump,
                None => (reader.position()?, reader.signed()?),
            };
            let (position, start) = last.after(jump)?;
            let shape = head & 0x1F;
            let length = match shape {
                SEVERAL => {
                    last = read_several(position, start, reader, &mut places)?;
                    continue;
                }
                OTHER_LENGTH => reader.size()?,
                CHARACTERS.. => usize::from(shape - CHARACTERS) + 1,
                _ if code.are_cells => CHARACTER_BYTES,
                _ => (usize::from(shape) + 1) * CHARACTER_BYTES,
            };
            let run = if code.are_cells && shape < CHARACTERS {
                u32::from(shape) + 1
            } else {
                1
            };
            let mut start = start;
            for step in 0..run {
                let position = position.checked_add(step).ok_or(Damaged)?;
                let end = start.checked_add(length).ok_or(Damaged)?;
                places.push(Place {
                    position,
                    term: 0,
                    span: start..end,
                });
                last = Last { position, end };
                start = end;
            }
        }
        Ok(Self(places))
    }

    /// Returns the bytes from the first to the last of `terms`, each with its position.
    pub(crate) fn range_of<'a>(
        &self,
        terms: impl Iterator<Item = (u32, &'a Wanted)>,
    ) -> Option<Range<usize>> {
        let mut range: Option<Range<usize>> = None;
        for (position, wanted) in terms {
            let place = self.span(position, wanted)?;
            let so_far = range.unwrap_or(place.clone());
            range = Some(so_far.start.min(place.start)..so_far.end.max(place.end));
        }
        range
    }

    fn span(&self, position: u32, wanted: &Wanted) -> Option<Range<usize>> {
        match wanted {
            Wanted::Term(term) | Wanted::Beginning(term) => {
                let mut here = self.at(position);
                let any = here.clone().next();
                let byte = term_byte(term);
                let place = here.find(|place| place.term == byte).or(any)?;
                Some(place.span.clone())
            }
            Wanted::Character(_) => Some(self.at(position).next()?.span.clone()),
            Wanted::Pair(_) => {
                let first = self.at(position).next()?.span.start;
                Some(first..self.at(position.checked_add(1)?).next()?.span.end)
            }
        }
    }

    fn at(&self, position: u32) -> impl Iterator<Item = &Place> + Clone {
        let first = self.0.partition_point(|place| place.position < position);
        self.0[first..]
            .iter()
            .take_while(move |place| place.position == position)
    }
}

impl Code {
    /// Writes the tokens of one position, or the characters of the first `in_row` positions.
    fn write(self, group: &[Place], in_row: usize, last: &Last, writer: &mut Writer) {
        let place = &group[0];
        let length = place.span.len();
        let characters = match self.are_cells {
            true => in_row,
            false if length.is_multiple_of(CHARACTER_BYTES) => length / CHARACTER_BYTES,
            false => 0,
        };
        let shape = if group.len() > 1 {
            SEVERAL
        } else if (1..=usize::from(CHARACTERS)).contains(&characters) {
            characters as u8 - 1
        } else if (1..=usize::from(OTHER_LENGTH - CHARACTERS)).contains(&length) {
            CHARACTERS + length as u8 - 1
        } else {
            OTHER_LENGTH
        };
        let jump = place.jump_from(last);
        let known = self.jumps.iter().position(|known| *known == jump);
        let jump_code = known.map_or(OTHER_JUMP, |known| known as u8);
        writer.bytes.push(jump_code << 5 | shape);
        if jump_code == OTHER_JUMP {
            writer.number(u64::from(jump.0));
            writer.signed(jump.1);
        }
        match shape {
            OTHER_LENGTH => writer.size(length),
            SEVERAL => {
                writer.size(group.len());
                for one in group {
                    writer.bytes.push(one.term);
                    writer.signed(one.span.start as i64 - place.span.start as i64);
                    writer.size(one.span.len());
                }
            }
            _ => {}
        }
    }

    /// How many of the first positions hold a Japanese character each, one behind the other, as far
    /// as one code goes; 0 where each has no place of its own.
    fn in_row(self, positions: &[&[Place]]) -> usize {
        let is_character =
            |group: &[Place]| matches!(group, [place] if place.span.len() == CHARACTER_BYTES);
        if !self.are_cells || !positions.first().is_some_and(|first| is_character(first)) {
            return 0;
        }
        let follow = positions.windows(2).take_while(|pair| {
            let (one, other) = (&pair[0][0], &pair[1][0]);
            is_character(pair[1])
                && other.position == one.position + 1
                && other.span.start == one.span.end
        });
        1 + follow.take(usize::from(CHARACTERS) - 1).count()
    }
}

/// Reads the tokens of one position, which `start` is the first byte of.
fn read_several(
    position: u32,
    start: usize,
    reader: &mut Reader<'_>,
    places: &mut Vec<Place>,
) -> Result<Last, Damaged> {
    let mut end = start;
    for number in 0..reader.size()? {
        let term = reader.byte()?;
        let (_, begin) = Last {
            position,
            end: start,
        }
        .after((0, reader.signed()?))?;
        let span = begin..begin.checked_add(reader.size()?).ok_or(Damaged)?;
        if number == 0 {
            end = span.end;
        }
        places.push(Place {
            position,
            term,
            span,
        });
    }
    Ok(Last { position, end })
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
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::Analyzer;

    fn token(term: &str, position: u32, span: Range<usize>) -> Token {
        Token {
            term: term.to_owned(),
            position,
            span,
        }
    }

    fn term(term: &str) -> Wanted {
        Wanted::Term(term.to_owned())
    }

    fn written_and_read(places: &Places) -> Places {
        Places::read(&places.to_bytes()).expect("what was written")
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
            cells: Vec::new(),
        };
        let words = written_and_read(&Places::of(&analyzed)).words;
        let range =
            |terms: &[(u32, Wanted)]| words.range_of(terms.iter().map(|(at, term)| (*at, term)));
        assert_eq!(range(&[(0, term("ci/cd"))]), Some(0..5));
        assert_eq!(range(&[(0, term("ci"))]), Some(0..2));
        assert_eq!(range(&[(0, term("ci")), (1, term("cd"))]), Some(0..5));
        assert_eq!(range(&[(9, term("ci"))]), None);
    }

    #[test]
    fn a_pair_lies_where_its_characters_do() {
        let analyzer = Analyzer::builtin().expect("the dictionary is intact");
        let text = "- 飯　泉、ｶﾞｰﾄﾞ";
        let analyzed = analyzer.analyze(text);
        let grams = written_and_read(&Places::of(&analyzed)).grams;
        let shown = |position: u32, term: &str| {
            let range = grams.range_of([(position, &Wanted::of_gram(term))].into_iter())?;
            text.get(range)
        };
        assert_eq!(shown(0, "^飯泉"), Some("飯　泉"));
        assert_eq!(shown(0, "^飯"), Some("飯"));
        assert_eq!(shown(2, "^ガー"), Some("ｶﾞｰ"));
        assert_eq!(shown(3, "ード"), Some("ｰﾄﾞ"));
        assert_eq!(shown(4, "ドア"), None);
    }

    #[test]
    fn most_takes_a_byte_a_word_and_little_for_grams() {
        let analyzer = Analyzer::builtin().expect("the dictionary is intact");
        let text = "要件の定義から実装、試験まで担当。\n分散データベースの設計と運用を担当した。\n";
        let analyzed = analyzer.analyze(text);
        let size = Places::of(&analyzed).to_bytes().len();
        assert!(
            size <= analyzed.words.len() * 2 + analyzed.cells.len() / 2,
            "{size} bytes for {} words and {} characters",
            analyzed.words.len(),
            analyzed.cells.len()
        );
    }

    /// Checks that `token` is found at its bytes, or at those of a token that has its hash.
    fn check_found(
        token: &Token,
        wanted: &Wanted,
        tokens: &[Token],
        places: &TokenPlaces,
    ) -> Result<(), TestCaseError> {
        let alike = tokens.iter().filter(|other| {
            other.position == token.position && term_byte(&other.term) == term_byte(&token.term)
        });
        let spans: Vec<Range<usize>> = alike.map(|other| other.span.clone()).collect();
        let found = places.range_of([(token.position, wanted)].into_iter());
        prop_assert!(
            found.is_some_and(|found| spans.contains(&found)),
            "{:?}",
            token
        );
        Ok(())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            text in "([a-z]{1,20}[./ ][a-z0-9]{1,3}|[ぁ-んァ-ヶ一-龠]{1,40}|[ｱ-ﾝﾞ]{1,4}|[、。\n 　㍿😀]){0,30}",
        ) {
            let analyzer = Analyzer::builtin().expect("the dictionary is intact");
            let analyzed = analyzer.analyze(&text);
            let places = Places::of(&analyzed);
            let read = written_and_read(&places);
            prop_assert_eq!(&read.words, &places.words);
            prop_assert_eq!(&read.grams, &places.grams);
            for token in &analyzed.words {
                check_found(token, &term(&token.term), &analyzed.words, &read.words)?;
            }
            for token in &analyzed.grams {
                match Wanted::of_gram(token.term.trim_start_matches('?')) {
                    Wanted::Character(_) if token.span.len() > 3 => {}
                    wanted => check_found(token, &wanted, &analyzed.grams, &read.grams)?,
                }
            }
        }

        #[test]
        fn any_bytes_are_places_or_damaged(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Places::read(&bytes);
        }
    }
}
