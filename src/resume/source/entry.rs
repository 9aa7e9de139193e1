//! An entry of a career as a macro's arguments or a map's values: its title, its period, the rest.

use shokureki_index::analysis::WordList;
use shokureki_index::lexicon::has_legal_form;
use shokureki_index::words;

use super::super::text::Text;

/// Characters that a title, a place or a position may have.
const MAX_SHORT_CHARS: usize = 80;

/// An entry.
#[derive(Debug)]
pub(super) struct Entry {
    /// The title and the period behind it.
    pub(super) heading: Text,
    /// The other values.
    pub(super) rest: Vec<Text>,
}

/// Words of positions, which are no employer's name.
const POSITION_WORDS: &WordList = words![
    "エンジニア",
    "プログラマ",
    "デザイナ",
    "マネージャ",
    "リーダ",
    "ディレクタ",
    "職員",
    "社員",
    "バイト",
    "インターン",
    "顧問",
    "engineer",
    "developer",
    "manager",
    "designer",
    "lead",
    "intern",
    "consultant",
];

/// Reads `values` as an entry: short ones, one of them at least a date or a period.
pub(super) fn read_entry(values: &[Text]) -> Option<Entry> {
    let dates: Vec<usize> = (0..values.len())
        .filter(|at| is_date(values[*at].as_str()))
        .collect();
    let first = *dates.first()?;
    let period_end = dates
        .get(1)
        .filter(|second| **second == first + 1 && !is_period(values[first].as_str()))
        .copied();
    let is_of_period = |at: usize| at == first || Some(at) == period_end;
    let names: Vec<usize> = (0..values.len())
        .filter(|at| {
            let value = values[*at].as_str().trim();
            !is_of_period(*at)
                && !value.is_empty()
                && value.chars().count() <= MAX_SHORT_CHARS
                && !value.contains('。')
        })
        .collect();
    let is_position = |at: usize| is_position(values[at].as_str());
    let is_labelled = |at: usize| values[at].as_str().contains([':', '：']);
    let title = names
        .iter()
        .find(|at| has_legal_form(values[**at].as_str()))
        .or_else(|| {
            names
                .iter()
                .find(|at| !is_position(**at) && !is_labelled(**at))
        })
        .or(names.first())
        .copied()?;
    let mut heading = values[title].clone();
    heading.push_shown("（");
    heading.append(&open_ended(&values[first]));
    if let Some(end) = period_end {
        heading.push_shown("〜");
        heading.append(&values[end]);
    }
    heading.push_shown("）");
    // What stands before a company's name is the position there.
    let is_company = has_legal_form(values[title].as_str());
    let rest = (0..values.len())
        .filter(|at| *at != title && !is_of_period(*at) && !values[*at].is_empty())
        .map(|at| {
            let is_role = names.contains(&at) && (is_position(at) || is_company && at < title);
            if is_role && !is_labelled(at) {
                role(&values[at])
            } else {
                values[at].clone()
            }
        })
        .collect();
    Some(Entry { heading, rest })
}

/// Returns whether `value` says what somebody is, which is no employer's name.
pub(super) fn is_position(value: &str) -> bool {
    let value = value.to_lowercase();
    // A word in the middle tells of something else: 「職員向けの研修」.
    let ends_in = |part: &str, word: &str| {
        let behind = part.rfind(word).map(|at| &part[at + word.len()..]);
        behind.is_some_and(|rest| rest.chars().count() <= 2 || word.is_ascii())
    };
    !has_legal_form(&value)
        && value
            .split(['(', '（', '/', '／', '、', ',', '→', '|', '・', ' ', '　'])
            .any(|part| {
                POSITION_WORDS.iter().any(|word| ends_in(part, word))
                    || matches!(part, "se" | "pg" | "pm" | "pl" | "sre" | "cto" | "qa")
            })
}

/// Puts a label before a position.
fn role(position: &Text) -> Text {
    let mut line = Text::default();
    let at = position.whole().start;
    line.push_decoded("役割: ", at..at);
    line.append(position);
    line
}

/// Writes 〜 for the dashes that a period ends in: it goes on.
pub(super) fn open_ended(period: &Text) -> Text {
    let value = period.as_str().trim_end();
    let start = value.trim_end_matches(['-', '–', '—', '―', '~', '～', ' ']);
    if start.is_empty() || start.len() == value.len() || !start.ends_with(char::is_alphanumeric) {
        return period.clone();
    }
    let mut open = period.slice(0..start.len());
    open.push_shown("〜");
    open
}

/// Returns whether `value` is a date or a period and nothing else.
pub(super) fn is_date(value: &str) -> bool {
    let value = value.trim();
    if is_present(value) {
        return true;
    }
    let digits = value
        .chars()
        .filter(|character| character.is_numeric())
        .count();
    let others = value
        .chars()
        .filter(|character| {
            !character.is_numeric()
                && !character.is_whitespace()
                && !"年月日/-–—―〜～~.,/()（）現在至るまで元昭和平成令頃約ー－ー→"
                    .contains(*character)
        })
        .collect::<String>();
    let is_month = value
        .split(|character: char| !character.is_alphabetic() || !character.is_ascii())
        .filter(|word| !word.is_empty())
        .all(is_month_word)
        && others.is_ascii();
    (4..=16).contains(&digits) && is_month
        || others.is_empty() && (2..=12).contains(&digits) && value.contains('年')
}

/// Returns whether `word` is a month in English or says that something goes on.
fn is_month_word(word: &str) -> bool {
    let word = word.to_lowercase();
    is_present(&word)
        || word == "to"
        || MONTHS
            .iter()
            .any(|month| word.starts_with(month) && word.len() <= 9)
}

const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

fn is_present(value: &str) -> bool {
    matches!(
        value.to_lowercase().as_str(),
        "現在" | "在籍中" | "現職" | "present" | "now" | "current"
    )
}

/// Returns whether `value` has a beginning and an end.
fn is_period(value: &str) -> bool {
    value.contains(['〜', '～', '~', '–', '—', '―', '→'])
        || value.contains("--")
        || value.contains(" - ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[&str], expected: Option<(&str, &[&str])>) {
        let values: Vec<Text> = values
            .iter()
            .map(|value| {
                let mut text = Text::default();
                text.push(value, 0);
                text
            })
            .collect();
        let entry = read_entry(&values);
        let actual = entry.as_ref().map(|entry| {
            let rest: Vec<&str> = entry.rest.iter().map(Text::as_str).collect();
            (entry.heading.as_str(), rest)
        });
        assert_eq!(
            actual,
            expected.map(|(heading, rest)| (heading, rest.to_vec()))
        );
    }

    #[test]
    fn an_employer_and_its_period_are_the_title() {
        check(
            &["2019.4--現在", "設計者", "株式会社A", "長野県", ""],
            Some(("株式会社A（2019.4--現在）", &["役割: 設計者", "長野県"])),
        );
        check(
            &["A", "2022-09", "現在", "SRE"],
            Some(("A（2022-09〜現在）", &["役割: SRE"])),
        );
        check(
            &["開発エンジニア", "Acme", "Apr 2019 – Present"],
            Some(("Acme（Apr 2019 – Present）", &["役割: 開発エンジニア"])),
        );
        check(&["A", "2024年9月 --"], Some(("A（2024年9月〜）", &[])));
        check(&["日常的", "PHP、Laravel"], None);
        check(&["2019"], None);
    }
}
