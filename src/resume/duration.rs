//! The grammar of lengths of time.

use std::ops::Range;

use super::date::Folded;

/// A stated length of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundDuration {
    /// Where it stands, in bytes of the text.
    pub(super) range: Range<usize>,
    /// Its length in months; the middle of a range (「2〜4年」 is 36).
    pub(super) months: u32,
}

/// Finds the lengths of time in `text`: 約2年, 3ヶ月, 1年半, 半年, 0.5年, 2年6ヶ月.
pub(super) fn find_durations(text: &str) -> Vec<FoundDuration> {
    let is_amount =
        |character: char| character.is_ascii_digit() || matches!(character, '０'..='９' | '半');
    let is_unit = |character: char| {
        matches!(
            character,
            '年' | '月' | 'y' | 'Y' | 'm' | 'M' | '\u{FF01}'..='\u{FF5D}'
        )
    };
    if !text.contains(is_amount) || !text.contains(is_unit) {
        return Vec::new();
    }
    let folded = Folded::new(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let Some((months, next)) = duration_at(&folded, at) else {
            at += 1;
            continue;
        };
        found.push(FoundDuration {
            range: folded.byte(at)..folded.byte(next),
            months,
        });
        at = next;
    }
    found
}

/// Returns the months of the length of time that `text` begins with (2年, 3ヶ月, 1年半, 半年, 2年6ヶ月), and
/// what follows it.
pub fn leading_length(text: &str) -> Option<(u32, &str)> {
    let folded = Folded::new(text);
    let (months, next) = duration_at(&folded, 0)?;
    Some((months, &text[folded.byte(next)..]))
}

/// Reads the length of time at `at`: its months and the index behind it.
fn duration_at(text: &Folded, at: usize) -> Option<(u32, usize)> {
    if text.has(at, "半年") {
        return Some((6, at + 2));
    }
    let (first, after) = tenths_at(text, at)?;
    let mid = text.skip_blanks(after);
    let (amount, next) = match text.at(mid) {
        '~' | '-' => match tenths_at(text, text.skip_blanks(mid + 1)) {
            Some((second, next)) => (first.midpoint(second), next),
            None => return None,
        },
        _ => (first, after),
    };
    let unit = text.skip_blanks(next);
    if let Some(next) = month_unit(text, unit) {
        return Some((amount.div_ceil(10), next));
    }
    let after_year = if text.at(unit) == '年' && !text.has(unit, "年度") && !text.has(unit, "年生")
    {
        unit + 1
    } else if text.has(unit, "years") {
        unit + 5
    } else if text.has(unit, "year") {
        unit + 4
    } else {
        return None;
    };
    if amount > 600 {
        return None;
    }
    let months = amount * 12 / 10;
    if text.at(after_year) == '半' {
        return Some((months + 6, after_year + 1));
    }
    let rest = text.skip_blanks(after_year);
    let more = tenths_at(text, rest).and_then(|(amount, next)| {
        month_unit(text, text.skip_blanks(next)).map(|next| (amount / 10, next))
    });
    match more {
        Some((more, next)) => Some((months + more, next)),
        // 「16年4月」 is a date.
        None if text
            .digits(rest, 2)
            .is_some_and(|(_, count)| text.at(rest + count) == '月') =>
        {
            None
        }
        None => Some((months, after_year)),
    }
}

/// Reads a number in tenths at `at`, not in the middle of another number.
fn tenths_at(text: &Folded, at: usize) -> Option<(u32, usize)> {
    if at > 0
        && (text.at(at - 1).is_ascii_digit()
            || text.at(at - 1) == '.'
            // 「2023年/6ヶ月」 is no fraction.
            || at > 1 && text.at(at - 1) == '/' && text.at(at - 2).is_ascii_digit())
    {
        return None;
    }
    let (whole, count) = text.digits(at, 4)?;
    if count > 3 {
        return None;
    }
    let dot = at + count;
    if text.at(dot) == '.'
        && let Some((tenth, 1)) = text.digits(dot + 1, 2)
    {
        return Some((whole * 10 + tenth, dot + 2));
    }
    Some((whole * 10, dot))
}

/// Reads ヶ月 and its like at `at`.
fn month_unit(text: &Folded, at: usize) -> Option<usize> {
    const UNITS: [&str; 10] = [
        "ヶ月",
        "ヵ月",
        "か月",
        "ケ月",
        "カ月",
        "ｹ月",
        "箇月",
        "months",
        "month",
        "ヶ月間",
    ];
    UNITS
        .iter()
        .find(|unit| text.has(at, unit))
        .map(|unit| at + unit.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_duration(text: &str, expected: &[u32]) {
        let months: Vec<u32> = find_durations(text)
            .iter()
            .map(|found| found.months)
            .collect();
        assert_eq!(months, expected, "{text}");
    }

    #[test]
    fn lengths_of_time_are_read_in_months() {
        check_duration("約2年", &[24]);
        check_duration("3ヶ月", &[3]);
        check_duration("1年半", &[18]);
        check_duration("6か月間", &[6]);
        check_duration("2 年 10 ヶ月", &[34]);
        check_duration("半年", &[6]);
        check_duration("0.5年", &[6]);
        check_duration("2〜4年", &[36]);
        check_duration("2016年4月", &[]);
        check_duration("16年4月", &[]);
        check_duration("５年以上", &[60]);
        check_duration("3 years", &[36]);
    }
}
