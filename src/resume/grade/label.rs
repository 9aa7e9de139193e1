//! What a label over or before names says of all of them.

use super::Remark;
use super::remark::phrase_remark;

/// Characters that a label over names has at most.
const MAX_LABEL_CHARS: usize = 30;

/// Returns what a label says of the names below or behind it: 「未経験：」「これから」「聞いたことがあるだけ」.
pub(in crate::resume) fn label_remark(label: &str) -> Option<Remark> {
    const NOT_USED: [&str; 13] = [
        "経験なし",
        "経験無し",
        "使わない",
        "使えない",
        "使えません",
        "できない",
        "できません",
        "避けている",
        "知らない",
        "不可",
        "持っていない",
        "やらない",
        "経験のない",
    ];
    const WISHED: [&str; 10] = [
        "希望",
        "使いたい",
        "やってみたい",
        "これから",
        "興味",
        "今後",
        "次に",
        "interest",
        "want to",
        "wish",
    ];
    let label = label.trim();
    if label.is_empty() || label.chars().count() > MAX_LABEL_CHARS {
        return None;
    }
    let folded = label.to_ascii_lowercase();
    // What was read is known from books.
    let bare = label.trim_end_matches(|character: char| !character.is_alphanumeric());
    if [
        "読んだ本",
        "読んだ書籍",
        "読書",
        "愛読書",
        "購読",
        "購読誌",
        "参考書",
        "参考文献",
    ]
    .iter()
    .any(|word| bare.ends_with(word))
    {
        return Some(Remark::Learning);
    }
    let says = |cues: &[&str]| cues.iter().any(|cue| folded.contains(cue));
    let is_private = ["業務", "実務"]
        .iter()
        .any(|word| label.contains(word) && label.contains("未使用"));
    if is_private {
        return Some(Remark::Personal);
    }
    // Reading what others wrote is knowing it.
    if ["読むだけ", "読む程度", "読める"]
        .iter()
        .any(|word| label.contains(word))
    {
        return None;
    }
    if folded == "learning" || folded.starts_with("learning ") || folded.ends_with(" learning") {
        return Some(Remark::Learning);
    }
    if says(&WISHED) {
        return Some(Remark::Wished);
    }
    match phrase_remark(label) {
        // A section's matter, not a label's.
        Some(Remark::Personal) | None => says(&NOT_USED).then_some(Remark::Negated),
        said => said,
    }
}
