//! Names of places and schools, and kinds of employers, as far as a request needs to tell them from
//! employers' names.

use shokureki_index::lexicon::has_legal_form;
use shokureki_index::words;

/// Whether `word` names a place: 東京, 大阪府, 渋谷区.
pub(super) fn is_place(word: &str) -> bool {
    const LONGEST_CHARS: usize = 8;
    let is_known = words![
        "北海道",
        "青森",
        "岩手",
        "宮城",
        "秋田",
        "山形",
        "福島",
        "茨城",
        "栃木",
        "群馬",
        "埼玉",
        "千葉",
        "東京",
        "神奈川",
        "新潟",
        "富山",
        "石川",
        "福井",
        "山梨",
        "長野",
        "岐阜",
        "静岡",
        "愛知",
        "三重",
        "滋賀",
        "京都",
        "大阪",
        "兵庫",
        "奈良",
        "和歌山",
        "鳥取",
        "島根",
        "岡山",
        "広島",
        "山口",
        "徳島",
        "香川",
        "愛媛",
        "高知",
        "福岡",
        "佐賀",
        "長崎",
        "熊本",
        "大分",
        "宮崎",
        "鹿児島",
        "沖縄",
        "札幌",
        "仙台",
        "さいたま",
        "横浜",
        "川崎",
        "名古屋",
        "神戸",
        "堺",
        "北九州",
        "関東",
        "関西",
        "首都圏",
        "都内",
        "九州",
        "東北",
        "四国",
        "中国",
        "国内",
        "海外",
        "地方",
        "リモート"
    ]
    .has(word);
    let is_short = word.chars().count() <= LONGEST_CHARS;
    is_known || (is_short && words!["都", "道", "府", "県", "市", "区", "町", "村"].end(word))
}

/// Whether `word` ends as the names of schools do: 架空大学.
pub(super) fn is_school(word: &str) -> bool {
    words![
        "大学",
        "大学院",
        "高専",
        "高等専門学校",
        "専門学校",
        "高校",
        "高等学校"
    ]
    .end(word)
}

/// Whether `word` is a kind of employers instead of one employer's name: 銀行, SIer, 受託開発企業.
///
/// Résumés that leave an employer's name out say so instead.
pub(in crate::search) fn is_kind_of_employer(word: &str) -> bool {
    let is_known = words![
        "役場",
        "役所",
        "市役所",
        "区役所",
        "町役場",
        "村役場",
        "県庁",
        "官公庁",
        "自治体",
        "公務員",
        "銀行",
        "地方銀行",
        "地銀",
        "メガバンク",
        "信用金庫",
        "金融",
        "金融機関",
        "病院",
        "商社",
        // Normalized text has no mark at the end of such words.
        "メーカ",
        "製造業",
        "広告代理店",
        "出版社",
        "新聞社",
        "放送局",
        "テレビ局",
        "研究所",
        "工場",
        "コンサル",
        "コンサルティングファーム",
        "スタートアップ",
        "ベンチャ",
        "大手",
        "外資",
        "sier",
        "ses",
        "web系"
    ]
    .has(word);
    is_known || (words!["会社", "企業"].end(word) && !has_legal_form(word))
}
