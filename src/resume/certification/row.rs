//! Rows of tables of certificates, by the heads of their columns.

use crate::domain::PeriodEnd;
use shokureki_index::words;

use super::held::{has_certificate_word, is_not_held, is_state_to_come, names_school};
use super::{Reader, moment_of};
use crate::resume::bracket::without_brackets;
use crate::resume::mention::is_tick;

/// Columns of a table that are looked at.
const MAX_COLUMNS: usize = 12;

impl Reader<'_> {
    /// Reads a row of a table of certificates.
    pub(super) fn row(&mut self, row: usize) {
        let cells: Vec<usize> = self.blocks.children(row).take(MAX_COLUMNS).collect();
        let heads = self.heads(row);
        let is_membership = cells.iter().any(|cell| {
            self.evidence.periods[*cell].first().is_some_and(|period| {
                period.is_stretch()
                    && period.to == PeriodEnd::Unstated
                    && self.evidence.is_period_only(self.blocks, *cell)
            })
        });
        if is_membership {
            // 「2017年〜 学会 会員」
            return;
        }
        let acquired = self.date_of_row(row);
        let head = |cell: usize| {
            heads
                .get(self.blocks[cell].column)
                .map_or(Head::Unknown, |head| *head)
        };
        let is_to_come = cells.iter().any(|cell| {
            let text = self.blocks[*cell].str();
            match head(*cell) {
                Head::Name => is_not_held(text),
                Head::State | Head::Score => is_state_to_come(text),
                Head::Unknown => {
                    is_state_to_come(text) && text.chars().count() <= 16 || is_not_held(text)
                }
            }
        });
        if is_to_come
            || self.is_unticked(row)
            || cells
                .iter()
                .any(|cell| names_school(self.blocks[*cell].str()))
        {
            return;
        }
        let may_name = |cell: &usize| {
            !matches!(head(*cell), Head::State | Head::Score)
                && !self.evidence.is_period_only(self.blocks, *cell)
                && !self.blocks[*cell].str().is_empty()
        };
        let candidates: Vec<usize> = cells.iter().copied().filter(may_name).collect();
        let named: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|cell| head(*cell) == Head::Name)
            .collect();
        let chosen = if named.is_empty() {
            candidates
                .into_iter()
                .max_by_key(|cell| {
                    let text = self.blocks[*cell].str();
                    (
                        self.lexicon.certificate(text).is_some(),
                        has_certificate_word(text),
                        std::cmp::Reverse(*cell),
                    )
                })
                .into_iter()
                .collect()
        } else {
            named
        };
        let score = cells
            .iter()
            .find(|cell| {
                head(**cell) == Head::Score
                    && self.blocks[**cell].str().chars().any(char::is_numeric)
            })
            .copied();
        for cell in chosen {
            if let Some(score) = score
                && !chosen_has_number(self.blocks[cell].str())
            {
                self.push_scored(cell, score, acquired);
                continue;
            }
            for at in cell..self.blocks[cell].end {
                let text = self.blocks[at].str();
                if text.is_empty() || text.starts_with("http") {
                    continue;
                }
                let acquired =
                    acquired.or_else(|| self.evidence.periods[at].first().and_then(moment_of));
                self.add(at, 0..text.len(), acquired);
            }
        }
    }

    /// Returns whether a column ticks which certificates are held, and not this one: 「試験 | 所有」 over 「応用情報 | 」
    /// and 「基本情報 | ✔」.
    fn is_unticked(&self, row: usize) -> bool {
        const MAX_ROWS: usize = 40;
        let table = self.blocks[row].parent;
        let mark = |row: usize, column: usize| {
            let mut cells = self.blocks.children(row).take(MAX_COLUMNS);
            let cell = cells.find(|cell| self.blocks[*cell].column == column);
            cell.map_or("", |cell| self.blocks[cell].str().trim())
        };
        let mut rows = self.blocks.children(table).take(MAX_ROWS);
        let Some(head) = rows.next() else {
            return false;
        };
        let rows: Vec<usize> = rows.collect();
        self.blocks.children(head).take(MAX_COLUMNS).any(|cell| {
            let column = self.blocks[cell].column;
            let marks = || rows.iter().map(|row| mark(*row, column));
            column > 0
                && words!["所有", "保有", "所持", "取得", "合格"].is_in(self.blocks[cell].str())
                && mark(row, column).is_empty()
                && marks().any(is_tick)
                && marks().all(|mark| mark.is_empty() || is_tick(mark))
        })
    }

    /// Returns what the columns of a row's table hold, by its heading row.
    fn heads(&self, row: usize) -> Vec<Head> {
        let table = self.blocks[row].parent;
        let Some(first) = self.blocks.children(table).next() else {
            return Vec::new();
        };
        if !self.blocks[first].is_header && first == row {
            return Vec::new();
        }
        self.blocks
            .children(first)
            .take(MAX_COLUMNS)
            .map(|cell| head_of(self.blocks[cell].str()))
            .collect()
    }
}

/// What a column of a table of certificates holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Name,
    State,
    Score,
    Unknown,
}

fn head_of(text: &str) -> Head {
    let folded = text.to_lowercase().replace([' ', '\u{3000}'], "");
    // 「資格所有（類似を含む）」 is over ticks.
    let is_tick = words!["所有", "保有", "所持", "有無"].end(without_brackets(&folded).trim());
    let is_name = !is_tick
        && words!["資格", "名称", "免許", "検定", "認定名", "試験名"].is_in(&folded)
        && !words!["取得", "番号", "機関", "団体", "日", "種別", "区分"].end(&folded)
        || matches!(
            folded.as_str(),
            "試験区分" | "name" | "title" | "certification" | "certificate" | "license"
        );
    let is_state = words![
        "備考",
        "状態",
        "状況",
        "有効",
        "期限",
        "結果",
        "合否",
        "取得",
        "年月",
        "日付",
        "時期",
        "番号",
        "発行",
        "機関",
        "団体",
        "主催",
        "実施",
        "種別",
        "区分",
        "分類",
        "リンク",
        "date",
        "status",
        "issuer",
        "note",
        "expir",
    ]
    .is_in(&folded);
    if matches!(
        folded.as_str(),
        "スコア" | "点数" | "得点" | "級" | "score" | "レベル" | "等級"
    ) {
        return Head::Score;
    }
    match (is_name, is_state) {
        (true, _) => Head::Name,
        (false, true) => Head::State,
        _ => Head::Unknown,
    }
}

/// Returns whether a name has its grade or score in it.
fn chosen_has_number(name: &str) -> bool {
    name.chars().any(char::is_numeric) || name.contains('級')
}
