//! Stated lengths of experience: 「Python（5年）」, a line below a skill, a column of a table.

use std::ops::Range;

use crate::domain::{Span, StatedMonths, TechnologyName};

use super::{Hits, MentionReader, Technologies};
use crate::resume::block::Kind;
use crate::resume::duration::find_durations;
use crate::resume::section::Section;
use crate::resume::text::small;

impl MentionReader<'_> {
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
    pub(super) fn stated_behind(
        &self,
        at: usize,
        end: usize,
        technology: &TechnologyName,
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
        self.state(at, span, technology.clone(), duration.months, read);
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
    pub(super) fn stated_below(&self, at: usize, hits: &[Hits], read: &mut Technologies) {
        let block = &self.blocks[at];
        let parent = block.parent;
        let is_skill = self.evidence.section[at] == Section::Skills
            && matches!(block.kind, Kind::Item | Kind::Line)
            && self.blocks[parent].kind == Kind::Heading
            && hits[at].found.is_empty()
            && !hits[parent].found.is_empty()
            && block.str().chars().count() <= 40;
        if !is_skill {
            return;
        }
        let Some(duration) = find_durations(block.str()).into_iter().next() else {
            return;
        };
        for key in hits[parent].keys() {
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
    pub(super) fn stated_in_rows(&self, hits: &[Hits], read: &mut Technologies) {
        for row in 1..self.blocks.len() {
            if self.blocks[row].kind != Kind::Row || !self.may_state(row) {
                continue;
            }
            let cells: Vec<usize> = self.blocks.children(row).take(12).collect();
            let is_named = |cell: &usize| !hits[*cell].found.is_empty();
            let Some(named) = cells.iter().copied().find(is_named) else {
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
            for key in hits[named].keys() {
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
}
