//! Names of which a sentence says that their side is others': 「C#から呼び出し、C#側は別の方が担当」.

use std::collections::{HashMap, HashSet};

use shokureki_index::lexicon::Found;

use super::{Hits, MentionReader};
use crate::domain::{Grade, Mention};
use crate::resume::grade::sentence;

/// Bytes of a text that is about one thing: a side denied in one of its sentences is in all.
const MAX_TEXT_BYTES: usize = 300;

/// Characters of the names between one and the side that it is of: 「iOS・Android側」.
const MAX_NAMES_CHARS: usize = 40;

impl MentionReader<'_> {
    /// Denies all mentions in a sentence, or a short text, of what it gives to others as their side.
    pub(super) fn deny_sides(&self, at: usize, hits: &Hits, mentions: &mut [Mention]) {
        let text = self.blocks[at].str();
        if !text.contains('側') || mentions.iter().all(|one| one.grade != Grade::Negated) {
            return;
        }
        let by_start: HashMap<usize, usize> = mentions
            .iter()
            .enumerate()
            .map(|(index, one)| (one.span.start as usize, index))
            .collect();
        let index_of = |hit: &Found| {
            let source = self.blocks[at].text.source(hit.span.clone());
            by_start.get(&source.start).copied()
        };
        let denied: HashSet<(&str, usize)> = hits
            .found
            .iter()
            .filter(|hit| is_of_side(&text[hit.span.end..]))
            .filter(|hit| {
                index_of(hit).is_some_and(|index| mentions[index].grade == Grade::Negated)
            })
            .map(|hit| (hit.technology.as_str(), place(text, hit)))
            .collect();
        if denied.is_empty() {
            return;
        }
        let indices: Vec<usize> = hits
            .found
            .iter()
            .filter(|hit| denied.contains(&(hit.technology.as_str(), place(text, hit))))
            .filter_map(index_of)
            .collect();
        for index in indices {
            mentions[index].grade = Grade::Negated;
        }
    }
}

/// Returns where the sentence of a name begins; the whole of a short text is one.
fn place(text: &str, hit: &Found) -> usize {
    if text.len() <= MAX_TEXT_BYTES {
        0
    } else {
        sentence(text, hit.span.end).1
    }
}

/// Returns whether a text goes on, behind other names, with their side: 「側は」「・Android側の」.
fn is_of_side(rest: &str) -> bool {
    let names: usize = rest
        .chars()
        .take(MAX_NAMES_CHARS)
        .take_while(|sign| {
            sign.is_ascii_alphanumeric()
                || " .+#-・、/／とや".contains(*sign)
                || ('ァ'..='ー').contains(sign)
        })
        .map(char::len_utf8)
        .sum();
    let between = &rest[..names];
    let is_list = between.trim().is_empty()
        || between
            .trim_start()
            .starts_with(['・', '、', '/', '／', 'と', 'や']);
    is_list && rest[names..].starts_with('側')
}
