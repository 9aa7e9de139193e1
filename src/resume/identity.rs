//! Who the person is: name, reading, birth date, contact, links.
//!
//! What is labelled is believed first: front matter, tables, lines. A name, an address or a birth
//! date without a label is taken only from the top of the document.

mod contact;
mod field;
mod front_matter;
mod kana;
mod name;
mod shape;
mod top;

use std::ops::Range;

use crate::domain::{Identity, Span};

use super::block::{Block, Blocks, Kind};
use super::date::{Folded, date_at};
use super::evidence::Evidence;
use super::label::split_label;
use super::section::Section;
use super::text::small;

use contact::{add_emails, add_link, add_links, add_phones, place};
use field::{PersonField, labelled_values, person_field};
use kana::{can_read, is_kana_only, to_katakana};
use name::{looks_like_name, may_be_labelled_name, spaced, split_person, without_document_title};

pub(super) use contact::link_kind;
pub(super) use front_matter::head_of;

/// Returns where labels of the person begin in a line: 「氏名」, 「現住所」 and the like.
pub(super) fn label_starts(text: &str) -> Vec<usize> {
    let labelled = labelled_values(text).into_iter();
    labelled.map(|labelled| labelled.label.start).collect()
}

/// Returns whether a text is a label of the person and nothing else.
pub(super) fn labels_person(text: &str) -> bool {
    person_field(text).is_some()
}

/// Blocks from the beginning that may describe the person without saying so.
const TOP_BLOCKS: usize = 16;

/// Bytes of a block that may hold a field of the person.
const MAX_LINE_BYTES: usize = 400;

/// Returns the family name of a person whose names are apart: 「千早 慎也」.
pub(super) fn family_name(identity: &Identity) -> Option<&str> {
    let (family, given) = identity.name.as_deref()?.split_once([' ', '　'])?;
    let is_long = family.chars().count() >= 2 && !given.is_empty();
    (is_long && !family.is_ascii()).then_some(family)
}

/// Returns whether a cell's text labels a field of the person.
pub(super) fn is_identity_label(text: &str) -> bool {
    text.len() <= 60 && (person_field(text).is_some() || text == "資格" || text == "最終学歴")
}

/// Returns whether a block only leads to a page or an account of the person.
pub(super) fn is_link_line(block: &Block, section: Section) -> bool {
    if !matches!(
        section,
        Section::Identity | Section::Unknown | Section::Other | Section::Personal
    ) {
        return false;
    }
    let text = block.str();
    if text.chars().count() > 120 {
        return false;
    }
    let label = split_label(text).map_or(text, |(label, _)| label);
    person_field(label) == Some(PersonField::Link)
}

/// Reads the identity of the person out of the document `text`.
pub(super) fn read_identity(
    text: &str,
    front_matter: Range<usize>,
    blocks: &Blocks,
    evidence: &Evidence,
) -> Identity {
    let head = head_of(text, front_matter);
    let first = (1..blocks.len())
        .find(|at| blocks[*at].source.start >= head.end)
        .unwrap_or(blocks.len());
    let mut reader = Reader {
        blocks,
        evidence,
        identity: Identity::default(),
        first,
        top: top_of(blocks, evidence, first),
    };
    reader.front_matter(text, head);
    for at in first..blocks.len() {
        reader.block(at);
    }
    reader.unlabelled();
    reader.identity
}

/// Returns the block behind the top of the document: where the first job or project begins.
fn top_of(blocks: &Blocks, evidence: &Evidence, first: usize) -> usize {
    let limit = blocks.len().min(first + TOP_BLOCKS);
    (first..limit)
        .find(|at| {
            *at > first
                && blocks[*at].kind == Kind::Heading
                && (evidence.periods[*at]
                    .iter()
                    .any(super::period::FoundPeriod::is_stretch)
                    || matches!(
                        evidence.section[*at],
                        Section::Career | Section::Projects | Section::Skills | Section::Personal
                    ) && evidence.opens_section[*at])
        })
        .unwrap_or(limit)
}

struct Reader<'a> {
    blocks: &'a Blocks,
    evidence: &'a Evidence,
    identity: Identity,
    /// The first block behind the front matter.
    first: usize,
    top: usize,
}

impl Reader<'_> {
    /// Takes the fields of the front matter.
    fn front_matter(&mut self, text: &str, range: Range<usize>) {
        for found in front_matter::front_values(text, range) {
            let span = |part: Range<usize>| Span {
                start: small(found.value.start + part.start),
                end: small(found.value.start + part.end),
            };
            let value = &text[found.value.clone()];
            if found.field == PersonField::Link {
                add_link(&mut self.identity, Some(&text[found.key.clone()]), value);
                continue;
            }
            if found.field == PersonField::Ignored {
                let rest = without_document_title(value);
                if self.identity.name.is_none() && rest.len() < value.len() && looks_like_name(rest)
                {
                    let start = rest.as_ptr() as usize - value.as_ptr() as usize;
                    self.set(PersonField::Name, value, start..start + rest.len(), span);
                }
                continue;
            }
            self.set(found.field, value, 0..value.len(), span);
        }
    }

    /// Takes the labelled fields of a block, its addresses and links.
    fn block(&mut self, at: usize) {
        let block = &self.blocks[at];
        let section = self.evidence.section[at];
        let text = block.str();
        let is_top = at < self.top;
        if text.len() > MAX_LINE_BYTES {
            return;
        }
        let is_own = is_top || section == Section::Identity;
        if is_own || matches!(section, Section::Unknown | Section::Other) {
            for link in &block.links {
                if let Some(address) = link.url.strip_prefix("mailto:") {
                    add_emails(&mut self.identity, address);
                }
            }
            add_emails(&mut self.identity, text);
            add_links(&mut self.identity, block, is_own);
        }
        if is_own {
            add_phones(&mut self.identity, text);
        }
        if !is_top
            && !matches!(
                section,
                Section::Identity | Section::Unknown | Section::Other | Section::Appraisal
            )
        {
            return;
        }
        match block.kind {
            Kind::Row => self.row(at),
            Kind::Table => self.columns(at),
            _ => self.line(at),
        }
    }

    /// Takes the fields of a row of labels and values in turn.
    fn row(&mut self, row: usize) {
        if is_row_of_labels(self.blocks, row) {
            return;
        }
        let cells = self.blocks.cells(row);
        let mut index = 0;
        while index + 1 < cells.len() {
            let field = person_field(self.blocks[cells[index]].str());
            let is_label_next = person_field(self.blocks[cells[index + 1]].str()).is_some();
            if let Some(field) = field
                && !is_label_next
            {
                self.set_from(
                    field,
                    cells[index + 1],
                    0..self.blocks[cells[index + 1]].str().len(),
                );
                index += 1;
            }
            index += 1;
        }
    }

    /// Takes the fields of a table whose rows of labels stand above rows of values.
    fn columns(&mut self, table: usize) {
        let rows: Vec<usize> = self.blocks.children(table).take(24).collect();
        for pair in rows.windows(2) {
            if !is_row_of_labels(self.blocks, pair[0]) || is_row_of_labels(self.blocks, pair[1]) {
                continue;
            }
            let values = self.blocks.cells(pair[1]);
            for label in self.blocks.cells(pair[0]) {
                let value = values
                    .iter()
                    .copied()
                    .find(|value| self.blocks[*value].column == self.blocks[label].column);
                if let Some(field) = person_field(self.blocks[label].str())
                    && let Some(value) = value
                {
                    self.set_from(field, value, 0..self.blocks[value].str().len());
                }
            }
        }
    }

    /// Takes the fields of a line, or of the line below a label that stands alone.
    fn line(&mut self, at: usize) {
        let text = self.blocks[at].str();
        // 「{ name: Splunk, years: 7 }」 is no person.
        if text.starts_with('{') {
            return;
        }
        let found = labelled_values(text);
        for found in &found {
            if !found.value.is_empty() {
                self.set_from(found.field, at, found.value.clone());
            }
        }
        let alone = text.trim_end_matches([':', '：', ' ']);
        if found.iter().all(|found| found.value.is_empty())
            && let Some(field) = person_field(alone)
            && matches!(
                field,
                PersonField::Name
                    | PersonField::Reading
                    | PersonField::BirthDate
                    | PersonField::Location
            )
        {
            let below = self.blocks.children(at).next();
            if let Some(below) = below {
                let value = self.blocks[below].str();
                // 「name:」 over 「ja: 葛木 朔」
                let start = split_label(value)
                    .filter(|(label, _)| matches!(*label, "ja" | "jp" | "kanji" | "full"))
                    .map_or(0, |(_, start)| start);
                self.set_from(field, below, start..value.len());
            }
        }
        self.latex(at);
    }

    /// 「\name{葛木}{朔}」, 「\author{葛木 朔}」.
    fn latex(&mut self, at: usize) {
        let text = self.blocks[at].str();
        let Some(command) = ["\\name{", "\\author{"]
            .iter()
            .find(|command| text.starts_with(**command))
        else {
            return;
        };
        let end = text.rfind('}').unwrap_or(text.len());
        let Some(inner) = text.get(command.len()..end) else {
            return;
        };
        let parts: Vec<&str> = inner.split("}{").collect();
        let name = spaced(&parts.join(" "));
        if self.identity.name.is_none() && may_be_labelled_name(&name) {
            self.identity.name_span = Some(self.span(at, command.len()..end));
            self.identity.name = Some(name);
        }
    }

    fn span(&self, at: usize, range: Range<usize>) -> Span {
        let source = self.blocks[at].text.source(range);
        Span {
            start: small(source.start),
            end: small(source.end),
        }
    }

    /// Sets a field from bytes `range` of the block `at`.
    fn set_from(&mut self, field: PersonField, at: usize, range: Range<usize>) {
        let blocks = self.blocks;
        let span = |part: Range<usize>| {
            let source = blocks[at].text.source(part);
            Span {
                start: small(source.start),
                end: small(source.end),
            }
        };
        self.set(field, blocks[at].str(), range, span);
    }

    /// Sets a field from bytes `range` of `text`; `span` leads from bytes of `text` to the document.
    fn set(
        &mut self,
        field: PersonField,
        text: &str,
        range: Range<usize>,
        span: impl Fn(Range<usize>) -> Span,
    ) {
        let range = field::trimmed(text, range);
        let value = &text[range.clone()];
        let identity = &mut self.identity;
        match field {
            PersonField::Name => self.set_name(text, range, span),
            PersonField::OtherName => self.set_other_name(text, range, span),
            PersonField::Reading => {
                let kana = value.split(['(', '（', '/', '／']).next().unwrap_or(value);
                if identity.name_kana.is_none() && is_kana_only(kana) {
                    identity.name_kana = Some(to_katakana(kana));
                }
            }
            PersonField::BirthDate => {
                identity.birth_date = identity.birth_date.or_else(|| day_in(value));
            }
            PersonField::Location => {
                let place = place(text, range);
                let is_place = !place.is_empty()
                    && text[place.clone()].chars().count() <= 80
                    && !text[place.clone()].starts_with("http");
                if identity.location.is_none() && is_place {
                    identity.location = Some(text[place.clone()].to_owned());
                    identity.location_span = Some(span(place));
                }
            }
            PersonField::Phone => add_phones(identity, value),
            PersonField::Email => add_emails(identity, value),
            PersonField::Link | PersonField::Ignored => {}
        }
    }

    /// Sets the name, and takes its reading and other spellings.
    fn set_name(&mut self, text: &str, range: Range<usize>, span: impl Fn(Range<usize>) -> Span) {
        let person = split_person(text, range);
        let name = &text[person.name.clone()];
        if self.identity.name.as_deref() == Some(spaced(name).as_str()) {
            self.take_others(&person.others);
        }
        if self.identity.name.is_some() || !may_be_labelled_name(name) {
            return;
        }
        self.identity.name_span = Some(span(person.name.clone()));
        self.identity.name = Some(spaced(name));
        self.take_others(&person.others);
    }

    /// Sets what stands behind 「Name:」: the name, or another spelling of it.
    fn set_other_name(
        &mut self,
        text: &str,
        range: Range<usize>,
        span: impl Fn(Range<usize>) -> Span,
    ) {
        let person = split_person(text, range.clone());
        let name = spaced(&text[person.name]);
        match &self.identity.name {
            None => self.set_name(text, range, span),
            Some(known)
                if *known != name
                    && may_be_labelled_name(&name)
                    && !self.identity.other_names.contains(&name) =>
            {
                self.identity.other_names.push(name);
                self.take_others(&person.others);
            }
            Some(_) => {}
        }
    }

    /// Takes readings and other spellings out of what stands beside a name.
    fn take_others(&mut self, others: &[&str]) {
        for other in others {
            if is_kana_only(other) {
                let name = self.identity.name.as_deref().unwrap_or_default();
                if self.identity.name_kana.is_none() && can_read(name, other) {
                    self.identity.name_kana = Some(to_katakana(other));
                }
                continue;
            }
            let is_reading = other
                .split_whitespace()
                .any(|word| is_kana_only(word) && !other.is_ascii())
                && self.identity.name.as_deref().is_some_and(str::is_ascii);
            let spelled = spaced(other);
            let is_known = self.identity.name.as_deref() == Some(spelled.as_str())
                || self.identity.other_names.contains(&spelled);
            let is_name = looks_like_name(&spelled) || is_reading;
            if is_name && !is_known {
                self.identity.other_names.push(spelled);
            }
        }
    }
}

/// Returns whether a row holds labels of the person only, two or more.
fn is_row_of_labels(blocks: &Blocks, row: usize) -> bool {
    let mut labels = 0;
    for cell in blocks.children(row).take(24) {
        let text = blocks[cell].str();
        if text.is_empty() {
            continue;
        }
        if person_field(text).is_none() {
            return false;
        }
        labels += 1;
    }
    labels >= 2
}

/// Returns the first day that a text states.
fn day_in(value: &str) -> Option<chrono::NaiveDate> {
    let folded = Folded::new(value);
    (0..folded.len().min(40)).find_map(|at| date_at(&folded, at).and_then(|hit| hit.day_date()))
}
