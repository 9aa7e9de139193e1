//! Headings below jobs that only title what was done: names of products, systems, clients. That they are no labels
//! shows in the whole document: labels come again below the next job, titles do not.

use shokureki_index::analysis::{WordList, normalized_key};
use shokureki_index::lexicon::has_legal_form;
use shokureki_index::words;
use std::collections::{HashMap, HashSet};

use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::names_role;
use crate::resume::evidence::Evidence;
use crate::resume::job::{JobDraft, is_pause};
use crate::resume::label::label_of;
use crate::resume::section::{Section, section_of};
use crate::resume::stint::is_department;

use super::title::{is_beside_projects, is_project_list};
use super::{WorkDraft, owners};

/// Words of headings that say what their text is about rather than title a work.
const ASPECTS: &WordList = words![
    "実績",
    "成果",
    "内容",
    "概要",
    "詳細",
    "課題",
    "工夫",
    "取り組み",
    "取組み",
    "取組",
    "学び",
    "得たもの",
    "背景",
    "役割",
    "経緯",
    "理由",
    "業務",
    "担当",
    "環境",
    "技術",
    "スキル",
    "ツール",
    "ポイント",
    "マネジメント",
    "チーム",
    "バックエンド",
    "フロントエンド",
    "サーバーサイド",
    "サーバサイド",
    "インフラ",
    "セキュリティ",
    "デザイン",
    "運用",
    "開発",
    "改善",
    "組織",
    "採用",
    "教育",
    "育成",
    "その他",
    "貢献",
    "受賞",
    "表彰",
    "登壇",
    "発信",
    "会社",
    "事業",
    "退職",
    "転職",
    "入社",
    "在籍",
    "研修",
    "経験",
    "活動",
    "コミュニケーション",
    "こと",
    "もの",
    "ところ",
];

/// Characters of a title.
const MAX_TITLE_CHARS: usize = 48;

/// Adds the headings directly below the jobs that have none yet and where all of one rank title something.
pub(super) fn add_titled(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let owner = owners(blocks, jobs);
    let has_work: HashSet<usize> = works
        .iter()
        .filter_map(|work| work.job.or(owner[work.block]))
        .collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for at in (1..blocks.len()).filter(|at| blocks[*at].is_marked_heading()) {
        *counts.entry(normalized_key(blocks[at].str())).or_default() += 1;
    }
    let is_naming: HashSet<usize> = jobs.iter().flat_map(JobDraft::naming_blocks).collect();
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    for (index, job) in jobs.iter().enumerate() {
        if has_work.contains(&index) || blocks[job.block].kind != Kind::Heading {
            continue;
        }
        let titles: Vec<usize> = blocks
            .children(job.block)
            .filter(|at| blocks[*at].is_marked_heading())
            .collect();
        let are_titles = titles.iter().all(|at| {
            !is_naming.contains(at)
                && counts[&normalized_key(blocks[*at].str())] == 1
                && is_title(blocks, evidence, *at)
        });
        if are_titles && !titles.is_empty() {
            groups.push((index, titles));
        }
    }
    // One heading below one job may be anything.
    if groups.iter().map(|(_, titles)| titles.len()).sum::<usize>() < 2 {
        return;
    }
    for (index, titles) in groups {
        for at in titles {
            works.push(WorkDraft::own(blocks, evidence, at, Some(index)));
        }
    }
}

/// Returns whether a heading over more reads like a title and like no label.
fn is_title(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let text = blocks[at].str();
    blocks[at].end > at + 1
        && matches!(evidence.section[at], Section::Career | Section::Unknown)
        && !evidence.opens_section[at]
        && evidence.field[at].is_none()
        && evidence.scope[blocks[at].parent].is_none()
        && label_of(text).is_none()
        && (has_legal_form(text) || section_of(text).is_none())
        && evidence.periods[at].is_empty()
        && (3..=MAX_TITLE_CHARS).contains(&text.chars().count())
        && !text.contains(['。', '？', '?', '！'])
        && !text.ends_with(['た', 'る', 'す', 'い'])
        && (has_legal_form(text) || !ASPECTS.end(text))
        && !names_role(text)
        && !is_department(text)
        && !is_project_list(text)
        && !is_beside_projects(text)
        && !is_pause(text)
}
