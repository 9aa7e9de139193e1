//! Postings of one candidate after another, in which texts are found.

use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

use super::{Phrase, PhraseTerm, TextHits, TextQuery};
use crate::analysis::Wanted;

/// The most words with one beginning that are looked for, those of most candidates first. Characters
/// go on in fewer ways, so that all of theirs are.
const MAX_ENDINGS: usize = 512;

/// Finds a [`TextQuery`] in the candidates of a segment, which are asked for in order.
pub(crate) struct TextCursor {
    words: PhraseCursor,
    grams: PhraseCursor,
    spellings: Vec<TextCursor>,
}

impl TextCursor {
    pub(crate) fn open(query: &TextQuery, segment: &SegmentReader) -> tantivy::Result<Self> {
        let spellings = query.spellings.iter();
        Ok(Self {
            words: PhraseCursor::open(&query.words, segment)?,
            grams: PhraseCursor::open(&query.grams, segment)?,
            spellings: spellings
                .map(|query| Self::open(query, segment))
                .collect::<tantivy::Result<_>>()?,
        })
    }

    /// How often the text stands in `doc` at most: what its words and characters allow, wherever they
    /// stand. `doc` is not smaller than that of the last call.
    pub(crate) fn most(&mut self, doc: DocId) -> usize {
        let others = self.spellings.iter_mut().map(|cursor| cursor.most(doc));
        let others: usize = others.sum();
        self.words.most(doc).max(self.grams.most(doc)) + others
    }

    /// The spellings that are one word and that the candidate asked for last has, wherever.
    pub(crate) fn words_had<'q>(&self, query: &'q TextQuery) -> impl Iterator<Item = &'q str> {
        let own = self.words.word_had(&query.words);
        let others = self.spellings.iter().zip(&query.spellings);
        let others = others.filter_map(|(cursor, query)| cursor.words.word_had(&query.words));
        own.into_iter().chain(others)
    }

    /// `doc` is not smaller than that of the last call.
    pub(crate) fn find(&mut self, doc: DocId) -> TextHits {
        TextHits {
            words: self.words.find(doc),
            grams: self.grams.find(doc),
            spellings: self
                .spellings
                .iter_mut()
                .map(|cursor| cursor.find(doc))
                .collect(),
        }
    }
}

/// Finds a [`Phrase`]. Without slots it is nowhere in the segment.
#[derive(Default)]
struct PhraseCursor {
    slots: Vec<Slot>,
    /// Whether the candidate looked at last has all terms.
    has_all: bool,
    /// Room for where the phrase may begin.
    others: Vec<u32>,
}

struct Slot {
    offset: u32,
    /// Of terms one of which stands there.
    postings: Vec<SegmentPostings>,
    /// Room for those of one candidate.
    positions: Vec<u32>,
}

impl PhraseCursor {
    fn open(phrase: &Phrase, segment: &SegmentReader) -> tantivy::Result<Self> {
        let inverted = segment.inverted_index(phrase.field)?;
        let mut slots = Vec::with_capacity(phrase.terms.len());
        let option = IndexRecordOption::WithFreqsAndPositions;
        for term in &phrase.terms {
            let mut postings = Vec::new();
            for info in infos(&inverted, phrase.field, &term.wanted)? {
                postings.push(inverted.read_postings_from_terminfo(&info, option)?);
            }
            if postings.is_empty() {
                return Ok(Self::default());
            }
            slots.push(Slot {
                offset: term.offset,
                postings,
                positions: Vec::new(),
            });
        }
        slots.sort_by_key(Slot::doc_freq);
        Ok(Self {
            slots,
            ..Self::default()
        })
    }

    /// How often the phrase is in `doc` at most: as often as its rarest term there.
    fn most(&mut self, doc: DocId) -> usize {
        self.has_all = !self.slots.is_empty() && self.slots.iter_mut().all(|slot| slot.has(doc));
        if !self.has_all {
            return 0;
        }
        let counts = self.slots.iter().map(|slot| slot.count(doc));
        counts.min().unwrap_or(0) as usize
    }

    /// The one word that `phrase`, which this finds, consists of, if the candidate has it.
    fn word_had<'q>(&self, phrase: &'q Phrase) -> Option<&'q str> {
        match phrase.terms.as_slice() {
            [
                PhraseTerm {
                    wanted: Wanted::Term(word),
                    ..
                },
            ] if self.has_all => Some(word),
            _ => None,
        }
    }

    fn find(&mut self, doc: DocId) -> Vec<u32> {
        let mut starts = Vec::new();
        if self.slots.is_empty() || !self.slots.iter_mut().all(|slot| slot.has(doc)) {
            return starts;
        }
        let (first, others) = self.slots.split_at_mut(1);
        first[0].put_starts(doc, &mut starts);
        for slot in others {
            if starts.is_empty() {
                break;
            }
            slot.put_starts(doc, &mut self.others);
            keep_shared(&mut starts, &self.others);
        }
        starts.dedup();
        starts
    }
}

impl Slot {
    fn doc_freq(&self) -> u64 {
        let counts = self.postings.iter();
        counts.map(|postings| u64::from(postings.doc_freq())).sum()
    }

    /// Moves all postings to `doc`; whether one has it.
    fn has(&mut self, doc: DocId) -> bool {
        let mut has = false;
        for postings in &mut self.postings {
            has |= seek(postings, doc);
        }
        has
    }

    /// How often it is in `doc`, which the postings were moved to.
    fn count(&self, doc: DocId) -> u32 {
        let here = self
            .postings
            .iter()
            .filter(|postings| postings.doc() == doc);
        here.map(SegmentPostings::term_freq).sum()
    }

    /// Puts into `starts` where the phrase begins for each place of this term in `doc`, in order.
    fn put_starts(&mut self, doc: DocId, starts: &mut Vec<u32>) {
        starts.clear();
        let here = self.postings.iter_mut();
        for postings in here.filter(|postings| postings.doc() == doc) {
            postings.positions(&mut self.positions);
            let of_term = self.positions.iter();
            starts.extend(of_term.filter_map(|at| at.checked_sub(self.offset)));
        }
        if self.postings.len() > 1 {
            starts.sort_unstable();
        }
    }
}

/// Keeps of `starts` those that are among `others`; both are in order.
fn keep_shared(starts: &mut Vec<u32>, others: &[u32]) {
    let mut others = others.iter().peekable();
    starts.retain(|start| {
        while others.next_if(|other| *other < start).is_some() {}
        others.peek() == Some(&start)
    });
}

/// The terms of a segment that are what is wanted.
fn infos(
    inverted: &InvertedIndexReader,
    field: Field,
    wanted: &Wanted,
) -> tantivy::Result<Vec<TermInfo>> {
    let whole = |term: &String| inverted.get_term_info(&Term::from_field_text(field, term));
    let mut found = Vec::new();
    match wanted {
        Wanted::Term(term) => found.extend(whole(term)?),
        Wanted::Pair(terms) => {
            for term in terms {
                found.extend(whole(term)?);
            }
        }
        Wanted::Character(beginning) => found = endings(inverted, beginning)?,
        Wanted::Beginning(beginning) => {
            found = endings(inverted, beginning)?;
            found.sort_by_key(|info| std::cmp::Reverse(info.doc_freq));
            found.truncate(MAX_ENDINGS);
        }
    }
    Ok(found)
}

/// The terms that begin with `beginning`.
fn endings(inverted: &InvertedIndexReader, beginning: &str) -> tantivy::Result<Vec<TermInfo>> {
    let mut found = Vec::new();
    let mut terms = inverted
        .terms()
        .range()
        .ge(beginning.as_bytes())
        .into_stream()?;
    while terms.advance() {
        if !terms.key().starts_with(beginning.as_bytes()) {
            break;
        }
        found.push(terms.value().clone());
    }
    Ok(found)
}

/// How many candidates, deleted ones counted until they are merged away, have what is wanted.
pub(crate) fn document_count(
    field: Field,
    wanted: &Wanted,
    searcher: &Searcher,
) -> tantivy::Result<u64> {
    let mut count = 0;
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let infos = infos(&inverted, field, wanted)?;
        count += match infos.as_slice() {
            [] => 0,
            [info] => u64::from(info.doc_freq),
            _ => {
                let mut has = vec![false; segment.max_doc() as usize];
                for info in &infos {
                    let option = IndexRecordOption::Basic;
                    let mut postings = inverted.read_postings_from_terminfo(info, option)?;
                    while postings.doc() != TERMINATED {
                        has[postings.doc() as usize] = true;
                        postings.advance();
                    }
                }
                has.into_iter().filter(|has| *has).count() as u64
            }
        };
    }
    Ok(count)
}

/// Tells which candidates of a segment have one of several exact terms, asked for in order.
pub(crate) struct TermsCursor {
    postings: Vec<SegmentPostings>,
}

impl TermsCursor {
    pub(crate) fn open(
        field: Field,
        terms: &[String],
        segment: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let inverted = segment.inverted_index(field)?;
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            let term = Term::from_field_text(field, term);
            postings.extend(inverted.read_postings(&term, IndexRecordOption::Basic)?);
        }
        Ok(Self { postings })
    }

    pub(crate) fn has(&mut self, doc: DocId) -> bool {
        self.postings.iter_mut().any(|postings| seek(postings, doc))
    }
}

fn seek(postings: &mut SegmentPostings, doc: DocId) -> bool {
    if postings.doc() < doc {
        postings.seek(doc);
    }
    postings.doc() == doc
}
