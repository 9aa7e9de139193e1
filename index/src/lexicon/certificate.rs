//! Certificates by name, in lines that say more than the name.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind as Matching};

use super::load::{LexiconError, LexiconFault};
use crate::analysis::normalized_key;

/// A certificate of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The canonical name.
    pub name: String,
    /// Key of the technology that it is about, if it is about one.
    pub technology: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
}

impl Certificate {
    pub(super) fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// `name` normalized, without spaces, dashes and middle dots, in which people differ.
pub(super) fn compact(name: &str) -> String {
    normalized_key(name)
        .chars()
        .filter(|&letter| !is_filler(letter))
        .collect()
}

fn is_filler(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '~' | '・' | '_' | '·' | '/' | ',' | '"' | '\''
        )
}

/// Certificates, and one automaton over all their names.
#[derive(Debug)]
pub(super) struct Certificates {
    entries: Vec<Certificate>,
    automaton: AhoCorasick,
    /// Position in `entries` of each pattern.
    owners: Vec<usize>,
}

impl Certificates {
    pub(super) fn new(entries: Vec<Certificate>) -> Result<Self, LexiconError> {
        let mut patterns = Vec::new();
        let mut owners = Vec::new();
        for (position, certificate) in entries.iter().enumerate() {
            for name in certificate.spellings() {
                let compact = compact(name);
                if compact.is_empty() {
                    return Err(LexiconError {
                        file: "certificates".to_owned(),
                        line: position + 1,
                        reason: LexiconFault::EmptyName,
                    });
                }
                patterns.push(compact);
                owners.push(position);
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(Matching::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&patterns)
            .expect("a list of names is far below the automaton's limit");
        Ok(Self {
            entries,
            automaton,
            owners,
        })
    }

    /// The certificate whose longest name is contained in `line`.
    pub(super) fn find(&self, line: &str) -> Option<&Certificate> {
        let haystack = compact(line);
        let best = self
            .automaton
            .find_overlapping_iter(haystack.as_str())
            .filter(|found| stands_alone(&haystack, found.start(), found.end()))
            .max_by_key(|found| {
                (
                    found.end() - found.start(),
                    std::cmp::Reverse(found.start()),
                )
            })?;
        Some(&self.entries[self.owners[best.pattern().as_usize()]])
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Certificate> {
        self.entries.iter()
    }

    /// The certificates about a technology that a normalized text names: bytes of the text, and the
    /// technology's key.
    pub(super) fn places_in(&self, normal: &str) -> Vec<(Range<usize>, &str)> {
        let mut haystack = String::with_capacity(normal.len());
        let mut origins = Vec::with_capacity(normal.len());
        for (at, letter) in normal
            .char_indices()
            .filter(|&(_, letter)| !is_filler(letter))
        {
            haystack.push(letter);
            origins.extend(std::iter::repeat_n(at, letter.len_utf8()));
        }
        let mut places = Vec::new();
        for found in self.automaton.find_overlapping_iter(haystack.as_str()) {
            let certificate = &self.entries[self.owners[found.pattern().as_usize()]];
            let Some(technology) = &certificate.technology else {
                continue;
            };
            if !stands_alone(&haystack, found.start(), found.end()) {
                continue;
            }
            let start = origins[found.start()];
            let last = origins[found.end() - 1];
            let end = last + normal[last..].chars().next().map_or(0, char::len_utf8);
            if !normal[start..end].contains('\n') {
                places.push((start..end, technology.as_str()));
            }
        }
        places
    }
}

/// Whether a short Latin name (`SAA`, `CKA`) is not a piece of a longer Latin word. Names of six or
/// more letters may touch others, since spaces are gone (`AWSCertifiedSolutionsArchitect`).
fn stands_alone(haystack: &str, start: usize, end: usize) -> bool {
    if end - start > 5 {
        return true;
    }
    let before = haystack[..start].chars().next_back();
    let after = haystack[end..].chars().next();
    let is_letter =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphabetic());
    let first = haystack[start..].chars().next();
    let last = haystack[..end].chars().next_back();
    !(is_letter(before) && is_letter(first)) && !(is_letter(after) && is_letter(last))
}
