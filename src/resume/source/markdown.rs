//! Markdown, HTML and plain text to lines: fences, containers, includes and blanks.

use shokureki_index::words;
use std::ops::Range;

use crate::domain::DocumentFormat;

use super::grid::Grid;
use super::{Container, SourceForm, SourceLine, template, yaml};

/// Fenced blocks that are looked at as data: each look may go through the whole text.
const MAX_DATA_BLOCKS: usize = 64;

/// Reads the lines of `text` from byte `from`.
pub(super) fn read(text: &str, format: DocumentFormat, from: usize) -> Vec<SourceLine> {
    let mut reader = Reader {
        text,
        format,
        lines: Vec::new(),
        fence: None,
        is_blank: false,
        is_definition: false,
        data_end: 0,
        data_blocks: 0,
        list_depth: 0,
        form: SourceForm::Plain,
        skipped_element: None,
        is_comment: false,
        is_template_comment: false,
        tables: Vec::new(),
        table_count: 0,
        begins_row: false,
        grid: Grid::default(),
        is_header_cell: false,
        containers: Vec::new(),
        container_count: 0,
    };
    let mut at = from;
    while at < text.len() {
        let len = text[at..].find('\n').map_or(text.len() - at, |len| len + 1);
        if at >= reader.data_end {
            reader.line(at..at + len);
        }
        at += len;
    }
    super::contents::without(text, reader.lines)
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) format: DocumentFormat,
    pub(super) lines: Vec<SourceLine>,
    /// The sign and length of the fence that is open.
    pub(super) fence: Option<(u8, usize)>,
    pub(super) is_blank: bool,
    /// Whether the last line defines the term above it.
    is_definition: bool,
    /// The byte behind a fenced block that was read as data; the line there closes it.
    data_end: usize,
    /// How many fenced blocks were looked at as data.
    data_blocks: usize,
    /// How many `<ul>` and `<ol>` are open.
    pub(super) list_depth: usize,
    /// The form that the next line gets from the tags before it.
    pub(super) form: SourceForm,
    /// An element whose content is left out (`style`, `script`).
    pub(super) skipped_element: Option<String>,
    pub(super) is_comment: bool,
    /// Whether a comment of a template is open.
    pub(super) is_template_comment: bool,
    /// Numbers of the tables that are open; those inside one have its number.
    pub(super) tables: Vec<u32>,
    pub(super) table_count: u32,
    pub(super) begins_row: bool,
    /// Which columns of the outermost open table other cells cover.
    pub(super) grid: Grid,
    pub(super) is_header_cell: bool,
    /// Numbers of the containers that are open.
    pub(super) containers: Vec<u32>,
    pub(super) container_count: u32,
}

/// Returns whether a line is a comment that no page shows: `[//]: # (text)`, `%% text %%`.
fn is_note_to_oneself(content: &str) -> bool {
    let is_reference = content.starts_with('[')
        && ["]: #", "]: <>", "]:#"]
            .iter()
            .any(|sign| content.find(sign).is_some_and(|at| at <= 24));
    is_reference || content.len() > 4 && content.starts_with("%%") && content.ends_with("%%")
}

impl Reader<'_> {
    /// Reads one line of the text, its break included.
    fn line(&mut self, range: Range<usize>) {
        let line = self.text[range.clone()].trim_end_matches(['\n', '\r']);
        let start = range.start;
        let end = start + line.len();
        if self.is_template_comment(line) || is_reference(line.trim()) {
            return;
        }
        if !self.is_comment && self.skipped_element.is_none() {
            if self.is_markup_line(line, range.end) {
                return;
            }
            if self.fence.is_none() && line.trim_start().starts_with(":::") {
                self.colons(start, line);
                return;
            }
        }
        let is_html =
            matches!(
                self.format,
                DocumentFormat::Markdown | DocumentFormat::Html | DocumentFormat::PlainText
            ) && (line.contains('<') || self.is_comment || self.skipped_element.is_some());
        let start = start + self.definition_lead(line);
        if !is_html {
            self.push(start..end, SourceForm::Plain);
            return;
        }
        self.html_line(start, end);
    }

    /// Returns the bytes before what a line defines (「: 2021年9月〜」), and makes a term of the line before.
    fn definition_lead(&mut self, line: &str) -> usize {
        let behind = line
            .strip_prefix(':')
            .filter(|rest| rest.starts_with([' ', '\t']));
        let is_defined = self.is_definition;
        self.is_definition = false;
        let Some(value) = behind.filter(|_| {
            self.format == DocumentFormat::Markdown && self.fence.is_none() && !self.is_comment
        }) else {
            return 0;
        };
        if !is_defined {
            let term = self.lines.last_mut().filter(|last| {
                last.form == SourceForm::Plain
                    && !self.text[last.range.clone()].starts_with(['#', '-', '+', '|', '>', ':'])
            });
            let Some(term) = term else { return 0 };
            term.form = SourceForm::Term;
        }
        self.is_definition = true;
        line.len() - value.trim_start().len()
    }

    /// Reads the YAML of the fenced block that begins at byte `start`, where it lists entries of a career, below the
    /// heading before it.
    fn listed_career(&mut self, start: usize, fence: &str, info: &str) {
        let name = info.split_whitespace().next().unwrap_or("");
        let is_data = matches!(name, "yaml" | "yml" | "json") || name.starts_with("resume");
        let is_wanted = is_data && self.data_blocks < MAX_DATA_BLOCKS;
        if !is_wanted || self.format != DocumentFormat::Markdown {
            return;
        }
        self.data_blocks += 1;
        let mut end = start;
        let is_closed = self.text[start..].split_inclusive('\n').any(|line| {
            let is_close = line.trim() == fence;
            end += if is_close { 0 } else { line.len() };
            is_close
        });
        let level = self.last_level();
        let lines = is_closed.then(|| yaml::read_list(self.text, start..end, level + 1));
        if let Some(lines) = lines.flatten() {
            self.lines.extend(lines);
            self.data_end = end;
        }
    }

    /// Returns the level of the last heading of the markup, or 1.
    fn last_level(&self) -> u8 {
        let level = self.lines.iter().rev().find_map(|line| {
            let content = &self.text[line.range.clone()];
            let signs = content.len() - content.trim_start_matches('#').len();
            (1..=6).contains(&signs).then_some(signs)
        });
        level
            .and_then(|signs| u8::try_from(signs).ok())
            .unwrap_or(1)
    }

    /// Adds what a shortcode of a site generator titles, below the heading before it.
    fn titled_shortcode(&mut self, content: &str) {
        let start = content.as_ptr() as usize - self.text.as_ptr() as usize;
        if self.format != DocumentFormat::Markdown || self.fence.is_some() {
            return;
        }
        let Some(shown) = template::title_of(content, start) else {
            return;
        };
        let level = self.last_level();
        self.lines.push(SourceLine {
            range: start..start + content.len(),
            indent: 0,
            form: SourceForm::Heading(level + 1),
            is_after_blank: true,
            is_fenced: false,
            shown: Some(shown),
            table: 0,
            is_header: false,
            container: self.container(),
        });
    }

    /// Handles a line that is markup only, up to byte `line_end`: fences, containers, includes, and blanks.
    fn is_markup_line(&mut self, line: &str, line_end: usize) -> bool {
        let content = line.trim();
        if content.is_empty() {
            self.is_blank = true;
            return true;
        }
        let first = content.as_bytes()[0];
        if matches!(first, b'`' | b'~') {
            let run = content.bytes().take_while(|byte| *byte == first).count();
            let rest = &content[run..];
            match self.fence {
                None if run >= 3 && !rest.contains('`') => {
                    self.listed_career(line_end, &content[..run], rest);
                    self.fence = Some((first, run));
                    return true;
                }
                Some((open, length))
                    if open == first && run >= length && rest.trim().is_empty() =>
                {
                    self.fence = None;
                    self.is_blank = true;
                    return true;
                }
                _ => {}
            }
        }
        if content.starts_with("{{") {
            self.titled_shortcode(content);
        }
        (content.starts_with("{%") && content.ends_with("%}"))
            || (content.starts_with("{{") && content.ends_with("}}"))
            || content.eq_ignore_ascii_case("[toc]")
            || content.eq_ignore_ascii_case("[[toc]]")
            || is_note_to_oneself(content)
    }

    /// Returns whether a line belongs to a comment of a template: `{% comment %}` to
    /// `{% endcomment %}`.
    fn is_template_comment(&mut self, line: &str) -> bool {
        if !self.is_template_comment && !line.contains("{%") {
            return false;
        }
        let is_tag = |name: &str| {
            line.split("{%")
                .skip(1)
                .any(|tag| tag.trim_start_matches(['-', ' ']).starts_with(name))
        };
        let (begins, ends) = (is_tag("comment"), is_tag("endcomment"));
        let is_inside = self.is_template_comment || begins;
        self.is_template_comment = is_inside && !ends;
        is_inside
    }

    /// Reads `::: name title`, which opens a container, and `:::`, which closes one.
    fn colons(&mut self, start: usize, line: &str) {
        self.is_blank = true;
        let content = line.trim_start().trim_start_matches(':').trim_start();
        let Some(first) = content.split_whitespace().next() else {
            self.containers.pop();
            return;
        };
        self.open_container();
        let is_named = first
            .chars()
            .all(|character| character.is_ascii_lowercase());
        let title = if is_named {
            content[first.len()..].trim_start()
        } else {
            content
        };
        let at = start + line.len() - title.len();
        self.push(at..start + line.len(), SourceForm::Summary);
    }

    /// Returns the innermost container that is open.
    pub(super) fn container(&self) -> Container {
        Container {
            number: self.containers.last().copied().unwrap_or(0),
            depth: self.containers.len(),
        }
    }

    /// Opens a container.
    pub(super) fn open_container(&mut self) {
        self.container_count += 1;
        self.containers.push(self.container_count);
    }

    /// Adds a line of content.
    pub(super) fn push(&mut self, range: Range<usize>, form: SourceForm) {
        let raw = &self.text[range.clone()];
        let mut indent = 0;
        let mut lead = 0;
        for character in raw.chars() {
            indent = match character {
                ' ' => indent + 1,
                '\t' => (indent / 4 + 1) * 4,
                '\u{3000}' => indent + 2,
                '\u{FEFF}' | '\u{200B}' => indent,
                _ => break,
            };
            lead += character.len_utf8();
        }
        let content = raw[lead..].trim_end();
        if content.is_empty() {
            return;
        }
        let start = range.start + lead;
        let form = match form {
            SourceForm::Plain => std::mem::replace(&mut self.form, SourceForm::Plain),
            form => form,
        };
        if content.starts_with('#') && form == SourceForm::Plain {
            self.list_depth = 0;
        }
        let indent = match form {
            SourceForm::Item if self.list_depth > 0 => self.list_depth * 2,
            SourceForm::Plain | SourceForm::Continuation if self.list_depth > 0 => {
                indent.max(self.list_depth * 2 + 1)
            }
            _ => indent,
        };
        self.lines.push(SourceLine {
            range: start..start + content.len(),
            indent,
            form,
            is_after_blank: std::mem::take(&mut self.is_blank),
            is_fenced: self.fence.is_some(),
            shown: None,
            table: self.tables.last().copied().unwrap_or(0),
            is_header: self.is_header_cell,
            container: self.container(),
        });
    }
}

/// Returns whether a line only gives a link's address (`[a]: https://…`) or hides a comment
/// (`[//]: # (…)`).
fn is_reference(content: &str) -> bool {
    let Some((name, target)) = content
        .strip_prefix('[')
        .and_then(|inner| inner.split_once("]:"))
    else {
        return false;
    };
    let target = target.trim_start();
    !name.starts_with('^')
        && !name.contains(['[', ']'])
        && (name == "//"
            || name.eq_ignore_ascii_case("comment")
            || words!["http://", "https://", "mailto:", "<", "#", "./", "../", "/"].begin(target))
}
