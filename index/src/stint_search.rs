//! A [`StintQuery`] to ranked stints with their evidence.
//!
//! The same plan, postings and decisions as in a search for candidates; each stint of a candidate is
//! decided by itself.

use std::collections::HashMap;
use std::convert::Infallible;
use std::time::Duration;

use tantivy::{DocAddress, DocSet as _, TERMINATED};

use crate::cancel::Cancel;
use crate::columns::SegmentColumns;
use crate::decide::{Candidate, Decider, Depth, LeafMatch};
use crate::error::IndexError;
use crate::hit::{Hit, MAX_GROUP_STINTS, MostMet, StintAnswer, StintGroup, StintHit};
use crate::months::MonthRange;
use crate::order::{Pager, Place};
use crate::places::Places;
use crate::plan::{Leaf, Plan, Planner};
use crate::query::{Cursor, Grouping, StintQuery};
use crate::ranking::{self, Ranking};
use crate::rarity::Rarities;
use crate::reader::{CLOCK_INTERVAL, Clock, Search, Sorted, candidate, clause_matches};
use crate::timeline::Timeline;

impl Search<'_> {
    pub(crate) fn stints(
        &self,
        query: &StintQuery,
        budget: Duration,
        cancel: &Cancel,
    ) -> Result<StintAnswer, IndexError> {
        let clock = Clock::new(budget, cancel.clone());
        clock.check()?;
        self.check_cursors(query.order, &query.page)?;
        let planner = Planner {
            fields: self.fields,
            analyzer: self.analyzer,
            is_blind: query.is_blind,
        };
        let plan = planner.plan(query.condition.as_ref());
        let run = Run {
            search: self,
            query,
            plan: &plan,
            rarities: &Rarities::of(&plan, self.fields, self.searcher)?,
            ranking: self.ranking(false),
            clock,
        };
        run.answer(&planner)
    }
}

/// One search on its way.
struct Run<'a> {
    search: &'a Search<'a>,
    query: &'a StintQuery,
    plan: &'a Plan,
    rarities: &'a Rarities,
    ranking: Ranking,
    clock: Clock,
}

impl Run<'_> {
    fn answer(&self, planner: &Planner<'_>) -> Result<StintAnswer, IndexError> {
        let searcher = self.search.searcher;
        let narrowing = planner.narrowing(self.plan);
        let mut groups = Groups::new(self.query);
        let mut most = MostMet::default();
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let mut reader = self.open(ordinal)?;
            let mut candidates = narrowing.open(segment, searcher)?;
            let mut looked_at = 0u32;
            let mut doc = candidates.doc();
            while doc != TERMINATED {
                if looked_at.is_multiple_of(CLOCK_INTERVAL) {
                    self.clock.check()?;
                }
                looked_at = looked_at.wrapping_add(1);
                if !segment.is_deleted(doc) {
                    let address = DocAddress::new(ordinal, doc);
                    let updated_at = reader.columns.updated_at(doc);
                    let timeline = reader.columns.timeline(doc)?;
                    let met = self.met(&mut reader.decider, address, &timeline, updated_at)?;
                    groups.take(met, &timeline)?;
                }
                doc = candidates.advance();
            }
            most.merge(&reader.decider.into_most());
        }
        let total = groups.stints;
        let page = groups.cut();
        Ok(StintAnswer {
            groups: self.load(&page.groups)?,
            has_next: page.has_next,
            has_previous: page.has_previous,
            total: self.query.count.then_some(total),
            group_total: self.query.count.then_some(page.group_total),
            most,
        })
    }

    fn open(&self, ordinal: u32) -> Result<SegmentRun<'_>, IndexError> {
        let (plan, rarities) = (self.plan, self.rarities);
        Ok(SegmentRun {
            decider: self.search.decider(plan, rarities, self.ranking, ordinal)?,
            columns: &self.search.columns[ordinal as usize],
        })
    }

    /// The stints of a candidate that meet the query, in the asked order.
    fn met(
        &self,
        decider: &mut Decider<'_>,
        address: DocAddress,
        timeline: &Timeline<'_>,
        updated_at: i64,
    ) -> Result<Vec<StintPlace>, IndexError> {
        let mut met = Vec::new();
        for stint in 0..timeline.stint_count() {
            let of_stint = Candidate {
                stint: Some(stint),
                ..candidate(address.doc_id, timeline, Depth::Met)
            };
            if !decider.decide(of_stint)? {
                continue;
            }
            if decider.is_at_most() {
                decider.decide(Candidate {
                    depth: Depth::Scored,
                    ..of_stint
                })?;
            }
            let sorted = self.sorted(decider.matches(), timeline, stint, updated_at);
            let place = Place {
                value: sorted.value(self.query.order, timeline)?,
                key: timeline.details(stint)?.key,
                score: sorted.score,
                address,
            };
            met.push(StintPlace { stint, place });
        }
        met.sort_by(|a, b| a.place.order(&b.place));
        Ok(met)
    }

    /// What the stint is sorted by: its months and its last month are those within the windows that it
    /// meets.
    fn sorted(
        &self,
        matches: &[Option<LeafMatch>],
        timeline: &Timeline<'_>,
        stint: usize,
        updated_at: i64,
    ) -> Sorted {
        let mut months = timeline.stint(stint).months;
        for (leaf, found) in self.plan.leaves.iter().zip(matches) {
            if let (Leaf::Stint(leaf), Some(_)) = (leaf, found)
                && let Some(period) = leaf.period
            {
                months = months.map(|months| months.clip(period.window.at(timeline.as_of())));
            }
        }
        let months = months.filter(|months| !months.is_empty());
        let length = months.map_or(0, MonthRange::len);
        let last_used = months.map(|months| months.last);
        let is_by_technology = matches.iter().flatten().any(|found| found.months.is_some());
        let own = if is_by_technology {
            0.0
        } else {
            self.ranking.tenure(length, last_used)
        };
        Sorted {
            score: ranking::score(&self.plan.root, matches) + own,
            months: length,
            last_used,
            updated_at,
        }
    }

    /// Decides the page's stints again, now for their evidence, in the order of the segments, as
    /// postings are read forwards only.
    fn load(&self, drafts: &[Draft]) -> Result<Vec<StintGroup>, IndexError> {
        let mut wanted: Vec<(DocAddress, usize, Option<&Place>)> = Vec::new();
        for (group, draft) in drafts.iter().enumerate() {
            match self.query.grouping {
                Grouping::Stint | Grouping::Employer => {
                    let members = draft.first.iter();
                    wanted.extend(members.map(|place| (place.address, group, Some(place))));
                }
                Grouping::Candidate => {
                    let addresses = draft.first.iter().map(|place| place.address);
                    wanted.extend(addresses.map(|address| (address, group, None)));
                }
            }
        }
        wanted.sort_by_key(|(address, ..)| *address);
        let mut loaded: Vec<(u64, Vec<(Place, StintHit)>)> = drafts
            .iter()
            .map(|draft| (draft.count, Vec::new()))
            .collect();
        for in_segment in wanted.chunk_by(|a, b| a.0.segment_ord == b.0.segment_ord) {
            let mut reader = self.open(in_segment[0].0.segment_ord)?;
            for of_candidate in in_segment.chunk_by(|a, b| a.0 == b.0) {
                self.clock.check()?;
                self.load_candidate(&mut reader, of_candidate, &mut loaded)?;
            }
        }
        let groups = drafts.iter().zip(loaded);
        let mut groups: Vec<StintGroup> = groups
            .map(|(draft, (count, mut hits))| {
                hits.sort_by(|(a, _), (b, _)| a.order(b));
                StintGroup {
                    employer: draft.employer.clone(),
                    count,
                    hits: hits.into_iter().map(|(_, hit)| hit).collect(),
                }
            })
            .collect();
        groups.retain(|group| !group.hits.is_empty());
        Ok(groups)
    }

    /// Loads stints of one candidate, each with the group that it goes to.
    fn load_candidate(
        &self,
        reader: &mut SegmentRun<'_>,
        wanted: &[(DocAddress, usize, Option<&Place>)],
        loaded: &mut [(u64, Vec<(Place, StintHit)>)],
    ) -> Result<(), IndexError> {
        let address = wanted[0].0;
        let updated_at = reader.columns.updated_at(address.doc_id);
        let timeline = reader.columns.timeline(address.doc_id)?;
        let token_places = self.search.places(address)?;
        for &(_, group, place) in wanted {
            let places = match place {
                Some(place) => vec![place.clone()],
                None => {
                    let met = self.met(&mut reader.decider, address, &timeline, updated_at)?;
                    loaded[group].0 = met.len() as u64;
                    let first = met.into_iter().take(MAX_GROUP_STINTS);
                    first.map(|met| met.place).collect()
                }
            };
            for place in places {
                let decider = &mut reader.decider;
                let hit = self.hit(decider, &place, &timeline, &token_places)?;
                loaded[group].1.extend(hit.map(|hit| (place, hit)));
            }
        }
        Ok(())
    }

    fn hit(
        &self,
        decider: &mut Decider<'_>,
        place: &Place,
        timeline: &Timeline<'_>,
        token_places: &Places,
    ) -> Result<Option<StintHit>, IndexError> {
        let mut details = timeline.all_details()?.into_iter();
        let Some(stint) = details.position(|stint| stint.key == place.key) else {
            return Ok(None);
        };
        let is_met = decider.decide(Candidate {
            stint: Some(stint),
            ..candidate(place.address.doc_id, timeline, Depth::Proven(token_places))
        })?;
        let matches = is_met.then(|| decider.take_matches());
        Ok(Some(StintHit {
            stint: place.key.clone(),
            hit: Hit {
                key: timeline.key()?,
                resume: timeline.resume()?,
                score: place.score,
                cursor: Cursor {
                    generation: self.search.generation,
                    value: place.value.clone(),
                    key: place.key.clone(),
                },
                matches: clause_matches(matches.unwrap_or_default(), timeline)?,
            },
        }))
    }
}

/// The place of a stint, by its number in the timeline.
struct StintPlace {
    stint: usize,
    place: Place,
}

/// What is read of a segment.
struct SegmentRun<'a> {
    decider: Decider<'a>,
    columns: &'a SegmentColumns,
}

/// Puts stints together while candidates go by.
struct Groups<'a> {
    grouping: Grouping,
    pager: Pager<'a>,
    employers: HashMap<Option<String>, Draft>,
    stints: u64,
    groups: u64,
}

/// A group on its way.
#[derive(Debug, Default)]
struct Draft {
    employer: Option<String>,
    count: u64,
    /// In order; of a candidate's stints the first alone.
    first: Vec<Place>,
}

/// The groups of a page.
struct GroupPage {
    groups: Vec<Draft>,
    has_next: bool,
    has_previous: bool,
    group_total: u64,
}

impl<'a> Groups<'a> {
    fn new(query: &'a StintQuery) -> Self {
        Self {
            grouping: query.grouping,
            pager: Pager::new(&query.page),
            employers: HashMap::new(),
            stints: 0,
            groups: 0,
        }
    }

    /// Takes notice of a candidate's stints, which are in order.
    fn take(&mut self, met: Vec<StintPlace>, timeline: &Timeline<'_>) -> Result<(), IndexError> {
        self.stints += met.len() as u64;
        let places = met.into_iter();
        match self.grouping {
            Grouping::Stint => places.for_each(|met| self.offer(met.place)),
            Grouping::Candidate => places.take(1).for_each(|met| self.offer(met.place)),
            Grouping::Employer => {
                for met in places {
                    let employer = timeline.employer_key(met.stint)?;
                    self.employers.entry(employer).or_default().add(met.place);
                }
            }
        }
        Ok(())
    }

    fn offer(&mut self, place: Place) {
        self.groups += 1;
        let key = || Ok::<_, Infallible>(place.key);
        let Ok(()) = self
            .pager
            .offer(place.value, place.score, place.address, key);
    }

    fn cut(mut self) -> GroupPage {
        let mut by_first: HashMap<String, Draft> = HashMap::new();
        for (employer, draft) in std::mem::take(&mut self.employers) {
            let Some(first) = draft.first.first().cloned() else {
                continue;
            };
            let draft = Draft { employer, ..draft };
            by_first.insert(first.key.clone(), draft);
            self.offer(first);
        }
        let cut = self.pager.cut();
        let groups = cut.places.into_iter().map(|place| {
            by_first.remove(&place.key).unwrap_or_else(|| Draft {
                employer: None,
                count: 1,
                first: vec![place],
            })
        });
        GroupPage {
            groups: groups.collect(),
            has_next: cut.has_next,
            has_previous: cut.has_previous,
            group_total: self.groups,
        }
    }
}

impl Draft {
    /// Adds a stint, keeping the first ones in order.
    fn add(&mut self, place: Place) {
        self.count += 1;
        let at = self
            .first
            .partition_point(|other| other.order(&place).is_le());
        if at < MAX_GROUP_STINTS {
            self.first.insert(at, place);
            self.first.truncate(MAX_GROUP_STINTS);
        }
    }
}
