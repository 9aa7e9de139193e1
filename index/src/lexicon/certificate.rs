//! Certificates by name, in lines that say more than the name.

use std::ops::Range;

use super::boundary::{char_after, char_before};
use super::load::{LexiconError, LexiconFault, name_key};
use super::names_at::NamesAt;
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
    /// Names of the certificates that it took the place of, which are as good.
    pub former: Vec<String>,
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

/// Certificates, and all their names.
#[derive(Debug)]
pub(super) struct Certificates {
    entries: Vec<Certificate>,
    names: NamesAt,
    /// Position in `entries` of each of the names.
    owners: Vec<usize>,
}

impl Certificates {
    pub(super) fn new(entries: Vec<Certificate>) -> Result<Self, LexiconError> {
        let mut names: Vec<String> = Vec::new();
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
                names.push(compact);
                owners.push(position);
            }
        }
        Ok(Self {
            entries,
            names: NamesAt::new(names.iter().map(String::as_str)),
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

    /// The certificate that has this name.
    pub(super) fn named(&self, name: &str) -> Option<&Certificate> {
        let name = compact(name);
        let found = self.find(&name)?;
        let mut spellings = found.spellings();
        spellings
            .any(|spelling| compact(spelling) == name)
            .then_some(found)
    }

    /// The certificate with the longest name at byte `at` of a normalized text, and the byte behind.
    pub(super) fn longest_at(&self, normal: &str, at: usize) -> Option<(usize, &Certificate)> {
        let line = normal[at..].lines().next()?;
        let places = self.places(line).into_iter();
        places
            .filter(|place| place.range.start == 0)
            .max_by_key(|place| place.range.end)
            .map(|place| (at + place.range.end, place.certificate))
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

    /// Where `text` names a certificate, in bytes.
    pub(super) fn ranges_in(&self, text: &str) -> Vec<Range<usize>> {
        let normal = normalize(text);
        let places = self.places(normal.as_str()).into_iter();
        places
            .map(|place| normal.original_range(place.range))
            .collect()
    }

    /// Every certificate's name in a normalized text, also where one lies in another.
    fn places(&self, normal: &str) -> Vec<Place<'_>> {
        let may_begin = |(at, letter): (usize, char)| {
            !is_filler(letter)
                && !joins(char_before(normal, at), Some(letter))
                && self
                    .names
                    .may_be_front_of(normal[at..].chars().filter(|letter| !is_filler(*letter)))
        };
        if !normal.char_indices().any(may_begin) {
            return Vec::new();
        }
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
        for (start, first) in haystack.char_indices() {
            let origin = origins[start];
            if !self.names.may_begin(&haystack[start..])
                || joins(char_before(normal, origin), Some(first))
            {
                continue;
            }
            for (end, name) in self.names.at(&haystack, start) {
                let last = origins[end - 1];
                let last_letter = char_after(normal, last);
                let range = origin..last + last_letter.map_or(0, char::len_utf8);
                let is_piece = joins(last_letter, char_after(normal, range.end));
                if is_piece || normal[range.clone()].contains('\n') {
                    continue;
                }
                places.push(Place {
                    range,
                    letters: end - start,
                    certificate: &self.entries[self.owners[name]],
                });
            }
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

/// Whether two letters side by side are of one Latin word or number: `AP試験` is not in `SAP試験`, nor
/// `LPIC-1` in `LPIC-101`.
fn joins(left: Option<char>, right: Option<char>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => {
            (left.is_ascii_alphabetic() && right.is_ascii_alphabetic())
                || (left.is_ascii_digit() && right.is_ascii_digit())
        }
        _ => false,
    }
}
