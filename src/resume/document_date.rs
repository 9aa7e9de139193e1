//! The date that a document states for itself.

use chrono::{Datelike as _, NaiveDate};
use shokureki_index::analysis::WordList;
use shokureki_index::words;

use crate::domain::Moment;

use super::block::Blocks;
use super::date::{DateForm, Folded, date_at};
use super::evidence::Evidence;
use super::identity::head_of;
use super::period::FoundPeriod;
use super::section::Section;

/// Words beside a document's own date.
const WORDS: &WordList = words![
    "更新日",
    "最終更新",
    "更新",
    "作成日",
    "作成",
    "バージョン",
    "version",
    "last updated",
    "last update",
    "updated",
    "lastupdated",
    "現在",
    "時点",
    "書いた日",
    "に書きました",
    "に作成",
    "に更新",
    "に書き直",
    "に改訂",
    "に記入",
    "日付",
    "改訂",
    "記入日",
    "記載日",
    "記述日",
    "改定",
    "印刷日",
    "revised",
    "last modified",
    "版",
    "提出日",
    "last-modified",
    "lastmod",
    "date",
    "as of",
];

/// Returns the date that the text states for itself, if it does.
///
/// A month means its last day, a year its 31 December.
pub(super) fn document_date(
    text: &str,
    front_matter: std::ops::Range<usize>,
    blocks: &Blocks,
    evidence: &Evidence,
) -> Option<NaiveDate> {
    let front = text[head_of(text, front_matter)]
        .lines()
        .map(|line| line.trim_start_matches("#+"))
        .filter(|line| {
            let key = line
                .split([':', '='])
                .next()
                .unwrap_or("")
                .trim()
                .to_ascii_lowercase();
            matches!(
                key.as_str(),
                "date"
                    | "updated"
                    | "lastmod"
                    | "last_updated"
                    | "modified"
                    | "update"
                    | "updated_at"
                    | "last-updated"
                    | "last_modified"
                    | "last-modified"
                    | "lastupdated"
                    | "date_modified"
                    | "updated_on"
                    | "作成日"
                    | "更新日"
            )
        })
        .find_map(stated);
    if front.is_some() {
        return front;
    }
    let count = blocks.len();
    let near_top = 1..count.min(40);
    let near_end = count.saturating_sub(8).max(1)..count;
    near_top
        .chain(near_end)
        .filter(|at| is_outside(evidence.section[*at]) || has_sure_word(blocks[*at].str()))
        .filter_map(|at| {
            let line = blocks[at].str();
            if line.chars().count() > 80 || !has_word(line) {
                return None;
            }
            // 「作成日」 above its date.
            stated_beside_word(line).or_else(|| {
                let below = blocks.children(at).next()?;
                let is_label = line.chars().count() <= 12;
                (is_label && evidence.is_period_only(blocks, below))
                    .then(|| stated(blocks[below].str()))
                    .flatten()
            })
        })
        .next()
        .or_else(|| {
            // 「令和6年2月1日　　葛木 朔」
            (1..count.min(6))
                .filter(|at| evidence.section[*at] == Section::Unknown)
                .find_map(|at| leading_day(blocks[at].str()))
        })
        .or_else(|| {
            // A date alone at the top.
            (1..count.min(8))
                .filter(|at| evidence.section[*at] == Section::Unknown)
                .find(|at| {
                    let line = blocks[*at].str();
                    // 「2020年4月 ~ 10月」 is when something was done.
                    let is_stretch = evidence.periods[*at].iter().any(FoundPeriod::is_stretch);
                    line.chars().count() <= 16
                        && !is_stretch
                        // 「- 2020年1月」 over what happened then is not the document's.
                        && blocks[*at].end == *at + 1
                        && evidence.is_period_only(blocks, *at)
                })
                .and_then(|at| stated(blocks[at].str()))
        })
}

fn is_outside(section: Section) -> bool {
    !matches!(
        section,
        Section::Projects | Section::Education | Section::Certifications | Section::Personal
    )
}

/// Returns whether a line says that its date is the document's own, wherever it stands.
fn has_sure_word(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    words![
        "最終更新",
        "更新日",
        "作成日",
        "last updated",
        "last update",
        "書き直しました",
    ]
    .is_in(&lower)
}

/// Returns the day that a short line begins with, something else behind it.
fn leading_day(line: &str) -> Option<NaiveDate> {
    let folded = Folded::new(line);
    let hit = date_at(&folded, 0)?;
    let is_apart = folded.at(hit.next) == ' ';
    (is_apart && line.chars().count() <= 60)
        .then(|| hit.day_date())
        .flatten()
}

/// Returns the date of a line that stands right before or behind a word on the document.
fn stated_beside_word(line: &str) -> Option<NaiveDate> {
    const GAP: usize = 8;
    let folded = Folded::new(line);
    let mut behind = None;
    let mut at = 0;
    while at < folded.len() {
        let Some(hit) =
            date_at(&folded, at).filter(|hit| hit.form == DateForm::Sure || hit.next - at >= 6)
        else {
            at += 1;
            continue;
        };
        let date = hit.day_date().or_else(|| last_day(hit.moment?));
        let before = line[..folded.byte(at)].to_ascii_lowercase();
        let after = line[folded.byte(hit.next)..]
            .trim_start()
            .to_ascii_lowercase();
        let is_behind_word = WORDS
            .places_in(&before)
            .any(|(at, word)| before[at + word.len()..].chars().count() <= GAP);
        if is_behind_word {
            return date;
        }
        let after = after.trim_start_matches(['(', '（', '末', '日', '、', ' ']);
        if behind.is_none() && WORDS.begin(after) && !after.starts_with("現在に至") {
            behind = date;
        }
        at = hit.next.max(at + 1);
    }
    behind
}

fn has_word(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    // 「2019-04 - 現在」 is a period.
    if !WORDS.is_in(&lower) || lower.contains("生年") || lower.contains("歳") {
        return false;
    }
    let is_range = super::period::find_periods(line).iter().any(|period| {
        period.is_stretch() && period.to != crate::domain::PeriodEnd::Present
            || period.from.is_some()
                && period.to == crate::domain::PeriodEnd::Present
                && lower.contains([':', '：', '-', '–', '—'])
    }) || lower.contains("--")
        || lower.contains(['~', '〜', '～'])
        || lower.contains("から");
    !is_range
}

/// Returns the date on a line.
fn stated(line: &str) -> Option<NaiveDate> {
    let folded = Folded::new(line);
    let hit = (0..folded.len()).find_map(|at| {
        date_at(&folded, at).filter(|hit| hit.form == DateForm::Sure || hit.next - at >= 6)
    })?;
    hit.day_date().or_else(|| last_day(hit.moment?))
}

/// Returns the last day of a month or a year.
fn last_day(moment: Moment) -> Option<NaiveDate> {
    let month = moment.latest();
    let first = NaiveDate::from_ymd_opt(i32::from(month.year()), u32::from(month.month()), 1)?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    let last = next.pred_opt()?;
    (last.month() == first.month()).then_some(last)
}
