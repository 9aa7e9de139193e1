//! The period that a block states: in its own text, in what stands right below it, or above.

use shokureki_index::words;

use crate::domain::PeriodEnd;
use crate::resume::block::{Block, Blocks, Kind};
use crate::resume::bracket::{CLOSE, OPEN};
use crate::resume::duration::leading_length;
use crate::resume::employer::kind_of;
use crate::resume::facts::{Signs, parts};
use crate::resume::job::reads_like_work;
use crate::resume::label::Field;
use crate::resume::period::{FoundPeriod, PeriodShape};

use super::aside::{is_of_company, is_of_pause, join_kinds};
use super::{Event, Evidence, PlacedPeriod, event_of, title_without};

/// Characters of a remark beside a date in brackets: 「（2017/07 の2週間だけ）」.
const MAX_REMARK_CHARS: usize = 10;

/// Blocks below an entity that may hold its period.
pub(super) const MAX_ATTACHED: usize = 12;

/// Characters of a line that says when and with what.
const MAX_TAGS_CHARS: usize = 90;

/// Blocks beside such a line that are looked at.
const MAX_BESIDE: usize = 24;

impl Evidence {
    /// Returns the period that the block's own text states as its title does.
    pub(in crate::resume) fn own_period(&self, blocks: &Blocks, at: usize) -> Option<PlacedPeriod> {
        let text = blocks[at].str();
        let labelled_otherwise = self.field[at].is_some_and(|field| {
            !matches!(
                field,
                Field::Period | Field::Title | Field::Employer | Field::Summary
            )
        });
        if labelled_otherwise {
            return None;
        }
        let found = &self.periods[at];
        let period = found
            .iter()
            .find(|period| period.is_stretch() && !is_of_pause(text, &period.range))
            .or_else(|| {
                found
                    .iter()
                    .filter(|period| !period.is_stretch())
                    .find(|period| {
                        let before = text[..period.range.start].trim();
                        let after = text[period.range.end..].trim();
                        let is_bracketed = before.ends_with(OPEN)
                            && (after.starts_with(CLOSE) || after.starts_with([',', '、']));
                        let is_whole = before.is_empty() && after.is_empty();
                        match period.shape {
                            _ if is_measured(after) => true,
                            PeriodShape::BareYear => {
                                is_whole
                                    || is_bracketed
                                        && (after.chars().count() <= 1 || closes_length(after))
                            }
                            _ => {
                                let is_remarked = before.ends_with(OPEN)
                                    && after.ends_with(CLOSE)
                                    && after.chars().count() <= MAX_REMARK_CHARS
                                    && !is_of_company(after);
                                let is_first = !before.contains(|sign: char| {
                                    sign.is_alphanumeric()
                                        || sign.is_ascii()
                                        || OPEN.contains(&sign)
                                });
                                is_whole || is_bracketed || is_remarked || is_first
                            }
                        }
                    })
            })?;
        let mut period = period.clone();
        // 「2020/04 - 株式会社X」: the dash is one of a period whose end is left out.
        let begins = text[..period.range.start].trim().is_empty();
        let behind = text[period.range.end..].trim_start();
        let has_dash = behind.starts_with(['-', '–', '—', '~', '〜', '～', '→', '⇒']);
        if period.shape == PeriodShape::Single && begins && has_dash {
            period.to = PeriodEnd::Unstated;
            period.shape = PeriodShape::Open;
        }
        join_kinds(text, found, &mut period);
        Some(PlacedPeriod {
            text: text[period.range.clone()].trim().to_owned(),
            period,
            block: at,
        })
    }

    /// Returns the period that stands below the block: labelled, alone on a line, or as events.
    pub(in crate::resume) fn attached_period(
        &self,
        blocks: &Blocks,
        at: usize,
    ) -> Option<PlacedPeriod> {
        match blocks[at].kind {
            Kind::Row => return self.row_period(blocks, at),
            Kind::Table => return self.table_period(blocks, at),
            _ => {}
        }
        let mut joined: Option<PlacedPeriod> = None;
        for child in self.first_below(blocks, at) {
            match self.field[child] {
                Some(Field::Period) => {
                    if let Some(found) = self.labelled_period(blocks, child) {
                        return Some(found);
                    }
                    continue;
                }
                Some(Field::Start | Field::End) => {
                    let is_end = self.field[child] == Some(Field::End);
                    self.join(blocks, child, is_end, &mut joined);
                    continue;
                }
                Some(Field::Summary | Field::Environment) => {
                    let found = self
                        .period_below_label(blocks, child)
                        .or_else(|| self.period_behind(blocks, child));
                    if found.is_some() {
                        return found;
                    }
                }
                Some(Field::Team) => {
                    if let Some(found) = self.period_beside_size(blocks, child) {
                        return Some(found);
                    }
                }
                _ => {}
            }
            if blocks[child].kind == Kind::Table {
                if let Some(found) = self.only_table_period(blocks, at, child) {
                    return Some(found);
                }
                continue;
            }
            // A year that titles what happened in it says nothing of what stands above.
            let is_year = blocks[child].is_marked_heading()
                && self.periods[child]
                    .first()
                    .is_some_and(|found| found.shape == PeriodShape::BareYear);
            if is_year {
                break;
            }
            if self.dates_work[child] {
                break;
            }
            let says_when = self.is_period_only(blocks, child)
                || self.states_stay(blocks, child)
                || self.dates_tags(blocks, at, child);
            if says_when {
                let found = self.first_in(blocks, child).map(|mut found| {
                    join_kinds(blocks[child].str(), &self.periods[child], &mut found.period);
                    found
                });
                // A post that was taken later on: 「2019/08 入社」 over 「正社員 / リーダー（2022/04〜）」.
                let start = |placed: &Option<PlacedPeriod>| placed.as_ref()?.period.from;
                let joined_before = start(&joined)
                    .zip(start(&found))
                    .is_some_and(|(joined, found)| joined.latest() < found.earliest());
                if joined_before && self.is_fact_line[child] {
                    continue;
                }
                return found;
            }
            let is_title = blocks[child].kind == Kind::Heading && !blocks[child].is_summary;
            if is_title && self.field[child].is_none() {
                break;
            }
            // Two dates in prose are told of, joining and leaving.
            let is_told = self.periods[child].len() > 1 && blocks[child].str().contains('。');
            if is_told {
                continue;
            }
            if let Some(event) = event_of(blocks[child].str()) {
                match event {
                    Event::Join => self.join(blocks, child, false, &mut joined),
                    Event::Leave => self.join(blocks, child, true, &mut joined),
                }
            }
        }
        joined
    }

    /// Returns whether the first block below `at` says when that was and what it was made with, and none beside it says
    /// when: 「- 2022年5月 - 2023年3月 / HTML, SCSS」.
    fn dates_tags(&self, blocks: &Blocks, at: usize, child: usize) -> bool {
        let text = blocks[child].str();
        let is_first = child == at + 1
            && matches!(blocks[child].kind, Kind::Item | Kind::Line)
            && text.chars().count() <= MAX_TAGS_CHARS
            && !text.contains('。');
        let Some(own) = self.periods[child].first().filter(|own| {
            is_first && own.is_stretch() && text[..own.range.start].trim().is_empty()
        }) else {
            return false;
        };
        let tags = text[own.range.end..]
            .trim_start()
            .strip_prefix(['/', '／', '|', '｜']);
        let is_dated = |beside: usize| self.periods[beside].iter().any(FoundPeriod::is_stretch);
        tags.is_some_and(|tags| !tags.trim().is_empty() && !reads_like_work(tags.trim()))
            && blocks
                .children(at)
                .skip(1)
                .take(MAX_BESIDE)
                .all(|beside| !is_dated(beside))
    }

    /// Returns the period of the heading right above that says when and nothing else, where this is the only
    /// title below it: 「### 2024/04 - 現在」 over 「#### 契約管理の移行」.
    pub(in crate::resume) fn period_above(
        &self,
        blocks: &Blocks,
        at: usize,
    ) -> Option<PlacedPeriod> {
        let parent = blocks[at].parent;
        let is_titled = blocks[at].kind == Kind::Heading
            && at == parent + 1
            && blocks[parent].kind == Kind::Heading
            && self.is_period_only(blocks, parent);
        let is_lone = || {
            let beside = blocks.children(parent).take(MAX_ATTACHED).skip(1);
            beside
                .filter(|other| blocks[*other].kind == Kind::Heading && !blocks[*other].is_label())
                .all(|other| blocks[other].rank > blocks[at].rank)
        };
        (is_titled && is_lone())
            .then(|| self.first_in(blocks, parent))
            .flatten()
            .filter(|found| found.period.is_stretch())
    }

    /// Returns whether a line below a title states its period among other facts or in a sentence:
    /// 「2021-06 ― 現在 ｜ 正社員」「新卒。正社員として2007年4月〜2012年9月の間勤務。」
    fn states_stay(&self, blocks: &Blocks, at: usize) -> bool {
        let text = blocks[at].str();
        let is_first = at == blocks[at].parent + 1 && blocks[blocks[at].parent].is_marked_heading();
        let Some(period) = self.periods[at].iter().find(|period| period.is_stretch()) else {
            return is_first && self.is_remarked_month(blocks, at);
        };
        if self.is_fact_line[at] {
            let is_only = || {
                let dated = |other: &usize| {
                    blocks[*other].kind == Kind::Item
                        && self.periods[*other].iter().any(FoundPeriod::is_stretch)
                };
                blocks
                    .children(blocks[at].parent)
                    .take(MAX_ATTACHED)
                    .filter(dated)
                    .count()
                    == 1
            };
            return blocks[at].kind == Kind::Line || is_only();
        }
        if blocks[at].kind != Kind::Line {
            return false;
        }
        let begins = text[..period.range.start].trim().is_empty();
        let goes_on = text[period.range.end..]
            .trim_start()
            .starts_with(['、', '。', ',', '，']);
        let is_stay = words!["勤務", "在籍", "所属", "従事", "在職"].is_in(text)
            || is_first && tells_of_contract(text, period);
        let behind = &text[period.range.end..];
        begins && goes_on
            || is_stay
            || begins && (says_how(behind) || is_first && lists_facts(behind))
    }

    /// Returns whether a line is one month and a remark on it: 「2021年1月 (リモート)」.
    fn is_remarked_month(&self, blocks: &Blocks, at: usize) -> bool {
        let [month] = self.periods[at].as_slice() else {
            return false;
        };
        let text = blocks[at].str();
        let remark = text[month.range.end..].trim();
        blocks[at].kind == Kind::Line
            && month.shape == PeriodShape::Single
            && text[..month.range.start].trim().is_empty()
            && remark.starts_with(OPEN)
            && remark.find(CLOSE) == remark.char_indices().next_back().map(|(last, _)| last)
            && remark.chars().count() <= MAX_REMARK_CHARS
    }

    /// Returns whether the block's text states a period and other facts of a job, and nothing else.
    pub(in crate::resume) fn states_facts(&self, at: usize) -> bool {
        self.is_fact_line[at]
    }

    /// Adds a start or an end to what events state.
    pub(super) fn join(
        &self,
        blocks: &Blocks,
        at: usize,
        is_end: bool,
        joined: &mut Option<PlacedPeriod>,
    ) {
        let Some(found) = self.first_in(blocks, at) else {
            let goes_on = is_end && self.value_text(blocks, at).trim_start().starts_with('現');
            if let Some(period) = joined.as_mut().filter(|_| goes_on) {
                period.period.to = PeriodEnd::Present;
                period.period.shape = PeriodShape::Range;
            }
            return;
        };
        if found.period.is_stretch() && !is_end {
            joined.get_or_insert(found);
            return;
        }
        let moment = found.period.from;
        match joined {
            None if is_end => {
                let mut found = found;
                found.period.from = None;
                found.period.shape = PeriodShape::UntilOnly;
                *joined = Some(found);
            }
            None => {
                let mut found = found;
                found.period.to = PeriodEnd::Unstated;
                found.period.shape = PeriodShape::Open;
                *joined = Some(found);
            }
            Some(period) if is_end => {
                if let Some(moment) = moment {
                    period.period.to = PeriodEnd::At(moment);
                    period.period.shape = PeriodShape::Range;
                    period.text = format!("{} – {}", period.text, found.text);
                }
            }
            Some(_) => {}
        }
    }

    /// Returns the period of a block labelled 期間: its value, or the first one below it.
    fn labelled_period(&self, blocks: &Blocks, at: usize) -> Option<PlacedPeriod> {
        self.first_in(blocks, at).or_else(|| {
            (at + 1..blocks[at].end.min(at + 6)).find_map(|below| self.first_in(blocks, below))
        })
    }

    /// Returns the period labelled below a label without a value: 「- 時期 : 2020/01 ~ 現在」 below 「- **概要**」.
    fn period_below_label(&self, blocks: &Blocks, at: usize) -> Option<PlacedPeriod> {
        if !self.value_text(blocks, at).trim().is_empty() {
            return None;
        }
        let below = || blocks.children(at).take(MAX_ATTACHED);
        below()
            .filter(|child| self.field[*child] == Some(Field::Period))
            .find_map(|child| self.first_in(blocks, child))
            .or_else(|| {
                // 「|期間|2024/05~|」 below 「#### 概要」
                below()
                    .filter(|child| blocks[*child].kind == Kind::Table)
                    .find_map(|table| self.only_table_period(blocks, at, table))
            })
    }

    /// Returns the stretch that stands alone below a label of the size, beside how many there were: 「- 2024/03 - 現在」
    /// behind 「- 5名」.
    fn period_beside_size(&self, blocks: &Blocks, at: usize) -> Option<PlacedPeriod> {
        blocks
            .children(at)
            .take(MAX_ATTACHED)
            .filter(|child| self.field[*child].is_none() && self.is_period_only(blocks, *child))
            .find_map(|child| self.first_in(blocks, child))
            .filter(|found| found.period.is_stretch())
    }

    /// Returns the period in brackets that ends an overview: 「【概要】会員サイトの試作(2021年)」.
    fn period_behind(&self, blocks: &Blocks, at: usize) -> Option<PlacedPeriod> {
        let text = blocks[at].str();
        let last = self.periods[at].last()?;
        let before = text.get(..last.range.start)?.trim_end();
        let behind = text.get(last.range.end..)?.trim_end_matches('。').trim();
        let is_bracketed =
            before.ends_with(OPEN) && behind.chars().count() == 1 && behind.starts_with(CLOSE);
        is_bracketed.then(|| PlacedPeriod {
            text: text[last.range.clone()].trim().to_owned(),
            period: last.clone(),
            block: at,
        })
    }

    /// Returns the first period in the block's text; stretches before single dates.
    pub(in crate::resume) fn first_in(&self, blocks: &Blocks, at: usize) -> Option<PlacedPeriod> {
        let found = &self.periods[at];
        let period = found
            .iter()
            .find(|period| period.is_stretch())
            .or_else(|| found.first())?;
        Some(PlacedPeriod {
            text: blocks[at].str()[period.range.clone()].trim().to_owned(),
            period: period.clone(),
            block: at,
        })
    }

    /// Returns whether the block's text is a period, its length, and nothing else.
    pub(in crate::resume) fn is_period_only(&self, blocks: &Blocks, at: usize) -> bool {
        let Some(found) = self.periods[at].first() else {
            return false;
        };
        if found.shape == PeriodShape::BareYear && blocks[at].str().trim().chars().count() > 5 {
            return false;
        }
        !title_without(blocks[at].str(), &found.range).contains(char::is_alphanumeric)
    }
}

/// Returns whether a short sentence tells how somebody was engaged, and ends with its time in brackets:
/// 「週1日の契約（2023/11〜2024/02）。」
fn tells_of_contract(text: &str, period: &FoundPeriod) -> bool {
    let before = text[..period.range.start].trim_end();
    let behind = text[period.range.end..].trim_end_matches('。').trim();
    before.ends_with(OPEN)
        && behind.chars().count() == 1
        && behind.starts_with(CLOSE)
        && before.chars().count() <= MAX_CONTRACT_CHARS
        && words!["契約", "参画", "並行", "稼働", "委託", "参加"].is_in(before)
}

/// Characters of a sentence that tells how somebody was engaged.
const MAX_CONTRACT_CHARS: usize = 24;

/// Returns whether what stands behind a year says how long it lasted and ends the bracket: 「、約3ヶ月）」.
fn closes_length(after: &str) -> bool {
    let length = after.trim_start_matches([',', '、', ' ', '　', '約']);
    leading_length(length).is_some_and(|(_, rest)| {
        let rest = rest.trim_start_matches(['間', '程', '度', 'ほ', 'ど', '強', '弱']);
        rest.chars().count() == 1 && rest.ends_with(CLOSE)
    })
}

/// Returns whether nothing but how long it lasted stands behind a year: 「起動時間の短縮 2023年/6ヶ月」.
fn is_measured(after: &str) -> bool {
    after
        .strip_prefix(['/', '／'])
        .and_then(|length| leading_length(length.trim_start()))
        .is_some_and(|(_, rest)| rest.trim().is_empty())
}

/// Returns whether a block may state a stay below the title of a job.
pub(super) fn may_state_stay(block: &Block, at: usize) -> bool {
    match block.kind {
        Kind::Line | Kind::Heading => true,
        Kind::Item => block.end == at + 1,
        _ => false,
    }
}

/// Returns whether the parts of a line behind its period are short, and one of them says how or as what
/// somebody was employed: 「 / アルバイト / 講師 兼 パソコン係」.
fn says_how(behind: &str) -> bool {
    let parts = parts(behind, Signs::Title);
    let texts = || parts.iter().map(|part| &behind[part.clone()]);
    (2..=4).contains(&parts.len())
        && texts().all(|part| part.chars().count() <= MAX_PART_CHARS && !part.contains('。'))
        && texts().any(|part| kind_of(part).is_some() && part.chars().count() <= 8)
}

/// Returns whether a line goes on behind its period with short parts, as one of facts does: 「 / 開発・運用全般」.
fn lists_facts(behind: &str) -> bool {
    let parts = parts(behind, Signs::Title);
    behind.trim_start().starts_with(['/', '／', '|', '｜'])
        && parts.len() <= 4
        && parts.iter().all(|part| {
            let part = &behind[part.clone()];
            part.chars().count() <= MAX_PART_CHARS && !part.contains('。')
        })
}

/// Characters of a part of a line of facts.
const MAX_PART_CHARS: usize = 20;
