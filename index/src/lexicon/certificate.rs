//! Certificates by name, in lines that say more than the name.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind as Matching};

use super::load::{LexiconError, LexiconFault, name_key};
use crate::analysis::normalize;

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
    name_key(name)
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
            .prefilter(false)
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
        let normal = normalize(line);
        let best = self
            .places(normal.as_str())
            .into_iter()
            .max_by_key(|place| (place.letters, std::cmp::Reverse(place.range.start)))?;
        Some(best.certificate)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Certificate> {
        self.entries.iter()
    }

    /// The certificates about a technology that a normalized text names: bytes of the text, and the
    /// technology's key.
    pub(super) fn places_in(&self, normal: &str) -> Vec<(Range<usize>, &str)> {
        let places = self.places(normal).into_iter();
        places
            .filter_map(|place| Some((place.range, place.certificate.technology.as_deref()?)))
            .collect()
    }

    /// Every certificate's name in a normalized text, also where one lies in another.
    fn places(&self, normal: &str) -> Vec<Place<'_>> {
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
            let last = origins[found.end() - 1];
            let end = last + normal[last..].chars().next().map_or(0, char::len_utf8);
            let range = origins[found.start()]..end;
            if normal[range.clone()].contains('\n') || !stands_alone(normal, &range) {
                continue;
            }
            let certificate = &self.entries[self.owners[found.pattern().as_usize()]];
            places.push(Place {
                range,
                letters: found.end() - found.start(),
                certificate,
            });
        }
        places
    }
}

/// Where a text names a certificate.
struct Place<'c> {
    range: Range<usize>,
    /// Length of the name without fillers, in bytes.
    letters: usize,
    certificate: &'c Certificate,
}

/// Whether the name at `range` is no piece of a longer Latin word or number: `AP試験` is not in
/// `SAP試験`, nor `LPIC-1` in `LPIC-101`.
fn stands_alone(normal: &str, range: &Range<usize>) -> bool {
    let joins = |left: Option<char>, right: Option<char>| match (left, right) {
        (Some(left), Some(right)) => {
            (left.is_ascii_alphabetic() && right.is_ascii_alphabetic())
                || (left.is_ascii_digit() && right.is_ascii_digit())
        }
        _ => false,
    };
    let name = &normal[range.clone()];
    let before = normal[..range.start].chars().next_back();
    let after = normal[range.end..].chars().next();
    !joins(before, name.chars().next()) && !joins(name.chars().next_back(), after)
}
