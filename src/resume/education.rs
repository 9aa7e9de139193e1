//! Schools: lines and rows of the section that lists them, rows of events that name a school and how
//! it ended, and 最終学歴 wherever it stands.

pub(super) mod dating;
mod entry;
mod join;
pub(super) mod listing;
pub(super) mod school;
mod text;

use crate::domain::Education;

use super::block::{Blocks, Kind};
use super::evidence::Evidence;
use super::label::split_label;
use super::period::find_periods;
use super::section::Section;

use dating::{dated_above, row_parts};
use entry::{DEGREES, entry, has_own_name, has_school, names_part, split_ending};
use join::{Open, add, complete, lone_date};
use listing::Listing;
use text::{cleaned, is_detail, is_event, is_sentence_event, reads_like_name};

pub(super) use text::without_commands;

/// Longer texts say nothing on schools.
const MAX_TEXT_BYTES: usize = 600;

/// Finds the schools, in document order; entrance and graduation of one school are one.
pub(super) fn read_education(
    blocks: &Blocks,
    evidence: &Evidence,
    listed: &[Option<Listing>],
) -> Vec<Education> {
    let mut schools: Vec<Open> = Vec::new();
    // The school that each block has given.
    let mut given: Vec<Option<usize>> = vec![None; blocks.len()];
    // A line that holds a date only, above the school's line: 「- date: 2014年3月」.
    let mut dated: Option<String> = None;
    let mut at = 1;
    while at < blocks.len() {
        let block = &blocks[at];
        let in_section = match listed[at] {
            Some(listing) => listing.has_schools(),
            None => evidence.section[at] == Section::Education,
        };
        for text in texts(blocks, evidence, at, in_section) {
            let text = cleaned(&text);
            let before = dated.take();
            let above = given[block.parent];
            if in_section && !has_own_name(&text) && !schools.is_empty()
                || in_section && !has_school(&text)
            {
                dated = lone_date(&text);
                let last = above.or(schools.len().checked_sub(1));
                let Some(last) = last else { continue };
                if dated.is_some() && complete(&mut schools[last].school, &text) {
                    dated = None;
                } else if names_part(&text) && (above.is_some() || block.kind == Kind::Row) {
                    schools[last].specify(&text);
                }
                if above.is_some() || find_periods(&text).is_empty() || !has_school(&text) {
                    continue;
                }
            }
            if in_section && is_detail(&text) && (above.is_some() || !reads_like_name(&text)) {
                continue;
            }
            let text = match before {
                Some(date) if in_section && find_periods(&text).is_empty() => {
                    format!("{date} {text}")
                }
                _ => text,
            };
            if let Some(entry) = entry(&text, block.line, in_section) {
                given[at] = add(entry, &mut schools);
            }
        }
        at = if block.kind == Kind::Row {
            block.end
        } else {
            at + 1
        };
    }
    schools.into_iter().map(|open| open.school).collect()
}

/// Returns what the block says on schools: its own text, the cells of its row, or its sentences.
fn texts(blocks: &Blocks, evidence: &Evidence, at: usize, in_section: bool) -> Vec<String> {
    let block = &blocks[at];
    let text = block.str();
    match block.kind {
        Kind::Row if block.is_header => last_school_column(blocks, at).into_iter().collect(),
        Kind::Row => row(blocks, evidence, at, in_section),
        Kind::Root | Kind::Table | Kind::Cell => Vec::new(),
        Kind::Heading if evidence.opens_section[at] && find_periods(text).is_empty() => Vec::new(),
        _ if text.len() > MAX_TEXT_BYTES => Vec::new(),
        _ => {
            if let Some((label, value)) = split_label(text)
                && (matches!(
                    label.trim(),
                    "最終学歴" | "学歴" | "卒業" | "卒業校" | "出身校" | "出身大学" | "Education"
                ) || in_section && is_degree_now(label) && has_own_name(&text[value..]))
            {
                let value = &text[value..];
                if lists_several(value) {
                    return value.split(['、', '／']).map(str::to_owned).collect();
                }
                return vec![value.to_owned()];
            }
            let has_sentences = text.contains('。');
            let mut parts: Vec<String> = if has_sentences {
                text.split('。').map(str::to_owned).collect()
            } else if in_section && lists_several(text) {
                text.split(['、', '／']).map(str::to_owned).collect()
            } else {
                vec![text.to_owned()]
            };
            if let [own] = parts.as_mut_slice()
                && has_school(own)
                && let Some(dated) = dated_above(blocks, evidence, at)
            {
                *own = dated;
            }
            parts.retain(|part| !part.trim().is_empty());
            if !in_section {
                parts.retain(|part| is_event(part, evidence.section[at]));
                return parts;
            }
            if has_sentences {
                parts.retain(|part| is_sentence_event(part));
            }
            if let [own] = parts.as_mut_slice()
                && has_school(own)
                && split_label(own).is_none()
                && find_periods(own).is_empty()
                && let Some(period) = evidence.attached_period(blocks, at)
            {
                own.push(' ');
                own.push_str(&period.text);
            }
            parts
        }
    }
}

/// Returns whether a label is a degree that is worked for: 「PhD（在学中）」.
fn is_degree_now(label: &str) -> bool {
    label.contains("在学") && DEGREES.iter().any(|degree| label.contains(degree))
}

/// Returns whether each part of a line is dated and tells of a school: 「○○高専 2018年3月卒業、
/// 2020年3月 同 専攻科 修了」.
fn lists_several(text: &str) -> bool {
    let parts = text.split(['、', '／']);
    parts.clone().count() > 1
        && parts.into_iter().all(|part| {
            has_own_name(part) && !find_periods(part).is_empty() && split_ending(part).1.is_some()
        })
}

/// Returns what a row says on schools: its dates first, then its other cells.
fn row(blocks: &Blocks, evidence: &Evidence, row: usize, in_section: bool) -> Vec<String> {
    let cells: Vec<&str> = blocks
        .children(row)
        .take(12)
        .map(|cell| blocks[cell].str())
        .filter(|text| !text.is_empty())
        .collect();
    let all: Vec<usize> = blocks.children(row).take(12).collect();
    let labelled = all.windows(2).find(|pair| {
        matches!(
            blocks[pair[0]].str().trim(),
            "最終学歴" | "学歴" | "出身校" | "卒業校" | "Education" | "education"
        )
    });
    if let Some(pair) = labelled {
        let lines = (pair[1]..blocks[pair[1]].end)
            .chain(continued(blocks, row))
            .map(|line| blocks[line].str())
            .filter(|text| !text.is_empty() && text.len() <= MAX_TEXT_BYTES);
        let mut schools: Vec<String> = Vec::new();
        for line in lines {
            match schools.last_mut() {
                Some(last) if !has_own_name(line) => {
                    last.push(' ');
                    last.push_str(line);
                }
                _ => schools.push(line.to_owned()),
            }
        }
        return schools;
    }
    // 「| 学校名 | … |」, 「| 卒業年月 | … |」
    if in_section && let [label, value] = cells.as_slice() {
        let label = label.trim();
        if matches!(
            label,
            "学校名" | "学校" | "大学" | "学部" | "学科" | "学部・学科" | "専攻"
        ) {
            return vec![(*value).to_owned()];
        }
        if label.starts_with("入学") || label.starts_with("卒業") || label.starts_with("修了")
        {
            let word = if label.starts_with("入学") {
                "入学"
            } else {
                "卒業"
            };
            return vec![format!("{word}: {value}")];
        }
    }
    let parts = row_parts(blocks, evidence, row);
    let named: Vec<&str> = parts
        .others
        .iter()
        .copied()
        .chain(continued(blocks, row))
        .map(|cell| blocks[cell].str().trim())
        .filter(|text| !matches!(*text, "" | "学歴" | "学校" | "学" | "教育" | "-" | "－"))
        .collect();
    let joined = match &parts.date {
        Some(date) => format!("{date} {}", named.join(" ")),
        None => named.join(" "),
    };
    if in_section || is_event(&joined, evidence.section[row]) {
        vec![joined]
    } else {
        Vec::new()
    }
}

/// Returns the cells of the rows below that go on with a row: their first cell is empty.
fn continued(blocks: &Blocks, row: usize) -> Vec<usize> {
    let table = blocks[row].parent;
    let mut cells = Vec::new();
    let mut next = blocks[row].end;
    for _ in 0..3 {
        let is_row = next < blocks[table].end && blocks[next].kind == Kind::Row;
        if !is_row {
            break;
        }
        let own = blocks.cells(next);
        let goes_on = own
            .first()
            .is_some_and(|first| blocks[*first].str().is_empty())
            && own.len() <= 6
            && own.iter().all(|cell| {
                find_periods(blocks[*cell].str()).is_empty() || blocks[*cell].column > 0
            });
        if !goes_on {
            break;
        }
        cells.extend(own.into_iter().skip(1));
        next = blocks[next].end;
    }
    cells
}

/// Returns the value below 最終学歴 in a table whose first row holds the labels.
fn last_school_column(blocks: &Blocks, header: usize) -> Option<String> {
    let label = blocks
        .children(header)
        .find(|cell| matches!(blocks[*cell].str().trim(), "最終学歴" | "学歴"))?;
    let table = blocks[header].parent;
    let below = blocks.children(table).find(|row| *row > header)?;
    let value = blocks
        .children(below)
        .find(|cell| blocks[*cell].column == blocks[label].column)?;
    Some(blocks[value].str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PeriodEnd;

    #[track_caller]
    fn check(lines: &[&str], expected: &[(&str, Option<&str>, &str)]) {
        let mut schools = Vec::new();
        for line in lines {
            if let Some(entry) = entry(&cleaned(line), 1, true) {
                add(entry, &mut schools);
            }
        }
        let actual: Vec<(String, Option<String>, String)> = schools
            .into_iter()
            .map(|open| {
                let Open { school, .. } = open;
                let period = school.period.map_or(String::new(), |period| {
                    let from = period.from.map_or(String::new(), |from| from.to_string());
                    let to = match period.to {
                        PeriodEnd::At(to) => to.to_string(),
                        PeriodEnd::Present => "present".to_owned(),
                        PeriodEnd::Unstated => String::new(),
                    };
                    format!("{from}..{to}")
                });
                (school.school, school.degree, period)
            })
            .collect();
        let expected: Vec<(String, Option<String>, String)> = expected
            .iter()
            .map(|(school, degree, period)| {
                (
                    (*school).to_owned(),
                    degree.map(str::to_owned),
                    (*period).to_owned(),
                )
            })
            .collect();
        assert_eq!(actual, expected, "{lines:?}");
    }

    #[test]
    fn schools_are_read_in_each_written_form() {
        check(
            &["2012年3月 花巻星空大学 理学部 卒業"],
            &[("花巻星空大学 理学部", Some("卒業"), "..2012-03")],
        );
        check(
            &["2005-04 — 2009-03 花巻星空大学"],
            &[("花巻星空大学", None, "2005-04..2009-03")],
        );
        check(
            &["花巻星空大学 理学部 2012.4 ～ 2016.3"],
            &[("花巻星空大学 理学部", None, "2012-04..2016-03")],
        );
        check(
            &["専門学校卒（2007年3月）"],
            &[("専門学校", Some("卒"), "..2007-03")],
        );
        check(
            &["B.A. in Linguistics, Univ. of Hanamaki, Sep 2010 – Jun 2014"],
            &[(
                "Univ. of Hanamaki",
                Some("B.A. in Linguistics"),
                "2010-09..2014-06",
            )],
        );
        check(
            &["2014/03 花巻星空大学 理学部 卒業（Javaは授業で少し）"],
            &[("花巻星空大学 理学部", Some("卒業"), "..2014-03")],
        );
        check(
            &["2023/04 – 2025/03（見込み） 花巻星空大学大学院 修士課程"],
            &[(
                "花巻星空大学大学院 修士課程",
                Some("修士"),
                "2023-04..2025-03",
            )],
        );
    }

    #[test]
    fn entrance_and_graduation_are_one_school() {
        check(
            &["2002年4月 花巻星空大学 工学部 入学", "2006年3月 同 卒業"],
            &[("花巻星空大学 工学部", Some("卒業"), "2002-04..2006-03")],
        );
        check(
            &[
                "2002年4月 花巻星空大学 工学部 入学",
                "2006年3月 花巻星空大学 工学部 卒業",
                "2006年4月 花巻星空大学大学院 入学",
                "2008年3月 花巻星空大学大学院 修了",
            ],
            &[
                ("花巻星空大学 工学部", Some("卒業"), "2002-04..2006-03"),
                ("花巻星空大学大学院", Some("修了"), "2006-04..2008-03"),
            ],
        );
    }

    #[test]
    fn work_for_schools_is_no_education() {
        for text in [
            "2016年4月 大学図書館 横断検索サービス",
            "アルバイト: 大学の計算機センター（2020/10 – 2022/05）",
            "2012年4月 株式会社花巻学園サービス 入社",
        ] {
            assert!(!is_event(text, Section::Career), "{text}");
        }
        assert!(is_event(
            "平成15年3月 花巻星空大学 文学部 卒業",
            Section::Summary
        ));
    }

    #[track_caller]
    fn check_document(text: &str, expected: &[(&str, &str)]) {
        let (resume, _) = crate::resume::read(
            text,
            crate::domain::DocumentFormat::Markdown,
            shokureki_index::lexicon::Lexicon::builtin(),
        );
        let actual: Vec<(String, String)> = resume
            .education
            .into_iter()
            .map(|school| {
                let end = match school.period.map(|period| period.to) {
                    Some(PeriodEnd::At(to)) => to.to_string(),
                    _ => String::new(),
                };
                (school.school, end)
            })
            .collect();
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(school, end)| ((*school).to_owned(), (*end).to_owned()))
            .collect();
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn dates_stand_beside_above_and_below_schools() {
        check_document(
            "## 学歴\n\n| 年 | 月 | 学歴 |\n|---|---|---|\n| 2012 | 3 | 花巻星空大学 理学部 卒業 |\n",
            &[("花巻星空大学 理学部", "2012-03")],
        );
        check_document(
            "## 学歴\n\n| 入学 | 卒業 | 学校名 |\n|---|---|---|\n| 2008/04 | 2012/03 | 花巻星空大学 |\n",
            &[("花巻星空大学", "2012-03")],
        );
        check_document(
            "## 2012年\n\n- 3月　花巻星空大学 理学部 卒業\n- 4月　株式会社アオバ 入社\n",
            &[("花巻星空大学 理学部", "2012-03")],
        );
        check_document(
            "## 学歴\n\n### 花巻星空大学\n\n- 理学部 数学科\n- 2008年4月 〜 2012年3月\n- 卒業研究: 大学の時間割\n",
            &[("花巻星空大学 理学部 数学科", "2012-03")],
        );
    }

    #[test]
    fn entrance_and_leaving_may_share_a_line() {
        check(
            &["花巻星空高専 電子科　’07.4入学　’12.3卒業"],
            &[("花巻星空高専 電子科", Some("卒業"), "2007-04..2012-03")],
        );
        check(
            &["2008年4月に花巻星空短期大学 生活科に入り、2010年3月に卒業しました"],
            &[("花巻星空短期大学 生活科", Some("卒業"), "2008-04..2010-03")],
        );
        check(
            &["平成20年3月卒業　県立星空高校"],
            &[("県立星空高校", Some("卒業"), "..2008-03")],
        );
    }
}
