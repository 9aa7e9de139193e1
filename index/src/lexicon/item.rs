//! Lists inside a text: their items, labels and runs of names.

use std::ops::Range;

use super::boundary::{char_after, char_before, is_japanese, is_latin};
use super::finder::Candidate;
use super::forms::TechnologyId;
use super::scene::Scene;

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
const LABEL_WORDS: &[&str] = &[
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

/// Whether a label of a technology list stands before the name on its line: `言語: C, VB`.
pub(super) fn is_labelled(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let line = scene.line_of(candidate.start);
    let before = &scene.normal[line.start..candidate.start];
    let Some((label, _)) = before.split_once(':') else {
        return false;
    };
    let is_short = label.chars().count() <= MAX_LABEL_CHARS;
    is_short && LABEL_WORDS.iter().any(|word| label.contains(word))
}

/// Separators of list items, each one character.
fn is_item_separator(letter: char) -> bool {
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

/// The list item around a name.
fn item_of(scene: &Scene<'_>, candidate: &Candidate<'_>) -> Range<usize> {
    let start = scene.normal[..candidate.start]
        .rfind(is_item_separator)
        .map_or(0, |at| {
            at + char_after(scene.normal, at).map_or(1, char::len_utf8)
        });
    let end = scene.normal[candidate.end..]
        .find(is_item_separator)
        .map_or(scene.normal.len(), |at| candidate.end + at);
    start..end
}

/// Whether the item holds nothing but names, versions, years and marks.
pub(super) fn is_whole_item(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let item = item_of(scene, candidate);
    let joins_by_ampersand = char_before(scene.normal, item.start) == Some('&')
        || char_after(scene.normal, item.end) == Some('&');
    if joins_by_ampersand && candidate.name_end - candidate.start <= 2 {
        return false;
    }
    let mut rest = String::new();
    let mut from = item.start;
    let mut names = 0;
    for name in scene
        .names
        .iter()
        .filter(|name| name.start >= item.start && name.end <= item.end)
    {
        rest.push_str(&scene.normal[from..name.start]);
        rest.push(' ');
        from = name.end;
        names += 1;
    }
    rest.push_str(&scene.normal[from.min(item.end)..item.end]);
    is_bare(&rest, names > 1)
}

/// Whether nothing that says something is left. Between several names, と and や are separators.
fn is_bare(rest: &str, has_several_names: bool) -> bool {
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
pub(super) fn leads_item(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let item = item_of(scene, candidate);
    let opens = is_bare(&scene.normal[item.start..candidate.start], false);
    let after = &scene.normal[candidate.end..item.end];
    let rest = after
        .trim_start_matches([' ', '-', '~', '.', 'x'])
        .trim_start_matches(|letter: char| {
            letter.is_ascii_digit() || letter == '.' || letter == ' '
        });
    opens && rest.len() < after.len() && rest.starts_with(is_japanese)
}

/// A、B、C: the neighbours in the list are single letters that name nothing.
pub(super) fn is_enumerated(scene: &Scene<'_>, candidate: &Candidate<'_>) -> bool {
    let item = item_of(scene, candidate);
    let before = scene.normal[..item.start].trim_end_matches(is_item_separator);
    let before = before
        .rsplit(is_item_separator)
        .next()
        .unwrap_or_default()
        .trim();
    let after = scene.normal[item.end..].trim_start_matches(is_item_separator);
    let after = after
        .split(is_item_separator)
        .next()
        .unwrap_or_default()
        .trim();
    let is_letter = |text: &str| {
        text.len() == 1 && text.starts_with(|letter: char| letter.is_ascii_alphabetic())
    };
    is_letter(before) || is_letter(after)
}

/// Whether a neighbour in the same run of names (`Java、Go/C`) is a mention that `counts`.
pub(super) fn is_in_run(
    scene: &Scene<'_>,
    at: usize,
    verdicts: &[Option<TechnologyId>],
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
        .any(|neighbour| verdicts[neighbour].is_some_and(&counts))
}

/// Whether the name is an item of its own on a line with two clear ones: a list in all but context.
pub(super) fn is_item_of_list_line(
    scene: &Scene<'_>,
    at: usize,
    verdicts: &[Option<TechnologyId>],
) -> bool {
    let candidate = &scene.names[at];
    if !is_whole_item(scene, candidate) {
        return false;
    }
    let line = scene.line_of(candidate.start);
    let clear_items = scene.names.iter().zip(verdicts).filter(|(name, verdict)| {
        verdict.is_some()
            && line.contains(&name.start)
            && name.form.clear_sense().is_some()
            && is_whole_item(scene, name)
    });
    clear_items.take(2).count() == 2
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
