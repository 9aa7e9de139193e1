//! What bold type tells of a title: where the name in it ends.

use shokureki_index::lexicon::has_legal_form;

use crate::resume::block::Blocks;
use crate::resume::employer::JobTitle;

/// Takes off an employer's name what stands behind the bold part that holds the company:
/// 「**2014～2018｜有限会社A** 集計・分析」.
pub(super) fn split_at_bold(blocks: &Blocks, at: usize, job: &mut JobTitle) {
    let Some(bold) = blocks[at].bold.clone() else {
        return;
    };
    let bold = &blocks[at].str()[bold];
    let split = job.name.match_indices([' ', '\u{3000}']).find(|(at, _)| {
        let (first, rest) = job.name.split_at(*at);
        bold.trim_end().ends_with(first) && has_legal_form(first) && !bold.contains(rest.trim())
    });
    if let Some((at, _)) = split {
        job.rest.push(job.name[at..].trim().to_owned());
        job.name.truncate(at);
    }
}
