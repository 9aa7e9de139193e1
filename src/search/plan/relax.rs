//! A request that nobody meets as a whole: what may be left out of it, and in which order.
//!
//! Only bare words and what they were taken for give way. What is typed by key, in braces or quotes,
//! after `-` or in the filter is meant as it stands.

use shokureki_index::{Condition, MostCondition, MostMet, StintCondition, Tenure};

use super::Plan;
use crate::search::syntax::Node;

/// Whether a part of the query may give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Firmness {
    /// Must be met.
    Firm,
    /// Excludes nobody.
    Weak,
    /// Gives way where nobody meets all.
    Yielding,
}

impl Firmness {
    /// How firm the condition of `node` is.
    pub(super) fn of(node: &Node, condition: &Condition) -> Self {
        match node {
            Node::Word(_) | Node::Recognized(_) | Node::Weak(..) if is_weak(condition) => {
                Self::Weak
            }
            node if is_bare(node) => Self::Yielding,
            _ => Self::Firm,
        }
    }
}

fn is_weak(condition: &Condition) -> bool {
    match condition {
        Condition::Words(words) => words.is_weak,
        Condition::Any(any) => any.iter().any(is_weak),
        _ => false,
    }
}

fn is_bare(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Weak(..) | Node::Recognized(_) => true,
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().all(is_bare),
        Node::Prefix(_) | Node::Phrase(_) | Node::Condition(..) | Node::Not(_) => false,
    }
}

/// A clause that not all of those who are found meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelaxedClause {
    /// The clause, in the search language.
    pub clause: String,
    /// How many of those who are found meet it.
    pub met_by: u64,
}

/// A plan that asks for as much as possible of another.
pub(in crate::search) struct Relaxed {
    firm: Vec<Condition>,
    of: Vec<Vec<Condition>>,
    /// The clause of each leaf.
    pub(in crate::search) leaves: Vec<usize>,
    /// The clause of each condition of `of`.
    clauses: Vec<String>,
}

impl Relaxed {
    /// Returns the relaxed form of `plan`; `None` where it has nothing that may give way.
    pub(in crate::search) fn of(plan: &Plan) -> Option<Self> {
        let mut relaxed = Self {
            firm: Vec::new(),
            of: Vec::new(),
            leaves: Vec::new(),
            clauses: Vec::new(),
        };
        let mut yielding_leaves = Vec::new();
        let mut at = 0;
        for (condition, firmness) in &plan.parts {
            let count = leaf_count(condition);
            let leaves = plan.leaves.get(at..at + count)?;
            at += count;
            if *firmness == Firmness::Yielding {
                let forms = forms(condition);
                if matches!(condition, Condition::Most(_)) {
                    // It has forms of its own, all of one clause.
                    let of_forms: usize = forms.iter().map(leaf_count).sum();
                    yielding_leaves.extend(std::iter::repeat_n(*leaves.first()?, of_forms));
                } else {
                    for _ in &forms {
                        yielding_leaves.extend_from_slice(leaves);
                    }
                }
                relaxed.of.push(forms);
                let clause = plan.clauses.get(*leaves.first()?)?;
                relaxed.clauses.push(clause.clone());
            } else {
                relaxed.firm.push(condition.clone());
                relaxed.leaves.extend_from_slice(leaves);
            }
        }
        relaxed.leaves.extend(yielding_leaves);
        let may_yield = relaxed.of.len() > 1 || relaxed.of.iter().any(|forms| forms.len() > 1);
        may_yield.then_some(relaxed)
    }

    /// The condition that at least `least` of the parts are met.
    pub(in crate::search) fn condition(&self, least: usize) -> Condition {
        let most = Condition::Most(MostCondition {
            of: self.of.clone(),
            least,
        });
        Condition::All(self.firm.iter().cloned().chain([most]).collect())
    }

    /// The clauses that not all of the `total` candidates meet.
    pub(in crate::search) fn given_up(&self, most: &MostMet, total: u64) -> Vec<RelaxedClause> {
        let clauses = self.clauses.iter().zip(&most.strictly);
        clauses
            .filter(|(_, met_by)| **met_by < total)
            .map(|(clause, met_by)| RelaxedClause {
                clause: clause.clone(),
                met_by: *met_by,
            })
            .collect()
    }
}

/// The condition in ever looser forms, itself first: without the months, then the period, then the
/// tenure, then with an employer whose name only begins so, at last with one of several words that
/// were written as one. The technology stays.
fn forms(condition: &Condition) -> Vec<Condition> {
    // The last form of its own holds those before it.
    if let Condition::Most(MostCondition { of, .. }) = condition
        && let [own] = of.as_slice()
        && let Some((last, stricter)) = own.split_last()
    {
        return [stricter, &forms(last)].concat();
    }
    let steps: [fn(&mut StintCondition); 4] = [
        |stint| {
            if let Some(technology) = &mut stint.technology {
                technology.min_months = None;
            }
        },
        |stint| {
            // A window alone is all that is asked for.
            if stint.technology.is_some() || stint.employer.is_some() || !stint.text.is_empty() {
                stint.period = None;
            }
        },
        |stint| {
            if let Some(employer) = &mut stint.employer {
                employer.tenure = Tenure::Any;
            }
        },
        // リクルート, of which nobody was, for リクルートテクノロジーズ.
        |stint| {
            if let Some(employer) = &mut stint.employer {
                employer.partial = true;
            }
        },
    ];
    let mut forms = vec![condition.clone()];
    let mut looser = condition.clone();
    for step in steps {
        loosen(&mut looser, step);
        if forms.last() != Some(&looser) {
            forms.push(looser.clone());
        }
    }
    if let Some(looser) = one_of_the_words(&looser) {
        forms.push(looser);
    }
    forms
}

/// 金融機関の勘定系, which is found whole or with both words, by one of the words.
fn one_of_the_words(condition: &Condition) -> Option<Condition> {
    let Condition::Any(any) = condition else {
        return None;
    };
    let (last, whole) = any.split_last()?;
    match last {
        Condition::All(parts) if parts.len() > 1 => {
            let either = Condition::Any(parts.clone());
            Some(Condition::Any([whole, &[either]].concat()))
        }
        _ => None,
    }
}

fn loosen(condition: &mut Condition, step: fn(&mut StintCondition)) {
    match condition {
        Condition::Stint(stint) => step(stint),
        Condition::All(conditions) | Condition::Any(conditions) => {
            conditions.iter_mut().for_each(|each| loosen(each, step));
        }
        _ => {}
    }
}

pub(super) fn leaf_count(condition: &Condition) -> usize {
    match condition {
        Condition::All(conditions) | Condition::Any(conditions) => {
            conditions.iter().map(leaf_count).sum()
        }
        Condition::Not(condition) => leaf_count(condition),
        Condition::Most(most) => most.of.iter().flatten().map(leaf_count).sum(),
        _ => 1,
    }
}
