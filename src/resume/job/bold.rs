//! What bold type tells of a title: where the name in it ends, which of the words are the name.

use shokureki_index::lexicon::has_legal_form;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::without_brackets;
use crate::resume::employer::JobTitle;
use crate::resume::evidence::{Event, Evidence, event_of};
use crate::resume::period::PeriodShape;

/// Takes off an employer's name what stands beside the bold part that holds the company:
/// 「**2014～2018｜有限会社A** 集計・分析」, 「4月、**株式会社A**に主任として入社」.
pub(super) fn split_at_bold(blocks: &Blocks, evidence: &Evidence, at: usize, job: &mut JobTitle) {
    let Some(bold) = blocks[at].bold.clone() else {
        return;
    };
    let text = blocks[at].str();
    let bold = &text[bold];
    let split = job.name.match_indices([' ', '\u{3000}']).find(|(at, _)| {
        let (first, rest) = job.name.split_at(*at);
        bold.trim_end().ends_with(first) && has_legal_form(first) && !bold.contains(rest.trim())
    });
    if let Some((at, _)) = split {
        job.rest.push(job.name[at..].trim().to_owned());
        job.name.truncate(at);
    }
    let bare = bold.trim();
    let is_name = has_legal_form(bare)
        && without_brackets(bare) == bare
        && evidence.periods[at]
            .iter()
            .all(|found| !bare.contains(&text[found.range.clone()]));
    let first = text.split('。').next().unwrap_or("");
    if is_name && job.name.contains(bare) && event_of(first).is_some() {
        bare.clone_into(&mut job.name);
    }
}

/// Returns the first sentence of a line that tells when somebody joined: 「4月、**株式会社A**に入社。現在に至る」, or of an item
/// that begins with the date: 「- 2019年10月 株式会社Aに入社。精算機を担当」.
pub(super) fn told_event<'a>(
    blocks: &'a Blocks,
    evidence: &Evidence,
    at: usize,
    named_in: usize,
) -> Option<&'a str> {
    let text = blocks[named_in].str();
    let (first, _) = text.split_once('。')?;
    let own = evidence.own_period(blocks, named_in)?;
    // 「2019年10月に株式会社Aへ移った。」 is a sentence, and read as one.
    let behind = text.get(own.period.range.end..)?.trim_start();
    let is_dated_item = blocks[at].kind == Kind::Item
        && text[..own.period.range.start].is_empty()
        && !behind.starts_with(['に', 'か', 'よ', 'の', '、', '，', ',']);
    let is_event = matches!(blocks[at].kind, Kind::Item | Kind::Line)
        && own.period.shape == PeriodShape::Single
        && own.period.range.end <= first.len()
        && first.chars().count() <= 80
        && (blocks[named_in].bold.is_some() || is_dated_item)
        && event_of(first) == Some(Event::Join);
    is_event.then_some(first)
}
