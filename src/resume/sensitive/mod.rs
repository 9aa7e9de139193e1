//! Passages on matters that an employer must not collect, found before anything else is read.
//!
//! Japan's Employment Security Act (職業安定法 5条の5, 指針: 平成11年労働省告示第141号) and the rules of fair
//! selection (公正採用選考) name them. Sections and fields are told by their heading or label, sentences by
//! what they say of the person. The same matters are what many have worked on (労働組合向けシステム,
//! 電子カルテ): those stay.

mod fields;
mod labels;
mod needed;
mod sentences;
#[cfg(test)]
mod tests;

use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::domain::line_of;

use super::block::{Blocks, Kind};
use super::evidence::sections;
use super::identity::{label_starts, labels_person};
use super::label::{Field, field_of, label_of, split_label};
use super::markup::InlineLink;
use super::section::{Section, section_of};
use fields::labelled;
use labels::Named;

/// What must not be collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Matter {
    /// 本籍, 出生地.
    Origin,
    /// 国籍, where it is not the right to work.
    Nationality,
    /// 家族: who they are, what they do, how they are.
    Family,
    /// 住居環境.
    Dwelling,
    /// 宗教.
    Religion,
    /// 思想, 信条, 支持政党, 人生観, 愛読書.
    Beliefs,
    /// 労働組合, 学生運動, 社会運動.
    Movements,
    /// 病歴, 健康, 障害.
    Health,
    /// 犯罪歴.
    Crime,
}

impl Matter {
    /// Returns its name for people.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Origin => "本籍・出生地",
            Self::Nationality => "国籍",
            Self::Family => "家族",
            Self::Dwelling => "住居環境",
            Self::Religion => "宗教",
            Self::Beliefs => "思想・信条",
            Self::Movements => "労働組合・社会運動",
            Self::Health => "健康・病歴・障害",
            Self::Crime => "犯罪歴",
        }
    }
}

/// Passages of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Passages {
    /// Where they begin: lines from 1, each once for a matter, in order.
    pub(super) lines: BTreeSet<(u32, Matter)>,
    /// Their bytes of the document, in order and apart from one another.
    pub(super) places: Vec<Range<usize>>,
}

/// Finds the passages of `blocks`, which are those of `text`, and of its front matter.
pub(super) fn passages(text: &str, front_matter: Range<usize>, blocks: &Blocks) -> Passages {
    let mut finder = Finder {
        text,
        blocks,
        sections: LazyCell::new(Box::new(|| sections(blocks).0)),
        found: Passages::default(),
        is_taken: vec![false; blocks.len()],
    };
    for at in 1..blocks.len() {
        if !finder.is_taken[at] {
            finder.look_at(at);
        }
    }
    finder.look_at_front_matter(front_matter);
    let mut found = finder.found;
    for place in &mut found.places {
        // What a format decodes may begin inside of a character.
        *place = text.floor_char_boundary(place.start)..text.ceil_char_boundary(place.end);
    }
    found.places.retain(|place| !place.is_empty());
    found
        .places
        .sort_unstable_by_key(|place| (place.start, place.end));
    found.places.dedup_by(|next, last| {
        let joins = next.start <= last.end;
        if joins {
            last.end = last.end.max(next.end);
        }
        joins
    });
    found
}

/// Characters that a line below a label may have as its value.
const MAX_VALUE_CHARS: usize = 60;

/// Bytes that stand between the label and the address of a link.
const MAX_BETWEEN: usize = 64;

/// Items of a list below a label that are its value.
const MAX_ITEMS: usize = 200;

/// Blocks below a doubtful label that are looked at.
const MAX_NEAR: usize = 64;

struct Finder<'a> {
    text: &'a str,
    blocks: &'a Blocks,
    /// The section of each block; asked for where a label is doubtful.
    sections: LazyCell<Vec<Section>, Box<dyn FnOnce() -> Vec<Section> + 'a>>,
    found: Passages,
    /// Whether a block is all of a passage.
    is_taken: Vec<bool>,
}

impl Finder<'_> {
    fn look_at(&mut self, at: usize) {
        let block = &self.blocks[at];
        match block.kind {
            Kind::Root | Kind::Table => return,
            Kind::Row => {
                self.look_at_row(at);
                return;
            }
            _ => {}
        }
        let text = block.str();
        if let Some(named) = labels::named(text) {
            self.look_below(at, named);
            return;
        }
        for labelled in labelled(text) {
            let value = &text[labelled.value..labelled.range.end];
            let Named {
                matter,
                is_doubtful,
            } = labelled.named;
            if is_doubtful && (self.is_in_work(at) || !labels::is_of_person(matter, value)) {
                continue;
            }
            let kept = labelled.value + labels::until_working_right(matter, value);
            let is_last = kept == text.len();
            self.take(at, labelled.range.start..kept, matter);
            // What is listed below a value belongs to it.
            if is_last && block.kind != Kind::Heading {
                self.take_below(at, self.blocks[at].end);
            }
        }
        if block.is_marked_heading() {
            return;
        }
        for told in sentences::told(self.blocks[at].str()) {
            self.take(at, told.range, told.matter);
        }
    }

    /// Takes a block whose text is a label alone, and what stands below it.
    fn look_below(&mut self, at: usize, named: Named) {
        let block = &self.blocks[at];
        if block.kind == Kind::Cell {
            return;
        }
        if named.is_doubtful {
            let near = block.end.max(self.end_of_value(at)).min(at + MAX_NEAR);
            if self.is_in_work(at) || self.is_work(at + 1..near) {
                return;
            }
            // 「障害」 may label anything; what stands below it tells.
            let below: String = (at + 1..near)
                .map(|below| self.blocks[below].str())
                .collect();
            let is_section = block.kind == Kind::Heading && named.matter != Matter::Health;
            if !is_section && !labels::is_of_person(named.matter, &below) {
                return;
            }
        }
        let end = self.end_of_section(at);
        let whole = 0..block.str().len();
        self.take(at, whole, named.matter);
        self.take_below(at, end);
        if end == at + 1 {
            self.take_below(at, self.end_of_value(at));
        }
    }

    /// Returns the block behind the last of a section: where the one of its heading ends, or where another
    /// part of a résumé begins inside it.
    fn end_of_section(&self, at: usize) -> usize {
        let end = self.blocks[at].end;
        let opens = |below: &usize| {
            let block = &self.blocks[*below];
            block.kind == Kind::Heading
                && section_of(block.str())
                    .is_some_and(|section| !matches!(section, Section::Other | Section::Identity))
        };
        (at + 1..end).find(opens).unwrap_or(end)
    }

    /// Returns the block behind those that stand beside a label alone on its line, and are its value: one
    /// line right below it, or the items of a list.
    fn end_of_value(&self, at: usize) -> usize {
        let label = &self.blocks[at];
        if !matches!(label.kind, Kind::Line | Kind::Item) {
            return at + 1;
        }
        let mut end = at + 1;
        while end < self.blocks.len().min(at + MAX_ITEMS) {
            let next = &self.blocks[end];
            let is_beside = next.parent == label.parent
                && next.line == self.blocks[end - 1].line + 1
                && labelled(next.str()).is_empty()
                && labels::named(next.str()).is_none()
                && split_label(next.str()).is_none()
                && !labels_person(next.str())
                && label_starts(next.str()).first() != Some(&0);
            let is_value = match next.kind {
                Kind::Line => {
                    label.kind == Kind::Line
                        && end == at + 1
                        && next.str().chars().count() <= MAX_VALUE_CHARS
                }
                Kind::Item => label.kind == Kind::Line,
                _ => false,
            };
            if !is_beside || !is_value {
                break;
            }
            end = next.end;
            if next.kind == Kind::Line {
                break;
            }
        }
        end
    }

    /// Takes the keys of matters with what stands behind and below them. Most of front matter is no content,
    /// and yet part of the text.
    fn look_at_front_matter(&mut self, front_matter: Range<usize>) {
        let mut at = front_matter.start;
        let first = line_of(self.text, at);
        let mut matter = None;
        let lines = self.text[front_matter].split_inclusive('\n');
        for (line, number) in lines.zip(first..) {
            let range = at..at + line.trim_end().len();
            at += line.len();
            let is_fence = matches!(line.trim_end(), "---" | "+++");
            let goes_on = !is_fence && line.starts_with([' ', '\t', '-', ']', '}']);
            matter = matter.filter(|_| goes_on).or_else(|| {
                let (key, _) = line.split_once([':', '='])?;
                let named = labels::named(key).filter(|named| !named.is_doubtful)?;
                self.found.lines.insert((number, named.matter));
                Some(named.matter)
            });
            if matter.is_some() && !line.trim().is_empty() {
                self.found.places.push(range);
            }
        }
    }

    /// Takes the cells that a label of the row, or of their column, names.
    fn look_at_row(&mut self, row: usize) {
        let cells = self.blocks.cells(row);
        let named: Vec<Option<Named>> = cells
            .iter()
            .map(|cell| labels::named(self.blocks[*cell].str()))
            .collect();
        if named.iter().all(Option::is_none) {
            return;
        }
        let is_label = |index: usize| {
            let text = self.blocks[cells[index]].str();
            named[index].is_some() || field_of(text).is_some() || labels_person(text)
        };
        // Pairs of label and value may stand where the names of columns do.
        let has_pairs = cells.len().is_multiple_of(2)
            && (0..cells.len()).all(|index| is_label(index) == index.is_multiple_of(2));
        let is_header = self.blocks[row].is_header && !has_pairs;
        let mut columns = if is_header {
            self.columns_below(row)
        } else {
            HashMap::new()
        };
        for (index, named) in named.iter().enumerate() {
            let Some(named) = named else { continue };
            let values: Vec<usize> = if is_header {
                let column = self.blocks[cells[index]].column;
                columns.remove(&column).unwrap_or_default()
            } else {
                let behind = (index + 1..cells.len()).take_while(|next| !is_label(*next));
                behind.map(|next| cells[next]).collect()
            };
            let value: String = values.iter().map(|cell| self.whole(*cell)).collect();
            if named.is_doubtful
                && (self.is_in_work(row) || !labels::is_of_person(named.matter, &value))
            {
                continue;
            }
            let all = 0..self.blocks[cells[index]].str().len();
            self.take(cells[index], all, named.matter);
            for cell in values {
                let kept = labels::until_working_right(named.matter, self.blocks[cell].str());
                self.take(cell, 0..kept, named.matter);
                if kept == self.blocks[cell].str().len() {
                    self.take_below(cell, self.blocks[cell].end);
                }
            }
        }
    }

    /// Returns the cells of each column in the rows behind `header`.
    fn columns_below(&self, header: usize) -> HashMap<usize, Vec<usize>> {
        let table = self.blocks[header].parent;
        let rows = self.blocks.children(table).filter(|row| *row > header);
        let mut columns: HashMap<usize, Vec<usize>> = HashMap::new();
        for cell in rows.flat_map(|row| self.blocks.children(row)) {
            let column = self.blocks[cell].column;
            columns.entry(column).or_default().push(cell);
        }
        columns
    }

    /// Returns the text of a block with all below it.
    fn whole(&self, at: usize) -> String {
        (at..self.blocks[at].end)
            .map(|at| self.blocks[at].str())
            .collect()
    }

    /// Whether a block stands in a part of the résumé that tells of work.
    fn is_in_work(&self, at: usize) -> bool {
        matches!(
            self.sections[at],
            Section::Career | Section::Projects | Section::Skills | Section::Personal
        )
    }

    /// Whether one of the blocks labels what a piece of work has.
    fn is_work(&self, mut blocks: Range<usize>) -> bool {
        blocks.any(|at| {
            label_of(self.blocks[at].str()).is_some_and(|label| {
                matches!(
                    label.field,
                    Field::Technology | Field::Environment | Field::Phase | Field::Title
                )
            })
        })
    }

    /// Takes all blocks behind `at` up to `end`.
    fn take_below(&mut self, at: usize, end: usize) {
        for below in at + 1..end {
            self.is_taken[below] = true;
            self.take_places(below, 0..self.blocks[below].str().len());
        }
    }

    /// Takes bytes of the visible text of a block.
    fn take(&mut self, at: usize, range: Range<usize>, matter: Matter) {
        self.found.lines.insert((self.blocks[at].line, matter));
        self.take_places(at, range);
    }

    fn take_places(&mut self, at: usize, range: Range<usize>) {
        let block = &self.blocks[at];
        let is_before = |link: &InlineLink| link.label.end <= range.start;
        let links = &block.links[block.links.partition_point(is_before)..];
        for link in links.iter().take_while(|link| link.label.start < range.end) {
            // A link tells by its address, too, which nobody sees and which stands beside its label.
            let label = block.text.source(link.label.clone());
            let reach = link.url.len() + MAX_BETWEEN;
            let start = self
                .text
                .floor_char_boundary(label.start.saturating_sub(reach));
            let end = self.text.ceil_char_boundary(label.end + reach);
            if let Some(place) = self.text[start..end].find(&link.url) {
                let start = start + place;
                self.found.places.push(start..start + link.url.len());
            }
        }
        self.found.places.extend(block.text.sources_in(&range));
    }
}
