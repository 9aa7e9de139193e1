//! JSON with comments and without quotes, to values that know their place.

use super::super::text::Text;
use super::SourceLine;
use super::data::{MAX_DEPTH, Node, lay_out};

/// Reads a document.
pub(super) fn read(text: &str) -> Vec<SourceLine> {
    let mut scanner = Scanner::new(text, 0, text.len(), false);
    scanner.run();
    lay_out(scanner.roots)
}

/// Reads `text[start..end]` as a value of YAML's flow style.
pub(super) fn read_flow(text: &str, start: usize, end: usize) -> Option<Node> {
    let mut scanner = Scanner::new(text, start, end, true);
    scanner.run();
    scanner.roots.into_iter().next()
}

/// A list or map that is open.
enum Frame {
    List(Vec<Node>),
    Map(Vec<(Text, Node)>, Option<Text>),
}

impl Frame {
    fn into_node(self) -> Node {
        match self {
            Self::List(values) => Node::List(values),
            Self::Map(mut members, key) => {
                members.extend(key.map(|key| (key, Node::Scalar(Text::default()))));
                Node::Map(members)
            }
        }
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    /// Whether words stand without quotes and hold blanks.
    is_flow: bool,
    frames: Vec<Frame>,
    /// Brackets open beyond the greatest depth.
    ignored: usize,
    roots: Vec<Node>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, at: usize, end: usize, is_flow: bool) -> Self {
        Self {
            text,
            at,
            end,
            is_flow,
            frames: Vec::new(),
            ignored: 0,
            roots: Vec::new(),
        }
    }

    fn run(&mut self) {
        while let Some(byte) = self.text.as_bytes()[..self.end].get(self.at).copied() {
            match byte {
                b'{' => self.open(Frame::Map(Vec::new(), None)),
                b'[' => self.open(Frame::List(Vec::new())),
                b'}' | b']' => self.close(),
                b'"' => {
                    let text = self.quoted(b'"');
                    self.value(text);
                }
                b'\'' if self.is_flow => {
                    let text = self.quoted(b'\'');
                    self.value(text);
                }
                b'/' if self.text[self.at..self.end].starts_with("//") => self.skip_line(),
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                _ => self.word(),
            }
        }
        while let Some(frame) = self.frames.pop() {
            self.add(frame.into_node());
        }
    }

    fn skip_line(&mut self) {
        let rest = &self.text[self.at..self.end];
        self.at += rest.find('\n').unwrap_or(rest.len());
    }

    fn open(&mut self, frame: Frame) {
        self.at += 1;
        if self.frames.len() >= MAX_DEPTH {
            self.ignored += 1;
            return;
        }
        self.frames.push(frame);
    }

    fn close(&mut self) {
        self.at += 1;
        if self.ignored > 0 {
            self.ignored -= 1;
            return;
        }
        if let Some(frame) = self.frames.pop() {
            self.add(frame.into_node());
        }
    }

    /// Adds a value to what is open.
    fn add(&mut self, node: Node) {
        match self.frames.last_mut() {
            Some(Frame::List(values)) => values.push(node),
            Some(Frame::Map(members, key)) => {
                members.push((key.take().unwrap_or_default(), node));
            }
            None => self.roots.push(node),
        }
    }

    /// Adds a text: as a key where a colon follows it in a map.
    fn value(&mut self, text: Text) {
        let rest = &self.text[self.at..self.end];
        let is_key = rest.trim_start().starts_with(':');
        match self.frames.last_mut() {
            Some(Frame::Map(members, key)) if is_key => {
                if let Some(empty) = key.replace(text) {
                    members.push((empty, Node::Scalar(Text::default())));
                }
            }
            Some(Frame::Map(members, None)) => {
                members.push((text, Node::Scalar(Text::default())));
            }
            _ => self.add(Node::Scalar(text)),
        }
    }

    /// Reads a word without quotes.
    fn word(&mut self) {
        let rest = &self.text[self.at..self.end];
        let is_flow = self.is_flow;
        let mut before = ' ';
        let len = rest
            .char_indices()
            .find(|(at, character)| {
                let ends = match character {
                    ',' | ']' | '}' | '\n' => true,
                    '[' | '{' => !is_flow,
                    ':' => !is_flow || rest[at + 1..].starts_with([' ', '\n', '\r', ',', ']', '}']),
                    '#' => is_flow && before == ' ',
                    other => !is_flow && other.is_whitespace(),
                };
                before = *character;
                ends
            })
            .map_or(rest.len(), |(at, _)| at);
        if len == 0 {
            return self.skip_line();
        }
        let word = rest[..len].trim_end();
        let mut text = Text::default();
        if !matches!(word, "null" | "~" | "true" | "false") {
            text.push(word, self.at);
        }
        self.at += len;
        self.value(text);
    }

    fn quoted(&mut self, quote: u8) -> Text {
        let (text, next) = read_quoted(self.text, self.at, self.end, quote);
        self.at = next;
        text
    }
}

/// Reads the quoted text that begins at byte `at`; returns it and the byte behind its end.
pub(super) fn read_quoted(source: &str, at: usize, end: usize, quote: u8) -> (Text, usize) {
    let bytes = source.as_bytes();
    let mut text = Text::default();
    let mut from = at + 1;
    let mut next = from;
    while next < end {
        let byte = bytes[next];
        if byte == quote {
            if quote == b'\'' && bytes[..end].get(next + 1) == Some(&quote) {
                text.push(&source[from..=next], from);
                next += 2;
                from = next;
                continue;
            }
            text.push(&source[from..next], from);
            return (text, next + 1);
        }
        if byte != b'\\' || quote == b'\'' {
            next += 1;
            continue;
        }
        text.push(&source[from..next], from);
        let (shown, len) = escape(&source[next..end]);
        text.push_decoded(shown.encode_utf8(&mut [0; 4]), next..next + len);
        next += len;
        from = next;
    }
    text.push(&source[from.min(end)..end], from.min(end));
    (text, end)
}

/// Reads an escape; returns what it stands for and its bytes.
fn escape(rest: &str) -> (char, usize) {
    let Some(sign) = rest[1..].chars().next() else {
        return ('\\', 1);
    };
    let unit = |at: usize| {
        rest.get(at..at + 4)
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    match sign {
        'n' | 'r' => ('\n', 2),
        't' | 'b' | 'f' => (' ', 2),
        'u' => {
            let Some(high) = unit(2) else {
                return ('\u{FFFD}', 2);
            };
            if (0xD800..0xDC00).contains(&high)
                && rest.get(6..8) == Some("\\u")
                && let Some(low) = unit(8)
                && (0xDC00..0xE000).contains(&low)
            {
                let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                return (char::from_u32(code).unwrap_or('\u{FFFD}'), 12);
            }
            (char::from_u32(high).unwrap_or('\u{FFFD}'), 6)
        }
        other => (other, 1 + other.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::Json;
    use crate::resume::source::tests::check_lines;

    #[test]
    fn maps_are_entries_and_keys_are_labels() {
        check_lines(
            r#"{"basics":{"name":"A"},"work":[{"name":"株式会社B","position":"SE","startDate":"2020-01","highlights":["a\u3042。","b\nc"]}]}"#,
            Json,
            &[
                "h2 プロフィール",
                "l 氏名: A",
                "h2 職務経歴",
                "h3 株式会社B（2020-01〜）",
                "l 役割: SE",
                "t 実績",
                "i aあ。",
                "i b\nc",
            ],
        );
        check_lines(
            r#"{"職歴":[{"会社":"B","期間":"2020年","案件":[{"案件名":"C","技術":["Go","Rust"]}]}],"資格":[{"name":"D","date":"2019-07"}]}"#,
            Json,
            &[
                "h2 職歴",
                "h3 会社名: B（2020年）",
                "h4 案件",
                "h5 C",
                "l 技術: Go、Rust",
                "h2 資格",
                "i D（2019-07）",
            ],
        );
        check_lines(
            r#"{"skills":[{"name":"DB","keywords":["a","b"]}]"#,
            Json,
            &["h2 スキル", "i DB: a、b"],
        );
    }

    #[test]
    fn broken_documents_are_read_as_far_as_they_go() {
        check_lines("{\"a\": \"b", Json, &["l a: b"]);
        check_lines("\"\\u12", Json, &["l \u{FFFD}12"]);
        check_lines("{]}[,:}", Json, &[]);
        check_lines(&"[".repeat(1000), Json, &[]);
    }
}
