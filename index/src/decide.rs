//! Decides a plan for the candidates of one segment, one after another.

mod most;

use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, SegmentReader};

use crate::error::IndexError;
use crate::evidence::{Evidence, plain_span, stint_evidence};
use crate::fields::Fields;
use crate::hit::{EvidenceSpan, MostMet};
use crate::phrase::{TermsCursor, TextCursor, TextHits, TextQuery};
use crate::places::Places;
use crate::plan::{Leaf, LiteralPlan, Node, PersonQuery, Plan, StintPlan, WordsPlan};
use crate::ranking::{self, Frequency, PartKind, Parts, Ranking, StintSet, WordsEvidence};
use crate::rarity::{Rarities, Rarity};
use crate::stints::{
    FoundStints, Scope, TechnologyMatch, employer_spans, meet, meet_employer_anywhere,
    meet_technology,
};
use crate::timeline::Timeline;

/// How a leaf is met.
#[derive(Clone, Debug, Default)]
pub(crate) struct LeafMatch {
    pub(crate) parts: Parts,
    /// The stints that meet it; empty unless the plan has conditions that may meet in one.
    pub(crate) stints: StintSet,
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

/// A candidate under decision.
#[derive(Clone, Copy)]
pub(crate) struct Candidate<'a> {
    pub(crate) doc: DocId,
    pub(crate) timeline: &'a Timeline<'a>,
    /// The stint that alone must meet what is asked of stints and of text: an index into the
    /// timeline's. Without one, the candidate as a whole.
    pub(crate) stint: Option<usize>,
    /// Where tokens stand; given when evidence is wanted.
    pub(crate) places: Option<&'a Places>,
}

impl Candidate<'_> {
    /// The stints that may meet a condition, in order.
    fn stints(&self) -> Vec<usize> {
        match self.stint {
            Some(stint) => vec![stint],
            None => (0..self.timeline.stints.len()).collect(),
        }
    }

    /// What is denied to a stint is denied to the job that it is a part of: the job and its projects
    /// in turn where one stint is looked at, else the candidate.
    fn denied(self) -> impl Iterator<Item = Self> {
        let is_part = move |index: &usize| {
            self.stint.is_some() && self.timeline.stints[*index].part_of == self.stint
        };
        let parts = (0..self.timeline.stints.len()).filter(is_part);
        std::iter::once(self).chain(parts.map(move |part| Self {
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
    /// What became of the conditions of which as many as possible are to be met.
    most: MostMet,
}

/// The postings that a leaf reads.
enum Cursors {
    Words {
        literal: Option<LiteralCursors>,
    },
    Stint {
        role: Option<TextCursor>,
        text: Vec<TextCursor>,
    },
    Name(Vec<TermsCursor>),
    Text(TextCursor),
    /// The timeline alone decides.
    Nothing,
}

struct LiteralCursors {
    text: TextCursor,
    roles: TextCursor,
    person: Vec<TermsCursor>,
    employer: TermsCursor,
}

impl<'a> Decider<'a> {
    pub(crate) fn open(
        plan: &'a Plan,
        rarities: &'a Rarities,
        ranking: Ranking,
        fields: &Fields,
        segment: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let cursors = plan
            .leaves
            .iter()
            .map(|leaf| Cursors::open(leaf, fields, segment));
        Ok(Self {
            plan,
            rarities,
            ranking,
            joins_stints: ranking::has_conditions_to_join(&plan.root),
            cursors: cursors.collect::<tantivy::Result<_>>()?,
            lengths: segment.get_fieldnorms_reader(fields.text.words)?,
            most: MostMet::default(),
        })
    }

    /// What became of the conditions of which as many as possible are to be met, over all candidates
    /// decided so far.
    pub(crate) fn into_most(self) -> MostMet {
        self.most
    }

    /// Returns how each leaf is met that makes the candidate meet the plan, by number; `None` when
    /// it does not.
    pub(crate) fn decide(
        &mut self,
        candidate: Candidate<'_>,
    ) -> Result<Option<Vec<Option<LeafMatch>>>, IndexError> {
        let plan = self.plan;
        let mut matches = Vec::new();
        matches.resize_with(plan.leaves.len(), || None);
        let is_met = self.node(&plan.root, candidate, &mut matches)?;
        Ok(is_met.then_some(matches))
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
            Node::Most { of, least } => self.most_of(of, *least, candidate, matches),
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
            (Leaf::Stint(stint), Cursors::Stint { role, text }) => {
                Ok(StintHits::find(stint, role.as_mut(), text, candidate)?.stints)
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
            (Leaf::Words(words), Cursors::Words { literal }) => {
                decide_words(words, literal.as_mut(), candidate, scoring)
            }
            (Leaf::Stint(stint), Cursors::Stint { role, text }) => {
                decide_stint(stint, role.as_mut(), text, candidate, scoring)
            }
            (Leaf::Name(_), Cursors::Name(parts)) => {
                let is_met = has_name(parts, candidate.doc);
                let span = candidate.timeline.name_span.clone();
                Ok(span.filter(|_| is_met).map(plain_match))
            }
            (Leaf::Certification(query), Cursors::Text(cursor)) => {
                let blocks = cursor.find(candidate.doc).blocks(query);
                let certifications = &candidate.timeline.certifications;
                let held = blocks.iter().filter_map(|&block| certifications.get(block));
                Ok(plain_matches(held.map(|held| &held.span)))
            }
            (Leaf::Score(query, least), Cursors::Text(cursor)) => {
                let blocks = cursor.find(candidate.doc).blocks(query);
                let certifications = &candidate.timeline.certifications;
                let held = blocks.iter().filter_map(|&block| certifications.get(block));
                let good = held.filter(|held| held.score >= Some(*least));
                Ok(plain_matches(good.map(|held| &held.span)))
            }
            (Leaf::Level(level), Cursors::Nothing) => {
                let schools = candidate.timeline.education.iter();
                let schools = schools.filter(|school| school.levels & level.bit() != 0);
                Ok(plain_matches(schools.map(|school| &school.span)))
            }
            (Leaf::School(query), Cursors::Text(cursor)) => {
                let hits = cursor.find(candidate.doc);
                let mut named = Vec::new();
                for school in &candidate.timeline.education {
                    if !hits.is_empty() && !hits.within(&school.text.read()?, query).is_empty() {
                        named.push(&school.span);
                    }
                }
                Ok(plain_matches(named.into_iter()))
            }
            (Leaf::Location(_), Cursors::Text(cursor)) => {
                let is_met = !cursor.find(candidate.doc).is_empty();
                let span = candidate.timeline.location_span.clone();
                Ok(span.filter(|_| is_met).map(plain_match))
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

impl Cursors {
    fn open(leaf: &Leaf, fields: &Fields, segment: &SegmentReader) -> tantivy::Result<Self> {
        let open_text = |query: &Option<TextQuery>| {
            query
                .as_ref()
                .map(|query| TextCursor::open(query, segment))
                .transpose()
        };
        Ok(match leaf {
            Leaf::Words(words) => Self::Words {
                literal: words
                    .literal
                    .as_ref()
                    .map(|literal| LiteralCursors::open(literal, fields, segment))
                    .transpose()?,
            },
            Leaf::Stint(stint) => Self::Stint {
                role: open_text(&stint.role)?,
                text: stint
                    .text
                    .iter()
                    .map(|text| TextCursor::open(text, segment))
                    .collect::<tantivy::Result<_>>()?,
            },
            Leaf::Name(person) => Self::Name(open_person(person, fields, segment)?),
            Leaf::Level(_) => Self::Nothing,
            Leaf::Certification(text)
            | Leaf::Score(text, _)
            | Leaf::School(text)
            | Leaf::Location(text) => Self::Text(TextCursor::open(text, segment)?),
        })
    }
}

impl LiteralCursors {
    fn open(
        literal: &LiteralPlan,
        fields: &Fields,
        segment: &SegmentReader,
    ) -> tantivy::Result<Self> {
        Ok(Self {
            text: TextCursor::open(&literal.text, segment)?,
            roles: TextCursor::open(&literal.roles, segment)?,
            person: open_person(&literal.person, fields, segment)?,
            employer: TermsCursor::open(fields.employers, &literal.employer.terms(), segment)?,
        })
    }
}

fn open_person(
    person: &PersonQuery,
    fields: &Fields,
    segment: &SegmentReader,
) -> tantivy::Result<Vec<TermsCursor>> {
    let parts = person.iter();
    parts
        .map(|forms| TermsCursor::open(fields.names, forms, segment))
        .collect()
}

fn has_name(parts: &mut [TermsCursor], doc: DocId) -> bool {
    !parts.is_empty() && parts.iter_mut().all(|part| part.has(doc))
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

fn stints_of(found: &TechnologyMatch) -> impl Iterator<Item = usize> {
    found.mentions.iter().filter_map(|mention| mention.stint)
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

fn decide_words(
    plan: &WordsPlan,
    cursors: Option<&mut LiteralCursors>,
    candidate: Candidate<'_>,
    scoring: Scoring,
) -> Result<Option<LeafMatch>, IndexError> {
    let timeline = candidate.timeline;
    let mut found = LeafMatch::default();
    let mut scored = WordsEvidence::default();
    let mut frequency = 0.0;
    let mut mentions = 0;
    let mut evidence = Evidence::default();
    let mut is_met = false;
    if let Some(part) = &plan.technology {
        let scope = Scope {
            stints: &candidate.stints(),
            is_alone: candidate.stint.is_none(),
            window: None,
            counts_stated: candidate.stint.is_none(),
        };
        if let Some((technology, best)) = meet_technology(part, timeline, &scope)? {
            is_met = true;
            scored.technology = Some(scoring.ranking.technology(&technology));
            frequency += scoring.technology(&technology);
            mentions = technology.mentions.len();
            found.stints = stints_of(&technology).collect();
            found.stint = best;
            found.take_months(&technology);
            evidence.add_mentions(&technology.mentions);
        }
    }
    if let (Some(literal), Some(cursors)) = (&plan.literal, cursors) {
        let mut hits = meant(cursors.text.find(candidate.doc), &literal.text, timeline)?;
        if let Some(stint) = candidate.stint
            && !hits.is_empty()
        {
            hits = hits.within(&timeline.stints[stint].details()?.text, &literal.text);
        }
        if !hits.is_empty() {
            is_met = true;
            let roles = cursors.roles.find(candidate.doc);
            // What is no more than the mentions is no prose beside them.
            let in_text = hits.count().saturating_sub(mentions);
            scored.is_in_text = in_text > 0;
            scored.is_in_role = match candidate.stint {
                Some(stint) => roles.blocks(&literal.roles).contains(&stint),
                None => !roles.is_empty(),
            };
            found.stint = found.stint.or(candidate.stint);
            let mut occurrences = Frequency::default();
            occurrences.add_text(in_text);
            occurrences.add_roles(roles.count());
            frequency += scoring.text(occurrences);
            if scoring.joins_stints {
                found
                    .stints
                    .extend(stints_with(&hits, &literal.text, timeline)?);
            }
            evidence.add_text(&hits, &literal.text, candidate.places);
        }
        if let Some(span) = &timeline.name_span
            && has_name(&mut cursors.person, candidate.doc)
        {
            is_met = true;
            scored.is_name = true;
            evidence.add_plain(span.clone());
        }
        if cursors.employer.has(candidate.doc) {
            let stints = candidate.stints();
            let employers = meet_employer_anywhere(&literal.employer, timeline, &stints)?;
            if !employers.is_empty() {
                is_met = true;
                scored.is_employer = true;
            }
            if candidate.places.is_some() {
                employer_spans(&employers, timeline)?
                    .into_iter()
                    .for_each(|span| evidence.add_plain(span));
            }
            found.stints.extend(employers);
        }
    }
    if !is_met {
        return Ok(None);
    }
    found.parts = ranking::words(scored);
    found.parts.add(PartKind::Frequency, frequency);
    found.equal_spans = evidence.equal_spans();
    found.spans = evidence.into_spans();
    Ok(Some(found))
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

fn decide_stint(
    plan: &StintPlan,
    role: Option<&mut TextCursor>,
    text: &mut [TextCursor],
    candidate: Candidate<'_>,
    scoring: Scoring,
) -> Result<Option<LeafMatch>, IndexError> {
    let timeline = candidate.timeline;
    let found = StintHits::find(plan, role, text, candidate)?;
    let Some(met) = meet(plan, timeline, &found.stints, candidate.stint)? else {
        return Ok(None);
    };
    let mut leaf = LeafMatch {
        stint: met.best,
        ..LeafMatch::default()
    };
    if let Some(technology) = &met.technology {
        leaf.take_months(technology);
        leaf.parts = scoring.ranking.technology(technology);
        let frequency = scoring.technology(technology);
        leaf.parts.add(PartKind::Frequency, frequency);
        leaf.stints = stints_of(technology).collect();
    } else {
        leaf.parts = scoring.ranking.stint(last_month(timeline, met.best));
        leaf.stints = met.stints.iter().copied().collect();
    }
    let texts = found.texts.iter().map(|hits| {
        let mut occurrences = Frequency::default();
        occurrences.add_text(hits.count());
        scoring.text(occurrences)
    });
    leaf.parts
        .add(PartKind::Frequency, texts.fold(0.0, f32::max));
    if let Some(places) = candidate.places {
        let roles = roles_at(plan, met.best, timeline, &found.roles)?;
        leaf.spans = stint_evidence(plan, &met, timeline, &found.texts, &roles, places)?;
    }
    Ok(Some(leaf))
}

/// What the postings find of a stint's role and text.
#[derive(Debug, Default)]
struct StintHits {
    /// The stints that meet them.
    stints: FoundStints,
    roles: TextHits,
    /// Of each text.
    texts: Vec<TextHits>,
}

impl StintHits {
    fn find(
        plan: &StintPlan,
        role: Option<&mut TextCursor>,
        text: &mut [TextCursor],
        candidate: Candidate<'_>,
    ) -> Result<Self, IndexError> {
        let timeline = candidate.timeline;
        let mut found = Self::default();
        if let (Some(cursor), Some(query)) = (role, &plan.role) {
            found.roles = cursor.find(candidate.doc);
            found.stints.role = Some(found.roles.blocks(query));
        }
        for (cursor, query) in text.iter_mut().zip(&plan.text) {
            let hits = meant(cursor.find(candidate.doc), query, timeline)?;
            let mut stints = stints_with(&hits, query, timeline)?;
            if let Some(so_far) = &found.stints.text {
                stints.retain(|stint| so_far.binary_search(stint).is_ok());
            }
            found.stints.text = Some(stints);
            found.texts.push(hits);
        }
        Ok(found)
    }
}

/// Those of `hits` that are not about what is denied, nor a place or other name in another's name.
fn meant(
    hits: TextHits,
    query: &TextQuery,
    timeline: &Timeline<'_>,
) -> Result<TextHits, IndexError> {
    if hits.is_empty() {
        return Ok(hits);
    }
    let mut hits = hits.without(&timeline.denied.read()?, query);
    if query.outside_certificates && !hits.is_empty() {
        hits = hits.without(&timeline.certified.read()?, query);
    }
    if !query.is_place || hits.is_empty() {
        return Ok(hits);
    }
    Ok(hits.without(&timeline.named.read()?, query))
}

/// Where the roles of stint `best` stand that `hits` are in.
fn roles_at(
    plan: &StintPlan,
    best: Option<usize>,
    timeline: &Timeline<'_>,
    hits: &TextHits,
) -> Result<Vec<Range<usize>>, IndexError> {
    let (Some(query), Some(best)) = (&plan.role, best) else {
        return Ok(Vec::new());
    };
    let Some(stint) = timeline.stints.get(best) else {
        return Ok(Vec::new());
    };
    Ok(stint
        .details()?
        .role_spans(&hits.offsets_in_block(query, best))?)
}

fn last_month(timeline: &Timeline<'_>, stint: Option<usize>) -> Option<i32> {
    Some(timeline.stints.get(stint?)?.months?.last)
}

/// The stints whose text holds one of `hits`, in order.
fn stints_with(
    hits: &TextHits,
    query: &TextQuery,
    timeline: &Timeline<'_>,
) -> Result<Vec<usize>, IndexError> {
    let mut stints = Vec::new();
    if hits.is_empty() {
        return Ok(stints);
    }
    for (index, stint) in timeline.stints.iter().enumerate() {
        if !hits.within(&stint.details()?.text, query).is_empty() {
            stints.push(index);
        }
    }
    Ok(stints)
}
