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

/// Whether `word` is what somebody was or learnt, or as what they were employed, and no employer: 営業, 教師,
/// 理系, 工学部, 派遣.
pub(super) fn is_occupation(word: &str) -> bool {
    words![
        "師",
        "士",
        "員",
        "者",
        "官",
        "マン",
        "デザイナ",
        "エンジニア",
        "プログラマ",
        "コンサルタント",
        "マネージャ",
        "ディレクタ",
        "オペレータ",
        "ライタ",
        "アナリスト",
        "派遣",
        "業務委託",
        "フリーランス",
        "アルバイト",
        "パート",
        "インターン",
        "副業",
        "新卒",
        "中途",
        "営業",
        "営業職",
        "事務",
        "事務職",
        "経理",
        "総務",
        "人事",
        "広報",
        "販売職",
        "接客",
        "研究職",
        "総合職",
        "技術職",
        "系",
        "学部",
        "学科",
        "専攻",
    ]
    .end(word)
}

/// Whether two words are one for the contract that somebody is employed by: 契約社員, 派遣社員.
pub(super) fn is_employed_as(word: &str, behind: &str) -> bool {
    behind == "社員"
        && words![
            "契約", "正", "派遣", "嘱託", "準", "会", "一般", "新入", "元"
        ]
        .end(word)
}

/// The name that an employer has no more: ヨルノパン of 旧ヨルノパン. `None` for what is only old: 旧システム.
pub(in crate::search) fn former_employer(word: &str) -> Option<&str> {
    const LEAST_CHARS: usize = 3;
    let name = word.strip_prefix('旧')?;
    let is_name = name.starts_with(|first| matches!(first, 'ァ'..='ヺ' | 'a'..='z' | 'A'..='Z'))
        || has_legal_form(name);
    let is_thing = words![
        "システム",
        "サーバ",
        "サービス",
        "バージョン",
        "アプリ",
        "データ",
        "サイト",
        "ドメイン",
        "プラットフォーム",
        "フレームワーク",
        "ネットワーク",
        "インフラ",
        "アーキテクチャ",
        "ライブラリ"
    ]
    .begin(name);
    (is_name && !is_thing && name.chars().count() >= LEAST_CHARS).then_some(name)
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
        "メガベンチャ",
        "大手",
        "外資",
        "外資系",
        "日系",
        "sier",
        "siベンダ",
        "ses",
        "受託",
        "受託開発",
        "自社開発",
        "自社サービス",
        "web系",
        "it系",
        "通信キャリア",
        "監査法人",
        "シンクタンク"
    ]
    .has(word);
    let ends = words![
        "会社",
        "企業",
        "商社",
        "メーカ",
        "ベンチャ",
        "ファーム",
        "代理店",
        "事務所",
        "sier"
    ];
    is_known || (ends.end(word) && !has_legal_form(word))
}
