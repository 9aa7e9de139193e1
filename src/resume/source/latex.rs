//! LaTeX to lines: sections, lists, tables, and entries made with macros of any name.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use super::super::text::Text;
use super::latex_environment::Environment;
use super::latex_inline::{HIDDEN, LOOKS, inline, is_word, name_of, section_level};
use super::latex_macro::Macro;
use super::lines::Lines;
use super::{SourceForm, SourceLine};

/// Bytes that an argument with a title or a date may have.
pub(super) const MAX_SHORT_BYTES: usize = 400;

/// Arguments that a macro may have.
pub(super) const MAX_ARGUMENTS: usize = 9;

/// Bytes that macros may be expanded to beyond the length of the document.
const MIN_BUDGET_BYTES: usize = 64 * 1024;

/// Reads a document.
pub(super) fn read(text: &str) -> Vec<SourceLine> {
    let body = text.find("\\begin{document}");
    let mut reader = Reader {
        text,
        closes: closing_brackets(text),
        macros: HashMap::new(),
        definitions: HashMap::new(),
        environments: Vec::new(),
        budget: Cell::new(text.len() * 4 + MIN_BUDGET_BYTES),
        last_call: None,
        unswitched: 0..0,
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

/// Returns for each `{` and `[` the byte that closes it; `u32::MAX` where there is none.
fn closing_brackets(text: &str) -> Vec<u32> {
    let none = u32::MAX;
    let mut closes = vec![none; text.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut braces = 0usize;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'%' => at += text[at..].find('\n').unwrap_or(text.len() - at),
            b'{' => {
                braces += 1;
                open.push(at);
            }
            b'[' => open.push(at),
            b']' => {
                if let Some(start) = open.pop_if(|start| bytes[*start] == b'[') {
                    closes[start] = u32::try_from(at).unwrap_or(none);
                }
            }
            b'}' if braces > 0 => {
                braces -= 1;
                while let Some(start) = open.pop() {
                    if bytes[start] == b'{' {
                        closes[start] = u32::try_from(at).unwrap_or(none);
                        break;
                    }
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

/// Something that a command is given: in braces, or in brackets.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) range: Range<usize>,
    pub(super) is_option: bool,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) closes: Vec<u32>,
    pub(super) macros: HashMap<&'a str, Macro>,
    /// The document's own environments.
    pub(super) definitions: HashMap<&'a str, Macro>,
    /// The environments of entries that are open.
    pub(super) environments: Vec<Environment>,
    /// Bytes that macros may still be expanded to.
    pub(super) budget: Cell<usize>,
    /// Bytes that hold no `\fi`.
    unswitched: Range<usize>,
    /// The last macro with one argument, and the byte behind it.
    pub(super) last_call: Option<(&'a str, usize)>,
    /// What the line that is read shows so far.
    pub(super) line: Text,
    pub(super) form: SourceForm,
    /// How many lists are open.
    pub(super) lists: usize,
    /// How many tables are open.
    pub(super) tables: usize,
    pub(super) rows: usize,
    pub(super) begins_row: bool,
    pub(super) table_count: u32,
    /// Level of the last section.
    pub(super) level: u8,
    is_preamble: bool,
    /// The macros that made entries in this section, and the level of these.
    pub(super) entries: Vec<(String, u8)>,
    pub(super) lines: Lines,
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
    pub(super) fn behind_comment(&self, at: usize, end: usize) -> usize {
        let rest = &self.text[at..end];
        let Some(len) = rest.find('\n') else {
            return end;
        };
        let below = &rest[len + 1..];
        let lead = below.len() - below.trim_start_matches([' ', '\t']).len();
        at + len + 1 + lead
    }

    /// Ends the line.
    pub(super) fn flush(&mut self) {
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
        let is_continued = self.form == SourceForm::Continuation;
        let form = if is_continued {
            SourceForm::Continuation
        } else if std::mem::take(&mut self.begins_row) {
            SourceForm::FirstCell
        } else {
            SourceForm::Cell
        };
        self.form = SourceForm::Plain;
        self.lines.push(form, 0, text);
    }

    /// Ends a line of a cell.
    fn break_cell(&mut self) {
        self.line.trim();
        if self.line.is_empty() {
            return;
        }
        self.cell();
        self.form = SourceForm::Continuation;
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) {
        self.line.trim();
        if self.begins_row && self.line.is_empty() {
            return;
        }
        self.cell();
        self.begins_row = true;
        self.rows += 1;
    }

    pub(super) fn heading(&mut self, level: u8, text: Text) {
        self.flush();
        if level <= self.level {
            self.entries.clear();
        }
        self.lines.push(SourceForm::Heading(level), 0, text);
    }

    /// Reads the arguments in braces from byte `at`; returns them and the byte behind them.
    pub(super) fn arguments(
        &self,
        at: usize,
        end: usize,
        most: usize,
    ) -> (Vec<Range<usize>>, usize) {
        let (parts, behind) = self.parts(at, end, most);
        let braces = parts.into_iter().filter(|part| !part.is_option);
        (braces.map(|part| part.range).collect(), behind)
    }

    /// Reads what a command is given from byte `at`, `most` of it in braces; returns it and the byte
    /// behind it.
    pub(super) fn parts(&self, at: usize, end: usize, most: usize) -> (Vec<Part>, usize) {
        let mut found = Vec::new();
        let mut behind = at;
        let mut next = at;
        let mut count = 0;
        while count < most && found.len() <= MAX_ARGUMENTS + 1 {
            let rest = &self.text[next..end];
            let lead = rest.len() - rest.trim_start().len();
            if lead > 0 && rest[..lead].matches('\n').count() > 1 {
                break;
            }
            next += lead;
            let sign = self.text.as_bytes()[..end].get(next);
            let is_option = match sign {
                Some(b'%') => {
                    next = self.behind_comment(next, end);
                    continue;
                }
                Some(b'[') if lead == 0 => true,
                Some(b'{') => false,
                _ => break,
            };
            let close = self.closes[next] as usize;
            if close >= end {
                break;
            }
            found.push(Part {
                range: next + 1..close,
                is_option,
            });
            count += usize::from(!is_option);
            next = close + 1;
            behind = next;
        }
        (found, behind)
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
            "iffalse" => return (self.behind_switch(behind, end), none),
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
                match self.tables {
                    0 => self.flush(),
                    1 if name == "newline" || name == "par" || name == "linebreak" => {
                        self.break_cell();
                    }
                    _ => self.line.push_decoded(" ", at..behind),
                }
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

    /// Returns the byte behind the `\fi` that ends what is switched off from byte `at`.
    fn behind_switch(&mut self, at: usize, end: usize) -> usize {
        if at >= self.unswitched.start && end <= self.unswitched.end {
            return at;
        }
        let found = self.text[at..end]
            .match_indices("\\fi")
            .map(|(len, sign)| at + len + sign.len())
            .find(|behind| !self.text[*behind..end].starts_with(|sign: char| sign.is_alphabetic()));
        if found.is_none() {
            self.unswitched = at..end;
        }
        found.unwrap_or(at)
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
            _ => self.break_cell(),
        }
        self.options(at + 2, end)
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
        let next = self.options(behind, end);
        if next > behind {
            let label = self.shown(behind + 1..next - 1);
            if !label.is_empty() {
                self.line.append(&label);
                self.line.push_shown(" ");
            }
        }
        next
    }
}

/// Returns the greatest char boundary that is at most `at` and `end`.
pub(super) fn floor(text: &str, at: usize, end: usize) -> usize {
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
                "l 役割: SE",
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
                "l 役割: SE",
                "h4 B（2023/06–2024/11）",
                "l 道具: Go/ Rust",
                "l c",
                "h4 D",
                "l e",
                "h3 F（2019年3月–2020年1月）",
                "l 役割: SE",
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
