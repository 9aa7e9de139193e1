//! Names, of very many, that begin at a place of a text.

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

/// Names looked for where one may begin: most places of a text are told by their two characters to
/// begin none.
#[derive(Debug)]
pub(super) struct NamesAt {
    automaton: AhoCorasick,
    beginnings: Beginnings,
}

impl NamesAt {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Self {
        let mut beginnings = Beginnings(vec![0; Beginnings::NUMBERS / 64]);
        for name in names.clone() {
            beginnings.add(name);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Anchored)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(names)
            .expect("a list of names is far below the automaton's limit");
        Self {
            automaton,
            beginnings,
        }
    }

    /// Whether `rest` may begin with some name.
    pub(super) fn may_begin(&self, rest: &str) -> bool {
        self.beginnings.may_have(rest)
    }

    /// The names that begin at byte `at`, the shortest first: the byte behind each, and its position
    /// in the list.
    pub(super) fn at(&self, text: &str, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let input = Input::new(text)
            .span(at..text.len())
            .anchored(Anchored::Yes);
        let mut state = OverlappingState::start();
        std::iter::from_fn(move || {
            loop {
                self.automaton.find_overlapping(input.clone(), &mut state);
                let found = state.get_match()?;
                // The automaton also meets the names that a longer one ends with.
                if found.start() == at {
                    return Some((found.end(), found.pattern().as_usize()));
                }
            }
        })
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
