//! A [`Query`] to ranked hits with their evidence.
//!
//! Postings give the candidates that may meet the query; each is decided exactly against its
//! timeline and the positions of its words; the page's hits are decided once more with evidence.

mod scan;
mod shares;
mod standing;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tantivy::schema::Value as _;
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument};

use crate::analysis::Analyzer;
use crate::cancel::{Cancel, Helpers};
use crate::columns::SegmentColumns;
use crate::decide::{Candidate, Decider, Depth, LeafMatch};
use crate::disjunctive::without;
use crate::error::IndexError;
use crate::evidence::bring_together;
use crate::facets::{FacetCounter, FacetKind};
use crate::fields::Fields;
use crate::hit::{Answer, ClauseMatch, Facets, Hit};
use crate::order::{Pager, Place, is_value_of};
use crate::places::Places;
use crate::plan::{Plan, Planner};
use crate::query::{Condition, Cursor, FacetCounting, Order, Page, Query, SortValue};
use crate::ranking::{self, Ranking};
use crate::rarity::Rarities;
use crate::timeline::Timeline;
use crate::varint::Damaged;

/// Candidates between two looks at the clock.
pub(crate) const CLOCK_INTERVAL: u32 = 64;

/// Answers queries over one state of the index.
pub(crate) struct Search<'a> {
    pub(crate) searcher: &'a Searcher,
    /// Of each segment.
    pub(crate) columns: &'a [Arc<SegmentColumns>],
    pub(crate) fields: &'a Fields,
    pub(crate) analyzer: &'a Analyzer,
    pub(crate) generation: u64,
}

impl Search<'_> {
    pub(crate) fn answer(
        &self,
        query: &Query,
        budget: Duration,
        cancel: &Cancel,
        helpers: &Helpers<'_>,
    ) -> Result<Answer, IndexError> {
        let clock = Clock::new(budget, cancel.clone());
        clock.check()?;
        self.check_cursors(query.order, &query.page)?;
        let planner = Planner {
            fields: self.fields,
            analyzer: self.analyzer,
            is_blind: query.is_blind,
        };
        let plan = planner.plan(query.condition.as_ref());
        let rarities = Rarities::of(&plan, self.fields, self.searcher)?;
        let run = Run {
            search: self,
            query,
            plan: &plan,
            rarities: &rarities,
            ranking: self.ranking(query.prefers_worked),
            clock,
            helpers,
        };
        run.answer(&planner)
    }

    /// Returns what the scores of a query depend on beside the candidates.
    pub(crate) fn ranking(&self, prefers_worked: bool) -> Ranking {
        let newest = self.columns.iter().filter_map(|segment| segment.newest);
        Ranking {
            newest: newest.max().and_then(ranking::newest_month),
            prefers_worked,
        }
    }

    /// Decides for the segment `ordinal`.
    pub(crate) fn decider<'b>(
        &self,
        plan: &'b Plan,
        rarities: &'b Rarities,
        ranking: Ranking,
        ordinal: u32,
    ) -> tantivy::Result<Decider<'b>> {
        let segment = self.searcher.segment_reader(ordinal);
        let lengths = self.columns[ordinal as usize].lengths.clone();
        Decider::open(plan, rarities, ranking, self.fields, segment, lengths)
    }

    /// Returns where the tokens of a candidate's text stand.
    pub(crate) fn places(&self, address: DocAddress) -> Result<Places, IndexError> {
        let stored: TantivyDocument = self.searcher.doc(address)?;
        let places = stored.get_first(self.fields.places);
        let bytes = places.and_then(|value| value.as_bytes()).ok_or(Damaged)?;
        Ok(Places::read(bytes)?)
    }

    pub(crate) fn check_cursors(&self, order: Order, page: &Page) -> Result<(), IndexError> {
        let cursors = page.after.iter().chain(&page.before);
        for cursor in cursors {
            if cursor.generation != self.generation || !is_value_of(order, &cursor.value) {
                return Err(IndexError::CursorExpired);
            }
        }
        Ok(())
    }
}

/// Says when a search has taken too long, or is to stop.
pub(crate) struct Clock {
    start: Instant,
    budget: Duration,
    cancel: Cancel,
}

impl Clock {
    pub(crate) fn new(budget: Duration, cancel: Cancel) -> Self {
        Self {
            start: Instant::now(),
            budget,
            cancel,
        }
    }

    pub(crate) fn check(&self) -> Result<(), IndexError> {
        if self.cancel.is_cancelled() {
            return Err(IndexError::Cancelled);
        }
        if self.start.elapsed() >= self.budget {
            return Err(IndexError::TimedOut);
        }
        Ok(())
    }
}

/// One search on its way.
struct Run<'a> {
    search: &'a Search<'a>,
    query: &'a Query,
    plan: &'a Plan,
    rarities: &'a Rarities,
    ranking: Ranking,
    clock: Clock,
    helpers: &'a Helpers<'a>,
}

impl Run<'_> {
    fn answer(&self, planner: &Planner<'_>) -> Result<Answer, IndexError> {
        let request = &self.query.facets;
        let own = self.own_conditions();
        let is_of_hits = |kind: &FacetKind| {
            request.counting != FacetCounting::Disjunctive
                || own.iter().all(|(conditioned, _)| conditioned != kind)
        };
        let mut counter = FacetCounter::new(request.kinds().filter(is_of_hits));
        let mut pager = Pager::new(&self.query.page);
        let scanned = self.scan(
            self.plan,
            self.rarities,
            planner,
            &mut counter,
            Some(&mut pager),
        )?;
        let mut facets = Facets::default();
        counter.finish(request, &mut facets);
        let disjunctive_facets = match request.counting {
            FacetCounting::Conjunctive => Facets::default(),
            FacetCounting::Disjunctive => {
                self.disjunctive_facets(std::mem::take(&mut facets), own, planner)?
            }
            FacetCounting::Both => self.disjunctive_facets(facets.clone(), own, planner)?,
        };
        let cut = pager.cut();
        Ok(Answer {
            hits: self.hits(&cut.places)?,
            has_next: cut.has_next,
            has_previous: cut.has_previous,
            total: self.query.count.then_some(scanned.total),
            facets,
            disjunctive_facets,
            most: scanned.most,
        })
    }

    /// The facets asked for that have conditions of their own, each with the condition that is left
    /// without them.
    fn own_conditions(&self) -> Vec<(FacetKind, Option<Condition>)> {
        let request = &self.query.facets;
        let (Some(condition), true) = (
            &self.query.condition,
            request.counting != FacetCounting::Conjunctive,
        ) else {
            return Vec::new();
        };
        let kinds = request.kinds();
        kinds
            .filter_map(|kind| Some((kind, without(condition, kind)?)))
            .collect()
    }

    /// Replaces, in facets over the hits, those that have conditions of their own.
    fn disjunctive_facets(
        &self,
        mut facets: Facets,
        own: Vec<(FacetKind, Option<Condition>)>,
        planner: &Planner<'_>,
    ) -> Result<Facets, IndexError> {
        for (kind, condition) in own {
            let plan = planner.plan(condition.as_ref());
            let rarities = Rarities::of(&plan, self.search.fields, self.search.searcher)?;
            let mut counter = FacetCounter::new([kind]);
            self.scan(&plan, &rarities, planner, &mut counter, None)?;
            counter.finish(&self.query.facets, &mut facets);
        }
        Ok(facets)
    }

    /// Decides the page's candidates again, now for their evidence, in the order of the segments,
    /// as postings are read forwards only.
    fn hits(&self, places: &[Place]) -> Result<Vec<Hit>, IndexError> {
        let mut by_address: Vec<usize> = (0..places.len()).collect();
        by_address.sort_unstable_by_key(|&index| places[index].address);
        let mut hits: Vec<Option<Hit>> = Vec::new();
        hits.resize_with(places.len(), || None);
        for group in by_address
            .chunk_by(|&a, &b| places[a].address.segment_ord == places[b].address.segment_ord)
        {
            let ordinal = places[group[0]].address.segment_ord;
            let (plan, rarities) = (self.plan, self.rarities);
            let mut decider = self.search.decider(plan, rarities, self.ranking, ordinal)?;
            let columns = &self.search.columns[ordinal as usize];
            for &index in group {
                self.clock.check()?;
                hits[index] = Some(self.hit(&places[index], &mut decider, columns)?);
            }
        }
        Ok(hits.into_iter().flatten().collect())
    }

    fn hit(
        &self,
        place: &Place,
        decider: &mut Decider<'_>,
        columns: &SegmentColumns,
    ) -> Result<Hit, IndexError> {
        let doc = place.address.doc_id;
        let timeline = columns.timeline(doc)?;
        let mut matches = Vec::new();
        if self.query.evidence {
            let token_places = self.search.places(place.address)?;
            if decider.decide(candidate(doc, &timeline, Depth::Proven(&token_places)))? {
                matches = decider.take_matches();
            }
            bring_together(&mut matches);
        }
        Ok(Hit {
            key: place.key.clone(),
            resume: timeline.resume()?,
            score: place.score,
            cursor: Cursor {
                generation: self.search.generation,
                value: place.value.clone(),
                key: place.key.clone(),
            },
            matches: clause_matches(matches, &timeline)?,
        })
    }
}

/// What a hit can be sorted by, beside the name.
pub(crate) struct Sorted {
    pub(crate) score: f32,
    pub(crate) months: u32,
    pub(crate) last_used: Option<i32>,
    pub(crate) updated_at: i64,
}

impl Sorted {
    pub(crate) fn value(
        &self,
        order: Order,
        timeline: &Timeline<'_>,
    ) -> Result<SortValue, Damaged> {
        Ok(match order {
            Order::Relevance => SortValue::Score(self.score),
            Order::MonthsDescending => SortValue::Number(i64::from(self.months)),
            Order::LastUsedDescending => {
                SortValue::Number(self.last_used.map_or(i64::MIN, i64::from))
            }
            Order::UpdatedDescending => SortValue::Number(self.updated_at),
            Order::NameAscending => SortValue::Text(timeline.sort_name()?),
        })
    }
}

pub(crate) fn candidate<'a>(
    doc: DocId,
    timeline: &'a Timeline<'a>,
    depth: Depth<'a>,
) -> Candidate<'a> {
    Candidate {
        doc,
        timeline,
        stint: None,
        depth,
    }
}

pub(crate) fn clause_matches(
    matches: Vec<Option<LeafMatch>>,
    timeline: &Timeline<'_>,
) -> Result<Vec<ClauseMatch>, Damaged> {
    let matches = matches.into_iter().enumerate();
    let matches = matches.filter_map(|(leaf, found)| clause_match(leaf, found?, timeline));
    matches.collect()
}

/// Returns how a leaf is met; `None` without evidence.
pub(crate) fn clause_match(
    leaf: usize,
    found: LeafMatch,
    timeline: &Timeline<'_>,
) -> Option<Result<ClauseMatch, Damaged>> {
    if found.spans.is_empty() {
        return None;
    }
    let key = |stint| Ok(timeline.details(stint)?.key);
    let stint = match found.stint.map(key).transpose() {
        Ok(stint) => stint,
        Err(damaged) => return Some(Err(damaged)),
    };
    Some(Ok(ClauseMatch {
        leaf,
        stint,
        months: found.months,
        months_are_stated: found.months_are_stated,
        last_used: found.last_used,
        spans: found.spans,
    }))
}
