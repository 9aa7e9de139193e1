//! Names of another time: what was there before the writer came, what is to come after.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Returns whether a name tells of a system before the writer came or after the writer left.
pub(super) fn is_before_or_after(lead: &str, tail: &str) -> bool {
    const AFTER: &WordList = words![
        "退職後",
        "異動後",
        "離任後",
        "離脱後",
        "転職後",
        "離れた後",
        "離れたあと",
        "抜けた後",
        "卒業後、システム",
        "後任に",
    ];
    const BEFORE: &WordList = words![
        "参画前",
        "入社前",
        "入る前",
        "加わる前",
        "参加する前",
        "着任する前",
        "着任前",
        "参加前",
        "配属前",
        "参画時には既に",
    ];
    let follows = |words: &WordList, max: usize| {
        let clause = last_clause(lead, max + MAX_TIME_CHARS);
        words
            .places_in(clause)
            .any(|(at, word)| clause[at + word.len()..].chars().count() <= max)
    };
    let is_changed = || {
        words![
            "化され",
            "化した",
            "化と",
            "に置き換",
            "に書き換",
            "へ移行",
            "に移行",
            "に刷新",
        ]
        .begin(tail)
    };
    let is_own = || {
        let clause = lead.rsplit('。').next().unwrap_or(lead);
        let own = words!["独学", "個人", "趣味", "学", "自宅"];
        own.is_in(clause) || own.is_in(tail)
    };
    (follows(BEFORE, 9) || is_changed() && follows(AFTER, 16)) && !is_own()
}

/// Characters of the longest word for another time.
const MAX_TIME_CHARS: usize = 8;

/// Returns the last characters of a text, at most `max`, that no full stop parts.
pub(super) fn last_clause(text: &str, max: usize) -> &str {
    let from = text
        .char_indices()
        .rev()
        .take(max)
        .take_while(|(_, character)| *character != '。')
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[from..]
}

/// Returns whether a name is of the way that others worked before: 「以前は担当者がAccessで管理していた」,
/// 「Flashで作られていたエディタをやめて」.
pub(super) fn is_former_way(lead: &str, tail: &str) -> bool {
    const BEFORE: &WordList = words![
        "以前",
        "従来",
        "それまで",
        "もともと",
        "元々",
        "これまで",
        "かつて",
        "前は",
        "元は",
    ];
    const OWN: &WordList = words!["私", "自分", "自身", "僕", "当方", "自チーム"];
    let Some(way) = tail.trim_start().strip_prefix('で') else {
        return false;
    };
    let clause = lead.rsplit(['。', '、']).next().unwrap_or(lead);
    let is_past = |text: &str| words!["ていた", "てた", "ていまし", "ており"].is_in(text);
    let end = way.split(['、', '。']).next().unwrap_or(way);
    let by_others = clause.trim_end().ends_with('が') && BEFORE.is_in(clause) && !OWN.is_in(clause);
    if by_others && is_past(end) {
        return true;
    }
    let made = [
        "作", "つく", "書", "組", "構築", "開発", "実装", "運用", "管理",
    ]
    .iter()
    .find_map(|verb| way.strip_prefix(verb));
    let thing = made.and_then(|rest| {
        ["られていた", "かれていた", "まれていた", "されていた"]
            .iter()
            .find_map(|passive| rest.strip_prefix(passive))
    });
    thing.is_some_and(|thing| {
        let clause = thing.split(['、', '。']).next().unwrap_or(thing);
        let is_dropped = words!["をやめ", "を廃止", "を捨て", "を廃し", "を撤去"].is_in(clause);
        let is_replaced = words![
            "の置き換え",
            "の置換え",
            "の作り直し",
            "のリプレイス",
            "の廃止",
            "の刷新"
        ]
        .end(clause.trim_end_matches("を担当").trim_end_matches('。'));
        is_dropped || is_replaced
    })
}

/// Returns whether a name is of a later time: 「将来のKubernetes移行を見据え」.
pub(super) fn is_to_come(lead: &str, tail: &str) -> bool {
    words![
        "将来の",
        "将来的な",
        "次期の",
        "今後の",
        "いずれの",
        "将来的に",
        "将来は"
    ]
    .end(lead.trim_end())
        && words![
            "移行",
            "化を",
            "化も",
            "への移行",
            "の導入を",
            "の採用を",
            "導入を",
            "対応を"
        ]
        .begin(tail.trim_start())
        && words![
            "見据え",
            "視野",
            "想定",
            "考慮",
            "考え",
            "備え",
            "念頭",
            "検討",
            "踏まえ"
        ]
        .is_in(tail)
}
