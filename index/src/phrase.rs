//! Terms at fixed distances, found in the postings of one candidate after another.

use std::ops::Range;

use tantivy::postings::{Postings as _, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet as _, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

use crate::analysis::{Analyzer, Token, Wanted};
use crate::fields::{BLOCK, TextFields};
use crate::place_names::is_place;
use crate::timeline::{Positions, Signature, Signatures};

/// Terms that stand at fixed distances from one another; without any, the phrase is nowhere.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) field: Field,
    pub(crate) terms: Vec<PhraseTerm>,
}

/// A term of a phrase.
#[derive(Clone, Debug)]
pub(crate) struct PhraseTerm {
    /// The distance from the first term.
    pub(crate) offset: u32,
    pub(crate) wanted: Wanted,
}

/// The most words with one beginning that are looked for, those of most candidates first. Characters
/// go on in fewer ways, so that all of theirs are.
const MAX_ENDINGS: usize = 512;

impl Phrase {
    fn new(field: Field, tokens: Vec<Token>, wanted: impl Fn(String) -> Wanted) -> Self {
        let first = tokens.first().map_or(0, |token| token.position);
        let terms = tokens.into_iter().map(|token| PhraseTerm {
            offset: token.position.saturating_sub(first),
            wanted: wanted(token.term),
        });
        Self {
            field,
            terms: terms.collect(),
        }
    }

    fn of_words(fields: TextFields, tokens: Vec<Token>) -> Self {
        Self::new(fields.words, tokens, Wanted::Term)
    }

    fn of_grams(fields: TextFields, tokens: Vec<Token>) -> Self {
        Self::new(fields.grams, tokens, |term| Wanted::of_gram(&term))
    }

    /// Whether the phrase may stand where the terms of `marked` do.
    fn may_lie_in(&self, marked: Signature) -> bool {
        let may_have = |term: &PhraseTerm| {
            let common = term.wanted.common();
            common.is_none_or(|term| marked.may_have(term))
        };
        !self.terms.is_empty() && self.terms.iter().all(may_have)
    }

    /// The distance from the first term to the last.
    pub(crate) fn reach(&self) -> u32 {
        self.terms.last().map_or(0, |term| term.offset)
    }
}

/// A text to find: its words as a phrase, or its characters as one.
#[derive(Clone, Debug)]
pub(crate) struct TextQuery {
    pub(crate) words: Phrase,
    pub(crate) grams: Phrase,
    /// The same in other spellings, one of which is as good.
    pub(crate) spellings: Vec<TextQuery>,
    /// Whether it is a place: one in the name of a school or an employer is not meant.
    pub(crate) is_place: bool,
    /// Whether it is not meant in the name of a certificate.
    pub(crate) outside_certificates: bool,
}

impl TextQuery {
    pub(crate) fn new(text: &str, fields: TextFields, analyzer: &Analyzer) -> Self {
        let mut query = Self::of_spelling(text, fields, analyzer);
        let spellings = analyzer.other_spellings(text);
        query.spellings = spellings
            .iter()
            .map(|text| Self::of_spelling(text, fields, analyzer))
            .collect();
        let loose = Self::loose_forms(text, fields, analyzer);
        query.spellings.extend(loose);
        query
    }

    /// A compound with a particle between two of its words: 航空券の予約サイト for 航空券予約サイト.
    fn loose_forms(text: &str, fields: TextFields, analyzer: &Analyzer) -> Vec<Self> {
        const MAX_FORMS: usize = 3;
        if is_place(text) || text.contains(|c: char| c.is_whitespace() || c.is_ascii()) {
            return Vec::new();
        }
        let tokens = analyzer.query_words(text);
        let is_word = |token: &Token| token.term.chars().nth(1).is_some();
        let is_dense = tokens
            .windows(2)
            .all(|pair| pair[1].position == pair[0].position + 1);
        // The first word is whole; a later one may be an ending (航空|券).
        let is_border = |border: &usize| {
            let is_whole = *border > 1 || is_word(&tokens[0]);
            is_dense && is_whole && is_word(&tokens[*border])
        };
        let borders = (1..tokens.len()).filter(is_border);
        let form = |border: usize| {
            let mut tokens = tokens.clone();
            for token in &mut tokens[border..] {
                token.position += 1;
            }
            Self {
                words: Phrase::of_words(fields, tokens),
                grams: Phrase::of_grams(fields, Vec::new()),
                spellings: Vec::new(),
                is_place: false,
                outside_certificates: false,
            }
        };
        borders.take(MAX_FORMS).map(form).collect()
    }

    fn of_spelling(text: &str, fields: TextFields, analyzer: &Analyzer) -> Self {
        let is_place = is_place(text);
        let words = Phrase::of_words(fields, analyzer.query_words(text));
        // As characters, 日本 begins 日本橋.
        let has_grams = !is_place || words.terms.is_empty();
        let grams = has_grams.then(|| analyzer.gram_query(text));
        Self {
            words,
            grams: Phrase::of_grams(fields, grams.unwrap_or_default()),
            spellings: Vec::new(),
            is_place,
            outside_certificates: false,
        }
    }

    /// A text in quotes: each of its characters as written.
    pub(crate) fn exact(text: &str, fields: TextFields, analyzer: &Analyzer) -> Self {
        Self {
            words: Phrase::of_words(fields, Vec::new()),
            grams: Phrase::of_grams(fields, analyzer.phrase_query(text)),
            spellings: Vec::new(),
            is_place: is_place(text),
            outside_certificates: false,
        }
    }

    /// A text whose last word may go on. As characters it may stop within a word anyhow, if they are
    /// Japanese ones.
    pub(crate) fn beginning(text: &str, fields: TextFields, analyzer: &Analyzer) -> Self {
        let mut words = Phrase::of_words(fields, analyzer.query_words(text));
        if let Some(last) = words.terms.last_mut()
            && let Wanted::Term(term) = &mut last.wanted
        {
            last.wanted = Wanted::Beginning(std::mem::take(term));
        }
        Self {
            words,
            grams: Phrase::of_grams(fields, analyzer.gram_query(text)),
            spellings: Vec::new(),
            is_place: false,
            outside_certificates: false,
        }
    }
}

impl TextQuery {
    /// Whether the text may stand where the terms of `marked` do; surely not where this is false.
    pub(crate) fn may_lie_in(&self, marked: Signatures) -> bool {
        self.words.may_lie_in(marked.words)
            || self.grams.may_lie_in(marked.grams)
            || self.spellings.iter().any(|other| other.may_lie_in(marked))
    }
}

/// Where a text begins in one candidate, as positions of words and of grams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextHits {
    pub(crate) words: Vec<u32>,
    pub(crate) grams: Vec<u32>,
    /// Of [`TextQuery::spellings`].
    pub(crate) spellings: Vec<TextHits>,
}

impl TextHits {
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.grams.is_empty() && self.spellings.iter().all(Self::is_empty)
    }

    /// How often the text stands there.
    pub(crate) fn count(&self) -> usize {
        let others: usize = self.spellings.iter().map(Self::count).sum();
        self.words.len().max(self.grams.len()) + others
    }

    /// Keeps those that lie wholly within one of `ranges`.
    #[must_use]
    pub(crate) fn within(&self, ranges: &Positions, query: &TextQuery) -> Self {
        self.filtered(
            query,
            &|ranges, at, reach| lies_in(ranges, at, reach),
            ranges,
        )
    }

    /// Drops those that lie wholly within one of `ranges`.
    #[must_use]
    pub(crate) fn without(&self, ranges: &Positions, query: &TextQuery) -> Self {
        self.filtered(
            query,
            &|ranges, at, reach| !lies_in(ranges, at, reach),
            ranges,
        )
    }

    fn filtered(
        &self,
        query: &TextQuery,
        keeps: &impl Fn(&[Range<u32>], u32, u32) -> bool,
        ranges: &Positions,
    ) -> Self {
        let spellings = self.spellings.iter().zip(&query.spellings);
        Self {
            words: filter(&self.words, |at| {
                keeps(&ranges.words, at, query.words.reach())
            }),
            grams: filter(&self.grams, |at| {
                keeps(&ranges.grams, at, query.grams.reach())
            }),
            spellings: spellings
                .map(|(hits, query)| hits.filtered(query, keeps, ranges))
                .collect(),
        }
    }

    /// The blocks that hold a hit, in order, each once.
    pub(crate) fn blocks(&self, query: &TextQuery) -> Vec<usize> {
        let mut blocks: Vec<usize> = self
            .in_one_block(query)
            .into_iter()
            .map(|at| (at / BLOCK) as usize)
            .collect();
        blocks.sort_unstable();
        blocks.dedup();
        blocks
    }

    /// Where the hits in block `block` begin, counted from its first position.
    pub(crate) fn offsets_in_block(&self, query: &TextQuery, block: usize) -> Vec<u32> {
        let hits = self.in_one_block(query).into_iter();
        hits.filter(|&at| (at / BLOCK) as usize == block)
            .map(|at| at % BLOCK)
            .collect()
    }

    fn in_one_block(&self, query: &TextQuery) -> Vec<u32> {
        let of_phrase = |hits: &[u32], reach: u32| {
            filter(hits, |at| at / BLOCK == at.saturating_add(reach) / BLOCK)
        };
        let mut hits = of_phrase(&self.words, query.words.reach());
        hits.extend(of_phrase(&self.grams, query.grams.reach()));
        for (spelling, query) in self.spellings.iter().zip(&query.spellings) {
            hits.extend(spelling.in_one_block(query));
        }
        hits
    }
}

fn filter(hits: &[u32], keep: impl Fn(u32) -> bool) -> Vec<u32> {
    hits.iter().copied().filter(|&at| keep(at)).collect()
}

fn lies_in(ranges: &[Range<u32>], at: u32, reach: u32) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    let last = at.saturating_add(reach);
    after > 0 && last < ranges[after - 1].end
}

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
