//! Lines to blocks: which blocks a line closes, and what it opens.

use std::ops::Range;

use shokureki_index::words;

use crate::domain::DocumentFormat;
use crate::resume::bracket::{closes, opens};
use crate::resume::label::{Field, is_label_only, label_of};
use crate::resume::marker::{Marker, Markers, PseudoHeading};
use crate::resume::markup::{Cleaned, clean};
use crate::resume::period::find_periods;
use crate::resume::source::{Container, Source, SourceForm, SourceLine};
use crate::resume::table;
use crate::resume::text::Text;

use super::columns::read_columns;
use super::shape::{has_bold_label, is_bold_heading, is_rule, says_open};
use super::time_above::move_times_below;
use super::{Block, Blocks, Kind};

/// Containers that are told apart inside each other.
const MAX_CONTAINERS: usize = 64;

/// Characters of a line that says what happened at a date.
const MAX_EVENT_CHARS: usize = 40;

/// Characters that a heading which is no markup heading may have.
const MAX_PSEUDO_HEADING_CHARS: usize = 80;

/// Builds the blocks of `text` from its lines.
pub(in crate::resume) fn build_blocks(
    text: &str,
    source: &Source,
    format: DocumentFormat,
) -> Blocks {
    let line_of = crate::domain::LineMap::new(text);
    let mut builder = Builder {
        text,
        lines: &source.lines,
        line_of,
        markers: Markers::of(text, &source.lines, format),
        blocks: vec![super::root(text)],
        stack: vec![0],
        floor: 1,
        level: 0,
        after_rule: false,
        rule_at: 0,
        titles: Vec::new(),
        dated_titles: Vec::new(),
        containers: Vec::new(),
        stays: Vec::new(),
        numbered: Vec::new(),
        records: Vec::new(),
    };
    let mut at = 0;
    while at < builder.lines.len() {
        at = builder.line(at);
    }
    builder.close_all();
    move_times_below(&mut builder.blocks);
    Blocks {
        list: builder.blocks,
    }
}

pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    pub(super) lines: &'a [SourceLine],
    pub(super) line_of: crate::domain::LineMap,
    pub(super) markers: Markers,
    pub(super) blocks: Vec<Block>,
    /// The open blocks, outermost first.
    pub(super) stack: Vec<usize>,
    /// Open blocks below this depth of the stack stay open (the cell that is read).
    pub(super) floor: usize,
    /// Level of the last heading of the markup.
    pub(super) level: u8,
    after_rule: bool,
    /// The number of blocks before the last rule.
    pub(super) rule_at: usize,
    /// Dated lines that work as headings, and the level of the heading above the first of each kind.
    pub(super) titles: Vec<(PseudoHeading, u8)>,
    /// The blocks of these, ascending.
    pub(super) dated_titles: Vec<usize>,
    /// The open containers, outermost first: the number of each, how many blocks were open before
    /// it, and the level of the last heading then.
    pub(super) containers: Vec<(u32, usize, u8)>,
    /// The lines that work as headings and name a company, in order.
    pub(super) stays: Vec<(usize, PseudoHeading)>,
    /// The last numbered line of each make that works as a heading: its number and its rank.
    pub(super) numbered: Vec<(PseudoHeading, u32, u16)>,
    /// The labels that begin descriptions, and the open heading that the first of each stands below.
    pub(super) records: Vec<(Field, usize)>,
}

/// Takes the edges of a drawn box off a line: 「│ 2019年4月～現在　株式会社A │」.
fn inside_box(text: &str, range: Range<usize>) -> Range<usize> {
    const EDGES: [char; 3] = ['│', '┃', '║'];
    let line = &text[range.clone()];
    let Some(inside) = line
        .strip_prefix(EDGES)
        .filter(|rest| rest.contains(char::is_alphanumeric))
    else {
        return range;
    };
    let inside = inside.trim_end().trim_end_matches(EDGES).trim();
    let start = inside.as_ptr() as usize - text.as_ptr() as usize;
    start..start + inside.len()
}

impl Builder<'_> {
    /// Reads the line at index `at`; returns the index of the next one.
    fn line(&mut self, at: usize) -> usize {
        let line = &self.lines[at];
        self.leave_items_before(at);
        self.enter_container(line.container);
        if let SourceForm::FirstCell | SourceForm::Cell = line.form {
            return self.marked_table(at);
        }
        if line.shown.is_some() {
            self.content(&line.clone());
            return at + 1;
        }
        if table::begins_table(self.text, self.lines, at) {
            let table = table::read_table(self.text, self.lines, at);
            return self.table(at, &table);
        }
        if let Some(table) = read_columns(self.text, self.lines, at) {
            return self.table(at, &table);
        }
        if line.form == SourceForm::Plain
            && !line.is_fenced
            && let Some(level) = self.setext_level(at)
        {
            self.heading(level, line.range.clone(), line.indent);
            return at + 2;
        }
        if let Some(whole) = self.event_below_date(at) {
            self.content(&whole);
            return at + 2;
        }
        self.content(&line.clone());
        at + 1
    }

    /// Returns the item at line `at`, which only states a date, with the line or item below it that says what happened
    /// then: 「・2018年4月」 over 「　株式会社A入社」.
    fn event_below_date(&self, at: usize) -> Option<SourceLine> {
        let line = &self.lines[at];
        let next = self.lines.get(at + 1)?;
        let content = &self.text[line.range.clone()];
        let is_plain = |line: &SourceLine| line.form == SourceForm::Plain && line.shown.is_none();
        if !is_plain(line) || !is_plain(next) || next.is_after_blank || next.indent <= line.indent {
            return None;
        }
        let Marker::Item { lead, .. } = self.markers.read(content, line) else {
            return None;
        };
        let below = &self.text[next.range.clone()];
        let event = match self.markers.read(below, next) {
            Marker::None => below,
            Marker::Item { lead, .. } => &below[lead..],
            _ => return None,
        };
        let is_event = event.chars().count() <= MAX_EVENT_CHARS
            && words!["入社", "入職", "退社", "退職"].end(event.trim_end())
            && !event.contains(['*', '_', '[', '<', '`', '。']);
        let date = content[lead..].trim();
        let found = if is_event {
            find_periods(date)
        } else {
            Vec::new()
        };
        let [only] = found.as_slice() else {
            return None;
        };
        let beside = format!("{}{}", &date[..only.range.start], &date[only.range.end..]);
        if only.is_stretch() || beside.contains(|sign: char| !sign.is_whitespace()) {
            return None;
        }
        let offset = |part: &str| part.as_ptr() as usize - self.text.as_ptr() as usize;
        let mut shown = Text::default();
        shown.push(date, offset(date));
        shown.push_decoded(" ", next.range.start..next.range.start);
        shown.push(event.trim(), offset(event.trim()));
        Some(SourceLine {
            range: line.range.start..next.range.end,
            form: SourceForm::Item,
            shown: Some(shown),
            ..line.clone()
        })
    }

    /// Takes the markup off a line.
    pub(super) fn clean(&self, range: Range<usize>) -> Cleaned {
        clean(self.text, range, self.markers.format())
    }

    /// Closes the containers that are left, with the blocks in them, and opens the one that is entered.
    fn enter_container(&mut self, container: Container) {
        let is_left = |open: &[(u32, usize, u8)]| {
            open.len() > container.depth
                || open.len() == container.depth
                    && open
                        .last()
                        .is_some_and(|(number, _, _)| *number != container.number)
        };
        while is_left(&self.containers) {
            let Some((_, open, level)) = self.containers.pop() else {
                break;
            };
            while self.stack.len() > open.max(self.floor) {
                self.close();
            }
            self.level = level;
        }
        while self.containers.len() < container.depth.min(MAX_CONTAINERS) {
            // Those around it that have nothing of their own have no number yet.
            let is_innermost = self.containers.len() + 1 == container.depth;
            let number = if is_innermost { container.number } else { 0 };
            self.containers.push((number, self.stack.len(), self.level));
        }
    }

    /// Reads a line whose format has told all about it.
    fn shown_line(&mut self, line: &SourceLine, text: &Text) {
        let cleaned = Cleaned {
            text: text.clone(),
            ..Cleaned::default()
        };
        let range = line.range.clone();
        match line.form {
            SourceForm::Heading(level) => self.heading_of(level, cleaned, range, line.indent),
            SourceForm::Item => {
                self.item_of(cleaned, range, line.indent);
            }
            SourceForm::Term => {
                self.pseudo_heading_of(PseudoHeading::Label, cleaned, range, line.indent);
            }
            _ => self.cleaned_line(cleaned, range, line.indent, line),
        }
    }

    /// Reads a line that is no part of a table.
    pub(super) fn content(&mut self, line: &SourceLine) {
        if let Some(text) = &line.shown {
            return self.shown_line(line, text);
        }
        let mut range = line.range.clone();
        let mut indent = line.indent;
        while self.text[range.clone()].starts_with('>') {
            let rest = &self.text[range.start + 1..range.end];
            let lead = rest.len() - rest.trim_start().len();
            range.start += 1 + lead;
            indent = lead.saturating_sub(1);
        }
        range = inside_box(self.text, range);
        if range.is_empty() {
            return;
        }
        let content = &self.text[range.clone()];
        match line.form {
            SourceForm::Heading(level) => return self.heading(level, range, indent),
            SourceForm::Item => {
                self.item(range, indent, (false, true));
                return;
            }
            SourceForm::Summary if says_open(content) => return,
            SourceForm::Summary => {
                // 「プロジェクト詳細」 in one work after the other labels what it holds, and titles nothing.
                if !self.is_repeated_summary(line) {
                    self.rise_for_headings(line);
                    self.rise_for_titles(line);
                }
                return self.pseudo_heading(PseudoHeading::Summary, range, indent);
            }
            SourceForm::Term => {
                let pseudo = match content.starts_with("**") {
                    true => PseudoHeading::Bold,
                    false => PseudoHeading::Term,
                };
                return self.pseudo_heading(pseudo, range, indent);
            }
            _ => {}
        }
        if is_rule(content) {
            self.after_rule = true;
            self.rule_at = self.blocks.len();
            self.close_items();
            return;
        }
        match self.markers.read(content, line) {
            Marker::Heading(level, lead) => {
                let end = range.start + content.trim_end_matches([' ', '#']).len();
                let start = range.start + lead;
                self.heading(level, start..end.max(start), indent);
            }
            Marker::Item { lead, is_ordered } => {
                let mut start = range.start + lead;
                let rest = &self.text[start..range.end];
                for check in ["[x] ", "[X] "] {
                    if rest.starts_with(check) {
                        start += check.len();
                    }
                }
                self.item(start..range.end, indent, (is_ordered, line.is_after_blank));
            }
            Marker::Pseudo(pseudo, inner) => {
                let inner = range.start + inner.start..range.start + inner.end;
                // 「【事業内容：決済代行　従業員数：710名】」 says all it has to say, and heads nothing.
                let says_business = pseudo == PseudoHeading::Corner
                    && label_of(&self.text[inner.clone()]).is_some_and(|label| {
                        let value = &self.text[inner.clone()][label.value];
                        label.field == Field::Business && !value.trim().is_empty()
                    });
                if says_business {
                    return self.text_line(inner, indent, line);
                }
                self.pseudo_heading(pseudo, inner, indent);
            }
            Marker::None => self.text_line(range, indent, line),
        }
    }

    /// Adds a line of text, or a line in bold or ending in a colon that works as a heading.
    fn text_line(&mut self, range: Range<usize>, indent: usize, line: &SourceLine) {
        let cleaned = self.clean(range.clone());
        self.cleaned_line(cleaned, range, indent, line);
    }

    fn cleaned_line(
        &mut self,
        cleaned: Cleaned,
        range: Range<usize>,
        indent: usize,
        line: &SourceLine,
    ) {
        if cleaned.text.is_empty() {
            return;
        }
        let is_after_blank = line.is_after_blank || std::mem::take(&mut self.after_rule);
        let shown = cleaned.text.as_str();
        let is_label = label_of(shown).is_some() || has_bold_label(&cleaned);
        let is_short = shown.chars().count() <= MAX_PSEUDO_HEADING_CHARS;
        let is_title =
            || is_bold_heading(&cleaned) || is_after_blank && self.titles_stay(&cleaned, range.end);
        if is_short
            && !line.is_fenced
            && line.form == SourceForm::Plain
            && is_title()
            && !is_label
            && !self.dates_company(shown)
            && !self.dates_title(shown)
        {
            return self.pseudo_heading_of(PseudoHeading::Bold, cleaned, range, indent);
        }
        if is_label {
            self.begin_record(shown);
        }
        while self.stack.len() > self.floor {
            let top = &self.blocks[self.top()];
            let is_outside = indent <= top.indent;
            let ends_item = top.kind == Kind::Item
                && is_outside
                && (is_after_blank || is_label || self.markers.is_plain_text());
            let ends_label = top.kind == Kind::Heading
                && is_label
                && is_outside
                && (top.rank % 16 == 15 || self.is_made_alike(top, range.start));
            if !ends_item && !ends_label {
                break;
            }
            self.close();
        }
        if is_short && is_label_only(shown) {
            return self.pseudo_heading_of(PseudoHeading::Label, cleaned, range, indent);
        }
        self.leaf(Kind::Line, indent, cleaned, range);
    }

    /// Returns whether a line that works as a heading only labels what stands below it, in the brackets or the bold in
    /// which the label of the line at byte `start` stands with its value: 「【概要】」 and 「【期間】2024/2 ~ 5」.
    fn is_made_alike(&self, heading: &Block, start: usize) -> bool {
        let make = |at: usize| {
            let text = &self.text[at..];
            let bold = text.strip_prefix("**");
            (
                bold.is_some(),
                bold.unwrap_or(text)
                    .chars()
                    .next()
                    .filter(|sign| opens(*sign)),
            )
        };
        let before = self.text[..heading.source.start].chars().next_back();
        let made = match before.filter(|sign| opens(*sign)) {
            Some(sign) => (false, Some(sign)),
            None => make(heading.source.start),
        };
        let is_pseudo = !heading.is_marked_heading() && !heading.is_summary;
        is_pseudo
            && made != (false, None)
            && made == make(start)
            && is_label_only(
                heading
                    .str()
                    .trim_matches(|sign| opens(sign) || closes(sign)),
            )
    }
}
