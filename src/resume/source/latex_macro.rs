//! LaTeX's macros: what a document's own ones do, and what the ones of its class are given.

use std::ops::Range;

use shokureki_index::lexicon::has_legal_form;

use super::super::text::Text;
use super::SourceForm;
use super::data::Node;
use super::data_key::{folded, shown_key, title_of};
use super::data_time::{is_period_key, period_of};
use super::entry::{Entry, is_date, is_position, read_entry};
use super::latex::{MAX_ARGUMENTS, MAX_SHORT_BYTES, Part, Reader, floor};
use super::latex_inline::name_of;
use super::typst_call::{keyed_entry, labelled};

/// Bytes that the label before an argument may have: each use repeats it.
const MAX_LABEL_BYTES: usize = 60;

/// The deepest level of an entry's heading.
const MAX_LEVEL: u8 = 12;

/// What a macro of the document does with what it is given.
#[derive(Clone, Debug, Default)]
pub(super) struct Macro {
    pub(super) arguments: usize,
    /// What stands for an argument in brackets that is not given.
    pub(super) default: Option<Range<usize>>,
    pub(super) body: Range<usize>,
    /// The bytes of its definition, from the default to the end of the body.
    pub(super) definition: Range<usize>,
    /// Whether it shows text and nothing of the document's structure.
    pub(super) is_text: bool,
    /// Whether it shows text in a line.
    pub(super) is_inline: bool,
    /// What it shows before its only argument.
    label: Text,
    /// The labels before each of several arguments.
    labels: Vec<Text>,
    begins_item: bool,
    pub(super) opens_lists: usize,
    closes_lists: usize,
    /// Whether it opens a table.
    pub(super) opens_table: bool,
    heading: Option<u8>,
}

impl<'a> Reader<'a> {
    /// Reads the definition of a macro; returns the byte behind it, `None` where it is none.
    pub(super) fn definition(&mut self, name: &str, behind: usize, end: usize) -> Option<usize> {
        let defines = matches!(
            name,
            "newcommand"
                | "renewcommand"
                | "providecommand"
                | "DeclareRobustCommand"
                | "NewDocumentCommand"
                | "RenewDocumentCommand"
                | "DeclareDocumentCommand"
                | "ProvideDocumentCommand"
                | "NewDocumentEnvironment"
                | "def"
                | "newenvironment"
                | "renewenvironment"
        );
        if !defines {
            return None;
        }
        let rest = &self.text[behind..end];
        let lead = rest.len() - rest.trim_start_matches([' ', '{', '*']).len();
        let is_environment = name.ends_with("nvironment");
        let defined = if is_environment {
            name_of(&rest[lead..])
        } else {
            rest[lead..].strip_prefix('\\').and_then(name_of)
        };
        let Some(defined) = defined else {
            let count = if is_environment { 3 } else { 0 };
            return Some(self.arguments(behind, end, count).1.max(behind));
        };
        let name_at = behind + lead + usize::from(!is_environment);
        let mut at = name_at + defined.len();
        if self.text[at..end].starts_with('}') {
            at += 1;
        }
        let window = floor(self.text, at + MAX_SHORT_BYTES, end);
        let open = at + self.text[at..window].find(['{', '['])?;
        let before = &self.text[at..open];
        let takes_list = name.contains("Document");
        let bodies = 1 + usize::from(takes_list) + usize::from(is_environment);
        let (parts, next) = self.parts(open, end, bodies);
        let mut options = parts.iter().filter(|part| part.is_option);
        let mut braces = parts.iter().filter(|part| !part.is_option);
        let mut default = None;
        let count = if takes_list {
            let range = braces.next()?.range.clone();
            let list = &self.text[range.clone()];
            let has_option = list.trim_start().starts_with(['O', 'o']);
            if has_option {
                let start = list.find('{').map_or(list.len(), |at| at + 1);
                let len = list[start..].find('}').unwrap_or(0);
                default = Some(range.start + start..range.start + start + len);
            }
            list.matches('m').count() + usize::from(has_option)
        } else {
            let digit = match options.next() {
                Some(part) => &self.text[part.range.clone()],
                None => before.rsplit('#').next().unwrap_or(""),
            };
            default = options.next().map(|part| part.range.clone());
            digit
                .trim()
                .parse::<usize>()
                .unwrap_or(0)
                .min(MAX_ARGUMENTS)
        };
        let body = braces.next()?.range.clone();
        let defined = &self.text[name_at..name_at + defined.len()];
        let mut found = self.macro_of(body.clone(), count);
        found.definition = open..body.end;
        found.default = default;
        if is_environment {
            self.definitions.insert(defined, found);
        } else {
            self.macros.insert(defined, found);
        }
        Some(next)
    }

    /// Says what a macro does, by its body.
    fn macro_of(&self, body: Range<usize>, arguments: usize) -> Macro {
        let content = &self.text[body.clone()];
        let (is_text, is_inline) = self.is_text(body.clone());
        let mut found = Macro {
            arguments,
            body: body.clone(),
            is_text,
            is_inline,
            opens_table: ["tabular", "longtable"]
                .iter()
                .any(|name| content.contains(&format!("\\begin{{{name}"))),
            begins_item: content.contains("\\item"),
            opens_lists: count(content, &["\\begin{itemize}", "\\begin{enumerate}"]),
            closes_lists: count(content, &["\\end{itemize}", "\\end{enumerate}"]),
            ..Macro::default()
        };
        if arguments > 1 {
            found.labels = (1..=arguments)
                .map(|number| self.label_before(body.clone(), number))
                .collect();
        }
        let headings = [
            ("\\section", 2),
            ("\\subsection", 3),
            ("\\subsubsection", 4),
        ];
        found.heading = headings
            .iter()
            .find(|(command, _)| content.contains(command))
            .map(|(_, level)| *level);
        if arguments == 1
            && let Some(len) = content.find("#1").filter(|len| *len <= MAX_SHORT_BYTES)
        {
            let label = self.shown(body.start..body.start + len);
            if label.as_str().ends_with([':', '：']) && label.as_str().len() <= MAX_LABEL_BYTES {
                found.label = label;
            }
        }
        found
    }

    /// Returns the label that a macro's body shows before its argument: `道具: #3`.
    fn label_before(&self, body: Range<usize>, number: usize) -> Text {
        let content = &self.text[body.clone()];
        let Some(at) = content.find(&format!("#{number}")) else {
            return Text::default();
        };
        let before = &content[..at];
        let behind = |sign: &str| before.rfind(sign).map(|found| found + sign.len());
        let start = ["{", "}", "\\\\", "\\newline", "\n"]
            .into_iter()
            .filter_map(behind)
            .max()
            .unwrap_or(0);
        let label = self.shown(body.start + start..body.start + at);
        let has_word = label.as_str().contains(char::is_alphanumeric);
        if has_word
            && label.as_str().len() <= MAX_LABEL_BYTES
            && label.as_str().ends_with([':', '：'])
        {
            return label;
        }
        Text::default()
    }

    /// Reads a macro that is no command of LaTeX.
    pub(super) fn call(
        &mut self,
        name: &'a str,
        behind: usize,
        end: usize,
    ) -> (usize, Vec<Range<usize>>) {
        let known = self.macros.get(name).cloned();
        let is_own = known.is_some();
        let most = known.as_ref().map_or(MAX_ARGUMENTS, |known| {
            known.arguments - usize::from(known.default.is_some())
        });
        let takes_any = known.as_ref().is_none_or(|known| known.arguments > 0);
        let (parts, next) = if takes_any {
            self.parts(behind, end, most)
        } else {
            (Vec::new(), behind)
        };
        let next = next.max(behind);
        let arguments: Vec<Range<usize>> = parts
            .iter()
            .filter(|part| !part.is_option)
            .map(|part| part.range.clone())
            .collect();
        let known = known.unwrap_or_else(|| Macro {
            begins_item: name.to_lowercase().contains("item") && arguments.len() == 1,
            ..Macro::default()
        });
        if parts.is_empty() {
            if is_own && known.is_inline && known.arguments == 0 {
                self.write_in(&known, behind - name.len() - 1..behind, end);
            } else if known.opens_lists != known.closes_lists {
                self.leave_line();
                self.lists = (self.lists + known.opens_lists).saturating_sub(known.closes_lists);
            }
            return (next, arguments);
        }
        if arguments.len() == 1 && parts.len() == 1 && !self.is_keyed(&parts[0].range) {
            if is_own
                && known.is_inline
                && known.label.is_empty()
                && !self.is_content(&arguments[0])
            {
                self.write_in(&known, behind - name.len() - 1..behind, end);
                return (next, Vec::new());
            }
            return self.call_with_one(name, &known, arguments, (behind, next));
        }
        if arguments.is_empty() {
            return (next, arguments);
        }
        let is_in_line = !self.line.as_str().trim().is_empty() || self.form == SourceForm::Item;
        let is_short = arguments.iter().all(|range| !self.is_content(range));
        if is_own && known.is_inline && is_short {
            let are_dates = arguments
                .iter()
                .all(|range| is_date(self.shown(range.clone()).as_str()));
            if is_in_line || are_dates || self.tables > 0 {
                self.write_in(&known, behind - name.len() - 1..behind, end);
                return (next, Vec::new());
            }
        }
        self.call_with_several(name, &known, parts, next)
    }

    /// Writes a macro out in the line.
    fn write_in(&mut self, known: &Macro, name: Range<usize>, end: usize) {
        let mut line = std::mem::take(&mut self.line);
        self.write_out(known, name, end, &[], 0, &mut line);
        self.line = line;
    }

    /// Returns whether an argument is read as the document's own text is.
    fn is_content(&self, range: &Range<usize>) -> bool {
        let text = &self.text[range.clone()];
        range.len() > MAX_SHORT_BYTES
            || text.trim().contains('\n')
            || text.contains("\\item")
            || text.contains("\\begin")
    }

    fn is_keyed(&self, range: &Range<usize>) -> bool {
        self.key_values(range.clone()).is_some_and(|members| {
            members.len() > 1 || is_period_key(&members[0].0) || title_of(&members).is_some()
        })
    }

    /// Reads a macro with several arguments, or with keys and values.
    fn call_with_several(
        &mut self,
        name: &str,
        known: &Macro,
        parts: Vec<Part>,
        next: usize,
    ) -> (usize, Vec<Range<usize>>) {
        let given = self.sort_parts(parts, &|range| self.is_content(range));
        let mut texts = given.options;
        texts.retain(|text| is_date(text.as_str()));
        for (index, text) in given.texts.into_iter().enumerate() {
            match known.labels.get(index).filter(|label| !label.is_empty()) {
                Some(label) if !text.is_empty() => {
                    let mut labelled = Text::default();
                    let at = text.whole().start;
                    labelled.push_decoded(label.as_str(), at..at);
                    labelled.push_shown(" ");
                    labelled.append(&text);
                    texts.push(labelled);
                }
                _ => texts.push(text),
            }
        }
        self.leave_line();
        let has_content = !given.contents.is_empty();
        if let Some(level) = known.heading
            && let Some(entry) = read_entry(&texts)
        {
            self.level = level;
            self.heading(level, entry.heading);
            for rest in entry.rest {
                self.lines.push(SourceForm::Plain, 0, rest);
            }
            return (next, given.contents);
        }
        match keyed(&given.members, &texts, has_content) {
            Some(entry) => self.keyed_entry(name, entry, has_content),
            None if name.contains("double") && texts.len() == 4 => {
                self.entry(name, &texts[..2]);
                self.entry(name, &texts[2..]);
            }
            None => {
                self.entry(name, &texts);
                for (key, value) in &given.members {
                    let Node::Scalar(value) = value else { continue };
                    let mut line = shown_key(key, self.level);
                    line.push_shown(": ");
                    line.append(value);
                    if !value.is_empty() {
                        self.lines.push(SourceForm::Plain, 0, line);
                    }
                }
            }
        }
        (next, given.contents)
    }

    /// Reads a macro with one argument.
    fn call_with_one(
        &mut self,
        name: &'a str,
        known: &Macro,
        arguments: Vec<Range<usize>>,
        (behind, next): (usize, usize),
    ) -> (usize, Vec<Range<usize>>) {
        let start = behind - name.len() - 1;
        // Tags that follow one another.
        if let Some((last, end)) = self.last_call
            && last == name
            && end <= start
            && start - end <= 8
            && self.text[end..start].trim().is_empty()
            && !self.line.is_empty()
        {
            self.line.push_shown("、");
        }
        self.last_call = Some((name, next));
        let named = name.to_ascii_lowercase();
        let is_heading =
            named.ends_with("section") && self.tables == 0 && !self.is_content(&arguments[0]);
        let level = if named.contains("sub") { 3 } else { 2 };
        if let Some(level) = known.heading.or(is_heading.then_some(level)) {
            let text = self.shown(arguments[0].clone());
            self.level = level;
            self.heading(level, text);
            return (next, Vec::new());
        }
        if known.begins_item {
            self.leave_line();
            self.form = SourceForm::Item;
        }
        if !known.label.is_empty() {
            if !known.begins_item {
                self.leave_line();
            }
            self.line
                .push_decoded(known.label.as_str(), arguments[0].start..arguments[0].start);
            self.line.push_shown(" ");
        }
        (next, arguments)
    }

    /// Adds an entry whose facts have keys.
    pub(super) fn keyed_entry(&mut self, name: &str, entry: Entry, has_content: bool) {
        if entry.rest.is_empty() && !has_content && self.level == 2 && self.entries.is_empty() {
            return self.lines.push(SourceForm::Item, 2, entry.heading);
        }
        let known = self.entries.iter().find(|(other, _)| other == name);
        let level = match known {
            Some((_, level)) => *level,
            None => self.entry_level(name, entry.heading.as_str()),
        };
        self.heading(level, entry.heading);
        for rest in entry.rest {
            self.lines.push(SourceForm::Plain, 0, rest);
        }
    }

    /// Adds the arguments of a macro: an entry with its period, or a name and what it has.
    pub(super) fn entry(&mut self, name: &str, texts: &[Text]) {
        let known = self
            .entries
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, level)| *level);
        if let Some(entry) = read_entry(texts) {
            let is_fact = self.level == 2 && entry.rest.is_empty() && known.is_none();
            if is_fact && self.entries.is_empty() {
                return self.lines.push(SourceForm::Item, 2, entry.heading);
            }
            let level = known.unwrap_or_else(|| self.entry_level(name, entry.heading.as_str()));
            self.heading(level, entry.heading);
            for rest in entry.rest {
                self.lines.push(SourceForm::Plain, 0, rest);
            }
            return;
        }
        if let Some(level) = known
            && let Some(title) = texts.iter().position(|text| !text.is_empty())
        {
            self.heading(level, texts[title].clone());
            for text in &texts[title + 1..] {
                self.lines.push(SourceForm::Plain, 0, text.clone());
            }
            return;
        }
        let mut line = Text::default();
        for (at, text) in texts.iter().filter(|text| !text.is_empty()).enumerate() {
            match at {
                0 => {}
                1 => line.push_shown(": "),
                _ => line.push_shown("　"),
            }
            line.append(text);
        }
        let indent = (self.lists * 2).max(2);
        self.lines.push(SourceForm::Item, indent, line);
    }

    /// Returns the level of the entries that a macro makes: the second macro of a section makes
    /// parts of the first one's, unless it names a company, too.
    fn entry_level(&mut self, name: &str, title: &str) -> u8 {
        let is_part = !self.entries.is_empty() && !has_legal_form(title);
        let level = (self.level + 1 + u8::from(is_part)).min(MAX_LEVEL);
        self.entries.push((name.to_owned(), level));
        level
    }
}

/// Reads what a command is given with keys, and texts without, as an entry.
pub(super) fn keyed(members: &[(Text, Node)], texts: &[Text], has_content: bool) -> Option<Entry> {
    let period = period_of(members, 0);
    let is_part = has_content || members.len() > 1;
    let title = title_of(members);
    // Languages have kinds, not titles.
    let is_listing = |at: usize| matches!(folded(&members[at].0).as_str(), "言語" | "language");
    if period.is_none() && title.is_some_and(is_listing) {
        return None;
    }
    let title = title.map(|at| &members[at].1);
    let names_it = matches!(title, Some(Node::Scalar(title)) if !is_position(title.as_str()));
    if names_it || texts.iter().all(Text::is_empty) {
        let mut entry = keyed_entry(members, is_part || !texts.is_empty())?;
        entry.rest.extend(texts.iter().cloned());
        return Some(entry);
    }
    if members.is_empty() {
        return None;
    }
    let mut values: Vec<Text> = period.into_iter().collect();
    let is_dated = !values.is_empty();
    values.extend(texts.iter().cloned());
    let mut entry = match is_dated {
        true => read_entry(&values)?,
        false => {
            let title = texts.iter().position(|text| !text.is_empty())?;
            Entry {
                heading: texts[title].clone(),
                rest: texts[title + 1..].to_vec(),
            }
        }
    };
    let others = members.iter().filter(|(key, _)| !is_period_key(key));
    entry
        .rest
        .extend(others.filter_map(|(key, value)| labelled(key, value)));
    Some(entry)
}

fn count(content: &str, words: &[&str]) -> usize {
    words.iter().map(|word| content.matches(word).count()).sum()
}
