//! Typst to lines: headings, lists, tables, and entries made with functions of any name.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use super::super::text::Text;
use super::entry::read_entry;
use super::lines::Lines;
use super::typst_call::{Function, keyed_entry};
use super::typst_expand::{HIDDEN, is_look, name_len};
use super::typst_inline::inline;
use super::{SourceForm, SourceLine};

/// Bytes that an argument with a title or a date may have.
pub(super) const MAX_SHORT_BYTES: usize = 400;

/// Bytes that functions may be expanded to beyond the length of the document.
const MIN_BUDGET_BYTES: usize = 64 * 1024;

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
        variables: HashMap::new(),
        budget: Cell::new(text.len() + MIN_BUDGET_BYTES),
        last_call: None,
        is_last_block: Cell::new(false),
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

pub(super) fn is_comment(text: &str, at: usize) -> bool {
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

/// A content that is read.
#[derive(Clone, Copy, Debug)]
struct Open {
    end: usize,
    /// The level outside it.
    level: u8,
    /// The byte to go on at behind it.
    next: usize,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) closes: Vec<u32>,
    line: Text,
    pub(super) form: SourceForm,
    pub(super) indent: usize,
    /// Level of the heading that is open.
    pub(super) level: u8,
    /// The contents that are read.
    open: Vec<Open>,
    pub(super) table_count: u32,
    /// The functions of the document: the name and the default of each parameter.
    pub(super) functions: HashMap<&'a str, Function>,
    /// The names of the document that stand for a value.
    pub(super) variables: HashMap<&'a str, Range<usize>>,
    /// Bytes that functions may still be expanded to.
    pub(super) budget: Cell<usize>,
    /// The last function that was given a content alone, and the byte behind that.
    last_call: Option<(&'a str, usize)>,
    /// Whether no block of code ends any more.
    is_last_block: Cell<bool>,
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
        let mut next = at;
        while let Some(open) = self.open.last().copied()
            && at >= open.end
        {
            self.open.pop();
            self.level = open.level;
            next = next.max(open.next);
        }
        if next > at {
            return next;
        }
        let rest = &self.text[at..];
        match rest.as_bytes()[0] {
            b'#' => self.code(at),
            b'/' if is_comment(self.text, at) => at + rest.find('\n').unwrap_or(rest.len()),
            b'/' if rest.starts_with("/*") => {
                at + rest.find("*/").map_or(rest.len(), |len| len + 2)
            }
            b'\\' if rest[1..].starts_with([' ', '\t']) => {
                self.flush();
                at + 1
            }
            _ => inline(self.text, at, self.text.len(), &mut self.line),
        }
    }

    /// Reads `#name(…)[…]`.
    fn code(&mut self, at: usize) -> usize {
        let text = self.text;
        let len = name_len(&text[at + 1..]);
        let name = &text[at + 1..at + 1 + len];
        let behind = at + 1 + len;
        match name {
            "" => {
                self.line.push("#", at);
                return at + 1;
            }
            "let" => {
                let end = self.statement(behind);
                self.define(behind, end);
                return end;
            }
            "set" | "show" | "import" | "include" => return self.statement(behind),
            _ => {}
        }
        let (arguments, contents, next) = self.given(behind);
        if next == behind {
            if self.variables.contains_key(name) {
                self.write_in(at, behind);
            }
            return behind + usize::from(text[behind..].starts_with(['(', ';']));
        }
        if HIDDEN.contains(&name) {
            self.line.push_decoded(" ", at..next);
            return next;
        }
        match name {
            "h" | "linebreak" | "link" => {
                self.write_in(at, next);
                return next;
            }
            "table" | "grid" => {
                let cells: Vec<Range<usize>> = arguments.into_iter().chain(contents).collect();
                self.table(&cells);
                return next;
            }
            "list" | "enum" | "terms" => {
                self.list(&arguments, &contents);
                return next;
            }
            _ => {}
        }
        let is_short = |range: &Range<usize>| {
            range.len() <= MAX_SHORT_BYTES && !text[range.clone()].trim().contains('\n')
        };
        if let Some(level) = self.heading_level(name, &arguments)
            && let [title] = self.titles(&arguments, &contents, is_short).as_slice()
        {
            self.flush();
            self.level = level;
            self.lines
                .push(SourceForm::Heading(level), 0, title.clone());
            return next;
        }
        // A content alone: the text that it is.
        if arguments.is_empty() && contents.len() == 1 {
            let is_inline = self.functions.get(name).is_some_and(|own| own.is_inline);
            if let Some((last, end)) = self.last_call.replace((name, next))
                && last == name
                && end <= at
                && at - end <= 8
                && text[end..at].trim().is_empty()
                && !self.line.is_empty()
            {
                self.line.push_shown("、");
            }
            if is_inline && is_short(&contents[0]) {
                self.write_in(at, next);
                return next;
            }
            return behind;
        }
        if is_look(name) {
            let positional: Vec<Range<usize>> = arguments
                .into_iter()
                .filter(|range| self.named(range.clone()).0.is_none())
                .chain(contents)
                .collect();
            if let Some(last) = positional.last().filter(|last| !is_short(last)) {
                let raw = &text[last.clone()];
                let lead = raw.len() - raw.trim_start().len();
                if raw[lead..].starts_with('[') {
                    self.open_content(last.start + lead, next);
                    return last.start + lead + 1;
                }
            }
            self.write_in(at, next);
            return next;
        }
        let is_inline = self.functions.get(name).is_some_and(|own| own.is_inline);
        let is_in_line = !self.line.as_str().trim().is_empty() || self.form != SourceForm::Plain;
        let is_all_short = contents.iter().chain(&arguments).all(is_short);
        if is_inline && is_in_line && is_all_short {
            self.write_in(at, next);
            return next;
        }
        self.own_call(name, at, (arguments, contents), next)
    }

    /// Reads a function of the document or a package: an entry, or texts.
    fn own_call(
        &mut self,
        name: &str,
        at: usize,
        (mut arguments, mut contents): (Vec<Range<usize>>, Vec<Range<usize>>),
        next: usize,
    ) -> usize {
        let text = self.text;
        // Several contents are what the entry tells; a long one at the end is what stands below it.
        let is_long = |range: &Range<usize>| {
            range.len() > MAX_SHORT_BYTES || text[range.clone()].trim().contains('\n')
        };
        let body = match contents.len() {
            1 => contents.pop(),
            _ => contents.pop_if(|last| is_long(last)),
        };
        arguments.extend(contents);
        let values: Vec<Text> = arguments
            .iter()
            .filter(|range| range.len() <= MAX_SHORT_BYTES)
            .filter_map(|range| self.value(range.clone()))
            .collect();
        let has_content = body.is_some();
        let outside = self.level;
        let members = self.members(name, &arguments);
        let is_part = has_content && self.is_dated(name);
        let is_inline = self.functions.get(name).is_some_and(|own| own.is_inline);
        match keyed_entry(&members, is_part).or_else(|| read_entry(&values)) {
            Some(entry) => self.entry(entry, has_content),
            None if is_inline && !has_content => self.write_in(at, next),
            None => self.call(&values, has_content),
        }
        let Some(body) = body else { return next };
        let inside = self.level;
        self.level = outside;
        self.open_content(body.start, next);
        self.level = inside;
        body.start + 1
    }

    /// Notes that the content that opens at byte `at` is read.
    fn open_content(&mut self, at: usize, next: usize) {
        self.open.push(Open {
            end: (self.closes[at] as usize).min(self.text.len()),
            level: self.level,
            next,
        });
    }

    /// Shows the bytes from `at` to `next`, a name with what it is given, in the line.
    fn write_in(&mut self, at: usize, next: usize) {
        let mut line = std::mem::take(&mut self.line);
        self.content(at..next, &[], 0, &mut line);
        self.line = line;
    }

    /// Returns the arguments and the contents behind a name, and the byte behind them.
    pub(super) fn given(&self, behind: usize) -> (Vec<Range<usize>>, Vec<Range<usize>>, usize) {
        let bytes = self.text.as_bytes();
        let mut arguments = Vec::new();
        let mut contents = Vec::new();
        let mut next = behind;
        while let Some(sign @ (b'(' | b'[')) = bytes.get(next) {
            let close = self.closes[next] as usize;
            if close >= bytes.len() || *sign == b'(' && next > behind {
                break;
            }
            if *sign == b'(' {
                arguments = self.arguments(next + 1..close);
            } else {
                contents.push(next..close + 1);
            }
            next = close + 1;
        }
        (arguments, contents, next)
    }

    /// Adds the texts that a function is given.
    fn call(&mut self, values: &[Text], has_content: bool) {
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

    /// Returns the byte of the bracket that ends the block of code at byte `at`, in a line's beginning.
    fn block_end(&self, at: usize) -> Option<usize> {
        if self.is_last_block.get() {
            return None;
        }
        let found = self.text[at..].find("\n}").map(|len| at + len + 1);
        self.is_last_block.set(found.is_none());
        found
    }

    /// Skips a statement: its line, and what brackets in it hold.
    fn statement(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while at < bytes.len() && bytes[at] != b'\n' {
            let close = match bytes[at] {
                b'(' | b'[' => self.closes[at] as usize,
                b'{' => match self.block_end(at) {
                    Some(end) => end,
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

    /// Returns what an argument shows: a string, content, a name of the document; `None` for settings.
    pub(super) fn value(&self, range: Range<usize>) -> Option<Text> {
        let mut text = self.shown_value(range)?;
        if text.as_str().contains('\n') {
            let mut whole = Text::default();
            for line in text.split('\n') {
                if !whole.is_empty() {
                    whole.push_shown(" ");
                }
                whole.append(&line);
            }
            text = whole;
        }
        text.trim();
        Some(text)
    }

    pub(super) fn shown_value(&self, range: Range<usize>) -> Option<Text> {
        let (_, range) = self.named(range);
        let content = self.text[range.clone()].trim();
        let len = name_len(content);
        let name = &content[..len];
        let is_known = self.variables.contains_key(name)
            || content[len..].starts_with(['(', '['])
                && (self.functions.get(name).is_some_and(|own| own.is_inline)
                    || is_look(name)
                    || name == "link");
        if content.len() < 2 || !content.starts_with(['"', '[']) && !is_known {
            return None;
        }
        let mut text = Text::default();
        self.expression(range, &[], 0, &mut text);
        text.trim();
        Some(text)
    }
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
                "l 役割: SRE",
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
