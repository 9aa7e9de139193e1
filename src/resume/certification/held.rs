//! What a text by a certificate's name shows: that it is one, that it is not held, that it is none.

use shokureki_index::analysis::WordList;
use shokureki_index::lexicon::Lexicon;
use shokureki_index::words;

use super::super::education::school::names_school_surely;

/// Returns whether a text says that the certificate is not held: planned, failed, not yet passed.
pub(super) fn is_not_held(text: &str) -> bool {
    const WORDS: &WordList = words![
        "勉強中",
        "学習中",
        "勉強して",
        "学習して",
        "取得予定",
        "受験予定",
        "受検予定",
        "受講予定",
        "合格予定",
        "挑戦予定",
        "受験する予定",
        "受ける予定",
        "取得する予定",
        "取得見込",
        "合格見込",
        "受験中",
        "取得中",
        "受講中",
        "未取得",
        "未受験",
        "未合格",
        "不合格",
        "再挑戦",
        "挑戦中",
        "挑戦した",
        "挑戦して",
        "持っていません",
        "持ってません",
        "持っておりません",
        "持っていない",
        "保有していません",
        "保有しておりません",
        "取得していません",
        "取得しておりません",
        "ありません",
        "ございません",
        "取れません",
        "取れなか",
        "取れていません",
        "取っていません",
        "受けたことが",
        "受けたことは",
        "受けていません",
        "受かりません",
        "受からな",
        "落ちた",
        "落ちま",
        "落ちて",
        "目指し",
        "目指す",
        "めざし",
        "目標",
        "取得したい",
        "取りたい",
        "受けたい",
        "受験したい",
        "受験します",
        "つもり",
        "申込",
        "申し込み",
        "準備中",
        "検討中",
        "結果待ち",
        "受験するか",
        "受けるか",
        "取るか検討",
        "TODO",
    ];
    const LATIN: &WordList = words![
        "in progress",
        "planned",
        "planning",
        "expected",
        "preparing",
        "studying",
        "not yet",
        "to be taken",
    ];
    let lower = text.to_ascii_lowercase();
    WORDS.is_in(text) || LATIN.is_in(&lower) || is_lacking(text)
}

/// Returns whether a text ends in that there is none: 「普通免許なし（2012年返納）」.
fn is_lacking(text: &str) -> bool {
    let bare = super::super::bracket::without_brackets(text);
    let bare = bare.trim_end();
    ["なし", "無し", "返納済み"]
        .iter()
        .filter_map(|word| bare.strip_suffix(word))
        .any(|lead| {
            !words![
                "予定", "期限", "更新", "失効", "条件", "制限", "違反", "番号"
            ]
            .end(lead)
        })
}

/// Returns whether a cell of a date or a state says that the certificate is still to come.
pub(super) fn is_state_to_come(text: &str) -> bool {
    let rest = text.replace("更新予定", "").replace("予定なし", "");
    let bare = rest.trim();
    is_not_held(text)
        || rest.contains("予定")
        || rest.contains("見込")
        || matches!(bare, "×" | "✗" | "✕" | "未" | "否" | "不可" | "□" | "☐")
}

/// Returns whether a text is about a prize or a membership, or about nothing at all.
pub(super) fn is_no_certificate(text: &str) -> bool {
    const WORDS: &WordList = words![
        "社内検定",
        "社内資格",
        "優勝",
        "入賞",
        "佳作",
        "受賞",
        "最優秀",
        "優秀賞",
        "奨励賞",
        "アワード",
        "表彰",
        "会員",
        "特になし",
        "特に無し",
        "特にな",
        "該当なし",
        "お話しします",
        "編集",
        "登壇",
        "寄稿",
        "執筆",
        "共著",
        "最終更新",
        "更新日",
        "作成日",
    ];
    // 「情報処理安全確保支援士（登録番号は省略）」 is one all the same.
    let bare = super::super::bracket::without_brackets(text);
    WORDS.is_in(text)
        || words!["省略", "割愛"].is_in(&bare)
        || text.ends_with('賞')
        || text.to_ascii_lowercase().contains("award")
}

/// 「2012年3月 ○○大学 卒業」, 「○○専門学校 △△科」 in a list of schools and certificates.
pub(super) fn names_school(text: &str) -> bool {
    let has_school = names_school_surely(text) || words!["小学校", "中学校", "研究科"].is_in(text);
    has_school
        && !words![
            "免許", "検定", "認定", "資格", "試験", "講習", "講座", "協会",
        ]
        .is_in(text)
}

/// Returns whether a text has a word that names of certificates end with or begin with.
pub(in super::super) fn has_certificate_word(text: &str) -> bool {
    const WORDS: &WordList = words![
        "技術者",
        "試験",
        "検定",
        "認定",
        "免許",
        "免状",
        "資格",
        "スペシャリスト",
        "アソシエイト",
        "プロフェッショナル",
        "ファンデーション",
        "ファンダメンタル",
        "エキスパート",
        "プラクティショナー",
        "パスポート",
        "シスアド",
        "主任者",
        "取扱者",
        "取扱責任者",
        "作業主任",
        "操縦者",
        "工事担任者",
        "技能講習",
        "特別教育",
        "修了証",
        "簿記",
        "アドミニストレータ",
    ];
    const LATIN: &WordList = words![
        "certified",
        "certification",
        "certificate",
        "associate",
        "professional",
        "foundation",
        "fundamentals",
        "specialist",
        "practitioner",
        "license",
        "licence",
        "toeic",
        "toefl",
        "ielts",
        "expert",
        "bronze",
        "silver",
        "gold",
        "platinum",
    ];
    if WORDS.is_in(text) {
        return true;
    }
    let lower = text.to_ascii_lowercase();
    let joins = |character: Option<char>| {
        character.is_some_and(|character| character.is_ascii_alphabetic())
    };
    let has_latin = LATIN.places_in(&lower).any(|(at, word)| {
        !joins(lower[..at].chars().next_back()) && !joins(lower[at + word.len()..].chars().next())
    });
    has_latin || has_grade(text)
}

/// 「2級」, 「準一級」, 「乙種」, 「電気工事士」, 「調理師」.
fn has_grade(text: &str) -> bool {
    let mut before = '\0';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let ends = !next.is_alphanumeric() || "試補一二三資".contains(next);
        let counts = before.is_numeric()
            || "一二三四五六七八九十初中上準特甲乙丙ⅠⅡⅢIVABC段".contains(before);
        let found = match letter {
            '級' => counts,
            '種' => counts,
            '段' => counts && ends,
            '士' | '師' => ends && before.is_alphabetic() && before != '\0',
            '点' => before.is_numeric(),
            _ => false,
        };
        if found {
            return true;
        }
        before = letter;
    }
    false
}

/// Returns whether a text names a certificate by the lexicon or by its words.
pub(super) fn is_named(text: &str, lexicon: &Lexicon) -> bool {
    lexicon.certificate(text).is_some() || has_certificate_word(text)
}

/// Returns whether a text is sentences rather than names.
pub(super) fn is_prose(text: &str) -> bool {
    let text = text.trim_end_matches([' ', '\u{3000}', ')', '）', '」']);
    text.contains('。')
        || words![
            "です",
            "ます",
            "ません",
            "ました",
            "でした",
            "ください",
            "した",
            "ない",
        ]
        .end(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_and_failures_are_not_held() {
        for text in [
            "応用情報技術者（2030年取得予定）",
            "（未取得）データベーススペシャリスト",
            "SAP認定コンサルタント は持っていません",
            "CKA (in progress)",
            "普通免許なし（2012年返納）",
            "中学校教諭一種免許状は単位が足りず、取れませんでした",
        ] {
            assert!(is_not_held(text), "{text}");
        }
        assert!(!is_not_held("CCNA（2012年、失効、更新予定なし）"));
        assert!(is_state_to_come("2026.02 予定"));
        assert!(!is_state_to_come("失効、更新予定なし"));
    }

    #[test]
    fn prizes_memberships_and_schools_are_no_certificates() {
        assert!(!is_no_certificate("応用情報技術者（番号は省略）"));
        assert!(is_no_certificate("ほかは省略"));
        for text in ["情報処理学会 会員", "社内ハッカソン 優勝", "奨励賞"] {
            assert!(is_no_certificate(text), "{text}");
        }
        assert!(names_school("花巻星空専門学校 ゲーム科 2012年3月卒"));
        assert!(!names_school("高等学校教諭一種免許状（情報）"));
    }

    #[test]
    fn words_and_grades_name_certificates() {
        for text in [
            "第三種電気主任技術者",
            "潜水士（2022年9月）",
            "珠算一級",
            "Jamf Certified Associate",
            "調理師",
            "気象予報士",
        ] {
            assert!(has_certificate_word(text), "{text}");
        }
        for text in ["趣味：合唱", "査読：国内誌2", "富士通株式会社", "人物"] {
            assert!(!has_certificate_word(text), "{text}");
        }
    }
}
