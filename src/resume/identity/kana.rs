//! Kana, kanji and readings.

use super::name::spaced;
use shokureki_index::analysis::WordList;
use shokureki_index::words;

pub(super) fn is_kanji(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '々' | '〆' | 'ヶ' | '\u{20000}'..='\u{2FA1F}')
}

pub(super) fn is_kana(character: char) -> bool {
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
    if is_role_kana(&reading, name) {
        return false;
    }
    let fits = name.is_ascii() || reading.chars().count() <= letters * 3 + 1;
    let has_kana = to_katakana(name)
        .split(|character: char| !is_kana(character))
        .all(|part| reading.contains(part));
    is_kana_only(kana) && reading.chars().count() >= 2 && fits && has_kana
}

/// Returns whether kana is a word of the trade rather than a reading: long marks and small vowels
/// stand in no reading of kanji.
fn is_role_kana(reading: &str, name: &str) -> bool {
    const WORDS: &WordList = words![
        "エンジニア",
        "プログラマ",
        "デザイナ",
        "アナリスト",
        "コンサル",
        "アーキテクト",
        "イニシャル",
        "フリガナ",
        "ニックネーム",
        "ハンドル",
        "テスト",
        "インフラ",
        "バックエンド",
        "フロントエンド",
        "フルスタック",
    ];
    let has_kanji = name.chars().any(is_kanji);
    WORDS.is_in(reading)
        || (has_kanji
            && reading.contains(['ー', 'ァ', 'ィ', 'ェ', 'ォ', 'ヴ'])
            && !name.contains('ー'))
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
