//! A [`Query`] to ranked hits with their evidence.
//!
//! Postings give the candidates that may meet the query; each is decided exactly against its
//! timeline and the positions of its words; the page's hits are decided once more with evidence.

use std::time::{Duration, Instant};

use tantivy::columnar::Column;
use tantivy::query::EnableScoring;
use tantivy::schema::Value as _;
use tantivy::{
    DocAddress, DocId, DocSet as _, Searcher, SegmentReader, TERMINATED, TantivyDocument,
};

use crate::analysis::Analyzer;
use crate::cancel::Cancel;
use crate::decide::{Candidate, Decider, LeafMatch};
use crate::disjunctive::without;
use crate::error::IndexError;
use crate::evidence::bring_together;
use crate::facets::{FacetCounter, FacetKind};
use crate::fields::Fields;
use crate::hit::{Answer, ClauseMatch, Facets, Hit, MostMet};
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
    ) -> Result<Answer, IndexError> {
        let clock = Clock::new(budget, cancel.clone());
        clock.check()?;
        self.check_cursors(query.order, &query.page)?;
        let planner = Planner {
            fields: self.fields,
            analyzer: self.analyzer,
        };
        let plan = planner.plan(query.condition.as_ref());
        let rarities = Rarities::of(&plan, self.fields, self.searcher)?;
        let run = Run {
            search: self,
            query,
            plan: &plan,
            rarities: &rarities,
            ranking: self.ranking(query.prefers_worked)?,
            clock,
        };
        run.answer(&planner)
    }

    /// Returns what the scores of a query depend on beside the candidates.
    pub(crate) fn ranking(&self, prefers_worked: bool) -> Result<Ranking, IndexError> {
        let mut newest = None;
        for segment in self.searcher.segment_readers() {
            let months = segment.fast_fields().i64(Fields::NEWEST_MONTH)?;
            newest = newest.max(i32::try_from(months.max_value()).ok());
        }
        Ok(Ranking {
            newest: newest.and_then(ranking::newest_month),
            prefers_worked,
        })
    }

    /// Returns the key of a candidate's résumé, and where the tokens of its text stand.
    pub(crate) fn stored(&self, address: DocAddress) -> Result<(String, Places), IndexError> {
        let stored: TantivyDocument = self.searcher.doc(address)?;
        let bytes = |field| {
            stored
                .get_first(field)
                .and_then(|value| value.as_bytes())
                .ok_or(Damaged)
        };
        let resume = std::str::from_utf8(bytes(self.fields.resume)?).map_err(|_| Damaged)?;
        let places = Places::read(bytes(self.fields.places)?)?;
        Ok((resume.to_owned(), places))
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

/// A candidate that meets the plan.
struct Met<'a> {
    address: DocAddress,
    timeline: &'a Timeline<'a>,
    matches: Vec<Option<LeafMatch>>,
    updated_at: i64,
}

/// One search on its way.
struct Run<'a> {
    search: &'a Search<'a>,
    query: &'a Query,
    plan: &'a Plan,
    rarities: &'a Rarities,
    ranking: Ranking,
    clock: Clock,
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
        let mut total = 0;
        let most = self.scan(self.plan, self.rarities, planner, &mut counter, |met| {
            total += 1;
            let score = ranking::score(&self.plan.root, &met.matches);
            let leaves = || met.matches.iter().flatten();
            let sorted = Sorted {
                score,
                months: leaves().filter_map(|leaf| leaf.months).sum(),
                last_used: leaves().filter_map(|leaf| leaf.last_used).max(),
                updated_at: met.updated_at,
                name: met.timeline.sort_name,
            };
            let value = sorted.value(self.query.order);
            pager.offer(value, score, met.timeline.key, met.address);
        })?;
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
            total: self.query.count.then_some(total),
            facets,
            disjunctive_facets,
            most,
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
            self.scan(&plan, &rarities, planner, &mut counter, |_| {})?;
            counter.finish(&self.query.facets, &mut facets);
        }
        Ok(facets)
    }

    /// Decides every candidate that may meet `plan`; those that do are counted and given to `take`.
    /// Returns what became of conditions of which as many as possible are to be met.
    fn scan(
        &self,
        plan: &Plan,
        rarities: &Rarities,
        planner: &Planner<'_>,
        facets: &mut FacetCounter,
        mut take: impl FnMut(Met<'_>),
    ) -> Result<MostMet, IndexError> {
        let searcher = self.search.searcher;
        let narrowing = planner.narrowing(plan);
        let weight = narrowing.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut most = MostMet::default();
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let mut decider =
                Decider::open(plan, rarities, self.ranking, self.search.fields, segment)?;
            let mut columns = Columns::open(segment)?;
            let mut counts = facets.open(segment)?;
            let mut candidates = weight.scorer(segment, 1.0)?;
            let mut looked_at = 0u32;
            let mut doc = candidates.doc();
            while doc != TERMINATED {
                if looked_at.is_multiple_of(CLOCK_INTERVAL) {
                    self.clock.check()?;
                }
                looked_at = looked_at.wrapping_add(1);
                if !segment.is_deleted(doc) {
                    let updated_at = columns.updated_at(doc);
                    let timeline = columns.timeline(doc)?;
                    if let Some(matches) = decider.decide(candidate(doc, &timeline, None))? {
                        counts.count(doc);
                        take(Met {
                            address: DocAddress::new(ordinal, doc),
                            timeline: &timeline,
                            matches,
                            updated_at,
                        });
                    }
                }
                doc = candidates.advance();
            }
            most.merge(&decider.into_most());
            facets.close(counts)?;
        }
        Ok(most)
    }

    fn decider<'b>(&'b self, segment: &SegmentReader) -> Result<Decider<'b>, IndexError> {
        Ok(Decider::open(
            self.plan,
            self.rarities,
            self.ranking,
            self.search.fields,
            segment,
        )?)
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
            let segment = self.search.searcher.segment_reader(ordinal);
            let mut decider = self.decider(segment)?;
            let mut columns = Columns::open(segment)?;
            for &index in group {
                self.clock.check()?;
                hits[index] = Some(self.hit(&places[index], &mut decider, &mut columns)?);
            }
        }
        Ok(hits.into_iter().flatten().collect())
    }

    fn hit(
        &self,
        place: &Place,
        decider: &mut Decider<'_>,
        columns: &mut Columns,
    ) -> Result<Hit, IndexError> {
        let doc = place.address.doc_id;
        let (resume, token_places) = self.search.stored(place.address)?;
        let timeline = columns.timeline(doc)?;
        let matches = decider.decide(candidate(doc, &timeline, Some(&token_places)))?;
        let mut matches = matches.unwrap_or_default();
        bring_together(&mut matches);
        Ok(Hit {
            key: place.key.clone(),
            resume,
            score: place.score,
            cursor: Cursor {
                generation: self.search.generation,
                value: place.value.clone(),
                key: place.key.clone(),
            },
            matches: clause_matches(matches, &timeline),
        })
    }
}

/// What a hit can be sorted by.
pub(crate) struct Sorted<'a> {
    pub(crate) score: f32,
    pub(crate) months: u32,
    pub(crate) last_used: Option<i32>,
    pub(crate) updated_at: i64,
    pub(crate) name: &'a str,
}

impl Sorted<'_> {
    pub(crate) fn value(&self, order: Order) -> SortValue {
        match order {
            Order::Relevance => SortValue::Score(self.score),
            Order::MonthsDescending => SortValue::Number(i64::from(self.months)),
            Order::LastUsedDescending => {
                SortValue::Number(self.last_used.map_or(i64::MIN, i64::from))
            }
            Order::UpdatedDescending => SortValue::Number(self.updated_at),
            Order::NameAscending => SortValue::Text(self.name.to_owned()),
        }
    }
}

pub(crate) fn candidate<'a>(
    doc: DocId,
    timeline: &'a Timeline<'a>,
    places: Option<&'a Places>,
) -> Candidate<'a> {
    Candidate {
        doc,
        timeline,
        stint: None,
        places,
    }
}

pub(crate) fn clause_matches(
    matches: Vec<Option<LeafMatch>>,
    timeline: &Timeline<'_>,
) -> Vec<ClauseMatch> {
    matches
        .into_iter()
        .enumerate()
        .filter_map(|(leaf, found)| clause_match(leaf, found?, timeline))
        .collect()
}

/// Returns how a leaf is met; `None` without evidence.
pub(crate) fn clause_match(
    leaf: usize,
    found: LeafMatch,
    timeline: &Timeline<'_>,
) -> Option<ClauseMatch> {
    let stint = found.stint.and_then(|index| timeline.stints.get(index));
    (!found.spans.is_empty()).then(|| ClauseMatch {
        leaf,
        stint: stint.map(|stint| stint.key.to_owned()),
        months: found.months,
        months_are_stated: found.months_are_stated,
        spans: found.spans,
    })
}

/// The columns of a segment.
pub(crate) struct Columns {
    updated_at: Column<i64>,
    timelines: Column<u64>,
    /// The timeline read last.
    words: Vec<u64>,
    bytes: Vec<u8>,
}

impl Columns {
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            updated_at: columns.i64(Fields::UPDATED_AT)?,
            timelines: columns.u64(Fields::TIMELINE)?,
            words: Vec::new(),
            bytes: Vec::new(),
        })
    }

    pub(crate) fn updated_at(&self, doc: DocId) -> i64 {
        self.updated_at.first(doc).unwrap_or(i64::MIN)
    }

    pub(crate) fn timeline(&mut self, doc: DocId) -> Result<Timeline<'_>, IndexError> {
        let rows = self.timelines.index.value_row_ids(doc);
        self.words.resize(rows.len(), 0);
        let values = &self.timelines.values;
        values.get_range(u64::from(rows.start), &mut self.words);
        self.bytes.resize(rows.len() * size_of::<u64>(), 0);
        let chunks = self.bytes.chunks_exact_mut(size_of::<u64>());
        for (chunk, word) in chunks.zip(&self.words) {
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        Ok(Timeline::read(&self.bytes)?)
    }
}
