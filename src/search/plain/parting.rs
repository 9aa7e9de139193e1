//! Signs and words inside a term that part it: commas, dots, examples, what was done with one of its words.

use shokureki_index::lexicon::MatchKind;

use super::cut::Cutter;
use super::pieces::{Kind, Piece};
use super::predicate;
use super::vocabulary::Sense;

impl<'l> Cutter<'l, '_> {
    /// The first comma of a term, or the sign between two technologies: Go&AWS, but not R&D.
    fn border_of_clause(&self, start: usize, end: usize) -> Option<(usize, &'static str)> {
        let term = &self.text[start..end];
        let comma = ["、", "。"]
            .into_iter()
            .filter_map(|sign| Some((start + term.find(sign)?, sign)))
            .min();
        comma.or_else(|| {
            let (first, second) = term.split_once('&')?;
            let is_technology = |name: &str| {
                let found = self.lexicon.resolve(name);
                found.is_some_and(|found| found.via == MatchKind::Exact)
            };
            let is_initials = first.len() == 1 && second.len() == 1;
            let is_both = !is_initials && is_technology(first) && is_technology(second);
            (is_both && self.lexicon.resolve(term).is_none()).then_some((start + first.len(), "&"))
        })
    }

    /// Cuts words with a dot between them, either of which is asked for: ECサイト・通販の開発. Names in
    /// katakana have dots, too; `false` for these and where there are none.
    pub(super) fn dots(&mut self, start: usize, end: usize, pieces: &mut Vec<Piece<'l>>) -> bool {
        let term = &self.text[start..end];
        let Some((first, second)) = term.split_once('・') else {
            return false;
        };
        let is_name = |word: &str| {
            word.chars()
                .all(|letter| matches!(letter, 'ァ'..='ヺ' | 'ー'))
        };
        let is_long = |word: &str| word.chars().nth(1).is_some();
        if (is_name(first) && is_name(second)) || !is_long(first) || !is_long(second) {
            return false;
        }
        let border = start + first.len();
        let either = Kind::Sense(Sense::Or);
        self.cut_at(start, end, border, '・'.len_utf8(), either, pieces);
        true
    }

    /// Cuts examples from what they are of, either of which is asked for: 証券など金融系.
    pub(super) fn examples(
        &mut self,
        start: usize,
        end: usize,
        pieces: &mut Vec<Piece<'l>>,
    ) -> bool {
        let term = &self.text[start..end];
        let found = ["などの", "など", "等の"]
            .into_iter()
            .find_map(|word| Some((term.find(word)?, word)));
        let is_long = |word: &str| word.chars().nth(1).is_some();
        let Some((at, word)) =
            found.filter(|(at, word)| is_long(&term[..*at]) && is_long(&term[at + word.len()..]))
        else {
            return false;
        };
        let either = Kind::Sense(Sense::Or);
        self.cut_at(start, end, start + at, word.len(), either, pieces);
        true
    }

    /// What parts two unknown words: 採用も担当していたマネージャー. Where it stands, its length, and what it is.
    pub(super) fn between_words(
        &self,
        start: usize,
        end: usize,
    ) -> Option<(usize, usize, Kind<'l>)> {
        let term = &self.text[start..end];
        let is_long = |word: &str| word.chars().nth(1).is_some();
        let is_hiragana = |letter: char| matches!(letter, 'ぁ'..='ゖ');
        term.char_indices().skip(2).find_map(|(at, letter)| {
            let (before, rest) = term.split_at(at);
            let has_particle = matches!(letter, 'を' | 'が' | 'に' | 'も' | 'は');
            let particle = letter.len_utf8();
            let verb = rest.get(particle..).filter(|_| has_particle)?;
            let length = particle + predicate::length_at(verb)?;
            let behind = &rest[length..];
            let parts = !before.ends_with(is_hiragana)
                && is_long(behind)
                && !behind.starts_with(is_hiragana);
            parts.then_some((start + at, length, Kind::Sense(Sense::Generic)))
        })
    }

    /// Cuts a sentence at its commas, each clause by itself; `false` where there are none.
    pub(super) fn clauses(
        &mut self,
        start: usize,
        end: usize,
        pieces: &mut Vec<Piece<'l>>,
    ) -> bool {
        let Some((comma, sign)) = self.border_of_clause(start, end) else {
            return false;
        };
        let sense = if sign == "、" {
            Sense::And
        } else {
            Sense::Glue
        };
        self.cut_at(start, end, comma, sign.len(), Kind::Sense(sense), pieces);
        true
    }

    /// Cuts a term at what stands at `border`, and what stands on both sides of it.
    pub(super) fn cut_at(
        &mut self,
        start: usize,
        end: usize,
        border: usize,
        length: usize,
        kind: Kind<'l>,
        pieces: &mut Vec<Piece<'l>>,
    ) {
        let behind = border + length;
        if border > start {
            // A clause ends as a term does.
            self.ends.push(border);
            self.ends.sort_unstable();
            self.failed.fill(false);
            self.term(start, border, pieces);
            self.ends.retain(|&at| at != border);
            self.failed.fill(false);
        }
        pieces.push(Piece {
            kind,
            range: border..behind,
        });
        if behind < end {
            self.term(behind, end, pieces);
        }
    }
}
