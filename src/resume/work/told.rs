//! The title of a work that stands below its heading, which itself only numbers the work or says when it
//! was.

use shokureki_index::lexicon::has_legal_form;
use shokureki_index::words;

use crate::resume::block::Kind;
use crate::resume::bracket::without_brackets;
use crate::resume::employer::{is_hidden, names_role};
use crate::resume::job::reads_like_work;
use crate::resume::label::Field;

use super::Finder;
use super::cell::{first_sentence, is_number};
use super::heading::MAX_LABELLED;
use super::title::{is_tag_line, strip_title};

impl Finder<'_> {
    /// Returns the title that labels below a heading state which numbers a work, or says when it was, and nothing else:
    /// 「### No.1」 and 「|業務内容|料金照会の更改|」.
    pub(super) fn numbered_title(&self, at: usize) -> Option<String> {
        // 「No.4 （常駐先：官公庁）」 says for whom the work was.
        let title = self.title(at, self.evidence.own_period(self.blocks, at).as_ref());
        let outside = without_brackets(&title);
        let is_client = is_hidden(outside.trim()) && !reads_like_work(&outside);
        let names_nobody = is_number(outside.trim()) || is_client;
        if !title.is_empty() && !names_nobody {
            return None;
        }
        let below: Vec<usize> = self.blocks.children(at).take(MAX_LABELLED).collect();
        let labelled = |field: Field| {
            below
                .iter()
                .find_map(|child| match self.blocks[*child].kind {
                    Kind::Table => {
                        let rows: Vec<usize> = self.blocks.children(*child).collect();
                        self.cell_of(&rows, field)
                    }
                    _ if self.evidence.field[*child] == Some(field) => self.first_value(*child),
                    _ => None,
                })
        };
        labelled(Field::Title)
            .or_else(|| labelled(Field::Summary))
            .map(|title| strip_title(&first_sentence(&title)))
            .or_else(|| self.told_below(at))
    }

    /// Returns what the labels below a heading that only counts works say was done: 「内容：倉庫の保守」 below
    /// 「＜プロジェクト②＞」.
    pub(super) fn counted_title(&self, at: usize) -> Option<String> {
        let below = || self.blocks.children(at).take(MAX_LABELLED);
        let labelled = |field: Field| {
            below()
                .find(|child| self.evidence.field[*child] == Some(field))
                .and_then(|child| self.first_value(child))
        };
        labelled(Field::Period)?;
        labelled(Field::Title)
            .or_else(|| labelled(Field::Summary))
            .map(|title| strip_title(&first_sentence(&title)))
    }

    /// Returns the short line right below a heading that says what was done: 「社内システムの保守開発」.
    pub(super) fn told_below(&self, at: usize) -> Option<String> {
        let first = self.blocks.children(at).next()?;
        let text = self.blocks[first].str();
        let is_told = self.blocks[first].kind == Kind::Line
            && self.evidence.field[first].is_none()
            && self.evidence.periods[first].is_empty()
            && (6..=60).contains(&text.chars().count())
            && !text.contains(['。', '、'])
            && !is_tag_line(text);
        is_told.then(|| strip_title(text))
    }

    /// Returns whether two headings right below a heading label the title of a work each.
    pub(super) fn labels_titles_below(&self, at: usize) -> bool {
        let labels = self.blocks.children(at).filter(|child| {
            self.is_heading(*child) && self.evidence.field[*child] == Some(Field::Title)
        });
        labels.take(2).count() == 2
    }

    /// Returns whether one line or item below a heading is labelled as the title of a work: 「[案件]配信の管理画面」.
    pub(super) fn labels_one_title(&self, at: usize) -> bool {
        let children = self.blocks.children(at).take(MAX_LABELLED);
        children
            .filter(|child| matches!(self.blocks[*child].kind, Kind::Line | Kind::Item))
            .filter(|child| self.evidence.field[*child] == Some(Field::Title))
            .count()
            == 1
    }

    /// Returns the title that stands alone below a heading which only says when: a line in bold, or a short
    /// one that reads like work.
    pub(super) fn title_below(&self, at: usize) -> Option<String> {
        let first = self.blocks.children(at).next()?;
        let text = self.blocks[first].str();
        let is_title = match self.blocks[first].kind {
            Kind::Heading => !self.blocks[first].is_marked_heading(),
            Kind::Line if text.contains('。') => return self.told_title(first),
            Kind::Line => reads_like_work(text) && !text.contains('、'),
            // 「## 2016/07 - 2016/12」 over 「- 概要 注文のAPIの開発」 and other labels.
            Kind::Item => {
                let has_labels = self.signs[first].has_strong_label
                    || self.signs[first].has_weak_label && self.blocks[first].end > first + 2;
                !self.is_one_of_many(at)
                    && (reads_like_work(text) || has_labels)
                    && !text.contains('。')
                    && !has_legal_form(text)
                    && (has_labels || !names_role(text))
            }
            _ => false,
        };
        let is_plain = self.evidence.field[first].is_none()
            && self.evidence.periods[first].is_empty()
            && (3..=60).contains(&text.chars().count());
        let text = ["概要 ", "内容 "]
            .iter()
            .find_map(|label| text.strip_prefix(label))
            .unwrap_or(text);
        (is_title && is_plain).then(|| strip_title(text))
    }

    /// Returns whether a heading that only says when is over two plain items or more: one of many things done in a
    /// year is no title of it.
    fn is_one_of_many(&self, at: usize) -> bool {
        let is_plain = |child: usize| {
            self.blocks[child].kind == Kind::Item
                && self.evidence.field[child].is_none()
                && self.blocks[child].end == child + 1
        };
        self.blocks.children(at).nth(1).is_some()
            && self.blocks.children(at).take(MAX_LABELLED).all(is_plain)
    }

    /// Returns what the first sentence of a line says was taken part in: 「設計の仕組みの開発案件に参画。」.
    fn told_title(&self, line: usize) -> Option<String> {
        let sentence = self.blocks[line].str().split('。').next()?;
        let end = ["に参画", "に従事", "を担当", "に携わ", "に参加"]
            .iter()
            .filter_map(|deed| sentence.find(deed))
            .min()?;
        let title = sentence[..end].trim();
        let is_title = (4..=60).contains(&title.chars().count())
            && !title.contains(['、', '，'])
            && self.evidence.field[line].is_none()
            && self.evidence.periods[line].is_empty()
            && (reads_like_work(title) || words!["案件", "プロジェクト"].end(title));
        is_title.then(|| strip_title(title))
    }
}
