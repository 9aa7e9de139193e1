//! Dates as résumés write them: Gregorian, 和暦, English months, any width, digits spaced or packed.

use chrono::NaiveDate;

use crate::domain::{Moment, YearMonth};

use super::text::small;

/// A text as characters of one width, each with the byte it begins at.
#[derive(Clone, Debug)]
pub(super) struct Folded {
    chars: Vec<(u32, char)>,
    len: usize,
}

/// A date found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateHit {
    /// What it says, or `None` where no calendar has it (month 13).
    pub(super) moment: Option<Moment>,
    /// The day of the month where one is stated and exists.
    pub(super) day: Option<u8>,
    /// Index of the character after it.
    pub(super) next: usize,
    /// How sure the form is.
    pub(super) form: DateForm,
}

/// How surely a form is a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DateForm {
    /// `21/04`: only next to another date.
    Weak,
    /// `2016`: four digits that may be any number.
    Bare,
    /// Anything else.
    Sure,
}

impl DateHit {
    /// Returns the calendar day, where one is stated.
    pub(super) fn day_date(&self) -> Option<NaiveDate> {
        let Some(Moment::Month(month)) = self.moment else {
            return None;
        };
        NaiveDate::from_ymd_opt(
            i32::from(month.year()),
            u32::from(month.month()),
            u32::from(self.day?),
        )
    }
}

impl Folded {
    /// Folds `text`: full-width signs to ASCII, dashes to `-`, wave dashes to `~`, blanks to a space.
    pub(super) fn new(text: &str) -> Self {
        let mut chars = Vec::with_capacity(text.chars().count());
        chars.extend(
            text.char_indices()
                .map(|(at, character)| (small(at), fold(character))),
        );
        Self {
            chars,
            len: text.len(),
        }
    }

    /// Returns the number of characters.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// Returns the character at index `at`, or NUL beyond the end.
    pub(super) fn at(&self, at: usize) -> char {
        self.chars.get(at).map_or('\0', |(_, character)| *character)
    }

    /// Returns the byte that the character at index `at` begins at.
    pub(super) fn byte(&self, at: usize) -> usize {
        self.chars
            .get(at)
            .map_or(self.len, |(byte, _)| *byte as usize)
    }

    /// Returns the index after any blanks from `at` (at most eight).
    pub(super) fn skip_blanks(&self, at: usize) -> usize {
        (at..at + 8)
            .find(|index| self.at(*index) != ' ')
            .unwrap_or(at + 8)
    }

    /// Returns whether `word` (lower case) stands at `at`, in either case.
    pub(super) fn has(&self, at: usize, word: &str) -> bool {
        word.chars()
            .enumerate()
            .all(|(index, expected)| self.at(at + index).to_ascii_lowercase() == expected)
    }

    /// Reads up to `most` digits at `at`: their value and how many there are.
    pub(super) fn digits(&self, at: usize, most: usize) -> Option<(u32, usize)> {
        let count = (0..most)
            .take_while(|index| self.at(at + index).is_ascii_digit())
            .count();
        if count == 0 {
            return None;
        }
        let value = (at..at + count)
            .filter_map(|index| self.at(index).to_digit(10))
            .fold(0, |value, digit| value * 10 + digit);
        Some((value, count))
    }
}

/// Folds one character.
pub(super) fn fold(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5D}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '〜' | '～' | '∼' | '∽' | '˜' | '〰' => '~',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━' | '⁻' | 'ｰ' | '➖' => {
            '-'
        }
        '\u{3000}' | '\u{A0}' | '\t' | '\u{2002}'..='\u{200B}' => ' ',
        '’' | '‘' | '`' | '´' => '\'',
        '▶' | '►' | '▸' | '▷' | '▹' | '➤' | '➔' | '➙' | '➜' | '➝' | '➞' | '➡' | '⟶' | '⇨' | '⮕'
        | '⟹' | '⇾' | '↣' | '↦' => '→',
        '\u{FE0E}' | '\u{FE0F}' => ' ',
        _ => character,
    }
}

/// Reads the date that begins at character `at`, if one does.
pub(super) fn date_at(text: &Folded, at: usize) -> Option<DateHit> {
    if at > 0 && text.at(at).is_ascii_alphanumeric() {
        let before = text.at(at - 1);
        let continues = before.is_ascii_digit()
            || (before.is_ascii_alphabetic() && text.at(at).is_ascii_alphabetic());
        if continues {
            return None;
        }
    }
    era_date(text, at)
        .or_else(|| packed_date(text, at))
        .or_else(|| year_date(text, at))
        .or_else(|| short_year_date(text, at))
        .or_else(|| english_date(text, at))
}

/// Returns the date that `text` begins with, and what follows it; `None` where no calendar has it.
pub fn leading_moment(text: &str) -> Option<(Moment, &str)> {
    let folded = Folded::new(text);
    let date = date_at(&folded, 0)?;
    Some((date.moment?, &text[folded.byte(date.next)..]))
}

/// Reads what follows a year: `年4月3日`, `/4/3`, `年度`, or nothing.
fn after_year(text: &Folded, year: u32, at: usize, form: DateForm) -> Option<DateHit> {
    let next = text.skip_blanks(at);
    if text.at(next) == '年' {
        return Some(after_year_sign(text, year, next + 1));
    }
    let separator = text.at(next);
    if matches!(separator, '/' | '.' | '-') && (separator == '/' || next == at) {
        let month_at = if separator == '/' {
            text.skip_blanks(next + 1)
        } else {
            next + 1
        };
        if let Some((month, count)) = text.digits(month_at, 3)
            && count <= 2
            && text.at(month_at + count) != '年'
        {
            // 「2016-9 ~ 2019-3」 has months, and 「2016-9年度」 has none.
            let behind = text.at(month_at + count);
            let is_cut = count == 1 && !matches!(behind, '\0' | ' ' | '~' | '/' | ')' | '|');
            let is_range = separator == '-' && (is_cut || month > 12);
            if !is_range {
                return Some(with_day(text, year, month, month_at + count, separator));
            }
        }
    }
    (form != DateForm::Weak).then(|| DateHit {
        moment: u16::try_from(year)
            .ok()
            .and_then(|year| Moment::year_only(year).ok()),
        day: None,
        next: at,
        form,
    })
}

/// Reads what follows `2016年`.
fn after_year_sign(text: &Folded, year: u32, at: usize) -> DateHit {
    const PARTS: [&str; 20] = [
        "ぐらい",
        "くらい",
        "初め",
        "はじめ",
        "終わり",
        "暮れ",
        "半ば",
        "後半",
        "前半",
        "中旬",
        "初頭",
        "上期",
        "下期",
        "頃",
        "ごろ",
        "春",
        "夏",
        "秋",
        "冬",
        "末",
    ];
    let at = if text.at(at) == '度' { at + 1 } else { at };
    let month_at = text.skip_blanks(at);
    if let Some((month, count)) = text.digits(month_at, 2) {
        let sign = text.skip_blanks(month_at + count);
        if text.at(sign) == '月' {
            return with_japanese_day(text, year, month, sign + 1);
        }
    }
    // 「2009年の夏」, 「2019年 夏」
    let blank = text.skip_blanks(at);
    let part_at = blank + usize::from(text.at(blank) == 'の');
    let next = PARTS
        .iter()
        .find(|word| text.has(part_at, word))
        .map_or(at, |word| part_at + word.chars().count());
    DateHit {
        moment: u16::try_from(year)
            .ok()
            .and_then(|year| Moment::year_only(year).ok()),
        day: None,
        next,
        form: DateForm::Sure,
    }
}

/// Reads `3日` behind `4月`, or 上旬 and the like.
fn with_japanese_day(text: &Folded, year: u32, month: u32, at: usize) -> DateHit {
    let day_at = text.skip_blanks(at);
    let stated = text.digits(day_at, 2).and_then(|(day, count)| {
        let sign = text.skip_blanks(day_at + count);
        (text.at(sign) == '日').then_some((day, sign + 1))
    });
    let (day, next) = match stated {
        Some((day, next)) => (Some(day), next),
        None => {
            let next = [
                "上旬",
                "中旬",
                "下旬",
                "末",
                "頃",
                "ごろ",
                "ぐらい",
                "くらい",
                "度",
            ]
            .iter()
            .find(|word| text.has(at, word))
            .map_or(at, |word| at + word.chars().count());
            (None, next)
        }
    };
    DateHit {
        moment: month_of(year, month),
        day: day.and_then(|day| u8::try_from(day).ok()),
        next,
        form: DateForm::Sure,
    }
}

/// Reads the day behind `2016/04`, which repeats the separator.
fn with_day(text: &Folded, year: u32, month: u32, at: usize, separator: char) -> DateHit {
    let mut hit = DateHit {
        moment: month_of(year, month),
        day: None,
        next: at,
        form: DateForm::Sure,
    };
    if text.at(at) == '月' {
        hit.next = at + 1;
        return hit;
    }
    if text.at(at) == separator
        && let Some((day, count)) = text.digits(at + 1, 3)
        && count <= 2
        && (1..=31).contains(&day)
    {
        hit.day = u8::try_from(day).ok();
        hit.next = at + 1 + count;
    }
    hit
}

/// Returns the month, or `None` where no calendar has it.
fn month_of(year: u32, month: u32) -> Option<Moment> {
    let year = u16::try_from(year).ok()?;
    let month = u8::try_from(month).ok()?;
    YearMonth::new(year, month).ok().map(Moment::Month)
}

/// Reads `2016…`.
fn year_date(text: &Folded, at: usize) -> Option<DateHit> {
    let (year, count) = text.digits(at, 5)?;
    if count != 4 || !(1940..=2100).contains(&year) {
        return None;
    }
    let next = at + 4;
    // 「2000万円規模」 is an amount.
    if matches!(text.at(next), '万' | '億' | '円') {
        return None;
    }
    let month_first = text.skip_blanks(next);
    if let Some((month, after)) = month_name(text, month_first) {
        return Some(DateHit {
            moment: month_of(year, month),
            day: None,
            next: after,
            form: DateForm::Sure,
        });
    }
    after_year(text, year, next, DateForm::Bare)
}

/// Reads `201604` and `20160401`.
fn packed_date(text: &Folded, at: usize) -> Option<DateHit> {
    let (_, count) = text.digits(at, 9)?;
    if count != 6 && count != 8 {
        return None;
    }
    let (year, _) = text.digits(at, 4)?;
    let (month, _) = text.digits(at + 4, 2)?;
    if !(1950..=2100).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let day = (count == 8).then(|| text.digits(at + 6, 2)).flatten();
    Some(DateHit {
        moment: month_of(year, month),
        day: day.and_then(|(day, _)| u8::try_from(day).ok()),
        next: at + count,
        form: DateForm::Bare,
    })
}

/// Reads `’16/4`, `16年4月` and, weakly, `21/04`.
fn short_year_date(text: &Folded, at: usize) -> Option<DateHit> {
    let has_mark = text.at(at) == '\'';
    let start = at + usize::from(has_mark);
    let (year, count) = text.digits(start, 3)?;
    if count != 2 {
        return None;
    }
    let year = if year >= 60 { 1900 + year } else { 2000 + year };
    let sign = start + 2;
    let is_japanese = text.at(sign) == '年'
        && text
            .digits(text.skip_blanks(sign + 1), 2)
            .is_some_and(|(_, count)| text.at(text.skip_blanks(sign + 1) + count) == '月');
    if is_japanese {
        return Some(after_year_sign(text, year, sign + 1));
    }
    if !matches!(text.at(sign), '/' | '.') {
        return None;
    }
    // 「24.09 > 25.03」 at the beginning; anywhere else it is a version.
    let before = (0..at)
        .rev()
        .map(|index| text.at(index))
        .find(|sign| *sign != ' ');
    let is_padded = text
        .digits(sign + 1, 3)
        .is_some_and(|(_, count)| count == 2);
    let begins = before.is_none_or(|before| "([|~->→".contains(before));
    if text.at(sign) == '.' && !has_mark && !(is_padded && begins) {
        return None;
    }
    let mut hit = after_year(text, year, sign, DateForm::Weak)?;
    hit.moment?;
    if !has_mark {
        hit.form = DateForm::Weak;
    }
    Some(hit)
}

/// Reads 平成28年4月, `H28.4`, 令和元年, `R5年度`.
fn era_date(text: &Folded, at: usize) -> Option<DateHit> {
    let (first_year, next, is_letter) = era(text, at)?;
    let next = text.skip_blanks(next);
    let (number, after) = if text.at(next) == '元' {
        (1, next + 1)
    } else {
        let (number, count) = text.digits(next, 3)?;
        if count > 2 {
            return None;
        }
        (number, next + count)
    };
    if number == 0 || number > 64 {
        return None;
    }
    let year = first_year + number - 1;
    if is_letter && !matches!(text.at(after), '年' | '.' | '/' | '-') {
        return None;
    }
    let hit = after_year(text, year, after, DateForm::Sure)?;
    let has_month = matches!(hit.moment, Some(Moment::Month(_)) | None);
    (!is_letter || text.at(after) == '年' || has_month).then_some(hit)
}

/// Returns the first year of the era named at `at`, the index behind it, and whether it is a letter.
fn era(text: &Folded, at: usize) -> Option<(u32, usize, bool)> {
    const ERAS: [(&str, u32); 4] = [
        ("令和", 2019),
        ("平成", 1989),
        ("昭和", 1926),
        ("大正", 1912),
    ];
    for (name, first_year) in ERAS {
        if text.has(at, name) {
            return Some((first_year, at + 2, false));
        }
    }
    let is_word = at > 0 && text.at(at - 1).is_ascii_alphanumeric();
    if is_word || !text.at(at + 1).is_ascii_digit() {
        return None;
    }
    match text.at(at) {
        'R' => Some((2019, at + 1, true)),
        'H' => Some((1989, at + 1, true)),
        'S' => Some((1926, at + 1, true)),
        _ => None,
    }
}

/// Reads `Apr 2016`, `April, 2016`, `Apr. 2016`, `1 Apr 2016`.
fn english_date(text: &Folded, at: usize) -> Option<DateHit> {
    let (day, month_at) = match text.digits(at, 3) {
        Some((day, count)) if count <= 2 && text.at(at + count) == ' ' => {
            (u8::try_from(day).ok(), text.skip_blanks(at + count))
        }
        Some(_) => return None,
        None => (None, at),
    };
    let (month, after) = month_name(text, month_at)?;
    let mut next = after;
    while matches!(text.at(next), '.' | ',' | ' ') && next < after + 4 {
        next += 1;
    }
    let (year, count) = text.digits(next, 5)?;
    if count != 4 || next == after {
        return None;
    }
    Some(DateHit {
        moment: month_of(year, month),
        day,
        next: next + 4,
        form: DateForm::Sure,
    })
}

/// Reads the English name of a month, whole or its first letters: its number and the index behind.
pub(super) fn month_name(text: &Folded, at: usize) -> Option<(u32, usize)> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if !text.at(at).is_ascii_alphabetic() {
        return None;
    }
    let length = (0..10)
        .take_while(|index| text.at(at + index).is_ascii_alphabetic())
        .count();
    if !(3..=9).contains(&length) {
        return None;
    }
    let index = MONTHS.iter().position(|month| {
        let is_whole = length <= 4 || length == month.len();
        is_whole && month.get(..length).is_some_and(|part| text.has(at, part))
    })?;
    let number = u32::try_from(index).ok()? + 1;
    let dot = usize::from(text.at(at + length) == '.');
    Some((number, at + length + dot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let hit = date_at(&Folded::new(text), 0);
        let actual = hit.map(|hit| match hit.moment {
            Some(moment) => moment.to_string(),
            None => "impossible".to_owned(),
        });
        assert_eq!(actual.as_deref(), expected, "{text}");
    }

    #[test]
    fn each_written_form_of_a_month_is_read() {
        for text in [
            "2016/04",
            "2016.4",
            "2016-04",
            "2016年4月",
            "２０１６年４月",
            "2016 年 4 月",
            "16年4月",
            "’16/4",
            "'16/04",
            "Apr 2016",
            "April, 2016",
            "Apr. 2016",
            "平成28年4月",
            "H28.4",
            "平成２８年 ４月",
            "2016/04/01",
            "2016-04-01",
            "2016年04月01日",
            "201604",
            "20160401",
            "2016 Apr",
            "2016年4月上旬",
        ] {
            check(text, Some("2016-04"));
        }
        check("令和元年5月", Some("2019-05"));
        check("R1/5", Some("2019-05"));
        check("S63.12", Some("1988-12"));
        check("201８年11月", Some("2018-11"));
    }

    #[test]
    fn a_year_alone_is_a_year() {
        check("2016", Some("2016"));
        check("2016年", Some("2016"));
        check("R5年度", Some("2023"));
        check("令和元年", Some("2019"));
        check("2023年後半", Some("2023"));
        check("2013-2014", Some("2013"));
    }

    #[test]
    fn a_month_that_no_calendar_has_is_impossible() {
        check("2016/13", Some("impossible"));
        check("2016年0月", Some("impossible"));
    }

    #[test]
    fn other_numbers_are_no_dates() {
        check("12345", None);
        check("150", None);
        check("R1", None);
        check("H2", None);
        check("S3", None);
        check("S3.5", Some("1928-05"));
        check("Mar", None);
        check("1024", None);
        check("2000万円", None);
        check("1980円", None);
    }
}
