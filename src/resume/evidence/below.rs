//! What stands right below a title, in a container or not.

use shokureki_index::lexicon::has_legal_form;

use crate::resume::block::Blocks;
use crate::resume::job::reads_like_work;
use crate::resume::label::Field;

use super::Evidence;
use super::stated::MAX_ATTACHED;

impl Evidence {
    /// Returns the first blocks directly below a block; those in the one container below it stand below its
    /// title as well, unless that is a piece of work. Several containers tell of one thing each.
    pub(super) fn first_below<'b>(
        &self,
        blocks: &'b Blocks,
        at: usize,
    ) -> impl Iterator<Item = usize> + use<'b> {
        let below = || blocks.children(at).take(MAX_ATTACHED);
        let is_only = below().filter(|child| blocks[*child].is_summary).count() == 1;
        let is_work = |child: usize| {
            has_legal_form(blocks[at].str())
                && reads_like_work(blocks[child].str())
                && blocks.children(child).take(MAX_ATTACHED).any(|inside| {
                    matches!(
                        self.field[inside],
                        Some(
                            Field::Technology
                                | Field::Environment
                                | Field::Phase
                                | Field::Team
                                | Field::Role
                        )
                    )
                })
        };
        let opened: Vec<usize> = below()
            .filter(|child| is_only && blocks[*child].is_summary && !is_work(*child))
            .collect();
        below().flat_map(move |child| {
            let inside = opened
                .contains(&child)
                .then(|| blocks.children(child).take(MAX_ATTACHED));
            std::iter::once(child).chain(inside.into_iter().flatten())
        })
    }
}
