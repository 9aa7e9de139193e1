//! What Typst's content and expressions show: the document's own names stand for what they are given.

use std::ops::Range;

use super::super::text::Text;
use super::typst::{Reader, is_comment};
use super::typst_inline::inline;

/// Functions inside functions that are written out.
const MAX_DEPTH: usize = 8;

/// Parameters that are bound.
const MAX_ARGUMENTS: usize = 16;

/// What the parameters of a function stand for.
type Given = [(String, Text)];

/// Functions that say how something looks: what they are given by name is not shown.
const LOOKS: &[&str] = &[
    "text",
    "strong",
    "emph",
    "block",
    "box",
    "align",
    "pad",
    "rect",
    "underline",
    "highlight",
    "par",
    "columns",
    "footnote",
    "circle",
    "stack",
    "place",
    "raw",
    "smallcaps",
    "super",
    "sub",
    "move",
    "rotate",
    "scale",
    "upper",
    "lower",
    "quote",
    "figure",
    "overline",
    "strike",
    "ellipse",
    "square",
    "repeat",
    "smartquote",
    "title",
    "center",
    "left",
    "right",
];

/// Functions that show nothing of what they are given.
pub(super) const HIDDEN: &[&str] = &[
    "line",
    "image",
    "pagebreak",
    "colbreak",
    "counter",
    "outline",
    "bibliography",
    "v",
    "label",
    "metadata",
    "state",
    "hide",
    "fa-icon",
    "icon",
    "cite",
    "ref",
    "place-image",
    "datetime",
];

pub(super) fn is_look(name: &str) -> bool {
    LOOKS.contains(&name)
}

impl Reader<'_> {
    /// Shows the content `range`.
    pub(super) fn content(
        &self,
        range: Range<usize>,
        given: &Given,
        depth: usize,
        shown: &mut Text,
    ) {
        let end = range.end;
        let mut at = range.start;
        while at < end && depth <= MAX_DEPTH {
            let rest = &self.text[at..end];
            at = match rest.as_bytes()[0] {
                b'#' => self.code_in_content(at, end, given, depth, shown),
                b'/' if is_comment(self.text, at) => at + rest.find('\n').unwrap_or(rest.len()),
                b'\\' if rest[1..].starts_with(char::is_whitespace) => {
                    shown.push_decoded("\n", at..at + 1);
                    at + 1
                }
                _ => inline(self.text, at, end, shown),
            }
            .max(at + 1);
        }
    }

    /// Shows `#name(…)[…]` in content; returns the byte behind it.
    fn code_in_content(
        &self,
        at: usize,
        end: usize,
        given: &Given,
        depth: usize,
        shown: &mut Text,
    ) -> usize {
        let next = self.behind_term(at + 1, end);
        if next == at + 1 {
            shown.push("#", at);
            return next;
        }
        self.expression(at + 1..next, given, depth, shown);
        next + usize::from(self.text[next..end].starts_with(';'))
    }

    /// Returns the byte behind a name, a string or brackets, and the brackets that follow it.
    fn behind_term(&self, at: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut next = at + name_len(&self.text[at..end]);
        while next < end && matches!(bytes[next], b'(' | b'[') {
            let close = self.closes[next] as usize;
            if close >= end {
                break;
            }
            next = close + 1;
        }
        next
    }

    /// Shows what an expression stands for.
    pub(super) fn expression(
        &self,
        range: Range<usize>,
        given: &Given,
        depth: usize,
        shown: &mut Text,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        let end = range.end;
        let whole = self.text[range.clone()].trim();
        if !whole.is_empty()
            && whole
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            let lead = self.text[range.clone()].find(whole).unwrap_or(0);
            shown.push(whole, range.start + lead);
            return;
        }
        let mut at = range.start;
        while at < end {
            let rest = &self.text[at..end];
            at = match rest.as_bytes()[0] {
                b'"' => self.string(at, end, shown),
                b'[' => {
                    let close = (self.closes[at] as usize).min(end);
                    self.content(at + 1..close, given, depth + 1, shown);
                    close + 1
                }
                b'(' => {
                    let close = (self.closes[at] as usize).min(end);
                    self.expression(at + 1..close, given, depth + 1, shown);
                    close + 1
                }
                _ if rest.starts_with(|sign: char| sign.is_alphabetic() || sign == '_') => {
                    self.term(at, end, given, depth, shown)
                }
                _ => at + rest.chars().next().map_or(1, char::len_utf8),
            };
        }
    }

    /// Shows the string that begins at byte `at`; returns the byte behind it.
    fn string(&self, at: usize, end: usize, shown: &mut Text) -> usize {
        let mut from = at + 1;
        let mut is_escaped = false;
        for (len, sign) in self.text[at + 1..end].char_indices() {
            let here = at + 1 + len;
            if is_escaped {
                is_escaped = false;
                if sign == 'n' {
                    shown.push_decoded(" ", here - 1..here + 1);
                    from = here + 1;
                } else {
                    from = here;
                }
                continue;
            }
            if sign == '\\' {
                shown.push(&self.text[from..here], from);
                is_escaped = true;
            } else if sign == '"' {
                shown.push(&self.text[from..here], from);
                return here + 1;
            }
        }
        shown.push(&self.text[from.min(end)..end], from.min(end));
        end
    }

    /// Shows what a name stands for; returns the byte behind it and what it is given.
    fn term(&self, at: usize, end: usize, given: &Given, depth: usize, shown: &mut Text) -> usize {
        let len = name_len(&self.text[at..end]);
        if len == 0 {
            return at + 1;
        }
        let name = &self.text[at..at + len];
        let next = self.behind_term(at, end).max(at + len);
        if next == at + len {
            if let Some((_, text)) = given.iter().find(|(key, _)| key == name) {
                if self.spend(text.as_str().len()) {
                    shown.append(text);
                }
            } else if let Some(value) = self.variables.get(name)
                && self.spend(value.len())
            {
                let mut text = Text::default();
                self.expression(value.clone(), &[], depth + 1, &mut text);
                text.trim();
                shown.append(&text.moved(|_| Some(at..next)));
            }
            return next;
        }
        let mut arguments = Vec::new();
        let mut contents = Vec::new();
        let mut from = at + len;
        while from < next {
            let close = self.closes[from] as usize;
            if self.text.as_bytes()[from] == b'(' {
                arguments.extend(self.arguments(from + 1..close));
            } else {
                contents.push(from..close + 1);
            }
            from = close + 1;
        }
        if HIDDEN.contains(&name) {
            return next;
        }
        match name {
            "h" => shown.push_decoded("　", at..next),
            "linebreak" => shown.push_decoded("\n", at..next),
            _ => {
                if name == "link" && !contents.is_empty() {
                    arguments.clear();
                }
                arguments.extend(contents);
                self.apply(name, &arguments, at..next, (given, depth), shown);
            }
        }
        next
    }

    /// Shows a function with what it is given; it stands at the bytes `used`.
    fn apply(
        &self,
        name: &str,
        arguments: &[Range<usize>],
        used: Range<usize>,
        (given, depth): (&Given, usize),
        shown: &mut Text,
    ) {
        let own = self.functions.get(name);
        let mut bound: Vec<(String, Text)> = Vec::new();
        let parameters = own.map_or(&[][..], |own| own.parameters.as_slice());
        let mut places = parameters.iter().filter(|(_, default)| default.is_none());
        for range in arguments.iter().take(MAX_ARGUMENTS) {
            let (key, value) = self.named(range.clone());
            let is_named = key.is_some();
            let key = match key {
                Some(key) => key.as_str().to_owned(),
                None => places
                    .next()
                    .map(|(key, _)| key.as_str().to_owned())
                    .unwrap_or_default(),
            };
            if own.is_none() && is_named {
                continue;
            }
            let mut text = Text::default();
            self.expression(value, given, depth + 1, &mut text);
            text.trim();
            bound.push((key, text));
        }
        match own.filter(|own| own.is_inline && self.spend(own.body.len())) {
            Some(own) => {
                let mut text = Text::default();
                self.expression(own.body.clone(), &bound, depth + 1, &mut text);
                text.trim();
                let definition = &own.definition;
                shown.append(&text.moved(|source| {
                    let is_given = source.start < definition.start || source.end > definition.end;
                    (!is_given).then(|| used.clone())
                }));
            }
            None => {
                let texts = bound.iter().filter(|(_, text)| !text.is_empty());
                for (index, (_, text)) in texts.enumerate() {
                    if index > 0 {
                        shown.push_shown("、");
                    }
                    shown.append(text);
                }
            }
        }
    }

    /// Takes `bytes` from what functions may be expanded to; `false` when that is used up.
    fn spend(&self, bytes: usize) -> bool {
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(bytes + 1));
        left > bytes
    }
}

/// Returns the bytes of the name that `rest` begins with.
pub(super) fn name_len(rest: &str) -> usize {
    let len = rest
        .find(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '-' | '_' | '.'))
        .unwrap_or(rest.len());
    // A full stop behind a name ends a sentence.
    rest[..len].trim_end_matches(['.', '-']).len()
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::Typst;
    use crate::resume::source::tests::check_lines;

    #[test]
    fn names_and_functions_of_the_document_are_written_out() {
        check_lines(
            "#let ima = \"現在\"\n#let kikan(a, b) = [#a〜#b]\n#let section(title) = [= #title]\n#let member(n) = [#n;名]\n#section(\"職歴\")\n== 株式会社A #h(1fr) #kikan(\"2018年7月\", ima)\n#text(size: 9pt, weight: \"bold\")[b] #link(\"https://example.com\")[c]\n#grid(columns: 2, [*期間*], [2021年〜#ima], [規模], [#member(5) \\ d])\n",
            Typst,
            &[
                "h2 職歴",
                "h3 株式会社A 　 2018年7月〜現在",
                "l b c",
                "r 期間",
                "c 2021年〜現在",
                "r 規模",
                "c 5名",
                "l d",
            ],
        );
    }

    #[test]
    fn lists_tags_and_contents_of_entries_are_read() {
        check_lines(
            "#let entry(title: \"\", org: \"\", date: \"\", body) = [*#org* #date #title #body]\n#let chip(body) = box(fill: aqua, body)\n#entry(title: \"SE\", org: [株式会社A], date: [2018/04 - 2021/08])[\n  #list([b], [c])\n]\n#chip[Go] #chip[Rust]\n#align(center, [\n  d\n])\n#job[2019年4月〜2020年3月][株式会社B][SE][\n  e\n]\n",
            Typst,
            &[
                "h2 株式会社A（2018/04 - 2021/08）",
                "l SE",
                "i b",
                "i c",
                "l Go 、Rust",
                "l d",
                "h2 株式会社B（2019年4月〜2020年3月）",
                "l 役割: SE",
                "l e",
            ],
        );
    }

    #[test]
    fn functions_that_use_themselves_come_to_an_end() {
        check_lines(
            "#let a(b) = [#b #a[#b]]\n#let c = [#c #c]\n= d\n#c\n",
            Typst,
            &["h2 d"],
        );
    }
}
