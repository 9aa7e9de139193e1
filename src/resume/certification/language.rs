//! Language tests with a score or a grade, which people name wherever they speak of languages.

use shokureki_index::analysis::WordList;
use shokureki_index::words;
use std::ops::Range;

use super::super::letters::is_numeric;
use super::held::is_not_held;

/// Names of tests, in lower case; longer ones first.
const TESTS: &WordList = words![
    "実用英語技能検定",
    "日本語能力試験",
    "韓国語能力試験",
    "中国語検定",
    "フランス語検定",
    "ドイツ語検定",
    "スペイン語検定",
    "ケンブリッジ英検",
    "国連英検",
    "英検",
    "仏検",
    "独検",
    "中検",
    "toeic",
    "toefl",
    "ielts",
    "delf",
    "dalf",
    "jlpt",
    "topik",
    "hsk",
    "bjt",
    "gtec",
    "casec",
    "versant",
    "duolingo english test",
    "linguaskill",
    "telc",
    "testdaf",
];

/// Bytes behind a test's name that its score may stand in.
const MAX_SCORE_BYTES: usize = 48;

/// Returns where a text names a language test with what was reached in it.
pub(super) fn scores(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !text.contains(is_numeric) {
        return found;
    }
    let lower = text.to_ascii_lowercase();
    if !TESTS.is_in(&lower) {
        return found;
    }
    for (at, _) in lower.char_indices() {
        if found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let Some(test) = TESTS.first_of(&lower[at..]) else {
            continue;
        };
        let is_inside = |character: Option<char>| {
            character.is_some_and(|character| character.is_ascii_alphanumeric())
        };
        if test.is_ascii()
            && (is_inside(lower[..at].chars().next_back())
                || lower[at + test.len()..]
                    .chars()
                    .next()
                    .is_some_and(|next| next.is_ascii_alphabetic()))
        {
            continue;
        }
        if let Some(end) = end_of_score(text, at + test.len()) {
            found.push(at..end);
        }
    }
    found
}

/// Returns where the score behind a test's name ends, if there is one that the person has.
fn end_of_score(text: &str, start: usize) -> Option<usize> {
    let mut limit = (start + MAX_SCORE_BYTES).min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let behind = &text[start..limit];
    let stop = behind
        .char_indices()
        .find(|(at, letter)| {
            "、，。(（)）;；|｜\"'}]「」\n".contains(*letter)
                || (*letter == '/' && behind[..*at].ends_with(' '))
                || (*letter == ',' && !behind[..*at].ends_with(' '))
        })
        .map_or(behind.len(), |(at, _)| at);
    let own = &behind[..stop];
    let digits = own.find(|letter: char| letter.is_numeric());
    // 「(DELF B1)」, 「JLPT N1」: a letter stands before the digit.
    let score = digits?;
    if own[..score].chars().count() > 20 {
        return None;
    }
    let tail = &own[score..];
    let number = tail
        .find(|letter: char| !(letter.is_numeric() || letter == '.'))
        .unwrap_or(tail.len());
    let rest = &tail[number..];
    let unit = ["点", "級", "スコア", "pt", "点台"]
        .iter()
        .filter(|unit| rest.starts_with(**unit))
        .map(|unit| unit.len())
        .max()
        .unwrap_or(0);
    let is_guess = words![
        "程度",
        "相当",
        "以上",
        "レベル",
        "を目",
        "台",
        "目標",
        "前後",
        "を取りたい",
        "に挑戦",
    ]
    .begin(rest[unit..].trim_start());
    let end = start + score + number + unit;
    let is_planned = is_not_held(own) || is_not_held(&behind[..behind.len().min(stop)]);
    let is_year = number == 4 && unit == 0;
    (!is_guess && !is_planned && !is_year).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = scores(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn scores_are_found_in_lines_on_languages() {
        check(
            "日本語(母語), 英語(業務で使用 / TOEFL iBT 98点), フランス語(DELF B1)",
            &["TOEFL iBT 98点", "DELF B1"],
        );
        check(
            "言語：日本語、英語（読み書き。TOEIC L&R 870、2021年）",
            &["TOEIC L&R 870"],
        );
        check("報告書の読み書き。TOEIC 745点", &["TOEIC 745点"]);
        check(
            "英検準1級、中国語検定 3級",
            &["英検準1級", "中国語検定 3級"],
        );
        check("JLPT N1", &["JLPT N1"]);
    }

    #[test]
    fn tests_without_a_score_are_left_alone() {
        check("TOEIC 800点程度の英語力", &[]);
        check("TOEIC 900点を目指しています", &[]);
        check("TOEICは受けたことがありません", &[]);
        check("TOEIC対策アプリの開発", &[]);
    }
}
