//! Source lines to a tree of blocks: headings of every make, list items, lines, tables.
//!
//! The tree lies in document order in one vector: the blocks under block `i` are `i + 1..end`.

use std::ops::Range;

use super::markup::InlineLink;
use super::text::Text;

mod builder;
mod columns;
mod tables;

pub(super) use builder::build_blocks;

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
    /// Bytes of its text that are the first in bold.
    pub(super) bold: Option<Range<usize>>,
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

/// Returns the block of the whole document.
fn root(text: &str) -> Block {
    Block {
        kind: Kind::Root,
        rank: 0,
        indent: 0,
        text: Text::default(),
        bold: None,
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
#[cfg(test)]
pub(in crate::resume) mod tests {
    use super::*;
    use crate::domain::DocumentFormat;
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

    /// Blocks as one letter for the kind, indented by depth, and the text.
    #[track_caller]
    pub(in crate::resume) fn check_outline(text: &str, format: DocumentFormat, expected: &[&str]) {
        assert_eq!(outline(text, format), expected, "{text}");
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_outline(text, DocumentFormat::Markdown, expected);
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
