//! Months as plain ordinals (`year * 12 + month - 1`), and the union that experience is counted by.

/// Consecutive months, both ends inclusive; empty when `first > last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthRange {
    /// The first month.
    pub first: i32,
    /// The last month.
    pub last: i32,
}

impl MonthRange {
    /// Returns the number of months, 0 when empty.
    pub fn len(self) -> u32 {
        u32::try_from(self.last - self.first + 1).unwrap_or(0)
    }

    /// Returns whether no month is covered.
    pub fn is_empty(self) -> bool {
        self.first > self.last
    }

    /// Returns the months that are in both.
    #[must_use]
    pub fn clip(self, window: Self) -> Self {
        Self {
            first: self.first.max(window.first),
            last: self.last.min(window.last),
        }
    }

    /// Returns whether `other` lies wholly within this.
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

/// Returns the union of `ranges` as disjoint ranges in order; touching ones are joined, empty ones
/// dropped.
pub fn union(ranges: impl IntoIterator<Item = MonthRange>) -> Vec<MonthRange> {
    let ranges = ranges.into_iter().filter(|range| !range.is_empty());
    let mut ranges: Vec<MonthRange> = ranges.collect();
    let count = join(&mut ranges).len();
    ranges.truncate(count);
    ranges
}

/// Joins ranges that are not empty, in their place: their union as disjoint ranges in order.
pub(crate) fn join(ranges: &mut [MonthRange]) -> &[MonthRange] {
    ranges.sort_unstable();
    let mut count = 0usize;
    for next in 0..ranges.len() {
        let range = ranges[next];
        match count.checked_sub(1).map(|last| &mut ranges[last]) {
            Some(previous) if range.first <= previous.last + 1 => {
                previous.last = previous.last.max(range.last);
            }
            _ => {
                ranges[count] = range;
                count += 1;
            }
        }
    }
    &ranges[..count]
}

/// Returns the months in the union of `ranges`: parallel ones do not count twice.
pub fn union_months(ranges: impl IntoIterator<Item = MonthRange>) -> u32 {
    union(ranges).into_iter().map(MonthRange::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ranges: &[(i32, i32)], expected: &[(i32, i32)]) {
        let range = |&(first, last): &(i32, i32)| MonthRange { first, last };
        let joined = union(ranges.iter().map(range));
        assert_eq!(joined, expected.iter().map(range).collect::<Vec<_>>());
    }

    #[test]
    fn overlapping_and_touching_ranges_join_and_empty_ones_vanish() {
        check(&[], &[]);
        check(&[(5, 4)], &[]);
        check(&[(1, 3), (4, 6)], &[(1, 6)]);
        check(&[(4, 6), (1, 3), (8, 9), (2, 5)], &[(1, 6), (8, 9)]);
    }

    #[test]
    fn parallel_months_count_once() {
        let range = |first, last| MonthRange { first, last };
        assert_eq!(union_months([range(0, 11), range(6, 17)]), 18);
    }
}
