//! The title of a work in a cell of a table.

use crate::resume::block::Kind;
use crate::resume::bracket::{closes, opens};
use crate::resume::evidence::title_without;
use crate::resume::job::names_kind_of_employer;
use crate::resume::label::{Field, field_of, split_label};

use super::Finder;
use super::title::strip_title;

/// Characters that the first sentence of a cell must have to title the work.
pub(super) const MIN_TITLE_CHARS: usize = 4;

impl Finder<'_> {
    /// Returns the text of a head that titles what its table of labels tells: no label, no period.
    pub(super) fn head_title(&self, row: usize) -> Option<String> {
        const GENERAL: [&str; 20] = [
            "カテゴリ",
            "カテゴリー",
            "種類",
            "種別",
            "領域",
            "分野",
            "項目",
            "内容",
            "詳細",
            "区分",
            "値",
            "説明",
            "備考",
            "名称",
            "key",
            "value",
            "item",
            "名前",
            "項目名",
            "分類",
        ];
        if !self.blocks[row].is_header {
            return None;
        }
        self.blocks
            .children(row)
            .take(2)
            .filter(|cell| {
                self.evidence.periods[*cell].is_empty() || {
                    !self.evidence.is_period_only(self.blocks, *cell)
                }
            })
            .map(|cell| self.evidence.without_period(self.blocks, cell))
            .map(|text| text.trim().to_owned())
            .find(|text| {
                text.chars().count() >= 2
                    && field_of(text).is_none()
                    && !is_number(text)
                    && !GENERAL.contains(&text.to_lowercase().as_str())
            })
            .map(|text| strip_title(&text))
    }

    /// Returns the title that a cell states, or the one above that it repeats: its first line that
    /// neither names the employer nor says when, of long lines the first sentence.
    pub(super) fn cell_title(&self, row: usize, cell: usize) -> String {
        let cell = self.evidence.meant_cell(cell);
        if let Some(title) = self.labelled_title(cell) {
            return title;
        }
        let employer = self.evidence.employer_of_row(row);
        let mut lines = (cell..self.blocks[cell].end).filter(|line| {
            !self.blocks[*line].str().is_empty()
                && employer != Some(*line)
                && !self.evidence.is_period_only(self.blocks, *line)
        });
        let Some(first) = lines.next() else {
            return String::new();
        };
        // 「（小売業）」 and 「【自動車部品メーカー】」 over 「受注基盤の構築」 say for whom the work was.
        let says_client = {
            let text = self.blocks[first].str();
            let is_heading = self.blocks[first].kind == Kind::Heading;
            is_in_brackets(text) || is_heading && names_kind_of_employer(text)
        };
        let line = lines
            .next()
            .filter(|second| says_client && !is_in_brackets(self.blocks[*second].str()))
            .unwrap_or(first);
        let text = self.blocks[line].str();
        if let Some(title) = bracketed_title(text) {
            return title.to_owned();
        }
        let text = match self.evidence.first_in(self.blocks, line) {
            Some(found) if found.period.is_stretch() => title_without(text, &found.period.range),
            _ => text.to_owned(),
        };
        first_sentence(&text)
    }
}

impl Finder<'_> {
    /// Returns the title that a line of a cell labels, beside one that says when: 「【期間】2021年6月～」 over
    /// 「【名称】修理の受付」.
    fn labelled_title(&self, cell: usize) -> Option<String> {
        const NAMES: [&str; 5] = ["名称", "件名", "題名", "タイトル", "テーマ"];
        let lines = || cell + 1..self.blocks[cell].end.min(cell + MAX_LABELLED_LINES);
        // 「＜業務＞」 over 「献血の予約」.
        let first = (cell..self.blocks[cell].end).find(|line| !self.blocks[*line].str().is_empty());
        let is_label = |line: &usize| {
            matches!(
                self.evidence.field[*line],
                Some(Field::Title | Field::Summary)
            ) && *line != cell
                && self
                    .evidence
                    .value_text(self.blocks, *line)
                    .trim()
                    .is_empty()
        };
        if let Some(label) = first.filter(is_label) {
            return self.first_value(label);
        }
        if !lines().any(|line| self.evidence.field[line] == Some(Field::Period)) {
            return None;
        }
        let labelled = lines()
            .filter(|line| self.evidence.field[*line] == Some(Field::Title))
            .find_map(|line| self.first_value(line));
        labelled.or_else(|| {
            lines().find_map(|line| {
                let text = self.blocks[line].str();
                let (label, value) = split_label(text)?;
                let label = label.trim_matches(|sign| opens(sign) || closes(sign));
                let value = text[value..].trim();
                (NAMES.contains(&label.trim()) && !value.is_empty()).then(|| value.to_owned())
            })
        })
    }
}

/// Lines of a cell that may label its title.
const MAX_LABELLED_LINES: usize = 8;

/// Returns the first sentence of a text.
pub(super) fn first_sentence(text: &str) -> String {
    match text.split_once('。') {
        Some((first, _)) if first.chars().count() >= MIN_TITLE_CHARS => first.to_owned(),
        _ => text.to_owned(),
    }
}

/// Returns whether a line stands in round brackets as a whole.
fn is_in_brackets(line: &str) -> bool {
    line.trim()
        .strip_prefix(['(', '（'])
        .and_then(|rest| rest.strip_suffix([')', '）']))
        .is_some_and(|inside| !inside.contains([')', '）']))
}

/// Returns the title that stands in corner brackets before a sentence: 「【生成AI導入】2025年8月から現在まで、…」.
fn bracketed_title(text: &str) -> Option<&str> {
    let (title, behind) = text.trim_start().strip_prefix('【')?.split_once('】')?;
    let is_title = title.chars().count() >= MIN_TITLE_CHARS && field_of(title).is_none();
    (is_title && behind.contains('。')).then_some(title)
}

/// Returns whether a text numbers something and says nothing else: 「No.9」, 「#3」, 「案件2」, 「①」, 「案件A」,
/// 「2件目」.
pub(super) fn is_number(text: &str) -> bool {
    let text = text
        .trim()
        .trim_end_matches(|sign: char| closes(sign) || matches!(sign, '.' | '．'));
    let text = text.trim_end_matches("件目").trim_end_matches("つ目");
    let is_digit = |sign: char| sign.is_numeric() || "一二三四五六七八九十".contains(sign);
    let without_digits = text.trim_end_matches(is_digit);
    let bare = match text.strip_suffix(|sign: char| sign.is_ascii_uppercase()) {
        // 「案件A」, but not 「A」 or 「AWS」.
        Some(before) if before.ends_with(|sign: char| !sign.is_ascii_alphanumeric()) => before,
        _ => without_digits,
    };
    let word: String = bare
        .chars()
        .filter(|sign| sign.is_alphanumeric() || *sign == 'ー')
        .flat_map(char::to_lowercase)
        .collect();
    let is_short = text[bare.len()..].chars().count() <= 3;
    bare.len() < text.len()
        && is_short
        && matches!(
            word.as_str(),
            "" | "no"
                | "案件"
                | "案件no"
                | "担当案件"
                | "参画案件"
                | "担当プロジェクト"
                | "参画プロジェクト"
                | "pj"
                | "project"
                | "case"
                | "プロジェクト"
                | "シート"
                | "業務"
                | "経歴"
                | "実績"
                | "現場"
                | "常駐先"
                | "参画先"
                | "客先"
                | "第"
                | "その"
                | "項番"
        )
}
