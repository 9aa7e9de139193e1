//! The words that head the columns of a table.

use crate::resume::bracket::without_brackets;
use crate::resume::label::{Field, field_of};
use crate::resume::letters::compact;

/// Words that say what a column holds, and that would label nothing on a line.
const HEADS: [(Field, &[&str]); 7] = [
    (
        Field::Period,
        &[
            "いつ",
            "時",
            "年",
            "年度",
            "年月日",
            "日付",
            "when",
            "年代",
            "在籍",
            "期",
            "years",
            "year",
            "従事時期",
            "年数期間",
            "西暦",
        ],
    ),
    (
        Field::Employer,
        &[
            "どこ",
            "どこで",
            "どこに",
            "where",
            "勤め先",
            "つとめ先",
            "職場",
            "所属先",
            "在籍先",
            "在籍会社",
            "会社組織",
            "組織",
            "組織名",
            "勤務先名称",
            "法人名",
            "企業名称",
            "会社名称",
            "会社等",
            "雇用元",
            "契約先",
            "屋号",
            "法人",
            "機関",
            "機関名",
            "所属機関",
            "研究機関",
            "勤務機関",
            "雇用機関",
            "受入機関",
            "institution",
            "affiliation",
            "organization",
            "organisation",
            "employer",
        ],
    ),
    (
        Field::Title,
        &[
            "プロダクト",
            "サービス",
            "プロジェクト件名",
            "pj",
            "pj名",
            "案件pj名",
            "対象システム",
            "開発対象",
            "アプリ",
            "アプリ名",
            "作ったもの",
            "つくったもの",
            "案件業務",
            "題名",
            "作品",
            "名称",
            "件名",
            "名前",
        ],
    ),
    (
        Field::Summary,
        &[
            "なに",
            "なにを",
            "何を",
            "何",
            "what",
            "やったこと",
            "したこと",
            "やっていたこと",
            "仕事",
            "しごと",
            "担当業務",
            "業務",
            "作業",
            "従事内容",
            "担当業務内容",
            "従事業務",
            "プロジェクト業務",
            "経験内容",
            "出来事",
            "事項",
            "学歴職歴",
            "職歴",
            "経歴内容",
        ],
    ),
    (
        Field::Technology,
        &[
            "使ったもの",
            "つかったもの",
            "道具",
            "使った技術",
            "言語等",
            "技術要素等",
            "スキルセット",
        ],
    ),
    (
        Field::EmploymentKind,
        &["形", "形態", "雇用", "契約", "契約形態", "勤務形態", "身分"],
    ),
    (Field::End, &["退職年月日", "離任", "最終", "まで"]),
];

/// Returns what a column headed `head` holds.
pub(super) fn head_field(head: &str) -> Option<Field> {
    if head.len() > 90 {
        return None;
    }
    let word = folded(head);
    if word.is_empty() {
        return None;
    }
    let own = |word: &str| {
        HEADS
            .iter()
            .find(|(_, words)| words.contains(&word))
            .map(|(field, _)| *field)
    };
    let joined = joined_field(head, own);
    own(&word)
        .or_else(|| joined.filter(|field| matches!(field, Field::Title | Field::Employer)))
        .or_else(|| field_of(head))
        .or(joined)
}

/// Returns the main one of the fields that a head names together: 会社・期間, 案件／役割.
fn joined_field(head: &str, own: impl Fn(&str) -> Option<Field>) -> Option<Field> {
    let rank = |field: &Field| match field {
        Field::Title => 0,
        Field::Employer => 1,
        Field::Summary => 2,
        // 「期間 Start」 beside 「期間 End」.
        Field::Start | Field::End => 3,
        Field::Period => 4,
        Field::Technology => 5,
        _ => 6,
    };
    head.split([
        '・', '/', '／', '、', '&', '＆', '\n', ',', '，', '+', '＋', '|', ' ', '\u{3000}', '(',
        '（',
    ])
    .map(|part| part.trim_matches([')', '）', ' ', '\u{3000}']))
    .filter(|part| !part.is_empty())
    .filter_map(|part| own(&folded(part)).or_else(|| field_of(part)))
    .min_by_key(rank)
}

/// Folds a head: case, blanks, signs, brackets and what stands in them.
fn folded(head: &str) -> String {
    compact(without_brackets(head).chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_name_what_columns_hold() {
        for (head, field) in [
            ("いつ", Field::Period),
            ("会社・期間", Field::Employer),
            ("案件名\n概要", Field::Title),
            ("担当業務", Field::Summary),
            ("プロジェクト名／概要", Field::Title),
            ("役割・規模", Field::Role),
            ("参画期間（ヶ月）", Field::Period),
        ] {
            assert_eq!(head_field(head), Some(field), "{head}");
        }
        assert_eq!(head_field("No."), None);
        assert_eq!(head_field("メモ帳の色"), None);
    }
}
