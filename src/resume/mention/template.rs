//! Parts of a document that are a form to fill in, and so nobody's experience.

use std::rc::Rc;

use crate::resume::block::{Blocks, Kind};
use crate::resume::evidence::Evidence;

/// Characters of a title or a placeholder's line.
const MAX_CHARS: usize = 80;

/// Returns which blocks are part of a form: below a title that says so, or beside a date to fill in.
pub(super) fn template_blocks(
    blocks: &Blocks,
    evidence: &Evidence,
    heading_paths: &[Option<Rc<Vec<String>>>],
) -> Vec<bool> {
    let mut is_template = vec![false; blocks.len()];
    for at in 1..blocks.len() {
        let text = blocks[at].str();
        if !has_date_to_fill_in(text) {
            continue;
        }
        is_template[at] = true;
        let parent = blocks[at].parent;
        let is_part = matches!(blocks[parent].kind, Kind::Heading | Kind::Row | Kind::Item)
            && !evidence.opens_section[parent];
        if is_part {
            is_template[parent] = true;
        }
    }
    for at in 1..blocks.len() {
        is_template[at] |= tells_how_to_use(blocks[at].str());
        is_template[at] |=
            blocks[at].kind == Kind::Heading && is_title_to_fill_in(blocks[at].str());
    }
    for at in 1..blocks.len() {
        if blocks[at].kind != Kind::Line || !announces_template(blocks[at].str()) {
            continue;
        }
        let parent = blocks[at].parent;
        for sibling in blocks.children(parent).filter(|sibling| *sibling >= at) {
            is_template[sibling] = blocks[sibling].kind != Kind::Heading;
        }
    }
    for at in 1..blocks.len() {
        let parent = blocks[at].parent;
        let is_below = heading_paths[at]
            .as_ref()
            .is_some_and(|path| path.iter().any(|title| titles_template(title)));
        is_template[at] |= is_template[parent] || is_below;
    }
    is_template
}

/// Returns whether a text has a date that nobody filled in: 「YYYY年MM月」「20XX/XX」.
fn has_date_to_fill_in(text: &str) -> bool {
    if text.chars().count() > MAX_CHARS {
        return false;
    }
    let folded = text.to_ascii_lowercase();
    let has_year = folded
        .match_indices("yyyy")
        .any(|(at, year)| folded[at + year.len()..].starts_with(['年', '/', '-', '.', ' ']));
    let has_masked_year = ["20xx", "19xx", "20xx", "xxxx年", "20○○", "20〇〇"]
        .iter()
        .any(|year| folded.contains(year));
    has_year || has_masked_year
}

/// Returns whether a text tells how to use the form: 「このテンプレートはフォークして編集してください」.
fn tells_how_to_use(text: &str) -> bool {
    let is_form = [
        "テンプレート",
        "フォーク",
        "このリポジトリ",
        "雛形",
        "ひな形",
        "template",
    ]
    .iter()
    .any(|word| text.contains(word));
    let is_request = [
        "してください",
        "して下さい",
        "の使い方",
        "してお使い",
        "してご利用",
    ]
    .iter()
    .any(|word| text.contains(word));
    is_form && is_request && text.len() <= MAX_GUIDE_BYTES
}

/// Bytes of a line that tells how to use a form.
const MAX_GUIDE_BYTES: usize = 1200;

/// Returns whether a title is what a form holds: 「会社名（在籍期間）」「プロジェクト名を書く」.
fn is_title_to_fill_in(title: &str) -> bool {
    const WHAT: [&str; 10] = [
        "会社名",
        "企業名",
        "プロジェクト名",
        "案件名",
        "PJ名",
        "プロジェクトタイトル",
        "案件タイトル",
        "サービス名",
        "担当業務名",
        "学校名",
    ];
    let title = title
        .trim()
        .trim_start_matches(['【', '[', '<', '{', '＜', '「']);
    WHAT.iter()
        .filter_map(|what| title.strip_prefix(what))
        .map(|rest| rest.trim_start_matches(['】', ']', '>', '}', '＞', '」', ' ', '　']))
        .map(|rest| rest.trim_start_matches(|last: char| last.is_ascii_alphanumeric()))
        .any(|rest| {
            let inside = rest
                .strip_prefix(['(', '（'])
                .and_then(|rest| rest.strip_suffix([')', '）']));
            let is_label = inside.is_some_and(|inside| {
                [
                    "期間",
                    "在籍期間",
                    "所属期間",
                    "勤務期間",
                    "開始",
                    "年月",
                    "入社年月",
                    "役職",
                    "任意",
                ]
                .iter()
                .any(|word| inside.starts_with(word))
                    && !inside.chars().any(char::is_numeric)
            });
            let is_order = ["を書", "を記", "を入", "をここ"]
                .iter()
                .any(|word| rest.starts_with(word));
            is_label || is_order
        })
}

/// Returns whether a line says that what follows is a form's: 「以下はテンプレートのままです」.
fn announces_template(text: &str) -> bool {
    let is_short = text.chars().count() <= MAX_CHARS;
    let is_form = [
        "テンプレ",
        "雛形",
        "ひな形",
        "サンプル",
        "記入例",
        "記載例",
        "見本",
    ]
    .iter()
    .any(|word| text.contains(word));
    let follows = ["以下", "ここから", "下記", "のまま", "消し忘れ", "未記入"]
        .iter()
        .any(|word| text.contains(word));
    is_short && is_form && follows
}

/// Returns whether a title opens a form, a sample or instructions.
fn titles_template(title: &str) -> bool {
    if title.chars().count() > 40 {
        return false;
    }
    const WORDS: [&str; 32] = [
        "記入例",
        "記載例",
        "入力例",
        "サンプル",
        "テンプレ",
        "ダミー",
        "フォーク元",
        "Sample",
        "sample",
        "ひな形",
        "ひな型",
        "雛形",
        "雛型",
        "書き方",
        "例文",
        "使い方",
        "How to use",
        "このリポジトリ",
        "リポジトリについて",
        "セットアップ",
        "ビルド方法",
        "ビルドの仕方",
        "更新方法",
        "更新手順",
        "ライセンス",
        "License",
        "Setup",
        "Usage",
        "Installation",
        "Getting Started",
        "PDF化",
        "Template",
    ];
    let is_made = ["作", "開発", "制作", "公開"]
        .iter()
        .any(|word| title.contains(word));
    !is_made && WORDS.iter().any(|word| title.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_to_fill_in_are_known() {
        assert!(has_date_to_fill_in("YYYY年MM月 〜 YYYY年MM月"));
        assert!(has_date_to_fill_in("20XX/04 - 現在"));
        assert!(!has_date_to_fill_in("2019/04 - 現在"));
        assert!(tells_how_to_use(
            "このテンプレートはフォークして編集してください。"
        ));
        assert!(!tells_how_to_use("テンプレートエンジンを自作しました"));
        for title in [
            "会社名（在籍期間）",
            "【会社名】（期間）",
            "プロジェクト名を書く",
            "案件名1（期間）",
        ] {
            assert!(is_title_to_fill_in(title), "{title}");
        }
        for title in [
            "会社名（2018年〜2020年）",
            "プロジェクト名：受発注",
            "案件名",
            "会社名変更のお知らせ機能",
        ] {
            assert!(!is_title_to_fill_in(title), "{title}");
        }
        assert!(titles_template("## 記入例"));
        assert!(!titles_template("テンプレート管理ツールの開発"));
    }
}
