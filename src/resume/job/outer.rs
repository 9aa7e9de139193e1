//! Items that name an employer over what was done there, each with its time.

use shokureki_index::lexicon::{Lexicon, has_legal_form};

use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::job_title;
use crate::resume::evidence::Evidence;
use crate::resume::label::Field;
use crate::resume::section::Section;

use super::statement::MAX_HEAD_LINES;

/// Returns whether an item is the name of a company over items that say, labelled, when each piece of work was:
/// 「- 株式会社A」 over 「- 会員アプリ」 over 「- 期間」.
pub(super) fn is_over_works(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
) -> bool {
    let block = &blocks[at];
    let text = block.str();
    let may_be = block.kind == Kind::Item
        && evidence.section[at] == Section::Career
        && block.end > at + 1
        && text.chars().count() <= MAX_NAME_CHARS
        && has_legal_form(text)
        && evidence.field[at].is_none();
    may_be
        && job_title(text, lexicon).rest.is_empty()
        && blocks.children(at).take(MAX_HEAD_LINES).any(|child| {
            blocks[child].kind == Kind::Item
                && evidence.field[child].is_none()
                && blocks
                    .children(child)
                    .take(MAX_HEAD_LINES)
                    .any(|label| evidence.field[label] == Some(Field::Period))
        })
}

/// Characters of an item that is the name of a company and nothing else.
const MAX_NAME_CHARS: usize = 40;
