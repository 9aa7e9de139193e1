//! Projects that lines of labels describe one after the other.

use crate::resume::block::Kind;
use crate::resume::label::{Field, field_of};
use crate::resume::period::FoundPeriod;

use super::Finder;
use super::title::strip_title;

/// Blocks below a labelled title that may tell more of it.
const MAX_BELOW: usize = 60;

/// Blocks from a label on that may say when.
const MAX_TIME: usize = 3;

impl Finder<'_> {
    /// Adds the projects that lines of labels describe one after the other, where `at` begins the
    /// first of them; returns whether it does.
    pub(super) fn begins_group(&mut self, at: usize) -> bool {
        let field = self.evidence.field[at];
        if !matches!(field, Some(Field::Period | Field::Title)) || self.is_inside_work(at) {
            return false;
        }
        // 「- 案件: …」 that holds its labels is a work by itself.
        let holds_labels = self
            .blocks
            .children(at)
            .any(|child| self.evidence.field[child] == Some(Field::Period));
        // So is a heading that holds more: 「### プロジェクト1: 通知基盤」 over a table.
        let is_heading = self.blocks[at].kind == Kind::Heading
            && !self.blocks[at].is_label()
            && self.blocks[at].end > at + 1
            && field_of(self.blocks[at].str()).is_none()
            && !self.evidence.value_text(self.blocks, at).trim().is_empty();
        if field == Some(Field::Title) && (holds_labels || is_heading) {
            return false;
        }
        let parent = self.blocks[at].parent;
        if self.is_grouped[at] || std::mem::replace(&mut self.is_grouped[parent], true) {
            return false;
        }
        let mut siblings: Vec<usize> = self.blocks.children(parent).collect();
        let mut group_end = self.blocks[parent].end;
        // Lines that name employers and their periods are the jobs' own; a labelled title begins what was
        // done there, up to the next employer.
        if siblings.iter().any(|sibling| {
            self.is_job[*sibling] && matches!(self.evidence.field[*sibling], Some(Field::Employer))
        }) {
            self.is_grouped[parent] = false;
            if field != Some(Field::Title) {
                return false;
            }
            let next = siblings
                .iter()
                .copied()
                .find(|sibling| *sibling > at && self.is_job[*sibling]);
            group_end = next.unwrap_or(group_end);
            siblings.retain(|sibling| (at..group_end).contains(sibling));
            for sibling in &siblings {
                self.is_grouped[*sibling] = true;
            }
        }
        let Some(first) = siblings.iter().position(|sibling| {
            matches!(
                self.evidence.field[*sibling],
                Some(Field::Period | Field::Title)
            )
        }) else {
            return false;
        };
        if siblings[first] != at {
            return false;
        }
        let begins: Vec<usize> = siblings
            .iter()
            .copied()
            .filter(|sibling| self.evidence.field[*sibling] == field)
            .collect();
        let titles = self.lines_before(&siblings, &begins);
        let is_one =
            self.owner[at].is_some() && (titles.is_some() || self.labels_one(at, &siblings));
        if begins.len() < 2 && !is_one {
            return false;
        }
        let begins = titles.clone().unwrap_or(begins);
        for (index, begin) in begins.iter().enumerate() {
            let end = begins.get(index + 1).copied().unwrap_or(group_end);
            let from = siblings.partition_point(|sibling| sibling < begin);
            let to = siblings.partition_point(|sibling| *sibling < end);
            let members = &siblings[from..to];
            let value = |wanted: Field| {
                members
                    .iter()
                    .copied()
                    .filter(|member| self.evidence.field[*member] == Some(wanted))
                    .find_map(|member| self.first_value(member))
            };
            let line = titles
                .is_some()
                .then(|| self.blocks[*begin].str().to_owned());
            let title = line
                .or_else(|| value(Field::Title))
                .or_else(|| value(Field::Summary))
                .or_else(|| {
                    // 「期間：2018/06〜2019/03 / 役割：PG」 over 「受注管理の刷新」
                    let line = *members.get(1)?;
                    self.titles_plainly(line)
                        .then(|| self.blocks[line].str().to_owned())
                })
                .unwrap_or_default();
            let period = members
                .iter()
                .find(|member| self.evidence.field[**member] == Some(Field::Period))
                .and_then(|member| {
                    // 「### 【期間】」 over 「- 2022年11月 - 2023年2月」
                    let below = self.blocks.children(*member).take(MAX_TIME);
                    std::iter::once(*member)
                        .chain(below)
                        .find_map(|at| self.evidence.first_in(self.blocks, at))
                });
            // 「【タイトル①】月の港　2023/04〜現在」 says when by itself.
            let own = self
                .evidence
                .own_period(self.blocks, *begin)
                .filter(|own| own.period.is_stretch() && field == Some(Field::Title));
            if let Some(own) = own.filter(|_| period.is_none()) {
                let title = self.title(*begin, Some(&own));
                self.add(*begin, end, title, Some(own));
            } else {
                self.add(*begin, end, strip_title(&title), period);
            }
        }
        true
    }

    /// Returns whether labelled lines under a job tell of one piece of work: its title, and when it was or what
    /// it was made with.
    fn labels_one(&self, at: usize, siblings: &[usize]) -> bool {
        // 「#### 期間」 over when the job was, beside 「#### 主なプロジェクト」, says nothing of one piece of work.
        let is_of_job = |sibling: usize| {
            let end = self.blocks[sibling].end.min(sibling + MAX_TIME);
            (sibling..end).any(|block| self.job_times.contains(&block))
        };
        // What it was made with may stand before the title, and when it was behind it.
        let has = |field: Field| {
            let may_lead = matches!(field, Field::Technology | Field::Environment);
            siblings.iter().any(|sibling| {
                (*sibling >= at || may_lead)
                    && self.evidence.field[*sibling] == Some(field)
                    && !is_of_job(*sibling)
                    && self.first_value(*sibling).is_some()
            })
        };
        const TOLD: [Field; 4] = [
            Field::Period,
            Field::Technology,
            Field::Environment,
            Field::Phase,
        ];
        // Below 「#### プロジェクト詳細」 the labels stand deeper.
        let has_below = || {
            let names = |child: usize| self.blocks[child].kind == Kind::Line;
            let is_line = self.blocks[at].end == at + 2 && names(at + 1);
            if self.blocks[at].kind != Kind::Heading || !is_line {
                return false;
            }
            let end = self.blocks[self.blocks[at].parent].end.min(at + MAX_BELOW);
            (at + 1..end).any(|below| {
                self.evidence.field[below].is_some_and(|field| TOLD.contains(&field))
                    && !self.job_times.contains(&below)
            })
        };
        // 「【案件】」 over items is a list of them.
        let is_list = self.blocks[at].kind == Kind::Heading
            && self
                .blocks
                .children(at)
                .take(2)
                .filter(|child| self.blocks[*child].kind == Kind::Item)
                .count()
                > 1;
        !is_list
            && !is_of_job(at)
            && (has(Field::Title) || self.is_titled_by_summary(at, siblings))
            && (TOLD.into_iter().any(has) || has_below())
    }

    /// Returns whether a label on when something was stands beside one that says in a few words what it was:
    /// 「【期間】2021年1月〜2022年6月」 over 「【業務】海運の運賃計算」.
    fn is_titled_by_summary(&self, at: usize, siblings: &[usize]) -> bool {
        let says_when = self.evidence.field[at] == Some(Field::Period)
            && self.evidence.periods[at]
                .iter()
                .any(FoundPeriod::is_stretch);
        let said = siblings
            .iter()
            .filter(|sibling| **sibling > at)
            .filter(|sibling| self.evidence.field[**sibling] == Some(Field::Summary))
            .find_map(|sibling| self.first_value(*sibling));
        says_when
            && said.is_some_and(|said| {
                (3..=40).contains(&said.chars().count()) && !said.contains(['。', '、'])
            })
    }

    /// Returns the lines without a label that stand directly before each of `begins`, where all have
    /// one: they title what the labels describe.
    pub(super) fn lines_before(&self, siblings: &[usize], begins: &[usize]) -> Option<Vec<usize>> {
        begins
            .iter()
            .map(|begin| {
                let at = siblings.partition_point(|sibling| sibling < begin);
                let line = *siblings.get(at.checked_sub(1)?)?;
                self.titles_plainly(line).then_some(line)
            })
            .collect()
    }

    /// Returns whether a line without a label or a time reads like a title.
    fn titles_plainly(&self, line: usize) -> bool {
        let text = self.blocks[line].str();
        self.blocks[line].kind == Kind::Line
            && self.evidence.field[line].is_none()
            && !self.is_job[line]
            && self.evidence.periods[line].is_empty()
            && (3..=60).contains(&text.chars().count())
            && !text.ends_with(['。', '、'])
            && !text.starts_with('※')
    }
}
