//! The word of the index that resembles one that no document holds.

use std::collections::HashMap;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::analysis::Analyzer;

/// Shorter words resemble too many others.
const LEAST_LETTERS: usize = 4;

/// Returns the word of `field` that `word` most resembles, normalized; `None` where a document holds
/// `word`, where it is several words, and where nothing is near.
///
/// One edit is allowed (insertion, deletion, substitution, exchange of neighbours), two from eight
/// letters on; the first letter stays. Of words as near, the most frequent is returned.
pub(crate) fn nearest_word(
    word: &str,
    field: Field,
    searcher: &Searcher,
    analyzer: &Analyzer,
) -> tantivy::Result<Option<String>> {
    let tokens = analyzer.query_words(word);
    let [token] = tokens.as_slice() else {
        return Ok(None);
    };
    let term = token.term.as_str();
    let letters = term.chars().count();
    let is_spelled = term.chars().all(is_letter);
    if letters < LEAST_LETTERS
        || !is_spelled
        || searcher.doc_freq(&Term::from_field_text(field, term))? > 0
    {
        return Ok(None);
    }
    let limit = if letters >= 8 { 2 } else { 1 };
    let first: String = term.chars().take(1).collect();
    let mut near: HashMap<String, (usize, u64)> = HashMap::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut terms = inverted
            .terms()
            .range()
            .ge(first.as_bytes())
            .into_stream()?;
        while terms.advance() {
            let key = terms.key();
            if !key.starts_with(first.as_bytes()) {
                break;
            }
            let Ok(other) = std::str::from_utf8(key) else {
                continue;
            };
            if other.chars().count().abs_diff(letters) > limit {
                continue;
            }
            let distance = strsim::osa_distance(term, other);
            if distance <= limit {
                let found = near.entry(other.to_owned()).or_insert((distance, 0));
                found.1 += u64::from(terms.value().doc_freq);
            }
        }
    }
    let best = near
        .into_iter()
        .min_by(|(left, (near, count)), (right, (far, other))| {
            near.cmp(far).then(other.cmp(count)).then(left.cmp(right))
        });
    Ok(best.map(|(word, _)| word))
}

/// Whether slips of one letter are usual in words of it: kanji are other words.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, 'ァ'..='ヺ' | 'ー')
}
