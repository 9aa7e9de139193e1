//! Inline markup to visible text: emphasis, links, images, code spans, tags, entities, escapes.

use std::ops::Range;

use super::badge::{badge_names, is_generic_alt};
use super::text::Text;

/// A link inside a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InlineLink {
    /// Its text, in bytes of the visible text.
    pub(super) label: Range<usize>,
    /// Where it leads.
    pub(super) url: String,
}

/// A line after its markup is taken off.
#[derive(Clone, Debug, Default)]
pub(super) struct Cleaned {
    /// What a reader sees.
    pub(super) text: Text,
    /// The links in it.
    pub(super) links: Vec<InlineLink>,
    /// Whether it begins in bold.
    pub(super) starts_bold: bool,
    /// Bytes of the visible text that the bold beginning covers.
    pub(super) bold_end: usize,
}

/// Bytes that the address of a link may have.
const MAX_URL_BYTES: usize = 4096;

/// Takes the markup off the bytes `range` (one line) of `source`.
pub(super) fn clean(source: &str, range: Range<usize>) -> Cleaned {
    let mut cleaner = Cleaner {
        source,
        end: range.end,
        at: range.start,
        open_labels: Vec::new(),
        link_brackets: link_brackets(&source[range.clone()]),
        start: range.start,
        is_code: false,
        stars: star_pairs(&source[range.clone()]),
        star_index: 0,
        cleaned: Cleaned::default(),
        bold_open: false,
    };
    cleaner.run();
    let mut cleaned = cleaner.cleaned;
    let lead = cleaned.text.as_str().len() - cleaned.text.as_str().trim_start().len();
    cleaned.text.trim();
    cleaned.bold_end = cleaned
        .bold_end
        .saturating_sub(lead)
        .min(cleaned.text.as_str().len());
    for link in &mut cleaned.links {
        let len = cleaned.text.as_str().len();
        link.label.start = link.label.start.saturating_sub(lead).min(len);
        link.label.end = link.label.end.saturating_sub(lead).min(len);
    }
    cleaned
}

struct Cleaner<'a> {
    source: &'a str,
    end: usize,
    at: usize,
    /// Visible offsets where the text of each open link begins; `true` for an image.
    open_labels: Vec<(usize, bool)>,
    /// Offsets in the line of the `[` that open a link, ascending.
    link_brackets: Vec<usize>,
    start: usize,
    is_code: bool,
    /// For each single star of the line, in order: whether it is markup.
    stars: Vec<bool>,
    star_index: usize,
    cleaned: Cleaned,
    bold_open: bool,
}

impl<'a> Cleaner<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..self.end]
    }

    fn visible_len(&self) -> usize {
        self.cleaned.text.as_str().len()
    }

    fn run(&mut self) {
        while self.at < self.end {
            if !self.step() {
                self.push_char();
            }
        }
    }

    /// Shows the next character as it is.
    fn push_char(&mut self) {
        let Some(character) = self.rest().chars().next() else {
            self.at = self.end;
            return;
        };
        let len = character.len_utf8();
        let shown = &self.source[self.at..self.at + len];
        self.cleaned.text.push(shown, self.at);
        self.at += len;
    }

    /// Takes off the markup at the current byte; `false` when there is none.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        match bytes[0] {
            b'`' => {
                let run = bytes.iter().take_while(|byte| **byte == b'`').count();
                self.is_code = !self.is_code;
                self.at += run;
                if !self.is_code && self.rest().trim_start().starts_with('`') {
                    self.part();
                }
                true
            }
            b'<' => self.tag(),
            b'&' => self.entity(),
            _ if self.is_code => false,
            b'\\' => self.escape(),
            b'*' | b'_' => self.emphasis(),
            b'~' if rest.starts_with("~~") && !rest.starts_with("~~~") => {
                let is_between_dates = rest[2..]
                    .trim_start()
                    .starts_with(|c: char| c.is_ascii_digit());
                if is_between_dates {
                    return false;
                }
                self.at += 2;
                true
            }
            b'[' => {
                if rest.starts_with("[[") && rest[..floor(rest, 400)].contains("]]") {
                    return self.org_link();
                }
                self.open_label(1)
            }
            b'!' if rest.starts_with("![") => self.open_label(2),
            b']' => self.close_label(),
            _ => false,
        }
    }

    /// Drops a backslash before punctuation, and one at the end of the line.
    fn escape(&mut self) -> bool {
        let rest = self.rest();
        let next = rest[1..].chars().next();
        match next {
            None => {
                self.at = self.end;
                true
            }
            Some(character) if character.is_ascii_punctuation() => {
                self.at += 1;
                self.push_char();
                true
            }
            Some(' ') if rest.trim_end() == "\\" => {
                self.at = self.end;
                true
            }
            Some(_) => false,
        }
    }

    /// Drops the signs of emphasis and notes whether the line begins in bold.
    fn emphasis(&mut self) -> bool {
        let rest = self.rest();
        let sign = rest.as_bytes()[0];
        let run = rest.bytes().take_while(|byte| *byte == sign).count();
        if sign == b'_' {
            let before = self.source[..self.at].chars().next_back();
            let after = rest[run..].chars().next();
            let in_word = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
            if in_word(before) && in_word(after) {
                return false;
            }
            if run == 1 && !(in_word(before) ^ in_word(after)) {
                return false;
            }
        } else if run == 1 {
            let is_markup = self.stars.get(self.star_index).copied().unwrap_or(false);
            self.star_index += 1;
            if !is_markup {
                return false;
            }
        }
        if run >= 2 {
            self.mark_bold();
        }
        self.at += run;
        true
    }

    /// Notes a sign that switches bold on or off.
    fn mark_bold(&mut self) {
        let visible = self.visible_len();
        if self.bold_open {
            self.bold_open = false;
            if self.cleaned.starts_bold && self.cleaned.bold_end == 0 {
                self.cleaned.bold_end = visible;
            }
            return;
        }
        self.bold_open = true;
        if self.cleaned.text.as_str().trim().is_empty() {
            self.cleaned.starts_bold = true;
        }
    }

    /// Drops a tag or the brackets of an address.
    fn tag(&mut self) -> bool {
        let rest = self.rest();
        if let Some(address) = auto_link(rest) {
            let start = self.at + 1;
            let label = self.visible_len()..self.visible_len() + address.len();
            let url = address.to_owned();
            let shown = &self.source[start..start + url.len()];
            self.cleaned.text.push(shown, start);
            self.at += url.len() + 2;
            self.cleaned.links.push(InlineLink { label, url });
            return true;
        }
        let Some(tag) = tag_at(rest) else {
            return false;
        };
        let (name, len, is_closing) = (tag.name, tag.len, tag.is_closing);
        match name.as_str() {
            "b" | "strong" | "th" => self.mark_bold(),
            "img" => self.image_alt(len),
            "a" if !is_closing => {
                if let Some((url, _)) = attribute(&rest[..len], "href") {
                    let at = self.visible_len();
                    let url = url.to_owned();
                    self.cleaned.links.push(InlineLink { label: at..at, url });
                }
            }
            "a" => {
                let at = self.visible_len();
                if let Some(link) = self.cleaned.links.last_mut()
                    && link.label.is_empty()
                {
                    link.label.end = at;
                }
            }
            "kbd" | "code" | "samp" | "mark" if is_closing => {
                let behind = rest[len..].trim_start();
                if ["<kbd", "<code", "<samp", "<mark"]
                    .iter()
                    .any(|tag| behind.starts_with(tag))
                {
                    self.part();
                }
            }
            "br" | "hr" => {
                let range = self.at..self.at + len;
                self.cleaned.text.push_decoded(" ", range);
            }
            _ => {}
        }
        self.at += len;
        true
    }

    /// Parts two tags that stand side by side: `` `Go` `gRPC` ``, `<kbd>Go</kbd> <kbd>gRPC</kbd>`.
    fn part(&mut self) {
        self.cleaned.text.push_decoded("、", self.at..self.at);
    }

    /// Shows the alternative text of an image tag.
    fn image_alt(&mut self, len: usize) {
        let tag = &self.source[self.at..self.at + len];
        let alt = attribute(tag, "alt").filter(|(alt, _)| !is_generic_alt(alt));
        if let Some((alt, offset)) = alt {
            let at = self.at + offset;
            let shown = &self.source[at..at + alt.len()];
            self.cleaned.text.push_decoded(" ", self.at..self.at);
            self.cleaned.text.push(shown, at);
        } else if let Some((url, offset)) = attribute(tag, "src")
            && let Some((names, range)) = badge_names(url)
        {
            let at = self.at + offset;
            self.cleaned.text.push_decoded(" ", self.at..self.at);
            self.cleaned
                .text
                .push_decoded(&names, at + range.start..at + range.end);
        } else {
            return;
        }
        let is_row = self.source[self.at + len..self.end]
            .trim_start()
            .starts_with("<img");
        let sign = if is_row { "、" } else { " " };
        self.cleaned.text.push_decoded(sign, self.at..self.at);
    }

    /// Decodes an entity.
    fn entity(&mut self) -> bool {
        let rest = self.rest();
        let Some(len) = rest.bytes().take(12).position(|byte| byte == b';') else {
            return false;
        };
        let Some(character) = decode_entity(&rest[1..len]) else {
            return false;
        };
        let range = self.at..self.at + len + 1;
        self.cleaned
            .text
            .push_decoded(character.encode_utf8(&mut [0; 4]), range);
        self.at += len + 1;
        true
    }

    /// Shows the text of `[[url][text]]`, or the address where it has none.
    fn org_link(&mut self) -> bool {
        let rest = self.rest();
        let Some(close) = rest.find("]]") else {
            return false;
        };
        let inner = &rest[2..close];
        let (url, label) = inner.split_once("][").unwrap_or((inner, inner));
        let label_at = self.at + 2 + inner.len() - label.len();
        let start = self.visible_len();
        let (url, label_len) = (url.to_owned(), label.len());
        let shown = &self.source[label_at..label_at + label_len];
        self.cleaned.text.push(shown, label_at);
        self.cleaned.links.push(InlineLink {
            label: start..start + label_len,
            url,
        });
        self.at += close + 2;
        true
    }

    /// Drops the bracket that opens a link's text (`[`) or an image's (`![`, `len` 2).
    fn open_label(&mut self, len: usize) -> bool {
        let bracket = self.at + len - 1 - self.start;
        if self.link_brackets.binary_search(&bracket).is_err() {
            return false;
        }
        let at = self.visible_len();
        self.open_labels.push((at, len == 2));
        self.at += len;
        true
    }

    /// Closes a link's text: drops its bracket and its address.
    fn close_label(&mut self) -> bool {
        let rest = &self.source[self.at..self.end];
        let Some((url, len)) = link_target(&rest[1..]) else {
            return false;
        };
        let Some((start, is_image)) = self.open_labels.pop() else {
            return false;
        };
        let url_at = self.at + 2;
        let url = url.trim();
        let is_unnamed = is_generic_alt(&self.cleaned.text.as_str()[start..]);
        if is_image {
            if is_unnamed && let Some((names, range)) = badge_names(url) {
                let lead = self.source[url_at..].find(url).unwrap_or(0);
                let at = url_at + lead;
                self.cleaned.text.push_decoded(" ", self.at..self.at);
                self.cleaned
                    .text
                    .push_decoded(&names, at + range.start..at + range.end);
            }
            let behind = rest[1 + len..].trim_start_matches([' ', '\\']);
            let is_row = behind.starts_with("![") || behind.starts_with("[![");
            let sign = if is_row && !self.cleaned.text.is_empty() {
                "、"
            } else {
                " "
            };
            self.cleaned.text.push_decoded(sign, self.at..self.at);
        } else if !url.is_empty() {
            let label = start..self.visible_len();
            self.cleaned.links.push(InlineLink {
                label,
                url: url.to_owned(),
            });
        }
        self.at += 1 + len;
        true
    }
}

/// Returns the offsets of the `[` of `line` that open a link, ascending.
fn link_brackets(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    let mut open = Vec::new();
    let mut found = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        let is_escaped = at > 0 && bytes[at - 1] == b'\\';
        match byte {
            b'[' if !is_escaped => open.push(at),
            b']' if !is_escaped => {
                let Some(start) = open.pop() else { continue };
                if link_target(&line[at + 1..]).is_some() {
                    found.push(start);
                }
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

/// Returns the greatest char boundary of `text` that is at most `at`.
fn floor(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

/// Reads the address behind `]`: it, and the bytes with its brackets.
fn link_target(rest: &str) -> Option<(&str, usize)> {
    if !rest.starts_with('(') {
        return None;
    }
    let mut depth = 0usize;
    for (at, byte) in rest.bytes().enumerate().take(MAX_URL_BYTES) {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    let inner = &rest[1..at];
                    let url = inner.split_whitespace().next().unwrap_or("");
                    let looks_like_url =
                        url.is_empty() || url.contains(['/', '.', '#', ':', '@']) || url.is_ascii();
                    return looks_like_url.then_some((url, at + 1));
                }
            }
            b'[' | b']' => return None,
            _ => {}
        }
    }
    None
}

/// Returns the address in `<https://…>` or `<a@b>`.
fn auto_link(rest: &str) -> Option<&str> {
    let inner = rest.get(1..)?;
    let len = inner
        .bytes()
        .take(MAX_URL_BYTES)
        .position(|byte| matches!(byte, b'>' | b'<' | b' '))?;
    if inner.as_bytes()[len] != b'>' {
        return None;
    }
    let address = &inner[..len];
    let is_address = address.starts_with("http://")
        || address.starts_with("https://")
        || address.starts_with("mailto:")
        || (address.contains('@') && !address.contains('='));
    is_address.then_some(address)
}

/// For each single `*` of `line`, in order: whether it is one of a pair that marks emphasis.
fn star_pairs(line: &str) -> Vec<bool> {
    let bytes = line.as_bytes();
    let mut stars: Vec<(bool, bool)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'*' {
            at += 1;
            continue;
        }
        let run = bytes[at..].iter().take_while(|byte| **byte == b'*').count();
        let is_escaped = at > 0 && bytes[at - 1] == b'\\';
        if run == 1 && !is_escaped {
            let blank = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            let can_open = !blank(bytes.get(at + 1));
            let can_close = !blank(before);
            stars.push((can_open, can_close));
        }
        at += run;
    }
    let mut is_markup = vec![false; stars.len()];
    let mut open = None;
    for (index, (can_open, can_close)) in stars.iter().enumerate() {
        match open {
            Some(first) if *can_close => {
                is_markup[first] = true;
                is_markup[index] = true;
                open = None;
            }
            _ if *can_open => open = Some(index),
            _ => {}
        }
    }
    is_markup
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Its name in lower case.
    pub(super) name: String,
    /// Its bytes from `<` to `>`.
    pub(super) len: usize,
    /// Whether it begins with `</`.
    pub(super) is_closing: bool,
}

/// Names of the elements of HTML that documents use.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "base",
    "big",
    "blockquote",
    "body",
    "br",
    "bt",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Reads the tag that `rest` begins with.
pub(super) fn tag_at(rest: &str) -> Option<Tag> {
    let bytes = rest.as_bytes();
    if bytes.first() != Some(&b'<') {
        return None;
    }
    let is_closing = bytes.get(1) == Some(&b'/');
    let name_at = if is_closing { 2 } else { 1 };
    let name_len = bytes[name_at..]
        .iter()
        .take(12)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let name = rest.get(name_at..name_at + name_len)?.to_ascii_lowercase();
    if !ELEMENTS.contains(&name.as_str()) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(name_at + name_len) {
        match (quote, byte) {
            (None, b'>') => {
                return Some(Tag {
                    name,
                    len: at + 1,
                    is_closing,
                });
            }
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), _) if open == *byte => quote = None,
            _ => {}
        }
        if at > MAX_URL_BYTES {
            return None;
        }
    }
    None
}

/// Returns the value of an attribute and the byte of `tag` it begins at.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<(&'a str, usize)> {
    let lower = tag.to_ascii_lowercase();
    let needle = format!("{name}=");
    let at = lower.find(&needle)? + needle.len();
    let quote = tag[at..].chars().next()?;
    if quote != '"' && quote != '\'' {
        let len = tag[at..].find([' ', '>'])?;
        return Some((&tag[at..at + len], at));
    }
    let len = tag[at + 1..].find(quote)?;
    Some((&tag[at + 1..at + 1 + len], at + 1))
}

/// Decodes the inside of an entity: `amp`, `#39`, `#x27`.
fn decode_entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|character| !character.is_control());
    }
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "middot" => '・',
        "bull" => '•',
        "copy" => '©',
        "reg" => '®',
        "times" => '×',
        "rarr" => '→',
        "yen" => '¥',
        _ => return None,
    };
    Some(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        assert_eq!(clean(line, 0..line.len()).text.as_str(), expected, "{line}");
    }

    #[test]
    fn markup_is_taken_off() {
        check("**太字** と *斜体* と `code`", "太字 と 斜体 と code");
        check("Oracle/SQL*Plus", "Oracle/SQL*Plus");
        check("snake_case と __太字__", "snake_case と 太字");
        check("[文字](https://example.com/a_(b))", "文字");
        check("Go（[echo](https://echo.example.com)）", "Go（echo）");
        check("[SE] 申し送り", "[SE] 申し送り");
        check("<u>案件：X</u><br />", "案件：X");
        check(
            "株式会社X<客先常駐として参画>",
            "株式会社X<客先常駐として参画>",
        );
        check("<https://example.com/>", "https://example.com/");
        check("A &amp; B", "A & B");
        check("a\\_b \\(c\\)", "a_b (c)");
        check("C#(<=7.3)", "C#(<=7.3)");
        check("[[https://example.com][送付]]した", "送付した");
        check(
            "![Rust](https://img.example.com/badge/-Rust-000.svg)",
            "Rust",
        );
        check("![](https://img.example.com/badge/-Rust-000.svg)", "Rust");
        check("課題:\\", "課題:");
        check("<img alt=\"Go\" src=\"a.png\">", "Go");
        check("2016~~2019", "2016~~2019");
    }

    #[test]
    fn bold_beginnings_are_noted() {
        let cleaned = clean("**株式会社X**（2016）", 0.."**株式会社X**（2016）".len());
        assert!(cleaned.starts_bold);
        assert_eq!(&cleaned.text.as_str()[..cleaned.bold_end], "株式会社X");
        let cleaned = clean("a **b**", 0..7);
        assert!(!cleaned.starts_bold);
    }

    #[test]
    fn links_keep_their_address() {
        let line = "GitHub: [x](https://github.com/x)";
        let cleaned = clean(line, 0..line.len());
        assert_eq!(cleaned.links.len(), 1);
        assert_eq!(cleaned.links[0].url, "https://github.com/x");
        assert_eq!(&cleaned.text.as_str()[cleaned.links[0].label.clone()], "x");
    }
}
