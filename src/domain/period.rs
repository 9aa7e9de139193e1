//! Periods of a career and what they bound.

use super::month::{Moment, Precision, YearMonth};

/// How a period ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodEnd {
    /// In this month or year, inclusive.
    At(Moment),
    /// Still going on when the document was written (現在, 在職中, an empty leaving cell …).
    Present,
    /// The document gives no end and does not say that it goes on.
    Unstated,
}

/// First and last calendar month of a stint, both inclusive, as a résumé states them.
///
/// A period whose end lies before its start, or that starts after the document was written, is kept
/// as written (with a notice) and counts no month.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first month or year; `None` where only the end is stated.
    pub from: Option<Moment>,
    /// The end.
    pub to: PeriodEnd,
    /// The period as written, trimmed.
    pub text: String,
}

/// The months that a period covers, as ordinals of [`YearMonth::ordinal`], both ends inclusive.
///
/// A range whose first month lies after its last is empty. `lower` lies within `estimate`, which lies
/// within `upper`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MonthBounds {
    /// What is certain.
    pub lower: (i32, i32),
    /// The middle estimate: a year-only start counts from July, a year-only end to June; a single
    /// stated year counts from April to September.
    pub estimate: (i32, i32),
    /// What is possible.
    pub upper: (i32, i32),
}

impl Period {
    /// Returns whether the document says that this still goes on.
    pub fn is_current(&self) -> bool {
        self.to == PeriodEnd::Present
    }

    /// Returns the coarser precision of the stated ends; [`Precision::Month`] when none is stated.
    pub fn precision(&self) -> Precision {
        let end = match self.to {
            PeriodEnd::At(moment) => Some(moment),
            PeriodEnd::Present | PeriodEnd::Unstated => None,
        };
        self.from
            .into_iter()
            .chain(end)
            .map(Moment::precision)
            .max()
            .unwrap_or(Precision::Month)
    }

    /// Returns the months covered, an ongoing period closed at `as_of`.
    ///
    /// `None` when the period counts nothing: no start, an end before the start, or a start after
    /// `as_of`. A period without any stated end counts its first month (or year) only, since nothing
    /// says that it lasted longer. A stated end after `as_of` (a contract that runs on) is clipped.
    pub fn bounds(&self, as_of: YearMonth) -> Option<MonthBounds> {
        let from = self.from?;
        if from.earliest() > as_of {
            return None;
        }
        let to = match self.to {
            PeriodEnd::At(moment) => moment,
            PeriodEnd::Present => Moment::Month(as_of),
            PeriodEnd::Unstated => from,
        };
        if to.latest() < from.earliest() {
            return None;
        }
        let clip = |(first, last): (i32, i32)| (first, last.min(as_of.ordinal()));
        Some(MonthBounds {
            lower: clip((from.latest().ordinal(), to.earliest().ordinal())),
            estimate: clip(estimate(from, to)),
            upper: clip((from.earliest().ordinal(), to.latest().ordinal())),
        })
    }
}

/// Returns the middle estimate of the months from `from` to `to`.
fn estimate(from: Moment, to: Moment) -> (i32, i32) {
    match (from, to) {
        (Moment::Year(first), Moment::Year(last)) if first == last => {
            let january = from.earliest().ordinal();
            (january + 3, january + 8)
        }
        (Moment::Month(first), Moment::Year(_)) => {
            let june = to.earliest().ordinal() + 5;
            (first.ordinal(), june.max(first.ordinal()))
        }
        (Moment::Year(_), Moment::Month(last)) => {
            let july = from.earliest().ordinal() + 6;
            (july.min(last.ordinal()), last.ordinal())
        }
        (Moment::Year(_), Moment::Year(_)) => {
            (from.earliest().ordinal() + 6, to.earliest().ordinal() + 5)
        }
        (Moment::Month(first), Moment::Month(last)) => (first.ordinal(), last.ordinal()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period {
            from: from.parse().ok(),
            to: match to {
                "present" => PeriodEnd::Present,
                "" => PeriodEnd::Unstated,
                to => PeriodEnd::At(to.parse().expect("a moment")),
            },
            text: format!("{from}〜{to}"),
        }
    }

    /// `expected`: lower, estimated and upper months, or `None` where nothing counts.
    #[track_caller]
    fn check(from: &str, to: &str, expected: Option<(i32, i32, i32)>) {
        let as_of = YearMonth::new(2022, 10).expect("in range");
        let months = |(first, last): (i32, i32)| (last - first + 1).max(0);
        let actual = period(from, to).bounds(as_of).map(|bounds| {
            (
                months(bounds.lower),
                months(bounds.estimate),
                months(bounds.upper),
            )
        });
        assert_eq!(actual, expected, "{from}..{to}");
    }

    #[test]
    fn both_ends_count_and_year_only_ends_widen() {
        check("2016-04", "2019-01", Some((34, 34, 34)));
        check("2016-04", "2016-04", Some((1, 1, 1)));
        check("2022-01", "present", Some((10, 10, 10)));
        check("2016", "2019", Some((26, 36, 48)));
        check("2016", "2016", Some((0, 6, 12)));
        check("2016-04", "2019", Some((34, 39, 45)));
        check("2016", "2019-01", Some((26, 31, 37)));
        check("2016-10", "2016", Some((0, 1, 3)));
        check("2016-04", "", Some((1, 1, 1)));
    }

    #[test]
    fn an_impossible_period_counts_nothing() {
        check("2019-01", "2016-04", None);
        check("2023-01", "present", None);
        check("", "2019-01", None);
    }

    #[test]
    fn an_end_after_the_document_is_clipped_to_it() {
        check("2022-01", "2023-12", Some((10, 10, 10)));
    }

    #[test]
    fn precision_is_that_of_the_coarser_end() {
        assert_eq!(period("2016", "2019-01").precision(), Precision::Year);
        assert_eq!(period("2016-04", "present").precision(), Precision::Month);
        assert!(period("2016-04", "present").is_current());
    }
}
