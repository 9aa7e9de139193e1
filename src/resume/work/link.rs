//! Projects apart from the jobs that say in their first words where they were done: 「オリベ保険テクノロジーズ。
//! 1つのバイナリに…」.

use std::collections::HashSet;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens};
use crate::resume::evidence::{Evidence, PlacedPeriod};
use crate::resume::facts::{Signs, parts, without_times};
use crate::resume::job::{JobDraft, Names, bare_name, holds, known_names, legend, mark_of};

use super::WorkDraft;
use super::tag::{split_tag, tagged_job};
use super::title::strip_title;

/// Links the projects without a job whose first line begins with the name of an employer.
pub(super) fn link_named(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut [WorkDraft],
) {
    let names = known_names(jobs);
    if jobs.is_empty() {
        return;
    }
    let legend = legend(blocks, jobs);
    for work in works.iter_mut().filter(|work| work.job.is_none()) {
        // 「[あ] 給与計算の回帰テスト」
        let marked = blocks[work.block]
            .str()
            .split_once(closes)
            .and_then(|(mark, _)| {
                let mark = mark.trim_start().strip_prefix(opens)?;
                legend.get(&mark_of(mark)?).copied()
            });
        if marked.is_some() {
            work.job = marked;
            continue;
        }
        let first = (work.block + 1..work.end.min(work.block + 4)).find(|at| {
            matches!(blocks[*at].kind, Kind::Line | Kind::Item)
                && evidence.periods[*at].is_empty()
                && evidence.field[*at].is_none()
        });
        work.job = first.and_then(|at| {
            let text = blocks[at].str();
            let head = text.split(['。', '、', '（', '(', '/', '／']).next()?;
            let head = head.split("での").next()?;
            let head = head.split("で").next()?.trim();
            let head = [
                "同じく",
                "同様に",
                "これも",
                "引き続き",
                "続けて",
                "ひきつづき",
            ]
            .iter()
            .find_map(|lead| head.strip_prefix(lead))
            .unwrap_or(head);
            (head.chars().count() >= 3)
                .then(|| names.find(&bare_name(head)?))
                .flatten()
        });
        if work.job.is_none() {
            work.job = named_as_place(blocks, work, &names);
        }
        if work.job.is_none()
            && let Some((job, dated)) = named_in_facts(blocks, evidence, work, &names)
        {
            work.job = Some(job);
            work.period = work.period.take().or(dated);
        }
        if work.job.is_none() {
            work.job = named_behind_bold(blocks, work.block, &names);
        }
        if work.job.is_none()
            && let Some(job) = named_behind_time(blocks, evidence, work, jobs)
        {
            work.job = Some(job);
            let text = blocks[work.block].str();
            if let Some(period) = &work.period
                && let Some(before) = text.get(..period.period.range.start)
            {
                work.title = Some(strip_title(before.trim_end_matches(opens)));
            }
        }
        if work.job.is_none()
            && let Some((tag, rest)) = work.title.as_deref().and_then(split_tag)
            && let Some(job) = tagged_job(tag, jobs, work.period.as_ref())
        {
            work.job = Some(job);
            work.title = Some(rest.to_owned());
        }
        if work.job.is_none() {
            work.job = named_in_brackets(blocks[work.block].str(), &names);
        }
        if work.job.is_none()
            && let Some((job, rest)) = work
                .title
                .as_deref()
                .and_then(|title| named_first(title, &names))
        {
            work.job = Some(job);
            work.title = Some(rest);
        }
    }
}

/// Adds the items that begin with a mark for their employer and hold more: 「- [あ] 給与計算の回帰テスト」.
pub(super) fn add_marked(blocks: &Blocks, jobs: &[JobDraft], works: &mut Vec<WorkDraft>) {
    let legend = legend(blocks, jobs);
    if legend.is_empty() {
        return;
    }
    let is_taken: HashSet<usize> = works.iter().map(|work| work.block).collect();
    for at in 1..blocks.len() {
        let holds_more = blocks[at].kind == Kind::Item && blocks[at].end > at + 1;
        if !holds_more || is_taken.contains(&at) {
            continue;
        }
        let Some((mark, title)) = blocks[at].str().split_once(closes) else {
            continue;
        };
        let job = mark
            .trim_start()
            .strip_prefix(opens)
            .and_then(mark_of)
            .and_then(|mark| legend.get(&mark).copied());
        if job.is_some() && !title.trim().is_empty() {
            works.push(WorkDraft::titled(blocks, at, title, job));
        }
    }
}

/// Returns the job whose employer a line names first behind its title in bold: 「**…**　株式会社Aでの仕事です。」
fn named_behind_bold(blocks: &Blocks, at: usize, names: &Names) -> Option<usize> {
    let bold = blocks[at].bold.clone().filter(|bold| bold.start == 0)?;
    let rest = blocks[at].str()[bold.end..].trim_start();
    let head = rest.split(['。', '、', '（', '(', '/', '／']).next()?;
    let head = head.split("での").next()?;
    names.find(&bare_name(head)?)
}

/// Returns the job whose employer a sentence below a title names as the place: 「地図の画面の開発。株式会社Aにて、設計を担当した。」
fn named_as_place(blocks: &Blocks, work: &WorkDraft, names: &Names) -> Option<usize> {
    (work.block + 1..work.end.min(work.block + MAX_PLACE_BLOCKS))
        .filter(|at| matches!(blocks[*at].kind, Kind::Line | Kind::Item))
        .map(|at| blocks[at].str())
        .filter(|text| text.len() <= MAX_PLACE_BYTES)
        .flat_map(|text| text.split('。'))
        .filter_map(|sentence| sentence.split_once("にて"))
        .find_map(|(place, _)| names.find(&bare_name(place.trim())?))
}

/// Blocks below a title, and bytes of one, that may name the place.
const MAX_PLACE_BLOCKS: usize = 6;
const MAX_PLACE_BYTES: usize = 900;

/// Returns the job whose employer the first line below a title names beside a time, and that time:
/// 「くらげ座エンタテインメント ・ 2023/04–現在」.
fn named_in_facts(
    blocks: &Blocks,
    evidence: &Evidence,
    work: &WorkDraft,
    names: &Names,
) -> Option<(usize, Option<PlacedPeriod>)> {
    let line = blocks.children(work.block).next()?;
    let text = blocks[line].str();
    let may_name = matches!(blocks[line].kind, Kind::Line | Kind::Item)
        && evidence.field[line].is_none()
        && text.len() <= MAX_TITLE_BYTES
        && !text.contains('。');
    if !may_name {
        return None;
    }
    let bare = without_times(text);
    let job = parts(&bare, Signs::Facts)
        .into_iter()
        .take(3)
        .filter_map(|part| bare_name(&bare[part]))
        .find_map(|name| names.find(&name))?;
    let dated = evidence
        .first_in(blocks, line)
        .filter(|dated| dated.period.is_stretch());
    Some((job, dated))
}

/// Returns the job whose employer stands alone behind the time of a title: 「生産実績の収集　2006年1月～2008年9月
/// アオバ（出向先にて）」.
fn named_behind_time(
    blocks: &Blocks,
    evidence: &Evidence,
    work: &WorkDraft,
    jobs: &[JobDraft],
) -> Option<usize> {
    let text = blocks[work.block].str();
    let own = evidence.own_period(blocks, work.block)?;
    let has_title = text[..own.period.range.start]
        .chars()
        .any(char::is_alphabetic);
    let behind = text[own.period.range.end..].trim_matches(|sign: char| {
        sign.is_whitespace() || closes(sign) && sign != ')' && sign != '）' || is_beside(sign)
    });
    let name = bare_name(behind).filter(|_| has_title && text.len() <= MAX_TITLE_BYTES)?;
    let mut named = jobs.iter().take(MAX_JOBS).enumerate().filter(|(_, job)| {
        let spelled = std::iter::once(&job.job.name).chain(&job.job.aliases);
        spelled
            .filter_map(|name| bare_name(name))
            .any(|other| other == name)
    });
    let first = named.next()?;
    // Who went back to a company has two stays there.
    std::iter::once(first)
        .chain(named)
        .find(|(_, job)| holds(job.period.as_ref(), work.period.as_ref()))
        .or(Some(first))
        .map(|(index, _)| index)
}

/// Returns whether a sign parts the name of an employer from what stands before it.
fn is_beside(sign: char) -> bool {
    "／/|｜・、,：:@＠-–".contains(sign)
}

/// Jobs that are looked through for a name.
const MAX_JOBS: usize = 64;

/// Returns the job whose employer a title names first, and the rest of the title: 「アオバ / 会員基盤の刷新」.
fn named_first(title: &str, names: &Names) -> Option<(usize, String)> {
    let parts = parts(title, Signs::Title);
    let (first, rest) = parts.split_first()?;
    let job = names.find(&bare_name(&title[first.clone()])?)?;
    let rest = title[rest.first()?.start..].trim();
    (!rest.is_empty()).then(|| (job, rest.to_owned()))
}

/// Returns the job whose employer a title names in brackets: 「会員基盤の刷新（アオバ、2024年1月〜）」.
fn named_in_brackets(title: &str, names: &Names) -> Option<usize> {
    if title.len() > MAX_TITLE_BYTES {
        return None;
    }
    title.split(opens).skip(1).find_map(|inside| {
        inside
            .split(closes)
            .next()?
            .split(|sign: char| sign.is_whitespace() || "、，,/／|｜・;；:：".contains(sign))
            .filter_map(|part| bare_name(part.trim()))
            .find_map(|name| names.find(&name))
    })
}

/// Titles that are longer name no employer in brackets.
const MAX_TITLE_BYTES: usize = 300;
