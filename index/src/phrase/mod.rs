//! Terms at fixed distances: what a text is looked for by.

mod cursor;
mod hits;

use tantivy::schema::Field;

use crate::analysis::{Analyzer, Token, Wanted};
use crate::fields::TextFields;
use crate::place_names::is_place;
use crate::timeline::{Signature, Signatures};

pub(crate) use cursor::{TermsCursor, TextCursor, document_count};
pub(crate) use hits::TextHits;

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
    /// Whether it is not meant where the text tells who the person is.
    pub(crate) outside_identity: bool,
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
                outside_identity: false,
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
            outside_identity: false,
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
            outside_identity: false,
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
            outside_identity: false,
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
