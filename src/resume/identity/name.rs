//! What a person's name looks like, and what stands beside it.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::ops::Range;

use super::super::section::is_document_title;
use super::field::{person_field, trimmed};
use super::kana::{is_kana, is_kana_only, is_kanji};
use super::shape::{is_japanese_name, is_latin_name, is_taken};

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
    const HIDDEN: &WordList = words![
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
        && !HIDDEN.is_in(text)
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
        character.is_whitespace() || "-–—―─−ー:：|｜/／_・*#~〜■".contains(character)
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
        // 「早瀬 みちる ― 職務経歴（一問一答）」
        if rest.ends_with(['）', ')'])
            && let Some(open) = rest.rfind(['（', '('])
            && let Some(title) = TITLES.iter().find(|title| rest[..open].ends_with(**title))
            && open > title.len()
        {
            rest = &rest[..open];
            continue;
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
