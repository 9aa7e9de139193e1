//! The keys of the search language and their values.

use super::request::{EmployerFilter, Filter, PeriodFilter, TechnologyFilter, Tenure};
use crate::domain::{Grade, Moment};

/// What a value is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Technology,
    Since,
    Grade,
    Parts,
    Employer,
    Tenure,
    Period,
    Within,
    Role,
    Text,
    Certification,
    Location,
    Name,
}

impl Key {
    /// Reads a key without its colon, in compatible form (NFKC).
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name.to_lowercase().as_str() {
            "tech" | "technology" | "技術" => Self::Technology,
            "since" => Self::Since,
            "grade" => Self::Grade,
            "parts" => Self::Parts,
            "employer" | "company" | "会社" => Self::Employer,
            "tenure" => Self::Tenure,
            "period" | "期間" => Self::Period,
            "within" => Self::Within,
            "role" | "役割" => Self::Role,
            "text" => Self::Text,
            "cert" | "certification" | "資格" => Self::Certification,
            "location" | "住所" => Self::Location,
            "name" | "氏名" => Self::Name,
            _ => return None,
        })
    }

    /// Whether it is asked of a stint, not of the candidate.
    pub(super) fn is_of_stint(self) -> bool {
        !matches!(self, Self::Certification | Self::Location | Self::Name)
    }
}

/// Puts a value into `filter`: `names` as quoted or listed, `rest` what follows them unquoted (NFKC).
/// `None` when the key does not take it, or has a value already.
pub(super) fn apply(
    key: Key,
    mut names: Vec<String>,
    rest: &str,
    filter: &mut Filter,
) -> Option<()> {
    if key == Key::Technology {
        return technology(names, rest, filter);
    }
    let value = match (names.pop(), rest) {
        (Some(name), "") => name,
        (None, rest) => rest.to_owned(),
        (Some(_), _) => return None,
    };
    let value = value.trim().to_owned();
    if value.is_empty() {
        return None;
    }
    match key {
        Key::Technology => return None,
        Key::Since => filter.technology.as_mut()?.last_used_since = Some(value.parse().ok()?),
        Key::Grade => filter.technology.as_mut()?.min_grade = grade(&value)?,
        Key::Parts => filter.technology.as_mut()?.include_parts = flag(&value)?,
        Key::Tenure => filter.employer.as_mut()?.tenure = tenure(&value)?,
        Key::Employer => set(
            &mut filter.employer,
            EmployerFilter {
                name: value,
                tenure: Tenure::Any,
            },
        )?,
        Key::Period => set(&mut filter.period, period(&value, false)?)?,
        Key::Within => set(&mut filter.period, period(&value, true)?)?,
        Key::Role => set(&mut filter.role, value)?,
        Key::Text => set(&mut filter.text, value)?,
        Key::Certification => set(&mut filter.certification, value)?,
        Key::Location => set(&mut filter.location, value)?,
        Key::Name => set(&mut filter.name, value)?,
    }
    Some(())
}

/// Sets a value once.
fn set<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.is_none().then(|| *place = Some(value))
}

fn technology(mut names: Vec<String>, rest: &str, filter: &mut Filter) -> Option<()> {
    let (name, months) = match rest.split_once(">=").or_else(|| rest.split_once('≥')) {
        Some((name, length)) => (name, Some(months(length)?)),
        None => (rest, None),
    };
    match (names.is_empty(), name.is_empty()) {
        (true, false) => names.push(name.to_owned()),
        (false, true) => {}
        _ => return None,
    }
    if names.iter().any(|name| name.trim().is_empty()) {
        return None;
    }
    let part = TechnologyFilter {
        any_of: names,
        min_months: months,
        ..TechnologyFilter::named("")
    };
    set(&mut filter.technology, part)
}

/// Reads `24m`, `2y`, `2年`, `6ヶ月`, `1年半`, `2年6ヶ月`, `24`.
fn months(text: &str) -> Option<u32> {
    let (number, unit) = number(text)?;
    let unit = unit.trim_start();
    if unit.is_empty() {
        return Some(number);
    }
    for years in ["年間", "年", "years", "year", "y"] {
        if let Some(more) = unit.strip_prefix(years) {
            let more = match more.trim() {
                "" => 0,
                "半" => 6,
                more => only_months(more)?,
            };
            return number.checked_mul(12)?.checked_add(more);
        }
    }
    only_months(text)
}

fn only_months(text: &str) -> Option<u32> {
    let (number, unit) = number(text)?;
    let units = [
        "m", "mo", "month", "months", "月", "ヶ月", "ケ月", "か月", "カ月", "ヵ月", "箇月",
    ];
    units
        .contains(&unit.trim_start_matches(' '))
        .then_some(number)
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Reads `2016..2019`, `2020-04..`, `..2019`, `2017`.
fn period(text: &str, within: bool) -> Option<PeriodFilter> {
    let end = |text: &str| -> Option<Option<Moment>> {
        match text {
            "" => Some(None),
            text => text.parse().ok().map(Some),
        }
    };
    let (from, to) = match text.split_once("..") {
        Some((from, to)) => (end(from)?, end(to)?),
        None => (end(text)?, end(text)?),
    };
    let is_backward = from
        .zip(to)
        .is_some_and(|(from, to)| from.earliest() > to.latest());
    if is_backward || (from.is_none() && to.is_none()) {
        return None;
    }
    Some(PeriodFilter { from, to, within })
}

fn grade(text: &str) -> Option<Grade> {
    Some(match text.to_lowercase().as_str() {
        "negated" => Grade::Negated,
        "learning" => Grade::Learning,
        "certified" => Grade::Certified,
        "personal" => Grade::Personal,
        "declared" => Grade::Declared,
        "worked" => Grade::Worked,
        _ => return None,
    })
}

fn tenure(text: &str) -> Option<Tenure> {
    Some(match text.to_lowercase().as_str() {
        "any" => Tenure::Any,
        "current" => Tenure::Current,
        "past" => Tenure::Past,
        _ => return None,
    })
}

fn flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<u32>) {
        assert_eq!(months(text), expected, "{text}");
    }

    #[test]
    fn lengths_are_read_as_months() {
        check("24", Some(24));
        check("24m", Some(24));
        check("2y", Some(24));
        check("2年", Some(24));
        check("6ヶ月", Some(6));
        check("1年半", Some(18));
        check("2年6ヶ月", Some(30));
        check("", None);
        check("x", None);
        check("2年x", None);
        check("99999999999", None);
        check("4294967295y", None);
    }
}
