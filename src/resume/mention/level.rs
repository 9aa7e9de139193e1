//! What the data of a name says of how well it is known: 「level: learning」「年数：0年」.

use crate::resume::grade::{Remark, label_remark, state};

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
        assert!(is_no_years("years: 0") && is_no_years("経験年数：0年"));
        assert!(!is_no_years("years: 10"));
    }
}
