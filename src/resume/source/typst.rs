//! Typst to lines: headings, lists, tables, and entries made with functions of any name.

use std::collections::HashMap;
use std::ops::Range;

use super::super::text::Text;
use super::data::Node;
use super::entry::read_entry;
use super::lines::Lines;
use super::typst_call::keyed_entry;
use super::typst_inline::inline;
use super::{SourceForm, SourceLine};

/// Bytes that an argument with a title or a date may have.
pub(super) const MAX_SHORT_BYTES: usize = 400;

/// Reads a document.
pub(super) fn read(text: &str) -> Vec<SourceLine> {
    let mut reader = Reader {
        text,
        closes: closing_brackets(text),
        line: Text::default(),
        form: SourceForm::Plain,
        indent: 0,
        level: 1,
        open: Vec::new(),
        table_count: 0,
        functions: HashMap::new(),
        lines: Lines::default(),
    };
    let mut at = 0;
    let mut is_line_start = true;
    while at < text.len() {
        if is_line_start {
            at = reader.line_start(at);
            if at >= text.len() {
                break;
            }
        }
        is_line_start = text.as_bytes()[at] == b'\n';
        at = reader.step(at).max(at + 1);
        is_line_start |= text.as_bytes()[at - 1] == b'\n';
    }
    reader.flush();
    reader.lines.list
}

/// Returns for each opening bracket the byte of the one that closes it.
fn closing_brackets(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut closes = vec![u32::MAX; bytes.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'/' if is_comment(text, at) => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
            }
            b'"' if open.last().is_some_and(|open| bytes[*open] == b'(') => {
                at = behind_string(text, at, bytes.len()).saturating_sub(1);
            }
            b'(' | b'[' => open.push(at),
            sign @ (b')' | b']') => {
                let opening = if sign == b')' { b'(' } else { b'[' };
                if open.last().is_some_and(|open| bytes[*open] == opening)
                    && let Some(start) = open.pop()
                {
                    closes[start] = u32::try_from(at).unwrap_or(u32::MAX);
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

fn is_comment(text: &str, at: usize) -> bool {
    text[at..].starts_with("//") && !text[..at].ends_with(':')
}

/// Returns the byte behind the string that begins at `at`; it ends with its line at the latest.
fn behind_string(text: &str, at: usize, end: usize) -> usize {
    let mut is_escaped = false;
    for (len, sign) in text[at + 1..end].char_indices() {
        match sign {
            '\n' => return at + 1 + len,
            '"' if !is_escaped => return at + 2 + len,
            _ => is_escaped = sign == '\\' && !is_escaped,
        }
    }
    end
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) closes: Vec<u32>,
    line: Text,
    form: SourceForm,
    indent: usize,
    /// Level of the heading that is open.
    pub(super) level: u8,
    /// Ends of the contents that are read, and the level outside them.
    open: Vec<(usize, u8)>,
    table_count: u32,
    /// The functions of the document: the name and the default of each parameter.
    pub(super) functions: HashMap<&'a str, Vec<(Text, Option<Node>)>>,
    pub(super) lines: Lines,
}

impl<'a> Reader<'a> {
    /// Reads the signs at the beginning of a line; returns the byte behind them.
    fn line_start(&mut self, at: usize) -> usize {
        self.flush();
        let rest = &self.text[at..];
        let body = rest.trim_start_matches([' ', '\t']);
        let lead = rest.len() - body.len();
        self.indent = lead;
        let signs = body.bytes().take_while(|byte| *byte == b'=').count();
        if signs > 0 && body[signs..].starts_with(' ') {
            let level = u8::try_from(signs.min(12)).unwrap_or(12) + 1;
            self.level = level;
            self.form = SourceForm::Heading(level);
            return at + lead + signs + 1;
        }
        if body.starts_with("- ") || body.starts_with("+ ") || body.starts_with("/ ") {
            self.form = SourceForm::Item;
            self.indent = lead + 1;
            return at + lead + 2;
        }
        at + lead
    }

    pub(super) fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let form = std::mem::replace(&mut self.form, SourceForm::Plain);
        self.lines.push(form, self.indent, line);
    }

    /// Reads what stands at byte `at`; returns the byte behind it.
    fn step(&mut self, at: usize) -> usize {
        while let Some((end, level)) = self.open.last().copied()
            && at >= end
        {
            self.open.pop();
            self.level = level;
        }
        let rest = &self.text[at..];
        match rest.as_bytes()[0] {
            b'#' => self.code(at),
            b'/' if is_comment(self.text, at) => at + rest.find('\n').unwrap_or(rest.len()),
            b'/' if rest.starts_with("/*") => {
                at + rest.find("*/").map_or(rest.len(), |len| len + 2)
            }
            _ => inline(self.text, at, self.text.len(), &mut self.line),
        }
    }

    /// Reads `#name(…)[…]`.
    fn code(&mut self, at: usize) -> usize {
        let rest = &self.text[at + 1..];
        let len = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
            .count();
        let name = &rest[..len];
        let behind = at + 1 + len;
        match name {
            "" => {
                self.line.push("#", at);
                return at + 1;
            }
            "let" => {
                self.define(behind);
                return self.statement(behind);
            }
            "set" | "show" | "import" | "include" => return self.statement(behind),
            _ => {}
        }
        if !self.text[behind..].starts_with('(') {
            return behind;
        }
        let close = self.closes[behind] as usize;
        if close >= self.text.len() {
            return behind + 1;
        }
        let arguments = self.arguments(behind + 1..close);
        match name {
            "table" | "grid" => {
                self.table(&arguments);
                return close + 1;
            }
            "h" | "v" | "line" | "image" | "pagebreak" | "colbreak" | "linebreak" | "counter"
            | "outline" | "bibliography" => {
                self.line.push_decoded(" ", at..close + 1);
                return close + 1;
            }
            _ => {}
        }
        let has_content = self.text[close + 1..].starts_with('[');
        let values: Vec<Text> = arguments
            .iter()
            .filter(|range| range.len() <= MAX_SHORT_BYTES)
            .filter_map(|range| self.value(range.clone()))
            .collect();
        if name == "link" && has_content {
            return close + 1;
        }
        let outside = self.level;
        let members = self.members(name, &arguments);
        let is_part = has_content && self.is_dated(name);
        match keyed_entry(&members, is_part) {
            Some(entry) => self.entry(entry, has_content),
            None => self.call(&values, has_content),
        }
        if has_content {
            let end = self.closes[close + 1] as usize;
            self.open.push((end.min(self.text.len()), outside));
            return close + 2;
        }
        close + 1
    }

    /// Adds what a function is given: an entry with its period, or texts.
    fn call(&mut self, values: &[Text], has_content: bool) {
        if let Some(entry) = read_entry(values) {
            return self.entry(entry, has_content);
        }
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.line.push_shown(if at == 1 { ": " } else { "　" });
            }
            self.line.append(value);
        }
        if has_content && values.len() > 1 {
            self.flush();
        }
    }

    /// Skips a statement: its line, and what brackets in it hold.
    fn statement(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < bytes.len() && bytes[at] != b'\n' {
            let close = match bytes[at] {
                b'(' | b'[' => self.closes[at] as usize,
                b'{' => match self.text[at..].find("\n}") {
                    Some(len) => at + len + 1,
                    None => return at + self.text[at..].find('\n').unwrap_or(bytes.len() - at),
                },
                _ => at,
            };
            at = if close < bytes.len() {
                close.max(at) + 1
            } else {
                at + 1
            };
        }
        at
    }

    /// Splits arguments at their commas.
    pub(super) fn arguments(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let bytes = self.text.as_bytes();
        let mut found = Vec::new();
        let mut from = range.start;
        let mut at = range.start;
        while at < range.end {
            match bytes[at] {
                b'"' => {
                    at = behind_string(self.text, at, range.end);
                    continue;
                }
                b'(' | b'[' if (self.closes[at] as usize) < range.end => {
                    at = self.closes[at] as usize;
                }
                b',' => {
                    found.push(from..at);
                    from = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        if !self.text[from..range.end].trim().is_empty() {
            found.push(from..range.end);
        }
        found
    }

    /// Returns what an argument shows: a string or content; `None` for settings.
    pub(super) fn value(&self, range: Range<usize>) -> Option<Text> {
        let raw = &self.text[range.clone()];
        let content = raw.trim_start();
        let mut start = range.start + raw.len() - content.len();
        let mut content = content.trim_end();
        if let Some((name, value)) = content.split_once(':')
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        {
            let value = value.trim_start();
            start += content.len() - value.len();
            content = value;
        }
        if content.len() < 2 || !content.starts_with(['"', '[']) {
            return None;
        }
        let mut text = Text::default();
        if content.starts_with('"') {
            let len = content.len() - usize::from(content.ends_with('"'));
            text.push(&content[1..len.max(1)], start + 1);
            return Some(text);
        }
        let end = start + content.len() - usize::from(content.ends_with(']'));
        let mut at = start + 1;
        while at < end {
            at = inline(self.text, at, end, &mut text).max(at + 1);
        }
        text.trim();
        Some(text)
    }

    /// Adds a table's cells.
    fn table(&mut self, arguments: &[Range<usize>]) {
        self.flush();
        let columns = arguments
            .iter()
            .find_map(|range| self.text[range.clone()].trim().strip_prefix("columns:"))
            .map_or(1, columns_of);
        self.table_count += 1;
        self.lines.table = self.table_count;
        let mut count = 0;
        for range in arguments {
            let raw = self.text[range.clone()].trim_start();
            let lead = range.start + range.len() - raw.len();
            if raw.starts_with("table.header(") {
                let open = lead + "table.header".len();
                let close = (self.closes[open] as usize).min(range.end);
                for cell in self.arguments(open + 1..close) {
                    self.cell(cell, &mut count, columns, true);
                }
                continue;
            }
            let cell = if raw.starts_with("table.cell") {
                let skip = raw.find('[').unwrap_or(0);
                lead + skip..range.end
            } else {
                range.clone()
            };
            self.cell(cell, &mut count, columns, false);
        }
        self.lines.table = 0;
    }

    fn cell(&mut self, range: Range<usize>, count: &mut usize, columns: usize, is_header: bool) {
        if !self.text[range.clone()]
            .trim_start()
            .starts_with(['[', '"'])
        {
            return;
        }
        let raw = self.text[range.clone()].trim();
        let text = self.value(range).unwrap_or_default();
        let form = if count.is_multiple_of(columns) {
            SourceForm::FirstCell
        } else {
            SourceForm::Cell
        };
        // A first row in bold names the columns.
        let names = is_header || *count < columns && raw.starts_with("[*") && raw.ends_with("*]");
        *count += 1;
        self.lines.push(form, 0, text);
        if let Some(line) = self.lines.list.last_mut() {
            line.is_header = names;
        }
    }
}

/// Returns how many columns `columns:` says: a number, or as many as its list has.
fn columns_of(value: &str) -> usize {
    let value = value.trim();
    if let Ok(count) = value.parse::<usize>() {
        return count.max(1);
    }
    let inner = value.trim_matches(['(', ')', ' ', ',']);
    inner.split(',').count().max(1)
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::Typst;
    use crate::resume::source::tests::check_lines;

    #[test]
    fn headings_lists_tables_and_calls_are_read() {
        check_lines(
            "#let job(a, b) = [\n  == #a\n]\n#set text(lang: \"ja\")\n// c\n= 職歴\n#job(\"株式会社A\", \"2022-09\", \"現在\", \"SRE\")[\n  文。\n  === B（2023年）\n  - 技術：`Go`、*Rust*\n]\n#job(\"C\", \"2020-01\", \"2021-02\", \"d\")[e]\n= 表\n#table(columns: 2, [*f*], [*g*], [h], [])\n",
            Typst,
            &[
                "h2 職歴",
                "h3 株式会社A（2022-09〜現在）",
                "l SRE",
                "l 文。",
                "h4 B（2023年）",
                "i 技術：Go、Rust",
                "h3 C（2020-01〜2021-02）",
                "l d",
                "l e",
                "h2 表",
                "r f",
                "c g",
                "r h",
                "c ",
            ],
        );
    }

    #[test]
    fn parameters_tell_what_a_function_is_given() {
        check_lines(
            "#let job(co, from: none, to: \"現在\", pos: \"\", body) = [#co]\n#let work(name, term: none, techs: (), body) = [#name]\n= 職歴\n#job(\"A\", from: \"2019年7月\", pos: \"SE\")[\n  a\n  #work(\"B\", term: \"2024年9月 --\", techs: (\"C++20\", \"HLSL\"))[\n    b\n  ]\n  #work(\"C\", techs: (\"Go\",))[c]\n]\n#job(\"D\", from: \"2014年4月\", to: \"2019年6月\")[d]\n#edu(institution: \"E\", dates: dates(start-date: \"2010\", end-date: \"2014\"))\n",
            Typst,
            &[
                "h2 職歴",
                "h3 A（2019年7月〜現在）",
                "l SE",
                "l a",
                "h4 B（2024年9月〜）",
                "l 使用技術: C++20、HLSL",
                "l b",
                "h4 C",
                "l 使用技術: Go",
                "l c",
                "h3 D（2014年4月〜2019年6月）",
                "l d",
                "i E（2010〜2014）",
            ],
        );
    }

    #[test]
    fn broken_documents_are_read_as_far_as_they_go() {
        check_lines("#table(", Typst, &[]);
        check_lines("#a(\"b", Typst, &["l \"b"]);
        check_lines("[[[]]", Typst, &[]);
        check_lines("\\", Typst, &[]);
        check_lines("#let a = {", Typst, &[]);
    }
}
