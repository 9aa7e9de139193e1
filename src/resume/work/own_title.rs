//! The title that a block states of a piece of work.

use std::ops::RangeInclusive;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::OPEN;
use crate::resume::evidence::{PlacedPeriod, title_without};
use crate::resume::label::Field;

use super::title::strip_title;
use super::{Finder, WorkDraft};

/// Blocks below an item that may state its title.
const MAX_LABELLED: usize = 8;

/// Characters of what a summary begins with that may be a title.
const TOLD_CHARS: RangeInclusive<usize> = 6..=48;

/// Characters of the line that completes a title.
const MAX_REST_CHARS: usize = 40;

/// Completes the titles that say for whom a work was with the line below them: 「- 学習塾向け」 over 「宿題アプリの移植」.
pub(super) fn complete_titles(blocks: &Blocks, works: &mut [WorkDraft]) {
    for work in works {
        let Some(title) = work.title.as_mut().filter(|title| title.ends_with("向け")) else {
            continue;
        };
        let Some(rest) = blocks.children(work.block).next() else {
            continue;
        };
        let text = blocks[rest].str();
        let is_rest = blocks[work.block].kind == Kind::Item
            && blocks[rest].kind == Kind::Line
            && (1..=MAX_REST_CHARS).contains(&text.chars().count())
            && !text.contains(['。', '：', ':']);
        if is_rest {
            title.push(' ');
            title.push_str(text.trim());
        }
    }
}

impl Finder<'_> {
    /// Returns the title that a block states: without its period, its label and its signs.
    pub(super) fn title(&self, at: usize, own: Option<&PlacedPeriod>) -> String {
        let title = self.own_title(at, own);
        let title = match title.contains(char::is_alphanumeric) {
            true => title,
            false => String::new(),
        };
        if !title.is_empty() || own.is_none() || self.blocks[at].kind != Kind::Item {
            return title;
        }
        // 「2014/7～2015/9」 over 「案件：水道料金システム」.
        let labelled = (self.blocks.children(at).take(MAX_LABELLED))
            .find(|child| self.evidence.field[*child] == Some(Field::Title))
            .map(|child| self.evidence.value_text(self.blocks, child).trim());
        if let Some(labelled) = labelled.filter(|labelled| !labelled.is_empty()) {
            return strip_title(labelled);
        }
        // 「2017年1月～2019年3月」 and the title on the line below.
        self.blocks
            .children(at)
            .next()
            .filter(|child| {
                let text = self.blocks[*child].str();
                matches!(self.blocks[*child].kind, Kind::Line | Kind::Item)
                    && self.evidence.field[*child].is_none()
                    && self.evidence.periods[*child].is_empty()
                    && (3..=60).contains(&text.chars().count())
                    && !text.ends_with(['。', '、'])
            })
            .map(|child| strip_title(self.blocks[child].str()))
            .or_else(|| self.summed_up_title(at))
            .unwrap_or(title)
    }

    /// Returns what the summary below an item that only says when begins with: 「2018/7〜2020/5」 over 「業務内容」 over
    /// 「院内の配線の更改（設計、構築）」.
    fn summed_up_title(&self, at: usize) -> Option<String> {
        let mut labels = self.blocks.children(at).take(MAX_LABELLED);
        let summary = labels.find(|child| self.evidence.field[*child] == Some(Field::Summary))?;
        let told = self.first_value(summary)?;
        let title = told.split(['。', '、', '（', '(']).next().unwrap_or(&told);
        let title = strip_title(title);
        TOLD_CHARS.contains(&title.chars().count()).then_some(title)
    }

    /// Returns the title that a block's own text states.
    fn own_title(&self, at: usize, own: Option<&PlacedPeriod>) -> String {
        let text = self.blocks[at].str();
        let Some(own) = own else {
            return strip_title(text);
        };
        // 「**乗馬体験の筐体** (2018/04 - 2018/12) … Unreal Engine 4」
        if let Some(bold) = self.blocks[at].bold.clone()
            && !text[..bold.start].contains(char::is_alphanumeric)
            && self.blocks[at].kind == Kind::Item
            && own.block == at
            && own.period.range.start >= bold.end
        {
            return strip_title(&text[bold]);
        }
        // 「会員サイト（2016-04〜）: PHP, MySQL」: what stands behind the colon is no title.
        let (before, after) = text.split_at(own.period.range.start);
        let after = &after[own.period.range.end - own.period.range.start..];
        let behind = after.trim_start_matches([')', '）', ']', '】', ' ']);
        let before = before.trim_end_matches(OPEN).trim_end();
        if behind.starts_with([':', '：']) && !before.trim().is_empty() {
            return strip_title(before);
        }
        strip_title(&title_without(text, &own.period.range))
    }
}
