//! Conditions that one stint must meet.

use std::ops::Range;

use super::{Candidate, LeafMatch, Scoring, meant};
use crate::error::IndexError;
use crate::evidence::{Shown, stint_evidence};
use crate::phrase::{TextCursor, TextHits};
use crate::plan::StintPlan;
use crate::ranking::{Frequency, PartKind};
use crate::stints::{FoundStints, counting_mentions, meet};
use crate::timeline::Timeline;

pub(super) fn decide(
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
        leaf.stints = technology.stints.clone();
    } else {
        leaf.parts = scoring.ranking.stint(last_month(timeline, met.best));
        leaf.stints = met.stints.clone();
    }
    let texts = found.texts.iter().map(|hits| {
        let mut occurrences = Frequency::default();
        occurrences.add_text(hits.count());
        scoring.text(occurrences)
    });
    leaf.parts
        .add(PartKind::Frequency, texts.fold(0.0, f32::max));
    if let Some(places) = candidate.places() {
        let shown = Shown {
            mentions: counting_mentions(plan, &met, timeline, candidate.stint)?,
            texts: &found.texts,
            roles: roles_at(plan, met.best, timeline, &found.roles)?,
        };
        leaf.spans = stint_evidence(plan, met.best, timeline, &shown, places)?;
    }
    Ok(Some(leaf))
}

/// What the postings find of a stint's role and text.
#[derive(Debug, Default)]
pub(super) struct StintHits {
    /// The stints that meet them.
    pub(super) stints: FoundStints,
    roles: TextHits,
    /// Of each text.
    texts: Vec<TextHits>,
}

impl StintHits {
    pub(super) fn find(
        plan: &StintPlan,
        role: Option<&mut TextCursor>,
        text: &mut [TextCursor],
        candidate: Candidate<'_>,
    ) -> Result<Self, IndexError> {
        let timeline = candidate.timeline;
        let mut found = Self::default();
        if let (Some(cursor), Some(query)) = (role, &plan.role) {
            found.roles = cursor.find(candidate.doc);
            found.stints.role = Some(found.roles.blocks(query).into_iter().collect());
        }
        for (cursor, query) in text.iter_mut().zip(&plan.text) {
            let hits = meant(cursor.find(candidate.doc), query, timeline)?;
            let mut stints = timeline.stints_with(&hits, query)?;
            if let Some(so_far) = &found.stints.text {
                stints.keep(so_far);
            }
            found.stints.text = Some(stints);
            found.texts.push(hits);
        }
        Ok(found)
    }
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
    let stint = timeline.details(best)?;
    Ok(stint.role_spans(&hits.offsets_in_block(query, best))?)
}

fn last_month(timeline: &Timeline<'_>, stint: Option<usize>) -> Option<i32> {
    Some(timeline.stint(stint?).months?.last)
}
