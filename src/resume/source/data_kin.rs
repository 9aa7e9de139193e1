//! Entries of a document of keys and values that name one company one after the other, each with a piece of work
//! done there: they are laid out as one stay over its works.

use super::super::employer::names_role;
use super::super::job::reads_like_work;
use super::super::text::Text;
use super::data::{Node, Outline, Part, names_company, title_of_work};
use super::data_time::{is_period_key, period_of, push_period, whole_stay};

/// Entries of one company that are looked at.
const MAX_KIN: usize = 200;

/// Returns how many entries, from the first on, name one company and title works done there; 0 unless there are two or
/// more, of which most read like work and none like a role.
pub(super) fn kin(values: &[Node]) -> usize {
    let Some(company) = values.first().and_then(company_of) else {
        return 0;
    };
    let titles: Vec<&str> = values
        .iter()
        .take(MAX_KIN)
        .map_while(|value| {
            let members = members_of(value)?;
            let is_kin = company_of(value) == Some(company) && period_of(members, 0).is_some();
            is_kin.then(|| title(members)).flatten()
        })
        .collect();
    let works = titles.iter().filter(|title| reads_like_work(title));
    let is_work = titles.len() >= 2
        && works.count() * 2 > titles.len()
        && !titles.iter().any(|title| names_role(title));
    if is_work { titles.len() } else { 0 }
}

impl Outline {
    /// Lays out the entries of one company: its name and the whole stay over a heading for each work.
    pub(super) fn kin(&mut self, values: &[Node], level: u8, part: Part) {
        let entries: Vec<&[(Text, Node)]> = values.iter().filter_map(members_of).collect();
        let named = entries.first().and_then(|members| {
            members
                .iter()
                .find(|(key, value)| names_company(key) && matches!(value, Node::Scalar(_)))
        });
        let Some((key, Node::Scalar(name))) = named else {
            return;
        };
        let mut heading = Self::company_heading(key, name);
        if let Some(stay) = whole_stay(&entries) {
            heading.push_shown("（");
            heading.append(&stay);
            heading.push_shown("）");
        }
        self.heading(level, heading);
        for members in entries {
            let titled = title_of_work(members);
            let is_work = title(members).is_some_and(reads_like_work);
            // 「入社」 titles the training, and no work.
            let below = if is_work { level + 2 } else { level + 1 };
            if is_work
                && let Some(at) = titled
                && let Node::Scalar(text) = &members[at].1
            {
                let mut heading = text.clone();
                push_period(&mut heading, members);
                self.heading(level + 1, heading);
            }
            for (index, (key, value)) in members.iter().enumerate() {
                if Some(index) != titled && !is_period_key(key) && !names_company(key) {
                    self.member(key, value, below, part);
                }
            }
        }
    }
}

/// Returns the members of a map.
fn members_of(value: &Node) -> Option<&[(Text, Node)]> {
    match value {
        Node::Map(members) => Some(members),
        _ => None,
    }
}

/// Returns the company that an entry names.
fn company_of(value: &Node) -> Option<&str> {
    members_of(value)?
        .iter()
        .find_map(|(key, value)| match value {
            Node::Scalar(name) if names_company(key) && !name.is_empty() => Some(name.as_str()),
            _ => None,
        })
}

/// Returns what an entry titles beside its company.
fn title(members: &[(Text, Node)]) -> Option<&str> {
    match &members.get(title_of_work(members)?)?.1 {
        Node::Scalar(text) => Some(text.as_str().trim()),
        _ => None,
    }
}
