//! Tables that grade: a row counts where it is ticked, a column by what its head says.

use shokureki_index::words;

use super::matrix::{Matrices, is_tick};
use crate::resume::block::Blocks;
use crate::resume::duration::leading_length;
use crate::resume::grade::{Legend, Remark, label_remark};

/// Cells of a row that are looked at.
const MAX_CELLS: usize = 24;

/// Characters of a name or a remark in a table that grades.
const MAX_NAME_CHARS: usize = 40;

/// What a cell behind a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Empty,
    /// Nothing: -, ×, 0.
    Nothing,
    /// A tick, a star, a number.
    Something,
    /// A mark that the legend explains, as no experience.
    Explained(Remark),
    Text,
}

/// Returns what the table around `cell` says of the names in it.
pub(super) fn row_remark(
    blocks: &Blocks,
    legend: &Legend,
    matrices: &Matrices,
    cell: usize,
    is_career: bool,
) -> Option<Remark> {
    let row = blocks[cell].parent;
    let table = blocks[row].parent;
    let first = blocks.children(table).next()?;
    let head = (first != row).then_some(first);
    let head_says = |column: usize| {
        if column >= MAX_CELLS {
            return None;
        }
        let text = cell_text(blocks, blocks.children(head?).nth(column)?);
        let is_zero = matches!(text.trim(), "0" | "０");
        legend
            .says(text)
            .or_else(|| label_remark(text.trim_start_matches(['－', '-', '×', ' '])))
            .or(is_zero.then_some(Remark::Negated))
    };
    if let Some(said) = head_says(blocks[cell].column) {
        return Some(said);
    }
    let behind: Vec<(usize, Mark)> = blocks
        .children(row)
        .take(MAX_CELLS)
        .filter(|other| blocks[*other].column > blocks[cell].column)
        .map(|other| (other, mark(cell_text(blocks, other), legend)))
        .collect();
    let marks: Vec<(usize, Mark)> = behind
        .iter()
        .copied()
        .take_while(|(_, mark)| *mark != Mark::Text)
        .collect();
    if let Some(said) = behind
        .iter()
        .find_map(|(cell, _)| decision(cell_text(blocks, *cell)))
    {
        return Some(said);
    }
    let own_marks = matrices.marks_behind(table, blocks[cell].column);
    let is_matrix = blocks[cell].column == 0
        && blocks[cell].str().chars().count() <= MAX_NAME_CHARS
        && matrices.has_ticked_rows(table);
    if is_career && !is_matrix {
        return None;
    }
    let ticked: Vec<usize> = marks
        .iter()
        .filter(|(_, mark)| *mark == Mark::Something)
        .map(|(cell, _)| *cell)
        .collect();
    if !ticked.is_empty() {
        let said: Vec<Option<Remark>> = ticked
            .iter()
            .map(|cell| head_says(blocks[*cell].column))
            .collect();
        if said.iter().all(Option::is_some) {
            return said.into_iter().flatten().next();
        }
        return None;
    }
    let explained = marks.iter().find_map(|(_, mark)| match mark {
        Mark::Explained(said) => Some(*said),
        _ => None,
    });
    if explained.is_some() {
        return explained;
    }
    let remark = behind
        .iter()
        .filter(|(cell, mark)| *mark == Mark::Text && blocks[*cell].end <= cell + 2)
        .map(|(cell, _)| cell_text(blocks, *cell))
        .filter(|text| text.chars().count() <= MAX_NAME_CHARS)
        .filter_map(label_remark)
        .next();
    if remark.is_some() {
        return remark;
    }
    let has_nothing = marks.iter().any(|(_, mark)| *mark == Mark::Nothing);
    let is_blank = !marks.is_empty() && marks.len() == behind.len() && is_matrix;
    let is_all = marks.len() == behind.len();
    let is_blank = is_blank
        || is_left_blank(blocks, head, row, &behind)
        || is_unticked(&marks, own_marks, blocks[cell].str());
    // 「| DB | MySQL | - | Redis |」: each column holds names of its own.
    // 「| OS | Windows、Linux | - |」 below 「1年以上」 and 「1年未満」: so does each of these.
    let is_length = |column: usize| {
        head.and_then(|head| blocks.children(head).nth(column))
            .is_some_and(|head| leading_length(cell_text(blocks, head)).is_some())
    };
    let is_by_length =
        (1..MAX_CELLS).contains(&blocks[cell].column) && is_length(blocks[cell].column);
    let has_names_by_grade = blocks[cell].column > 0
        && (is_by_length
            || (1..=blocks[cell].column + behind.len())
                .take(MAX_CELLS)
                .any(|column| head_says(column).is_some()));
    let may_go_on = !has_names_by_grade && !has_duration(blocks, &behind);
    let is_none = has_nothing && (is_all && !is_by_length || may_go_on);
    (is_none || is_blank).then_some(Remark::Negated)
}

/// Returns what a cell says that is a decision on what its row names: 「不採用」「見送り」.
fn decision(text: &str) -> Option<Remark> {
    let text = text.split(['(', '（']).next().unwrap_or(text).trim();
    matches!(
        text,
        "不採用"
            | "見送り"
            | "見送"
            | "却下"
            | "対象外"
            | "未採用"
            | "非採用"
            | "採用せず"
            | "採用見送り"
            | "比較のみ"
            | "検討のみ"
            | "rejected"
            | "Rejected"
    )
    .then_some(Remark::Negated)
}

/// Returns whether the `own` columns of marks directly behind a name hold none:
/// 「| FW | React | | |」「| Go | ✔ | gin | | Terraform | ✔ |」.
fn is_unticked(marks: &[(usize, Mark)], own: usize, name: &str) -> bool {
    own > 0
        && name.chars().count() <= MAX_NAME_CHARS
        && marks
            .iter()
            .take(own)
            .all(|(_, mark)| matches!(mark, Mark::Empty | Mark::Nothing))
}

/// Rows beside one that is blank that are looked at.
const MAX_NEIGHBOURS: usize = 12;

/// Returns whether nobody filled in a row of a table of years and levels: all its cells are empty, and
/// most other rows' are not.
fn is_left_blank(
    blocks: &Blocks,
    head: Option<usize>,
    row: usize,
    behind: &[(usize, Mark)],
) -> bool {
    let is_empty = !behind.is_empty() && behind.iter().all(|(_, mark)| *mark == Mark::Empty);
    let Some(head) = head.filter(|_| is_empty) else {
        return false;
    };
    let grades = blocks.children(head).skip(1).take(MAX_CELLS).any(|cell| {
        let title = cell_text(blocks, cell);
        words![
            "年数",
            "経験",
            "期間",
            "レベル",
            "習熟",
            "歴",
            "評価",
            "Level",
            "Years",
        ]
        .is_in(title)
    });
    let table = blocks[row].parent;
    let (mut rows, mut filled) = (0, 0);
    for other in blocks.children(table).skip(1).take(MAX_NEIGHBOURS) {
        rows += 1;
        let has_text = blocks
            .children(other)
            .skip(1)
            .take(MAX_CELLS)
            .any(|cell| !cell_text(blocks, cell).trim().is_empty());
        filled += usize::from(has_text);
    }
    grades && filled >= 2 && filled * 2 > rows
}

/// Returns whether a remark behind a mark of nothing still tells of use: 「- | 障害解析で使用」.
fn has_duration(blocks: &Blocks, behind: &[(usize, Mark)]) -> bool {
    behind.iter().any(|(cell, _)| {
        let text = cell_text(blocks, *cell);
        text.contains("使用") || text.contains("利用") || text.contains("触った")
    })
}

/// Returns the text of a cell, that of its first line where it holds lines.
pub(super) fn cell_text(blocks: &Blocks, cell: usize) -> &str {
    let text = blocks[cell].str();
    if text.is_empty() && blocks[cell].end > cell + 1 {
        return blocks[cell + 1].str();
    }
    text
}

/// Returns whether a cell is a sign or word of nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    const NOTHING: [&str; 25] = [
        "-",
        "−",
        "ー",
        "×",
        "✕",
        "✗",
        "✖",
        "✘",
        "☓",
        "❌",
        "🚫",
        "🙅",
        "―",
        "—",
        "－",
        "–",
        "0",
        "０",
        "なし",
        "無し",
        "無",
        "未経験",
        "未使用",
        "不可",
        "☐",
    ];
    NOTHING.contains(&text)
}

fn mark(text: &str, legend: &Legend) -> Mark {
    let text = text.trim();
    if text.is_empty() {
        return Mark::Empty;
    }
    if let Some(said) = legend.says(text) {
        return Mark::Explained(said);
    }
    let is_empty_scale = text.chars().all(|character| character == '☆');
    let level = ["Lv.", "Lv", "レベル", "Level"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text)
        .trim_start();
    // 「0年（研修を受講）」
    let length = level.split(['(', '（']).next().unwrap_or(level).trim_end();
    let is_no_time = length.strip_prefix(['0', '０']).is_some_and(|unit| {
        matches!(
            unit.trim(),
            "" | "年"
                | "ヶ月"
                | "か月"
                | "カ月"
                | "年0ヶ月"
                | "%"
                | "点"
                | "/5"
                | "/10"
                | "回"
                | "件"
        )
    });
    let is_zero_call = text.starts_with('#') && text.ends_with("(0)");
    // 「×（好みの問題です）」
    let is_crossed = text
        .strip_prefix(['×', '✕', '✗', '✖', '✘', '❌'])
        .is_some_and(|rest| rest.trim_start().starts_with(['(', '（']));
    // 「なし（論文の実装を読む）」
    let is_without = text.split_once(['(', '（']).is_some_and(|(base, inside)| {
        matches!(base.trim(), "なし" | "無し" | "未経験")
            && !words!["使", "趣味", "個人", "触", "自宅"].is_in(inside)
    });
    if is_crossed || is_without || is_nothing(text) || is_zero_call || is_empty_scale || is_no_time
    {
        return Mark::Nothing;
    }
    let is_tick = is_tick(text);
    let is_letter = text.len() == 1 && text.as_bytes()[0].is_ascii_uppercase();
    let has_number = text.chars().count() <= 12 && text.chars().any(char::is_numeric);
    if is_tick || is_letter || has_number || text.contains('★') || text == "有" {
        return Mark::Something;
    }
    Mark::Text
}
