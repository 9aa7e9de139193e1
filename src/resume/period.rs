//! The grammar of periods: two dates and what stands between and behind them.

use std::ops::Range;

use crate::domain::{Moment, PeriodEnd, YearMonth};

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

/// Reads the second of two years that brackets hold, one behind the other: 「（2023・2024）」.
fn year_listed(text: &Folded, at: usize, first: &DateHit) -> Option<AfterFirst> {
    let opens = at > 0 && matches!(text.at(at - 1), '(' | '[');
    let is_list = opens && first.form == DateForm::Bare && text.at(first.next) == '・';
    let second = is_list.then(|| date_at(text, first.next + 1)).flatten()?;
    let is_next = second.form == DateForm::Bare
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

/// What follows a first date: the end, the index behind, the shape, and whether a date is impossible.
type AfterFirst = (PeriodEnd, usize, PeriodShape, bool);

/// Reads the separator and the end behind the first date.
fn after_first(text: &Folded, first: &DateHit) -> Option<AfterFirst> {
    if let Some((end, next)) = present_at(text, text.skip_blanks(first.next))
        && starts_present_without_separator(text, first.next)
    {
        return Some((end, next, PeriodShape::Range, false));
    }
    if let Some(stay) = joined_and_left(text, first.next) {
        return Some(stay);
    }
    let (separator, after) = separator_at(text, first.next)?;
    // 「Unity 2018→2020」 tells of versions.
    let is_arrow = (first.next..after).any(|index| matches!(text.at(index), '→' | '⇒'));
    if is_arrow && first.form < DateForm::Sure {
        return None;
    }
    let end_at = skip_opening(text, after);
    if let Some((end, next)) = present_at(text, end_at) {
        return Some((end, next, PeriodShape::Range, false));
    }
    if (separator != Separator::Slash || is_spaced_slash(text, first, after))
        && let Some(mut second) = date_at(text, end_at)
        && second.form >= first.form.min(DateForm::Bare)
        && is_plausible_end(first, &second)
    {
        let to = second.moment.map_or(PeriodEnd::Unstated, PeriodEnd::At);
        second.next = timestamp_end(text, end_at, second.next).unwrap_or(second.next);
        // 「2024/6 〜 2026 現在」 says of which year now is.
        if second.form == DateForm::Bare
            && let Some((end, next)) = present_at(text, text.skip_blanks(second.next))
        {
            return Some((end, next, PeriodShape::Range, false));
        }
        let next = until_mark(text, second.next);
        return Some((to, next, PeriodShape::Range, second.moment.is_none()));
    }
    if separator == Separator::Slash {
        return None;
    }
    if let Some((to, next)) = short_end(text, first, end_at) {
        return Some((to, next, PeriodShape::Range, false));
    }
    let rest = text.at(text.skip_blanks(after));
    let is_open = match separator {
        Separator::Wave => true,
        Separator::Dash => {
            rest == '\0'
                || "()[]|】〕」,、:;".contains(rest)
                || (text.at(first.next) == '-' && text.at(after) == ' ')
        }
        Separator::From => rest == '\0' || ")は、も".contains(rest),
        Separator::Slash => false,
    };
    is_open.then_some((PeriodEnd::Unstated, after, PeriodShape::Open, false))
}

/// Words behind the date of joining.
const JOINED: [&str; 12] = [
    "入社", "入職", "入所", "入行", "入庁", "採用", "開業", "設立", "着任", "就任", "独立", "開始",
];

/// Words behind the date of leaving.
const LEFT: [&str; 10] = [
    "退社", "退職", "退所", "退行", "離職", "退任", "廃業", "満了", "終了", "転職",
];

/// Reads what follows the first date of 「2014年4月 入職 ／ 2020年3月 退職」 and 「令和3年4月開業 現在に至る」.
fn joined_and_left(text: &Folded, at: usize) -> Option<AfterFirst> {
    let at = text.skip_blanks(at);
    let word = JOINED.iter().find(|word| text.has(at, word))?;
    let mut next = at + word.chars().count();
    // 「新卒入社」 stands before the date; 「入社（新卒）」 behind it.
    if text.at(next) == '(' {
        let close = (next..next + 16).find(|index| text.at(*index) == ')')?;
        next = close + 1;
    }
    let end_at = (next..next + 6).find(|index| {
        !matches!(
            text.at(*index),
            ' ' | '/' | ',' | '、' | '-' | '~' | '→' | '・'
        )
    })?;
    if let Some((end, next)) = present_at(text, end_at) {
        return Some((end, next, PeriodShape::Range, false));
    }
    let second = date_at(text, end_at)?;
    let behind = text.skip_blanks(second.next);
    let word = LEFT.iter().find(|word| {
        text.has(behind, word) || (text.at(behind) == 'に' && text.has(behind + 1, word))
    })?;
    let to = second.moment.map_or(PeriodEnd::Unstated, PeriodEnd::At);
    let next = behind + usize::from(text.at(behind) == 'に') + word.chars().count();
    Some((to, next, PeriodShape::Range, second.moment.is_none()))
}

/// Returns whether 「/」 stands between blanks behind a month: `2022-06 / 2023-03`.
fn is_spaced_slash(text: &Folded, first: &DateHit, after: usize) -> bool {
    text.at(first.next) == ' '
        && text.at(after) == ' '
        && matches!(first.moment, Some(Moment::Month(_)))
        && first.form > DateForm::Bare
}

/// Returns whether `present` words directly behind a date mean its end: 「2016年4月現在」 does not.
fn starts_present_without_separator(text: &Folded, at: usize) -> bool {
    let at = text.skip_blanks(at);
    text.has(at, "至現在") || text.has(at, "より現在") || text.has(at, "以降")
}

/// Returns whether `second` can close a range that `first` opens.
fn is_plausible_end(first: &DateHit, second: &DateHit) -> bool {
    !matches!((first.form, second.form), (DateForm::Weak, DateForm::Bare))
}

/// What stands between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    Wave,
    Dash,
    From,
    Slash,
}

/// Reads the separator behind a date and the words that may stand before it: 「入社」「(水)」.
fn separator_at(text: &Folded, at: usize) -> Option<(Separator, usize)> {
    let mut at = text.skip_blanks(at);
    if text.at(at) == '(' && text.at(at + 2) == ')' {
        at = text.skip_blanks(at + 3);
    }
    for word in ["入社", "より"] {
        if text.has(at, word) && matches!(text.at(text.skip_blanks(at + 2)), '~' | '-') {
            at = text.skip_blanks(at + 2);
        }
    }
    let run = (0..4)
        .take_while(|index| {
            matches!(
                text.at(at + index),
                '~' | '-' | 'ー' | '…' | '‥' | '→' | '⇒' | '>'
            )
        })
        .count();
    if run > 0 {
        let is_wave = (at..at + run).any(|index| matches!(text.at(index), '~' | '…' | '‥'));
        let separator = if is_wave {
            Separator::Wave
        } else {
            Separator::Dash
        };
        return Some((separator, at + run));
    }
    if text.has(at, "から") {
        return Some((Separator::From, at + 2));
    }
    if text.has(at, "to ") {
        return Some((Separator::Dash, at + 2));
    }
    if text.has(at, "以降") {
        return Some((Separator::Wave, at + 2));
    }
    if text.at(at) == '/' {
        return Some((Separator::Slash, at + 1));
    }
    None
}

/// Skips blanks and one opening bracket before an end: `2016/04 - (現在)`.
fn skip_opening(text: &Folded, at: usize) -> usize {
    let at = text.skip_blanks(at);
    let inner = text.skip_blanks(at + 1);
    if matches!(text.at(at), '(' | '[') && present_at(text, inner).is_some() {
        return inner;
    }
    if text.at(at) == '<' && text.at(at + 1).is_ascii_digit() {
        return at + 1;
    }
    at
}

/// Skips まで behind an end.
fn until_mark(text: &Folded, at: usize) -> usize {
    if text.has(at, "まで") { at + 2 } else { at }
}

/// Reads 現在 and its like.
fn present_at(text: &Folded, at: usize) -> Option<(PeriodEnd, usize)> {
    const WORDS: [&str; 30] = [
        "現在も継続中",
        "現在に至る",
        "現在に至",
        "現在まで",
        "現在",
        "現職中",
        "現職",
        "在職中",
        "在籍中",
        "在籍",
        "至現在",
        "継続中",
        "継続",
        "稼働中",
        "参画中",
        "進行中",
        "就業中",
        "現時点",
        "現任",
        "いまも",
        "いま",
        "今も",
        "今現在",
        "今日",
        "今",
        "to date",
        "present",
        "now",
        "current",
        "ongoing",
    ];
    let word = WORDS.iter().find(|word| text.has(at, word))?;
    let next = at + word.chars().count();
    if *word == "今" && text.at(next).is_alphanumeric() {
        return None;
    }
    let is_latin = word.is_ascii();
    if is_latin && text.at(next).is_ascii_alphabetic() && !text.has(next, "ly") {
        return None;
    }
    Some((PeriodEnd::Present, next))
}

/// Reads an end that leaves out what the start says: `2016/04 ~ 07`, `2016年4月〜7月`, `2018〜19年`.
fn short_end(text: &Folded, first: &DateHit, at: usize) -> Option<(PeriodEnd, usize)> {
    let (number, count) = text.digits(at, 3)?;
    if count > 2 {
        return None;
    }
    let after = at + count;
    match first.moment? {
        Moment::Month(start) => {
            let sign = text.skip_blanks(after);
            let has_sign = text.at(sign) == '月';
            let follows = text.at(after);
            if !has_sign
                && (follows.is_alphanumeric() || matches!(follows, '/' | '.' | '%' | '人' | '名'))
            {
                return None;
            }
            if !(1..=12).contains(&number) {
                return None;
            }
            let month = u8::try_from(number).ok()?;
            // 「2020年12月 ~ 2月」 ends in the year after.
            let year = start.year() + u16::from(month < start.month());
            let end = YearMonth::new(year, month).ok()?;
            let next = if has_sign { sign + 1 } else { after };
            Some((PeriodEnd::At(Moment::Month(end)), next))
        }
        Moment::Year(start) => {
            let century = u32::from(start) / 100 * 100;
            let is_year =
                count == 2 && (text.at(after) == '年' || !text.at(after).is_alphanumeric());
            let year = u16::try_from(century + number).ok()?;
            if !is_year || year < start {
                return None;
            }
            let next = after + usize::from(text.at(after) == '年');
            Moment::year_only(year)
                .ok()
                .map(|end| (PeriodEnd::At(end), next))
        }
    }
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
