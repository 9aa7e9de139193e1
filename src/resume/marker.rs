//! What a line's first signs say: heading, list item, or a line that works as a heading.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::domain::DocumentFormat;

use super::period::{FoundPeriod, find_periods};
use super::source::{SourceForm, SourceLine};

/// What a line begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// A heading of the markup: its level, and the bytes of its signs.
    Heading(u8, usize),
    /// A list item.
    Item {
        /// Bytes of its sign.
        lead: usize,
        /// Whether it is numbered.
        is_ordered: bool,
    },
    /// A line that works as a heading, and the bytes of its title.
    Pseudo(PseudoHeading, Range<usize>),
    /// Nothing.
    None,
}

/// How a line works as a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum PseudoHeading {
    /// `■`, `□`, `◆`, `◇`, `●`, `▼` … before the title.
    Sign(char),
    /// 【title】.
    Corner,
    /// ＜title＞ or 《title》.
    Angle,
    /// **title**.
    Bold,
    /// `<summary>`, `:::`.
    Summary,
    /// `<dt>`.
    Term,
    /// `title:` without a value.
    Label,
}

/// Signs that are a heading's or a list item's, as the document uses them.
const SIGNS: &str = "■□◆◇●○◎▼▽▲△▶▷◯★☆◾◼▪︎❏►▻▸▹❖❑➤➔⇒◈◉└┗├┣╰┠";

/// Characters that a heading without markup may have.
const MAX_TITLE_CHARS: usize = 70;

/// How one document marks its headings and items.
#[derive(Clone, Debug)]
pub(super) struct Markers {
    format: DocumentFormat,
    /// Signs that mark list items here.
    bullets: Vec<char>,
    /// Lines that work as headings, outermost first, as they first appear.
    order: Vec<PseudoHeading>,
    /// Where lines 【label】value begin that stand below each other.
    labels: HashSet<usize>,
}

impl Markers {
    /// Learns how the lines of `text` are marked.
    pub(super) fn of(text: &str, lines: &[SourceLine], format: DocumentFormat) -> Self {
        let mut markers = Self {
            format,
            bullets: bullet_signs(text, lines),
            order: Vec::new(),
            labels: bracketed_labels(text, lines),
        };
        for line in lines.iter().filter(|line| line.shown.is_none()) {
            let content = &text[line.range.clone()];
            let pseudo = match markers.read(content, line) {
                _ if line.form == SourceForm::Term => {
                    // Terms that state when are titles; others are labels.
                    if !find_periods(content).iter().any(FoundPeriod::is_stretch) {
                        continue;
                    }
                    PseudoHeading::Term
                }
                Marker::Pseudo(pseudo, _) => pseudo,
                Marker::None if content.starts_with("**") && content.ends_with("**") => {
                    PseudoHeading::Bold
                }
                _ => continue,
            };
            if !markers.order.contains(&pseudo) {
                markers.order.push(pseudo);
            }
        }
        markers
    }

    /// Returns the place of `pseudo` below a heading of the markup, 1 to 15.
    pub(super) fn order(&self, pseudo: PseudoHeading) -> u16 {
        if pseudo == PseudoHeading::Label {
            return 15;
        }
        let position = self.order.iter().position(|other| *other == pseudo);
        let other = if pseudo == PseudoHeading::Term {
            15
        } else {
            13
        };
        position
            .and_then(|position| u16::try_from(position + 1).ok())
            .map_or(other, |order| order.min(14))
    }

    /// Returns the document's format.
    pub(super) fn format(&self) -> DocumentFormat {
        self.format
    }

    /// Returns whether the document has no markup.
    pub(super) fn is_plain_text(&self) -> bool {
        self.format == DocumentFormat::PlainText
    }

    /// Reads what `content` begins with.
    pub(super) fn read(&self, content: &str, line: &SourceLine) -> Marker {
        let Some(first) = content.chars().next() else {
            return Marker::None;
        };
        if !line.is_fenced
            && let Some(marker) = self.heading(content, line, first)
        {
            return marker;
        }
        if matches!(self.format, DocumentFormat::Yaml | DocumentFormat::Json) {
            let lead = content.len() - content.trim_start_matches(['-', ' ']).len();
            return Marker::Item {
                lead,
                is_ordered: false,
            };
        }
        if let Some(lead) = self.bullet(content, first) {
            return Marker::Item {
                lead,
                is_ordered: false,
            };
        }
        if let Some(lead) = ordinal(content) {
            return Marker::Item {
                lead,
                is_ordered: true,
            };
        }
        if self.labels.contains(&line.range.start) {
            return Marker::None;
        }
        self.pseudo(content, first)
    }

    /// Reads a heading of the markup.
    fn heading(&self, content: &str, line: &SourceLine, first: char) -> Option<Marker> {
        let sign = match self.format {
            DocumentFormat::Org => '*',
            DocumentFormat::Typst => '=',
            DocumentFormat::Yaml | DocumentFormat::Json | DocumentFormat::Latex => return None,
            _ => '#',
        };
        if first != sign || (self.format == DocumentFormat::Org && line.indent > 0) {
            return None;
        }
        let level = content
            .chars()
            .take_while(|character| *character == sign)
            .count();
        let rest = &content[level..];
        let most = if self.format == DocumentFormat::Org {
            12
        } else {
            6
        };
        if level > most {
            return None;
        }
        let next = rest.chars().next();
        let is_heading = match next {
            Some(' ' | '\t' | '\u{3000}') => true,
            Some(character) => sign == '#' && level >= 2 && !character.is_ascii(),
            None => false,
        };
        if !is_heading {
            return None;
        }
        let lead = level + rest.len() - rest.trim_start().len();
        Some(Marker::Heading(u8::try_from(level).unwrap_or(6), lead))
    }

    /// Returns the bytes of the sign of a list item.
    fn bullet(&self, content: &str, first: char) -> Option<usize> {
        let rest = &content[first.len_utf8()..];
        let next = rest.chars().next()?;
        let is_bullet = match first {
            '-' | '+' => {
                next.is_whitespace()
                    || (first == '-' && !next.is_ascii() && next != '－' && next != '—')
            }
            '*' => next.is_whitespace(),
            '・' | '･' | '•' | '·' | '◦' | '‣' | '⁃' | '▪' | '▫' | '➢' | '✓' | '✔' | '→' | '●'
            | '○' | '◯'
                if !SIGNS.contains(first) =>
            {
                true
            }
            '–' | '—' | '−' | '＞' | '»' | '›' => next.is_whitespace(),
            _ => self.bullets.contains(&first),
        };
        is_bullet.then(|| first.len_utf8() + rest.len() - rest.trim_start().len())
    }

    /// Reads a line that works as a heading.
    fn pseudo(&self, content: &str, first: char) -> Marker {
        let is_title = |title: &str| {
            !title.is_empty()
                && title.chars().count() <= MAX_TITLE_CHARS
                && !title.ends_with(['。', '、', '．'])
        };
        if SIGNS.contains(first) {
            let rest = content[first.len_utf8()..].trim_start();
            // 「△ … 入門書を読んだ段階」 tells what the sign means.
            let is_legend = rest.starts_with(['…', '‥', '：', ':', '＝', '=']);
            if is_title(rest) && !is_legend && !rest.starts_with(['★', '☆']) {
                let start = content.len() - rest.len();
                return Marker::Pseudo(PseudoHeading::Sign(first), start..content.len());
            }
        }
        let stripped = content
            .trim_end_matches(['\\', ' '])
            .trim_matches('*')
            .trim();
        let pairs = [
            ('【', '】', PseudoHeading::Corner),
            ('〔', '〕', PseudoHeading::Corner),
            ('《', '》', PseudoHeading::Angle),
            ('＜', '＞', PseudoHeading::Angle),
            ('≪', '≫', PseudoHeading::Angle),
            ('〈', '〉', PseudoHeading::Angle),
        ];
        for (open, close, pseudo) in pairs {
            let Some(inner) = stripped.strip_prefix(open) else {
                continue;
            };
            let Some((title, rest)) = inner.split_once(close) else {
                continue;
            };
            let is_numbered = title.ends_with(char::is_numeric);
            let is_label_with_value = !rest.trim().is_empty()
                && !is_numbered
                && !rest.trim_start().starts_with(['（', '(', '※'])
                && super::label::field_of(title).is_some();
            if !is_title(title) || is_label_with_value {
                continue;
            }
            let from = content.find(open).unwrap_or(0) + open.len_utf8();
            if rest.trim().is_empty() {
                return Marker::Pseudo(pseudo, from..from + title.len());
            }
            if rest.chars().count() <= MAX_TITLE_CHARS && !rest.trim_end().ends_with('。') {
                return Marker::Pseudo(pseudo, from - open.len_utf8()..content.len());
            }
        }
        Marker::None
    }
}

/// Returns where the lines 【label】value begin that have another of their kind next to them.
fn bracketed_labels(text: &str, lines: &[SourceLine]) -> HashSet<usize> {
    let has_value = |line: &SourceLine| {
        let content = &text[line.range.clone()];
        content.strip_prefix('【').is_some_and(|inner| {
            inner.split_once('】').is_some_and(|(label, value)| {
                !value.trim().is_empty() && !label.ends_with(char::is_numeric)
            })
        })
    };
    let mut found = HashSet::new();
    for pair in lines.windows(2) {
        if !pair[1].is_after_blank && has_value(&pair[0]) && has_value(&pair[1]) {
            found.insert(pair[0].range.start);
            found.insert(pair[1].range.start);
        }
    }
    found
}

/// Returns the signs that mark list items in this document: mostly followed by another of their kind.
fn bullet_signs(text: &str, lines: &[SourceLine]) -> Vec<char> {
    let mut counts: HashMap<char, (usize, usize)> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(first) = text[line.range.clone()].chars().next() else {
            continue;
        };
        if !SIGNS.contains(first) || line.shown.is_some() {
            continue;
        }
        let next = lines.get(index + 1).filter(|next| !next.is_after_blank);
        let is_same = |other: &SourceLine| {
            text[other.range.clone()]
                .chars()
                .next()
                .is_some_and(|sign| sign == first || is_branch(sign) && is_branch(first))
        };
        let is_run = next.is_some_and(is_same);
        let ends_run = index > 0 && !line.is_after_blank && is_same(&lines[index - 1]);
        let (total, runs) = counts.entry(first).or_default();
        *total += 1;
        *runs += usize::from(is_run || ends_run);
    }
    counts
        .into_iter()
        .filter(|(_, (total, runs))| runs * 2 > *total)
        .map(|(sign, _)| sign)
        .collect()
}

/// Returns whether the sign is a branch of a tree.
fn is_branch(sign: char) -> bool {
    "└┗├┣╰┠".contains(sign)
}

/// Returns the bytes of 「（ア）」「(a)」 at the beginning of an item.
fn letter_ordinal(content: &str) -> Option<usize> {
    let inner = content.strip_prefix(['(', '（'])?;
    let letter = inner.chars().next()?;
    let is_letter = ('ア'..='ン').contains(&letter)
        || ('ａ'..='ｚ').contains(&letter)
        || letter.is_ascii_lowercase();
    let rest = inner[letter.len_utf8()..].strip_prefix([')', '）'])?;
    let is_item = is_letter && !rest.trim().is_empty();
    is_item.then(|| content.len() - rest.trim_start().len())
}

/// Returns the bytes of a number that an ordered item begins with: `1.`, `2)`, `(3)`, `①`, `１．`.
fn ordinal(content: &str) -> Option<usize> {
    let first = content.chars().next()?;
    if let Some(lead) = letter_ordinal(content) {
        return Some(lead);
    }
    if ('①'..='⑳').contains(&first) {
        let rest = &content[first.len_utf8()..];
        return Some(content.len() - rest.trim_start().len());
    }
    let is_digit =
        |character: char| character.is_ascii_digit() || ('０'..='９').contains(&character);
    let body = content.strip_prefix(['(', '（']).unwrap_or(content);
    let digits: usize = body
        .chars()
        .take_while(|character| is_digit(*character))
        .take(4)
        .map(char::len_utf8)
        .sum();
    if digits == 0 || digits > 6 || body[..digits].chars().count() > 2 {
        return None;
    }
    let rest = &body[digits..];
    let sign = rest.chars().next()?;
    let after = &rest[sign.len_utf8()..];
    let is_bracketed = body.len() < content.len();
    let is_ordinal = match sign {
        '.' => after.starts_with([' ', '\t', '\u{3000}']),
        '．' => !after.starts_with(is_digit),
        ')' | '）' => {
            // 「１）株式会社X」, but not 「2)a」.
            let is_glued = after.starts_with(|next: char| !next.is_ascii());
            is_bracketed || is_glued || after.starts_with([' ', '\t'])
        }
        _ => false,
    };
    is_ordinal.then(|| content.len() - after.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resume::source::read_source;

    #[track_caller]
    fn check(content: &str, expected: &Marker) {
        let source = read_source(content, DocumentFormat::Markdown);
        let markers = Markers::of(content, &source.lines, DocumentFormat::Markdown);
        let line = &source.lines[0];
        assert_eq!(
            &markers.read(&content[line.range.clone()], line),
            expected,
            "{content}"
        );
    }

    #[test]
    fn first_signs_are_read() {
        check("## a", &Marker::Heading(2, 3));
        check("##職歴", &Marker::Heading(2, 2));
        check("#タグ", &Marker::None);
        check(
            "- a",
            &Marker::Item {
                lead: 2,
                is_ordered: false,
            },
        );
        check(
            "・a",
            &Marker::Item {
                lead: 3,
                is_ordered: false,
            },
        );
        check(
            "1. a",
            &Marker::Item {
                lead: 3,
                is_ordered: true,
            },
        );
        check("2016.4 入社", &Marker::None);
        check("12/3", &Marker::None);
        check("■職歴", &Marker::Pseudo(PseudoHeading::Sign('■'), 3..9));
        check("【概要】", &Marker::Pseudo(PseudoHeading::Corner, 3..9));
        check("【期間】2016年", &Marker::None);
        check("**a**", &Marker::None);
    }

    #[test]
    fn a_sign_in_runs_marks_items() {
        check(
            "●a\n●b\n●c",
            &Marker::Item {
                lead: 3,
                is_ordered: false,
            },
        );
        check(
            "●a\nb\n●c\nd",
            &Marker::Pseudo(PseudoHeading::Sign('●'), 3..4),
        );
    }
}
