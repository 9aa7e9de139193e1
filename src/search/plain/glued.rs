//! Unknown words that are several written as one: 農業IoT, 証券会社向けのシステム.

use std::ops::Range;

use shokureki_index::lexicon::{MatchKind, has_legal_form};

use super::compound::{
    at_particles, is_script_border, kind_of_work, says_nothing_beside, verb_and_noun,
};
use super::cut::Cutter;
use super::pieces::Kind;

impl Cutter<'_, '_> {
    /// An unknown word, or the several that are written as one.
    pub(super) fn word<'n>(&self, start: usize, end: usize) -> Kind<'n> {
        let text = &self.text[start..end];
        let parts = match self.compound(start, end) {
            Some(at) => Some(vec![start..at, at..end]),
            None => self.joined_by_particles(start, end).or_else(|| {
                let kind = start..start + kind_of_work(text)?;
                Some([kind].into())
            }),
        };
        let parts = parts.filter(|_| !has_legal_form(text));
        parts.map_or(Kind::Word, Kind::Compound)
    }

    /// The words that a term has with particles between them: 証券会社向けのシステム.
    fn joined_by_particles(&self, start: usize, end: usize) -> Option<Vec<Range<usize>>> {
        let parts = at_particles(&self.text[start..end]).into_iter();
        let parts: Vec<Range<usize>> = parts
            .map(|part| start + part.start..start + part.end)
            .flat_map(|part| {
                let (first, second) = self.parts_of(part);
                std::iter::once(first).chain(second)
            })
            .filter(|part| !says_nothing_beside(&self.text[part.clone()]))
            .collect();
        (!parts.is_empty()).then_some(parts)
    }

    /// A word between particles, or the two that it is.
    fn parts_of(&self, part: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
        if let Some(at) = self.compound(part.start, part.end) {
            return (part.start..at, Some(at..part.end));
        }
        let text = &self.text[part.clone()];
        if let Some((end, noun)) = verb_and_noun(text) {
            let noun = noun.map(|noun| part.start + noun..part.end);
            return (part.start..part.start + end, noun);
        }
        // 物流業界の経験があるSE: the résumé may name 物流 alone.
        let end = kind_of_work(text).map_or(part.end, |length| part.start + length);
        (part.start..end, None)
    }

    /// 農業IoT: where the Latin name begins that an unknown word is glued to.
    fn before_latin_name(&self, start: usize, end: usize) -> Option<usize> {
        let text = &self.text[start..end];
        let at = text.find(|letter: char| letter.is_ascii_alphanumeric())?;
        let (word, name) = text.split_at(at);
        let is_word = word.chars().nth(1).is_some() && word.chars().all(char::is_alphabetic);
        let resolved = self.lexicon.resolve(name);
        let is_name = resolved.is_some_and(|resolved| resolved.via == MatchKind::Exact);
        (is_word && is_name && self.lexicon.role_named(text).is_none()).then_some(start + at)
    }

    /// Where the unknown word begins that is glued to a Latin name at `start`.
    fn compound(&self, start: usize, end: usize) -> Option<usize> {
        if let Some(at) = self.before_latin_name(start, end) {
            return Some(at);
        }
        let name = self.lexicon.name_at(self.text, start)?;
        name.technology?;
        let rest = self.text.get(name.end..end)?;
        let is_cut = is_script_border(&self.text[start..name.end], rest);
        let is_latin = self.text[start..name.end].is_ascii();
        let is_word = rest.chars().nth(1).is_some() && rest.starts_with(|c: char| !c.is_ascii());
        (is_cut && is_latin && is_word).then_some(name.end)
    }
}
