//! Calendar months, and the points in time that a résumé states.

use std::fmt;

/// A calendar month: the finest date a career is counted in.
///
/// Ordered chronologically. The year is Gregorian and in `1900..=2199`, the month in `1..=12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    year: u16,
    month: u8,
}

/// A number that no calendar month of a résumé has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum YearMonthError {
    /// The year is not in `1900..=2199`.
    #[error("year {0} is not in 1900..=2199")]
    Year(u16),
    /// The month is not in `1..=12`.
    #[error("month {0} is not in 1..=12")]
    Month(u8),
    /// The text is neither `2016-04` nor `2016`.
    #[error("not a month of the form 2016-04 or 2016")]
    Form,
}

impl YearMonth {
    /// Returns the month `month` (1 is January) of the Gregorian year `year`.
    ///
    /// # Errors
    /// [`YearMonthError`] carries the number that is out of range; the year is checked first.
    pub const fn new(year: u16, month: u8) -> Result<Self, YearMonthError> {
        if year < 1900 || year > 2199 {
            return Err(YearMonthError::Year(year));
        }
        if month < 1 || month > 12 {
            return Err(YearMonthError::Month(month));
        }
        Ok(Self { year, month })
    }

    /// Returns the Gregorian year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, 1 is January.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the months since January of the year 0: consecutive months differ by 1.
    pub const fn ordinal(self) -> i32 {
        self.year as i32 * 12 + self.month as i32 - 1
    }

    /// Returns the month with this [`ordinal`](Self::ordinal), or `None` outside `1900..=2199`.
    pub fn from_ordinal(ordinal: i32) -> Option<Self> {
        let year = u16::try_from(ordinal.div_euclid(12)).ok()?;
        let month = u8::try_from(ordinal.rem_euclid(12) + 1).ok()?;
        Self::new(year, month).ok()
    }
}

impl fmt::Display for YearMonth {
    /// Writes `2016-04`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

/// How exactly a date is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the month.
    Month,
    /// To the year only.
    Year,
}

/// A month, or a year whose month is not stated.
///
/// Ordered by the first month it may mean; a year orders before its own January.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A stated month.
    Month(YearMonth),
    /// A stated year (`1900..=2199`).
    Year(u16),
}

impl Moment {
    /// Returns the year `year` without a month.
    ///
    /// # Errors
    /// [`YearMonthError::Year`] when it is not in `1900..=2199`.
    pub fn year_only(year: u16) -> Result<Self, YearMonthError> {
        YearMonth::new(year, 1).map(|month| Self::Year(month.year()))
    }

    /// Returns the first month that this may mean.
    pub fn earliest(self) -> YearMonth {
        match self {
            Self::Month(month) => month,
            Self::Year(year) => YearMonth { year, month: 1 },
        }
    }

    /// Returns the last month that this may mean.
    pub fn latest(self) -> YearMonth {
        match self {
            Self::Month(month) => month,
            Self::Year(year) => YearMonth { year, month: 12 },
        }
    }

    /// Returns how exactly this is stated.
    pub const fn precision(self) -> Precision {
        match self {
            Self::Month(_) => Precision::Month,
            Self::Year(_) => Precision::Year,
        }
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |moment: &Self| (moment.earliest(), moment.precision() == Precision::Month);
        key(self).cmp(&key(other))
    }
}

impl fmt::Display for Moment {
    /// Writes `2016-04` or `2016`; the reverse of [`std::str::FromStr`].
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(month) => month.fmt(formatter),
            Self::Year(year) => write!(formatter, "{year:04}"),
        }
    }
}

impl std::str::FromStr for Moment {
    type Err = YearMonthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |text: &str, count: usize| {
            (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse::<u16>().ok())
                .flatten()
                .ok_or(YearMonthError::Form)
        };
        match text.split_once('-') {
            None => Self::year_only(digits(text, 4)?),
            Some((year, month)) => {
                let month = u8::try_from(digits(month, 2)?).map_err(|_| YearMonthError::Form)?;
                YearMonth::new(digits(year, 4)?, month).map(Self::Month)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: Result<Moment, YearMonthError>) {
        assert_eq!(input.parse::<Moment>(), expected, "{input}");
    }

    #[test]
    fn months_and_years_read_back_what_they_write() {
        let april = YearMonth::new(2016, 4).expect("in range");
        check("2016-04", Ok(Moment::Month(april)));
        check("2016", Ok(Moment::Year(2016)));
        check("2016-4", Err(YearMonthError::Form));
        check("2016-13", Err(YearMonthError::Month(13)));
        check("1899", Err(YearMonthError::Year(1899)));
        check("", Err(YearMonthError::Form));
        check("２０１６", Err(YearMonthError::Form));
        assert_eq!(Moment::Month(april).to_string(), "2016-04");
    }

    #[test]
    fn an_ordinal_leads_back_to_its_month() {
        let month = YearMonth::new(2019, 1).expect("in range");
        assert_eq!(YearMonth::from_ordinal(month.ordinal()), Some(month));
        assert_eq!(YearMonth::from_ordinal(-1), None);
        assert_eq!(YearMonth::from_ordinal(1_000_000), None);
    }
}
