//! The blocks that are open: each new one stands under the innermost.

use std::ops::Range;

use crate::resume::markup::Cleaned;

use super::builder::Builder;
use super::{Block, Kind};

/// Blocks deeper than this stand beside their parent.
const MAX_DEPTH: u8 = 48;

impl Builder<'_> {
    /// The innermost open block.
    pub(super) fn top(&self) -> usize {
        self.stack.last().copied().unwrap_or(0)
    }

    /// Adds a block that others can stand under.
    pub(super) fn open(
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
    pub(super) fn leaf(
        &mut self,
        kind: Kind,
        indent: usize,
        cleaned: Cleaned,
        source: Range<usize>,
    ) -> usize {
        let at = self.blocks.len();
        let parent = self.top();
        self.blocks.push(Block {
            kind,
            rank: 0,
            indent,
            text: cleaned.text,
            bold: cleaned.bold,
            more_bold: cleaned.more_bold,
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
    pub(super) fn close(&mut self) {
        if let Some(at) = self.stack.pop() {
            self.blocks[at].end = self.blocks.len();
        }
    }

    /// Closes blocks up to and with `at`.
    pub(super) fn close_to(&mut self, at: usize) {
        while let Some(top) = self.stack.pop() {
            self.blocks[top].end = self.blocks.len();
            if top == at {
                break;
            }
        }
    }

    /// Closes the list items and lines that work as labels.
    pub(super) fn close_items(&mut self) {
        while self.stack.len() > self.floor {
            let top = &self.blocks[self.top()];
            let is_label = top.kind == Kind::Heading && top.rank % 16 == 15;
            if top.kind != Kind::Item && !is_label {
                break;
            }
            self.close();
        }
    }

    /// Closes all that is open.
    pub(super) fn close_all(&mut self) {
        while !self.stack.is_empty() {
            self.close();
        }
    }
}
