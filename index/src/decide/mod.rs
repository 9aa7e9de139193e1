//! Decides a plan for the candidates of one segment, one after another.

mod cursors;
mod glance;
mod most;
mod stint;
mod words;

use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, SegmentReader};

use crate::error::IndexError;
use crate::evidence::plain_span;
use crate::fields::Fields;
use crate::hit::{EvidenceSpan, MostMet};
use crate::joining;
use crate::phrase::{TextCursor, TextHits, TextQuery};
use crate::places::Places;
use crate::plan::{Leaf, Node, Plan};
use crate::ranking::{self, Frequency, Parts, Ranking};
use crate::rarity::{Rarities, Rarity};
use crate::stint_set::StintSet;
use crate::stints::{FoundStints, TechnologyMatch};
use crate::timeline::Timeline;

use self::cursors::{Cursors, LiteralCursors, has_name};
use self::glance::{Glance, glance};

/// How a leaf is met.
#[derive(Clone, Debug, Default)]
pub(crate) struct LeafMatch {
    pub(crate) parts: Parts,
    /// The stints that meet it; empty unless the plan has conditions that may meet in one.
    pub(crate) stints: StintSet,
    /// Whether any other stint may meet it, too: it is not known.
    pub(crate) may_be_any_stint: bool,
    /// Whether `parts` and the stints are the most that there may be, and not what there is.
    pub(crate) is_at_most: bool,
    /// An index into the timeline's stints.
    pub(crate) stint: Option<usize>,
    pub(crate) months: Option<u32>,
    pub(crate) months_are_stated: bool,
    pub(crate) last_used: Option<i32>,
    /// Empty unless places were given.
    pub(crate) spans: Vec<EvidenceSpan>,
    /// How many of the first spans are worth the same.
    pub(crate) equal_spans: usize,
}

/// How much is to be told of a candidate.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Depth<'a> {
    /// Whether it meets the plan, and how much it may score at most: what positions alone tell is
    /// looked up only where it matters.
    Met,
    /// How much it scores.
    Scored,
    /// Evidence; with where tokens stand.
    Proven(&'a Places),
}

/// A candidate under decision.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'a> {
    pub(crate) doc: DocId,
    pub(crate) timeline: &'a Timeline<'a>,
    /// The stint that alone must meet what is asked of stints and of text: an index into the
    /// timeline's. Without one, the candidate as a whole.
    pub(crate) stint: Option<usize>,
    pub(crate) depth: Depth<'a>,
}

impl<'a> Candidate<'a> {
    /// Where tokens stand; given when evidence is wanted.
    fn places(&self) -> Option<&'a Places> {
        match self.depth {
            Depth::Proven(places) => Some(places),
            Depth::Met | Depth::Scored => None,
        }
    }

    /// The stints that may meet a condition.
    fn stints(&self) -> StintSet {
        match self.stint {
            Some(stint) => StintSet::one(stint),
            None => StintSet::first(self.timeline.stint_count()),
        }
    }

    /// What is denied to a stint is denied to the job that it is a part of: the job and its projects
    /// in turn where one stint is looked at, else the candidate.
    fn denied(self) -> impl Iterator<Item = Self> {
        let parts = self.stint.map(|job| {
            let stints = self.timeline.stints().enumerate();
            stints.filter(move |(_, stint)| stint.part_of == Some(job))
        });
        let parts = parts.into_iter().flatten();
        std::iter::once(self).chain(parts.map(move |(part, _)| Self {
            stint: Some(part),
            ..self
        }))
    }
}

/// Decides for one segment. Candidates are given in order of their numbers.
pub(crate) struct Decider<'a> {
    plan: &'a Plan,
    rarities: &'a Rarities,
    ranking: Ranking,
    /// Whether conditions may meet in one stint.
    joins_stints: bool,
    cursors: Vec<Cursors>,
    lengths: FieldNormReader,
    /// How the candidate decided last meets each leaf.
    matches: Vec<Option<LeafMatch>>,
    /// What became of the conditions of which as many as possible are to be met.
    most: MostMet,
}

impl<'a> Decider<'a> {
    pub(crate) fn open(
        plan: &'a Plan,
        rarities: &'a Rarities,
        ranking: Ranking,
        fields: &Fields,
        segment: &SegmentReader,
        lengths: FieldNormReader,
    ) -> tantivy::Result<Self> {
        let cursors = plan
            .leaves
            .iter()
            .map(|leaf| Cursors::open(leaf, fields, segment));
        Ok(Self {
            plan,
            rarities,
            ranking,
            joins_stints: joining::has_conditions_to_join(&plan.root),
            cursors: cursors.collect::<tantivy::Result<_>>()?,
            lengths,
            matches: vec![None; plan.leaves.len()],
            most: MostMet::default(),
        })
    }

    /// What became of the conditions of which as many as possible are to be met, over all candidates
    /// decided so far.
    pub(crate) fn into_most(self) -> MostMet {
        self.most
    }

    /// Returns whether the candidate meets the plan; then [`Self::matches`] tells how.
    pub(crate) fn decide(&mut self, candidate: Candidate<'_>) -> Result<bool, IndexError> {
        let plan = self.plan;
        let mut matches = std::mem::take(&mut self.matches);
        matches.clear();
        matches.resize_with(plan.leaves.len(), || None);
        let is_met = self.node(&plan.root, candidate, &mut matches);
        self.matches = matches;
        candidate.timeline.check()?;
        is_met
    }

    /// How each leaf is met that makes the candidate decided last meet the plan, by number.
    pub(crate) fn matches(&self) -> &[Option<LeafMatch>] {
        &self.matches
    }

    /// Whether [`Self::matches`] tells the most that there may be, and not what there is.
    pub(crate) fn is_at_most(&self) -> bool {
        let mut met = self.matches.iter().flatten();
        met.any(|leaf| leaf.is_at_most)
    }

    pub(crate) fn take_matches(&mut self) -> Vec<Option<LeafMatch>> {
        std::mem::take(&mut self.matches)
    }

    fn node(
        &mut self,
        node: &Node,
        candidate: Candidate<'_>,
        matches: &mut [Option<LeafMatch>],
    ) -> Result<bool, IndexError> {
        match node {
            Node::Leaf(number) => {
                matches[*number] = self.leaf(*number, candidate)?;
                Ok(matches[*number].is_some())
            }
            Node::Weak(number) => {
                matches[*number] = self.leaf(*number, candidate)?.map(LeafMatch::weak);
                Ok(true)
            }
            Node::Never => Ok(false),
            Node::All(children) => {
                for child in children {
                    if !self.node(child, candidate, matches)? {
                        forget(children, matches);
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Node::Any(children) => {
                let mut is_met = false;
                for child in children {
                    is_met |= self.node(child, candidate, matches)?;
                }
                Ok(is_met)
            }
            Node::Most { of, near, least } => self.most_of(of, near, *least, candidate, matches),
            Node::Not(child) => {
                let mut is_met = false;
                for denied in candidate.denied() {
                    is_met |= self.node(child, denied, matches)?;
                    forget(std::slice::from_ref(child), matches);
                }
                Ok(!is_met)
            }
        }
    }

    /// Returns the stints that the postings find to meet the role and the text of a leaf.
    pub(crate) fn found_stints(
        &mut self,
        number: usize,
        candidate: Candidate<'_>,
    ) -> Result<FoundStints, IndexError> {
        let plan = self.plan;
        match (&plan.leaves[number], &mut self.cursors[number]) {
            (Leaf::Stint(stint), Cursors::Stint { role, text, .. }) => {
                Ok(stint::StintHits::find(stint, role.as_mut(), text, candidate)?.stints)
            }
            _ => Ok(FoundStints::default()),
        }
    }

    /// Decides one leaf, wherever it stands in the tree.
    pub(crate) fn leaf(
        &mut self,
        number: usize,
        candidate: Candidate<'_>,
    ) -> Result<Option<LeafMatch>, IndexError> {
        let plan = self.plan;
        let scoring = Scoring {
            ranking: self.ranking,
            rarity: self.rarities.of_leaf(number),
            length: self.lengths.fieldnorm(candidate.doc),
            joins_stints: self.joins_stints,
        };
        match (&plan.leaves[number], &mut self.cursors[number]) {
            (
                Leaf::Words(words),
                Cursors::Words {
                    experience,
                    literal,
                },
            ) => words::decide(
                words,
                experience.as_mut(),
                literal.as_mut(),
                candidate,
                scoring,
            ),
            (
                Leaf::Stint(stint),
                Cursors::Stint {
                    experience,
                    role,
                    text,
                },
            ) => {
                if let (Some(part), Some(cursor)) = (&stint.technology, experience) {
                    if !stint.is_technology_alone() {
                        if !glance::may_be_met(stint, part, cursor, candidate) {
                            return Ok(None);
                        }
                    } else if let Glance::Told(found) = glance(part, cursor, candidate, scoring) {
                        return Ok(found);
                    }
                }
                stint::decide(stint, role.as_mut(), text, candidate, scoring)
            }
            (Leaf::Name(_), Cursors::Name(parts)) => {
                if !has_name(parts, candidate.doc) {
                    return Ok(None);
                }
                Ok(candidate.timeline.name_span()?.map(plain_match))
            }
            (Leaf::Certification(query), Cursors::Text(cursor)) => {
                certificates(cursor, query, candidate, None)
            }
            (Leaf::Score(query, least), Cursors::Text(cursor)) => {
                certificates(cursor, query, candidate, Some(*least))
            }
            (Leaf::Level(level), Cursors::Nothing) => {
                let schools = candidate.timeline.education()?;
                let schools = schools.iter();
                let schools = schools.filter(|school| school.levels & level.bit() != 0);
                Ok(plain_matches(schools.map(|school| &school.span)))
            }
            (Leaf::School(query), Cursors::Text(cursor)) => {
                let hits = cursor.find(candidate.doc);
                if hits.is_empty() {
                    return Ok(None);
                }
                let schools = candidate.timeline.education()?;
                let schools = schools.iter();
                let named = schools.filter(|school| !hits.within(&school.text, query).is_empty());
                Ok(plain_matches(named.map(|school| &school.span)))
            }
            (Leaf::Location(_), Cursors::Text(cursor)) => {
                if cursor.find(candidate.doc).is_empty() {
                    return Ok(None);
                }
                Ok(candidate.timeline.location_span()?.map(plain_match))
            }
            _ => unreachable!("cursors are opened by the kind of the leaf"),
        }
    }
}

/// Forgets how the leaves below `nodes` are met.
fn forget<'a>(
    nodes: impl IntoIterator<Item = &'a (impl AsRef<Node> + 'a)>,
    matches: &mut [Option<LeafMatch>],
) {
    for node in nodes {
        match node.as_ref() {
            Node::Leaf(number) | Node::Weak(number) => matches[*number] = None,
            Node::All(children) | Node::Any(children) => forget(children, matches),
            Node::Not(child) => forget([child], matches),
            Node::Most { of, .. } => of.iter().for_each(|forms| forget(forms, matches)),
            Node::Never => {}
        }
    }
}

impl AsRef<Node> for Node {
    fn as_ref(&self) -> &Node {
        self
    }
}

/// What the score of a leaf depends on beside what is found.
#[derive(Clone, Copy)]
struct Scoring {
    ranking: Ranking,
    rarity: Rarity,
    length: u32,
    joins_stints: bool,
}

impl Scoring {
    fn text(self, frequency: Frequency) -> f32 {
        frequency.score(self.length, self.rarity.text)
    }

    fn technology(self, found: &TechnologyMatch) -> f32 {
        let mut frequency = Frequency::default();
        frequency.add_mentions(found);
        frequency.score(self.length, self.rarity.technology)
    }
}

/// The certificates held that the postings find, of a score of `least` or more if one is given.
fn certificates(
    cursor: &mut TextCursor,
    query: &TextQuery,
    candidate: Candidate<'_>,
    least: Option<u32>,
) -> Result<Option<LeafMatch>, IndexError> {
    let blocks = cursor.find(candidate.doc).blocks(query);
    if blocks.is_empty() {
        return Ok(None);
    }
    let certifications = candidate.timeline.certifications()?;
    let held = blocks.iter().filter_map(|&block| certifications.get(block));
    let held = held.filter(|held| least.is_none() || held.score >= least);
    Ok(plain_matches(held.map(|held| &held.span)))
}

fn plain_match(span: Range<usize>) -> LeafMatch {
    LeafMatch {
        parts: ranking::met(),
        spans: vec![plain_span(span)],
        ..LeafMatch::default()
    }
}

/// Several places that prove a condition, the first of them best.
fn plain_matches<'s>(mut spans: impl Iterator<Item = &'s Range<usize>>) -> Option<LeafMatch> {
    let mut found = plain_match(spans.next()?.clone());
    let more = spans.map(|span| plain_span(span.clone()));
    found.spans.extend(more.take(crate::MAX_SPANS - 1));
    Some(found)
}

impl LeafMatch {
    /// What is left of it where it excludes nobody: a little of the score.
    pub(crate) fn weak(mut self) -> Self {
        self.parts = self.parts.weak();
        self
    }

    /// The spans that are worth as much as the first.
    pub(crate) fn best_spans(&self) -> &[EvidenceSpan] {
        let count = self.equal_spans.max(1).min(self.spans.len());
        &self.spans[..count]
    }

    fn take_months(&mut self, technology: &TechnologyMatch) {
        self.months = Some(technology.months);
        self.months_are_stated = technology.months_are_stated;
        self.last_used = technology.last_used;
    }
}

/// Those of `hits` that are not about what is denied, nor a place or other name in another's name.
fn meant(
    mut hits: TextHits,
    query: &TextQuery,
    timeline: &Timeline<'_>,
) -> Result<TextHits, IndexError> {
    if hits.is_empty() {
        return Ok(hits);
    }
    if query.may_lie_in(timeline.denied_terms()) {
        hits = hits.without(&timeline.denied()?, query);
    }
    if query.outside_certificates && query.may_lie_in(timeline.certified_terms()) {
        hits = hits.without(&timeline.certified()?, query);
    }
    if query.outside_identity {
        hits = hits.without(&timeline.identity()?, query);
    }
    if query.is_place && timeline.has_named() {
        hits = hits.without(&timeline.named()?, query);
    }
    Ok(hits)
}
