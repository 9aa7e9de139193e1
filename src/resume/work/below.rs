//! What stands below a block that may be a project.

use crate::resume::block::Kind;
use crate::resume::job::reads_like_work;
use crate::resume::label::Field;

use super::Finder;
use super::title::is_tag_line;

/// Lines below a title that may say when it was.
const MAX_TIME_BELOW: usize = 3;

/// Items below a heading that are looked at.
const MAX_ITEMS: usize = 24;

/// Characters of a line that tells of work.
const MIN_TOLD_CHARS: usize = 12;

impl Finder<'_> {
    /// Returns whether a line directly below is a list of technologies without a label: code spans,
    /// the lines of a fenced block.
    pub(super) fn has_tags_below(&self, at: usize) -> bool {
        self.blocks.children(at).take(6).any(|child| {
            matches!(self.blocks[child].kind, Kind::Line | Kind::Item)
                && self.evidence.field[child].is_none()
                && is_tag_line(self.blocks[child].str())
        })
    }

    /// Returns whether technologies without a label stand right below a title and more is told behind them;
    /// technologies alone are those of a kind of work: 「フロントエンド」.
    pub(super) fn begins_with_tags(&self, at: usize) -> bool {
        let mut below = self.blocks.children(at).take(6);
        let is_tags = |child: usize| {
            self.blocks[child].kind == Kind::Line
                && self.evidence.field[child].is_none()
                && is_tag_line(self.blocks[child].str())
        };
        below.next().is_some_and(is_tags)
            && below.any(|child| {
                let text = self.blocks[child].str();
                matches!(self.blocks[child].kind, Kind::Line | Kind::Item)
                    && self.evidence.field[child].is_none()
                    && !is_tag_line(text)
                    && text.chars().count() >= MIN_TOLD_CHARS
            })
    }

    pub(super) fn is_inside_work(&self, at: usize) -> bool {
        self.works
            .iter()
            .rev()
            .take(8)
            .any(|work| work.block < at && at < work.end)
    }

    /// Returns whether headings or rows below state periods of their own.
    pub(super) fn has_dated_below(&self, at: usize) -> bool {
        (at + 1..self.blocks[at].end.min(at + 400)).any(|below| {
            matches!(
                self.blocks[below].kind,
                Kind::Heading | Kind::Row | Kind::Item
            ) && (self
                .evidence
                .own_period(self.blocks, below)
                .is_some_and(|own| own.period.is_stretch())
                || self.blocks[below].kind == Kind::Row
                    && self.evidence.attached_period(self.blocks, below).is_some())
        })
    }

    pub(super) fn has_dated_headings_below(&self, at: usize) -> bool {
        (at + 1..self.blocks[at].end.min(at + 400)).any(|below| {
            let is_dated = self
                .evidence
                .own_period(self.blocks, below)
                .is_some_and(|own| own.period.is_stretch());
            self.blocks[below].kind == Kind::Heading
                && (is_dated || self.is_titled_and_timed(below))
        })
    }

    /// Returns whether a heading titles something, and a label right below it says when that was: 「##### 【1】 配車計画の刷新」
    /// over 「担当期間：2021年10月〜2022年12月」.
    fn is_titled_and_timed(&self, at: usize) -> bool {
        self.blocks[at].is_marked_heading()
            && self.evidence.field[at].is_none()
            && self.blocks.children(at).take(MAX_TIME_BELOW).any(|child| {
                self.evidence.field[child] == Some(Field::Period)
                    && self
                        .evidence
                        .first_in(self.blocks, child)
                        .is_some_and(|placed| placed.period.is_stretch())
            })
    }

    /// Returns whether the items below are works that each name their technologies: 「#### 追加開発」 over
    /// 「- 編集履歴を管理するサービス開発」 with 「使用技術: Go」 below it, and another one.
    pub(super) fn holds_labelled_works(&self, at: usize) -> bool {
        let items = self
            .blocks
            .children(at)
            .filter(|child| self.blocks[*child].kind == Kind::Item)
            .take(MAX_ITEMS);
        let is_work = |item: usize| {
            self.signs[item].has_strong_label
                && self.evidence.field[item].is_none()
                && reads_like_work(self.blocks[item].str())
        };
        items.filter(|item| is_work(*item)).count() >= 2
    }

    /// Returns whether a table below lists projects.
    pub(super) fn has_rows_below(&self, at: usize) -> bool {
        (at + 1..self.blocks[at].end.min(at + 400)).any(|below| {
            self.blocks[below].kind == Kind::Cell
                && self.evidence.field[below] == Some(Field::Title)
        })
    }

    pub(super) fn has_projects_below(&self, at: usize) -> bool {
        (at + 1..self.blocks[at].end.min(at + 400)).any(|below| {
            matches!(self.blocks[below].kind, Kind::Heading | Kind::Item)
                && self.signs[below].has_strong_label
        })
    }

    /// Returns whether a label below holds the labels of a project (環境 > 使用技術).
    pub(super) fn has_labels_below_label(&self, at: usize) -> bool {
        self.blocks.children(at).take(16).any(|child| {
            let is_label = matches!(
                self.evidence.field[child],
                Some(Field::Environment | Field::Summary)
            );
            is_label && self.signs[child].has_strong_label
        })
    }
}
