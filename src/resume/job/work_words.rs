//! Words by which a title reads like a piece of work.

use shokureki_index::lexicon::has_legal_form;

use crate::resume::employer::without_brackets;

/// Returns whether a title reads like a piece of work rather than like a name.
pub(in crate::resume) fn reads_like_work(title: &str) -> bool {
    const WORK: [&str; 32] = [
        "開発",
        "構築",
        "改修",
        "保守",
        "運用",
        "システム",
        "移行",
        "対応",
        "案件",
        "プロジェクト",
        "設計",
        "制作",
        "導入",
        "支援",
        "アプリ",
        "サイト",
        "基盤",
        "刷新",
        "リニューアル",
        "改善",
        "機能",
        "業務",
        "実装",
        "作成",
        "向け",
        "立ち上げ",
        "企画",
        "自動化",
        "更新",
        "発行",
        "検証",
        "調査",
    ];
    let outside = without_brackets(title);
    let names_company =
        has_legal_form(outside.trim()) || outside.split_whitespace().any(has_legal_form);
    if names_company
        && !["向け", "様", "案件", "の"]
            .iter()
            .any(|word| outside.contains(word))
    {
        return false;
    }
    WORK.iter().any(|word| outside.contains(word))
}
