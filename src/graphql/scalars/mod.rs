//! Scalars of the schema.

mod date;
mod date_time;
mod year_month;

pub(super) use date::Date;
pub(super) use date_time::DateTime;
pub(super) use year_month::YearMonth;
