//! Words without which a regular expression finds nothing.

use aho_corasick::AhoCorasick;
use regex_syntax::hir::{Class, Hir, HirKind};

/// A set of pattern numbers.
type Set = u128;

/// Characters of a class that are looked for one by one.
const MAX_CLASS_CHARS: usize = 24;

/// Looks a text through for the words that patterns need, all at once, so that only the few patterns that may
/// be found in it are tried.
#[derive(Debug)]
pub(super) struct NeededWords {
    words: AhoCorasick,
    /// The patterns that need each word.
    needed_by: Vec<Set>,
    /// The patterns that need no word.
    always: Set,
}

impl NeededWords {
    /// Collects the words of at most 128 regular expressions.
    ///
    /// # Panics
    ///
    /// Panics if there are more, or one is no regular expression.
    pub(super) fn of(patterns: &[String]) -> Self {
        assert!(patterns.len() <= Set::BITS as usize);
        let mut all: Vec<String> = Vec::new();
        let mut needed_by: Vec<Set> = Vec::new();
        let mut always = 0;
        for (number, pattern) in patterns.iter().enumerate() {
            let hir = regex_syntax::parse(pattern).expect("a regular expression");
            let Some(words) = needed(&hir) else {
                always |= 1 << number;
                continue;
            };
            for word in words {
                let place = all.iter().position(|known| *known == word);
                let place = place.unwrap_or_else(|| {
                    all.push(word);
                    needed_by.push(0);
                    all.len() - 1
                });
                needed_by[place] |= 1 << number;
            }
        }
        let words = AhoCorasick::new(&all).expect("a few hundred short words");
        Self {
            words,
            needed_by,
            always,
        }
    }

    /// Returns the numbers of the patterns that may be found in `text`, ascending.
    pub(super) fn candidates(&self, text: &str) -> impl Iterator<Item = usize> + use<> {
        let mut found = self.always;
        for word in self.words.find_overlapping_iter(text) {
            found |= self.needed_by[word.pattern().as_usize()];
        }
        std::iter::from_fn(move || {
            let number = found.trailing_zeros();
            (number < Set::BITS).then(|| {
                found &= found - 1;
                number as usize
            })
        })
    }
}

/// Returns words of which every text that matches contains one, the rarest that are known; nothing if there
/// may be none.
fn needed(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let word = std::str::from_utf8(&literal.0).ok()?;
            (!word.is_empty()).then(|| vec![word.to_owned()])
        }
        HirKind::Class(Class::Unicode(class)) => {
            let chars = || class.iter().flat_map(|range| range.start()..=range.end());
            let few = chars().take(MAX_CLASS_CHARS + 1).count() <= MAX_CLASS_CHARS;
            few.then(|| chars().map(String::from).collect())
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => needed(&repetition.sub),
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Concat(parts) => parts
            .iter()
            .filter_map(needed)
            .min_by(|a, b| commonness(a).total_cmp(&commonness(b))),
        HirKind::Alternation(ways) => {
            let ways: Option<Vec<_>> = ways.iter().map(needed).collect();
            Some(ways?.concat())
        }
        _ => None,
    }
}

/// Returns roughly how often one of some words stands at a place of a text: each character makes a word some
/// thirty times as rare.
fn commonness(words: &[String]) -> f64 {
    words
        .iter()
        .map(|word| 30_f64.powf(-(word.chars().count() as f64)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: Option<&[&str]>) {
        let hir = regex_syntax::parse(pattern).expect("a regular expression");
        let found = needed(&hir);
        let found = found
            .as_ref()
            .map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(found.as_deref(), expected, "{pattern}");
    }

    #[test]
    fn the_rarest_words_of_a_pattern_are_needed() {
        check("国籍は[^。]{1,16}?です", Some(&["国籍は"]));
        check("(?:父|母)(?:と|や)(?:同居|別居)", Some(&["同居", "別居"]));
        check("(?:持病|既往)?(?:通院)+", Some(&["通院"]));
        check("[妻夫]が?", Some(&["夫", "妻"]));
        check("(?:持病|[ぁ-ん]+)", None);
        check(r"\p{Han}*(?:持病)?", None);
    }

    #[test]
    fn patterns_are_found_by_their_words_alone() {
        let patterns = ["父の介護", "の介護|看病", r"\d+"].map(str::to_owned);
        let needed = NeededWords::of(&patterns);
        let candidates = |text| needed.candidates(text).collect::<Vec<_>>();
        assert_eq!(candidates("母の介護のため"), [1, 2]);
        assert_eq!(candidates("父の介護のため"), [0, 1, 2]);
        assert_eq!(candidates("Rubyで開発"), [2]);
    }
}
