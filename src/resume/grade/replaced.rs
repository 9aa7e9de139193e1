//! Names of what a system was made with that another one took the place of.

use shokureki_index::words;

/// Characters of the clause that tells what became of a system.
const MAX_CLAUSE_CHARS: usize = 96;

/// Characters between a name and the verb of a thing made with it: 「NAMEで構築・運用されている」.
const MAX_VERB_CHARS: usize = 14;

/// Returns whether the text behind a name tells of what was made with it, and of another thing in its place:
/// 「Perlで構築された配車の仕組みをAPIに分離する」「従来のNotesの掲示板を置き換え」.
pub(super) fn is_of_replaced_system(lead: &str, rest: &str) -> bool {
    let end = rest
        .char_indices()
        .take(MAX_CLAUSE_CHARS)
        .find(|(_, sign)| matches!(sign, '。' | '\n'))
        .map_or(rest.len(), |(at, _)| at);
    let clause: String = rest[..end].chars().take(MAX_CLAUSE_CHARS).collect();
    was_made_with(&clause) || was_there_before(lead, &clause)
}

/// 「で構築されている社内のシステムを、…に置き換える」
fn was_made_with(clause: &str) -> bool {
    let Some(made) = clause.trim_start().strip_prefix('で') else {
        return false;
    };
    let verb: String = made.chars().take(MAX_VERB_CHARS).collect();
    let is_made = words![
        "構築", "開発", "実装", "運用", "稼働", "作ら", "書か", "組ま"
    ]
    .begin(&verb);
    let is_of_others = [
        "された",
        "されて",
        "られた",
        "られて",
        "かれた",
        "かれて",
        "まれた",
        "まれて",
    ]
    .iter()
    .any(|passive| verb.contains(passive));
    let Some((_, becomes)) = made.split_once('を') else {
        return false;
    };
    is_made
        && is_of_others
        && words![
            "に分離",
            "に置き換",
            "へ置き換",
            "に書き換",
            "へ書き換",
            "に移行",
            "へ移行",
            "に刷新",
            "に載せ替え",
            "に作り直",
            "へ作り直",
        ]
        .is_in(becomes)
}

/// 「従来のNAMEの掲示板を置き換え」「既存のNAMEからの置き換え」
fn was_there_before(lead: &str, clause: &str) -> bool {
    words!["従来の", "既存の", "旧来の", "それまでの"].end(lead.trim_end())
        && (words![
            "からの置き換え",
            "からの乗り換え",
            "からのリプレース",
            "からのリプレイス"
        ]
        .begin(clause)
            || clause.starts_with('の') && words!["を置き換え", "を廃止"].is_in(clause))
}
