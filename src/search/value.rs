//! Lengths and windows of time as values of the search language, in the forms that résumés use.

use unicode_normalization::UnicodeNormalization as _;

use super::request::Window;
use crate::domain::Moment;
use crate::resume;

/// Reads a length that must be reached, in months: `24m`, `2y`, `2年`, `2年6ヶ月`, `1年半`, `24`; 以上 may
/// follow, and must where the sign `>=` does not stand before it.
pub(super) fn at_least_months(text: &str, has_sign: bool) -> Option<u32> {
    let text = compatible(text);
    let length = text.strip_suffix("以上");
    let length = length.or(Some(text.as_str()).filter(|_| has_sign))?;
    months(length)
}

/// Reads a number that must be reached, as [`at_least_months`] does: `800`, `800点以上`.
pub(super) fn at_least_score(text: &str, has_sign: bool) -> Option<u32> {
    let text = compatible(text);
    let score = text.strip_suffix("以上");
    let score = score.or(Some(text.as_str()).filter(|_| has_sign))?;
    let number = score.strip_suffix('点').unwrap_or(score);
    let is_number = !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit());
    number.parse().ok().filter(|_| is_number)
}

/// Reads a length in months.
fn months(text: &str) -> Option<u32> {
    let text = text.to_lowercase();
    let text = text.strip_prefix('約').unwrap_or(&text).trim();
    let first = text.chars().next()?;
    let in_digits = numeral(first).map(|number| format!("{number}{}", &text[first.len_utf8()..]));
    let text = in_digits.as_deref().unwrap_or(text);
    if let Some((months, rest)) = resume::leading_length(text) {
        return matches!(rest, "" | "間").then_some(months);
    }
    let (number, unit) = leading_number(text)?;
    match unit.trim_start() {
        "" | "m" | "mo" | "month" | "months" | "月" => Some(number),
        unit => {
            let rest = unit.strip_prefix("years").or(unit.strip_prefix("year"));
            let rest = rest.or(unit.strip_prefix('y'))?.trim();
            let years = number.checked_mul(12)?;
            if rest.is_empty() {
                return Some(years);
            }
            let (more, unit) = leading_number(rest)?;
            let is_months = matches!(unit, "m" | "mo" | "month" | "months");
            years.checked_add(more).filter(|_| is_months)
        }
    }
}

/// Returns the number that a kanji stands for, up to ten.
pub(super) fn numeral(letter: char) -> Option<u32> {
    const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let index = NUMERALS.iter().position(|numeral| *numeral == letter)?;
    u32::try_from(index + 1).ok()
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let end = text.find(|letter| !is_digit(letter)).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Reads a month or year that something must not be earlier than: `2020`, `2020年4月`, `2020年以降`.
pub(super) fn since(text: &str) -> Option<Moment> {
    match window(text)? {
        Window::Between { from, to } if to.is_none() || to == from => from,
        _ => None,
    }
}

/// Reads a window: `2016..2019`, `2016年4月..`, `..2019/03`, `2017`, `2020年以降`, `2015年以前`, `2016〜2019`,
/// `平成28年4月から平成31年1月まで`, `last3y`, `直近6ヶ月`.
pub(super) fn window(text: &str) -> Option<Window> {
    let text = compatible(text);
    let text = text.trim();
    let words = ["last", "Last", "LAST", "直近", "過去", "ここ", "最近"];
    if let Some(length) = words.iter().find_map(|word| text.strip_prefix(word)) {
        let months = months(length.strip_suffix("以内").unwrap_or(length).trim())?;
        return (months > 0).then_some(Window::Last { months });
    }
    if let Some(text) = separated(text) {
        return ends(None, Some(end(text)?));
    }
    let (from, rest) = moment(text)?;
    let rest = rest.trim_start();
    match rest {
        "" => return ends(Some(from), Some(from)),
        "以降" | "以後" | "から" | "より" => return ends(Some(from), None),
        "以前" | "まで" => return ends(None, Some(from)),
        _ => {}
    }
    match separated(rest)? {
        "" | "現在" | "至現在" | "now" | "present" => ends(Some(from), None),
        rest => ends(Some(from), Some(end(rest)?)),
    }
}

/// Returns what follows the sign that stands between two ends.
fn separated(text: &str) -> Option<&str> {
    const SEPARATORS: [&str; 9] = ["...", "..", "…", "~", "〜", "から", "-", "–", "—"];
    let rest = SEPARATORS.iter().find_map(|sign| text.strip_prefix(sign))?;
    Some(rest.trim_start())
}

/// Reads the last end.
fn end(text: &str) -> Option<Moment> {
    let (to, rest) = moment(text)?;
    matches!(rest.trim_start(), "" | "まで").then_some(to)
}

/// Reads the month or year that `text` begins with. A résumé's dates are those of a working life; here
/// every month that can be asked for is one.
fn moment(text: &str) -> Option<(Moment, &str)> {
    let of_resume = resume::leading_moment(text);
    let plain = plain_moment(text);
    let left = |read: &Option<(Moment, &str)>| read.map_or(usize::MAX, |(_, rest)| rest.len());
    if left(&of_resume) <= left(&plain) {
        of_resume
    } else {
        plain
    }
}

/// Reads `2016-04`, `2016年4月`, `2016年` and `2016` in every year of [`Moment`].
fn plain_moment(text: &str) -> Option<(Moment, &str)> {
    let is_of_month = |letter: char| letter.is_ascii_digit() || letter == '-';
    let end = text.find(|letter| !is_of_month(letter));
    let (head, rest) = text.split_at(end.unwrap_or(text.len()));
    let moment: Moment = head.parse().ok()?;
    let Some(rest) = rest.strip_prefix('年') else {
        return Some((moment, rest));
    };
    let month = leading_number(rest).and_then(|(month, rest)| {
        let month = format!("{moment}-{month:02}").parse().ok()?;
        Some((month, rest.strip_prefix('月')?))
    });
    Some(month.unwrap_or((moment, rest)))
}

fn ends(from: Option<Moment>, to: Option<Moment>) -> Option<Window> {
    let is_backward = from
        .zip(to)
        .is_some_and(|(from, to)| from.earliest() > to.latest());
    (!is_backward).then_some(Window::Between { from, to })
}

/// Whether `text` would go on with a value that stands before it: `2年以上`, `800点以上`, `..2019`.
pub(super) fn continues(text: &str) -> bool {
    at_least_months(text, false).is_some()
        || at_least_score(text, false).is_some()
        || is_open(text).0
}

/// Whether `text` begins with a sign that stands between two ends, and whether it ends with one.
pub(super) fn is_open(text: &str) -> (bool, bool) {
    const SIGNS: [&str; 3] = ["..", "~", "〜"];
    let text = compatible(text);
    (
        SIGNS.iter().any(|sign| text.starts_with(sign)),
        SIGNS.iter().any(|sign| text.ends_with(sign)),
    )
}

fn compatible(text: &str) -> String {
    text.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<u32>) {
        assert_eq!(at_least_months(text, true), expected, "{text}");
    }

    #[test]
    fn lengths_are_read_as_months() {
        for text in [
            "24",
            "24m",
            "2y",
            "2年",
            "２年",
            "2年以上",
            "2年間",
            "約2年",
            "2 years",
            "24ヶ月",
        ] {
            check(text, Some(24));
        }
        check("6ヶ月", Some(6));
        check("半年以上", Some(6));
        check("1年半", Some(18));
        check("2年6ヶ月", Some(30));
        check("2y6m", Some(30));
        for text in ["", "x", "2年x", "99999999999", "4294967295y", "2y6", "-1"] {
            check(text, None);
        }
        assert_eq!(at_least_months("2年以上", false), Some(24));
        assert_eq!(at_least_months("2年", false), None);
    }

    #[test]
    fn scores_are_numbers_of_points() {
        assert_eq!(at_least_score("８００点以上", false), Some(800));
        assert_eq!(at_least_score("800", true), Some(800));
        assert_eq!(at_least_score("800", false), None);
        assert_eq!(at_least_score("+8", true), None);
    }

    /// `expected`: ends as `2016-04..2019`, or the months of a relative window.
    #[track_caller]
    fn check_window(text: &str, expected: &str) {
        let end = |end: Option<Moment>| end.map(|end| end.to_string()).unwrap_or_default();
        let written = match window(text) {
            Some(Window::Between { from, to }) => format!("{}..{}", end(from), end(to)),
            Some(Window::Last { months }) => months.to_string(),
            None => "none".to_owned(),
        };
        assert_eq!(written, expected, "{text}");
    }

    #[test]
    fn windows_are_read_in_the_forms_of_resumes() {
        check_window("2016..2019", "2016..2019");
        check_window("2016-04..2019-01", "2016-04..2019-01");
        check_window("2016年4月..2019年3月", "2016-04..2019-03");
        check_window("2016年4月〜2019年3月", "2016-04..2019-03");
        check_window("2016年4月から2019年3月まで", "2016-04..2019-03");
        check_window("2016/04..", "2016-04..");
        check_window("2016.4..2019.3", "2016-04..2019-03");
        check_window("..2019/03", "..2019-03");
        check_window("2017", "2017..2017");
        check_window("2016-2019", "2016..2019");
        check_window("２０２０年以降", "2020..");
        check_window("2020年4月以降", "2020-04..");
        check_window("2015年以前", "..2015");
        check_window("2016年〜現在", "2016..");
        check_window("H28.4..R1.5", "2016-04..2019-05");
        check_window("平成28年4月〜令和元年", "2016-04..2019");
        check_window("Apr 2016 – Jan 2019", "2016-04..2019-01");
        check_window("last3y", "36");
        check_window("last 6 months", "6");
        check_window("直近3年", "36");
        check_window("過去2年半", "30");
        check_window("直近三年", "36");
        check_window("直近十ヶ月", "10");
        for text in [
            "",
            "x",
            "2019..2016",
            "2016-13..",
            "..",
            "last",
            "last0m",
            "直近",
            "直近十二年",
            "2016..x",
        ] {
            check_window(text, "none");
        }
    }

    #[test]
    fn a_month_of_last_use_is_one_end() {
        assert_eq!(since("2020年以降"), Some("2020".parse().expect("a year")));
        assert_eq!(since("2020-04"), Some("2020-04".parse().expect("a month")));
        assert_eq!(since("2016..2019"), None);
        assert_eq!(since("last3y"), None);
    }
}
