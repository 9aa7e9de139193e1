//! Titles of jobs: which part names the employer, which the role, and how the person is employed.

mod lead;
mod name;
mod role;
mod title;

use shokureki_index::analysis::WordList;
use shokureki_index::lexicon::{
    Lexicon, has_legal_form, is_anonymous_employer, is_self_employment,
};
use shokureki_index::words;

use crate::domain::EmployerName;

use super::bracket::without_brackets;

use name::is_bare_form;

pub(in crate::resume) use lead::{counts_employers, strip_lead};
pub(in crate::resume) use role::{kind_of, names_role};
pub(in crate::resume) use title::{JobTitle, job_title, kind_and_company, tells_of_renaming};

/// How surely a text names an employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::resume) enum Strength {
    /// Nothing says so.
    None,
    /// It reads like an institution (市役所, 研究所).
    Likely,
    /// A legal form, a well-known company, self-employment, or a hidden one.
    Sure,
}

/// Ends of names of institutions.
const INSTITUTIONS: &WordList = words![
    "役場",
    "市役所",
    "県庁",
    "研究所",
    "研究室",
    "試験場",
    "病院",
    "銀行",
    "事務所",
    "図書館",
    "工場",
    "支店",
    "センター",
    "商店",
    "ホールディングス",
    "グループ",
    "製作所",
    "工房",
    "スタジオ",
    "機構",
    "協会",
    "組合",
    "財団",
    "大学",
    "大学院",
    "高専",
    "学校",
    "庁",
    "省",
    "コーポレーション",
    "テクノロジーズ",
    "ソリューションズ",
    "システムズ",
    "ラボ",
    "ワークス",
    "カンパニー",
    "インターネット",
    "新聞社",
    "出版社",
    "Inc.",
    "Ltd.",
    "LLC",
    "GmbH",
];

/// Characters that a name without a legal form may have.
const MAX_PLAIN_NAME_CHARS: usize = 40;

/// Tells how surely `text` names an employer.
pub(in crate::resume) fn strength(text: &str, lexicon: &Lexicon) -> Strength {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 90 || text.contains('。') {
        return Strength::None;
    }
    let outside = without_brackets(text);
    let outside = outside.trim();
    // 「株式会社ミドリ様」 is a client.
    if words!["様", "さま", "殿", "御中"].end(outside) {
        return Strength::None;
    }
    let has_brackets = outside.len() < text.len();
    // 「学校法人向け認証基盤の移設」 is work for any of them.
    if words![
        "学校法人向け",
        "医療法人向け",
        "財団法人向け",
        "社団法人向け",
        "社会福祉法人向け"
    ]
    .begin(outside)
    {
        return Strength::None;
    }
    if has_legal_form(outside)
        || leading_company(outside).is_some()
        || is_self_employment(outside)
        || has_brackets && (has_legal_form(text) || is_self_employment(text))
        || kind_and_company(text).is_some()
    {
        return Strength::Sure;
    }
    if outside.chars().count() > MAX_PLAIN_NAME_CHARS {
        return Strength::None;
    }
    if is_hidden(outside) {
        let is_work = super::job::reads_like_work(outside) && !is_numbered(text);
        return if is_work {
            Strength::None
        } else {
            Strength::Sure
        };
    }
    if is_numbered(text) {
        return Strength::Sure;
    }
    if lexicon.company(outside).is_some() {
        return Strength::Sure;
    }
    let is_institution = INSTITUTIONS.end(outside)
        && outside.chars().count() <= 24
        && !outside.contains(['の', 'を']);
    if is_institution {
        Strength::Likely
    } else {
        Strength::None
    }
}

/// Returns the first word of a text where it ends in a legal form: 「丸紫ホールディングス株式会社 CSIRT」.
fn leading_company(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once([' ', '\u{3000}'])?;
    let ends_in_form = has_legal_form(first)
        && !is_bare_form(first)
        && [
            "株式会社",
            "有限会社",
            "合同会社",
            "(株)",
            "（株）",
            "㈱",
            "㈲",
            "(有)",
            "（有）",
        ]
        .iter()
        .any(|form| first.ends_with(form));
    (ends_in_form && !rest.trim().is_empty()).then_some(first)
}

/// Returns whether a title counts employers: １社目.
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|character: char| {
        character.is_numeric() || "一二三四五六七八九十".contains(character)
    });
    rest.len() < text.len() && rest.starts_with("社目")
}

/// Returns whether a name hides its employer: A社, 大手SIer, １社目, インターン, 派遣.
pub(in crate::resume) fn is_hidden(name: &str) -> bool {
    let name = name.trim();
    // 有限会社C is a company's name; 株式会社○○ is none.
    let is_blank = name.contains(['○', '●', '〇', '◯', '*', '＊', '×', '△']) || name.contains("XX");
    if has_legal_form(name) && !is_blank {
        return false;
    }
    if is_anonymous_employer(name) {
        return true;
    }
    if matches!(
        name,
        "インターン"
            | "インターンシップ"
            | "社名非公開"
            | "アルバイト"
            | "派遣"
            | "派遣社員"
            | "副業"
            | "パート"
    ) {
        return true;
    }
    if ["会社", "企業"].iter().any(|kind| name.ends_with(kind)) && !has_legal_form(name) {
        return true;
    }
    let digits = name.trim_end_matches("社目");
    digits.len() < name.len()
        && !digits.is_empty()
        && digits
            .chars()
            .all(|character| character.is_numeric() || "一二三四五六七八九十".contains(character))
}

/// Makes the identity of an employer; `position` keeps hidden ones apart.
pub(in crate::resume) fn employer_name(
    job: &JobTitle,
    position: usize,
    lexicon: &Lexicon,
) -> EmployerName {
    let name = job.name.clone();
    let is_anonymous = !name.chars().any(char::is_alphabetic)
        || is_hidden(&name)
        || matches!(name.as_str(), "正社員" | "会社員" | "契約社員" | "業務委託");
    let key = if is_anonymous || name.is_empty() {
        format!("anonymous:{position}:{}", lexicon.employer_key(&name))
    } else {
        lexicon.employer_key(&name)
    };
    EmployerName {
        key,
        aliases: job.aliases.clone(),
        is_anonymous: is_anonymous || name.is_empty(),
        name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, name: &str, rest: &[&str]) {
        let job = job_title(title, Lexicon::builtin());
        assert_eq!(job.name, name, "{title}");
        assert_eq!(job.rest, rest, "{title}");
    }

    #[test]
    fn the_employer_is_split_from_the_rest_of_a_title() {
        check("株式会社ヒナタ意匠", "株式会社ヒナタ意匠", &[]);
        check(
            "(株)HATOBA+｜釣り船の予約サイト",
            "(株)HATOBA+",
            &["釣り船の予約サイト"],
        );
        check(
            "【副業】Kumonoue Works(株)｜貸し農園",
            "Kumonoue Works(株)",
            &["貸し農園"],
        );
        check(
            "5-3. 遠州データリンク株式会社",
            "遠州データリンク株式会社",
            &[],
        );
        check("株式会社 SBI 証券", "株式会社 SBI 証券", &[]);
        check(
            "株式会社ホシミ百貨<客先常駐として参画>",
            "株式会社ホシミ百貨",
            &["客先常駐として参画"],
        );
        check(
            "株式会社Tomoshiba バックエンドエンジニア",
            "株式会社Tomoshiba",
            &["バックエンドエンジニア"],
        );
        check("２社目：情報子会社", "情報子会社", &[]);
        check("株式会社T社所属", "株式会社T社", &[]);
    }

    #[test]
    fn other_names_stand_in_brackets() {
        let job = job_title("合同会社TOKIWAGI（旧ヒナギク GAMES）", Lexicon::builtin());
        assert_eq!(job.name, "合同会社TOKIWAGI");
        assert_eq!(job.aliases, ["ヒナギク GAMES"]);
    }

    #[test]
    fn hidden_employers_are_told() {
        for name in ["A社", "インターン", "１社目", "派遣"] {
            assert!(is_hidden(name), "{name}");
        }
        assert!(!is_hidden("株式会社ドワンゴ"));
    }
}
