//! Names, of very many, that begin at a place of a text.

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use crate::analysis::CharSet;

/// Names looked for where one may begin: most places of a text are told by their character alone
/// to begin none.
#[derive(Debug)]
pub(super) struct NamesAt {
    automaton: AhoCorasick,
    firsts: CharSet,
}

impl NamesAt {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Self {
        let mut firsts = CharSet::EMPTY;
        for first in names.clone().filter_map(|name| name.chars().next()) {
            firsts.add(first as u32);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Anchored)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .prefilter(false)
            .build(names)
            .expect("a list of names is far below the automaton's limit");
        Self { automaton, firsts }
    }

    /// Whether some name may begin with `first`.
    pub(super) fn may_begin(&self, first: char) -> bool {
        self.firsts.may_have(first)
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
                self.automaton
                    .find_overlapping(input.clone(), &mut state);
                let found = state.get_match()?;
                // The automaton also meets the names that a longer one ends with.
                if found.start() == at {
                    return Some((found.end(), found.pattern().as_usize()));
                }
            }
        })
    }
}
