//! What stands behind a name as its state, without a verb: 「Cypress なし」「Rust（これから）」「Terraform 0年」.

use super::Remark;

/// Characters of a state, with the bracket around it.
const MAX_STATE_CHARS: usize = 16;

/// States that say that a product was not used.
const NOT_USED: &[&str] = &[
    "なし",
    "経験なし",
    "経験無し",
    "経験無",
    "無し",
    "無",
    "無い",
    "ない",
    "ナシ",
    "ゼロ",
    "はゼロ",
    "は0",
    "は無し",
    "はなし",
    "未",
    "まだ",
    "はまだ",
    "様子見",
    "様子見中",
    "見てるだけ",
    "眺めているだけ",
    "対象外",
    "不可",
    "手つかず",
    "手付かず",
    "できない",
    "無経験",
    "未学習",
    "未履修",
    "unfamiliar",
    "not used",
    "unused",
    "no",
    "名前を知っている程度",
    "none",
    "never",
];

/// States that say that a product is studied.
const STUDIED: &[&str] = &[
    "座学",
    "聞きかじり",
    "本を買った",
    "独学を始めたばかり",
    "座学のみ",
    "講義のみ",
    "研修のみ",
    "研修を受講",
    "study",
    "studying",
    "learning",
    "beginner (learning)",
];

/// States that say that a product is still to come.
const TO_COME: &[&str] = &[
    "これから",
    "はこれから",
    "今後",
    "今後学習",
    "次に",
    "次やる",
    "予定",
    "ウォッチ中",
    "ウォッチ",
    "注目中",
    "興味",
    "気になる",
    "情報収集中",
    "調査中",
    "リサーチ中",
    "検討中",
    "積読",
    "課題",
    "挑戦中",
    "関心",
    "関心あり",
    "今後の予定",
    "次に学ぶ",
    "次にやること",
    "いつか",
    "いずれ",
    "将来",
    "目標",
    "今年の目標",
    "ウォッチしている",
    "注目",
    "注目している",
    "夢",
    "希望",
    "希望する技術",
    "want",
    "wish",
    "want to learn",
    "want to try",
    "todo",
    "interested",
    "interest",
    "interests",
    "あこがれ",
    "憧れ",
    "遠い将来",
    "来年の課題",
    "wishlist",
    "to learn",
    "planned",
    "next",
];

/// Returns what a state that is all of `text` says.
pub(in crate::resume) fn state(text: &str) -> Option<Remark> {
    let text = text.trim_matches(|character: char| {
        character.is_whitespace() || "☆★△▲-－―—ー・。…".contains(character)
    });
    let text = ["です", "でした", "だ"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text);
    let text = text
        .strip_prefix('は')
        .filter(|rest| is_no_time(rest))
        .unwrap_or(text);
    let lower = text.to_ascii_lowercase();
    // 「経験年数 0」
    let text = ["経験年数", "年数", "実務経験", "経験"]
        .iter()
        .find_map(|label| lower.strip_prefix(label))
        .map(|rest| rest.trim_start_matches([':', '：', ' ']))
        .filter(|rest| is_no_time(rest) || *rest == "0")
        .unwrap_or(lower.as_str());
    if text == "0" || NOT_USED.contains(&text) || is_no_time(text) {
        Some(Remark::Negated)
    } else if STUDIED.contains(&text) {
        Some(Remark::Learning)
    } else if TO_COME.contains(&text) {
        Some(Remark::Wished)
    } else {
        None
    }
}

/// Returns what the state behind a name says, up to the next name or the end.
pub(super) fn state_behind(rest: &str) -> Option<Remark> {
    let mut gap = rest.chars();
    let first = gap.next()?;
    let is_apart = first.is_whitespace()
        || matches!(
            first,
            'は' | ':' | '：' | '-' | '—' | '…' | '→' | '=' | '|' | '｜'
        );
    if !is_apart {
        return None;
    }
    // 「Terraform     -」: a column of fixed width.
    let is_column = rest.starts_with("  ") || rest.starts_with(['\u{3000}', '\t']);
    if is_column && is_sign_of_nothing(rest) {
        return Some(Remark::Negated);
    }
    let text = rest.trim_start_matches([
        ' ', '　', '\t', ':', '：', '-', '—', '…', '→', '=', '|', '｜',
    ]);
    let end = text
        .char_indices()
        .take(MAX_STATE_CHARS)
        .find(|(_, character)| "、，,/／|｜。;；（()）\n".contains(*character))
        .map_or_else(
            || {
                text.char_indices()
                    .nth(MAX_STATE_CHARS)
                    .map_or(text.len(), |(at, _)| at)
            },
            |(at, _)| at,
        );
    // 「Svelte　0年　E」「Rust    ☆    これから」: columns of fixed width.
    text[..end]
        .split(['\u{3000}', '\t'])
        .flat_map(|column| column.split("  "))
        .map(str::trim)
        .filter(|column| column.chars().any(char::is_alphanumeric))
        .take(1)
        .find_map(state)
}

/// Returns whether a bracket behind a name holds a sign of nothing: 「Rust（—）」.
pub(super) fn is_sign_of_nothing(inner: &str) -> bool {
    matches!(
        inner.trim(),
        "-" | "−"
            | "ー"
            | "―"
            | "—"
            | "－"
            | "–"
            | "×"
            | "✕"
            | "✗"
            | "✖"
            | "❌"
            | "0"
            | "０"
    )
}

/// Returns whether a text is a length of nothing: 「0年」「０ヶ月」「0 years」.
fn is_no_time(text: &str) -> bool {
    let text = text.strip_prefix("約").unwrap_or(text);
    text.strip_prefix(['0', '０']).is_some_and(|unit| {
        matches!(
            unit.trim(),
            "年" | "ヶ月"
                | "か月"
                | "カ月"
                | "ヵ月"
                | "ケ月"
                | "ヶ年"
                | "%"
                | "％"
                | "/5"
                | "/10"
                | "点"
                | "years"
                | "yrs"
                | "y"
                | "年間"
                | "日"
                | "回"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_behind_a_name_says_that_it_was_not_used() {
        for rest in [
            " なし ／ mabl なし",
            " 0年",
            "　0ヶ月",
            " はゼロ。",
            "はゼロ。",
            ": なし",
            " 未",
            " - なし",
            " … ゼロ",
            "　0年　E",
        ] {
            assert_eq!(state_behind(rest), Some(Remark::Negated), "{rest}");
        }
        for rest in [
            "    ☆    これから",
            " これから",
            "：これから",
            "はこれから。",
        ] {
            assert_eq!(state_behind(rest), Some(Remark::Wished), "{rest}");
        }
        for rest in [
            "なしで",
            " 0.5年",
            " 10年",
            " 5年",
            "の導入はこれから",
            " なしの構成",
            ", これから",
            "。",
        ] {
            assert_eq!(state_behind(rest), None, "{rest}");
        }
    }
}
