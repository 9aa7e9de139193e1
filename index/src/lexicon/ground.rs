//! The lines and list items of a text, worked out once: whatever is asked about a name afterwards
//! walks no text, so that the whole takes time in proportion to the text.

use std::ops::Range;

use super::finder::Candidate;
use super::item::{is_bare, is_item_separator, is_list_label, single_letter};

/// A line with names in it.
#[derive(Debug)]
pub(super) struct Line {
    /// Bytes of the normalized text, without the line end.
    pub(super) range: Range<usize>,
    /// Positions of its names.
    pub(super) names: Range<usize>,
    /// Where the colon stands that ends the label of a technology list.
    label_end: Option<usize>,
}

/// A list item with names in it: what lies between two separators that are in no name.
#[derive(Debug)]
pub(super) struct Item {
    /// Bytes of the normalized text.
    pub(super) range: Range<usize>,
    /// Position of its first name.
    pub(super) first: usize,
    /// Nothing but names, versions, years and marks.
    pub(super) is_bare: bool,
    /// A neighbour is a single letter: A、B、C.
    pub(super) is_enumerated: bool,
}

/// Lines and items, with the one that each name stands in.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) lines: Vec<Line>,
    line_of: Vec<usize>,
    items: Vec<Item>,
    item_of: Vec<usize>,
}

impl Ground {
    pub(super) fn new(normal: &str, names: &[Candidate<'_>]) -> Self {
        let mut ground = Self {
            lines: Vec::new(),
            line_of: Vec::with_capacity(names.len()),
            items: Vec::new(),
            item_of: Vec::with_capacity(names.len()),
        };
        if !names.is_empty() {
            ground.add_lines(normal, names);
            ground.add_items(normal, names);
        }
        ground
    }

    /// Position in `lines` of the line that the name at `at` stands in.
    pub(super) fn line_position(&self, at: usize) -> usize {
        self.line_of[at]
    }

    pub(super) fn line(&self, at: usize) -> &Line {
        &self.lines[self.line_of[at]]
    }

    /// Position of the item that the name at `at` stands in, below [`Ground::item_count`].
    pub(super) fn item_position(&self, at: usize) -> usize {
        self.item_of[at]
    }

    pub(super) fn item_count(&self) -> usize {
        self.items.len()
    }

    pub(super) fn item(&self, at: usize) -> &Item {
        &self.items[self.item_of[at]]
    }

    /// Whether a label of a technology list stands before the name at `at`, which begins at `start`.
    pub(super) fn is_labelled(&self, at: usize, start: usize) -> bool {
        self.line(at).label_end.is_some_and(|colon| colon < start)
    }

    fn add_lines(&mut self, normal: &str, names: &[Candidate<'_>]) {
        let mut start = 0;
        let mut first = 0;
        for line in normal.split_inclusive('\n') {
            let end = start + line.len();
            let behind = first
                + names[first..]
                    .iter()
                    .take_while(|name| name.start < end)
                    .count();
            if behind > first {
                let line = line.strip_suffix('\n').unwrap_or(line);
                self.line_of.resize(behind, self.lines.len());
                self.lines.push(Line {
                    range: start..start + line.len(),
                    names: first..behind,
                    label_end: line
                        .find(':')
                        .filter(|&colon| is_list_label(&line[..colon]))
                        .map(|colon| start + colon),
                });
            }
            start = end;
            first = behind;
        }
    }

    fn add_items(&mut self, normal: &str, names: &[Candidate<'_>]) {
        let pieces = pieces(normal, names);
        // The last piece that is not empty, before and after each: A、、B are neighbours.
        let mut before: Option<bool> = None;
        let mut enumerated_before = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            enumerated_before.push(before.unwrap_or(false));
            if !piece.is_empty() {
                before = Some(single_letter(&normal[piece.clone()]));
            }
        }
        let mut after: Option<bool> = None;
        let mut enumerated_after = vec![false; pieces.len()];
        for (at, piece) in pieces.iter().enumerate().rev() {
            enumerated_after[at] = after.unwrap_or(false);
            if !piece.is_empty() {
                after = Some(single_letter(&normal[piece.clone()]));
            }
        }
        let mut first = 0;
        for (at, range) in pieces.into_iter().enumerate() {
            let count = names[first..]
                .iter()
                .take_while(|name| name.start < range.end)
                .count();
            if count == 0 {
                continue;
            }
            let inside = &names[first..first + count];
            self.item_of.resize(first + count, self.items.len());
            self.items.push(Item {
                is_bare: is_bare(&without_names(normal, &range, inside), count > 1),
                is_enumerated: enumerated_before[at] || enumerated_after[at],
                first,
                range,
            });
            first += count;
        }
    }
}

/// The text between separators; a separator inside a name (`C++`) is none.
fn pieces(normal: &str, names: &[Candidate<'_>]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut next = 0;
    for (at, letter) in normal.char_indices() {
        if !is_item_separator(letter) {
            continue;
        }
        while names.get(next).is_some_and(|name| name.end <= at) {
            next += 1;
        }
        if names.get(next).is_some_and(|name| name.start <= at) {
            continue;
        }
        pieces.push(start..at);
        start = at + letter.len_utf8();
    }
    pieces.push(start..normal.len());
    pieces
}

fn without_names(normal: &str, item: &Range<usize>, names: &[Candidate<'_>]) -> String {
    let mut rest = String::new();
    let mut from = item.start;
    for name in names {
        rest.push_str(&normal[from..name.start]);
        rest.push(' ');
        from = name.end;
    }
    rest.push_str(&normal[from..item.end]);
    rest
}
