//! What stands in braces: conditions on one stint.

use std::ops::Range;

use super::Node;
use super::grammar::{Operator, Parser, closing_quote, is_closing};
use crate::search::error::{Expected, SearchError, SyntaxFault};
use crate::search::keys::Value;
use crate::search::request::{Filter, MAX_DEPTH, MAX_TERMS, TechnologyFilter};

impl Parser<'_> {
    /// Reads conditions in braces; free words are words of the stint's text. Alternatives give one
    /// condition each: a stint meets `{a (b OR c)}` when it meets `{a b}` or `{a c}`.
    pub(super) fn stint(&mut self, depth: usize) -> Result<Node, SearchError> {
        let opened_at = self.at;
        self.at += 1;
        let filters = self.stint_any(depth + 1, '}')?;
        self.close(opened_at, '}')?;
        let place = opened_at..self.at;
        let condition = |filter: Filter| Node::Condition(Box::new(filter), Some(place.clone()));
        Ok(Node::any(filters.into_iter().map(condition).collect()))
    }

    /// Reads alternatives up to `closing`, which is left; none is empty.
    fn stint_any(&mut self, depth: usize, closing: char) -> Result<Vec<Filter>, SearchError> {
        let opened_at = self.at - 1;
        if depth > MAX_DEPTH {
            let place = opened_at..self.at;
            return Err(self.fault(SyntaxFault::TooDeep, place, Expected::Term));
        }
        let mut alternatives = Vec::new();
        let mut all = vec![Filter::default()];
        let mut operator = opened_at..self.at;
        while let Some(letter) = self.peek() {
            if is_closing(letter) {
                if letter == closing {
                    break;
                }
                return Err(self.unexpected());
            }
            let start = self.at;
            match self.take_operator() {
                Some(Operator::Or) => {
                    operator = start..self.at;
                    alternatives.append(&mut self.begun(&mut all, operator.clone())?);
                }
                Some(Operator::And) => {
                    let is_begun = all[0] != Filter::default();
                    if !is_begun || self.peek().is_none_or(is_closing) {
                        let place = start..self.at.max(start + 1);
                        return Err(self.fault(SyntaxFault::MissingTerm, place, Expected::Term));
                    }
                }
                Some(Operator::Not) => {
                    self.peek();
                    self.without(start, depth, &mut all)?;
                }
                None if self.is_minus() => {
                    self.at += 1;
                    self.without(start, depth, &mut all)?;
                }
                None => self.stint_part(depth, &mut all)?,
            }
        }
        alternatives.append(&mut self.begun(&mut all, operator)?);
        Ok(alternatives)
    }

    /// Takes the conjunctions so far; a fault at the `operator` before them where there are none.
    fn begun(
        &self,
        all: &mut Vec<Filter>,
        operator: Range<usize>,
    ) -> Result<Vec<Filter>, SearchError> {
        let taken = std::mem::replace(all, vec![Filter::default()]);
        if taken[0] == Filter::default() {
            return Err(self.fault(SyntaxFault::MissingTerm, operator, Expected::StintPart));
        }
        Ok(taken)
    }

    /// Reads one condition and adds it to each of `all`.
    fn stint_part(&mut self, depth: usize, all: &mut Vec<Filter>) -> Result<(), SearchError> {
        let start = self.at;
        let letter = self.peek().unwrap_or_default();
        let alternatives = match letter {
            '(' if !self.is_legal_form() => {
                self.at += 1;
                let alternatives = self.stint_any(depth + 1, ')')?;
                self.close(start, ')')?;
                alternatives
            }
            '{' => return Err(self.not_of_stint(start..start + 1)),
            letter if closing_quote(letter).is_some() => {
                let text = self.phrase()?.text;
                if text.trim().is_empty() {
                    let place = start..self.at;
                    return Err(self.fault(SyntaxFault::MissingTerm, place, Expected::Term));
                }
                vec![of_text(text)]
            }
            _ => match self.take_key() {
                Some(key) if !key.is_of_stint() => {
                    return Err(self.not_of_stint(start..self.at));
                }
                Some(key) => match self.value(key)? {
                    Value::Alternatives(filters) => filters,
                    Value::Modifier(modifier) => {
                        if all.iter_mut().all(|filter| modifier.apply(filter)) {
                            return Ok(());
                        }
                        return Err(self.modifier_alone(modifier, start..self.at));
                    }
                },
                None => {
                    self.count(start)?;
                    let word = self.word(&['*', '≥']);
                    if word.text.is_empty()
                        || word.end < self.letters.len() && {
                            let next = self.plain_at(word.end);
                            matches!(next, Some('*' | '≥' | '>'))
                        }
                    {
                        return Err(self.not_of_stint(start..self.at + 1));
                    }
                    vec![of_text(word.text)]
                }
            },
        };
        *all = self.product(all, &alternatives, start)?;
        Ok(())
    }

    /// Reads a technology that the stint must not name; the operator at `start` is taken.
    fn without(
        &mut self,
        start: usize,
        depth: usize,
        all: &mut Vec<Filter>,
    ) -> Result<(), SearchError> {
        let mut negated = vec![Filter::default()];
        if self.peek().is_none_or(is_closing) {
            let place = start..self.at.max(start + 1);
            return Err(self.fault(SyntaxFault::MissingTerm, place, Expected::Term));
        }
        self.stint_part(depth, &mut negated)?;
        let mut without = Vec::new();
        for filter in negated {
            let technology = filter.technology.clone().filter(|part| {
                let plain = Filter {
                    technology: Some(part.clone()),
                    ..Filter::default()
                };
                plain == filter && part.min_months.is_none() && part.last_used_since.is_none()
            });
            let place = start..self.at;
            let fault = self.fault(SyntaxFault::NotOfStint, place, Expected::Technology);
            without.push(technology.ok_or(fault)?);
        }
        for filter in all {
            filter.without.extend(without.iter().cloned());
        }
        Ok(())
    }

    /// Joins each of `all` with each of `alternatives`.
    fn product(
        &self,
        all: &[Filter],
        alternatives: &[Filter],
        start: usize,
    ) -> Result<Vec<Filter>, SearchError> {
        let mut product = Vec::with_capacity(all.len() * alternatives.len());
        for left in all {
            for right in alternatives {
                if product.len() >= MAX_TERMS {
                    return Err(SearchError::TooManyTerms {
                        limit: MAX_TERMS,
                        position: Some(start),
                    });
                }
                let joined = joined(left.clone(), right.clone());
                let fault = self.fault(SyntaxFault::Twice, start..self.at, Expected::Once);
                product.push(joined.ok_or(fault)?);
            }
        }
        Ok(product)
    }

    fn not_of_stint(&self, place: Range<usize>) -> SearchError {
        self.fault(SyntaxFault::NotOfStint, place, Expected::StintPart)
    }
}

fn of_text(text: String) -> Filter {
    Filter {
        text: vec![text],
        ..Filter::default()
    }
}

/// Returns what asks both of one stint; `None` where it would have two employers, periods or roles.
fn joined(mut left: Filter, right: Filter) -> Option<Filter> {
    let technologies: Vec<TechnologyFilter> =
        right.technology.into_iter().chain(right.also).collect();
    for technology in technologies {
        match left.technology {
            None => left.technology = Some(technology),
            Some(_) => left.also.push(technology),
        }
    }
    left.without.extend(right.without);
    left.text.extend(right.text);
    let is_twice = (left.employer.is_some() && right.employer.is_some())
        || (left.period.is_some() && right.period.is_some())
        || (left.role.is_some() && right.role.is_some());
    left.employer = left.employer.or(right.employer);
    left.period = left.period.or(right.period);
    left.role = left.role.or(right.role);
    (!is_twice).then_some(left)
}
