//! Japanese text to dictionary words, by lindera.

use std::borrow::Cow;
use std::ops::Range;

use lindera::mode::{Mode, Penalty};
use lindera::segmenter::Segmenter;
use lindera::token::Token;
use lindera_dictionary::dictionary::{DetailFields, Dictionary};
use lindera_dictionary::viterbi::{Lattice, WordId};

use super::script::{Script, is_katakana_or_mark, without_repeat_marks, without_trailing_mark};

/// Characters given to lindera at once. Its work on runs of unknown characters grows faster than
/// their length, and a line of a résumé is shorter.
const CHUNK_MAX_CHARS: usize = 1_000;

/// IPADIC takes the dot for a katakana letter and would make one word of サーバ・クライアント, so it
/// is never shown to lindera together with others.
const MIDDLE_DOT: char = '・';

/// How far before the end of a chunk a place between words is looked for.
const CHUNK_SLACK_CHARS: usize = 100;

/// Characters beyond the first that an unknown word may have, MeCab's default.
const UNKNOWN_WORD_MAX_GROUPING: usize = 24;

/// Katakana words that the dictionary lacks are looked into from this length on: shorter ones are
/// rarely made of two.
const COMPOUND_MIN_CHARS: usize = 6;

/// Shortest word that a katakana compound is cut into while another part of it is unknown.
/// Two-character words (フル, テン) are found inside names by chance.
const COMPOUND_PART_MIN_CHARS: usize = 3;

/// A dictionary word of a normalized text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Morpheme {
    /// Bytes of the normalized text.
    pub(super) span: Range<usize>,
    /// What the word is searched by; none for particles, auxiliaries and their like.
    pub(super) term: Option<String>,
    /// Where in the normalized text another word may begin inside this one: empty unless this is
    /// a long katakana word that is in no dictionary, such as クラウドアーキテクト.
    pub(super) hidden_borders: Range<usize>,
}

/// Cuts normalized text with lindera in Normal mode.
pub(super) struct Morphology {
    segmenter: Segmenter,
    /// Prefers short words; for katakana compounds alone.
    decomposer: Segmenter,
    fields: Fields,
}

/// Where the fields that are used stand among a word's details.
struct Fields {
    part_of_speech: usize,
    subcategory: usize,
    conjugation_type: Option<usize>,
    base_form: Option<usize>,
    reading: Option<usize>,
}

impl Fields {
    fn of(dictionary: &Dictionary) -> Self {
        let schema = &dictionary.metadata.dictionary_schema;
        let find = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| schema.get_custom_field_index(name))
        };
        let part_of_speech = find(&["part_of_speech", "major_pos"]).unwrap_or(0);
        let subcategory = find(&["part_of_speech_subcategory_1", "pos_detail_1"]);
        Self {
            part_of_speech,
            subcategory: subcategory.unwrap_or(part_of_speech + 1),
            conjugation_type: find(&["conjugation_type"]),
            base_form: find(&["base_form", "orthographic_base_form"]),
            reading: find(&["reading"]),
        }
    }
}

impl Morphology {
    pub(super) fn new(dictionary: Dictionary) -> Self {
        let fields = Fields::of(&dictionary);
        let decompose = Mode::Decompose(Penalty {
            other_penalty_length_threshold: COMPOUND_PART_MIN_CHARS,
            ..Penalty::default()
        });
        let segmenter = Segmenter::new(Mode::Normal, dictionary.clone(), None)
            .max_grouping_len(Some(UNKNOWN_WORD_MAX_GROUPING));
        let decomposer = Segmenter::new(decompose, dictionary, None);
        Self {
            segmenter,
            decomposer,
            fields,
        }
    }

    /// Returns the words of `text` that hold a Japanese character, in order, without overlap.
    /// White space and symbols belong to none.
    ///
    /// A long katakana word that the dictionary lacks is cut into the words it is made of:
    /// サーバーサイドエンジニア is three.
    pub(super) fn morphemes(&self, text: &str) -> Vec<Morpheme> {
        let mut morphemes = Vec::new();
        self.for_each_word(text, |span, word_id| {
            let surface = &text[span.clone()];
            if !surface.chars().any(|c| Script::of(c).is_cjk()) {
                return;
            }
            let Some(parts) = self.compound_parts(surface, word_id) else {
                let hidden = hidden_borders(surface, word_id);
                morphemes.push(Morpheme {
                    term: self.term(surface, word_id),
                    hidden_borders: span.start + hidden.start..span.start + hidden.end,
                    span,
                });
                return;
            };
            morphemes.extend(parts.into_iter().map(|part| Morpheme {
                term: Some(without_trailing_mark(&surface[part.clone()]).to_owned()),
                span: span.start + part.start..span.start + part.end,
                hidden_borders: 0..0,
            }));
        });
        morphemes
    }

    /// Returns the bytes of the words that make up `surface`, none when it is no compound.
    ///
    /// The cut depends on the word alone, never on what is around it, so that a query is cut as
    /// the text was.
    fn compound_parts(&self, surface: &str, word_id: WordId) -> Option<Vec<Range<usize>>> {
        let chars = surface.chars().count();
        let may_be_compound = word_id.is_unknown()
            && chars >= COMPOUND_MIN_CHARS
            && surface.chars().all(is_katakana_or_mark);
        if !may_be_compound {
            return None;
        }
        let words = self
            .decomposer
            .segment(Cow::Borrowed(surface))
            .expect("segmenting borrowed text has no way to fail");
        let is_known = |word: &Token<'_>| word.word_id.is_system();
        let chars_at_least = |least| {
            let mut lengths = words.iter().map(|word| word.surface.chars().count());
            lengths.all(|length| length >= least)
        };
        let is_credible = if words.iter().all(is_known) {
            chars_at_least(2)
        } else {
            words.iter().any(is_known) && chars_at_least(COMPOUND_PART_MIN_CHARS)
        };
        if !is_credible {
            return None;
        }
        let spans = words.iter().map(|word| word.byte_start..word.byte_end);
        Some(spans.collect())
    }

    /// Returns the katakana reading of `text`, none when some word in it has none.
    pub(super) fn reading(&self, text: &str) -> Option<String> {
        let mut reading = Some(String::new());
        self.for_each_word(text, |span, word_id| {
            let surface = &text[span];
            if let Some(so_far) = &mut reading {
                match self.word_reading(surface, word_id) {
                    Some(word) => so_far.push_str(&word),
                    None => reading = None,
                }
            }
        });
        reading.filter(|reading| !reading.is_empty())
    }

    /// Calls `visit` with the span and the id of each of lindera's words.
    fn for_each_word(&self, text: &str, mut visit: impl FnMut(Range<usize>, WordId)) {
        let mut lattice = Lattice::default();
        for chunk in chunks(text) {
            let part = &text[chunk.clone()];
            if !part.chars().any(|c| Script::of(c).is_cjk()) {
                continue;
            }
            let words = self
                .segmenter
                .segment_with_lattice(Cow::Borrowed(part), &mut lattice)
                .expect("segmenting borrowed text has no way to fail");
            for word in words {
                let span = chunk.start + word.byte_start..chunk.start + word.byte_end;
                visit(span, word.word_id);
            }
        }
    }

    /// Chooses the form that a word is searched by.
    fn term(&self, surface: &str, word_id: WordId) -> Option<String> {
        let detail = |index| self.details(word_id).nth(index).unwrap_or("*");
        let part_of_speech = detail(self.fields.part_of_speech);
        let subcategory = detail(self.fields.subcategory);
        let base_form = self.base_form(word_id);
        let form = base_form.unwrap_or(surface);
        if is_function_word(part_of_speech, subcategory, form) {
            return None;
        }
        let has_letter = surface.chars().any(|c| c != 'ー' && c.is_alphanumeric());
        has_letter.then(|| without_repeat_marks(without_trailing_mark(form).to_owned()))
    }

    /// The base form of an inflected word.
    fn base_form(&self, word_id: WordId) -> Option<&str> {
        let detail = |index| {
            self.details(word_id)
                .nth(index)
                .filter(|field| *field != "*")
        };
        detail(self.fields.conjugation_type?)?;
        detail(self.fields.base_form?)
    }

    /// The reading of one word: the dictionary's, else the kana of the word itself. Empty for
    /// white space and punctuation.
    fn word_reading(&self, surface: &str, word_id: WordId) -> Option<String> {
        let of_dictionary = self
            .fields
            .reading
            .and_then(|index| self.details(word_id).nth(index))
            .filter(|reading| *reading != "*" && reading.chars().all(is_kana));
        if let Some(reading) = of_dictionary {
            return Some(reading.to_owned());
        }
        let mut reading = String::with_capacity(surface.len());
        for c in surface.chars() {
            match Script::of(c) {
                Script::Hiragana | Script::Katakana | Script::Prolonged => {
                    reading.push(to_katakana(c));
                }
                Script::Space | Script::Symbol | Script::Break => {}
                Script::Kanji | Script::Latin => return None,
            }
        }
        Some(reading)
    }

    fn details(&self, word_id: WordId) -> DetailFields<'_> {
        let dictionary = &self.segmenter.dictionary;
        let index = word_id.id() as usize;
        if word_id.is_unknown() {
            dictionary.unknown_word_details_iter(index)
        } else {
            dictionary.word_details_iter(index)
        }
    }
}

/// Returns the bytes of `surface` at which a second katakana word may begin, so that both have at
/// least [`COMPOUND_PART_MIN_CHARS`]; empty for known and for short words.
fn hidden_borders(surface: &str, word_id: WordId) -> Range<usize> {
    let is_opaque = word_id.is_unknown() && surface.chars().all(is_katakana_or_mark);
    let mut offsets = surface.char_indices().map(|(at, _)| at);
    let first = offsets.nth(COMPOUND_PART_MIN_CHARS);
    let last = surface
        .char_indices()
        .nth_back(COMPOUND_PART_MIN_CHARS - 1)
        .map(|(at, _)| at);
    match (first, last) {
        (Some(first), Some(last)) if is_opaque && first <= last => first..last + 1,
        _ => 0..0,
    }
}

/// Returns whether a word has a task in the sentence but no content of its own.
///
/// Particles, auxiliaries, fillers and symbols by part of speech; dependent verbs and nouns (いる in
/// している, こと, ため); the light verb する.
fn is_function_word(part_of_speech: &str, subcategory: &str, base_form: &str) -> bool {
    match part_of_speech {
        "助詞" | "助動詞" | "フィラー" | "記号" | "補助記号" | "空白" => true,
        "動詞" => matches!(subcategory, "非自立" | "接尾" | "非自立可能") || base_form == "する",
        "名詞" => subcategory == "非自立",
        "形容詞" => matches!(subcategory, "非自立" | "接尾"),
        _ => false,
    }
}

fn is_kana(c: char) -> bool {
    matches!(
        Script::of(c),
        Script::Hiragana | Script::Katakana | Script::Prolonged
    )
}

/// Hiragana to the katakana of the same sound, 96 code points on.
pub(super) fn to_katakana(c: char) -> char {
    match c {
        '\u{3041}'..='\u{3096}' | '\u{309D}' | '\u{309E}' => {
            char::from_u32(u32::from(c) + 0x60).unwrap_or(c)
        }
        _ => c,
    }
}

/// Cuts text into lines, and lines that are too long where two words may meet.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        if rest.is_empty() {
            return None;
        }
        let chunk = at..at + chunk_len(rest);
        at = chunk.end;
        Some(chunk)
    })
}

/// The length in bytes of the first chunk of `rest`, which is not empty.
fn chunk_len(rest: &str) -> usize {
    let mut last_border = None;
    let mut before = None;
    for (count, (at, c)) in rest.char_indices().enumerate() {
        let script = Script::of(c);
        if count >= CHUNK_MAX_CHARS {
            return last_border.unwrap_or(at);
        }
        let near_end = count >= CHUNK_MAX_CHARS - CHUNK_SLACK_CHARS;
        if near_end && before.is_some_and(|before| before != script) {
            last_border = Some(at);
        }
        if c == MIDDLE_DOT && at > 0 {
            return at;
        }
        if script == Script::Break || c == MIDDLE_DOT {
            return at + c.len_utf8();
        }
        before = Some(script);
    }
    rest.len()
}
