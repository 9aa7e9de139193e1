//! Documents of keys and values, read as an outline: maps are entries, keys are labels.

use super::super::text::Text;
use super::entry::read_entry;
use super::lines::Lines;
use super::{SourceForm, SourceLine};

/// Maps and lists deeper than this are not told apart.
pub(super) const MAX_DEPTH: usize = 40;

/// Characters that the values of a list may have to stand in one line.
const MAX_VALUE_CHARS: usize = 48;

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
enum Part {
    /// Jobs, projects and anything else.
    Entries,
    /// Skills: a name, and what is known of it.
    Skills,
    /// Schools, certificates, awards: a line each.
    Facts,
}

/// Words for keys, as [`folded`] writes these.
const KEYS: &[(&str, &str)] = &[
    ("basics", "プロフィール"),
    ("basic", "プロフィール"),
    ("profile", "プロフィール"),
    ("work", "職務経歴"),
    ("works", "職務経歴"),
    ("experience", "職務経歴"),
    ("experiences", "職務経歴"),
    ("workexperience", "職務経歴"),
    ("employment", "職務経歴"),
    ("employments", "職務経歴"),
    ("jobs", "職務経歴"),
    ("career", "職務経歴"),
    ("careers", "職務経歴"),
    ("history", "職務経歴"),
    ("projects", "プロジェクト"),
    ("education", "学歴"),
    ("educations", "学歴"),
    ("certificates", "資格"),
    ("certifications", "資格"),
    ("certificate", "資格"),
    ("licenses", "資格"),
    ("licences", "資格"),
    ("qualifications", "資格"),
    ("skills", "スキル"),
    ("awards", "受賞"),
    ("interests", "興味"),
    ("wish", "希望"),
    ("wishes", "希望"),
    ("learning", "学習中"),
    ("publications", "執筆"),
    ("name", "氏名"),
    ("namekana", "ふりがな"),
    ("kana", "ふりがな"),
    ("position", "役割"),
    ("role", "役割"),
    ("roles", "役割"),
    ("summary", "概要"),
    ("description", "概要"),
    ("overview", "概要"),
    ("body", "内容"),
    ("highlights", "実績"),
    ("achievements", "実績"),
    ("keywords", "使用技術"),
    ("tech", "使用技術"),
    ("techs", "使用技術"),
    ("technology", "使用技術"),
    ("technologies", "使用技術"),
    ("techstack", "使用技術"),
    ("stack", "使用技術"),
    ("tools", "使用技術"),
    ("team", "チーム"),
    ("teamsize", "チーム規模"),
    ("company", "会社名"),
    ("employer", "会社名"),
    ("period", "期間"),
    ("date", "日付"),
    ("responsibilities", "担当業務"),
    ("phases", "担当工程"),
];

/// Keys of an entry's title, the surest first.
const TITLE_KEYS: &[&str] = &[
    "company",
    "companyname",
    "employer",
    "organization",
    "organisation",
    "会社",
    "会社名",
    "企業",
    "企業名",
    "社名",
    "勤務先",
    "勤務先名",
    "所属",
    "所属先",
    "institution",
    "school",
    "学校",
    "学校名",
    "name",
    "title",
    "project",
    "projectname",
    "タイトル",
    "案件",
    "案件名",
    "プロジェクト名",
    "プロジェクト",
    "件名",
    "システム名",
    "名称",
    "名前",
    "資格",
    "資格名",
    "題名",
    "題",
    "言語",
    "language",
];

const PERIOD_KEYS: &[&str] = &[
    "period",
    "duration",
    "dates",
    "date",
    "term",
    "期間",
    "在籍期間",
    "参画期間",
    "開発期間",
    "時期",
    "年月",
    "年月日",
    "日付",
    "取得",
    "取得日",
    "取得年月",
    "取得年",
    "releasedate",
];

const START_KEYS: &[&str] = &[
    "start",
    "startdate",
    "startedat",
    "from",
    "since",
    "開始",
    "開始日",
    "開始年月",
    "開始月",
    "入社",
    "入社日",
    "入社年月",
    "自",
    "入学",
    "入学年月",
];

const END_KEYS: &[&str] = &[
    "end",
    "enddate",
    "endedat",
    "to",
    "until",
    "終了",
    "終了日",
    "終了年月",
    "終了月",
    "退社",
    "退社日",
    "退社年月",
    "退職",
    "退職日",
    "退職年月",
    "至",
    "卒業",
    "卒業年月",
    "graduation",
];

/// Lays the document out in lines.
pub(super) fn lay_out(roots: &[Node]) -> Vec<SourceLine> {
    let mut outline = Outline {
        lines: Lines::default(),
    };
    for root in roots {
        match root {
            Node::Map(members) => {
                for (key, value) in members {
                    outline.member(key, value, 2, Part::Entries);
                }
            }
            Node::List(values) => outline.entries(values, 2, Part::Entries),
            Node::Scalar(text) => outline.paragraph(text, 0),
        }
    }
    outline.lines.list
}

struct Outline {
    lines: Lines,
}

impl Outline {
    /// Lays out a key and its value.
    fn member(&mut self, key: &Text, value: &Node, level: u8, part: Part) {
        match value {
            Node::Scalar(text) => self.labelled(key, text),
            Node::List(values) if values.is_empty() => {}
            Node::List(values) if values.iter().all(|value| matches!(value, Node::Scalar(_))) => {
                self.scalars(key, values, level);
            }
            Node::List(values) => {
                let part = part_of(key).unwrap_or(part);
                self.heading(level, shown_key(key));
                self.entries(values, level + 1, part);
            }
            Node::Map(members) => self.map(key, members, level, part),
        }
    }

    /// Lays out a key with a map.
    fn map(&mut self, key: &Text, members: &[(Text, Node)], level: u8, part: Part) {
        if part != Part::Entries && is_flat(members) {
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
            let mut heading = shown_key(key);
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

    fn heading(&mut self, level: u8, text: Text) {
        self.lines.push(SourceForm::Heading(level), 0, text);
    }

    /// Lays out the maps and texts of a list.
    fn entries(&mut self, values: &[Node], level: u8, part: Part) {
        for value in values {
            match value {
                Node::Scalar(text) => self.lines.push(SourceForm::Item, 2, text.clone()),
                Node::List(values) => self.entries(values, level + 1, part),
                Node::Map(members) if part == Part::Entries || !is_flat(members) => {
                    self.entry(members, level, part);
                }
                Node::Map(members) => self.fact(None, members),
            }
        }
    }

    /// Lays out a map with its title and period as a heading.
    fn entry(&mut self, members: &[(Text, Node)], level: u8, part: Part) {
        let Some(title) = title_of(members) else {
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
        let mut heading = name.clone();
        push_period(&mut heading, members);
        self.heading(level, heading);
        for (at, (key, value)) in members.iter().enumerate() {
            if at != title && !is_period_key(key) {
                self.member(key, value, level + 1, part);
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
                    if matches!(folded(key).as_str(), "years" | "year" | "年数" | "経験年数")
                        && text
                            .as_str()
                            .chars()
                            .all(|character| character.is_ascii_digit())
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
    fn labelled(&mut self, key: &Text, value: &Text) {
        if value.is_empty() {
            return;
        }
        let mut line = shown_key(key);
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
        let mut line = shown_key(key);
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

/// Returns what the part under `key` lists; `None` where the key says nothing.
fn part_of(key: &Text) -> Option<Part> {
    let key = folded(key);
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if has(&["skill", "スキル", "language", "語学", "interest", "tool"]) {
        return Some(Part::Skills);
    }
    let is_fact = has(&[
        "education",
        "certif",
        "licen",
        "award",
        "qualification",
        "学歴",
        "資格",
        "免許",
        "受賞",
        "profiles",
        "location",
    ]);
    is_fact.then_some(Part::Facts)
}

/// Returns whether a map holds texts and lists of short texts only.
fn is_flat(members: &[(Text, Node)]) -> bool {
    members.iter().all(|(_, value)| match value {
        Node::Scalar(text) => !text.as_str().trim().contains('\n'),
        Node::List(values) => values.iter().all(|value| matches!(value, Node::Scalar(_))),
        Node::Map(_) => false,
    })
}

/// Returns the key without case and what joins its words.
fn folded(key: &Text) -> String {
    key.as_str()
        .trim()
        .chars()
        .filter(|character| !matches!(character, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns the key as a reader of the laid-out document sees it.
fn shown_key(key: &Text) -> Text {
    let folded = folded(key);
    match KEYS.iter().find(|(known, _)| *known == folded) {
        Some((_, word)) => {
            let mut text = Text::default();
            text.push_decoded(word, key.source(0..key.as_str().len()));
            text
        }
        None => key.clone(),
    }
}

fn find<'a>(members: &'a [(Text, Node)], keys: &[&str]) -> Option<&'a Text> {
    members.iter().find_map(|(key, value)| match value {
        Node::Scalar(text) if !text.is_empty() && keys.contains(&folded(key).as_str()) => {
            Some(text)
        }
        _ => None,
    })
}

fn is_period_key(key: &Text) -> bool {
    let key = folded(key);
    [PERIOD_KEYS, START_KEYS, END_KEYS]
        .iter()
        .any(|keys| keys.contains(&key.as_str()))
}

/// Returns the index of the member that names the entry.
fn title_of(members: &[(Text, Node)]) -> Option<usize> {
    let keys: Vec<String> = members.iter().map(|(key, _)| folded(key)).collect();
    TITLE_KEYS.iter().find_map(|title| {
        keys.iter().zip(members).position(|(key, (_, value))| {
            key == title && matches!(value, Node::Scalar(text) if !text.is_empty())
        })
    })
}

/// Appends the period of a map in brackets.
fn push_period(heading: &mut Text, members: &[(Text, Node)]) {
    let period = find(members, PERIOD_KEYS);
    let start = find(members, START_KEYS);
    let end = find(members, END_KEYS);
    if period.is_none() && start.is_none() && end.is_none() {
        return;
    }
    let is_bare = heading.is_empty();
    if !is_bare {
        heading.push_shown("（");
    }
    if let Some(period) = period {
        heading.append(period);
    } else {
        if let Some(start) = start {
            heading.append(start);
            heading.push_shown("〜");
        }
        if let Some(end) = end {
            heading.append(end);
        }
    }
    if !is_bare {
        heading.push_shown("）");
    }
}
