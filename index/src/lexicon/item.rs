//! Lists inside a text: their items, labels and runs of names.

use super::boundary::{is_japanese, is_latin};
use super::forms::TechnologyId;
use super::scene::Scene;
use super::verdicts::Verdicts;
use crate::analysis::WordList;
use crate::words;

/// What may stay of a list item beside the name, longest first where one begins another.
const ITEM_WORDS: &[&str] = &[
    "プログラミング言語",
    "version",
    "言語",
    "経験",
    "実務",
    "業務",
    "以上",
    "以下",
    "以降",
    "未満",
    "程度",
    "半年",
    "ヶ月",
    "か月",
    "カ月",
    "ヵ月",
    "ケ月",
    "初級",
    "中級",
    "上級",
    "個人",
    "独学",
    "など",
    "ほか",
    "他",
    "等",
    "約",
    "歴",
    "系",
    "年",
    "月",
    "ver",
    "years",
    "year",
    "yrs",
    "yr",
    "v",
    "x",
];

/// Longest label of a list, in characters.
const MAX_LABEL_CHARS: usize = 24;

/// Words of the labels that stand before a technology list and its colon.
const LABEL_WORDS: &WordList = words![
    "言語",
    "技術",
    "フレームワーク",
    "ライブラリ",
    "環境",
    "スキル",
    "ツール",
    "サーバ",
    "フロント",
    "バックエンド",
    "ミドルウェア",
    "インフラ",
    "データベース",
    "クラウド",
    "使用",
    "利用",
    "経験",
    "language",
    "stack",
    "framework",
    "librar",
    "tool",
    "tech",
    "skill",
    "backend",
    "frontend",
    "fw",
    "db",
    "os",
];

/// Whether `label`, which a colon follows, is one of a technology list: `言語`.
pub(super) fn is_list_label(label: &str) -> bool {
    let is_short = label.chars().nth(MAX_LABEL_CHARS).is_none();
    is_short && LABEL_WORDS.is_in(label)
}

/// Separators of list items, each one character.
pub(super) fn is_item_separator(letter: char) -> bool {
    matches!(
        letter,
        '\n' | '\t'
            | '、'
            | ','
            | '・'
            | '/'
            | '|'
            | ';'
            | ':'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | '【'
            | '】'
            | '「'
            | '」'
            | '『'
            | '』'
            | '`'
            | '"'
            | '+'
            | '→'
            | '。'
            | '■'
            | '●'
            | '◆'
            | '※'
            | '×'
            | '〔'
            | '〕'
            | '《'
            | '》'
            | '&'
            | '='
            | '*'
            | '•'
    )
}

/// Whether nothing that says something is left. Between several names, と and や are separators.
pub(super) fn is_bare(rest: &str, has_several_names: bool) -> bool {
    let mut rest = rest;
    'word: while let Some(first) = rest.chars().next() {
        if !first.is_alphabetic() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        for word in ITEM_WORDS {
            if let Some(shorter) = rest.strip_prefix(word)
                && !(is_latin(first) && shorter.starts_with(is_latin))
            {
                rest = shorter;
                continue 'word;
            }
        }
        for word in ["および", "及び", "ならびに", "and", "と", "や"] {
            if has_several_names && let Some(shorter) = rest.strip_prefix(word) {
                rest = shorter;
                continue 'word;
            }
        }
        return false;
    }
    true
}

/// Whether the name opens its item and Japanese text or a dash follows a space: `Go バックエンド開発`.
pub(super) fn leads_item(scene: &Scene<'_>, at: usize) -> bool {
    let candidate = &scene.names[at];
    let item = scene.ground.item(at);
    if item.first != at || !is_bare(&scene.normal[item.range.start..candidate.start], false) {
        return false;
    }
    let after = &scene.normal[candidate.end..item.range.end];
    let rest = after
        .trim_start_matches([' ', '-', '~', '.', 'x'])
        .trim_start_matches(|letter: char| {
            letter.is_ascii_digit() || letter == '.' || letter == ' '
        });
    rest.len() < after.len() && rest.starts_with(is_japanese)
}

/// Whether an item is one Latin letter.
pub(super) fn single_letter(item: &str) -> bool {
    let item = item.trim();
    item.len() == 1 && item.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// Whether a neighbour in the same run of names (`Java、Go/C`) is a mention that `counts`.
pub(super) fn is_in_run(
    scene: &Scene<'_>,
    at: usize,
    verdicts: &Verdicts,
    counts: impl Fn(TechnologyId) -> bool,
) -> bool {
    let joins = |left: usize, right: usize| {
        is_run_gap(
            &scene.normal[scene.names[left].end..scene.names[right].start],
            scene.is_list(),
        )
    };
    let before = at.checked_sub(1).filter(|&left| joins(left, at));
    let after = Some(at + 1).filter(|&right| right < scene.names.len() && joins(at, right));
    [before, after]
        .into_iter()
        .flatten()
        .any(|neighbour| verdicts.get(neighbour).is_some_and(&counts))
}

/// Whether the name is an item of its own on a line with two clear ones: a list in all but context.
pub(super) fn is_item_of_list_line(scene: &Scene<'_>, at: usize, verdicts: &Verdicts) -> bool {
    scene.is_whole_item(at) && verdicts.clear_items_beside(scene, at) >= 2
}

/// Whether only separators, versions and marks lie between two names.
fn is_run_gap(gap: &str, is_list: bool) -> bool {
    let mut rest = gap;
    let mut has_separator = is_list;
    while let Some(first) = rest.chars().next() {
        if let Some(word) = [
            "および",
            "及び",
            "ならびに",
            "または",
            "and ",
            "or ",
            "と",
            "や",
            "系",
            "言語",
            "など",
            "等",
        ]
        .iter()
        .find(|word| rest.starts_with(**word))
        {
            has_separator |= !matches!(*word, "系" | "言語" | "など" | "等");
            rest = &rest[word.len()..];
            continue;
        }
        match first {
            '、' | ',' | '・' | '/' | '|' | '+' | '&' | ';' => has_separator = true,
            '(' | '[' | '「' | '『' | '【' => has_separator = true,
            '\n' if !is_list => return false,
            _ if first.is_alphabetic() || first == '。' => return false,
            _ => {}
        }
        rest = &rest[first.len_utf8()..];
    }
    has_separator
}
