//! Conditions written in the search language.

use std::fmt::Write as _;

use super::keys::{self, Key};
use super::print::Language;
use super::request::{EmployerFilter, Filter, PeriodFilter, TechnologyFilter, Tenure, Window};
use super::syntax::{is_operator, negates, plain};
use crate::domain::{Grade, Moment};

/// Returns the stint's part of `filter` in the search language, several conditions in braces.
pub(super) fn stint(filter: &Filter) -> String {
    stint_in(filter, Language::English)
}

fn stint_in(filter: &Filter, language: Language) -> String {
    let mut parts = Vec::new();
    let technologies = filter.technology.iter().chain(&filter.also);
    parts.extend(technologies.flat_map(|part| technology(part, language)));
    parts.extend(filter.without.iter().map(|part| without(part, language)));
    if let Some(part) = &filter.employer {
        parts.extend(employer(part, language));
    }
    if let Some(part) = &filter.period {
        parts.push(period(part, language));
    }
    if let Some(role) = &filter.role {
        parts.push(keyed(Key::Role.written(language), role));
    }
    let key = Key::Text.written(language);
    parts.extend(filter.text.iter().map(|text| keyed(key, text)));
    match parts.as_slice() {
        [part] if filter.without.is_empty() => part.clone(),
        parts => format!("{{{}}}", parts.join(" ")),
    }
}

/// Returns whether `filter` asks anything of a stint.
pub(super) fn has_stint(filter: &Filter) -> bool {
    filter.technology.is_some()
        || !filter.also.is_empty()
        || !filter.without.is_empty()
        || filter.employer.is_some()
        || filter.period.is_some()
        || filter.role.is_some()
        || !filter.text.is_empty()
}

/// Returns what `filter` itself asks for, the stint's part first; nothing is nested in the parts.
pub(super) fn conditions(filter: &Filter) -> Vec<Filter> {
    let mut parts = Vec::new();
    if has_stint(filter) {
        parts.push(Filter {
            technology: filter.technology.clone(),
            also: filter.also.clone(),
            without: filter.without.clone(),
            employer: filter.employer.clone(),
            period: filter.period,
            role: filter.role.clone(),
            text: filter.text.clone(),
            ..Filter::default()
        });
    }
    let of_candidate = [
        Filter {
            name: filter.name.clone(),
            ..Filter::default()
        },
        Filter {
            certification: filter.certification.clone(),
            min_score: filter.min_score,
            ..Filter::default()
        },
        Filter {
            education: filter.education.clone(),
            ..Filter::default()
        },
        Filter {
            location: filter.location.clone(),
            ..Filter::default()
        },
    ];
    let is_asked = |part: &Filter| *part != Filter::default();
    parts.extend(of_candidate.into_iter().filter(is_asked));
    parts
}

/// Returns one of the [`conditions`] in the search language.
pub(super) fn condition(filter: &Filter, language: Language) -> String {
    let of_candidate = [
        (Key::Name, &filter.name),
        (Key::Certification, &filter.certification),
        (Key::Education, &filter.education),
        (Key::Location, &filter.location),
    ];
    let mut parts = Vec::new();
    if has_stint(filter) {
        parts.push(stint_in(filter, language));
    }
    for (key, value) in of_candidate {
        let Some(value) = value else { continue };
        let mut part = keyed(key.written(language), value);
        if let (Key::Certification, Some(least)) = (key, filter.min_score) {
            let _ = write!(part, ">={least}");
        }
        parts.push(part);
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
        let sign = matches!(
            plain(letter),
            '"' | '(' | ')' | '{' | '}' | '<' | '>' | '≤' | '≥' | '=' | ':' | ',' | '、' | '*'
        );
        !sign && !letter.is_whitespace() && !matches!(letter, '「' | '『')
    };
    let has_word = value.chars().any(char::is_alphanumeric);
    let is_bare = has_word
        && value.chars().all(is_plain)
        && !value.starts_with(negates)
        && !is_operator(value);
    if is_bare {
        value.to_owned()
    } else {
        in_quotes(value)
    }
}

/// Returns `value` in quotes.
pub(super) fn in_quotes(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for letter in value.chars() {
        if letter == '\\' || plain(letter) == '"' {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('"');
    quoted
}

/// Returns the condition and what more is asked of the technology, a key each.
fn technology(part: &TechnologyFilter, language: Language) -> Vec<String> {
    let or = match language {
        Language::English => " OR ",
        Language::Japanese => " または ",
    };
    let names: Vec<String> = part.any_of.iter().map(|name| quoted(name)).collect();
    let mut clause = match names.as_slice() {
        [name] => format!("{}:{name}", Key::Technology.written(language)),
        names => format!("{}:({})", Key::Technology.written(language), names.join(or)),
    };
    if let Some(months) = part.min_months {
        let _ = match language {
            Language::English => write!(clause, ">={months}m"),
            Language::Japanese => write!(clause, ">={}", length(months)),
        };
    }
    let mut parts = vec![clause];
    if let Some(since) = part.last_used_since {
        let since = moment(since, language);
        parts.push(format!("{}:{since}", Key::Since.written(language)));
    }
    if part.min_grade != Grade::Declared {
        let grade = keys::written_grade(part.min_grade, language);
        parts.push(format!("{}:{grade}", Key::Grade.written(language)));
    }
    if !part.include_parts {
        let flag = keys::written_flag(false, language);
        parts.push(format!("{}:{flag}", Key::Parts.written(language)));
    }
    parts
}

/// Returns the condition that a technology is not named; months and last use are not looked at.
fn without(part: &TechnologyFilter, language: Language) -> String {
    let part = TechnologyFilter {
        min_months: None,
        last_used_since: None,
        ..part.clone()
    };
    match technology(&part, language).as_slice() {
        [condition] => format!("-{condition}"),
        parts => format!("-({})", parts.join(" ")),
    }
}

fn employer(part: &EmployerFilter, language: Language) -> Vec<String> {
    let mut parts = vec![keyed(Key::Employer.written(language), &part.name)];
    if part.tenure != Tenure::Any {
        let tenure = keys::written_tenure(part.tenure, language);
        parts.push(format!("{}:{tenure}", Key::Tenure.written(language)));
    }
    parts
}

fn period(part: &PeriodFilter, language: Language) -> String {
    let key = if part.within {
        Key::Within
    } else {
        Key::Period
    };
    let window = match (part.window, language) {
        (Window::Between { from, to }, Language::English) => {
            let end = |end: Option<Moment>| end.map(|end| end.to_string()).unwrap_or_default();
            format!("{}..{}", end(from), end(to))
        }
        (Window::Between { from, to }, Language::Japanese) => {
            let end = |end: Moment| moment(end, language);
            match (from.map(end), to.map(end)) {
                (Some(from), Some(to)) => format!("{from}..{to}"),
                (Some(from), None) => format!("{from}以降"),
                (None, to) => format!("{}以前", to.unwrap_or_default()),
            }
        }
        (Window::Last { months }, Language::English) if months % 12 == 0 => {
            format!("last{}y", months / 12)
        }
        (Window::Last { months }, Language::English) => format!("last{months}m"),
        (Window::Last { months }, Language::Japanese) => format!("直近{}", length(months)),
    };
    format!("{}:{window}", key.written(language))
}

fn moment(moment: Moment, language: Language) -> String {
    match (moment, language) {
        (moment, Language::English) => moment.to_string(),
        (Moment::Year(year), Language::Japanese) => format!("{year}年"),
        (Moment::Month(month), Language::Japanese) => {
            format!("{}年{}月", month.year(), month.month())
        }
    }
}

/// Returns a length as `2年6ヶ月`.
fn length(months: u32) -> String {
    match (months / 12, months % 12) {
        (0, months) => format!("{months}ヶ月"),
        (years, 0) => format!("{years}年"),
        (years, months) => format!("{years}年{months}ヶ月"),
    }
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
            window: Window::Between {
                from: "2017-01".parse().ok(),
                to: "2017-12".parse().ok(),
            },
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
        assert_eq!(quoted("a \"b\" \\"), r#""a \"b\" \\""#);
        assert_eq!(quoted("または"), "\"または\"");
    }
}
