//! What follows the first date of a period: a separator and the end, or a word that goes on.

use crate::domain::{Moment, PeriodEnd, YearMonth};

use super::super::date::{DateForm, DateHit, Folded, date_at};
use super::{PeriodShape, timestamp_end};

/// What follows a first date: the end, the index behind, the shape, and whether a date is impossible.
pub(super) type AfterFirst = (PeriodEnd, usize, PeriodShape, bool);

/// Reads the separator and the end behind the first date.
pub(super) fn after_first(text: &Folded, first: &DateHit) -> Option<AfterFirst> {
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
