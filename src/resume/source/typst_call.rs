//! Typst's functions: what a document's own ones are given, read as entries.

use std::ops::Range;

use super::super::text::Text;
use super::SourceForm;
use super::data::Node;
use super::data_date::settle;
use super::data_key::{shown_key, title_of};
use super::data_time::{is_period_key, period_of};
use super::entry::Entry;
use super::latex::floor;
use super::typst::{MAX_SHORT_BYTES, Reader};
use super::typst_expand::name_len;

/// Bytes that the name of an argument may have, the blanks before it included.
const MAX_NAME_BYTES: usize = 60;

/// Parameters that a function may have.
const MAX_PARAMETERS: usize = 16;

/// Bytes that the body of a function may have which is written out.
const MAX_BODY_BYTES: usize = 600;

/// A function of the document.
#[derive(Clone, Debug, Default)]
pub(super) struct Function {
    /// The name and the default of each parameter.
    pub(super) parameters: Vec<(Text, Option<Node>)>,
    pub(super) body: Range<usize>,
    /// The bytes of its definition.
    pub(super) definition: Range<usize>,
    /// The level of the heading that it makes.
    pub(super) heading: Option<u8>,
    /// Whether it shows text in a line.
    pub(super) is_inline: bool,
}

/// Parameters left out whose defaults are read, and the bytes that one may have: each call repeats
/// them.
const MAX_DEFAULTS: usize = 4;
const MAX_DEFAULT_BYTES: usize = 24;

impl Reader<'_> {
    /// Returns the level of the heading that a function makes; `None` where it makes none.
    pub(super) fn heading_level(&self, name: &str, arguments: &[Range<usize>]) -> Option<u8> {
        if let Some(own) = self.functions.get(name) {
            return own.heading;
        }
        if name == "heading" {
            let level = arguments.iter().find_map(|range| {
                let value = self.text[range.clone()].trim().strip_prefix("level:")?;
                value.trim().parse::<u8>().ok()
            });
            return Some(level.unwrap_or(1).clamp(1, 12) + 1);
        }
        let name = name.to_ascii_lowercase();
        let is_section = name.ends_with("section") || name.ends_with("heading");
        is_section.then_some(if name.contains("sub") { 3 } else { 2 })
    }

    /// Returns the short texts that a heading is given.
    pub(super) fn titles(
        &self,
        arguments: &[Range<usize>],
        contents: &[Range<usize>],
        is_short: impl Fn(&Range<usize>) -> bool,
    ) -> Vec<Text> {
        let positional = arguments
            .iter()
            .filter(|range| self.named((*range).clone()).0.is_none());
        let all: Vec<&Range<usize>> = positional.chain(contents).collect();
        if !all.iter().all(|range| is_short(range)) {
            return Vec::new();
        }
        all.into_iter()
            .filter_map(|range| self.value(range.clone()))
            .collect()
    }

    /// Adds an entry: as a heading, or as an item where nothing else is told of it.
    pub(super) fn entry(&mut self, entry: Entry, has_content: bool) {
        self.flush();
        if entry.rest.is_empty() && !has_content {
            return self.lines.push(SourceForm::Item, 2, entry.heading);
        }
        self.level = (self.level + 1).min(12);
        self.lines
            .push(SourceForm::Heading(self.level), 0, entry.heading);
        for rest in entry.rest {
            self.lines.push(SourceForm::Plain, 0, rest);
        }
    }

    /// Notes what `#let name(a, b: "c") = …` defines; its value ends at byte `end`.
    pub(super) fn define(&mut self, from: usize, end: usize) {
        let text = self.text;
        let rest = text[from..end.max(from)].trim_start_matches([' ', '\t']);
        let start = end.max(from) - rest.len();
        let len = name_len(rest);
        if len == 0 {
            return;
        }
        let name = &text[start..start + len];
        let is_function = rest[len..].starts_with('(');
        let close = match is_function {
            true => self.closes[start + len] as usize,
            false => start + len - 1,
        };
        if close >= end {
            return;
        }
        let Some(sign) = text[close + 1..end].find('=') else {
            return;
        };
        let body = close + 2 + sign..end;
        if !text[close + 1..body.start - 1].trim().is_empty() {
            return;
        }
        if !is_function {
            if body.len() <= MAX_SHORT_BYTES && text[body.clone()].trim().starts_with(['"', '[']) {
                self.variables.insert(name, body);
            }
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
        let content = text[body.clone()].trim();
        let inner = content.trim_start_matches(['[', '{', ' ', '\n']);
        let signs = inner.bytes().take_while(|byte| *byte == b'=').count();
        let heading = if signs > 0 && inner[signs..].starts_with(" #") {
            u8::try_from(signs.min(11)).ok().map(|level| level + 1)
        } else if inner.starts_with("heading(") {
            let level = inner.split_once("level:").and_then(|(_, rest)| {
                let rest = rest.trim_start();
                rest.as_bytes().first().filter(|sign| sign.is_ascii_digit())
            });
            Some(level.map_or(2, |sign| sign - b'0' + 1))
        } else {
            None
        };
        // One with more than a title makes an entry.
        let heading = heading
            .filter(|_| close - start - len <= 24 && !text[start + len..close].contains(','));
        let is_inline = body.len() <= MAX_BODY_BYTES
            && !content.contains('\n')
            && content.starts_with(['[', '"', 't', 's', 'e', 'b', 'h', 'u'])
            && !content.contains(".map(")
            && !content.contains(" for ")
            && heading.is_none();
        let function = Function {
            parameters,
            definition: start..end,
            body,
            heading,
            is_inline,
        };
        self.functions.insert(name, function);
    }

    /// Returns whether a function of the document is given a time.
    pub(super) fn is_dated(&self, name: &str) -> bool {
        self.functions
            .get(name)
            .is_some_and(|own| own.parameters.iter().any(|(key, _)| is_period_key(key)))
    }

    /// Returns what a function is given, by the names of its parameters.
    pub(super) fn members(&self, name: &str, arguments: &[Range<usize>]) -> Vec<(Text, Node)> {
        let own = self.functions.get(name);
        let parameters = own.map_or(&[][..], |own| own.parameters.as_slice());
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
            found.push((key, settle(self.node(value, 0))));
        }
        let missing: Vec<(Text, Node)> = parameters
            .iter()
            .filter(|(key, _)| {
                found
                    .iter()
                    .all(|(other, _)| other.as_str() != key.as_str())
            })
            .filter_map(|(key, default)| match default {
                Some(Node::Scalar(text)) if text.as_str().len() <= MAX_DEFAULT_BYTES => {
                    Some((key.clone(), Node::Scalar(text.clone())))
                }
                _ => None,
            })
            .take(MAX_DEFAULTS)
            .collect();
        found.extend(missing);
        found
    }

    /// Splits `name: value`; the name is `None` where there is only a value.
    pub(super) fn named(&self, range: Range<usize>) -> (Option<Text>, Range<usize>) {
        let end = floor(self.text, range.start + MAX_NAME_BYTES, range.end);
        let raw = &self.text[range.start..end];
        let Some((name, _)) = raw.split_once(':') else {
            return (None, range);
        };
        let key = name.trim();
        let is_name = !key.is_empty()
            && key
                .chars()
                .all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'));
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
        if let Some(text) = self.value(range.clone()) {
            return Node::Scalar(text);
        }
        if content.starts_with(|sign: char| sign.is_ascii_digit()) {
            let len = content.bytes().take_while(u8::is_ascii_digit).count();
            let mut text = Text::default();
            text.push(&content[..len], start);
            return Node::Scalar(text);
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
}

/// Reads what a function is given as an entry, where a parameter's name says that it states a time;
/// a part of a career without one where `is_part`.
pub(super) fn keyed_entry(members: &[(Text, Node)], is_part: bool) -> Option<Entry> {
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
pub(super) fn labelled(key: &Text, value: &Node) -> Option<Text> {
    let shown = shown_key(key, 3);
    let mut line = Text::default();
    if shown.as_str() != key.as_str() || !key.as_str().is_ascii() {
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
