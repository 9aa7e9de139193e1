//! Questions that the document answers itself: 「Q. Sparkは使えますか？」「A. いいえ。」
//!
//! What a question names is asked for, not claimed; the answer tells.

use shokureki_index::words;

use crate::resume::block::Blocks;
use crate::resume::grade::{Remark, phrase_remark};

/// Characters of a question.
const MAX_QUESTION_CHARS: usize = 120;

/// Returns what the answer to each block says of the names in it, where the block is a question.
pub(in crate::resume) fn answers(blocks: &Blocks) -> Vec<Option<Remark>> {
    (0..blocks.len())
        .map(|at| {
            let text = blocks[at].str();
            if !is_question(text) {
                return None;
            }
            let next = (at + 1 < blocks.len()).then(|| blocks[at + 1].str())?;
            answer_remark(answer(next)?)
        })
        .collect()
}

/// Returns whether a text is marked as a question: 「Q. …」「Q1：…」「質問：…」.
fn is_question(text: &str) -> bool {
    let text = text.trim_start();
    let is_marked = ["Q", "Ｑ", "問", "質問"].iter().any(|sign| {
        text.strip_prefix(sign).is_some_and(|rest| {
            rest.trim_start_matches(|digit: char| digit.is_ascii_digit())
                .starts_with(['.', '．', ':', '：', '、', ')', '）', ' ', '　'])
        })
    });
    is_marked && text.chars().count() <= MAX_QUESTION_CHARS
}

/// Returns the text of an answer without its sign: 「A. いいえ」.
fn answer(text: &str) -> Option<&str> {
    let text = text.trim_start();
    ["A", "Ａ", "答", "回答"].iter().find_map(|sign| {
        let rest = text.strip_prefix(sign)?;
        let rest = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
        rest.strip_prefix(['.', '．', ':', '：', '、', ')', '）', ' ', '　'])
            .map(str::trim_start)
    })
}

/// Returns what an answer says of what was asked for.
fn answer_remark(answer: &str) -> Option<Remark> {
    let first = answer.split('。').next().unwrap_or(answer);
    let denies = words![
        "いいえ",
        "いえ",
        "ありません",
        "ないです",
        "なし",
        "ございません",
        "使えません",
        "できません",
        "No",
    ]
    .begin(first);
    if denies {
        return Some(Remark::Negated);
    }
    // Of other names, an answer says nothing of the one asked for.
    if first.contains(|sign: char| sign.is_ascii_alphabetic()) {
        return None;
    }
    phrase_remark(first).filter(|said| *said != Remark::Personal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_tells_of_what_was_asked() {
        assert!(is_question("Q. Spark は使えますか？") && is_question("Q1：Goは？"));
        assert!(!is_question("Qiita に記事を書いています"));
        for said in ["いいえ。", "運用は別チームに任せており、触っていません。"]
        {
            assert_eq!(answer_remark(said), Some(Remark::Negated), "{said}");
        }
        for said in ["はい、毎日使っています。", "EKSを2年。ECSはありません。"]
        {
            assert_eq!(answer_remark(said), None, "{said}");
        }
        assert_eq!(answer("A. いいえ。"), Some("いいえ。"));
        assert_eq!(answer("AWSを3年"), None);
    }
}
