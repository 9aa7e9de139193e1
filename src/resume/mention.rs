//! The technologies that a document names, each with its place, its stint and its grade.

use std::collections::HashMap;
use std::ops::Range;

use shokureki_index::analysis::normalized_key;
use shokureki_index::lexicon::{Context, ContextKind, Found, Lexicon, MatchKind};

use crate::domain::{
    Grade, Mention, Notice, NoticeKind, Span, StatedMonths, StintRef, TechnologyName,
};

use super::block::{Blocks, Kind};
use super::evidence::Evidence;
use super::grade::{
    Remark, boundary, grade, is_no_statement, label_remark, mark_behind, remark, sentence,
};
use super::identity::is_link_line;
use super::label::Field;
use super::period::find_durations;
use super::section::Section;
use super::text::small;

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
    /// What the letters of the document's legend mean, where that is no experience.
    pub(super) legend: &'a HashMap<char, Remark>,
    /// Titles of the headings above each block.
    pub(super) heading_paths: &'a [Option<std::rc::Rc<Vec<String>>>],
}

/// Characters of a name that the lexicon does not have.
const MAX_UNLISTED_CHARS: usize = 32;

/// The longest label at the head of a line, in bytes: what each mention of a long line looks at.
const MAX_LABEL_BYTES: usize = 240;

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
        let (text, start) = sentence(block.str(), span.end);
        let said = remark(text, span.end.saturating_sub(start).min(text.len()));
        let said = said
            .or_else(|| mark_behind(&block.str()[span.end..], self.legend))
            .or_else(|| self.said_above(at, span.start))
            .or_else(|| self.said_below(at));
        let stint = self.stint[at];
        let Some(mut grade) = grade(self.evidence.section[at], stint.is_some(), said) else {
            return;
        };
        if self.is_unticked(at) {
            grade = Grade::Negated;
        }
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

    /// Returns what lines directly below a skill's heading say: 「実務経験なし」.
    fn said_below(&self, at: usize) -> Option<Remark> {
        let block = &self.blocks[at];
        if block.kind != Kind::Heading || self.evidence.section[at] != Section::Skills {
            return None;
        }
        self.blocks.children(at).take(3).find_map(|child| {
            let text = self.blocks[child].str();
            if text.chars().count() > 16 {
                return None;
            }
            // Known, though not from work.
            let is_private = text.contains("実務") || text.contains("業務");
            remark(text, 0).map(|said| if is_private { Remark::Personal } else { said })
        })
    }

    /// Returns what the label of the line, the first cell of the row, and the item or heading above say
    /// of all names below.
    fn said_above(&self, at: usize, until: usize) -> Option<Remark> {
        let block = &self.blocks[at];
        let head = boundary(block.str(), until.min(MAX_LABEL_BYTES));
        let own = block.str()[..head]
            .split_once([':', '：', '…', '|', '｜'])
            .and_then(|(label, _)| label_remark(label));
        if own.is_some() {
            return own;
        }
        let parent = block.parent;
        if block.kind == Kind::Cell {
            let first = self.blocks.children(parent).next()?;
            return (first != at)
                .then(|| label_remark(self.blocks[first].str()))
                .flatten();
        }
        let is_title = matches!(self.blocks[parent].kind, Kind::Heading | Kind::Item);
        is_title
            .then(|| label_remark(self.blocks[parent].str()))
            .flatten()
    }

    /// Returns whether the row of a matrix is not ticked: a mark of nothing behind the name, no tick,
    /// and no number.
    fn is_unticked(&self, at: usize) -> bool {
        const NOTHING: [&str; 19] = [
            "-",
            "−",
            "ー",
            "×",
            "✕",
            "✗",
            "―",
            "—",
            "－",
            "0",
            "0年",
            "０年",
            "なし",
            "無し",
            "未経験",
            "☆☆☆",
            "☆☆☆☆☆",
            "☆",
            "☆☆",
        ];
        const TICKS: [&str; 17] = [
            "○", "◯", "〇", "◎", "●", "✔", "✓", "△", "▲", "レ", "☑", "✅", "A", "B", "C", "有",
            "✔️",
        ];
        let block = &self.blocks[at];
        if block.kind != Kind::Cell {
            return false;
        }
        let behind: Vec<&str> = self
            .blocks
            .children(block.parent)
            .take(24)
            .filter(|cell| self.blocks[*cell].column > block.column)
            .map(|cell| {
                let text = self.blocks[cell].str();
                if text.is_empty() && self.blocks[cell].end > cell + 1 {
                    return self.blocks[cell + 1].str();
                }
                text
            })
            .collect();
        let has_nothing = behind.iter().any(|text| NOTHING.contains(text));
        let has_something = behind.iter().any(|text| {
            TICKS.contains(text)
                || text.contains('★')
                || !NOTHING.contains(text)
                    && text
                        .chars()
                        .any(|character| character.is_numeric() && !matches!(character, '0' | '０'))
        });
        has_nothing && !has_something && self.evidence.section[at] != Section::Career
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

    /// Returns whether lengths of experience are stated in this section.
    fn may_state(&self, at: usize) -> bool {
        matches!(
            self.evidence.section[at],
            Section::Skills
                | Section::Appraisal
                | Section::Summary
                | Section::Unknown
                | Section::Identity
        ) && self.stint[at].is_none()
    }

    /// Reads 「Python（5年）」.
    fn stated_behind(
        &self,
        at: usize,
        end: usize,
        technology: TechnologyName,
        read: &mut Technologies,
    ) {
        if !self.may_state(at) {
            return;
        }
        let block = &self.blocks[at];
        let text = block.str();
        let rest = &text[end..];
        let window: String = rest.chars().take(16).collect();
        let opens = window.trim_start().starts_with(['(', '（', ':', '：', '['])
            || window.trim_start().starts_with(|c: char| c.is_numeric());
        let Some(duration) = find_durations(&window).into_iter().next() else {
            return;
        };
        let between = &window[..duration.range.start];
        if !opens || between.contains(['、', ',', '/', '。']) {
            return;
        }
        let span = end + duration.range.start..end + duration.range.end;
        self.state(at, span, technology, duration.months, read);
    }

    fn state(
        &self,
        at: usize,
        span: Range<usize>,
        technology: TechnologyName,
        months: u32,
        read: &mut Technologies,
    ) {
        let source = self.blocks[at].text.source(span);
        read.stated.push(StatedMonths {
            technology,
            months,
            span: Span {
                start: small(source.start),
                end: small(source.end),
            },
            line: self.blocks[at].line,
        });
    }

    /// Reads a line under a skill's heading that states how long: 「2022 ~ 2025 (3年)」.
    fn stated_below(&self, at: usize, keys: &[Vec<String>], read: &mut Technologies) {
        let block = &self.blocks[at];
        let parent = block.parent;
        let is_skill = self.evidence.section[at] == Section::Skills
            && matches!(block.kind, Kind::Item | Kind::Line)
            && self.blocks[parent].kind == Kind::Heading
            && keys[at].is_empty()
            && !keys[parent].is_empty()
            && block.str().chars().count() <= 40;
        if !is_skill {
            return;
        }
        let Some(duration) = find_durations(block.str()).into_iter().next() else {
            return;
        };
        for key in &keys[parent] {
            if let Some(technology) = self.named(key) {
                self.state(
                    at,
                    duration.range.clone(),
                    technology,
                    duration.months,
                    read,
                );
            }
        }
    }

    /// Reads the rows of skill tables: technologies in one cell, their length in another.
    fn stated_in_rows(&self, keys: &[Vec<String>], read: &mut Technologies) {
        for row in 1..self.blocks.len() {
            if self.blocks[row].kind != Kind::Row || !self.may_state(row) {
                continue;
            }
            let cells: Vec<usize> = self.blocks.children(row).take(12).collect();
            let Some(named) = cells.iter().copied().find(|cell| !keys[*cell].is_empty()) else {
                continue;
            };
            let stated = cells
                .iter()
                .copied()
                .filter(|cell| *cell != named)
                .find_map(|cell| {
                    let text = self.blocks[cell].str();
                    let is_short = text.chars().count() <= 12;
                    let duration = find_durations(text).into_iter().next()?;
                    is_short.then_some((cell, duration))
                });
            let Some((cell, duration)) = stated else {
                continue;
            };
            for key in &keys[named] {
                if let Some(technology) = self.named(key) {
                    self.state(
                        cell,
                        duration.range.clone(),
                        technology,
                        duration.months,
                        read,
                    );
                }
            }
        }
    }

    fn named(&self, key: &str) -> Option<TechnologyName> {
        self.lexicon
            .technology(key)
            .map(|technology| TechnologyName {
                key: technology.key.clone(),
                name: technology.name.clone(),
                is_listed: true,
            })
    }
}

/// Bytes of text that are searched at once.
const MAX_PART_BYTES: usize = 1600;

/// Returns where the part that begins at byte `from` ends: behind a separator, if one is near.
fn part_end(text: &str, from: usize) -> usize {
    if text.len() - from <= MAX_PART_BYTES {
        return text.len();
    }
    let limit = (from..=from + MAX_PART_BYTES)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len());
    let part = &text[from..limit];
    let cut = ["。", "、", "，", ", ", "・", " "]
        .iter()
        .find_map(|sign| part.rfind(sign).map(|at| at + sign.len()))
        .filter(|cut| *cut > 0);
    cut.map_or(limit, |cut| from + cut)
}

/// Splits a list at its separators, brackets too; ranges without blanks at the edges.
fn items(text: &str) -> Vec<Range<usize>> {
    let is_separator = |character: char| {
        matches!(
            character,
            ',' | '、'
                | '，'
                | '/'
                | '／'
                | '・'
                | '|'
                | '｜'
                | ';'
                | '+'
                | '＋'
                | '('
                | ')'
                | '（'
                | '）'
                | ':'
                | '：'
                | '['
                | ']'
                | '→'
                | '&'
                | '＆'
                | '※'
        )
    };
    let mut found = Vec::new();
    let mut start = 0;
    let mut push = |range: Range<usize>| {
        let raw = &text[range.clone()];
        let lead = raw.len() - raw.trim_start().len();
        let trimmed = raw.trim();
        if !trimmed.is_empty() {
            found.push(range.start + lead..range.start + lead + trimmed.len());
        }
    };
    for (at, character) in text.char_indices() {
        if is_separator(character) {
            push(start..at);
            start = at + character.len_utf8();
        }
    }
    push(start..text.len());
    found
}

/// Returns whether a text is mostly a list of Latin names.
fn is_list_like(text: &str) -> bool {
    if text.len() > 1200 || text.contains('。') {
        return false;
    }
    let parts = items(text);
    if parts.len() < 3 {
        return false;
    }
    let names = parts
        .iter()
        .filter(|part| {
            let name = &text[(*part).clone()];
            name.chars().count() <= 28
                && name
                    .chars()
                    .next()
                    .is_some_and(|first| first.is_ascii_alphanumeric() || first == '.')
                && name
                    .chars()
                    .filter(|character| !character.is_ascii())
                    .count()
                    <= 3
        })
        .count();
    names * 3 >= parts.len() * 2
}

/// Returns whether an item of a list can be a product's name: Latin, short, no sentence.
fn looks_like_product(name: &str) -> bool {
    let count = name.chars().count();
    if !(2..=MAX_UNLISTED_CHARS).contains(&count) || name.contains("://") || name.contains('@') {
        return false;
    }
    if name.split_whitespace().count() > 4 || !name.is_ascii() {
        return false;
    }
    let letters = name.chars().filter(char::is_ascii_alphabetic).count();
    if letters < 2 || letters * 2 < count {
        return false;
    }
    const WORDS: [&str; 72] = [
        "japanese",
        "english",
        "native",
        "skills",
        "skill",
        "network",
        "security",
        "editor",
        "etc",
        "etc.",
        "etc...",
        "and",
        "or",
        "with",
        "by",
        "on",
        "api",
        "web",
        "os",
        "db",
        "fw",
        "ci",
        "cd",
        "ci/cd",
        "iac",
        "ui",
        "ux",
        "pc",
        "it",
        "pm",
        "pl",
        "se",
        "pg",
        "sre",
        "qa",
        "url",
        "todo",
        "n",
        "mac",
        "app",
        "test",
        "tool",
        "tools",
        "language",
        "languages",
        "framework",
        "library",
        "server",
        "client",
        "backend",
        "frontend",
        "front",
        "back",
        "infra",
        "database",
        "cloud",
        "other",
        "others",
        "middleware",
        "dwh",
        "rdb",
        "kvs",
        "vcs",
        "oss",
        "saas",
        "iot",
        "ai",
        "ml",
        "bi",
        "erp",
        "crm",
        "none",
    ];
    !WORDS.contains(&name.to_ascii_lowercase().as_str())
}
