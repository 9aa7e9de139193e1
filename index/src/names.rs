//! Names by what may be typed of them: beginnings in any script, sounds, and near misses.

use std::cmp::Reverse;

use crate::analysis::{normalized_key, romaji_key};
use crate::lexicon::{distance_within, in_katakana};

/// Fewest Latin letters that are taken for the sound of a name in kana or kanji.
const MIN_SOUND: usize = 2;

/// Fewest characters of a beginning that is corrected; more are taken to hold up to two slips.
const MIN_CORRECTED: usize = 4;
const MIN_CORRECTED_TWICE: usize = 8;

/// Makers that stand before the names of their products, in Latin letters and as they are spoken.
const MAKERS: [(&str, &str); 12] = [
    ("adobe ", "アドビ"),
    ("amazon ", "アマゾン"),
    ("android ", "アンドロイド"),
    ("apache ", "アパッチ"),
    ("azure ", "アジュール"),
    ("github ", "ギットハブ"),
    ("gitlab ", "ギットラボ"),
    ("google ", "グーグル"),
    ("microsoft ", "マイクロソフト"),
    ("oracle ", "オラクル"),
    ("red hat ", "レッドハット"),
    ("visual studio ", "ビジュアルスタジオ"),
];

/// More is no beginning of a name.
const MAX_TYPED_CHARS: usize = 64;

/// A name with the thing that it is of: a number that the maker of the table gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Normalized.
    text: Box<str>,
    thing: u32,
    /// A later word of a name: lambda of AWS Lambda.
    is_inner: bool,
}

/// How well a name goes on from what was typed, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// It is the whole name.
    Whole,
    /// The name begins so.
    Beginning,
    /// A later word begins so, or the sound of a name typed in Latin letters does.
    Within,
}

/// Names, ready to be looked up. Never changes.
#[derive(Debug, Default)]
pub(crate) struct NameTable {
    /// As written, and later words; sorted.
    written: Vec<Entry>,
    /// The readings as [`romaji_key`] spells them; sorted.
    sounds: Vec<Entry>,
    /// For each of `written`, one bit for each letter that occurs.
    letters: Vec<u64>,
}

impl NameTable {
    /// Of things `0..` with their names and readings, these in kana or as [`romaji_key`] gives them.
    pub(crate) fn new<'a, N, R>(things: impl Iterator<Item = (N, R)>) -> Self
    where
        N: IntoIterator<Item = &'a str>,
        R: IntoIterator<Item = &'a str>,
    {
        let (mut written, mut sounds) = (Vec::new(), Vec::new());
        for (thing, (names, readings)) in (0..).zip(things) {
            for name in names {
                add_name(name, thing, &mut written, &mut sounds);
            }
            for sound in readings.into_iter().filter_map(romaji_key) {
                sounds.push(entry(&sound, thing, false));
            }
        }
        for entries in [&mut written, &mut sounds] {
            entries.sort_unstable();
            entries.dedup();
            entries.shrink_to_fit();
        }
        Self {
            letters: written
                .iter()
                .map(|entry| letters_of(&entry.text))
                .collect(),
            written,
            sounds,
        }
    }

    /// Gives `take` each thing with a name that goes on from what was typed, once for each such name.
    pub(crate) fn go_on(&self, typed: &Typed, take: &mut impl FnMut(u32, Fit)) {
        for text in &typed.written {
            for entry in beginning(&self.written, text) {
                let fit = match (entry.is_inner, entry.text.len() == text.len()) {
                    (true, _) => Fit::Within,
                    (false, true) => Fit::Whole,
                    (false, false) => Fit::Beginning,
                };
                take(entry.thing, fit);
            }
        }
        if let Some(sound) = &typed.sound {
            let fit = if typed.is_latin {
                Fit::Within
            } else {
                Fit::Beginning
            };
            for entry in beginning(&self.sounds, sound) {
                take(entry.thing, fit);
            }
            // はど begins Hadoop.
            for entry in beginning(&self.written, sound).filter(|_| !typed.is_latin) {
                take(entry.thing, Fit::Within);
            }
        }
    }

    /// Gives `take` each thing with a name whose beginning is a slip or two from what was typed, and
    /// how many.
    pub(crate) fn nearly_go_on(&self, typed: &Typed, take: &mut impl FnMut(u32, usize)) {
        let Some(text) = typed.written.first() else {
            return;
        };
        let wanted: Vec<char> = text.chars().collect();
        let slips = match wanted.len() {
            0..MIN_CORRECTED => return,
            MIN_CORRECTED..MIN_CORRECTED_TWICE => 1,
            _ => 2,
        };
        let letters = letters_of(text);
        for (entry, of_entry) in self.written.iter().zip(&self.letters) {
            let missing = (letters & !of_entry).count_ones() as usize;
            if missing > slips || entry.is_inner {
                continue;
            }
            if let Some(distance) = distance_to_beginning(&wanted, &entry.text, slips) {
                take(entry.thing, distance);
            }
        }
    }
}

fn entry(text: &str, thing: u32, is_inner: bool) -> Entry {
    Entry {
        text: text.into(),
        thing,
        is_inner,
    }
}

fn add_name(name: &str, thing: u32, written: &mut Vec<Entry>, sounds: &mut Vec<Entry>) {
    let key = normalized_key(name);
    let later = key
        .match_indices([' ', '-', '/', '('])
        .map(|(at, mark)| &key[at + mark.len()..]);
    written.extend(
        later
            .filter(|rest| !rest.is_empty())
            .map(|rest| entry(rest, thing, true)),
    );
    if !key.is_ascii()
        && let Some(sound) = romaji_key(&key)
    {
        sounds.push(entry(&sound, thing, false));
    }
    for (maker, spoken) in MAKERS {
        if let Some(rest) = key.strip_prefix(maker) {
            let spoken_name = normalized_key(&format!("{spoken} {rest}"));
            written.push(entry(&spoken_name, thing, false));
            sounds.extend(romaji_key(spoken).map(|sound| entry(&sound, thing, false)));
        }
    }
    if !key.is_empty() {
        written.push(entry(&key, thing, false));
    }
}

/// The entries that begin with `text`.
fn beginning<'a>(entries: &'a [Entry], text: &'a str) -> impl Iterator<Item = &'a Entry> {
    let first = entries.partition_point(|entry| &*entry.text < text);
    entries[first..]
        .iter()
        .take_while(move |entry| entry.text.starts_with(text))
}

/// The least distance from `wanted` to a beginning of `name` that has about as many characters.
fn distance_to_beginning(wanted: &[char], name: &str, limit: usize) -> Option<usize> {
    let longest = wanted.len() + limit;
    let name: Vec<char> = name.chars().take(longest).collect();
    let shortest = wanted.len().saturating_sub(limit).max(1);
    (shortest..=name.len())
        .filter_map(|length| distance_within(wanted, &name[..length], limit))
        .min()
}

fn letters_of(text: &str) -> u64 {
    text.chars()
        .fold(0, |set, letter| set | 1 << (u32::from(letter) % 64))
}

/// The beginning of a name as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Typed {
    /// Normalized; hiragana also as katakana.
    written: Vec<String>,
    /// How it sounds, where that can be told.
    sound: Option<String>,
    is_latin: bool,
}

impl Typed {
    /// Reads what was typed; `None` when nothing of a name is left, or when it is too long for one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().nth(MAX_TYPED_CHARS).is_some() {
            return None;
        }
        let key = normalized_key(text);
        if key.is_empty() {
            return None;
        }
        let is_latin = key.is_ascii();
        let sound = romaji_key(&key).filter(|_| !is_latin || key.len() >= MIN_SOUND);
        let katakana = in_katakana(&key);
        let mut written = vec![key];
        if !written.contains(&katakana) {
            written.push(katakana);
        }
        Some(Self {
            written,
            sound,
            is_latin,
        })
    }
}

/// The best of what it is offered, each thing once.
#[derive(Debug)]
pub(crate) struct Best<R> {
    limit: usize,
    /// Sorted, best first.
    kept: Vec<(R, Reverse<u64>, usize)>,
}

impl<R: Copy + Ord> Best<R> {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: Vec::new(),
        }
    }

    /// Takes notice of `thing`, which ranks by `rank` and among equals by `count`, most first.
    pub(crate) fn offer(&mut self, thing: usize, rank: R, count: u64) {
        let offered = (rank, Reverse(count), thing);
        if self.kept.len() >= self.limit && self.kept.last().is_none_or(|worst| *worst <= offered) {
            return;
        }
        if let Some(at) = self.kept.iter().position(|(_, _, of)| *of == thing) {
            if self.kept[at] <= offered {
                return;
            }
            self.kept.remove(at);
        }
        let at = self.kept.partition_point(|better| *better < offered);
        self.kept.insert(at, offered);
        self.kept.truncate(self.limit);
    }

    /// The things, best first.
    pub(crate) fn into_things(self) -> impl Iterator<Item = usize> {
        self.kept.into_iter().map(|(_, _, thing)| thing)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [(&str, &str); 8] = [
        ("AWS Lambda", "ラムダ"),
        ("Kubernetes", "クバネティス"),
        ("基本情報技術者", "キホンジョウホウギジュツシャ"),
        ("株式会社ドワンゴ", "ドワンゴ"),
        ("Terraform", "テラフォーム"),
        ("Go", ""),
        ("Amazon Aurora", ""),
        ("Hadoop", ""),
    ];

    fn table() -> NameTable {
        NameTable::new(NAMES.iter().map(|(name, reading)| ([*name], [*reading])))
    }

    #[track_caller]
    fn check(text: &str, expected: &[(usize, Fit)]) {
        let mut found = Vec::new();
        if let Some(typed) = Typed::parse(text) {
            table().go_on(&typed, &mut |thing, fit| found.push((thing as usize, fit)));
        }
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_go_on_in_any_script() {
        check("kube", &[(1, Fit::Beginning)]);
        check("ＫＵＢＥ", &[(1, Fit::Beginning)]);
        check("クバ", &[(1, Fit::Beginning)]);
        check("クーバ", &[(1, Fit::Beginning)]);
        check("くば", &[(1, Fit::Beginning)]);
        check("kuba", &[(1, Fit::Within)]);
        check("基本", &[(2, Fit::Beginning)]);
        check("きほ", &[(2, Fit::Beginning)]);
        check("kiho", &[(2, Fit::Within)]);
        check("どわ", &[(3, Fit::Beginning)]);
        check("lambda", &[(0, Fit::Within)]);
        check("go", &[(5, Fit::Whole)]);
        check("あま", &[(6, Fit::Beginning), (6, Fit::Within)]);
        check("アマゾン a", &[(6, Fit::Beginning)]);
        check("はど", &[(7, Fit::Within)]);
        check("", &[]);
        check("  ", &[]);
        check("ー", &[]);
        check(&"a".repeat(65), &[]);
    }

    #[track_caller]
    fn check_near(text: &str, expected: &[usize]) {
        let mut best = Best::new(10);
        let typed = Typed::parse(text).expect("a beginning");
        table().nearly_go_on(&typed, &mut |thing, distance| {
            best.offer(thing as usize, distance, 0);
        });
        assert_eq!(best.into_things().collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn slips_lead_to_the_name_that_was_meant() {
        check_near("kuberntes", &[1]);
        check_near("kubre", &[1]);
        check_near("Terrafrom", &[4]);
        check_near("terafo", &[4]);
        check_near("基本情保", &[2]);
        check_near("xyzzy", &[]);
        check_near("gp", &[]);
    }

    #[test]
    fn the_best_are_kept_each_once() {
        let mut best = Best::new(2);
        for (thing, rank, count) in [(1, 2, 5), (2, 1, 1), (1, 1, 5), (3, 1, 9), (4, 3, 99)] {
            best.offer(thing, rank, count);
        }
        assert_eq!(best.into_things().collect::<Vec<_>>(), [3, 1]);
        let mut none = Best::new(0);
        none.offer(1, 1, 1);
        assert!(none.is_empty());
    }
}
