//! Times in brackets behind a title that say nothing of how long somebody was there: time off, what
//! became of the company.

use std::ops::Range;

use shokureki_index::words;

use crate::domain::{Moment, PeriodEnd};

use crate::resume::bracket::{closes, opens};
use crate::resume::employer::kind_of;
use crate::resume::period::FoundPeriod;

/// Returns whether a remark beside a date tells what became of the company: 「（2017年に社名変更）」.
pub(super) fn is_of_company(remark: &str) -> bool {
    words![
        "社名変更",
        "社名を変更",
        "商号変更",
        "商号を変更",
        "改称",
        "改名",
        "改組",
        "合併",
        "経営統合",
        "分社",
        "買収",
        "上場",
        "子会社化",
        "事業譲渡",
        "転籍",
        "移籍",
    ]
    .is_in(remark)
}

/// Returns whether the period at `range` stands in brackets that tell of time off: 「（育休 2025/01〜2025/09 をはさむ）」.
pub(super) fn is_of_pause(text: &str, range: &Range<usize>) -> bool {
    let Some(inside) = bracket_around(text, range) else {
        return false;
    };
    words![
        "産休",
        "育休",
        "育児休",
        "産前",
        "産後",
        "介護休",
        "休職",
        "休業",
        "休暇",
        "休学",
        "療養",
        "離職",
        "ブランク",
        "除く",
        "除き",
        "のぞく",
    ]
    .is_in(inside)
}

/// Returns what the brackets around `range` hold, where they leave something of the text outside.
fn bracket_around<'a>(text: &'a str, range: &Range<usize>) -> Option<&'a str> {
    let open = text[..range.start].rfind(opens)?;
    if open == 0 || text[open..range.start].contains(closes) {
        return None;
    }
    let close = text[range.end..].find(closes)?;
    Some(&text[open..range.end + close])
}

/// Lets a stretch go on with the ones behind it in a text that only say as what somebody stayed on:
/// 「（インターン：2022/02〜2022/04、正社員：2022/04〜）」.
pub(super) fn join_kinds(text: &str, found: &[FoundPeriod], period: &mut FoundPeriod) {
    for next in found {
        let between = text.get(period.range.end..next.range.start);
        let is_kind = between.is_some_and(|between| {
            between.chars().count() <= MAX_KIND_CHARS
                && kind_of(between.trim_matches(|sign: char| !sign.is_alphanumeric())).is_some()
        });
        if !is_kind || !next.is_stretch() {
            continue;
        }
        if follows(period.to, next.from) {
            period.range.end = next.range.end;
            period.to = next.to;
            period.shape = next.shape;
        } else if follows(next.to, period.from) {
            period.range.end = next.range.end;
            period.from = next.from;
        }
    }
}

/// Returns whether a stretch begins in the month in which another ends, or in the next.
fn follows(to: PeriodEnd, from: Option<Moment>) -> bool {
    let (PeriodEnd::At(end), Some(start)) = (to, from) else {
        return false;
    };
    (0..=1).contains(&(start.earliest().ordinal() - end.latest().ordinal()))
}

/// Characters between two stretches that say as what somebody stayed on: 「）、正社員（」.
const MAX_KIND_CHARS: usize = 12;
