//! Who of several did what: lists, tables and data in which one entry is the writer's and the others
//! belong to other teams, companies or people.
//!
//! Only a contrast decides: where no entry is marked as the writer's, nothing is said of any.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

use crate::resume::block::{Blocks, Kind};
use crate::resume::grade::names_others;

/// Rows or entries of one list that are looked at.
const MAX_ENTRIES: usize = 40;

/// Cells of a row that are looked at.
const MAX_CELLS: usize = 8;

/// Characters of a text that tells who.
const MAX_WHO_CHARS: usize = 36;

/// Whom an entry belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// The writer, or a group that the writer is in.
    Own,
    /// A person, team or company.
    Somebody,
}

/// The blocks that belong to others.
#[derive(Clone, Debug, Default)]
pub(in crate::resume) struct Shares {
    of_others: Vec<bool>,
}

impl Shares {
    /// Finds what belongs to others in a document of the person with the family name `family`.
    pub(in crate::resume) fn of(blocks: &Blocks, family: Option<&str>) -> Self {
        let mut shares = Self {
            of_others: vec![false; blocks.len()],
        };
        let reader = Reader { blocks, family };
        for at in 0..blocks.len() {
            match blocks[at].kind {
                Kind::Table => reader.table(at, &mut shares.of_others),
                Kind::Row => {}
                _ if blocks[at].end > at + 2 => {
                    reader.entries(at, &mut shares.of_others);
                    reader.labelled_lines(at, &mut shares.of_others);
                }
                _ => {}
            }
        }
        shares
    }

    /// Returns whether the block at `at` belongs to others.
    pub(super) fn is_of_others(&self, at: usize) -> bool {
        self.of_others[at]
    }
}

struct Reader<'a> {
    blocks: &'a Blocks,
    family: Option<&'a str>,
}

impl Reader<'_> {
    fn give(&self, at: usize, of_others: &mut [bool]) {
        of_others[at..self.blocks[at].end.max(at + 1)].fill(true);
    }

    /// Looks through items and headings that stand beside each other: 「APIチーム（自分を含む3名）」
    /// 「A社：画面」「当社：API」.
    fn entries(&self, parent: usize, of_others: &mut [bool]) {
        let items: Vec<usize> = self
            .blocks
            .children(parent)
            .filter(|at| matches!(self.blocks[*at].kind, Kind::Item | Kind::Heading))
            .take(MAX_ENTRIES)
            .collect();
        let with = |who: &dyn Fn(&str) -> Option<Who>| -> Vec<(usize, Option<Who>)> {
            let told: Vec<(usize, Option<Who>)> = items
                .iter()
                .map(|at| (*at, who(self.blocks[*at].str())))
                .collect();
            let is_contrast = told.iter().any(|(_, who)| *who == Some(Who::Own));
            if is_contrast { told } else { Vec::new() }
        };
        let mut entries = with(&|text| self.who(label_of_entry(text)));
        if entries.is_empty() {
            entries = with(&|text| self.who_does(text));
        }
        for (at, who) in entries {
            if who == Some(Who::Somebody) {
                self.give(at, of_others);
            }
        }
    }

    /// Looks through lines of data, each part of which begins with who it is of: 「役割: 本人」.
    fn labelled_lines(&self, parent: usize, of_others: &mut [bool]) {
        let lines: Vec<usize> = self
            .blocks
            .children(parent)
            .take(MAX_ENTRIES)
            .take_while(|at| self.blocks[*at].kind == Kind::Line)
            .collect();
        let who = |at: usize| {
            let (label, value) = self.blocks[at].str().split_once([':', '：'])?;
            is_who_label(label).then(|| self.is_own(value.trim()))
        };
        let told: Vec<Option<bool>> = lines.iter().map(|at| who(*at)).collect();
        let is_contrast = told.contains(&Some(true)) && told.contains(&Some(false));
        if !is_contrast {
            return;
        }
        let mut is_own = true;
        for (at, told) in lines.iter().zip(told) {
            is_own = told.unwrap_or(is_own);
            if !is_own {
                self.give(*at, of_others);
            }
        }
    }

    /// Looks through a table that gives each row, or each column, to somebody.
    fn table(&self, table: usize, of_others: &mut [bool]) {
        let rows: Vec<usize> = self.blocks.children(table).take(MAX_ENTRIES).collect();
        let Some((head, body)) = rows.split_first() else {
            return;
        };
        let heads: Vec<usize> = self.blocks.children(*head).take(MAX_CELLS).collect();
        let columns: Vec<Option<Who>> = heads
            .iter()
            .map(|cell| {
                let text = self.blocks[*cell].str();
                // 「自身の使用技術」 beside 「案件全体の技術」
                let is_of_all = words!["全体の", "全体で"].is_in(text);
                self.who(text).or(is_of_all.then_some(Who::Somebody))
            })
            .collect();
        if columns.contains(&Some(Who::Own)) {
            for row in body {
                for (cell, who) in self.blocks.children(*row).zip(&columns) {
                    if *who == Some(Who::Somebody) {
                        self.give(cell, of_others);
                    }
                }
            }
            return;
        }
        let titled = heads
            .iter()
            .position(|cell| is_who_label(self.blocks[*cell].str()));
        let column = titled.unwrap_or(0);
        let told: Vec<(usize, Option<Who>)> = body
            .iter()
            .filter_map(|row| {
                let cell = self.blocks.children(*row).nth(column)?;
                let text = self.blocks[cell].str().trim();
                // Beside customers, one's own company is where the work was done.
                let is_company = titled.is_some() && text == "自社";
                Some((
                    *row,
                    if is_company {
                        Some(Who::Own)
                    } else {
                        self.who(text)
                    },
                ))
            })
            .collect();
        if !told.iter().any(|(_, who)| *who == Some(Who::Own)) {
            return;
        }
        for (row, who) in told {
            let is_other = match who {
                Some(Who::Own) => false,
                Some(Who::Somebody) => true,
                None => titled.is_some(),
            };
            if is_other {
                self.give(row, of_others);
            }
        }
    }

    /// Returns whom the value of an entry names, with or without a bracket: 「Android: 滝沢（Kotlin）」.
    fn who_does(&self, text: &str) -> Option<Who> {
        let (_, value) = text.split_once([':', '：'])?;
        let value = value.trim();
        let who = value.split(['(', '（']).next().unwrap_or(value).trim();
        if self.is_own(who) {
            return Some(Who::Own);
        }
        let is_name = (1..=6).contains(&who.chars().count())
            && who
                .chars()
                .all(|sign| ('一'..='鿿').contains(&sign) || sign == 'さ' || sign == 'ん');
        let is_bracketed = value.ends_with([')', '）']);
        (is_bracketed && (is_name || names_others(who))).then_some(Who::Somebody)
    }

    /// Returns whom a text names; none where it names nobody.
    fn who(&self, text: &str) -> Option<Who> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > MAX_WHO_CHARS || text.contains('。') {
            return None;
        }
        if self.is_own(text) {
            return Some(Who::Own);
        }
        let base = text
            .split(['(', '（', '［', '['])
            .next()
            .unwrap_or(text)
            .trim();
        let is_group = words![
            "チーム",
            "班",
            "部",
            "課",
            "会社",
            "社",
            "ベンダー",
            "ベンダ",
            "業者",
            "グループ",
            "部門",
            "担当",
            "担当者",
            "メンバー",
            "メンバ",
            "元請",
            "元請け",
            "研究先",
            "委託先",
            "連携先",
            "エンジニア",
            "デザイナー",
            "さん",
            "氏",
            "team",
            "Team",
        ]
        .end(base)
            && base.chars().count() > 1;
        (is_group || names_others(base)).then_some(Who::Somebody)
    }

    /// Returns whether a text names the writer, or a group with the writer in it.
    fn is_own(&self, text: &str) -> bool {
        const OWN: &WordList = words![
            "自分",
            "自身",
            "本人",
            "筆者",
            "自チーム",
            "当社",
            "弊社",
            "当方",
            "私",
            "わたし",
            "僕",
            "me",
            "self",
        ];
        const ALL: &WordList = words!["全員", "共同", "両方", "チーム全体", "双方"];
        let text = text.trim();
        if text.contains("以外") || text.contains("除く") || text.contains("ではな") {
            return false;
        }
        let (base, inside) = text.split_once(['(', '（']).unwrap_or((text, ""));
        let base = base.trim();
        let inside = inside.trim_end_matches([')', '）']).trim();
        let is_whole = |part: &str| {
            let part = part.trim();
            let rest = OWN
                .longest_of(part)
                .map(|word| part[word.len()..].trim_start_matches("自身"));
            rest.is_some_and(|rest| {
                rest.is_empty()
                    || rest.starts_with([
                        'の', 'が', 'は', 'も', 'を', 'と', '+', '＋', '、', ',', '・', '：', ':',
                        ' ', '　', '側',
                    ])
                    || rest.starts_with("担当")
                    || rest.starts_with("チーム")
            })
        };
        let is_part = |text: &str| {
            text.split(['、', ',', '・', '/', '／', '+', '＋', '&'])
                .any(is_whole)
        };
        let is_named = self.family.is_some_and(|family| {
            base.strip_prefix(family).is_some_and(|rest| {
                rest.is_empty()
                    || rest.starts_with([' ', '　', '、', '・', '/', '+'])
                    || rest == "さん"
            })
        });
        is_part(base)
            || ALL.begin(base)
            || base.starts_with("所属")
            || is_part(inside)
            || words!["自分", "本人", "私も", "私を"].is_in(inside)
            || words!["所属", "自分の担当", "me"].begin(inside)
            || is_named
    }
}

/// Returns what an entry says before its colon or what it holds.
fn label_of_entry(text: &str) -> &str {
    text.split([':', '：', '…', '→']).next().unwrap_or(text)
}

/// Returns whether a label or the head of a column asks for who: 「担当」「チーム」.
fn is_who_label(label: &str) -> bool {
    let label = label.trim();
    matches!(
        label,
        "担当"
            | "担当者"
            | "担当チーム"
            | "担当会社"
            | "チーム"
            | "チーム名"
            | "分担"
            | "役割分担"
            | "作業分担"
            | "体制"
            | "メンバー"
            | "実施者"
            | "作業者"
            | "主体"
            | "誰"
            | "誰が"
            | "役割"
            | "氏名"
            | "owner"
            | "Owner"
            | "team"
            | "Team"
            | "member"
            | "who"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::DocumentFormat;
    use crate::resume::block::build_blocks;
    use crate::resume::source::read_source;

    /// Checks which of the blocks with a text belong to others.
    #[track_caller]
    fn check(text: &str, family: Option<&str>, others: &[&str]) {
        let format = DocumentFormat::Markdown;
        let blocks = build_blocks(text, &read_source(text, format), format);
        let shares = Shares::of(&blocks, family);
        let found: Vec<&str> = (1..blocks.len())
            .filter(|at| shares.is_of_others(*at) && !blocks[*at].str().is_empty())
            .map(|at| blocks[at].str())
            .collect();
        assert_eq!(found, others, "{text}");
    }

    #[test]
    fn a_tree_of_teams_gives_all_but_the_own_to_others() {
        check(
            "- 画面チーム（5名）\n  - Vue.js\n- APIチーム（自分を含む3名）\n  - Kotlin\n",
            None,
            &["画面チーム（5名）", "Vue.js"],
        );
        check(
            "- iOS: 私\n- Android: 滝沢（Kotlin）\n",
            None,
            &["Android: 滝沢（Kotlin）"],
        );
        check(
            "- 画面チーム（5名）\n  - Vue.js\n- APIチーム（3名）\n  - Kotlin\n",
            None,
            &[],
        );
    }

    #[test]
    fn a_table_gives_rows_or_columns_to_others() {
        check(
            "| 画面 | 担当者 | 技術 |\n|---|---|---|\n| 入力 | 千早 | Vue.js |\n| 仕入 | 坂東 | React |\n",
            Some("千早"),
            &["仕入", "坂東", "React"],
        );
        check(
            "| 項目 | 自分 | 協力会社 |\n|---|---|---|\n| 技術 | Go | PHP |\n",
            None,
            &["PHP"],
        );
    }
}
