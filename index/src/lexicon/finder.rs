//! Where a text names technologies.
//!
//! Where a name may begin in the normalized text, the longest is taken that may also end where it
//! does (`boundary`); what is taken is then judged by its surroundings (`judge`). Latin words that
//! stay unexplained are tried as misspellings (`typo`).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::boundary;
use super::certificate::Certificates;
use super::company::{Companies, Company};
use super::forms::{Form, Forms, TechnologyId};
use super::judge;
use super::load::{Ambiguity, name_key};
use super::mask::{self, Mask};
use super::names_at::NamesAt;
use super::scene::Scene;
use super::technology::{MatchKind, Technology, TechnologyKind};
use super::typo::{Correction, MIN_LETTERS, TypoIndex};
use crate::analysis::normalize;

/// What sort of text a name is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContextKind {
    /// An item or a line of a technology list.
    List,
    /// A heading or a table cell of a skill section.
    Skill,
    /// Sentences, or anything else.
    Prose,
}

/// Where a text stands, as far as it decides what ambiguous names mean.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What sort of text it is.
    pub kind: ContextKind,
    /// Keys of the technologies that enclosing bullets or headings name (AWS above Lambda).
    pub parents: &'a [&'a str],
}

impl<'a> Context<'a> {
    /// An item of a technology list.
    pub const LIST: Self = Self {
        kind: ContextKind::List,
        parents: &[],
    };
    /// A heading or table cell of a skill section.
    pub const SKILL: Self = Self {
        kind: ContextKind::Skill,
        parents: &[],
    };
    /// Sentences.
    pub const PROSE: Self = Self {
        kind: ContextKind::Prose,
        parents: &[],
    };

    /// The same sort of text below `parents`.
    #[must_use]
    pub const fn below(self, parents: &'a [&'a str]) -> Self {
        Self {
            kind: self.kind,
            parents,
        }
    }
}

/// A place where a text names a technology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Key of the technology.
    pub technology: String,
    /// Bytes of the text as given, on character boundaries; a version that touches the name is
    /// inside (`Python3`), one after a space is not.
    pub span: Range<usize>,
    /// Whether the name is spelt as the lexicon knows it.
    pub via: MatchKind,
    /// Whether it stands in the name of a certificate.
    pub in_certificate: bool,
}

/// A name that stands where a name may stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'f> {
    /// Bytes of the normalized text.
    pub(super) start: usize,
    /// End of the name without version.
    pub(super) name_end: usize,
    /// End with the version that touches it.
    pub(super) end: usize,
    pub(super) is_hyphenated: bool,
    pub(super) form: &'f Form,
}

impl Candidate<'_> {
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A technology that a candidate turned out to mean.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) range: Range<usize>,
    pub(super) technology: TechnologyId,
    pub(super) via: MatchKind,
}

/// Fewest letters of a name that another is joined to.
const MIN_FRONT: usize = 4;

#[derive(Debug)]
pub(super) struct Finder {
    /// Over the forms, in their order, and then over the names of companies that are no
    /// technology's: those hide what they contain.
    names: NamesAt,
    forms: Forms,
    typos: TypoIndex,
}

impl Finder {
    pub(super) fn new(forms: Forms, companies: &Companies) -> Self {
        let mut company_names = BTreeSet::new();
        for name in companies.iter().flat_map(Company::names) {
            let key = name_key(name);
            if key.chars().nth(2).is_some() && forms.get(&key).is_none() {
                company_names.insert(key);
            }
        }
        let texts = forms.iter().map(|(text, _)| text);
        let names = NamesAt::new(texts.chain(company_names.iter().map(String::as_str)));
        Self {
            names,
            typos: typo_index(&forms, &company_names),
            forms,
        }
    }

    /// The form whose normalized text is `name`.
    pub(super) fn form(&self, name: &str) -> Option<&Form> {
        self.names
            .at(name, 0)
            .filter(|(end, _)| *end == name.len())
            .find_map(|(_, position)| self.forms.at(position))
    }

    /// The forms and the companies' names, to be looked for in a text.
    pub(super) fn names(&self) -> &NamesAt {
        &self.names
    }

    pub(super) fn typos(&self) -> &TypoIndex {
        &self.typos
    }

    /// The mentions in `text`, in order, none overlapping another.
    pub(super) fn find(
        &self,
        text: &str,
        context: Context<'_>,
        technologies: &Lineage<'_>,
        certificates: &Certificates,
    ) -> Vec<Found> {
        if text.trim().is_empty() {
            return Vec::new();
        }
        let normalized = normalize(text);
        let normal = normalized.as_str();
        let masks = mask::masks(normal);
        let candidates = self.candidates(normal, &masks);
        let scene = Scene::new(text, &normalized, context, &candidates.names, technologies);
        let mut mentions = judge::judge(&scene);
        self.add_misspelt(&scene, &candidates, &masks, &mut mentions);
        let named = drop_inside_certificates(&mut mentions, normal, technologies, certificates);
        mentions
            .into_iter()
            .flat_map(|mention| self.split_joined(normal, mention, technologies))
            .map(|mention| Found {
                technology: technologies.entries[mention.technology].key.clone(),
                in_certificate: named
                    .iter()
                    .any(|name| name.start <= mention.range.start && mention.range.end <= name.end),
                span: normalized.original_range(mention.range),
                via: mention.via,
            })
            .collect()
    }

    /// Every name that fits, leftmost and longest first, none overlapping another.
    fn candidates(&self, normal: &str, masks: &[Mask]) -> Candidates<'_> {
        let mut candidates = Candidates {
            names: Vec::new(),
            taken: Vec::new(),
        };
        let mut free_from = 0;
        for (start, first) in normal.char_indices() {
            // Inside a Latin word the letter before tells at once.
            let may_begin = start >= free_from
                && (!first.is_ascii() || boundary::may_begin(normal, start, first))
                && self.names.may_begin(&normal[start..])
                && (first.is_ascii() || boundary::may_begin(normal, start, first));
            if !may_begin {
                continue;
            }
            let longest = self
                .names
                .at(normal, start)
                .filter_map(|(end, name)| Some((end, boundary::fit(normal, start..end)?, name)))
                .filter(|(_, fit, _)| !mask::is_masked(masks, &(start..fit.end)))
                .last();
            let Some((name_end, fit, name)) = longest else {
                continue;
            };
            free_from = fit.end;
            candidates.taken.push(start..fit.end);
            if let Some(form) = self.forms.at(name) {
                candidates.names.push(Candidate {
                    start,
                    name_end,
                    end: fit.end,
                    is_hyphenated: fit.is_hyphenated,
                    form,
                });
            }
        }
        candidates
    }

    /// Tries the Latin words that nothing explains as misspellings.
    fn add_misspelt(
        &self,
        scene: &Scene<'_>,
        candidates: &Candidates<'_>,
        masks: &[Mask],
        mentions: &mut Vec<Mention>,
    ) {
        let exact: HashSet<TechnologyId> =
            mentions.iter().map(|mention| mention.technology).collect();
        let is_unexplained = |word: &Range<usize>| {
            let first = candidates
                .taken
                .partition_point(|taken| taken.end <= word.start);
            let is_taken = candidates
                .taken
                .get(first)
                .is_some_and(|taken| taken.start < word.end);
            !is_taken && !mask::is_masked(masks, word)
        };
        let mut corrected: Vec<Mention> = Vec::new();
        let mut free_from = 0;
        for word in latin_words(scene.normal) {
            let is_tried = word.start >= free_from
                && word.len() >= MIN_LETTERS
                && is_unexplained(&word)
                && scene.may_be_misspelt(&word)
                && !scene.is_employer(&word);
            if !is_tried {
                continue;
            }
            let Some((range, correction)) = self.correct(scene, word) else {
                continue;
            };
            let technology = correction.technology;
            let parent_is_named = || {
                scene.parent_is_given(technology)
                    || scene
                        .technologies
                        .wholes(technology)
                        .any(|whole| exact.contains(&whole))
            };
            if correction.needs_parent && !parent_is_named() {
                continue;
            }
            free_from = range.end;
            corrected.push(Mention {
                range,
                technology,
                via: MatchKind::Typo,
            });
        }
        mentions.retain(|mention| {
            let at = corrected.partition_point(|typo| typo.range.end < mention.range.end);
            corrected
                .get(at)
                .is_none_or(|typo| mention.range.start < typo.range.start)
        });
        mentions.append(&mut corrected);
    }

    /// `ExcelVBA` is Excel and VBA: a name of VBA that is another name and then VBA's own.
    fn split_joined(
        &self,
        normal: &str,
        mention: Mention,
        technologies: &Lineage<'_>,
    ) -> Vec<Mention> {
        let name = &normal[mention.range.clone()];
        let is_joined = mention.via == MatchKind::Exact
            && technologies.entries[mention.technology].kind == TechnologyKind::Language
            && name.is_ascii();
        let own_name = &technologies.entries[mention.technology].key;
        let front = Some(name)
            .filter(|_| is_joined)
            .and_then(|name| name.strip_suffix(own_name.as_str()))
            .map(|front| front.trim_end_matches([' ', '-']))
            .filter(|front| front.len() >= MIN_FRONT);
        let other = front
            .and_then(|front| self.form(front))
            .and_then(|form| form.senses.iter().find(|sense| !sense.needs_parent))
            .filter(|sense| {
                // Apache Groovy and Windows PowerShell are one thing.
                let kind = technologies.entries[sense.technology].kind;
                let holds_programs = matches!(
                    kind,
                    TechnologyKind::Tool | TechnologyKind::Package | TechnologyKind::Database
                );
                holds_programs && !technologies.is_kin(sense.technology, mention.technology)
            });
        let (Some(front), Some(other)) = (front, other) else {
            return vec![mention];
        };
        let (start, end) = (mention.range.start, mention.range.end);
        vec![
            Mention {
                range: start..start + front.len(),
                technology: other.technology,
                via: MatchKind::Exact,
            },
            Mention {
                range: end - own_name.len()..end,
                ..mention
            },
        ]
    }

    /// The correction of a word, together with what a slash joins to it (`Elang/OTP`) or else alone.
    fn correct(&self, scene: &Scene<'_>, word: Range<usize>) -> Option<(Range<usize>, Correction)> {
        let normal = scene.normal;
        if let Some(rest) = normal[word.end..].strip_prefix('/') {
            let tail = rest
                .find(|letter: char| !letter.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            let joined = word.start..word.end + 1 + tail;
            if let Some(correction) = self
                .typos
                .correct(&scene.written(joined.clone()))
                .filter(|_| tail > 0)
            {
                return Some((joined, correction));
            }
        }
        if let Some(joined) = self.correct_pair(scene, &word) {
            return Some(joined);
        }
        let correction = self.typos.correct(&scene.written(word.clone()))?;
        Some((word, correction))
    }

    /// The correction of a word and the next one, written as one: `Cloud Spaner`.
    fn correct_pair(
        &self,
        scene: &Scene<'_>,
        word: &Range<usize>,
    ) -> Option<(Range<usize>, Correction)> {
        let normal = scene.normal;
        let rest = normal[word.end..].strip_prefix(' ')?;
        let len = rest
            .find(|letter: char| !letter.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let second = &rest[..len];
        let are_words = self.typos.is_word(&normal[word.clone()]) && self.typos.is_word(second);
        if len < MIN_FRONT || are_words {
            return None;
        }
        let pair = word.start..word.end + 1 + len;
        let written = scene.written(pair.clone()).replace(' ', "");
        let correction = self.typos.correct(&written)?;
        Some((pair, correction))
    }
}

struct Candidates<'f> {
    names: Vec<Candidate<'f>>,
    /// Stretches that some name, of a technology or a company, explains.
    taken: Vec<Range<usize>>,
}

fn typo_index(forms: &Forms, company_names: &BTreeSet<String>) -> TypoIndex {
    let mut typos = TypoIndex::new();
    let names = forms
        .iter()
        .filter(|(_, form)| !form.has_vendor)
        .map(|(name, _)| name);
    for name in names.chain(company_names.iter().map(String::as_str)) {
        typos.add_known(name);
    }
    for (text, form) in forms
        .iter()
        .filter(|(_, form)| !form.needs_capitals && !form.has_vendor)
    {
        for sense in &form.senses {
            if sense.ambiguity == Ambiguity::Clear {
                typos.add(text, sense.technology, sense.needs_parent);
            }
        }
    }
    typos
}

/// The words of Latin letters and digits that begin with a letter and touch no underscore or dot
/// that makes them a part of something longer.
fn latin_words(normal: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = normal.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            let start = at;
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
            let is_name_start = bytes[start].is_ascii_alphabetic();
            let before = start.checked_sub(1).map(|before| bytes[before]);
            let joins_before = matches!(before, Some(b'_' | b'.' | b'@' | b'$' | b'\\' | b'\''));
            let joins_after = matches!(bytes.get(at), Some(b'_' | b'@' | b'\''))
                || (bytes.get(at) == Some(&b'.')
                    && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
                    && !normal[at..].starts_with(".js"));
            if is_name_start && !joins_before && !joins_after {
                return Some(start..at);
            }
        }
        None
    })
}

/// Drops what a certificate's name mentions by the way: `AWS SAP` is about AWS, not about SAP.
/// Leaves the mentions in order, and returns where the certificates are named.
fn drop_inside_certificates(
    mentions: &mut Vec<Mention>,
    normal: &str,
    technologies: &Lineage<'_>,
    certificates: &Certificates,
) -> Vec<Range<usize>> {
    if mentions.is_empty() {
        return Vec::new();
    }
    let mut places = certificates.places_in(normal);
    places.sort_by_key(|(place, _)| place.start);
    mentions.sort_by_key(|mention| mention.range.start);
    let mut next = 0;
    let mut open: Vec<&(Range<usize>, &str)> = Vec::new();
    mentions.retain(|mention| {
        while let Some(place) = places.get(next)
            && place.0.start <= mention.range.start
        {
            open.push(place);
            next += 1;
        }
        open.retain(|(place, _)| place.end > mention.range.start);
        let longest = open
            .iter()
            .filter(|(place, _)| mention.range.end <= place.end)
            .max_by_key(|(place, _)| place.end - place.start);
        longest
            .and_then(|(_, key)| technologies.by_key.get(*key))
            .is_none_or(|&about| technologies.is_kin(mention.technology, about))
    });
    places.into_iter().map(|(place, _)| place).collect()
}

/// The technologies with their ancestry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lineage<'a> {
    pub(super) entries: &'a [Technology],
    pub(super) by_key: &'a HashMap<String, TechnologyId>,
    /// What each is directly a part of.
    pub(super) parents: &'a [Option<TechnologyId>],
}

impl Lineage<'_> {
    /// Whether `part` is, at any depth, a part of `whole`.
    pub(super) fn is_part_of(&self, part: TechnologyId, whole: TechnologyId) -> bool {
        self.wholes(part).any(|above| above == whole)
    }

    /// What `part` is a part of, the nearest first.
    pub(super) fn wholes(&self, part: TechnologyId) -> impl Iterator<Item = TechnologyId> {
        std::iter::successors(self.parents[part], |&whole| self.parents[whole])
    }

    /// Whether the two are one, or one is a part of the other.
    pub(super) fn is_kin(&self, left: TechnologyId, right: TechnologyId) -> bool {
        left == right || self.is_part_of(left, right) || self.is_part_of(right, left)
    }
}
