//! Short lists of things with their names: roles.

use std::collections::HashMap;
use std::ops::Range;

use super::boundary::{char_after, char_before};
use super::forms::is_katakana;
use super::load::name_key;
use super::names_at::NamesAt;
use crate::analysis::{WordList, normalize};
use crate::words;

/// A thing of a short list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The name that all its names are counted by.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
}

impl Listed {
    pub(super) fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// The things of a list, and all their names.
#[derive(Debug)]
pub(super) struct List {
    entries: Vec<Listed>,
    names: NamesAt,
    /// Position in `entries` of each of the names.
    owners: Vec<usize>,
    by_name: HashMap<String, usize>,
}

impl List {
    /// Of `entries`, no two of which share a name.
    pub(super) fn new(entries: Vec<Listed>) -> Self {
        let mut names = Vec::new();
        let mut owners = Vec::new();
        let mut by_name = HashMap::new();
        for (position, entry) in entries.iter().enumerate() {
            by_name.extend(entry.spellings().map(|name| (name_key(name), position)));
            for name in entry.spellings() {
                names.push(name_key(name));
                owners.push(position);
            }
        }
        Self {
            by_name,
            names: NamesAt::new(names.iter().map(String::as_str)),
            entries,
            owners,
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Listed> {
        self.entries.iter()
    }

    /// What `name` is the whole name of.
    pub(super) fn named(&self, name: &str) -> Option<&Listed> {
        let position = self.by_name.get(&name_key(name.trim()))?;
        Some(&self.entries[*position])
    }

    /// What `text` names, from left to right, the longest name at each place; each once.
    pub(super) fn find(&self, text: &str) -> Vec<&Listed> {
        let normal = normalize(text);
        let normal = normal.as_str();
        let mut found: Vec<usize> = Vec::new();
        for (range, position) in self.places(normal) {
            if !found.contains(&position) && !is_only_beside(&normal[range.end..]) {
                found.push(position);
            }
        }
        found.into_iter().map(|at| &self.entries[at]).collect()
    }

    /// Where `text` names others by what they are, in bytes, in order: 「SREに任せ」「デザイナーと連携」.
    pub(super) fn others_in(&self, text: &str) -> Vec<Range<usize>> {
        let normal = normalize(text);
        let names = self.places(normal.as_str());
        let of_others = names.filter(|(range, _)| is_of_others(&normal.as_str()[range.end..]));
        of_others
            .map(|(range, _)| normal.original_range(range))
            .collect()
    }

    /// The longest name at each place of normalized text, and what it is the name of.
    fn places(&self, normal: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(letter) = normal[at..].chars().next() {
                if let Some(found) = self.longest_at(normal, at) {
                    at = found.0.end;
                    return Some(found);
                }
                at += letter.len_utf8();
            }
            None
        })
    }

    /// The end of the longest name at byte `at` of normalized text.
    pub(super) fn end_at(&self, normal: &str, at: usize) -> Option<usize> {
        self.longest_at(normal, at).map(|(range, _)| range.end)
    }

    fn longest_at(&self, normal: &str, start: usize) -> Option<(Range<usize>, usize)> {
        if !self.names.may_begin(&normal[start..]) {
            return None;
        }
        let first = char_after(normal, start);
        if is_one_word(char_before(normal, start), first) {
            return None;
        }
        self.names
            .at(normal, start)
            .filter(|&(end, _)| {
                let (last, next) = (char_before(normal, end), char_after(normal, end));
                !is_one_word(last, next) && !goes_on_in_katakana(last, next)
            })
            .last()
            .map(|(end, name)| (start..end, self.owners[name]))
    }
}

/// Whether two letters side by side are of one Latin word or number: `pm` is not in `pmo`.
fn is_one_word(left: Option<char>, right: Option<char>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric(),
        _ => false,
    }
}

/// Whether a word in katakana goes on: リーダ is not in リーダシップ.
fn goes_on_in_katakana(last: Option<char>, next: Option<char>) -> bool {
    last.is_some_and(is_katakana) && next.is_some_and(|next| is_katakana(next) || next == 'ー')
}

/// Whether what follows a role makes it another's: `PM補佐`.
fn is_only_beside(rest: &str) -> bool {
    const BESIDE: &WordList = words!["補佐", "支援", "候補", "補助", "直下", "配下", "指示"];
    BESIDE.begin(rest.trim_start())
}

/// Whether what follows a role makes it that of people whom the writer works with or leaves work to.
fn is_of_others(rest: &str) -> bool {
    // As normalized text has them: without the mark at the end of katakana.
    const PEOPLE: &WordList = words![
        "チーム",
        "グループ",
        "部隊",
        "班",
        "の方",
        "の方々",
        "の人",
        "の皆さん",
        "さん",
        "メンバ",
        "のメンバ",
        "担当者",
    ];
    const WITH_OR_BY_THEM: &WordList = words![
        "に任せ",
        "に一任",
        "にお任せ",
        "に依頼",
        "に頼",
        "にお願い",
        "に委ね",
        "に相談",
        "へ依頼",
        "任せ",
        "と連携",
        "と協力",
        "と協働",
        "と協業",
        "と共同",
        "と相談",
        "と調整",
        "と一緒",
        "と共に",
        "とともに",
        "とやり取り",
        "とやりとり",
        "との連携",
        "との協力",
        "との協働",
        "との調整",
        "との折衝",
        "との橋渡し",
        "との間",
        "が担当",
        "が管理",
        "が運用",
        "が作成",
        "が作った",
        "が書いた",
        "が設計",
    ];
    let rest = rest.trim_start();
    let people = PEOPLE.longest_of(rest).map_or(0, str::len);
    WITH_OR_BY_THEM.begin(rest[people..].trim_start())
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    /// `expected`: the roles that `text` names others by.
    #[track_caller]
    fn check_others(text: &str, expected: &[&str]) {
        let others = Lexicon::builtin().roles_of_others_in(text);
        let others: Vec<&str> = others.into_iter().map(|at| &text[at]).collect();
        assert_eq!(others, expected, "{text}");
    }

    #[test]
    fn those_whom_work_is_left_to_or_shared_with_are_others() {
        check_others("Kubernetes（今は SRE に任せきりのため）", &["SRE"]);
        check_others("ＳＲＥチームと連携して監視を設計", &["ＳＲＥ"]);
        check_others("PMの方と一緒に画面を改善", &["PM"]);
        check_others("SREとして基盤を運用", &[]);
        check_others("SREチームを立ち上げ、PMと調整", &["PM"]);
        check_others("", &[]);
    }

    #[track_caller]
    fn check_roles(text: &str, expected: &[&str]) {
        let roles = Lexicon::builtin().roles_in(text);
        let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn spellings_of_a_role_are_one_role() {
        check_roles("PM", &["PM"]);
        check_roles("プロジェクトマネージャー", &["PM"]);
        check_roles("プロジェクトマネージャ", &["PM"]);
        check_roles("ＰＭ", &["PM"]);
        check_roles("PM／PL", &["PM", "PL"]);
        check_roles("PL兼アーキテクト", &["PL", "アーキテクト"]);
        check_roles("テックリード (バックエンド)", &["テックリード"]);
        check_roles("Tech Lead", &["テックリード"]);
        check_roles("システムエンジニア（SE）", &["SE"]);
        check_roles("PG、SE", &["PG", "SE"]);
        check_roles("サーバサイドエンジニア", &["バックエンドエンジニア"]);
    }

    #[test]
    fn a_piece_of_a_longer_name_is_no_role() {
        check_roles("PMO", &["PMO"]);
        check_roles("サブリーダー", &["SL"]);
        check_roles("リーダーシップ", &[]);
        check_roles("プログラマブルロジック", &[]);
        check_roles("SEO担当", &[]);
        check_roles("PM補佐", &[]);
        check_roles("社内SE", &["社内SE"]);
        check_roles("メンバー", &[]);
        check_roles("", &[]);
    }
}
