//! Jobs and projects as values, and which text belongs to which.

mod link;
mod open;
mod role;

use shokureki_index::words;
use std::ops::Range;

use shokureki_index::lexicon::Lexicon;

use crate::domain::{Employment, Period, Project, Span, StintRef, Stints};

use super::block::{Blocks, Kind};
use super::employer::{employer_name, kind_of, names_role};
use super::evidence::{Evidence, PlacedPeriod};
use super::job::JobDraft;
use super::label::Field;
use super::text::small;
use super::work::WorkDraft;

use link::{is_beside, link_by_time};
use open::{close_newest, close_open};
use role::{role_items, roles_behind_label, roles_behind_size, title_below, title_elsewhere};

/// Characters that a summary keeps.
const MAX_SUMMARY_CHARS: usize = 500;

/// The jobs and projects of a document and the blocks that belong to them.
#[derive(Clone, Debug)]
pub(super) struct PlacedStints {
    /// The jobs and projects.
    pub(super) stints: Stints,
    /// The stint of each block, the innermost.
    pub(super) of_block: Vec<Option<StintRef>>,
    /// The bytes of each block's text that name an employer.
    pub(super) employer_names: Vec<Option<Range<usize>>>,
}

impl PlacedStints {
    /// Makes the values of the drafts.
    pub(super) fn of(
        blocks: &Blocks,
        evidence: &Evidence,
        jobs: &[JobDraft],
        works: &[WorkDraft],
        lexicon: &Lexicon,
    ) -> Self {
        let of_block = owners(blocks, jobs, works);
        let mut employer_names = vec![None; blocks.len()];
        let mut employments: Vec<Employment> = jobs
            .iter()
            .enumerate()
            .map(|(index, draft)| {
                let text = blocks[draft.named_in].str();
                employer_names[draft.named_in] = text
                    .find(&draft.job.name)
                    .map(|at| at..at + draft.job.name.len());
                employment(blocks, evidence, draft, index, lexicon)
            })
            .collect();
        close_newest(&mut employments, jobs, blocks);
        let mut projects: Vec<Project> = works
            .iter()
            .map(|draft| project(blocks, evidence, draft))
            .collect();
        let beside: Vec<bool> = jobs.iter().map(|job| is_beside(blocks, job)).collect();
        link_by_time(
            &employments,
            &beside,
            &mut projects,
            works,
            blocks,
            evidence,
        );
        close_open(&employments, &mut projects, works, blocks);
        let mut stints = Self {
            stints: Stints {
                employments,
                projects,
            },
            of_block,
            employer_names,
        };
        stints.take_text(blocks);
        stints
    }

    /// Gives each stint the text of its blocks.
    fn take_text(&mut self, blocks: &Blocks) {
        for at in 1..blocks.len() {
            let Some(stint) = self.of_block[at] else {
                continue;
            };
            let block = &blocks[at];
            if block.str().is_empty() {
                continue;
            }
            let span = Span {
                start: small(block.source.start),
                end: small(block.source.end),
            };
            let texts = match stint {
                StintRef::Employment(index) => &mut self.stints.employments[index].text,
                StintRef::Project(index) => &mut self.stints.projects[index].text,
            };
            let follows = at > 1 && self.of_block[at - 1] == Some(stint);
            match texts.last_mut() {
                Some(last) if follows && last.start <= span.start => {
                    last.end = last.end.max(span.end);
                }
                _ => texts.push(span),
            }
        }
    }
}

/// Returns the innermost stint of each block.
fn owners(blocks: &Blocks, jobs: &[JobDraft], works: &[WorkDraft]) -> Vec<Option<StintRef>> {
    let mut events: Vec<(usize, std::cmp::Reverse<usize>, u8, StintRef)> = Vec::new();
    for (index, job) in jobs.iter().enumerate() {
        for (start, end) in job.ranges() {
            events.push((
                start,
                std::cmp::Reverse(end),
                0,
                StintRef::Employment(index),
            ));
        }
    }
    for (index, work) in works.iter().enumerate() {
        events.push((
            work.block,
            std::cmp::Reverse(work.end),
            1,
            StintRef::Project(index),
        ));
        for (start, end) in &work.more {
            events.push((*start, std::cmp::Reverse(*end), 1, StintRef::Project(index)));
        }
    }
    events.sort_by_key(|(start, end, order, _)| (*start, *end, *order));
    let mut owner = vec![None; blocks.len()];
    let mut open: Vec<(usize, StintRef)> = Vec::new();
    let mut next = 0;
    for (at, slot) in owner.iter_mut().enumerate() {
        while open.last().is_some_and(|(end, _)| *end <= at) {
            open.pop();
        }
        while let Some((start, end, _, stint)) = events.get(next)
            && *start <= at
        {
            let end = open.last().map_or(end.0, |(outer, _)| end.0.min(*outer));
            open.push((end, *stint));
            next += 1;
        }
        *slot = open.last().map(|(_, stint)| *stint);
    }
    owner
}

/// Makes a period of the domain.
fn period_of(placed: &PlacedPeriod) -> Period {
    Period {
        from: placed.period.from,
        to: placed.period.to,
        text: placed.text.clone(),
    }
}

fn span_of(blocks: &Blocks, at: usize) -> Span {
    Span {
        start: small(blocks[at].source.start),
        end: small(blocks[at].source.end),
    }
}

/// Makes a job.
fn employment(
    blocks: &Blocks,
    evidence: &Evidence,
    draft: &JobDraft,
    index: usize,
    lexicon: &Lexicon,
) -> Employment {
    let named = &blocks[draft.named_in];
    let mut kind = kind_of(&draft.job.name).or_else(|| kind_of(named.str()));
    let mut title = draft
        .job
        .rest
        .iter()
        .find(|rest| names_role(rest) && kind_of(rest).is_none_or(|_| rest.chars().count() > 8))
        .cloned();
    let mut departments: Vec<String> = Vec::new();
    for child in blocks.children(draft.block).take(24) {
        let text = blocks[child].str();
        match evidence.field[child] {
            Some(Field::EmploymentKind) => kind = kind_of(text).or(kind),
            Some(Field::Role) if title.is_none() => {
                // 「#### 担当業務」 stands over what was done, and names no post.
                title = first_value(blocks, evidence, child)
                    .filter(|value| blocks[child].kind != Kind::Heading || names_role(value));
            }
            Some(Field::Department) => departments.extend(first_value(blocks, evidence, child)),
            Some(Field::Employer) => {
                let value = evidence.value_text(blocks, child).trim();
                if !value.is_empty() && value != draft.job.name {
                    departments.push(value.to_owned());
                }
            }
            None if blocks[child].kind == Kind::Item && is_department(text) => {
                departments.push(text.to_owned());
            }
            // 「事業内容: 人材の派遣」, 「#### 役員の応対」
            Some(Field::Business) => {}
            _ if blocks[child].is_marked_heading() => {}
            None | Some(_) => {
                let dates_job = draft
                    .period
                    .as_ref()
                    .is_some_and(|period| period.block == child);
                // 「正社員として2021年12月〜2024年4月の間フルリモートで勤務」
                let as_what = text.split_once("として").filter(|_| dates_job);
                let said = as_what
                    .map(|(what, _)| what)
                    .or_else(|| (text.chars().count() < 30).then_some(text));
                kind = kind.or_else(|| kind_of(said?));
            }
        }
    }
    if title.is_none() {
        title = title_elsewhere(blocks, draft).or_else(|| title_below(blocks, evidence, draft));
    }
    if blocks[draft.block].kind == Kind::Row {
        for cell in blocks.children(draft.block).take(12) {
            let text = blocks[cell].str();
            match evidence.field[cell] {
                Some(Field::Role) if title.is_none() && !text.is_empty() => {
                    title = Some(text.to_owned());
                }
                Some(Field::EmploymentKind) => kind = kind_of(text).or(kind),
                Some(Field::Department) if !text.is_empty() => departments.push(text.to_owned()),
                _ => {}
            }
        }
    }
    Employment {
        employer: employer_name(&draft.job, index, lexicon),
        period: draft.period.as_ref().map(period_of),
        title,
        department: (!departments.is_empty()).then(|| departments.join(" / ")),
        kind,
        line: named.line,
        span: span_of(blocks, draft.named_in),
        text: Vec::new(),
    }
}

/// Returns whether an item names a department: 開発推進部 …（2023/11~）.
pub(super) fn is_department(text: &str) -> bool {
    let outside = super::bracket::without_brackets(text);
    let first = outside.split_whitespace().next().unwrap_or("");
    words![
        "部",
        "課",
        "室",
        "チーム",
        "本部",
        "事業部",
        "グループ",
        "センター",
    ]
    .end(first)
        && text.chars().count() <= 80
        && !text.contains('。')
}

/// Returns the value of a labelled block, or the first text below it.
fn first_value(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<String> {
    let value = evidence.value_text(blocks, at).trim();
    if !value.is_empty() {
        return Some(value.to_owned());
    }
    (at + 1..blocks[at].end)
        .map(|below| blocks[below].str())
        .find(|text| !text.is_empty())
        .map(str::to_owned)
}

/// Makes a project.
fn project(blocks: &Blocks, evidence: &Evidence, draft: &WorkDraft) -> Project {
    let mut team_size = None;
    let mut team = None;
    let mut roles = Vec::new();
    let mut summary = None;
    let ranges = std::iter::once((draft.block, draft.end)).chain(draft.more.iter().copied());
    for (start, end) in ranges {
        for at in start..end.min(start + 400) {
            match evidence.field[at] {
                Some(Field::Team) if team_size.is_none() => {
                    team = first_value(blocks, evidence, at);
                    team_size = team.as_deref().and_then(people);
                }
                Some(Field::Role) if roles.is_empty() => {
                    roles = role_items(blocks, evidence, at);
                }
                Some(Field::Period) | None if roles.is_empty() => {
                    roles = roles_behind_label(blocks[at].str());
                }
                Some(Field::Summary) if summary.is_none() && at != draft.block => {
                    summary = summary_of(blocks, evidence, at);
                }
                _ => {}
            }
        }
    }
    // 担当 may list phases of work, and the line on the team say who the person was in it.
    let size = team.as_deref().unwrap_or(blocks[draft.block].str());
    for role in roles_behind_size(size) {
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    Project {
        title: draft.title.clone(),
        employment: draft.job,
        period: draft.period.as_ref().map(period_of),
        team_size,
        roles,
        summary,
        line: blocks[draft.block].line,
        span: span_of(blocks, draft.block),
        text: Vec::new(),
    }
}

/// Returns the number of people in 「3人」「5~7名」「エンジニア 4名」.
fn people(text: &str) -> Option<u32> {
    let digits: String = text
        .chars()
        .map(|character| match character {
            '０'..='９' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
            _ => character,
        })
        .collect();
    let mut last: Option<u32> = None;
    let mut number = String::new();
    for character in digits.chars().chain(std::iter::once(' ')) {
        if character.is_ascii_digit() {
            number.push(character);
            continue;
        }
        if !number.is_empty() {
            last = number.parse().ok().filter(|count| *count < 100_000);
            number.clear();
        }
        if matches!(character, '人' | '名') {
            return last;
        }
    }
    last.filter(|_| text.chars().count() <= 8)
}

/// Returns the text of a summary, cut at its limit.
fn summary_of(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<String> {
    let mut text = evidence.value_text(blocks, at).trim().to_owned();
    if blocks[at].kind == Kind::Cell {
        text = blocks[at].str().to_owned();
    }
    for below in at + 1..blocks[at].end.min(at + 40) {
        let more = blocks[below].str();
        if text.chars().count() + more.chars().count() > MAX_SUMMARY_CHARS {
            break;
        }
        if !text.is_empty() && !more.is_empty() {
            text.push('\n');
        }
        text.push_str(more);
    }
    let cut: String = text.chars().take(MAX_SUMMARY_CHARS).collect();
    (!cut.is_empty()).then_some(cut)
}
