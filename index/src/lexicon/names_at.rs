//! Names, of very many, that begin at a place of a text.

use std::ops::Range;

/// Names looked for where one may begin: most places of a text are told by their first characters to
/// begin none.
///
/// Names of one and of two characters are kept apart from the longer ones, which are kept by their
/// first three.
#[derive(Debug)]
pub(super) struct NamesAt {
    /// For names of one character, of two, and of more.
    tables: [Table; Self::LETTERS],
    names: Vec<Box<str>>,
    beginnings: Beginnings,
}

impl NamesAt {
    /// How many characters of a name tell where it is kept.
    const LETTERS: usize = 3;

    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let names: Vec<Box<str>> = names.map(Box::from).collect();
        let mut beginnings = Beginnings(vec![0; Beginnings::NUMBERS / 64]);
        let mut entries: [Vec<(usize, Entry)>; Self::LETTERS] = Default::default();
        for (position, name) in names.iter().enumerate() {
            beginnings.add(name);
            let letters = letters_of(name);
            let count = letters.iter().flatten().count();
            if let Some(kept) = count.checked_sub(1) {
                entries[kept].push((Table::number(&letters), Entry::new(name, position)));
            }
        }
        Self {
            tables: entries.map(Table::new),
            names,
            beginnings,
        }
    }

    /// Whether `rest` may begin with some name.
    pub(super) fn may_begin(&self, rest: &str) -> bool {
        self.beginnings.may_have(rest)
    }

    /// The names that begin at byte `at`, the shortest first: the byte behind each, and its position
    /// in the list.
    pub(super) fn at<'t>(
        &'t self,
        text: &'t str,
        at: usize,
    ) -> impl Iterator<Item = (usize, usize)> + 't {
        let rest = &text[at..];
        let head = Head::of(rest);
        let letters = letters_of(rest);
        (0..Self::LETTERS)
            .filter(move |kept| letters[*kept].is_some())
            .flat_map(move |kept| {
                let mut first = [None; Self::LETTERS];
                first[..=kept].copy_from_slice(&letters[..=kept]);
                self.tables[kept].entries(Table::number(&first))
            })
            .filter(move |entry| head.may_begin_with(entry))
            .map(|entry| entry.position as usize)
            .filter(move |position| rest.starts_with(&*self.names[*position]))
            .map(move |position| (at + self.names[position].len(), position))
    }
}

/// The first characters of a text.
fn letters_of(text: &str) -> [Option<char>; NamesAt::LETTERS] {
    let mut letters = text.chars();
    std::array::from_fn(|_| letters.next())
}

/// Names by a number made of their first characters, the shortest first.
#[derive(Debug)]
struct Table {
    /// Where the names of each number begin, and at last where those of the last one end.
    bounds: Vec<u32>,
    entries: Vec<Entry>,
}

impl Table {
    const NUMBERS: usize = 1 << 14;

    fn new(mut entries: Vec<(usize, Entry)>) -> Self {
        entries.sort_by_key(|(number, entry)| (*number, entry.len));
        let bounds = (0..=Self::NUMBERS)
            .map(|number| small(entries.partition_point(|(other, _)| *other < number)))
            .collect();
        Self {
            bounds,
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        }
    }

    fn number(letters: &[Option<char>; NamesAt::LETTERS]) -> usize {
        let mixed = letters.iter().fold(0u32, |mixed, letter| {
            (mixed.rotate_left(5) ^ letter.map_or(0, u32::from)).wrapping_mul(0x9E37_79B1)
        });
        (mixed >> 18) as usize
    }

    fn entries(&self, number: usize) -> &[Entry] {
        let range: Range<usize> = self.bounds[number] as usize..self.bounds[number + 1] as usize;
        &self.entries[range]
    }
}

/// A name by its first bytes, which tell it from most others without a look at the name itself.
#[derive(Clone, Copy, Debug)]
struct Entry {
    head: u64,
    len: u32,
    position: u32,
}

impl Entry {
    fn new(name: &str, position: usize) -> Self {
        Self {
            head: Head::of(name).0,
            len: small(name.len()),
            position: small(position),
        }
    }
}

/// `value` in 32 bits; there are far fewer names, and none is as long.
fn small(value: usize) -> u32 {
    u32::try_from(value).expect("a list of names is far below the limit")
}

/// The first eight bytes of a text, zeros behind its end.
#[derive(Clone, Copy, Debug)]
struct Head(u64);

impl Head {
    fn of(text: &str) -> Self {
        let mut bytes = [0; 8];
        let len = text.len().min(bytes.len());
        bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
        Self(u64::from_le_bytes(bytes))
    }

    fn may_begin_with(self, entry: &Entry) -> bool {
        let kept = u64::MAX >> (64 - 8 * entry.len.clamp(1, 8));
        (self.0 ^ entry.head) & kept == 0
    }
}

/// The first two characters of each name, or its only one: a set that may say of others that it has
/// them.
#[derive(Debug)]
struct Beginnings(Vec<u64>);

impl Beginnings {
    /// How many numbers there are for beginnings.
    const NUMBERS: usize = 1 << 16;

    fn number(first: char, second: Option<char>) -> usize {
        let second = second.map_or(0, u32::from);
        let mixed = u32::from(first).wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA6B);
        (mixed >> 16) as usize
    }

    fn add(&mut self, name: &str) {
        let mut letters = name.chars();
        if let Some(first) = letters.next() {
            let number = Self::number(first, letters.next());
            self.0[number / 64] |= 1 << (number % 64);
        }
    }

    fn may_have(&self, text: &str) -> bool {
        let has = |number: usize| self.0[number / 64] >> (number % 64) & 1 == 1;
        let mut letters = text.chars();
        letters.next().is_some_and(|first| {
            has(Self::number(first, letters.next())) || has(Self::number(first, None))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_at_a_place_are_found_shortest_first() {
        let names = [
            "go",
            "c",
            "google cloud",
            "google",
            "株式",
            "株式会社x",
            "goo",
            "google",
        ];
        let list = NamesAt::new(names.into_iter());
        for (text, at, expected) in [
            ("go", 0, vec![(2, 0)]),
            (
                "a google cloud",
                2,
                vec![(4, 0), (5, 6), (8, 3), (8, 7), (14, 2)],
            ),
            ("株式会社x", 0, vec![(6, 4), (13, 5)]),
            ("株式会社y", 0, vec![(6, 4)]),
            ("g", 0, vec![]),
            ("c", 0, vec![(1, 1)]),
            ("", 0, vec![]),
        ] {
            let found: Vec<_> = list.at(text, at).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
