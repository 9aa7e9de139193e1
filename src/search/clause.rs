//! Conditions written in the search language.

use std::fmt::Write as _;

use super::request::{EmployerFilter, Filter, PeriodFilter, TechnologyFilter, Tenure};
use crate::domain::Grade;

/// Returns the stint's part of `filter` in the search language, several conditions in braces.
pub(super) fn stint(filter: &Filter) -> String {
    let mut parts = Vec::new();
    if let Some(part) = &filter.technology {
        parts.push(technology(part));
    }
    if let Some(part) = &filter.employer {
        parts.push(employer(part));
    }
    if let Some(part) = &filter.period {
        parts.push(period(part));
    }
    if let Some(role) = &filter.role {
        parts.push(keyed("role", role));
    }
    if let Some(text) = &filter.text {
        parts.push(keyed("text", text));
    }
    match parts.as_slice() {
        [part] if !has_modifiers(filter) => part.clone(),
        parts => format!("{{{}}}", parts.join(" ")),
    }
}

/// Whether a condition of the stint takes more than one key to write.
fn has_modifiers(filter: &Filter) -> bool {
    let of_technology = filter.technology.as_ref().is_some_and(|part| {
        part.last_used_since.is_some() || part.min_grade != Grade::Declared || !part.include_parts
    });
    let of_employer = filter
        .employer
        .as_ref()
        .is_some_and(|part| part.tenure != Tenure::Any);
    of_technology || of_employer
}

/// Returns whether `filter` asks anything of a stint.
pub(super) fn has_stint(filter: &Filter) -> bool {
    filter.technology.is_some()
        || filter.employer.is_some()
        || filter.period.is_some()
        || filter.role.is_some()
        || filter.text.is_some()
}

/// Returns the whole of `filter` in the search language.
pub(super) fn written(filter: &Filter) -> String {
    let mut parts = Vec::new();
    if has_stint(filter) {
        parts.push(stint(filter));
    }
    let of_candidate = [
        ("name", &filter.name),
        ("cert", &filter.certification),
        ("location", &filter.location),
    ];
    for (key, value) in of_candidate {
        parts.extend(value.as_ref().map(|value| keyed(key, value)));
    }
    parts.extend(filter.all.iter().map(written));
    if let Some(any) = &filter.any {
        let any: Vec<String> = any.iter().map(written).collect();
        parts.push(format!("({})", any.join(" OR ")));
    }
    if let Some(not) = &filter.not {
        parts.push(format!("-({})", written(not)));
    }
    parts.join(" ")
}

/// Returns `key:value`, the value quoted where it must be.
pub(super) fn keyed(key: &str, value: &str) -> String {
    format!("{key}:{}", quoted(value))
}

/// Returns `value`, in quotes where the search language would split or misread it.
pub(super) fn quoted(value: &str) -> String {
    let is_plain = |letter: char| {
        !letter.is_whitespace() && !matches!(letter, '"' | '(' | ')' | '{' | '}' | '<' | '>' | ':')
    };
    let is_operator = matches!(value, "OR" | "NOT" | "AND");
    if !value.is_empty() && value.chars().all(is_plain) && !value.starts_with('-') && !is_operator {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace('"', ""))
    }
}

fn technology(part: &TechnologyFilter) -> String {
    let names: Vec<String> = part.any_of.iter().map(|name| quoted(name)).collect();
    let mut clause = match names.as_slice() {
        [name] => format!("tech:{name}"),
        names => format!("tech:({})", names.join(" OR ")),
    };
    if let Some(months) = part.min_months {
        let _ = write!(clause, ">={months}m");
    }
    if let Some(since) = part.last_used_since {
        let _ = write!(clause, " since:{since}");
    }
    if part.min_grade != Grade::Declared {
        let _ = write!(clause, " grade:{}", grade(part.min_grade));
    }
    if !part.include_parts {
        clause.push_str(" parts:no");
    }
    clause
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Negated => "negated",
        Grade::Learning => "learning",
        Grade::Certified => "certified",
        Grade::Personal => "personal",
        Grade::Declared => "declared",
        Grade::Worked => "worked",
    }
}

fn employer(part: &EmployerFilter) -> String {
    let clause = keyed("employer", &part.name);
    match part.tenure {
        Tenure::Any => clause,
        Tenure::Current => format!("{clause} tenure:current"),
        Tenure::Past => format!("{clause} tenure:past"),
    }
}

fn period(part: &PeriodFilter) -> String {
    let key = if part.within { "within" } else { "period" };
    let end =
        |end: Option<crate::domain::Moment>| end.map(|end| end.to_string()).unwrap_or_default();
    format!("{key}:{}..{}", end(part.from), end(part.to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_condition_stands_alone_and_several_in_braces() {
        let mut filter = Filter {
            technology: Some(TechnologyFilter {
                min_months: Some(24),
                ..TechnologyFilter::named("Erlang")
            }),
            ..Filter::default()
        };
        assert_eq!(stint(&filter), "tech:Erlang>=24m");
        filter.employer = Some(EmployerFilter {
            name: "ドワンゴ".to_owned(),
            tenure: Tenure::Any,
        });
        filter.period = Some(PeriodFilter {
            from: "2017-01".parse().ok(),
            to: "2017-12".parse().ok(),
            within: false,
        });
        assert_eq!(
            stint(&filter),
            "{tech:Erlang>=24m employer:ドワンゴ period:2017-01..2017-12}"
        );
    }

    #[test]
    fn names_of_several_words_are_quoted() {
        assert_eq!(keyed("tech", "AWS Lambda"), "tech:\"AWS Lambda\"");
        assert_eq!(quoted("C++"), "C++");
        assert_eq!(quoted("-x"), "\"-x\"");
        assert_eq!(quoted(""), "\"\"");
    }
}
