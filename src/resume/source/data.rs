//! Documents of keys and values, read as an outline: maps are entries, keys are labels.

use shokureki_index::lexicon::has_legal_form;

use super::super::text::Text;
use super::data_date::{dated_event, settle};
use super::data_key::{
    folded, names_company, names_technologies, part_of, says_nothing, shown_key, title_of,
    title_of_work,
};
use super::data_kin::kin;
use super::data_time::{is_period_key, lists_roles, period_of, push_period, roles_of, whole_stay};
use super::entry::read_entry;
use super::lines::Lines;
use super::{SourceForm, SourceLine};

/// Maps and lists deeper than this are not told apart.
pub(super) const MAX_DEPTH: usize = 40;

/// Characters that the values of a list may have to stand in one line.
pub(super) const MAX_VALUE_CHARS: usize = 48;

/// Values that say how somebody was employed, whatever their key.
const KINDS: [&str; 6] = [
    "正社員",
    "契約社員",
    "派遣社員",
    "嘱託社員",
    "業務委託",
    "アルバイト",
];

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A text, a number; empty for null.
    Scalar(Text),
    /// Values in order.
    List(Vec<Node>),
    /// Keys and values in order.
    Map(Vec<(Text, Node)>),
}

/// What a part of the document lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Jobs and anything else.
    Entries,
    /// Pieces of work, which may say at which company they were.
    Works,
    /// Skills: a name, and what is known of it.
    Skills,
    /// Schools, certificates, awards: a line each.
    Facts,
}

impl Part {
    /// Returns whether what it lists has a title, a time and more.
    fn holds_entries(self) -> bool {
        matches!(self, Self::Entries | Self::Works)
    }
}

/// Lays the document out in lines.
pub(super) fn lay_out(roots: Vec<Node>) -> Vec<SourceLine> {
    let roots: Vec<Node> = roots.into_iter().map(settle).collect();
    let mut outline = Outline {
        lines: Lines::default(),
    };
    for root in &roots {
        match root {
            Node::Map(members) => {
                for (key, value) in members {
                    outline.member(key, value, 2, Part::Entries);
                }
            }
            Node::List(values) if lists_career(values) => {
                let mut heading = Text::default();
                heading.push_shown("職務経歴");
                outline.heading(2, heading);
                outline.entries(values, 3, Part::Entries);
            }
            Node::List(values) => outline.entries(values, 2, Part::Entries),
            Node::Scalar(text) => outline.paragraph(text, 0),
        }
    }
    outline.lines.list
}

/// Lays out a list of companies as headings of `level`; `None` where it is something else: works without
/// one are told where they stand.
pub(super) fn lay_out_list(values: Vec<Node>, level: u8) -> Option<Vec<SourceLine>> {
    let values: Vec<Node> = values.into_iter().map(settle).collect();
    let is_entry = |value: &Node| match value {
        Node::Map(members) => members.iter().any(|(key, _)| names_company(key)),
        _ => false,
    };
    if !values.iter().all(is_entry) {
        return None;
    }
    let mut outline = Outline {
        lines: Lines::default(),
    };
    outline.entries(&values, level, Part::Entries);
    Some(outline.lines.list)
}

/// Returns whether a document that is one list tells of a career: most of what it lists says when it was.
fn lists_career(values: &[Node]) -> bool {
    let is_dated = |value: &&Node| match value {
        Node::Map(members) => period_of(members, 0).is_some() || dated_event(members).is_some(),
        _ => false,
    };
    values.iter().filter(is_dated).count() * 2 > values.len()
}

/// A document while it is laid out.
pub(super) struct Outline {
    pub(super) lines: Lines,
}

impl Outline {
    /// Lays out a key and its value.
    pub(super) fn member(&mut self, key: &Text, value: &Node, level: u8, part: Part) {
        match value {
            Node::Scalar(text) => self.labelled(key, text, level),
            Node::List(values) if values.is_empty() => {}
            Node::List(values) if values.iter().all(|value| matches!(value, Node::Scalar(_))) => {
                self.scalars(key, values, level);
            }
            Node::List(values) => {
                let shown = shown_key(key, level);
                let part = match shown.as_str() {
                    "プロジェクト" => Part::Works,
                    _ => part_of(key).unwrap_or(part),
                };
                self.heading(level, shown);
                self.entries(values, level + 1, part);
            }
            Node::Map(members) if level > 3 && is_flat(members) && names_technologies(key) => {
                let mut line = shown_key(key, level);
                line.push_shown(": ");
                let before = line.as_str().len();
                for (_, value) in members {
                    if line.as_str().len() > before && !is_empty(value) {
                        line.push_shown("、");
                    }
                    join(&mut line, std::slice::from_ref(value));
                    if let Node::List(values) = value {
                        join(&mut line, values);
                    }
                }
                if line.as_str().len() > before {
                    self.lines.push(SourceForm::Plain, 0, line);
                }
            }
            Node::Map(members) => self.map(key, members, level, part),
        }
    }

    /// Lays out a key with a map.
    fn map(&mut self, key: &Text, members: &[(Text, Node)], level: u8, part: Part) {
        if !part.holds_entries() && is_flat(members) {
            return self.fact(Some(key), members);
        }
        let words: Vec<Text> = key.split('_');
        let entry = (words.len() > 1).then(|| read_entry(&words)).flatten();
        if let Some(entry) = entry {
            self.heading(level, entry.heading);
            for rest in entry.rest {
                self.lines.push(SourceForm::Plain, 0, rest);
            }
        } else {
            let mut heading = shown_key(key, level);
            push_period(&mut heading, members);
            self.heading(level, heading);
        }
        let part = part_of(key).unwrap_or(part);
        for (key, value) in members {
            if !is_period_key(key) {
                self.member(key, value, level + 1, part);
            }
        }
    }

    pub(super) fn heading(&mut self, level: u8, text: Text) {
        self.lines.push(SourceForm::Heading(level), 0, text);
    }

    /// Lays out the maps and texts of a list.
    fn entries(&mut self, values: &[Node], level: u8, part: Part) {
        // What was told of as kin, and what was looked through: a run is looked through once.
        let (mut told, mut seen) = (0, 0);
        for (at, value) in values.iter().enumerate() {
            if at < told {
                continue;
            }
            if part == Part::Entries && at >= seen {
                let kin = kin(&values[at..]);
                seen = at + kin.count;
                if kin.are_works {
                    self.kin(&values[at..seen], level, part);
                    told = seen;
                    continue;
                }
            }
            match value {
                Node::Scalar(text) => self.lines.push(SourceForm::Item, 2, text.clone()),
                Node::List(values) => self.entries(values, level + 1, part),
                Node::Map(members) => match dated_event(members) {
                    Some(event) => self.lines.push(SourceForm::Item, 2, event),
                    None if part.holds_entries() || !is_flat(members) => {
                        self.entry(members, level, part);
                    }
                    None => self.fact(None, members),
                },
            }
        }
    }

    /// Lays out a map with its title and period as a heading.
    fn entry(&mut self, members: &[(Text, Node)], level: u8, part: Part) {
        let of_work = || match part {
            Part::Works => title_of_work(members),
            _ => None,
        };
        let Some(title) = of_work().or_else(|| title_of(members)) else {
            if let [(key, value)] = members {
                return self.member(key, value, level, part);
            }
            let mut heading = Text::default();
            push_period(&mut heading, members);
            self.heading(level, heading);
            for (key, value) in members.iter().filter(|(key, _)| !is_period_key(key)) {
                self.member(key, value, level + 1, part);
            }
            return;
        };
        let Node::Scalar(name) = &members[title].1 else {
            return;
        };
        let mut heading = Self::company_heading(&members[title].0, name);
        let roles = roles_of(members);
        match roles.as_deref().and_then(whole_stay) {
            Some(stay) => {
                heading.push_shown("（");
                heading.append(&stay);
                heading.push_shown("）");
            }
            None => push_period(&mut heading, members),
        }
        self.heading(level, heading);
        for (at, (key, value)) in members.iter().enumerate() {
            match value {
                _ if at == title || is_period_key(key) => {}
                Node::List(_) if roles.is_some() && lists_roles(key) => {
                    for role in roles.iter().flatten() {
                        self.role(role, level + 1, part);
                    }
                }
                // What a key of the tool's own gathers says more of the entry, and is no part of it.
                Node::Map(inner) if says_nothing(key, inner) => {
                    for (key, value) in inner {
                        self.member(key, value, level + 1, part);
                    }
                }
                _ => self.member(key, value, level + 1, part),
            }
        }
    }

    /// Begins a heading; a company that its name does not show is known by its key.
    pub(super) fn company_heading(key: &Text, name: &Text) -> Text {
        let mut heading = Text::default();
        if names_company(key) && !has_legal_form(name.as_str()) {
            heading.push_shown("会社名: ");
        }
        heading.append(name);
        heading
    }

    /// Lays out what somebody was at a company for a part of the stay there.
    fn role(&mut self, members: &[(Text, Node)], level: u8, part: Part) {
        for (key, value) in members.iter().filter(|(key, _)| !is_period_key(key)) {
            match (folded(key).as_str(), value) {
                ("title" | "name", Node::Scalar(text)) if !text.is_empty() => {
                    let mut line = Text::default();
                    line.push_shown("役割: ");
                    line.append(text);
                    self.lines.push(SourceForm::Plain, 0, line);
                }
                _ => self.member(key, value, level, part),
            }
        }
    }

    /// Lays out a map as one list item.
    fn fact(&mut self, key: Option<&Text>, members: &[(Text, Node)]) {
        let title = if key.is_some() {
            None
        } else {
            title_of(members)
        };
        let mut line = match (key, title.map(|at| &members[at].1)) {
            (Some(key), _) => key.clone(),
            (None, Some(Node::Scalar(name))) => name.clone(),
            _ => Text::default(),
        };
        for (at, (key, value)) in members.iter().enumerate() {
            if Some(at) == title || is_period_key(key) {
                continue;
            }
            match value {
                Node::Scalar(text) if text.is_empty() => {}
                Node::Scalar(text) => {
                    line.push_shown("　");
                    line.append(text);
                    if matches!(
                        folded(key).as_str(),
                        "years"
                            | "year"
                            | "年数"
                            | "経験年数"
                            | "nensuu"
                            | "nensu"
                            | "yearsofexperience"
                    ) && text
                        .as_str()
                        .chars()
                        .all(|character| character.is_ascii_digit() || character == '.')
                    {
                        line.push_shown("年");
                    }
                }
                Node::List(values) => {
                    line.push_shown(": ");
                    join(&mut line, values);
                }
                Node::Map(_) => {}
            }
        }
        push_period(&mut line, members);
        self.lines.push(SourceForm::Item, 2, line);
    }

    /// Lays out `key: value`.
    fn labelled(&mut self, key: &Text, value: &Text, level: u8) {
        if value.is_empty() {
            return;
        }
        let mut line = match KINDS.contains(&value.as_str().trim()) {
            true => Text::default(),
            false => shown_key(key, level),
        };
        if line.is_empty() {
            line.push_shown("雇用形態");
        }
        if value.as_str().trim().contains('\n') {
            self.lines.push(SourceForm::Term, 0, line);
            return self.paragraph(value, 2);
        }
        line.push_shown(": ");
        line.append(value);
        self.lines.push(SourceForm::Plain, 0, line);
    }

    /// Lays out the lines of a text.
    fn paragraph(&mut self, text: &Text, indent: usize) {
        for line in text.split('\n') {
            self.lines.push(SourceForm::Plain, indent, line);
        }
    }

    /// Lays out a list of texts: in one line, or as items.
    fn scalars(&mut self, key: &Text, values: &[Node], level: u8) {
        let is_short = |value: &Node| match value {
            Node::Scalar(text) => text.as_str().chars().count() <= MAX_VALUE_CHARS,
            _ => false,
        };
        let has_sentence = values.iter().any(
            |value| matches!(value, Node::Scalar(text) if text.as_str().contains(['。', '（'])),
        );
        let mut line = shown_key(key, level);
        if level > 2 && !has_sentence && values.iter().all(is_short) {
            line.push_shown(": ");
            join(&mut line, values);
            return self.lines.push(SourceForm::Plain, 0, line);
        }
        let form = if level == 2 {
            SourceForm::Heading(level)
        } else {
            SourceForm::Term
        };
        self.lines.push(form, 0, line);
        self.entries(values, level + 1, Part::Entries);
    }
}

/// Appends the texts of a list.
fn join(line: &mut Text, values: &[Node]) {
    let mut is_first = true;
    for value in values {
        let Node::Scalar(text) = value else { continue };
        if text.is_empty() {
            continue;
        }
        if !std::mem::take(&mut is_first) {
            line.push_shown("、");
        }
        line.append(text);
    }
}

/// Returns whether a map holds texts and lists of short texts only.
fn is_flat(members: &[(Text, Node)]) -> bool {
    members.iter().all(|(_, value)| match value {
        Node::Scalar(text) => !text.as_str().trim().contains('\n'),
        Node::List(values) => values.iter().all(|value| matches!(value, Node::Scalar(_))),
        Node::Map(_) => false,
    })
}

pub(super) fn is_empty(value: &Node) -> bool {
    match value {
        Node::Scalar(text) => text.is_empty(),
        Node::List(values) => values.is_empty(),
        Node::Map(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::Yaml;
    use crate::resume::source::tests::check_lines;

    #[test]
    fn entries_of_any_schema_have_titles_and_periods() {
        check_lines(
            "career:\n  - company: A\n    in: 2021-09\n    out: ~\n    works:\n    - title: B\n      term: 2023-01 / 2024-06\n    - title: C\n      term: {from: 2020-04, to: 2021-08}\n  - leave: 育児休業\n    in: 2020-10\n    out: 2021-01\n",
            Yaml,
            &[
                "h2 職務経歴",
                "h3 会社名: A（2021-09〜現在）",
                "h4 プロジェクト",
                "h5 B（2023-01〜2024-06）",
                "h5 C（2020-04〜2021-08）",
                "h3 育児休業（2020-10〜2021-01）",
            ],
        );
        check_lines(
            "職歴:\n  - 在籍期間: [2020-04, 2021-03]\n    所属会社: A\n    役割: SE\n  - 入社日: 2021-04\n    所属会社: B\n    退社日:\n",
            Yaml,
            &[
                "h2 職歴",
                "h3 A（2020-04〜2021-03）",
                "l 役割: SE",
                "h3 B（2021-04〜現在）",
            ],
        );
    }
}
