//! Names of what a system was made with that another one took the place of.

use shokureki_index::words;

/// Characters of the clause that tells what became of a system.
const MAX_CLAUSE_CHARS: usize = 96;

/// Characters between a name and the verb of a thing made with it: 「NAMEで構築・運用されている」.
const MAX_VERB_CHARS: usize = 14;

/// Returns whether the text behind a name tells of what was made with it, and of another thing in its place:
/// 「Perlで構築された配車の仕組みをAPIに分離する」「従来のNotesの掲示板を置き換え」.
pub(super) fn is_of_replaced_system(lead: &str, rest: &str) -> bool {
    let is_made = rest.trim_start().starts_with('で');
    let was_there = words!["従来の", "既存の", "旧来の", "それまでの"].end(lead.trim_end());
    if !is_made && !was_there {
        return false;
    }
    let ends = |(index, (_, sign)): &(usize, (usize, char))| {
        *index >= MAX_CLAUSE_CHARS || matches!(sign, '。' | '\n')
    };
    let end = rest.char_indices().enumerate().find(ends);
    let clause = &rest[..end.map_or(rest.len(), |(_, (at, _))| at)];
    is_made && was_made_with(clause) || was_there && gives_way(clause)
}

/// 「で構築されている社内のシステムを、…に置き換えるプロジェクト」
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
    // Who says that they replaced it worked on it.
    let is_project = words!["プロジェクト", "案件", "リプレース", "リプレイス"].is_in(becomes);
    let changes = words![
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
    ];
    is_made && is_of_others && is_project && changes.is_in(becomes)
}

/// 「の掲示板を置き換え」「からの置き換え」
fn gives_way(clause: &str) -> bool {
    let ends = words![
        "からの置き換え",
        "からの乗り換え",
        "からのリプレース",
        "からのリプレイス"
    ];
    ends.begin(clause) || clause.starts_with('の') && words!["を置き換え", "を廃止"].is_in(clause)
}
