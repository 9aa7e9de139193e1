use async_graphql::SimpleObject;

use super::enums::DatePrecision;
use crate::catalog::MonthRange;
use crate::domain::{self, Moment, PeriodEnd};
use crate::graphql::scalars::YearMonth;

/// A period of calendar months, both ends inclusive.
#[derive(SimpleObject, Clone, Debug)]
pub(in crate::graphql) struct Period {
    /// The first month or year; null where only the end is stated.
    from: Option<YearMonth>,
    /// The last month or year; null where it still goes on or no end is stated.
    to: Option<YearMonth>,
    /// Whether it still goes on by the document.
    is_current: bool,
    /// The coarser precision of the stated ends.
    precision: DatePrecision,
    /// The months covered, an open end closed at the date of the document; for ends known to the year
    /// only, the middle estimate.
    months: u32,
    /// The period as written.
    text: String,
}

impl Period {
    /// Returns a period of a résumé, an open end closed at `as_of`.
    pub(super) fn of(period: &domain::Period, as_of: domain::YearMonth) -> Self {
        let months = period.bounds(as_of).map_or(0, |bounds| {
            let (first, last) = bounds.estimate;
            MonthRange { first, last }.len()
        });
        Self {
            from: period.from.map(YearMonth),
            to: match period.to {
                PeriodEnd::At(moment) => Some(YearMonth(moment)),
                PeriodEnd::Present | PeriodEnd::Unstated => None,
            },
            is_current: period.is_current(),
            precision: period.precision().into(),
            months,
            text: period.text.clone(),
        }
    }

    /// Returns counted months as a period; `is_current` when they reach into a stint that goes on.
    pub(super) fn counted(range: MonthRange, is_current: bool) -> Option<Self> {
        let month = |ordinal| domain::YearMonth::from_ordinal(ordinal);
        let (from, to) = (month(range.first)?, month(range.last)?);
        Some(Self {
            from: Some(YearMonth(Moment::Month(from))),
            to: Some(YearMonth(Moment::Month(to))),
            is_current,
            precision: DatePrecision::Month,
            months: range.len(),
            text: format!("{from}..{to}"),
        })
    }
}
