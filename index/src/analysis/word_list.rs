//! Lists of words that a text is looked through for, all of them at once.

/// Words to look for, exactly as written, in time that hardly grows with their number.
///
/// Made by [`words!`](crate::words).
///
/// ```
/// use shokureki_index::words;
///
/// assert!(words!["入社", "退社"].is_in("2019年4月 入社"));
/// assert!(words!["入社", "退社"].end("2019年4月 入社"));
/// assert!(!words!["入社", "退社"].begin("2019年4月 入社"));
/// ```
#[derive(Debug)]
pub struct WordList {
    words: &'static [&'static str],
    firsts: CharSet,
    lasts: CharSet,
}

/// A [`WordList`](crate::analysis::WordList) of the given words, made when the program is compiled.
#[macro_export]
macro_rules! words {
    ($($word:expr),* $(,)?) => {
        const { &$crate::analysis::WordList::new(&[$($word),*]) }
    };
}

impl WordList {
    /// Makes a list of `words`, none of which is empty.
    pub const fn new(words: &'static [&'static str]) -> Self {
        let mut firsts = CharSet::EMPTY;
        let mut lasts = CharSet::EMPTY;
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            firsts.add(char_at(word, 0));
            let mut last = word.len() - 1;
            while word[last] & 0xC0 == 0x80 {
                last -= 1;
            }
            lasts.add(char_at(word, last));
            at += 1;
        }
        Self {
            words,
            firsts,
            lasts,
        }
    }

    /// Returns the words, in order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.words.iter().copied()
    }

    /// Returns whether `text` contains one of the words.
    pub fn is_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, first)| {
            self.firsts.may_have(first) && self.at_head(&text.as_bytes()[at..]).next().is_some()
        })
    }

    /// Returns whether `text` begins with one of the words.
    pub fn begin(&self, text: &str) -> bool {
        self.first_of(text).is_some()
    }

    /// Returns whether a word may begin with `first`; of some characters with which none does, too.
    pub fn may_begin_with(&self, first: char) -> bool {
        self.firsts.may_have(first)
    }

    /// Returns whether `text` ends with one of the words.
    pub fn end(&self, text: &str) -> bool {
        self.last_of(text).is_some()
    }

    /// Returns whether `text` is one of the words.
    pub fn has(&self, text: &str) -> bool {
        let first = text.chars().next();
        first.is_some_and(|first| self.firsts.may_have(first)) && self.words.contains(&text)
    }

    /// Returns the first word of the list that `text` begins with.
    pub fn first_of(&self, text: &str) -> Option<&'static str> {
        let first = text.chars().next()?;
        if !self.firsts.may_have(first) {
            return None;
        }
        self.at_head(text.as_bytes()).next().map(|(_, word)| word)
    }

    /// Returns the longest word that `text` begins with.
    pub fn longest_of(&self, text: &str) -> Option<&'static str> {
        let first = text.chars().next()?;
        if !self.firsts.may_have(first) {
            return None;
        }
        self.at_head(text.as_bytes())
            .map(|(_, word)| word)
            .max_by_key(|word| word.len())
    }

    /// Returns the first word of the list that `text` ends with.
    pub fn last_of(&self, text: &str) -> Option<&'static str> {
        let last = text.chars().next_back()?;
        if !self.lasts.may_have(last) {
            return None;
        }
        self.words.iter().copied().find(|word| text.ends_with(word))
    }

    /// Returns the longest word that `text` ends with.
    pub fn longest_last_of(&self, text: &str) -> Option<&'static str> {
        let last = text.chars().next_back()?;
        if !self.lasts.may_have(last) {
            return None;
        }
        self.words
            .iter()
            .copied()
            .filter(|word| text.ends_with(word))
            .max_by_key(|word| word.len())
    }

    /// Returns the first word of the list, not of the text, that `text` contains, and where it first
    /// does.
    pub fn first_in(&self, text: &str) -> Option<(usize, &'static str)> {
        self.ordered_in(text)
            .min_by_key(|(_, place, _)| *place)
            .map(|(at, _, word)| (at, word))
    }

    /// Returns the bytes at which words of the list begin in `text`, with the words; in order.
    pub fn places_in<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, &'static str)> + 't {
        self.ordered_in(text).map(|(at, _, word)| (at, word))
    }

    /// Returns the bytes at which words begin in `text`, with their place in the list.
    fn ordered_in<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, usize, &'static str)> + 't {
        text.char_indices()
            .filter(|(_, first)| self.firsts.may_have(*first))
            .flat_map(|(at, _)| {
                self.at_head(&text.as_bytes()[at..])
                    .map(move |(place, word)| (at, place, word))
            })
    }

    /// Returns the words that a text, of which the first character is among the first ones, begins
    /// with, and their place in the list.
    fn at_head<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = (usize, &'static str)> + 't {
        self.words.iter().copied().enumerate().filter(|(_, word)| {
            let word = word.as_bytes();
            // The last byte tells most words apart, and costs no call.
            word.len() <= text.len()
                && word[word.len() - 1] == text[word.len() - 1]
                && text.starts_with(word)
        })
    }
}

/// Words that each mean something, looked for as those of a [`WordList`] are.
///
/// ```
/// use shokureki_index::analysis::WordMap;
///
/// let map = WordMap::new([("入社", true), ("退社", false)]);
/// let found: Vec<(usize, &str, &bool)> = map.places_in("4月退社").collect();
/// assert_eq!(found, [(4, "退社", &false)]);
/// ```
#[derive(Debug)]
pub struct WordMap<T> {
    firsts: CharSet,
    /// The words in their order, with their place in it, by the number of their first character.
    buckets: Vec<Vec<(usize, &'static str, T)>>,
}

impl<T> WordMap<T> {
    /// Makes a map of words, none of which is empty.
    pub fn new(words: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let mut firsts = CharSet::EMPTY;
        let mut buckets: Vec<Vec<_>> = (0..CharSet::NUMBERS).map(|_| Vec::new()).collect();
        for (place, (word, meaning)) in words.into_iter().enumerate() {
            if let Some(first) = word.chars().next() {
                firsts.add(first as u32);
                buckets[CharSet::number(first as u32)].push((place, word, meaning));
            }
        }
        Self { firsts, buckets }
    }

    /// Returns the words whose first character may be `first`, in order.
    pub fn beginning(&self, first: char) -> impl Iterator<Item = (&'static str, &T)> {
        self.bucket(first)
            .iter()
            .map(|(_, word, meaning)| (*word, meaning))
    }

    /// Returns whether a word may begin with `first`; of some characters with which none does, too.
    pub fn may_begin_with(&self, first: char) -> bool {
        self.firsts.may_have(first)
    }

    fn bucket(&self, first: char) -> &[(usize, &'static str, T)] {
        // Most characters of a text begin no word, and the set is far smaller than the buckets.
        if self.firsts.may_have(first) {
            &self.buckets[CharSet::number(first as u32)]
        } else {
            &[]
        }
    }

    /// Returns the bytes at which words begin in `text`, with the words and what they mean.
    pub fn places_in<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, &'static str, &'t T)> + 't {
        text.char_indices().flat_map(move |(at, first)| {
            self.beginning(first)
                .filter(move |(word, _)| text[at..].starts_with(word))
                .map(move |(word, meaning)| (at, word, meaning))
        })
    }

    /// Returns what the word means that is the first of the map's, not of the text's, in `text`.
    pub fn first_in(&self, text: &str) -> Option<&T> {
        text.char_indices()
            .flat_map(|(at, first)| {
                self.bucket(first)
                    .iter()
                    .filter(move |(_, word, _)| text[at..].starts_with(word))
            })
            .min_by_key(|(place, _, _)| *place)
            .map(|(_, _, meaning)| meaning)
    }
}

/// A set of characters that may say of one it does not have that it has it.
#[derive(Debug)]
struct CharSet([u64; Self::NUMBERS / 64]);

impl CharSet {
    const EMPTY: Self = Self([0; Self::NUMBERS / 64]);

    /// How many numbers there are for characters.
    const NUMBERS: usize = 1024;

    /// Returns a number below `NUMBERS` for a character.
    const fn number(of: u32) -> usize {
        (of.wrapping_mul(0x9E37_79B1) >> 22) as usize
    }

    const fn add(&mut self, code: u32) {
        let number = Self::number(code);
        self.0[number / 64] |= 1 << (number % 64);
    }

    #[inline]
    const fn may_have(&self, character: char) -> bool {
        let number = Self::number(character as u32);
        self.0[number / 64] >> (number % 64) & 1 == 1
    }
}

/// Returns the code of the character of UTF-8 text that begins at byte `at`.
const fn char_at(text: &[u8], at: usize) -> u32 {
    let first = text[at] as u32;
    let (len, mut code) = match first {
        0..0x80 => return first,
        0x80..0xE0 => (2, first & 0x1F),
        0xE0..0xF0 => (3, first & 0x0F),
        _ => (4, first & 0x07),
    };
    let mut next = 1;
    while next < len {
        code = code << 6 | text[at + next] as u32 & 0x3F;
        next += 1;
    }
    code
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_are_found_as_each_alone_would_be() {
        let words = ["開発", "開", "é", "Go", "😀x", "ーズ"];
        let list = words!["開発", "開", "é", "Go", "😀x", "ーズ"];
        for text in [
            "",
            "再開",
            "café",
            "Gopher",
            "go",
            "a😀",
            "a😀x",
            "ローズ",
            "開発者",
            "Gé",
        ] {
            let contains = words.iter().any(|word| text.contains(word));
            let begins = words.iter().find(|word| text.starts_with(**word));
            let ends = words.iter().find(|word| text.ends_with(**word));
            assert_eq!(list.is_in(text), contains, "{text}");
            assert_eq!(list.first_of(text), begins.copied(), "{text}");
            assert_eq!(list.last_of(text), ends.copied(), "{text}");
        }
        let places: Vec<_> = list.places_in("開発Go").collect();
        assert_eq!(places, [(0, "開発"), (0, "開"), (6, "Go")]);
    }
}
