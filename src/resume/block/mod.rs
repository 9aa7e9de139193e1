//! Source lines to a tree of blocks: headings of every make, list items, lines, tables.
//!
//! The tree lies in document order in one vector: the blocks under block `i` are `i + 1..end`.

use std::ops::Range;

use super::markup::InlineLink;
use super::text::Text;

mod builder;
mod columns;
mod headings;
mod items;
mod records;
mod shape;
mod stack;
mod tables;
mod time_above;
mod titles;

pub(super) use builder::build_blocks;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// The document.
    Root,
    /// A heading, or a line that works as one.
    Heading,
    /// A list item.
    Item,
    /// A line of text.
    Line,
    /// A table.
    Table,
    /// A row.
    Row,
    /// A cell, or a line of one.
    Cell,
}

/// A block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// What it is.
    pub(super) kind: Kind,
    /// Order of headings: a greater one stands below. 16 per level of the markup, the rest for
    /// lines that work as headings.
    pub(super) rank: u16,
    /// Columns before it.
    pub(super) indent: usize,
    /// Its text.
    pub(super) text: Text,
    /// Bytes of its text that are the first in bold.
    pub(super) bold: Option<Range<usize>>,
    /// Bytes of its text that are in bold behind those.
    pub(super) more_bold: Vec<Range<usize>>,
    /// Links in its text.
    pub(super) links: Vec<InlineLink>,
    /// Its line of the document, from 1.
    pub(super) line: u32,
    /// Its bytes in the document.
    pub(super) source: Range<usize>,
    /// The block above it; 0 for the root itself.
    pub(super) parent: usize,
    /// The block behind its last descendant.
    pub(super) end: usize,
    /// Blocks above it.
    pub(super) depth: u8,
    /// Its column, from 0; of cells.
    pub(super) column: usize,
    /// Whether it is a table's heading row.
    pub(super) is_header: bool,
    /// Whether it is numbered; of items.
    pub(super) is_ordered: bool,
    /// Whether it titles a container (`<summary>`); of headings.
    pub(super) is_summary: bool,
}

impl Block {
    /// Returns the visible text.
    pub(super) fn str(&self) -> &str {
        self.text.as_str()
    }

    /// Returns whether this is a line that works as the heading of its value.
    pub(super) fn is_label(&self) -> bool {
        self.kind == Kind::Heading && self.rank % 16 == 15
    }

    /// Returns whether this is a heading made with the markup of headings.
    pub(super) fn is_marked_heading(&self) -> bool {
        self.kind == Kind::Heading && self.rank.is_multiple_of(16)
    }
}

/// The blocks of a document; the first is the root.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    list: Vec<Block>,
}

impl std::ops::Index<usize> for Blocks {
    type Output = Block;

    fn index(&self, at: usize) -> &Block {
        &self.list[at]
    }
}

impl Blocks {
    /// Returns the number of blocks, the root included.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns the blocks directly under `at`, in order.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.list[at].end;
        let mut next = at + 1;
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let child = next;
            next = self.list[child].end.max(child + 1);
            Some(child)
        })
    }

    /// Returns the blocks above `at`, nearest first, without the root.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let mut current = at;
        std::iter::from_fn(move || {
            if current == 0 {
                return None;
            }
            current = self.list[current].parent;
            (current != 0).then_some(current)
        })
    }

    /// Returns the cells of row `row`.
    pub(super) fn cells(&self, row: usize) -> Vec<usize> {
        self.children(row).collect()
    }
}

/// Returns the block of the whole document.
fn root(text: &str) -> Block {
    Block {
        kind: Kind::Root,
        rank: 0,
        indent: 0,
        text: Text::default(),
        bold: None,
        more_bold: Vec::new(),
        links: Vec::new(),
        line: 1,
        source: 0..text.len(),
        parent: 0,
        end: 1,
        depth: 0,
        column: 0,
        is_header: false,
        is_ordered: false,
        is_summary: false,
    }
}
#[cfg(test)]
pub(in crate::resume) mod tests {
    use super::*;
    use crate::domain::DocumentFormat;
    use crate::resume::source::read_source;

    fn outline(text: &str, format: DocumentFormat) -> Vec<String> {
        let blocks = build_blocks(text, &read_source(text, format), format);
        (1..blocks.len())
            .map(|at| {
                let block = &blocks[at];
                let kind = match block.kind {
                    Kind::Root => "root",
                    Kind::Heading => "h",
                    Kind::Item => "i",
                    Kind::Line => "l",
                    Kind::Table => "t",
                    Kind::Row => "r",
                    Kind::Cell => "c",
                };
                format!(
                    "{}{kind} {}",
                    " ".repeat(usize::from(block.depth) - 1),
                    block.str()
                )
            })
            .collect()
    }

    /// Blocks as one letter for the kind, indented by depth, and the text.
    #[track_caller]
    pub(in crate::resume) fn check_outline(text: &str, format: DocumentFormat, expected: &[&str]) {
        assert_eq!(outline(text, format), expected, "{text}");
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_outline(text, DocumentFormat::Markdown, expected);
    }

    #[test]
    fn headings_items_and_lines_nest() {
        check(
            "# a\n## b\n- c\n  - d\n- e\n\nf\n# g",
            &["h a", " h b", "  i c", "   i d", "  i e", "  l f", "h g"],
        );
        check("a\n===\nb\n---\n", &["h a", " h b"]);
        check("- a\n    - b\n\tc", &["i a", " i b", "  l c"]);
    }

    #[test]
    fn lines_that_work_as_headings_stand_between() {
        check("## a\n**b**\nc\n**d**\n", &["h a", " h b", "  l c", " h d"]);
        check(
            "# a\n【b】\nc\n【d】\ne",
            &["h a", " h b", "  l c", " h d", "  l e"],
        );
        check("■a\n【b】\nc\n■d", &["h a", " h b", "  l c", "h d"]);
        check("技術:\n- a\n- b", &["h 技術:", " i a", " i b"]);
    }

    #[test]
    fn tables_have_rows_and_cells() {
        check(
            "|a|b|\n|--|--|\n|c|d<br>・e|",
            &[
                "t ", " r ", "  c a", "  c b", " r ", "  c c", "  c ", "   l d", "   i e",
            ],
        );
    }

    #[test]
    fn indented_text_is_prose() {
        check("### a\n\n    b は c\n", &["h a", " l b は c"]);
    }

    #[test]
    fn containers_beside_each_other_are_apart() {
        check(
            "## a\n<details>\n<summary>b</summary>\n# c\nd\n</details>\n<details>\n<summary>e</summary>\n# f\n</details>\n\ng\n",
            &["h a", " h b", "  h c", "   l d", " h e", "  h f", " l g"],
        );
        check(
            "<details><details><summary>a</summary>\nb\n</details>\nc\n</details>\nd\n",
            &["h a", " l b", "l c", "l d"],
        );
        check(
            "## a\n<details><summary>詳細を見る</summary>\n# b\nc\n</details>\n## d\n",
            &["h a", " h b", "  l c", "h d"],
        );
    }

    #[test]
    fn bold_lines_with_times_are_headings() {
        check(
            "## a\n**b “c”** · Jun 2022 – Present\nd\n**e（f）**　2022.04–2025.03\n**g**　約8ヶ月\n2016/04〜2018/03　**株式会社X**\nh\n<u>i</u>\nj\n",
            &[
                "h a",
                " h b “c” · Jun 2022 – Present",
                "  l d",
                " h e（f）　2022.04–2025.03",
                " h g　約8ヶ月",
                " h 2016/04〜2018/03　株式会社X",
                "  l h",
                " h i",
                "  l j",
            ],
        );
        check("**a** と **b** を担当\n", &["l a と b を担当"]);
        check(
            "**2025/4~** (株)A\n- b\n\n**2023/8~2025/2** C\n- d\n",
            &["h 2025/4~ (株)A", " i b", "h 2023/8~2025/2 C", " i d"],
        );
    }

    #[test]
    fn dated_titles_of_one_kind_stand_beside_each_other() {
        check(
            "## a\n■B（2019年10月～現在）\n### c\nd\n■E（2015年7月～2019年9月）\n### f\n## g\n### h\n■I（2014年）\n",
            &[
                "h a",
                " h B（2019年10月～現在）",
                "  h c",
                "   l d",
                " h E（2015年7月～2019年9月）",
                "  h f",
                "h g",
                " h h",
                "  h I（2014年）",
            ],
        );
    }

    #[test]
    fn numbers_over_a_rule_and_branches_are_headings() {
        check(
            "1. 略歴\n-------\n    a\n\n2. 経歴\n---\nb\n",
            &["h 1. 略歴", " l a", "h 2. 経歴", " l b"],
        );
        check(
            "◆a\n┗ b ｜ 2020/05–2022/09\nc\n・d\n┗ e\nf\n",
            &[
                "h a",
                " h b ｜ 2020/05–2022/09",
                "  l c",
                "  i d",
                " h e",
                "  l f",
            ],
        );
        check(
            "【a】\n【b】c\n【d】e\n＜案件０１＞　f\n",
            &["h a", " l 【b】c", " l 【d】e", " h ＜案件０１＞　f"],
        );
    }

    #[test]
    fn numbered_titles_of_one_make_stand_beside_each_other() {
        check(
            "# a\n<u>**1. b**</u>\nc\n### 1-1. d\ne\n<u>**2. f**</u>\ng\n",
            &[
                "h a",
                " h 1. b",
                "  l c",
                " h 1-1. d",
                "  l e",
                " h 2. f",
                "  l g",
            ],
        );
    }

    #[test]
    fn labelled_lines_behind_rules_stand_beside_each_other() {
        check(
            "## a\n**期間：2021年4月～2022年3月**\n### b\nc\n\n---\n**期間：2020年4月～2021年3月**\n### d\n### e\n期間：2019年\n",
            &[
                "h a",
                " l 期間：2021年4月～2022年3月",
                " h b",
                "  l c",
                " l 期間：2020年4月～2021年3月",
                " h d",
                " h e",
                "  l 期間：2019年",
            ],
        );
    }

    #[test]
    fn edges_of_boxes_are_rules() {
        assert_eq!(
            outline("┏━━┓\n　■a\n┗━━┛\nb\n", DocumentFormat::PlainText),
            ["h a", " l b"]
        );
    }

    #[test]
    fn periods_broken_in_a_cell_are_whole() {
        check(
            "<table><tr><td>2022.10<br>～ 現在</td><td>a<br>b</td></tr></table>\n",
            &[
                "t ",
                " r ",
                "  c 2022.10 ～ 現在",
                "  c ",
                "   l a",
                "   l b",
            ],
        );
        check(
            "|2019/04〜<br>2020/03|a|\n|--|--|\n|2020/04<br>〜|b|\n",
            &[
                "t ",
                " r ",
                "  c 2019/04〜 2020/03",
                "  c a",
                " r ",
                "  c 2020/04 〜",
                "  c b",
            ],
        );
    }

    #[test]
    fn dated_terms_are_titles_and_others_labels() {
        check(
            "<dl><dt>A 2017年5月 — 2021年8月</dt><dd>b</dd></dl>\n\n**c**\nd\n\n<dl><dt>E 2013年4月 — 2017年4月</dt><dd>f</dd></dl>\n",
            &[
                "h A 2017年5月 — 2021年8月",
                " l b",
                " h c",
                "  l d",
                "h E 2013年4月 — 2017年4月",
                " l f",
            ],
        );
        check(
            "**a**\n<dl><dt>期間</dt><dd>b</dd><dt>規模</dt><dd><ul><li>c</li></ul>d</dd></dl>",
            &["h a", " h 期間", "  l b", " h 規模", "  i c", "  l d"],
        );
    }

    #[test]
    fn text_behind_a_list_of_tags_is_no_part_of_its_last_item() {
        check(
            "<ul><li>a<ul><li>b</li></ul>c</li></ul><p>d</p>\n# e\n- f\n",
            &["i a", " i b", " l c", "l d", "h e", " i f"],
        );
    }

    #[test]
    fn comments_of_templates_and_references_are_no_content() {
        check(
            "a\n{% comment %}\n## b\n{% endcomment %}\n[//]: # (c)\n[d]: https://example.com\n[期間]: 2016年\n",
            &["l a", "l [期間]: 2016年"],
        );
    }

    #[test]
    fn org_headings_are_stars() {
        assert_eq!(
            outline("* a\n** b\n- c\n", DocumentFormat::Org),
            ["h a", " h b", "  i c"]
        );
    }
}
