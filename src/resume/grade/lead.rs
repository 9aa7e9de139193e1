//! What stands before a name and speaks of it: a label, a bracket, English that denies.

use super::Remark;
use super::cue::cues;
use super::label::label_remark;
use super::remark::phrase_remark;
use shokureki_index::analysis::WordMap;
use shokureki_index::words;
use std::sync::LazyLock;

/// Characters before a name in which English says that it was not used.
const MAX_LEAD_BYTES: usize = 48;

/// Returns what is said right before the bracket that a name stands in: 「経験はありません（PHPとも）」.
pub(super) fn bracketed_remark(lead: &str) -> Option<Remark> {
    let open = lead.rfind(['(', '（'])?;
    if lead[open..].contains([')', '）']) {
        return None;
    }
    let before = lead[..open].trim_end();
    // 「学習モデルは大学から提供されたもの（Caffe）」
    let is_given = words![
        "から提供されたもの",
        "から提供を受けたもの",
        "から支給されたもの",
        "が用意したもの",
        "が作成したもの",
        "が作ったもの",
        "の作ったもの",
        "の作ったモデル",
        "の作成したもの",
        "大学の管理",
        "顧客の管理",
        "先方の管理",
        "が使うソフト",
        "が使うツール",
        "が使うシステム",
        "が使うサービス",
        "が利用するサービス",
        "ご利用の外部サービス",
    ]
    .end(before);
    if is_given {
        return Some(Remark::Negated);
    }
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
    if let Some((label, names)) = lead
        .rsplit_once([':', '：', '…', '→', '⇒'])
        .or_else(|| lead.rsplit_once(" - "))
        .or_else(|| lead.rsplit_once(" – "))
        .or_else(|| lead.rsplit_once(" — "))
        && !names.contains(['。', ';'])
    {
        let label = label
            .rsplit(['。', '\n', '／', '/', '|', '｜', '　', '（', '('])
            .next()
            .unwrap_or(label);
        if let Some(said) = label_remark(label) {
            return Some(said);
        }
    }
    if let Some(said) = leading_bracket(lead) {
        return Some(said);
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
    if is_made_by_others(&near) {
        return Some(Remark::Negated);
    }
    LEADS
        .places_in(&near)
        .filter(|(at, word, _)| {
            let behind = &near[*at..];
            // "never used A in production, only B"
            let is_other = behind.contains(", only") || behind.contains(" but ");
            !(behind.contains(['。', ';'])
                || word.is_ascii() && (behind.contains(". ") || is_other))
        })
        .map(|(_, _, (rank, said))| (*rank, *said))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, said)| said)
}

/// Returns what the bracket that a line opens with says of all behind it: 「[学習] Rust / Axum」
/// 「【勉強中】Zig、Nim」.
fn leading_bracket(lead: &str) -> Option<Remark> {
    let inner = lead
        .trim_start()
        .strip_prefix(['[', '［', '【', '〔', '＜', '<', '《'])?;
    let (label, names) = inner.split_once([']', '］', '】', '〕', '＞', '>', '》'])?;
    // Of two, the last one tells.
    if names.contains(['[', '［', '【', '〔', '＜', '《', '。']) {
        return None;
    }
    label_remark(label)
}

/// Returns whether English says that others made something with the name behind it: "two interns who
/// built a prototype in".
fn is_made_by_others(near: &str) -> bool {
    let Some((others, made)) = near
        .rsplit_once(" who ")
        .or_else(|| near.rsplit_once(" that "))
    else {
        return false;
    };
    let is_end_of_word = |rest: &str| {
        let last = rest.chars().next_back();
        last.is_none_or(|last| !last.is_ascii_alphabetic())
    };
    let others = others.trim_end_matches('s');
    let is_other = [
        "intern",
        "student",
        "trainee",
        "contractor",
        "vendor",
        "agency",
        "freelancer",
    ]
    .iter()
    .any(|word| others.strip_suffix(word).is_some_and(is_end_of_word));
    let is_work = words![
        "built",
        "build",
        "wrote",
        "write",
        "made",
        "make",
        "develop",
        "implement",
        "use",
        "maintain",
        "prototype",
        "create",
        "ran ",
    ]
    .begin(made);
    is_other && is_work && !made.contains([',', ';', '(']) && !made.contains(". ")
}

/// What speaks of the name behind it, by its rank among the words that do.
static LEADS: LazyLock<WordMap<(usize, Remark)>> = LazyLock::new(|| {
    const NOT_USED: &[&str] = &[
        "never touched",
        "never written",
        "colleagues use",
        "colleagues used",
        "colleagues work with",
        "don't ask me about",
        "by another team with",
        "by another team in",
        "by another team using",
        "by another company with",
        "by another company in",
        "never used",
        "never worked with",
        "no experience with",
        "no experience in",
        "no professional experience",
        "no production experience",
        "no commercial experience",
        "not a fan of",
        "not familiar with",
        "haven't used",
        "have not used",
        "cannot write",
    ];
    // 「これから学びたいのは形式手法で、NAME と」
    const HOPED_FOR: &[&str] = &["たいのは"];
    // 「断ったものなら NAME」「やめたのは NAME」
    const DECLINED: &[&str] = &[
        "断ったものは",
        "断ったものなら",
        "断ったのは",
        "見送ったのは",
        "諦めたのは",
    ];
    const WISHED: &[&str] = &[
        "want to learn",
        "looking to collaborate on",
        "looking for help with",
        "hoping to learn",
        "want to work with",
        "want to use",
        "want to try",
        "would like to learn",
        "would like to work with",
        "would like to use",
        "where i can use",
        "where i can work with",
        "interested in",
        "planning to learn",
    ];
    const STUDIED: &[&str] = &[
        "currently learning",
        "currently studying",
        "i am learning",
        "i'm learning",
        "started learning",
    ];
    let lists = [
        (STUDIED, Remark::Learning),
        (NOT_USED, Remark::Negated),
        (HOPED_FOR, Remark::Wished),
        (DECLINED, Remark::Negated),
        (WISHED, Remark::Wished),
    ];
    WordMap::new(
        lists
            .into_iter()
            .enumerate()
            .flat_map(|(rank, (words, said))| words.iter().map(move |word| (*word, (rank, said)))),
    )
});
