//! Entries of a document of keys and values that name one company one after the other, each with a piece of work
//! done there: they are laid out as one stay over its works.

use super::super::employer::names_role;
use super::super::job::reads_like_work;
use super::super::text::Text;
use super::data::{Node, Outline, Part};
use super::data_key::{names_company, title_of_work};
use super::data_time::{is_period_key, period_of, push_period, whole_stay};

/// Entries of one company that are looked at.
const MAX_KIN: usize = 200;

/// Entries that name one company one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kin {
    /// How many there are; none where the first names no company or no title.
    pub(super) count: usize,
    /// Whether they are works of one stay: two or more, of which most read like work and none like a role.
    pub(super) are_works: bool,
}

/// Looks from the first entry on for those that name its company and title something with a time.
pub(super) fn kin(values: &[Node]) -> Kin {
    let company = values.first().and_then(company_of);
    let titles: Vec<&str> = values
        .iter()
        .take(MAX_KIN)
        .take_while(|value| company.is_some() && company_of(value) == company)
        .map_while(|value| {
            let members = members_of(value)?;
            period_of(members, 0)?;
            title(members)
        })
        .collect();
    let works = titles.iter().filter(|title| reads_like_work(title));
    Kin {
        count: titles.len(),
        are_works: titles.len() >= 2
            && works.count() * 2 > titles.len()
            && !titles
                .iter()
                .any(|title| names_role(title) && !reads_like_work(title)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(company: &str, work: &str) -> Node {
        let text = |value: &str| {
            let mut text = Text::default();
            text.push_shown(value);
            text
        };
        let members = [
            ("company", company),
            ("title", work),
            ("period", "2020-01 - 2020-02"),
        ];
        let member = |(key, value): (&str, &str)| (text(key), Node::Scalar(text(value)));
        Node::Map(members.map(member).into())
    }

    #[test]
    fn a_run_is_counted_whether_it_is_of_works_or_not() {
        // Who asks goes on behind the run: from each of its entries on, it would be looked through again.
        for (title, are_works) in [("鳥", false), ("在庫管理システムの開発", true)] {
            let mut values = vec![entry("株式会社A", title); 5];
            values.push(entry("株式会社B", title));
            let kin = kin(&values);
            assert_eq!((kin.count, kin.are_works), (5, are_works), "{title}");
        }
        assert_eq!(kin(&[]).count, 0);
    }
}
