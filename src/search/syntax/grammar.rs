//! The grammar by recursive descent over the characters of the query.

use std::ops::Range;

use super::{Node, Term};
use crate::search::error::{Expected, SearchError, SyntaxFault};
use crate::search::keys::{Key, Modifier, Value};
use crate::search::request::{Filter, MAX_DEPTH, MAX_QUERY_CHARS, MAX_TERMS, TechnologyFilter};
use crate::search::value;

/// Reads `query`; an empty [`Node::All`] where it has no term.
///
/// # Errors
/// [`SearchError::QueryTooLong`], [`SearchError::TooManyTerms`], [`SearchError::Syntax`].
pub(in crate::search) fn parse(query: &str) -> Result<Node, SearchError> {
    let letters: Vec<char> = query.chars().collect();
    if letters.len() > MAX_QUERY_CHARS {
        return Err(SearchError::QueryTooLong {
            limit: MAX_QUERY_CHARS,
        });
    }
    let mut parser = Parser {
        letters: &letters,
        at: 0,
        terms: 0,
    };
    let node = parser.any(0, None)?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.unexpected()),
    }
}

/// Whether `text` is one free word wherever it stands in a query.
pub(in crate::search) fn is_plain_word(text: &str) -> bool {
    let reads = |query: &str, length: usize| matches!(parse(query), Ok(Node::Word(term)) if term.text.chars().count() == length);
    let length = text.chars().count();
    reads(text, length) && reads(&format!("({text})"), length)
}

pub(super) struct Parser<'a> {
    pub(super) letters: &'a [char],
    pub(super) at: usize,
    pub(super) terms: usize,
}

/// A word or sign that joins conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Not,
}

const OPERATORS: [(&str, Operator); 13] = [
    ("OR", Operator::Or),
    ("または", Operator::Or),
    ("又は", Operator::Or),
    ("もしくは", Operator::Or),
    ("若しくは", Operator::Or),
    ("あるいは", Operator::Or),
    ("AND", Operator::And),
    ("かつ", Operator::And),
    ("且つ", Operator::And),
    ("および", Operator::And),
    ("及び", Operator::And),
    ("ならびに", Operator::And),
    ("NOT", Operator::Not),
];

/// Whether `text` joins conditions.
pub(in crate::search) fn is_operator(text: &str) -> bool {
    let plain: String = text.chars().map(plain).collect();
    OPERATORS.iter().any(|(word, _)| *word == plain)
}

impl Parser<'_> {
    pub(super) fn fault(
        &self,
        fault: SyntaxFault,
        place: Range<usize>,
        expected: Expected,
    ) -> SearchError {
        SearchError::Syntax {
            fault,
            position: place.start,
            end: place.end,
            expected,
        }
    }

    /// A bracket at `at` that closes nothing.
    pub(super) fn unexpected(&self) -> SearchError {
        let place = self.at..self.at + 1;
        self.fault(SyntaxFault::UnexpectedBracket, place, Expected::Term)
    }

    /// Returns the character at index `at` in its plain width.
    pub(super) fn plain_at(&self, at: usize) -> Option<char> {
        self.letters.get(at).map(|&letter| plain(letter))
    }

    /// Returns the next character in its plain width, white space skipped.
    pub(super) fn peek(&mut self) -> Option<char> {
        let is_space = |letter: &char| letter.is_whitespace();
        while self.letters.get(self.at).is_some_and(is_space) {
            self.at += 1;
        }
        self.plain_at(self.at)
    }

    /// Counts a term that begins at `position`.
    pub(super) fn count(&mut self, position: usize) -> Result<(), SearchError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(SearchError::TooManyTerms {
                limit: MAX_TERMS,
                position: Some(position),
            });
        }
        Ok(())
    }

    /// Reads terms joined by `OR` up to `closing`, or to the end.
    fn any(&mut self, depth: usize, closing: Option<char>) -> Result<Node, SearchError> {
        if depth > MAX_DEPTH {
            let place = self.at.saturating_sub(1)..self.at;
            return Err(self.fault(SyntaxFault::TooDeep, place, Expected::Term));
        }
        let mut alternatives = Vec::new();
        let mut all = Vec::new();
        while let Some(letter) = self.peek() {
            if is_closing(letter) {
                if closing == Some(letter) {
                    break;
                }
                return Err(self.unexpected());
            }
            let start = self.at;
            match self.take_operator() {
                Some(Operator::Not) => all.push(self.negation(start, depth)?),
                Some(operator) => {
                    let place = start..self.at;
                    let ends = self.peek().is_none_or(|next| Some(next) == closing);
                    let is_doubled = self
                        .next_operator()
                        .is_some_and(|(next, _)| next != Operator::Not);
                    if all.is_empty() || ends || is_doubled {
                        return Err(self.fault(SyntaxFault::MissingTerm, place, Expected::Term));
                    }
                    if operator == Operator::Or {
                        alternatives.push(Node::all(std::mem::take(&mut all)));
                    }
                }
                None => {
                    let node = self.unary(depth, all.last_mut())?;
                    all.extend(node);
                }
            }
        }
        if alternatives.is_empty() {
            return Ok(Node::all(all));
        }
        alternatives.push(Node::all(all));
        Ok(Node::any(alternatives))
    }

    /// Returns the operator that is next, and its end.
    fn next_operator(&self) -> Option<(Operator, usize)> {
        OPERATORS.iter().find_map(|(word, operator)| {
            let end = self.at + word.chars().count();
            let is_next = self.letters.len() >= end
                && self.letters[self.at..end]
                    .iter()
                    .map(|&letter| plain(letter))
                    .eq(word.chars())
                && self.letters.get(end).is_none_or(|&next| {
                    next.is_whitespace()
                        || matches!(plain(next), '(' | ')' | '{' | '}')
                        || closing_quote(plain(next)).is_some()
                });
            is_next.then_some((*operator, end))
        })
    }

    /// Takes an operator, if one is next.
    pub(super) fn take_operator(&mut self) -> Option<Operator> {
        let (operator, end) = self.next_operator()?;
        self.at = end;
        Some(operator)
    }

    /// Whether a `-` or `!` that negates what follows it is next.
    pub(super) fn is_minus(&self) -> bool {
        let is_sign = self
            .letters
            .get(self.at)
            .is_some_and(|letter| negates(*letter));
        is_sign
            && self.letters.get(self.at + 1).is_some_and(|next| {
                !next.is_whitespace() && !negates(*next) && !is_closing(plain(*next))
            })
    }

    /// Reads what is negated by the operator at `start`, which is taken.
    fn negation(&mut self, start: usize, depth: usize) -> Result<Node, SearchError> {
        if depth >= MAX_DEPTH {
            return Err(self.fault(SyntaxFault::TooDeep, start..self.at, Expected::Term));
        }
        let end = self.at;
        if self.peek().is_none_or(is_closing) {
            return Err(self.fault(SyntaxFault::MissingTerm, start..end, Expected::Term));
        }
        let operand = self.at;
        let node = match self.take_operator() {
            Some(Operator::Not) => self.negation(operand, depth + 1)?,
            Some(_) => {
                return Err(self.fault(SyntaxFault::MissingTerm, start..end, Expected::Term));
            }
            None => match self.unary(depth + 1, None)? {
                Some(node) => node,
                None => unreachable!("a modifier without a condition is a fault"),
            },
        };
        Ok(Node::not(node))
    }

    /// Reads a term. `None` where it is a modifier (`grade:` …) of the condition `previous`.
    fn unary(
        &mut self,
        depth: usize,
        previous: Option<&mut Node>,
    ) -> Result<Option<Node>, SearchError> {
        let start = self.at;
        if self.is_minus() {
            self.at += 1;
            return self.negation(start, depth).map(Some);
        }
        let letter = self.plain_at(start).unwrap_or_default();
        let node = match letter {
            '(' if !self.is_legal_form() => {
                self.at += 1;
                let node = self.any(depth + 1, Some(')'))?;
                self.close(start, ')')?;
                if node == Node::All(Vec::new()) && !self.letters[start..self.at].contains(&'*') {
                    let place = start..self.at;
                    return Err(self.fault(SyntaxFault::MissingTerm, place, Expected::Term));
                }
                node
            }
            '{' => self.stint(depth)?,
            letter if closing_quote(letter).is_some() => Node::Phrase(self.phrase()?),
            _ => match self.take_key() {
                Some(key) => return self.condition(key, start, previous),
                None => self.free_word()?,
            },
        };
        Ok(Some(node))
    }

    /// Whether `(株)` or the like is next: a part of a name, no group.
    pub(super) fn is_legal_form(&self) -> bool {
        let form = self.letters.get(self.at + 1).copied();
        matches!(
            form,
            Some('株' | '有' | '合' | '同' | '資' | '名' | '学' | '独')
        ) && self.plain_at(self.at + 2) == Some(')')
    }

    /// Takes the bracket `closing` of the one at `opened_at`.
    pub(super) fn close(&mut self, opened_at: usize, closing: char) -> Result<(), SearchError> {
        if self.peek() == Some(closing) {
            self.at += 1;
            return Ok(());
        }
        let place = opened_at..opened_at + 1;
        Err(self.fault(
            SyntaxFault::UnclosedBracket,
            place,
            Expected::Closing(closing),
        ))
    }

    /// Reads a quoted text; a quote is next.
    pub(super) fn phrase(&mut self) -> Result<Term, SearchError> {
        let position = self.at;
        self.count(position)?;
        let opening = self.plain_at(position).unwrap_or_default();
        let closing = closing_quote(opening).unwrap_or(opening);
        let mut text = String::new();
        let mut at = position + 1;
        while let Some(&letter) = self.letters.get(at) {
            if plain(letter) == closing {
                self.at = at + 1;
                return Ok(Term {
                    text,
                    position,
                    end: self.at,
                });
            }
            let escaped = self.letters.get(at + 1).copied();
            let is_escape = letter == '\\' && closing == '"';
            match escaped.filter(|&next| is_escape && (next == '\\' || plain(next) == '"')) {
                Some(next) => {
                    text.push(next);
                    at += 2;
                }
                None => {
                    text.push(letter);
                    at += 1;
                }
            }
        }
        let place = position..position + 1;
        Err(self.fault(
            SyntaxFault::UnclosedQuote,
            place,
            Expected::Closing(closing),
        ))
    }

    /// Reads letters up to white space, a quote, a sign of `stops`, or a bracket whose other one is not
    /// of the word.
    pub(super) fn word(&mut self, stops: &[char]) -> Term {
        let position = self.at;
        let mut open: usize = 0;
        while let Some(&letter) = self.letters.get(self.at) {
            match plain(letter) {
                '(' if open > 0 || self.is_closed_in_word() => open += 1,
                ')' if open > 0 => open -= 1,
                '(' | ')' | '{' | '}' | '"' => break,
                sign if letter.is_whitespace() || stops.contains(&sign) => break,
                '>' if !stops.is_empty() && self.is_at_least() => break,
                _ => {}
            }
            self.at += 1;
        }
        Term {
            text: self.letters[position..self.at].iter().collect(),
            position,
            end: self.at,
        }
    }

    /// Whether the parenthesis that is next has its other one in the same word.
    fn is_closed_in_word(&self) -> bool {
        let mut open: usize = 0;
        for &letter in &self.letters[self.at..] {
            match plain(letter) {
                '(' => open += 1,
                ')' => open -= 1,
                '{' | '}' | '"' => return false,
                _ if letter.is_whitespace() => return false,
                _ => {}
            }
            if open == 0 {
                return true;
            }
        }
        false
    }

    /// Whether `>=` or `≥` is next.
    pub(super) fn is_at_least(&self) -> bool {
        let next = self.plain_at(self.at);
        matches!(next, Some('≥' | '≧'))
            || (next == Some('>') && self.plain_at(self.at + 1) == Some('='))
    }

    /// Reads a word without a key: a word, the beginning of one, or a technology with a length.
    fn free_word(&mut self) -> Result<Node, SearchError> {
        const STOPS: [char; 2] = ['≥', '≧'];
        let start = self.at;
        self.count(start)?;
        let mut term = self.word(&STOPS);
        if let Some(months) = self.take_least_months(false)? {
            if term.text.is_empty() {
                let place = start..self.at;
                return Err(self.fault(SyntaxFault::MissingTerm, place, Expected::Name));
            }
            let filter = Filter {
                technology: Some(TechnologyFilter {
                    min_months: Some(months),
                    ..TechnologyFilter::named(term.text)
                }),
                ..Filter::default()
            };
            return Ok(Node::Condition(Box::new(filter), Some(start..self.at)));
        }
        if term.text.chars().eq(['*']) || term.text == "＊" {
            return Ok(Node::All(Vec::new()));
        }
        let is_star = |letter: char| plain(letter) == '*';
        let stem = term.text.strip_suffix(is_star);
        match stem.filter(|stem| stem.ends_with(char::is_alphanumeric) && !stem.contains(is_star)) {
            Some(stem) if is_too_short(stem) => {
                let place = start..self.at;
                Err(self.fault(SyntaxFault::BadValue, place, Expected::LongerPrefix))
            }
            Some(stem) => {
                term.text = stem.to_owned();
                Ok(Node::Prefix(term))
            }
            None => Ok(Node::Word(term)),
        }
    }

    /// Takes `>=` and a length, if they are next; `2年以上` too where `may_be_word`.
    pub(super) fn take_least_months(
        &mut self,
        may_be_word: bool,
    ) -> Result<Option<u32>, SearchError> {
        self.take_least(value::at_least_months, may_be_word, Expected::Length)
    }

    /// Takes `>=` and a score, or `800点以上`, if they are next.
    pub(super) fn take_least_score(&mut self) -> Result<Option<u32>, SearchError> {
        self.take_least(value::at_least_score, true, Expected::Score)
    }

    /// Takes `>=` and what `read` reads behind it, or what it reads without where `may_be_word`.
    fn take_least(
        &mut self,
        read: fn(&str, bool) -> Option<u32>,
        may_be_word: bool,
        expected: Expected,
    ) -> Result<Option<u32>, SearchError> {
        let before = self.at;
        self.peek();
        let has_sign = self.is_at_least();
        if has_sign {
            self.at += if self.plain_at(self.at) == Some('>') {
                2
            } else {
                1
            };
            self.peek();
        } else if !may_be_word {
            self.at = before;
            return Ok(None);
        }
        let word = self.word(&[]);
        let least = read(&word.text, has_sign);
        if least.is_none() && !has_sign {
            self.at = before;
            return Ok(None);
        }
        let place = word.position..word.end.max(word.position + 1);
        least
            .ok_or_else(|| self.fault(SyntaxFault::BadValue, place, expected))
            .map(Some)
    }

    /// Takes `tech:` or another known key, and white space behind it, if it is next.
    pub(super) fn take_key(&mut self) -> Option<Key> {
        let rest = &self.letters[self.at..];
        let length = rest
            .iter()
            .take(Key::MAX_CHARS + 1)
            .position(|&letter| plain(letter) == ':')?;
        let name: String = rest[..length].iter().collect();
        let key = Key::parse(&name)?;
        self.at += length + 1;
        self.peek();
        Some(key)
    }

    /// Reads the value of `key`, which begins at `start`.
    fn condition(
        &mut self,
        key: Key,
        start: usize,
        previous: Option<&mut Node>,
    ) -> Result<Option<Node>, SearchError> {
        match self.value(key)? {
            Value::Alternatives(filters) => {
                let place = start..self.at;
                let condition =
                    |filter: Filter| Node::Condition(Box::new(filter), Some(place.clone()));
                Ok(Some(Node::any(
                    filters.into_iter().map(condition).collect(),
                )))
            }
            Value::Modifier(modifier) => {
                let end = self.at;
                let is_applied = previous.is_some_and(|node| {
                    let Node::Condition(filter, Some(place)) = node else {
                        return false;
                    };
                    let is_applied = modifier.apply(filter);
                    if is_applied {
                        place.end = end;
                    }
                    is_applied
                });
                if is_applied {
                    return Ok(None);
                }
                Err(self.modifier_alone(modifier, start..end))
            }
        }
    }

    pub(super) fn modifier_alone(&self, modifier: Modifier, place: Range<usize>) -> SearchError {
        let expected = match modifier {
            Modifier::Tenure(_) => Expected::EmployerBefore,
            _ => Expected::TechnologyBefore,
        };
        self.fault(SyntaxFault::BadValue, place, expected)
    }
}

/// Whether too many words begin with `stem`: one letter, unless it is a kanji.
fn is_too_short(stem: &str) -> bool {
    let mut letters = stem.chars();
    let first = letters.next();
    letters.next().is_none()
        && first.is_none_or(|letter| !('\u{3400}'..='\u{9fff}').contains(&letter))
}

pub(super) fn is_closing(letter: char) -> bool {
    matches!(letter, ')' | '}')
}

/// Returns the quote that ends what `letter` begins, if it is a quote.
pub(super) fn closing_quote(letter: char) -> Option<char> {
    match letter {
        '"' => Some('"'),
        '「' => Some('」'),
        '『' => Some('』'),
        _ => None,
    }
}

/// Whether `letter` negates what it stands before: `-Go`, `!Go`.
pub(in crate::search) fn negates(letter: char) -> bool {
    matches!(plain(letter), '-' | '!')
}

/// Returns a character of the grammar in its plain form: full-width signs and curly quotes.
pub(in crate::search) fn plain(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '“' | '”' | '„' | '‟' | '〝' | '〟' => '"',
        '−' | '‐' | '–' => '-',
        '≧' => '≥',
        other => other,
    }
}
