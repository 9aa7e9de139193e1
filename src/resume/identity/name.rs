//! What a person's name looks like, and what stands beside it.

use std::ops::Range;

use super::super::label::field_of;
use super::super::section::{is_document_title, section_of};
use super::field::{person_field, trimmed};

/// A name in a text: where it stands, and the readings and spellings beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonName<'a> {
    /// Bytes of the name.
    pub(super) name: Range<usize>,
    /// What stands in brackets or behind a slash.
    pub(super) others: Vec<&'a str>,
}

const OPENING: [char; 9] = ['(', '（', '[', '［', '【', '「', '〈', '<', '《'];
const CLOSING: [char; 9] = [')', '）', ']', '］', '】', '」', '〉', '>', '》'];

/// Splits 「山田 太郎（ヤマダ タロウ / Taro Yamada）」 into the name and what stands beside it.
pub(super) fn split_person(text: &str, range: Range<usize>) -> PersonName<'_> {
    let value = &text[range.clone()];
    let at = |part: &str| {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        trimmed(text, start..start + part.len())
    };
    let split_others = |inside: &'_ str| -> Vec<&str> {
        let start = inside.as_ptr() as usize - text.as_ptr() as usize;
        text[start..start + inside.len()]
            .split(['/', '／', '、', ',', '(', '（', ')', '）', '|', '｜'])
            .map(|other| {
                other
                    .trim()
                    .trim_matches(OPENING)
                    .trim_matches(CLOSING)
                    .trim()
            })
            .filter(|other| !other.is_empty())
            .collect()
    };
    if let Some(open) = value.find(OPENING)
        && !value[..open].trim().is_empty()
    {
        let mut person = split_person(text, at(&value[..open]));
        person.others.extend(split_others(&value[open..]));
        return person;
    }
    if let Some(slash) = value.find(['/', '／', '|', '｜', '、', ',']) {
        return PersonName {
            name: at(&value[..slash]),
            others: split_others(&value[slash..]),
        };
    }
    // 「早瀬みちる Hayase Michiru」
    if let Some(latin) = value.find(|character: char| character.is_ascii_alphabetic())
        && value[..latin]
            .chars()
            .any(|character| is_kanji(character) || is_kana(character))
    {
        return PersonName {
            name: at(&value[..latin]),
            others: vec![value[latin..].trim()],
        };
    }
    // 「早瀬 美知 はやせ みち」
    let words: Vec<&str> = value.split_whitespace().collect();
    if matches!(words.len(), 2 | 4) {
        let (name, reading) = words.split_at(words.len() / 2);
        let is_name = name.iter().any(|word| word.chars().any(is_kanji));
        let is_reading = reading
            .iter()
            .all(|word| is_kana_only(word) && word.chars().count() > 1);
        let is_whole =
            words.len() == 4 || (words[0].chars().count() >= 3 && words[1].chars().count() >= 5);
        if is_name && is_reading && is_whole {
            let cut = reading[0].as_ptr() as usize - value.as_ptr() as usize;
            return PersonName {
                name: at(&value[..cut]),
                others: vec![value[cut..].trim()],
            };
        }
    }
    PersonName {
        name: at(value.trim_end_matches('様')),
        others: Vec::new(),
    }
}

/// Writes a name with one blank between its parts.
pub(super) fn spaced(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a text behind a name's label can be a name.
pub(super) fn may_be_labelled_name(text: &str) -> bool {
    const HIDDEN: [&str; 8] = [
        "非公開",
        "匿名",
        "省略",
        "秘密",
        "未記入",
        "別途",
        "面談",
        "ください",
    ];
    let count = text.chars().count();
    (1..=40).contains(&count)
        && text.chars().any(char::is_alphabetic)
        && !text.contains(['。', '@', '：', ':', '\\', '{', '`'])
        && !text.starts_with("http")
        && !text.chars().any(char::is_numeric)
        && person_field(text).is_none()
        && !HIDDEN.iter().any(|word| text.contains(word))
        && !is_document_title(text)
}

/// Returns whether a text without a label can be a person's name: two to seven kanji and kana, or
/// two or three Latin words.
pub(super) fn looks_like_name(text: &str) -> bool {
    (is_japanese_name(text) || is_latin_name(text)) && !is_taken(text)
}

/// Returns whether a text can be a name where its reading stands beside it.
pub(super) fn looks_like_read_name(text: &str) -> bool {
    let count = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .count();
    let is_japanese = (2..=12).contains(&count)
        && text.chars().all(|character| {
            is_kanji(character) || is_kana(character) || character.is_whitespace()
        });
    (is_japanese || is_latin_name(text)) && !is_taken(text)
}

/// Returns whether the text means something else in a résumé.
fn is_taken(text: &str) -> bool {
    const WORDS: [&str; 83] = [
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
        "こと",
        "副業",
        "ます",
        "です",
        "屋号",
        "主婦",
        "年生",
    ];
    WORDS.iter().any(|word| text.contains(word))
        || section_of(text).is_some()
        || field_of(text).is_some()
        || person_field(text).is_some()
        || is_document_title(text)
}

fn is_japanese_name(text: &str) -> bool {
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

fn is_latin_name(text: &str) -> bool {
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

/// Takes 職務経歴書, の経歴書 and the brackets and signs around a name off a title.
pub(super) fn without_document_title(text: &str) -> &str {
    const TITLES: [&str; 14] = [
        "職務経歴書",
        "職務経歴",
        "業務経歴書",
        "履歴書",
        "経歴書",
        "スキルシート",
        "レジュメ",
        "ポートフォリオ",
        "Resume",
        "Résumé",
        "resume",
        "Curriculum Vitae",
        "RESUME",
        "CV",
    ];
    let is_edge = |character: char| {
        character.is_whitespace() || "-–—ー:：|｜/／_・*#~〜■".contains(character)
    };
    let mut rest = text.trim_matches(is_edge);
    loop {
        let before = rest;
        for title in TITLES {
            rest = rest
                .strip_prefix(title)
                .unwrap_or(rest)
                .trim_start_matches(is_edge);
            if let Some(shorter) = rest.strip_suffix(title) {
                let shorter = shorter.trim_end_matches(is_edge);
                rest = shorter
                    .strip_suffix('の')
                    .or_else(|| shorter.strip_suffix("'s"))
                    .or_else(|| shorter.strip_suffix("’s"))
                    .unwrap_or(shorter)
                    .trim_end_matches(is_edge);
            }
        }
        // 「職務経歴書（早瀬 みちる）」
        if rest.starts_with(OPENING) && rest.ends_with(CLOSING) {
            rest = rest
                .trim_start_matches(OPENING)
                .trim_end_matches(CLOSING)
                .trim();
        }
        if rest.len() == before.len() {
            return rest;
        }
    }
}

pub(super) fn is_kanji(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '々' | '〆' | 'ヶ' | '\u{20000}'..='\u{2FA1F}')
}

fn is_kana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | 'ー' | '\u{FF66}'..='\u{FF9F}')
}

/// Returns whether a text is a reading: kana with blanks between.
pub(super) fn is_kana_only(text: &str) -> bool {
    !text.trim().is_empty()
        && text
            .chars()
            .all(|character| is_kana(character) || character.is_whitespace() || character == '・')
}

/// Returns whether kana can be the reading of `name`: of a fitting length, with the kana of the name.
pub(super) fn can_read(name: &str, kana: &str) -> bool {
    let reading: String = to_katakana(kana).split_whitespace().collect();
    let letters = name
        .chars()
        .filter(|character| !character.is_whitespace())
        .count();
    let fits = name.is_ascii() || reading.chars().count() <= letters * 3 + 1;
    let has_kana = to_katakana(name)
        .split(|character: char| !is_kana(character))
        .all(|part| reading.contains(part));
    is_kana_only(kana) && reading.chars().count() >= 2 && fits && has_kana
}

/// Writes kana in full-width katakana, one space between the parts.
pub(super) fn to_katakana(kana: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let katakana: String = kana
        .nfkc()
        .map(|character| match character {
            '\u{3041}'..='\u{3096}' => char::from_u32(character as u32 + 0x60).unwrap_or(character),
            _ => character,
        })
        .collect();
    spaced(&katakana)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: (&str, &[&str])) {
        let person = split_person(text, 0..text.len());
        assert_eq!(
            (&text[person.name.clone()], person.others.as_slice()),
            expected,
            "{text}"
        );
    }

    #[test]
    fn names_are_split_from_readings_and_other_spellings() {
        check("葛木 朔（かつらぎ さく）", ("葛木 朔", &["かつらぎ さく"]));
        check("葛木朔(カツラギ サク)", ("葛木朔", &["カツラギ サク"]));
        check("葛木 朔 / Saku Katsuragi", ("葛木 朔", &["Saku Katsuragi"]));
        check(
            "葛木 朔　（Saku Katsuragi / かつらぎ さく）",
            ("葛木 朔", &["Saku Katsuragi", "かつらぎ さく"]),
        );
        check(
            "Saku Katsuragi (葛木 朔 / かつらぎ さく)",
            ("Saku Katsuragi", &["葛木 朔", "かつらぎ さく"]),
        );
        check("葛木 朔 かつらぎ さく", ("葛木 朔", &["かつらぎ さく"]));
        check(
            "葛木さくら Sakura Katsuragi",
            ("葛木さくら", &["Sakura Katsuragi"]),
        );
        check("葛木 さくら", ("葛木 さくら", &[]));
    }

    #[test]
    fn roles_labels_and_sections_are_no_names() {
        for text in [
            "葛木 朔",
            "葛木さくら",
            "佐野 ののか",
            "Saku Katsuragi",
            "Saku KATSURAGI",
            "一 二三",
        ] {
            assert!(looks_like_name(text), "{text}");
        }
        for text in [
            "個人事業主",
            "Backend Engineer",
            "氏名",
            "職務要約",
            "自己紹介",
            "株式会社葛木",
            "学歴",
            "代表取締役",
            "Work Experience",
            "千葉県",
            "技術の要点",
        ] {
            assert!(!looks_like_name(text), "{text}");
        }
    }

    #[test]
    fn titles_of_the_document_are_taken_off() {
        for text in [
            "職務経歴書（葛木 朔）",
            "職務経歴書 - 葛木 朔",
            "葛木 朔 の職務経歴",
            "葛木 朔",
            "# 葛木 朔のレジュメ",
            "職務経歴書：葛木 朔",
        ] {
            assert_eq!(without_document_title(text), "葛木 朔", "{text}");
        }
    }
}
