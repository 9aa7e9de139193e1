//! Titles of projects: what of a line names the work.

use crate::resume::bracket::without_brackets;
use crate::resume::employer::strip_lead;
use crate::resume::label::split_label;
use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Returns whether a title begins with 案件 or the like.
pub(super) fn is_prefixed(text: &str) -> bool {
    let text = text.trim();
    if let Some((label, at)) = split_label(text)
        && !text[at..].trim().is_empty()
    {
        let label: String = label
            .chars()
            .filter(|character| !character.is_numeric())
            .collect();
        return matches!(
            label.trim(),
            "案件"
                | "プロジェクト"
                | "案件名"
                | "プロジェクト名"
                | "業務内容"
                | "PJ"
                | "Project"
        );
    }
    words!["案件「", "案件『", "プロジェクト「"].begin(text)
}

/// Returns whether a heading says that what it is over is beside the projects, or made in one: 「プロジェクト外での社内活動」,
/// 「作成したツール一覧」.
pub(super) fn is_beside_projects(title: &str) -> bool {
    words![
        "プロジェクト外",
        "PJ外",
        "案件外",
        "開発業務以外",
        "社内活動",
        "社外活動",
        "その他の活動",
        "ツール一覧",
        "ツールの一覧",
    ]
    .is_in(title)
        || words!["業務外", "その他の業務", "その他業務"].begin(title.trim())
}

/// Returns whether a heading stands above a list of projects: 「主なプロジェクト」, 「担当案件一覧」.
pub(in crate::resume) fn is_project_list(title: &str) -> bool {
    const LEADS: [&str; 14] = [
        "その他の",
        "その他",
        "主要な",
        "主要",
        "主な",
        "担当した",
        "担当",
        "参画した",
        "参画",
        "関わった",
        "携わった",
        "代表的な",
        "代表",
        "開発",
    ];
    const ENDS: [&str; 9] = [
        "一覧",
        "実績",
        "詳細",
        "など",
        "等",
        "経歴",
        "経験",
        "歴",
        "と業務",
    ];
    const NOUNS: [&str; 10] = [
        "案件",
        "プロジェクト",
        "プロダクト",
        "プロダクト開発",
        "タイトル",
        "作品",
        "製品",
        "サービス",
        "業務一覧",
        "アプリ",
    ];
    let outside = without_brackets(title);
    let title = outside.trim_matches(|sign: char| !sign.is_alphanumeric());
    if [
        "projects",
        "main projects",
        "key projects",
        "selected projects",
        "主な開発",
        "担当した開発",
        "関わった開発",
    ]
    .contains(&title.to_lowercase().as_str())
    {
        return true;
    }
    let lead = LEADS.iter().find_map(|lead| title.strip_prefix(lead));
    let bare = lead.unwrap_or(title);
    let end = ENDS.iter().find_map(|end| bare.strip_suffix(end));
    title == "プロダクト開発"
        || (lead.is_some() || end.is_some())
            && (NOUNS.contains(&bare) || end.is_some_and(|bare| NOUNS.contains(&bare)))
}

/// Returns whether a heading labels what was done at a job, and no one piece of it: 「代表的な取り組み」, 「主な仕事」.
pub(super) fn labels_deeds(title: &str) -> bool {
    const LEADS: [&str; 5] = ["主要な", "主な", "代表的な", "おもな", "具体的な"];
    const DEEDS: [&str; 15] = [
        "取り組み",
        "開発経験",
        "業務経験",
        "経験",
        "取組み",
        "取組",
        "仕事",
        "業務",
        "業務内容",
        "担当業務",
        "担当内容",
        "担当範囲",
        "活動",
        "開発内容",
        "担当",
    ];
    let outside = without_brackets(title);
    let title = outside.trim_matches(|sign: char| !sign.is_alphanumeric());
    let rest = LEADS.iter().find_map(|lead| title.strip_prefix(lead));
    rest.is_some_and(|rest| DEEDS.contains(&rest))
}

/// Returns whether a title names a part of any system and what was done to it, and no system: 「フロントエンド設計・実装」.
pub(super) fn names_area(title: &str) -> bool {
    const AREAS: &WordList = words![
        "フロントエンド",
        "バックエンド",
        "サーバーサイド",
        "サーバサイド",
        "インフラ",
        "データベース",
        "設計思想",
        "コードベース",
        "UI",
        "UX",
        "CI",
        "CD",
    ];
    const DEEDS: &WordList = words![
        "設計",
        "実装",
        "開発",
        "構築",
        "改善",
        "運用",
        "保守",
        "整備",
        "最適化",
        "強化",
        "向上",
        "自動化",
    ];
    let mut rest = title.trim();
    let mut has_area = false;
    loop {
        let before = rest;
        rest = rest.trim_start_matches([
            '・', '/', '／', '、', '&', '＆', 'の', 'と', ' ', '\u{3000}',
        ]);
        if let Some((0, word)) = AREAS.first_in(rest) {
            has_area = true;
            rest = &rest[word.len()..];
        } else if has_area && let Some((0, word)) = DEEDS.first_in(rest) {
            rest = &rest[word.len()..];
        }
        if rest.len() == before.len() {
            return has_area && rest.is_empty();
        }
    }
}

/// Returns whether a title says that it stands over a project, and not which: 「プロジェクト概要」, 「案件詳細」.
pub(super) fn is_general(title: &str) -> bool {
    let outside = without_brackets(title);
    let bare = outside.trim_matches(|sign: char| !sign.is_alphanumeric());
    let noun = ["プロジェクト", "案件", "開発", "業務", "PJ"]
        .iter()
        .find_map(|noun| bare.strip_prefix(noun));
    noun.is_some_and(|rest| {
        let rest = rest.trim_end_matches(|last: char| last.is_numeric() || last == ' ');
        matches!(rest, "" | "概要" | "名" | "名称" | "内容" | "詳細" | "情報")
    })
}

/// Takes label, tags, quotes and numbers off a title.
pub(in crate::resume) fn strip_title(text: &str) -> String {
    let text = strip_lead(text).trim();
    // 「同上 ポイント交換」: the client is the one of the row above.
    let text = text
        .strip_prefix("同上")
        .filter(|rest| rest.starts_with([' ', '\u{3000}', '、']))
        .map(|rest| rest.trim_matches([' ', '\u{3000}', '、']))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(text);
    let mut title = text;
    if let Some((label, at)) = split_label(text)
        && !text[at..].trim().is_empty()
    {
        let label: String = label
            .chars()
            .filter(|character| !character.is_numeric() && !character.is_whitespace())
            .collect();
        // 「案件A：受注管理の刷新」
        let label = label.trim_end_matches(|last: char| {
            last.is_ascii_uppercase() && !label.eq_ignore_ascii_case("pj")
        });
        let is_label = matches!(
            label,
            "案件"
                | "プロジェクト"
                | "案件名"
                | "プロジェクト名"
                | "業務内容"
                | "職歴"
                | "PJ"
                | "Project"
                | "業務"
                | "システム名"
                | "件名"
                | "名称"
        );
        if is_label {
            title = text[at..].trim();
        }
    }
    for lead in ["案件", "プロジェクト"] {
        if let Some(rest) = title.strip_prefix(lead)
            && let Some(inner) = rest.strip_prefix(['「', '『'])
        {
            title = inner.trim_end_matches(['」', '』']);
        }
    }
    let title = title.trim_matches(['*', ' ', '\u{3000}', ':', '：']);
    let whole = [('【', '】'), ('<', '>'), ('＜', '＞'), ('〈', '〉')]
        .into_iter()
        .find_map(|(open, close)| {
            let inner = title.strip_prefix(open)?.strip_suffix(close)?;
            (!inner.contains([open, close])).then_some(inner)
        });
    whole.unwrap_or(title).to_owned()
}

/// Returns whether a line consists of Latin names: 「Ruby 3.1 Rails 7 Elasticsearch」.
pub(super) fn is_tag_line(text: &str) -> bool {
    let text = text.trim();
    if text.contains(['。', '@']) || text.contains("://") || text.len() > 400 {
        return false;
    }
    let all = text.chars().filter(|character| character.is_alphanumeric());
    let latin = all.clone().filter(char::is_ascii_alphanumeric).count();
    let count = all.count();
    text.chars()
        .any(|character| character.is_ascii_alphabetic())
        && count >= 2
        && latin * 4 >= count * 3
}
