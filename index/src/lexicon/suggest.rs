//! Technologies by the beginning of a name, for search boxes.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::boundary::is_hiragana;
use super::forms::{TechnologyId, is_katakana};
use super::load::name_key;
use super::technology::Technology;
use crate::analysis::{normalized_key, romaji_key};

/// How a typed beginning met a name, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Name,
    Alias,
    /// A later word of a name: lambda of AWS Lambda.
    InnerWord,
    /// A name in kana, typed in Latin letters.
    Sound,
}

/// Fewest letters that are taken for the sound of a name in kana.
const MIN_SOUND: usize = 2;

/// Every beginning that may be typed, sorted by text.
#[derive(Debug)]
pub(super) struct Suggestions {
    entries: Vec<(String, Rank, TechnologyId)>,
    /// The names in kana as [`romaji_key`] spells them, sorted; made at the first search.
    romaji: OnceLock<Vec<(String, TechnologyId)>>,
}

impl Suggestions {
    pub(super) fn new(technologies: &[Technology]) -> Self {
        let mut entries = Vec::new();
        for (id, technology) in technologies.iter().enumerate() {
            let names = std::iter::once((&technology.name, Rank::Name))
                .chain(technology.aliases.iter().map(|alias| (alias, Rank::Alias)));
            for (name, rank) in names {
                let key = name_key(name);
                let inner = key
                    .match_indices([' ', '-', '/'])
                    .map(|(at, mark)| &key[at + mark.len()..]);
                entries.extend(
                    inner
                        .filter(|rest| !rest.is_empty())
                        .map(|rest| (rest.to_owned(), Rank::InnerWord, id)),
                );
                entries.push((key, rank, id));
            }
        }
        entries.sort_unstable();
        entries.dedup();
        Self {
            entries,
            romaji: OnceLock::new(),
        }
    }

    /// The technologies with a name that begins with `query`, best first, each once.
    pub(super) fn search(&self, query: &str) -> Vec<TechnologyId> {
        let query = normalized_key(query);
        let mut met = self.met_by(&query);
        if query.chars().any(is_hiragana) {
            met.extend(self.met_by(&in_katakana(&query)));
        }
        met.extend(self.met_by_sound(&query));
        met.sort_unstable();
        let mut seen = HashSet::new();
        met.into_iter()
            .map(|met| met.technology)
            .filter(|id| seen.insert(*id))
            .collect()
    }

    /// `kuba` begins クバネティス.
    fn met_by_sound(&self, query: &str) -> Vec<Met> {
        let is_latin = query.len() >= MIN_SOUND
            && query
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b' ');
        let Some(sound) = Some(query).filter(|_| is_latin).and_then(romaji_key) else {
            return Vec::new();
        };
        let romaji = self.romaji.get_or_init(|| self.spell_kana());
        let first = romaji.partition_point(|(text, _)| *text < sound);
        romaji[first..]
            .iter()
            .take_while(|(text, _)| text.starts_with(&sound))
            .map(|(text, technology)| Met {
                is_inner: true,
                is_longer: text.len() != sound.len(),
                rank: Rank::Sound,
                chars: text.chars().count(),
                technology: *technology,
            })
            .collect()
    }

    fn spell_kana(&self) -> Vec<(String, TechnologyId)> {
        let mut romaji: Vec<(String, TechnologyId)> = self
            .entries
            .iter()
            .filter(|(text, _, _)| text.starts_with(is_katakana))
            .filter_map(|(text, _, technology)| Some((romaji_key(text)?, *technology)))
            .collect();
        romaji.sort_unstable();
        romaji.dedup();
        romaji
    }

    fn met_by(&self, query: &str) -> Vec<Met> {
        if query.is_empty() {
            return Vec::new();
        }
        let first = self
            .entries
            .partition_point(|(text, _, _)| text.as_str() < query);
        self.entries[first..]
            .iter()
            .take_while(|(text, _, _)| text.starts_with(query))
            .map(|(text, rank, technology)| Met {
                is_inner: *rank == Rank::InnerWord,
                is_longer: text.len() != query.len(),
                rank: *rank,
                chars: text.chars().count(),
                technology: *technology,
            })
            .collect()
    }
}

/// A name that begins as typed; the best is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Met {
    is_inner: bool,
    is_longer: bool,
    rank: Rank,
    chars: usize,
    technology: TechnologyId,
}

/// The key with its hiragana as katakana, in which the lexicon writes names.
pub(crate) fn in_katakana(key: &str) -> String {
    let katakana: String = key
        .chars()
        .map(|letter| match letter {
            'ぁ'..='ゖ' => char::from_u32(u32::from(letter) + 0x60).unwrap_or(letter),
            other => other,
        })
        .collect();
    normalized_key(&katakana)
}
