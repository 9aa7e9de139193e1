//! Interim normalization, enough for the lexicon to be built on; the analysis room replaces it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

/// A normalized text that knows which bytes of the original each of its bytes came from.
#[derive(Clone, Debug)]
pub struct Normalized {
    text: String,
    /// Start and end in the original of the segment that each normalized byte came from.
    origins: Vec<(usize, usize)>,
}

impl Normalized {
    /// The normalized text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that `range` of the normalized text came from.
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        if range.is_empty() {
            let at = self.origins.get(range.start).map_or_else(
                || self.origins.last().map_or(0, |origin| origin.1),
                |origin| origin.0,
            );
            return at..at;
        }
        self.origins[range.start].0..self.origins[range.end - 1].1
    }
}

/// NFKC, lower case, one dash and one wave, katakana words of 4+ characters without trailing long mark.
pub fn normalize(text: &str) -> Normalized {
    let mut chars: Vec<(char, usize, usize)> = Vec::with_capacity(text.len());
    let mut iter = text.char_indices().peekable();
    while let Some((start, first)) = iter.next() {
        let mut end = start + first.len_utf8();
        while let Some(&(at, next)) = iter.peek() {
            let joins = unicode_normalization::char::is_combining_mark(next)
                || matches!(next, '\u{ff9e}' | '\u{ff9f}');
            if !joins {
                break;
            }
            end = at + next.len_utf8();
            iter.next();
        }
        for folded in text[start..end].nfkc().flat_map(char::to_lowercase) {
            chars.push((fold(folded), start, end));
        }
    }
    let mut normalized = Normalized {
        text: String::with_capacity(text.len()),
        origins: Vec::new(),
    };
    let mut run = 0;
    for (at, &(folded, start, end)) in chars.iter().enumerate() {
        let is_kana = ('ァ'..='ヺ').contains(&folded) || folded == 'ー';
        run = if is_kana { run + 1 } else { 0 };
        let next = chars.get(at + 1).map(|next| next.0);
        let run_ends = !next.is_some_and(|next| ('ァ'..='ヺ').contains(&next) || next == 'ー');
        if folded == 'ー' && run >= 4 && run_ends {
            continue;
        }
        normalized.text.push(folded);
        for _ in 0..folded.len_utf8() {
            normalized.origins.push((start, end));
        }
    }
    normalized
}

/// The normalized form alone, for keys.
pub fn normalized_key(text: &str) -> String {
    normalize(text.trim()).text
}

fn fold(folded: char) -> char {
    match folded {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{301c}' | '\u{223c}' => '~',
        '髙' => '高',
        '﨑' => '崎',
        other => other,
    }
}
