//! The technologies that a document names, each with its place, its stint and its grade.

mod list;
mod product;
mod row;
mod said;
mod stated;

use std::ops::Range;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{Context, ContextKind, Found, Lexicon, MatchKind};

use crate::domain::{Mention, Notice, NoticeKind, Span, StatedMonths, StintRef, TechnologyName};

use super::block::{Blocks, Kind};
use super::evidence::Evidence;
use super::grade::{Legend, grade, is_no_statement};
use super::identity::is_link_line;
use super::label::Field;
use super::section::Section;
use super::text::small;
use list::{is_list_like, items, part_end};
use product::looks_like_product;

/// What is read of the technologies.
#[derive(Clone, Debug, Default)]
pub(super) struct Technologies {
    /// The mentions in document order.
    pub(super) mentions: Vec<Mention>,
    /// Lengths of experience in words or a table.
    pub(super) stated: Vec<StatedMonths>,
    /// What was corrected, and what the lexicon does not have.
    pub(super) notices: Vec<Notice>,
}

/// What the mentions are read from.
pub(super) struct MentionReader<'a> {
    /// The blocks.
    pub(super) blocks: &'a Blocks,
    /// What they show.
    pub(super) evidence: &'a Evidence,
    /// The technologies there are.
    pub(super) lexicon: &'a Lexicon,
    /// The stint of each block.
    pub(super) stint: &'a [Option<StintRef>],
    /// Bytes of each block's text that name an employer, where one does.
    pub(super) employer_names: &'a [Option<Range<usize>>],
    /// What the marks of the document's legend mean, where that is no experience.
    pub(super) legend: &'a Legend,
    /// Titles of the headings above each block.
    pub(super) heading_paths: &'a [Option<std::rc::Rc<Vec<String>>>],
}

impl MentionReader<'_> {
    /// Reads all mentions.
    pub(super) fn read(&self) -> Technologies {
        let mut read = Technologies::default();
        let mut keys: Vec<Vec<String>> = vec![Vec::new(); self.blocks.len()];
        for at in 1..self.blocks.len() {
            let found = self.block(at, &keys, &mut read);
            keys[at] = found;
            self.stated_below(at, &keys, &mut read);
        }
        self.stated_in_rows(&keys, &mut read);
        read
    }

    /// Reads the mentions of one block; returns their keys.
    fn block(&self, at: usize, keys: &[Vec<String>], read: &mut Technologies) -> Vec<String> {
        let block = &self.blocks[at];
        let section = self.evidence.section[at];
        if block.str().is_empty() || section == Section::Other || is_link_line(block, section) {
            return Vec::new();
        }
        if block.kind == Kind::Cell && self.is_head(at) {
            return Vec::new();
        }
        let range = self.searched(at);
        let text = &block.str()[range.clone()];
        let kind = self.context_kind(at, text);
        let parents = self.parents(at, keys);
        let parents: Vec<&str> = parents.iter().map(String::as_str).collect();
        let context = Context {
            kind,
            parents: &parents,
        };
        let mut found = self.find(text, context);
        if let Some(name) = &self.employer_names[at] {
            found.retain(|hit| {
                let span = hit.span.start + range.start..hit.span.end + range.start;
                span.end <= name.start || span.start >= name.end
            });
        }
        let mut own = Vec::new();
        let mut covered: Vec<Range<usize>> = Vec::new();
        for hit in found {
            let Some(technology) = self.lexicon.technology(&hit.technology) else {
                continue;
            };
            let span = hit.span.start + range.start..hit.span.end + range.start;
            covered.push(hit.span.clone());
            let name = TechnologyName {
                key: technology.key.clone(),
                name: technology.name.clone(),
                is_listed: true,
            };
            own.push(name.key.clone());
            if hit.via == MatchKind::Typo {
                read.notices.push(Notice {
                    kind: NoticeKind::CorrectedSpelling,
                    line: Some(block.line),
                    text: block.str()[span.clone()].to_owned(),
                });
            }
            self.mention(at, span, name, read);
        }
        let is_list = section == Section::Skills
            || matches!(
                self.evidence.scope[at],
                Some(Field::Technology | Field::Environment)
            );
        if kind == ContextKind::List && is_list && !text.contains("://") {
            self.unlisted(at, text, range.start, &covered, read);
        }
        own
    }

    /// Finds the technologies of a text, a long one part by part.
    fn find(&self, text: &str, context: Context<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let mut from = 0;
        while from < text.len() {
            let to = part_end(text, from);
            found.extend(
                self.lexicon
                    .find(&text[from..to], context)
                    .into_iter()
                    .map(|hit| Found {
                        span: hit.span.start + from..hit.span.end + from,
                        ..hit
                    }),
            );
            from = to;
        }
        found
    }

    /// Returns whether a cell is the head of a column.
    fn is_head(&self, at: usize) -> bool {
        self.blocks[self.blocks[at].parent].is_header && self.blocks[at].str().chars().count() < 16
    }

    /// Returns the bytes of the block's text that may name technologies: all but its label.
    fn searched(&self, at: usize) -> Range<usize> {
        let len = self.blocks[at].str().len();
        let value = self.evidence.value[at].clone();
        let is_labelled = self.evidence.field[at].is_some() && self.blocks[at].kind != Kind::Cell;
        if is_labelled && value.start < len {
            value
        } else {
            0..len
        }
    }

    /// Tells what sort of text a block holds.
    fn context_kind(&self, at: usize, text: &str) -> ContextKind {
        let section = self.evidence.section[at];
        let is_technology = matches!(
            self.evidence.scope[at],
            Some(Field::Technology | Field::Environment)
        );
        if is_technology && !text.contains('。') {
            return ContextKind::List;
        }
        if is_list_like(text) {
            return ContextKind::List;
        }
        let is_short = text.chars().count() <= 40 && !text.contains('。');
        match section {
            Section::Skills if is_short && self.blocks[at].kind == Kind::Cell => {
                if self.blocks[at].column == 0 {
                    ContextKind::List
                } else {
                    ContextKind::Skill
                }
            }
            Section::Skills if is_short && self.blocks[at].kind == Kind::Heading => {
                ContextKind::Skill
            }
            Section::Skills if is_short => ContextKind::List,
            Section::Wishes if is_short && self.blocks[at].kind == Kind::Item => ContextKind::List,
            _ => ContextKind::Prose,
        }
    }

    /// Returns the technologies that the two blocks above name.
    fn parents(&self, at: usize, keys: &[Vec<String>]) -> Vec<String> {
        self.blocks
            .ancestors(at)
            .take(2)
            .filter(|above| matches!(self.blocks[*above].kind, Kind::Item | Kind::Heading))
            .flat_map(|above| keys[above].iter().take(3).cloned())
            .collect()
    }

    /// Adds a mention.
    fn mention(
        &self,
        at: usize,
        span: Range<usize>,
        technology: TechnologyName,
        read: &mut Technologies,
    ) {
        let block = &self.blocks[at];
        if is_no_statement(block.str()) {
            return;
        }
        let said = self.said(at, &span);
        let stint = self.stint[at];
        let Some(grade) = grade(self.evidence.section[at], stint.is_some(), said) else {
            return;
        };
        let source = block.text.source(span.clone());
        let heading_path = self.heading_paths[at]
            .as_ref()
            .map_or_else(Vec::new, |path| path.as_ref().clone());
        read.mentions.push(Mention {
            technology: technology.clone(),
            grade,
            stint,
            span: Span {
                start: small(source.start),
                end: small(source.end),
            },
            line: block.line,
            heading_path,
        });
        self.stated_behind(at, span.end, technology, read);
    }

    /// Adds the names of a list that the lexicon does not have.
    fn unlisted(
        &self,
        at: usize,
        text: &str,
        shift: usize,
        covered: &[Range<usize>],
        read: &mut Technologies,
    ) {
        if text.len() > 2000 {
            return;
        }
        if self.blocks[at].kind == Kind::Heading {
            return;
        }
        let from = super::label::split_label(text).map_or(0, |(_, from)| from);
        for item in items(text).into_iter().filter(|item| item.start >= from) {
            let is_known = covered
                .iter()
                .any(|span| span.start < item.end && item.start < span.end);
            let name = text[item.clone()].trim();
            if is_known || !looks_like_product(name) {
                continue;
            }
            let span = item.start + shift..item.end + shift;
            let technology = TechnologyName {
                key: normalized_key(name),
                name: name.to_owned(),
                is_listed: false,
            };
            read.notices.push(Notice {
                kind: NoticeKind::UnlistedTechnology,
                line: Some(self.blocks[at].line),
                text: name.to_owned(),
            });
            self.mention(at, span, technology, read);
        }
    }
}
