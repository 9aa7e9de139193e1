//! Blocks that a label 資格 names as certificates, outside of the sections that list them.

use super::super::block::{Blocks, Kind};
use super::super::bracket::without_brackets;
use super::super::label::split_label;

/// Tells which blocks are values of the label 資格 outside the section.
pub(super) fn labelled(blocks: &Blocks) -> Vec<bool> {
    let mut labelled = vec![false; blocks.len()];
    for at in 1..blocks.len() {
        let block = &blocks[at];
        let parent = block.parent;
        labelled[at] = match block.kind {
            Kind::Cell => {
                is_beside_label(blocks, at)
                    || is_below_label(blocks, at)
                    || cell_above(blocks, at).is_some_and(|above| labelled[above])
            }
            Kind::Line | Kind::Item => {
                let own = split_label(block.str()).is_some_and(|(label, value)| {
                    names_certificates(label) && !block.str()[value..].trim().is_empty()
                });
                let is_in_value = labelled[parent]
                    && (matches!(blocks[parent].kind, Kind::Cell | Kind::Heading)
                        || split_label(blocks[parent].str()).is_none());
                let is_below = matches!(blocks[parent].kind, Kind::Item | Kind::Line)
                    && names_certificates(blocks[parent].str().trim_end_matches([':', '：']));
                own || is_in_value || is_below
            }
            // 「| 資格 | **ネットワーク関連**<br>CCNA |」
            Kind::Heading => labelled[parent],
            _ => false,
        };
    }
    labelled
}

/// Returns whether the cell before names certificates: 「| 資格 | … |」.
fn is_beside_label(blocks: &Blocks, cell: usize) -> bool {
    let row = blocks[cell].parent;
    let column = blocks[cell].column;
    if column == 0 || column > 24 || blocks[row].kind != Kind::Row || blocks[row].is_header {
        return false;
    }
    blocks
        .children(row)
        .take(column + 1)
        .take_while(|other| *other < cell)
        .last()
        .is_some_and(|before| names_certificates(blocks[before].str()))
        && !names_certificates(blocks[cell].str())
}

/// Returns the cell that a cell continues: the one above it, where its row begins with an empty cell.
fn cell_above(blocks: &Blocks, cell: usize) -> Option<usize> {
    let row = blocks[cell].parent;
    let column = blocks[cell].column;
    if column != 1 || blocks[row].kind != Kind::Row || !blocks[row + 1].str().is_empty() {
        return None;
    }
    let before = row_before(blocks, row)?;
    blocks
        .children(before)
        .take(2)
        .find(|other| blocks[*other].column == column)
}

/// Returns the row before a row of the same table.
fn row_before(blocks: &Blocks, row: usize) -> Option<usize> {
    let last = row.checked_sub(1)?;
    std::iter::once(last)
        .chain(blocks.ancestors(last))
        .find(|at| blocks[*at].kind == Kind::Row && blocks[*at].parent == blocks[row].parent)
}

/// Returns whether the head of the column names certificates, in a table of other things.
fn is_below_label(blocks: &Blocks, cell: usize) -> bool {
    let row = blocks[cell].parent;
    if blocks[row].kind != Kind::Row || blocks[row].is_header || blocks[cell].column >= 24 {
        return false;
    }
    let table = blocks[row].parent;
    let Some(first) = blocks.children(table).next() else {
        return false;
    };
    first != row
        && blocks[first].is_header
        && blocks.children(first).take(24).any(|head| {
            blocks[head].column == blocks[cell].column && names_certificates(blocks[head].str())
        })
}

/// Returns whether a label stands for certificates.
pub(super) fn names_certificates(text: &str) -> bool {
    let may_name = text.contains(['資', '免'])
        || text
            .trim_start()
            .starts_with(['c', 'C', 'l', 'L', 'q', 'Q', 'i', 'I']);
    if text.len() > 60 || !may_name {
        return false;
    }
    let text = without_brackets(text);
    let folded: String = text
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    matches!(
        folded.as_str(),
        "資格"
            | "保有資格"
            | "取得資格"
            | "所有資格"
            | "所持資格"
            | "主な資格"
            | "資格等"
            | "資格など"
            | "資格免許"
            | "免許資格"
            | "資格検定"
            | "免許"
            | "保有免許"
            | "国家資格"
            | "it資格"
            | "資格一覧"
            | "certification"
            | "certifications"
            | "certificates"
            | "licenses"
            | "qualifications"
    )
}

/// Returns whether a line is the title of the list: 「保有資格」, 「\section{資格}」.
pub(super) fn is_title(text: &str) -> bool {
    let bare = text.trim_matches(|character: char| !character.is_alphanumeric());
    text.starts_with("\\section")
        || text.starts_with("\\begin")
        || text.starts_with("\\end")
        || text.starts_with('%')
        || text.contains("ListStart")
        || text.contains("ListEnd")
        || names_certificates(bare)
        || matches!(
            bare,
            "しかく" | "cert" | "certs" | "免許・資格" | "資格・免許"
        )
}
