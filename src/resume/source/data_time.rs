//! When an entry of a document of keys and values was: in one value, in a start and an end, in what somebody was
//! there.

use super::super::label::{Field, field_of};
use super::super::period::find_periods;
use super::super::text::Text;
use super::data::{Node, is_empty};
use super::data_key::{folded, names_company};
use super::data_words::{END_KEYS, PERIOD_KEYS, START_KEYS};
use super::entry::{is_date, open_ended};

/// A part of a period that a key states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    Period,
    Start,
    End,
}

/// Returns which part of a period the key states.
pub(super) fn time_of(key: &Text) -> Option<Time> {
    let folded = folded(key);
    let key = folded.as_str();
    if PERIOD_KEYS.contains(&key) {
        return Some(Time::Period);
    }
    if START_KEYS.contains(&key) {
        return Some(Time::Start);
    }
    if END_KEYS.contains(&key) {
        return Some(Time::End);
    }
    match field_of(key)? {
        Field::Period => Some(Time::Period),
        Field::Start => Some(Time::Start),
        Field::End => Some(Time::End),
        _ => None,
    }
}

pub(super) fn is_period_key(key: &Text) -> bool {
    time_of(key).is_some()
}

/// Returns the value of the first key that states this part of a period.
fn find(members: &[(Text, Node)], time: Time) -> Option<(&Text, &Node)> {
    members
        .iter()
        .filter(|(key, _)| time_of(key) == Some(time))
        .min_by_key(|(_, value)| usize::from(is_empty(value)))
        .map(|(key, value)| (key, value))
}

/// Returns whether a key lists what somebody was.
pub(super) fn lists_roles(key: &Text) -> bool {
    matches!(folded(key).as_str(), "roles" | "positions" | "titles")
}

/// Returns the maps that tell what somebody was at a company, and when, of an entry that names one and states no
/// time of its own.
pub(super) fn roles_of(members: &[(Text, Node)]) -> Option<Vec<&[(Text, Node)]>> {
    let is_of_company = members.iter().any(|(key, _)| names_company(key));
    if !is_of_company || period_of(members, 0).is_some() {
        return None;
    }
    let (_, listed) = members.iter().find(|(key, _)| lists_roles(key))?;
    let Node::List(values) = listed else {
        return None;
    };
    let roles: Option<Vec<&[(Text, Node)]>> = values
        .iter()
        .map(|value| match value {
            Node::Map(role) if find(role, Time::Start).is_some() => Some(role.as_slice()),
            _ => None,
        })
        .collect();
    roles.filter(|roles| !roles.is_empty())
}

/// Returns the time from the first to the last of what somebody was, which dates as numbers put in order.
pub(super) fn whole_stay(roles: &[&[(Text, Node)]]) -> Option<Text> {
    let text = |role: &[(Text, Node)], time: Time| match find(role, time) {
        Some((_, Node::Scalar(text))) if !text.is_empty() => Some(text.clone()),
        _ => None,
    };
    let starts = roles.iter().filter_map(|role| text(role, Time::Start));
    let start = starts.min_by(|one, other| one.as_str().cmp(other.as_str()))?;
    let ends: Option<Vec<Text>> = roles.iter().map(|role| text(role, Time::End)).collect();
    let end = ends.and_then(|ends| {
        ends.into_iter()
            .max_by(|one, other| one.as_str().cmp(other.as_str()))
    });
    let mut stay = joined(&start, end.as_ref());
    if end.is_none() {
        stay.push_shown("現在");
    }
    Some(stay)
}

/// Appends the period of a map in brackets.
pub(super) fn push_period(heading: &mut Text, members: &[(Text, Node)]) {
    let Some(period) = period_of(members, 0) else {
        return;
    };
    let is_bare = heading.is_empty();
    if !is_bare {
        heading.push_shown("（");
    }
    heading.append(&period);
    if !is_bare {
        heading.push_shown("）");
    }
}

/// Returns the period that a map states: in one value, or with its start and its end; an end that is
/// there and empty has not come yet.
pub(super) fn period_of(members: &[(Text, Node)], depth: usize) -> Option<Text> {
    // 「span: 12ヶ月」 beside `from` and `to` says how long it was.
    let says_length = |value: &Node| match value {
        Node::Scalar(text) => find_periods(text.as_str()).is_empty(),
        _ => false,
    };
    let has_start = find(members, Time::Start).is_some_and(|(_, value)| !is_empty(value));
    let stated =
        find(members, Time::Period).filter(|(_, value)| !(has_start && says_length(value)));
    if let Some((_, value)) = stated {
        match value {
            Node::Scalar(text) if !text.is_empty() => return Some(whole_period(text)),
            Node::Map(inner) if depth == 0 => return period_of(inner, 1),
            Node::List(values) => {
                let mut ends = values.iter().filter_map(|value| match value {
                    Node::Scalar(text) if is_date(text.as_str()) => Some(text),
                    _ => None,
                });
                return Some(joined(ends.next()?, ends.next()));
            }
            _ => {}
        }
    }
    let text = |found: Option<(&Text, &Node)>| match found?.1 {
        Node::Scalar(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    };
    let end = find(members, Time::End);
    let is_open = end.is_some_and(|(_, value)| is_empty(value));
    match (text(find(members, Time::Start)), text(end)) {
        (Some(start), None) if is_open => {
            let mut period = start;
            period.push_shown("〜現在");
            Some(period)
        }
        (Some(start), end) => Some(joined(&start, end.as_ref())),
        (None, end) => end,
    }
}

/// Joins the ends of a period.
fn joined(start: &Text, end: Option<&Text>) -> Text {
    let mut period = start.clone();
    period.push_shown("〜");
    if let Some(end) = end {
        period.append(end);
    }
    period
}

/// Puts 〜 between two dates that something else parts: `2023-01 / 2024-06`.
fn whole_period(text: &Text) -> Text {
    let value = text.as_str();
    for sign in [" / ", "..", " , ", ", ", " | ", "／", "、"] {
        let Some((start, end)) = value.split_once(sign) else {
            continue;
        };
        if is_date(start) && (is_date(end) || end.trim().is_empty()) {
            let behind = start.len() + sign.len();
            return joined(
                &text.slice(0..start.len()),
                Some(&text.slice(behind..value.len())),
            );
        }
    }
    open_ended(text)
}
