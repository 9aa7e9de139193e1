//! The section that each block stands in.

use std::collections::{HashMap, HashSet};

use shokureki_index::lexicon::has_legal_form;
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::{closes, opens, without_brackets};
use crate::resume::job::{names_kind_of_employer, reads_like_work};
use crate::resume::label::{Field, field_of, label_of};
use crate::resume::period::{FoundPeriod, find_periods};
use crate::resume::section::{
    Section, is_document_title, is_section_name, section_of, section_of_words,
};

use super::{MAX_TITLE_BYTES, title_without};

/// Tells the section of each block, and which headings open one.
pub(in crate::resume) fn sections(blocks: &Blocks) -> (Vec<Section>, Vec<bool>) {
    let mut section = vec![Section::Unknown; blocks.len()];
    let mut opens = vec![false; blocks.len()];
    let mut holds_sections = vec![false; blocks.len()];
    // The section that the title of each heading names.
    let mut named: Vec<Option<Section>> = vec![None; blocks.len()];
    for at in 1..blocks.len() {
        if blocks[at].kind == Kind::Heading {
            named[at] = section_of(blocks[at].str())
                .filter(|_| !has_legal_form(blocks[at].str()) && !labels_company(blocks, at))
                .filter(|_| !labels_tools_of_work(blocks, at));
            // 「[所属期間]」 says when the stay above it was, and is no part of the document.
            let labels_time = field_of(blocks[at].str()) == Some(Field::Period);
            holds_sections[blocks[at].parent] |= is_strong(named[at]) && !labels_time;
        }
    }
    opens[0] = true;
    let repeated = repeated_titles(blocks);
    // The last heading under each block, and whether its section carries over to the next.
    let mut previous: Vec<Option<usize>> = vec![None; blocks.len()];
    let mut carries = vec![false; blocks.len()];
    // Headings of jobs that stand below a part that holds none.
    let mut strays = vec![false; blocks.len()];
    for at in 1..blocks.len() {
        let block = &blocks[at];
        let parent = block.parent;
        section[at] = section[parent];
        if block.kind != Kind::Heading {
            continue;
        }
        let before = previous[parent].replace(at);
        let title = block.str();
        let own = named[at]
            .filter(|_| !(is_of_career(section[parent]) && repeated.contains(&at)))
            .filter(|own| may_open(section[parent], opens[parent], *own))
            .filter(|own| {
                is_section_name(title)
                    || labels_titles(blocks, at)
                    || !labels_work(blocks, at, *own) && !labels_own_time(blocks, at)
            })
            .filter(|own| {
                // 「入稿管理ツール」 over 「期間」 is one thing that was made.
                let mut below = blocks.children(at).take(MAX_STAY_LINES);
                *own != Section::Skills || !below.any(|child| dates_below(blocks, child))
            })
            .filter(|own| {
                // 「大手電力会社」 is one of those worked for.
                is_section_name(title) || !is_of_career(*own) || !names_kind_of_employer(title)
            })
            .filter(|own| {
                let is_of_job =
                    is_of_career(section[parent]) || has_legal_form(blocks[parent].str());
                !(is_of_job || is_of_career(*own)) || !is_dated_thing(blocks, at)
            })
            .map(|own| match own {
                Section::Summary if is_list_of_headings(blocks, at) => Section::Projects,
                other => other,
            });
        if is_document_title(title) {
            // Behind other parts it is one itself: 「## 業務経歴書」 behind 「## スキル」.
            let is_part = title.trim_end().ends_with("経歴書")
                && (1..at).any(|before| opens[before] && named[before].is_some());
            section[at] = match is_part {
                true => Section::Career,
                false => Section::Unknown,
            };
            opens[at] = true;
        } else if let Some(own) = own {
            section[at] = own;
            // 「職歴: 倉庫の…」 is a job, not the part of all jobs.
            // 「職務経歴（株式会社A：2020/04 - 現在）」 is the part of what was done there.
            let outside = match names_company_inside(title) {
                true => without_brackets(title),
                false => title.into(),
            };
            let has_more = outside
                .split_once([':', '：'])
                .is_some_and(|(_, rest)| !rest.trim().is_empty());
            opens[at] = !has_more;
            carries[at] = block.end == at + 1;
        } else if outside_career(section[parent])
            && (states_stay(blocks, at)
                || before.is_some_and(|before| strays[before] && states_time(blocks, at)))
        {
            section[at] = Section::Career;
            strays[at] = true;
        } else if let Some(before) = before
            && carries[before]
            && blocks[before].rank == block.rank
            && matches!(section[before], Section::Career | Section::Projects)
        {
            section[at] = section[before];
            carries[at] = true;
        } else if opens[parent] && is_list_of_work(blocks, at) {
            section[at] = Section::Projects;
            opens[at] = true;
        } else if opens[parent]
            && holds_sections[at]
            && !tells_one_thing(blocks, at)
            && !(names_kind_of_employer(title) && labels(blocks, at, is_of_stay))
        {
            opens[at] = true;
        }
    }
    (section, opens)
}

/// Returns the headings that label parts of what stands around them: lines that work as headings, of a make of which
/// one title comes again beside them, as those of sections do not: 「【使用技術】」 of each project.
fn repeated_titles(blocks: &Blocks) -> HashSet<usize> {
    let is_line =
        |at: &usize| blocks[*at].kind == Kind::Heading && !blocks[*at].is_marked_heading();
    let mut counts: HashMap<(usize, u16, &str), usize> = HashMap::new();
    for at in (1..blocks.len()).filter(is_line) {
        let title = (blocks[at].parent, blocks[at].rank, blocks[at].str());
        *counts.entry(title).or_default() += 1;
    }
    let labels: HashSet<(usize, u16)> = counts
        .into_iter()
        .filter(|(_, count)| *count >= 2)
        .map(|((parent, rank, _), _)| (parent, rank))
        .collect();
    let mut repeated: HashSet<usize> = (1..blocks.len())
        .filter(is_line)
        .filter(|at| labels.contains(&(blocks[*at].parent, blocks[*at].rank)))
        .collect();
    // 「### 【案件名】」 of each project.
    let label = |at: &usize| {
        let is_label = labels_title(blocks, *at);
        is_label.then(|| (blocks[*at].parent, blocks[*at].str()))
    };
    let mut titles: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
    for at in 1..blocks.len() {
        if let Some(title) = label(&at) {
            titles.entry(title).or_default().push(at);
        }
    }
    repeated.extend(
        titles
            .into_values()
            .filter(|same| same.len() >= 2)
            .flatten(),
    );
    repeated
}

/// Returns whether a heading that else labels the matter of one job is over several pieces of work, each
/// with its time: 「## 業務内容」 over 「### 受注管理の刷新（2018年6月〜2019年3月）」.
fn is_list_of_work(blocks: &Blocks, at: usize) -> bool {
    field_of(blocks[at].str()) == Some(Field::Summary)
        && blocks
            .children(at)
            .take(MAX_WORKS)
            .filter(|child| match blocks[*child].kind {
                Kind::Heading | Kind::Item => {
                    !has_legal_form(blocks[*child].str()) && is_dated_thing(blocks, *child)
                }
                Kind::Line => {
                    is_dated(blocks[*child].str()) && !blocks[*child].str().contains('。')
                }
                _ => false,
            })
            .count()
            >= 2
}

/// Returns whether a heading is over headings that each say when and with which technologies something was done:
/// 「## 主要実績ハイライト」 over 「### 1. 見積もり計算の分離（2022年4月–2023年10月）」.
fn is_list_of_headings(blocks: &Blocks, at: usize) -> bool {
    let states_work = |child: &usize| {
        blocks[*child].is_marked_heading()
            && is_dated(blocks[*child].str())
            && is_dated_thing(blocks, *child)
            && !has_legal_form(blocks[*child].str())
            && (labels(blocks, *child, |field| field == Field::Technology)
                || reads_like_work(blocks[*child].str())
                    && labels(blocks, *child, |field| field == Field::Summary))
    };
    blocks
        .children(at)
        .take(MAX_WORKS)
        .filter(states_work)
        .take(2)
        .count()
        == 2
}

/// Blocks below a heading that may be pieces of work.
const MAX_WORKS: usize = 200;

/// Returns whether a title states a stretch of time: it tells of something rather than holds parts.
fn is_dated(title: &str) -> bool {
    title.len() <= MAX_TITLE_BYTES && find_periods(title).iter().any(FoundPeriod::is_stretch)
}

/// Returns whether a line that works as a heading labels something of the company above it: 「所属・役職」.
fn labels_company(blocks: &Blocks, at: usize) -> bool {
    (blocks[at].is_label() || blocks[at].is_summary)
        && has_legal_form(blocks[blocks[at].parent].str())
}

/// Returns whether a heading labels what the work was made with whose time is labelled before it: 「■技術」 behind
/// 「【期間】2022年5月〜現在」.
fn labels_tools_of_work(blocks: &Blocks, at: usize) -> bool {
    let is_tools = matches!(
        field_of(blocks[at].str()),
        Some(Field::Technology | Field::Environment)
    );
    is_tools
        && blocks
            .children(blocks[at].parent)
            .take(MAX_LABELLED)
            .take_while(|sibling| *sibling < at)
            .any(|sibling| {
                let text = blocks[sibling].str();
                let is_line = blocks[sibling].kind == Kind::Line && is_dated(text);
                is_line && label_of(text).is_some_and(|label| label.field == Field::Period)
                    || dates_below(blocks, sibling)
            })
}

/// Returns whether the first lines below a heading are labelled as those of a piece of work are.
fn labels_work(blocks: &Blocks, at: usize, named: Section) -> bool {
    let is_of_work: fn(Field) -> bool =
        |field| matches!(field, Field::Team | Field::Phase | Field::Role);
    blocks
        .children(at)
        .take(MAX_STAY_LINES)
        .filter(|child| matches!(blocks[*child].kind, Kind::Line | Kind::Item))
        .filter_map(|child| label_of(blocks[child].str()))
        .any(|label| is_of_work(label.field))
        || blocks.children(at).next().is_some_and(|table| {
            blocks[table].kind == Kind::Table && states_pairs_of_work(blocks, table, named)
        })
        || {
            // 「学校の連絡網」 over 「開発体制」 and 「主な使用技術」.
            let heads = |wanted: fn(Field) -> bool| {
                blocks.children(at).take(MAX_LABELLED).any(|child| {
                    blocks[child].is_marked_heading()
                        && field_of(blocks[child].str()).is_some_and(wanted)
                })
            };
            let is_of_tools =
                |field: Field| matches!(field, Field::Technology | Field::Environment);
            // 「会計システム開発プロジェクト」 over 「概要」 and 「使用技術」 is one of them.
            let is_project = words!["プロジェクト", "案件"].end(blocks[at].str().trim());
            heads(is_of_work) && heads(is_of_tools)
                || is_project
                    && labels(blocks, at, |field| field == Field::Summary)
                    && labels(blocks, at, is_of_tools)
        }
}

/// Returns whether two headings below a heading label the titles of works: 「### 案件名」 of one after the other.
fn labels_titles(blocks: &Blocks, at: usize) -> bool {
    let titles = blocks
        .children(at)
        .filter(|child| labels_title(blocks, *child));
    titles.take(2).count() == 2
}

/// Returns whether a heading labels the title of a work that stands alone below it.
fn labels_title(blocks: &Blocks, at: usize) -> bool {
    blocks[at].is_marked_heading()
        && blocks[at].end == at + 2
        && field_of(blocks[at].str()) == Some(Field::Title)
}

/// Returns whether the rows of a table pair the words that label a piece of work with their values: when it was,
/// and who did what.
fn states_pairs_of_work(blocks: &Blocks, table: usize, named: Section) -> bool {
    let is_stretch = |cell: usize| is_dated(blocks[cell].str());
    let labelled = |wanted: &[Field]| {
        blocks.children(table).take(MAX_PAIRS).any(|row| {
            let mut cells = blocks.children(row);
            let field = cells.next().and_then(|cell| field_of(blocks[cell].str()));
            field.is_some_and(|field| {
                wanted.contains(&field)
                    && (field != Field::Period || cells.next().is_some_and(is_stretch))
            })
        })
    };
    // 「8.4 内部ツール開発」 is no part on tools where it says when and with what.
    labelled(&[Field::Period])
        && (labelled(&[Field::Team, Field::Phase, Field::Role])
            || !is_of_career(named) && labelled(&[Field::Technology, Field::Environment]))
}

/// Rows of a table that are looked through for labels.
const MAX_PAIRS: usize = 12;

/// Returns whether one of the blocks directly below a heading is labelled with a field that `is_wanted`.
fn labels(blocks: &Blocks, at: usize, is_wanted: impl Fn(Field) -> bool) -> bool {
    blocks.children(at).take(MAX_LABELLED).any(|child| {
        matches!(blocks[child].kind, Kind::Line | Kind::Item | Kind::Heading)
            && (label_of(blocks[child].str()).is_some_and(|label| is_wanted(label.field))
                || field_of(blocks[child].str()).is_some_and(&is_wanted))
    })
}

/// Returns whether a label says how and when somebody was employed.
fn is_of_stay(field: Field) -> bool {
    matches!(field, Field::Period | Field::Start | Field::EmploymentKind)
}

/// Blocks below a heading that are looked through for labels.
const MAX_LABELLED: usize = 40;

/// Returns whether a section tells of jobs and projects.
fn is_of_career(section: Section) -> bool {
    matches!(section, Section::Career | Section::Projects)
}

/// Returns whether a heading says when, itself or in the first line below, and what beside the name of a
/// part: 「2021/09 〜 2022/05 論文検索の類似度」, 「社内ツール班への応援」 over 「2021/04 〜 2021/09」.
fn is_dated_thing(blocks: &Blocks, at: usize) -> bool {
    let title = blocks[at].str();
    if title.len() > MAX_TITLE_BYTES {
        return false;
    }
    if let Some(period) = find_periods(title)
        .into_iter()
        .find(FoundPeriod::is_stretch)
    {
        return section_of_words(&title_without(title, &period.range)).is_none();
    }
    let is_period = |text: &str| {
        text.len() <= MAX_TITLE_BYTES
            && find_periods(text).first().is_some_and(|found| {
                found.is_stretch() && title_without(text, &found.range).is_empty()
            })
    };
    section_of_words(title).is_none()
        && blocks.children(at).next().is_some_and(|first| {
            matches!(blocks[first].kind, Kind::Line | Kind::Item) && is_period(blocks[first].str())
        })
}

/// Returns whether a title names a company in brackets.
fn names_company_inside(title: &str) -> bool {
    title.len() <= MAX_TITLE_BYTES
        && title
            .split(|sign: char| opens(sign) || closes(sign) || matches!(sign, ':' | '：'))
            .skip(1)
            .any(has_legal_form)
}

/// Returns whether a section tells of no jobs by its title.
fn outside_career(section: Section) -> bool {
    matches!(
        section,
        Section::Skills | Section::Summary | Section::Appraisal | Section::Identity
    )
}

/// Returns whether a heading names a company and states a stretch of time itself or right below, and so
/// is a job whatever the last part was: levels that jump, a chapter without a title.
fn states_stay(blocks: &Blocks, at: usize) -> bool {
    has_legal_form(blocks[at].str()) && states_time(blocks, at)
}

/// Returns whether a heading or the first lines below it state a stretch of time.
fn states_time(blocks: &Blocks, at: usize) -> bool {
    is_dated(blocks[at].str())
        || blocks.children(at).take(MAX_STAY_LINES).any(|child| {
            is_dated(blocks[child].str())
                || dates_below(blocks, child)
                || blocks[child].kind == Kind::Table && pairs_time(blocks, child)
        })
}

/// Returns whether a row of a table pairs the label of a time with a stretch of it: 「| 期間 | 2020/4〜 |」.
fn pairs_time(blocks: &Blocks, table: usize) -> bool {
    blocks.children(table).take(MAX_PAIRS).any(|row| {
        let mut cells = blocks.children(row);
        let field = cells.next().and_then(|cell| field_of(blocks[cell].str()));
        field == Some(Field::Period)
            && cells
                .next()
                .is_some_and(|cell| is_dated(blocks[cell].str()))
    })
}

/// Returns whether a heading that labels a time has it below: 「# 期間」 over 「2018年10月〜2022年3月」.
fn dates_below(blocks: &Blocks, at: usize) -> bool {
    blocks[at].kind == Kind::Heading
        && field_of(blocks[at].str()) == Some(Field::Period)
        && blocks
            .children(at)
            .next()
            .is_some_and(|line| is_dated(blocks[line].str()))
}

/// Returns whether a heading tells of one stay or piece of work, and so holds no parts of the document.
fn tells_one_thing(blocks: &Blocks, at: usize) -> bool {
    is_dated(blocks[at].str()) || states_stay(blocks, at) || labels_own_time(blocks, at)
}

/// Returns whether the first lines below a heading label when it was, and so what it titles is one thing.
fn labels_own_time(blocks: &Blocks, at: usize) -> bool {
    blocks
        .children(at)
        .take(MAX_STAY_LINES)
        .filter(|child| matches!(blocks[*child].kind, Kind::Line | Kind::Item))
        .any(|child| {
            let text = blocks[child].str();
            label_of(text).is_some_and(|label| label.field == Field::Period) && is_dated(text)
        })
}

/// Lines below a heading that may say when the stay was.
const MAX_STAY_LINES: usize = 3;

fn is_strong(section: Option<Section>) -> bool {
    matches!(
        section,
        Some(
            Section::Career
                | Section::Education
                | Section::Certifications
                | Section::Identity
                | Section::Appraisal
        )
    )
}

/// Returns whether a heading under `above` may open section `own`.
fn may_open(above: Section, parent_opens: bool, own: Section) -> bool {
    match above {
        Section::Career | Section::Projects | Section::Personal => parent_opens,
        Section::Skills | Section::Wishes => matches!(
            own,
            Section::Certifications | Section::Wishes | Section::Education | Section::Personal
        ),
        Section::Education | Section::Certifications => parent_opens,
        Section::Unknown
        | Section::Summary
        | Section::Identity
        | Section::Appraisal
        | Section::Other => true,
    }
}
