//! What LaTeX's arguments show: the document's own macros are written out where they stand in a line.

use std::ops::Range;

use super::super::text::Text;
use super::data::Node;
use super::latex::{MAX_ARGUMENTS, Part, Reader};
use super::latex_inline::{HIDDEN, inline, name_of, section_level};
use super::latex_macro::Macro;

/// Macros inside macros that are written out.
const MAX_DEPTH: usize = 8;

/// Characters that a key of an option may have.
const MAX_KEY_CHARS: usize = 24;

/// Bytes that keys and values may have.
const MAX_KEYED_BYTES: usize = 4000;

/// Keys that one command may be given.
const MAX_KEYS: usize = 24;

impl Reader<'_> {
    /// Returns what an argument shows.
    pub(super) fn shown(&self, range: Range<usize>) -> Text {
        let mut text = Text::default();
        self.show(range, &[], 0, &mut text);
        text.trim();
        text
    }

    /// Shows the bytes `range`; `#1` in them stands for the first of `given`.
    fn show(&self, range: Range<usize>, given: &[Text], depth: usize, shown: &mut Text) {
        let end = range.end;
        let mut at = range.start;
        while at < end && depth <= MAX_DEPTH {
            at = match self.text.as_bytes()[at] {
                b'%' => self.behind_comment(at, end).max(at + 1),
                b'#' if !given.is_empty() => self.parameter(at, end, given, shown),
                b'\\' => match name_of(&self.text[at + 1..end]) {
                    Some(name) => self.show_command(name, at, end, given, depth, shown),
                    None => inline(self.text, at, end, shown),
                },
                _ => inline(self.text, at, end, shown),
            }
            .max(at + 1);
        }
    }

    /// Shows what `#1` stands for; returns the byte behind it.
    fn parameter(&self, at: usize, end: usize, given: &[Text], shown: &mut Text) -> usize {
        let digit = self.text.as_bytes()[..end].get(at + 1).copied();
        let Some(digit) = digit.filter(u8::is_ascii_digit) else {
            return at + 1;
        };
        if let Some(text) = usize::from(digit - b'0')
            .checked_sub(1)
            .and_then(|index| given.get(index))
            && self.spend(text.as_str().len())
        {
            shown.append(text);
        }
        at + 2
    }

    /// Shows a command inside an argument; returns the byte behind it.
    fn show_command(
        &self,
        name: &str,
        at: usize,
        end: usize,
        given: &[Text],
        depth: usize,
        shown: &mut Text,
    ) -> usize {
        let behind = at + 1 + name.len();
        if let Some(known) = self.macros.get(name).filter(|known| known.is_text) {
            return self.write_out(known, at..behind, end, given, depth, shown);
        }
        match name {
            // The reading of a word, which stands above it.
            "ruby" | "ltjruby" | "jruby" => {
                let (arguments, next) = self.arguments(behind, end, 2);
                if let Some(base) = arguments.first() {
                    self.show(base.clone(), given, depth + 1, shown);
                }
                return next.max(behind);
            }
            "ding" => {
                let (arguments, next) = self.arguments(behind, end, 1);
                let number = arguments
                    .first()
                    .map(|range| self.text[range.clone()].trim());
                let sign = match number {
                    Some("51" | "52") => "✓",
                    Some("53" | "54" | "55" | "56") => "✗",
                    Some("72" | "73") => "★",
                    Some("108" | "109") => "●",
                    _ => "・",
                };
                shown.push_decoded(sign, at..next);
                return next.max(behind);
            }
            "par" | "newline" | "linebreak" => {
                shown.push_decoded(" ", at..behind);
                return behind;
            }
            _ => {}
        }
        if let Some((_, count)) = HIDDEN.iter().find(|(hidden, _)| *hidden == name) {
            return self.arguments(behind, end, *count).1;
        }
        inline(self.text, at, end, shown)
    }

    /// Shows a macro of the document with what it is given; returns the byte behind it.
    pub(super) fn write_out(
        &self,
        known: &Macro,
        name: Range<usize>,
        end: usize,
        given: &[Text],
        depth: usize,
        shown: &mut Text,
    ) -> usize {
        let count = known.arguments - usize::from(known.default.is_some());
        let (parts, next) = if known.arguments > 0 {
            self.parts(name.end, end, count)
        } else {
            (Vec::new(), name.end)
        };
        let next = next.max(name.end);
        if depth >= MAX_DEPTH || !self.spend(known.body.len()) {
            return next;
        }
        let mut texts = Vec::new();
        if let Some(default) = &known.default
            && !parts.first().is_some_and(|part| part.is_option)
            && self.spend(default.len())
        {
            let mut text = Text::default();
            self.show(default.clone(), &[], depth + 1, &mut text);
            texts.push(text);
        }
        for part in parts {
            let takes_option = texts.is_empty() && known.default.is_some();
            if part.is_option && !takes_option {
                continue;
            }
            let mut text = Text::default();
            self.show(part.range, given, depth + 1, &mut text);
            text.trim();
            texts.push(text);
        }
        let mut body = Text::default();
        self.show(known.body.clone(), &texts, depth + 1, &mut body);
        body.trim();
        // What the definition says stands where the macro is used.
        let definition = &known.definition;
        shown.append(&body.moved(|source| {
            let is_given = source.start < definition.start || source.end > definition.end;
            (!is_given).then(|| name.clone())
        }));
        next
    }

    /// Takes `bytes` from what macros may be expanded to; `false` when that is used up.
    fn spend(&self, bytes: usize) -> bool {
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(bytes + 1));
        left > bytes
    }

    /// Reads `key = value, key = {value}`; `None` where it is anything else.
    pub(super) fn key_values(&self, range: Range<usize>) -> Option<Vec<(Text, Node)>> {
        if range.len() > MAX_KEYED_BYTES
            || !self.text[range.clone()].contains('=')
            || !self.spend(range.len())
        {
            return None;
        }
        let mut members = Vec::new();
        for piece in self.pieces(range)? {
            let piece = self.without_lead(piece);
            let content = &self.text[piece.clone()];
            if content.trim().is_empty() {
                continue;
            }
            let sign = content.find('=')?;
            let key = content[..sign].trim_end();
            let is_key = !key.is_empty()
                && key.chars().count() <= MAX_KEY_CHARS
                && key
                    .chars()
                    .all(|sign| sign.is_alphanumeric() || "_- ・ー".contains(sign));
            if !is_key || members.len() >= MAX_KEYS {
                return None;
            }
            let mut name = Text::default();
            name.push(key, piece.start);
            let value = self.shown(piece.start + sign + 1..piece.end);
            members.push((name, Node::Scalar(value)));
        }
        (!members.is_empty()).then_some(members)
    }

    /// Splits `range` at its commas; `None` where it has too many.
    fn pieces(&self, range: Range<usize>) -> Option<Vec<Range<usize>>> {
        let bytes = self.text.as_bytes();
        let mut found = Vec::new();
        let mut from = range.start;
        let mut at = range.start;
        while at < range.end {
            match bytes[at] {
                b'\\' => at += 1,
                b'%' => {
                    at = self.behind_comment(at, range.end);
                    continue;
                }
                b'{' | b'[' if (self.closes[at] as usize) < range.end => {
                    at = self.closes[at] as usize;
                }
                b',' => {
                    found.push(from..at);
                    from = at + 1;
                }
                _ => {}
            }
            at += 1;
            if found.len() > MAX_KEYS + 1 {
                return None;
            }
        }
        found.push(from.min(range.end)..range.end);
        Some(found)
    }

    /// Returns the range without the blanks and comments that it begins with.
    fn without_lead(&self, range: Range<usize>) -> Range<usize> {
        let mut start = range.start;
        loop {
            let rest = &self.text[start..range.end];
            let body = rest.trim_start();
            start += rest.len() - body.len();
            if !body.starts_with('%') {
                return start..range.end;
            }
            start = self.behind_comment(start, range.end).min(range.end);
        }
    }

    /// Returns whether a macro's body shows text and nothing of a document's structure, and whether
    /// nothing in it breaks the line either.
    pub(super) fn is_text(&self, body: Range<usize>) -> (bool, bool) {
        let content = &self.text[body];
        let mut is_text = true;
        let mut breaks = content.contains("\\\\") || content.trim().contains("\n\n");
        for rest in content.split('\\').skip(1) {
            let Some(name) = name_of(rest) else { continue };
            let is_structure = matches!(name, "item" | "begin" | "end" | "hline" | "newcommand")
                || section_level(name).is_some()
                || name.starts_with("cv");
            breaks |= matches!(name, "par" | "newline" | "linebreak" | "newpage");
            is_text &= !is_structure;
            if let Some(known) = self.macros.get(name) {
                is_text &= known.is_text;
                breaks |= !known.is_inline;
            }
        }
        (is_text, is_text && !breaks)
    }

    /// Splits what a command is given into what has keys, texts, and content to be read.
    pub(super) fn sort_parts(
        &self,
        parts: Vec<Part>,
        is_content: &dyn Fn(&Range<usize>) -> bool,
    ) -> Given {
        let mut given = Given::default();
        for part in parts.into_iter().take(MAX_ARGUMENTS + 2) {
            match self.key_values(part.range.clone()) {
                Some(members) => given.members.extend(members),
                None if part.is_option => given.options.push(self.shown(part.range)),
                None if is_content(&part.range) => given.contents.push(part.range),
                None => given.texts.push(self.shown(part.range)),
            }
        }
        given
    }
}

/// What a command is given.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// What has keys.
    pub(super) members: Vec<(Text, Node)>,
    /// Texts in brackets.
    pub(super) options: Vec<Text>,
    /// Short texts in braces.
    pub(super) texts: Vec<Text>,
    /// What is read as the document's own text is.
    pub(super) contents: Vec<Range<usize>>,
}

#[cfg(test)]
mod tests {
    use crate::domain::DocumentFormat::Latex;
    use crate::resume::source::tests::check_lines;

    #[test]
    fn macros_of_the_document_stand_for_their_text_wherever_they_are_used() {
        check_lines(
            "\\newcommand{\\kikan}[2]{#1\\,--\\,#2}\n\\newcommand*{\\pj}[3][2019]{\\textbf{#2} (#1--#3)}\n\\newcommand{\\ima}{現在}\n\\begin{document}\n\\section{職歴}\n\\cventry{\\kikan{2021年10月}{\\ima}}{SE}{株式会社A}{}{}{%\n\\begin{itemize}\n\\item \\textbf{B}（\\kikan{2022年4月}{2023年9月}）\\newline c\n\\item \\pj[2018]{D}{2020} e \\pj{F}{\\ima}\n\\end{itemize}}\n\\kikan{2019}{2020}\n",
            Latex,
            &[
                "h2 職歴",
                "h3 株式会社A（2021年10月 – 現在）",
                "l 役割: SE",
                "i B（2022年4月 – 2023年9月）",
                "l c",
                "i D (2018–2020) e F (2019–現在)",
                "l 2019 – 2020",
            ],
        );
    }

    #[test]
    fn macros_that_use_themselves_come_to_an_end() {
        check_lines(
            "\\newcommand{\\a}[1][\\a]{b\\a\\a}\n\\begin{document}\n\\section{c}d\n\\end{document}\\a",
            Latex,
            &["h2 c", "l d"],
        );
        let text = "\\newcommand{\\a}[1]{#1#1\\a{#1}\\a{#1}}\\a{\\a{\\a{b}}}";
        let source = crate::resume::source::read_source(text, Latex);
        let shown: usize = source.lines.iter().map(|line| line.range.len()).sum();
        assert!(shown <= text.len());
    }

    #[test]
    fn readings_are_left_out_and_signs_are_shown() {
        check_lines(
            "\\newcommand{\\yes}{\\ding{51}}\n\\begin{document}\n\\section{\\ruby{鷲見}{すみ}}\n\\begin{tabular}{ll}Go & \\yes \\\\ a\\newline b & --\\end{tabular}\n\\iffalse\nRust\n\\fi c",
            Latex,
            &["h2 鷲見", "r Go", "c ✓", "r a", "l b", "c –", "l c"],
        );
    }
}
