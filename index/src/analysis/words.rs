//! Normalized text to word tokens.

use std::ops::Range;

use super::grams::CellPlace;
use super::morphemes::Morpheme;
use super::names::{Atom, Name};
use super::normalize::Normalized;

/// How many positions lie between two sentences or lines: more than a phrase has of dropped words
/// in a row, and few, which keeps positions small.
pub(crate) const BREAK_GAP: u32 = 16;

/// A term and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What is looked up.
    pub term: String,
    /// Counted from 0 in words for words, in characters for grams; never falls from one token to
    /// the next.
    pub position: u32,
    /// Bytes of the original text, on character boundaries.
    pub span: Range<usize>,
}

/// Which terms a place in the text gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Every term that the place can be found by.
    Index,
    /// The one term that the place is to be found by.
    Query,
    /// As `Query`, wherever in a word the text begins.
    Phrase,
}

/// Something that takes positions.
pub(super) enum Item<'a> {
    Name(&'a Name),
    Morpheme(&'a Morpheme),
}

impl Item<'_> {
    fn span(&self) -> Range<usize> {
        match self {
            Self::Name(name) => name.span(),
            Self::Morpheme(morpheme) => morpheme.span.clone(),
        }
    }
}

/// Merges names and morphemes into the order of the text.
///
/// lindera cuts Latin letters off from Japanese ones, so both lists hardly ever overlap; where they
/// do, the name wins.
fn in_order<'a>(names: &'a [Name], morphemes: &'a [Morpheme]) -> impl Iterator<Item = Item<'a>> {
    let mut names = names.iter().peekable();
    let mut morphemes = morphemes.iter().peekable();
    let mut end = 0;
    std::iter::from_fn(move || {
        while morphemes.next_if(|next| next.span.start < end).is_some() {}
        let name_is_first = match (names.peek(), morphemes.peek()) {
            (Some(name), Some(morpheme)) => name.span().start < morpheme.span.end,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => return None,
        };
        let item = if name_is_first {
            Item::Name(names.next()?)
        } else {
            Item::Morpheme(morphemes.next()?)
        };
        end = item.span().end;
        Some(item)
    })
}

/// Makes the word tokens of a text.
pub(super) fn word_tokens(
    normalized: &Normalized,
    names: &[Name],
    morphemes: &[Morpheme],
    purpose: Purpose,
) -> Vec<Token> {
    let mut writer = Writer::new(normalized, BREAK_GAP);
    for item in in_order(names, morphemes) {
        writer.cross_to(item.span());
        match item {
            Item::Name(name) => write_name(&mut writer, name, purpose),
            Item::Morpheme(morpheme) => {
                if let Some(term) = &morpheme.term {
                    writer.write(term.clone(), 0, morpheme.span.clone());
                }
                writer.advance(1);
            }
        }
    }
    writer.tokens
}

/// Writes the terms of a name: its atoms whole and in parts, and each two neighbours of a slash.
fn write_name(writer: &mut Writer<'_>, name: &Name, purpose: Purpose) {
    let is_pair = name.atoms.len() == 2;
    let mut pair_written = false;
    for (index, atom) in name.atoms.iter().enumerate() {
        let pair = name.atoms.get(index + 1).and_then(|next| pair(atom, next));
        if let Some((term, span)) = pair
            && (purpose == Purpose::Index || is_pair)
        {
            writer.write(term, 0, span);
            pair_written = true;
        }
        if purpose == Purpose::Index || !pair_written {
            write_atom(writer, atom, purpose);
        }
        writer.advance(atom.width());
    }
}

/// The term of two atoms with a slash between: `ci/cd`.
fn pair(left: &Atom, right: &Atom) -> Option<(String, Range<usize>)> {
    let (first, second) = (left.whole.as_ref()?, right.whole.as_ref()?);
    Some((format!("{first}/{second}"), left.span.start..right.span.end))
}

fn write_atom(writer: &mut Writer<'_>, atom: &Atom, purpose: Purpose) {
    if let Some(whole) = &atom.whole {
        writer.write(whole.clone(), 0, atom.span.clone());
        if purpose != Purpose::Index {
            return;
        }
    }
    for (offset, part) in (0..).zip(&atom.parts) {
        if atom.whole.as_ref() != Some(&part.term) {
            writer.write(part.term.clone(), offset, part.span.clone());
        }
        if purpose == Purpose::Index
            && let Some(stem) = &part.stem
        {
            writer.write(stem.clone(), offset, part.span.clone());
        }
    }
}

impl Atom {
    /// How many positions the atom takes.
    pub(super) fn width(&self) -> u32 {
        u32::try_from(self.parts.len()).unwrap_or(u32::MAX)
    }
}

/// Collects tokens and counts positions.
pub(super) struct Writer<'a> {
    normalized: &'a Normalized,
    pub(super) tokens: Vec<Token>,
    position: u32,
    /// How many positions lie between two sentences or lines.
    break_gap: u32,
    /// Where the last item ended, in the normalized text; none before the first.
    last_end: Option<usize>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(normalized: &'a Normalized, break_gap: u32) -> Self {
        Self {
            normalized,
            tokens: Vec::new(),
            position: 0,
            break_gap,
            last_end: None,
        }
    }

    /// Goes on to the item at `span`, with a gap when a line or sentence ends before it.
    pub(super) fn cross_to(&mut self, span: Range<usize>) {
        let between = self
            .last_end
            .and_then(|end| self.normalized.as_str().get(end..span.start));
        if between.is_some_and(|text| text.contains(['\n', '。'])) {
            self.advance(self.break_gap);
        }
        self.last_end = Some(span.end);
    }

    pub(super) fn advance(&mut self, positions: u32) {
        self.position = self.position.saturating_add(positions);
    }

    /// Where a character at `span` of the normalized text stands.
    pub(super) fn place(&self, span: Range<usize>) -> CellPlace {
        CellPlace {
            position: self.position,
            span: self.normalized.original_range(span),
        }
    }

    /// Adds a token `offset` positions from here; `span` is of the normalized text.
    pub(super) fn write(&mut self, term: String, offset: u32, span: Range<usize>) {
        self.tokens.push(Token {
            term,
            position: self.position.saturating_add(offset),
            span: self.normalized.original_range(span),
        });
    }
}
