//! Projects that a time begins: a line of a job that says when and in which department before labels that tell of the
//! work, or the head of a table that says when and what.

use shokureki_index::lexicon::has_legal_form;

use crate::resume::block::Kind;
use crate::resume::employer::{kind_of, names_role};
use crate::resume::evidence::{PlacedPeriod, title_without};
use crate::resume::job::is_pause;
use crate::resume::label::{Field, field_of};
use crate::resume::stint::is_department;

use super::Finder;
use super::cell::MIN_TITLE_CHARS;
use super::title::strip_title;

/// Columns of a table's head that are looked at.
const MAX_HEADS: usize = 8;

impl Finder<'_> {
    /// Adds the work that a line of a job begins which says when and as what somebody worked, before a label that
    /// titles or sums up the work: 「2022年4月～現在　情報システム課　主任」 over 「【プロジェクト】検査の記録の移行」.
    pub(super) fn begins_with_post(&mut self, at: usize) -> bool {
        if self.owner[at].is_none() || self.is_inside_work(at) {
            return false;
        }
        let Some(own) = self.dated_post(at) else {
            return false;
        };
        let parent = self.blocks[at].parent;
        let around = self.blocks[parent].end;
        let label = self.blocks[at].end;
        let is_told = label < around
            && matches!(
                self.evidence.field[label],
                Some(Field::Title | Field::Summary)
            );
        let Some(title) = is_told.then(|| self.first_value(label)).flatten() else {
            return false;
        };
        let mut end = label;
        while end < around && !self.ends_post(end) {
            end = self.blocks[end].end;
        }
        self.add(at, end, strip_title(&title), Some(own));
        true
    }

    /// Returns the time that a line begins with which goes on with departments and posts and nothing else.
    fn dated_post(&self, at: usize) -> Option<PlacedPeriod> {
        let own = self.dated_line(at)?;
        let behind = self.blocks[at].str().get(own.period.range.end..)?;
        let mut parts = behind.split_whitespace().peekable();
        parts.peek()?;
        parts
            .all(|part| is_department(part) || names_role(part) || kind_of(part).is_some())
            .then_some(own)
    }

    /// Returns the stretch of time that a line without a label begins with, unless it is that of a job.
    fn dated_line(&self, at: usize) -> Option<PlacedPeriod> {
        let is_plain = self.blocks[at].kind == Kind::Line
            && self.evidence.field[at].is_none()
            && !self.is_job[at]
            && !self.job_times.contains(&at);
        let own = is_plain
            .then(|| self.evidence.own_period(self.blocks, at))
            .flatten()?;
        let before = self.blocks[at].str().get(..own.period.range.start)?;
        (own.period.is_stretch() && before.trim().is_empty()).then_some(own)
    }

    /// Returns whether a block ends what a line that says when began.
    fn ends_post(&self, at: usize) -> bool {
        self.is_job[at]
            || self.blocks[at].kind == Kind::Heading && self.evidence.field[at].is_none()
            || self.dated_line(at).is_some()
    }

    /// Returns what the head of a table titles, and when that was, where the heads beside it say with what and among
    /// how many the rows were done: 「|2024年2月〜現在 / 予約画面の作り直し|開発環境|規模|」.
    pub(super) fn headed_work(&self, table: usize) -> Option<(String, PlacedPeriod)> {
        let head = self.blocks.children(table).next()?;
        let mut cells = self.blocks.children(head).take(MAX_HEADS);
        let cell = cells.next()?;
        let is_of_work = cells.any(|beside| {
            matches!(
                field_of(self.blocks[beside].str()),
                Some(
                    Field::Technology
                        | Field::Environment
                        | Field::Team
                        | Field::Phase
                        | Field::Role
                )
            )
        });
        let own = self.evidence.own_period(self.blocks, cell)?;
        let is_dated = self.blocks[head].is_header
            && own.block == cell
            && own.period.is_stretch()
            && !self.job_times.contains(&cell);
        if !is_dated || !is_of_work || self.blocks[table].end == self.blocks[head].end {
            return None;
        }
        let title = title_without(self.blocks[cell].str(), &own.period.range);
        let title =
            title.trim_matches(|sign: char| sign.is_whitespace() || "/／|｜:：".contains(sign));
        let is_title = title.chars().count() >= MIN_TITLE_CHARS
            && !has_legal_form(title)
            && !names_role(title)
            && !is_department(title)
            && !is_pause(title)
            && !self.names_employer(title);
        is_title.then(|| (strip_title(title), own))
    }
}
