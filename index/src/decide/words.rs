//! Free words: a technology, text, a person's or an employer's name.

use super::glance::{Glance, glance};
use super::{Candidate, Depth, LeafMatch, LiteralCursors, Scoring, has_name, meant};
use crate::error::IndexError;
use crate::evidence::Evidence;
use crate::experience::ExperienceCursor;
use crate::phrase::{TextCursor, TextQuery};
use crate::plan::{LiteralPlan, TechnologyPlan, WordsPlan};
use crate::ranking::{self, Frequency, PartKind, WordsEvidence};
use crate::stints::{Scope, employer_spans, meet_employer, meet_technology, mentions_in};
use crate::timeline::Timeline;

pub(super) fn decide(
    plan: &WordsPlan,
    experience: Option<&mut ExperienceCursor>,
    cursors: Option<&mut LiteralCursors>,
    candidate: Candidate<'_>,
    scoring: Scoring,
) -> Result<Option<LeafMatch>, IndexError> {
    let mut words = Words {
        candidate,
        scoring,
        found: LeafMatch::default(),
        scored: WordsEvidence::default(),
        frequency: 0.0,
        mentions: 0,
        evidence: Evidence::default(),
        is_met: false,
    };
    if let Some(part) = &plan.technology {
        words.ask_technology(part, experience)?;
    }
    if let (Some(literal), Some(cursors)) = (&plan.literal, cursors) {
        words.ask_text(literal, cursors)?;
        words.ask_name(cursors)?;
        words.ask_employer(literal, cursors)?;
    }
    Ok(words.is_met.then(|| words.into_match()))
}

/// What is found of the words so far.
struct Words<'a> {
    candidate: Candidate<'a>,
    scoring: Scoring,
    found: LeafMatch,
    scored: WordsEvidence,
    frequency: f32,
    /// How many mentions of the technology count.
    mentions: usize,
    evidence: Evidence,
    is_met: bool,
}

impl Words<'_> {
    fn ask_technology(
        &mut self,
        part: &TechnologyPlan,
        cursor: Option<&mut ExperienceCursor>,
    ) -> Result<(), IndexError> {
        let candidate = self.candidate;
        if let Some(cursor) = cursor
            && let Glance::Told(told) = glance(part, cursor, candidate, self.scoring)
        {
            if let Some(mut told) = told {
                self.is_met = true;
                self.frequency += told.parts.take(PartKind::Frequency);
                self.scored.technology = Some(told.parts);
                self.found = told;
            }
            return Ok(());
        }
        let is_alone = candidate.stint.is_none();
        let stints = candidate.stints();
        let scope = Scope {
            stints: &stints,
            is_alone,
            window: None,
            counts_stated: is_alone,
        };
        let Some(technology) = meet_technology(part, candidate.timeline, &scope)? else {
            return Ok(());
        };
        self.is_met = true;
        self.scored.technology = Some(self.scoring.ranking.technology(&technology));
        self.frequency += self.scoring.technology(&technology);
        self.mentions = technology.mentions;
        self.found.stint = technology.best;
        self.found.take_months(&technology);
        if candidate.places().is_some() {
            let timeline = candidate.timeline;
            let mentions = mentions_in(part, timeline, &stints, is_alone, technology.best)?;
            self.evidence.add_mentions(&mentions);
        }
        self.found.stints = technology.stints;
        Ok(())
    }

    fn ask_text(
        &mut self,
        literal: &LiteralPlan,
        cursors: &mut LiteralCursors,
    ) -> Result<(), IndexError> {
        let Candidate {
            doc,
            timeline,
            stint,
            depth,
            ..
        } = self.candidate;
        let most = cursors.text.most(doc);
        if most == 0 {
            return Ok(());
        }
        if matches!(depth, Depth::Met)
            && stint.is_none()
            && (self.is_met || is_surely_meant(&literal.text, &cursors.text, timeline))
        {
            let roles = cursors.roles.most(doc);
            self.take_text(most, roles, roles > 0);
            self.found.is_at_most = true;
            self.found.may_be_any_stint = self.scoring.joins_stints;
            return Ok(());
        }
        let mut hits = meant(cursors.text.find(doc), &literal.text, timeline)?;
        if let Some(stint) = stint
            && !hits.is_empty()
        {
            hits = hits.within(&timeline.text(stint)?, &literal.text);
        }
        if hits.is_empty() {
            return Ok(());
        }
        let roles = cursors.roles.find(doc);
        let is_in_role = match stint {
            Some(stint) => roles.blocks(&literal.roles).contains(&stint),
            None => !roles.is_empty(),
        };
        // What is no more than the mentions is no prose beside them.
        let in_text = hits.count().saturating_sub(self.mentions);
        self.take_text(in_text, roles.count(), is_in_role);
        self.found.stint = self.found.stint.or(stint);
        if self.scoring.joins_stints {
            let stints = timeline.stints_with(&hits, &literal.text)?;
            self.found.stints.add(&stints);
        }
        let places = self.candidate.places();
        self.evidence.add_text(&hits, &literal.text, places);
        Ok(())
    }

    fn take_text(&mut self, in_text: usize, in_roles: usize, is_in_role: bool) {
        self.is_met = true;
        self.scored.is_in_text = in_text > 0;
        self.scored.is_in_role = is_in_role;
        let mut occurrences = Frequency::default();
        occurrences.add_text(in_text);
        occurrences.add_roles(in_roles);
        self.frequency += self.scoring.text(occurrences);
    }

    fn ask_name(&mut self, cursors: &mut LiteralCursors) -> Result<(), IndexError> {
        if has_name(&mut cursors.person, self.candidate.doc)
            && let Some(span) = self.candidate.timeline.name_span()?
        {
            self.is_met = true;
            self.scored.is_name = true;
            self.evidence.add_plain(span);
        }
        Ok(())
    }

    fn ask_employer(
        &mut self,
        literal: &LiteralPlan,
        cursors: &mut LiteralCursors,
    ) -> Result<(), IndexError> {
        if !cursors.employer.has(self.candidate.doc) {
            return Ok(());
        }
        let timeline = self.candidate.timeline;
        let stints = self.candidate.stints();
        let employers = meet_employer(&literal.employer, timeline, &stints)?;
        if employers.is_empty() {
            return Ok(());
        }
        self.is_met = true;
        self.scored.is_employer = true;
        if self.candidate.places().is_some() {
            for span in employer_spans(&employers, timeline)? {
                self.evidence.add_plain(span);
            }
        }
        self.found.stints.add(&employers);
        Ok(())
    }

    fn into_match(self) -> LeafMatch {
        let mut found = self.found;
        found.parts = ranking::words(self.scored);
        found.parts.add(PartKind::Frequency, self.frequency);
        found.equal_spans = self.evidence.equal_spans();
        found.spans = self.evidence.into_spans();
        found
    }
}

/// Whether the text stands in the candidate as a word that is nowhere denied, nor part of a name that
/// it is not meant in: postings and the timeline's head tell so without positions.
fn is_surely_meant(query: &TextQuery, cursor: &TextCursor, timeline: &Timeline<'_>) -> bool {
    if query.outside_identity || query.is_place && timeline.has_named() {
        return false;
    }
    cursor.words_had(query).any(|word| {
        let certified = timeline.certified_terms().words;
        let is_certified = query.outside_certificates && certified.may_have(word);
        !is_certified && !timeline.denied_terms().words.may_have(word)
    })
}
