//! Months and periods in the forms that people write them.

use super::career::{Month, Span};
use super::choice::{Picks, forms};

forms! {
    /// How a month is written.
    MonthForm {
        Slash,
        SlashUnpadded,
        Dot,
        DotUnpadded,
        Hyphen,
        Kanji,
        KanjiPadded,
        KanjiSpaced,
        KanjiWide,
        Era,
        English,
    }
}

forms! {
    /// How the length of a period is added to it.
    LengthForm { None, Parentheses, Brackets, Blank }
}

/// What may stand between both ends.
const SEPARATORS: &[&str] = &[
    " - ", "-", " – ", " — ", "〜", " 〜 ", "～", " ～ ", "~", " ~ ",
];

const ENGLISH_MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// How periods are written, throughout a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PeriodForm {
    month: MonthForm,
    /// What stands between both ends.
    pub(crate) separator: &'static str,
    present: &'static str,
    length: LengthForm,
}

impl PeriodForm {
    /// Chooses a form that can be told apart by a person: no hyphen between hyphens, or at the end.
    pub(crate) fn pick(
        picks: &mut Picks,
        presents: &[&'static str],
        lengths: &[LengthForm],
    ) -> Self {
        let month = picks.pick("month", MonthForm::ALL);
        let mut present = picks.part(presents);
        if month == MonthForm::English && !present.is_empty() {
            present = "Present";
        }
        picks.record("present", present);
        let mut separator = picks.part(SEPARATORS);
        if separator.trim() == "-" && (month == MonthForm::Hyphen || present.is_empty()) {
            separator = "〜";
        }
        picks.record("separator", separator);
        let length = if present.is_empty() {
            LengthForm::None
        } else {
            picks.part(lengths)
        };
        picks.record("length", length);
        Self {
            month,
            separator,
            present,
            length,
        }
    }

    /// Writes a month.
    pub(crate) fn month(self, month: Month) -> String {
        let (year, number) = (month.year(), month.number());
        match self.month {
            MonthForm::Slash => format!("{year}/{number:02}"),
            MonthForm::SlashUnpadded => format!("{year}/{number}"),
            MonthForm::Dot => format!("{year}.{number:02}"),
            MonthForm::DotUnpadded => format!("{year}.{number}"),
            MonthForm::Hyphen => format!("{year}-{number:02}"),
            MonthForm::Kanji => format!("{year}年{number}月"),
            MonthForm::KanjiPadded => format!("{year}年{number:02}月"),
            MonthForm::KanjiSpaced => format!("{year} 年 {number} 月"),
            MonthForm::KanjiWide => wide(&format!("{year}年{number}月")),
            MonthForm::Era if (year, number) >= (2019, 5) => {
                format!("令和{}年{number}月", year - 2018)
            }
            MonthForm::Era => format!("平成{}年{number}月", year - 1988),
            MonthForm::English => format!("{} {year}", ENGLISH_MONTHS[number as usize - 1]),
        }
    }

    /// Writes a period.
    pub(crate) fn write(self, span: Span) -> String {
        let last = span
            .last
            .map_or_else(|| self.present.to_owned(), |last| self.month(last));
        let ends = format!("{}{}{last}", self.month(span.first), self.separator);
        let length = length(span.months());
        match self.length {
            LengthForm::None => ends,
            LengthForm::Parentheses => format!("{ends}（{length}）"),
            LengthForm::Brackets => format!("{ends} [{length}]"),
            LengthForm::Blank => format!("{ends} {length}"),
        }
    }
}

fn length(months: i32) -> String {
    match (months / 12, months % 12) {
        (0, months) => format!("{months}ヶ月"),
        (years, 0) => format!("{years}年"),
        (years, months) => format!("{years}年{months}ヶ月"),
    }
}

/// Writes digits in their wide forms.
fn wide(text: &str) -> String {
    text.chars()
        .map(|character| match character.to_digit(10) {
            Some(digit) => char::from_u32('０' as u32 + digit).expect("a wide digit"),
            None => character,
        })
        .collect()
}
