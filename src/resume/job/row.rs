//! Tables that state jobs: by their heads, in their rows, in cells that many rows share.

use shokureki_index::lexicon::{Lexicon, has_legal_form};

use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::{Strength, job_title, strength};
use crate::resume::evidence::{Evidence, PlacedPeriod, Shape, cell_text, event_of, joins};
use crate::resume::label::Field;

use super::statement::{Layout, Naming, Statement};
use super::{JobDraft, stay};

/// Rows of a table of labels that are looked at.
const MAX_LABELS: usize = 24;

/// Lines below a table that may say how long somebody has been with who is named in it.
const MAX_LINES_BELOW: usize = 8;

/// Jobs that a short name is looked for in.
const MAX_JOBS: usize = 64;

/// Reads what a part of a table states of a job that other parts belong to as well: the cell that
/// names the employer of several rows, the row that titles them, a row that says for whom it was.
pub(super) fn read_part(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
) -> Option<Statement> {
    let parent = blocks[at].parent;
    match blocks[at].kind {
        Kind::Cell if evidence.shape_of_row(blocks, parent) == Shape::Works => {
            let named = evidence.employer_of_row(parent)?;
            if !(at..blocks[at].end).contains(&named) || evidence.is_head_row(parent) {
                return None;
            }
            let period = evidence.cell_period(blocks, at)?;
            let is_of_row = evidence
                .attached_period(blocks, parent)
                .is_some_and(|dated| dated.block == period.block);
            let is_own = !is_of_row || evidence.field[at] == Some(Field::Employer);
            (is_own && period.period.is_stretch()).then(|| {
                let end = blocks[at].end;
                statement(
                    blocks,
                    evidence,
                    lexicon,
                    (at, end),
                    named,
                    Some(period),
                    Naming::Title,
                )
            })
        }
        Kind::Row if evidence.shape_of_row(blocks, at) == Shape::Works => {
            let named = evidence.employer_of_row(at)?;
            if evidence.is_head_row(at) {
                let period = evidence.cell_period(blocks, named)?;
                let end = end_of_group(blocks, evidence, at);
                let range = (at, end);
                return period.period.is_stretch().then(|| {
                    statement(
                        blocks,
                        evidence,
                        lexicon,
                        range,
                        named,
                        Some(period),
                        Naming::Title,
                    )
                });
            }
            let period = evidence.attached_period(blocks, at);
            let range = (at, blocks[at].end);
            Some(statement(
                blocks,
                evidence,
                lexicon,
                range,
                named,
                period,
                Naming::Below,
            ))
        }
        Kind::Table if is_of_person(blocks, evidence, at) => {
            let cell = labelled(blocks, evidence, at, Field::Employer)?;
            let named = evidence.named_line(blocks, lexicon, cell);
            let period = stay_below(blocks, evidence, at)?;
            let range = (at, blocks[at].end);
            Some(statement(
                blocks,
                evidence,
                lexicon,
                range,
                named,
                Some(period),
                Naming::Title,
            ))
        }
        Kind::Table if evidence.shape(at) == Shape::Pairs => {
            let named = labelled(blocks, evidence, at, Field::Employer)?;
            let is_headed = blocks[parent].kind == Kind::Heading
                && !evidence.opens_section[parent]
                && evidence.field[parent].is_none();
            let is_work = [Field::Technology, Field::Phase, Field::Team]
                .into_iter()
                .any(|field| labelled(blocks, evidence, at, field).is_some());
            let is_titled = labelled(blocks, evidence, at, Field::Title).is_some();
            let heads_name = || {
                strength(&job_title(blocks[parent].str(), lexicon).name, lexicon) == Strength::Sure
            };
            if !is_titled && !(is_headed && is_work && !heads_name()) {
                return None;
            }
            let block = if is_headed && !is_titled { parent } else { at };
            let range = (block, blocks[block].end);
            let period = evidence.attached_period(blocks, at);
            let named = evidence.named_line(blocks, lexicon, named);
            Some(statement(
                blocks,
                evidence,
                lexicon,
                range,
                named,
                period,
                Naming::Below,
            ))
        }
        _ => None,
    }
}

/// Returns whether a table dates what stands above it as a piece of work: beside its technologies, its
/// phases, its team.
pub(super) fn is_dated_as_work(
    blocks: &Blocks,
    evidence: &Evidence,
    period: &PlacedPeriod,
) -> bool {
    let Some(table) = blocks
        .ancestors(period.block)
        .take(4)
        .find(|above| blocks[*above].kind == Kind::Table)
    else {
        return false;
    };
    [Field::Technology, Field::Phase, Field::Team]
        .into_iter()
        .any(|field| labelled(blocks, evidence, table, field).is_some())
}

/// Returns whether a table tells who the person is, or labels values without a period.
fn is_of_person(blocks: &Blocks, evidence: &Evidence, table: usize) -> bool {
    match evidence.shape(table) {
        Shape::Person => true,
        Shape::Pairs => evidence.attached_period(blocks, table).is_none(),
        _ => false,
    }
}

/// Returns the period of a stay that a labelled line below a table states: 所属期間.
fn stay_below(blocks: &Blocks, evidence: &Evidence, table: usize) -> Option<PlacedPeriod> {
    let end = blocks[blocks[table].parent].end;
    let mut next = blocks[table].end;
    for _ in 0..MAX_LINES_BELOW {
        if next >= end || blocks[next].kind == Kind::Heading {
            return None;
        }
        let text = blocks[next].str();
        let is_stay = ["所属", "在籍", "在職", "勤務", "入社"]
            .iter()
            .any(|word| text.starts_with(word));
        if is_stay && matches!(evidence.field[next], Some(Field::Period | Field::Start)) {
            return evidence.first_in(blocks, next);
        }
        next = blocks[next].end;
    }
    None
}

/// Makes the statement that the blocks of `range` make of the employer named in `named`.
fn statement(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    range: (usize, usize),
    named: usize,
    period: Option<PlacedPeriod>,
    naming: Naming,
) -> Statement {
    let text = evidence.without_period(blocks, named);
    Statement {
        block: range.0,
        named_in: named,
        end: range.1,
        job: job_title(&text, lexicon),
        period,
        layout: Layout::Row(blocks[range.0].parent),
        strength: Strength::Sure,
        naming,
        text,
        is_event: false,
        is_planned: false,
    }
}

/// Returns the block behind the rows that a row titles.
fn end_of_group(blocks: &Blocks, evidence: &Evidence, row: usize) -> usize {
    let end = blocks[blocks[row].parent].end;
    let mut next = blocks[row].end;
    while next < end && !evidence.is_head_row(next) {
        next = blocks[next].end;
    }
    next
}

/// Returns the first value of a table of labels that is labelled with `field`.
fn labelled(blocks: &Blocks, evidence: &Evidence, table: usize, field: Field) -> Option<usize> {
    blocks
        .children(table)
        .take(MAX_LABELS)
        .flat_map(|row| blocks.children(row).take(6))
        .find(|cell| evidence.field[*cell] == Some(field) && !cell_text(blocks, *cell).is_empty())
}

/// Returns the cell of a table that titles it as a job: the head that states a period or names an
/// employer, or the value labelled 会社名.
pub(super) fn header_title(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    table: usize,
) -> Option<usize> {
    let row = blocks.children(table).next()?;
    if evidence.shape(table) == Shape::Pairs
        && let Some(cell) = labelled(blocks, evidence, table, Field::Employer)
    {
        let named = evidence.named_line(blocks, lexicon, cell);
        return evidence.attached_period(blocks, table).map(|_| named);
    }
    if !blocks[row].is_header {
        return None;
    }
    let cell = blocks.children(row).next()?;
    if let Some(own) = evidence.own_period(blocks, cell)
        && own.period.is_stretch()
        && own.text.len() < blocks[cell].str().len()
    {
        return Some(cell);
    }
    if matches!(
        evidence.shape(table),
        Shape::Works | Shape::Jobs | Shape::Events
    ) {
        return None;
    }
    let named = blocks.children(row).take(4).find(|cell| {
        let text = evidence.without_period(blocks, *cell);
        !text.is_empty() && strength(&job_title(&text, lexicon).name, lexicon) == Strength::Sure
    })?;
    evidence.attached_period(blocks, table).map(|_| named)
}

/// Returns whether a row names its employer by a mark that stands for it elsewhere (①, 2, A), or by a
/// word that names nobody (出向先).
pub(super) fn is_reference(statement: &Statement) -> bool {
    let name = statement.text.trim();
    let is_word = matches!(
        name,
        "出向先"
            | "常駐先"
            | "派遣先"
            | "客先"
            | "自社"
            | "同上"
            | "当社"
            | "その他"
            | "なし"
            | "不明"
    );
    is_word || name.chars().count() <= 2 && !name.chars().any(is_letter_of_names)
}

/// Returns whether a letter can be one of a name, and no number or mark.
fn is_letter_of_names(letter: char) -> bool {
    letter.is_alphabetic()
        && !letter.is_ascii()
        && !('Ⓐ'..='ⓩ').contains(&letter)
        && !('Ａ'..='Ｚ').contains(&letter)
}

/// Returns the one of `jobs` whose row or line begins with the mark that a row names it by.
pub(super) fn marked(blocks: &Blocks, jobs: &[JobDraft], statement: &Statement) -> Option<usize> {
    let mark = statement.text.trim();
    let begins = |at: usize| match blocks[at].kind {
        Kind::Row => blocks
            .children(at)
            .next()
            .is_some_and(|cell| blocks[cell].str().trim_matches(['.', '．', ' ']) == mark),
        _ => blocks[at].str().starts_with(mark),
    };
    jobs.iter().take(MAX_JOBS).position(|job| {
        let parts = job.parts.iter().take(MAX_LABELS).map(|part| part.block);
        std::iter::once(job.block)
            .chain(job.more.iter().map(|(at, _)| *at))
            .chain(parts)
            .any(begins)
    })
}

/// Returns the one of `jobs` whose own line holds the short name that a row uses: 「以下「東備」」.
pub(super) fn named_short(
    blocks: &Blocks,
    jobs: &[JobDraft],
    statement: &Statement,
) -> Option<usize> {
    let name = statement.job.name.trim();
    if name.chars().count() < 2 || has_legal_form(name) {
        return None;
    }
    let is_named = |job: &JobDraft| {
        blocks[job.named_in].str().contains(name)
            || job.job.aliases.iter().any(|alias| alias.contains(name))
    };
    let mut named = jobs
        .iter()
        .take(MAX_JOBS)
        .enumerate()
        .filter(|(_, job)| is_named(job));
    let (first, job) = named.next()?;
    let fits = |job: &JobDraft| stay::holds(job.period.as_ref(), statement.period.as_ref());
    if fits(job) {
        return Some(first);
    }
    named
        .find(|(_, job)| fits(job))
        .map(|(index, _)| index)
        .or(Some(first))
}

/// Returns whether a table of labels and values tells of a job.
pub(super) fn is_label_table(evidence: &Evidence, table: usize) -> bool {
    evidence.shape(table) == Shape::Pairs
}

/// Returns the block that names the employer of a row.
pub(super) fn named_cell(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    row: usize,
) -> Option<usize> {
    if blocks[row].is_header || evidence.is_head_row(row) {
        return None;
    }
    let shape = evidence.shape_of_row(blocks, row);
    if shape == Shape::Works || shape == Shape::Events && !joins(blocks, row) {
        return None;
    }
    let cells: Vec<usize> = blocks.children(row).take(12).collect();
    let named = cells
        .iter()
        .copied()
        .find(|cell| evidence.field[*cell] == Some(Field::Employer));
    if let Some(named) = named {
        return Some(evidence.named_line(blocks, lexicon, named));
    }
    let dated = shape == Shape::Events
        || cells
            .iter()
            .any(|cell| evidence.is_period_only(blocks, *cell));
    let sure = cells.iter().copied().find(|cell| {
        let field = evidence.field[*cell];
        let text = blocks[*cell].str();
        let is_open = matches!(field, None | Some(Field::Summary));
        let name = text_before_event(text);
        dated
            && is_open
            && (strength(name, lexicon) == Strength::Sure
                || shape == Shape::Events
                    && strength(&job_title(name, lexicon).name, lexicon) == Strength::Sure)
            && (shape == Shape::Events || event_of(text).is_some() || field.is_none())
    });
    sure.or_else(|| {
        (shape == Shape::Events)
            .then(|| {
                cells
                    .into_iter()
                    .find(|cell| may_name(blocks, evidence, *cell))
            })
            .flatten()
    })
}

/// Returns whether a cell of an event may name who employs: it is no date, no kind of event, no school.
fn may_name(blocks: &Blocks, evidence: &Evidence, cell: usize) -> bool {
    let text = blocks[cell].str();
    let name = text_before_event(text);
    let is_kind = event_of(text).is_some() && text.chars().count() <= 4;
    let is_other = ["入学", "卒業", "修了", "合格", "取得"]
        .iter()
        .any(|word| text.contains(word));
    name.chars().any(char::is_alphabetic)
        && !is_kind
        && !is_other
        && evidence.periods[cell].is_empty()
        && name.chars().count() <= 40
}

/// Takes 入社 and what stands behind it off the end: 「株式会社X 入社 現在に至る」.
pub(super) fn text_before_event(text: &str) -> &str {
    const ENDS: [&str; 20] = [
        "に入社",
        "へ入社",
        "入社",
        "に転職",
        "へ転職",
        "に参画",
        "に就職",
        "へ就職",
        "就職",
        "へ出向",
        "に出向",
        "へ転籍",
        "に転籍",
        "を設立",
        "設立",
        "を開業",
        "開業",
        "として独立",
        "として活動",
        "に着任",
    ];
    let text = text.trim();
    let name = ENDS
        .iter()
        .filter_map(|end| {
            let at = text.find(end)?;
            let behind = text[at + end.len()..].trim_start();
            let is_end = behind.is_empty()
                || behind.starts_with(['（', '(', '、', '。', '※', '　'])
                || behind.starts_with("現在")
                || text[at + end.len()..].starts_with(char::is_whitespace);
            (is_end && at > 0).then_some(at)
        })
        .min()
        .map_or(text, |at| &text[..at]);
    name.trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DocumentFormat, PeriodEnd};
    use crate::resume::read;

    /// Checks the jobs of a text: name, first month, last month, `-` where it goes on.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let text = format!("# 職務経歴書\n\n{text}\n");
        let (resume, _) = read(&text, DocumentFormat::Markdown, Lexicon::builtin());
        let actual: Vec<[String; 3]> = resume
            .employments
            .iter()
            .map(|job| {
                let period = job.period.as_ref();
                let from = period.and_then(|period| period.from);
                let to = match period.map(|period| period.to) {
                    Some(PeriodEnd::At(to)) => to.to_string(),
                    Some(PeriodEnd::Present) => "-".to_owned(),
                    _ => String::new(),
                };
                let from = from.map_or(String::new(), |from| from.to_string());
                [job.employer.name.clone(), from, to]
            })
            .collect();
        let actual: Vec<(&str, &str, &str)> = actual
            .iter()
            .map(|[name, from, to]| (name.as_str(), from.as_str(), to.as_str()))
            .collect();
        assert_eq!(actual, expected, "{text}");
    }

    const BOTH: [(&str, &str, &str); 2] = [
        ("株式会社アオゾラ", "2020-04", "-"),
        ("有限会社ミドリ", "2017-04", "2020-03"),
    ];

    #[test]
    fn rows_state_jobs_whatever_heads_them() {
        for heads in ["|期間|会社|内容|", "|いつ|どこ|なにを|", "| | | |"] {
            check(
                &format!(
                    "## 職歴\n{heads}\n|--|--|--|\n|2020/04〜現在|株式会社アオゾラ|開発|\n\
                     |2017/04〜2020/03|有限会社ミドリ|保守|"
                ),
                &BOTH,
            );
        }
    }

    #[test]
    fn jobs_that_only_rows_name_last_from_first_to_last() {
        check(
            "## 業務経歴\n|期間|所属|案件名|\n|--|--|--|\n|2022/04〜現在|株式会社アオゾラ|甲の開発|\n\
             |2020/04〜2022/03|〃|乙の開発|\n|2017/04〜2020/03|有限会社ミドリ|丙の開発|",
            &BOTH,
        );
    }

    #[test]
    fn a_mark_in_a_row_stands_for_the_job_of_another_table() {
        check(
            "## 会社\n|No|会社|期間|\n|--|--|--|\n|①|有限会社ミドリ|2017/04〜2020/03|\n\
             |②|株式会社アオゾラ|2020/04〜現在|\n\n## 案件\n|時期|会社|内容|\n|--|--|--|\n\
             |2018/04〜2019/03|①|甲の開発|\n|2020/06〜2022/03|②|乙の開発|\n\
             |2022/04〜現在|②|丙の開発|",
            &[BOTH[1], BOTH[0]],
        );
    }

    #[test]
    fn tables_of_labels_state_jobs() {
        check(
            "## 職歴\n|会社名|株式会社アオゾラ|\n|--|--|\n|在籍期間|2020/04〜現在|\n|事業内容|物流|\n\n\
             |会社名|有限会社ミドリ|\n|--|--|\n|在籍期間|2017/04〜2020/03|\n|事業内容|受託|",
            &BOTH,
        );
        check(
            "|氏名|性別|所属|稼働|\n|--|--|--|--|\n|S.M|男|株式会社アオゾラ|2025年7月〜|\n\n\
             **所属期間**：2020年4月〜現在\n",
            &BOTH[..1],
        );
    }

    #[test]
    fn events_of_any_order_make_stays() {
        check(
            "## 学歴・職歴\n|年|月|内容|\n|--|--|--|\n|2015|3|青山川大学 卒業|\n\
             |2017|4|有限会社ミドリ 入社|\n|2020|3|一身上の都合により退職|\n\
             ||4|株式会社アオゾラ 入社|\n|||現在に至る|",
            &[BOTH[1], BOTH[0]],
        );
        check(
            "## 職歴\n|年月|内容|\n|--|--|\n|2020年4月|株式会社アオゾラ 入社 現在に至る|\n\
             |2020年3月|有限会社ミドリ 退職|\n|2017年4月|有限会社ミドリ 入社|",
            &BOTH,
        );
        check(
            "## 略歴\n|年月|区分|内容|\n|--|--|--|\n|2010年4月|入社|株式会社シロ|\n\
             |2013年4月|出向|株式会社キイロ　※在籍出向|\n|2015年3月|出向終了||\n\
             |2016年3月|退社|同社|",
            &[
                ("株式会社シロ", "2010-04", "2016-03"),
                ("株式会社キイロ", "2013-04", "2015-03"),
            ],
        );
    }
}
