//! Words that are no name, and what names are made of.

use super::super::label::field_of;
use super::super::section::{is_document_title, section_of};
use super::field::person_field;
use super::kana::{is_kana, is_kana_only, is_kanji};
use shokureki_index::analysis::WordList;
use shokureki_index::words;

/// Returns whether the text means something else in a résumé.
pub(super) fn is_taken(text: &str) -> bool {
    const WORDS: &WordList = words![
        "職",
        "経歴",
        "概要",
        "要約",
        "紹介",
        "技術",
        "情報",
        "目次",
        "会社",
        "資格",
        "期間",
        "以上",
        "現在",
        "連絡先",
        "開発",
        "事業",
        "個人",
        "法人",
        "代表",
        "エンジニア",
        "デザイナ",
        "マネージャ",
        "リーダ",
        "プログラマ",
        "フリー",
        "担当",
        "部長",
        "課長",
        "主任",
        "大学",
        "学校",
        "高校",
        "学部",
        "学科",
        "研究",
        "設計",
        "運用",
        "保守",
        "構築",
        "環境",
        "言語",
        "案件",
        "業務",
        "実績",
        "自己",
        "氏名",
        "名前",
        "希望",
        "更新",
        "作成",
        "年齢",
        "性別",
        "住所",
        "在住",
        "県",
        "都内",
        "区内",
        "市内",
        "最寄",
        "入社",
        "退社",
        "株式",
        "有限",
        "合同",
        "財団",
        "サービス",
        "システム",
        "ソフト",
        "データ",
        "インフラ",
        "バックエンド",
        "フロント",
        "一覧",
        "強み",
        "活動",
        "趣味",
        "のこと",
        "すること",
        "できること",
        "社員",
        "リモート",
        "常駐",
        "契約",
        "派遣",
        "副業",
        "ます",
        "です",
        "屋号",
        "主婦",
        "年生",
    ];
    WORDS.is_in(text)
        || section_of(text).is_some()
        || field_of(text).is_some()
        || person_field(text).is_some()
        || is_document_title(text)
        || is_place(text)
}

/// 「金沢市」, 「長野県」: a town or prefecture by its whole name.
pub(super) fn is_town(text: &str) -> bool {
    (3..=6).contains(&text.chars().count())
        && text
            .chars()
            .all(|letter| is_kanji(letter) || is_kana(letter))
        && text.ends_with(['市', '区', '府', '県', '都'])
}

/// 「金沢市」, 「名古屋」.
fn is_place(text: &str) -> bool {
    const CITIES: &[&str] = &[
        "東京",
        "大阪",
        "京都",
        "名古屋",
        "横浜",
        "神戸",
        "福岡",
        "札幌",
        "仙台",
        "広島",
        "北海道",
        "沖縄",
        "千葉",
        "埼玉",
        "神奈川",
        "川崎",
        "北九州",
        "新潟",
        "静岡",
        "浜松",
        "岡山",
        "熊本",
        "鹿児島",
        "那覇",
    ];
    let is_one_word = !text.contains(char::is_whitespace);
    CITIES.contains(&text)
        || (is_one_word
            && text.chars().count() >= 3
            && text.ends_with(['市', '区', '府', '県', '町', '村']))
}

/// Returns the name of a text that goes on with a role: 「葛木 朔 ゲームプログラマー」.
pub(super) fn before_role(text: &str) -> Option<&str> {
    const ROLES: &WordList = words![
        "エンジニア",
        "プログラマ",
        "デザイナ",
        "マネージャ",
        "コンサル",
        "ディレクタ",
        "アーキテクト",
        "リーダ",
        "スペシャリスト",
        "サイエンティスト",
        "アナリスト",
        "Engineer",
        "Developer",
        "Designer",
    ];
    let role = text
        .split_whitespace()
        .skip(1)
        .find(|word| ROLES.is_in(word))?;
    let name = text[..role.as_ptr() as usize - text.as_ptr() as usize].trim_end();
    (!name.is_empty() && name.chars().count() <= 16).then_some(name)
}

/// Returns whether a text is a name of kana alone: a handle.
pub(super) fn is_handle(text: &str) -> bool {
    (3..=8).contains(&text.chars().count())
        && is_kana_only(text)
        && !text.contains(char::is_whitespace)
        && !is_taken(text)
}

pub(super) fn is_japanese_name(text: &str) -> bool {
    let letters: Vec<char> = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let words = text.split_whitespace().count();
    let kanji = letters
        .iter()
        .filter(|character| is_kanji(**character))
        .count();
    let is_letters = letters
        .iter()
        .all(|character| is_kanji(*character) || is_kana(*character));
    if !is_letters || kanji == 0 || letters.len() > 8 {
        return false;
    }
    if words == 2 {
        return is_spaced_name(text);
    }
    // Without a blank: 「葛木朔」, 「葛木さくら」; particles between kanji make it a phrase.
    let is_phrase = text.char_indices().any(|(at, character)| {
        "とやのをはがにでもへ".contains(character)
            && at > 0
            && text[at + character.len_utf8()..]
                .chars()
                .next()
                .is_none_or(is_kanji)
    });
    words == 1
        && letters.len() >= 3
        && kanji >= 2
        && is_kanji(letters[0])
        && is_kanji(letters[1])
        && !is_phrase
}

/// 「佐野 ののか」: a family name and a given name.
fn is_spaced_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [family, given] = words.as_slice() else {
        return false;
    };
    (1..=4).contains(&family.chars().count())
        && family.chars().any(is_kanji)
        && family
            .chars()
            .all(|character| is_kanji(character) || is_kana(character))
        && (1..=5).contains(&given.chars().count())
        && given
            .chars()
            .all(|character| is_kanji(character) || is_kana(character))
}

pub(super) fn is_latin_name(text: &str) -> bool {
    const ROLES: [&str; 62] = [
        "engineer",
        "developer",
        "manager",
        "backend",
        "frontend",
        "front-end",
        "back-end",
        "senior",
        "software",
        "resume",
        "résumé",
        "curriculum",
        "vitae",
        "work",
        "experience",
        "summary",
        "skills",
        "skill",
        "profile",
        "contact",
        "education",
        "tokyo",
        "osaka",
        "japan",
        "inc",
        "ltd",
        "co",
        "corporation",
        "lead",
        "leader",
        "designer",
        "data",
        "scientist",
        "web",
        "full",
        "stack",
        "fullstack",
        "application",
        "mobile",
        "system",
        "systems",
        "architect",
        "consultant",
        "director",
        "junior",
        "technical",
        "tech",
        "cloud",
        "infrastructure",
        "product",
        "project",
        "history",
        "career",
        "about",
        "me",
        "personal",
        "information",
        "last",
        "updated",
        "table",
        "contents",
        "freelance",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    matches!(words.len(), 2 | 3)
        && text.len() <= 40
        && words.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|character| {
                    character.is_alphabetic() && !is_kanji(character) && !is_kana(character)
                        || "-'.".contains(character)
                })
                && !ROLES.contains(&word.to_lowercase().trim_end_matches('.'))
        })
}
