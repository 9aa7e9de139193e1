//! Inline markup to visible text: emphasis, links, images, code spans, tags, entities, escapes.

use shokureki_index::words;
use std::ops::Range;

use crate::domain::DocumentFormat;

use super::text::Text;

mod attribute_list;
mod badge;
mod link;
mod org;
mod shortcode;
mod tag;

pub(super) use tag::{attribute, comment_len, tag_at};

use attribute_list::attribute_list;
use badge::{badge_names, is_generic_alt};
use link::{auto_link, floor, link_brackets, link_target, star_pairs};
use tag::decode_entity;

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
    /// Bytes of the visible text that are the first in bold.
    pub(super) bold: Option<Range<usize>>,
    /// Bytes of the visible text that are in bold behind those.
    pub(super) more_bold: Vec<Range<usize>>,
}

/// Bytes that the address of a link may have.
const MAX_URL_BYTES: usize = 4096;

/// Takes the markup of `format` off the bytes `range` (one line) of `source`.
pub(super) fn clean(source: &str, range: Range<usize>, format: DocumentFormat) -> Cleaned {
    let mut cleaner = Cleaner {
        source,
        end: range.end,
        at: range.start,
        is_org: format == DocumentFormat::Org,
        is_markdown: format == DocumentFormat::Markdown,
        after_tag: false,
        open_labels: Vec::new(),
        link_brackets: link_brackets(&source[range.clone()]),
        start: range.start,
        is_code: false,
        stars: star_pairs(&source[range.clone()]),
        star_index: 0,
        cleaned: Cleaned {
            text: Text::with_capacity(range.len()),
            ..Cleaned::default()
        },
        bold_open: None,
        bold_inner: 0,
    };
    cleaner.run();
    let mut cleaned = cleaner.cleaned;
    let lead = cleaned.text.as_str().len() - cleaned.text.as_str().trim_start().len();
    cleaned.text.trim();
    let len = cleaned.text.as_str().len();
    let trimmed = |range: &Range<usize>| {
        range.start.saturating_sub(lead).min(len)..range.end.saturating_sub(lead).min(len)
    };
    cleaned.bold = cleaned.bold.as_ref().map(trimmed);
    for bold in &mut cleaned.more_bold {
        *bold = trimmed(bold);
    }
    for link in &mut cleaned.links {
        link.label = trimmed(&link.label);
    }
    cleaned
}

struct Cleaner<'a> {
    source: &'a str,
    end: usize,
    at: usize,
    is_org: bool,
    is_markdown: bool,
    /// Whether a code span, a key or a badge has ended, and nothing but blanks follows it so far.
    after_tag: bool,
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
    /// Where the bold that is open begins in the visible text.
    bold_open: Option<usize>,
    /// Bold that opened at the same place inside of it: `<u>**a**</u>`.
    bold_inner: usize,
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
                if !self.is_org {
                    self.push_plain();
                }
            }
        }
    }

    /// Shows what follows up to the next sign of markup.
    fn push_plain(&mut self) {
        let rest = self.rest();
        let len = rest.bytes().position(is_sign).unwrap_or(rest.len());
        let plain = &rest[..len];
        self.cleaned.text.push(plain, self.at);
        self.at += len;
        self.after_tag = self.after_tag && plain.trim().is_empty();
    }

    /// Shows the next character as it is.
    fn push_char(&mut self) {
        let Some(character) = self.rest().chars().next() else {
            self.at = self.end;
            return;
        };
        let len = character.len_utf8();
        let range = self.at..self.at + len;
        if matches!(character, '\n' | '\r') {
            self.cleaned.text.push_decoded(" ", range);
        } else {
            self.cleaned.text.push(&self.source[range], self.at);
        }
        self.at += len;
        self.after_tag &= character.is_whitespace();
    }

    /// Takes off the markup at the current byte; `false` when there is none.
    fn step(&mut self) -> bool {
        if self.is_org && !self.is_code && self.org_step() {
            return true;
        }
        let rest = self.rest();
        let bytes = rest.as_bytes();
        match bytes[0] {
            b'`' => {
                let run = bytes.iter().take_while(|byte| **byte == b'`').count();
                self.is_code = !self.is_code;
                self.at += run;
                if !self.is_code {
                    self.end_tag();
                }
                true
            }
            b'<' => self.tag(),
            b'&' => self.entity(),
            _ if self.is_code => false,
            b'\\' => self.escape(),
            b'{' if self.is_markdown => match attribute_list(rest) {
                Some(len) => {
                    self.at += len;
                    true
                }
                None => false,
            },
            b':' if self.is_markdown => {
                let before = &self.source[self.start..self.at];
                let len = shortcode::shortcode(before, rest);
                self.at += len.unwrap_or(0);
                len.is_some()
            }
            b'*' | b'_' => self.emphasis(),
            b'~' if rest.starts_with("~~") && !rest.starts_with("~~~") => {
                let is_between_dates = rest[2..]
                    .trim_start()
                    .starts_with(|c: char| c.is_ascii_digit());
                if is_between_dates {
                    return false;
                }
                self.at +=
                    2 + struck_out(&self.source[..self.at], &rest[2..]).map_or(0, |len| len + 2);
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
        } else if run == 1 || run == 3 {
            let is_markup = self.stars.get(self.star_index).copied().unwrap_or(false);
            self.star_index += 1;
            if !is_markup && run == 1 {
                return false;
            }
        }
        // One star is bold in Org, and a slant elsewhere.
        if run >= 2 || self.is_org && sign == b'*' {
            self.mark_bold();
        }
        self.at += run;
        true
    }

    /// Notes a sign that switches bold on or off.
    fn mark_bold(&mut self) {
        let visible = self.visible_len();
        match self.bold_open.take() {
            Some(start) if start == visible => {
                self.bold_inner += 1;
                self.bold_open = Some(start);
            }
            Some(start) if self.bold_inner > 0 => {
                self.bold_inner -= 1;
                self.bold_open = Some(start);
            }
            Some(start) if self.cleaned.bold.is_none() => {
                self.cleaned.bold = Some(start..visible);
            }
            Some(start) => self.cleaned.more_bold.push(start..visible),
            None => self.bold_open = Some(visible),
        }
    }

    /// Drops a tag or the brackets of an address.
    fn tag(&mut self) -> bool {
        let rest = self.rest();
        if let Some(len) = comment_len(rest) {
            self.at += len;
            return true;
        }
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
        let is_left_out =
            || struck_element(&name, &rest[len..]).or_else(|| reading_element(&name, &rest[len..]));
        if !is_closing && let Some(struck) = is_left_out() {
            self.at += len + struck;
            return true;
        }
        match name.as_str() {
            "input" if is_empty_checkbox(&rest[..len]) => {
                self.cleaned.text.push_decoded("☐", self.at..self.at + len);
            }
            "b" | "strong" | "th" | "u" | "ins" => self.mark_bold(),
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
            "br" | "hr" => {
                let range = self.at..self.at + len;
                self.cleaned.text.push_decoded(" ", range);
            }
            _ => {}
        }
        self.at += len;
        match name.as_str() {
            "kbd" | "code" if is_closing => self.end_tag(),
            // 「<span>居住地</span><span>千葉県</span>」
            "span" if is_closing && self.source[self.at..].starts_with("<span") => {
                self.cleaned.text.push_decoded(" ", self.at..self.at);
            }
            "img" => {
                self.end_tag();
                if !self.cleaned.text.as_str().ends_with('、') {
                    self.cleaned.text.push_decoded(" ", self.at..self.at);
                }
            }
            _ => {}
        }
        true
    }

    /// Shows the alternative text of an image tag, or what its address names.
    fn image_alt(&mut self, len: usize) {
        let tag = &self.source[self.at..self.at + len];
        let alt = attribute(tag, "alt").filter(|(alt, _)| !is_generic_alt(alt));
        let is_apart = !self.after_tag;
        if is_apart {
            self.cleaned.text.push_decoded(" ", self.at..self.at);
        }
        if let Some((alt, offset)) = alt {
            self.cleaned.text.push(alt, self.at + offset);
        } else if let Some((url, offset)) = attribute(tag, "src")
            && let Some((names, range)) = badge_names(url)
        {
            let at = self.at + offset;
            self.cleaned
                .text
                .push_decoded(&names, at + range.start..at + range.end);
        }
    }

    /// Ends a code span, a key or a badge: where another follows, 、 parts them.
    fn end_tag(&mut self) {
        let rest = self.rest();
        let next = rest.trim_start();
        let opens = words!["`", "<kbd", "<code", "![", "[![", "<img"].begin(next);
        self.after_tag = true;
        if opens {
            let range = self.at..self.at + rest.len() - next.len();
            self.at = range.end;
            self.cleaned.text.push_decoded("、", range);
        }
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
                if self.visible_len() > start {
                    self.cleaned.text.push_decoded(" ", self.at..self.at);
                }
                self.cleaned
                    .text
                    .push_decoded(&names, at + range.start..at + range.end);
            }
        } else if !url.is_empty() {
            let label = start..self.visible_len();
            self.cleaned.links.push(InlineLink {
                label,
                url: url.to_owned(),
            });
        }
        self.at += 1 + len;
        if is_image || self.after_tag {
            self.end_tag();
        }
        if is_image && !self.cleaned.text.as_str().ends_with('、') {
            self.cleaned.text.push_decoded(" ", self.at..self.at);
        }
        true
    }
}

/// Returns whether a byte may begin markup, or ends a line.
fn is_sign(byte: u8) -> bool {
    matches!(
        byte,
        b'`' | b'<'
            | b'&'
            | b'\\'
            | b'*'
            | b'_'
            | b'~'
            | b'['
            | b'!'
            | b']'
            | b'{'
            | b':'
            | b'\n'
            | b'\r'
    )
}

/// Bytes of what is struck out.
const MAX_STRUCK_BYTES: usize = 200;

/// Returns the length of what is struck out behind `~~`: 「~~Perl~~」; none behind a date, where the
/// sign is one of a stretch: 「2016年~~現在」.
fn struck_out(before: &str, rest: &str) -> Option<usize> {
    let is_date = before
        .ends_with(|last: char| last.is_numeric() || matches!(last, '年' | '月' | '日' | ' '));
    let is_first = before.trim_end_matches(' ').is_empty() || before.ends_with(['\n', ' ', '|']);
    let near = &rest[..floor(rest, MAX_STRUCK_BYTES)];
    let len = near.find("~~")?;
    let inner = &near[..len];
    let is_text = !inner.is_empty()
        && !inner.contains('\n')
        && !inner.starts_with(char::is_whitespace)
        && !inner.ends_with(char::is_whitespace);
    let has_date = inner.contains(|character: char| character.is_numeric());
    (is_text && (!is_date || is_first && !has_date)).then_some(len)
}

/// Returns the length of what the element `name` strikes out, with its closing tag: `<del>Perl</del>`.
fn struck_element(name: &str, rest: &str) -> Option<usize> {
    if !matches!(name, "del" | "s" | "strike") {
        return None;
    }
    let near = &rest[..floor(rest, MAX_STRUCK_BYTES)];
    let close = format!("</{name}>");
    let end = near.to_ascii_lowercase().find(&close)? + close.len();
    // 「<del>Digdag</del> は途中で置き換え」 tells of it all the same.
    let is_topic = rest[end..].trim_start().starts_with(['は', 'が', 'を']);
    (!is_topic).then_some(end)
}

/// Returns the length of how the characters before are read, with its closing tag: 「<ruby>期間<rt>キカン</rt></ruby>」.
/// It parts the words that it stands between.
fn reading_element(name: &str, rest: &str) -> Option<usize> {
    if !matches!(name, "rt" | "rp") {
        return None;
    }
    let near = &rest[..floor(rest, MAX_READING_BYTES)];
    let close = format!("</{name}>");
    Some(near.to_ascii_lowercase().find(&close)? + close.len())
}

/// Bytes of how a word is read.
const MAX_READING_BYTES: usize = 120;

/// Returns whether a tag is a box to tick that is not ticked.
fn is_empty_checkbox(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let is_box = tag.contains("type=\"checkbox\"") || tag.contains("type=checkbox");
    is_box && !tag.contains(" checked")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        assert_eq!(
            clean(line, 0..line.len(), DocumentFormat::Markdown)
                .text
                .as_str(),
            expected,
            "{line}"
        );
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
        check("~~Perl~~ Python", "Python");
        check("Go、<del>Perl</del>、<s>Ruby</s>Java", "Go、、Java");
        check("<input type=\"checkbox\" disabled> EKS", "☐ EKS");
        check("<input type=\"checkbox\" checked> EC2", "EC2");
        check("*Sep 2022 — *", "Sep 2022 —");
        check("a * b *", "a * b *");
        check("*a — **Apr 2019 – Present***", "a — Apr 2019 – Present");
        check("`Vue 3` `Go`、`C` と `R`", "Vue 3、Go、C と R");
        check("<kbd>Vue 3</kbd> <kbd>Go</kbd>", "Vue 3、Go");
        check(
            "![](https://img.shields.io/badge/-Three.js-000) ![](https://img.shields.io/badge/C%2B%2B-blue?style=flat)",
            "Three.js、C++",
        );
        check(
            "![](https://img.shields.io/badge/GitHub_Actions-2088FF.svg)",
            "GitHub Actions",
        );
    }

    #[test]
    fn bold_beginnings_are_noted() {
        let cleaned = clean(
            "**株式会社X**（2016）",
            0.."**株式会社X**（2016）".len(),
            DocumentFormat::Markdown,
        );
        assert_eq!(cleaned.bold, Some(0.."株式会社X".len()));
        for line in ["<u>**1. a**</u>", "**<u>1. a</u>**"] {
            let cleaned = clean(line, 0..line.len(), DocumentFormat::Markdown);
            assert_eq!(cleaned.bold, Some(0..4), "{line}");
        }
        let cleaned = clean("a **b**", 0..7, DocumentFormat::Markdown);
        assert_eq!(cleaned.bold, Some(2..3));
    }

    #[test]
    fn links_keep_their_address() {
        let line = "GitHub: [x](https://github.com/x)";
        let cleaned = clean(line, 0..line.len(), DocumentFormat::Markdown);
        assert_eq!(cleaned.links.len(), 1);
        assert_eq!(cleaned.links[0].url, "https://github.com/x");
        assert_eq!(&cleaned.text.as_str()[cleaned.links[0].label.clone()], "x");
    }
}
