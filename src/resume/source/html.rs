//! Lines that hold HTML: comments, elements that are left out, tags that break lines.

use super::super::markup::{comment_len, tag_at};
use super::grid::Grid;
use super::markdown::Reader;
use super::{SourceForm, SourceLine};

impl Reader<'_> {
    /// Splits a line at its comments and its block tags.
    pub(super) fn html_line(&mut self, start: usize, end: usize) {
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
                if let Some(len) = comment_in_row(&self.text[at..end]).filter(|_| is_row) {
                    // The row goes on behind it.
                    at += len;
                    continue;
                }
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
            self.block_tag(&tag.name, tag.is_closing, &self.text[at..tag_end]);
            at = tag_end;
            from = tag_end;
        }
        self.push(from..end, SourceForm::Plain);
        if self.form == SourceForm::Continuation {
            self.form = SourceForm::Plain;
        }
    }

    /// Notes what a block tag means for the text behind it.
    fn block_tag(&mut self, name: &str, is_closing: bool, tag: &str) {
        let level = |name: &str| name[1..].parse().unwrap_or(6);
        match (name, is_closing) {
            ("ul" | "ol", false) => self.list_depth += 1,
            ("ul" | "ol", true) => {
                self.list_depth = self.list_depth.saturating_sub(1);
                self.is_blank = true;
                if !self.waits_for_cell() {
                    self.form = SourceForm::Plain;
                }
            }
            ("li", false) => self.begin(SourceForm::Item),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                self.list_depth = 0;
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
                self.grid.begin_row();
                self.begins_row = true;
            }
            ("td" | "th", false) if self.tables.len() < 2 => {
                self.end_cell();
                self.is_header_cell = name == "th";
                for _ in 0..self.grid.place(tag) {
                    self.form = self.cell_form();
                    self.end_cell();
                }
                self.form = self.cell_form();
            }
            ("td" | "th" | "tr", true) if self.tables.len() < 2 => {
                self.end_cell();
                self.form = SourceForm::Plain;
            }
            ("style" | "script" | "svg" | "template" | "noscript" | "nav", false) => {
                self.skipped_element = Some(name.to_owned());
            }
            _ if self.waits_for_cell() => {}
            ("p" | "div" | "section" | "article" | "dd", false) if self.list_depth == 0 => {
                self.is_blank = true;
                self.form = SourceForm::Plain;
            }
            ("br" | "bt", _) => self.form = SourceForm::Continuation,
            (_, true) => self.form = SourceForm::Plain,
            _ => {}
        }
    }

    /// The form of the next cell.
    fn cell_form(&mut self) -> SourceForm {
        if std::mem::take(&mut self.begins_row) {
            SourceForm::FirstCell
        } else {
            SourceForm::Cell
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
            container: self.container(),
        });
    }

    /// Opens a table; one inside another belongs to the other's cell.
    fn open_table(&mut self) {
        let number = self.tables.last().copied().unwrap_or_else(|| {
            self.table_count += 1;
            self.table_count
        });
        self.tables.push(number);
        if self.tables.len() == 1 {
            self.begins_row = true;
            self.grid = Grid::default();
        }
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

/// Returns the length of the comment that `rest` of a row begins with, where it ends within a cell.
fn comment_in_row(rest: &str) -> Option<usize> {
    let len = comment_len(rest)?;
    (!rest[..len].contains('|')).then_some(len)
}
