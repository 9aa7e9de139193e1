//! Projects that their neighbours imply: titles beside projects, names in quotes with a time, and what carries one
//! title twice.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::has_legal_form;

use crate::resume::block::{Blocks, Kind};
use crate::resume::evidence::{Evidence, PlacedPeriod, title_without};
use crate::resume::job::{JobDraft, is_pause, joined, overlaps, reads_like_work, says_secondment};
use crate::resume::label::{field_of, may_label_period};
use crate::resume::period::{FoundPeriod, find_periods};

use crate::resume::section::Section;
use crate::resume::stint::is_department;

use super::heading::says_role;
use super::title::{is_beside_projects, is_project_list, labels_deeds, strip_title};
use super::{WorkDraft, owners};

/// Adds the titles without more that stand beside projects, in a part that lists projects.
pub(super) fn add_siblings(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let mut has_work: HashMap<(usize, u16), usize> = HashMap::new();
    for work in works.iter() {
        let block = &blocks[work.block];
        if block.kind == Kind::Heading {
            *has_work.entry((block.parent, block.rank)).or_default() += 1;
        }
    }
    let is_taken: HashSet<usize> = works
        .iter()
        .map(|work| work.block)
        .chain(jobs.iter().map(|job| job.block))
        .chain(jobs.iter().flat_map(JobDraft::naming_blocks))
        .collect();
    let owner = owners(blocks, jobs);
    let enclosing = enclosing_works(blocks, works);
    let mut is_listed: HashMap<(usize, u16), bool> = HashMap::new();
    for at in 1..blocks.len() {
        let block = &blocks[at];
        let is_title = block.kind == Kind::Heading
            && block.is_marked_heading()
            && (evidence.field[at].is_none() || block.str().trim() == "その他")
            && !evidence.opens_section[at]
            && !is_project_list(block.str())
            && !is_beside_projects(block.str())
            && !labels_deeds(block.str())
            && !evidence.is_period_only(blocks, at)
            && !is_dated_department(blocks, evidence, at)
            && !is_taken.contains(&at)
            && !(owner[at].is_some() && says_role(block.str()))
            && !["共通", "現在", "過去", "今後"].contains(&block.str().trim())
            && !(says_secondment(block.str()) && block.end > at + 1);
        if !is_title {
            continue;
        }
        let is_sibling = has_work
            .get(&(block.parent, block.rank))
            .is_some_and(|count| *count > 0)
            && match evidence.section[at] {
                Section::Career | Section::Projects => true,
                // 「部品の調達（2017年）」 beside 「保険の照会（2018年）」 below 「## 前職」.
                Section::Unknown => evidence.own_period(blocks, at).is_some(),
                _ => false,
            };
        let is_empty_title = evidence.section[at] == Section::Projects
            && owner[at].is_none()
            && *is_listed
                .entry((block.parent, block.rank))
                .or_insert_with(|| is_title_list(blocks, evidence, block.parent, block.rank));
        if !is_sibling && !is_empty_title {
            continue;
        }
        if let Some(index) = enclosing[at] {
            if !is_empty_title {
                continue;
            }
            works[index].end = works[index].end.min(at);
        }
        let mut work = WorkDraft::own(blocks, evidence, at, owner[at]);
        if let Some(own) = work.period.as_ref().filter(|own| own.block == at) {
            let title = title_without(block.str(), &own.period.range);
            work.title = Some(strip_title(&title)).filter(|title| !title.is_empty());
        }
        works.push(work);
    }
}

/// Adds the items in bold over more that say nothing of time, beside two that are projects of a job and do: 「- **夜間の
/// 当番づくり**」 beside 「- **配信の刷新**（2023/04〜2024/06）」.
pub(super) fn add_bold_items(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let begins_bold = |at: usize| {
        let bold = blocks[at].bold.as_ref();
        blocks[at].kind == Kind::Item && bold.is_some_and(|bold| bold.start == 0)
    };
    let mut beside: HashMap<usize, Vec<usize>> = HashMap::new();
    for work in works.iter().filter(|work| begins_bold(work.block)) {
        let is_dated = work
            .period
            .as_ref()
            .is_some_and(|own| own.block == work.block);
        if is_dated && work.job.is_some() {
            beside
                .entry(blocks[work.block].parent)
                .or_default()
                .push(work.block);
        }
    }
    let owner = owners(blocks, jobs);
    for (parent, known) in beside {
        if known.len() < 2 {
            continue;
        }
        for at in blocks.children(parent) {
            let text = blocks[at].str();
            let is_title = begins_bold(at)
                && !known.contains(&at)
                && blocks[at]
                    .bold
                    .as_ref()
                    .is_some_and(|bold| bold.end == text.len())
                && blocks[at].end > at + 1
                && evidence.field[at].is_none()
                && evidence.periods[at].is_empty()
                && text.chars().count() >= MIN_TITLE_CHARS
                && field_of(text).is_none()
                && !is_project_list(text)
                && !is_beside_projects(text)
                && !says_role(text)
                && !works.iter().any(|work| work.block == at);
            if is_title {
                works.push(WorkDraft::own(blocks, evidence, at, owner[at]));
            }
        }
    }
}

/// Characters of a title beside projects.
const MIN_TITLE_CHARS: usize = 5;

/// Returns whether a heading says when somebody was in a department, and more stands below: 「開発部（2016年4月〜
/// 2018年3月）」.
fn is_dated_department(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    evidence.own_period(blocks, at).is_some_and(|own| {
        let title = title_without(blocks[at].str(), &own.period.range);
        own.period.is_stretch() && is_department(title.trim())
    })
}

/// Returns the innermost of `works` around each block.
fn enclosing_works(blocks: &Blocks, works: &[WorkDraft]) -> Vec<Option<usize>> {
    let mut enclosing = vec![None; blocks.len()];
    let mut order: Vec<usize> = (0..works.len()).collect();
    order.sort_by_key(|index| works[*index].block);
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    for (at, slot) in enclosing.iter_mut().enumerate() {
        while open.last().is_some_and(|index| works[*index].end <= at) {
            open.pop();
        }
        *slot = open.last().copied();
        while let Some(index) = order.get(next)
            && works[*index].block <= at
        {
            open.push(*index);
            next += 1;
        }
    }
    enclosing
}

/// Returns whether the headings of one rank under `parent` are mostly titles without more.
fn is_title_list(blocks: &Blocks, evidence: &Evidence, parent: usize, rank: u16) -> bool {
    let siblings = blocks
        .children(parent)
        .filter(|other| blocks[*other].kind == Kind::Heading && blocks[*other].rank == rank);
    let (mut count, mut empty) = (0usize, 0usize);
    for sibling in siblings {
        count += 1;
        empty += usize::from(blocks[sibling].end == sibling + 1);
    }
    count >= 2
        && empty * 2 >= count
        && (evidence.opens_section[parent] || evidence.field[parent].is_none())
}

/// Merges what carries one title: rows of a year table, a table above and a heading in detail.
pub(super) fn merge_titles(blocks: &Blocks, works: Vec<WorkDraft>) -> Vec<WorkDraft> {
    let mut kept: Vec<WorkDraft> = Vec::new();
    let mut by_title: HashMap<(Option<usize>, String), usize> = HashMap::new();
    for work in works {
        let Some(title) = &work.title else {
            kept.push(work);
            continue;
        };
        let key = (work.job, normalized_key(&title.replace([' ', '　'], "")));
        let Some(&twin) = by_title.get(&key) else {
            by_title.insert(key, kept.len());
            kept.push(work);
            continue;
        };
        let known = &mut kept[twin];
        let is_nested = known.block < work.block && work.block < known.end;
        // Two of one title that each say when, one after the other, tell of two engagements; rows go on.
        let is_dated = |work: &WorkDraft| {
            matches!(blocks[work.block].kind, Kind::Heading | Kind::Line)
                && (work.period.as_ref())
                    .is_some_and(|own| (work.block..work.end).contains(&own.block))
        };
        let is_other = is_dated(known)
            && is_dated(&work)
            && !overlaps(known.period.as_ref(), work.period.as_ref());
        if is_nested || is_other {
            kept.push(work);
            continue;
        }
        known.more.push((work.block, work.end));
        // What a summary's row says otherwise of the end is less than what the work's own heading does.
        let is_summed_up = blocks[known.block].kind == Kind::Row
            && blocks[work.block].kind == Kind::Heading
            && begins_with(known.period.as_ref(), work.period.as_ref());
        known.period = if is_summed_up {
            work.period
        } else {
            joined(known.period.take(), work.period)
        };
    }
    kept
}

/// Returns whether two stretches of time begin with the same month.
fn begins_with(one: Option<&PlacedPeriod>, other: Option<&PlacedPeriod>) -> bool {
    let start = |placed: Option<&PlacedPeriod>| {
        let placed = placed.filter(|placed| placed.period.is_stretch())?;
        placed.period.from
    };
    start(one).is_some() && start(one) == start(other)
}

/// Adds the projects that prose names in quotes with their period: 「「予約の回帰テスト」（2023年6月〜2024年8月）」.
pub(super) fn add_quoted(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let owner = owners(blocks, jobs);
    let enclosing = enclosing_works(blocks, works);
    // A line that tells of a job may tell of the projects at it, too.
    let is_taken: HashSet<usize> = works
        .iter()
        .map(|work| work.block)
        .chain(
            jobs.iter()
                .flat_map(JobDraft::naming_blocks)
                .filter(|at| !blocks[*at].str().contains('。')),
        )
        .collect();
    let employers: HashSet<&str> = jobs.iter().map(|job| job.job.name.as_str()).collect();
    for at in 1..blocks.len() {
        let text = blocks[at].str();
        let is_prose = matches!(blocks[at].kind, Kind::Line | Kind::Item)
            && (owner[at].is_some()
                || matches!(
                    evidence.section[at],
                    Section::Career | Section::Projects | Section::Unknown
                ))
            && enclosing[at].is_none()
            && evidence.field[at].is_none()
            && !is_taken.contains(&at)
            && text.len() <= MAX_PROSE_BYTES
            && (text.contains(['」', '』']) || blocks[at].bold.is_some());
        if !is_prose {
            continue;
        }
        for period in find_periods(text)
            .into_iter()
            .filter(FoundPeriod::is_stretch)
        {
            let before = without_time_label(text[..period.range.start].trim_end())
                .trim_end_matches(['（', '(', ' ']);
            // 「**分蜂の予測 (2019.10 - 2020.9)**　株式会社Aで」
            let holds =
                |bold: &Range<usize>| bold.start < before.len() && period.range.end <= bold.end;
            let mut bolds = blocks[at].bold.iter().chain(&blocks[at].more_bold);
            let bold = bolds.find_map(|bold| {
                if holds(bold) {
                    return Some(bold.start..before.len());
                }
                (bold.end == before.len()).then(|| bold.clone())
            });
            let quoted = before
                .strip_suffix(['」', '』'])
                .and_then(|quoted| Some(&quoted[quoted.rfind(['「', '『'])?..]));
            let Some(title) = bold.map(|bold| &text[bold]).or(quoted) else {
                continue;
            };
            let title = title.trim_start_matches(['「', '『']);
            let is_company = has_legal_form(title) && !reads_like_work(title);
            if employers.contains(title) || is_company || is_pause(text) {
                continue;
            }
            works.push(WorkDraft {
                block: at,
                end: blocks[at].end,
                title: Some(title.to_owned()),
                period: Some(PlacedPeriod {
                    text: text[period.range.clone()].trim().to_owned(),
                    period,
                    block: at,
                }),
                job: owner[at],
                more: Vec::new(),
            });
        }
    }
}

/// Takes the word off that says what was done in the time behind it: 「…（制作 」.
fn without_time_label(text: &str) -> &str {
    let inside = text.rfind(['（', '(']).map_or("", |open| {
        text[open..].trim_start_matches(['（', '(']).trim_end()
    });
    let is_label = may_label_period(inside.trim_end_matches([':', '：'])) || inside == "期間";
    if is_label {
        text[..text.len() - inside.len()].trim_end()
    } else {
        text
    }
}

/// Lines of prose that are longer are not read.
const MAX_PROSE_BYTES: usize = 4000;
