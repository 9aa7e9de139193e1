//! Projects that their neighbours imply: titles beside projects, jobs that tell of work in prose, and
//! what carries one title twice.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::has_legal_form;

use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::names_role;
use crate::resume::evidence::{Evidence, PlacedPeriod, event_of, title_without};
use crate::resume::job::{JobDraft, is_pause, joined, reads_like_work, says_secondment};
use crate::resume::label::{Field, may_label_period, split_label};
use crate::resume::period::{FoundPeriod, find_periods};

use crate::resume::section::{Section, section_of};
use crate::resume::stint::is_department;

use super::title::{is_beside_projects, is_project_list, is_tag_line};
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
            && !evidence.is_period_only(blocks, at)
            && !is_dated_department(blocks, evidence, at)
            && !is_taken.contains(&at)
            && !(says_secondment(block.str()) && block.end > at + 1);
        if !is_title {
            continue;
        }
        let is_sibling = has_work
            .get(&(block.parent, block.rank))
            .is_some_and(|count| *count > 0)
            && evidence.section[at] != Section::Unknown
            && matches!(evidence.section[at], Section::Career | Section::Projects);
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
        works.push(WorkDraft::own(blocks, evidence, at, owner[at]));
    }
}

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
pub(super) fn merge_titles(works: Vec<WorkDraft>) -> Vec<WorkDraft> {
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
        if is_nested {
            kept.push(work);
            continue;
        }
        known.more.push((work.block, work.end));
        known.period = joined(known.period.take(), work.period);
    }
    kept
}

/// Returns the items directly under a job that each name a work and its technologies: 「補助ツール:
/// Python, PySide6」.
fn tagged_items(
    blocks: &Blocks,
    evidence: &Evidence,
    job: &JobDraft,
    index: usize,
) -> Vec<WorkDraft> {
    blocks
        .children(job.block)
        .filter(|at| blocks[*at].kind == Kind::Item && evidence.field[*at].is_none())
        .filter_map(|at| {
            let text = blocks[at].str();
            let (title, behind) = split_label(text).or_else(|| split_at_leader(text))?;
            let is_title = (4..=40).contains(&title.chars().count())
                && !title.is_ascii()
                && !title.contains(['。', '、']);
            let tags = text[behind..].split('。').next().unwrap_or("");
            let tags = tags.split(". ").next().unwrap_or(tags);
            (is_title && is_tag_line(tags))
                .then(|| WorkDraft::titled(blocks, at, title, Some(index)))
        })
        .collect()
}

/// Splits 「乗換案内アプリ … Kotlin / Room」: the word in front, and where the rest begins.
fn split_at_leader(text: &str) -> Option<(&str, usize)> {
    let (title, rest) = text.split_once(['…', '‥', '—', '―'])?;
    let rest = rest.trim_start_matches(['…', '‥', '—', '―', ' ', '\u{3000}']);
    (!rest.is_empty()).then_some((title.trim(), text.len() - rest.len()))
}

/// Returns the items directly under a job that hold more, where a line of technologies stands below one of
/// them: 「- 乗務員用タブレット」 over 「- Kotlin / Room / Hilt」.
fn titled_items(
    blocks: &Blocks,
    evidence: &Evidence,
    job: &JobDraft,
    index: usize,
) -> Vec<WorkDraft> {
    let is_title = |at: &usize| {
        let text = blocks[*at].str();
        blocks[*at].kind == Kind::Item
            && blocks[*at].end > at + 1
            && evidence.field[*at].is_none()
            && evidence.scope[blocks[*at].parent].is_none()
            && (5..=44).contains(&text.chars().count())
            && !text.contains(['。', '、'])
            && !text.ends_with(['た', 'る', 'す', 'い'])
            && !is_tag_line(text)
            && event_of(text).is_none()
            && !names_role(text)
            && !is_department(text)
    };
    let has_tags = |at: &usize| {
        blocks.children(*at).any(|child| {
            let text = blocks[child].str();
            // Tags in code stand side by side without a sign between.
            is_tag_line(text)
                && (text.contains([',', '/', '、', '／'])
                    || text.is_ascii() && text.split_whitespace().count() >= 2)
        })
    };
    // What somebody was may stand as a line in bold between: 「**エンジニア** — 2020/01 〜 2022/09」.
    let titles: Vec<usize> = blocks
        .children(job.block)
        .flat_map(|child| {
            let is_role = blocks[child].kind == Kind::Heading && !blocks[child].is_marked_heading();
            let inside = is_role
                .then(|| blocks.children(child))
                .into_iter()
                .flatten();
            std::iter::once(child).chain(inside)
        })
        .filter(is_title)
        .collect();
    if !titles.iter().any(has_tags) {
        return Vec::new();
    }
    titles
        .into_iter()
        .map(|at| WorkDraft::own(blocks, evidence, at, Some(index)))
        .collect()
}

/// Returns the items directly under a job that each name a system and what was done to it.
fn listed_systems(
    blocks: &Blocks,
    evidence: &Evidence,
    job: &JobDraft,
    index: usize,
) -> Vec<WorkDraft> {
    const SYSTEMS: &WordList = words![
        "システム",
        "サービス",
        "アプリ",
        "サイト",
        "パッケージ",
        "ツール",
        "ジョブ",
        "基盤",
        "API",
        "プラットフォーム",
        "エンジン",
        "機能",
    ];
    const DEEDS: &WordList = words![
        "開発",
        "構築",
        "改修",
        "移行",
        "刷新",
        "リプレイス",
        "制作",
        "再構築",
    ];
    if blocks[job.block].kind != Kind::Heading {
        return Vec::new();
    }
    let items: Vec<usize> = blocks
        .children(job.block)
        .filter(|at| blocks[*at].kind == Kind::Item && evidence.field[*at].is_none())
        .collect();
    let systems: Vec<usize> = items
        .iter()
        .copied()
        .filter(|at| {
            let text = blocks[*at].str();
            text.chars().count() <= 60 && SYSTEMS.is_in(text) && DEEDS.end(text)
        })
        .collect();
    // One among lines that say what was done is one of those.
    if systems.len() * 2 <= items.len() && items.len() > 1 {
        return Vec::new();
    }
    systems
        .into_iter()
        .map(|at| {
            let text = blocks[at].str();
            let title = ["による", "を用いた", "を使った"]
                .iter()
                .find_map(|word| text.split_once(word).map(|(_, title)| title))
                .unwrap_or(text);
            WorkDraft::titled(blocks, at, title, Some(index))
        })
        .collect()
}

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
fn first_sentence(blocks: &Blocks, evidence: &Evidence, job: &JobDraft) -> Option<String> {
    (job.block + 1..job.end.min(job.block + 60))
        .filter(|at| matches!(blocks[*at].kind, Kind::Line | Kind::Item))
        .filter(|at| !evidence.is_period_only(blocks, *at) && event_of(blocks[*at].str()).is_none())
        .filter(|at| matches!(evidence.scope[*at], None | Some(Field::Summary)))
        .map(|at| evidence.value_text(blocks, at).trim())
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

/// Adds a project without a title for each job that states technologies but no project.
pub(super) fn add_untitled(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    mut works: Vec<WorkDraft>,
) -> Vec<WorkDraft> {
    let mut has_work = vec![false; jobs.len()];
    for work in &works {
        if let Some(job) = work.job {
            has_work[job] = true;
        }
    }
    // Where a part of its own lists the projects, what stands below a job sums up.
    let listed = works
        .iter()
        .filter(|work| {
            work.job.is_none()
                && work.period.is_some()
                && evidence.section[work.block] == Section::Projects
        })
        .take(2)
        .count();
    if listed == 2 && !has_work.contains(&true) {
        return works;
    }
    let owner = owners(blocks, jobs);
    let mut states = vec![false; jobs.len()];
    for (at, field) in evidence.field.iter().enumerate() {
        if matches!(field, Some(Field::Technology | Field::Environment))
            && let Some(job) = owner[at]
        {
            states[job] = true;
        }
    }
    let is_taken: HashSet<usize> = works.iter().map(|work| work.block).collect();
    for (index, job) in jobs.iter().enumerate() {
        // 「(株)X｜製品」 beside other projects of the job: its lines tell of the product.
        if has_work[index] && !is_taken.contains(&job.block) && !job.parts.is_empty() {
            works.extend(job.job.product.clone().map(|product| WorkDraft {
                block: job.block,
                end: job.end,
                title: Some(product),
                period: stated_period(blocks, job),
                job: Some(index),
                more: Vec::new(),
            }));
        }
        if !has_work[index] {
            let titled = titled_items(blocks, evidence, job, index);
            has_work[index] = !titled.is_empty();
            works.extend(titled);
        }
        if !has_work[index] && !states[index] && job.job.product.is_none() {
            let tagged = tagged_items(blocks, evidence, job, index);
            if tagged.len() >= 2 {
                works.extend(tagged);
            } else {
                works.extend(listed_systems(blocks, evidence, job, index));
            }
            continue;
        }
        if !has_work[index] {
            let tagged = tagged_items(blocks, evidence, job, index);
            has_work[index] = !tagged.is_empty();
            works.extend(tagged);
        }
        if has_work[index] {
            continue;
        }
        let product = job.job.product.clone();
        let is_product = product.is_some();
        if job.end <= job.block + 1 || !(states[index] || is_product) {
            continue;
        }
        let Some(title) = product.or_else(|| first_sentence(blocks, evidence, job)) else {
            continue;
        };
        works.push(WorkDraft {
            block: job.block,
            end: job.end,
            title: Some(title),
            period: if is_product {
                stated_period(blocks, job)
            } else {
                None
            },
            job: Some(index),
            more: Vec::new(),
        });
    }
    works.sort_by_key(|work| work.block);
    works
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

/// Returns the period of a job that is stated rather than told, and so holds for the product that its
/// title names as well.
fn stated_period(blocks: &Blocks, job: &JobDraft) -> Option<PlacedPeriod> {
    job.period
        .clone()
        .filter(|period| !blocks[period.block].str().contains('。'))
}
