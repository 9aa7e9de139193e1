//! A document's text to the lines that stand in it: what is no content is left out, what HTML
//! breaks apart is broken apart, and every line keeps its place in the document.

use std::ops::Range;

use crate::domain::DocumentFormat;

use super::markup::tag_at;
use super::text::Text;

mod data;
mod entry;
mod json;
mod latex;
mod latex_inline;
mod lines;
mod typst;
mod yaml;

/// A line of content as it stands in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SourceLine {
    /// Its bytes, without the indentation and the line break.
    pub(super) range: Range<usize>,
    /// Columns before it; a tab leads to the next multiple of 4.
    pub(super) indent: usize,
    /// What markup outside the line says that it is.
    pub(super) form: SourceForm,
    /// Whether a blank line stands before it.
    pub(super) is_after_blank: bool,
    /// Whether it stands in a fenced block.
    pub(super) is_fenced: bool,
    /// What a reader sees of it, where its format is not Markdown's; its form says what it is.
    pub(super) shown: Option<Text>,
    /// The number of the table it stands in; 0 outside tables.
    pub(super) table: u32,
    /// Whether it is a cell that names its column.
    pub(super) is_header: bool,
    /// The number of the innermost container (`<details>`, `:::`) around it, counted as they open; 0
    /// outside.
    pub(super) container: u32,
}

/// What markup outside a line says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SourceForm {
    /// The line tells by itself.
    Plain,
    /// A heading of this level.
    Heading(u8),
    /// A list item.
    Item,
    /// A line below another heading-like line: `<summary>`, `:::`.
    Summary,
    /// What the lines below it tell of: `<dt>`.
    Term,
    /// The first cell of a table's row (`<tr>`).
    FirstCell,
    /// Another cell of the row.
    Cell,
    /// The rest of a line behind `<br>`.
    Continuation,
}

/// A document's lines and what stands before them.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    /// The lines in document order.
    pub(super) lines: Vec<SourceLine>,
    /// Bytes of the front matter; empty where there is none.
    pub(super) front_matter: Range<usize>,
}

/// Splits `text` into its lines of content.
pub(super) fn read_source(text: &str, format: DocumentFormat) -> Source {
    match format {
        DocumentFormat::Json => return whole(json::read(text)),
        DocumentFormat::Yaml => return whole(yaml::read(text)),
        DocumentFormat::Latex => return whole(latex::read(text)),
        DocumentFormat::Typst => return whole(typst::read(text)),
        _ => {}
    }
    let front_matter = front_matter(text, format);
    let mut reader = Reader {
        text,
        format,
        lines: Vec::new(),
        fence: None,
        is_blank: false,
        list_depth: 0,
        form: SourceForm::Plain,
        skipped_element: None,
        is_comment: false,
        tables: Vec::new(),
        table_count: 0,
        begins_row: false,
        is_header_cell: false,
        containers: Vec::new(),
        container_count: 0,
    };
    let mut at = front_matter.end;
    while at < text.len() {
        let len = text[at..].find('\n').map_or(text.len() - at, |len| len + 1);
        reader.line(at..at + len);
        at += len;
    }
    Source {
        lines: reader.lines,
        front_matter,
    }
}

/// A source without front matter.
fn whole(lines: Vec<SourceLine>) -> Source {
    Source {
        lines,
        front_matter: 0..0,
    }
}

/// Returns the bytes of the YAML (`---`) or TOML (`+++`) block that the text begins with.
fn front_matter(text: &str, format: DocumentFormat) -> Range<usize> {
    if !matches!(
        format,
        DocumentFormat::Markdown | DocumentFormat::Html | DocumentFormat::PlainText
    ) {
        return 0..0;
    }
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let Some(fence) = ["---", "+++"].into_iter().find(|fence| {
        rest.strip_prefix(fence)
            .is_some_and(|rest| rest.trim_start_matches([' ', '\r']).starts_with('\n'))
    }) else {
        return 0..0;
    };
    let mut at = start;
    let mut has_key = false;
    for (index, line) in rest.split_inclusive('\n').enumerate() {
        at += line.len();
        let content = line.trim_end();
        if index == 0 {
            continue;
        }
        if content == fence {
            return if has_key { start..at } else { 0..0 };
        }
        // A rule, and then the document: front matter begins with a key.
        if index == 1
            && (content.is_empty()
                || content.starts_with('#') && fence == "---" && !content.contains(':'))
        {
            return 0..0;
        }
        has_key |= content.contains(':') || content.contains('=');
        if index > 400 {
            break;
        }
    }
    0..0
}

struct Reader<'a> {
    text: &'a str,
    format: DocumentFormat,
    lines: Vec<SourceLine>,
    /// The sign and length of the fence that is open.
    fence: Option<(u8, usize)>,
    is_blank: bool,
    /// How many `<ul>` and `<ol>` are open.
    list_depth: usize,
    /// The form that the next line gets from the tags before it.
    form: SourceForm,
    /// An element whose content is left out (`style`, `script`).
    skipped_element: Option<String>,
    is_comment: bool,
    /// Numbers of the tables that are open; those inside one have its number.
    tables: Vec<u32>,
    table_count: u32,
    begins_row: bool,
    is_header_cell: bool,
    /// Numbers of the containers that are open.
    containers: Vec<u32>,
    container_count: u32,
}

impl Reader<'_> {
    /// Reads one line of the text, its break included.
    fn line(&mut self, range: Range<usize>) {
        let line = self.text[range.clone()].trim_end_matches(['\n', '\r']);
        let start = range.start;
        let end = start + line.len();
        if !self.is_comment && self.skipped_element.is_none() {
            if self.is_markup_line(line) {
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
        if !is_html {
            self.push(start..end, SourceForm::Plain);
            return;
        }
        self.html_line(start, end);
    }

    /// Handles a line that is markup only: fences, containers, includes, Org keywords, and blanks.
    fn is_markup_line(&mut self, line: &str) -> bool {
        let content = line.trim();
        if content.is_empty() {
            self.is_blank = true;
            return true;
        }
        if matches!(self.format, DocumentFormat::Org) {
            return content.starts_with("#+")
                && !content.to_ascii_lowercase().starts_with("#+title")
                || content.starts_with(":") && content.ends_with(":") && content.len() < 40;
        }
        let first = content.as_bytes()[0];
        if matches!(first, b'`' | b'~') {
            let run = content.bytes().take_while(|byte| *byte == first).count();
            let rest = &content[run..];
            match self.fence {
                None if run >= 3 && !rest.contains('`') => {
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
        (content.starts_with("{%") && content.ends_with("%}"))
            || (content.starts_with("{{") && content.ends_with("}}"))
            || content.eq_ignore_ascii_case("[toc]")
            || content.eq_ignore_ascii_case("[[toc]]")
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

    /// Opens a container.
    fn open_container(&mut self) {
        self.container_count += 1;
        self.containers.push(self.container_count);
    }

    /// Adds a line of content.
    fn push(&mut self, range: Range<usize>, form: SourceForm) {
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
        let indent = if form == SourceForm::Item && self.list_depth > 0 {
            self.list_depth * 2
        } else {
            indent
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
            container: self.containers.last().copied().unwrap_or(0),
        });
    }

    /// Splits a line at its comments and its block tags.
    fn html_line(&mut self, start: usize, end: usize) {
        let is_row = self.text[start..end].trim_start().starts_with('|');
        let mut from = start;
        let mut at = start;
        while at < end {
            if self.is_comment {
                let Some(len) = self.text[at..end].find("-->") else {
                    return;
                };
                self.is_comment = false;
                at += len + 3;
                from = at;
                continue;
            }
            if let Some(element) = &self.skipped_element {
                let Some(close) = self.text[at..end].find("</").map(|len| at + len) else {
                    return;
                };
                let name_end = (close + 2 + element.len()).min(end);
                let name = &self.text.as_bytes()[close + 2..name_end];
                let is_close = name.eq_ignore_ascii_case(element.as_bytes());
                at = close + 2;
                if is_close {
                    self.skipped_element = None;
                    at = self.text[at..end].find('>').map_or(end, |len| at + len + 1);
                    from = at;
                }
                continue;
            }
            let Some(len) = self.text[at..end].find('<') else {
                break;
            };
            at += len;
            if self.text[at..end].starts_with("<!--") {
                self.push(from..at, SourceForm::Plain);
                self.is_comment = true;
                at += 4;
                continue;
            }
            if self.text[at..end].starts_with("<!") || self.text[at..end].starts_with("<?") {
                let close = self.text[at..end].find('>').map_or(end, |len| at + len + 1);
                at = close;
                from = close;
                continue;
            }
            let Some(tag) = tag_at(&self.text[at..end]) else {
                at += 1;
                continue;
            };
            let tag_end = at + tag.len;
            if is_row || !is_block(&tag.name) {
                at = tag_end;
                continue;
            }
            self.push(from..at, SourceForm::Plain);
            self.block_tag(&tag.name, tag.is_closing);
            at = tag_end;
            from = tag_end;
        }
        self.push(from..end, SourceForm::Plain);
        if self.form == SourceForm::Continuation {
            self.form = SourceForm::Plain;
        }
    }

    /// Notes what a block tag means for the text behind it.
    fn block_tag(&mut self, name: &str, is_closing: bool) {
        let level = |name: &str| name[1..].parse().unwrap_or(6);
        match (name, is_closing) {
            ("ul" | "ol", false) => self.list_depth += 1,
            ("ul" | "ol", true) => self.list_depth = self.list_depth.saturating_sub(1),
            ("li", false) => self.begin(SourceForm::Item),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                self.begin(SourceForm::Heading(level(name)));
            }
            ("details", false) => {
                self.open_container();
                self.form = SourceForm::Plain;
            }
            ("details", true) => {
                self.containers.pop();
                self.form = SourceForm::Plain;
            }
            ("summary", false) => self.begin(SourceForm::Summary),
            ("dt", false) => self.begin(SourceForm::Term),
            ("table", false) => self.open_table(),
            ("table", true) => {
                self.end_cell();
                self.tables.pop();
                self.is_header_cell = false;
            }
            ("tr", false) if self.tables.len() < 2 => {
                self.end_cell();
                self.begins_row = true;
            }
            ("td" | "th", false) if self.tables.len() < 2 => {
                self.end_cell();
                self.is_header_cell = name == "th";
                self.form = if std::mem::take(&mut self.begins_row) {
                    SourceForm::FirstCell
                } else {
                    SourceForm::Cell
                };
            }
            ("td" | "th" | "tr", true) if self.tables.len() < 2 => {
                self.end_cell();
                self.form = SourceForm::Plain;
            }
            ("style" | "script" | "svg" | "template" | "noscript", false) => {
                self.skipped_element = Some(name.to_owned());
            }
            _ if self.waits_for_cell() => {}
            ("br" | "bt", _) => self.form = SourceForm::Continuation,
            (_, true) => self.form = SourceForm::Plain,
            _ => {}
        }
    }

    fn waits_for_cell(&self) -> bool {
        matches!(self.form, SourceForm::FirstCell | SourceForm::Cell)
    }

    /// Begins a line of this form; a cell that waits for its text has lines instead.
    fn begin(&mut self, form: SourceForm) {
        self.end_cell();
        self.form = form;
    }

    /// Adds the cell that has got no text of its own.
    fn end_cell(&mut self) {
        if !self.waits_for_cell() {
            return;
        }
        let at = self.lines.last().map_or(0, |line| line.range.end);
        self.lines.push(SourceLine {
            range: at..at,
            indent: 0,
            form: std::mem::replace(&mut self.form, SourceForm::Plain),
            is_after_blank: std::mem::take(&mut self.is_blank),
            is_fenced: false,
            shown: None,
            table: self.tables.last().copied().unwrap_or(0),
            is_header: self.is_header_cell,
            container: self.containers.last().copied().unwrap_or(0),
        });
    }

    /// Opens a table; one inside another belongs to the other's cell.
    fn open_table(&mut self) {
        let number = self.tables.last().copied().unwrap_or_else(|| {
            self.table_count += 1;
            self.table_count
        });
        self.tables.push(number);
        self.begins_row = self.tables.len() == 1;
    }
}

/// Returns whether the element breaks the line.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "br" | "bt"
            | "ul"
            | "ol"
            | "li"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "summary"
            | "details"
            | "tr"
            | "td"
            | "th"
            | "table"
            | "thead"
            | "tbody"
            | "style"
            | "script"
            | "svg"
            | "template"
            | "noscript"
            | "head"
            | "hr"
            | "p"
            | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "dl"
            | "dt"
            | "dd"
            | "title"
            | "body"
            | "html"
            | "center"
            | "nav"
            | "aside"
    )
}

#[cfg(test)]
pub(in crate::resume) mod tests {
    use super::*;

    /// Lines as one letter for the form, the heading's level, and what a reader sees.
    #[track_caller]
    pub(in crate::resume) fn check_lines(text: &str, format: DocumentFormat, expected: &[&str]) {
        let source = read_source(text, format);
        let actual: Vec<String> = source
            .lines
            .iter()
            .map(|line| {
                let shown = line.shown.as_ref().map_or("", Text::as_str);
                assert!(text.get(line.range.clone()).is_some(), "{:?}", line.range);
                match line.form {
                    SourceForm::Heading(level) => format!("h{level} {shown}"),
                    SourceForm::Item => format!("i {shown}"),
                    SourceForm::Term => format!("t {shown}"),
                    SourceForm::FirstCell => format!("r {shown}"),
                    SourceForm::Cell => format!("c {shown}"),
                    _ => format!("l {shown}"),
                }
            })
            .collect();
        assert_eq!(actual, expected, "{text}");
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, SourceForm)]) {
        let source = read_source(text, DocumentFormat::Markdown);
        let actual: Vec<(&str, SourceForm)> = source
            .lines
            .iter()
            .map(|line| (&text[line.range.clone()], line.form))
            .collect();
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn comments_front_matter_and_styles_are_no_content() {
        use SourceForm::Plain;
        check("---\ntitle: a\n---\n# b\n", &[("# b", Plain)]);
        check("+++\ntitle = 1\n+++\nb", &[("b", Plain)]);
        check("a <!-- b --> c", &[("a", Plain), ("c", Plain)]);
        check("a\n<!-- b\nc\n-->\nd", &[("a", Plain), ("d", Plain)]);
        check("a\n<!-- never closed\nb", &[("a", Plain)]);
        check("<style>\np {}\n</style>\na", &[("a", Plain)]);
        check("---\n\n# a", &[("---", Plain), ("# a", Plain)]);
    }

    #[test]
    fn block_tags_break_lines() {
        use SourceForm::{Cell, Continuation, FirstCell, Heading, Item, Plain, Summary};
        check("a<br>b", &[("a", Plain), ("b", Continuation)]);
        check("<ul><li>a</li><li>b</li></ul>", &[("a", Item), ("b", Item)]);
        check("<h2>a</h2>", &[("a", Heading(2))]);
        check(
            "<details><summary>a</summary>b</details>",
            &[("a", Summary), ("b", Plain)],
        );
        check(
            "<tr><td>a</td><td>b</td></tr>",
            &[("a", FirstCell), ("b", Cell)],
        );
        check("| a<br>b |", &[("| a<br>b |", Plain)]);
        check("<客先常駐>", &[("<客先常駐>", Plain)]);
    }

    #[test]
    fn fences_are_taken_off_and_their_content_kept() {
        let source = read_source("```yaml\n期間: 2016\n```\nb", DocumentFormat::Markdown);
        assert_eq!(source.lines.len(), 2);
        assert!(source.lines[0].is_fenced);
        assert!(!source.lines[1].is_fenced);
    }

    /// Reads a text of one piece, over and over; the time is shown for each size.
    #[track_caller]
    fn check_time(piece: &str, format: DocumentFormat) {
        for size in [64 * 1024, 512 * 1024] {
            let text = piece.repeat(size / piece.len());
            let begin = std::time::Instant::now();
            let source = read_source(&text, format);
            let lines = source.lines.len();
            let blocks = crate::resume::block::build_blocks(&text, &source, format).len();
            let took = begin.elapsed();
            println!("{format:?} {piece:?} {size}: {took:?}, {lines} lines, {blocks} blocks");
            assert!(took.as_secs() < 20, "{piece:?} took {took:?}");
        }
    }

    #[test]
    fn texts_of_one_piece_are_read_in_linear_time() {
        use DocumentFormat::{Html, Json, Latex, Markdown, Typst, Yaml};
        check_time("<div>", Html);
        check_time("<details><table><tr><td>", Html);
        check_time("<dt><dd>", Html);
        for piece in ["{", "[", "\"", "{\"a\":", "[1,", "\"\\n"] {
            check_time(piece, Json);
        }
        for piece in ["- ", "a: ", "[", "a:\n", "a: |\n b\n", "- a: [b\n", "'"] {
            check_time(piece, Yaml);
        }
        for piece in [
            "\\",
            "{",
            "\\a{",
            "\\a{b}{",
            "\\item ",
            "\\begin{tabular}{l}&",
            "\\def\\a{",
        ] {
            check_time(piece, Latex);
        }
        for piece in ["#", "#a(", "[", "#let a = {", "#a(\"", "= a\n"] {
            check_time(piece, Typst);
        }
        check_time("---\na: b\n", Markdown);
    }
}
