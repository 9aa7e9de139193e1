//! Words that are written in several ways: with more and with less okurigana (組み込み, 組込み,
//! 組込), and katakana words with two usual forms. A query is looked for in all of them, so the index
//! holds each text as it is written and grows by nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A line for each word, its spellings or stems between spaces; made by `okurigana.py` beside it.
const OKURIGANA: &str = include_str!("../../dictionary/okurigana.txt");

/// Katakana words that are written in two ways, long marks at their ends aside.
const KATAKANA: &[&[&str]] = &[
    &[
        "インターフェース",
        "インタフェース",
        "インターフェイス",
        "インタフェイス",
    ],
    &["マネージャ", "マネジャ"],
    &["マネージメント", "マネジメント"],
    &["シミュレーション", "シュミレーション"],
    &["シミュレータ", "シュミレータ"],
    &["コミュニケーション", "コミニュケーション"],
    &["ソフトウェア", "ソフトウエア"],
    &["ハードウェア", "ハードウエア"],
    &["ミドルウェア", "ミドルウエア"],
    &["ファームウェア", "ファームウエア"],
    &["グループウェア", "グループウエア"],
    &["リポジトリ", "レポジトリ"],
    &["デジタル", "ディジタル"],
    &["リプレイス", "リプレース"],
    &["ヴァイオリン", "バイオリン"],
];

/// Words for one thing, one of which an engineer's résumé has and the other a request.
const ALIKE: &[&[&str]] = &[
    &["フリーランス", "個人事業主", "個人事業", "自営業"],
    &["汎用機", "メインフレーム"],
    &["オンプレミス", "オンプレ"],
    &["バックエンド", "サーバーサイド", "サーバサイド"],
    &["スマートフォン", "スマホ"],
    &[
        "レコメンド",
        "レコメンデーション",
        "リコメンド",
        "推薦",
        "おすすめ",
    ],
    &[
        "ecサイト",
        "通販サイト",
        "ネットショップ",
        "オンラインショップ",
    ],
    &["データ基盤", "分析基盤", "データ分析基盤"],
    &["テスト自動化", "自動テスト"],
    &["脆弱性診断", "セキュリティ診断"],
    &["サブスクリプション", "サブスク", "定期購入"],
    &["コールセンタ", "コンタクトセンタ"],
    &["不正検知", "不正検出"],
];

/// Longest spelling that is looked for.
const MAX_SPELLING_CHARS: usize = 12;

/// Most further spellings of a text: a query of many such words is not looked for in all products.
const MAX_SPELLINGS: usize = 8;

/// By spelling: the others of the same word.
static OTHERS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut others: HashMap<&str, Vec<&str>> = HashMap::new();
    let written = OKURIGANA.lines().map(|line| line.split(' ').collect());
    let katakana = KATAKANA.iter().chain(ALIKE).map(|group| group.to_vec());
    for group in written.chain(katakana) {
        let group: Vec<&'static str> = group;
        for &spelling in &group {
            let known = others.entry(spelling).or_default();
            for &other in group.iter().filter(|&&other| other != spelling) {
                if !known.contains(&other) {
                    known.push(other);
                }
            }
        }
    }
    others
});

/// Returns the other spellings of a normalized text, none of them twice nor the text itself.
pub(super) fn other_spellings(text: &str) -> Vec<String> {
    let mut spellings = vec![String::new()];
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let Some((spelling, others)) = spelling_at(&text[at..]) else {
            spellings.iter_mut().for_each(|spelling| spelling.push(c));
            at += c.len_utf8();
            continue;
        };
        let room = (MAX_SPELLINGS + 1) / spellings.len();
        let begun = spellings.clone();
        spellings
            .iter_mut()
            .for_each(|so_far| so_far.push_str(spelling));
        for other in others.iter().take(room.saturating_sub(1)) {
            spellings.extend(begun.iter().map(|so_far| format!("{so_far}{other}")));
        }
        at += spelling.len();
    }
    spellings.retain(|spelling| spelling != text);
    spellings.sort_unstable();
    spellings.dedup();
    spellings
}

/// The longest spelling that `text` begins with, and the others of its word.
fn spelling_at(text: &str) -> Option<(&str, &'static [&'static str])> {
    let ends: Vec<usize> = text
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(MAX_SPELLING_CHARS)
        .collect();
    ends.into_iter().skip(1).rev().find_map(|end| {
        let others = OTHERS.get(&text[..end])?;
        Some((&text[..end], others.as_slice()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::normalize;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = other_spellings(text);
        for expected in expected {
            assert!(found.iter().any(|f| f == expected), "{expected}: {found:?}");
        }
        assert!(found.len() <= MAX_SPELLINGS && !found.iter().any(|f| f == text));
    }

    #[test]
    fn okurigana_is_written_more_or_less() {
        check("引越し", &["引っ越し", "引越"]);
        check("引っ越し", &["引越し", "引越"]);
        check("組込ソフト", &["組み込みソフト", "組込みソフト"]);
        check("組み込んだ", &["組込んだ"]);
        check("取扱い", &["取り扱い"]);
        check("問い合わせ対応", &["問合せ対応", "問合わせ対応"]);
        check("打合せ", &["打ち合わせ"]);
        check("受入テスト", &["受け入れテスト"]);
        check("立ち上げ", &["立上げ"]);
    }

    #[test]
    fn words_of_one_spelling_have_no_other() {
        assert!(other_spellings("設計").is_empty());
        assert!(other_spellings("上下").is_empty());
        assert!(other_spellings("サーバ").is_empty());
        assert!(other_spellings("").is_empty());
    }

    #[test]
    fn katakana_words_have_two_forms() {
        check("ユーザインタフェース", &["ユーザインターフェース"]);
        check("プロジェクトマネジャ", &["プロジェクトマネージャ"]);
    }

    #[test]
    fn many_such_words_have_few_spellings() {
        let text = "引越し組込み取扱い問合せ打合せ".repeat(8);
        assert!(other_spellings(&text).len() <= MAX_SPELLINGS);
    }

    #[test]
    fn the_spellings_are_normalized() {
        for spelling in OTHERS.keys().chain(OTHERS.values().flatten()) {
            assert_eq!(normalize(spelling).as_str(), *spelling);
        }
    }
}
