//! A request that nobody meets as a whole: what may be left out of it, and in which order.
//!
//! Only bare words and what they were taken for give way. What is typed by key, in braces or quotes,
//! after `-` or in the filter is meant as it stands.

use shokureki_index::{
    Condition, Grade, MostCondition, MostMet, StintCondition, TechnologyCondition, Tenure,
};

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

/// How far conditions give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Reach {
    /// As far as what is left is still much like what was asked for.
    Near,
    /// As far as anything is left of them.
    Far,
}

/// A plan that asks for as much as possible of another.
pub(in crate::search) struct Relaxed {
    firm: Vec<Condition>,
    firm_leaves: Vec<usize>,
    yielding: Vec<Yielding>,
}

/// A condition that gives way.
struct Yielding {
    /// It in ever looser forms, itself first.
    forms: Vec<Condition>,
    /// How many of the forms are near.
    near: usize,
    /// The clause of each leaf of all forms.
    leaves: Vec<usize>,
    clause: String,
}

impl Yielding {
    fn forms(&self, reach: Reach) -> &[Condition] {
        match reach {
            Reach::Near => &self.forms[..self.near],
            Reach::Far => &self.forms,
        }
    }
}

impl Relaxed {
    /// Returns the relaxed form of `plan`; `None` where it has nothing that may give way.
    pub(in crate::search) fn of(plan: &Plan) -> Option<Self> {
        let mut relaxed = Self {
            firm: Vec::new(),
            firm_leaves: Vec::new(),
            yielding: Vec::new(),
        };
        let mut at = 0;
        for (condition, firmness) in &plan.parts {
            let count = leaf_count(condition);
            let leaves = plan.leaves.get(at..at + count)?;
            at += count;
            if *firmness == Firmness::Yielding {
                let (mut forms, near) = forms(condition);
                // 実務 asks for work.
                let last = forms.last().filter(|_| !plan.prefers_worked);
                forms.extend(last.and_then(of_own_projects));
                let all = forms.iter().map(leaf_count).sum();
                let clause = *leaves.first()?;
                let leaves = if matches!(condition, Condition::Most(_)) {
                    // It has forms of its own, all of one clause.
                    vec![clause; all]
                } else {
                    leaves.iter().copied().cycle().take(all).collect()
                };
                relaxed.yielding.push(Yielding {
                    forms,
                    near,
                    leaves,
                    clause: plan.clauses.get(clause)?.clone(),
                });
            } else {
                relaxed.firm.push(condition.clone());
                relaxed.firm_leaves.extend_from_slice(leaves);
            }
        }
        let yielding = &relaxed.yielding;
        let may_yield = yielding.len() > 1 || yielding.iter().any(|part| part.forms.len() > 1);
        may_yield.then_some(relaxed)
    }

    /// The condition whose answer tells how many of the parts are met by one candidate at most.
    pub(in crate::search) fn probe(&self) -> Condition {
        self.condition(1, Reach::Far)
    }

    /// The condition that as many of the parts are met as `most` says can be, where they can be by
    /// near forms by those alone, and the clause of each of its leaves; `None` where none is met.
    pub(in crate::search) fn best(&self, most: &MostMet) -> Option<(Condition, Vec<usize>)> {
        let reach = if most.best_near == most.best {
            Reach::Near
        } else {
            Reach::Far
        };
        let yielding = self.yielding.iter().flat_map(|part| {
            let count = part.forms(reach).iter().map(leaf_count).sum();
            part.leaves.iter().take(count)
        });
        let leaves = self.firm_leaves.iter().chain(yielding).copied().collect();
        (most.best > 0).then(|| (self.condition(most.best, reach), leaves))
    }

    fn condition(&self, least: usize, reach: Reach) -> Condition {
        let parts = self.yielding.iter();
        let most = Condition::Most(MostCondition {
            of: parts
                .clone()
                .map(|part| part.forms(reach).to_vec())
                .collect(),
            near: parts.map(|part| part.near).collect(),
            least,
        });
        Condition::All(self.firm.iter().cloned().chain([most]).collect())
    }

    /// The clauses that not all of the `total` candidates meet.
    pub(in crate::search) fn given_up(&self, most: &MostMet, total: u64) -> Vec<RelaxedClause> {
        let parts = self.yielding.iter().zip(&most.strictly);
        parts
            .filter(|(_, met_by)| **met_by < total)
            .map(|(part, met_by)| RelaxedClause {
                clause: part.clause.clone(),
                met_by: *met_by,
            })
            .collect()
    }
}

/// The condition in ever looser forms, itself first, and how many of them are near: with two thirds of
/// the months, then without the period, then the tenure, then with an employer whose name only begins
/// so, then with one of several words that were written as one. Without any months it is far: a few
/// of them are not nearly five years. The technology stays.
fn forms(condition: &Condition) -> (Vec<Condition>, usize) {
    // The last form of its own holds those before it.
    if let Condition::Most(MostCondition { of, .. }) = condition
        && let [own] = of.as_slice()
        && let Some((last, stricter)) = own.split_last()
    {
        let (forms, near) = forms(last);
        return ([stricter, &forms].concat(), stricter.len() + near);
    }
    let mut near = looser_forms(condition, |months| {
        Some(months.saturating_mul(2).div_ceil(3))
    });
    let far = looser_forms(condition, |_| None);
    let count = near.len();
    near.extend(
        far.into_iter()
            .filter(|form| !near.contains(form))
            .collect::<Vec<_>>(),
    );
    (near, count)
}

/// The condition in ever looser forms, itself first, with `fewer` months instead of those asked for.
fn looser_forms(condition: &Condition, fewer: fn(u32) -> Option<u32>) -> Vec<Condition> {
    let steps: [&dyn Fn(&mut StintCondition); 4] = [
        &|stint| {
            if let Some(technology) = &mut stint.technology {
                technology.min_months = technology.min_months.and_then(fewer);
            }
        },
        &|stint| {
            // A window alone is all that is asked for.
            if stint.technology.is_some() || stint.employer.is_some() || !stint.text.is_empty() {
                stint.period = None;
            }
        },
        &|stint| {
            if let Some(employer) = &mut stint.employer {
                employer.tenure = Tenure::Any;
            }
        },
        // リクルート, of which nobody was, for リクルートテクノロジーズ.
        &|stint| {
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

/// A technology that nobody claims, by own projects; `None` where the condition asks for none by name
/// alone.
fn of_own_projects(condition: &Condition) -> Option<Condition> {
    match condition {
        Condition::Words(words) => {
            let technology = TechnologyCondition {
                any_of: vec![words.technology.clone()?],
                include_parts: true,
                min_months: None,
                last_used_since: None,
                min_grade: Grade::Personal,
            };
            Some(Condition::Stint(StintCondition {
                technology: Some(technology),
                ..StintCondition::default()
            }))
        }
        // Each leaf keeps its place.
        Condition::Any(any) => {
            let (first, others) = any.split_first()?;
            let first = of_own_projects(first)?;
            Some(Condition::Any([&[first], others].concat()))
        }
        _ => None,
    }
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

fn loosen(condition: &mut Condition, step: &dyn Fn(&mut StintCondition)) {
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
