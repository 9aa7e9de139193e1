//! Who an employer is, from the name that a résumé gives.
//!
//! A name may also hide the employer (A社, 大手SIer) or say that there was none (フリーランス).
//! Identity is in `legal_form` and the company list. Nothing here knows of people or dates.

use super::legal_form::{bare_employer, has_legal_form};
use crate::analysis::WordList;
use crate::analysis::normalized_key;
use crate::words;

/// Words that only an invented or hidden employer has.
const HIDDEN_WORDS: &WordList = words![
    "〇〇",
    "○○",
    "●●",
    "◯◯",
    "△△",
    "□□",
    "××",
    "xxx",
    "***",
    "某",
    "匿名",
    "非公開",
    "社名非",
];

/// Kinds of company: a name that is only these and their adjectives names nobody.
const GENERIC_ENDINGS: &[&str] = &[
    "sier",
    "si企業",
    "ses企業",
    "ses",
    "企業",
    "会社",
    "メーカ",
    "メーカー",
    "ベンチャ",
    "ベンチャー",
    "ファーム",
    "スタートアップ",
    "事業者",
    "ベンダ",
    "ベンダー",
    "事務所",
    "代理店",
    "商社",
    "銀行",
    "証券",
    "通信キャリア",
    "キャリア",
    "自社開発",
];

/// Adjectives of an employer that is described instead of named.
const GENERIC_OPENINGS: &WordList = words![
    "大手",
    "中堅",
    "中小",
    "外資",
    "日系",
    "国内",
    "都内",
    "首都圏",
    "関東",
    "関西",
    "東京",
    "大阪",
    "名古屋",
    "福岡",
    "地方",
    "地元",
    "上場",
    "東証",
    "it",
    "ec",
    "ai",
    "web",
    "ses",
    "saas",
    "独立系",
    "準大手",
    "受託",
    "自社",
    "人材",
    "医療系",
    "金融系",
    "製造系",
    "ゲーム",
    "ソフトウェア",
    "システム開発",
    "コンサル",
    "スタートアップ",
    "ベンチャ",
];

/// Words for working on one's own account.
const SELF_EMPLOYMENT: &[&str] = &[
    "個人事業主",
    "個人事業",
    "フリーランス",
    "フリーエンジニア",
    "フリーのエンジニア",
    "自営業",
    "自営",
    "freelance",
    "freelancer",
    "self-employed",
    "selfemployed",
    "self employed",
    "個人開発",
    "個人での受託",
    "個人受託",
];

/// Whether the name hides who the employer was: A社, 某社, 大手EC企業, 1社目, 株式会社〇〇, 株式会社R.
pub fn is_anonymous_employer(name: &str) -> bool {
    if is_self_employment(name) {
        return false;
    }
    let bare = bare_employer(name);
    if HIDDEN_WORDS.is_in(&bare) {
        return true;
    }
    if has_legal_form(name) {
        // A described company with a legal form is a name (東京ソフトウェア株式会社).
        return is_placeholder(&bare);
    }
    is_ordinal_company(&bare) || is_lettered_company(&bare) || is_described(&bare)
}

/// Whether the name says that the person worked for themselves: 個人事業主, フリーランス.
pub fn is_self_employment(name: &str) -> bool {
    if !may_be_self_employment(name) {
        return false;
    }
    let key = normalized_key(name);
    let words: String = key
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    SELF_EMPLOYMENT.iter().any(|word| {
        words.strip_prefix(word).is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(['(', '[', '【', '/', '・', ':', '、', ',', '-', '~'])
                || rest.starts_with("として")
                || rest.starts_with("時代")
                || rest.starts_with('期')
                || rest.starts_with("エンジニア")
                || SELF_EMPLOYMENT.contains(&rest)
        }) || words.ends_with(&format!("({word})"))
    })
}

/// Whether a word of self-employment may stand in the name: spares most names the folding.
fn may_be_self_employment(name: &str) -> bool {
    let has_wide = name.contains(|letter: char| {
        ('\u{FF01}'..='\u{FF5E}').contains(&letter) && letter.is_alphabetic()
            || ('\u{FF66}'..='\u{FF9F}').contains(&letter)
    });
    let has_latin = || {
        name.as_bytes()
            .windows(4)
            .any(|part| part.eq_ignore_ascii_case(b"free") || part.eq_ignore_ascii_case(b"self"))
    };
    has_wide || words!["個人", "自営", "フリー"].is_in(name) || has_latin()
}

/// One letter or mark in the place of a name.
fn is_placeholder(bare: &str) -> bool {
    let mut letters = bare.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => only.is_ascii_alphabetic() || is_mark(only),
        (Some(first), Some('社')) if letters.next().is_none() => first.is_ascii_alphabetic(),
        _ => bare.chars().all(is_mark) && !bare.is_empty(),
    }
}

fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '〇' | '○' | '●' | '◯' | '△' | '□' | '×' | '*' | '＊' | '☆' | '_' | '-' | '?'
    )
}

/// 1社目, 二社目, 現職, 前職.
fn is_ordinal_company(bare: &str) -> bool {
    if matches!(
        bare,
        "現職" | "前職" | "前々職" | "前前職" | "自社" | "他社" | "同社"
    ) {
        return true;
    }
    let number = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|digit| digit.is_ascii_digit() || "一二三四五六七八九十".contains(digit))
    };
    bare.strip_suffix("社目").is_some_and(number)
        || bare
            .strip_prefix("第")
            .and_then(|rest| rest.strip_suffix('社'))
            .is_some_and(number)
}

/// A社, b社様, SES A社, 企業A, 会社B, a company.
fn is_lettered_company(bare: &str) -> bool {
    let bare = bare.strip_suffix('様').unwrap_or(bare);
    let head = bare.split_once('(').map_or(bare, |(head, _)| head);
    for prefix in ["企業", "会社", "company", "クライアント"] {
        if let Some(rest) = head.strip_prefix(prefix)
            && is_one_letter(rest)
        {
            return true;
        }
    }
    let Some(front) = head.strip_suffix('社') else {
        return false;
    };
    if is_one_letter(front) {
        return true;
    }
    // 証券A社: a letter that no other Latin letter precedes.
    let mut back = front.chars().rev();
    back.next().is_some_and(|last| last.is_ascii_alphabetic())
        && back
            .next()
            .is_some_and(|before| !before.is_ascii_alphanumeric() && before != '.')
}

fn is_one_letter(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// 大手SIer, 大手EC企業, 外資系コンサルティングファーム, 都内のSES企業.
fn is_described(bare: &str) -> bool {
    let head = bare.split_once('(').map_or(bare, |(head, _)| head);
    let ends = GENERIC_ENDINGS.iter().any(|ending| head.ends_with(ending));
    let opens = GENERIC_OPENINGS.begin(head);
    let tells = head.contains("系") || head.contains('の') || head.contains("向け");
    if GENERIC_ENDINGS.contains(&head) {
        return true;
    }
    // 大手町〇〇 is a place: the adjective alone needs no ending only in 大手SIer and the like.
    let closes_a_name =
        head.ends_with("銀行") || head.ends_with("証券") || head.ends_with("事務所");
    if closes_a_name {
        return head.starts_with("大手") || head.starts_with("外資") || head.contains("系");
    }
    ends && (opens || tells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_names_are_anonymous() {
        for name in [
            "A社",
            "Ａ社",
            "某社",
            "某大手メーカー",
            "大手SIer",
            "大手EC企業",
            "外資系コンサルティングファーム",
            "1社目",
            "都内のSES企業",
            "株式会社〇〇",
            "株式会社R",
            "株式会社X",
            "A株式会社",
            "A社（受託開発）",
            "証券A社",
            "企業B",
        ] {
            assert!(is_anonymous_employer(name), "{name:?}");
        }
        for name in [
            "株式会社ドワンゴ",
            "日立製作所",
            "三菱UFJ銀行",
            "フリーランス",
            "個人事業主",
            "大手町ソフト株式会社",
            "東京ガス",
            "LINE",
            "本社",
            "IBM社",
            "鶴見沢町役場",
        ] {
            assert!(!is_anonymous_employer(name), "{name:?}");
        }
    }

    #[test]
    fn self_employment_is_no_employer_s_name() {
        for name in [
            "フリーランス",
            "個人事業主",
            "個人事業主（フリーランス）",
            "フリーランスエンジニア",
            "Freelance",
        ] {
            assert!(is_self_employment(name), "{name:?}");
        }
        for name in ["株式会社フリーランスハブ", "ドワンゴ"] {
            assert!(!is_self_employment(name), "{name:?}");
        }
    }
}
