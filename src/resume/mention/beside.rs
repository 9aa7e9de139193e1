//! What the sentences and brackets beside that of a name say of it.

use shokureki_index::analysis::WordList;
use shokureki_index::words;

use crate::resume::bracket::{OPEN, closes};
use crate::resume::grade::{Remark, Sentence, boundary, names_others, remark};

/// Characters of a sentence that only joins in with the one before.
const MAX_ALIKE_CHARS: usize = 40;

/// Bytes of the sentence before that are looked at.
const MAX_BEFORE_BYTES: usize = 240;

/// Returns what a bracket at the end of the list of a side says of all in it:
/// 「クラウド側：Java、Cassandra（情報システム部の担当）」.
pub(super) fn charge_of_others(lead: &str, rest: &str) -> Option<Remark> {
    let (label, list) = lead.split_once([':', '：'])?;
    let (behind, bracket) = rest.split_once(['（', '('])?;
    let is_list = |text: &str| !text.contains(|sign: char| "。（(".contains(sign) || is_kana(sign));
    let charge = bracket.trim_end().strip_suffix(['）', ')'])?;
    let is_others = ["の担当", "が担当", "担当", "の管轄", "の管理", "が管理"]
        .iter()
        .find_map(|word| charge.strip_suffix(word))
        .is_some_and(|who| who.chars().count() >= 2 && !who.contains(['自', '私', '本', '当']));
    (label.trim().ends_with('側') && is_list(list) && is_list(behind) && is_others)
        .then_some(Remark::Negated)
}

fn is_kana(sign: char) -> bool {
    ('ぁ'..='ん').contains(&sign)
}

/// Returns whether the sentence behind that of a name denies it: 「Java は部下に任せた。自分では書けません。」
pub(super) fn is_denied_next(text: &str, name_end: usize, sentence_end: usize) -> bool {
    const OWN: [&str; 8] = [
        "自分では",
        "自分は",
        "私は",
        "私自身は",
        "自身では",
        "仕事では",
        "業務では",
        "実務では",
    ];
    const DENIALS: &WordList = words![
        "書けません",
        "書けない",
        "書いていません",
        "書いていない",
        "使えません",
        "使えない",
        "使っていません",
        "使っていない",
        "触っていません",
        "触っていない",
        "担当していません",
        "担当していない",
        "関わっていません",
        "関わっていない",
    ];
    let is_topic = text[name_end..].trim_start().starts_with(['は', '（', '(']);
    let next = text[sentence_end..].trim_start_matches('。').trim_start();
    let next = next.split('。').next().unwrap_or(next);
    let Some(said) = OWN.iter().find_map(|word| next.strip_prefix(word)) else {
        return false;
    };
    is_topic
        && !said.contains(|character: char| character.is_ascii_alphabetic())
        && DENIALS.is_in(said)
}

/// Returns whether the bracket that a name ends the first sentence of goes on with whose it is: 「社内の基盤（Hadoop。
/// 別部署の管理）」.
pub(super) fn is_charge_next(text: &str, name_end: usize, sentence_end: usize) -> bool {
    const CHARGES: [&str; 6] = ["の管理", "が管理", "の担当", "が担当", "の所管", "が運用"];
    let Some(next) = text[sentence_end..].strip_prefix('。') else {
        return false;
    };
    let lead = &text[boundary(text, name_end.saturating_sub(MAX_BEFORE_BYTES))..name_end];
    let is_inside = lead
        .rfind(OPEN)
        .is_some_and(|open| !lead[open..].contains(closes));
    let remark = next.split(closes).next().unwrap_or(next).trim();
    let who = CHARGES
        .iter()
        .find_map(|charge| remark.strip_suffix(charge));
    is_inside
        && text[name_end..sentence_end].trim().is_empty()
        && remark.len() < next.len()
        && who.is_some_and(names_others)
}

/// Returns what the sentence before says, where that of the name only joins in: 「…使っていません。mablも同様です。」
pub(super) fn said_alike(before: &str, sentence: &str, rest: &str) -> Option<Remark> {
    // Asked first: a long sentence would be gone through for each of its names.
    if sentence.chars().nth(MAX_ALIKE_CHARS).is_some() {
        return None;
    }
    const ALIKE: &WordList = words![
        "も同様",
        "も同じ",
        "もまた同様",
        "もまた同じ",
        "もしかり",
        "も然り",
        "についても同様",
        "についても同じ",
        "に関しても同様",
        "に関しても同じ",
        "もです",
        "も右に同じ",
    ];
    let clause = rest.split('。').next().unwrap_or(rest);
    let (at, _) = ALIKE.places_in(clause).next()?;
    let is_list = !clause[..at]
        .chars()
        .any(|sign| ('ぁ'..='ん').contains(&sign) && !"やとなど".contains(sign));
    let before = before.trim_end_matches(['。', ' ', '　']);
    let before = before.rsplit('。').next().unwrap_or(before);
    let before = &before[boundary(before, before.len().saturating_sub(MAX_BEFORE_BYTES))..];
    is_list
        .then(|| remark(&Sentence::new(before), 0, 0))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_charge_at_the_end_of_a_side_is_that_of_all_in_it() {
        let said = |lead, rest| charge_of_others(lead, rest);
        let of_it = "、Cassandra（情報システム部の担当）";
        assert_eq!(said("クラウド側：", of_it), Some(Remark::Negated));
        assert_eq!(said("使用技術：", of_it), None);
        assert_eq!(said("クラウド側：", "、Cassandra（自分の担当）"), None);
    }

    #[test]
    fn the_next_sentence_may_deny_what_its_topic_was() {
        let text = "Java は部下の書いたものに判を押すだけ。自分では書けません。";
        let end = text.find('。').expect("a sentence");
        assert!(is_denied_next(text, "Java".len(), end));
        let other = "Java は10年。自分ではKotlinは書けません。";
        let end = other.find('。').expect("a sentence");
        assert!(!is_denied_next(other, "Java".len(), end));
    }
}
