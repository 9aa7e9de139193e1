//! Names that the lexicon does not have, where the text shows that they are technologies.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::ops::Range;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{ContextKind, MatchKind, TechnologyKind};

use super::family::is_name;
use super::list::{is_list_like, items};
use super::product::{is_everyday, looks_like_product, product_in};
use super::prose::in_prose;
use super::said::SaidOfAll;
use super::{Hits, MentionReader, Technologies};
use crate::domain::{Notice, NoticeKind, TechnologyName};
use crate::resume::block::Kind;
use crate::resume::label::{Field, split_label};
use crate::resume::section::Section;

/// Longer texts are no lists.
const MAX_LIST_BYTES: usize = 2000;

impl MentionReader<'_> {
    /// Adds the names of a block that the lexicon does not have.
    pub(super) fn unlisted(
        &self,
        said: &SaidOfAll<'_>,
        all: &[Hits],
        is_among_names: bool,
        read: &mut Technologies,
    ) {
        let at = said.at;
        let hits = &all[at];
        let block = &self.blocks[at];
        let text = &block.str()[hits.range.clone()];
        let shift = hits.range.start;
        let is_read =
            block.kind != Kind::Heading && text.len() <= MAX_LIST_BYTES && !text.contains("://");
        if !is_read {
            return;
        }
        let places = if self.is_spaced_list(at, text, hits) {
            words_of_list(text, shift, hits)
        } else if self.is_list(at, text, hits)
            || is_among_names
            || self.is_only_names(at, text, hits)
            || self.is_matrix_name(at)
        {
            self.in_list(text, shift, hits)
        } else if self.may_name_in_prose(at) {
            self.in_prose(at, text, hits)
        } else {
            Vec::new()
        };
        // Asked where there is something to add, for each looks over whole texts.
        let is_of_other = || {
            self.is_label_of_row(at, all) || self.is_of_equipment(at) || names_spoken_language(text)
        };
        if places.is_empty() || is_of_other() {
            return;
        }
        for place in places {
            let name = text[place.clone()].to_owned();
            let span = place.start + shift..place.end + shift;
            if self.employer_names[at]
                .as_ref()
                .is_some_and(|employer| span.start < employer.end && employer.start < span.end)
            {
                continue;
            }
            let technology = self.name_of(name);
            let is_company =
                !technology.is_listed && self.lexicon.company(&technology.name).is_some();
            if is_company || is_everyday(&technology.key) {
                continue;
            }
            if !technology.is_listed {
                read.notices.push(Notice {
                    kind: NoticeKind::UnlistedTechnology,
                    line: Some(block.line),
                    text: technology.name.clone(),
                });
            }
            self.mention(said, span, technology, read);
        }
    }

    /// Returns the technology of a name: a listed one that is also an ordinary word, or the name.
    fn name_of(&self, name: String) -> TechnologyName {
        let listed = self
            .lexicon
            .resolve(&name)
            .filter(|found| found.via == MatchKind::Exact)
            .and_then(|found| self.named(&found.technology.key));
        listed.unwrap_or_else(|| TechnologyName {
            key: normalized_key(&name),
            name,
            is_listed: false,
        })
    }

    /// Returns whether a block lists technologies: by its label or section, or by what it names.
    fn is_list(&self, at: usize, text: &str, hits: &Hits) -> bool {
        let section = self.evidence.section[at];
        let is_labelled = section == Section::Skills || self.is_technology(at);
        if is_labelled && hits.kind == ContextKind::List {
            return true;
        }
        let may_list = !matches!(
            section,
            Section::Certifications | Section::Education | Section::Identity | Section::Other
        );
        if !may_list || !is_list_like(text) {
            return false;
        }
        let named: Vec<Range<usize>> = items(text)
            .into_iter()
            .filter(|part| {
                text[part.clone()].starts_with(|first: char| first.is_ascii_alphabetic())
            })
            .collect();
        let known = named
            .iter()
            .filter(|part| {
                hits.covers(&(part.start + hits.range.start..part.end + hits.range.start))
            })
            .count();
        known >= 2 && known * 2 >= named.len()
    }

    /// Returns whether a block is nothing but Latin names with separators: three, or two of which one
    /// is known.
    fn is_only_names(&self, at: usize, text: &str, hits: &Hits) -> bool {
        let may_list = matches!(
            self.evidence.section[at],
            Section::Career
                | Section::Projects
                | Section::Skills
                | Section::Appraisal
                | Section::Unknown
        ) && self.employer_names[at].is_none();
        let is_latin = text
            .chars()
            .all(|character| character.is_ascii() || "、，・／｜　（）→＋".contains(character));
        if !may_list || !is_latin || self.is_head_of_person(at) {
            return false;
        }
        let parts = items(text);
        let are_names = parts.iter().all(|part| {
            let name = &text[part.clone()];
            name.starts_with(|first: char| first.is_ascii_uppercase())
                && name.split(' ').count() <= 3
                && !name.contains(['.', '!', '?'])
                || hits.covers(&(part.start + hits.range.start..part.end + hits.range.start))
        });
        let is_japanese_list = text.contains(['、', '・', '／', '｜', '，'])
            || self.evidence.section[at] == Section::Skills;
        let is_known = !hits.found.is_empty();
        are_names
            && (parts.len() >= 3 && (is_known || is_japanese_list) || parts.len() == 2 && is_known)
    }

    /// Returns whether a block stands before any part of the document, where the person is told.
    fn is_head_of_person(&self, at: usize) -> bool {
        self.evidence.section[at] == Section::Unknown
            && self.stint[at].is_none()
            && self.evidence.scope[at].is_none()
            && self.blocks[at].depth <= 2
    }

    /// Returns whether a cell is the name of a row that is ticked or not.
    fn is_matrix_name(&self, at: usize) -> bool {
        let block = &self.blocks[at];
        block.kind == Kind::Cell
            && block.column == 0
            && self
                .matrices
                .has_ticked_rows(self.blocks[block.parent].parent)
    }

    /// Returns whether a block lists technologies with blanks between them.
    fn is_spaced_list(&self, at: usize, text: &str, hits: &Hits) -> bool {
        let from = split_label(text).map_or(0, |(_, from)| from);
        let list = &text[from..];
        if !list.trim().is_ascii() || items(list).len() != 1 {
            return false;
        }
        let words = list.split_whitespace().count();
        let known = hits.found.len();
        known >= 2 && (self.is_technology(at) || words >= 4 && known * 2 >= words)
    }

    /// Returns whether sentences of a block may name what the lexicon does not have.
    fn may_name_in_prose(&self, at: usize) -> bool {
        matches!(
            self.evidence.section[at],
            Section::Career
                | Section::Projects
                | Section::Personal
                | Section::Skills
                | Section::Unknown
        ) && self.employer_names[at].is_none()
    }

    /// Returns the names in the sentences of a block; not those of the work that it is about.
    fn in_prose(&self, at: usize, text: &str, hits: &Hits) -> Vec<Range<usize>> {
        let mut places = in_prose(text, hits.range.start, hits);
        if let Some(path) = self.heading_paths[at].as_ref() {
            places.retain(|place| {
                !path
                    .iter()
                    .any(|title| title.contains(&text[place.clone()]))
            });
        }
        places
    }

    fn is_technology(&self, at: usize) -> bool {
        matches!(
            self.evidence.scope[at],
            Some(Field::Technology | Field::Environment)
        )
    }

    /// Returns the names of a list that nothing covers, by bytes of `text`.
    fn in_list(&self, text: &str, shift: usize, hits: &Hits) -> Vec<Range<usize>> {
        let from = split_label(text).map_or(0, |(_, from)| from);
        let is_data = text.contains(['{', '}']);
        let mut places = Vec::new();
        for item in items(text).into_iter().filter(|item| item.start >= from) {
            let is_key = is_data && text[item.end..].trim_start().starts_with(':');
            if is_key {
                continue;
            }
            if hits.covers(&(item.start + shift..item.end + shift)) {
                continue;
            }
            let before = &text[..item.start];
            if is_model_suffix(before, &text[item.clone()])
                || self.is_os_version(before, shift, hits)
            {
                continue;
            }
            let Some(name) = product_in(&text[item.clone()]) else {
                continue;
            };
            let place = item.start + name.start..item.start + name.end;
            if looks_like_product(&text[place.clone()]) {
                places.push(place);
            }
        }
        places
    }

    /// Returns whether an item is in the bracket behind an operating system: 「Yocto（kirkstone）」.
    fn is_os_version(&self, before: &str, shift: usize, hits: &Hits) -> bool {
        let Some(lead) = before.trim_end().strip_suffix(['(', '（']) else {
            return false;
        };
        let end = lead.trim_end().len() + shift;
        hits.found.iter().any(|hit| {
            let is_system = self
                .lexicon
                .technology(&hit.technology)
                .is_some_and(|found| {
                    found.kind == TechnologyKind::Os || found.key.contains("yocto")
                });
            is_system && hit.span.end <= end && end <= hit.span.end + 8
        })
    }

    /// Returns whether a cell is the label of a row whose other cells name technologies.
    fn is_label_of_row(&self, at: usize, all: &[Hits]) -> bool {
        let block = &self.blocks[at];
        if block.kind != Kind::Cell || block.column != 0 || !all[at].found.is_empty() {
            return false;
        }
        self.blocks
            .children(block.parent)
            .skip(1)
            .take(4)
            .any(|cell| {
                let text = self.blocks[cell].str();
                is_list_like(text) || is_name(text, &all[cell])
            })
    }

    /// Returns whether a block lists what the person owns.
    fn is_of_equipment(&self, at: usize) -> bool {
        const WORDS: &WordList = words![
            "機材",
            "所有機",
            "持っている機",
            "愛機",
            "マシン環境",
            "作業環境",
            "手元の機",
            "hardware",
        ];
        self.heading_paths[at]
            .as_ref()
            .is_some_and(|path| path.iter().any(|title| WORDS.is_in(title)))
    }
}

/// Returns the words of a list without separators that nothing covers.
fn words_of_list(text: &str, shift: usize, hits: &Hits) -> Vec<Range<usize>> {
    let from = split_label(text).map_or(0, |(_, from)| from);
    let mut places = Vec::new();
    let mut start = from;
    for word in text[from..].split([' ', '\t']) {
        let place = start..start + word.len();
        start = place.end + 1;
        let name = word.trim_end_matches(['.', ';']);
        let is_new = !hits.covers(&(place.start + shift..place.end + shift));
        if is_new && looks_like_product(name) {
            places.push(place.start..place.start + name.len());
        }
    }
    places
}

/// Returns whether an item is the rest of a chip's name: 「RH850/F1KM」.
fn is_model_suffix(before: &str, item: &str) -> bool {
    let is_short = item.len() <= 5
        && item.bytes().any(|byte| byte.is_ascii_digit())
        && item
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    is_short
        && before
            .strip_suffix('/')
            .is_some_and(|lead| lead.ends_with(|last: char| last.is_ascii_alphanumeric()))
}

/// Returns whether a text is about the languages that somebody speaks.
fn names_spoken_language(text: &str) -> bool {
    let folded = text.to_ascii_lowercase();
    let has_language =
        words!["japanese", "english", "日本語", "英語", "中国語", "chinese"].is_in(&folded);
    has_language
        && words![
            "native",
            "fluent",
            "business",
            "toeic",
            "母語",
            "母国語",
            "ネイティブ",
            "会話",
            "読み書き",
            "mother tongue",
            "reading",
            "conversation",
            "日常",
            "ビジネス",
        ]
        .is_in(&folded)
}
