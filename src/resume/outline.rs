//! The headings of a document and what stands under them.

use std::rc::Rc;

use crate::domain::{Heading, Span};

use super::block::{Blocks, Kind};
use super::text::small;

/// Returns the headings of the document with the sections they open.
pub(super) fn outline(blocks: &Blocks) -> Vec<Heading> {
    (1..blocks.len())
        .filter(|at| blocks[*at].kind == Kind::Heading && !blocks[*at].str().is_empty())
        .map(|at| {
            let block = &blocks[at];
            let end = blocks_end(blocks, at);
            Heading {
                level: u8::try_from(
                    blocks
                        .ancestors(at)
                        .filter(|above| blocks[*above].kind == Kind::Heading)
                        .count()
                        + 1,
                )
                .unwrap_or(u8::MAX),
                title: block.str().to_owned(),
                span: Span {
                    start: small(block.source.start),
                    end: small(end),
                },
                line: block.line,
            }
        })
        .collect()
}

/// Returns the byte behind the text of a block and all below it.
fn blocks_end(blocks: &Blocks, at: usize) -> usize {
    let last = blocks[at].end - 1;
    blocks[last].source.end.max(blocks[at].source.end)
}

/// Returns the titles of the headings above each block, shared among those below one heading.
pub(super) fn heading_paths(blocks: &Blocks) -> Vec<Option<Rc<Vec<String>>>> {
    let mut paths: Vec<Option<Rc<Vec<String>>>> = vec![None; blocks.len()];
    // The path that holds for what stands directly under each block.
    let mut below: Vec<Option<Rc<Vec<String>>>> = vec![None; blocks.len()];
    for at in 1..blocks.len() {
        let above = below[blocks[at].parent].clone();
        if blocks[at].kind == Kind::Heading {
            let mut path = above
                .as_ref()
                .map_or_else(Vec::new, |path| path.as_ref().clone());
            path.push(blocks[at].str().chars().take(120).collect());
            below[at] = Some(Rc::new(path));
        } else {
            below[at].clone_from(&above);
        }
        paths[at] = above;
    }
    paths
}
