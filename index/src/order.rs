//! The order of hits and the page that is cut from it.

use std::cmp::Ordering;

use tantivy::DocAddress;

use crate::query::{Cursor, Order, Page, SortValue};

/// A candidate's place in the order.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) value: SortValue,
    pub(crate) key: String,
    pub(crate) score: f32,
    pub(crate) address: DocAddress,
}

/// Returns whether `value` is what `order` sorts by.
pub(crate) fn is_value_of(order: Order, value: &SortValue) -> bool {
    match order {
        Order::Relevance => matches!(value, SortValue::Score(_)),
        Order::MonthsDescending | Order::LastUsedDescending | Order::UpdatedDescending => {
            matches!(value, SortValue::Number(_))
        }
        Order::NameAscending => matches!(value, SortValue::Text(_)),
    }
}

/// Compares two places; the smaller comes first. Keys are compared when values are equal.
fn compare(value: &SortValue, key: &str, other: &SortValue, other_key: &str) -> Ordering {
    compare_values(value, other).then_with(|| key.cmp(other_key))
}

impl Place {
    /// Compares two places; the smaller comes first.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        compare(&self.value, &self.key, &other.value, &other.key)
    }
}

/// Numbers fall, texts rise. Two kinds never meet: cursors are checked first.
fn compare_values(value: &SortValue, other: &SortValue) -> Ordering {
    match (value, other) {
        (SortValue::Score(a), SortValue::Score(b)) => b.total_cmp(a),
        (SortValue::Number(a), SortValue::Number(b)) => b.cmp(a),
        (SortValue::Text(a), SortValue::Text(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}

/// Keeps the best of what it is offered: the page.
#[derive(Debug)]
pub(crate) struct Pager<'a> {
    page: &'a Page,
    kept: Vec<Place>,
    /// The worst place that was kept at the last cut: what is worse needs no look.
    bar: Option<(SortValue, String)>,
    in_range: u64,
    is_before_range: bool,
    is_after_range: bool,
}

/// The page.
#[derive(Debug)]
pub(crate) struct Cut {
    pub(crate) places: Vec<Place>,
    pub(crate) has_next: bool,
    pub(crate) has_previous: bool,
}

impl<'a> Pager<'a> {
    pub(crate) fn new(page: &'a Page) -> Self {
        Self {
            page,
            kept: Vec::new(),
            bar: None,
            in_range: 0,
            is_before_range: false,
            is_after_range: false,
        }
    }

    /// Whether the page is empty whatever it is offered: hits need but to be counted.
    pub(crate) fn takes_none(&self) -> bool {
        self.page.limit == 0 && self.page.after.is_none() && self.page.before.is_none()
    }

    /// Counts hits that are not on the page.
    pub(crate) fn pass(&mut self, count: u64) {
        self.in_range += count;
    }

    /// Whether a hit of this value, or of one behind it, is behind all that can be on the page, for
    /// which it then has been counted.
    pub(crate) fn passes(&mut self, value: &SortValue) -> bool {
        let passes = self.is_behind(value);
        self.in_range += u64::from(passes);
        passes
    }

    /// Whether a hit of this value [passes](Self::passes), which is not counted.
    pub(crate) fn is_behind(&self, value: &SortValue) -> bool {
        let Some((bar, _)) = &self.bar else {
            return false;
        };
        let is_behind = self.toward(compare_values(value, bar)).is_gt();
        // What is behind the bar is behind its cursor, but may be behind the other one, too.
        let end = if self.page.backward {
            &self.page.after
        } else {
            &self.page.before
        };
        is_behind && end.is_none()
    }

    /// Takes notice of a hit; `key` is read where it matters.
    pub(crate) fn offer<E>(
        &mut self,
        value: SortValue,
        score: f32,
        address: DocAddress,
        key: impl FnOnce() -> Result<String, E>,
    ) -> Result<(), E> {
        if self.passes(&value) {
            return Ok(());
        }
        let key = key()?;
        let stands = |cursor: &Cursor| compare(&value, &key, &cursor.value, &cursor.key);
        if self
            .page
            .after
            .as_ref()
            .is_some_and(|after| stands(after).is_le())
        {
            self.is_before_range = true;
            return Ok(());
        }
        if self
            .page
            .before
            .as_ref()
            .is_some_and(|before| stands(before).is_ge())
        {
            self.is_after_range = true;
            return Ok(());
        }
        self.in_range += 1;
        let is_worse =
            |bar: &(SortValue, String)| self.toward(compare(&value, &key, &bar.0, &bar.1)).is_gt();
        if self.page.limit == 0 || self.bar.as_ref().is_some_and(is_worse) {
            return Ok(());
        }
        self.kept.push(Place {
            value,
            key,
            score,
            address,
        });
        if self.kept.len() >= 2 * self.limit() + 64 {
            self.trim();
        }
        Ok(())
    }

    /// Takes what another pager of the same page was offered.
    pub(crate) fn merge(&mut self, other: Self) {
        self.kept.extend(other.kept);
        self.in_range += other.in_range;
        self.is_before_range |= other.is_before_range;
        self.is_after_range |= other.is_after_range;
    }

    /// Lets only what is better than the worst of a full page come onto it from now on.
    pub(crate) fn raise_bar(&mut self) {
        if self.kept.len() >= self.limit() {
            self.trim();
        }
    }

    fn limit(&self) -> usize {
        self.page.limit as usize
    }

    /// Turns an order around when the page is cut from the end.
    fn toward(&self, ordering: Ordering) -> Ordering {
        if self.page.backward {
            ordering.reverse()
        } else {
            ordering
        }
    }

    /// Keeps the best `limit`, sorted, and raises the bar to the last of them.
    fn trim(&mut self) {
        let backward = self.page.backward;
        self.kept.sort_unstable_by(|a, b| {
            let ordering = compare(&a.value, &a.key, &b.value, &b.key);
            if backward {
                ordering.reverse()
            } else {
                ordering
            }
        });
        self.kept.truncate(self.limit());
        if self.kept.len() == self.limit() {
            self.bar = self
                .kept
                .last()
                .map(|last| (last.value.clone(), last.key.clone()));
        }
    }

    pub(crate) fn cut(mut self) -> Cut {
        self.trim();
        let is_more = self.in_range > self.kept.len() as u64;
        let backward = self.page.backward;
        if backward {
            self.kept.reverse();
        }
        Cut {
            places: self.kept,
            has_next: self.is_after_range || (is_more && !backward),
            has_previous: self.is_before_range || (is_more && backward),
        }
    }
}
