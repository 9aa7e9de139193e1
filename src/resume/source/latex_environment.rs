//! LaTeX's environments: lists, tables, sections and entries of the document's class.

use super::super::text::Text;
use super::SourceForm;
use super::latex::{MAX_ARGUMENTS, MAX_SHORT_BYTES, Reader, floor};
use shokureki_index::words;

impl Reader<'_> {
    /// Reads the beginning or the end of an environment; returns the byte behind it.
    pub(super) fn environment(&mut self, begins: bool, behind: usize, end: usize) -> usize {
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
    pub(super) fn options(&self, at: usize, end: usize) -> usize {
        let window = floor(self.text, at + MAX_SHORT_BYTES, end);
        let rest = &self.text[at..window];
        if !rest.starts_with('[') {
            return at;
        }
        rest.find(']').map_or(at, |len| at + len + 1)
    }

    pub(super) fn leave_line(&mut self) {
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
        let is_entry =
            words!["section", "entry", "job", "project", "employ", "experience"].is_in(&name);
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
}
