//! Plain requests: what a recruiter types without knowing the search language.
//!
//! Bare words side by side are cut into names, amounts and words that say something (`pieces`, `cut`), and
//! what belongs together becomes a condition (`bind`, `senses`): 「Rustを2年以上」 asks for `tech:Rust>=24m`.
//! A tree of the search language goes in and comes out. Nothing in quotes, braces or behind a key is
//! touched, and a word of which nothing is recognized stays as it was typed.

mod bind;
mod compound;
mod cut;
mod near;
mod nodes;
mod pieces;
mod place;
mod senses;
#[cfg(test)]
mod tests;
mod time;
mod vocabulary;

use shokureki_index::lexicon::Lexicon;
use shokureki_index::words;

use super::request::Filter;
use super::syntax::{Node, Term};

pub(super) use compound::two_words;
pub(super) use near::near;
pub(super) use place::is_kind_of_employer;
pub(super) use vocabulary::{asks_for_work, is_generic};

/// A condition that bare words were taken for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Recognized {
    /// What is asked for.
    pub(super) filter: Box<Filter>,
    /// What was typed.
    pub(super) term: Term,
}

/// Returns `node` with the conditions that its bare words ask for.
pub(super) fn read(node: Node, lexicon: &Lexicon) -> Node {
    match node {
        Node::Word(_) => all(vec![node], lexicon),
        Node::All(nodes) if !nodes.is_empty() => all(nodes, lexicon),
        Node::Any(nodes) => any(nodes, lexicon),
        // A word that is not wanted is not wanted as it was typed.
        Node::Not(node) => match *node {
            Node::Word(_) => Node::Not(node),
            node => Node::not(read(node, lexicon)),
        },
        node => node,
    }
}

/// Reads alternatives. What words exclude, they exclude from all of these: A または B、ただし C は除く.
fn any(nodes: Vec<Node>, lexicon: &Lexicon) -> Node {
    let mut excluded = Vec::new();
    let mut read_nodes = Vec::with_capacity(nodes.len());
    for node in nodes {
        let is_typed = matches!(&node, Node::All(nodes) if nodes.iter().any(is_not));
        let node = match read(node, lexicon) {
            Node::All(nodes) if !is_typed && !nodes.iter().all(is_not) => {
                let (not, rest): (Vec<Node>, Vec<Node>) = nodes.into_iter().partition(is_not);
                excluded.extend(not);
                Node::all(rest)
            }
            node => node,
        };
        read_nodes.push(node);
    }
    excluded.insert(0, Node::any(read_nodes));
    Node::all(excluded)
}

fn is_not(node: &Node) -> bool {
    matches!(node, Node::Not(_))
}

/// Whether `word` says that somebody left a school: 高専卒.
pub(super) fn is_school_left(word: &str) -> bool {
    words!["卒", "卒業", "修了"].end(word)
}

fn all(nodes: Vec<Node>, lexicon: &Lexicon) -> Node {
    let mut read_nodes = Vec::with_capacity(nodes.len());
    let mut run: Vec<Term> = Vec::new();
    for node in nodes {
        match node {
            Node::Word(term) => run.push(term),
            node => {
                read_nodes.extend(bind::bind(&std::mem::take(&mut run), lexicon));
                read_nodes.push(read(node, lexicon));
            }
        }
    }
    read_nodes.extend(bind::bind(&run, lexicon));
    Node::all(read_nodes)
}
