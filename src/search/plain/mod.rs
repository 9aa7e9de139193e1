//! Plain requests: what a recruiter types without knowing the search language.
//!
//! Bare words side by side are cut into names, amounts and words that say something (`pieces`, `cut`), and
//! what belongs together becomes a condition (`bind`, `senses`): 「Rustを2年以上」 asks for `tech:Rust>=24m`.
//! A tree of the search language goes in and comes out. Nothing in quotes, braces or behind a key is
//! touched, and a word of which nothing is recognized stays as it was typed.

mod bind;
mod compound;
mod cut;
mod glued;
mod grades;
mod near;
mod nodes;
mod parting;
mod pieces;
mod place;
mod predicate;
mod senses;
#[cfg(test)]
mod tests;
mod time;
mod untold;
mod vocabulary;
mod wishes;

use shokureki_index::lexicon::Lexicon;
use shokureki_index::words;

use super::request::Filter;
use super::syntax::{Node, Term};

pub(super) use compound::{subject_of_deed, two_words};
pub(super) use grades::higher_certificates;
pub(super) use near::near;
pub(super) use place::{former_employer, is_kind_of_employer};
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
        Node::Condition(filter, at) => {
            let filter = with_score(&filter, lexicon).map_or(filter, Box::new);
            Node::Condition(filter, at)
        }
        node => node,
    }
}

/// What `TOEIC>=800` asks for: a score of a certificate, and no months of a technology.
fn with_score(filter: &Filter, lexicon: &Lexicon) -> Option<Filter> {
    /// Fewer may be months.
    const LEAST_SCORE: u32 = 100;
    let technology = filter.technology.as_ref()?;
    let [name] = technology.any_of.as_slice() else {
        return None;
    };
    let score = technology
        .min_months
        .filter(|score| *score >= LEAST_SCORE)?;
    let is_certificate =
        lexicon.certificate_named(name).is_some() && lexicon.resolve(name).is_none();
    let asked = Filter {
        certification: Some(name.clone()),
        min_score: Some(score),
        ..Filter::default()
    };
    let is_all = *filter
        == Filter {
            technology: filter.technology.clone(),
            ..Filter::default()
        };
    (is_certificate && is_all).then_some(asked)
}

/// Reads alternatives. What words exclude, they exclude from all of these: A または B、ただし C は除く.
fn any(nodes: Vec<Node>, lexicon: &Lexicon) -> Node {
    if let Some(node) = sharing_months(&nodes, lexicon) {
        return node;
    }
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

/// Reads alternatives of bare words that share an amount: 「Go または Java での開発 3年以上」 asks for three
/// years of either. `None` where they do not.
fn sharing_months(nodes: &[Node], lexicon: &Lexicon) -> Option<Node> {
    let mut run: Vec<Term> = Vec::new();
    for node in nodes {
        let words = match node {
            Node::Word(_) => std::slice::from_ref(node),
            Node::All(words) => words.as_slice(),
            _ => return None,
        };
        if let Some(before) = run.last() {
            run.push(Term {
                text: "または".to_owned(),
                position: before.end,
                end: before.end,
            });
        }
        for word in words {
            let Node::Word(term) = word else { return None };
            run.push(term.clone());
        }
    }
    let read = bind::bind(&run, lexicon, &mut false);
    let is_shared = |node: &Node| {
        let Node::Recognized(recognized) = node else {
            return false;
        };
        let technology = recognized.filter.technology.as_ref();
        technology.is_some_and(|technology| {
            technology.min_months.is_some() && technology.any_of.len() == nodes.len()
        })
    };
    read.iter().any(is_shared).then(|| Node::all(read))
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
    let mut is_wish = false;
    for node in nodes {
        match node {
            Node::Word(term) => run.push(term),
            node => {
                let words = std::mem::take(&mut run);
                read_nodes.extend(bind::bind(&words, lexicon, &mut is_wish));
                read_nodes.push(read(node, lexicon));
            }
        }
    }
    read_nodes.extend(bind::bind(&run, lexicon, &mut is_wish));
    Node::all(read_nodes)
}
