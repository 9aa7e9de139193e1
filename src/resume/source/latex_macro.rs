//! LaTeX's macros: what a document's own ones do, and what the ones of its class are given.

use std::ops::Range;

use shokureki_index::lexicon::has_legal_form;

use super::super::text::Text;
use super::SourceForm;
use super::entry::read_entry;
use super::latex::{MAX_ARGUMENTS, MAX_SHORT_BYTES, Reader, floor};
use super::latex_inline::name_of;

/// Bytes that the body of a macro may have which stands for a word: each use repeats it.
const MAX_WORD_BYTES: usize = 24;

/// What a macro of the document does with what it is given.
#[derive(Clone, Debug, Default)]
pub(super) struct Macro {
    arguments: usize,
    /// What it shows before its only argument.
    label: Text,
    /// The labels before each of several arguments.
    labels: Vec<Text>,
    /// What it shows, where it has no argument.
    pub(super) word: String,
    begins_item: bool,
    opens_lists: usize,
    closes_lists: usize,
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
        if arguments == 0 && is_plain && body.len() <= MAX_WORD_BYTES && !found.begins_item {
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
    pub(super) fn call(
        &mut self,
        name: &str,
        behind: usize,
        end: usize,
    ) -> (usize, Vec<Range<usize>>) {
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
        let level = self.level + 1 + u8::from(is_part);
        self.entries.push((name.to_owned(), level));
        level
    }
}

fn count(content: &str, words: &[&str]) -> usize {
    words.iter().map(|word| content.matches(word).count()).sum()
}
