//! Headings beside the one of a job, of its rank, that only label a part of what was done there: 「### 主な業務と成果」
//! behind 「### 株式会社A（2023/4〜）」. The job reaches over them.

use shokureki_index::lexicon::{Lexicon, has_legal_form};
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens, without_brackets};
use crate::resume::employer::{Strength, names_role, strength};
use crate::resume::evidence::{Evidence, PlacedPeriod, title_without};
use crate::resume::label::{Field, field_of, split_label};
use crate::resume::period::FoundPeriod;
use crate::resume::section::Section;
use crate::resume::work::is_project_list;

use super::identity::is_of_stay;
use super::{JobDraft, stay};

/// Headings behind the one of a job that are looked at.
const MAX_BESIDE: usize = 24;

/// Lets the jobs that a heading names reach over the headings behind it that only label a part of the job.
pub(super) fn extend_over_labels(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    jobs: &mut [JobDraft],
) {
    let mut is_naming = vec![false; blocks.len()];
    for block in jobs.iter().flat_map(JobDraft::naming_blocks) {
        is_naming[block] = true;
    }
    for job in jobs.iter_mut() {
        let block = &blocks[job.block];
        if !block.is_marked_heading() || job.end != block.end {
            continue;
        }
        let is_over_list = ends_with_list(blocks, evidence, job.end - 1);
        let is_dated = job
            .period
            .as_ref()
            .is_some_and(|period| period.block == job.block);
        let mut has_work = false;
        for _ in 0..MAX_BESIDE {
            let next = job.end;
            let is_work =
                |is_known: bool| is_dated && titles_work(blocks, evidence, lexicon, next, is_known);
            let goes_on = next < blocks.len()
                && blocks[next].kind == Kind::Heading
                && blocks[next].rank == block.rank
                && blocks[next].parent == block.parent
                && !is_naming[next]
                && (matches!(evidence.section[next], Section::Career | Section::Projects)
                    && !evidence.opens_section[next]
                    || is_dated && labels_job(blocks, evidence, next))
                && (labels_part(blocks, evidence, lexicon, next)
                    || is_over_list && !names_employer(blocks, evidence, lexicon, next)
                    || is_work(has_work));
            if !goes_on {
                break;
            }
            has_work |= is_work(false);
            job.end = blocks[next].end;
        }
    }
}

/// Returns whether a heading within the career labels what a company does, or all that somebody did there, though such
/// a heading may open a part of the document elsewhere: 「### 事業内容」, 「### 職務内容」.
fn labels_job(blocks: &Blocks, evidence: &Evidence, at: usize) -> bool {
    let parent = blocks[at].parent;
    evidence.opens_section[parent]
        && evidence.section[parent] == Section::Career
        && matches!(
            blocks[at].str().trim(),
            "事業内容" | "会社概要" | "職務内容" | "業務内容" | "仕事内容" | "担当業務"
        )
}

/// Returns whether a heading at the end of a job says that projects follow, and nothing stands below it, so that they
/// are the headings behind it, whatever their level: 「#### ■プロジェクト経験」 before 「### 社内ツールの改善」.
fn ends_with_list(blocks: &Blocks, evidence: &Evidence, last: usize) -> bool {
    blocks[last].is_marked_heading()
        && blocks[last].end == last + 1
        && (evidence.section[last] == Section::Projects && evidence.opens_section[last]
            || evidence.field[last] == Some(Field::Title)
            || is_project_list(blocks[last].str()))
}

/// Returns whether a heading titles a piece of work, as the labels right below it show: 「勤怠の管理システム」 over
/// 「開発体制」 and 「主な使用技術」. Where one before it does (`is_known`), any label of a work is enough.
fn titles_work(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
    is_known: bool,
) -> bool {
    const ABOUT: [Field; 4] = [Field::Team, Field::Role, Field::Phase, Field::Summary];
    let has = |fields: &[Field]| {
        blocks
            .children(at)
            .take(MAX_BESIDE)
            .any(|child| evidence.field[child].is_some_and(|field| fields.contains(&field)))
    };
    evidence.field[at].is_none()
        && !names_employer(blocks, evidence, lexicon, at)
        && (has(&[Field::Technology, Field::Environment]) && has(&ABOUT) || is_known && has(&ABOUT))
}

/// Returns whether a heading may name an employer: with a legal form, or with a stretch of time.
fn names_employer(blocks: &Blocks, evidence: &Evidence, lexicon: &Lexicon, at: usize) -> bool {
    let text = blocks[at].str();
    evidence.periods[at].iter().any(FoundPeriod::is_stretch)
        || has_legal_form(text)
        || strength(text, lexicon) == Strength::Sure
}

/// Gives the jobs that state no time the one of the roles right below them: 「**テックリード** — 2022/10 〜 現在」 over
/// 「**エンジニア** — 2020/01 〜 2022/09」.
pub(super) fn date_by_roles(blocks: &Blocks, evidence: &Evidence, jobs: &mut [JobDraft]) {
    for job in jobs.iter_mut().filter(|job| job.period.is_none()) {
        if blocks[job.block].kind != Kind::Heading {
            job.period = labelled_roles(blocks, evidence, job.block);
            continue;
        }
        let roles = blocks.children(job.block).take(MAX_ROLES).map_while(|at| {
            let own = evidence.own_period(blocks, at);
            // 「**インフラエンジニア**」 over 「*2018年6月 - 現在*」
            let Some(own) = own else {
                let line = blocks.children(at).next()?;
                let is_role = !blocks[at].is_marked_heading() && names_role(blocks[at].str());
                return (is_role && evidence.is_period_only(blocks, line))
                    .then(|| evidence.first_in(blocks, line))
                    .flatten();
            };
            let title = title_without(blocks[at].str(), &own.period.range);
            let title = title.trim_matches(|sign: char| !sign.is_alphanumeric());
            (own.period.is_stretch() && names_role(without_brackets(title).trim())).then_some(own)
        });
        job.period = roles.fold(None, |joined, own| stay::joined(joined, Some(own)));
    }
}

/// Gives the heading of a job that states no time the one that a label of a stay deeper below it does: 「【在籍期間】」
/// below the product that somebody was there for. The product keeps it as well.
pub(super) fn date_by_stays(blocks: &Blocks, evidence: &Evidence, jobs: &mut [JobDraft]) {
    for job in jobs.iter_mut().filter(|job| job.period.is_none()) {
        let below = job.block + 1..blocks[job.block].end.min(job.block + MAX_STAY_BLOCKS);
        let mut labels = below
            .filter(|at| evidence.field[*at] == Some(Field::Period) && is_of_stay(blocks, *at));
        let (Some(label), None) = (labels.next(), labels.next()) else {
            continue;
        };
        job.period = (label..blocks[label].end)
            .find_map(|at| evidence.first_in(blocks, at))
            .filter(|found| found.period.is_stretch())
            .map(|found| PlacedPeriod {
                block: job.block,
                ..found
            });
    }
}

/// Blocks of a job that may label its time.
const MAX_STAY_BLOCKS: usize = 200;

/// Returns the time of the roles that labelled data below an employer list: `roles:` over `- title: …` with `start: …`
/// and `end: …`.
fn labelled_roles(blocks: &Blocks, evidence: &Evidence, at: usize) -> Option<PlacedPeriod> {
    let list = blocks.children(at).take(MAX_ROLES).find(|child| {
        blocks[*child].kind == Kind::Heading && evidence.field[*child] == Some(Field::Role)
    })?;
    blocks
        .children(list)
        .take(MAX_ROLES)
        .filter(|role| blocks[*role].kind == Kind::Item)
        .filter_map(|role| evidence.attached_period(blocks, role))
        .fold(None, |joined, own| stay::joined(joined, Some(own)))
}

/// Roles below the heading of a job that say when.
const MAX_ROLES: usize = 8;

/// Returns whether a heading names neither an employer nor a time, and labels a part of a job, its number taken off:
/// 「主な業務と成果」, 「2. 【実績：工数の見える化】」.
fn labels_part(blocks: &Blocks, evidence: &Evidence, lexicon: &Lexicon, at: usize) -> bool {
    let text = blocks[at].str();
    let bare =
        text.trim_start_matches(|sign: char| sign.is_numeric() || ".．)） \u{3000}".contains(sign));
    let inside = bare.trim_matches(|sign: char| opens(sign) || closes(sign) || sign == ' ');
    let is_label = |label: &str| {
        field_of(label).is_some()
            || words![
                "成果",
                "実績",
                "業務内容",
                "職務内容",
                "仕事内容",
                "会社概要",
                "担当業務",
                "取り組み",
                "技術スタック",
                "使用技術"
            ]
            .end(label)
    };
    let is_labelled =
        || split_label(inside).is_some_and(|(label, _)| is_label(label.trim_matches(opens)));
    !evidence.periods[at].iter().any(FoundPeriod::is_stretch)
        && !has_legal_form(text)
        && strength(inside, lexicon) == Strength::None
        && (evidence.field[at].is_some() || is_label(inside) || is_labelled())
}
