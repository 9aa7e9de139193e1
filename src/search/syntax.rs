//! The search language: a query string to a tree of words and conditions.
//!
//! ```text
//! any       = all { OR all }                       OR: OR または 又は もしくは あるいは
//! all       = unary { [ AND ] unary }              AND: AND かつ および 及び
//! unary     = ( "-" | NOT ) unary | primary
//! primary   = "(" any ")" | "{" stint "}" | "*" | phrase | condition | prefix | word
//! phrase    = '"' … '"' | 「…」 | 『…』             \" and \\ within "…"
//! condition = key ":" value | word ">=" length     the keys and their values: [`super::keys`]
//! value     = name | "(" name { [ OR | "," ] name } ")" | what the key says
//! stint     = any of conditions on one stint, phrases, words, and "-" before a technology
//! prefix    = word "*"
//! ```
//!
//! Width does not matter to operators, keys, numbers and brackets. Positions count characters from 0.

mod condition;
mod grammar;
mod stint;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::clause;
use super::plain::Recognized;
use super::plan::IgnoredReason;
use super::request::Filter;
pub(super) use grammar::{is_operator, is_plain_word, negates, parse, plain};

/// A parsed query string, or a filter in the same form.
///
/// In canonical form, which [`parse`] gives and [`Node::all`], [`Node::any`] and [`Node::not`] keep: no
/// list in a list of its kind, no list of one, no double negation.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A free word.
    Word(Term),
    /// The beginning of a word, given without its `*`.
    Prefix(Term),
    /// A quoted phrase, given without its quotes.
    Phrase(Term),
    /// Conditions on one stint, or one condition on the candidate; and where they stand, if in the
    /// query string. Nothing is nested in the filter.
    Condition(Box<Filter>, Option<Range<usize>>),
    /// A word that only moves the rank.
    Weak(Term, IgnoredReason),
    /// What bare words were taken for.
    Recognized(Recognized),
    /// Not met.
    Not(Box<Node>),
    /// Each is met. An empty list is met by everybody.
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
    /// Where it ends, its quotes and signs included.
    pub(super) end: usize,
}

impl Node {
    /// Returns the node that is met where all of `nodes` are.
    pub(super) fn all(nodes: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Self::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            1 => flat.remove(0),
            _ => Self::All(flat),
        }
    }

    /// Returns the node that is met where one of `nodes` is; there is at least one.
    pub(super) fn any(nodes: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Self::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            1 => flat.remove(0),
            _ => Self::Any(flat),
        }
    }

    /// Returns the node that is met where `node` is not.
    pub(super) fn not(node: Self) -> Self {
        match node {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Returns `filter` as a tree of its conditions.
    pub(super) fn of(filter: &Filter) -> Self {
        let alone = |condition: Filter| Self::Condition(Box::new(condition), None);
        let mut nodes: Vec<Self> = clause::conditions(filter).into_iter().map(alone).collect();
        nodes.extend(filter.all.iter().map(Self::of));
        if let Some(any) = &filter.any {
            nodes.push(Self::any(any.iter().map(Self::of).collect()));
        }
        if let Some(not) = &filter.not {
            nodes.push(Self::not(Self::of(not)));
        }
        Self::all(nodes)
    }

    /// Returns where the node stands in the query string, from its first to its last part.
    pub(super) fn place(&self) -> Option<Range<usize>> {
        match self {
            Self::Word(term) | Self::Prefix(term) | Self::Phrase(term) => {
                Some(term.position..term.end)
            }
            Self::Weak(term, _) => Some(term.position..term.end),
            Self::Recognized(recognized) => Some(recognized.term.position..recognized.term.end),
            Self::Condition(_, place) => place.clone(),
            Self::Not(node) => node.place(),
            Self::All(nodes) | Self::Any(nodes) => {
                let mut places = nodes.iter().filter_map(Self::place);
                let first = places.next()?;
                Some(places.fold(first, |all, place| {
                    all.start.min(place.start)..all.end.max(place.end)
                }))
            }
        }
    }
}
