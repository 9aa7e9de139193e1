//! Projects as list items.

use crate::resume::block::Kind;
use crate::resume::bracket::{closes, opens};
use crate::resume::employer::{kind_of, names_role};
use crate::resume::evidence::{PlacedPeriod, Shape, event_of};
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

/// Longer items are prose.
const MAX_TITLE_CHARS: usize = 120;

/// Characters of a title in a list of them.
const MAX_LISTED_CHARS: usize = 60;

/// Blocks below an item that may be a table of labels.
const MAX_BEFORE_TABLE: usize = 3;

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
        if !self.is_in_closed_label(at) && !self.is_inside_work(at) {
            self.open_item(at);
        }
        at + 1
    }

    /// Returns whether an item stands below a label whose values are no work: 「使用技術」, 「担当業務」.
    fn is_in_closed_label(&self, at: usize) -> bool {
        let parent = self.blocks[at].parent;
        let is_answered = self.evidence.field[parent].is_some()
            && !self
                .evidence
                .value_text(self.blocks, parent)
                .trim()
                .is_empty();
        if is_answered {
            return false;
        }
        match self.evidence.scope[parent] {
            // 「【担当業務】」 over dated items: what is dated is a piece of work, unless it names a role.
            Some(Field::Role) => {
                let own = self.evidence.own_period(self.blocks, at);
                !own.is_some_and(|own| {
                    own.period.is_stretch() && !names_role(&self.title(at, Some(&own)))
                })
            }
            scope => matches!(
                scope,
                Some(
                    Field::Technology
                        | Field::Team
                        | Field::Phase
                        | Field::Environment
                        | Field::Business
                        | Field::Client
                )
            ),
        }
    }

    /// Looks at an item that may title a work.
    fn open_item(&mut self, at: usize) {
        let field = self.evidence.field[at];
        let is_labelled = field == Some(Field::Title)
            && !self.evidence.value_text(self.blocks, at).trim().is_empty();
        if field.is_some() && !is_labelled && field != Some(Field::Summary) {
            return;
        }
        let own = title_period(self.blocks, self.evidence, at);
        if self.is_prose(at, own.as_ref()) || self.heads_titled_table(at) {
            return;
        }
        if let Some(own) = own.as_ref().filter(|own| own.block == at)
            && let Some(titles) = self.works_in_time(at)
        {
            for title in titles {
                let end = self.blocks[title].end;
                let text = strip_title(self.blocks[title].str());
                self.add(title, end, text, Some(own.clone()));
            }
            return;
        }
        // 「2021.4 〜 現在 / 入場の受付 / 株式会社A」 says where behind what.
        let part_title = self.part_titles.get(&at).cloned();
        let title = part_title.unwrap_or_else(|| self.title(at, own.as_ref()));
        let attached = own
            .clone()
            .or_else(|| self.evidence.attached_period(self.blocks, at));
        let has_strong_label = self.signs[at].has_strong_label;
        let is_nothing =
            !has_strong_label && (title.is_empty() || is_pause(&title) || is_department(&title));
        let titled = TitledItem {
            at,
            title: &title,
            own: own.as_ref(),
            attached: attached.as_ref(),
            is_labelled,
        };
        if !is_nothing && self.is_work_item(&titled) && !self.is_post_item(at, &title) {
            let end = self.blocks[at].end;
            let period = attached.filter(|period| period.period.is_stretch() || own.is_some());
            self.add(at, end, title, period);
        }
    }

    /// Returns whether an item states no time itself and is over a table that labels the title of a work: 「- 案件情報」 over
    /// 「|プロダクト|共同購入のシステム|」.
    fn heads_titled_table(&self, at: usize) -> bool {
        self.evidence.own_period(self.blocks, at).is_none() && self.titled_table(at).is_some()
    }

    /// Returns the title that a table of labels directly below an item states.
    pub(super) fn titled_table(&self, item: usize) -> Option<String> {
        let tables = self.blocks.children(item).take(MAX_BEFORE_TABLE);
        tables
            .filter(|child| self.evidence.shape(*child) == Shape::Pairs)
            .find_map(|table| {
                let rows: Vec<usize> = self.blocks.children(table).collect();
                self.cell_of(&rows, Field::Title)
            })
    }

    /// Returns whether an item goes on with a story rather than titles anything.
    fn is_prose(&self, at: usize, own: Option<&PlacedPeriod>) -> bool {
        let text = self.blocks[at].str();
        let is_told = own.is_some_and(|own| {
            let behind = &text[own.period.range.end..];
            text[..own.period.range.start].contains('。')
                // 「2017年10月からは班のサブリーダー」
                || text[own.period.range.clone()].ends_with("から")
                    && behind.starts_with(['は', 'も', '、'])
        });
        // 「2017年からはReactの案件も少し」 tells of a time rather than titles anything.
        let goes_on = own.is_some_and(|own| own.block == at && tells_of_time(text, &own.period));
        text.ends_with('。')
            || is_told
            || goes_on
            || text.chars().count() > MAX_TITLE_CHARS
            || event_of(text).is_some() && own.is_some()
    }

    /// Returns whether something shows that an item is a work: its time, a label, or the list that it stands in.
    fn is_work_item(&self, titled: &TitledItem<'_>) -> bool {
        let &TitledItem {
            at,
            title,
            own,
            attached,
            is_labelled,
        } = titled;
        let (text, parent) = (self.blocks[at].str(), self.blocks[at].parent);
        let has_children = self.blocks[at].end > at + 1;
        let has_owner = self.owner[at].is_some();
        let has_no_field = self.evidence.field[at].is_none();
        let has_strong_label = self.signs[at].has_strong_label;
        let in_place = has_owner
            || match self.evidence.section[at] {
                Section::Projects | Section::Career => true,
                Section::Unknown => !self.has_career,
                _ => false,
            };
        // 「受注管理の刷新（2018）」 over what was done: a year alone, as the times of jobs are.
        let is_of_year = own.is_some_and(|own| {
            own.period.shape == PeriodShape::BareYear
                && text[own.period.range.end..].trim().chars().all(closes)
                && text[..own.period.range.start].trim_end().ends_with(opens)
        });
        let is_dated = own.is_some_and(|own| own.period.is_stretch())
            || is_of_year && has_children && has_owner;
        let is_list = (has_children || own.is_none())
            && self.blocks[parent].kind == Kind::Heading
            && (is_project_list(self.blocks[parent].str()) || self.heads_titles(parent));
        let is_shown_by_children = || {
            is_dated && has_strong_label
                || attached.is_some_and(|period| period.period.is_stretch())
                || has_strong_label && has_no_field
                || is_labelled
                || is_prefixed(text)
        };
        in_place
            && (is_dated && !title.is_empty()
                || has_children && is_shown_by_children()
                || is_list && has_no_field)
    }

    /// Returns whether an item says what somebody was, and how: 「正社員 / リーダー（2022/04〜）」.
    fn is_post_item(&self, at: usize, title: &str) -> bool {
        let has_children = self.blocks[at].end > at + 1;
        let names_post =
            self.is_job[self.blocks[at].parent] && names_role(title) && !reads_like_work(title);
        !has_children && self.evidence.states_facts(at) && kind_of(title).is_some()
            || names_post && (!has_children || !self.signs[at].has_strong_label)
    }
}

/// An item that may title a work.
struct TitledItem<'a> {
    at: usize,
    title: &'a str,
    /// The time that it states itself.
    own: Option<&'a PlacedPeriod>,
    /// That, or the time that stands below it.
    attached: Option<&'a PlacedPeriod>,
    /// Whether a label (「案件：」) says that it is a title.
    is_labelled: bool,
}
