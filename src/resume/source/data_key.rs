//! What the keys of data say of their values: which field, title or part of the document they are.

use super::super::label::{Field, field_of};
use super::super::text::Text;
use super::data::{MAX_VALUE_CHARS, Node, Part};
use super::data_time::is_period_key;
use super::data_words::{COMPANY_KEYS, INNER_KEYS, KEYS, TITLE_KEYS, WORK_TITLE_KEYS};

/// Returns what the part under `key` lists; `None` where the key says nothing.
pub(super) fn part_of(key: &Text) -> Option<Part> {
    let key = folded(key);
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if has(&[
        "skill",
        "スキル",
        "language",
        "語学",
        "interest",
        "tool",
        "sukiru",
        "gengo",
    ]) {
        return Some(Part::Skills);
    }
    let is_fact = has(&[
        "education",
        "cert",
        "licen",
        "award",
        "qualification",
        "school",
        "university",
        "学歴",
        "資格",
        "免許",
        "受賞",
        "profiles",
        "location",
        "gakureki",
        "shikaku",
        "menkyo",
        "jushou",
    ]);
    is_fact.then_some(Part::Facts)
}

/// Returns the key without case and what joins its words.
pub(super) fn folded(key: &Text) -> String {
    key.as_str()
        .trim()
        .chars()
        .filter(|character| !matches!(character, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns the key as a reader of the laid-out document sees it.
pub(super) fn shown_key(key: &Text, level: u8) -> Text {
    let folded = folded(key);
    let inner = INNER_KEYS.iter().filter(|_| level > 2);
    match inner.chain(KEYS).find(|(known, _)| *known == folded) {
        Some((_, word)) => {
            let mut text = Text::default();
            text.push_decoded(word, key.source(0..key.as_str().len()));
            text
        }
        None => key.clone(),
    }
}

/// Returns whether a key says that its value is a company.
pub(super) fn names_company(key: &Text) -> bool {
    COMPANY_KEYS.contains(&folded(key).as_str())
}

/// Returns whether a key inside an entry only gathers texts that say more of it: no known word, no title, no time.
pub(super) fn says_nothing(key: &Text, members: &[(Text, Node)]) -> bool {
    let shown = shown_key(key, 4);
    let is_known = shown.as_str() != key.as_str() || field_of(key.as_str()).is_some();
    let is_ascii = key.as_str().is_ascii();
    is_ascii
        && !is_known
        && title_of(members).is_none()
        && members
            .iter()
            .all(|(key, value)| matches!(value, Node::Scalar(_)) && !is_period_key(key))
}

/// Returns whether the values under `key` are technologies, whatever their own keys say of them.
pub(super) fn names_technologies(key: &Text) -> bool {
    matches!(
        field_of(shown_key(key, 4).as_str()),
        Some(Field::Technology | Field::Environment)
    )
}

/// Returns the index of the member that names the entry: by its key, or as the first short text that
/// no known field holds.
pub(super) fn title_of(members: &[(Text, Node)]) -> Option<usize> {
    let keys: Vec<String> = members.iter().map(|(key, _)| folded(key)).collect();
    let is_text = |value: &Node| matches!(value, Node::Scalar(text) if !text.is_empty());
    let by_key = |wanted: &dyn Fn(&str) -> bool| {
        keys.iter()
            .zip(members)
            .position(|(key, (_, value))| wanted(key) && is_text(value))
    };
    TITLE_KEYS
        .iter()
        .find_map(|title| by_key(&|key| key == *title))
        .or_else(|| by_key(&|key| field_of(key) == Some(Field::Employer)))
        .or_else(|| by_key(&|key| field_of(key) == Some(Field::Title)))
        .or_else(|| {
            let first = members
                .iter()
                .zip(&keys)
                .position(|((key, value), folded)| {
                    let is_short = matches!(
                        value,
                        Node::Scalar(text) if !text.is_empty()
                            && text.as_str().chars().count() <= MAX_VALUE_CHARS
                            && !text.as_str().contains(['。', '\n', ':', '：'])
                    );
                    let is_known =
                        field_of(folded).is_some() || KEYS.iter().any(|(known, _)| known == folded);
                    is_short && !is_known && !is_period_key(key)
                })?;
            let is_dated = members.iter().any(|(key, _)| is_period_key(key));
            is_dated.then_some(first)
        })
}

/// Returns the index of the member that names a piece of work, beside the company that it was at.
pub(super) fn title_of_work(members: &[(Text, Node)]) -> Option<usize> {
    let is_text = |value: &Node| matches!(value, Node::Scalar(text) if !text.is_empty());
    let has_company = members
        .iter()
        .any(|(key, value)| names_company(key) && is_text(value));
    let named = WORK_TITLE_KEYS.iter().find_map(|wanted| {
        members
            .iter()
            .position(|(key, value)| folded(key) == *wanted && is_text(value))
    });
    named.filter(|_| has_company)
}
