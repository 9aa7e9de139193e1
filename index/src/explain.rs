//! Explains a query for one candidate: every leaf is decided, whether it matters or not.

use std::time::Duration;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet as _, TERMINATED, Term};

use crate::cancel::Cancel;
use crate::decide::{Candidate, Decider, Depth, LeafMatch};
use crate::error::IndexError;
use crate::explanation::{Explanation, Failure, FailureReason, LeafExplanation, ScorePart};
use crate::failure::failure_of;
use crate::hit::EvidenceSpan;
use crate::joining;
use crate::plan::{Node, Plan, Planner};
use crate::query::Query;
use crate::ranking;
use crate::rarity::Rarities;
use crate::reader::{Clock, Search, candidate, clause_match};

impl Search<'_> {
    /// Explains the condition of `query` for the candidate `key`; `None` when there is no such
    /// candidate.
    pub(crate) fn explain(
        &self,
        query: &Query,
        key: &str,
        budget: Duration,
        cancel: &Cancel,
    ) -> Result<Option<Explanation>, IndexError> {
        let clock = Clock::new(budget, cancel.clone());
        clock.check()?;
        let Some(address) = self.address_of(key)? else {
            return Ok(None);
        };
        let planner = Planner {
            fields: self.fields,
            analyzer: self.analyzer,
            is_blind: query.is_blind,
        };
        let plan = planner.plan(query.condition.as_ref());
        let rarities = Rarities::of(&plan, self.fields, self.searcher)?;
        let ranking = self.ranking(query.prefers_worked);
        let mut decider = self.decider(&plan, &rarities, ranking, address.segment_ord)?;
        let places = self.places(address)?;
        let columns = &self.columns[address.segment_ord as usize];
        let timeline = columns.timeline(address.doc_id)?;
        let candidate = candidate(address.doc_id, &timeline, Depth::Proven(&places));
        clock.check()?;
        explain(&plan, &mut decider, candidate).map(Some)
    }

    fn address_of(&self, key: &str) -> Result<Option<DocAddress>, IndexError> {
        let term = Term::from_field_text(self.fields.key, key);
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let inverted = segment.inverted_index(self.fields.key)?;
            let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)?
            else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) {
                    return Ok(Some(DocAddress::new(ordinal, doc)));
                }
                doc = postings.advance();
            }
        }
        Ok(None)
    }
}

fn explain(
    plan: &Plan,
    decider: &mut Decider<'_>,
    candidate: Candidate<'_>,
) -> Result<Explanation, IndexError> {
    let timeline = candidate.timeline;
    let is_met = decider.decide(candidate)?;
    let decided = is_met.then(|| decider.take_matches());
    let mut matches = Vec::with_capacity(plan.leaves.len());
    let mut failures = Vec::with_capacity(plan.leaves.len());
    for number in 0..plan.leaves.len() {
        let found = decider.leaf(number, candidate)?;
        let failure = if found.is_none() {
            let stints = decider.found_stints(number, candidate)?;
            Some(failure_of(&plan.leaves[number], timeline, &stints)?)
        } else {
            None
        };
        matches.push(found);
        failures.push(failure);
    }
    let tree = Tree {
        matches: &matches,
        failures: &failures,
    };
    let failure = (!is_met).then(|| tree.why_unmet(&plan.root));
    let counted = decided.unwrap_or_else(|| tree.counted(&plan.root));
    let conditions = joining::conditions_in_one_stint(&plan.root, &counted);
    let leaves = matches.into_iter().zip(failures).zip(&counted).enumerate();
    let leaves = leaves.map(|(number, ((found, failure), counted))| {
        Ok(LeafExplanation {
            is_met: found.is_some(),
            parts: counted.as_ref().map(score_parts).unwrap_or_default(),
            last_used: found.as_ref().and_then(|found| found.last_used),
            found: found
                .and_then(|found| clause_match(number, found, timeline))
                .transpose()?,
            failure,
        })
    });
    Ok(Explanation {
        resume: timeline.resume()?,
        is_met,
        score: ranking::score(&plan.root, &counted),
        leaves: leaves.collect::<Result<_, IndexError>>()?,
        together: (conditions > 1).then(|| (conditions, ranking::together(conditions))),
        failure,
    })
}

fn score_parts(found: &LeafMatch) -> Vec<ScorePart> {
    let given = found.parts.given();
    given
        .map(|(kind, value)| ScorePart { kind, value })
        .collect()
}

/// A failure and the leaf it is of, if it is of one.
type Cause = (Option<usize>, Failure);

/// The leaves of a plan, all of them decided.
struct Tree<'a> {
    matches: &'a [Option<LeafMatch>],
    failures: &'a [Option<Failure>],
}

impl Tree<'_> {
    fn is_met(&self, node: &Node) -> bool {
        match node {
            Node::Leaf(number) => self.matches[*number].is_some(),
            Node::Weak(_) => true,
            Node::Never => false,
            Node::All(children) => children.iter().all(|child| self.is_met(child)),
            Node::Any(children) => children.iter().any(|child| self.is_met(child)),
            Node::Most { of, least, .. } => {
                let met = of
                    .iter()
                    .filter(|forms| forms.iter().any(|form| self.is_met(form)));
                met.count() >= *least
            }
            Node::Not(child) => !self.is_met(child),
        }
    }

    /// Why `node`, which is not met, is not: of conditions that must all be met the first that
    /// fails, of alternatives the one that comes nearest.
    fn why_unmet(&self, node: &Node) -> Cause {
        match node {
            Node::Leaf(number) => {
                let failure = self.failures[*number].clone();
                (Some(*number), failure.unwrap_or_else(not_met))
            }
            Node::All(children) => {
                let failed = children.iter().find(|child| !self.is_met(child));
                failed.map_or_else(|| (None, not_met()), |child| self.why_unmet(child))
            }
            Node::Any(children) => {
                let causes = children.iter().map(|child| self.why_unmet(child));
                causes
                    .min_by_key(|(_, failure)| failure.reason.distance())
                    .unwrap_or_else(|| (None, not_met()))
            }
            Node::Most { of, .. } => {
                let strictest = of.iter().filter_map(|forms| forms.first());
                let failed = strictest.into_iter().find(|form| !self.is_met(form));
                failed.map_or_else(|| (None, not_met()), |form| self.why_unmet(form))
            }
            Node::Not(child) => self.why_met(child),
            Node::Weak(_) | Node::Never => (None, not_met()),
        }
    }

    /// What makes `node` met, which must not be.
    fn why_met(&self, node: &Node) -> Cause {
        match node {
            Node::Leaf(number) | Node::Weak(number) => {
                let found = self.matches[*number].as_ref();
                let nearest = found.map_or_else(Vec::new, |found| found.spans.clone());
                (Some(*number), excluded(nearest))
            }
            Node::All(children) | Node::Any(children) => {
                let met = children.iter().find(|child| self.is_met(child));
                met.map_or_else(|| (None, excluded(Vec::new())), |child| self.why_met(child))
            }
            Node::Most { of, .. } => {
                let met = of.iter().flatten().find(|form| self.is_met(form));
                met.map_or_else(|| (None, excluded(Vec::new())), |form| self.why_met(form))
            }
            Node::Not(child) => self.why_unmet(child),
            Node::Never => (None, excluded(Vec::new())),
        }
    }

    /// What is met of what is asked for, of a candidate that does not meet the whole.
    fn counted(&self, root: &Node) -> Vec<Option<LeafMatch>> {
        let mut counted = Vec::new();
        counted.resize_with(self.matches.len(), || None);
        self.count(root, &mut counted);
        counted
    }

    fn count(&self, node: &Node, counted: &mut [Option<LeafMatch>]) {
        match node {
            Node::Leaf(number) => counted[*number] = self.matches[*number].clone(),
            Node::Weak(number) => {
                let found = self.matches[*number].clone();
                counted[*number] = found.map(LeafMatch::weak);
            }
            Node::All(children) | Node::Any(children) => {
                children.iter().for_each(|child| self.count(child, counted));
            }
            Node::Most { of, .. } => {
                for forms in of {
                    if let Some(form) = forms.iter().find(|form| self.is_met(form)) {
                        self.count(form, counted);
                    }
                }
            }
            Node::Not(_) | Node::Never => {}
        }
    }
}

fn not_met() -> Failure {
    Failure {
        reason: FailureReason::NotMet,
        nearest: Vec::new(),
    }
}

fn excluded(nearest: Vec<EvidenceSpan>) -> Failure {
    Failure {
        reason: FailureReason::Excluded,
        nearest,
    }
}
