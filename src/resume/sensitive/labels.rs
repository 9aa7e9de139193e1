//! Labels and headings of matters that must not be collected.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use shokureki_index::analysis::WordList;
use shokureki_index::words;

use super::Matter;
use crate::resume::identity::labels_person;
use crate::resume::label::folded;

/// A label as it was recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) matter: Matter,
    /// Whether the label may as well be one of work: 「健康」, 「障害」, 「家族」.
    pub(super) is_doubtful: bool,
}

/// Labels, folded, that name a matter wherever they stand.
const CLEAR: &[(Matter, &[&str])] = &[
    (
        Matter::Origin,
        &[
            "本籍",
            "本籍地",
            "本籍住所",
            "本籍都道府県",
            "出生地",
            "出身地",
            "出身都道府県",
            "出身県",
            "出生",
            "故郷",
            "門地",
            "社会的身分",
            "birthplace",
            "placeofbirth",
            "hometown",
        ],
    ),
    (
        Matter::Nationality,
        &["国籍", "国籍地域", "nationality", "citizenship"],
    ),
    (
        Matter::Family,
        &[
            "家族構成",
            "家族状況",
            "家族関係",
            "家族欄",
            "家族の職業",
            "家族の職業続柄",
            "家族氏名",
            "同居家族",
            "家庭環境",
            "家庭状況",
            "家庭の状況",
            "配偶者",
            "配偶者の扶養義務",
            "配偶者扶養義務",
            "扶養家族",
            "扶養家族数",
            "扶養家族配偶者を除く",
            "扶養義務",
            "扶養人数",
            "扶養親族",
            "婚姻",
            "婚姻状況",
            "婚姻歴",
            "結婚歴",
            "未婚既婚",
            "既婚未婚",
            "既婚",
            "未婚",
            "独身",
            "父の職業",
            "母の職業",
            "両親の職業",
            "親の職業",
            "保護者の職業",
            "兄弟姉妹",
            "maritalstatus",
            "spouse",
            "dependents",
            "familymembers",
        ],
    ),
    (
        Matter::Dwelling,
        &[
            "住居環境",
            "住居形態",
            "住居状況",
            "住宅状況",
            "住宅環境",
            "住居の種類",
            "住宅の種類",
            "間取り",
            "居住形態",
            "持ち家賃貸",
            "持家賃貸",
        ],
    ),
    (
        Matter::Religion,
        &[
            "信仰",
            "信仰宗教",
            "信仰する宗教",
            "宗旨",
            "信教",
            "宗教宗派",
            "宗教信条",
            "宗教思想",
            "宗教思想信条",
            "宗教政治",
            "religion",
        ],
    ),
    (
        Matter::Beliefs,
        &[
            "思想信条",
            "信条思想",
            "支持政党",
            "支持する政党",
            "政治信条",
            "政治思想",
            "政治的立場",
            "政治的信条",
            "政治観",
            "人生観",
            "人生観生活信条",
            "生活信条",
            "宗教観",
            "愛読書",
            "愛読紙",
            "愛読誌",
            "購読新聞",
            "購読紙",
            "購読誌",
            "購読雑誌",
            "購読新聞雑誌",
            "尊敬する人物",
            "尊敬する人",
            "politicalviews",
            "politicalaffiliation",
            "politicalparty",
        ],
    ),
    (
        Matter::Movements,
        &[
            "労働組合歴",
            "労働組合加入",
            "労働組合への加入",
            "労働組合加入状況",
            "労働組合の加入状況",
            "労働組合活動",
            "労組加入",
            "労組活動",
            "組合歴",
            "組合加入",
            "学生運動",
            "学生運動歴",
            "学生運動社会運動",
            "社会運動歴",
            "市民運動",
            "unionmembership",
            "tradeunionmembership",
        ],
    ),
    (
        Matter::Health,
        &[
            "病歴",
            "既往歴",
            "既往症",
            "持病",
            "持病通院",
            "現病歴",
            "通院歴",
            "通院状況",
            "治療歴",
            "健康状態",
            "健康状況",
            "健康診断結果",
            "健診結果",
            "心身の状態",
            "心身の状況",
            "身体状況",
            "障害の有無",
            "障害名",
            "障害種別",
            "障害の種別",
            "障害の種類",
            "障害の内容",
            "障害等級",
            "障害の等級",
            "障害の程度",
            "障害の状況",
            "障害特性",
            "障害者手帳",
            "身体障害者手帳",
            "精神障害者保健福祉手帳",
            "精神障害者手帳",
            "療育手帳",
            "障害者手帳の等級",
            "手帳等級",
            "healthstatus",
            "healthcondition",
            "medicalhistory",
            "disability",
            "disabilities",
        ],
    ),
    (
        Matter::Crime,
        &[
            "犯罪歴",
            "犯罪経歴",
            "前科",
            "前科前歴",
            "逮捕歴",
            "補導歴",
            "刑事罰",
            "非行歴",
            "criminalrecord",
            "criminalhistory",
        ],
    ),
];

/// Labels, folded, that name a matter where nothing around them is work.
const DOUBTFUL: &[(Matter, &[&str])] = &[
    (Matter::Origin, &["出身", "生まれ", "born"]),
    (
        Matter::Family,
        &[
            "家族",
            "家庭",
            "扶養",
            "結婚",
            "子ども",
            "子供",
            "続柄",
            "兄弟",
            "両親",
            "family",
            "children",
        ],
    ),
    (Matter::Dwelling, &["住居", "住宅", "資産", "資産状況"]),
    (Matter::Religion, &["宗教", "宗派"]),
    (Matter::Beliefs, &["思想", "政治活動"]),
    (
        Matter::Movements,
        &["労働組合", "労組", "組合活動", "社会運動"],
    ),
    (
        Matter::Health,
        &[
            "健康",
            "健康面",
            "健康診断",
            "通院",
            "服薬",
            "障害",
            "障がい",
            "障碍",
            "身体",
            "アレルギー",
            "health",
        ],
    ),
];

/// What labels have around the word that names the matter.
const ENDINGS: &WordList = words![
    "について",
    "に関して",
    "に関すること",
    "に関する事項",
    "のこと",
    "の有無",
    "有無",
    "の状況",
    "の詳細",
    "欄",
    "等",
    "など",
    "情報",
];

/// The same in front of it.
const BEGINNINGS: &WordList = words![
    "私の",
    "わたしの",
    "自分の",
    "本人の",
    "現在の",
    "ご",
    "主な"
];

/// Words of the right to work, which may be asked for.
const WORKING_RIGHT: &WordList = words!["在留", "就労", "ビザ", "visa", "Visa", "VISA", "永住"];

/// Characters that a label may have.
const MAX_CHARS: usize = 24;

static BY_LABEL: LazyLock<HashMap<&'static str, Named>> = LazyLock::new(|| {
    let of = |lists: &'static [(Matter, &[&'static str])], is_doubtful| {
        lists.iter().flat_map(move |(matter, labels)| {
            let matter = *matter;
            let named = Named {
                matter,
                is_doubtful,
            };
            labels.iter().map(move |label| (*label, named))
        })
    };
    of(CLEAR, false).chain(of(DOUBTFUL, true)).collect()
});

/// The first letters of labels.
static FIRST: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let words = BY_LABEL.keys().copied().chain(BEGINNINGS.iter());
    words.filter_map(|word| word.chars().next()).collect()
});

/// Returns whether a label may begin where `text` does; of some texts that none does, too.
pub(super) fn may_begin(text: &str) -> bool {
    let first = text.chars().find(|sign| sign.is_alphabetic());
    first.is_some_and(|first| FIRST.contains(&first.to_ascii_lowercase()))
}

/// Returns the matter that a label or heading names and nothing else.
///
/// 「本　籍」, 「■家族構成（同居）」, 「5. 思想・信条について」, 「本籍・現住所」.
pub(super) fn named(label: &str) -> Option<Named> {
    if label.len() > MAX_CHARS * 4 || label.chars().count() > MAX_CHARS {
        return None;
    }
    if WORKING_RIGHT.is_in(label) {
        return None;
    }
    let label = label.trim_start_matches(|sign: char| !sign.is_alphabetic());
    of_folded(&folded(label)).or_else(|| {
        let parts = || label.split(['・', '/', '／', '、', ',', '，', '&', '＆', 'と']);
        let named = || parts().filter_map(|part| of_folded(&folded(part)));
        // 「国籍、性別を問わず」 labels nothing.
        let is_label = |part: &str| of_folded(&folded(part)).is_some() || labels_person(part);
        let first = named()
            .find(|named| !named.is_doubtful)
            .or_else(|| named().next())?;
        (parts().count() >= 2 && parts().all(is_label)).then_some(first)
    })
}

fn of_folded(label: &str) -> Option<Named> {
    let begin = BEGINNINGS.first_of(label).map_or(0, str::len);
    let bare = &label[begin..];
    let end = ENDINGS
        .longest_last_of(bare)
        .map_or(bare.len(), |ending| bare.len() - ending.len());
    [label, bare, &bare[..end]]
        .into_iter()
        .find_map(|label| BY_LABEL.get(label).copied())
}

/// Returns where in `value`, that of a label of `matter`, begins what may be collected; its length where
/// nothing is.
///
/// 「国籍: ベトナム（在留資格: 永住者）」
pub(super) fn until_working_right(matter: Matter, value: &str) -> usize {
    if matter != Matter::Nationality {
        return value.len();
    }
    let Some((at, _)) = WORKING_RIGHT.first_in(value) else {
        return value.len();
    };
    let is_sign = |sign: char| "（(、,，/／｜|・ 　".contains(sign);
    value[..at].rfind(is_sign).unwrap_or(at)
}

/// Returns whether the value of a doubtful label shows that it is about the person.
pub(super) fn is_of_person(matter: Matter, value: &str) -> bool {
    const SCHOOLS: &WordList = words![
        "大学", "高校", "高専", "学校", "学部", "学科", "学院", "研究", "会社", "業界", "社",
    ];
    const WORK: &WordList = words![
        "システム",
        "サイト",
        "アプリ",
        "サービス",
        "開発",
        "構築",
        "設計",
        "実装",
        "保守",
        "運用",
        "向け",
        "機能",
        "案件",
        "管理",
        "対応",
        "改修",
        "検知",
        "復旧",
        "原因",
        "ログ",
        "監視",
    ];
    if WORK.is_in(value) {
        return false;
    }
    match matter {
        Matter::Origin => !SCHOOLS.is_in(value),
        // What goes wrong in a system is 障害, too.
        Matter::Health => {
            const STATES: &WordList = words![
                "なし", "無", "有", "あり", "良好", "問題", "異常", "級", "手帳", "診断", "治療",
                "通院", "所見", "健康", "身体", "精神", "聴覚", "視覚", "内部", "発達", "知的",
                "上肢", "下肢", "病", "症", "特に", "判定", "薬", "Good", "good",
            ];
            STATES.is_in(value)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(label: &str, expected: Option<(Matter, bool)>) {
        let named = named(label).map(|named| (named.matter, named.is_doubtful));
        assert_eq!(named, expected, "{label}");
    }

    #[test]
    fn labels_name_a_matter_and_nothing_else() {
        check("本籍", Some((Matter::Origin, false)));
        check("本　籍　地", Some((Matter::Origin, false)));
        check("【本籍】", Some((Matter::Origin, false)));
        check("■ 家族構成（同居）", Some((Matter::Family, false)));
        check("5. 思想・信条について", Some((Matter::Beliefs, false)));
        check("６．信仰する宗教", Some((Matter::Religion, false)));
        check("本籍・現住所", Some((Matter::Origin, false)));
        check("国籍／宗教", Some((Matter::Nationality, false)));
        check("障がいの有無", Some((Matter::Health, true)));
        check("Marital status", Some((Matter::Family, false)));
        check("健康・通院", Some((Matter::Health, true)));
        check("愛読書", Some((Matter::Beliefs, false)));
    }

    #[test]
    fn labels_of_work_name_none() {
        for label in [
            "設計思想",
            "信条",
            "私の信条",
            "仕事の信条",
            "障害対応",
            "障害件数",
            "健康診断システム",
            "健康保険組合",
            "組合員管理",
            "戸籍システム",
            "家族向けアプリ",
            "宗教法人",
            "国籍・在留資格",
            "国籍（在留資格）",
            "現住所",
            "出身校",
            "健康と生産性",
            "国籍、性別を問わず",
            "国籍・年齢不問",
            "住居・不動産",
            "病院",
            "住宅ローン",
            "",
        ] {
            check(label, None);
        }
    }

    #[test]
    fn the_right_to_work_may_be_told() {
        let value = "ベトナム（在留資格: 永住者）";
        assert_eq!(
            &value[..until_working_right(Matter::Nationality, value)],
            "ベトナム"
        );
        let value = "日本";
        assert_eq!(until_working_right(Matter::Nationality, value), value.len());
    }
}
