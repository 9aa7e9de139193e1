//! Words that say about the same as, or a part of, what a request asks for: who has only these is found
//! behind who has the word itself.

use shokureki_index::analysis::normalized_key;

/// Words that are asked for, and what also tells of them, between spaces.
const NEAR: [(&str, &str); 20] = [
    (
        "フリーランス 個人事業主 個人事業",
        "フリーランス 個人事業 業務委託",
    ),
    ("SES", "客先常駐 常駐先 SES事業"),
    (
        "組込み 組み込み 組込",
        "組込み ファームウェア マイコン RTOS",
    ),
    ("物流", "物流 配送 配車 倉庫 輸送"),
    ("医療", "医療 病院 診療 電子カルテ"),
    ("金融", "金融 銀行 証券 保険 融資 信用金庫"),
    ("EC ECサイト", "ECサイト 通販 ネットショップ EC-CUBE"),
    ("通販", "ECサイト ネットショップ"),
    ("決済", "決済 課金"),
    ("バックエンド", "サーバーサイド"),
    ("サーバーサイド サーバサイド", "バックエンド"),
    (
        "バックエンドエンジニア サーバーサイドエンジニア",
        "バックエンド サーバーサイド",
    ),
    ("フロントエンドエンジニア", "フロントエンド"),
    ("インフラエンジニア", "インフラ サーバー構築"),
    ("データサイエンティスト", "機械学習 データ分析"),
    ("不動産", "不動産 賃貸 物件"),
    ("教育", "教育 学習塾 教材 学校"),
    ("公共 官公庁 自治体", "自治体 官公庁 市役所 県庁 町役場"),
    ("旅行", "旅行 宿泊 旅館 ホテル"),
    ("人材", "求人 人材紹介 人材派遣"),
];

/// Returns the words that come near `word`, which is asked for.
pub(in crate::search) fn near(word: &str) -> impl Iterator<Item = &'static str> {
    let asked = normalized_key(word);
    let found = NEAR
        .iter()
        .find(|(words, _)| words.split(' ').any(|word| normalized_key(word) == asked));
    found.into_iter().flat_map(|(_, near)| near.split(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_others_that_come_near_it() {
        let ses: Vec<&str> = near("ＳＥＳ").collect();
        assert_eq!(ses, ["客先常駐", "常駐先", "SES事業"]);
        assert_eq!(near("サーバサイド").collect::<Vec<_>>(), ["バックエンド"]);
        assert_eq!(near("客先常駐").count(), 0);
    }
}
