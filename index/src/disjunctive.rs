//! Conditions without those of one facet: what a choice among its values leaves to choose.
//!
//! Disjunctive facets count, for each kind, the candidates that meet everything but the conditions of
//! that kind at the top of the tree, so that other values than the chosen ones keep their counts.

use crate::facets::FacetKind;
use crate::query::{Condition, StintCondition};

/// Returns what is left of `condition` without the parts of `kind` that every hit must meet; `None`
/// when it has none. Nothing left is `Some(None)`.
///
/// Parts of alternatives go only where all of them are of the kind; negations and free words stay.
pub(crate) fn without(condition: &Condition, kind: FacetKind) -> Option<Option<Condition>> {
    match condition {
        Condition::All(children) => {
            let mut is_changed = false;
            let mut left = Vec::with_capacity(children.len());
            for child in children {
                match without(child, kind) {
                    None => left.push(child.clone()),
                    Some(rest) => {
                        is_changed = true;
                        left.extend(rest);
                    }
                }
            }
            is_changed.then(|| (!left.is_empty()).then_some(Condition::All(left)))
        }
        Condition::Any(children) => {
            let goes = |child: &Condition| matches!(without(child, kind), Some(None));
            (!children.is_empty() && children.iter().all(goes)).then_some(None)
        }
        Condition::Stint(stint) => stint_without(stint, kind),
        Condition::Certification(_) | Condition::Score(_) => {
            (kind == FacetKind::Certification).then_some(None)
        }
        Condition::Location(_) => (kind == FacetKind::Location).then_some(None),
        Condition::Words(_)
        | Condition::Prefix(_)
        | Condition::Name(_)
        | Condition::Education(_)
        | Condition::Most(_)
        | Condition::Not(_) => None,
    }
}

fn stint_without(stint: &StintCondition, kind: FacetKind) -> Option<Option<Condition>> {
    let mut left = stint.clone();
    match kind {
        FacetKind::Technology => {
            left.technology = None;
            left.also.clear();
            left.without.clear();
        }
        FacetKind::Employer => left.employer = None,
        FacetKind::Year => left.period = None,
        FacetKind::Role => left.role = None,
        FacetKind::Certification | FacetKind::Location => {}
    }
    let is_empty = left == StintCondition::default();
    (left != *stint).then(|| (!is_empty).then_some(Condition::Stint(left)))
}
