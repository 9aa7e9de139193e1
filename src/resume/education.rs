//! Schools: lines and rows of the section that lists them.

use crate::domain::{Education, Period, PeriodEnd};

use super::block::{Blocks, Kind};
use super::evidence::{Evidence, title_without};
use super::period::{FoundPeriod, PeriodShape, find_periods};
use super::section::Section;

/// Words of a school's name.
const SCHOOLS: [&str; 16] = [
    "大学",
    "高校",
    "高等学校",
    "学校",
    "高専",
    "学院",
    "大学院",
    "専修",
    "短大",
    "University",
    "College",
    "Institute",
    "School",
    "学部",
    "研究科",
    "スクール",
];

/// Words that say how it ended.
const DEGREES: [&str; 24] = [
    "卒業見込み",
    "卒業見込",
    "修了見込み",
    "修了見込",
    "入学見込み",
    "入学見込",
    "単位取得退学",
    "満期退学",
    "中途退学",
    "卒業",
    "修了",
    "中退",
    "退学",
    "在学中",
    "在学",
    "入学",
    "休学",
    "博士",
    "修士",
    "学士",
    "Bachelor",
    "Master",
    "編入学",
    "卒",
];

/// A line on a school.
struct Entry {
    school: String,
    degree: Option<String>,
    period: Option<FoundPeriod>,
    text: String,
    line: u32,
    is_start: bool,
    is_pause: bool,
}

/// Finds the schools, in document order; entrance and graduation of one school are one.
pub(super) fn read_education(blocks: &Blocks, evidence: &Evidence) -> Vec<Education> {
    let mut schools: Vec<(Education, bool)> = Vec::new();
    let mut at = 1;
    while at < blocks.len() {
        let block = &blocks[at];
        let in_section = evidence.section[at] == Section::Education;
        let is_cell_of = block.kind == Kind::Row && !block.is_header;
        let text = match block.kind {
            Kind::Row if in_section && is_cell_of => {
                let cells: Vec<&str> = blocks
                    .children(at)
                    .take(8)
                    .map(|cell| blocks[cell].str())
                    .filter(|text| !text.is_empty())
                    .collect();
                cells.join(" ")
            }
            Kind::Row if !in_section => {
                let cells: Vec<usize> = blocks.children(at).take(3).collect();
                match cells.as_slice() {
                    [label, value] if matches!(blocks[*label].str(), "最終学歴" | "学歴") => {
                        blocks[*value].str().to_owned()
                    }
                    _ => String::new(),
                }
            }
            Kind::Heading if evidence.opens_section[at] => String::new(),
            Kind::Heading | Kind::Item | Kind::Line if in_section => {
                let own = block.str().to_owned();
                let attached = if evidence.periods[at].is_empty() {
                    evidence.attached_period(blocks, at)
                } else {
                    None
                };
                match attached {
                    Some(period) if has_school(&own) => format!("{own} {}", period.text),
                    _ => own,
                }
            }
            _ => String::new(),
        };
        let is_row = block.kind == Kind::Row;
        if !text.is_empty()
            && let Some(entry) = entry(&text, block.line)
        {
            add(entry, &mut schools);
        }
        at = if is_row { block.end } else { at + 1 };
    }
    schools.into_iter().map(|(school, _)| school).collect()
}

fn has_school(text: &str) -> bool {
    SCHOOLS.iter().any(|word| text.contains(word))
}

/// Reads a line on a school.
fn entry(text: &str, line: u32) -> Option<Entry> {
    if !has_school(text) || text.chars().count() > 160 || text.contains('。') {
        return None;
    }
    let period = find_periods(text).into_iter().next();
    let mut school = match &period {
        Some(period) => title_without(text, &period.range),
        None => text.to_owned(),
    };
    let mut degree = None;
    for word in DEGREES {
        if degree.is_none() && text.contains(word) {
            degree = Some(word.to_owned());
        }
    }
    let is_start = matches!(degree.as_deref(), Some("入学" | "編入学"));
    let is_pause = degree.as_deref() == Some("休学");
    for word in [
        "卒業見込み",
        "卒業見込",
        "修了見込み",
        "修了見込",
        "入学見込み",
        "入学見込",
        "単位取得退学",
        "満期退学",
        "中途退学",
        "編入学",
        "卒業",
        "修了",
        "中退",
        "退学",
        "在学中",
        "入学",
        "休学",
        "学士",
        "卒",
    ] {
        let trimmed = school.trim_end_matches([' ', '　', '、', ',', ':', '：', ')', '）']);
        if let Some(shorter) = trimmed.strip_suffix(word)
            && !shorter.ends_with("新")
        {
            school = shorter
                .trim_end_matches([' ', '　', '、', ',', '(', '（', ':', '：', '-'])
                .to_owned();
        }
    }
    let school = school
        .trim_matches([
            '(', '（', ' ', '　', ':', '：', ',', '、', '・', '-', '*', '|',
        ])
        .to_owned();
    (!school.is_empty()).then(|| Entry {
        school: balance(&school),
        degree,
        text: period.as_ref().map_or(String::new(), |period| {
            text[period.range.clone()].to_owned()
        }),
        period,
        line,
        is_start,
        is_pause,
    })
}

/// Closes a bracket that trimming left open.
fn balance(text: &str) -> String {
    let opens = text.matches('(').count();
    let closes = text.matches(')').count();
    if opens > closes {
        format!("{text})")
    } else {
        text.to_owned()
    }
}

/// Adds an entry, or completes the school that the entry before named.
fn add(entry: Entry, schools: &mut Vec<(Education, bool)>) {
    let compact = |text: &str| text.replace([' ', '　'], "");
    let known = schools.iter_mut().rev().take(6).find(|(school, _)| {
        compact(&school.school) == compact(&entry.school)
            || (entry.is_pause && compact(&entry.school).contains(&compact(&school.school)))
    });
    if entry.is_pause {
        return;
    }
    let period = entry
        .period
        .as_ref()
        .map(|found| found_period(found, &entry));
    if let Some((known, is_open)) = known
        && (*is_open || entry.is_start)
    {
        match (&mut known.period, period) {
            (Some(period), Some(new)) if *is_open => {
                period.to = new.to;
                period.text = format!("{} – {}", period.text, new.text);
            }
            (Some(period), Some(new)) => {
                period.from = new.from;
                period.text = format!("{} – {}", new.text, period.text);
            }
            (slot, new) => *slot = slot.take().or(new),
        }
        if !entry.is_start {
            known.degree = entry.degree;
        }
        *is_open = false;
        return;
    }
    let is_open = entry.is_start;
    schools.push((
        Education {
            school: entry.school.clone(),
            degree: entry.degree.clone(),
            period,
            line: entry.line,
        },
        is_open,
    ));
}

/// Returns the period of an entry: a single date is its end, or its start where it says 入学.
fn found_period(found: &FoundPeriod, entry: &Entry) -> Period {
    let is_single = matches!(found.shape, PeriodShape::Single | PeriodShape::BareYear);
    let is_entrance = entry.is_start
        || entry
            .degree
            .as_deref()
            .is_some_and(|degree| degree.starts_with("入学"));
    let (from, to) = match (is_single, is_entrance) {
        (true, true) => (found.from, PeriodEnd::Unstated),
        (true, false) => (None, found.from.map_or(PeriodEnd::Unstated, PeriodEnd::At)),
        _ => (found.from, found.to),
    };
    Period {
        from,
        to,
        text: entry.text.trim().to_owned(),
    }
}
