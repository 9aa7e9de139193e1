//! Projects of jobs that title none: items that name what was made, or one without a title for the technologies that
//! a job states.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::collections::HashSet;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens, without_brackets};
use crate::resume::employer::{kind_of, names_role};
use crate::resume::evidence::{Evidence, PlacedPeriod, event_of};
use crate::resume::job::{JobDraft, reads_like_work};
use crate::resume::label::{Field, field_of, split_label};
use crate::resume::section::Section;
use crate::resume::stint::is_department;

use super::made::{first_sentence, summary_cell};
use super::title::{is_tag_line, labels_deeds};
use super::{WorkDraft, owners};

/// Returns the items directly under a job that each name a work and its technologies: 「補助ツール:
/// Python, PySide6」.
fn tagged_items(
    blocks: &Blocks,
    evidence: &Evidence,
    job: &JobDraft,
    index: usize,
) -> Vec<WorkDraft> {
    // 「**プロジェクト概要:**」 over items labels them all.
    let lists_projects = |at: usize| {
        let text = blocks[at].str();
        let is_of_works = || {
            let tagged = |item: usize| split_at_gap(blocks[item].str()).is_some();
            evidence.field[at] == Some(Field::Summary) && blocks.children(at).any(tagged)
        };
        blocks[at].kind != Kind::Item
            && (text.contains("プロジェクト") && field_of(text).is_some() || is_of_works())
    };
    blocks
        .children(job.block)
        .flat_map(|child| match lists_projects(child) {
            true => blocks.children(child).collect(),
            false => vec![child],
        })
        .filter(|at| blocks[*at].kind == Kind::Item && evidence.field[*at].is_none())
        .filter_map(|at| {
            let text = blocks[at].str();
            let parent = blocks[at].parent;
            if parent != job.block && lists_works(blocks, parent) {
                let title = text.split(opens).next().unwrap_or(text).trim();
                return Some(WorkDraft::titled(blocks, at, title, Some(index)));
            }
            if parent != job.block
                && let Some(title) = split_at_gap(text)
            {
                return Some(WorkDraft::titled(blocks, at, title, Some(index)));
            }
            let (title, behind) = split_label(text)
                .or_else(|| split_at_leader(text))
                .or_else(|| split_at_bracket(text).filter(|_| blocks[at].parent != job.block))?;
            let is_title = (4..=40).contains(&title.chars().count())
                && !title.is_ascii()
                && !title.contains(['。', '、']);
            let tags = text[behind..].split('。').next().unwrap_or("");
            let tags = tags.split(". ").next().unwrap_or(tags);
            let tags = tags.trim_end_matches(closes);
            (is_title && is_tag_line(tags))
                .then(|| WorkDraft::titled(blocks, at, title, Some(index)))
        })
        .collect()
}

/// Returns the items directly under a job that each name a system and, behind a dash, the phases that somebody did of
/// it: 「入退室管理システム - `開発` `テスト`」.
fn phased_items(
    blocks: &Blocks,
    evidence: &Evidence,
    job: &JobDraft,
    index: usize,
) -> Vec<WorkDraft> {
    const PHASES: &WordList = words![
        "設計",
        "開発",
        "実装",
        "テスト",
        "試験",
        "運用",
        "保守",
        "管理",
        "構築",
        "調査",
    ];
    let lists_phases = |text: &str| {
        let mut parts = text.split(['、', '・', ',', '/', ' ']);
        let is_phase = |part: &str| part.chars().count() <= 6 && PHASES.end(part.trim());
        parts.next().is_some_and(is_phase)
    };
    blocks
        .children(job.block)
        .filter(|at| blocks[*at].kind == Kind::Item && evidence.field[*at].is_none())
        .filter_map(|at| {
            let (title, rest) = blocks[at].str().split_once(" - ")?;
            let is_title = (4..=40).contains(&title.trim().chars().count())
                && !title.contains(['。', '、'])
                && evidence.periods[at].is_empty();
            (is_title && lists_phases(rest))
                .then(|| WorkDraft::titled(blocks, at, title.trim(), Some(index)))
        })
        .collect()
}

/// Returns whether 「プロジェクト概要」 labels two items or more, each of which is a short title of work: 「携帯向けパズルゲームの移植
/// （C++）」.
fn lists_works(blocks: &Blocks, label: usize) -> bool {
    let is_title = |at: usize| {
        let text = blocks[at].str();
        let title = text.split(opens).next().unwrap_or(text).trim();
        blocks[at].kind == Kind::Item
            && blocks[at].end == at + 1
            && (6..=MAX_WORK_CHARS).contains(&title.chars().count())
            && words!["開発", "移植", "制作", "構築", "刷新", "改修"].end(title)
            && !title.contains(['、', '。', '：', ':'])
    };
    let items = || blocks.children(label).take(MAX_WORKS);
    blocks[label].str().contains("プロジェクト") && items().count() >= 2 && items().all(is_title)
}

/// Characters of a technology behind a title.
const MAX_TAG_CHARS: usize = 20;

/// Characters of a title, and titles, that are looked at.
const MAX_WORK_CHARS: usize = 32;
const MAX_WORKS: usize = 24;

/// Splits 「乗換案内アプリ … Kotlin / Room」: the word in front, and where the rest begins.
fn split_at_leader(text: &str) -> Option<(&str, usize)> {
    let (title, rest) = text.split_once(['…', '‥', '—', '―'])?;
    let rest = rest.trim_start_matches(['…', '‥', '—', '―', ' ', '\u{3000}']);
    (!rest.is_empty()).then_some((title.trim(), text.len() - rest.len()))
}

/// Splits 「（病院）給食管理システム開発　　　VB、Oracle」 at its wide gap, and returns the title.
fn split_at_gap(text: &str) -> Option<&str> {
    let gap = ["  ", "\u{3000}", "\t"]
        .iter()
        .filter_map(|gap| text.find(gap))
        .min()?;
    let tags = text[gap..].trim();
    let title = text[..gap].trim();
    let parts = || tags.split(['、', ',', '，']).map(str::trim);
    let is_list = parts().all(|part| part.chars().count() <= MAX_TAG_CHARS)
        && parts().any(|part| is_tag_line(part) || part.ends_with("言語"));
    let is_pair = reads_like_work(title)
        && (4..=40).contains(&title.chars().count())
        && !without_brackets(title).contains(['、', '。'])
        && (is_tag_line(tags) || is_list);
    is_pair.then_some(title)
}

/// Splits 「通販サイトの作り替え（TypeScript / React）」: the title, and where the rest begins.
fn split_at_bracket(text: &str) -> Option<(&str, usize)> {
    let (at, sign) = text.char_indices().find(|(_, sign)| opens(*sign))?;
    let is_last = text.ends_with(closes) && text.matches(closes).count() == 1;
    is_last.then(|| (text[..at].trim(), at + sign.len_utf8()))
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
            && !labels_deeds(text)
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

/// Words for what is done to a system, at the end of an item that names it.
const DEEDS: &WordList = words![
    "開発",
    "構築",
    "改修",
    "移行",
    "刷新",
    "リプレイス",
    "制作",
    "再構築",
    "運用・保守",
    "保守・運用",
    "運用保守",
    "保守運用",
];

/// Returns the items directly under a job that each link to what was made: 「- [券売](https://…)の開発」.
fn linked_products(
    blocks: &Blocks,
    evidence: &Evidence,
    job: &JobDraft,
    index: usize,
) -> Vec<WorkDraft> {
    let items = || {
        blocks
            .children(job.block)
            .filter(|at| blocks[*at].kind == Kind::Item && evidence.field[*at].is_none())
    };
    let is_linked = |at: &usize| {
        let text = blocks[*at].str();
        !blocks[*at].links.is_empty() && text.chars().count() <= 60 && DEEDS.end(text)
    };
    let linked: Vec<usize> = items().filter(is_linked).collect();
    if linked.is_empty() || linked.len() < items().count() {
        return Vec::new();
    }
    linked
        .into_iter()
        .map(|at| WorkDraft::titled(blocks, at, blocks[at].str(), Some(index)))
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
    if blocks[job.block].kind != Kind::Heading {
        return Vec::new();
    }
    let is_item = |at: &usize| blocks[*at].kind == Kind::Item && evidence.field[*at].is_none();
    // 「受託開発が主な業務」 is over what was made.
    let is_over =
        |at: usize| blocks[at].end > at + 1 && words!["業務", "開発など"].end(blocks[at].str());
    let items: Vec<usize> = blocks
        .children(job.block)
        .filter(is_item)
        .flat_map(|at| match is_over(at) {
            true => blocks.children(at).filter(is_item).collect(),
            false => vec![at],
        })
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
            let title = ["による", "を用いた", "を使った", "で開発された"]
                .iter()
                .find_map(|word| text.split_once(word).map(|(_, title)| title))
                .unwrap_or(text);
            WorkDraft::titled(blocks, at, title, Some(index))
        })
        .collect()
}

/// Adds a project without a title for each job that states technologies but no project.
pub(super) fn add_untitled(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    mut works: Vec<WorkDraft>,
) -> Vec<WorkDraft> {
    let mut has_work = vec![false; jobs.len()];
    // Whether all works of a job are items directly below it.
    let mut are_listed = vec![true; jobs.len()];
    for work in &works {
        if let Some(job) = work.job {
            has_work[job] = true;
            are_listed[job] &= blocks[work.block].kind == Kind::Item
                && blocks[work.block].parent == jobs[job].block;
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
        // Beside items that say when stand others of the same list that do not.
        if !has_work[index] || are_listed[index] {
            let mut titled = titled_items(blocks, evidence, job, index);
            titled.retain(|work| !is_taken.contains(&work.block));
            has_work[index] |= !titled.is_empty();
            works.extend(titled);
        }
        if !has_work[index] {
            let linked = linked_products(blocks, evidence, job, index);
            has_work[index] = !linked.is_empty();
            works.extend(linked);
        }
        if !has_work[index] {
            let phased = phased_items(blocks, evidence, job, index);
            has_work[index] = !phased.is_empty();
            works.extend(phased);
        }
        if !has_work[index] && !states[index] && job.job.product.is_none() {
            let tagged = tagged_items(blocks, evidence, job, index);
            // The only one of a label: 「【業務内容】」 over 「- 検針の集計の開発　C言語」.
            let is_only = |work: &WorkDraft| {
                let label = blocks[work.block].parent;
                label != job.block && blocks.children(label).nth(1).is_none()
            };
            if tagged.len() >= 2 || tagged.iter().all(is_only) && !tagged.is_empty() {
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
        let product = job.job.product.clone().or_else(|| titled_beside(job));
        let is_product = product.is_some();
        if job.end <= job.block + 1 || !(states[index] || is_product) {
            continue;
        }
        let told = || first_sentence(blocks, evidence, job);
        let Some(title) = product
            .or_else(told)
            .or_else(|| summary_cell(blocks, evidence, job))
        else {
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

/// Returns the work that the title of a job names beside the employer: 「株式会社A　雑誌の入稿の管理（正社員）」.
fn titled_beside(job: &JobDraft) -> Option<String> {
    let mut rest = job
        .job
        .rest
        .iter()
        .map(|rest| without_brackets(rest).trim().to_owned());
    rest.find(|rest| {
        reads_like_work(rest)
            && !names_role(rest)
            && kind_of(rest).is_none()
            && !is_department(rest)
    })
}

/// Returns the period of a job that is stated rather than told, and so holds for the product that its
/// title names as well.
fn stated_period(blocks: &Blocks, job: &JobDraft) -> Option<PlacedPeriod> {
    job.period
        .clone()
        .filter(|period| !blocks[period.block].str().contains('。'))
}
