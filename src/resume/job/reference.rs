//! Rows that name their employer by a short name or a mark that another part of the document explains.

use std::cell::LazyCell;
use std::collections::HashMap;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::has_legal_form;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens};

use super::again::{bare_name, known_names};
use super::statement::Statement;
use super::{JobDraft, stay};

/// Jobs that a short name is looked for in.
const MAX_JOBS: usize = 64;

/// Parts of a job that a mark is looked for in.
const MAX_PARTS: usize = 24;

/// Returns whether a row names its employer by a mark that stands for it elsewhere (①, 2, A), or by a
/// word that names nobody (出向先).
pub(super) fn is_reference(statement: &Statement) -> bool {
    let name = statement.text.trim();
    let is_word = matches!(
        name,
        "出向先"
            | "常駐先"
            | "派遣先"
            | "客先"
            | "自社"
            | "同上"
            | "当社"
            | "その他"
            | "なし"
            | "不明"
    );
    is_word || name.chars().count() <= 2 && !name.chars().any(is_letter_of_names)
}

/// Returns whether a letter can be one of a name, and no number or mark.
fn is_letter_of_names(letter: char) -> bool {
    letter.is_alphabetic()
        && !letter.is_ascii()
        && !('Ⓐ'..='ⓩ').contains(&letter)
        && !('Ａ'..='Ｚ').contains(&letter)
}

/// Returns the one of `jobs` whose row or line begins with the mark that a row names it by.
pub(super) fn marked(blocks: &Blocks, jobs: &[JobDraft], statement: &Statement) -> Option<usize> {
    let mark = statement.text.trim();
    let begins = |at: usize| match blocks[at].kind {
        Kind::Row => blocks
            .children(at)
            .next()
            .is_some_and(|cell| blocks[cell].str().trim_matches(['.', '．', ' ']) == mark),
        _ => blocks[at].str().starts_with(mark),
    };
    jobs.iter().take(MAX_JOBS).position(|job| {
        let parts = job.parts.iter().take(MAX_PARTS).map(|part| part.block);
        std::iter::once(job.block)
            .chain(job.more.iter().map(|(at, _)| *at))
            .chain(parts)
            .any(begins)
    })
}

/// Reads the lines that explain marks for employers: 「所属の略号：Ｃ＝有限会社C、ヒ＝ヒノデ・サガミ株式会社」.
pub(in crate::resume) fn legend(blocks: &Blocks, jobs: &[JobDraft]) -> HashMap<String, usize> {
    let names = LazyCell::new(|| known_names(jobs));
    let mut legend = HashMap::new();
    for at in 1..blocks.len() {
        let text = blocks[at].str();
        let may_explain = matches!(blocks[at].kind, Kind::Line | Kind::Item)
            && text.len() <= MAX_LEGEND_BYTES
            && text.contains(['＝', '=']);
        if !may_explain {
            continue;
        }
        let explained: Vec<(String, usize)> = text
            .split(['、', '，', ',', '/', '／', '\u{3000}'])
            .filter_map(|pair| {
                let (mark, name) = pair.split_once(['＝', '='])?;
                let mark = mark.rsplit(['：', ':', '…']).next()?;
                let bare = bare_name(name.trim())?;
                // Who went back to a company has two stays there; the mark means it all the same.
                let first = || {
                    jobs.iter()
                        .take(MAX_JOBS)
                        .position(|job| bare_name(&job.job.name).as_ref() == Some(&bare))
                };
                let job = names.find(&bare).or_else(first)?;
                Some((mark_of(mark)?, job))
            })
            .collect();
        if explained.len() >= 2 {
            legend.extend(explained);
        }
    }
    legend
}

/// Lines that explain marks are not longer.
const MAX_LEGEND_BYTES: usize = 600;

/// Folds a mark: brackets, width, blanks.
pub(in crate::resume) fn mark_of(text: &str) -> Option<String> {
    let mark = text
        .trim()
        .trim_matches(|sign| opens(sign) || closes(sign))
        .trim();
    let is_mark = (1..=MAX_MARK_CHARS).contains(&mark.chars().count());
    is_mark.then(|| normalized_key(mark))
}

/// Characters of a mark.
const MAX_MARK_CHARS: usize = 6;

/// Returns the one of `jobs` whose own line holds the short name that a row uses: 「以下「東備」」.
pub(super) fn named_short(
    blocks: &Blocks,
    jobs: &[JobDraft],
    statement: &Statement,
) -> Option<usize> {
    let name = statement.job.name.trim();
    if name.chars().count() < 2 || has_legal_form(name) {
        return None;
    }
    let is_named = |job: &JobDraft| {
        blocks[job.named_in].str().contains(name)
            || job.job.aliases.iter().any(|alias| alias.contains(name))
    };
    let mut named = jobs
        .iter()
        .take(MAX_JOBS)
        .enumerate()
        .filter(|(_, job)| is_named(job));
    let (first, job) = named.next()?;
    let fits = |job: &JobDraft| stay::holds(job.period.as_ref(), statement.period.as_ref());
    if fits(job) {
        return Some(first);
    }
    named
        .find(|(_, job)| fits(job))
        .map(|(index, _)| index)
        .or(Some(first))
}
