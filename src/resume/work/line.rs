//! Plain lines that title projects: dated ones in the part of the projects, with what was done in the lines
//! below: 「[フロウライン] 計算サービス　2024.4-」.

use shokureki_index::lexicon::has_legal_form;
use std::collections::HashSet;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens, without_brackets};
use crate::resume::employer::names_role;
use crate::resume::evidence::{Evidence, event_of, title_without};
use crate::resume::job::{JobDraft, is_pause};
use crate::resume::section::Section;
use crate::resume::stint::is_department;

use super::tag::split_tag;
use super::title::{is_tag_line, strip_title};
use super::when::states_trade;
use super::{WorkDraft, inside, job_times, owners};

/// Characters of a line that titles a project.
const MAX_TITLE_CHARS: usize = 80;

/// Adds the dated lines of the parts of projects, where two or more stand under one heading.
pub(super) fn add_lines(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let owner = owners(blocks, jobs);
    let is_naming: HashSet<usize> = jobs.iter().flat_map(JobDraft::naming_blocks).collect();
    // A line that only quotes its title is known by less than its title.
    let whole = works
        .iter()
        .filter(|work| blocks[work.block].kind != Kind::Line);
    let is_inside = inside(blocks, whole);
    let job_times = job_times(jobs);
    // In a job, lines stand for projects where nothing else does.
    let mut has_work = vec![false; jobs.len()];
    for job in works.iter().filter_map(|work| owner[work.block]) {
        has_work[job] = true;
    }
    let is_of_job = |at: usize| {
        owner[at].is_some_and(|job| !has_work[job])
            && matches!(evidence.section[at], Section::Career | Section::Unknown)
            && !job_times.contains(&at)
            && !is_department(blocks[at].str())
            && !has_legal_form(blocks[at].str())
    };
    let lines: Vec<usize> = (1..blocks.len())
        .filter(|at| {
            blocks[*at].kind == Kind::Line
                && (evidence.section[*at] == Section::Projects || is_of_job(*at))
                && evidence.field[*at].is_none()
                && evidence.scope[blocks[*at].parent].is_none()
                && !is_inside[*at]
                && !is_naming.contains(at)
                && titles_work(blocks, evidence, *at)
        })
        .collect();
    let mut added: Vec<WorkDraft> = Vec::new();
    for (index, at) in lines.iter().copied().enumerate() {
        let parent = blocks[at].parent;
        let is_kin = |other: &&usize| blocks[**other].parent == parent;
        let before = index.checked_sub(1).and_then(|before| lines.get(before));
        let next = lines.get(index + 1).filter(is_kin);
        let is_alone = before.filter(is_kin).is_none() && next.is_none();
        let has_peers = evidence.section[at] != Section::Projects && lines.len() >= 3;
        if is_alone && !has_peers {
            continue;
        }
        let around = blocks[parent].end.max(at + 1);
        let end = next.map_or(around, |next| *next);
        let end = (at + 1..end)
            .find(|below| blocks[*below].kind == Kind::Heading)
            .unwrap_or(end);
        let Some(period) = evidence.own_period(blocks, at) else {
            continue;
        };
        let text = blocks[at].str();
        let behind = &text[period.period.range.end..];
        let title = if behind.starts_with(closes) && is_tag_line(behind.trim_start_matches(closes))
        {
            text[..period.period.range.start]
                .trim_end_matches(opens)
                .trim()
                .to_owned()
        } else {
            title_without(text, &period.period.range)
        };
        // The tag in front says where it was.
        let title = match split_tag(&title) {
            Some(_) => title.trim().to_owned(),
            None => strip_title(&title),
        };
        added.push(WorkDraft {
            block: at,
            end,
            title: Some(title),
            period: Some(period),
            job: owner[at],
            more: Vec::new(),
        });
    }
    let is_added: HashSet<usize> = added.iter().map(|work| work.block).collect();
    works.retain(|work| !is_added.contains(&work.block));
    works.append(&mut added);
}

/// Returns whether a line states a stretch of time first or last and a title beside it.
fn titles_work(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let text = blocks[at].str();
    let Some(own) = evidence.own_period(blocks, at) else {
        return false;
    };
    let before = &text[..own.period.range.start];
    let behind = &text[own.period.range.end..];
    // 「受注管理の刷新(2018/6-2019/3) Java」
    let has_tags = behind.starts_with(closes) && is_tag_line(behind.trim_start_matches(closes));
    let is_at_edge = [before, behind]
        .iter()
        .any(|side| !side.contains(char::is_alphanumeric))
        || has_tags;
    let title = if has_tags {
        before.trim_end_matches(opens).trim().to_owned()
    } else {
        title_without(text, &own.period.range)
    };
    let outside = without_brackets(&title);
    own.period.is_stretch()
        && is_at_edge
        && !states_trade(blocks, evidence, at)
        && text.chars().count() <= MAX_TITLE_CHARS
        && outside.trim().chars().count() >= 4
        && !text.contains('。')
        && !behind.starts_with(['は', 'に', 'の', 'で', 'も', '、'])
        && event_of(text).is_none()
        && !names_role(outside.trim())
        && !is_pause(&title)
}
