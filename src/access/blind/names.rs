//! The spellings and readings of a person's names.

use std::collections::HashSet;
use std::ops::Range;

use shokureki_index::analysis::romaji_key;

use super::{Kind, Needle, kind};
use crate::domain::Identity;

/// Letters of a part of a Latin name that is told by; shorter ones are initials and particles.
const MIN_LATIN: usize = 3;

/// Letters of a longer word in which a whole name is hidden (`yamadataro.dev`).
const MIN_JOINED: usize = 6;

/// Returns the names of the person and their parts.
pub(super) fn needles(identity: &Identity) -> Vec<Needle> {
    let names = identity
        .name
        .iter()
        .chain(&identity.other_names)
        .chain(&identity.name_kana);
    let mut needles = Vec::new();
    for name in names {
        let parts: Vec<&str> = name.split_whitespace().collect();
        let has_kanji = name.chars().any(|letter| kind(letter) == Kind::Kanji);
        let whole = [parts.concat(), parts.join(" "), parts.join("\u{3000}")];
        let is_whole_anywhere = has_kanji && whole[0].chars().count() > 2;
        needles.extend(whole.into_iter().map(|text| Needle {
            text,
            is_word: !is_whole_anywhere,
        }));
        needles.extend(parts.iter().filter_map(|part| part_needle(part)));
        if parts.len() == 1 && has_kanji {
            needles.extend(unspaced_parts(name).into_iter().filter_map(part_needle));
        }
    }
    // The reading in the other script.
    let hiragana = identity.name_kana.iter().flat_map(|name| {
        let name: String = name.chars().map(to_hiragana).collect();
        let parts: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
        let whole = [parts.concat(), parts.join(" "), parts.join("\u{3000}")];
        whole
            .into_iter()
            .chain(parts.into_iter().filter(|part| part.chars().count() > 1))
    });
    needles.extend(hiragana.map(Needle::word));
    needles.retain(|needle| needle.text.chars().count() > 0);
    needles
}

/// A family or given name: of two kanji or more wherever it stands, else as a word of its own.
fn part_needle(part: &str) -> Option<Needle> {
    let length = part.chars().count();
    let first = part.chars().next().map(kind)?;
    match first {
        Kind::Kanji if length > 1 => Some(Needle::anywhere(part)),
        Kind::Kanji => Some(Needle::word(part)),
        Kind::Latin if length >= MIN_LATIN => Some(Needle::word(part)),
        Kind::Hiragana | Kind::Katakana if length > 1 => Some(Needle::word(part)),
        _ => None,
    }
}

/// What may be the family name and what the given name of a name in kanji without a blank.
fn unspaced_parts(name: &str) -> Vec<&str> {
    let borders: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
    let count = borders.len();
    if !(3..=6).contains(&count) {
        return Vec::new();
    }
    let at = |index: usize| borders[index];
    let mut parts = vec![&name[..at(2)], &name[at(count - 2)..]];
    if count > 4 {
        parts.push(&name[..at(3)]);
        parts.push(&name[at(count - 3)..]);
    }
    parts
}

fn to_hiragana(letter: char) -> char {
    match letter {
        'ァ'..='ヶ' => char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter),
        _ => letter,
    }
}

/// How the person's names are read, in whatever Latin spelling.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// Keys of the parts, and of the parts joined in either order.
    keys: HashSet<String>,
    /// Keys of the whole name that are looked for within longer words.
    whole: Vec<String>,
}

impl Readings {
    pub(super) fn of(identity: &Identity) -> Self {
        let mut readings = Self::default();
        let read = identity.name_kana.iter().chain(&identity.other_names);
        for name in read.chain(&identity.name) {
            let parts: Vec<String> = name.split_whitespace().filter_map(romaji_key).collect();
            let mut backward = parts.clone();
            backward.reverse();
            for whole in [parts.concat(), backward.concat()] {
                if whole.len() >= MIN_JOINED {
                    readings.whole.push(whole.clone());
                }
                readings.keys.insert(whole);
            }
            readings.keys.extend(parts);
        }
        readings.keys.retain(|key| key.len() >= MIN_LATIN);
        readings
    }

    /// Adds the Latin words of `text` that are read so.
    pub(super) fn add_places(&self, text: &str, places: &mut Vec<Range<usize>>) {
        if self.keys.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphabetic() {
                at += 1;
                continue;
            }
            let end = bytes[at..]
                .iter()
                .position(|byte| !byte.is_ascii_alphabetic())
                .map_or(bytes.len(), |length| at + length);
            let word = &text[at..end];
            if word.len() >= MIN_LATIN
                && let Some(key) = romaji_key(word)
                && self.has(&key)
            {
                places.push(at..end);
            }
            at = end;
        }
    }

    fn has(&self, key: &str) -> bool {
        self.keys.contains(key) || self.whole.iter().any(|whole| key.contains(whole.as_str()))
    }
}
