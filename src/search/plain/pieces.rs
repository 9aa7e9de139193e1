//! Bare words side by side, and the pieces that they are cut into: names, amounts, words that say
//! something, and the rest.

use std::ops::Range;

use shokureki_index::analysis::{Normalized, normalize};
use shokureki_index::lexicon::{Lexicon, NameAt};
use shokureki_index::words;

use super::super::plan::name_length;
use super::super::syntax::Term;
use super::cut::Cutter;
use super::time::{self, Amount};
use super::vocabulary::Sense;

/// A part of a run.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    pub(super) kind: Kind<'a>,
    /// Bytes of the run's normalized text.
    pub(super) range: Range<usize>,
}

#[derive(Clone, Debug)]
pub(super) enum Kind<'a> {
    /// A name of the lexicon.
    Name(NameAt<'a>),
    /// Certificates of a grade or higher, one of which is asked for.
    Certificates(Vec<String>),
    /// An amount or a point of time.
    Amount(Amount),
    /// A word that says something.
    Sense(Sense),
    /// Anything else.
    Word,
    /// Several words written as one: a Latin name and the unknown word that is glued to it
    /// (`AWS基盤`), words with particles between them (画面の設計). The whole may as well be one name.
    Compound(Vec<Range<usize>>),
}

/// Bare words side by side.
pub(super) struct Run<'a> {
    terms: Vec<&'a Term>,
    /// The terms as typed, with a space between them.
    text: String,
    /// Where each term begins in `text`.
    starts: Vec<usize>,
    normalized: Normalized,
}

impl<'a> Run<'a> {
    pub(super) fn new(terms: Vec<&'a Term>) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(terms.len());
        for term in &terms {
            if !text.is_empty() {
                text.push(' ');
            }
            starts.push(text.len());
            text.push_str(&term.text);
        }
        let normalized = normalize(&text);
        Self {
            terms,
            text,
            starts,
            normalized,
        }
    }

    /// The text that ranges of pieces are of.
    pub(super) fn normal(&self) -> &str {
        self.normalized.as_str()
    }

    /// What was typed at `range` of the normalized text.
    pub(super) fn typed(&self, range: Range<usize>) -> Term {
        let original = self.normalized.original_range(range);
        let typed = &self.text[original.clone()];
        let begin = original.start + typed.len() - typed.trim_start().len();
        let end = original.start + typed.trim_end().len();
        Term {
            text: typed.trim().to_owned(),
            position: self.position(begin, begin),
            end: self.position(end, end.saturating_sub(1)),
        }
    }

    /// The character of the query at byte `at` of the text, counted in the term that holds `inside`.
    fn position(&self, at: usize, inside: usize) -> usize {
        let term = self.starts.partition_point(|&start| start <= inside).max(1) - 1;
        let before = self.text[self.starts[term]..at.max(self.starts[term])].chars();
        self.terms[term].position + before.count()
    }

    /// The terms that `range` of the normalized text covers, if it covers them whole.
    pub(super) fn whole_terms(&self, range: Range<usize>) -> Option<&[&'a Term]> {
        let original = self.normalized.original_range(range);
        let first = self.starts.binary_search(&original.start).ok()?;
        let behind = self.starts.partition_point(|&start| start < original.end);
        let last = &self.terms[behind - 1];
        let ends = original.end == self.starts[behind - 1] + last.text.len();
        ends.then(|| &self.terms[first..behind])
    }

    /// Cuts the run.
    pub(super) fn pieces<'l>(&self, lexicon: &'l Lexicon) -> Vec<Piece<'l>> {
        let mut cutter = Cutter::new(lexicon, self.normal(), self.term_ends());
        let mut pieces: Vec<Piece<'l>> = Vec::new();
        let mut at = 0;
        while let Some((start, end)) = cutter.term_at(at) {
            let before = pieces.len();
            let index = self.terms.len() - cutter.ends().iter().filter(|&&end| end > start).count();
            let joined = self.joined(index, &cutter);
            if let Some((name, end)) = joined {
                pieces.push(Piece {
                    kind: Kind::Name(name),
                    range: start..end,
                });
            } else {
                cutter.term(start, end, &mut pieces);
            }
            at = pieces[before..]
                .last()
                .map_or(end, |piece| piece.range.end.max(start + 1));
        }
        pieces
    }

    /// Where each term ends in the normalized text.
    fn term_ends(&self) -> Vec<usize> {
        let normal = self.normal();
        let mut ends = Vec::with_capacity(self.terms.len());
        let mut boundaries = normal
            .char_indices()
            .map(|(at, _)| at)
            .chain([normal.len()]);
        for (term, start) in self.terms.iter().zip(&self.starts) {
            let original_end = start + term.text.len();
            let reaches = |at: usize| {
                at == normal.len()
                    || self.normalized.original_range(at..normal.len()).start >= original_end
            };
            ends.push(boundaries.find(|&at| reaches(at)).unwrap_or(normal.len()));
        }
        ends
    }

    /// The name that whole terms from `index` on are, a version included: `AWS Lambda`, `Python 3`.
    fn joined<'l>(&self, index: usize, cutter: &Cutter<'l, '_>) -> Option<(NameAt<'l>, usize)> {
        let begins_amount = |number: &usize| {
            let start = number
                .checked_sub(1)
                .map_or(0, |before| cutter.ends()[before]);
            time::amount(self.normal()[start..].trim_start()).is_some()
        };
        // Go(3年以上) AWS(1年以上): no name goes on behind a remark.
        let has_remark = |number: &usize| self.terms[number - 1].text.contains(['(', '（']);
        let last = (index + 1..self.terms.len())
            .find(|number| has_remark(number) || begins_amount(number))
            .unwrap_or(self.terms.len());
        let terms = self.terms.get(index..last)?;
        let length = name_length(cutter.lexicon, terms)
            .or_else(|| cutter.is_name(terms.first()?, index).then_some(1))?;
        let words: Vec<&str> = terms[..length]
            .iter()
            .map(|term| term.text.as_str())
            .collect();
        let text = words.join(" ");
        let end = cutter.ends()[index + length - 1];
        let certificate = cutter.lexicon.certificate_named(&text);
        let technology = cutter.lexicon.resolve(&text).map(|found| found.technology);
        Some((
            NameAt {
                end,
                technology: technology.filter(|_| certificate.is_none() || length == 1),
                company: cutter.lexicon.company(&text),
                certificate,
            },
            end,
        ))
    }
}

/// 業務系, 基盤系: 系 behind words that are no names.
pub(super) fn is_kind_of_work(pieces: &[Piece<'_>]) -> bool {
    let is_group = |piece: &Piece<'_>| matches!(piece.kind, Kind::Sense(Sense::Group));
    pieces.iter().skip(1).any(is_group) && !pieces.iter().any(|piece| is_name(&piece.kind))
}

/// 採用管理, 業務設計: a trade of its own, not two words that any request may have.
pub(super) fn is_trade(term: &str, pieces: &[Piece<'_>]) -> bool {
    let is_activity = |piece: &Piece<'_>| matches!(piece.kind, Kind::Sense(Sense::Activity));
    words!["採用", "人材", "案件", "業務", "求人"].begin(term)
        && pieces.iter().skip(1).any(is_activity)
        && !pieces.iter().any(|piece| is_name(&piece.kind))
}

/// Whether the piece is a name of the lexicon.
pub(super) fn is_name(kind: &Kind<'_>) -> bool {
    matches!(kind, Kind::Name(_))
}
