//! Choices of chance, each recorded as it is made.

use std::fmt::Debug;

use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Makes an enumeration whose values are the forms that something may have.
macro_rules! forms {
    ($(#[$doc:meta])* $name:ident { $($value:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($value),+ }

        impl $name {
            /// All forms.
            #[allow(dead_code, reason = "some are weighed where they are chosen")]
            pub(crate) const ALL: &[Self] = &[$(Self::$value),+];
        }
    };
}
pub(crate) use forms;

/// A choice and the value it came to.
pub(crate) type Made = (&'static str, String);

/// Chooses, the same for the same seed, and keeps what was chosen.
///
/// A choice that only some layouts have use for is made in those, so its scores are over them.
pub(crate) struct Picks {
    /// For what is no choice of layout: names, lengths, order of words.
    pub(crate) random: ChaCha8Rng,
    /// The choices of layout made so far.
    pub(crate) made: Vec<Made>,
}

impl Picks {
    /// Begins with a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            random: ChaCha8Rng::seed_from_u64(seed),
            made: Vec::new(),
        }
    }

    /// Chooses one of several values; one that stands there twice is twice as likely.
    pub(crate) fn pick<T: Copy + Debug>(&mut self, choice: &'static str, values: &[T]) -> T {
        let value = self.part(values);
        self.record(choice, value);
        value
    }

    /// Chooses whether something is there; `share` of the documents have it.
    pub(crate) fn flip(&mut self, choice: &'static str, share: f64) -> bool {
        let value = self.random.random_bool(share);
        self.record(choice, value);
        value
    }

    /// Chooses one of several values that no score is kept of.
    pub(crate) fn part<T: Copy>(&mut self, values: &[T]) -> T {
        *values.choose(&mut self.random).expect("not empty")
    }

    /// Keeps a value that was come to in another way.
    pub(crate) fn record(&mut self, choice: &'static str, value: impl Debug) {
        let value = format!("{value:?}");
        self.made.push((choice, value.trim_matches('"').to_owned()));
    }
}
