//! What is welcome or not needed: it moves the rank and excludes nobody.

use super::bind::{Binder, Item, as_unit};
use super::vocabulary::{self, Sense};

impl Binder<'_, '_> {
    /// Lets what is only welcome exclude nobody: 【歓迎】AWS, AWS歓迎, Java未経験可. `is_wish` says whether
    /// this holds from the begin on; returns whether it holds at the end.
    pub(super) fn bind_wishes(&mut self, mut is_wish: bool) -> bool {
        for item in 0..self.items.len() {
            let text = self.text(&self.items[item].1);
            match self.items[item].0 {
                _ if vocabulary::opens_needs(text) => is_wish = false,
                Item::Sense(Sense::Welcome) if self.opens(item) => is_wish = true,
                Item::Sense(Sense::Welcome) => self.welcome(item),
                _ if vocabulary::opens_wishes(text) => is_wish = true,
                Item::Sense(Sense::Needless) => self.need_not(item),
                Item::Unit(unit) if is_wish => self.units[unit].is_welcome = true,
                _ => {}
            }
        }
        is_wish
    }

    /// Whether what stands behind the word is welcome, instead of what stands before: 【歓迎】AWS, 歓迎: AWS.
    fn opens(&self, item: usize) -> bool {
        let text = |item: usize| self.items.get(item).map(|(_, range)| self.text(range));
        let behind = text(item + 1);
        let before = item.checked_sub(1).and_then(text);
        let is_opening = |sign: &str| {
            let is_sign = !sign.chars().any(char::is_alphanumeric);
            is_sign && !matches!(sign, ")" | "]" | "】" | "、" | "。" | ",")
        };
        // 必須 Go 歓迎 AWS: each word stands before what it is said of.
        let first_unit = self.items.iter().position(|item| as_unit(item).is_some());
        let is_list = self.items[..item]
            .iter()
            .enumerate()
            .any(|(at, (_, range))| {
                vocabulary::opens_needs(self.text(range)) && first_unit.is_none_or(|unit| at < unit)
            });
        self.told_of(item).is_none()
            || is_list
            || behind.is_some_and(|sign| matches!(sign, ":" | "】" | "]"))
            || before.is_some_and(is_opening)
    }

    /// AWS歓迎 beside something that is asked for; what is welcome alone is what is asked for.
    fn welcome(&mut self, item: usize) {
        let Some(unit) = self.told_of(item) else {
            return;
        };
        let units = self.told_of_with(unit);
        if self.asks_besides(&units) {
            for unit in units {
                self.units[unit].is_welcome = true;
            }
        }
    }

    /// Java未経験可: whoever lacks it is as good. Apart from a name, the word is said of the whole: Java
    /// SES 未経験可.
    fn need_not(&mut self, item: usize) {
        let Some(unit) = self.told_of(item) else {
            return;
        };
        let touches = |at: &usize| self.items[at - 1].1.end == self.items[*at].1.start;
        let from = self.items[..item]
            .iter()
            .rposition(|item| as_unit(item) == Some(unit));
        if from.is_some_and(|from| (from + 1..=item).all(|at| touches(&at))) {
            for unit in self.told_of_with(unit) {
                self.units[unit].is_welcome = true;
            }
        }
    }

    /// The unit that a word behind it is said of: nothing but particles and generic words stands between.
    pub(super) fn told_of(&self, item: usize) -> Option<usize> {
        let says_more = |(item, range): &&(Item, std::ops::Range<usize>)| match item {
            Item::Sense(Sense::Glue) => self.text(range) == "。",
            Item::Sense(
                Sense::Generic
                | Sense::Work
                | Sense::Activity
                | Sense::Subject
                | Sense::Certificate,
            ) => vocabulary::opens_needs(self.text(range)),
            Item::Amount(_) => false,
            _ => true,
        };
        let nearest = self.items[..item].iter().rev().find(says_more)?;
        as_unit(nearest)
    }

    /// The units that what is said of `unit` is said of: those named in one breath with it, unless nothing
    /// would be left (Go、AWS歓迎).
    pub(super) fn told_of_with(&self, unit: usize) -> Vec<usize> {
        let listed = self.listed(unit);
        if self.asks_besides(&listed) {
            listed
        } else {
            vec![unit]
        }
    }

    /// Whether anything is asked for beside `units`.
    fn asks_besides(&self, units: &[usize]) -> bool {
        let mut others = self.units.iter().enumerate();
        others.any(|(unit, other)| !units.contains(&unit) && !other.is_negated && !other.is_welcome)
    }
}
