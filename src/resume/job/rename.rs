//! Events by which an employer gets another name: 「合併により株式会社Aから株式会社Bに社名変更」.

use std::collections::HashSet;

use shokureki_index::lexicon::{Lexicon, has_legal_form};
use shokureki_index::words;

use crate::resume::block::Blocks;

use super::event::known_in;
use super::statement::{Statement, row_text};

/// Rows of one timeline that are looked through.
const MAX_EVENTS: usize = 200;

/// The later name of an employer.
pub(super) struct Renamed {
    /// The employer by the name that was joined.
    pub(super) key: String,
    /// The later name.
    pub(super) name: String,
}

/// Returns the later names of the employers that are joined in events, each with the block that holds the
/// timeline.
pub(super) fn renames(
    blocks: &Blocks,
    lexicon: &Lexicon,
    names: &[(String, String)],
    statements: &[Statement],
) -> Vec<(usize, Renamed)> {
    let mut parents = HashSet::new();
    let mut found = Vec::new();
    for statement in statements.iter().filter(|statement| statement.is_event) {
        let parent = blocks[statement.block].parent;
        if !parents.insert(parent) {
            continue;
        }
        for at in blocks.children(parent).take(MAX_EVENTS) {
            let text = row_text(blocks, at);
            let Some(name) = later_name(&text) else {
                continue;
            };
            let before = text.replacen(name, "", 1);
            let key = known_in(&before, names);
            if let Some(key) = key.filter(|key| *key != lexicon.employer_key(name)) {
                found.push((
                    parent,
                    Renamed {
                        key,
                        name: name.to_owned(),
                    },
                ));
            }
        }
    }
    found
}

/// Returns the name that an event of renaming gives.
fn later_name(text: &str) -> Option<&str> {
    let is_renaming =
        text.len() <= 300 && words!["社名", "商号", "改称", "名称変更", "名称を"].is_in(text);
    if !is_renaming {
        return None;
    }
    let end = [
        "に変更",
        "へ変更",
        "に社名",
        "へ社名",
        "に商号",
        "へ商号",
        "に名称",
        "へ名称",
        "に改称",
        "へ改称",
        "と改称",
        "となる",
        "となり",
    ]
    .iter()
    .filter_map(|word| text.find(word))
    .min()
    .unwrap_or(text.len());
    let mut name = &text[..end];
    for word in [
        "から",
        "より",
        "→",
        "⇒",
        "社名を",
        "社名が",
        "商号を",
        "商号が",
        "、",
        " ",
        "\u{3000}",
    ] {
        if let Some((_, behind)) = name.trim_end().rsplit_once(word) {
            name = behind;
        }
    }
    let name = name.trim();
    has_legal_form(name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_name_stands_where_the_change_ends() {
        for text in [
            "2014 7 合併により、社名が常陸電産株式会社から株式会社ヒタチノに変更",
            "2014年7月 株式会社ヒタチノへ社名変更",
            "社名変更 常陸電産株式会社 → 株式会社ヒタチノ",
            "常陸電産株式会社より株式会社ヒタチノに改称",
            "商号を株式会社ヒタチノに変更（常陸電産株式会社から）",
        ] {
            assert_eq!(later_name(text), Some("株式会社ヒタチノ"), "{text}");
        }
        assert_eq!(later_name("株式会社ヒタチノ 入社"), None);
    }
}
