//! Projects as list items.

use crate::resume::block::Kind;
use crate::resume::bracket::{closes, opens};
use crate::resume::employer::{kind_of, names_role};
use crate::resume::evidence::event_of;
use crate::resume::job::{is_pause, reads_like_work};
use crate::resume::label::Field;
use crate::resume::period::{FoundPeriod, PeriodShape};
use crate::resume::section::Section;
use crate::resume::stint::is_department;

use super::Finder;
use super::title::{is_prefixed, is_project_list, strip_title};
use super::when::{tells_of_time, title_period};

/// Items below one that only says when.
const MAX_IN_TIME: usize = 12;

/// Characters of a title in a list of them.
const MAX_LISTED_CHARS: usize = 60;

/// Titles of a list that are looked at.
const MAX_LISTED: usize = 40;

impl Finder<'_> {
    /// Returns the items below one that says when and nothing else, where there are two or more and each titles a
    /// work and holds what was done: 「- 2021/04〜現在」 over 「- 在庫管理の刷新」 and 「- 配送アプリの開発」.
    fn works_in_time(&self, at: usize) -> Option<Vec<usize>> {
        let is_title = |child: usize| {
            let text = self.blocks[child].str();
            self.blocks[child].kind == Kind::Item
                && self.blocks[child].end > child + 1
                && self.evidence.field[child].is_none()
                && self.evidence.periods[child].is_empty()
                && reads_like_work(text)
                && !text.contains('。')
        };
        let is_stretch = (self.evidence.periods[at].first()).is_some_and(FoundPeriod::is_stretch);
        let titles: Vec<usize> = self.blocks.children(at).take(MAX_IN_TIME).collect();
        let are_works = is_stretch
            && titles.len() >= 2
            && self.owner[at].is_some()
            && self.evidence.is_period_only(self.blocks, at)
            && titles.iter().all(|title| is_title(*title));
        are_works.then_some(titles)
    }

    /// Returns whether a heading below a job names projects in general and is over nothing but titles: 「#### プロジェクト」
    /// over 「- 検索の基盤の構築」 and 「- 社内の報告の作成」.
    fn heads_titles(&self, at: usize) -> bool {
        let is_title = |child: usize| {
            let text = self.blocks[child].str();
            self.blocks[child].kind == Kind::Item
                && self.evidence.field[child].is_none()
                && (4..=MAX_LISTED_CHARS).contains(&text.chars().count())
                && !text.contains('。')
                && !text.ends_with(['た', 'る', 'す', 'い'])
        };
        let bare = self.blocks[at].str();
        let bare = bare.trim_matches(|sign: char| !sign.is_alphanumeric());
        self.owner[at].is_some()
            && self.blocks[at].is_marked_heading()
            && ["プロジェクト", "案件"].contains(&bare)
            && self.blocks.children(at).nth(1).is_some()
            && self.blocks.children(at).take(MAX_LISTED).all(is_title)
    }

    /// Looks at a list item.
    pub(super) fn item(&mut self, at: usize) -> usize {
        let parent = self.blocks[at].parent;
        let is_answered = self.evidence.field[parent].is_some()
            && !self
                .evidence
                .value_text(self.blocks, parent)
                .trim()
                .is_empty();
        let scope = if is_answered {
            None
        } else {
            self.evidence.scope[parent]
        };
        let is_closed = matches!(
            scope,
            Some(
                Field::Technology
                    | Field::Team
                    | Field::Role
                    | Field::Phase
                    | Field::Environment
                    | Field::Business
                    | Field::Client
            )
        );
        // 「【担当業務】」 over dated items: what is dated is a piece of work, unless it names a role.
        let is_dated_role = scope == Some(Field::Role) && {
            let own = self.evidence.own_period(self.blocks, at);
            own.is_some_and(|own| {
                own.period.is_stretch() && !names_role(&self.title(at, Some(&own)))
            })
        };
        if is_closed && !is_dated_role || self.is_inside_work(at) {
            return at + 1;
        }
        let field = self.evidence.field[at];
        let is_titled = field == Some(Field::Title)
            && !self.evidence.value_text(self.blocks, at).trim().is_empty();
        if field.is_some() && !is_titled && field != Some(Field::Summary) {
            return at + 1;
        }
        let own = title_period(self.blocks, self.evidence, at);
        // 「2021.4 〜 現在 / 入場の受付 / 株式会社A」 says where behind what.
        let part_title = self.part_titles.get(&at).cloned();
        let title = part_title.unwrap_or_else(|| self.title(at, own.as_ref()));
        let text = self.blocks[at].str();
        let is_told = own.as_ref().is_some_and(|own| {
            let behind = &text[own.period.range.end..];
            text[..own.period.range.start].contains('。')
                // 「2017年10月からは班のサブリーダー」
                || text[own.period.range.clone()].ends_with("から") && behind.starts_with(['は', 'も', '、'])
        });
        // 「2017年からはReactの案件も少し」 tells of a time rather than titles anything.
        let goes_on = own
            .as_ref()
            .is_some_and(|own| own.block == at && tells_of_time(text, &own.period));
        if text.ends_with('。')
            || is_told
            || goes_on
            || text.chars().count() > 120
            || event_of(text).is_some() && own.is_some()
        {
            return at + 1;
        }
        if let Some(own) = own.as_ref().filter(|own| own.block == at)
            && let Some(titles) = self.works_in_time(at)
        {
            for title in titles {
                let end = self.blocks[title].end;
                let text = strip_title(self.blocks[title].str());
                self.add(title, end, text, Some(own.clone()));
            }
            return at + 1;
        }
        let has_children = self.blocks[at].end > at + 1;
        let in_place = self.owner[at].is_some()
            || self.evidence.section[at] == Section::Projects
            || self.evidence.section[at] == Section::Career
            || self.evidence.section[at] == Section::Unknown && !self.has_career;
        let is_dated = own.as_ref().is_some_and(|own| own.period.is_stretch());
        // 「受注管理の刷新（2018）」 over what was done: a year alone, as the times of jobs are.
        let is_of_year = own.as_ref().is_some_and(|own| {
            own.period.shape == PeriodShape::BareYear
                && text[own.period.range.end..].trim().chars().all(closes)
                && text[..own.period.range.start].trim_end().ends_with(opens)
        });
        let is_dated = is_dated || is_of_year && has_children && self.owner[at].is_some();
        let attached = own
            .clone()
            .or_else(|| self.evidence.attached_period(self.blocks, at));
        let is_attached = has_children
            && attached
                .as_ref()
                .is_some_and(|period| period.period.is_stretch());
        let is_listed = has_children || own.is_none();
        let is_list = is_listed
            && self.blocks[parent].kind == Kind::Heading
            && (is_project_list(self.blocks[parent].str()) || self.heads_titles(parent));
        let is_work = in_place
            && (is_dated && !title.is_empty()
                || is_dated && has_children && self.signs[at].has_strong_label
                || is_attached
                || has_children && self.signs[at].has_strong_label && field.is_none()
                || is_titled && has_children
                || is_prefixed(text) && has_children
                || is_list && field.is_none());
        if is_pause(&title) && !self.signs[at].has_strong_label {
            return at + 1;
        }
        let is_stay = is_department(&title) && !self.signs[at].has_strong_label;
        // 「正社員 / リーダー（2022/04〜）」: a post, and how it is held.
        let names_post = self.is_job[parent] && names_role(&title) && !reads_like_work(&title);
        let is_post = !has_children && self.evidence.states_facts(at) && kind_of(&title).is_some()
            || names_post && (!has_children || !self.signs[at].has_strong_label);
        if !is_work || is_stay || is_post || (title.is_empty() && !self.signs[at].has_strong_label)
        {
            return at + 1;
        }
        let end = self.blocks[at].end;
        self.add(
            at,
            end,
            title,
            attached.filter(|period| period.period.is_stretch() || own.is_some()),
        );
        at + 1
    }
}
