//! Typst to lines: headings, lists, tables, and entries made with functions of any name.

use std::collections::HashMap;
use std::ops::Range;

use super::super::text::Text;
use super::data::{Node, is_period_key, period_of, shown_key, title_of};
use super::entry::{Entry, read_entry};
use super::lines::Lines;
use super::{SourceForm, SourceLine};

/// Bytes that an argument with a title or a date may have.
const MAX_SHORT_BYTES: usize = 400;

/// Parameters that a function may have.
const MAX_PARAMETERS: usize = 16;

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

struct Reader<'a> {
    text: &'a str,
    closes: Vec<u32>,
    line: Text,
    form: SourceForm,
    indent: usize,
    /// Level of the heading that is open.
    level: u8,
    /// Ends of the contents that are read, and the level outside them.
    open: Vec<(usize, u8)>,
    table_count: u32,
    /// The functions of the document: the name and the default of each parameter.
    functions: HashMap<&'a str, Vec<(Text, Option<Node>)>>,
    lines: Lines,
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

    fn flush(&mut self) {
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

    /// Adds an entry: as a heading, or as an item where nothing else is told of it.
    fn entry(&mut self, entry: Entry, has_content: bool) {
        self.flush();
        if entry.rest.is_empty() && !has_content {
            return self.lines.push(SourceForm::Item, 2, entry.heading);
        }
        self.level += 1;
        self.lines
            .push(SourceForm::Heading(self.level), 0, entry.heading);
        for rest in entry.rest {
            self.lines.push(SourceForm::Plain, 0, rest);
        }
    }

    /// Notes the parameters of `#let name(a, b: "c") = …`.
    fn define(&mut self, from: usize) {
        let text: &'a str = self.text;
        let rest = text[from..].trim_start_matches([' ', '\t']);
        let start = text.len() - rest.len();
        let len = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            .count();
        if len == 0 || !rest[len..].starts_with('(') {
            return;
        }
        let close = self.closes[start + len] as usize;
        if close >= text.len() {
            return;
        }
        let parameters = self
            .arguments(start + len + 1..close)
            .into_iter()
            .take(MAX_PARAMETERS)
            .map(|range| {
                let (key, value) = self.named(range.clone());
                match key {
                    Some(key) => (key, Some(self.node(value, 0))),
                    None => (self.plain(range), None),
                }
            })
            .collect();
        self.functions.insert(&text[start..start + len], parameters);
    }

    /// Returns whether a function of the document is given a time.
    fn is_dated(&self, name: &str) -> bool {
        self.functions
            .get(name)
            .is_some_and(|parameters| parameters.iter().any(|(key, _)| is_period_key(key)))
    }

    /// Returns what a function is given, by the names of its parameters.
    fn members(&self, name: &str, arguments: &[Range<usize>]) -> Vec<(Text, Node)> {
        let parameters = self.functions.get(name).map_or(&[][..], Vec::as_slice);
        let mut places = parameters.iter().filter(|(_, default)| default.is_none());
        let mut found: Vec<(Text, Node)> = Vec::new();
        for range in arguments.iter().take(MAX_PARAMETERS) {
            let (key, value) = self.named(range.clone());
            let key = match key {
                Some(key) => key,
                None => places
                    .next()
                    .map(|(key, _)| key.clone())
                    .unwrap_or_default(),
            };
            found.push((key, self.node(value, 0)));
        }
        let missing: Vec<(Text, Node)> = parameters
            .iter()
            .filter(|(key, _)| {
                found
                    .iter()
                    .all(|(other, _)| other.as_str() != key.as_str())
            })
            .filter_map(|(key, default)| Some((key.clone(), default.clone()?)))
            .collect();
        found.extend(missing);
        found
    }

    /// Splits `name: value`; the name is `None` where there is only a value.
    fn named(&self, range: Range<usize>) -> (Option<Text>, Range<usize>) {
        let raw = &self.text[range.clone()];
        let Some((name, _)) = raw.split_once(':') else {
            return (None, range);
        };
        let key = name.trim();
        let is_name = !key.is_empty()
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if !is_name {
            return (None, range);
        }
        let lead = name.len() - name.trim_start().len();
        let mut text = Text::default();
        text.push(key, range.start + lead);
        (Some(text), range.start + name.len() + 1..range.end)
    }

    fn plain(&self, range: Range<usize>) -> Text {
        let raw = &self.text[range.clone()];
        let lead = raw.len() - raw.trim_start().len();
        let mut text = Text::default();
        text.push(raw.trim(), range.start + lead);
        text
    }

    /// Reads a value: a text, a list `("a", "b")`, or what another function is given by name.
    fn node(&self, range: Range<usize>, depth: usize) -> Node {
        let raw = &self.text[range.clone()];
        let content = raw.trim_start();
        let start = range.start + raw.len() - content.len();
        if range.len() > MAX_SHORT_BYTES {
            return Node::Scalar(Text::default());
        }
        if content.starts_with(['"', '[']) {
            return Node::Scalar(self.value(range).unwrap_or_default());
        }
        let open = content
            .find('(')
            .filter(|_| depth < 2)
            .map(|len| start + len);
        let Some((open, close)) = open
            .map(|open| (open, self.closes[open] as usize))
            .filter(|(_, close)| *close < range.end)
        else {
            return Node::Scalar(Text::default());
        };
        let inner = self.arguments(open + 1..close);
        let named: Vec<(Text, Node)> = inner
            .iter()
            .filter_map(|range| {
                let (key, value) = self.named(range.clone());
                Some((key?, self.node(value, depth + 1)))
            })
            .collect();
        if !named.is_empty() {
            return Node::Map(named);
        }
        Node::List(
            inner
                .into_iter()
                .map(|range| self.node(range, depth + 1))
                .collect(),
        )
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
    fn arguments(&self, range: Range<usize>) -> Vec<Range<usize>> {
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
    fn value(&self, range: Range<usize>) -> Option<Text> {
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

/// Reads what a function is given as an entry, where a parameter's name says that it states a time;
/// a part of a career without one where `is_part`.
fn keyed_entry(members: &[(Text, Node)], is_part: bool) -> Option<Entry> {
    let period = period_of(members, 0);
    if period.is_none() && !is_part {
        return None;
    }
    let title = title_of(members)?;
    let Node::Scalar(name) = &members[title].1 else {
        return None;
    };
    let mut heading = name.clone();
    if let Some(period) = period {
        heading.push_shown("（");
        heading.append(&period);
        heading.push_shown("）");
    }
    let others = members.iter().enumerate();
    let rest = others
        .filter(|(at, (key, _))| *at != title && !is_period_key(key))
        .filter_map(|(_, (key, value))| labelled(key, value))
        .collect();
    Some(Entry { heading, rest })
}

/// Returns a value behind its key, where a reader knows the key; a text alone otherwise.
fn labelled(key: &Text, value: &Node) -> Option<Text> {
    let shown = shown_key(key, 3);
    let mut line = Text::default();
    if shown.as_str() != key.as_str() {
        line.append(&shown);
        line.push_shown(": ");
    }
    match value {
        Node::Scalar(text) if !text.is_empty() => line.append(text),
        Node::List(values) => {
            let texts = values.iter().filter_map(|value| match value {
                Node::Scalar(text) if !text.is_empty() => Some(text),
                _ => None,
            });
            let before = line.as_str().len();
            for text in texts {
                if line.as_str().len() > before {
                    line.push_shown("、");
                }
                line.append(text);
            }
            if line.as_str().len() == before {
                return None;
            }
        }
        _ => return None,
    }
    Some(line)
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

/// Shows what stands at byte `at` in a line; returns the byte behind it.
fn inline(text: &str, at: usize, end: usize, shown: &mut Text) -> usize {
    let rest = &text[at..end];
    let is_special = |sign: char| "\\*_`~[]#/\n".contains(sign);
    match rest.as_bytes()[0] {
        b'\\' => {
            let Some(sign) = rest[1..].chars().next() else {
                return end;
            };
            let behind = at + 1 + sign.len_utf8();
            if sign.is_whitespace() {
                shown.push_decoded(" ", at..at + 1);
                return at + 1;
            }
            shown.push(&text[at + 1..behind], at + 1);
            behind
        }
        b'_' => {
            let before = text[..at].chars().next_back();
            let after = rest[1..].chars().next();
            let in_word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
            if in_word(before) && in_word(after) {
                shown.push("_", at);
            }
            at + 1
        }
        b'*' | b'`' | b'[' | b']' => at + 1,
        b'~' | b'\n' => {
            shown.push_decoded(" ", at..at + 1);
            at + 1
        }
        _ => {
            let len = rest
                .char_indices()
                .skip(1)
                .find(|(_, sign)| is_special(*sign))
                .map_or(rest.len(), |(len, _)| len);
            shown.push(&rest[..len], at);
            at + len
        }
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
