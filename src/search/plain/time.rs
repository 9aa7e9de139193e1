//! Amounts and points of time as people write them in a request. All text here is normalized.

use super::super::request::Window;
use super::super::value::numeral;
use super::untold;
use crate::domain::{Moment, YearMonth};

/// Longest career that an amount may speak of, in years; more is a calendar year or no amount.
const MAX_YEARS: u32 = 60;

/// What a number with its unit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// At least so many months.
    Months(u32),
    /// At most so many months, which no condition can ask for.
    Fewer,
    /// Within a window of time.
    Window(Window),
    /// The score of a certificate.
    Score(u32),
    /// What no condition can tell: an age, pay.
    Untold,
}

/// Returns the amount at the beginning of `text`, and its length in bytes.
pub(super) fn amount(text: &str) -> Option<(Amount, usize)> {
    let mut reader = Reader { text, at: 0 };
    let amount = reader
        .points()
        .or_else(|| reader.retry(Reader::last))
        .or_else(|| reader.retry(Reader::window))
        .or_else(|| reader.retry(Reader::length));
    match amount {
        Some(amount) => Some((amount, reader.at)),
        None => untold::amount_at(text).map(|end| (Amount::Untold, end)),
    }
}

/// Returns the bare number at the beginning of `text`, with what makes it a minimum.
pub(super) fn score(text: &str) -> Option<(Amount, usize)> {
    let mut reader = Reader { text, at: 0 };
    let number = reader.digits()?;
    if !(100..=9_999).contains(&number) || reader.peek_is(|next| next.is_ascii_alphanumeric()) {
        return None;
    }
    reader.take_any(AT_LEAST);
    Some((Amount::Score(number), reader.at))
}

fn since(from: Moment) -> Amount {
    between(Some(from), None)
}

fn between(from: Option<Moment>, to: Option<Moment>) -> Amount {
    Amount::Window(Window::Between { from, to })
}

const AT_LEAST: &[&str] = &[
    "以上",
    "を超える",
    "超え",
    "超",
    "程度",
    "くらい",
    "ぐらい",
    "ほど",
    "前後",
    "強",
    "弱",
    "~",
    "+",
    "目",
    "↑",
];
const FEWER: &[&str] = &["未満", "以内", "以下", "まで"];
const SINCE: &[&str] = &["以降", "以後", "からの", "から", "より後", "~"];
const UNTIL: &[&str] = &[
    "以前から",
    "以前の",
    "以前",
    "より前から",
    "より前",
    "頃まで",
    "までの",
    "まで",
];
const ABOUT: &[&str] = &["年頃", "頃", "ごろ", "当時", "時点", "度", "に", "の"];
const TO: &[&str] = &["から", "~", "-"];
const YEARS: &[&str] = &["年間", "年", "years", "year", "yrs", "yr"];
const MONTHS: &[&str] = &[
    "ヶ月",
    "か月",
    "カ月",
    "ヵ月",
    "ケ月",
    "ヶ月間",
    "箇月",
    "months",
    "month",
];

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn retry(&mut self, read: impl Fn(&mut Self) -> Option<Amount>) -> Option<Amount> {
        self.at = 0;
        read(self)
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek_is(&self, test: impl Fn(char) -> bool) -> bool {
        self.rest().chars().next().is_some_and(test)
    }

    /// Takes one of `words`, a space before it allowed.
    fn take_any(&mut self, words: &[&str]) -> bool {
        let rest = self.rest();
        let trimmed = rest.strip_prefix(' ').unwrap_or(rest);
        let Some(word) = words
            .iter()
            .filter(|word| trimmed.starts_with(**word))
            .max_by_key(|word| word.len())
        else {
            return false;
        };
        self.at += rest.len() - trimmed.len() + word.len();
        true
    }

    fn digits(&mut self) -> Option<u32> {
        let rest = self.rest();
        let end = rest
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(rest.len());
        let number = rest[..end].parse().ok()?;
        self.at += end;
        Some(number)
    }

    /// Reads digits, or a number up to ten in kanji.
    fn number(&mut self) -> Option<u32> {
        if let Some(number) = self.digits() {
            return Some(number);
        }
        let first = self.rest().chars().next()?;
        let number = numeral(first)?;
        self.at += first.len_utf8();
        Some(number)
    }

    /// `800点以上`.
    fn points(&mut self) -> Option<Amount> {
        let number = self.digits()?;
        if !self.take_any(&["点"]) {
            return None;
        }
        self.take_any(AT_LEAST);
        Some(Amount::Score(number))
    }

    /// `直近3年`, `過去6ヶ月以内`, `last 3 years`: up to the month that the résumé is of.
    fn last(&mut self) -> Option<Amount> {
        const LAST: &[&str] = &["直近", "過去", "ここ", "最近", "この", "last", "past"];
        if !self.take_any(LAST) {
            return None;
        }
        self.take_any(&[" "]);
        let months = self.months()?;
        self.take_any(&["以内", "間", "くらい", "ほど"]);
        self.take_any(&["に", "で", "の"]);
        Some(Amount::Window(Window::Last { months }))
    }

    /// `2020年以降`, `2016年4月から2019年3月まで`, `2015年以前`, `令和2年から`.
    fn window(&mut self) -> Option<Amount> {
        if self.take_any(&["since "]) {
            return self.moment().map(since);
        }
        let from = self.moment()?;
        let behind = self.at;
        if self.take_any(TO) {
            self.take_any(&[" "]);
            if let Some(to) = self.moment().filter(|to| from.earliest() <= to.latest()) {
                self.take_any(&["までの", "まで", "の間", "に"]);
                return Some(between(Some(from), Some(to)));
            }
        }
        self.at = behind;
        if self.take_any(UNTIL) {
            self.take_any(&["から"]);
            return Some(between(None, Some(from)));
        }
        if self.take_any(SINCE) {
            return Some(since(from));
        }
        // A year alone is only one with its unit: 2020 may be anything.
        let has_unit = self.text[..self.at].ends_with(['年', '月', '度']);
        if !has_unit {
            return None;
        }
        self.take_any(ABOUT);
        Some(between(Some(from), Some(from)))
    }

    /// A year of four digits or of an era, with or without a month.
    fn moment(&mut self) -> Option<Moment> {
        const ERAS: [(&[&str], u32); 3] = [
            (&["令和", "r"], 2018),
            (&["平成", "h"], 1988),
            (&["昭和", "s"], 1925),
        ];
        let era = ERAS.iter().find(|(names, _)| self.take_any(names));
        let year = match era {
            Some((_, before)) if self.take_any(&["元"]) => before + 1,
            Some((_, before)) => before + self.digits().filter(|year| (1..=64).contains(year))?,
            None => self.digits().filter(|year| (1950..=2100).contains(year))?,
        };
        let year = u16::try_from(year).ok()?;
        let behind = self.at;
        let has_unit = self.take_any(&["年度", "年"]);
        if era.is_some() && !has_unit {
            return None;
        }
        let in_year = self.at;
        let is_separated = has_unit || self.take_any(&["/", ".", "-"]);
        if is_separated && let Some(month) = self.digits() {
            let is_month = !has_unit || self.take_any(&["月"]);
            let month = u8::try_from(month).ok().filter(|_| is_month);
            if let Some(month) = month.and_then(|month| YearMonth::new(year, month).ok()) {
                return Some(Moment::Month(month));
            }
        }
        self.at = if has_unit { in_year } else { behind };
        Moment::year_only(year).ok()
    }

    /// `2年以上`, `1年半`, `6ヶ月`, `2年6ヶ月以上`, `半年`, `3~5年`, `3+ years`.
    fn length(&mut self) -> Option<Amount> {
        let months = self.months()?;
        if self.take_any(FEWER) {
            return Some(Amount::Fewer);
        }
        // 10年前, 3年後 are points in time that nobody can tell without knowing today.
        if self.peek_is(|next| matches!(next, '前' | '後' | '度' | '生'))
            && !self.take_any(&["前後"])
        {
            return None;
        }
        if self.take_any(AT_LEAST) {
            self.take_any(AT_LEAST);
        }
        Some(Amount::Months(months))
    }

    fn months(&mut self) -> Option<u32> {
        if self.take_any(&["半年"]) {
            return Some(6);
        }
        let number = self.number()?;
        let behind = self.at;
        if self.take_any(&["~", "-"]) && self.number().is_none() {
            self.at = behind;
        }
        if number > 0 && number <= MAX_YEARS {
            let tenth = self.rest().strip_prefix('.').is_some();
            let mut tenths = 0;
            if tenth {
                self.at += 1;
                tenths = self.digits().filter(|tenths| *tenths < 10)?;
            }
            let behind = self.at;
            self.take_any(&["+"]);
            if self.take_any(YEARS) {
                let years = number * 12 + tenths * 12 / 10;
                if self.take_any(&["半"]) {
                    return Some(years + 6);
                }
                let behind = self.at;
                if let Some(more) = self.digits()
                    && more < 12
                    && self.take_any(MONTHS)
                {
                    return Some(years + more);
                }
                self.at = behind;
                return Some(years);
            }
            self.at = behind;
        }
        (self.take_any(MONTHS) && number > 0 && number <= MAX_YEARS * 12).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected`: what the amount says and what follows it.
    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let written = |amount| match amount {
            Amount::Months(months) => format!(">={months}m"),
            Amount::Fewer => "<".to_owned(),
            Amount::Window(Window::Last { months }) => format!("last {months}m"),
            Amount::Window(Window::Between { from, to }) => {
                let end = |end: Option<Moment>| end.map(|end| end.to_string()).unwrap_or_default();
                format!("{}..{}", end(from), end(to))
            }
            Amount::Score(score) => score.to_string(),
            Amount::Untold => "untold".to_owned(),
        };
        let found = amount(text).map(|(amount, end)| (written(amount), &text[end..]));
        let found = found.as_ref().map(|(said, rest)| (said.as_str(), *rest));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lengths_are_months() {
        check("2年以上", Some((">=24m", "")));
        check("2 年 以上 go", Some((">=24m", " go")));
        check("1年半", Some((">=18m", "")));
        check("1.5年", Some((">=18m", "")));
        check("2年6ヶ月以上", Some((">=30m", "")));
        check("6か月", Some((">=6m", "")));
        check("半年以上", Some((">=6m", "")));
        check("三年以上", Some((">=36m", "")));
        check("3~5年", Some((">=36m", "")));
        check("3+ years", Some((">=36m", "")));
        check("3年間", Some((">=36m", "")));
        check("10年程度の", Some((">=120m", "の")));
        check("3年未満", Some(("<", "")));
        check("10年前から", None);
        check("100年以上", None);
        check("0年", None);
        check("4294967295年", None);
        check("2", None);
    }

    #[test]
    fn points_in_time_are_windows() {
        check("2020年以降", Some(("2020..", "")));
        check("2020以降", Some(("2020..", "")));
        check("2020年4月から", Some(("2020-04..", "")));
        check("2020/04以降", Some(("2020-04..", "")));
        check("2015年以前から", Some(("..2015", "")));
        check("2015年まで", Some(("..2015", "")));
        check("2016年から2019年まで", Some(("2016..2019", "")));
        check("2016~2019年", Some(("2016..2019", "")));
        check("2018年頃", Some(("2018..2018", "")));
        check("平成28年以降", Some(("2016..", "")));
        check("令和元年から", Some(("2019..", "")));
        check("直近3年", Some(("last 36m", "")));
        check("直近3年で", Some(("last 36m", "")));
        check("過去6ヶ月以内の", Some(("last 6m", "")));
        check("ここ2年", Some(("last 24m", "")));
        check("30代の", Some(("untold", "の")));
        check("直近", None);
        check("2020", None);
        check("2019年から2016年", Some(("2019..", "2016年")));
    }

    #[test]
    fn points_are_scores() {
        check("800点以上", Some(("800", "")));
        check("800点", Some(("800", "")));
        assert_eq!(score("800以上"), Some((Amount::Score(800), 9)));
        assert_eq!(score("2"), None);
        assert_eq!(score("800m"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_not(text in "[0-9年月ヶ以上降前~.\\-/+ rh令和元半点]{0,20}") {
            let _ = amount(&text);
            let _ = score(&text);
        }
    }
}
