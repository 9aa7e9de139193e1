//! The candidates of a segment that postings leave: those that may meet a plan, one after another.
//!
//! A search that leaves few spends its time on opening postings. Tantivy's own unions make room for
//! thousands of candidates each time; here a few postings are looked at side by side.

use tantivy::postings::SegmentPostings;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, EnableScoring, Query, RegexQuery, Scorer, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// More alternatives than these are joined by tantivy, which does not look at all of them for each
/// candidate.
const SIDE_BY_SIDE: usize = 8;

/// Which candidates are left.
#[derive(Debug)]
pub(crate) enum Narrowing {
    All,
    Nothing,
    /// Those that have a term.
    Term(Field, String),
    /// Those that have a term that begins so.
    Beginning(Field, String),
    /// Those that are left by each of several.
    Every(Vec<Narrowing>),
    /// Those that are left by one of several.
    Any(Vec<Narrowing>),
}

impl Narrowing {
    pub(crate) fn every(parts: impl Iterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Self::All => {}
                Self::Nothing => return Self::Nothing,
                Self::Every(parts) => all.extend(parts),
                part => all.push(part),
            }
        }
        match all.len() {
            0 => Self::All,
            1 => all.remove(0),
            _ => Self::Every(all),
        }
    }

    pub(crate) fn any(parts: impl Iterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Self::All => return Self::All,
                Self::Nothing => {}
                Self::Any(parts) => any.extend(parts),
                part => any.push(part),
            }
        }
        match any.len() {
            0 => Self::Nothing,
            1 => any.remove(0),
            _ => Self::Any(any),
        }
    }

    /// Opens the postings of `segment`, one of the searcher's.
    pub(crate) fn open(
        &self,
        segment: &SegmentReader,
        searcher: &Searcher,
    ) -> tantivy::Result<Candidates> {
        Ok(match self {
            Self::All => Candidates::All(0, segment.max_doc()),
            Self::Nothing => Candidates::None,
            Self::Term(field, term) => {
                let inverted = segment.inverted_index(*field)?;
                let term = Term::from_field_text(*field, term);
                match inverted.read_postings(&term, IndexRecordOption::Basic)? {
                    Some(postings) => Candidates::Postings(Box::new(postings)),
                    None => Candidates::None,
                }
            }
            Self::Beginning(..) => self.open_joined(segment, searcher)?,
            Self::Every(parts) => {
                let mut every = Vec::with_capacity(parts.len());
                for part in parts {
                    match part.open(segment, searcher)? {
                        Candidates::None => return Ok(Candidates::None),
                        candidates => every.push(candidates),
                    }
                }
                Candidates::every(every)
            }
            Self::Any(parts) if parts.len() > SIDE_BY_SIDE => {
                self.open_joined(segment, searcher)?
            }
            Self::Any(parts) => {
                let mut any = Vec::with_capacity(parts.len());
                for part in parts {
                    match part.open(segment, searcher)? {
                        Candidates::None => {}
                        candidates => any.push(candidates),
                    }
                }
                Candidates::any(any)
            }
        })
    }

    fn open_joined(
        &self,
        segment: &SegmentReader,
        searcher: &Searcher,
    ) -> tantivy::Result<Candidates> {
        let weight = self
            .to_query()?
            .weight(EnableScoring::disabled_from_searcher(searcher))?;
        Ok(Candidates::Joined(weight.scorer(segment, 1.0)?))
    }

    fn to_query(&self) -> tantivy::Result<Box<dyn Query>> {
        let all = |parts: &[Self]| parts.iter().map(Self::to_query).collect::<Result<_, _>>();
        Ok(match self {
            Self::All => Box::new(AllQuery),
            Self::Nothing => Box::new(EmptyQuery),
            Self::Term(field, term) => {
                let term = Term::from_field_text(*field, term);
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            }
            Self::Beginning(field, beginning) => {
                let pattern = format!("{}.*", escaped(beginning));
                match RegexQuery::from_pattern(&pattern, *field) {
                    Ok(query) => Box::new(query),
                    // Too long for a pattern: the cursors tell.
                    Err(_) => Box::new(AllQuery),
                }
            }
            Self::Every(parts) => Box::new(BooleanQuery::intersection(all(parts)?)),
            Self::Any(parts) => Box::new(BooleanQuery::union(all(parts)?)),
        })
    }
}

/// Returns a pattern that only `text` meets.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// Candidates of a segment, in order of their numbers.
pub(crate) enum Candidates {
    None,
    /// From one number up to another.
    All(DocId, DocId),
    Postings(Box<SegmentPostings>),
    /// Of several, the one with the fewest first.
    Every(Vec<Candidates>),
    /// Of a few, and the lowest number of theirs.
    Any(Vec<Candidates>, DocId),
    Joined(Box<dyn Scorer>),
}

impl Candidates {
    /// None of `every` is none.
    fn every(mut every: Vec<Self>) -> Self {
        if every.len() < 2 {
            return every.pop().unwrap_or(Self::None);
        }
        every.sort_by_key(DocSet::size_hint);
        let mut all = Self::Every(every);
        all.meet();
        all
    }

    fn any(mut any: Vec<Self>) -> Self {
        if any.len() < 2 {
            return any.pop().unwrap_or(Self::None);
        }
        let lowest = lowest(&any);
        Self::Any(any, lowest)
    }

    /// Moves on until all that must have a candidate have the same; returns it.
    fn meet(&mut self) -> DocId {
        let Self::Every(every) = self else {
            return self.doc();
        };
        let Some((first, others)) = every.split_first_mut() else {
            return TERMINATED;
        };
        let mut doc = first.doc();
        'again: while doc != TERMINATED {
            for other in &mut *others {
                let found = if other.doc() < doc {
                    other.seek(doc)
                } else {
                    other.doc()
                };
                if found > doc {
                    doc = first.seek(found);
                    continue 'again;
                }
            }
            break;
        }
        doc
    }
}

fn lowest(any: &[Candidates]) -> DocId {
    any.iter().map(DocSet::doc).min().unwrap_or(TERMINATED)
}

impl DocSet for Candidates {
    fn advance(&mut self) -> DocId {
        match self {
            Self::None => TERMINATED,
            Self::All(doc, end) => {
                *doc = (*doc + 1).min(*end);
                self.doc()
            }
            Self::Postings(postings) => postings.advance(),
            Self::Every(every) => {
                if let Some(first) = every.first_mut() {
                    first.advance();
                }
                self.meet()
            }
            Self::Any(any, doc) => {
                for one in any.iter_mut().filter(|one| one.doc() == *doc) {
                    one.advance();
                }
                *doc = lowest(any);
                *doc
            }
            Self::Joined(scorer) => scorer.advance(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::None => TERMINATED,
            Self::All(doc, end) => {
                *doc = target.max(*doc).min(*end);
                self.doc()
            }
            Self::Postings(postings) => postings.seek(target),
            Self::Every(every) => {
                if let Some(first) = every.first_mut()
                    && first.doc() < target
                {
                    first.seek(target);
                }
                self.meet()
            }
            Self::Any(any, doc) => {
                for one in any.iter_mut().filter(|one| one.doc() < target) {
                    one.seek(target);
                }
                *doc = lowest(any);
                *doc
            }
            Self::Joined(scorer) => scorer.seek(target),
        }
    }

    fn doc(&self) -> DocId {
        match self {
            Self::None => TERMINATED,
            Self::All(doc, end) if doc >= end => TERMINATED,
            Self::All(doc, _) => *doc,
            Self::Postings(postings) => postings.doc(),
            Self::Every(every) => every.first().map_or(TERMINATED, DocSet::doc),
            Self::Any(_, doc) => *doc,
            Self::Joined(scorer) => scorer.doc(),
        }
    }

    fn size_hint(&self) -> u32 {
        match self {
            Self::None => 0,
            Self::All(doc, end) => end - doc,
            Self::Postings(postings) => postings.size_hint(),
            Self::Every(every) => every.first().map_or(0, DocSet::size_hint),
            Self::Any(any, _) => any
                .iter()
                .fold(0, |sum: u32, one| sum.saturating_add(one.size_hint())),
            Self::Joined(scorer) => scorer.size_hint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use tantivy::Index;
    use tantivy::schema::{STRING, Schema};

    use super::*;

    const DOCS: u32 = 300;
    const TERMS: u32 = 12;

    /// Term number `n` is had by every candidate whose number is a multiple of `n + 1`.
    fn index() -> (Index, Field) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("of", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index
            .writer_with_num_threads(1, 15_000_000)
            .expect("a writer");
        for doc in 0..DOCS {
            let mut document = tantivy::TantivyDocument::default();
            let terms = (0..TERMS).filter(|term| doc.is_multiple_of(term + 1));
            terms.for_each(|term| document.add_text(field, term_text(term)));
            writer.add_document(document).expect("a document");
        }
        writer.commit().expect("a commit");
        (index, field)
    }

    fn term_text(term: u32) -> String {
        format!("t{term:02}")
    }

    fn expected(narrowing: &Narrowing) -> BTreeSet<DocId> {
        match narrowing {
            Narrowing::All => (0..DOCS).collect(),
            Narrowing::Nothing => BTreeSet::new(),
            Narrowing::Term(_, text) => {
                let term = (0..TERMS).find(|&term| term_text(term) == *text);
                let step = term.map_or(DOCS as usize, |term| term as usize + 1);
                let all = (0..DOCS).step_by(step);
                all.filter(|_| term.is_some()).collect()
            }
            Narrowing::Beginning(field, beginning) => {
                let terms = (0..TERMS).map(term_text);
                let terms = terms.filter(|text| text.starts_with(beginning.as_str()));
                let each = terms.map(|text| expected(&Narrowing::Term(*field, text)));
                each.flatten().collect()
            }
            Narrowing::Every(parts) => {
                let mut sets = parts.iter().map(expected);
                let first = sets.next().expect("a part");
                sets.fold(first, |all, other| &all & &other)
            }
            Narrowing::Any(parts) => parts.iter().flat_map(expected).collect(),
        }
    }

    fn narrowing(field: Field) -> impl Strategy<Value = Narrowing> {
        let term = (0..TERMS + 2).prop_map(move |term| Narrowing::Term(field, term_text(term)));
        let beginning = prop_oneof![Just("t0"), Just("t1"), Just("x")];
        let leaf = prop_oneof![
            6 => term,
            1 => beginning.prop_map(move |text| Narrowing::Beginning(field, text.to_owned())),
            1 => Just(()).prop_map(|()| Narrowing::All),
            1 => Just(()).prop_map(|()| Narrowing::Nothing),
        ];
        leaf.prop_recursive(3, 40, 11, |inner| {
            let parts = || prop::collection::vec(inner.clone(), 1..11);
            prop_oneof![
                parts().prop_map(|parts| Narrowing::every(parts.into_iter())),
                parts().prop_map(|parts| Narrowing::any(parts.into_iter())),
            ]
        })
    }

    #[test]
    fn candidates_are_those_that_the_terms_leave() {
        let (index, field) = index();
        let searcher = index.reader().expect("a reader").searcher();
        let segment = searcher.segment_reader(0);
        let cases = (narrowing(field), prop::collection::vec(0..40u32, 0..60));
        proptest!(|((narrowing, steps) in cases)| {
            let expected = expected(&narrowing);
            let mut candidates = narrowing.open(segment, &searcher).expect("postings");
            // Some steps to the next, some to a number further on.
            let mut doc = candidates.doc();
            prop_assert_eq!(doc, expected.first().copied().unwrap_or(TERMINATED));
            for step in steps {
                let target = doc.saturating_add(1 + step / 2 * (step % 2));
                if doc == TERMINATED {
                    break;
                }
                doc = match step % 2 {
                    0 => candidates.advance(),
                    _ => candidates.seek(target),
                };
                let next = expected.range(target..).next().copied();
                prop_assert_eq!(doc, next.unwrap_or(TERMINATED));
                prop_assert_eq!(doc, candidates.doc());
            }
        });
    }
}
