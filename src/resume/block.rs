//! Source lines to a tree of blocks: headings of every make, list items, lines, tables.
//!
//! The tree lies in document order in one vector: the blocks under block `i` are `i + 1..end`.

use std::ops::Range;

use crate::domain::DocumentFormat;

use super::label::is_label_only;
use super::marker::{Marker, Markers, PseudoHeading};
use super::markup::{Cleaned, InlineLink, clean};
use super::source::{Source, SourceForm, SourceLine};
use super::table;
use super::text::Text;

/// Blocks deeper than this stand beside their parent.
const MAX_DEPTH: u8 = 48;

/// Characters that a heading which is no markup heading may have.
const MAX_PSEUDO_HEADING_CHARS: usize = 80;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// The document.
    Root,
    /// A heading, or a line that works as one.
    Heading,
    /// A list item.
    Item,
    /// A line of text.
    Line,
    /// A table.
    Table,
    /// A row.
    Row,
    /// A cell, or a line of one.
    Cell,
}

/// A block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// What it is.
    pub(super) kind: Kind,
    /// Order of headings: a greater one stands below. 16 per level of the markup, the rest for
    /// lines that work as headings.
    pub(super) rank: u16,
    /// Columns before it.
    pub(super) indent: usize,
    /// Its text.
    pub(super) text: Text,
    /// Links in its text.
    pub(super) links: Vec<InlineLink>,
    /// Its line of the document, from 1.
    pub(super) line: u32,
    /// Its bytes in the document.
    pub(super) source: Range<usize>,
    /// The block above it; 0 for the root itself.
    pub(super) parent: usize,
    /// The block behind its last descendant.
    pub(super) end: usize,
    /// Blocks above it.
    pub(super) depth: u8,
    /// Its column, from 0; of cells.
    pub(super) column: usize,
    /// Whether it is a table's heading row.
    pub(super) is_header: bool,
    /// Whether it is numbered; of items.
    pub(super) is_ordered: bool,
    /// Whether it titles a container (`<summary>`); of headings.
    pub(super) is_summary: bool,
}

impl Block {
    /// Returns the visible text.
    pub(super) fn str(&self) -> &str {
        self.text.as_str()
    }

    /// Returns whether this is a heading made with the markup of headings.
    pub(super) fn is_marked_heading(&self) -> bool {
        self.kind == Kind::Heading && self.rank.is_multiple_of(16)
    }
}

/// The blocks of a document; the first is the root.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    list: Vec<Block>,
}

impl std::ops::Index<usize> for Blocks {
    type Output = Block;

    fn index(&self, at: usize) -> &Block {
        &self.list[at]
    }
}

impl Blocks {
    /// Returns the number of blocks, the root included.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns the blocks directly under `at`, in order.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.list[at].end;
        let mut next = at + 1;
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let child = next;
            next = self.list[child].end.max(child + 1);
            Some(child)
        })
    }

    /// Returns the blocks above `at`, nearest first, without the root.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let mut current = at;
        std::iter::from_fn(move || {
            if current == 0 {
                return None;
            }
            current = self.list[current].parent;
            (current != 0).then_some(current)
        })
    }

    /// Returns the cells of row `row`.
    pub(super) fn cells(&self, row: usize) -> Vec<usize> {
        self.children(row).collect()
    }
}

/// Builds the blocks of `text` from its lines.
pub(super) fn build_blocks(text: &str, source: &Source, format: DocumentFormat) -> Blocks {
    let line_of = crate::domain::LineMap::new(text);
    let mut builder = Builder {
        text,
        lines: &source.lines,
        line_of,
        markers: Markers::of(text, &source.lines, format),
        blocks: vec![root(text)],
        stack: vec![0],
        floor: 1,
        level: 0,
        after_rule: false,
        containers: Vec::new(),
    };
    let mut at = 0;
    while at < builder.lines.len() {
        at = builder.line(at);
    }
    builder.close_all();
    Blocks {
        list: builder.blocks,
    }
}

fn root(text: &str) -> Block {
    Block {
        kind: Kind::Root,
        rank: 0,
        indent: 0,
        text: Text::default(),
        links: Vec::new(),
        line: 1,
        source: 0..text.len(),
        parent: 0,
        end: 1,
        depth: 0,
        column: 0,
        is_header: false,
        is_ordered: false,
        is_summary: false,
    }
}

struct Builder<'a> {
    text: &'a str,
    lines: &'a [SourceLine],
    line_of: crate::domain::LineMap,
    markers: Markers,
    blocks: Vec<Block>,
    /// The open blocks, outermost first.
    stack: Vec<usize>,
    /// Open blocks below this depth of the stack stay open (the cell that is read).
    floor: usize,
    /// Level of the last heading of the markup.
    level: u8,
    after_rule: bool,
    /// The open containers, outermost first: the number of each, how many blocks were open before
    /// it, and the level of the last heading then.
    containers: Vec<(u32, usize, u8)>,
}

impl Builder<'_> {
    /// Reads the line at index `at`; returns the index of the next one.
    fn line(&mut self, at: usize) -> usize {
        let line = &self.lines[at];
        self.enter_container(line.container);
        if let SourceForm::FirstCell | SourceForm::Cell = line.form {
            return self.marked_table(at);
        }
        if line.shown.is_some() {
            self.content(&line.clone());
            return at + 1;
        }
        if table::begins_table(self.text, self.lines, at) {
            return self.table(at);
        }
        if line.form == SourceForm::Plain
            && !line.is_fenced
            && let Some(level) = self.setext_level(at)
        {
            self.heading(level, line.range.clone(), line.indent);
            return at + 2;
        }
        self.content(&line.clone());
        at + 1
    }

    /// Closes the containers that are left, with the blocks in them, and opens the one that is entered.
    fn enter_container(&mut self, container: u32) {
        while let Some((number, open, level)) = self.containers.last().copied() {
            if number <= container {
                break;
            }
            self.containers.pop();
            while self.stack.len() > open.max(self.floor) {
                self.close();
            }
            self.level = level;
        }
        let innermost = self.containers.last().map_or(0, |(number, _, _)| *number);
        if container > innermost {
            self.containers
                .push((container, self.stack.len(), self.level));
        }
    }

    /// Returns how many blocks a heading of the markup leaves open: what stands around its container
    /// and the container's title.
    fn heading_floor(&self) -> usize {
        let Some((_, open, _)) = self.containers.last() else {
            return self.floor;
        };
        let is_titled = self.stack.get(*open).is_some_and(|at| {
            self.blocks[*at].kind == Kind::Heading && self.blocks[*at].is_summary
        });
        (open + usize::from(is_titled)).max(self.floor)
    }

    /// Returns the level of the heading that the next line underlines, if it does.
    fn setext_level(&self, at: usize) -> Option<u8> {
        let next = self.lines.get(at + 1)?;
        if next.is_after_blank || next.form != SourceForm::Plain || next.indent > 3 {
            return None;
        }
        let rule = &self.text[next.range.clone()];
        let sign = rule.chars().next()?;
        if !matches!(sign, '=' | '-') || rule.len() < 2 || rule.chars().any(|other| other != sign) {
            return None;
        }
        let line = &self.lines[at];
        let content = &self.text[line.range.clone()];
        let marker = self.markers.read(content, line);
        if !matches!(marker, Marker::None | Marker::Pseudo(_, _))
            || is_rule(content)
            || content.starts_with(['>', '|'])
        {
            return None;
        }
        if !line.is_after_blank && at > 0 && sign == '-' && self.stack.len() > 1 {
            let before = self.blocks.last().map(|block| block.kind);
            if matches!(before, Some(Kind::Line | Kind::Item)) {
                return None;
            }
        }
        Some(if sign == '=' { 1 } else { 2 })
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
    fn content(&mut self, line: &SourceLine) {
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
        if range.is_empty() {
            return;
        }
        let content = &self.text[range.clone()];
        match line.form {
            SourceForm::Heading(level) => return self.heading(level, range, indent),
            SourceForm::Item => {
                self.item(range, indent, false);
                return;
            }
            SourceForm::Summary => {
                return self.pseudo_heading(PseudoHeading::Summary, range, indent);
            }
            SourceForm::Term => {
                return self.pseudo_heading(PseudoHeading::Label, range, indent);
            }
            _ => {}
        }
        if is_rule(content) {
            self.after_rule = true;
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
                // A box that is not ticked stays: it says that the rest is not so.
                for check in ["[x] ", "[X] "] {
                    if rest.starts_with(check) {
                        start += check.len();
                    }
                }
                self.item(start..range.end, indent, is_ordered);
            }
            Marker::Pseudo(pseudo, inner) => {
                let inner = range.start + inner.start..range.start + inner.end;
                self.pseudo_heading(pseudo, inner, indent);
            }
            Marker::None => self.text_line(range, indent, line),
        }
    }

    /// Adds a heading of the markup.
    fn heading(&mut self, level: u8, range: Range<usize>, indent: usize) {
        let cleaned = clean(self.text, range.clone());
        self.heading_of(level, cleaned, range, indent);
    }

    fn heading_of(&mut self, level: u8, cleaned: Cleaned, range: Range<usize>, indent: usize) {
        self.level = level;
        let rank = u16::from(level) * 16;
        let floor = self.heading_floor();
        while self.stack.len() > floor {
            let top = &self.blocks[self.top()];
            if top.is_marked_heading() && top.rank < rank {
                break;
            }
            self.close();
        }
        self.open(Kind::Heading, rank, indent, cleaned, range);
    }

    /// Adds a line that works as a heading.
    fn pseudo_heading(&mut self, pseudo: PseudoHeading, range: Range<usize>, indent: usize) {
        let cleaned = clean(self.text, range.clone());
        self.pseudo_heading_of(pseudo, cleaned, range, indent);
    }

    fn pseudo_heading_of(
        &mut self,
        pseudo: PseudoHeading,
        cleaned: Cleaned,
        range: Range<usize>,
        indent: usize,
    ) {
        let rank = u16::from(self.level) * 16 + self.markers.order(pseudo);
        let floor = self
            .containers
            .last()
            .map_or(self.floor, |(_, open, _)| (*open).max(self.floor));
        let floor = if pseudo == PseudoHeading::Summary {
            floor
        } else {
            self.floor
        };
        while self.stack.len() > floor {
            let top = &self.blocks[self.top()];
            let stays = match top.kind {
                Kind::Heading => top.rank < rank,
                Kind::Item => indent > top.indent,
                _ => true,
            };
            if stays {
                break;
            }
            self.close();
        }
        let at = self.open(Kind::Heading, rank, indent, cleaned, range);
        self.blocks[at].is_summary = pseudo == PseudoHeading::Summary;
    }

    /// Adds a list item.
    fn item(&mut self, range: Range<usize>, indent: usize, is_ordered: bool) {
        let cleaned = clean(self.text, range.clone());
        let at = self.item_of(cleaned, range, indent);
        self.blocks[at].is_ordered = is_ordered;
    }

    fn item_of(&mut self, cleaned: Cleaned, range: Range<usize>, indent: usize) -> usize {
        while self.stack.len() > self.floor {
            let top = self.top();
            let block = &self.blocks[top];
            let parent = &self.blocks[block.parent];
            let stays = match block.kind {
                Kind::Item => block.indent < indent,
                Kind::Heading => !(parent.kind == Kind::Item && parent.indent >= indent),
                _ => true,
            };
            if stays {
                break;
            }
            self.close();
        }
        self.open(Kind::Item, 0, indent, cleaned, range)
    }

    /// Adds a line of text, or a line in bold or ending in a colon that works as a heading.
    fn text_line(&mut self, range: Range<usize>, indent: usize, line: &SourceLine) {
        let cleaned = clean(self.text, range.clone());
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
        let is_label = super::label::label_of(shown).is_some();
        let is_short = shown.chars().count() <= MAX_PSEUDO_HEADING_CHARS;
        if is_short
            && !line.is_fenced
            && line.form == SourceForm::Plain
            && is_bold_heading(&cleaned)
            && !is_label
        {
            return self.pseudo_heading_of(PseudoHeading::Bold, cleaned, range, indent);
        }
        while self.stack.len() > self.floor {
            let top = &self.blocks[self.top()];
            let is_outside = indent <= top.indent;
            let ends_item = top.kind == Kind::Item
                && is_outside
                && (is_after_blank || is_label || self.markers.is_plain_text());
            let ends_label =
                top.kind == Kind::Heading && top.rank % 16 == 15 && is_label && is_outside;
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

    /// Reads the table that begins at line `at`; returns the index of the line behind it.
    fn table(&mut self, at: usize) -> usize {
        let table = table::read_table(self.text, self.lines, at);
        let Some(first) = table.rows.first() else {
            self.content(&self.lines[at].clone());
            return at + 1;
        };
        let whole = first.range.start
            ..table
                .rows
                .last()
                .map_or(first.range.end, |row| row.range.end);
        let indent = self.lines[at].indent;
        self.leave_items_for(indent, at);
        let node = self.open(Kind::Table, 0, indent, Cleaned::default(), whole);
        for row in &table.rows {
            self.row(&row.cells, row.range.clone(), row.is_header);
        }
        self.close_to(node);
        table.next
    }

    /// Closes the items that a table or row at this indentation does not belong to.
    fn leave_items_for(&mut self, indent: usize, at: usize) {
        let is_after_blank = self.lines[at].is_after_blank;
        while self.stack.len() > self.floor {
            let top = &self.blocks[self.top()];
            if top.kind != Kind::Item || indent > top.indent || !is_after_blank {
                break;
            }
            self.close();
        }
    }

    /// Adds a row and what stands in its cells.
    fn row(&mut self, cells: &[Range<usize>], range: Range<usize>, is_header: bool) {
        let row = self.open(Kind::Row, 0, 0, Cleaned::default(), range);
        self.blocks[row].is_header = is_header;
        for (column, cell) in cells.iter().enumerate() {
            let parts = table::cell_lines(self.text, cell.clone());
            if let [only] = parts.as_slice() {
                let cleaned = clean(self.text, only.clone());
                let at = self.leaf(Kind::Cell, 0, cleaned, only.clone());
                self.blocks[at].column = column;
                continue;
            }
            let at = self.open(Kind::Cell, 0, 0, Cleaned::default(), cell.clone());
            self.blocks[at].column = column;
            let floor = std::mem::replace(&mut self.floor, self.stack.len());
            for part in parts {
                let raw = &self.text[part.clone()];
                let lead = raw.len() - raw.trim_start().len();
                let line = SourceLine {
                    range: part.start + lead..part.end,
                    indent: raw[..lead]
                        .chars()
                        .map(|c| if c == '\u{3000}' { 2 } else { 1 })
                        .sum(),
                    form: SourceForm::Plain,
                    is_after_blank: false,
                    is_fenced: false,
                    shown: None,
                    table: 0,
                    is_header: false,
                    container: 0,
                };
                self.content(&line);
            }
            self.floor = floor;
            self.close_to(at);
        }
        self.close_to(row);
    }

    /// Reads a table that the markup marks cell by cell; returns the index of the line behind it.
    fn marked_table(&mut self, at: usize) -> usize {
        let number = self.lines[at].table;
        let belongs = |line: &SourceLine, is_first: bool| match number {
            0 => is_first || matches!(line.form, SourceForm::Cell | SourceForm::Continuation),
            _ => line.table == number,
        };
        let len = self.lines[at..]
            .iter()
            .enumerate()
            .take_while(|(index, line)| belongs(line, *index == 0))
            .count();
        let end = at + len;
        let lines = self.lines;
        let whole = lines[at].range.start..lines[end - 1].range.end.max(lines[at].range.end);
        self.leave_items_for(0, at);
        let node = self.open(Kind::Table, 0, 0, Cleaned::default(), whole);
        let mut from = at;
        while from < end {
            let to = (from + 1..end)
                .find(|next| lines[*next].form == SourceForm::FirstCell)
                .unwrap_or(end);
            self.marked_row(&lines[from..to], from == at && to < end);
            from = to;
        }
        self.close_to(node);
        end
    }

    /// Adds a row of marked cells and what stands in them.
    fn marked_row(&mut self, lines: &[SourceLine], is_first: bool) {
        let range = lines[0].range.start..lines[lines.len() - 1].range.end.max(lines[0].range.end);
        let row = self.open(Kind::Row, 0, 0, Cleaned::default(), range);
        self.blocks[row].is_header = is_first && lines.iter().all(|line| line.is_header);
        let is_cell =
            |line: &SourceLine| matches!(line.form, SourceForm::FirstCell | SourceForm::Cell);
        let mut from = 0;
        let mut column = 0;
        while from < lines.len() {
            let to = (from + 1..lines.len())
                .find(|next| is_cell(&lines[*next]))
                .unwrap_or(lines.len());
            self.marked_cell(&lines[from..to], column);
            column += 1;
            from = to;
        }
        self.close_to(row);
    }

    /// Adds a marked cell: its text, or its lines.
    fn marked_cell(&mut self, lines: &[SourceLine], column: usize) {
        let first = &lines[0];
        if lines.len() == 1 {
            let cleaned = match &first.shown {
                Some(text) => Cleaned {
                    text: text.clone(),
                    ..Cleaned::default()
                },
                None => clean(self.text, first.range.clone()),
            };
            let at = self.leaf(Kind::Cell, 0, cleaned, first.range.clone());
            self.blocks[at].column = column;
            return;
        }
        let range = first.range.start..lines[lines.len() - 1].range.end.max(first.range.end);
        let at = self.open(Kind::Cell, 0, 0, Cleaned::default(), range);
        self.blocks[at].column = column;
        let floor = std::mem::replace(&mut self.floor, self.stack.len());
        for line in lines {
            let mut line = line.clone();
            if matches!(line.form, SourceForm::FirstCell | SourceForm::Cell) {
                if line.range.is_empty() {
                    continue;
                }
                line.form = SourceForm::Plain;
            }
            self.content(&line);
        }
        self.floor = floor;
        self.close_to(at);
    }

    fn top(&self) -> usize {
        self.stack.last().copied().unwrap_or(0)
    }

    /// Adds a block that others can stand under.
    fn open(
        &mut self,
        kind: Kind,
        rank: u16,
        indent: usize,
        cleaned: Cleaned,
        source: Range<usize>,
    ) -> usize {
        while self.stack.len() > self.floor
            && self.blocks[self.top()].depth >= MAX_DEPTH
            && matches!(kind, Kind::Item | Kind::Heading)
        {
            self.close();
        }
        let at = self.leaf(kind, indent, cleaned, source);
        self.blocks[at].rank = rank;
        self.stack.push(at);
        at
    }

    /// Adds a block that nothing stands under.
    fn leaf(&mut self, kind: Kind, indent: usize, cleaned: Cleaned, source: Range<usize>) -> usize {
        let at = self.blocks.len();
        let parent = self.top();
        self.blocks.push(Block {
            kind,
            rank: 0,
            indent,
            text: cleaned.text,
            links: cleaned.links,
            line: self.line_of.line(source.start),
            source,
            parent,
            end: at + 1,
            depth: self.blocks[parent].depth.saturating_add(1),
            column: 0,
            is_header: false,
            is_ordered: false,
            is_summary: false,
        });
        at
    }

    /// Closes the innermost open block.
    fn close(&mut self) {
        if let Some(at) = self.stack.pop() {
            self.blocks[at].end = self.blocks.len();
        }
    }

    /// Closes blocks up to and with `at`.
    fn close_to(&mut self, at: usize) {
        while let Some(top) = self.stack.pop() {
            self.blocks[top].end = self.blocks.len();
            if top == at {
                break;
            }
        }
    }

    /// Closes the list items and lines that work as labels.
    fn close_items(&mut self) {
        while self.stack.len() > self.floor {
            let top = &self.blocks[self.top()];
            let is_label = top.kind == Kind::Heading && top.rank % 16 == 15;
            if top.kind != Kind::Item && !is_label {
                break;
            }
            self.close();
        }
    }

    fn close_all(&mut self) {
        while !self.stack.is_empty() {
            self.close();
        }
    }
}

/// Returns whether a line is a rule: three or more of one sign.
fn is_rule(content: &str) -> bool {
    let mut signs = content
        .chars()
        .filter(|character| !character.is_whitespace());
    let Some(first) = signs.next() else {
        return false;
    };
    if !matches!(
        first,
        '-' | '*'
            | '_'
            | '='
            | '─'
            | '━'
            | '＝'
            | 'ー'
            | '－'
            | '~'
            | '＊'
            | '―'
            | '—'
            | '+'
            | '/'
    ) {
        return false;
    }
    let mut count = 1;
    for sign in signs {
        if sign != first {
            return false;
        }
        count += 1;
    }
    count >= 3
}

/// Returns whether a line is bold as a whole, or up to a period in brackets.
fn is_bold_heading(cleaned: &Cleaned) -> bool {
    let shown = cleaned.text.as_str();
    if !cleaned.starts_bold || cleaned.bold_end == 0 || shown.ends_with('。') {
        return false;
    }
    let rest = shown[cleaned.bold_end..].trim();
    rest.is_empty()
        || rest.starts_with(['(', '（', '[', '［'])
        || rest.starts_with(|character: char| character.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resume::source::read_source;

    fn outline(text: &str, format: DocumentFormat) -> Vec<String> {
        let blocks = build_blocks(text, &read_source(text, format), format);
        (1..blocks.len())
            .map(|at| {
                let block = &blocks[at];
                let kind = match block.kind {
                    Kind::Root => "root",
                    Kind::Heading => "h",
                    Kind::Item => "i",
                    Kind::Line => "l",
                    Kind::Table => "t",
                    Kind::Row => "r",
                    Kind::Cell => "c",
                };
                format!(
                    "{}{kind} {}",
                    " ".repeat(usize::from(block.depth) - 1),
                    block.str()
                )
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(outline(text, DocumentFormat::Markdown), expected, "{text}");
    }

    #[test]
    fn headings_items_and_lines_nest() {
        check(
            "# a\n## b\n- c\n  - d\n- e\n\nf\n# g",
            &["h a", " h b", "  i c", "   i d", "  i e", "  l f", "h g"],
        );
        check("a\n===\nb\n---\n", &["h a", " h b"]);
        check("- a\n    - b\n\tc", &["i a", " i b", "  l c"]);
    }

    #[test]
    fn lines_that_work_as_headings_stand_between() {
        check("## a\n**b**\nc\n**d**\n", &["h a", " h b", "  l c", " h d"]);
        check(
            "# a\n【b】\nc\n【d】\ne",
            &["h a", " h b", "  l c", " h d", "  l e"],
        );
        check("■a\n【b】\nc\n■d", &["h a", " h b", "  l c", "h d"]);
        check("技術:\n- a\n- b", &["h 技術:", " i a", " i b"]);
    }

    #[test]
    fn tables_have_rows_and_cells() {
        check(
            "|a|b|\n|--|--|\n|c|d<br>・e|",
            &[
                "t ", " r ", "  c a", "  c b", " r ", "  c c", "  c ", "   l d", "   i e",
            ],
        );
    }

    #[test]
    fn indented_text_is_prose() {
        check("### a\n\n    b は c\n", &["h a", " l b は c"]);
    }

    #[test]
    fn org_headings_are_stars() {
        assert_eq!(
            outline("* a\n** b\n- c\n", DocumentFormat::Org),
            ["h a", " h b", "  i c"]
        );
    }
}
