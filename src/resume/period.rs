//! The grammar of periods: two dates and what stands between and behind them.

mod end;

use std::ops::Range;

use crate::domain::{Moment, PeriodEnd, YearMonth};

use self::end::{AfterFirst, after_first};
use super::date::{DateForm, DateHit, Folded, date_at, fold, month_name};

/// A period found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundPeriod {
    /// Where it stands, in bytes of the text.
    pub(super) range: Range<usize>,
    /// Its start.
    pub(super) from: Option<Moment>,
    /// Its end.
    pub(super) to: PeriodEnd,
    /// How it is written.
    pub(super) shape: PeriodShape,
    /// Whether a date in it is on no calendar.
    pub(super) has_impossible_date: bool,
}

/// How a period is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PeriodShape {
    /// Two ends.
    Range,
    /// A start and a dash.
    Open,
    /// A start in a column of starts.
    StartOnly,
    /// A dash and an end.
    UntilOnly,
    /// One date.
    Single,
    /// One year, four digits and no sign: may be any number.
    BareYear,
}

impl FoundPeriod {
    /// Returns whether the text surely states a stretch of time.
    pub(super) fn is_stretch(&self) -> bool {
        matches!(
            self.shape,
            PeriodShape::Range
                | PeriodShape::Open
                | PeriodShape::StartOnly
                | PeriodShape::UntilOnly
        )
    }
}

/// Finds the periods of `text`, left to right.
pub(super) fn find_periods(text: &str) -> Vec<FoundPeriod> {
    if !may_hold_period(text) {
        return Vec::new();
    }
    let folded = Folded::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        if !may_begin(folded.at(at)) {
            at += 1;
            continue;
        }
        let Some((period, next)) = period_at(&folded, at) else {
            at += 1;
            continue;
        };
        found.push(period);
        at = next.max(at + 1);
    }
    found
}

/// Returns whether `text` has what any period has: the number of a year in four digits, in two before
/// a sign, behind the letter of an era, or with the name of an era.
pub(super) fn may_hold_period(text: &str) -> bool {
    let mut before = '\0';
    // The digits that stand side by side, and what stands before them.
    let (mut digits, mut lead) = (0, '\0');
    let (mut has_digit, mut has_era) = (false, false);
    for character in text.chars() {
        let character = match character {
            '\u{3041}'..='\u{9FFF}' => character,
            _ => fold(character),
        };
        if character.is_ascii_digit() {
            if digits == 0 {
                lead = before;
            }
            digits += 1;
            has_digit = true;
            if digits == 4 || has_era || matches!(lead, 'R' | 'H' | 'S') {
                return true;
            }
        } else {
            if character == '元' || digits == 2 && matches!(character, '年' | '/' | '.') {
                return true;
            }
            digits = 0;
            has_era |= matches!(
                (before, character),
                ('令' | '昭', '和') | ('平', '成') | ('大', '正')
            );
        }
        before = character;
    }
    has_digit && has_era
}

/// Returns whether a period may begin with `character`: a digit, a month, an era, `'`, a dash.
fn may_begin(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character, '~' | '-' | '\'' | '令' | '平' | '昭' | '大')
}

/// Reads the period that begins at character `at`: it and the index behind it.
fn period_at(text: &Folded, at: usize) -> Option<(FoundPeriod, usize)> {
    if matches!(text.at(at), '~' | '-') {
        return until_only(text, at);
    }
    if let Some(found) = months_of_one_year(text, at) {
        return Some(found);
    }
    let mut first = date_at(text, at)?;
    let close = timestamp_end(text, at, first.next);
    let begin = if let Some(close) = close {
        first.next = close;
        at - 1
    } else {
        at
    };
    let range = after_first(text, &first).or_else(|| year_listed(text, at, &first));
    if range.is_none() && first.form == DateForm::Weak && !is_bracketed(text, at, first.next) {
        return None;
    }
    let (to, next, shape, impossible) = range.unwrap_or((
        first.moment.map_or(PeriodEnd::Unstated, PeriodEnd::At),
        first.next,
        if first.form == DateForm::Bare {
            PeriodShape::BareYear
        } else {
            PeriodShape::Single
        },
        false,
    ));
    let period = FoundPeriod {
        range: text.byte(begin)..text.byte(next),
        from: first.moment,
        to,
        shape,
        has_impossible_date: first.moment.is_none() || impossible,
    };
    Some((period, next))
}

/// Reads the second of two years that brackets hold, one behind the other: 「（2023・2024）」「（2014年、2015年）」.
fn year_listed(text: &Folded, at: usize, first: &DateHit) -> Option<AfterFirst> {
    let opens = at > 0 && matches!(text.at(at - 1), '(' | '[');
    let is_year = |hit: &DateHit| matches!(hit.moment, Some(Moment::Year(_)));
    let is_list = opens && is_year(first) && matches!(text.at(first.next), '・' | '、');
    let second = is_list.then(|| date_at(text, first.next + 1)).flatten()?;
    let is_next = is_year(&second)
        && second.form == first.form
        && matches!(text.at(second.next), ')' | ']')
        && first.moment?.earliest() < second.moment?.earliest();
    is_next.then_some((
        second.moment.map_or(PeriodEnd::Unstated, PeriodEnd::At),
        second.next,
        PeriodShape::Range,
        false,
    ))
}

/// Returns the index behind the angle bracket that closes a timestamp of Org, in which the characters
/// `from..to` are the date: `<2019-04-01 Mon>`.
fn timestamp_end(text: &Folded, from: usize, to: usize) -> Option<usize> {
    if from == 0 || text.at(from - 1) != '<' {
        return None;
    }
    let close = (to..to + MAX_WEEKDAY_CHARS).find(|index| text.at(*index) == '>')?;
    (to..close)
        .all(|index| text.at(index) == ' ' || text.at(index).is_alphabetic())
        .then_some(close + 1)
}

/// Characters of a day of the week with the blank before it.
const MAX_WEEKDAY_CHARS: usize = 6;

/// Returns whether brackets hold the characters `from..to` and nothing else: `(16/09)`.
fn is_bracketed(text: &Folded, from: usize, to: usize) -> bool {
    let opens = from > 0 && matches!(text.at(from - 1), '(' | '[');
    opens && to == from + 5 && matches!(text.at(to), ')' | ']')
}

/// Reads `Jan - Mar 2023`: the year stands behind the end only.
fn months_of_one_year(text: &Folded, at: usize) -> Option<(FoundPeriod, usize)> {
    let continues = at > 0 && text.at(at - 1).is_ascii_alphanumeric();
    let (month, after) = month_name(text, at).filter(|_| !continues)?;
    let dash = text.skip_blanks(after);
    if !matches!(text.at(dash), '-' | '~') {
        return None;
    }
    let second = date_at(text, text.skip_blanks(dash + 1))?;
    let Some(Moment::Month(end)) = second.moment else {
        return None;
    };
    let start = YearMonth::new(end.year(), u8::try_from(month).ok()?).ok()?;
    let period = FoundPeriod {
        range: text.byte(at)..text.byte(second.next),
        from: Some(Moment::Month(start)),
        to: PeriodEnd::At(Moment::Month(end)),
        shape: PeriodShape::Range,
        has_impossible_date: false,
    };
    (start <= end).then_some((period, second.next))
}

/// Reads `~2020/03`: no start.
fn until_only(text: &Folded, at: usize) -> Option<(FoundPeriod, usize)> {
    let before = (0..at)
        .rev()
        .take(3)
        .map(|index| text.at(index))
        .find(|character| *character != ' ');
    let stands_alone = before.is_none_or(|character| "(（[【〔「:|".contains(character))
        || before == Some('/') && text.at(at - 1) == ' ' && text.at(at) == '~';
    let is_list_mark = text.at(at) == '-' && text.at(at + 1) == ' ';
    if !stands_alone || is_list_mark {
        return None;
    }
    let hit = date_at(text, text.skip_blanks(at + 1))?;
    if hit.form == DateForm::Weak && !matches!(text.at(hit.next), ')' | ']') {
        return None;
    }
    let period = FoundPeriod {
        range: text.byte(at)..text.byte(hit.next),
        from: None,
        to: hit.moment.map_or(PeriodEnd::Unstated, PeriodEnd::At),
        shape: PeriodShape::UntilOnly,
        has_impossible_date: hit.moment.is_none(),
    };
    Some((period, hit.next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(period: &FoundPeriod) -> String {
        let from = period.from.map_or(String::new(), |from| from.to_string());
        let to = match period.to {
            PeriodEnd::At(moment) => moment.to_string(),
            PeriodEnd::Present => "present".to_owned(),
            PeriodEnd::Unstated => String::new(),
        };
        format!("{from}..{to}")
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = find_periods(text).iter().map(written).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn ranges_are_read_with_every_separator() {
        for text in [
            "2016/04 ~ 2019/01",
            "2016/04〜2019/01",
            "2016/04～2019/01",
            "2016/04-2019/01",
            "2016/04 – 2019/01",
            "2016/04—2019/01",
            "2016年4月から2019年1月まで",
            "2016.4 … 2019.1",
            "201604 - 201901",
            "16年4月〜19年1月",
            "Apr 2016 – Jan 2019",
            "平成28年4月〜平成31年1月",
            "H28.4-H31.1",
            "2016/04/01 ~ 2019/01/31",
            "16/04 - 19/01",
            "2016/4ー2019/1",
            "2016年04月 → 2019年01月",
        ] {
            check(text, &["2016-04..2019-01"]);
        }
    }

    #[test]
    fn open_ends_are_present_or_unstated() {
        check("2022/01〜現在", &["2022-01..present"]);
        check("202204 - 現在", &["2022-04..present"]);
        check("2024-08 / Now", &["2024-08..present"]);
        check("2021/4 ~ 継続中: 2年6ヶ月", &["2021-04..present"]);
        check("(2023/03~)", &["2023-03.."]);
        check("2008/4 -", &["2008-04.."]);
        check("2021/11- 試験場", &["2021-11.."]);
        check("2021/11 - 試験場", &["2021-11..2021-11"]);
        check("2019年11月からは", &["2019-11.."]);
        check("~2020/03", &["..2020-03"]);
        check("株式会社X / 〜 2024年3月", &["..2024-03"]);
        check("2024-02 〜 現職", &["2024-02..present"]);
    }

    #[test]
    fn an_end_may_leave_out_what_the_start_says() {
        check("（2016/04 ~ 07）", &["2016-04..2016-07"]);
        check("2022年01月〜03月", &["2022-01..2022-03"]);
        check("2020年12月 ~ 2月", &["2020-12..2021-02"]);
        check("2013-2014", &["2013..2014"]);
        check("（2014年、2015年）", &["2014..2015"]);
        check("2018〜19年", &["2018..2019"]);
        check("2023-06〜2024", &["2023-06..2024"]);
        check("2015 ~ 2019/03", &["2015..2019-03"]);
    }

    #[test]
    fn single_dates_are_both_ends() {
        check("2019年6月", &["2019-06..2019-06"]);
        check("2018", &["2018..2018"]);
        check("2019-05", &["2019-05..2019-05"]);
    }

    #[test]
    fn other_numbers_are_no_periods() {
        check("150k/sec (p95) 300ms", &[]);
        check("1/2 の 3/4", &[]);
        check("Python 3.10 - 3.12", &[]);
    }
}
