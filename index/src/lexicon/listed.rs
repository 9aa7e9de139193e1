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
        let mut at = 0;
        while let Some(letter) = normal[at..].chars().next() {
            match self.longest_at(normal, at) {
                Some((range, position)) => {
                    if !found.contains(&position) && !is_only_beside(&normal[range.end..]) {
                        found.push(position);
                    }
                    at = range.end;
                }
                None => at += letter.len_utf8(),
            }
        }
        found.into_iter().map(|at| &self.entries[at]).collect()
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

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

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
