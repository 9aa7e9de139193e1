//! Names, of very many, that begin at a place of a text.

/// Names looked for where one may begin: most places of a text are told by their first characters to
/// begin none.
#[derive(Debug)]
pub(super) struct NamesAt {
    /// The names, those that are kept in one place together, the shortest first.
    entries: Vec<Entry>,
    names: Vec<Box<str>>,
    /// Where in `entries` each place begins, and at last where the last one ends.
    places: Vec<u32>,
    /// The places that hold names.
    is_taken: Bits,
    /// The places that lead on to others.
    goes_on: Bits,
    beginnings: Beginnings,
}

/// What the characters of a name, its first ones if it is long, lead to.
#[derive(Clone, Copy, Debug)]
struct Place {
    mixed: u32,
    letters: usize,
}

impl Place {
    const COUNT: usize = 1 << 16;

    /// How many characters of a name lead to its place.
    const LETTERS: usize = 8;

    const FIRST: Self = Self {
        mixed: 0,
        letters: 0,
    };

    fn behind(self, letter: char) -> Self {
        Self {
            mixed: (self.mixed.rotate_left(5) ^ u32::from(letter)).wrapping_mul(0x9E37_79B1),
            letters: self.letters + 1,
        }
    }

    fn number(self) -> usize {
        (self.mixed >> 16) as usize
    }
}

impl NamesAt {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let names: Vec<Box<str>> = names.map(Box::from).collect();
        let mut beginnings = Beginnings(Bits::new(Beginnings::NUMBERS));
        let (mut is_taken, mut goes_on) = (Bits::new(Place::COUNT), Bits::new(Place::COUNT));
        let mut entries: Vec<(usize, Entry)> = Vec::with_capacity(names.len());
        for (position, name) in names.iter().enumerate() {
            beginnings.add(name);
            let mut place = Place::FIRST;
            for letter in name.chars().take(Place::LETTERS) {
                if place.letters > 0 {
                    goes_on.insert(place.number());
                }
                place = place.behind(letter);
            }
            if place.letters > 0 {
                is_taken.insert(place.number());
                entries.push((place.number(), Entry::new(name, position)));
            }
        }
        entries.sort_by_key(|(place, entry)| (*place, entry.len));
        let places = (0..=Place::COUNT)
            .map(|place| small(entries.partition_point(|(other, _)| *other < place)))
            .collect();
        Self {
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
            names,
            places,
            is_taken,
            goes_on,
            beginnings,
        }
    }

    /// Whether `rest` may begin with some name.
    pub(super) fn may_begin(&self, rest: &str) -> bool {
        self.beginnings.may_have(rest)
    }

    /// Whether some name may be what `letters` begin with.
    pub(super) fn may_be_front_of(&self, letters: impl Iterator<Item = char>) -> bool {
        let mut place = Place::FIRST;
        for letter in letters.take(Place::LETTERS) {
            place = place.behind(letter);
            if self.is_taken.has(place.number()) {
                return true;
            }
            if !self.goes_on.has(place.number()) {
                return false;
            }
        }
        false
    }

    /// The names that begin at byte `at`, the shortest first: the byte behind each, and its position
    /// in the list.
    pub(super) fn at(&self, text: &str, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let rest = &text[at..];
        let head = Head::of(rest);
        let mut letters = rest.chars();
        let mut place = Place::FIRST;
        let mut entries: std::slice::Iter<'_, Entry> = [].iter();
        std::iter::from_fn(move || {
            loop {
                for entry in entries.by_ref() {
                    let position = entry.position as usize;
                    if head.may_begin_with(entry)
                        && (entry.is_all_head() || rest.starts_with(&*self.names[position]))
                    {
                        return Some((at + entry.len as usize, position));
                    }
                }
                let is_last = place.letters == Place::LETTERS
                    || place.letters > 0 && !self.goes_on.has(place.number());
                if is_last {
                    return None;
                }
                place = place.behind(letters.next()?);
                let number = place.number();
                if !self.is_taken.has(number) {
                    continue;
                }
                let kept = self.places[number] as usize..self.places[number + 1] as usize;
                entries = self.entries[kept].iter();
            }
        })
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

    /// Whether the first bytes are the whole name.
    fn is_all_head(&self) -> bool {
        self.len <= 8
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
struct Beginnings(Bits);

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
            self.0.insert(Self::number(first, letters.next()));
        }
    }

    fn may_have(&self, text: &str) -> bool {
        let mut letters = text.chars();
        letters.next().is_some_and(|first| {
            self.0.has(Self::number(first, letters.next())) || self.0.has(Self::number(first, None))
        })
    }
}

/// A set of numbers below a limit.
#[derive(Debug)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(limit: usize) -> Self {
        Self(vec![0; limit.div_ceil(64)])
    }

    fn insert(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    fn has(&self, number: usize) -> bool {
        self.0[number / 64] >> (number % 64) & 1 == 1
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
