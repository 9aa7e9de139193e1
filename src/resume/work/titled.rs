//! Headings below jobs that only title what was done: names of products, systems, clients. That they are no labels
//! shows in the whole document: labels come again below the next job, titles do not.

use shokureki_index::analysis::{WordList, normalized_key};
use shokureki_index::lexicon::has_legal_form;
use shokureki_index::words;
use std::collections::{HashMap, HashSet};

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens};
use crate::resume::employer::names_role;
use crate::resume::evidence::Evidence;
use crate::resume::job::{JobDraft, is_pause};
use crate::resume::label::{field_of, label_of, split_label};
use crate::resume::section::{Section, section_of};
use crate::resume::stint::is_department;

use super::title::{is_beside_projects, is_project_list, labels_deeds, strip_title};
use super::{WorkDraft, inside, owners};

/// Words of headings that say what their text is about rather than title a work.
pub(super) const ASPECTS: &WordList = words![
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
    // One heading may tell of two jobs: 「株式会社A → 株式会社B（転籍）」.
    let told: HashSet<usize> = has_work.iter().map(|job| jobs[*job].block).collect();
    let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
    for (index, job) in jobs.iter().enumerate() {
        if told.contains(&job.block) || blocks[job.block].kind != Kind::Heading {
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

/// Adds the headings that are numbered one after the other in a job without projects: 「##### 1. 座席管理の開発」,
/// 「### 2. 【実績：工数の見える化】」.
pub(super) fn add_numbered(
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
    let is_naming: HashSet<usize> = jobs.iter().flat_map(JobDraft::naming_blocks).collect();
    let mut groups: HashMap<(usize, usize, u16), Vec<usize>> = HashMap::new();
    for at in 1..blocks.len() {
        let Some(job) = owner[at].filter(|job| !has_work.contains(job)) else {
            continue;
        };
        let may_be = blocks[at].is_marked_heading()
            && !is_naming.contains(&at)
            && matches!(
                evidence.section[at],
                Section::Career | Section::Projects | Section::Unknown
            );
        if may_be && number_of(blocks[at].str()).is_some() {
            let place = (job, blocks[at].parent, blocks[at].rank);
            groups.entry(place).or_default().push(at);
        }
    }
    for ((job, ..), titles) in groups {
        let follows = titles.len() >= 2
            && titles
                .iter()
                .zip(1u32..)
                .all(|(at, number)| number_of(blocks[*at].str()) == Some(number));
        let titled = titles.into_iter().filter(|at| {
            let title = strip_title(blocks[*at].str());
            title.chars().count() >= 4 && !words!["その他", "自己"].begin(&title)
        });
        if follows {
            works.extend(titled.map(|at| {
                let title = without_label(&strip_title(blocks[at].str()));
                let mut work = WorkDraft::own(blocks, evidence, at, Some(job));
                work.title = Some(title);
                work
            }));
        }
    }
}

/// Returns the number that a heading begins with: 「2. 監視」.
fn number_of(text: &str) -> Option<u32> {
    let digits = text.len()
        - text
            .trim_start_matches(|sign: char| sign.is_ascii_digit())
            .len();
    let behind = &text[digits..];
    (digits > 0 && digits <= 2 && behind.starts_with(['.', '．', ')', '）', ':', '：']))
        .then(|| text[..digits].parse().ok())
        .flatten()
}

/// Takes the label off a title that stands in brackets with it: 「実績：工数の見える化」.
fn without_label(title: &str) -> String {
    let inside = title.trim_matches(|sign: char| opens(sign) || closes(sign));
    match split_label(inside) {
        Some((label, at)) if field_of(label).is_some() && !inside[at..].trim().is_empty() => {
            inside[at..].trim().to_owned()
        }
        _ => title.to_owned(),
    }
}

/// Adds the items that say below them how long the work took, where no job is named and two or more stand
/// together: 「* 会員サイトの開発」 over 「* 期間6ヶ月」.
pub(super) fn add_lasting(
    blocks: &Blocks,
    evidence: &Evidence,
    jobs: &[JobDraft],
    works: &mut Vec<WorkDraft>,
) {
    let owner = owners(blocks, jobs);
    let is_inside = inside(blocks, works.iter());
    let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
    for at in 1..blocks.len() {
        let says_how_long = |child: usize| {
            let text = blocks[child].str();
            matches!(blocks[child].kind, Kind::Item | Kind::Line)
                && text.chars().count() <= MAX_LASTING_CHARS
                && text.strip_prefix("期間").is_some_and(|rest| {
                    let rest = rest.trim_start_matches([':', '：', ' ', '\u{3000}', '約']);
                    rest.starts_with(char::is_numeric) || rest.starts_with('半')
                })
        };
        let may_be = blocks[at].kind == Kind::Item
            && owner[at].is_none()
            && !is_inside[at]
            && evidence.field[at].is_none()
            && matches!(evidence.section[at], Section::Career | Section::Projects)
            && (4..=MAX_TITLE_CHARS).contains(&blocks[at].str().chars().count())
            && blocks.children(at).take(MAX_BELOW).any(says_how_long);
        if may_be {
            groups.entry(blocks[at].parent).or_default().push(at);
        }
    }
    let titles = groups
        .into_values()
        .filter(|titles| titles.len() >= 2)
        .flatten();
    works.extend(titles.map(|at| WorkDraft::own(blocks, evidence, at, None)));
}

/// Characters of a line that says how long something took.
const MAX_LASTING_CHARS: usize = 16;

/// Blocks below an item that may say how long the work took.
const MAX_BELOW: usize = 12;

/// Returns whether a heading over more reads like a title and like no label.
fn is_title(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let text = blocks[at].str();
    let inside = text.trim_matches(|sign: char| opens(sign) || closes(sign));
    blocks[at].end > at + 1
        && matches!(evidence.section[at], Section::Career | Section::Unknown)
        && !evidence.opens_section[at]
        && evidence.field[at].is_none()
        && evidence.scope[blocks[at].parent].is_none()
        && label_of(text).is_none()
        && (has_legal_form(text) || section_of(text).is_none())
        && evidence.periods[at].is_empty()
        && (3..=MAX_TITLE_CHARS).contains(&text.chars().count())
        && !text.contains('。')
        && !text.ends_with(['？', '?', '！'])
        && !text.ends_with(['た', 'る', 'す', 'い'])
        && (has_legal_form(text) || !ASPECTS.end(inside))
        && !names_role(text)
        && !is_department(text)
        && !is_project_list(text)
        && !is_beside_projects(text)
        && !labels_deeds(text)
        && !is_pause(text)
}
