//! Projects whose first line only says when: 「2022年11月 ～ 現在」 over the client and what was done, as often as
//! there were engagements below a job.

use shokureki_index::lexicon::has_legal_form;
use shokureki_index::words;
use std::collections::HashSet;

use crate::domain::{Moment, PeriodEnd};
use crate::resume::block::{Blocks, Kind};
use crate::resume::duration::leading_length;
use crate::resume::evidence::{Evidence, PlacedPeriod};
use crate::resume::job::JobDraft;
use crate::resume::section::Section;

use crate::resume::bracket::without_brackets;
use crate::resume::employer::{kind_of, names_role};
use crate::resume::label::Field;
use crate::resume::period::FoundPeriod;
use crate::resume::stint::is_department;

use super::title::{is_tag_line, strip_title};
use super::{WorkDraft, inside, job_times, owners};

/// Blocks below a line that may say what was done in its time.
const MAX_TITLED: usize = 4;

/// Returns when a piece of work was as its title says: from the first to the last of the stretches that stand in
/// it one behind another: 「出し分けの改善（2023/01〜2023/04, 2023/11〜現在）」.
pub(super) fn title_period(
    blocks: &Blocks,
    evidence: &Evidence,
    at: usize,
) -> Option<PlacedPeriod> {
    let mut own = evidence.own_period(blocks, at)?;
    let text = blocks[own.block].str();
    let is_list = |between: &str| {
        let between = between.trim();
        !between.is_empty()
            && between.chars().count() <= 3
            && between
                .chars()
                .all(|sign| ", 、,，/／&＆・と()（）".contains(sign))
    };
    for next in &evidence.periods[own.block] {
        let is_next = own.period.is_stretch()
            && next.is_stretch()
            && text
                .get(own.period.range.end..next.range.start)
                .is_some_and(is_list);
        if !is_next {
            continue;
        }
        own.period.range.end = next.range.end;
        let earliest = |from: Moment| from.earliest();
        if next.from.map(earliest) < own.period.from.map(earliest) && next.from.is_some() {
            own.period.from = next.from;
        }
        own.period.to = match (own.period.to, next.to) {
            (PeriodEnd::At(first), PeriodEnd::At(second)) => {
                PeriodEnd::At(if second.earliest() > first.earliest() {
                    second
                } else {
                    first
                })
            }
            (PeriodEnd::Present, _) | (_, PeriodEnd::Present) => PeriodEnd::Present,
            _ => PeriodEnd::Unstated,
        };
        own.text = text[own.period.range.clone()].trim().to_owned();
    }
    Some(own)
}

/// Adds the plain lines of which the next says when and nothing else: 「水泳の指導サービス」 over 「2024年4月 ～
/// 現在」, where there are two or more.
pub(super) fn add_titled_above(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let owner = owners(blocks, jobs);
    let job_times = job_times(jobs);
    let is_naming: HashSet<usize> = jobs.iter().flat_map(JobDraft::naming_blocks).collect();
    let is_inside = inside(blocks, works.iter());
    let says_when = |at: usize| {
        blocks[at].kind == Kind::Line
            && evidence.field[at].is_none()
            && !job_times.contains(&at)
            && evidence.own_period(blocks, at).is_some_and(|own| {
                let text = blocks[at].str();
                let outside = without_brackets(text);
                own.period.is_stretch()
                    && text[..own.period.range.start].trim().is_empty()
                    && (evidence.is_period_only(blocks, at)
                        || outside.trim() == text[own.period.range.clone()].trim())
            })
    };
    let is_title = |at: usize| {
        let text = blocks[at].str();
        blocks[at].kind == Kind::Line
            && evidence.field[at].is_none()
            && evidence.periods[at].is_empty()
            && !is_naming.contains(&at)
            && !has_legal_form(text)
            && !is_tag_line(text)
            && !names_role(text)
            && !is_department(text)
            && (4..=MAX_TITLE_CHARS).contains(&text.chars().count())
            && !text.ends_with(['。', '、', 'た', 'す'])
            && !text.contains('。')
    };
    let pairs: Vec<usize> = (1..blocks.len().saturating_sub(1))
        .filter(|at| {
            blocks[*at].parent == blocks[*at + 1].parent
                && blocks[blocks[*at].parent].kind != Kind::Cell
                && !is_inside[*at]
                && (matches!(evidence.section[*at], Section::Career | Section::Projects)
                    || owner[*at].is_some() && evidence.section[*at] == Section::Unknown)
                && is_title(*at)
                && says_when(*at + 1)
        })
        .collect();
    if pairs.len() < 2 {
        return;
    }
    for (index, at) in pairs.iter().copied().enumerate() {
        // What labels the parts of one stands between it and the next: the title around both ends the last.
        let title = blocks
            .ancestors(at)
            .find(|above| blocks[*above].is_marked_heading())
            .unwrap_or(0);
        let next = pairs
            .get(index + 1)
            .filter(|next| **next < blocks[title].end);
        let around = owner[at].map_or(blocks[title].end, |job| {
            let holds = jobs[job]
                .ranges()
                .find(|(start, end)| (*start..*end).contains(&at));
            holds.map_or(blocks[title].end, |(_, end)| end.min(blocks[title].end))
        });
        works.push(WorkDraft {
            block: at,
            end: next.map_or(around, |next| *next).max(at + 2),
            title: Some(strip_title(blocks[at].str())),
            period: evidence.own_period(blocks, at + 1),
            job: owner[at],
            more: Vec::new(),
        });
    }
}

/// Characters of a line that titles what the next dates.
const MAX_TITLE_CHARS: usize = 40;

/// Adds the lines, and the items beside what was done, that say when and nothing else, where two or more stand
/// below one title or each of two jobs has one, and no project is known to hold them.
pub(super) fn add_dated(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let owner = owners(blocks, jobs);
    let job_times = job_times(jobs);
    let is_inside = inside(blocks, works.iter());
    let lines: Vec<usize> = (1..blocks.len())
        .filter(|at| {
            (blocks[*at].kind == Kind::Line || begins_flat(blocks, *at))
                && !is_inside[*at]
                && !job_times.contains(at)
                && evidence.field[*at].is_none()
                && may_hold_times(evidence.scope[blocks[*at].parent])
                && blocks[blocks[*at].parent].kind != Kind::Cell
                && (owner[*at].is_some() || evidence.section[*at] == Section::Projects)
                && matches!(
                    evidence.section[*at],
                    Section::Career | Section::Projects | Section::Unknown
                )
                && (evidence.is_period_only(blocks, *at) || states_trade(blocks, evidence, *at))
                && evidence
                    .first_in(blocks, *at)
                    .is_some_and(|placed| placed.period.is_stretch())
        })
        .collect();
    if lines.len() < 2 {
        return;
    }
    for (index, at) in lines.iter().copied().enumerate() {
        let parent = blocks[at].parent;
        let around = owner[at].map_or(blocks[parent].end, |job| {
            jobs[job].end.max(at + 1).min(blocks[parent].end)
        });
        let next = lines
            .get(index + 1)
            .copied()
            .filter(|next| blocks[*next].parent == parent)
            .unwrap_or(around);
        let end = (at + 1..next)
            .find(|below| blocks[*below].kind == Kind::Heading)
            .unwrap_or(next);
        let Some(title) = title_below(blocks, evidence, at, end).filter(|title| {
            evidence.scope[parent].is_none() || kind_of(title).is_none() && !names_role(title)
        }) else {
            continue;
        };
        works.push(WorkDraft {
            block: at,
            end,
            title: Some(title),
            period: evidence.first_in(blocks, at),
            job: owner[at],
            more: Vec::new(),
        });
    }
}

/// Returns whether times may begin works below what labels `scope`: where nothing does, or the last label of a job
/// (「【雇用形態】」) before them.
fn may_hold_times(scope: Option<Field>) -> bool {
    matches!(scope, None | Some(Field::EmploymentKind))
}

/// Returns whether a sentence of a time tells what was so then, and titles nothing: 「2020年以降は…を担当：」.
pub(super) fn tells_of_time(text: &str, period: &FoundPeriod) -> bool {
    let behind = text[period.range.end..].trim_start_matches(['頃', '以', '降', '後']);
    text[..period.range.start].trim().is_empty()
        && behind.starts_with(['は', 'も', 'に', 'で', 'を', 'と'])
}

/// Returns whether a line says when, how long and in which trade, and nothing of the work:
/// 「2007年9月 ～ 2008年3月　7ヶ月　情報通信業」.
pub(super) fn states_trade(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let text = blocks[at].str();
    let Some(own) = evidence.own_period(blocks, at) else {
        return false;
    };
    let begins = text[..own.period.range.start].trim().is_empty();
    let trade = leading_length(text[own.period.range.end..].trim_start()).map(|(_, rest)| rest);
    begins
        && trade.is_some_and(|trade| {
            let outside = without_brackets(trade);
            outside.starts_with(char::is_whitespace)
                && trade.chars().count() <= MAX_TRADE_CHARS
                && words!["業", "業界"].end(outside.trim().trim_end_matches("自社"))
        })
}

/// Characters of the name of a trade.
const MAX_TRADE_CHARS: usize = 24;

/// Returns whether an item holds nothing, and other items go on beside it: 「- 2015年4月〜2016年9月」 before
/// 「- 契約管理の改修」.
fn begins_flat(blocks: &Blocks, at: usize) -> bool {
    let next = at + 1;
    blocks[at].kind == Kind::Item
        && blocks[at].end == next
        && next < blocks.len()
        && blocks[next].kind == Kind::Item
        && blocks[next].parent == blocks[at].parent
}

/// Returns what the first blocks below a time say was done: the first text that is neither whom it was done for
/// nor made of names of technologies, or else the first of all.
fn title_below(blocks: &Blocks, evidence: &Evidence, at: usize, end: usize) -> Option<String> {
    let texts: Vec<usize> = (at + 1..end)
        .filter(|below| {
            matches!(blocks[*below].kind, Kind::Line | Kind::Item)
                && evidence.field[*below].is_none()
                && !blocks[*below].str().trim().is_empty()
        })
        .take(MAX_TITLED)
        .collect();
    let names_work = |below: &&usize| {
        let text = blocks[**below].str();
        !has_legal_form(text) && !is_tag_line(text)
    };
    // An item says what was done for whom the line above it names.
    let items = texts
        .iter()
        .filter(|below| blocks[**below].kind == Kind::Item)
        .find(names_work);
    items
        .or_else(|| texts.iter().find(names_work))
        .or_else(|| texts.first())
        .map(|below| strip_title(blocks[*below].str()))
}
