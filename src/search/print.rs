//! A tree in the search language, in English and in Japanese; what is printed parses to the same tree.

use super::clause;
use super::syntax::{Node, is_plain_word};
use super::value;

/// The language of keys, units and operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Language {
    English,
    Japanese,
}

/// A node of the tree that a request was understood as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryNode {
    /// How many nodes it stands below.
    pub depth: usize,
    /// What it is.
    pub kind: QueryNodeKind,
    /// The node in the search language, with English keys.
    pub text: String,
    /// The same with Japanese keys.
    pub text_ja: String,
    /// Where it begins in the query string, in characters; `None` where it is of the filter.
    pub start: Option<usize>,
    /// Where it ends.
    pub end: Option<usize>,
}

/// What a node of the tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryNodeKind {
    /// A free word.
    Word,
    /// The beginning of a word.
    Prefix,
    /// A quoted phrase.
    Phrase,
    /// Conditions on one stint, or a condition on the candidate.
    Condition,
    /// Not met.
    Not,
    /// Each node below it is met.
    All,
    /// One of the nodes below it is met.
    Any,
}

/// Returns `node` in the search language; nothing where everybody meets it.
pub(super) fn written(node: &Node, language: Language) -> String {
    match node {
        Node::All(nodes) if nodes.is_empty() => String::new(),
        node => print(node, language),
    }
}

/// Returns `root` and the nodes below it, each before those below it.
pub(super) fn outline(root: &Node) -> Vec<QueryNode> {
    let mut nodes = Vec::new();
    if *root != Node::All(Vec::new()) {
        add(root, 0, &mut nodes);
    }
    nodes
}

fn add(node: &Node, depth: usize, nodes: &mut Vec<QueryNode>) {
    let place = node.place();
    let (kind, below) = match node {
        Node::Word(_) | Node::Weak(..) => (QueryNodeKind::Word, &[][..]),
        Node::Prefix(_) => (QueryNodeKind::Prefix, &[][..]),
        Node::Phrase(_) => (QueryNodeKind::Phrase, &[][..]),
        Node::Condition(..) | Node::Recognized(_) => (QueryNodeKind::Condition, &[][..]),
        Node::Not(node) => (QueryNodeKind::Not, std::slice::from_ref(node.as_ref())),
        Node::All(below) => (QueryNodeKind::All, below.as_slice()),
        Node::Any(below) => (QueryNodeKind::Any, below.as_slice()),
    };
    nodes.push(QueryNode {
        depth,
        kind,
        text: print(node, Language::English),
        text_ja: print(node, Language::Japanese),
        start: place.as_ref().map(|place| place.start),
        end: place.map(|place| place.end),
    });
    for node in below {
        add(node, depth + 1, nodes);
    }
}

fn print(node: &Node, language: Language) -> String {
    let or = match language {
        Language::English => " OR ",
        Language::Japanese => " または ",
    };
    match node {
        Node::Word(term) | Node::Weak(term, _) => word(&term.text),
        Node::Prefix(term) => format!("{}*", term.text),
        Node::Phrase(term) => clause::in_quotes(&term.text),
        Node::Condition(filter, _) => clause::condition(filter, language),
        Node::Recognized(recognized) => clause::condition(&recognized.filter, language),
        Node::Not(node) => {
            let inner = print(node, language);
            match node.as_ref() {
                Node::All(nodes) if !nodes.is_empty() => format!("-({inner})"),
                // `--x` is a word.
                _ if inner.starts_with(super::syntax::negates) => {
                    format!("NOT {inner}")
                }
                _ => format!("-{inner}"),
            }
        }
        Node::All(nodes) if nodes.is_empty() => "*".to_owned(),
        Node::All(nodes) => all(nodes, language),
        Node::Any(nodes) => {
            let nodes: Vec<String> = nodes.iter().map(|node| print(node, language)).collect();
            format!("({})", nodes.join(or))
        }
    }
}

fn all(nodes: &[Node], language: Language) -> String {
    let and = match language {
        Language::English => " AND ",
        Language::Japanese => " かつ ",
    };
    let mut text = String::new();
    for node in nodes {
        // A word that would be read on as the value before it.
        let continues = matches!(
            node,
            Node::Word(term) | Node::Weak(term, _) if value::continues(&term.text)
        );
        if !text.is_empty() {
            text.push_str(if continues { and } else { " " });
        }
        text.push_str(&print(node, language));
    }
    text
}

/// Returns a free word, in quotes where it cannot stand without.
fn word(text: &str) -> String {
    if is_plain_word(text) {
        text.to_owned()
    } else {
        clause::in_quotes(text)
    }
}
