//! Lines on one school become one: entrance and graduation, what stands below, what is told again.

use crate::domain::{Education, PeriodEnd};

use super::super::evidence::title_without;
use super::super::period::find_periods;
use super::entry::{Entry, period_of, split_ending};

/// A school and whether its leaving is still to come in the text.
pub(super) struct Open {
    pub(super) school: Education,
    pub(super) is_open: bool,
}

impl Open {
    /// Adds a faculty or course that stands on a line of its own below the school.
    pub(super) fn specify(&mut self, part: &str) {
        let part = split_ending(part).0.trim();
        if !self.school.school.contains(part) && self.school.school.chars().count() < 60 {
            self.school.school.push(' ');
            self.school.school.push_str(part);
        }
    }
}
/// Returns the date of a text that holds nothing else.
pub(super) fn lone_date(text: &str) -> Option<String> {
    let found = find_periods(text).into_iter().next()?;
    let rest = title_without(text, &found.range);
    (rest.chars().count() <= 8 && !rest.contains(char::is_numeric))
        .then(|| text[found.range].to_owned())
}

/// Gives a school the dates that stand below it: 「in: 2012-04」, 「卒業: 2016-03」, 「2012 – 2016」.
pub(super) fn complete(school: &mut Education, text: &str) -> bool {
    const STARTS: [&str; 9] = [
        "in",
        "start",
        "startdate",
        "from",
        "begin",
        "入学",
        "開始",
        "入学年月",
        "since",
    ];
    let Some(found) = find_periods(text).into_iter().next() else {
        return false;
    };
    let label = text[..found.range.start]
        .trim_matches(|letter: char| !letter.is_alphanumeric())
        .to_lowercase();
    let behind = text[found.range.end..].trim();
    let is_start = STARTS.contains(&label.as_str()) || behind.starts_with("入学");
    let new = period_of(&found, text[found.range.clone()].trim(), is_start);
    match &mut school.period {
        None => school.period = Some(new),
        Some(period) if is_start && period.from.is_none() => period.from = new.from,
        Some(period)
            if !is_start && period.to == PeriodEnd::Unstated && new.to != PeriodEnd::Unstated =>
        {
            period.to = new.to;
            period.text = format!("{} – {}", period.text, new.text);
        }
        Some(_) => return false,
    }
    true
}

/// Adds an entry, or completes the school that an entry before named.
pub(super) fn add(entry: Entry, schools: &mut Vec<Open>) -> Option<usize> {
    let compact = |text: &str| text.replace([' ', '\u{3000}'], "");
    let name = compact(&entry.school);
    let count = schools.len();
    // 「同大学院 修了」 behind the same graduate school's entrance.
    let is_same = entry.is_same
        || name == "同大学院"
            && schools
                .last()
                .is_some_and(|open| open.school.school.contains("大学院"));
    let entry = Entry { is_same, ..entry };
    let known = if entry.is_same {
        count.checked_sub(1)
    } else {
        (count.saturating_sub(6)..count).rev().find(|at| {
            let open = &schools[*at];
            let known = compact(&open.school.school);
            let is_part = (known.starts_with(&name) || name.starts_with(&known))
                && name.contains("大学院") == known.contains("大学院");
            // 「最終学歴：A大学B学部」 at the top is told in full below.
            let is_undated = open.school.period.is_none() || entry.period.is_none();
            known == name
                || (is_part
                    && (is_undated
                        || open.is_open && !entry.is_start
                        || ends_alike(&open.school, &entry)))
        })
    };
    if let Some(at) = known {
        let known = &mut schools[at];
        if known.is_open
            || entry.is_start
            || entry.is_same
            || known.school.period.is_none()
            || entry.period.is_none()
            || ends_alike(&known.school, &entry)
        {
            join(known, entry);
            return Some(at);
        }
    }
    if entry.is_same {
        return None;
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
    Some(count)
}

/// Returns whether two lines give one end.
fn ends_alike(school: &Education, entry: &Entry) -> bool {
    match (&school.period, &entry.period) {
        (Some(one), Some(other)) => one.to == other.to && one.to != PeriodEnd::Unstated,
        _ => false,
    }
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
    if !entry.is_same && entry.school.chars().count() > school.school.chars().count() {
        school.school = entry.school;
    }
    if !entry.is_start {
        school.degree = entry.degree.or(school.degree.take());
        known.is_open = false;
    }
}
