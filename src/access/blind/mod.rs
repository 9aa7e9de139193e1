//! Hides who a person is in texts, without moving anything in them.
//!
//! A mask is made of what was read of the person (names, schools, links …) and of what identifies
//! anybody (mail addresses, telephone numbers, ages, what follows 氏名 or 住所). It would rather hide too
//! much than too little.

mod names;
mod patterns;

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::domain::{Access, Education, Identity, Scope};

/// What a caller must not see of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Names, readings, birth date, schools, photo.
    pub identity: bool,
    /// Mail, telephone, address, links.
    pub contact: bool,
}

impl Hidden {
    /// All of it.
    pub const ALL: Self = Self {
        identity: true,
        contact: true,
    };

    /// Returns what is hidden from a caller.
    pub const fn from(access: &Access) -> Self {
        Self {
            identity: !access.scopes.has(Scope::Identity),
            contact: !access.scopes.has(Scope::Contact),
        }
    }

    /// Returns whether anything is.
    pub const fn any(self) -> bool {
        self.identity || self.contact
    }
}

/// Where one person is told by. Built once, used for any text of the person's documents.
pub struct Mask {
    hidden: Hidden,
    /// Texts that are hidden wherever they stand.
    needles: Option<AhoCorasick>,
    /// Which needles must not be part of a longer word, in the order of the automaton.
    is_word: Vec<bool>,
    readings: names::Readings,
}

impl Mask {
    /// Returns the mask of a person who went to the schools of `education`.
    pub fn of(identity: &Identity, education: &[Education], hidden: Hidden) -> Self {
        let mut needles: Vec<Needle> = Vec::new();
        let mut readings = names::Readings::default();
        if hidden.identity {
            needles.extend(names::needles(identity));
            readings = names::Readings::of(identity);
            let schools = education
                .iter()
                .flat_map(|entry| school_names(&entry.school));
            needles.extend(schools.map(Needle::anywhere));
        }
        if hidden.contact {
            needles.extend(contact_needles(identity));
        }
        needles.sort();
        needles.dedup_by(|later, first| later.text == first.text);
        let texts = needles.iter().map(|needle| needle.text.as_str());
        // Nothing of a person's names is too long for an automaton.
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(texts)
            .ok();
        Self {
            hidden,
            needles: automaton.filter(|_| !needles.is_empty()),
            is_word: needles.iter().map(|needle| needle.is_word).collect(),
            readings,
        }
    }

    /// Returns the bytes of `text` that tell of the person, in order and apart from one another.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = patterns::places(text, self.hidden);
        if let Some(needles) = &self.needles {
            // Words may lie in one another: a needle that is part of a longer word hides none in it.
            for found in needles.find_iter(text) {
                let range = found.range();
                if !self.is_word[found.pattern().as_usize()] || stands_alone(text, &range) {
                    places.push(range);
                }
            }
        }
        self.readings.add_places(text, &mut places);
        joined(places)
    }

    /// Returns `text` with marks in the place of what tells of the person: as many bytes, each line as
    /// before, so that every place in it stays.
    pub fn apply(&self, text: &str) -> String {
        let places = self.places(text);
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        for place in places {
            masked.push_str(&text[at..place.start]);
            for letter in text[place.clone()].chars() {
                match letter {
                    '\n' | '\r' => masked.push(letter),
                    _ if letter.len_utf8() == MARK.len_utf8() => masked.push(MARK),
                    _ => masked.extend(std::iter::repeat_n('*', letter.len_utf8())),
                }
            }
            at = place.end;
        }
        masked.push_str(&text[at..]);
        masked
    }

    /// Masks a text in its place.
    pub fn hide(&self, text: &mut String) {
        *text = self.apply(text);
    }

    /// Masks a text in its place, where there is one.
    pub fn hide_option(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            self.hide(text);
        }
    }
}

/// Stands for a letter of three bytes, such as all Japanese ones.
const MARK: char = '█';

/// A text that tells of a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Needle {
    text: String,
    /// Whether it is hidden as a word of its own only.
    is_word: bool,
}

impl Needle {
    fn anywhere(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_word: false,
        }
    }

    fn word(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_word: true,
        }
    }
}

/// The name of a school as written, and without what follows it.
fn school_names(written: &str) -> Vec<String> {
    let first = written.split_whitespace().next().unwrap_or_default();
    let names = [written.trim(), first];
    let is_name = |name: &&str| name.chars().count() > 2;
    names
        .into_iter()
        .filter(is_name)
        .map(str::to_owned)
        .collect()
}

fn contact_needles(identity: &Identity) -> Vec<Needle> {
    let reached = identity.emails.iter().chain(&identity.phones);
    let mut needles: Vec<Needle> = reached.map(Needle::anywhere).collect();
    needles.extend(identity.location.iter().map(Needle::anywhere));
    let users = identity
        .emails
        .iter()
        .filter_map(|email| email.split('@').next());
    let handles = identity.links.iter().flat_map(|link| {
        let address = link
            .url
            .split_once("://")
            .map_or(link.url.as_str(), |(_, rest)| rest);
        let path = address.split(['?', '#']).next().unwrap_or_default();
        needles.push(Needle::anywhere(path.trim_end_matches('/')));
        path.split('/').skip(1).take(1)
    });
    let handles: Vec<&str> = handles.collect();
    let names = users
        .chain(handles)
        .map(|name| name.trim_start_matches('@'));
    needles.extend(
        names
            .filter(|name| name.chars().count() > 2)
            .map(Needle::word),
    );
    needles.retain(|needle| !needle.text.trim().is_empty());
    needles
}

/// Whether letters of the kind that `range` begins or ends with go on beyond it.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let inside = &text[range.clone()];
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let goes_on = |outer: Option<char>, inner: Option<char>| match (outer, inner) {
        (Some(outer), Some(inner)) => kind(outer) == kind(inner) && kind(inner) != Kind::Sign,
        _ => false,
    };
    !goes_on(before, inside.chars().next()) && !goes_on(after, inside.chars().next_back())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Latin,
    Hiragana,
    Katakana,
    Kanji,
    Sign,
}

fn kind(letter: char) -> Kind {
    match letter {
        'ぁ'..='ゖ' => Kind::Hiragana,
        'ァ'..='ヺ' | 'ー' | 'ｦ'..='ﾟ' => Kind::Katakana,
        '々' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
            Kind::Kanji
        }
        _ if letter.is_alphanumeric() => Kind::Latin,
        _ => Kind::Sign,
    }
}

fn joined(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.retain(|place| !place.is_empty());
    places.sort_unstable_by_key(|place| (place.start, place.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match joined.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => joined.push(place),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
