//! Normalized text to character bigrams that know where words begin.
//!
//! Every Japanese character and every part of a Latin word takes one position. At the position of a
//! character stands the bigram of it and the next one, once: as `京大` inside a word, as `^東京`
//! where a word or another script begins. A character with none behind it is marked alone (`^京`),
//! if a word begins there.
//!
//! Inside a katakana word that no dictionary knows (クラウドアーキテクト) a word may begin at any
//! letter from the fourth to the third last, so the bigram has a mark of its own there (`?アー`).
//!
//! What a query asks for is met by several of these: see [`Wanted`].
//!
//! `京都` inside `東京都` is a place of its own, so that bigram is written as `東京都`; `々` is read as
//! the kanji that it repeats.
//!
//! One space between two Japanese characters is read over, so that `飯泉 菜緒` and `飯泉菜緒` have
//! the same bigrams; any other character ends the run, and no bigram reaches over it. Latin words
//! are terms with the mark (`^node.js`, `^node`, `^js`), so that the phrase of `ABC証券` holds both
//! sides.

use std::ops::Range;

use super::morphemes::Morpheme;
use super::names::Name;
use super::normalize::Normalized;
use super::script::{Script, repeated};
use super::words::{Purpose, Token, Writer};

/// Stands before a term at which a word begins. No normalized word holds it.
const START: char = '^';

/// Stands before a bigram at which a word may begin.
const MAYBE_START: char = '?';

/// How many positions lie between two sentences or lines: more than lie between two neighbours. A
/// phrase of grams leaves out none, so that few will do, which keeps positions small.
pub(crate) const BREAK_GAP: u32 = 4;

/// What a query wants to stand at a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// This term.
    Term(String),
    /// Any term with this beginning.
    Beginning(String),
    /// A bigram: any of the forms that it may have there.
    Pair(Vec<String>),
    /// A character at which a word begins: any bigram with this beginning, or it alone.
    Character(String),
}

impl Wanted {
    /// Returns what a term of a gram query wants.
    ///
    /// `東京` is met with and without a mark, `^東京` with one, `^東` by whatever `東` begins.
    pub fn of_gram(term: &str) -> Self {
        let pair = term.strip_prefix(START);
        let mut characters = pair.unwrap_or(term).chars();
        let first = characters.next();
        if !first.is_some_and(|c| Script::of(c).is_cjk()) {
            return Self::Term(term.to_owned());
        }
        let (Some(pair), None) = (pair, characters.next()) else {
            return Self::Pair(pair_forms(term));
        };
        Self::Character(format!("{START}{pair}"))
    }

    /// The characters of a term, whether a word begins there or not.
    pub fn bare(term: &str) -> &str {
        term.strip_prefix(START).unwrap_or(term)
    }

    /// What all terms that are wanted have in common; `None` where they may go on in any way.
    pub fn common(&self) -> Option<&str> {
        match self {
            Self::Term(term) => Some(Self::bare(term)),
            Self::Pair(forms) => forms.first().map(|form| Self::bare(form)),
            Self::Beginning(_) | Self::Character(_) => None,
        }
    }

    /// Returns whether `term` of the index is what is wanted.
    pub fn is_met_by(&self, term: &str) -> bool {
        match self {
            Self::Term(wanted) => wanted == term,
            Self::Pair(wanted) => wanted.iter().any(|wanted| wanted == term),
            Self::Beginning(wanted) | Self::Character(wanted) => term.starts_with(wanted),
        }
    }
}

/// The terms of the index that the term of a query is met by.
fn pair_forms(term: &str) -> Vec<String> {
    let mut forms = vec![term.to_owned()];
    let pair = term.strip_prefix(START).unwrap_or(term);
    if pair == term {
        forms.push(format!("{START}{pair}"));
    }
    if pair.starts_with(can_begin_inner_word) {
        forms.push(format!("{MAYBE_START}{pair}"));
    }
    forms
}

/// Where a character of a run stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPlace {
    /// As of a gram that begins there.
    pub position: u32,
    /// Bytes of the original text.
    pub span: Range<usize>,
}

/// The grams of a text.
#[derive(Debug, Default)]
pub(super) struct Grams {
    pub(super) tokens: Vec<Token>,
    /// Of all Japanese characters that have a position, in order.
    pub(super) cells: Vec<CellPlace>,
}

/// A Japanese character of a run.
struct Cell {
    c: char,
    span: Range<usize>,
    /// What is known of the place before it.
    border: Border,
}

/// Whether a word begins at a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Border {
    None,
    /// Inside a katakana word that is in no dictionary.
    Possible,
    Sure,
}

/// Returns whether a word may begin with `c` inside a katakana word.
fn can_begin_inner_word(c: char) -> bool {
    Script::of(c) == Script::Katakana && can_begin_katakana_word(c)
}

/// Returns whether a katakana word can begin with `c`: not with small letters, `ン` and marks.
fn can_begin_katakana_word(c: char) -> bool {
    !matches!(
        c,
        'ァ' | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | 'ン'
            | 'ー'
            | 'ヽ'
            | 'ヾ'
    )
}

/// The name that the pair of `cell` and `next` is the end of, and only looks like another's: 京都
/// is not written in 東京都.
fn inner_name(before: Option<&Cell>, cell: &Cell, next: &Cell) -> Option<&'static str> {
    (before?.c == '東' && cell.c == '京' && next.c == '都').then_some("東京都")
}

/// Makes the gram tokens of a text for the index.
pub(super) fn gram_tokens(
    normalized: &Normalized,
    names: &[Name],
    morphemes: &[Morpheme],
) -> Grams {
    make_tokens(normalized, names, morphemes, Purpose::Index)
}

/// Makes the gram tokens that a query must find as a phrase; for [`Purpose::Phrase`] also where the
/// text begins inside a word.
pub(super) fn query_gram_tokens(
    normalized: &Normalized,
    names: &[Name],
    purpose: Purpose,
) -> Vec<Token> {
    make_tokens(normalized, names, &[], purpose).tokens
}

fn make_tokens(
    normalized: &Normalized,
    names: &[Name],
    morphemes: &[Morpheme],
    purpose: Purpose,
) -> Grams {
    let text = normalized.as_str();
    let mut runs = Runs {
        writer: Writer::new(normalized, BREAK_GAP),
        places: Vec::new(),
        purpose,
        cells: Vec::new(),
        last_script: None,
        space_pending: false,
    };
    let mut names = names.iter().peekable();
    let mut words = morphemes.iter().peekable();
    let mut hidden_borders = 0..0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(name) = names.next_if(|name| name.span().start <= at) {
            runs.end();
            runs.write_name(name);
            at = name.span().end.max(at);
            continue;
        }
        let span = at..at + c.len_utf8();
        while words.next_if(|word| word.span.start < at).is_some() {}
        let border = if let Some(word) = words.next_if(|word| word.span.start == at) {
            hidden_borders = word.hidden_borders.clone();
            Border::Sure
        } else if hidden_borders.contains(&at) && can_begin_inner_word(c) {
            Border::Possible
        } else {
            Border::None
        };
        runs.read(c, span, border);
        at += c.len_utf8();
    }
    runs.end();
    Grams {
        tokens: runs.writer.tokens,
        cells: runs.places,
    }
}

/// The run of Japanese characters that is being read, and what was written before it.
struct Runs<'a> {
    writer: Writer<'a>,
    places: Vec<CellPlace>,
    purpose: Purpose,
    cells: Vec<Cell>,
    /// Script of the last character that is no long mark; of no meaning while there are no cells.
    last_script: Option<Script>,
    /// Whether the last character was the one space that a run may hold at a place.
    space_pending: bool,
}

impl Runs<'_> {
    fn read(&mut self, c: char, span: Range<usize>, border: Border) {
        let script = Script::of(c);
        if script.is_cjk() {
            let changes_script = self.changes_script(script);
            let border = if self.space_pending || changes_script {
                Border::Sure
            } else {
                border
            };
            self.space_pending = false;
            let c = repeated(c, self.cells.last().map(|cell| cell.c));
            self.cells.push(Cell { c, span, border });
            return;
        }
        let may_continue = script == Script::Space && !self.space_pending;
        if may_continue && !self.cells.is_empty() {
            self.space_pending = true;
            return;
        }
        self.end();
    }

    /// Returns whether a character of `script` begins another script than the last one's. A long
    /// mark continues any script.
    fn changes_script(&mut self, script: Script) -> bool {
        if self.cells.is_empty() {
            self.last_script = None;
        }
        if script == Script::Prolonged {
            return self.cells.is_empty();
        }
        self.last_script.replace(script) != Some(script)
    }

    fn end(&mut self) {
        self.space_pending = false;
        let cells = std::mem::take(&mut self.cells);
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else {
            return;
        };
        self.writer.cross_to(first.span.start..last.span.end);
        for (index, cell) in cells.iter().enumerate() {
            let next = cells.get(index + 1);
            let before = index.checked_sub(1).and_then(|before| cells.get(before));
            match self.purpose {
                Purpose::Index => self.write_cell(before, cell, next),
                Purpose::Query | Purpose::Phrase => self.write_query_cell(before, cell, next),
            }
            self.writer.advance(1);
        }
        self.cells = cells;
        self.cells.clear();
    }

    fn write_cell(&mut self, before: Option<&Cell>, cell: &Cell, next: Option<&Cell>) {
        self.places.push(self.writer.place(cell.span.clone()));
        let mark = match cell.border {
            Border::None => None,
            Border::Possible => Some(MAYBE_START),
            Border::Sure => Some(START),
        };
        let Some(next) = next else {
            if cell.border == Border::Sure {
                self.writer
                    .write(format!("{START}{}", cell.c), 0, cell.span.clone());
            }
            return;
        };
        let span = cell.span.start..next.span.end;
        let inner = inner_name(before, cell, next);
        if let Some(name) = inner {
            self.writer.write(name.to_owned(), 0, span.clone());
        }
        if inner.is_none() || mark.is_some() {
            let mark = mark.map(String::from).unwrap_or_default();
            self.writer
                .write(format!("{mark}{}{}", cell.c, next.c), 0, span);
        }
    }

    fn write_query_cell(&mut self, before: Option<&Cell>, cell: &Cell, next: Option<&Cell>) {
        let is_first = before.is_none();
        let Some(next) = next else {
            if is_first {
                self.writer
                    .write(format!("{START}{}", cell.c), 0, cell.span.clone());
            }
            return;
        };
        // Behind a Latin word or a symbol a run begins a word anyway; katakana words are not cut.
        let may_begin_inside = self.purpose == Purpose::Phrase
            && self.writer.tokens.is_empty()
            && matches!(Script::of(cell.c), Script::Kanji | Script::Hiragana);
        let span = cell.span.start..next.span.end;
        let term = match inner_name(before, cell, next) {
            Some(name) => name.to_owned(),
            None if is_first && !may_begin_inside => format!("{START}{}{}", cell.c, next.c),
            None => format!("{}{}", cell.c, next.c),
        };
        self.writer.write(term, 0, span);
    }

    fn write_name(&mut self, name: &Name) {
        self.writer.cross_to(name.span());
        for atom in &name.atoms {
            if let Some(whole) = &atom.whole {
                self.writer
                    .write(format!("{START}{whole}"), 0, atom.span.clone());
            }
            let parts_wanted = self.purpose == Purpose::Index || atom.whole.is_none();
            for (offset, part) in (0..).zip(&atom.parts) {
                if parts_wanted && atom.whole.as_ref() != Some(&part.term) {
                    let term = format!("{START}{}", part.term);
                    self.writer.write(term, offset, part.span.clone());
                }
            }
            self.writer.advance(atom.width());
        }
    }
}
