//! Headings of the markup: what they close, and which of them are no titles.

use std::ops::Range;

use crate::resume::facts::is_post_line;
use crate::resume::label::{Field, field_of, label_of, may_label_period, split_label};
use crate::resume::marker::Marker;
use crate::resume::markup::Cleaned;
use crate::resume::period::find_periods;
use crate::resume::section::section_of;
use crate::resume::source::{SourceForm, SourceLine};

use super::builder::Builder;
use super::shape::{is_rule, states_time};
use super::titles::{is_company_name, names_company};
use super::{Block, Kind};

/// Returns what a line in brackets labels as a time: 「2023/09 ~ 現在」 of 「(勤務期間: 2023/09 ~ 現在)」.
fn labelled_time(line: &str) -> &str {
    let inside = line
        .strip_prefix(['(', '（'])
        .and_then(|rest| rest.strip_suffix([')', '）']));
    inside
        .and_then(|inside| {
            let (label, at) = split_label(inside)?;
            let is_time = may_label_period(label)
                || label_of(inside).is_some_and(|label| label.field == Field::Period);
            is_time.then(|| inside[at..].trim())
        })
        .unwrap_or(line)
}

/// Returns whether a title says what the company before it does, and titles nothing: 「### 事業内容: 物流」.
fn states_business(title: &str) -> bool {
    label_of(title).is_some_and(|label| {
        label.field == Field::Business && !title[label.value].trim().is_empty()
    })
}

/// Lines that are looked through for headings.
const MAX_LOOKAHEAD_LINES: usize = 200;

/// Lines before and behind the title of a container that are looked through for others like it.
const MAX_BESIDE_LINES: usize = 2_000;

/// Longer lines title nothing.
const MAX_TITLE_BYTES: usize = 400;

impl Builder<'_> {
    /// Adds a heading of the markup.
    pub(super) fn heading(&mut self, level: u8, range: Range<usize>, indent: usize) {
        let cleaned = self.clean(range.clone());
        if states_business(cleaned.text.as_str())
            || self.is_subtitle(level, cleaned.text.as_str(), range.start)
        {
            self.leaf(Kind::Line, indent, cleaned, range);
            return;
        }
        self.heading_of(level, cleaned, range, indent);
    }

    /// Returns whether a heading is indented into a list item, and so stands in it.
    fn is_inside(&self, indent: usize) -> bool {
        let top = &self.blocks[self.top()];
        top.kind == Kind::Item && indent >= top.indent + 2
    }

    /// Closes the headings that stand in a list item which an item of this indent ends.
    pub(super) fn leave_headings_of_items(&mut self, indent: usize) {
        let is_left =
            |at: &usize| self.blocks[*at].kind == Kind::Item && self.blocks[*at].indent >= indent;
        let outer = self.stack.iter().skip(self.floor).find(|at| is_left(at));
        let Some(outer) = outer.copied() else { return };
        let holds_heading = |at: &usize| *at > outer && self.blocks[*at].is_marked_heading();
        if self.stack.iter().any(holds_heading) {
            self.close_to(outer);
        }
    }

    /// Returns whether a heading of the markup stands for small print below the title before it: two levels
    /// deeper or more, dated, and the only one of its level there.
    ///
    /// 「### 鉄棺のアルマジロ」 and 「###### くらげ座 ・ 2023/04–現在」.
    fn is_subtitle(&self, level: u8, title: &str, at: usize) -> bool {
        let above = self.top();
        let outer = &self.blocks[above];
        let is_directly_below = outer.is_marked_heading()
            && above + 1 == self.blocks.len()
            && outer.rank + 32 <= u16::from(level) * 16;
        if !is_directly_below || !(states_time(title) || names_company(title)) {
            return false;
        }
        let outer_level = outer.rank / 16;
        let from = self.lines.partition_point(|line| line.range.start <= at);
        self.lines[from..]
            .iter()
            .take(MAX_LOOKAHEAD_LINES)
            .filter_map(|line| self.heading_level(line))
            .take_while(|other| u16::from(*other) > outer_level)
            .all(|other| other != level)
    }

    /// Returns the level of a line that is a heading: by its format, or by its own signs.
    fn heading_level(&self, line: &SourceLine) -> Option<u8> {
        if let SourceForm::Heading(level) = line.form {
            return Some(level);
        }
        match self.markers.read(&self.text[line.range.clone()], line) {
            Marker::Heading(level, _) => Some(level),
            _ => None,
        }
    }

    pub(super) fn heading_of(
        &mut self,
        level: u8,
        cleaned: Cleaned,
        range: Range<usize>,
        indent: usize,
    ) {
        self.level = level;
        self.titles.retain(|(_, base)| *base < level);
        let rank = u16::from(level) * 16;
        let floor = self.heading_floor();
        while self.stack.len() > floor {
            let at = self.top();
            let top = &self.blocks[at];
            let holds_headings =
                top.is_marked_heading() || self.dated_titles.binary_search(&at).is_ok();
            if holds_headings && top.rank < rank || self.is_inside(indent) {
                break;
            }
            self.close();
        }
        self.open(Kind::Heading, rank, indent, cleaned, range);
    }

    /// Returns whether a line says when somebody was at the company that the heading right above names:
    /// 「### 株式会社A」 and 「<u>2016.07 → 2019.09</u> デザイナー」.
    pub(super) fn dates_company(&self, line: &str) -> bool {
        let above = self.top();
        let outer = &self.blocks[above];
        outer.is_marked_heading()
            && above + 1 == self.blocks.len()
            && line.starts_with(|sign: char| sign.is_numeric())
            && names_company(outer.str())
            && !states_time(outer.str())
            && states_time(line)
    }

    /// Returns whether a line says when, as what and with how many somebody did what the heading right above
    /// names: 「### 配車計画」 and 「**2020年1月〜2021年5月** ／ PL ／ 5名」.
    pub(super) fn dates_title(&self, line: &str) -> bool {
        let above = self.top();
        let outer = &self.blocks[above];
        let is_title = outer.kind == Kind::Heading
            && !outer.is_label()
            && above + 1 == self.blocks.len()
            && !states_time(outer.str())
            && section_of(outer.str()).is_none();
        is_title && states_time(line) && is_post_line(line) && !self.is_dated_again(outer)
    }

    /// Returns whether a line names a company in bold and goes on with a role, or says so above a line that
    /// states when: 「**Mirai Robotics** — Senior Engineer」 over 「Apr 2021 – Present, Tokyo」.
    pub(super) fn titles_stay(&self, cleaned: &Cleaned, end: usize) -> bool {
        let shown = cleaned.text.as_str();
        let Some(bold) = cleaned.bold.clone().filter(|bold| bold.start == 0) else {
            return is_company_name(shown) && self.is_dated_below(end);
        };
        let rest = shown[bold.end..].trim_start();
        let is_parted = rest.starts_with([
            '—', '–', '-', '―', '|', '｜', '/', '／', ',', '、', '·', '@', '：', ':',
        ]);
        if !is_parted || !is_post_line(rest) {
            return false;
        }
        names_company(&shown[bold]) || self.is_dated_below(end)
    }

    /// Returns whether the line behind byte `end` says when, and at most as what.
    fn is_dated_below(&self, end: usize) -> bool {
        let from = self.lines.partition_point(|line| line.range.start < end);
        self.lines.get(from).is_some_and(|next| {
            let text = self.text[next.range.clone()].trim_matches(['*', '_', ' ']);
            let text = labelled_time(text);
            let is_time = || {
                find_periods(text).first().is_some_and(|found| {
                    let beside =
                        format!("{}{}", &text[..found.range.start], &text[found.range.end..]);
                    found.is_stretch() && !beside.contains(char::is_alphanumeric)
                })
            };
            // The edges of containers part lines as blank ones do.
            let is_next = self.text[end..next.range.start].matches('\n').count() == 1;
            (is_next || !next.is_after_blank)
                && !text.contains('。')
                && states_time(text)
                && (is_post_line(text) || is_time())
        })
    }

    /// Returns whether another line in bold states a time before the next heading of the markup, so that
    /// these lines title what stands below them.
    fn is_dated_again(&self, outer: &Block) -> bool {
        if !outer.is_marked_heading() {
            return false;
        }
        let from = self
            .lines
            .partition_point(|line| line.range.start <= outer.source.start);
        self.lines[from..]
            .iter()
            .take(MAX_LOOKAHEAD_LINES)
            .take_while(|line| {
                let marker = self.markers.read(&self.text[line.range.clone()], line);
                !matches!(marker, Marker::Heading(_, _))
            })
            .filter(|line| {
                let text = &self.text[line.range.clone()];
                text.starts_with("**") && states_time(text)
            })
            .nth(1)
            .is_some()
    }

    /// The lines behind the title of a container that stand in it.
    fn lines_within(&self, title: &SourceLine) -> impl Iterator<Item = &SourceLine> {
        let depth = title.container.depth;
        let from = self
            .lines
            .partition_point(|other| other.range.start <= title.range.start);
        self.lines[from..]
            .iter()
            .take(MAX_LOOKAHEAD_LINES)
            .take_while(move |other| other.container.depth >= depth)
    }

    /// Ends what stands around the title of a container that holds headings as high as that: 「# 2016年」 in
    /// a `<details>` below 「## 職歴」.
    pub(super) fn rise_for_headings(&mut self, line: &SourceLine) {
        let highest = self
            .lines_within(line)
            .filter_map(
                |other| match self.markers.read(&self.text[other.range.clone()], other) {
                    Marker::Heading(level, _) => Some(level),
                    _ => None,
                },
            )
            .min();
        let Some(highest) = highest.filter(|highest| *highest <= self.level && *highest > 1) else {
            return;
        };
        if self.tells_of_stay_around(line, highest) || self.labels_work(line, highest) {
            return;
        }
        while self.stack.len() > self.floor {
            let top = &self.blocks[self.top()];
            if top.is_marked_heading() && top.rank < u16::from(highest) * 16 {
                break;
            }
            self.close();
        }
        self.level = highest - 1;
        if let Some((_, open, _)) = self.containers.last_mut() {
            *open = (*open).min(self.stack.len());
        }
    }

    /// Returns whether the headings of this level in a container only part what is told of the company that is open
    /// around it: 「### 監視」 and 「### 試験」 below 「### 株式会社A（2019年4月〜現在）」.
    fn tells_of_stay_around(&self, line: &SourceLine, level: u8) -> bool {
        let rank = u16::from(level) * 16;
        let is_stay = |at: &usize| {
            let block = &self.blocks[*at];
            block.is_marked_heading()
                && block.rank == rank
                && names_company(block.str())
                && states_time(block.str())
        };
        self.stack.iter().any(is_stay)
            && !self
                .titles_within(line, level)
                .any(|title| states_time(title) || names_company(title))
    }

    /// Returns whether the headings of this level in a container label the work that its title names: 「## プロジェクト概要」
    /// in one titled 「画像の処理の移行」.
    fn labels_work(&self, line: &SourceLine, level: u8) -> bool {
        let is_label = |title: &str| {
            let title = title.trim_start_matches(['#', ' ']);
            let field = label_of(title).map(|label| label.field).or(field_of(title));
            matches!(
                field,
                Some(Field::Summary | Field::Technology | Field::Role | Field::Team | Field::Phase)
            )
        };
        let mut titles = self.titles_within(line, level);
        titles.next().is_some_and(is_label)
            && !titles.any(|title| states_time(title) || names_company(title))
    }

    /// The headings of this level in the container that `line` titles.
    fn titles_within(&self, line: &SourceLine, level: u8) -> impl Iterator<Item = &str> {
        self.lines_within(line).filter_map(move |other| {
            let content = &self.text[other.range.clone()];
            match self.markers.read(content, other) {
                Marker::Heading(own, _) if own == level => Some(content),
                _ => None,
            }
        })
    }

    /// Ends a dated title in bold before the title of a container that holds more of them: 「**請求の更改**（2016-06 –
    /// 2017-01）」 before `<details>` around 「**予約の受付**（2017-09 – 2018-02）」.
    pub(super) fn rise_for_titles(&mut self, line: &SourceLine) {
        let is_title = |text: &str| {
            text.len() <= MAX_TITLE_BYTES
                && text.starts_with("**")
                && states_time(&text.replace('`', ""))
        };
        let holds_titles = self
            .lines_within(line)
            .any(|other| is_title(&self.text[other.range.clone()]));
        if !holds_titles {
            return;
        }
        let is_open = |at: &usize| {
            let block = &self.blocks[*at];
            block.kind == Kind::Heading && is_title(&self.text[block.source.clone()])
        };
        let open = self.stack.iter().skip(self.floor).position(is_open);
        let Some(open) = open else {
            return;
        };
        while self.stack.len() > self.floor + open {
            self.close();
        }
        if let Some((_, open, _)) = self.containers.last_mut() {
            *open = (*open).min(self.stack.len());
        }
    }

    /// Returns whether another container near is titled as the one of `title` is.
    pub(super) fn is_repeated_summary(&self, title: &SourceLine) -> bool {
        let shown = |line: &SourceLine| self.text[line.range.clone()].trim();
        let at = self
            .lines
            .partition_point(|other| other.range.start < title.range.start);
        let near = at.saturating_sub(MAX_BESIDE_LINES)..at.saturating_add(MAX_BESIDE_LINES);
        let near = &self.lines[near.start..near.end.min(self.lines.len())];
        near.iter()
            .filter(|other| other.form == SourceForm::Summary)
            .filter(|other| shown(other) == shown(title))
            .nth(1)
            .is_some()
    }

    /// Returns how many blocks a heading of the markup leaves open: what stands around its container
    /// and the container's title.
    pub(super) fn heading_floor(&self) -> usize {
        let Some((_, open, _)) = self.containers.last() else {
            return self.floor;
        };
        let is_titled = self.stack.get(*open).is_some_and(|at| {
            self.blocks[*at].kind == Kind::Heading && self.blocks[*at].is_summary
        });
        (open + usize::from(is_titled)).max(self.floor)
    }

    /// Returns the level of the heading that the next line underlines, if it does.
    pub(super) fn setext_level(&self, at: usize) -> Option<u8> {
        let next = self.lines.get(at + 1)?;
        if next.is_after_blank || next.form != SourceForm::Plain || next.indent > 3 {
            return None;
        }
        let rule = &self.text[next.range.clone()];
        let sign = rule.chars().next()?;
        if !matches!(sign, '=' | '-') || rule.len() < 2 || rule.chars().any(|other| other != sign) {
            return None;
        }
        let line = &self.lines[at];
        let content = &self.text[line.range.clone()];
        let marker = self.markers.read(content, line);
        let is_numbered = (line.is_after_blank || at == 0)
            && rule.len() >= 3
            && matches!(
                marker,
                Marker::Item {
                    is_ordered: true,
                    ..
                }
            );
        if !(is_numbered || matches!(marker, Marker::None | Marker::Pseudo(_, _)))
            || is_rule(content)
            || content.starts_with(['>', '|'])
        {
            return None;
        }
        if !line.is_after_blank && at > 0 && sign == '-' && self.stack.len() > 1 {
            let before = self.blocks.last().map(|block| block.kind);
            if matches!(before, Some(Kind::Line | Kind::Item)) {
                return None;
            }
        }
        Some(if sign == '=' { 1 } else { 2 })
    }
}
