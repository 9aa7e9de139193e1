//! LaTeX to lines: sections, lists, tables, and entries made with macros of any name.

use std::collections::HashMap;
use std::ops::Range;

use shokureki_index::lexicon::has_legal_form;

use super::super::text::Text;
use super::entry::read_entry;
use super::latex_inline::{HIDDEN, LOOKS, inline, is_word, name_of, section_level};
use super::lines::Lines;
use super::{SourceForm, SourceLine};

/// Bytes that an argument with a title or a date may have.
const MAX_SHORT_BYTES: usize = 400;

/// Arguments that a macro may have.
const MAX_ARGUMENTS: usize = 9;

/// What a macro of the document does with what it is given.
#[derive(Clone, Debug, Default)]
struct Macro {
    arguments: usize,
    /// What it shows before its only argument.
    label: Text,
    /// The labels before each of several arguments.
    labels: Vec<Text>,
    /// What it shows, where it has no argument.
    word: String,
    begins_item: bool,
    opens_lists: usize,
    closes_lists: usize,
    heading: Option<u8>,
}

/// Reads a document.
pub(super) fn read(text: &str) -> Vec<SourceLine> {
    let body = text.find("\\begin{document}");
    let mut reader = Reader {
        text,
        closes: closing_braces(text),
        macros: HashMap::new(),
        line: Text::default(),
        form: SourceForm::Plain,
        lists: 0,
        tables: 0,
        rows: 0,
        begins_row: false,
        table_count: 0,
        level: 2,
        is_preamble: body.is_some(),
        entries: Vec::new(),
        lines: Lines::default(),
    };
    if let Some(body) = body {
        reader.run(0..body);
        reader.line = Text::default();
        reader.is_preamble = false;
    }
    let end = text.find("\\end{document}").unwrap_or(text.len());
    let start = body.unwrap_or(0);
    reader.run(start..end.max(start));
    reader.flush();
    reader.lines.list
}

/// Returns for each `{` the byte of its `}`; the length of the text where there is none.
fn closing_braces(text: &str) -> Vec<u32> {
    let none = u32::MAX;
    let mut closes = vec![none; text.len()];
    let mut open = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'%' => at += text[at..].find('\n').unwrap_or(text.len() - at),
            b'{' => open.push(at),
            b'}' => {
                if let Some(start) = open.pop() {
                    closes[start] = u32::try_from(at).unwrap_or(none);
                }
            }
            _ => {}
        }
        at += 1;
        while at < bytes.len() && !text.is_char_boundary(at) {
            at += 1;
        }
    }
    closes
}

struct Reader<'a> {
    text: &'a str,
    closes: Vec<u32>,
    macros: HashMap<&'a str, Macro>,
    /// What the line that is read shows so far.
    line: Text,
    form: SourceForm,
    /// How many lists are open.
    lists: usize,
    /// How many tables are open.
    tables: usize,
    rows: usize,
    begins_row: bool,
    table_count: u32,
    /// Level of the last section.
    level: u8,
    is_preamble: bool,
    /// The macros that made entries in this section, and the level of these.
    entries: Vec<(String, u8)>,
    lines: Lines,
}

impl<'a> Reader<'a> {
    /// Reads the bytes `range`.
    fn run(&mut self, range: Range<usize>) {
        let mut open = vec![range];
        while let Some(range) = open.pop() {
            let mut at = range.start;
            while at < range.end {
                let (next, inner) = self.step(at, range.end);
                at = next.max(at + 1);
                if !inner.is_empty() {
                    open.push(at..range.end);
                    open.extend(inner.into_iter().rev());
                    break;
                }
            }
        }
    }

    /// Reads what stands at byte `at`; returns where to go on, and the arguments to read before.
    fn step(&mut self, at: usize, end: usize) -> (usize, Vec<Range<usize>>) {
        let rest = &self.text[at..end];
        let next = match rest.as_bytes()[0] {
            b'\\' => return self.command(at, end),
            b'%' => self.behind_comment(at, end),
            b'\n' => {
                if self.tables == 0 {
                    self.flush();
                } else {
                    self.line.push_decoded(" ", at..at + 1);
                }
                at + 1
            }
            b'&' if self.tables == 1 => {
                self.cell();
                at + 1
            }
            _ => inline(self.text, at, end, &mut self.line),
        };
        (next, Vec::new())
    }

    /// Returns the byte behind a comment and the indentation of the line below it.
    fn behind_comment(&self, at: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let Some(len) = rest.find('\n') else {
            return end;
        };
        let below = &rest[len + 1..];
        let lead = below.len() - below.trim_start_matches([' ', '\t']).len();
        at + len + 1 + lead
    }

    /// Ends the line.
    fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.trim();
        if line.is_empty() || self.is_preamble {
            return;
        }
        let form = std::mem::replace(&mut self.form, SourceForm::Plain);
        let indent = self.lists * 2 + usize::from(form != SourceForm::Item && self.lists > 0);
        self.lines.push(form, indent, line);
    }

    /// Ends a cell.
    fn cell(&mut self) {
        let text = std::mem::take(&mut self.line);
        let form = if std::mem::take(&mut self.begins_row) {
            SourceForm::FirstCell
        } else {
            SourceForm::Cell
        };
        self.lines.push(form, 0, text);
    }

    /// Ends a row.
    fn end_row(&mut self) {
        self.line.trim();
        if self.begins_row && self.line.is_empty() {
            return;
        }
        self.cell();
        self.begins_row = true;
        self.rows += 1;
    }

    fn heading(&mut self, level: u8, text: Text) {
        self.flush();
        if level <= self.level {
            self.entries.clear();
        }
        self.lines.push(SourceForm::Heading(level), 0, text);
    }

    /// Reads the arguments in braces from byte `at`; returns them and the byte behind them.
    fn arguments(&self, at: usize, end: usize, most: usize) -> (Vec<Range<usize>>, usize) {
        let mut found = Vec::new();
        let mut behind = at;
        let mut next = at;
        while found.len() < most {
            let rest = &self.text[next..end];
            let lead = rest.len() - rest.trim_start().len();
            if lead > 0 && rest[..lead].matches('\n').count() > 1 {
                break;
            }
            next += lead;
            match self.text.as_bytes()[..end].get(next) {
                Some(b'%') => {
                    next = self.behind_comment(next, end);
                }
                Some(b'[') if lead == 0 => {
                    let window = floor(self.text, next + MAX_SHORT_BYTES, end);
                    let Some(len) = self.text[next..window].find(']') else {
                        break;
                    };
                    next += len + 1;
                    behind = next;
                }
                Some(b'{') => {
                    let close = self.closes[next] as usize;
                    if close >= end {
                        break;
                    }
                    found.push(next + 1..close);
                    next = close + 1;
                    behind = next;
                }
                _ => break,
            }
        }
        (found, behind)
    }

    /// Returns what an argument shows.
    fn shown(&self, range: Range<usize>) -> Text {
        let mut text = Text::default();
        let mut at = range.start;
        while at < range.end {
            if self.text.as_bytes()[at] == b'%' {
                at = self.behind_comment(at, range.end).max(at + 1);
                continue;
            }
            if self.text.as_bytes()[at] == b'\\'
                && let Some(name) = name_of(&self.text[at + 1..range.end])
                && let Some((_, count)) = HIDDEN.iter().find(|(hidden, _)| *hidden == name)
            {
                at = self.arguments(at + 1 + name.len(), range.end, *count).1;
                continue;
            }
            if self.text.as_bytes()[at] == b'\\'
                && let Some(name) = name_of(&self.text[at + 1..range.end])
                && let Some(known) = self.macros.get(name).filter(|known| !known.word.is_empty())
            {
                let behind = at + 1 + name.len();
                text.push_decoded(&known.word, at..behind);
                at = behind;
                continue;
            }
            at = inline(self.text, at, range.end, &mut text).max(at + 1);
        }
        text.trim();
        text
    }

    /// Reads a command.
    fn command(&mut self, at: usize, end: usize) -> (usize, Vec<Range<usize>>) {
        let none = Vec::new();
        let Some(name) = name_of(&self.text[at + 1..end]) else {
            if self.text[at..end].starts_with("\\\\") {
                return (self.line_break(at, end), none);
            }
            return (inline(self.text, at, end, &mut self.line), none);
        };
        let mut behind = at + 1 + name.len();
        if self.text[behind..end].starts_with('*') {
            behind += 1;
        }
        if let Some(next) = self.definition(name, behind, end) {
            return (next, none);
        }
        if let Some(level) = section_level(name) {
            let (arguments, next) = self.arguments(behind, end, 1);
            if let Some(argument) = arguments.first() {
                let text = self.shown(argument.clone());
                self.level = level;
                self.heading(level, text);
            }
            return (next, none);
        }
        if let Some((_, count)) = HIDDEN.iter().find(|(hidden, _)| *hidden == name) {
            return (self.arguments(behind, end, *count).1, none);
        }
        match name {
            "title" | "author" | "date" | "name" | "position" if !self.is_body_macro(name) => {
                return (self.front(name, behind, end), none);
            }
            _ if self.is_preamble => return (behind, none),
            "begin" | "end" => return (self.environment(name == "begin", behind, end), none),
            "item" => {
                self.flush();
                self.form = SourceForm::Item;
                return (self.item_label(behind, end), none);
            }
            "par" | "newline" | "linebreak" | "bigskip" | "medskip" | "smallskip" | "newpage" => {
                self.flush();
                return (behind, none);
            }
            "hline" | "midrule" | "endhead" | "endfirsthead" if self.tables == 1 => {
                self.mark_header();
                return (behind, none);
            }
            "tabularnewline" => return (self.line_break(at, end).max(behind), none),
            _ => {}
        }
        if LOOKS.contains(&name) || name.starts_with("text") || is_word(name) {
            return (inline(self.text, at, end, &mut self.line), none);
        }
        self.call(name, behind, end)
    }

    fn is_body_macro(&self, name: &str) -> bool {
        self.macros.contains_key(name)
    }

    /// Reads what the document says of itself: its title, its date, a name.
    fn front(&mut self, name: &str, behind: usize, end: usize) -> usize {
        let (arguments, next) = self.arguments(behind, end, 2);
        let mut text = Text::default();
        for argument in arguments {
            if !text.is_empty() {
                text.push_shown(" ");
            }
            text.append(&self.shown(argument));
        }
        let form = if name == "title" {
            SourceForm::Heading(1)
        } else {
            SourceForm::Plain
        };
        self.lines.push(form, 0, text);
        next
    }

    fn line_break(&mut self, at: usize, end: usize) -> usize {
        match self.tables {
            0 => self.flush(),
            1 => self.end_row(),
            _ => self.line.push_decoded(" ", at..at + 2),
        }
        let behind = at + 2;
        if self.text[behind..end].starts_with('[') {
            return self
                .arguments(behind, end, 1)
                .1
                .min(behind + self.text[behind..end].find(']').map_or(0, |len| len + 1));
        }
        behind
    }

    /// Marks the first row of the table as the one that names the columns.
    fn mark_header(&mut self) {
        if self.rows != 1 {
            return;
        }
        let number = self.lines.table;
        let row = self.lines.list.iter_mut().rev();
        for line in row.take_while(|line| line.table == number) {
            line.is_header = true;
        }
        self.rows += 1;
    }

    /// Shows the label of an item, `\item[…]`.
    fn item_label(&mut self, behind: usize, end: usize) -> usize {
        let window = floor(self.text, behind + MAX_SHORT_BYTES, end);
        let rest = &self.text[behind..window];
        let (Some(inner), Some(len)) = (rest.strip_prefix('['), rest.find(']')) else {
            return behind;
        };
        let label = self.shown(behind + 1..behind + len);
        if !inner.starts_with(']') && !label.is_empty() {
            self.line.append(&label);
            self.line.push_shown(" ");
        }
        behind + len + 1
    }

    /// Reads the beginning or the end of an environment; returns the byte behind it.
    fn environment(&mut self, begins: bool, behind: usize, end: usize) -> usize {
        let (arguments, mut next) = self.arguments(behind, end, 1);
        let Some(name) = arguments.first().map(|range| &self.text[range.clone()]) else {
            return next;
        };
        let name = name.trim_end_matches('*');
        self.leave_line();
        match name {
            "comment" | "filecontents" | "tikzpicture" if begins => {
                let close = format!("\\end{{{name}}}");
                let rest = &self.text[next..end];
                return next
                    + rest
                        .find(&close)
                        .map_or(rest.len(), |len| len + close.len());
            }
            "itemize" | "enumerate" | "description" | "cvitems" | "compactitem" => {
                if begins {
                    self.lists += 1;
                    next = self.arguments(next, end, 0).1;
                    next = self.options(next, end);
                } else {
                    self.lists = self.lists.saturating_sub(1);
                }
            }
            "tabular" | "tabularx" | "longtable" | "tabulary" | "xltabular" | "array" => {
                if begins {
                    let is_wide = matches!(name, "tabularx" | "tabulary" | "xltabular")
                        || self.text[arguments[0].clone()].ends_with('*');
                    self.begin_table();
                    next = self.options(next, end);
                    next = self.arguments(next, end, 1 + usize::from(is_wide)).1;
                } else {
                    self.end_table();
                }
            }
            _ if begins => next = self.other_environment(name, next, end),
            _ => {}
        }
        next
    }

    /// Skips options in brackets.
    fn options(&self, at: usize, end: usize) -> usize {
        let window = floor(self.text, at + MAX_SHORT_BYTES, end);
        let rest = &self.text[at..window];
        if !rest.starts_with('[') {
            return at;
        }
        rest.find(']').map_or(at, |len| at + len + 1)
    }

    fn leave_line(&mut self) {
        if self.tables == 0 {
            self.flush();
        }
    }

    fn begin_table(&mut self) {
        self.tables += 1;
        if self.tables == 1 {
            self.table_count += 1;
            self.lines.table = self.table_count;
            self.rows = 0;
            self.begins_row = true;
            self.form = SourceForm::Plain;
        }
    }

    fn end_table(&mut self) {
        if self.tables == 1 {
            self.end_row();
            self.lines.table = 0;
        }
        self.tables = self.tables.saturating_sub(1);
    }

    /// Reads the arguments of an environment of the document's class: a section, an entry.
    fn other_environment(&mut self, name: &str, next: usize, end: usize) -> usize {
        let name = name.to_lowercase();
        let is_entry = ["section", "entry", "job", "project", "employ", "experience"]
            .iter()
            .any(|word| name.contains(word));
        let next = self.options(next, end);
        if !is_entry {
            let is_sized = ["minipage", "multicols", "adjustwidth", "spacing"].contains(&&*name);
            let count = if is_sized { 1 } else { 0 };
            return self.arguments(next, end, count).1.max(next);
        }
        let (arguments, next) = self.arguments(next, end, MAX_ARGUMENTS);
        let texts: Vec<Text> = arguments
            .into_iter()
            .filter(|argument| argument.len() <= MAX_SHORT_BYTES)
            .map(|argument| self.shown(argument))
            .collect();
        if let [title] = texts.as_slice() {
            let title = title.clone();
            self.level = 2;
            self.heading(2, title);
        } else {
            self.entry(&name, &texts);
        }
        next
    }

    /// Reads the definition of a macro; returns the byte behind it, `None` where it is none.
    fn definition(&mut self, name: &str, behind: usize, end: usize) -> Option<usize> {
        let defines = matches!(
            name,
            "newcommand"
                | "renewcommand"
                | "providecommand"
                | "DeclareRobustCommand"
                | "NewDocumentCommand"
                | "RenewDocumentCommand"
                | "def"
                | "newenvironment"
                | "renewenvironment"
        );
        if !defines {
            return None;
        }
        let rest = &self.text[behind..end];
        let lead = rest.len() - rest.trim_start_matches([' ', '{']).len();
        let Some(defined) = rest[lead..].strip_prefix('\\').and_then(name_of) else {
            let count = if name.ends_with("environment") { 3 } else { 0 };
            return Some(self.arguments(behind, end, count).1.max(behind));
        };
        let mut at = behind + lead + 1 + defined.len();
        if self.text[at..end].starts_with('}') {
            at += 1;
        }
        let window = floor(self.text, at + MAX_SHORT_BYTES, end);
        let open = at + self.text[at..window].find('{')?;
        let count = match self.text[at..open].find(|sign: char| sign.is_ascii_digit()) {
            Some(found) => usize::from(self.text.as_bytes()[at + found] - b'0'),
            None => 0,
        };
        let takes_list = name.ends_with("DocumentCommand");
        let (arguments, next) = self.arguments(open, end, 1 + usize::from(takes_list));
        let body = arguments.last()?.clone();
        let count = match (takes_list, arguments.first()) {
            (true, Some(list)) => self.text[list.clone()].matches('m').count(),
            _ => count,
        };
        let defined = &self.text[behind + lead + 1..behind + lead + 1 + defined.len()];
        let found = self.macro_of(body, count);
        self.macros.insert(defined, found);
        Some(next)
    }

    /// Says what a macro does, by its body.
    fn macro_of(&self, body: Range<usize>, arguments: usize) -> Macro {
        let content = &self.text[body.clone()];
        let mut found = Macro {
            arguments,
            begins_item: content.contains("\\item"),
            opens_lists: count(content, &["\\begin{itemize}", "\\begin{enumerate}"]),
            closes_lists: count(content, &["\\end{itemize}", "\\end{enumerate}"]),
            ..Macro::default()
        };
        let is_plain = !content.contains("\\begin") && !content.contains("\\end");
        if arguments == 0 && is_plain && body.len() <= MAX_SHORT_BYTES && !found.begins_item {
            found.word = self.shown(body.clone()).as_str().to_owned();
        }
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
            if label.as_str().ends_with([':', '：']) {
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
        if has_word && label.as_str().ends_with([':', '：']) {
            return label;
        }
        Text::default()
    }

    /// Reads a macro that is no command of LaTeX.
    fn call(&mut self, name: &str, behind: usize, end: usize) -> (usize, Vec<Range<usize>>) {
        let known = self.macros.get(name).cloned();
        let most = known
            .as_ref()
            .map_or(MAX_ARGUMENTS, |known| known.arguments);
        let (arguments, next) = self.arguments(behind, end, most);
        let known = known.unwrap_or_else(|| Macro {
            begins_item: name.to_lowercase().contains("item") && arguments.len() == 1,
            ..Macro::default()
        });
        if arguments.is_empty() {
            if !known.word.is_empty() {
                self.line.push_decoded(&known.word, behind..behind);
            }
            if known.opens_lists != known.closes_lists {
                self.leave_line();
                self.lists = (self.lists + known.opens_lists).saturating_sub(known.closes_lists);
            }
            return (next.max(behind), arguments);
        }
        let is_content = |range: &Range<usize>| {
            range.len() > MAX_SHORT_BYTES
                || self.text[range.clone()].contains(['\n'])
                || self.text[range.clone()].contains("\\item")
                || self.text[range.clone()].contains("\\begin")
        };
        if arguments.len() == 1 {
            return self.call_with_one(&known, arguments, next);
        }
        let mut contents = Vec::new();
        let mut texts = Vec::new();
        for (index, range) in arguments.into_iter().enumerate() {
            if is_content(&range) {
                contents.push(range);
                continue;
            }
            let text = self.shown(range);
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
        self.entry(name, &texts);
        (next, contents)
    }

    /// Reads a macro with one argument.
    fn call_with_one(
        &mut self,
        known: &Macro,
        arguments: Vec<Range<usize>>,
        next: usize,
    ) -> (usize, Vec<Range<usize>>) {
        if let Some(level) = known.heading {
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

    /// Adds the arguments of a macro: an entry with its period, or a name and what it has.
    fn entry(&mut self, name: &str, texts: &[Text]) {
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
}

impl Reader<'_> {
    /// Returns the level of the entries that a macro makes: the second macro of a section makes
    /// parts of the first one's, unless it names a company, too.
    fn entry_level(&mut self, name: &str, title: &str) -> u8 {
        let is_part = !self.entries.is_empty() && !has_legal_form(title);
        let level = self.level + 1 + u8::from(is_part);
        self.entries.push((name.to_owned(), level));
        level
    }
}

fn count(content: &str, words: &[&str]) -> usize {
    words.iter().map(|word| content.matches(word).count()).sum()
}

/// Returns the greatest char boundary that is at most `at` and `end`.
fn floor(text: &str, at: usize, end: usize) -> usize {
    let mut at = at.min(end);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::Latex;
    use crate::resume::source::tests::check_lines;

    #[test]
    fn sections_lists_and_tables_are_read() {
        check_lines(
            "\\documentclass{a}\n\\title{T}\n\\begin{document}\n\\section*{職歴} % c\na\\\\b \\& c\\_d\n\\begin{itemize}[x=1]\n\\item \\textbf{A} -- 5\\%\n  \\begin{itemize}\n  \\item B\n  \\end{itemize}\n\\end{itemize}\n\\begin{tabular}{ll}\\hline\n名 & 年 \\\\ \\hline\nGo & \\\\\n\\end{tabular}\n\\end{document}",
            Latex,
            &[
                "h1 T",
                "h2 職歴",
                "l a",
                "l b & c_d",
                "i A – 5%",
                "i B",
                "r 名",
                "c 年",
                "r Go",
                "c ",
            ],
        );
        check_lines(
            "caf\\'e \\\"{o} \\LaTeX{} $\\rightarrow$",
            Latex,
            &["l café ö LaTeX →"],
        );
        check_lines(
            "a\n\\begin{comment}b\\end{comment}\nc",
            Latex,
            &["l a", "l c"],
        );
    }

    #[test]
    fn macros_are_entries_labels_and_items() {
        check_lines(
            "\\newcommand{\\tech}[1]{\\small 技術: #1}\n\\newcommand{\\point}[1]{\\item{#1}}\n\\begin{document}\n\\section{職歴}\n\\cventry{2019.4--現在}{SE}{株式会社A}{}{}{b\n\\point{c}\\tech{Go, \\LaTeX}}\n\\cvitem{D}{e}\n\\end{document}",
            Latex,
            &[
                "h2 職歴",
                "h3 株式会社A（2019.4–現在）",
                "l SE",
                "l b",
                "i c",
                "l 技術: Go, LaTeX",
                "i D: e",
            ],
        );
    }

    #[test]
    fn entries_of_another_macro_are_parts_and_macros_stand_for_words() {
        check_lines(
            "\\newcommand{\\now}{現在}\\newcommand{\\by}{\\,/\\,}\n\\newcommand{\\case}[4]{\\cvitem{#1}{\\textbf{#2}\\newline #4\\newline\\textit{\\small 道具: #3}}}\n\\begin{document}\n\\section{職歴}\n\\cventry{2021年3月--\\now}{SE}{株式会社A}{}{}{}\n\\case{2023/06--2024/11}{B}{Go\\by Rust}{c\n}\n\\case{}{D}{}{e\n}\n\\cventry{2019年3月--2020年1月}{SE}{F}{}{}{}\n\\section{g}\n\\end{document}",
            Latex,
            &[
                "h2 職歴",
                "h3 株式会社A（2021年3月–現在）",
                "l SE",
                "h4 B（2023/06–2024/11）",
                "l 道具: Go/ Rust",
                "l c",
                "h4 D",
                "l e",
                "h3 F（2019年3月–2020年1月）",
                "l SE",
                "h2 g",
            ],
        );
    }

    #[test]
    fn broken_documents_are_read_as_far_as_they_go() {
        check_lines("\\section{a", Latex, &["l a"]);
        check_lines("\\", Latex, &[]);
        check_lines("\\newcommand", Latex, &[]);
        check_lines("}}}{{{", Latex, &[]);
        check_lines("\\begin{tabular}", Latex, &[]);
    }
}
