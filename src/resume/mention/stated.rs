//! Stated lengths of experience: 「Python（5年）」, a line below a skill, a column of a table.

use std::ops::Range;

use shokureki_index::analysis::WordList;
use shokureki_index::words;

use crate::domain::{Span, StatedMonths, TechnologyName};

use super::{Hits, MentionReader, Technologies};
use crate::resume::block::Kind;
use crate::resume::duration::{FoundDuration, find_durations};
use crate::resume::section::Section;
use crate::resume::text::small;

/// Characters behind a technology among which a length beside it stands.
const MAX_BESIDE_CHARS: usize = 16;

/// Characters behind a technology among which a sentence says for how long.
const MAX_REACH_CHARS: usize = 36;

/// Returns the byte of a text's character number `count`, or its end.
fn nth_char(text: &str, count: usize) -> usize {
    text.char_indices()
        .nth(count)
        .map_or(text.len(), |(at, _)| at)
}

/// Returns whether the text between a technology and a length, and the one behind it, say that this is the
/// experience with it: 「歴」, 「を」 … 「ほど書いています」, but not 「を」 … 「計画で」.
fn says_experience(between: &str, behind: &str) -> bool {
    const PLAIN: &WordList = words![
        "歴",
        "歴は",
        "歴が",
        "経験",
        "経験は",
        "経験が",
        "の経験",
        "の経験は",
        "の経験が",
        "での実務が",
        "での実務は",
        "の実務が",
        "の実務経験",
        "の実務経験は",
        "実務経験",
        "を",
        "で",
        "を書いて",
        "は",
    ];
    const JOINS: &WordList = words!["による", "での", "を使った", "を用いた", "を利用した", "の"];
    const ROUGHLY: &WordList = words![
        "以上",
        "ほど",
        "程度",
        "くらい",
        "ぐらい",
        "あまり",
        "余り",
        "近く",
        "間",
        "超",
        "強",
        "弱"
    ];
    const DONE: &WordList = words![
        "の経験",
        "経験",
        "携わ",
        "従事",
        "担当",
        "使っ",
        "使用",
        "書い",
        "書き",
        "開発し",
        "開発に",
        "やって",
        "触っ",
    ];
    let between: String = between.chars().filter(|c| !c.is_whitespace()).collect();
    // 「Ruby がいちばん長く（9年）」
    if let Some(longest) = between.strip_suffix(['(', '（']) {
        let is_longest = words![
            "がいちばん長く",
            "がいちばん長い",
            "が一番長く",
            "が一番長い",
            "が最も長く",
            "が最も長い",
            "がもっとも長く",
            "がもっとも長い",
        ]
        .has(longest);
        return is_longest && behind.trim_start().starts_with([')', '）']);
    }
    if between.contains(['、', ',', '。', '（', '(', '・', '/']) {
        return false;
    }
    let mut behind = behind.trim_start();
    while let Some(word) = ROUGHLY.longest_of(behind) {
        behind = behind[word.len()..].trim_start();
    }
    let ends = behind.is_empty() || behind.starts_with(['。', '、', '）', ')', ',', '．']);
    let is_done = DONE.begin(behind);
    if PLAIN.has(&between) {
        return ends || is_done;
    }
    JOINS.begin(&between) && is_done
}

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

    /// Reads 「Python（5年）」, 「Python歴5年」, 「Python による開発を5年以上経験」.
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
        let window: String = rest.chars().take(MAX_REACH_CHARS).collect();
        let opens = window.trim_start().starts_with(['(', '（', ':', '：', '['])
            || window.trim_start().starts_with(|c: char| c.is_numeric());
        let Some(duration) = find_durations(&window).into_iter().next() else {
            return;
        };
        let opens = opens && duration.range.end <= nth_char(&window, MAX_BESIDE_CHARS);
        let between = &window[..duration.range.start];
        let is_beside = opens && !between.contains(['、', ',', '/', '。']);
        if !is_beside && !says_experience(between, &window[duration.range.end..]) {
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
                    let duration = find_durations(text).into_iter().next();
                    let duration = duration.or_else(|| self.years_in_column(row, cell))?;
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

    /// Reads the number of a cell below a head that counts years: 「Years」, 「経験年数」.
    fn years_in_column(&self, row: usize, cell: usize) -> Option<FoundDuration> {
        const MOST_YEARS: f32 = 50.0;
        let text = self.blocks[cell].str();
        let years: f32 = text.trim().parse().ok()?;
        let head = self.blocks.children(self.blocks[row].parent).next()?;
        let mut heads = self.blocks.children(head);
        let title = heads.find(|at| self.blocks[*at].column == self.blocks[cell].column)?;
        let title = self.blocks[title].str().trim();
        let counts_years =
            words!["年数", "経験年数", "実務年数", "業務年数", "Years", "years"].has(title);
        let is_length = head != row && years > 0.0 && years <= MOST_YEARS;
        (counts_years && is_length).then(|| FoundDuration {
            range: 0..text.len(),
            months: (years * 12.0).round() as u32,
        })
    }
}
