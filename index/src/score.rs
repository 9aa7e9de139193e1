//! The score that a certificate is written with: `TOEIC 820点`, `TOEIC L&R 公開テスト 820`.

use crate::analysis::normalize;

/// Scores of the tests that people name, from TOEIC Bridge to TOEFL and the aptitude tests.
const SCORES: std::ops::RangeInclusive<u32> = 10..=1_400;

/// The least score without 点 behind it: smaller numbers are days, times and levels.
const LEAST_BARE_SCORE: u32 = 100;

/// Returns the first score in `text`, which begins with the certificate, within its line.
///
/// A number with 点 is one wherever it stands; a bare one has three digits at least and is no year
/// or part of a date.
pub(crate) fn score_in(text: &str) -> Option<u32> {
    let line = text.lines().next()?;
    let normalized = normalize(line);
    let normal = normalized.as_str();
    let mut at = 0;
    while let Some(start) = normal[at..].find(|letter: char| letter.is_ascii_digit()) {
        let start = at + start;
        let rest = &normal[start..];
        let end = rest
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(rest.len());
        at = start + end;
        let behind = normal[at..].trim_start();
        let before = normal[..start].chars().next_back();
        let is_part = before.is_some_and(|letter| {
            letter.is_ascii_alphanumeric() || matches!(letter, '.' | '/' | '-')
        });
        let Ok(number) = rest[..end].parse::<u32>() else {
            continue;
        };
        if is_part || !SCORES.contains(&number) {
            continue;
        }
        if behind.starts_with('点') || behind.starts_with("points") || behind.starts_with("スコア")
        {
            return Some(number);
        }
        let is_other = behind
            .starts_with(['年', '月', '日', '回', '人', '名', '/', '.', '-', '級', '%'])
            || normal[at..].starts_with(|letter: char| letter.is_ascii_alphabetic());
        if number >= LEAST_BARE_SCORE && !is_other {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<u32>) {
        assert_eq!(score_in(text), expected, "{text}");
    }

    #[test]
    fn a_score_is_the_number_behind_the_name() {
        check("TOEIC 820点", Some(820));
        check("TOEIC L&R 公開テスト 820", Some(820));
        check("ＴＯＥＩＣ　８２０点（2021年6月）", Some(820));
        check("TOEIC Listening & Reading Test 905点（2021年）", Some(905));
        check("TOEIC（2019年3月） 780", Some(780));
        check("TOEIC 620点（2022年）。900点を目標に学習中です", Some(620));
        check("TOEIC 2021/06 780点", Some(780));
        check("TOEFL iBT 95点", Some(95));
        check("TOEIC\n900点", None);
        check("実用英語技能検定 2級（2010年）", None);
        check("LPIC-1 101試験", Some(101));
        check("AWS SAA-C03（2023年）", None);
        check("TOEIC 99999点", None);
        check("", None);
    }
}
