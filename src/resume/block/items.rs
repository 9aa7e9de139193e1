//! List items: which open ones end where another begins.

use std::ops::Range;

use crate::resume::markup::Cleaned;

use super::Kind;
use super::builder::Builder;

/// Lines of a container that are looked through for a heading.
const MAX_BEFORE_HEADING: usize = 24;

/// Blocks before the first item of a list that are looked through for it.
const MAX_BEFORE_LIST: usize = 16;

impl Builder<'_> {
    /// Adds a list item: whether it is numbered, and whether it stands apart from the line above.
    pub(super) fn item(
        &mut self,
        range: Range<usize>,
        indent: usize,
        (is_ordered, is_apart): (bool, bool),
    ) {
        let cleaned = self.clean(range.clone());
        if !is_ordered && !is_apart {
            self.leave_items_beside(indent);
            if self.is_numbered_title(indent) {
                self.open(Kind::Item, 0, indent, cleaned, range);
                return;
            }
        }
        let at = self.item_of(cleaned, range, indent);
        self.blocks[at].is_ordered = is_ordered;
    }

    /// Closes the bullets and what is deeper that stand above a bullet of this indentation.
    fn leave_items_beside(&mut self, indent: usize) {
        while self.stack.len() > self.floor {
            let top = &self.blocks[self.top()];
            let is_beside = top.kind == Kind::Item
                && (top.indent > indent || top.indent == indent && !top.is_ordered);
            if !is_beside {
                break;
            }
            self.close();
        }
    }

    /// Returns whether the innermost open block is a number of a list that begins with numbers; bullets
    /// at its indentation belong to it: 「① 会員基盤の刷新」 and 「・設計から」.
    fn is_numbered_title(&self, indent: usize) -> bool {
        let top = self.top();
        let block = &self.blocks[top];
        let is_numbered = block.kind == Kind::Item && block.is_ordered && block.indent == indent;
        is_numbered
            && (block.parent + 1..=top)
                .take(MAX_BEFORE_LIST)
                .find(|at| self.blocks[*at].kind == Kind::Item)
                .is_some_and(|first| self.blocks[first].is_ordered)
    }

    pub(super) fn item_of(
        &mut self,
        cleaned: Cleaned,
        range: Range<usize>,
        indent: usize,
    ) -> usize {
        self.leave_headings_of_items(indent);
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

    /// Closes the items that are open before a container which is entered, where headings at the margin stand in it:
    /// what holds a heading is no part of an item.
    pub(super) fn leave_items_before(&mut self, at: usize) {
        let container = self.lines[at].container;
        let around = self.containers.last().map_or(0, |(_, open, _)| *open);
        if container.depth != self.containers.len() + 1 {
            return;
        }
        let holds_heading = || {
            let inside = self.lines[at..].iter().take(MAX_BEFORE_HEADING);
            inside
                .take_while(|line| line.container.number == container.number)
                .any(|line| line.indent == 0 && self.text[line.range.clone()].starts_with('#'))
        };
        let is_in_item = |builder: &Self| {
            builder.stack.len() > around.max(builder.floor)
                && (builder.stack.last()).is_some_and(|top| builder.blocks[*top].kind == Kind::Item)
        };
        if !is_in_item(self) || !holds_heading() {
            return;
        }
        while is_in_item(self) {
            self.close();
        }
    }
}
