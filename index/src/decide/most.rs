//! Conditions of which as many as possible are to be met.

use super::{Candidate, Decider, Depth, LeafMatch, forget};
use crate::error::IndexError;
use crate::plan::Node;
use crate::ranking::{self, PartKind};

impl Decider<'_> {
    /// Decides each of the conditions, the strictest form first.
    pub(super) fn most_of(
        &mut self,
        of: &[Vec<Node>],
        near: &[usize],
        least: usize,
        candidate: Candidate<'_>,
        matches: &mut [Option<LeafMatch>],
    ) -> Result<bool, IndexError> {
        let mut met = Vec::with_capacity(of.len());
        for forms in of {
            let mut met_form = None;
            for (form, node) in forms.iter().enumerate() {
                if self.node(node, candidate, matches)? {
                    let leaf = first_met(node, matches).and_then(|leaf| matches[leaf].as_mut());
                    if let Some(leaf) = leaf {
                        let added = if least == of.len() {
                            ranking::strictness(form, forms.len())
                        } else {
                            ranking::one_of_most(form)
                        };
                        leaf.parts.add(PartKind::Met, added);
                    }
                    met_form = Some(form);
                    break;
                }
            }
            met.push(met_form);
        }
        // Each candidate is counted once, when it is looked at first.
        let is_met = match candidate.depth {
            Depth::Met => self.most.add(&met, near, least),
            Depth::Scored | Depth::Proven(_) => met.iter().flatten().count() >= least,
        };
        if !is_met {
            of.iter().for_each(|forms| forget(forms, matches));
        }
        Ok(is_met)
    }
}

/// The first leaf below `node` that is met.
fn first_met(node: &Node, matches: &[Option<LeafMatch>]) -> Option<usize> {
    match node {
        Node::Leaf(number) | Node::Weak(number) => {
            Some(*number).filter(|&number| matches[number].is_some())
        }
        Node::All(children) | Node::Any(children) => {
            let mut met = children
                .iter()
                .filter_map(|child| first_met(child, matches));
            met.next()
        }
        Node::Most { of, .. } => {
            let mut met = of
                .iter()
                .flatten()
                .filter_map(|form| first_met(form, matches));
            met.next()
        }
        Node::Not(_) | Node::Never => None,
    }
}
