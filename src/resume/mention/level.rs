//! What the data of a name says of how well it is known: 「level: learning」「年数：0年」.

use shokureki_index::words;

use crate::resume::grade::{Remark, denies_own_part, label_remark, phrase_remark, state};

/// Returns what a line of data says of how well a name is known: 「level: learning」「状態：未経験」.
pub(super) fn level_remark(text: &str) -> Option<Remark> {
    let (key, value) = text.split_once([':', '：'])?;
    let is_level = matches!(
        key.trim().to_ascii_lowercase().as_str(),
        "level"
            | "status"
            | "state"
            | "use"
            | "usage"
            | "proficiency"
            | "experience"
            | "stage"
            | "レベル"
            | "状態"
            | "状況"
            | "経験"
            | "習熟度"
            | "利用"
            | "使用"
    );
    let said = is_level.then(|| state(value).or_else(|| label_remark(value)))?;
    said.filter(|said| *said != Remark::Personal)
}

/// Returns whether a line of data gives a name no year: 「years: 0」「経験年数：0年」.
pub(super) fn is_no_years(text: &str) -> bool {
    text.split_once([':', '：']).is_some_and(|(key, value)| {
        matches!(
            key.trim(),
            "years" | "year" | "months" | "年数" | "経験年数" | "経験"
        ) && matches!(value.trim(), "0" | "0年" | "０年" | "なし" | "0.0")
    })
}

/// Sentences below a skill's heading that are looked at.
const MAX_SENTENCES: usize = 3;

/// Returns what the first sentences below a skill's heading say of it, where they name nothing else:
/// 「未使用。構築済みの環境を利用する立場でした。」「別部署で使われていました。私は書いていません。」
pub(super) fn verdict(text: &str) -> Option<Remark> {
    // 「勉強中。業務外で MCMC を書き直している」 is a hobby, which is told elsewhere.
    if words!["業務外", "趣味", "個人", "自宅", "公開"].is_in(text) {
        return None;
    }
    let mut sentences = text
        .split('。')
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
        .take(MAX_SENTENCES);
    let first = sentences.next()?;
    if first.contains(|sign: char| sign.is_ascii_alphabetic()) {
        return None;
    }
    let is_whole = |sentence: &str| {
        words![
            "未使用",
            "未経験",
            "使ったことは",
            "使ったことが",
            "触ったことは",
            "触ったことが",
            "導入を検討中",
            "検討中",
            "学習中",
            "勉強中"
        ]
        .begin(sentence)
    };
    let said = is_whole(first)
        .then(|| phrase_remark(first))
        .flatten()
        .filter(|said| *said != Remark::Personal);
    said.or_else(|| {
        std::iter::once(first)
            .chain(sentences)
            .any(denies_own_part)
            .then_some(Remark::Negated)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_tells_what_is_known() {
        for line in ["level: none", "状態：未経験", "status: never"] {
            assert_eq!(level_remark(line), Some(Remark::Negated), "{line}");
        }
        assert_eq!(level_remark("level: learning"), Some(Remark::Learning));
        assert_eq!(level_remark("status: want"), Some(Remark::Wished));
        for line in ["level: expert", "level: 3", "use: work", "name: none"] {
            assert_eq!(level_remark(line), None, "{line}");
        }
        assert_eq!(
            verdict("未使用。構築済みのものを利用。"),
            Some(Remark::Negated)
        );
        assert_eq!(verdict("3年。未使用の資源の整理も担当。"), None);
        assert_eq!(verdict("導入を検討し、全画面に適用。"), None);
        assert!(is_no_years("years: 0") && is_no_years("経験年数：0年"));
        assert!(!is_no_years("years: 10"));
    }
}
