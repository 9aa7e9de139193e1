//! Names that stand behind others, who are the subject of what is done with them: 「委託先が NAME で作り」.

use shokureki_index::words;

use super::party::{MAX_CLAUSE_CHARS, MAX_CONTENT_CHARS};

/// 「別チームの NAME。」「委託先が NAME で作り」: `lead`, the others, `between`, the name, `rest`.
pub(super) fn behind_others(lead: &str, between: &str, rest: &str) -> bool {
    let lead = lead
        .trim_end()
        .trim_end_matches('、')
        .trim_end_matches("社内の");
    let is_attribute = lead.ends_with('は');
    let opens = lead.is_empty() || lead.ends_with(['。', '、', '（', '(', ')', '）', ';']);
    let rest = rest.trim_start();
    let after_name = rest;
    let gap = between.trim();
    if is_their_charge(gap, rest) {
        return true;
    }
    if opens && is_their_part(gap, rest) {
        return true;
    }
    // 「先方の NAME 製」
    let rest_of_make = rest.strip_prefix('製').unwrap_or(rest);
    if matches!(gap, "の" | "製の" | "側の") {
        let rest = rest_of_make;
        // 「予約サイト（別会社の NAME 製）との連携」
        let is_bracketed = lead.ends_with(['（', '(']) && words!["製）", "製)"].begin(after_name);
        return is_bracketed
            || is_attribute
                && (rest.is_empty()
                    || words!["。", "、", "で、", "です", "）", ")"].begin(rest)
                    || rest_of_make.len() < after_name.len()
                        && words!["パッケージで", "製品で", "システムで", "サービスで"]
                            .begin(rest));
    }
    let Some(content) = gap.strip_prefix(['が', 'は']) else {
        // 「大学のゼミ（Python、NAME）」
        let is_list = |text: &str| {
            !text.contains(|sign: char| ('ぁ'..='ん').contains(&sign) || "）)。".contains(sign))
        };
        let is_bracketed = gap
            .split_once(['(', '（'])
            .filter(|(_, list)| is_list(list))
            .is_some_and(|(gap, _)| matches!(gap.trim(), "" | "の担当" | "が担当" | "担当" | "製"));
        // 「クライアントチーム（NAME）と連携」
        let made = words!["で開発", "で実装", "で構築"];
        let rest = made.first_of(rest).map_or(rest, |made| &rest[made.len()..]);
        let is_partner = rest.strip_prefix([')', '）']).is_some_and(|rest| {
            words![
                "と連携",
                "と協力",
                "とやり",
                "と調整",
                "との窓口",
                "との調整",
                "との折衝",
                "とのやり",
                "との連携",
                "に渡",
                "へ渡",
                "に提供",
                "と意見",
                "と相談",
                "と議論",
                "と会話",
            ]
            .begin(rest)
        });
        return is_bracketed && (is_attribute || is_partner || (opens && gap.contains("担当")));
    };
    if is_left_and_dropped(content, rest) || content.is_empty() && is_part_of_theirs(rest) {
        return true;
    }
    // 「あちらは NAME。」「先方は NAME で、」
    let is_theirs = opens
        && gap == "は"
        && (rest_of_make.is_empty()
            || words!["。", "で、", "です", "）", ")", "だ", "、こちら", "、私"]
                .begin(rest_of_make));
    if is_theirs {
        return true;
    }
    let is_own = content.chars().count() > MAX_CONTENT_CHARS
        || content.contains(['、', '。', 'は', 'が', 'を', 'た', '（', '('])
        || rest.contains("引き継");
    !is_own && is_used_by_them(rest, content.is_empty())
}

/// Returns whether a name is what their part is made with: 「先方の開発は NAME」 in a bracket or alone.
fn is_their_part(gap: &str, rest: &str) -> bool {
    let part = gap
        .strip_prefix('の')
        .and_then(|gap| gap.strip_suffix('は'));
    part.is_some_and(|part| {
        words!["開発", "実装", "画面", "側", "環境", "基盤", "システム"].end(part)
    }) && (rest.is_empty() || words!["。", "）", ")", "で、", "です", "だ"].begin(rest))
}

/// Returns whether what others left behind was thrown away: 「前任者が残したNAMEのテストを捨て」.
fn is_left_and_dropped(content: &str, rest: &str) -> bool {
    let is_left = words!["残した", "作った", "書いた", "組んだ", "入れた", "導入した"].end(content);
    let clause = rest.split('、').next().unwrap_or(rest);
    is_left
        && ["捨て", "破棄", "削除", "撤去"]
            .iter()
            .any(|word| clause.contains(word))
}

/// Returns whether a part of the name's work is what its subject does: 「後輩が NAME の画面を担当し」.
fn is_part_of_theirs(rest: &str) -> bool {
    rest.strip_prefix('の')
        .and_then(|rest| rest.split_once('を'))
        .is_some_and(|(part, verb)| {
            part.chars().count() <= MAX_CONTENT_CHARS
                && !part.contains(['、', '。', 'は', 'が', 'に'])
                && words![
                    "担当し",
                    "担当、",
                    "担当。",
                    "実装し",
                    "開発し",
                    "作り",
                    "作っ",
                    "作成し",
                    "書い",
                    "書き、"
                ]
                .begin(verb)
        })
}

/// Returns whether a bracket behind others gives each of them a name: 「協力会社2社（NAME担当、NAME担当）」.
fn is_their_charge(gap: &str, rest: &str) -> bool {
    gap.split_once(['(', '（']).is_some_and(|(count, inside)| {
        let is_count = count
            .trim_end_matches(['社', '名', '人'])
            .chars()
            .all(char::is_numeric);
        is_count && rest.starts_with("担当") && !inside.contains([')', '）'])
    })
}

/// Returns whether a clause tells of the use by its subject: 「で作り」「を採用しており」.
fn is_used_by_them(rest: &str, is_direct: bool) -> bool {
    if let Some(object) = rest.strip_prefix('を') {
        let is_lasting =
            |verb: &str| words!["して", "し、", "する方針", "していた", "済"].begin(verb);
        return is_direct
            && words![
                "使",
                "推し",
                "推す",
                "勧め",
                "薦め",
                "書いて",
                "書き、",
                "触って",
                "扱って",
                "担当し",
                "担当。",
                "担当、",
                "実装し",
                "開発し",
            ]
            .begin(object)
            || ["採用", "導入", "利用", "使用", "運用"]
                .iter()
                .any(|word| object.strip_prefix(word).is_some_and(is_lasting));
    }
    let is_change = words![
        "に書き換",
        "に置き換",
        "に移行",
        "に移し",
        "へ移行",
        "に刷新",
        "化し",
    ]
    .begin(rest);
    if is_change {
        return true;
    }
    // 「環境は SRE が NAME 上に用意」
    if let Some(made) = rest.strip_prefix("上に") {
        return is_direct && words!["用意", "構築", "作", "準備", "展開"].begin(made);
    }
    let Some(tool) = rest.strip_prefix('で') else {
        return false;
    };
    if tool.starts_with("き") {
        return false;
    }
    is_direct || {
        let verb: String = tool.chars().take(MAX_CLAUSE_CHARS / 2).collect();
        words![
            "作", "書", "開発", "構築", "実装", "運用", "組", "設計", "実施", "行",
        ]
        .is_in(&verb)
    }
}
