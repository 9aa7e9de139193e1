//! The labels of lines: in front of a colon, in bold, parted by a blank, said in a sentence.

use std::ops::Range;

use shokureki_index::lexicon::has_legal_form;
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::bracket::without_brackets;
use crate::resume::employer::kind_of;
use crate::resume::job::reads_like_work;
use crate::resume::label::{
    Field, Label, blank_parted, field_of, label_of, may_label_period, split_label,
};
use crate::resume::period::{FoundPeriod, find_periods, may_hold_period};

use super::Evidence;
use super::around::is_stretch_only;

impl Evidence {
    /// Labels a block by its own text, or the cells of a row by their heads.
    pub(super) fn label(&mut self, blocks: &Blocks, at: usize) {
        let block = &blocks[at];
        match block.kind {
            Kind::Heading | Kind::Item | Kind::Line => {
                let text = block.str();
                if let Some((label, value)) = split_label(text)
                    && may_hold_period(&text[value..])
                    && may_label_period(label)
                    && is_stretch_only(&text[value..])
                {
                    self.field[at] = Some(Field::Period);
                    self.value[at] = value..text.len();
                    return;
                }
                if let Some(period) = said_period(text) {
                    self.field[at] = Some(Field::Period);
                    self.value[at] = period;
                    return;
                }
                if let Some(label) = label_of(text) {
                    let label = named_behind_kind(text, &label).unwrap_or(label);
                    self.field[at] = Some(label.field);
                    self.value[at] = label.value;
                    return;
                }
                if let Some((field, value)) = stay_end(text) {
                    self.field[at] = Some(field);
                    self.value[at] = value..text.len();
                    return;
                }
                let bold = block.bold.clone().filter(|bold| bold.start == 0);
                if let Some((field, end)) =
                    bold.and_then(|bold| Some((field_of(&text[bold.clone()])?, bold.end)))
                    && !text[end..].trim().is_empty()
                {
                    let rest = &text[end..];
                    self.field[at] = Some(field);
                    self.value[at] = end + rest.len() - rest.trim_start().len()..text.len();
                    return;
                }
                let has_more = block.end > at + 1;
                let bracketed =
                    text.trim_matches(['[', ']', '［', '］', '「', '」', '<', '>', '＜', '＞']);
                if (has_more || block.kind == Kind::Line)
                    && let Some(field) = field_of(bracketed)
                    && !(block.kind == Kind::Heading
                        && (heads_work(field, text) || titles_tool(blocks, at, field)))
                {
                    self.field[at] = Some(field);
                    self.value[at] = text.len()..text.len();
                }
            }
            _ => {}
        }
    }

    /// Labels lines whose label is parted by a blank from its value (「期間　2016年〜」「所属　株式会社X」),
    /// where two or more different ones stand side by side.
    pub(super) fn label_blank_parted(&mut self, blocks: &Blocks) {
        let mut siblings: Vec<(usize, Label)> = Vec::new();
        let mut parent = 0;
        for at in 1..=blocks.len() {
            let next = (at < blocks.len()).then(|| blocks[at].parent);
            if next != Some(parent) {
                self.take_blank_parted(&siblings);
                siblings.clear();
                parent = next.unwrap_or(0);
            }
            let Some(block) = next.map(|_| &blocks[at]) else {
                continue;
            };
            let may_be_label =
                matches!(block.kind, Kind::Line | Kind::Item) && self.field[at].is_none();
            if let Some(label) = may_be_label.then(|| blank_parted(block.str())).flatten() {
                siblings.push((at, label));
            }
        }
    }

    /// Takes the labels of lines that stand side by side, if they are different ones.
    fn take_blank_parted(&mut self, siblings: &[(usize, Label)]) {
        let first = siblings.first().map(|(_, label)| label.field);
        if siblings.iter().all(|(_, label)| Some(label.field) == first) {
            return;
        }
        for (at, label) in siblings {
            self.field[*at] = Some(label.field);
            self.value[*at] = label.value.clone();
        }
    }
}

/// Reads 「雇用形態：正社員 / A（SES）」, where the employer stands behind how somebody was employed.
fn named_behind_kind(text: &str, label: &Label) -> Option<Label> {
    let value = text.get(label.value.clone())?;
    let (kind, name) = value.split_once(['/', '／', '|', '｜', '＠', '@'])?;
    let outside = without_brackets(name);
    let is_name = label.field == Field::EmploymentKind
        && kind_of(kind).is_some()
        && kind_of(&outside).is_none()
        && (2..=MAX_NAME_CHARS).contains(&outside.trim().chars().count())
        && !outside.contains(['。', '、', '/', '／'])
        && !is_way_of_work(outside.trim())
        && (has_legal_form(name) || !reads_like_work(&outside));
    is_name.then(|| Label {
        field: Field::Employer,
        value: text.len() - name.trim_start().len()..text.len(),
    })
}

/// Returns whether a text says where or how long somebody works a day: 「フルリモート」, 「週3日」.
fn is_way_of_work(text: &str) -> bool {
    words![
        "リモート",
        "出社",
        "在宅",
        "常駐",
        "フルタイム",
        "時短",
        "時間",
        "週",
        "日",
        "月",
        "ヶ月",
        "稼働",
        "副業",
        "兼業",
        "本業",
        "請負",
        "人",
        "名",
    ]
    .is_in(text)
}

/// Characters of an employer's name behind the kind of employment.
const MAX_NAME_CHARS: usize = 24;

/// Returns whether a label with a stretch of time numbers a piece of work or says for whom it was: 「案件2（2020/04〜2022/07）」,
/// 「常駐先1（2018/06〜2020/03）」.
fn heads_work(field: Field, text: &str) -> bool {
    matches!(field, Field::Client | Field::Title)
        && find_periods(text).iter().any(FoundPeriod::is_stretch)
}

/// Returns whether a heading that reads like a label of technologies titles a work of its own, as what stands below it
/// labels when that was: 「### 入稿管理ツール」.
fn titles_tool(blocks: &Blocks, at: usize, field: Field) -> bool {
    let is_stretch = |text: &str| {
        may_hold_period(text) && find_periods(text).iter().any(FoundPeriod::is_stretch)
    };
    matches!(field, Field::Technology | Field::Environment)
        && blocks.children(at).take(MAX_LABELS).any(|child| {
            let text = blocks[child].str();
            let is_label = label_of(text).is_some_and(|label| label.field == Field::Period)
                || blocks[child].kind == Kind::Heading && field_of(text) == Some(Field::Period);
            is_label
                && (is_stretch(text)
                    || blocks
                        .children(child)
                        .next()
                        .is_some_and(|value| is_stretch(blocks[value].str())))
        })
}

/// Blocks below a heading that may label when it was.
const MAX_LABELS: usize = 4;

/// Reads 「（自）2019年1月」 and 「至　現在」: which end of a stay a line states, and where.
fn stay_end(text: &str) -> Option<(Field, usize)> {
    let is_beside = |sign: char| sign.is_whitespace() || "()（）[]［］〔〕【】…:：".contains(sign);
    let bare = text.trim_start_matches(is_beside);
    let (word, field) = [
        ("自", Field::Start),
        ("至", Field::End),
        ("入社", Field::Start),
        ("退社", Field::End),
        ("退職", Field::End),
        ("開始", Field::Start),
        ("終了", Field::End),
    ]
    .into_iter()
    .find(|(word, _)| bare.starts_with(word))?;
    let behind = &bare[word.len()..];
    let value = behind.trim_start_matches(is_beside);
    let is_parted = value.len() < behind.len() || word.chars().count() == 1;
    let is_date = find_periods(value)
        .first()
        .is_some_and(|found| found.range.start == 0 && !found.is_stretch());
    let states_end = is_date || ["現在", "現職", "在職中"].contains(&value.trim());
    (is_parted && states_end && value.chars().count() <= 20)
        .then(|| (field, text.len() - value.len()))
}

/// Returns the stretch of time that a sentence begins with saying: 「期間は2000/10〜2004/03。」
fn said_period(text: &str) -> Option<Range<usize>> {
    let lead = [
        "期間は",
        "時期は",
        "在籍は",
        "在籍期間は",
        "参画期間は",
        "担当期間は",
    ]
    .iter()
    .find(|lead| text.starts_with(**lead))?
    .len();
    let sentence = &text[lead..lead + text[lead..].find('。').unwrap_or(text.len() - lead)];
    let found = find_periods(sentence).into_iter().next()?;
    let begins = sentence[..found.range.start].trim().is_empty();
    (begins && found.is_stretch()).then(|| lead + found.range.start..lead + found.range.end)
}
