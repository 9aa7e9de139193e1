//! Schools: lines and rows of the section that lists them, rows of events that name a school and how
//! it ended, and 最終学歴 wherever it stands.

pub(super) mod listing;

use crate::domain::{Education, Moment, Period, PeriodEnd};

use super::block::{Blocks, Kind};
use super::evidence::{Evidence, event_of, title_without};
use super::label::split_label;
use super::period::{FoundPeriod, PeriodShape, find_periods};
use super::section::Section;

/// Words of a school's name, or of a part of one.
const SCHOOLS: [&str; 22] = [
    "大学",
    "高校",
    "高等学校",
    "学校",
    "高専",
    "学院",
    "大学院",
    "専修",
    "短大",
    "学部",
    "研究科",
    "スクール",
    "アカデミー",
    "学園",
    "学群",
    "専攻科",
    "University",
    "Univ.",
    "College",
    "Institute",
    "School",
    "Academy",
];

/// How it ended, as people write it; longer words first.
const ENDINGS: [&str; 24] = [
    "卒業見込み",
    "卒業見込",
    "卒業予定",
    "修了見込み",
    "修了見込",
    "修了予定",
    "入学見込み",
    "入学見込",
    "入学予定",
    "単位取得満期退学",
    "単位取得退学",
    "満期退学",
    "中途退学",
    "編入学",
    "編入",
    "卒業",
    "修了",
    "中退",
    "退学",
    "在学中",
    "在学",
    "入学",
    "休学",
    "転学",
];

/// Words of an academic degree.
const DEGREES: [&str; 16] = [
    "博士", "修士", "学士", "Bachelor", "Master", "Doctor", "Ph.D", "PhD", "M.S", "B.S", "B.A",
    "M.A", "M.Eng", "B.Eng", "M.B.A", "MBA",
];

/// A line on a school.
#[derive(Debug)]
struct Entry {
    school: String,
    degree: Option<String>,
    period: Option<Period>,
    line: u32,
    is_start: bool,
    /// 「同 卒業」: the school of the line before.
    is_same: bool,
}

/// A school and whether its leaving is still to come in the text.
struct Open {
    school: Education,
    is_open: bool,
}

/// Finds the schools, in document order; entrance and graduation of one school are one.
pub(super) fn read_education(blocks: &Blocks, evidence: &Evidence) -> Vec<Education> {
    let mut schools: Vec<Open> = Vec::new();
    // A line that holds a date only, above the school's line: 「- date: 2014年3月」.
    let mut dated: Option<String> = None;
    let listed = listing::listings(blocks, evidence);
    let mut at = 1;
    while at < blocks.len() {
        let block = &blocks[at];
        let in_section = evidence.section[at] == Section::Education
            || listed[at].is_some_and(listing::Listing::has_schools);
        for text in texts(blocks, evidence, at, in_section) {
            let text = cleaned(&text);
            let before = dated.take();
            if in_section && !has_school(&text) {
                dated = lone_date(&text);
                if let (Some(date), Some(last)) = (&dated, schools.last_mut())
                    && last.school.period.is_none()
                    && complete(&mut last.school, date)
                {
                    dated = None;
                }
                continue;
            }
            let text = match before {
                Some(date) if in_section && find_periods(&text).is_empty() => {
                    format!("{date} {text}")
                }
                _ => text,
            };
            if let Some(entry) = entry(&text, block.line) {
                add(entry, &mut schools);
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
        Kind::Row => {
            let cells: Vec<&str> = blocks
                .children(at)
                .take(12)
                .map(|cell| blocks[cell].str())
                .filter(|text| !text.is_empty())
                .collect();
            let joined = cells.join(" ");
            let labelled = cells
                .windows(2)
                .find(|pair| matches!(pair[0].trim(), "最終学歴" | "学歴"))
                .map(|pair| pair[1].to_owned());
            match labelled {
                Some(value) => vec![value],
                None if in_section || is_event(&joined, evidence.section[at]) => vec![joined],
                None => Vec::new(),
            }
        }
        Kind::Root | Kind::Table | Kind::Cell => Vec::new(),
        Kind::Heading if evidence.opens_section[at] => Vec::new(),
        _ if text.len() > 600 => Vec::new(),
        _ => {
            if let Some((label, value)) = split_label(text)
                && (label.contains("最終学歴") || label.trim() == "学歴")
            {
                return vec![text[value..].to_owned()];
            }
            let has_sentences = text.contains('。');
            let mut parts: Vec<String> = if has_sentences {
                text.split('。').map(str::to_owned).collect()
            } else {
                vec![text.to_owned()]
            };
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
                && evidence.periods[at].is_empty()
                && let Some(period) = evidence.attached_period(blocks, at)
            {
                own.push(' ');
                own.push_str(&period.text);
            }
            parts
        }
    }
}

/// Returns the value below 最終学歴 in a table whose first row holds the labels.
fn last_school_column(blocks: &Blocks, header: usize) -> Option<String> {
    let label = blocks
        .children(header)
        .find(|cell| blocks[*cell].str().trim() == "最終学歴")?;
    let table = blocks[header].parent;
    let below = blocks.children(table).find(|row| *row > header)?;
    let value = blocks
        .children(below)
        .find(|cell| blocks[*cell].column == blocks[label].column)?;
    Some(blocks[value].str().to_owned())
}

fn has_school(text: &str) -> bool {
    SCHOOLS.iter().any(|word| text.contains(word)) || is_same(text).is_some()
}

/// Returns what stands behind 同, 同上, 同大学, 同校 at the beginning of an undated text.
fn is_same(text: &str) -> Option<&str> {
    let text = match find_periods(text).first() {
        Some(period) if text[..period.range.start].trim().is_empty() => &text[period.range.end..],
        _ => text,
    };
    let text = text.trim_start_matches([' ', '\u{3000}', ':', '：']);
    let rest = text.strip_prefix("同")?;
    let is_word = rest.starts_with([' ', '\u{3000}', '上', '大', '校', '学'])
        || ENDINGS.iter().any(|word| rest.starts_with(word));
    is_word.then_some(rest)
}

/// Returns whether a text outside the section states that the person entered or left a school.
fn is_event(text: &str, section: Section) -> bool {
    if matches!(
        section,
        Section::Projects | Section::Personal | Section::Wishes
    ) || text.chars().count() > 80
    {
        return false;
    }
    let names_school = [
        "大学",
        "高校",
        "高等学校",
        "専門学校",
        "高専",
        "短大",
        "学院",
        "大学校",
        "学園",
    ]
    .iter()
    .any(|word| text.contains(word));
    let has_ending = ENDINGS.iter().any(|word| {
        text.find(word).is_some_and(|at| {
            let behind = text[at + word.len()..].trim_start();
            behind.is_empty()
                || behind.starts_with(['(', '（', ')', '）', '、', ',', '|', '}', '/'])
                || behind.starts_with("しました")
                || behind.starts_with("し、")
                || behind.starts_with("後")
        })
    });
    let is_job = event_of(text).is_some()
        || ["株式会社", "有限会社", "合同会社", "アルバイト"]
            .iter()
            .any(|word| text.contains(word));
    names_school && has_ending && !is_job && !find_periods(text).is_empty()
}

/// Returns whether a sentence tells of entering or leaving a school.
fn is_sentence_event(text: &str) -> bool {
    let tells = [
        "卒業しま",
        "修了しま",
        "入学しま",
        "中退しま",
        "卒業した",
        "修了した",
        "卒業後",
        "卒業し、",
    ]
    .iter()
    .any(|word| text.contains(word));
    has_school(text) && tells && text.chars().count() <= 80
}

/// Returns `text` without remarks on plans behind a date and without signs of LaTeX and data files.
fn cleaned(text: &str) -> String {
    let mut text = text.to_owned();
    for remark in [
        "（見込み）",
        "(見込み)",
        "（見込）",
        "(見込)",
        "（予定）",
        "(予定)",
        "（卒業見込み）",
        "(卒業見込み)",
        "（修了見込み）",
        "(修了見込み)",
        "（卒業予定）",
        "(卒業予定)",
        "（修了予定）",
        "(修了予定)",
    ] {
        if text.contains(remark) {
            let word = remark.trim_matches(['(', '（', ')', '）']);
            let keeps = word.len() > "見込み".len();
            text = text.replace(remark, if keeps { word } else { "" });
        }
    }
    if text.contains('\\') || text.contains('{') {
        text = without_commands(&text);
    }
    let trimmed = text.trim_start_matches(['-', ' ']);
    for label in [
        "name:",
        "school:",
        "institution:",
        "学校名:",
        "学校:",
        "学校名：",
        "学校：",
        "date:",
        "period:",
    ] {
        if let Some(rest) = trimmed.strip_prefix(label) {
            return rest.trim().to_owned();
        }
    }
    text
}

/// Takes commands of LaTeX off: 「\item」, 「\cventry{…}{…}」.
pub(super) fn without_commands(text: &str) -> String {
    if !text.contains(['\\', '{']) {
        return text.to_owned();
    }
    let mut kept = String::with_capacity(text.len());
    let mut is_command = false;
    for character in text.chars() {
        match character {
            '\\' => is_command = true,
            _ if is_command && character.is_ascii_alphabetic() => {}
            '{' | '}' => {
                is_command = false;
                kept.push(' ');
            }
            _ => {
                is_command = false;
                kept.push(character);
            }
        }
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the date of a text that holds nothing else.
fn lone_date(text: &str) -> Option<String> {
    let found = find_periods(text).into_iter().next()?;
    let rest = title_without(text, &found.range);
    (rest.chars().count() <= 8 && !rest.contains(char::is_numeric))
        .then(|| text[found.range].to_owned())
}

/// Gives a school without a period the one that stands below it.
fn complete(school: &mut Education, date: &str) -> bool {
    let Some(found) = find_periods(date).into_iter().next() else {
        return false;
    };
    school.period = Some(period_of(&found, date.trim(), false));
    true
}

/// Reads a line on a school.
fn entry(text: &str, line: u32) -> Option<Entry> {
    if !has_school(text) || text.chars().count() > 160 {
        return None;
    }
    let found = find_periods(text).into_iter().next();
    let undated = match &found {
        Some(period) => title_without(text, &period.range),
        None => text.to_owned(),
    };
    let undated = undated.trim_start_matches(|character: char| {
        !character.is_alphanumeric() && !"(（「".contains(character)
    });
    let undated = ["に", "、"]
        .iter()
        .find_map(|particle| undated.strip_prefix(particle))
        .unwrap_or(undated);
    let (before, ending) = split_ending(undated);
    if ending == Some("休学") {
        return None;
    }
    let is_same_school = is_same(undated).is_some_and(|rest| {
        split_ending(rest.trim_start_matches(['上', '校']))
            .0
            .trim()
            .trim_start_matches("大学")
            .trim_matches(['(', '（'])
            .is_empty()
    });
    let (school, degree) = school_and_degree(before);
    let is_bare = SCHOOLS.contains(&school.as_str()) && ending.is_none();
    if !is_same_school
        && (is_bare || school.chars().count() < 2 || school.chars().all(char::is_numeric))
    {
        return None;
    }
    let is_start =
        ending.is_some_and(|ending| ending.starts_with("入学") || ending.starts_with("編入"));
    let degree = ending
        .map(str::to_owned)
        .filter(|_| {
            degree.is_none()
                || is_start
                || ending.is_some_and(|word| word != "卒業" && word != "修了")
        })
        .or(degree)
        .or_else(|| ending.map(str::to_owned));
    Some(Entry {
        period: found
            .as_ref()
            .map(|found| period_of(found, text[found.range.clone()].trim(), is_start)),
        school,
        degree,
        line,
        is_start,
        is_same: is_same_school,
    })
}

/// Cuts a text at the word that says how it ended; what follows is a remark.
fn split_ending(text: &str) -> (&str, Option<&'static str>) {
    let first = ENDINGS
        .iter()
        .filter_map(|word| {
            text.find(word)
                .map(|at| (at, std::cmp::Reverse(word.len()), *word))
        })
        .filter(|(at, _, word)| {
            !text[at + word.len()..].starts_with(['研', '論', '制', '生', '証'])
        })
        .min();
    if let Some((at, _, word)) = first {
        let before = &text[..at];
        return (
            before.trim_end_matches(['を', 'に', 'へ', ' ', '\u{3000}']),
            Some(word),
        );
    }
    // 「専門学校卒」
    let graduated = text.match_indices('卒').map(|(at, _)| at).find(|at| {
        let behind = &text[at + '卒'.len_utf8()..];
        !text[..*at].ends_with('新')
            && (behind.is_empty()
                || behind.starts_with([' ', '\u{3000}', '(', '（', ')', '）', '、', ',']))
    });
    match graduated {
        Some(at) => (&text[..at], Some("卒")),
        None => (text, None),
    }
}

/// Takes an academic degree that stands apart off the school: 「B.A. in Linguistics, Univ. of …」.
fn school_and_degree(text: &str) -> (String, Option<String>) {
    let text = trim_school(text);
    let named = DEGREES
        .iter()
        .find(|word| text.contains(**word))
        .map(|word| (*word).to_owned());
    for sign in [", ", " - ", " – ", " — ", " | ", "、"] {
        let Some((first, rest)) = text.split_once(sign) else {
            continue;
        };
        let names_degree = DEGREES.iter().any(|word| first.contains(word));
        if names_degree && !has_school(first) && has_school(rest) {
            return (trim_school(rest), Some(first.trim().to_owned()));
        }
    }
    // 「M.Eng. Hirose University」: a cell of its own.
    if let Some((first, rest)) = text.split_once(' ')
        && DEGREES.iter().any(|word| first.starts_with(word))
        && first.is_ascii()
        && has_school(rest)
        && !rest.starts_with("of ")
        && !rest.starts_with("in ")
    {
        return (trim_school(rest), Some(first.to_owned()));
    }
    // 「○○大学 △△学部 学士」
    let shorter = ["学士", "修士", "博士"]
        .iter()
        .find_map(|word| text.strip_suffix(word))
        .filter(|rest| rest.ends_with([' ', '\u{3000}']));
    (shorter.map_or_else(|| text.clone(), trim_school), named)
}

fn trim_school(text: &str) -> String {
    let edges = [
        ' ', '\u{3000}', ':', '：', ',', '、', '・', '-', '*', '|', '/', '／', '—', '–', '"', '\'',
    ];
    let mut text = text.trim_matches(edges);
    loop {
        let opens = text.matches(['(', '（']).count();
        let closes = text.matches([')', '）']).count();
        let shorter = if opens > closes {
            text.strip_suffix(['(', '（'])
                .or_else(|| text.strip_prefix(['(', '（']))
        } else if closes > opens {
            text.strip_prefix([')', '）'])
                .or_else(|| text.strip_suffix([')', '）']))
        } else {
            None
        };
        let shorter = shorter
            .or_else(|| text.strip_suffix("()"))
            .or_else(|| text.strip_suffix("（）"));
        let Some(shorter) = shorter else { break };
        text = shorter.trim_matches(edges);
    }
    text.to_owned()
}

/// Adds an entry, or completes the school that an entry before named.
fn add(entry: Entry, schools: &mut Vec<Open>) {
    let compact = |text: &str| text.replace([' ', '\u{3000}'], "");
    let name = compact(&entry.school);
    let known = if entry.is_same {
        schools.last_mut()
    } else {
        schools.iter_mut().rev().take(6).find(|open| {
            let known = compact(&open.school.school);
            known == name
                || (open.is_open
                    && !entry.is_start
                    && (known.starts_with(&name) || name.starts_with(&known))
                    && !name.contains("大学院")
                    && !known.contains("大学院"))
        })
    };
    if let Some(known) = known
        && (known.is_open
            || entry.is_start
            || entry.is_same
            || known.school.period.is_none()
            || entry.period.is_none()
            || known.school.period == entry.period)
    {
        join(known, entry);
        return;
    }
    if entry.is_same {
        return;
    }
    schools.push(Open {
        is_open: entry.is_start,
        school: Education {
            school: entry.school,
            degree: entry.degree,
            period: entry.period,
            line: entry.line,
        },
    });
}

/// Joins entrance and leaving of one school.
fn join(known: &mut Open, entry: Entry) {
    let school = &mut known.school;
    school.period = match (school.period.take(), entry.period) {
        (Some(mut period), Some(new)) if !entry.is_start && period.to == PeriodEnd::Unstated => {
            period.to = new.to;
            period.text = format!("{} – {}", period.text, new.text);
            Some(period)
        }
        (Some(mut period), Some(new)) if entry.is_start && period.from.is_none() => {
            period.from = new.from;
            period.text = format!("{} – {}", new.text, period.text);
            Some(period)
        }
        (old, new) => old.or(new),
    };
    if !entry.is_start {
        school.degree = entry.degree.or(school.degree.take());
        known.is_open = false;
    }
}

/// Returns the period of an entry: a single date is its end, or its start where it says 入学.
fn period_of(found: &FoundPeriod, text: &str, is_start: bool) -> Period {
    let is_single = matches!(found.shape, PeriodShape::Single | PeriodShape::BareYear);
    let (from, to): (Option<Moment>, PeriodEnd) = match (is_single, is_start) {
        (true, true) => (found.from, PeriodEnd::Unstated),
        (true, false) => (None, found.from.map_or(PeriodEnd::Unstated, PeriodEnd::At)),
        _ => (found.from, found.to),
    };
    Period {
        from,
        to,
        text: text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], expected: &[(&str, Option<&str>, &str)]) {
        let mut schools = Vec::new();
        for line in lines {
            if let Some(entry) = entry(&cleaned(line), 1) {
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
}
