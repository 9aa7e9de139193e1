//! What stands around the period in a title.

use std::borrow::Cow;
use std::ops::Range;

use crate::resume::bracket::{CLOSE, OPEN};
use crate::resume::duration::find_durations;
use crate::resume::letters::is_alphanumeric;
use crate::resume::period::find_periods;

use super::MAX_TITLE_BYTES;

/// Returns whether a text is a stretch of time, its length, and nothing else.
pub(super) fn is_stretch_only(text: &str) -> bool {
    text.len() <= MAX_TITLE_BYTES
        && find_periods(text)
            .first()
            .is_some_and(|found| found.is_stretch() && title_without(text, &found.range).is_empty())
}

/// Returns `text` without the period at `range`, its length and the signs around it; and without what a
/// leader sets apart behind it: 「企画展のサイト（2021.03 - 2021.06）… three.js」.
pub(in crate::resume) fn title_without(text: &str, range: &Range<usize>) -> String {
    let (before, after) = around(text, range);
    let mut title = before;
    let is_apart = after.starts_with(['…', '‥']) && !title.is_empty();
    if !after.is_empty() && !is_apart {
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(&after);
    }
    title
}

/// Returns what stands before and behind the period at `range`, without lengths of time, remarks on
/// them and the signs between.
pub(in crate::resume) fn around(text: &str, range: &Range<usize>) -> (String, String) {
    let before = trim_edges(&without_durations(&text[..range.start]), false);
    let after = trim_edges(&without_durations(&text[range.end..]), true);
    (before, after)
}

/// Takes lengths of time out of a text.
fn without_durations(text: &str) -> Cow<'_, str> {
    let durations = find_durations(text);
    let kept = if durations.is_empty() {
        Cow::Borrowed(text)
    } else {
        let mut kept = String::with_capacity(text.len());
        let mut at = 0;
        for duration in durations {
            let before = &text[at..duration.range.start];
            kept.push_str(before.trim_end().strip_suffix('約').unwrap_or(before));
            let behind = &text[duration.range.end..];
            let counts = behind.len() - behind.strip_prefix('間').unwrap_or(behind).len();
            at = duration.range.end + counts;
        }
        kept.push_str(&text[at..]);
        Cow::Owned(kept)
    };
    let remark = kept.trim_matches(|c: char| !is_alphanumeric(c));
    let is_remark = is_age(remark)
        || matches!(
            remark,
            "期間中"
                | "予定"
                | "見込み"
                | "約"
                | "在籍"
                | "程度"
                | "以上"
                | "超"
                | "弱"
                | "強"
                | "ほど"
                | "くらい"
                | "ぐらい"
        );
    if is_remark { Cow::Borrowed("") } else { kept }
}

/// Returns whether a remark says how old somebody was then: 「当時20〜22歳」.
fn is_age(remark: &str) -> bool {
    const MAX_CHARS: usize = 10;
    remark.starts_with("当時")
        && remark.ends_with(['歳', '才'])
        && remark.chars().count() <= MAX_CHARS
}

/// Takes signs and unmatched brackets off the edges; both edges where the period stood at one.
fn trim_edges(text: &str, is_after: bool) -> String {
    let signs: &[char] = &[
        ' ', '\u{3000}', ',', '、', ':', '：', '/', '／', '|', '｜', '-', '－', '–', '—', '~',
        '〜', '～', '・', '，', '。', '.', '*', '→', '=', '_', '\t', ';', '；',
    ];
    let mut text = trim_signs(text, signs);
    loop {
        let trimmed = if is_after {
            let opens = text.matches(OPEN).count();
            let closes = text.matches(CLOSE).count();
            if closes > opens {
                text.strip_prefix(CLOSE)
                    .or_else(|| text.strip_suffix(CLOSE))
            } else {
                ["()", "（）", "〔〕", "［］", "[]", "【】"]
                    .iter()
                    .find_map(|empty| text.strip_prefix(empty))
            }
        } else {
            let opens = text.matches(OPEN).count();
            let closes = text.matches(CLOSE).count();
            if opens > closes {
                // 「(正社員: 2016/10」: the bracket that the period stood in, and its remark.
                text.rfind(OPEN).and_then(|at| {
                    let inside = &text[at..];
                    let is_remark = inside.chars().count() <= 14;
                    is_remark.then(|| &text[..at])
                })
            } else {
                None
            }
        };
        let Some(shorter) = trimmed else { break };
        text = trim_signs(shorter, signs);
    }
    text.to_owned()
}

/// Takes signs off both edges, but not the full stop of 「Inc.」.
fn trim_signs<'a>(text: &'a str, signs: &[char]) -> &'a str {
    let text = text.trim_start_matches(signs);
    let kept = text.trim_end_matches(signs);
    let is_short_form = text[kept.len()..].starts_with('.')
        && ["Inc", "Ltd", "Co", "Corp"]
            .iter()
            .any(|form| kept.ends_with(form));
    &text[..kept.len() + usize::from(is_short_form)]
}
