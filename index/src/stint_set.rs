//! Some of a candidate's stints.

const BITS: usize = u64::BITS as usize;

/// Some of a candidate's stints, by their indexes into the timeline: a bit each. Nearly all candidates
/// have so few that the first word holds them.
#[derive(Clone, Debug, Default)]
pub(crate) struct StintSet {
    first: u64,
    /// The words behind it; zeros at the end mean nothing.
    more: Vec<u64>,
}

impl StintSet {
    /// The first `count` stints.
    pub(crate) fn first(count: usize) -> Self {
        let word = |bits: usize| match bits {
            0 => 0,
            bits => u64::MAX >> (BITS - bits.min(BITS)),
        };
        let more = count.saturating_sub(BITS);
        Self {
            first: word(count),
            more: (0..more).step_by(BITS).map(|at| word(more - at)).collect(),
        }
    }

    pub(crate) fn one(stint: usize) -> Self {
        let mut set = Self::default();
        set.insert(stint);
        set
    }

    #[inline]
    pub(crate) fn insert(&mut self, stint: usize) {
        match stint / BITS {
            0 => self.first |= 1 << stint,
            word => {
                if word > self.more.len() {
                    self.more.resize(word, 0);
                }
                self.more[word - 1] |= 1 << (stint % BITS);
            }
        }
    }

    #[inline]
    pub(crate) fn contains(&self, stint: usize) -> bool {
        let word = match stint / BITS {
            0 => self.first,
            word => self.more.get(word - 1).copied().unwrap_or(0),
        };
        word >> (stint % BITS) & 1 != 0
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.first == 0 && self.more.iter().all(|word| *word == 0)
    }

    pub(crate) fn count(&self) -> usize {
        self.words().map(|word| word.count_ones() as usize).sum()
    }

    fn words(&self) -> impl Iterator<Item = u64> + Clone + '_ {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }

    /// The stints, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        let mut left = self.first;
        let mut more = (BITS..).step_by(BITS).zip(&self.more);
        let mut base = 0;
        std::iter::from_fn(move || {
            while left == 0 {
                let (next, word) = more.next()?;
                (base, left) = (next, *word);
            }
            let lowest = left.trailing_zeros() as usize;
            left &= left - 1;
            Some(base + lowest)
        })
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.first |= other.first;
        if self.more.len() < other.more.len() {
            self.more.resize(other.more.len(), 0);
        }
        for (word, more) in self.more.iter_mut().zip(&other.more) {
            *word |= more;
        }
    }

    /// Keeps those that are in `other`, too.
    pub(crate) fn keep(&mut self, other: &Self) {
        self.first &= other.first;
        self.more.truncate(other.more.len());
        for (word, kept) in self.more.iter_mut().zip(&other.more) {
            *word &= kept;
        }
    }

    pub(crate) fn remove(&mut self, other: &Self) {
        self.first &= !other.first;
        for (word, dropped) in self.more.iter_mut().zip(&other.more) {
            *word &= !dropped;
        }
    }

    /// Keeps those that meet `is_kept`.
    pub(crate) fn retain<E>(
        &mut self,
        mut is_kept: impl FnMut(usize) -> Result<bool, E>,
    ) -> Result<(), E> {
        let words = std::iter::once(&mut self.first).chain(&mut self.more);
        for (base, word) in (0..).step_by(BITS).zip(words) {
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                if !is_kept(base + bit)? {
                    *word &= !(1 << bit);
                }
            }
        }
        Ok(())
    }
}

impl PartialEq for StintSet {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for StintSet {}

impl Extend<usize> for StintSet {
    fn extend<I: IntoIterator<Item = usize>>(&mut self, stints: I) {
        stints.into_iter().for_each(|stint| self.insert(stint));
    }
}

impl FromIterator<usize> for StintSet {
    fn from_iter<I: IntoIterator<Item = usize>>(stints: I) -> Self {
        let mut set = Self::default();
        set.extend(stints);
        set
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_set(a in prop::collection::btree_set(0..300usize, 0..40), b in prop::collection::btree_set(0..300usize, 0..40)) {
            let set = |of: &BTreeSet<usize>| of.iter().copied().collect::<StintSet>();
            let list = |of: StintSet| of.iter().collect::<BTreeSet<usize>>();
            let with = |change: fn(&mut StintSet, &StintSet)| {
                let mut changed = set(&a);
                change(&mut changed, &set(&b));
                list(changed)
            };
            prop_assert_eq!(list(set(&a)), a.clone());
            prop_assert_eq!(set(&a).count(), a.len());
            prop_assert_eq!(set(&a).is_empty(), a.is_empty());
            prop_assert_eq!(with(StintSet::add), &a | &b);
            prop_assert_eq!(with(StintSet::keep), &a & &b);
            prop_assert_eq!(with(StintSet::remove), &a - &b);
            let mut even = set(&a);
            even.retain(|stint| Ok::<_, ()>(stint % 2 == 0)).expect("nothing fails");
            prop_assert_eq!(list(even), a.iter().copied().filter(|stint| stint % 2 == 0).collect());
            prop_assert!((0..300).all(|stint| set(&a).contains(stint) == a.contains(&stint)));
        }

        #[test]
        fn the_first_are_those_before(count in 0..300usize) {
            prop_assert_eq!(StintSet::first(count), (0..count).collect());
        }
    }
}
