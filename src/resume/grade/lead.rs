//! What stands before a name and speaks of it: a label, a bracket, English that denies.

use super::Remark;
use super::cue::cues;
use super::label::label_remark;
use super::remark::phrase_remark;
use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Characters before a name in which English says that it was not used.
const MAX_LEAD_BYTES: usize = 48;

/// Returns what is said right before the bracket that a name stands in: 「経験はありません（PHPとも）」.
pub(super) fn bracketed_remark(lead: &str) -> Option<Remark> {
    let open = lead.rfind(['(', '（'])?;
    if lead[open..].contains([')', '）']) {
        return None;
    }
    let before = lead[..open].trim_end();
    let cut = super::boundary(before, before.len().saturating_sub(MAX_LEAD_BYTES));
    let near = &before[cut..];
    cues(near)
        .iter()
        .find(|cue| cue.end == near.len())
        .map(|cue| cue.remark)
}

/// Returns what stands before a name and speaks of it: 「(研鑽中)Rust」「未経験：」, "never touched the".
pub(super) fn lead_remark(lead: &str) -> Option<Remark> {
    let cut = super::boundary(lead, lead.len().saturating_sub(MAX_LEAD_BYTES * 4));
    let lead = &lead[cut..];
    if let Some((label, names)) = lead.rsplit_once([':', '：', '…'])
        && !names.contains(['。', ';'])
    {
        let label = label
            .rsplit(['。', '\n', '／', '/', '|', '｜', '　'])
            .next()
            .unwrap_or(label);
        if let Some(said) = label_remark(label) {
            return Some(said);
        }
    }
    // The last bracket that closed before the name, where it opens an item: 「／(研鑽中)Rust、Zig」.
    if let Some(close) = lead.rfind([')', '）'])
        && let Some(open) = lead[..close].rfind(['(', '（'])
    {
        let inside = &lead[open..close];
        let before = lead[..open].trim_end();
        let opens_item = before.is_empty() || before.ends_with(['／', '/', '、', ',', '・', '，']);
        if opens_item && let Some(said) = phrase_remark(inside.trim_start_matches(['(', '（'])) {
            return Some(said);
        }
    }
    let cut = super::boundary(lead, lead.len().saturating_sub(MAX_LEAD_BYTES));
    let near = lead[cut..].to_ascii_lowercase();
    let says = |words: &WordList| {
        words
            .places_in(&near)
            .any(|(at, _)| !near[at..].contains(['.', ';', '。']))
    };
    if says(words![
        "never touched",
        "never used",
        "never worked with",
        "no experience with",
        "no experience in",
        "not familiar with",
        "haven't used",
        "have not used",
        "cannot write",
    ]) {
        return Some(Remark::Negated);
    }
    let tells = |words: &WordList| {
        words
            .places_in(&near)
            .any(|(at, _)| !near[at..].contains(['。', ';']))
    };
    // 「これから学びたいのは形式手法で、NAME と」
    if tells(words!["たいのは"]) {
        return Some(Remark::Wished);
    }
    // 「断ったものなら NAME」「やめたのは NAME」
    if tells(words![
        "断ったものは",
        "断ったものなら",
        "断ったのは",
        "見送ったのは",
        "諦めたのは",
    ]) {
        return Some(Remark::Negated);
    }
    if says(words![
        "want to learn",
        "would like to learn",
        "interested in",
        "planning to learn",
    ]) {
        return Some(Remark::Wished);
    }
    None
}
