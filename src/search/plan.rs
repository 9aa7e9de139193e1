//! A request to conditions of the index, and what became of each word.

mod filter;
mod interpretation;
mod looser;
mod relax;
#[cfg(test)]
mod tests;
mod words;

pub use interpretation::{
    Correction, Ignored, IgnoredReason, Interpretation, Offer, OfferReason, RecognizedText,
};
pub use relax::RelaxedClause;
pub(super) use relax::{Firmness, Relaxed};
pub(super) use words::name_length;

use shokureki_index::Condition;
use shokureki_index::lexicon::Lexicon;

use super::clause;
use super::error::SearchError;
use super::facets::technology_name;
use super::keys;
use super::plain;
use super::print::{self, Language};
use super::request::Request;
use super::slips::Slips;
use super::syntax::{self, Node, Term};

/// A request as the index is asked it.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// What a candidate must meet.
    pub(super) condition: Option<Condition>,
    /// The parts of the condition, each of which must be met, in the order of their leaves.
    pub(super) parts: Vec<(Condition, Firmness)>,
    /// The clause that each leaf of the condition belongs to: an index into `clauses`.
    pub(super) leaves: Vec<usize>,
    /// The conditions as a person would type them.
    pub(super) clauses: Vec<String>,
    /// Whether use in a job is asked for (実務).
    pub(super) prefers_worked: bool,
    /// What became of the query string.
    pub(super) interpretation: Interpretation,
}

/// Returns the plan of `request`, of whose words `slips` are misspelt.
///
/// # Errors
/// Every [`SearchError`] of query and filter.
#[tracing::instrument(level = "debug", name = "plan", skip_all)]
pub(super) fn plan(
    request: &Request,
    lexicon: &Lexicon,
    slips: Slips,
) -> Result<Plan, SearchError> {
    let mut planner = Planner {
        lexicon,
        slips,
        plan: Plan::default(),
        terms: 0,
        negations: 0,
    };
    let mut conditions = Vec::new();
    let mut parts = Vec::new();
    let query = request.query.as_deref().unwrap_or_default();
    if !query.trim().is_empty() {
        let node = syntax::parse(query)?;
        planner.offer_keys(&node);
        let node = plain::read(planner.corrected(node), lexicon);
        let of_query = planner.parts(&node);
        if !of_query.is_empty() || planner.asks_only_what_cannot_be_told() {
            parts.push(node);
            conditions.extend(of_query);
        } else if request.filter.is_none() {
            return Err(SearchError::NoTerm);
        }
    }
    if let Some(filter) = &request.filter
        && let Some(condition) = planner.filter(filter, 0)?
    {
        parts.push(Node::of(filter));
        conditions.push((condition, Firmness::Firm));
    }
    let mut plan = planner.plan;
    plan.condition = joined(conditions.iter().map(|(part, _)| part.clone()).collect());
    plan.parts = conditions;
    let tree = Node::all(parts);
    plan.interpretation.parsed = print::written(&tree, Language::English);
    plan.interpretation.parsed_ja = print::written(&tree, Language::Japanese);
    plan.interpretation.tree = print::outline(&tree);
    plan.interpretation.clauses.clone_from(&plan.clauses);
    Ok(plan)
}

/// Returns the conjunction, without a list around a single condition.
fn joined(mut conditions: Vec<Condition>) -> Option<Condition> {
    match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        _ => Some(Condition::All(conditions)),
    }
}

struct Planner<'a> {
    lexicon: &'a Lexicon,
    slips: Slips,
    plan: Plan,
    /// Terms of the filter so far.
    terms: usize,
    /// How many negations what is planned stands in.
    negations: usize,
}

impl Planner<'_> {
    /// Adds a clause; its leaves follow.
    fn clause(&mut self, text: String) -> usize {
        self.plan.clauses.push(text);
        self.plan.clauses.len() - 1
    }

    /// Records the next leaf of the condition; to be called in the order of the leaves.
    fn leaf(&mut self, clause: usize, condition: Condition) -> Condition {
        self.plan.leaves.push(clause);
        condition
    }

    /// Plans what must not be met.
    fn negated<T>(&mut self, plan: impl FnOnce(&mut Self) -> T) -> T {
        self.negations += 1;
        let planned = plan(self);
        self.negations -= 1;
        planned
    }

    /// Tells that the technology `key` is asked for, which was called `name`, unless it must be missing.
    fn asks_for(&mut self, key: &str, name: &str) {
        let technology = technology_name(self.lexicon, key, name);
        let asked = &mut self.plan.interpretation.technologies;
        if self.negations == 0 && !asked.contains(&technology) {
            asked.push(technology);
        }
    }

    /// Whether the query asked for something, all of which was left out: 30代. Nobody is excluded by it.
    fn asks_only_what_cannot_be_told(&self) -> bool {
        let mut ignored = self.plan.interpretation.ignored.iter();
        ignored.any(|ignored| ignored.reason == IgnoredReason::Unsupported)
    }

    /// Returns the condition of a parsed query; `None` where nothing of it can be searched for.
    fn node(&mut self, node: &Node) -> Option<Condition> {
        match node {
            Node::Word(term) => {
                let condition = self.words(&[term])?;
                Some(self.or_former(&[term], condition))
            }
            Node::Prefix(term) => self.prefix(term),
            Node::Phrase(term) => self.phrase(term),
            Node::Condition(filter, _) => self.conditions(filter),
            Node::Weak(term, reason) => self.weak(term, *reason),
            Node::Recognized(recognized) => {
                let text = RecognizedText {
                    text: recognized.term.text.clone(),
                    position: recognized.term.position,
                    clause: clause::condition(&recognized.filter, Language::English),
                };
                self.plan.interpretation.recognized.push(text);
                self.conditions(&recognized.filter)
            }
            Node::Not(node) => {
                let condition = self.negated(|planner| planner.node(node));
                Some(Condition::Not(Box::new(condition?)))
            }
            Node::All(nodes) => self.all(nodes),
            Node::Any(nodes) => {
                let any: Vec<Condition> = nodes.iter().filter_map(|node| self.node(node)).collect();
                (!any.is_empty()).then_some(Condition::Any(any))
            }
        }
    }

    /// Returns the conditions of a parsed query, each of which must be met.
    fn parts(&mut self, node: &Node) -> Vec<(Condition, Firmness)> {
        match node {
            Node::All(nodes) if !nodes.is_empty() => self.all_parts(nodes, Self::or_looser),
            node => self.all_parts(std::slice::from_ref(node), Self::or_looser),
        }
    }

    /// Tells of words that look like conditions with a key that there is none of.
    fn offer_keys(&mut self, node: &Node) {
        match node {
            Node::Word(term) => {
                let offer = keys::unknown_key(&term.text).map(|unknown| Offer {
                    position: term.position,
                    suggestion: unknown.nearest.map(|key| format!("{key}:")),
                    text: unknown.key,
                    reason: OfferReason::UnknownKey,
                });
                self.plan.interpretation.offers.extend(offer);
            }
            Node::Not(node) => self.offer_keys(node),
            Node::All(nodes) | Node::Any(nodes) => {
                nodes.iter().for_each(|node| self.offer_keys(node));
            }
            Node::Prefix(_)
            | Node::Phrase(_)
            | Node::Condition(..)
            | Node::Weak(..)
            | Node::Recognized(_) => {}
        }
    }

    /// Puts what is meant in the place of misspelt free words, and tells so.
    fn corrected(&mut self, node: Node) -> Node {
        let mut each = |nodes: Vec<Node>| -> Vec<Node> {
            let nodes = nodes.into_iter();
            nodes.map(|node| self.corrected(node)).collect()
        };
        match node {
            Node::All(nodes) => Node::All(each(nodes)),
            Node::Any(nodes) => Node::Any(each(nodes)),
            Node::Not(node) => Node::Not(Box::new(self.corrected(*node))),
            Node::Word(term) => match self.slips.get(&term.text).cloned() {
                Some(slip) => {
                    self.correct(&term.text, &slip.meant, slip.technology.as_deref());
                    Node::Word(Term {
                        text: slip.meant,
                        ..term
                    })
                }
                None => Node::Word(term),
            },
            node => node,
        }
    }
}

/// Whether there is a letter or digit in it.
fn is_searchable(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
