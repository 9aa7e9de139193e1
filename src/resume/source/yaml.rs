//! YAML to values that know their place: the part of it that people write résumés in.

use super::super::text::Text;
use super::SourceLine;
use super::data::{MAX_DEPTH, Node, lay_out, lay_out_list};
use super::json::{read_flow, read_quoted};

/// Reads the documents of a file.
pub(super) fn read(text: &str) -> Vec<SourceLine> {
    lay_out(read_nodes(text, 0..text.len()))
}

/// Reads the bytes `range` where they are one list of entries of a career, as headings of `level`.
pub(super) fn read_list(
    text: &str,
    range: std::ops::Range<usize>,
    level: u8,
) -> Option<Vec<SourceLine>> {
    let mut roots = read_nodes(text, range);
    match (roots.pop(), roots.pop()) {
        (Some(Node::List(values)), None) => lay_out_list(values, level),
        _ => None,
    }
}

/// Reads the documents in the bytes `range`.
pub(super) fn read_nodes(text: &str, range: std::ops::Range<usize>) -> Vec<Node> {
    let mut reader = Reader {
        text,
        lines: split(text, range),
        at: 0,
    };
    let mut roots = Vec::new();
    while reader.at < reader.lines.len() {
        let begin = reader.at;
        if let Some(node) = reader.node(0, 0) {
            roots.push(node);
        }
        if reader.at == begin {
            reader.at += 1;
        }
    }
    roots
}

/// A line with something in it.
#[derive(Clone, Copy)]
struct Line {
    indent: usize,
    start: usize,
    end: usize,
    /// Whether blank lines stand before it.
    is_after_blank: bool,
    /// Whether it is a comment, which is text in a block of text.
    is_comment: bool,
    /// Whether it parts documents.
    is_break: bool,
}

fn split(text: &str, range: std::ops::Range<usize>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = range.start;
    let mut is_after_blank = false;
    for raw in text[range].split_inclusive('\n') {
        let content = raw.trim_end();
        let lead = content.len() - content.trim_start_matches([' ', '\t']).len();
        let body = &content[lead..];
        if body.is_empty() {
            is_after_blank = true;
        } else {
            lines.push(Line {
                indent: lead,
                start: start + lead,
                end: start + content.len(),
                is_after_blank: std::mem::take(&mut is_after_blank),
                is_comment: body.starts_with('#'),
                is_break: lead == 0
                    && (body == "---"
                        || body == "..."
                        || body.starts_with("--- ")
                        || body.starts_with('%')),
            });
        }
        start += raw.len();
    }
    lines
}

struct Reader<'a> {
    text: &'a str,
    lines: Vec<Line>,
    at: usize,
}

impl<'a> Reader<'a> {
    /// Returns the next line, comments left out, if it is indented by `indent` or more.
    fn peek(&mut self, indent: usize) -> Option<Line> {
        while self.lines.get(self.at)?.is_comment {
            self.at += 1;
        }
        let line = *self.lines.get(self.at)?;
        (line.indent >= indent && !line.is_break).then_some(line)
    }

    fn str(&self, line: Line) -> &'a str {
        &self.text[line.start..line.end]
    }

    /// Reads the value that begins at the next line.
    fn node(&mut self, indent: usize, depth: usize) -> Option<Node> {
        let line = self.peek(indent)?;
        if depth >= MAX_DEPTH {
            self.at += 1;
            let mut text = Text::default();
            text.push(self.str(line), line.start);
            return Some(Node::Scalar(text));
        }
        if is_item(self.str(line)) {
            return Some(self.list(line.indent, depth));
        }
        if self.key(line).is_some() {
            return Some(self.map(line.indent, depth));
        }
        self.at += 1;
        Some(self.value(line.start, line.end, indent.max(1)))
    }

    fn list(&mut self, indent: usize, depth: usize) -> Node {
        let mut values = Vec::new();
        while let Some(line) = self.peek(indent) {
            let content = self.str(line);
            if line.indent != indent || !is_item(content) {
                break;
            }
            let rest = content[1..].trim_start();
            let lead = content.len() - rest.len();
            if is_block_of_text(rest) {
                self.at += 1;
                let text = self.block(indent + 1, rest.starts_with('>'));
                values.push(Node::Scalar(text));
                continue;
            }
            if rest.is_empty() || rest.starts_with('#') {
                self.at += 1;
                let node = self.node(indent + 1, depth + 1);
                values.push(node.unwrap_or(Node::Scalar(Text::default())));
                continue;
            }
            let line = &mut self.lines[self.at];
            line.start += lead;
            line.indent += lead;
            let node = self.node(indent + 1, depth + 1);
            values.extend(node);
        }
        Node::List(values)
    }

    fn map(&mut self, indent: usize, depth: usize) -> Node {
        let mut members = Vec::new();
        while let Some(line) = self.peek(indent) {
            if line.indent != indent {
                // Indented further than its siblings: no part of what is open.
                if line.indent > indent {
                    self.at += 1;
                    continue;
                }
                break;
            }
            let Some((key, value)) = self.key(line) else {
                break;
            };
            self.at += 1;
            let content = strip_tag(&self.text[value..line.end]);
            let start = line.end - content.len();
            if is_block_of_text(content) {
                let text = self.block(indent + 1, content.starts_with('>'));
                members.push((key, Node::Scalar(text)));
                continue;
            }
            if !content.is_empty() && !content.starts_with('#') {
                let node = self.value(start, line.end, indent + 1);
                members.push((key, node));
                continue;
            }
            let next = self
                .peek(indent)
                .filter(|next| next.indent > indent || is_item(&self.text[next.start..next.end]));
            let node = match next {
                Some(next) => self.node(next.indent, depth + 1),
                None => None,
            };
            members.push((key, node.unwrap_or(Node::Scalar(Text::default()))));
        }
        Node::Map(members)
    }

    /// Reads the key of a line; returns it and the byte where its value begins.
    fn key(&self, line: Line) -> Option<(Text, usize)> {
        let content = self.str(line);
        let first = content.bytes().next()?;
        let mut text = Text::default();
        let colon = match first {
            b'"' | b'\'' => {
                let (key, next) = read_quoted(self.text, line.start, line.end, first);
                let rest = &self.text[next..line.end];
                text = key;
                next + rest.len() - rest.strip_prefix(':')?.len() - 1
            }
            b'[' | b'{' | b'#' | b'|' | b'>' => return None,
            _ => {
                let at = content
                    .find(": ")
                    .or_else(|| content.ends_with(':').then(|| content.len() - 1))?;
                text.push(content[..at].trim_end(), line.start);
                line.start + at
            }
        };
        let rest = &self.text[colon + 1..line.end];
        if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
            return None;
        }
        Some((text, line.end - rest.trim_start().len()))
    }

    /// Reads a value that begins in a line, and the lines that it goes on in.
    fn value(&mut self, start: usize, end: usize, indent: usize) -> Node {
        let content = &self.text[start..end];
        match content.as_bytes().first() {
            Some(b'[' | b'{') => {
                let end = self.flow_end(start, end);
                read_flow(self.text, start, end).unwrap_or(Node::Scalar(Text::default()))
            }
            Some(quote @ (b'"' | b'\'')) => {
                let (text, _) = read_quoted(self.text, start, end, *quote);
                Node::Scalar(text)
            }
            _ => {
                let plain = strip_comment(content);
                let mut text = Text::default();
                if !matches!(plain, "~" | "null" | "Null" | "NULL") {
                    text.push(plain, start);
                }
                while let Some(line) = self.peek(indent) {
                    if is_item(self.str(line)) || self.key(line).is_some() {
                        break;
                    }
                    self.at += 1;
                    text.push_shown(" ");
                    text.push(strip_comment(&self.text[line.start..line.end]), line.start);
                }
                Node::Scalar(text)
            }
        }
    }

    /// Returns the end of a flow value, which may go on over lines.
    fn flow_end(&mut self, start: usize, end: usize) -> usize {
        let depth = |range: std::ops::Range<usize>| {
            self.text[range]
                .bytes()
                .fold(0i64, |depth, byte| match byte {
                    b'[' | b'{' => depth + 1,
                    b']' | b'}' => depth - 1,
                    _ => depth,
                })
        };
        let mut open = depth(start..end);
        let mut end = end;
        while open > 0 {
            let Some(line) = self.lines.get(self.at).filter(|line| !line.is_break) else {
                break;
            };
            open += depth(line.start..line.end);
            end = line.end;
            self.at += 1;
        }
        end
    }

    /// Reads a block of text that is indented by `indent` or more.
    fn block(&mut self, indent: usize, is_folded: bool) -> Text {
        let mut text = Text::default();
        while let Some(line) = self.lines.get(self.at).copied() {
            if line.indent < indent || line.is_break {
                break;
            }
            if !text.is_empty() {
                let sign = if is_folded && !line.is_after_blank {
                    " "
                } else {
                    "\n"
                };
                text.push_shown(sign);
            }
            text.push(&self.text[line.start..line.end], line.start);
            self.at += 1;
        }
        text
    }
}

/// Returns whether a line begins a list's value.
fn is_item(content: &str) -> bool {
    content == "-" || content.starts_with("- ")
}

/// Returns whether a value says that a block of text follows: `|`, `>-`, `|2`.
fn is_block_of_text(content: &str) -> bool {
    content.starts_with(['|', '>'])
        && strip_comment(content)[1..]
            .bytes()
            .all(|byte| matches!(byte, b'-' | b'+' | b'0'..=b'9'))
}

/// Takes an anchor or a tag off a value.
fn strip_tag(content: &str) -> &str {
    if !content.starts_with(['&', '!']) {
        return content;
    }
    content
        .split_once(' ')
        .map_or("", |(_, rest)| rest.trim_start())
}

/// Takes a comment off the end of a value.
fn strip_comment(content: &str) -> &str {
    content
        .find(" #")
        .map_or(content, |at| &content[..at])
        .trim_end()
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::Yaml;
    use crate::resume::source::tests::check_lines;

    #[test]
    fn maps_lists_and_texts_are_read() {
        check_lines(
            "# a\nexperience:\n  - company: 株式会社A # b\n    period: 2020年〜現在\n    role: SE\n    projects:\n    - title: C\n      tech: [Go, \"Vue.js\"]\n      body: |\n        d\n        e\n    - title: F\n      period:\n      tech: ~\n",
            Yaml,
            &[
                "h2 職務経歴",
                "h3 株式会社A（2020年〜現在）",
                "l 役割: SE",
                "h4 プロジェクト",
                "h5 C",
                "l 使用技術: Go、Vue.js",
                "t 内容",
                "l d",
                "l e",
                "h5 F",
            ],
        );
        check_lines(
            "---\n職務経歴:\n  2021-04_現在_株式会社A:\n    役割: CTO\n---\n資格:\n  - B: c\n  - D\nskills:\n  Go: { years: 3 }\n",
            Yaml,
            &[
                "h2 職務経歴",
                "h3 株式会社A（2021-04〜現在）",
                "l 役割: CTO",
                "h2 資格",
                "i c",
                "i D",
                "h2 スキル",
                "i Go　3年",
            ],
        );
        check_lines(
            "a: >\n  b\n  c\n\n  d\ne: f\n  g\n",
            Yaml,
            &["t a", "l b c", "l d", "l e: f g"],
        );
        check_lines("a\nb: c\n   d: e\n- f", Yaml, &["l a", "l b: c", "i f"]);
    }
}
