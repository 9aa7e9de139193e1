//! Tables that state jobs: by their heads, in their rows, in cells that many rows share.

use shokureki_index::analysis::WordList;
use shokureki_index::lexicon::{Lexicon, has_legal_form};
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::employer::{Strength, job_title, strength};
use crate::resume::evidence::{Evidence, PlacedPeriod, Shape, cell_text, event_of, joins};
use crate::resume::label::{Field, field_of};

use super::statement::{Layout, Naming, Statement};
use super::work_words::names_kind_of_employer;

/// Rows of a table of labels that are looked at.
const MAX_LABELS: usize = 24;

/// Lines below a table that may say how long somebody has been with who is named in it.
const MAX_LINES_BELOW: usize = 8;

/// Reads what a part of a table states of a job that other parts belong to as well: the cell that
/// names the employer of several rows, the row that titles them, a row that says for whom it was.
pub(super) fn read_part(
    blocks: &Blocks,
    evidence: &Evidence,
    lexicon: &Lexicon,
    at: usize,
) -> Option<Statement> {
    let reader = PartReader {
        blocks,
        evidence,
        lexicon,
    };
    match blocks[at].kind {
        Kind::Cell => reader.shared_cell(at),
        Kind::Row if evidence.shape_of_row(blocks, at) == Shape::Works => reader.work_row(at),
        Kind::Table if is_of_person(blocks, evidence, at) => reader.person_table(at),
        Kind::Table if evidence.shape(at) == Shape::Pairs => reader.label_table(at),
        _ => None,
    }
}

/// Reads the parts of tables.
struct PartReader<'a> {
    blocks: &'a Blocks,
    evidence: &'a Evidence,
    lexicon: &'a Lexicon,
}

impl PartReader<'_> {
    /// Reads the cell that names the employer of its row and of those below, and states since when.
    fn shared_cell(&self, at: usize) -> Option<Statement> {
        let row = self.blocks[at].parent;
        if self.evidence.shape_of_row(self.blocks, row) != Shape::Works
            || self.evidence.is_head_row(row)
        {
            return None;
        }
        let named = self.evidence.employer_of_row(row)?;
        let end = self.blocks[at].end;
        if !(at..end).contains(&named) {
            return None;
        }
        let period = self.evidence.cell_period(self.blocks, at)?;
        let is_of_row = self
            .evidence
            .attached_period(self.blocks, row)
            .is_some_and(|dated| dated.block == period.block);
        let is_own = !is_of_row || self.evidence.field[at] == Some(Field::Employer);
        (is_own && period.period.is_stretch())
            .then(|| self.statement((at, end), named, Some(period), Naming::Title))
    }

    /// Reads a row that tells of work: for whom it was, or the title of the rows below it.
    fn work_row(&self, at: usize) -> Option<Statement> {
        let named = self.evidence.employer_of_row(at)?;
        if self.evidence.is_head_row(at) {
            let below = || {
                let next = named + 1;
                let is_below = next < self.blocks.len()
                    && self.blocks[next].parent == self.blocks[named].parent
                    && self.evidence.is_period_only(self.blocks, next);
                self.evidence
                    .first_in(self.blocks, next)
                    .filter(|_| is_below)
            };
            let own = self.evidence.cell_period(self.blocks, named);
            let of_row = || self.evidence.attached_period(self.blocks, at);
            let period = own.or_else(below).or_else(of_row)?;
            let range = (at, end_of_group(self.blocks, self.evidence, at));
            return period
                .period
                .is_stretch()
                .then(|| self.statement(range, named, Some(period), Naming::Title));
        }
        let period = self.evidence.attached_period(self.blocks, at);
        let range = (at, self.blocks[at].end);
        Some(self.statement(range, named, period, Naming::Below))
    }

    /// Reads a table on the person: the employer, and since when a line below it says.
    fn person_table(&self, at: usize) -> Option<Statement> {
        let cell = labelled(self.blocks, self.evidence, at, Field::Employer)?;
        let named = self.evidence.named_line(self.blocks, self.lexicon, cell);
        let period = stay_below(self.blocks, self.evidence, at)?;
        let range = (at, self.blocks[at].end);
        Some(self.statement(range, named, Some(period), Naming::Title))
    }

    /// Reads a table of labels on a piece of work that says for whom it was.
    fn label_table(&self, at: usize) -> Option<Statement> {
        let has = |field| labelled(self.blocks, self.evidence, at, field).is_some();
        let cell = labelled(self.blocks, self.evidence, at, Field::Employer)?;
        let above = self.blocks[at].parent;
        let is_titled = has(Field::Title);
        let is_headed = self.blocks[above].kind == Kind::Heading
            && !self.evidence.opens_section[above]
            && self.evidence.field[above].is_none();
        let is_work = has(Field::Technology) || has(Field::Phase) || has(Field::Team);
        let names = |at: usize| {
            let name = job_title(self.blocks[at].str(), self.lexicon).name;
            strength(&name, self.lexicon) == Strength::Sure
        };
        let is_below_title = is_headed && is_work && !names(above);
        // 「|No.9|県立高校 校内LAN更改|」 heads labels of the work that it titles.
        let is_titled_by_head = is_work
            && self.blocks.children(at).next().is_some_and(|head| {
                // 「| 期間 | 2020年4月〜現在 |」 is a label and its value.
                let first = self.blocks.children(head).next();
                let is_pair = first.is_some_and(|cell| field_of(self.blocks[cell].str()).is_some());
                self.blocks[head].is_header
                    && !is_pair
                    && self.blocks.children(head).take(MAX_LABELS).any(|cell| {
                        let text = self.blocks[cell].str();
                        text.chars().count() >= 4 && field_of(text).is_none() && !names(cell)
                    })
            });
        let is_titled = is_titled || is_titled_by_head;
        if !is_titled && !is_below_title {
            return None;
        }
        let block = if is_headed && !is_titled { above } else { at };
        let range = (block, self.blocks[block].end);
        let period = self.evidence.attached_period(self.blocks, at);
        let named = self.evidence.named_line(self.blocks, self.lexicon, cell);
        Some(self.statement(range, named, period, Naming::Below))
    }

    /// Makes the statement that the blocks of `range` make of the employer named in `named`.
    fn statement(
        &self,
        range: (usize, usize),
        named: usize,
        period: Option<PlacedPeriod>,
        naming: Naming,
    ) -> Statement {
        let text = self.evidence.without_period(self.blocks, named);
        Statement {
            block: range.0,
            named_in: named,
            end: range.1,
            job: job_title(&text, self.lexicon),
            period,
            layout: Layout::Row(self.blocks[range.0].parent),
            strength: Strength::Sure,
            naming,
            text,
            is_event: false,
            is_planned: false,
            is_listed_stay: false,
            heads_works: false,
            is_before_work: false,
        }
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
        Shape::Person | Shape::Columns => true,
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
        let is_stay = words!["所属", "在籍", "在職", "勤務", "入社"].begin(text);
        if is_stay && matches!(evidence.field[next], Some(Field::Period | Field::Start)) {
            return evidence.first_in(blocks, next);
        }
        next = blocks[next].end;
    }
    None
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
    let cell = blocks.children(row).next()?;
    if !blocks[row].is_header {
        // 「<td colspan=2>株式会社A　2021年10月 ～ 現在</td>」 over labels and values of the company.
        let is_alone = blocks.children(row).nth(1).is_none() && blocks[table].end > blocks[row].end;
        let own = evidence.own_period(blocks, cell)?;
        let name = job_title(&evidence.without_period(blocks, cell), lexicon).name;
        let is_title = is_alone
            && matches!(evidence.shape(table), Shape::Pairs | Shape::Other)
            && own.period.is_stretch()
            && has_legal_form(&name);
        return is_title.then_some(cell);
    }
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
    if shape == Shape::Works
        && let Some(named) = employed_among_works(blocks, evidence, row)
    {
        return Some(named);
    }
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
    // 「株式会社A<br>アルバイト」: the first line names, the others say more.
    let line_of = |cell: usize| {
        (cell..blocks[cell].end)
            .find(|line| !blocks[*line].str().is_empty())
            .unwrap_or(cell)
    };
    let is_events = shape == Shape::Events;
    let sure = cells.iter().copied().find(|cell| {
        let field = evidence.field[*cell];
        let line = if is_events { line_of(*cell) } else { *cell };
        let text = blocks[line].str();
        let is_open = matches!(field, None | Some(Field::Summary));
        let name = text_before_event(text);
        dated
            && is_open
            && (strength(name, lexicon) == Strength::Sure
                || shape == Shape::Events
                    && strength(&job_title(name, lexicon).name, lexicon) == Strength::Sure)
            && (shape == Shape::Events || event_of(text).is_some() || field.is_none())
    });
    let sure = sure.map(|cell| if is_events { line_of(cell) } else { cell });
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

/// Returns the cell of a row among works that names a kind of employer by which somebody was employed: 「| 2020/04〜
/// 2022/01 | Webアプリ開発会社 | 正社員 |」 below 「| 2023/07〜2024/10 | 会員サイト | 業務委託 |」.
fn employed_among_works(blocks: &Blocks, evidence: &Evidence, row: usize) -> Option<usize> {
    let cells = || blocks.children(row).take(12);
    let is_employed = cells().any(|cell| {
        evidence.field[cell] == Some(Field::EmploymentKind)
            && words!["正社員", "契約社員", "派遣社員"].begin(blocks[cell].str())
    });
    is_employed
        .then(|| {
            cells().find(|cell| {
                evidence.field[*cell] == Some(Field::Title)
                    && names_kind_of_employer(blocks[*cell].str())
            })
        })
        .flatten()
}

/// Returns whether a cell of an event may name who employs: it is no date, no kind of event, no school.
fn may_name(blocks: &Blocks, evidence: &Evidence, cell: usize) -> bool {
    let text = blocks[cell].str();
    let name = text_before_event(text);
    let is_kind = event_of(text).is_some() && text.chars().count() <= 4;
    let is_other = words!["入学", "卒業", "修了", "合格", "取得"].is_in(text);
    name.chars().any(char::is_alphabetic)
        && !is_kind
        && !is_other
        && evidence.periods[cell].is_empty()
        && name.chars().count() <= 40
}

/// Takes 入社 and what stands behind it off the end: 「株式会社X 入社 現在に至る」.
pub(super) fn text_before_event(text: &str) -> &str {
    const ENDS: &WordList = words![
        "に再入社",
        "へ再入社",
        "再入社",
        "に復職",
        "へ復職",
        "復職",
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
    let mut found: Vec<&str> = Vec::new();
    let name = ENDS
        .places_in(text)
        .filter_map(|(at, end)| {
            // Of each word, the first place tells.
            if found.contains(&end) {
                return None;
            }
            found.push(end);
            let behind = text[at + end.len()..].trim_start();
            let is_end = behind.is_empty()
                || behind.starts_with(['（', '(', '、', '。', '※', '　', '~', '〜', '～'])
                || behind.starts_with("現在")
                || behind.starts_with("予定")
                || text[at + end.len()..].starts_with(char::is_whitespace);
            (is_end && at > 0).then_some(at)
        })
        .min()
        .map_or(text, |at| &text[..at]);
    name.trim()
}

/// Takes off why somebody moved: 「情報部門の分社化に伴い、株式会社A」.
pub(super) fn behind_reason(text: &str) -> &str {
    [
        "に伴い",
        "に伴って",
        "により",
        "によって",
        "のため",
        "につき",
        "を機に",
        "、",
        "，",
    ]
    .iter()
    .filter_map(|word| text.rfind(word).map(|at| at + word.len()))
    .max()
    .map(|at| text[at..].trim_start_matches(['、', '，', ' ', '\u{3000}']))
    .filter(|rest| has_legal_form(rest) && !has_legal_form(&text[..text.len() - rest.len()]))
    .unwrap_or(text)
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
            .stints
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
    fn a_column_of_the_career_beside_joining_and_leaving_names_employers() {
        check(
            "## 職務概要\n|入社|退職|職歴|\n|--|--|--|\n|2017年4月|2020年3月|ベーカリーこむぎ (パートタイム)|\n\
             |2020年4月|2022年3月|株式会社つむじ|",
            &[
                ("ベーカリーこむぎ", "2017-04", "2020-03"),
                ("株式会社つむじ", "2020-04", "2022-03"),
            ],
        );
        check(
            "## 業務\n|開始|終了|職歴|\n|--|--|--|\n|2017年4月|2020年3月|在庫管理の開発|",
            &[],
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
            &[("株式会社シロ", "2010-04", "2016-03")],
        );
    }
}
