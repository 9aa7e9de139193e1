//! The search language: a query string to a tree of words and conditions.
//!
//! `words` and `"phrases"` are all met; `OR`, `NOT` or `-`, parentheses; `tech:Rust>=6m`,
//! `employer:`, `period:2016..2019`, `role:`, `text:`, `cert:`, `location:`, `name:` and their
//! Japanese keys; `{ … }` binds to one stint. Width does not matter. Positions count characters from 0.

use unicode_normalization::UnicodeNormalization as _;

use super::error::{SearchError, SyntaxFault};
use super::keys::{self, Key};
use super::request::{Filter, MAX_DEPTH, MAX_QUERY_CHARS, MAX_TERMS};

/// A parsed query string.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A free word.
    Word(Term),
    /// A quoted phrase.
    Phrase(Term),
    /// A condition by key, or several in braces.
    Condition(Box<Filter>),
    /// Not met.
    Not(Box<Node>),
    /// Each is met.
    All(Vec<Node>),
    /// One is met.
    Any(Vec<Node>),
}

/// A piece of the query string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// As typed.
    pub(super) text: String,
    /// Where it begins, in characters.
    pub(super) position: usize,
}

/// Reads `query`; an empty [`Node::All`] where it has no term.
///
/// # Errors
/// [`SearchError::QueryTooLong`], [`SearchError::TooManyTerms`], [`SearchError::Syntax`].
pub(super) fn parse(query: &str) -> Result<Node, SearchError> {
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
    let node = parser.alternatives(0, None)?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(parser.fault(SyntaxFault::UnexpectedBracket, parser.at)),
    }
}

struct Parser<'a> {
    letters: &'a [char],
    at: usize,
    terms: usize,
}

impl Parser<'_> {
    fn fault(&self, fault: SyntaxFault, position: usize) -> SearchError {
        SearchError::Syntax { fault, position }
    }

    /// Returns the next character in its plain width, white space skipped.
    fn peek(&mut self) -> Option<char> {
        while self
            .letters
            .get(self.at)
            .is_some_and(|letter| letter.is_whitespace())
        {
            self.at += 1;
        }
        self.letters.get(self.at).map(|&letter| plain(letter))
    }

    /// Reads terms joined by `OR` up to `closing`, or to the end.
    fn alternatives(&mut self, depth: usize, closing: Option<char>) -> Result<Node, SearchError> {
        if depth > MAX_DEPTH {
            return Err(self.fault(SyntaxFault::TooDeep, self.at));
        }
        let mut alternatives = Vec::new();
        let mut all = Vec::new();
        while let Some(letter) = self.peek() {
            if letter == ')' || letter == '}' {
                if closing == Some(letter) {
                    break;
                }
                return Err(self.fault(SyntaxFault::UnexpectedBracket, self.at));
            }
            let position = self.at;
            if self.take_operator("OR") {
                if all.is_empty() || self.peek().is_none_or(|next| Some(next) == closing) {
                    return Err(self.fault(SyntaxFault::MissingTerm, position));
                }
                alternatives.push(Node::All(std::mem::take(&mut all)));
            } else if self.take_operator("AND") {
                if all.is_empty() || self.peek().is_none_or(|next| Some(next) == closing) {
                    return Err(self.fault(SyntaxFault::MissingTerm, position));
                }
            } else {
                all.push(self.term(depth)?);
            }
        }
        if alternatives.is_empty() {
            return Ok(Node::All(all));
        }
        alternatives.push(Node::All(all));
        Ok(Node::Any(alternatives))
    }

    /// Takes the word `operator` in capitals, if it is next.
    fn take_operator(&mut self, operator: &str) -> bool {
        let end = self.at + operator.len();
        let is_next = self.letters.len() >= end
            && self.letters[self.at..end]
                .iter()
                .map(|&letter| plain(letter))
                .eq(operator.chars())
            && self
                .letters
                .get(end)
                .is_none_or(|&next| next.is_whitespace() || matches!(plain(next), '(' | '{' | '"'));
        if is_next {
            self.at = end;
        }
        is_next
    }

    fn term(&mut self, depth: usize) -> Result<Node, SearchError> {
        let position = self.at;
        let is_minus = plain(self.letters[self.at]) == '-'
            && self.letters.get(self.at + 1).is_some_and(|next| {
                !next.is_whitespace() && plain(*next) != '-' && !is_closing(plain(*next))
            });
        if is_minus {
            self.at += 1;
        }
        if is_minus || self.take_operator("NOT") {
            if depth >= MAX_DEPTH {
                return Err(self.fault(SyntaxFault::TooDeep, position));
            }
            return match self.peek() {
                None => Err(self.fault(SyntaxFault::MissingTerm, position)),
                Some(letter) if is_closing(letter) => {
                    Err(self.fault(SyntaxFault::MissingTerm, position))
                }
                Some(_) => Ok(Node::Not(Box::new(self.term(depth + 1)?))),
            };
        }
        match plain(self.letters[self.at]) {
            '(' if !self.is_legal_form() => {
                self.at += 1;
                let node = self.alternatives(depth + 1, Some(')'))?;
                self.close(position)?;
                Ok(node)
            }
            '{' => {
                self.at += 1;
                let node = self.stint()?;
                self.close(position)?;
                Ok(node)
            }
            letter => match closing_quote(letter) {
                Some(closing) => Ok(Node::Phrase(self.phrase(closing)?)),
                None => self.word_or_key(),
            },
        }
    }

    /// Whether `(株)` or the like is next: a part of a name, no group.
    fn is_legal_form(&self) -> bool {
        let form = self.letters.get(self.at + 1).copied();
        let closing = self.letters.get(self.at + 2).copied().map(plain);
        matches!(
            form,
            Some('株' | '有' | '合' | '同' | '資' | '名' | '学' | '独')
        ) && closing == Some(')')
    }

    fn close(&mut self, opened_at: usize) -> Result<(), SearchError> {
        if self.peek().is_none() {
            return Err(self.fault(SyntaxFault::UnclosedBracket, opened_at));
        }
        self.at += 1;
        Ok(())
    }

    /// Counts a term that begins at `position`.
    fn count(&mut self, position: usize) -> Result<(), SearchError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(SearchError::TooManyTerms {
                limit: MAX_TERMS,
                position: Some(position),
            });
        }
        Ok(())
    }

    /// Reads from an opening quote to `closing`.
    fn phrase(&mut self, closing: char) -> Result<Term, SearchError> {
        let position = self.at;
        self.count(position)?;
        let rest = &self.letters[position + 1..];
        let Some(length) = rest.iter().position(|&letter| plain(letter) == closing) else {
            return Err(self.fault(SyntaxFault::UnclosedQuote, position));
        };
        self.at = position + length + 2;
        Ok(Term {
            text: rest[..length].iter().collect(),
            position,
        })
    }

    /// Reads letters up to white space, a quote, or a bracket that closes what the word did not open.
    fn word(&mut self) -> Term {
        let position = self.at;
        let mut open: usize = 0;
        while let Some(&letter) = self.letters.get(self.at) {
            match plain(letter) {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                ')' | '{' | '}' | '"' => break,
                _ if letter.is_whitespace() => break,
                _ => {}
            }
            self.at += 1;
        }
        Term {
            text: self.letters[position..self.at].iter().collect(),
            position,
        }
    }

    fn word_or_key(&mut self) -> Result<Node, SearchError> {
        let position = self.at;
        let Some(key) = self.take_key() else {
            self.count(position)?;
            return Ok(Node::Word(self.word()));
        };
        let mut filter = Filter::default();
        self.value(key, position, &mut filter)?;
        Ok(Node::Condition(Box::new(filter)))
    }

    /// Takes `tech:` or another known key, if it is next.
    fn take_key(&mut self) -> Option<Key> {
        const LONGEST_KEY: usize = 16;
        let rest = &self.letters[self.at..];
        let length = rest
            .iter()
            .take(LONGEST_KEY)
            .position(|&letter| plain(letter) == ':')?;
        let name: String = rest[..length].iter().collect::<String>().nfkc().collect();
        let key = Key::parse(&name)?;
        self.at += length + 1;
        Some(key)
    }

    /// Reads the value of `key` into `filter`.
    fn value(&mut self, key: Key, position: usize, filter: &mut Filter) -> Result<(), SearchError> {
        self.count(position)?;
        let bad_value = self.fault(SyntaxFault::BadValue, position);
        let mut names = Vec::new();
        match self.letters.get(self.at).map(|&letter| plain(letter)) {
            Some('(') if key == Key::Technology && !self.is_legal_form() => {
                self.at += 1;
                while self.peek().is_some_and(|letter| letter != ')') {
                    if !self.take_operator("OR") {
                        self.count(self.at)?;
                        names.push(self.name()?);
                    }
                }
                self.close(position)?;
            }
            Some(letter) if closing_quote(letter).is_some() => names.push(self.name()?),
            _ => {}
        }
        let rest: String = self.word().text.nfkc().collect();
        keys::apply(key, names, &rest, filter).ok_or(bad_value)
    }

    fn name(&mut self) -> Result<String, SearchError> {
        let quote = self
            .letters
            .get(self.at)
            .and_then(|&letter| closing_quote(plain(letter)));
        match quote {
            Some(closing) => {
                self.terms -= usize::from(self.terms > 0);
                Ok(self.phrase(closing)?.text)
            }
            None => {
                let word = self.word();
                if word.text.is_empty() {
                    return Err(self.fault(SyntaxFault::BadValue, word.position));
                }
                Ok(word.text)
            }
        }
    }

    /// Reads the conditions in braces, all on one stint; free words are words of its text.
    fn stint(&mut self) -> Result<Node, SearchError> {
        let mut filter = Filter::default();
        let mut words: Vec<String> = Vec::new();
        let opened_at = self.at;
        while let Some(letter) = self.peek() {
            if letter == '}' {
                break;
            }
            let position = self.at;
            if matches!(letter, '(' | '{' | ')') && !self.is_legal_form() {
                return Err(self.fault(SyntaxFault::NotOfStint, position));
            }
            if self.take_operator("OR") || self.take_operator("NOT") {
                return Err(self.fault(SyntaxFault::NotOfStint, position));
            }
            if let Some(closing) = closing_quote(letter) {
                words.push(self.phrase(closing)?.text);
            } else if let Some(key) = self.take_key() {
                if !key.is_of_stint() {
                    return Err(self.fault(SyntaxFault::NotOfStint, position));
                }
                self.value(key, position, &mut filter)?;
            } else {
                self.count(position)?;
                words.push(self.word().text);
            }
        }
        if !words.is_empty() {
            words.extend(filter.text.take());
            filter.text = Some(words.join(" "));
        }
        if filter == Filter::default() {
            return Err(self.fault(SyntaxFault::MissingTerm, opened_at));
        }
        Ok(Node::Condition(Box::new(filter)))
    }
}

fn is_closing(letter: char) -> bool {
    matches!(letter, ')' | '}')
}

/// Returns the quote that ends what `letter` begins, if it is a quote.
fn closing_quote(letter: char) -> Option<char> {
    match letter {
        '"' => Some('"'),
        '「' => Some('」'),
        '『' => Some('』'),
        _ => None,
    }
}

/// Returns a character of the grammar in its plain form: full-width signs and curly quotes.
fn plain(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '“' | '”' | '„' | '‟' | '〝' | '〟' => '"',
        '−' | '‐' | '–' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected`: words bare, phrases in quotes, conditions as clauses, `!`, `&()` and `|()`.
    #[track_caller]
    fn check(query: &str, expected: &str) {
        let node = parse(query).map(|node| written(&node));
        assert_eq!(node.as_deref().ok(), Some(expected), "{query}: {node:?}");
    }

    fn written(node: &Node) -> String {
        let list = |nodes: &[Node]| nodes.iter().map(written).collect::<Vec<_>>().join(" ");
        match node {
            Node::Word(term) => term.text.clone(),
            Node::Phrase(term) => format!("\"{}\"", term.text),
            Node::Condition(filter) => super::super::clause::written(filter),
            Node::Not(node) => format!("!{}", written(node)),
            Node::All(nodes) => list(nodes),
            Node::Any(nodes) => format!(
                "|({})",
                nodes.iter().map(written).collect::<Vec<_>>().join(", ")
            ),
        }
    }

    #[track_caller]
    fn check_fault(query: &str, expected: (SyntaxFault, usize)) {
        match parse(query) {
            Err(SearchError::Syntax { fault, position }) => {
                assert_eq!((fault, position), expected, "{query}");
            }
            other => panic!("{query}: {other:?}"),
        }
    }

    #[test]
    fn words_and_phrases_are_read_in_any_width() {
        check("", "");
        check("  ", "");
        check("Erlang AWS", "Erlang AWS");
        check("Erlang　ＡＷＳ", "Erlang ＡＷＳ");
        check("\"分散 KVS\" x", "\"分散 KVS\" x");
        check("“分散 KVS” ＂a b＂ 「c d」", "\"分散 KVS\" \"a b\" \"c d\"");
        check("C++ C# .NET Node.js", "C++ C# .NET Node.js");
        check("http://example.com f(x)", "http://example.com f(x)");
        check("(株)ドワンゴ （株）ドワンゴ", "(株)ドワンゴ （株）ドワンゴ");
        check("ruby-on-rails - x", "ruby-on-rails - x");
    }

    #[test]
    fn operators_are_read() {
        check("a OR b c", "|(a, b c)");
        check("(a OR b) c", "|(a, b) c");
        check("（a　ＯＲ　b）c", "|(a, b) c");
        check("a -b NOT c －d", "a !b !c !d");
        check("-(a b)", "!a b");
        check("or not ORACLE", "or not ORACLE");
        check("a AND b", "a b");
    }

    #[test]
    fn keys_are_read_in_both_languages() {
        check("tech:Erlang>=2y", "tech:Erlang>=24m");
        check("技術：Rust＞＝６ヶ月", "tech:Rust>=6m");
        check("tech:\"AWS Lambda\">=1年半", "tech:\"AWS Lambda\">=18m");
        check("tech:(Erlang OR Elixir)", "tech:(Erlang OR Elixir)");
        check("会社:ドワンゴ", "employer:ドワンゴ");
        check("period:2016..2019", "period:2016..2019");
        check("期間:2020-04..", "period:2020-04..");
        check("period:2017", "period:2017..2017");
        check("氏名:飯島 cert:\"AWS 認定\"", "name:飯島 cert:\"AWS 認定\"");
    }

    #[test]
    fn braces_bind_to_one_stint() {
        check(
            "{tech:Erlang employer:ドワンゴ period:2017-01..2017-12 配信}",
            "{tech:Erlang employer:ドワンゴ period:2017-01..2017-12 text:配信}",
        );
        check(
            "{tech:Erlang since:2016-04 grade:learning parts:no}",
            "{tech:Erlang since:2016-04 grade:learning parts:no}",
        );
        check("{employer:x tenure:current}", "{employer:x tenure:current}");
    }

    #[test]
    fn a_fault_names_its_place() {
        check_fault("a \"b", (SyntaxFault::UnclosedQuote, 2));
        check_fault("職 (b", (SyntaxFault::UnclosedBracket, 2));
        check_fault("a )", (SyntaxFault::UnexpectedBracket, 2));
        check_fault("a OR", (SyntaxFault::MissingTerm, 2));
        check_fault("OR a", (SyntaxFault::MissingTerm, 0));
        check_fault("a NOT", (SyntaxFault::MissingTerm, 2));
        check_fault("tech:", (SyntaxFault::BadValue, 0));
        check_fault("a period:x", (SyntaxFault::BadValue, 2));
        check_fault("period:2019..2016", (SyntaxFault::BadValue, 0));
        check_fault("{name:x}", (SyntaxFault::NotOfStint, 1));
        check_fault("{}", (SyntaxFault::MissingTerm, 1));
        check_fault(&"(".repeat(100), (SyntaxFault::TooDeep, 13));
    }

    #[test]
    fn more_than_the_limits_are_refused() {
        let long = "あ".repeat(MAX_QUERY_CHARS + 1);
        assert!(matches!(
            parse(&long),
            Err(SearchError::QueryTooLong { limit: 1024 })
        ));
        let many = "a ".repeat(MAX_TERMS + 1);
        let position = match parse(&many) {
            Err(SearchError::TooManyTerms { position, .. }) => position,
            other => panic!("{other:?}"),
        };
        assert_eq!(position, Some(2 * MAX_TERMS));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(query in "\\PC{0,40}", signs in "[-\"(){}:>=.a技術O R]{0,40}") {
            let _ = parse(&query);
            let _ = parse(&signs);
        }
    }
}
