//! What stands behind a key.

use super::grammar::{Operator, Parser, closing_quote, negates};
use crate::search::error::{Expected, SearchError, SyntaxFault};
use crate::search::keys::{self, Key, Modifier, Value};
use crate::search::request::{EmployerFilter, Filter, PeriodFilter, TechnologyFilter, Tenure};
use crate::search::value;

/// Signs that part names from one another.
const COMMAS: [char; 2] = [',', '、'];

impl Parser<'_> {
    /// Reads the value of `key`, which is taken with the white space behind it.
    pub(super) fn value(&mut self, key: Key) -> Result<Value, SearchError> {
        let start = self.at;
        self.count(start)?;
        let expected = match key {
            Key::Since => Expected::Month,
            Key::Grade => Expected::Grade,
            Key::Parts => Expected::YesOrNo,
            Key::Tenure => Expected::Tenure,
            Key::Period | Key::Within => return self.period(key == Key::Within),
            Key::Technology => return self.technology(),
            _ => return self.names(key),
        };
        let text = self.name()?;
        let modifier = match key {
            Key::Since => value::since(&text).map(Modifier::Since),
            Key::Grade => keys::grade(&text).map(Modifier::Grade),
            Key::Parts => keys::flag(&text).map(Modifier::Parts),
            _ => keys::tenure(&text).map(Modifier::Tenure),
        };
        let place = start..self.at;
        let fault = self.fault(SyntaxFault::BadValue, place, expected);
        modifier.map(Value::Modifier).ok_or(fault)
    }

    fn technology(&mut self) -> Result<Value, SearchError> {
        let any_of = self.list()?;
        let part = TechnologyFilter {
            any_of,
            min_months: self.take_least_months(true)?,
            ..TechnologyFilter::named("")
        };
        Ok(Value::Alternatives(vec![Filter {
            technology: Some(part),
            ..Filter::default()
        }]))
    }

    /// Reads names of what a candidate or a stint has one of.
    fn names(&mut self, key: Key) -> Result<Value, SearchError> {
        let names = self.list()?;
        let min_score = match key {
            Key::Certification => self.take_least_score()?,
            _ => None,
        };
        let alternatives = names.into_iter().map(|name| {
            let mut filter = Filter {
                min_score,
                ..Filter::default()
            };
            match key {
                Key::Employer => {
                    let tenure = Tenure::Any;
                    filter.employer = Some(EmployerFilter { name, tenure });
                }
                Key::Role => filter.role = Some(name),
                Key::Text => filter.text.push(name),
                Key::Certification => filter.certification = Some(name),
                Key::Education => filter.education = Some(name),
                Key::Location => filter.location = Some(name),
                _ => filter.name = Some(name),
            }
            filter
        });
        Ok(Value::Alternatives(alternatives.collect()))
    }

    /// Reads a window of time, of one word or of two ends with a sign between them.
    fn period(&mut self, within: bool) -> Result<Value, SearchError> {
        let start = self.at;
        let mut text = self.name()?;
        let is_quoted = self.plain_at(start).and_then(closing_quote).is_some();
        let (is_begun, is_open) = value::is_open(&text);
        // What has its end already takes no other: `2016..2019 ..x` is a window and a word.
        let is_first_end = value::window(&format!("{text}..")).is_some();
        let before = self.at;
        if !is_quoted && !is_begun && !is_open && is_first_end {
            // `2016 .. 2019` and `2016 ..2019`.
            self.peek();
            let sign = self.word(&[]).text;
            match value::is_open(&sign) {
                (true, false) => text.push_str(&sign),
                (true, true) => {
                    text.push_str(&sign);
                    self.end_of_window(&mut text);
                }
                _ => self.at = before,
            }
        } else if !is_quoted && is_begun && is_open {
            // `.. 2019`.
            self.end_of_window(&mut text);
        }
        let place = start..self.at;
        let fault = self.fault(SyntaxFault::BadValue, place, Expected::Period);
        let window = value::window(&text).ok_or(fault)?;
        Ok(Value::Alternatives(vec![Filter {
            period: Some(PeriodFilter { window, within }),
            ..Filter::default()
        }]))
    }

    /// Adds the next word to `text`, if it is the last month of a window.
    fn end_of_window(&mut self, text: &mut String) {
        let before = self.at;
        self.peek();
        let end = self.word(&[]).text;
        if value::since(&end).is_some() {
            text.push_str(&end);
        } else {
            self.at = before;
        }
    }

    /// Reads one name, several with commas between them, or several in parentheses.
    fn list(&mut self) -> Result<Vec<String>, SearchError> {
        let start = self.at;
        let mut names = Vec::new();
        if self.plain_at(start) == Some('(') && !self.is_legal_form() {
            self.at += 1;
            while self.peek().is_some_and(|letter| letter != ')') {
                let before = self.at;
                let is_joined = match self.take_operator() {
                    Some(Operator::Or) => true,
                    Some(_) => {
                        let place = before..self.at;
                        return Err(self.fault(SyntaxFault::BadValue, place, Expected::OnlyOr));
                    }
                    None => self.take_comma(),
                };
                if !is_joined {
                    self.count(before)?;
                    names.push(self.name()?);
                } else if names.is_empty() || self.peek().is_none_or(|next| next == ')') {
                    let place = before..before + 1;
                    return Err(self.fault(SyntaxFault::MissingTerm, place, Expected::Name));
                }
            }
            self.close(start, ')')?;
            if names.is_empty() {
                let place = start..self.at;
                return Err(self.fault(SyntaxFault::BadValue, place, Expected::Name));
            }
            return Ok(names);
        }
        names.push(self.name()?);
        while self.take_comma() {
            self.count(self.at)?;
            names.push(self.name()?);
        }
        Ok(names)
    }

    fn take_comma(&mut self) -> bool {
        let is_comma = self
            .plain_at(self.at)
            .is_some_and(|next| COMMAS.contains(&next));
        self.at += usize::from(is_comma);
        is_comma
    }

    /// Reads a name, quoted or of one word.
    fn name(&mut self) -> Result<String, SearchError> {
        let start = self.at;
        let bad_name = |parser: &Self, end: usize, expected: Expected| {
            let place = start..end.max(start + 1);
            parser.fault(SyntaxFault::BadValue, place, expected)
        };
        if self.plain_at(start).and_then(closing_quote).is_some() {
            // Counted with its key.
            self.terms = self.terms.saturating_sub(1);
            let text = self.phrase()?.text;
            if text.trim().is_empty() {
                return Err(bad_name(self, self.at, Expected::Name));
            }
            return Ok(text);
        }
        let word = self.word(&[',', '、', '<', '≤', '≥']);
        if matches!(self.plain_at(self.at), Some('<' | '≤')) {
            return Err(bad_name(self, self.at + 1, Expected::AtLeast));
        }
        let is_wrong = word.text.is_empty() || word.text.starts_with(negates);
        if is_wrong || !word.text.chars().any(char::is_alphanumeric) && !is_dots(&word.text) {
            return Err(bad_name(self, word.end, Expected::Name));
        }
        if word.text.ends_with(['*', '＊']) {
            return Err(bad_name(self, word.end, Expected::WholeName));
        }
        Ok(word.text)
    }
}

/// Whether it may be the sign of a window that has no first end.
fn is_dots(text: &str) -> bool {
    value::is_open(text).0
}
