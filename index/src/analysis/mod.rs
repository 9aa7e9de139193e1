//! Japanese text to index terms.
//!
//! Input is any UTF-8; output is [`Token`]s whose spans are bytes of the input, on character
//! boundaries. Text is brought into one form first ([`normalize()`]), so `ＪＡＶＡ` and `java` are one
//! term. Then Latin names are taken whole with the symbols that belong to them (`c++`, `node.js`),
//! and lindera cuts the Japanese between them into dictionary words.
//!
//! There are two kinds of terms for two questions:
//!
//! - [`Analyzer::words`]: what is written *about*. Inflected words stand in their base form,
//!   particles and auxiliaries are dropped.
//! - [`Analyzer::grams`]: what is written *there*. Pairs of characters, for names that no dictionary
//!   knows. Pairs at which a word begins are marked, and [`Wanted`] tells which pairs meet a query, so that 京都 is not found in 東京都 while 日東
//!   is found in 日東電工株式会社.
//!
//! ```
//! use shokureki_index::analysis::Analyzer;
//!
//! let analyzer = Analyzer::builtin()?;
//! let text = "分散ＫＶＳを設計した";
//! let words = analyzer.words(text);
//! let terms: Vec<&str> = words.iter().map(|token| token.term.as_str()).collect();
//! assert_eq!(terms, ["分散", "kvs", "設計"]);
//! assert_eq!(&text[words[1].span.clone()], "ＫＶＳ");
//!
//! // The particle を keeps its position, so that phrases stay exact.
//! assert_eq!(words[1].position + 2, words[2].position);
//! # Ok::<(), shokureki_index::analysis::DictionaryError>(())
//! ```
//!
//! Not here: technologies ([`lexicon`](crate::lexicon)), fields, ranking, storage.

mod dictionary;
mod grams;
mod morphemes;
mod names;
mod normalize;
#[cfg(test)]
mod properties;
mod reading;
mod script;
mod spellings;
mod variants;
mod word_list;
mod words;

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

pub use self::dictionary::{DICTIONARY_CHECKSUM, DictionaryError};
pub(crate) use self::grams::BREAK_GAP as GRAM_BREAK;
pub use self::grams::{CellPlace, Wanted};
pub(crate) use self::normalize::is_key_letter;
pub use self::normalize::{Normalized, normalize, normalized_key};
pub use self::reading::romaji_key;
pub(crate) use self::script::without_repeat_marks;
pub use self::word_list::{WordList, WordMap};
pub(crate) use self::words::BREAK_GAP as WORD_BREAK;
pub use self::words::Token;

use self::dictionary::{Loaded, load_builtin, load_directory};
use self::grams::{gram_tokens, query_gram_tokens};
use self::morphemes::Morphology;
use self::names::find_names;
use self::spellings::other_spellings;
use self::words::{Purpose, word_tokens};

/// Raised with every change after which the same text gives other terms. An index of another
/// version must be built anew.
pub const ANALYZER_VERSION: u32 = 5;

/// Cuts text into terms. Cheap to clone; one serves all threads.
#[derive(Clone)]
pub struct Analyzer {
    inner: Arc<Inner>,
}

struct Inner {
    morphology: Morphology,
    checksum: String,
}

/// Both kinds of terms of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analyzed {
    /// As [`Analyzer::words`] gives them.
    pub words: Vec<Token>,
    /// As [`Analyzer::grams`] gives them.
    pub grams: Vec<Token>,
    /// Where each Japanese character with a position among the grams stands, in order.
    pub cells: Vec<CellPlace>,
}

impl Analyzer {
    /// Returns the analyzer with the dictionary inside this crate.
    ///
    /// The first call of a process unpacks it in memory; later ones share it.
    ///
    /// # Errors
    /// [`DictionaryError::Checksum`] when the dictionary is not the one that was built in, and the
    /// other variants when it cannot be read; none happens with an undamaged program.
    pub fn builtin() -> Result<Self, DictionaryError> {
        static BUILTIN: Mutex<Option<Analyzer>> = Mutex::new(None);
        let mut builtin = BUILTIN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(analyzer) = &*builtin {
            return Ok(analyzer.clone());
        }
        let analyzer = Self::of(load_builtin()?);
        *builtin = Some(analyzer.clone());
        Ok(analyzer)
    }

    /// Returns an analyzer with the dictionary of a directory in lindera's own format.
    ///
    /// Dictionaries with IPADIC's parts of speech give the best terms: function words are told by
    /// their Japanese names.
    ///
    /// # Errors
    /// [`DictionaryError::Read`] names the first file that is missing, [`DictionaryError::Format`]
    /// says that the files are of another version or none.
    pub fn from_directory(directory: &Path) -> Result<Self, DictionaryError> {
        Ok(Self::of(load_directory(directory)?))
    }

    fn of(loaded: Loaded) -> Self {
        Self {
            inner: Arc::new(Inner {
                morphology: Morphology::new(loaded.dictionary),
                checksum: loaded.checksum,
            }),
        }
    }

    /// Returns the SHA-256 of the dictionary in use: [`DICTIONARY_CHECKSUM`] for the one inside
    /// this crate.
    pub fn dictionary_checksum(&self) -> &str {
        &self.inner.checksum
    }

    /// Returns the word terms of a text, in its order.
    ///
    /// Positions count words. A dropped word (particle, auxiliary, する, こと) keeps its position;
    /// white space and punctuation have none, so `分散 KVS` and `分散KVS` are the same phrase; at a
    /// line end and at `。` the position leaps, so that no phrase reaches over it.
    ///
    /// A Latin word takes one position for each of its parts and gives several terms:
    /// `node.js` at the first, `node` and `js` at their own; `ci/cd` likewise; `python3` and
    /// `python` at the same; `50%` and `50`. `3.14` and `1,000` (as `1000`) are one part.
    pub fn words(&self, text: &str) -> Vec<Token> {
        let normalized = normalize(text);
        let names = find_names(normalized.as_str());
        let morphemes = self.inner.morphology.morphemes(normalized.as_str());
        word_tokens(&normalized, &names, &morphemes, Purpose::Index)
    }

    /// Returns the word terms that a query for `text` must find, each at most once per position.
    ///
    /// Positions are those of [`words`](Self::words), so the terms and their distances make the
    /// phrase. Particles and symbols alone give none. A Latin word gives its most exact term alone: `node.js`, `ci/cd`, `python3`; three or
    /// more words with slashes give a term each.
    pub fn query_words(&self, text: &str) -> Vec<Token> {
        let normalized = normalize(text);
        let names = find_names(normalized.as_str());
        let morphemes = self.inner.morphology.morphemes(normalized.as_str());
        word_tokens(&normalized, &names, &morphemes, Purpose::Query)
    }

    /// Returns the gram terms of a text, in its order.
    ///
    /// Positions count Japanese characters and parts of Latin words; they leap at a line end and
    /// at `。`. At each character stands the bigram with the next one: `^東京` where a word of the
    /// dictionary or another script begins, `?アー` where one may begin inside a long katakana word
    /// that no dictionary knows, `京大` elsewhere; the last of a run, if a word begins there, stands
    /// alone (`^京`). One space between Japanese characters is read over. Latin words are terms with
    /// the mark: `^node.js`, `^node`, `^js`.
    pub fn grams(&self, text: &str) -> Vec<Token> {
        let normalized = normalize(text);
        let names = find_names(normalized.as_str());
        let morphemes = self.inner.morphology.morphemes(normalized.as_str());
        gram_tokens(&normalized, &names, &morphemes).tokens
    }

    /// Returns the gram terms that a query for `text` must find as a phrase, with the positions of
    /// [`grams`](Self::grams).
    ///
    /// The first term of each run of Japanese characters is marked, so that the run is found only
    /// where a word begins: `^日東 東電 電工`. A run of one character gives `^京`. [`Wanted::of_gram`]
    /// says which terms of a text meet each.
    pub fn gram_query(&self, text: &str) -> Vec<Token> {
        let normalized = normalize(text);
        let names = find_names(normalized.as_str());
        query_gram_tokens(&normalized, &names, Purpose::Query)
    }

    /// Returns the gram terms that a text in quotes must find as a phrase: each character as written,
    /// width, case and long marks aside, particles and endings included.
    ///
    /// A text of two or more characters that begins with kanji or hiragana may begin inside a word
    /// (`計基盤` in 設計基盤); one of katakana or Latin letters begins where a word does.
    pub fn phrase_query(&self, text: &str) -> Vec<Token> {
        let normalized = normalize(text);
        let names = find_names(normalized.as_str());
        query_gram_tokens(&normalized, &names, Purpose::Phrase)
    }

    /// Returns `text`, normalized, in the other spellings of its words: 引っ越し and 引越 for 引越し.
    /// A few at most; none for most texts.
    pub fn other_spellings(&self, text: &str) -> Vec<String> {
        other_spellings(normalize(text).as_str())
    }

    /// Returns both kinds of terms for less than the work of both calls.
    pub fn analyze(&self, text: &str) -> Analyzed {
        let normalized = normalize(text);
        let names = find_names(normalized.as_str());
        let morphemes = self.inner.morphology.morphemes(normalized.as_str());
        let grams = gram_tokens(&normalized, &names, &morphemes);
        Analyzed {
            words: word_tokens(&normalized, &names, &morphemes, Purpose::Index),
            grams: grams.tokens,
            cells: grams.cells,
        }
    }

    /// Returns the katakana reading of a text by the dictionary, none when some word has none.
    ///
    /// Kana read as themselves; white space and punctuation are left out; Latin words have no
    /// reading. For names, furigana that the text gives is more reliable than this.
    pub fn reading(&self, text: &str) -> Option<String> {
        let normalized = normalize(text);
        if !find_names(normalized.as_str()).is_empty() {
            return None;
        }
        self.inner.morphology.reading(normalized.as_str())
    }
}

impl fmt::Debug for Analyzer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Analyzer")
            .field("dictionary_checksum", &self.inner.checksum)
            .finish_non_exhaustive()
    }
}
