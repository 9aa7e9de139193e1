//! Heads of a team that are counted by role: 「体制: PM1名、PL 2名」 says nothing of the writer's role.

use std::ops::Range;

use shokureki_index::lexicon::Lexicon;
use shokureki_index::words;

/// Longest name of a role that is looked for.
const MAX_ROLE_CHARS: usize = 20;

/// Returns where `text` names roles of which it counts people, without those that it says are the
/// writer's: 「PL1名（自分）」.
pub(super) fn counted_roles(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut roles = Vec::new();
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let starts = letter.is_numeric() && !before.is_some_and(char::is_numeric);
        before = Some(letter);
        if starts && counts_people(&text[at..]) {
            roles.extend(role_before(&text[..at], lexicon));
        }
    }
    roles
}

/// Whether a number of people that are not the writer stands at the head of `rest`.
fn counts_people(rest: &str) -> bool {
    let behind = rest
        .trim_start_matches(char::is_numeric)
        .trim_start_matches(' ');
    let Some(behind) = behind.strip_prefix(['名', '人']) else {
        return false;
    };
    let is_own = behind
        .strip_prefix(['(', '（'])
        .is_some_and(|inside| words!["自分", "本人", "私", "自身", "担当"].begin(inside));
    !is_own && !words!["月", "日", "を", "以上"].begin(behind)
}

/// The role that ends where the number begins, spaces and a sign between.
fn role_before(text: &str, lexicon: &Lexicon) -> Option<Range<usize>> {
    let end = text
        .trim_end_matches([' ', ':', '：', '(', '（', '×'])
        .len();
    let start = text[..end]
        .char_indices()
        .rev()
        .take(MAX_ROLE_CHARS + 1)
        .take_while(|(_, letter)| !is_separator(*letter))
        .last()
        .map(|(at, _)| at)?;
    let role = text[start..end].trim();
    let start = end - text[start..end].trim_start().len();
    lexicon.role_named(role).is_some().then_some(start..end)
}

fn is_separator(letter: char) -> bool {
    letter.is_control() || "、,，・/／|｜　(（)）:：;>".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_counted_where_a_number_of_people_follows() {
        let cases: [(&str, &[&str]); 8] = [
            ("開発者3人、PM1人", &["PM"]),
            ("体制：PM 1名、PL：2名、SE(3人)", &["PM", "PL", "SE"]),
            (
                "規模: プロジェクトマネージャー２名",
                &["プロジェクトマネージャー"],
            ),
            ("PL1名（自分）、PM1名", &["PM"]),
            ("6名・PM", &[]),
            ("PMとして8名を率いた", &[]),
            ("PM、10人月", &[]),
            ("役割: PM 8名のチーム", &["PM"]),
        ];
        for (text, expected) in cases {
            let found = counted_roles(text, Lexicon::builtin());
            let found: Vec<&str> = found.into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
