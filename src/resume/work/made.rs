//! What the text of a job says was made there, where nothing titles it.

use crate::resume::block::{Blocks, Kind};
use crate::resume::evidence::{Evidence, Shape, cell_text, event_of};
use crate::resume::job::JobDraft;
use crate::resume::label::Field;
use crate::resume::section::{Section, section_of};

use super::title::is_tag_line;

/// Returns what the first sentences say was made: 「…をつなぐ道具を作りました」 gives 「…をつなぐ道具」.
fn made_thing(text: &str) -> Option<&str> {
    const DEEDS: [&str; 8] = [
        "を作",
        "を開発",
        "を構築",
        "を担当",
        "を制作",
        "の開発",
        "の構築",
        "の保守",
    ];
    text.split(['。', '、', '，']).take(3).find_map(|clause| {
        let at = DEEDS.iter().filter_map(|deed| clause.find(deed)).min()?;
        let object = clause[..at].trim().trim_end_matches(['を', 'の']);
        (object.chars().count() >= 6).then_some(object)
    })
}

/// Returns the first words of prose under a job, up to where its first clause ends.
pub(super) fn first_sentence(
    blocks: &Blocks,
    evidence: &Evidence,
    job: &JobDraft,
) -> Option<String> {
    (job.block + 1..job.end.min(job.block + 60))
        .filter(|at| matches!(blocks[*at].kind, Kind::Line | Kind::Item))
        .filter(|at| !evidence.is_period_only(blocks, *at) && event_of(blocks[*at].str()).is_none())
        .filter(|at| matches!(evidence.scope[*at], None | Some(Field::Summary)))
        .map(|at| evidence.value_text(blocks, at).trim())
        .filter(|text| !states_frame(text) && !is_tag_line(text))
        .find(|text| text.chars().count() >= 6 && section_of(text) != Some(Section::Projects))
        .map(|text| {
            if let Some(object) = made_thing(text) {
                return object.chars().take(60).collect();
            }
            let clause = text.split(['。', '、', '，']).next().unwrap_or(text);
            let clause = if clause.chars().count() >= 8 {
                clause
            } else {
                text
            };
            clause.chars().take(60).collect()
        })
}

/// Returns what the summary in a table of labels below a job says was made: 「| 内容 | 回覧アプリの新規開発に関わる |」.
pub(super) fn summary_cell(blocks: &Blocks, evidence: &Evidence, job: &JobDraft) -> Option<String> {
    // What a column of a table of jobs sums up is told in detail elsewhere.
    let is_label = |at: usize| evidence.shape(blocks[blocks[at].parent].parent) == Shape::Pairs;
    let is_told = |at: &usize| {
        blocks[*at].kind == Kind::Cell
            && evidence.field[*at] == Some(Field::Summary)
            && is_label(*at)
    };
    let cells = (job.block + 1..job.end.min(job.block + 60)).filter(is_told);
    let texts = cells.map(|at| cell_text(blocks, at));
    let told = texts.filter_map(|text| {
        let clause = text.split(['。', '、', '，', '→', '\n']).next()?.trim();
        let title = made_thing(&text).unwrap_or(clause);
        (title.chars().count() >= 6).then(|| title.chars().take(60).collect())
    });
    told.into_iter().next()
}

/// Returns whether a short line says how many or for whom somebody worked rather than what for: 「チーム人数2名」,
/// 「受託開発」.
fn states_frame(text: &str) -> bool {
    const MAX_CHARS: usize = 14;
    let counts = text.ends_with(['名', '人']) && text.contains(char::is_numeric);
    text.chars().count() <= MAX_CHARS
        && (counts || ["自社開発", "受託開発", "自社サービス", "自社プロダクト"].contains(&text))
}
