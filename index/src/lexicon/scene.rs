//! A text with the names in it: what is written, where lines end, who is an employer.

use crate::analysis::WordList;
use crate::words;
use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

use super::boundary::{char_after, char_before, is_japanese, is_latin};
use super::finder::{Candidate, Context, ContextKind, Lineage};
use super::forms::{Sense, TechnologyId, is_katakana};
use super::ground::Ground;
use crate::analysis::Normalized;

/// Legal forms and forms of address that make the name before or after them an employer's.
const EMPLOYER_BEHIND: &WordList = words![
    "株式会社",
    "(株)",
    "合同会社",
    "有限会社",
    "(合)",
    "(有)",
    "inc.",
    "inc ",
    ", inc",
    "corp.",
    "corporation",
    "co.,",
    "co., ",
    "ltd",
    "llc",
    "gmbh",
    "k.k.",
    "さん",
    "japan株式会社",
    "japan合同会社",
    "japan g.k.",
    "japan k.k.",
    "japan inc",
    "ジャパン",
    "日本法人",
    "本社",
    "社様",
];
const EMPLOYER_BEFORE: &WordList = words![
    "株式会社",
    "(株)",
    "合同会社",
    "有限会社",
    "(合)",
    "(有)",
    "日本",
];

/// Longest rest of a company's name that is read, in characters.
const MAX_NAME_CHARS: usize = 40;

/// A text, where it stands, and the names in it.
pub(super) struct Scene<'a> {
    original: &'a str,
    normalized: &'a Normalized,
    pub(super) normal: &'a str,
    context: Context<'a>,
    pub(super) names: &'a [Candidate<'a>],
    pub(super) ground: Ground,
    pub(super) technologies: &'a Lineage<'a>,
    /// The technologies of `context.parents`.
    given: Vec<TechnologyId>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        original: &'a str,
        normalized: &'a Normalized,
        context: Context<'a>,
        names: &'a [Candidate<'a>],
        technologies: &'a Lineage<'a>,
    ) -> Self {
        let given = context
            .parents
            .iter()
            .filter_map(|key| technologies.by_key.get(*key).copied())
            .collect();
        Self {
            original,
            normalized,
            normal: normalized.as_str(),
            context,
            ground: Ground::new(normalized.as_str(), names),
            names,
            technologies,
            given,
        }
    }

    /// Whether an enclosing bullet or heading names what `part` is a part of.
    pub(super) fn parent_is_given(&self, part: TechnologyId) -> bool {
        self.given
            .iter()
            .any(|&given| self.technologies.is_part_of(part, given))
    }

    /// The name as written, folded in width only.
    pub(super) fn written(&self, range: Range<usize>) -> Cow<'a, str> {
        let written = &self.original[self.normalized.original_range(range)];
        if written.is_ascii() {
            Cow::Borrowed(written)
        } else {
            Cow::Owned(written.nfkc().collect())
        }
    }

    pub(super) fn is_case_exact(&self, candidate: &Candidate<'_>, sense: &Sense) -> bool {
        self.written(candidate.start..candidate.name_end)
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .eq(sense.letters.chars())
    }

    /// Whether the writer uses no capitals at all.
    pub(super) fn is_in_lower_case(&self, range: &Range<usize>) -> bool {
        !self.written(range.clone()).contains(char::is_uppercase)
    }

    /// Whether each word of the name begins with a capital.
    pub(super) fn is_capitalized(&self, candidate: &Candidate<'_>) -> bool {
        self.written(candidate.start..candidate.name_end)
            .split_whitespace()
            .all(|word| word.starts_with(|letter: char| letter.is_uppercase()))
    }

    pub(super) fn is_list(&self) -> bool {
        self.context.kind != ContextKind::Prose
    }

    /// Whether the name at `range` is the name of an employer.
    pub(super) fn is_employer(&self, range: &Range<usize>) -> bool {
        let after = self.normal[range.end..].trim_start_matches(' ');
        let before = self.normal[..range.start].trim_end_matches(' ');
        if EMPLOYER_BEHIND.begin(after) {
            return true;
        }
        // Google社, but not AWS社内.
        if let Some(rest) = after.strip_prefix('社')
            && !rest.starts_with(['内', '外', '員', '会', '長', '名', '史'])
        {
            return true;
        }
        if EMPLOYER_BEFORE.end(before) {
            return true;
        }
        self.begins_company_name(range.end)
    }

    /// LINEヤフー株式会社: katakana or Latin letters up to a legal form.
    pub(super) fn begins_company_name(&self, end: usize) -> bool {
        let rest = &self.normal[end..];
        let name_len: usize = rest
            .chars()
            .take(MAX_NAME_CHARS)
            .take_while(|&letter| is_katakana(letter) || is_latin(letter))
            .map(char::len_utf8)
            .sum();
        let tail = &rest[name_len..];
        name_len > 0 && (tail.starts_with("株式会社") || tail.starts_with("合同会社"))
    }

    /// Whether a word that is no name may be a misspelt one: in a list any, in prose one that does
    /// not look like a word of an English sentence.
    pub(super) fn may_be_misspelt(&self, word: &Range<usize>) -> bool {
        if self.is_list() {
            return true;
        }
        let written = self.written(word.clone());
        let touches = |letter: Option<char>| letter.is_some_and(is_japanese);
        written.chars().any(char::is_uppercase)
            || touches(char_before(self.normal, word.start))
            || touches(char_after(self.normal, word.end))
    }

    /// Whether the item of the name at `at` holds nothing but names, versions, years and marks.
    pub(super) fn is_whole_item(&self, at: usize) -> bool {
        let candidate = &self.names[at];
        let item = self.ground.item(at);
        let joins_by_ampersand = char_before(self.normal, item.range.start) == Some('&')
            || char_after(self.normal, item.range.end) == Some('&');
        item.is_bare && !(joins_by_ampersand && candidate.name_end - candidate.start <= 2)
    }
}
